//! What extraction says of the cells of tables: their kinds, their roles, their sentences, the tests in their rows.

#[path = "support/grid.rs"]
mod grid;

use rederive::document::TextIndex;
use rederive::extract::{CellKind, Mentions, QuantityIx, QuantityKind, TestKind, extract};

/// The first table's cells by their characters, with their kinds.
fn kinds(text: &str) -> Vec<(String, CellKind)> {
    let document = grid::document(text);
    let index = TextIndex::new(&document.text);
    let mentions = extract(&document);
    let cells = document.tables[0].cells.iter().zip(&mentions.tables[0].cells);
    let body = cells.filter(|(cell, _)| cell.row >= document.tables[0].header_rows && cell.column > 0);
    body.map(|(cell, content)| (index.slice(&document.text, cell.range).to_owned(), content.kind)).collect()
}

/// The kind of a cell below a heading and beside a label.
fn kind(heading: &str, label: &str, cell: &str) -> CellKind {
    let found = kinds(&format!("Thing | {heading}\n---\n{label} | {cell}"));
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].1
}

#[test]
fn heading_and_label_say_what_a_cell_holds() {
    use CellKind::{
        Count, CountAndPercentage, EstimateAndInterval, MeanAndDeviation, MeanPlusMinus, Missing, Number, PValue,
        Percentage, Range, Text,
    };
    for (heading, label, cell, expected) in [
        ("Crew (N = 48)", "Married, n (%)", "21 (43.8)", CountAndPercentage),
        ("Crew, No. (%)", "Married", "21(43.8)", CountAndPercentage),
        ("Crew", "Married", "21 (43.8%)", CountAndPercentage),
        ("Crew", "Married", "43,8% (n=21)", CountAndPercentage),
        ("Crew", "Married", "21/48 (43.8 %)", CountAndPercentage),
        ("Crew, % (n)", "Married", "43.8 (21)", CountAndPercentage),
        ("Crew", "Married", "21 (43.8)", Number),
        ("Crew", "Knots, mean (SD)", "21 (4)", MeanAndDeviation),
        ("Crew, n (%)", "Knots, mean (SD)", "21 (4)", MeanAndDeviation),
        ("Crew, n (%)", "Age, years", "46 (11)", MeanAndDeviation),
        ("Crew", "Knots", "21.3 ± 4.5", MeanPlusMinus),
        ("OR (95% CI)", "Married", "1.2 (0.8, 1.9)", EstimateAndInterval),
        ("OR (95% CI)", "Married", "1.2 (0.8–1.9)", EstimateAndInterval),
        ("OR (95% CI)", "Married", "1.2 [0.8; 1.9]", EstimateAndInterval),
        ("p", "Married", ".036", PValue),
        ("P value", "Married", "<0.001", PValue),
        ("Frequency", "Married", "21", Count),
        ("Percent", "Married", "43.8", Percentage),
        ("Cumulative percent", "Married", "43.8", Number),
        ("Knots", "Married", "0.62***", Number),
        ("Knots", "Married", "3–9", Range),
        ("n", "Married", "–", Missing),
        ("n", "Married", "NA", Missing),
        ("n", "Married", "<LOD", Missing),
        ("n", "Married", "see the text", Text),
    ] {
        assert_eq!(kind(heading, label, cell), expected, "{heading} | {label} | {cell}");
    }
}

#[test]
fn a_percentage_gets_the_unit_that_its_heading_says() {
    let document = grid::document("Crew | N | %\n---\nFore | 1984 | 49.6\nAft | 2016ᵃ | 50.4*");
    let mentions = extract(&document);
    let content = &mentions.tables[0];
    for row in [1, 2] {
        let quantity = |ix: Option<QuantityIx>| &mentions.quantities[ix.expect("a quantity").0];
        let count = quantity(content.content(row, 1).expect("a cell").count);
        let percentage = quantity(content.content(row, 2).expect("a cell").percentage);
        assert!(count.first().unit.is_none() && count.single().is_some_and(|value| value.digits.len() == 4));
        assert_eq!(percentage.kind, QuantityKind::Percentage);
        assert_eq!(percentage.first().unit.as_ref().map(|unit| unit.unit.text.as_str()), Some("%"));
        assert!(percentage.range.contains(percentage.number));
    }
}

