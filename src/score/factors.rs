//! The three factors of what a user gains: the share of values that are reached, the recall among planted slips in values
//! that are, and their product.
//!
//! The product is an estimate of the share of all slips in printed values that a run finds. Its ends are the products of
//! the factors' ends, which is wider than an interval of 95 % and needs no assumption about how the two vary together.

use serde::Serialize;

use super::planted::{PlantedScore, Recall};
use super::reach::ReachScore;
use super::wilson::Share;

/// The factors of a kind of slip or of a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Factors {
    /// The kind of slip or the code; `all` for the sums.
    pub name: String,
    /// The share of listed values brought to a verdict: of all listed values for a kind of slip, of its own for a rule.
    /// `None` for a rule that no listed value is put down to.
    pub reach: Option<Share>,
    /// The recall among planted slips.
    pub recall: Share,
    /// Their product.
    pub product: Option<f64>,
    /// The product of the lower ends and of the upper ends.
    pub ends: Option<(f64, f64)>,
}

/// The factors over all, by kind of slip, and by rule.
pub fn factors(reach: &ReachScore, planted: &PlantedScore) -> Vec<Factors> {
    let of = |recall: &Recall, reach: Option<Share>| {
        let both = reach.and_then(|reach| Some((reach.share?, recall.recall.share?)));
        let ends = reach.and_then(|reach| Some((reach.low? * recall.recall.low?, reach.high? * recall.recall.high?)));
        let product = both.map(|(reach, recall)| reach * recall);
        Factors { name: recall.name.clone(), reach, recall: recall.recall, product, ends }
    };
    let mut rows = vec![of(&planted.all, Some(reach.all))];
    rows.extend(planted.slips.iter().map(|recall| of(recall, Some(reach.all))));
    rows.extend(planted.rules.iter().map(|recall| of(recall, reach.rules.get(&recall.name).copied())));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::wilson;
    use std::collections::BTreeMap;

    #[test]
    fn factors_multiply_and_a_rule_without_listed_values_has_no_product() {
        let recall = |name: &str, hits, of| Recall {
            name: name.to_owned(),
            recall: wilson(hits, of),
            with_notes: hits,
            by_own_rule: hits,
            possible_by_habit: 0,
        };
        let planted = PlantedScore {
            all: recall("all", 8, 10),
            slips: vec![recall("digit", 8, 10), recall("sign", 0, 0)],
            rules: vec![recall("SU101", 8, 10), recall("SU109", 1, 2)],
            cells: Vec::new(),
            reasons: Vec::new(),
            missed: Vec::new(),
        };
        let reach = ReachScore {
            all: wilson(1, 2),
            rules: BTreeMap::from([("SU101".to_owned(), wilson(3, 4))]),
            kinds: BTreeMap::new(),
            elsewhere: 0,
        };
        let products: Vec<Option<f64>> = factors(&reach, &planted).iter().map(|row| row.product).collect();
        let close = |at: usize, value: f64| products[at].is_some_and(|own| (own - value).abs() < 1e-12);
        assert!(close(0, 0.4) && close(1, 0.4) && close(3, 0.6), "{products:?}");
        assert_eq!((products[2], products[4]), (None, None));
    }
}
