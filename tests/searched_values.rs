//! Values that a search finds the calculation of, over random numbers: sums and products that are worked out before they are printed are
//! never flagged, whichever value of them is looked at, and numbers drawn by chance hardly ever are.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};

fn is_held_against(text: &str) -> bool {
    names("MD101", text).into_iter().any(is_flagged)
}

fn loads(rope: &str, tar: &str, whole: &str) -> String {
    format!("The hold took {rope} kg of rope and {tar} kg of tar. The whole load weighed {whole} kg at the quay.")
}

proptest! {
    #[test]
    fn sums_and_products_that_hold_are_never_flagged(
        rope in 200_u32..9000,
        tar in 200_u32..9000,
        decimals in 0_usize..3,
    ) {
        let scale = [1.0, 10.0, 100.0][decimals];
        let (rope, tar) = (f64::from(rope) / scale, f64::from(tar) / scale);
        let text = |value: f64| format!("{value:.decimals$}");
        let sum = loads(&text(rope), &text(tar), &text(rope + tar));
        prop_assert!(!is_held_against(&sum), "{sum}: {:?}", names("MD101", &sum));
        let (speed, time, length) = (text(rope), text(tar), text(rope * tar));
        let run = format!("Rope ran off at {speed} m/s. After {time} s a length of {length} m had run off.");
        prop_assert!(!is_held_against(&run), "{run}: {:?}", names("MD101", &run));
    }
}

/// Numbers from 200 to 9199 that are the same in every run.
fn numbers() -> impl Iterator<Item = u64> {
    let step =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(12_345_u64), step).skip(1).map(|state| 200 + (state >> 33) % 9000)
}

/// How many of two hundred loads are flagged, the whole worked out from the parts and drawn numbers.
fn flagged(whole: impl Fn(u64, u64, u64) -> u64) -> usize {
    let mut numbers = numbers();
    let mut next = || numbers.next().unwrap_or_default();
    let loads = (0..200).map(|_| {
        let (rope, tar, other) = (next(), next(), next());
        loads(&rope.to_string(), &tar.to_string(), &whole(rope, tar, other).to_string())
    });
    loads.filter(|text| is_held_against(text)).count()
}

/// Where the words speak of the sum, most that are ten times too large are flagged.
#[test]
fn most_sums_that_are_ten_times_too_large_are_flagged() {
    let found = flagged(|rope, tar, _| 10 * (rope + tar));
    assert!(found >= 150, "{found} of 200");
}

/// The share of numbers drawn by chance that are flagged stays below the expectation that a finding is told with.
#[test]
fn chance_is_hardly_ever_flagged() {
    let found = flagged(|_, _, other| other);
    assert!(found <= 6, "{found} of 200");
}
