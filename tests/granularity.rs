//! Means and deviations of random whole numbers: what a sample has is never flagged, however it is rounded; a mean or a
//! deviation that no sample has is; and fewer decimals are flagged no sooner.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};

/// Answers on a scale from 1 to 7.
fn answers() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(1_u32..8, 5..45)
}

fn mean(values: &[u32]) -> f64 {
    f64::from(values.iter().sum::<u32>()) / size(values)
}

fn size(values: &[u32]) -> f64 {
    f64::from(u32::try_from(values.len()).expect("few"))
}

/// The deviation, divided by n − 1 or by n.
fn deviation(values: &[u32], of_population: bool) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (f64::from(*value) - mean).powi(2)).sum();
    (squares / (size(values) - if of_population { 0.0 } else { 1.0 })).sqrt()
}

/// The number with two decimals, cut off or rounded.
fn hundredths(value: f64, cut: bool) -> String {
    // What is a whole number of hundredths but for the last digit of a float stays one.
    let scaled = 100.0 * value;
    let near = scaled.round();
    let exact = (scaled - near).abs() < 1e-9;
    format!("{:.2}", if cut && !exact { scaled.floor() } else { near } / 100.0)
}

fn rated(mean: &str, sd: &str, n: usize) -> String {
    format!("They rated it on a single item on a scale from 1 (bad) to 7 (good), M = {mean}, SD = {sd}, n = {n}.")
}

/// Every mean and deviation, in hundredths, that prints from some sample of n answers from 1 to 7.
fn printed_samples(n: usize) -> std::collections::BTreeSet<(u32, u32)> {
    let mut reached = std::collections::BTreeSet::from([(0_u32, 0_u32)]);
    for _ in 0..n {
        reached = reached.iter().flat_map(|(sum, squares)| (1..8).map(move |x| (sum + x, squares + x * x))).collect();
    }
    let mut printed = std::collections::BTreeSet::new();
    let n = f64::from(u32::try_from(n).expect("few"));
    for (sum, squares) in reached {
        let (sum, squares) = (f64::from(sum), f64::from(squares));
        let spread = (squares - sum * sum / n).max(0.0);
        for divisor in [n - 1.0, n] {
            // Cut off, and both neighbours of a tie: a net as wide as the habits in use.
            let habits =
                |value: f64| [(value + 1e-9).floor(), (value - 0.5 - 1e-9).ceil(), (value + 0.5 + 1e-9).floor()];
            for mean in habits(100.0 * sum / n) {
                for sd in habits(100.0 * (spread / divisor).sqrt()) {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "hundredths from 0 to 800"
                    )]
                    printed.insert((mean.max(0.0) as u32, sd.max(0.0) as u32));
                }
            }
        }
    }
    printed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sample_with_its_extremes_is_never_flagged_and_a_mean_beyond_them_is(
        values in prop::collection::vec(0_u32..60, 3..30), of_population in any::<bool>(), beyond in 6_u32..40,
    ) {
        // By so much that a round greatest value, which may be rounded to tens, does not reach the mean.
        let (least, greatest) = (*values.iter().min().expect("some"), *values.iter().max().expect("some"));
        prop_assume!(least < greatest);
        let text = |mean: f64| format!(
            "The mean number of falls was low (M = {mean:.2}, SD = {}, n = {}, min = {least}, max = {greatest}).",
            hundredths(deviation(&values, of_population), false), values.len(),
        );
        for code in ["GR105", "ST105"] {
            let found = names(code, &text(mean(&values)));
            prop_assert!(!found.is_empty() && found.iter().all(|name| !is_flagged(name)), "{code} {found:?} {}", text(mean(&values)));
        }
        let wrong = text(f64::from(greatest + beyond));
        let found = names("ST105", &wrong);
        prop_assert!(found.iter().any(|name| is_flagged(name)), "{found:?} {wrong}");
    }

    #[test]
    fn what_a_sample_has_is_never_flagged(values in answers(), of_population in any::<bool>(), cut in any::<bool>()) {
        let (m, sd) = (hundredths(mean(&values), cut), hundredths(deviation(&values, of_population), cut));
        let text = rated(&m, &sd, values.len());
        for code in ["GR101", "GR102", "GR104"] {
            let found = names(code, &text);
            prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{code} {found:?} {text}");
        }
    }

    #[test]
    fn a_mean_between_those_of_samples_is_flagged(n in 7_usize..40, total in 0.15_f64..0.85, base in 1_u32..6) {
        // A mean whose total lies well between two whole numbers, farther from both than any habit of rounding reaches.
        let n_of = f64::from(u32::try_from(n).expect("few"));
        let distance = total.min(1.0 - total) / n_of;
        prop_assume!(distance > 0.02);
        let text = rated(&hundredths(f64::from(base) + total / n_of, false), "1.10", n);
        prop_assert_eq!(names("GR101", &text), ["warning"], "{}", text);
    }

    #[test]
    fn fewer_decimals_are_flagged_no_sooner(m in 100_u32..700, sd in 0_u32..300, n in 5_usize..45) {
        let at = |decimals: usize| {
            rated(&format!("{:.decimals$}", f64::from(m) / 100.0), &format!("{:.decimals$}", f64::from(sd) / 100.0), n)
        };
        // A five at the end may be rounded either way. A mean that only a habit reaches is a
        // note of GR101, and then GR102 says nothing: so a pair counts as told where any rule says more than that it follows.
        prop_assume!(m % 10 != 5 && sd % 10 != 5);
        let has = |text: &str, says: fn(&str) -> bool| {
            ["GR101", "GR102", "GR104"].into_iter().any(|code| names(code, text).into_iter().any(says))
        };
        let (fine, coarse) = (at(2), at(1));
        let told = has(&fine, |name| is_flagged(name) || name == "note");
        prop_assert!(told || !has(&coarse, is_flagged), "{fine} {coarse}");
    }

    #[test]
    fn noughts_and_ones_have_the_deviation_of_their_mean(ones in 1_u32..30, rest in 1_u32..30, by in 8_u32..30) {
        let values: Vec<u32> = (0..ones).map(|_| 1).chain((0..rest).map(|_| 0)).collect();
        let text = |sd: f64| format!(
            "Smoking was common (0 = no, 1 = yes; M = {}, SD = {}, n = {}).",
            hundredths(mean(&values), false), hundredths(sd, false), values.len(),
        );
        for of_population in [false, true] {
            let found = names("GR103", &text(deviation(&values, of_population)));
            prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?}");
        }
        let wrong = text(deviation(&values, false) + f64::from(by) / 100.0 + 0.1);
        prop_assert_eq!(names("GR103", &wrong), ["warning"], "{}", wrong);
    }
}

#[test]
fn a_pair_is_flagged_exactly_where_no_sample_prints_it() {
    // Every sample is counted here by adding one answer after the other; the rules search by bounds and parity.
    for n in [5_usize, 9] {
        let printed = printed_samples(n);
        let mut flagged = 0;
        for m in (100..=700_u32).step_by(7) {
            for sd in (0..=330_u32).step_by(11) {
                let text = rated(&format!("{:.2}", f64::from(m) / 100.0), &format!("{:.2}", f64::from(sd) / 100.0), n);
                let told =
                    ["GR101", "GR102", "GR104"].into_iter().any(|code| names(code, &text).into_iter().any(is_flagged));
                if told {
                    flagged += 1;
                    assert!(!printed.contains(&(m, sd)), "{text}");
                }
            }
        }
        assert!(flagged > 1000, "{flagged}");
    }
}
