//! Levels: how much an inconsistency weighs, by the table of the design page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::outcome::{Outcome, Strength, Verdict};
use super::proposal::{Operation, Proposal};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Only a rounding habit reconciles, or the evidence is weak.
    Note,
    /// The sets are disjoint, but an approximate word stands by or the proposal has no signature.
    Warning,
    /// The wide sets are disjoint under every open reading.
    Error,
}

/// How sure the operation and the reading are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Neither the operation nor the reading is confirmed a second time.
    Low,
    /// The operation is implied, or no second reader confirmed the page.
    Medium,
    /// The operation is stated and the reading confirmed.
    High,
}

/// What the second reader says of the finding's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// It read the same operands.
    Agrees,
    /// It read other operands.
    Disagrees,
    /// It could not read the page, or there is no second reader for it.
    Unavailable,
    /// The input is no PDF: the characters are given.
    NotNeeded,
}

/// The level and confidence of an outcome; `None` where it is no finding.
///
/// An error needs disjoint sets and, of a stated operation and a second reader that agrees, at least one; with one of the
/// two it is of medium confidence. With neither, the finding is a warning. Where only a rounding habit reconciles, or the
/// readers disagree, it is a note, and so it is where a search proposed it and the ranker is not sure. Of an operation under an assumed method no more than a warning follows,
/// of values that are but likely of one thing no more than a note, and of what a reasoning model proposes a warning where its
/// votes agree on a value of three digits or more, else a note. An approximate word lowers each by one: an error to a warning, the others to nothing.
pub fn level(outcome: &Outcome, proposal: &Proposal, witness: Witness) -> Option<(Level, Confidence)> {
    let Verdict::Inconsistent(strength) = &outcome.verdict else { return None };
    let stated = proposal.operation == Operation::Stated;
    let confirmed = matches!(witness, Witness::Agrees | Witness::NotNeeded);
    let confidence = match (stated, confirmed) {
        (true, true) => Confidence::High,
        (true, false) | (false, true) => Confidence::Medium,
        (false, false) => Confidence::Low,
    };
    let supported = proposal.evidence.is_some_and(|evidence| evidence.support.is_some());
    let plain = match (strength, witness, confidence) {
        (_, Witness::Disagrees, _) => (Level::Note, Confidence::Low),
        _ if proposal.evidence.is_some_and(|evidence| !evidence.is_sure()) => (Level::Note, Confidence::Low),
        (Strength::RoundingHabit, ..) => (Level::Note, confidence),
        _ if proposal.operation == Operation::Likely => (Level::Note, Confidence::Low),
        (Strength::Disjoint, _, Confidence::Low) => (Level::Warning, Confidence::Low),
        (Strength::Disjoint, ..) if proposal.operation == Operation::Assumed || supported => {
            (Level::Warning, confidence)
        }
        (Strength::Disjoint, ..) => (Level::Error, confidence),
    };
    match (proposal.approximate, plain) {
        (false, plain) => Some(plain),
        (true, (Level::Error, confidence)) => Some((Level::Warning, confidence)),
        (true, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Comparison, Expression, Relation};

    fn weigh(
        strength: Strength,
        operation: Operation,
        approximate: bool,
        witness: Witness,
    ) -> Option<(Level, Confidence)> {
        let relation = Relation { left: Expression::operand(0), op: Comparison::Equal, right: Expression::operand(0) };
        let mut proposal = Proposal::new("EQ101", Vec::new(), 0, relation);
        proposal.operation = operation;
        proposal.approximate = approximate;
        let outcome = Outcome { verdict: Verdict::Inconsistent(strength), ..Outcome::not_checked("test") };
        level(&outcome, &proposal, witness)
    }

    #[test]
    fn the_table_of_levels() {
        use Operation::{Assumed, Implied, Likely, Stated};
        use Strength::{Disjoint, RoundingHabit};
        use Witness::{Agrees, Disagrees, NotNeeded, Unavailable};
        for (strength, operation, approximate, witness, expected) in [
            (Disjoint, Stated, false, Agrees, Some((Level::Error, Confidence::High))),
            (Disjoint, Stated, false, NotNeeded, Some((Level::Error, Confidence::High))),
            (Disjoint, Stated, false, Unavailable, Some((Level::Error, Confidence::Medium))),
            (Disjoint, Implied, false, Agrees, Some((Level::Error, Confidence::Medium))),
            (Disjoint, Implied, false, Unavailable, Some((Level::Warning, Confidence::Low))),
            (Disjoint, Assumed, false, Agrees, Some((Level::Warning, Confidence::Medium))),
            (Disjoint, Assumed, false, Unavailable, Some((Level::Warning, Confidence::Low))),
            (Disjoint, Likely, false, NotNeeded, Some((Level::Note, Confidence::Low))),
            (RoundingHabit, Assumed, false, NotNeeded, Some((Level::Note, Confidence::Medium))),
            (Disjoint, Stated, false, Disagrees, Some((Level::Note, Confidence::Low))),
            (RoundingHabit, Stated, false, Agrees, Some((Level::Note, Confidence::High))),
            (Disjoint, Stated, true, Agrees, Some((Level::Warning, Confidence::High))),
            (Disjoint, Implied, true, Unavailable, None),
            (RoundingHabit, Stated, true, Agrees, None),
            (Disjoint, Stated, true, Disagrees, None),
        ] {
            assert_eq!(
                weigh(strength, operation, approximate, witness),
                expected,
                "{strength:?} {operation:?} {witness:?}"
            );
        }
    }

    #[test]
    fn what_a_model_proposes_is_a_warning_at_most() {
        use crate::derive::{Evidence, Support};
        let relation = Relation { left: Expression::operand(0), op: Comparison::Equal, right: Expression::operand(0) };
        for (agreed, digits, expected) in
            [(true, 3, Level::Warning), (true, 2, Level::Note), (false, 9, Level::Note), (false, 1, Level::Note)]
        {
            for operation in [Operation::Stated, Operation::Implied, Operation::Assumed] {
                for witness in [Witness::Agrees, Witness::NotNeeded, Witness::Unavailable] {
                    let support = Some(Support { agreeing: 5, votes: 5, options: 2, agreed });
                    let evidence = Evidence { expectation: 0, confidence: 1000, digits, support };
                    let mut proposal = Proposal::new("MD102", Vec::new(), 0, relation.clone());
                    (proposal.operation, proposal.evidence) = (operation, Some(evidence));
                    let verdict = Verdict::Inconsistent(Strength::Disjoint);
                    let outcome = Outcome { verdict, ..Outcome::not_checked("test") };
                    let weighed = level(&outcome, &proposal, witness).map(|(level, _)| level);
                    assert_eq!(weighed, Some(expected), "{agreed} {digits} {operation:?} {witness:?}");
                }
            }
        }
    }

    #[test]
    fn only_an_inconsistency_is_a_finding() {
        let relation = Relation { left: Expression::operand(0), op: Comparison::Equal, right: Expression::operand(0) };
        let proposal = Proposal::new("EQ101", Vec::new(), 0, relation);
        for verdict in [Verdict::Consistent, Verdict::Undecided { reason: "r".into() }] {
            let outcome = Outcome { verdict, ..Outcome::not_checked("test") };
            assert_eq!(level(&outcome, &proposal, Witness::Agrees), None);
        }
    }
}
