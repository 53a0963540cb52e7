//! Columns that others define, percentages, means of a whole and numbers of the text against tables, over random tables: what
//! is worked out before it is printed is never flagged, and a number put wrong is the only one that is.

#![expect(
    clippy::disallowed_methods,
    reason = "the plain formulas are to use no code of the program; their slack covers platforms"
)]

#[path = "support/judged.rs"]
mod judged;

#[path = "support/habits.rs"]
mod habits;

#[path = "support/slips.rs"]
mod slips;

use proptest::prelude::*;

use habits::{Habit, habit, print};
use judged::{is_flagged, names};
use slips::swapped;

/// Which of the outcomes are held against the paper.
fn flagged(found: &[&str]) -> Vec<usize> {
    (0..found.len()).filter(|at| is_flagged(found[*at])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ratios_follow_from_their_coefficients_and_a_wrong_one_is_the_only_one_flagged(
        coefficients in prop::collection::vec((0_u32..130, any::<bool>()), 6..10), habit in habit(), at in 0_usize..6, up in any::<bool>(),
    ) {
        let table = |wrong: Option<usize>, habit: Habit| {
            let row = |(at, (size, negative)): (usize, &(u32, bool))| {
                // No two rows are alike: the same numbers again tell nothing more of what the columns hold.
                let size = 180 + 140 * u32::try_from(at).expect("few") + size;
                // The exponential of what was computed, not of what is printed.
                let b = (f64::from(size) + 0.3) / if *negative { -1000.0 } else { 1000.0 };
                let ratio = b.exp() * if wrong == Some(at) { if up { 1.6 } else { 0.5 } } else { 1.0 };
                format!("Factor {at} | {} | 0.210 | {}", print(b, 3, habit), print(ratio, 2, habit))
            };
            let rows: Vec<String> = coefficients.iter().enumerate().map(row).collect();
            format!("Table 1. Logistic regression of the catch\n\nFactor | B | SE | OR\n---\n{}", rows.join("\n"))
        };
        let right = table(None, habit);
        prop_assert!(flagged(&names("EQ110", &right)).is_empty(), "{right}");
        // Numbers that were cut off do not tell by plain rounding what the column holds.
        let right = table(None, Habit::Nearest);
        prop_assert_eq!(names("EQ110", &right), vec!["consistent"; coefficients.len()], "{}", right);
        let wrong = table(Some(at), Habit::Nearest);
        let found = names("EQ110", &wrong);
        prop_assert_eq!(flagged(&found), [at], "{:?} {}", found, wrong);
    }

    #[test]
    fn percentages_of_a_column_follow_and_one_too_small_is_the_only_one_flagged(
        whole in 150_u32..900, shares in prop::collection::vec(0_u32..70, 6..9), decimals in 1_usize..3, habit in habit(), at in 0_usize..6,
        by in 4_u32..9,
    ) {
        let table = |wrong: Option<usize>, habit: Habit| {
            let row = |(at, share): (usize, &u32)| {
                let count = whole * (220 + 80 * u32::try_from(at).expect("few") + share) / 1000;
                // A smaller share would need a greater whole than there is; missing cases give a greater one.
                let percent = 100.0 * f64::from(count) / f64::from(whole) - if wrong == Some(at) { f64::from(by) } else { 0.0 };
                format!("Trait {at}, n (%) | {count} ({})", print(percent, decimals, habit))
            };
            let rows: Vec<String> = shares.iter().enumerate().map(row).collect();
            format!("Table 1. The crews\n\n | Crew (N = {whole})\n---\n{}", rows.join("\n"))
        };
        let right = table(None, habit);
        let found = names("SU121", &right);
        prop_assert!(found.len() == shares.len() && flagged(&found).is_empty(), "{found:?} {right}");
        // Where percentages were cut off, few of them tell by plain rounding what they are of.
        let wrong = table(Some(at), Habit::Nearest);
        let found = names("SU121", &wrong);
        prop_assert_eq!(flagged(&found), [at], "{:?} {}", found, wrong);
    }

    #[test]
    fn means_of_a_whole_lie_between_those_of_its_groups(
        sizes in prop::array::uniform3(20_u32..200), means in prop::collection::vec(prop::array::uniform3(3000_u32..90_000), 6..9),
        decimals in 0_usize..3, habit in habit(), at in 0_usize..6, by in 3_u32..30,
    ) {
        let all: u32 = sizes.iter().sum();
        let table = |wrong: Option<usize>, decimals: usize| {
            let row = |(at, means): (usize, &[u32; 3])| {
                let means = means.map(|mean| f64::from(mean) / 1000.0);
                let whole = means.iter().zip(sizes).map(|(mean, n)| mean * f64::from(n)).sum::<f64>() / f64::from(all);
                let most = means.iter().copied().fold(0.0, f64::max);
                let whole = if wrong == Some(at) { most + f64::from(by) } else { whole };
                let cell = |mean: f64| format!("{} (2.1)", print(mean, decimals, habit));
                format!("Trait {at}, mean (SD) | {} | {}", cell(whole), means.map(cell).join(" | "))
            };
            let rows: Vec<String> = means.iter().enumerate().map(row).collect();
            let [n, k, m] = sizes;
            format!(
                "Table 1. The fish of the lakes\n\nMeasure | Total (n = {all}) | Upper (n = {n}) | Lower (n = {k}) | Outer (n = {m})\n---\n{}",
                rows.join("\n")
            )
        };
        let right = table(None, decimals);
        let found = names("SU125", &right);
        prop_assert!(found.len() == means.len() && flagged(&found).is_empty(), "{found:?} {right}");
        // A whole number that ends in a nought may have been rounded to tens.
        let wrong = table(Some(at), decimals.max(1));
        let found = names("SU125", &wrong);
        prop_assert_eq!(flagged(&found), [at], "{:?} {}", found, wrong);
    }

    #[test]
    fn numbers_of_the_text_are_those_of_the_table_and_swapped_digits_are_told(
        values in prop::array::uniform6(1012_u32..9898), coarse in any::<bool>(),
    ) {
        let cell = |at: usize| format!("{:.2}", f64::from(values[at]) / 100.0);
        let text = |first: &str, second: &str| format!(
            "Table 1. Length of the fish at both times\n\nSpecies | Spring | Autumn\n---\nPerch | {} | {}\nRoach | {} | {}\nBleak | {} | {}\n\n\
             Roach grew from {first} cm in spring to {second} cm in autumn (Table 1).",
            cell(0), cell(1), cell(2), cell(3), cell(4), cell(5),
        );
        let told = |at: usize| if coarse { print(f64::from(values[at]) / 100.0, 1, Habit::Nearest) } else { cell(at) };
        let right = text(&told(2), &told(3));
        prop_assert!(flagged(&names("XC102", &right)).is_empty(), "{right}");
        // Digits that are apart enough to be no rounding, and a number that stands in no cell.
        let other = swapped(&cell(3), 2).expect("four digits");
        let apart = |number: &str| (0..6).all(|at| {
            let distance = number.parse::<f64>().expect("a number") - f64::from(values[at]) / 100.0;
            distance.abs() > 0.11
        });
        prop_assume!(apart(&other) && values[2].abs_diff(values[3]) > 20);
        let wrong = text(&cell(2), &other);
        let found = names("XC102", &wrong);
        prop_assert_eq!(flagged(&found).len(), 1, "{:?} {}", found, wrong);
    }

    #[test]
    fn a_range_is_that_of_its_column_and_swapped_digits_at_one_end_are_told(
        values in prop::collection::btree_set(1012_u32..9898, 5..9).prop_map(|set| set.into_iter().collect::<Vec<_>>()).prop_shuffle(),
        totals in any::<bool>(), upper in any::<bool>(),
    ) {
        let print = |value: u32| format!("{:.2}", f64::from(value) / 100.0);
        let rows: Vec<String> = values.iter().enumerate().map(|(at, value)| format!("Pond {at} | {} | {at}.5", print(*value))).collect();
        let total = if totals { format!("\nTotal | {} | 90.5", print(values.iter().sum())) } else { String::new() };
        let text = |low: &str, high: &str| format!(
            "Table 1. The fish of the ponds\n\nPond | Length | Depth\n---\n{}{total}\n\nLength ranged from {low} to {high} (Table 1).", rows.join("\n"),
        );
        let ends = (values.iter().min().copied().expect("some"), values.iter().max().copied().expect("some"));
        let (low, high) = (print(ends.0), print(ends.1));
        let right = text(&low, &high);
        prop_assert_eq!(names("XC110", &right), ["consistent", "consistent"], "{}", right);
        let slipped = |number: &str| swapped(number, 2).expect("four digits");
        let (wrong, told) = if upper { (text(&low, &slipped(&high)), slipped(&high)) } else { (text(&slipped(&low), &high), slipped(&low)) };
        let value = told.parse::<f64>().expect("a number");
        let keeps_order = if upper { value > f64::from(ends.0) / 100.0 } else { value < f64::from(ends.1) / 100.0 };
        let far = (value - f64::from(if upper { ends.1 } else { ends.0 }) / 100.0).abs() > 0.011;
        // Noughts at the end tell nothing, so that an end with some does not show which column is meant.
        let telling = [&told, &low, &high].iter().all(|number| !number.ends_with('0'));
        prop_assume!(keeps_order && far && !values.iter().any(|own| print(*own) == told) && telling);
        let found = names("XC110", &wrong);
        prop_assert_eq!(found.iter().filter(|name| **name == "note").count(), 1, "{:?} {}", found, wrong);
    }
}
