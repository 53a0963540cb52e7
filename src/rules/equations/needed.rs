//! What is needed to reach a number: "to recruit 100 participants (with a 5.1% conversion rate) would require 1,961
//! invitations", "469 minutes to recruit one participant. To recruit 100 participants would require 46,900 minutes".
//!
//! The rate is the part of those asked that comes, so the number asked is the number wanted over the rate. Losses on the
//! way (drop-out) are another calculation, with customs of its own, and are not looked at.

use std::sync::LazyLock;

use crate::derive::{Expression, Operation};
use crate::extract::QuantityKind;
use crate::rules::binding;
use crate::rules::nouns::Things;
use crate::rules::pattern::{Match, Pattern};

use super::passage::Passage;
use super::stated_arithmetic::Calculation;

/// To reach a number of people.
const REACH: &str = "(?:recruit|enroll?|obtain|reach|include|achieve|get|gain|randomi[sz]e|find|interview|test|treat|complete|collect|produce|have)";
/// A stretch without a number and within one clause.
const STRETCH: &str = r"[^.;\x{F0000}-\x{FFFFC}]{0,120}?";
/// The verb of need.
const NEEDS: &str = r"(?:requires?|required|needs?|needed|takes?|took|costs?|cost)";

static BY_RATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"to {REACH} ‹a›{STRETCH}\((?:with |at |assuming |given )?(?:an? |the )?‹rate› (?:[\p{{L}}-]+ )?(?:conversion|response|participation|uptake|recruitment|enrol?lment|consent|acceptance|success|yield|completion) rate\){STRETCH} {NEEDS} ‹c›"
    ))
});

static FOR_ONE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"‹each›(?: of [\p{{L}}-]+)?(?: [\p{{L}}-]+)? (?:(?:to {REACH}|for|per) (?:one|an?|each|every|a single)|per) (?P<one>[\p{{L}}-]+)"
    ))
});

static FOR_MANY: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"\b(?:to {REACH}|for) (?:all )?‹many›(?P<things>…){STRETCH} {NEEDS} ‹c›")));

/// Why a mismatch with what one takes is left undecided.
const OTHER_COSTS: &str = "what one takes is told in another clause, and there may be more to it";

/// The calculations that end in the passage's sentence.
pub(super) fn calculations(passage: &Passage<'_>) -> Vec<Calculation> {
    let mut calculations: Vec<Calculation> =
        BY_RATE.matches(passage.sentence).iter().filter_map(|found| by_rate(passage, found)).collect();
    calculations.extend(FOR_MANY.matches(passage.sentence).iter().filter_map(|found| for_many(passage, found)));
    calculations
}

/// The number wanted over the rate of those who come.
fn by_rate(passage: &Passage<'_>, found: &Match<'_>) -> Option<Calculation> {
    let (a, rate, c) = (found.quantity("a")?, found.quantity("rate")?, found.quantity("c")?);
    // "Would require 2,500 letters": a number that was planned is likely rounded up.
    let round = passage.quantity(c)?.single()?.digits.ends_with('0');
    let is_rate = passage.quantity(rate)?.kind == QuantityKind::Percentage;
    (is_rate && passage.is_count(a) && passage.is_count(c)).then(|| Calculation {
        quantities: vec![a, rate],
        expression: Expression::call("/", [Expression::operand(0), Expression::operand(1)]),
        result: c,
        operation: Operation::Implied,
        approximate: false,
        needs_cause: true,
        doubt: round.then_some("a planned number may be rounded up"),
        quote: found.range(),
    })
}

/// What one takes, from the sentence or the one before, times how many there are.
fn for_many(passage: &Passage<'_>, found: &Match<'_>) -> Option<Calculation> {
    let (many, c) = (found.quantity("many")?, found.quantity("c")?);
    let things = Things::of(found.words("things")?);
    let sentences = [Some(passage.sentence), passage.before.first().copied()];
    let ones: Vec<Match<'_>> = sentences.into_iter().flatten().flat_map(|s| FOR_ONE.matches(s)).collect();
    let each = ones.iter().find_map(|one| {
        let each = one.quantity("each").filter(|each| *each != c && *each != many)?;
        let same = things.head()? == Things::of(one.words("one")?).head()?;
        same.then_some(each)
    })?;
    let dimension = |at| Some(binding::measured("", passage.quantity(at)?)?.readings.first()?.dimension);
    let measured = passage.quantity(each)?.kind == QuantityKind::Measured;
    (measured && passage.is_count(many) && dimension(each)? == dimension(c)?).then(|| Calculation {
        quantities: vec![each, many],
        expression: Expression::call("*", [Expression::operand(0), Expression::operand(1)]),
        result: c,
        operation: Operation::Implied,
        approximate: false,
        doubt: Some(OTHER_COSTS),
        needs_cause: true,
        quote: found.range(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(BY_RATE.is_valid() && FOR_ONE.is_valid() && FOR_MANY.is_valid());
    }
}
