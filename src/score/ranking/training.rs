//! The weights that make the labels likely: conditional likelihood with a penalty on large weights, by gradient steps in a fixed
//! order.
//!
//! The steps are those of Adam (Kingma and Ba 2015, algorithm 1) over all cases at once, so that nothing is drawn. The likelihood is
//! concave where each window has one right program.

use crate::search::Ranker;
use crate::search::ranker::{Features, SLOTS, slot_name};

use super::case::Case;

/// How the training goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How many steps it takes.
    pub steps: usize,
    /// How long the first steps are.
    pub rate: f64,
    /// The penalty on the square of each weight, for each unit of weight of the cases.
    pub penalty: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { steps: 150, rate: 0.1, penalty: 2e-4 }
    }
}

/// Trains all weights on all cases, then those of "none" alone on the `natural` ones, so that the share of values that follow from
/// nothing is that of running text and not that of the frames.
pub fn train(framed: &[Case], natural: &[Case], settings: &Settings) -> Ranker {
    let all: Vec<&Case> = framed.iter().chain(natural).collect();
    let mut weights = descend(&all, vec![0.0; SLOTS], &|_| true, settings);
    if !natural.is_empty() {
        let natural: Vec<&Case> = natural.iter().collect();
        let of_none: Vec<bool> = (0..SLOTS).map(|slot| slot_name(slot).starts_with("none.")).collect();
        weights = descend(&natural, weights, &|slot| of_none[slot], settings);
    }
    Ranker::new(weights)
}

/// Gradient steps for the weights that may move.
fn descend(cases: &[&Case], mut weights: Vec<f64>, moves: &dyn Fn(usize) -> bool, settings: &Settings) -> Vec<f64> {
    const DECAY: [f64; 2] = [0.9, 0.999];
    let total: f64 = cases.iter().map(|case| case.weight).sum::<f64>().max(1.0);
    let (mut first, mut second) = (vec![0.0; SLOTS], vec![0.0; SLOTS]);
    let mut powers = DECAY;
    for step in 0..settings.steps {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| 2.0 * settings.penalty * weight * total).collect();
        for case in cases {
            add_gradient(case, &weights, &mut gradient);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred steps")]
        let rate = settings.rate * (1.0 - step as f64 / settings.steps as f64);
        for slot in (0..SLOTS).filter(|slot| moves(*slot)) {
            let slope = gradient[slot] / total;
            first[slot] = DECAY[0].mul_add(first[slot], (1.0 - DECAY[0]) * slope);
            second[slot] = DECAY[1].mul_add(second[slot], (1.0 - DECAY[1]) * slope * slope);
            let (mean, spread) = (first[slot] / (1.0 - powers[0]), second[slot] / (1.0 - powers[1]));
            weights[slot] -= rate * mean / (spread.sqrt() + 1e-8);
        }
        powers = [powers[0] * DECAY[0], powers[1] * DECAY[1]];
    }
    weights
}

/// Adds the gradient of −ln(likelihood of the value): the sum of the shares, each times how likely the value is under it.
fn add_gradient(case: &Case, weights: &[f64], gradient: &mut [f64]) {
    let score = |signs: &Features| signs.iter().map(|(slot, value)| weights[usize::from(*slot)] * value).sum::<f64>();
    let none = case.programs.len();
    let scores = case.programs.iter().map(score).chain([score(&case.none)]);
    let shares = crate::search::ranker::shares(scores.collect());
    let likelihood = |at: usize| if at == none { case.chance } else { f64::from(u8::from(case.right.contains(&at))) };
    let right: f64 = shares.iter().enumerate().map(|(at, share)| share * likelihood(at)).sum();
    for (at, share) in shares.iter().enumerate() {
        let wanted = share * likelihood(at) / right.max(f64::MIN_POSITIVE);
        let slope = case.weight * (share - wanted);
        if slope.abs() < 1e-9 {
            continue;
        }
        for (slot, value) in case.programs.get(at).unwrap_or(&case.none) {
            gradient[usize::from(*slot)] += slope * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A window with two programs, one of which has a sign; a third sign is that of "none".
    fn case(right: usize) -> Case {
        Case {
            programs: vec![vec![(0, 1.0)], vec![(1, 1.0)]],
            none: vec![(2, 1.0)],
            right: vec![right],
            chance: 0.0,
            weight: 1.0,
        }
    }

    #[test]
    fn what_is_right_more_often_gets_its_share() {
        let cases = [case(0), case(0), case(0), case(1)];
        let settings = Settings { steps: 400, rate: 0.1, penalty: 0.0 };
        let ranker = train(&cases, &[], &settings);
        let weights = ranker.weights();
        // Three of four: the scores differ by ln 3.
        assert!((weights[0] - weights[1] - libm::log(3.0)).abs() < 0.02, "{weights:?}");
        assert!(weights[2] < weights[1] - 2.0);
        assert_eq!(ranker, train(&cases, &[], &settings));
    }
}
