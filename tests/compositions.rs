//! Calculated analyses of random compounds: what is worked out with the weights in use is never flagged, whether rounded or
//! cut off, and a share of another compound is.

#[path = "support/judged.rs"]
mod judged;

use proptest::prelude::*;

use judged::{is_flagged, names};

/// The weights of carbon, hydrogen, nitrogen and oxygen: as in the standard, with two decimals, and older ones.
const WEIGHTS: [[f64; 4]; 3] =
    [[12.011, 1.008, 14.007, 15.999], [12.01, 1.01, 14.01, 16.00], [12.0107, 1.00794, 14.0067, 15.9994]];

fn shares(atoms: [u32; 4], weights: [f64; 4]) -> [f64; 4] {
    let masses: Vec<f64> = atoms.iter().zip(weights).map(|(count, weight)| f64::from(*count) * weight).collect();
    let whole: f64 = masses.iter().sum();
    [0, 1, 2, 3].map(|at| 100.0 * masses[at] / whole)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_follow_from_their_formula_and_a_wrong_one_is_flagged(
        carbon in 5_u32..40, hydrogen in 4_u32..60, nitrogen in 1_u32..8, oxygen in 1_u32..9, of in 0_usize..3,
        more in 3_u32..9,
    ) {
        let atoms = [carbon, hydrogen, nitrogen, oxygen];
        let text = |c: f64, h: f64, n: f64| format!(
            "Anal. Calcd for C{carbon}H{hydrogen}N{nitrogen}O{oxygen}: C, {c:.2}; H, {h:.2}; N, {n:.2}. Found: C, 50.00; H, 5.00; N, 9.00."
        );
        let [c, h, n, _] = shares(atoms, WEIGHTS[of]);
        let right = text(c, h, n);
        let found = names("EQ120", &right);
        prop_assert!(found.len() == 3 && !found.iter().any(|outcome| is_flagged(outcome)), "{found:?} {right}");
        // The hydrogen of a compound with some more of them.
        let [_, wrong, ..] = shares([carbon, hydrogen + more, nitrogen, oxygen], WEIGHTS[0]);
        let other = text(c, wrong, n);
        let found = names("EQ120", &other);
        prop_assert!(found.len() == 3 && is_flagged(found[1]), "{found:?} {other}");
    }
}
