//! Totals, averages, shares and derived columns over random tables: what is worked out from the values before they are
//! rounded is never flagged, and a number put wrong is the only one that is.

#[path = "support/judged.rs"]
mod judged;

use std::fmt::Write as _;

use proptest::prelude::*;

use judged::{is_flagged, judged, names};

/// How many columns of numbers a table has: enough for the others to tell what one of them is.
const COLUMNS: usize = 8;

/// Values in thousandths, row by row.
fn values() -> impl Strategy<Value = Vec<Vec<u32>>> {
    prop::collection::vec(prop::collection::vec(2_000_u32..99_000, COLUMNS), 3..7)
}

/// A table with a line for each row of numbers, headed by a label and named columns.
fn table(rows: &[(&str, Vec<String>)], heads: &str) -> String {
    let head: Vec<String> = ('A'..='H').take(COLUMNS).map(|letter| format!("Site {letter}{heads}")).collect();
    let mut text = format!("Kind | {}\n---\n", head.join(" | "));
    for (at, (label, cells)) in rows.iter().enumerate() {
        let label = if label.is_empty() {
            format!("Kind {}", char::from(b'K' + u8::try_from(at).unwrap_or(0)))
        } else {
            (*label).to_owned()
        };
        let _ = writeln!(text, "{label} | {}", cells.join(" | "));
    }
    text
}

fn thousandths(value: u32) -> f64 {
    f64::from(value) / 1000.0
}

/// The table of the values with one decimal, and below them a line worked out from each column before rounding.
fn summed(values: &[Vec<u32>], label: &'static str, of: impl Fn(&[f64]) -> f64) -> Vec<(&'static str, Vec<String>)> {
    let mut rows: Vec<(&str, Vec<String>)> = values
        .iter()
        .map(|row| ("", row.iter().map(|value| format!("{:.1}", thousandths(*value))).collect()))
        .collect();
    let last = (0..COLUMNS).map(|column| {
        let column: Vec<f64> = values.iter().map(|row| thousandths(row[column])).collect();
        format!("{:.1}", of(&column))
    });
    rows.push((label, last.collect()));
    rows
}

fn sum(column: &[f64]) -> f64 {
    column.iter().sum()
}

fn mean(column: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a column has a few numbers")]
    let count = column.len() as f64;
    sum(column) / count
}

/// The same table with a number of its last line put `by` higher.
fn altered<'t>(rows: &[(&'t str, Vec<String>)], column: usize, by: f64) -> Vec<(&'t str, Vec<String>)> {
    let mut rows = rows.to_vec();
    let cell = &mut rows.last_mut().expect("the line is there").1[column];
    *cell = format!("{:.1}", cell.parse::<f64>().expect("a number") + by);
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn totals_and_averages_of_unrounded_values_follow(values in values()) {
        for (code, label, of) in [("SU120", "Total", sum as fn(&[f64]) -> f64), ("SU124", "Mean", mean)] {
            let text = table(&summed(&values, label, of), "");
            let names = names(code, &text);
            prop_assert!(!names.is_empty() && names.iter().all(|name| *name == "consistent"), "{code} {names:?}\n{text}");
        }
    }

    #[test]
    fn a_total_or_average_put_wrong_is_the_only_one_flagged(values in values(), at in 0..COLUMNS, by in 1_u32..9) {
        // Far beyond what the rounding of seven numbers allows, and no power of ten that a lost mark could be.
        let by = f64::from(by) + 1.3;
        for (code, label, of) in [("SU120", "Total", sum as fn(&[f64]) -> f64), ("SU124", "Mean", mean)] {
            let text = table(&altered(&summed(&values, label, of), at, by), "");
            let names = names(code, &text);
            prop_assert_eq!(names.len(), COLUMNS, "{} {:?}\n{}", code, names, text);
            for (place, name) in names.iter().enumerate() {
                prop_assert!(if place == at { is_flagged(name) } else { *name == "consistent" }, "{code} {names:?}\n{text}");
            }
        }
    }

    #[test]
    fn shares_of_one_whole_add_up(values in values()) {
        let whole: Vec<f64> = (0..COLUMNS).map(|column| values.iter().map(|row| thousandths(row[column])).sum()).collect();
        let rows: Vec<(&str, Vec<String>)> = values.iter().map(|row| {
            ("", row.iter().zip(&whole).map(|(value, whole)| format!("{:.1}", 100.0 * thousandths(*value) / whole)).collect())
        }).collect();
        let text = table(&rows, ", %");
        let found = names("SU122", &text);
        prop_assert!(found.len() == COLUMNS && found.iter().all(|name| *name == "consistent"), "{found:?}\n{text}");
        let text = table(&altered(&rows, 3, 7.3), ", %");
        let found = names("SU122", &text);
        // A share above 100 is none, and then the column says nothing.
        let wrong = found.get(3).is_some_and(|name| is_flagged(name));
        prop_assert!(found.len() < COLUMNS || wrong, "{found:?}\n{text}");
        prop_assert!(found.iter().filter(|name| is_flagged(name)).count() <= 1, "{found:?}\n{text}");
    }

    #[test]
    fn a_difference_of_unrounded_values_follows_and_a_wrong_one_is_flagged(
        pairs in prop::collection::vec((50_000_u32..99_000, 6_000_u32..40_000), COLUMNS), at in 0..COLUMNS,
    ) {
        let cells = |of: fn(u32, u32) -> u32| -> Vec<String> {
            pairs.iter().map(|(first, second)| format!("{:.1}", thousandths(of(*first, *second)))).collect()
        };
        let rows = vec![
            ("Gross", cells(|first, _| first)),
            ("Tare", cells(|_, second| second)),
            ("Difference", cells(|first, second| first - second)),
        ];
        let text = table(&rows, "");
        let found = names("SU123", &text);
        prop_assert!(!found.is_empty() && found.iter().all(|name| *name == "consistent"), "{found:?}\n{text}");
        let rows = altered(&rows, at, 4.6);
        let wrong = &rows[2].1[at];
        // A difference that may be one of its operands again says nothing.
        let other: f64 = wrong.parse().expect("a number");
        prop_assume!(rows[..2].iter().all(|row| (row.1[at].parse::<f64>().expect("a number") - other).abs() > 0.5));
        let text = table(&rows, "");
        let found = judged("SU123", &text);
        let flagged: Vec<&str> =
            found.iter().filter(|judged| is_flagged(judged.name())).map(|judged| judged.message.as_str()).collect();
        prop_assert!(flagged.len() == 1 && flagged[0].contains(&format!("not {wrong}")), "{flagged:?}\n{text}");
    }
}
