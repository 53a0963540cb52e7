//! One cause, one finding: over random tables a wrong cell is one finding whatever totals it spoils, two wrong cells are two,
//! and over short papers the claims of one reason stand together while none is lost.

#[path = "support/grid.rs"]
mod grid;

use std::fmt::Write as _;

use proptest::prelude::*;

use rederive::derive::Level;
use rederive::report::{Coverage, Finding, SharedKind};
use rederive::rules;
use rederive::run::Paper;

/// Everything that the program says of a text.
fn checked(text: &str) -> (Vec<Finding>, Coverage) {
    let document = if grid::holds_table(text) {
        serde_json::to_vec(&grid::document(text)).expect("a document is JSON")
    } else {
        text.as_bytes().to_vec()
    };
    let codes: Vec<String> = rules::all().iter().map(|rule| rule.metadata().code.to_owned()).collect();
    let answer = Paper::read(&document).1.expect("a document is read").evaluate(&codes, false);
    (answer.claims, answer.coverage)
}

/// The findings above a note, each with the codes of its claims.
fn findings(claims: &[Finding]) -> Vec<Vec<&str>> {
    let standing = claims.iter().filter(|claim| claim.stands_alone() && claim.level > Some(Level::Note));
    standing
        .map(|lead| {
            let is_own = |claim: &&Finding| {
                claim.fingerprint == lead.fingerprint || claim.part_of.as_ref() == Some(&lead.fingerprint)
            };
            claims.iter().filter(is_own).map(|claim| claim.code.as_str()).collect()
        })
        .collect()
}

/// A table of counts with the totals of its rows and its columns, which are those of `right`.
fn table(printed: &[Vec<u32>], right: &[Vec<u32>]) -> String {
    let columns = right[0].len();
    let heads: Vec<String> = ('A'..='Z').take(columns).map(|letter| format!("Site {letter}")).collect();
    let mut text = format!("Table 1. Fish caught at the sites\n\nSpecies | {} | Total\n---\n", heads.join(" | "));
    for ((name, row), right) in ["Perch", "Roach", "Bleak", "Tench", "Ruffe", "Burbot"].iter().zip(printed).zip(right) {
        let cells: Vec<String> = row.iter().map(u32::to_string).collect();
        let _ = writeln!(text, "{name} | {} | {}", cells.join(" | "), right.iter().sum::<u32>());
    }
    let sums: Vec<u32> = (0..columns).map(|column| right.iter().map(|row| row[column]).sum()).collect();
    let cells: Vec<String> = sums.iter().map(u32::to_string).collect();
    let _ = write!(text, "Total | {} | {}", cells.join(" | "), sums.iter().sum::<u32>());
    text
}

