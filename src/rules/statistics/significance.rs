//! The levels of significance that a p-value of the paper may be judged at, and words for a decision that changes.
//!
//! It knows what the paper states (`extract`'s conditions of the kind alpha) and compares nothing.

use crate::arithmetic::rational;
use crate::derive::{self, Outcome, Proposal};
use crate::document::TextRange;
use crate::extract::{ConditionKind, Mentions};

/// The level in use where a paper states none.
const USUAL: &str = "0.05";

/// The levels that may hold for a test at these characters: those stated for all tests of the paper or of its study, else
/// .05; and each one stated for some tests, as nobody can tell from afar whether this one is among them.
pub(super) fn levels(mentions: &Mentions, test: TextRange) -> Vec<String> {
    let reaching = mentions
        .conditions
        .iter()
        .filter(|condition| condition.kind == ConditionKind::Alpha && condition.reach.overlaps(test));
    let (partial, whole): (Vec<_>, Vec<_>) =
        reaching.filter_map(|condition| condition.alpha.as_ref()).partition(|alpha| alpha.partial);
    let mut levels: Vec<String> = whole.iter().chain(&partial).flat_map(|alpha| alpha.levels.clone()).collect();
    if whole.is_empty() {
        levels.push(USUAL.to_owned());
    }
    levels.sort();
    levels.dedup();
    levels
}

/// What is said of a p-value that decides otherwise than what it follows from; empty where it does not.
pub(super) fn changed_decision(proposal: &Proposal, outcome: &Outcome) -> String {
    let Some(decision) = derive::decision(proposal, outcome).filter(|decision| decision.changes) else {
        return String::new();
    };
    let levels: Vec<String> = decision
        .levels
        .iter()
        .map(|level| rational::to_short_text(level, 4).trim_start_matches('0').to_owned())
        .collect();
    format!(", and at {} the two decide differently", levels.join(" and at "))
}
