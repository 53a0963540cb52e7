//! Standardised differences from random means and deviations: what is worked out before it is rounded is never flagged, and
//! a d several times as large, as by standard errors, is.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};

fn thousandths(value: u32) -> f64 {
    f64::from(value) / 1000.0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_d_follows_from_its_groups_and_one_by_standard_errors_does_not(
        means in [2000_u32..9000, 2000_u32..9000], deviations in [500_u32..3000, 500_u32..3000], sizes in [8_u32..120, 8_u32..120],
        which in 0_usize..5, sized in any::<bool>(),
    ) {
        let ([m, o], [s, w], [n, k]) = (means.map(thousandths), deviations.map(thousandths), sizes.map(f64::from));
        let degrees = n + k - 2.0;
        let pooled = (((n - 1.0) * s * s + (k - 1.0) * w * w) / degrees).sqrt();
        let hedges = 1.0 - 3.0 / (4.0 * degrees - 1.0);
        let by = [pooled, f64::midpoint(s * s, w * w).sqrt(), s, w, pooled / hedges][which];
        prop_assume!((m - o).abs() > 0.5);
        let size = |n: u32| if sized { format!(", n = {n}") } else { String::new() };
        let text = |d: f64| format!(
            "An independent-samples t test told the riders (M = {m:.2}, SD = {s:.2}{}) from the walkers (M = {o:.2}, SD = {w:.2}{}), t({degrees}) = 3.10, p = .03, d = {d:.2}.",
            size(sizes[0]), size(sizes[1]),
        );
        let found = names("ST132", &text((m - o) / by));
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {}", text((m - o) / by));
        // Above what the lesser deviation gives by the factor of eight values and more.
        let wrong = (m - o) / s.min(w) * 8.0_f64.sqrt();
        let found = names("ST132", &text(wrong));
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {}", text(wrong));
    }

    #[test]
    fn the_d_of_pairs_is_never_flagged(
        pairs in proptest::collection::vec((1000_u32..9000, -2000_i32..3000), 6..40),
    ) {
        let first: Vec<f64> = pairs.iter().map(|(a, _)| thousandths(*a)).collect();
        let second: Vec<f64> = pairs.iter().map(|(a, d)| thousandths(*a) + f64::from(*d) / 1000.0).collect();
        let n = f64::from(u32::try_from(pairs.len()).expect("few pairs"));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
        let deviation = |values: &[f64]| {
            let middle = mean(values);
            (values.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
        };
        let differences: Vec<f64> = first.iter().zip(&second).map(|(a, b)| b - a).collect();
        let d = mean(&differences) / deviation(&differences);
        prop_assume!(d.abs() > 0.05);
        let text = format!(
            "Scores changed from the first round (M = {:.2}, SD = {:.2}) to the second (M = {:.2}, SD = {:.2}), t({}) = {:.2}, p = .03, d = {d:.2}.",
            mean(&first), deviation(&first), mean(&second), deviation(&second), n - 1.0, d * n.sqrt(),
        );
        let found = names("ST132", &text);
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {text}");
    }
}
