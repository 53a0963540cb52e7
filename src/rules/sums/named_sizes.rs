//! The sizes of groups that a paper names, and what they say against the whole that a percentage was bound to.
//!
//! "Among all 62 patients, 7 out of 9 in complete response (11 %) and 7 out of 15 in partial response (11 %)": the fraction
//! beside the percentage is not its fraction, for 7 of 62 are 11 %. So where another size that the paper names gives the
//! percentage, a mismatch is no more than a note. Where no size gives it, a percentage far from that of its
//! fraction, with no slip that would explain the distance, speaks for another binding too, and is no more than a warning.
//! Whether a mismatch stands is for the evaluator.

use std::collections::BTreeMap;

use crate::arithmetic::{Interval, Printed, Rational, rational};
use crate::derive::{Limits, Operand, Operation, Outcome, Proposal, Sets, Strength, Verdict, evaluate};
use crate::document::TextRange;
use crate::extract::{Mentions, QuantityKind};
use crate::rules::binding;

/// From which number on a whole number without a word for what it counts is a size too: so large a one hardly fits by chance.
const LARGE: i64 = 1000;

/// How many characters around a claim a size that is named once is looked for.
const PASSAGE: usize = 400;

/// How often a smaller size is named that counts wherever it stands: of the numbers of things in a long paper one fits by chance, while a
/// group is spoken of again.
const MENTIONS: usize = 2;

/// The sizes of a paper with the places where they stand.
#[derive(Debug, Default)]
pub(super) struct NamedSizes(BTreeMap<Rational, Vec<TextRange>>);

/// What a mismatch far off says of the binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Far {
    /// Words alone bind the whole, so that it may be another one.
    Doubtful,
    /// Other rows of a table bear the whole out, however far off the one is.
    BorneOut,
}

impl NamedSizes {
    /// Finds them: whole numbers above one with "n =" before or the word for what they count behind, and all large ones.
    pub fn new(mentions: &Mentions) -> Self {
        let mut found: BTreeMap<Rational, Vec<TextRange>> = BTreeMap::new();
        for quantity in mentions.quantities.iter().filter(|quantity| binding::is_whole(quantity)) {
            let least = if quantity.kind == QuantityKind::Count { 2 } else { LARGE };
            let size = quantity.single().map(Printed::point).filter(|size| *size >= rational::whole(least));
            if let Some(size) = size {
                found.entry(size).or_default().push(quantity.range);
            }
        }
        Self(found)
    }

    /// The proposal that a percentage, the stated value, is that of the first operand and a whole, taken for less sure where it
    /// does not follow and another size would give it, or where it lies far off.
    pub fn weigh(&self, mut proposal: Proposal, far: Far) -> Proposal {
        let Some(outcome) = mismatch(&proposal) else { return proposal };
        if let Some(size) = self.that_gives(&proposal) {
            proposal.operation = Operation::Likely;
            proposal.innocent.insert(0, format!("of {size}, which the paper prints too, it is right"));
        } else if let Some(reason) = rounded_otherwise(&proposal) {
            proposal.operation = Operation::Likely;
            proposal.innocent.insert(0, reason.to_owned());
        } else if outcome.cause.as_ref().is_some_and(|cause| cause.name == "factor-two") {
            if proposal.operation != Operation::Likely {
                proposal.operation = Operation::Assumed;
            }
            proposal
                .innocent
                .insert(0, "of half or twice as many, as of both sides or both groups, it is right".to_owned());
        } else if far == Far::Doubtful && outcome.cause.is_none() && is_far(&outcome) {
            if proposal.operation != Operation::Likely {
                proposal.operation = Operation::Assumed;
            }
            proposal.innocent.insert(0, "so far from the fraction beside it, it may be of something else".to_owned());
        }
        proposal
    }

    /// The smallest other size that gives the percentage by plain rounding and is named near it, or more than once.
    fn that_gives(&self, proposal: &Proposal) -> Option<&Rational> {
        let count = point(proposal.operands.first()?)?;
        let stated = &proposal.operands.get(proposal.stated)?.readings.first()?.tight;
        let own: Vec<&Rational> = proposal.operands.iter().filter_map(point).collect();
        let near = |place: &TextRange| {
            place.start <= proposal.quote.end + PASSAGE && proposal.quote.start <= place.end + PASSAGE
        };
        let named = |size: &Rational, places: &[TextRange]| {
            *size >= rational::whole(LARGE) || places.len() >= MENTIONS || places.iter().any(near)
        };
        self.0
            .range(count.clone()..)
            .filter(|(size, places)| !own.contains(size) && named(size, places))
            .find_map(|(size, _)| stated.contains(&(count / size)).then_some(size))
    }
}