#[test]
fn each_cell_is_a_sentence_and_a_table_without_a_grid_stays_one() {
    let mut document = grid::document("We ran.\n\nCrew | N | %\n---\nFore | 5 | 50\nAft | 5 | 50");
    let sentences = |mentions: &Mentions| mentions.sentences.iter().filter(|sentence| sentence.cell.is_some()).count();
    assert_eq!(sentences(&extract(&document)), 9);
    document.tables.clear();
    let mentions = extract(&document);
    assert_eq!((sentences(&mentions), mentions.sentences.len()), (0, 2));
}

#[test]
fn groups_and_labels_are_told() {
    let document = grid::document(
        " | | Crew (N = 48)\n---\nBerth, n (%) | |\nShip one | Fore | 21 (43.8)\n | Aft | 27 (56.2)\nMasts | Main | 2",
    );
    let content = &extract(&document).tables[0];
    assert_eq!(content.label_columns, 2);
    assert_eq!(content.label(2), "Ship one Fore");
    assert_eq!(content.group(3), "Berth, n (%)");
    assert_eq!(content.heading(2).collect::<Vec<_>>(), ["Crew (N = 48)"]);
    assert_eq!(content.content(2, 2).map(|cell| cell.kind), Some(CellKind::CountAndPercentage));
}

#[test]
fn a_row_is_a_test() {
    let tests = |text: &str| extract(&grid::document(text)).statistics;
    let found = tests("Scale | t | df | p\n---\nRecall | 2.20** | 28 | .036\nAge | 1.20 | 28 | ns\nRest | – | 28 | .5");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|test| test.in_row && test.kind == TestKind::T && test.degrees.len() == 1));
    assert!(found[0].p.is_some() && found[1].not_significant);
    let found = tests("Scale | χ² (df) | p\n---\nRecall | 12.2 (1) | <.001");
    assert_eq!(
        found.iter().map(|test| (test.kind, test.degrees.len())).collect::<Vec<_>>(),
        [(TestKind::ChiSquared, 1)]
    );
    let found = tests("Scale | B | t | p\n---\nRecall | 0.5 | 2.20 | .036");
    assert_eq!(found.iter().map(|test| (test.kind, test.degrees.len())).collect::<Vec<_>>(), [(TestKind::T, 0)]);
    let found = tests("Scale | r | p\n---\nRecall | .45 | .012");
    assert_eq!(found.iter().map(|test| (test.kind, test.degrees.len())).collect::<Vec<_>>(), [(TestKind::R, 0)]);
    for silent in [
        "Scale | t | df | adjusted p\n---\nRecall | 2.20 | 28 | .036",
        "Scale | F | df | p\n---\nRecall | 2.20 | 28 | .036",
        "Scale | Score | df | p\n---\nRecall | 2.20 | 28 | .036",
    ] {
        assert!(tests(silent).is_empty(), "{silent}");
    }
}

#[test]
fn the_decimal_mark_of_a_table_is_that_of_its_numbers() {
    let text = "It was 1.5, 2.5, 3.5 and 4.25.\n\nRope | χ² | df | p\n---\nOld | 2,354 | 1 | 0,125\nNew | 12,23 | 1 | 0,001\n\
                Next | 0,15 | 1 | 0,698";
    let mentions = extract(&grid::document(text));
    let digits: Vec<u32> = mentions.statistics.iter().map(|test| test.value.readings[0].2.decimals).collect();
    assert_eq!(digits, [3, 2, 2]);
}
