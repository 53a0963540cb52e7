//! Shared causes over small proposals: which claims become one, and above all which do not.

use super::*;
use crate::derive::{
    Comparison, Expression, Limits, Literal, Operand, OperandReading, Operation, Outcome, Proposal, Relation, Verdict,
    evaluate, parse,
};
use crate::document::{Cell, Table, TextRange};

/// An operand at a place of the text, from a literal.
fn operand((text, start): (&str, usize)) -> Operand {
    let source = parse(text).expect(text);
    let literal: &Literal = &source.literals[0];
    let range = TextRange::new(start, start + 3);
    Operand { role: "value".into(), range, readings: vec![OperandReading::of_literal(literal)] }
}

/// A proposal of a function over the first operands, which gives the last.
fn claim(code: &str, function: &str, operands: &[(&str, usize)]) -> Proposal {
    let given = (0..operands.len() - 1).map(Expression::operand);
    let left = if function.is_empty() { Expression::operand(0) } else { Expression::call(function, given) };
    let relation = Relation { left, op: Comparison::Equal, right: Expression::operand(operands.len() - 1) };
    let mut proposal =
        Proposal::new(code, operands.iter().copied().map(operand).collect(), operands.len() - 1, relation);
    proposal.operation = Operation::Implied;
    proposal
}

/// The causes of claims, each as its claims with the number of a shared value or the kind.
fn causes_in(proposals: &[Proposal], tables: &[Table]) -> Vec<(Vec<usize>, String)> {
    let outcomes: Vec<Outcome> = proposals.iter().map(|own| evaluate(own, &Limits::default())).collect();
    let judged: Vec<Judged<'_>> = proposals
        .iter()
        .zip(&outcomes)
        .map(|(proposal, outcome)| Judged {
            proposal,
            outcome,
            fails: matches!(outcome.verdict, Verdict::Inconsistent(_)),
        })
        .collect();
    let words = |shared: Shared| match shared {
        Shared::Claim => "claim".to_owned(),
        Shared::Value { range, number } => format!("{number} at {}", range.start),
        Shared::Line { rows } => if rows { "rows" } else { "columns" }.to_owned(),
    };
    shared_causes(&judged, tables).into_iter().map(|cause| (cause.claims, words(cause.shared))).collect()
}

fn causes(proposals: &[Proposal]) -> Vec<(Vec<usize>, String)> {
    causes_in(proposals, &[])
}

fn one(claims: &[usize], words: &str) -> Vec<(Vec<usize>, String)> {
    vec![(claims.to_vec(), words.to_owned())]
}

#[test]
fn a_wrong_cell_fails_its_row_and_its_column() {
    // 92 stands for 72: the row is 72 + 15 = 87, the column 72 + 31 = 103.
    let row = claim("SU120", "sum", &[("exact(92)", 0), ("exact(15)", 10), ("exact(87)", 20)]);
    let column = claim("SU120", "sum", &[("exact(92)", 0), ("exact(31)", 40), ("exact(103)", 50)]);
    let other = claim("SU120", "sum", &[("exact(15)", 10), ("exact(22)", 60), ("exact(37)", 70)]);
    assert_eq!(causes(&[row, column, other]), one(&[0, 1], "72 at 0"));
}

#[test]
fn two_slips_in_one_row_and_column_stay_two() {
    // The row asks for 72, the column for 62.
    let row = claim("SU120", "sum", &[("exact(92)", 0), ("exact(15)", 10), ("exact(87)", 20)]);
    let column = claim("SU120", "sum", &[("exact(92)", 0), ("exact(31)", 40), ("exact(93)", 50)]);
    assert_eq!(causes(&[row, column]), []);
}

#[test]
fn a_value_that_other_claims_bear_out_is_no_cause() {
    let row = claim("SU120", "sum", &[("exact(92)", 0), ("exact(15)", 10), ("exact(87)", 20)]);
    let column = claim("SU120", "sum", &[("exact(92)", 0), ("exact(31)", 40), ("exact(103)", 50)]);
    let share = claim("SU121", "/", &[("exact(92)", 0), ("exact(200)", 60), ("46.0 %", 70)]);
    assert_eq!(causes(&[row, column, share]), []);
}

#[test]
fn a_repeated_value_and_what_follows_from_it_are_one() {
    // The abstract has 91 % where the text has 93 %, and 93 % is what 40 of 43 are.
    let repeated = claim("XC101", "", &[("93 %", 100), ("91 %", 0)]);
    let counted = claim("SU101", "/", &[("exact(40)", 10), ("exact(43)", 20), ("91 %", 0)]);
    let third = claim("XC103", "", &[("93.0 %", 300), ("91 %", 0)]);
    assert_eq!(causes(&[repeated, counted, third]), one(&[0, 1, 2], "93 at 0"));
}

