//! Tests between two groups and percentages of counts, over random groups: what is worked out before it is rounded is
//! never flagged, and a number put wrong is.

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
    fn a_t_between_groups_follows_and_a_wrong_one_is_flagged(
        means in [2000_u32..9000, 2000_u32..9000], deviations in [500_u32..3000, 500_u32..3000], sizes in [8_u32..120, 8_u32..120],
        welch in any::<bool>(),
    ) {
        let ([m, o], [s, w], [n, k]) = (means.map(thousandths), deviations.map(thousandths), sizes.map(f64::from));
        let pooled = ((n - 1.0) * s * s + (k - 1.0) * w * w) / (n + k - 2.0) * (1.0 / n + 1.0 / k);
        let apart = s * s / n + w * w / k;
        let t = (m - o) / if welch { apart } else { pooled }.sqrt();
        let text = |t: f64| format!(
            "The riders (M = {m:.2}, SD = {s:.2}, n = {}) differed from the walkers (M = {o:.2}, SD = {w:.2}, n = {}), t({}) = {t:.2}, p = .03.",
            sizes[0], sizes[1], sizes[0] + sizes[1] - 2,
        );
        let found = names("ST130", &text(t));
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {}", text(t));
        // Far from both tests, whichever was made.
        let (one, other) = (((m - o) / pooled.sqrt()).abs(), ((m - o) / apart.sqrt()).abs());
        let wrong = 1.3 * one.max(other) + 1.0;
        prop_assume!(sizes[0] != sizes[1]);
        let found = names("ST130", &text(wrong));
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {}", text(wrong));
    }

    #[test]
    fn a_percentage_of_a_count_follows_and_a_wrong_one_is_flagged(
        whole in 20_u32..900, share in 0.1_f64..0.9, decimals in 0_usize..3, cut in any::<bool>(), by in 3_u32..9,
    ) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a count below 900")]
        let part = (f64::from(whole) * share) as u32;
        let percent = 100.0 * f64::from(part) / f64::from(whole);
        let scale = [1.0, 10.0, 100.0][decimals];
        let printed = if cut { (percent * scale + 1e-9).floor() / scale } else { percent };
        let text = |percent: f64| format!("The test was positive in {part} of {whole} samples ({percent:.decimals$}%).");
        let found = names("SU101", &text(printed));
        prop_assert!(found.len() == 1 && !is_flagged(found[0]), "{found:?} {}", text(printed));
        // A whole number of tens may be rounded to tens.
        let wrong = percent + f64::from(by) + 0.5;
        prop_assume!(decimals > 0);
        let found = names("SU101", &text(wrong));
        prop_assert!(found.len() == 1 && is_flagged(found[0]), "{found:?} {}", text(wrong));
    }
}