/// The one value of a count.
fn point(operand: &Operand) -> Option<&Rational> {
    let reading = operand.readings.first().filter(|reading| reading.exact)?;
    reading.tight.parts().first().and_then(Interval::as_point)
}

/// What the evaluator says of a proposal that it would hold against the paper; nothing of any other.
pub(super) fn mismatch(proposal: &Proposal) -> Option<Outcome> {
    if proposal.doubt.is_some() || follows_at_once(proposal) {
        return None;
    }
    let outcome = evaluate(proposal, &Limits::default());
    (outcome.verdict == Verdict::Inconsistent(Strength::Disjoint)).then_some(outcome)
}

/// The habit of rounding by which a percentage is right that is neither rounded nor cut off to its last digit; nothing where none is:
/// raised to the next digit, or rounded to whole percents with a nought behind ("38.0 %" for 37.9 %).
fn rounded_otherwise(proposal: &Proposal) -> Option<&'static str> {
    let [count, whole, ..] = proposal.operands.as_slice() else { return None };
    let (count, whole) = point(count).zip(point(whole)).filter(|(_, whole)| **whole > rational::whole(0))?;
    let stated = proposal.operands.get(proposal.stated)?.readings.first()?.tight.hull()?;
    let (low, high) = stated.lo().value().zip(stated.hi().value())?;
    let (derived, unit) = (count / whole, high - low);
    let printed = (low + high) / rational::whole(2);
    let percent = rational::ratio(1, 100);
    if derived < printed && derived > &printed - &unit {
        return Some("raised to the next digit, it is right");
    }
    let is_whole = unit < percent && (&printed / &percent).is_integer();
    // 20.51 is 20 where it is cut off, and 37.9 is 38 where it is rounded.
    let above = &derived - &printed;
    let half = &percent / rational::whole(2);
    (is_whole && above > -half && above < percent).then_some("rounded or cut to whole percents, it is right")
}

/// Whether the stated percentage is that of the first two operands by plain rounding, so that nothing has to be weighed.
fn follows_at_once(proposal: &Proposal) -> bool {
    let [count, whole, ..] = proposal.operands.as_slice() else { return false };
    let stated = proposal.operands.get(proposal.stated).and_then(|stated| stated.readings.first());
    let (Some(count), Some(whole), Some(stated)) = (point(count), point(whole), stated) else { return false };
    *whole > rational::whole(0) && stated.tight.contains(&(count / whole))
}

/// Whether the stated value is above one and a half times the derived one or below two thirds of it.
fn is_far(outcome: &Outcome) -> bool {
    let middle = |sets: &Sets| sets.tight.parts().first().and_then(Interval::midpoint);
    let (Some(stated), Some(derived)) = (middle(&outcome.stated), middle(&outcome.derived)) else { return false };
    let half_more = rational::ratio(3, 2);
    stated > &derived * &half_more || derived > &stated * &half_more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TextIndex;
    use crate::extract::extract;
    use crate::read::{ReadLimits, read};
    use crate::rules::sums::count_and_percentage::CountAndPercentage;
    use crate::rules::{Rule, RuleContext, Skeletons};

    /// The operation of the last claim of a text.
    fn operation(text: &str) -> Operation {
        let document = read(text.as_bytes(), &ReadLimits::default()).expect("a text");
        let index = TextIndex::new(&document.text);
        let mentions = extract(&document);
        let mut proposals = crate::derive::Proposals::default();
        let skeletons = Skeletons::default();
        let context = RuleContext { document: &document, index: &index, skeletons: &skeletons, selections: &[] };
        CountAndPercentage.propose(&mentions, context, &mut proposals);
        proposals.list.last().expect("a claim").operation
    }

    #[test]
    fn another_size_weighs_where_it_is_near_large_or_named_again() {
        let far = "The boats were old and had been mended by many hands. ".repeat(10);
        let claim = "The mark was gone in 7 of 9 hulls (11%).";
        for (before, expected) in [
            ("Among all 62 hulls some were lost. ".to_owned(), Operation::Likely),
            (format!("Among all 62 hulls some were lost. {far}"), Operation::Assumed),
            (format!("Among all 62 hulls some were lost. We saw 62 hulls. {far}"), Operation::Likely),
            (format!("Among all 72 hulls some were lost. {far}"), Operation::Assumed),
        ] {
            assert_eq!(operation(&format!("{before}{claim}")), expected, "{before}");
        }
        let claim = "The mark was gone in 1394 of 5951 hulls (20.66%).";
        assert_eq!(operation(&format!("The sum was 6747. {far}{claim}")), Operation::Likely);
        assert_eq!(operation(&format!("The sum was 6757. {far}{claim}")), Operation::Stated);
        assert_eq!(operation("The mark was gone in 7 of 9 hulls (78%)."), Operation::Stated);
    }
}
