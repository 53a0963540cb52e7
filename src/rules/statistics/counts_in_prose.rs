//! Two groups in a sentence, each with how many of it have something, and the one test beside them: "12 of 40 (30%) in the reef group
//! and 20 of 41 (49%) in the lake group, χ²(1) = 3.00".
//!
//! Which test it is, and that it is one between these two groups, is told by the sentence alone, so anything in it that speaks of
//! another test, of the same people twice or of other groups leaves it undecided or alone.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::{Printed, Rational, rational};
use crate::derive::{Expression, Limits, Operand, OperandOptions, Operation, Proposal, Verdict, evaluate};
use crate::extract::patterns::{compile, is_match as is};
use crate::extract::{
    Comparator, ConditionKind, Mentions, QuantityIx, QuantityKind, Reported, TestKind, TestStatistic,
};
use crate::rules::binding::{self, Binding};
use crate::rules::pattern::{Match, Pattern};
use crate::rules::skeleton::Skeleton;

use super::counted::{Counted, Named};
use super::designs;
use super::test_from_means::reaching;

/// A count of a size with its percentage, where it has one.
static SHARES: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let of = r"(?:_/_| of | out of )(?:(?:the|a|all|these|our|those|total) ){0,2}";
    [
        format!(r"‹count›…{of}‹size›…_[(\[]‹share›[)\],;]"),
        format!(r"‹share›…_[(\[](?:n_=_)?‹count›{of}‹size›…_[)\],;]"),
        format!(r"‹count›…{of}‹size›"),
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// A p-value of the exact test, which prints no statistic.
static EXACT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\bFisher(?:['’]s)?(?: exact)?(?: probability)?(?: test)?_[,;:]?_[(\[]?_p(?:[ -]value)?_(?:=|of|was)_‹p›",
    )
});

struct Words {
    other: Option<Regex>,
    apart: Option<Regex>,
    groups: Option<Regex>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    other: compile(concat!(
        r"(?i)\bMcNemar|\bMantel|\bCMH\b|\bCochran|\btrend|\blog[\s-]?rank|\blikelihood|\bmid[\s-]?p|\bBarnard|\bz[\s-]tests?\b|\blogistic|",
        r"\bGEE\b|\bgenerali[sz]ed|\bcluster|\bpropensity|\bFDR\b|\bBonferroni|\bHolm\b|\bequivalence|\bnon-?inferiority|\bstratif|",
        r"\bgoodness|\bWald\b|\bKruskal|\bFriedman|\bhomogeneity|\bheterogeneity|\bhazard|\bCox\b|\bexpected\b|\bchance\b"
    )),
    // Parts of one another, or of a whole that both are taken from.
    apart: compile(
        r"(?i)\bof (?:which|whom|these|those|them)\b|\bremaining\b|\bthe (?:rest|others?)\b|\bboth\b|\bneither\b|\beither\b|\bthree\b|\bfour\b|\beach of\b",
    ),
    groups: compile(
        r"(?i)\bgroups?\b|\barms?\b|\bconditions?\b|\bcontrols?\b|\bplacebo\b|\bversus\b|\bvs\b|\bcompared\b|\bthan\b|\bwhereas\b|\bwhile\b|\brespectively\b|\bcohorts?\b|\bpatients? with\b|\bthose with\b|\bmen\b|\bwomen\b|\bboys\b|\bgirls\b|\bcases\b",
    ),
});

const OTHER_TEST: &str = "another test or a model is named in the sentence";
const REPEATS: &str = "the counts may be of the same people twice";
const ONE_GROUP: &str = "the counts may be of one group";
const OTHER_PEOPLE: &str = "the test is of another number of people than the counts";

/// A count and the size of its group.
#[derive(Clone, Copy)]
struct Part {
    count: QuantityIx,
    size: QuantityIx,
    share: Option<QuantityIx>,
}

impl Part {
    fn of(found: &Match<'_>, mentions: &Mentions) -> Option<Self> {
        let part =
            Self { count: found.quantity("count")?, size: found.quantity("size")?, share: found.quantity("share") };
        let share = part.share.and_then(|at| binding::quantity(mentions, at));
        let percent = share.is_none_or(|share| share.kind == QuantityKind::Percentage);
        let (count, size) = (point(part.count, mentions)?, point(part.size, mentions)?);
        (percent && count <= size && size > rational::whole(1)).then_some(part)
    }

    fn operands(self, mentions: &Mentions) -> Option<[Operand; 2]> {
        let quantity = |at| binding::quantity(mentions, at);
        Some([binding::count("count", quantity(self.count)?)?, binding::count("size", quantity(self.size)?)?])
    }

    /// Whether its percentage, where it has one, is that of its count: another one says that people are missing.
    fn holds(self, code: &str, mentions: &Mentions) -> bool {
        let Some(share) = self.share else { return true };
        let stated = binding::quantity(mentions, share).and_then(|share| binding::measured("share", share));
        let (Some(operands), Some(stated)) = (self.operands(mentions), stated) else { return false };
        let operands: Vec<Operand> = operands.into_iter().chain([stated]).collect();
        let quotient = Expression::call("/", [Expression::operand(0), Expression::operand(1)]);
        let quote = operands[0].range;
        let proposal = Binding::stated(operands, quotient, quote).proposal(code);
        proposal.is_some_and(|own| evaluate(&own, &Limits::default()).verdict == Verdict::Consistent)
    }
}

