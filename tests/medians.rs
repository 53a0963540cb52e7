//! Medians with their quartiles and extremes, over random samples: what a sample has is never flagged, however it is printed,
//! and a median beyond the ends is.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};

/// The quantile of sorted values by one of the two ends of the definitions in use: the value at or above the place, or halfway
/// between the two around it.
fn quantile(sorted: &[f64], share: f64, between: bool) -> f64 {
    let size = f64::from(u32::try_from(sorted.len()).expect("a small sample"));
    let place = share * (size - 1.0);
    let at = |place: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place within a small sample")]
        let index = place as usize;
        sorted[index.min(sorted.len() - 1)]
    };
    if between { f64::midpoint(at(place.floor()), at(place.ceil())) } else { at(place.ceil()) }
}

fn text(median: f64, quartiles: [f64; 2], extremes: [f64; 2], decimals: usize) -> String {
    let [first, third] = quartiles;
    let [least, greatest] = extremes;
    format!(
        "The median stay was {median:.decimals$} days (IQR {first:.decimals$}–{third:.decimals$}, range {least:.decimals$}–{greatest:.decimals$})."
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_sample_has_is_never_flagged_and_a_median_beyond_the_ends_is(
        values in prop::collection::vec(10_u32..9000, 4..40), decimals in 0_usize..3, between in any::<bool>(), tens in 1_u32..6,
    ) {
        let mut sorted: Vec<f64> = values.into_iter().map(|value| f64::from(value) / 100.0).collect();
        sorted.sort_by(f64::total_cmp);
        let of = |share: f64| quantile(&sorted, share, between);
        let (quartiles, extremes) = ([of(0.25), of(0.75)], [of(0.0), of(1.0)]);
        let right = text(of(0.5), quartiles, extremes, decimals);
        let found = names("ST104", &right);
        prop_assert!(found.len() == 4 && found.iter().all(|name| *name == "consistent"), "{found:?} {right}");
        // A number of tens or hundreds may be rounded to these.
        let beyond = (extremes[1] / 10.0).ceil() * 10.0 + f64::from(10 * tens) + 7.0;
        let wrong = text(beyond, quartiles, extremes, decimals);
        let found = names("ST104", &wrong);
        prop_assert_eq!(found.iter().filter(|name| is_flagged(name)).count(), 2, "{:?} {}", found, wrong);
    }
}
