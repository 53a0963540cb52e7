//! `MD`: derivations that no rule was written for, found by a search or chosen by a model.

pub mod reasoned_value;
pub mod searched_value;

use crate::arithmetic::rational;
use crate::derive::Evidence;

/// Below this share, in thousandths, the ranker holds that the text hardly means a program, and a slip is not told of. Near misses that
/// mean nothing had a seventh at most on 491 papers, the dose of the kitchen utensils a third or more.
const LEAST_CONFIDENCE: u16 = 200;

/// A share of the ranker in thousandths.
fn in_thousandths(share: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
    let thousandths = (share.clamp(0.0, 1.0) * 1000.0) as u16;
    thousandths
}

/// The E-value of what is proposed, and how likely the ranker holds it to be meant, as decimals.
fn in_words(evidence: &Evidence) -> (String, String) {
    let thousandths = |number: u64| {
        i64::try_from(number).map(|number| rational::to_text(&rational::ratio(number, 1000))).unwrap_or_default()
    };
    (thousandths(evidence.expectation.div_ceil(1000)), thousandths(u64::from(evidence.confidence)))
}