/// The values of a table without totals. No two rows or columns are alike: the same numbers again tell nothing more.
fn values() -> impl Strategy<Value = Vec<Vec<u32>>> {
    let sizes = prop::collection::vec(prop::collection::vec(101_u32..197, 5), 6);
    sizes.prop_map(|mut rows| {
        for (row, cells) in (0..).zip(&mut rows) {
            for (column, cell) in (0..).zip(cells) {
                *cell += 107 * row + 41 * column;
            }
        }
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_wrong_cell_is_one_finding(right in values(), row in 0_usize..4, column in 0_usize..5, by in 11_u32..97) {
        let text = table(&right, &right);
        let (claims, _) = checked(&text);
        prop_assert!(findings(&claims).is_empty(), "{text}");
        let mut printed = right.clone();
        // Where the parts are less than the total, one of them may have been left out; more than it they cannot be.
        printed[row][column] += by;
        let text = table(&printed, &right);
        let (claims, coverage) = checked(&text);
        let found = findings(&claims);
        prop_assert_eq!(&found, &[["SU120", "SU120"]], "{}", text);
        let lead = claims.iter().find(|claim| claim.shared.is_some()).expect("one stands for both");
        let shared = lead.shared.as_ref().expect("it is shared");
        prop_assert_eq!(shared.kind, SharedKind::Value);
        let number = right[row][column].to_string();
        prop_assert_eq!(shared.number.as_ref(), Some(&number), "{}", text);
        let quote = shared.value.as_ref().map(|value| value.quote.clone());
        prop_assert_eq!(quote, Some(printed[row][column].to_string()));
        prop_assert_eq!(coverage.inconsistent, claims.iter().filter(|claim| claim.level.is_some()).count());
    }

    #[test]
    fn two_wrong_cells_of_other_rows_and_columns_are_two_findings(
        right in values(), row in 0_usize..4, column in 0_usize..5, first in 11_u32..40, second in 50_u32..97,
    ) {
        let mut printed = right.clone();
        printed[row][column] += first;
        printed[(row + 1) % 4][(column + 1) % 5] += second;
        let text = table(&printed, &right);
        let (claims, _) = checked(&text);
        let found = findings(&claims);
        // Of few sums the rule itself leaves some alone; those that fail stand by cell.
        let failing = claims.iter().filter(|claim| claim.level > Some(Level::Note)).count();
        prop_assert_eq!(found.iter().map(Vec::len).sum::<usize>(), failing);
        prop_assert!(found.iter().all(|claims| claims.len() <= 2), "{found:?} {text}");
        prop_assert!(failing < 4 || found.len() == 2, "{found:?} {text}");
    }

    #[test]
    fn a_wrong_total_is_one_finding(right in values(), column in 0_usize..5, by in 11_u32..97) {
        // The grand total is the sum of the totals, so that a wrong one spoils two sums.
        let text = table(&right, &right);
        let sum: u32 = right.iter().map(|row| row[column]).sum();
        let (head, last) = text.rsplit_once('\n').expect("the line of totals");
        let mut cells: Vec<String> = last.split(" | ").map(str::to_owned).collect();
        cells[column + 1] = (sum + by).to_string();
        let text = format!("{head}\n{}", cells.join(" | "));
        let (claims, _) = checked(&text);
        let found = findings(&claims);
        prop_assert_eq!(found.len(), 1, "{:?} {}", found, text);
    }
}

const ABSTRACT: &str = "Abstract\n\nOf the divers, 40 of 43 (91.0%) came back for the second dive.\n\n";

#[test]
fn a_repeated_value_and_the_percentage_of_its_count_are_one_finding() {
    let text = format!(
        "{ABSTRACT}Introduction\n\nWe asked divers.\n\nResults\n\nIn all, 40 of 43 (93.0%) divers came back for the second dive.\n"
    );
    let (claims, coverage) = checked(&text);
    let failing: Vec<&Finding> = claims.iter().filter(|claim| claim.level.is_some()).collect();
    assert!(failing.iter().any(|claim| claim.code == "SU101"), "{failing:?}");
    assert_eq!(failing.iter().filter(|claim| claim.stands_alone()).count(), 1);
    assert_eq!(coverage.inconsistent, failing.len(), "each claim is counted");
    for claim in &failing {
        assert!(!claim.eval.is_empty() && !claim.operands.is_empty(), "a part has its own derivation");
    }
}

#[test]
fn a_test_that_is_printed_twice_is_one_finding_with_both_places() {
    let sentence = "The groups differed, F(6, 72) = 3.25, p = .016.";
    let text = format!("Results\n\n{sentence}\n\nDiscussion\n\nAs told above: {sentence}\n");
    let (claims, _) = checked(&text);
    let found = findings(&claims);
    assert_eq!(found, [["ST101", "ST101"]]);
    let shared = claims.iter().find_map(|claim| claim.shared.as_ref()).expect("one stands for both");
    assert_eq!((shared.kind, shared.words.as_str()), (SharedKind::Claim, "the same claim is printed 2 times"));
    assert_eq!(shared.parts.len(), 1);
}

#[test]
fn a_column_that_its_head_names_wrongly_is_one_finding() {
    let text = "Table 1. Catch of both seasons\n\nLake | Spring, kg | Autumn, kg | Difference (spring minus autumn), kg\n---\n\
                Upper | 412 | 301 | 1.37\nLower | 388 | 245 | 1.58\nOuter | 275 | 118 | 2.33\nInner | 530 | 207 | 2.56\n";
    let (claims, _) = checked(text);
    let standing = claims.iter().filter(|claim| claim.stands_alone()).count();
    let failing = claims.iter().filter(|claim| claim.level.is_some()).count();
    // The rule over derived columns may keep silent where no row bears its reading out; what it says is one finding.
    assert!(standing <= 1, "{failing} claims in {standing} findings");
}

#[test]
fn claims_with_nothing_in_common_stay_apart() {
    let text = "Results\n\nThe groups differed, F(6, 72) = 3.25, p = .016. Later they differed again, F(4, 51) = 2.90, p = .005.\n";
    let (claims, _) = checked(text);
    assert_eq!(findings(&claims), [["ST101"], ["ST101"]]);
    assert!(claims.iter().all(|claim| claim.shared.is_none() && claim.part_of.is_none()));
}