/// A whole number of the sentence.
fn point(at: QuantityIx, mentions: &Mentions) -> Option<Rational> {
    let quantity = binding::quantity(mentions, at)?;
    binding::is_whole(quantity).then(|| quantity.single().map(Printed::point))?
}

/// The parts of a sentence from left to right, each quantity in one of them.
fn parts(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for found in SHARES.iter().flat_map(|pattern| pattern.matches(skeleton)) {
        let Some(part) = Part::of(&found, mentions) else { continue };
        if !parts.iter().any(|own| own.count == part.count || own.size == part.size) {
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| part.count);
    parts
}

/// What the sentence prints of its test.
enum Stated<'m> {
    ChiSquared(&'m TestStatistic),
    Exact(Reported),
}

/// The only test of the sentence, where it is one of two groups.
fn stated<'m>(skeleton: &Skeleton, mentions: &'m Mentions) -> Option<Stated<'m>> {
    let mut tests = mentions.statistics.iter().filter(|test| test.sentence == skeleton.sentence);
    if let Some(test) = tests.next() {
        let one = |degrees: &Reported| degrees.printed().is_some_and(|own| own.point() == rational::whole(1));
        let plain = test.kind == TestKind::ChiSquared
            && test.value.comparator == Comparator::Equal
            && !test.in_row
            && test.degrees.iter().all(one);
        return (plain && tests.next().is_none()).then_some(Stated::ChiSquared(test));
    }
    let matches = EXACT.matches(skeleton);
    let [exact] = matches.as_slice() else { return None };
    let p = binding::quantity(mentions, exact.quantity("p")?)?;
    let bare = p.readings.iter().all(|reading| reading.unit.is_none());
    Reported::of_quantity(p).filter(|_| bare).map(Stated::Exact)
}

/// The test of a sentence with exactly two parts.
pub(super) fn proposal(code: &str, skeleton: &Skeleton, mentions: &Mentions) -> Option<Proposal> {
    // Most sentences hold too few numbers to hold two groups and their test.
    if skeleton.quantities().len() < 4 {
        return None;
    }
    let parts = parts(skeleton, mentions);
    let [first, second] = parts.as_slice() else { return None };
    let stated = stated(skeleton, mentions)?;
    let nested = point(second.size, mentions) == point(first.count, mentions);
    if nested || is(WORDS.apart.as_ref(), &skeleton.text) || !parts.iter().all(|part| part.holds(code, mentions)) {
        return None;
    }
    let mut operands = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        for (mut operand, role) in part.operands(mentions)?.into_iter().zip(["count", "size"]) {
            operand.role = format!("{role} of group {}", at + 1);
            operands.push(operand);
        }
    }
    let counted = Counted { operands, groups: 2, classes: 0, headed: false };
    let at = counted.operands.len();
    let options = OperandOptions::printed();
    let (operand, variants) = match &stated {
        Stated::ChiSquared(test) => {
            (Operand::reported("test statistic", &test.value, &options), counted.statistics(at))
        }
        Stated::Exact(p) => (Operand::reported("stated p-value", p, &options), counted.p_values(at, Named::Exact)),
    };
    let relation = variants.first()?.relation.clone();
    let operands: Vec<Operand> = counted.operands.into_iter().chain([operand]).collect();
    let mut proposal = Proposal::new(code, operands, at, relation);
    proposal.variants = variants;
    proposal.operation = Operation::Assumed;
    proposal.innocent = vec!["a test of another kind, or of other people than the counts are of".to_owned()];
    proposal.doubt = doubt(&parts, &stated, &proposal, skeleton, mentions).map(str::to_owned);
    Some(proposal)
}

/// A reason to leave a test that does not follow undecided.
fn doubt(
    parts: &[Part],
    stated: &Stated<'_>,
    proposal: &Proposal,
    skeleton: &Skeleton,
    mentions: &Mentions,
) -> Option<&'static str> {
    let conditions = reaching(mentions, proposal.quote);
    let corrected = [ConditionKind::CorrectedP, ConditionKind::Weighted, ConditionKind::Imputed];
    if is(WORDS.other.as_ref(), &skeleton.text)
        || designs::name_model(&skeleton.text)
        || conditions.iter().any(|kind| corrected.contains(kind))
    {
        return Some(OTHER_TEST);
    }
    if designs::name_repeats(&skeleton.text) {
        return Some(REPEATS);
    }
    let sizes: Vec<Option<Rational>> = parts.iter().map(|part| point(part.size, mentions)).collect();
    if !is(WORDS.groups.as_ref(), &skeleton.text) && sizes.windows(2).any(|pair| pair[0] == pair[1]) {
        return Some(ONE_GROUP);
    }
    let all: Option<Rational> = sizes.into_iter().sum();
    let tested = match stated {
        Stated::ChiSquared(test) => test.n.as_ref().and_then(Reported::printed).map(Printed::point),
        Stated::Exact(_) => None,
    };
    (tested.is_some() && tested != all).then_some(OTHER_PEOPLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(SHARES.iter().all(Pattern::is_valid) && EXACT.is_valid());
        let words = &*WORDS;
        assert!([&words.other, &words.apart, &words.groups].iter().all(|pattern| pattern.is_some()));
    }
}