#[test]
fn the_same_number_at_another_place_is_another_value() {
    let first = claim("SU101", "/", &[("exact(40)", 10), ("exact(43)", 20), ("91 %", 0)]);
    let second = claim("SU101", "/", &[("exact(42)", 110), ("exact(45)", 120), ("91 %", 100)]);
    assert_eq!(causes(&[first, second]), []);
}

#[test]
fn a_claim_that_is_printed_again_is_one_and_few_digits_are_no_copy() {
    let test =
        |at| claim("ST101", "p_f", &[("3.25", at), ("exact(6)", at + 10), ("exact(72)", at + 20), ("0.016", at + 30)]);
    assert_eq!(causes(&[test(0), test(500)]), one(&[0, 1], "claim"));
    let share = |at| claim("SU101", "/", &[("exact(1)", at), ("exact(3)", at + 10), ("30 %", at + 20)]);
    assert_eq!(causes(&[share(0), share(500)]), []);
}

#[test]
fn copies_share_what_one_of_them_shares() {
    let share = |at| claim("SU101", "/", &[("exact(40)", at), ("exact(43)", at + 10), ("91 %", at + 20)]);
    let repeated = claim("XC102", "", &[("93.0 %", 900), ("91 %", 520)]);
    assert_eq!(causes(&[share(0), share(500), repeated]), one(&[0, 1, 2], "93 at 520"));
}

#[test]
fn where_no_step_can_be_undone_a_slip_of_the_value_is_tried() {
    // 2.30 for 3.20: t(40) = 3.20 gives p = .003, and d = 2 t / sqrt(40) is no formula that repairs know.
    let p = claim("ST101", "p_t", &[("2.30", 0), ("exact(40)", 10), ("0.0027", 20)]);
    let limit = claim("ST103", "p_t", &[("2.30", 0), ("exact(60)", 30), ("0.0022", 40)]);
    assert_eq!(causes(&[p, limit]), one(&[0, 1], "3.20 at 0"));
}

/// A table of so many rows and columns whose cells are three characters long and stand one after the other from 0.
fn table(rows: u32, columns: u32) -> Table {
    let cell = |at: u32| {
        let start = usize::try_from(at * 10).expect("small");
        Cell {
            row: at / columns,
            column: at % columns,
            row_span: 1,
            column_span: 1,
            range: TextRange::new(start, start + 3),
        }
    };
    Table {
        range: TextRange::new(0, usize::try_from(rows * columns * 10).expect("small")),
        rows,
        columns,
        header_rows: 1,
        cells: (0..rows * columns).map(cell).collect(),
        caption: None,
        notes: Vec::new(),
    }
}

#[test]
fn a_column_that_fails_in_every_row_is_one_finding() {
    // The third column is headed as the difference of the first two and holds their quotient.
    let rows = [("20", "10", "2.0"), ("45", "9", "5.0"), ("28", "7", "4.0")];
    let claims: Vec<Proposal> = rows
        .iter()
        .enumerate()
        .map(|(at, (a, b, stated))| {
            let start = 30 * (at + 1);
            claim("SU123", "-", &[(a, start), (b, start + 10), (stated, start + 20)])
        })
        .collect();
    assert_eq!(causes_in(&claims, &[table(4, 3)]), one(&[0, 1, 2], "rows"));
    assert_eq!(causes(&claims), [], "without a table there is no line");
    // One row that follows shows that the column is what its head says: the others are slips of their own.
    let mut claims = claims;
    claims[1] = claim("SU123", "-", &[("45", 60), ("9", 70), ("36", 80)]);
    assert_eq!(causes_in(&claims, &[table(4, 3)]), []);
}

#[test]
fn lines_of_different_columns_are_two() {
    // Three columns, of which the third is headed as the difference of the others, twice.
    let row = |at: usize, column: usize, first: &str| {
        let start = 60 * at + 10 * column;
        claim("SU123", "-", &[(first, start), ("10", start + 10), ("2.0", start + 20)])
    };
    let claims = [row(1, 0, "20"), row(1, 3, "25"), row(2, 0, "30"), row(2, 3, "35")];
    let found = causes_in(&claims, &[table(3, 6)]);
    assert_eq!(found, [(vec![0, 2], "rows".to_owned()), (vec![1, 3], "rows".to_owned())]);
}

#[test]
fn what_does_not_fail_has_no_cause() {
    let right = claim("SU120", "sum", &[("exact(72)", 0), ("exact(15)", 10), ("exact(87)", 20)]);
    assert_eq!(causes(&[right.clone(), right]), []);
    assert_eq!(causes(&[]), []);
}
