//! Whether a stated p-value and the derived one decide differently at a level of significance.
//!
//! It compares sets that the evaluator gave and judges nothing: a decision that changes weighs a finding in its words, and
//! is none by itself. Which levels are in question is for the rule to say.

use crate::arithmetic::RealSet;
use crate::arithmetic::rational::{self, Rational};

use super::outcome::{Outcome, Strength, Verdict};
use super::proposal::Proposal;

/// The decision on a stated p-value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The levels of significance that it may be made at, ascending.
    pub levels: Vec<Rational>,
    /// Whether at each of them the stated value lies wholly on one side and the derived one wholly on the other.
    pub changes: bool,
}

/// The decision that a proposal's stated value stands for; `None` where none is made by it.
pub fn decision(proposal: &Proposal, outcome: &Outcome) -> Option<Decision> {
    let mut levels: Vec<Rational> = proposal.levels.iter().filter_map(|level| rational::parse(level)).collect();
    levels.sort();
    levels.dedup();
    let (stated, derived) = (&outcome.stated.wide, &outcome.derived.wide);
    let apart = matches!(outcome.verdict, Verdict::Inconsistent(Strength::Disjoint));
    let changes = apart && levels.iter().all(|level| differ(stated, derived, level));
    (!levels.is_empty()).then_some(Decision { levels, changes })
}

/// Whether of two sets of p-values one is wholly significant at the level and the other wholly not.
fn differ(stated: &RealSet, derived: &RealSet, level: &Rational) -> bool {
    significant(stated, level).zip(significant(derived, level)).is_some_and(|(stated, derived)| stated != derived)
}

/// Whether all values are at most the level, or all at least: the level itself is called significant by some and not by others.
fn significant(set: &RealSet, level: &Rational) -> Option<bool> {
    let hull = set.hull()?;
    if hull.hi().value().is_some_and(|highest| highest <= level) {
        Some(true)
    } else if hull.lo().value().is_some_and(|lowest| lowest >= level) {
        Some(false)
    } else {
        None
    }
}
