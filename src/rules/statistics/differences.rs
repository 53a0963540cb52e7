//! A difference of two means with its interval, beside the means and the test that the sentences before it print.
//!
//! "M = 391.1 … M = 396.3 … t(31) = 3.86 … (mean difference = 5.26, 95% CI = [2.48, 8.03])": the difference is that of the two
//! means, and over the standard error of its interval it is the t. The nearest sentence with such numbers is taken. That it is
//! of the same groups is likely and nowhere said, so that only what follows is told.

use num_traits::Signed as _;

use crate::arithmetic::{Printed, Rational, rational};
use crate::derive::{Comparison, Expression, Operand, OperandOptions, Operation, Proposal, Relation};
use crate::extract::{Comparator, Estimate, Measure, Mentions, Reported, Summary, TestKind, TestStatistic};

use super::groups::two;
use super::interval_terms::{Level, Scale, first, over};

/// How many sentences before a difference may hold its means and its test.
const SENTENCES: usize = 8;
/// The role of the first mean.
pub(super) const MEAN: &str = "first mean";
/// The role of the lower end of an interval.
pub(super) const LOWER: &str = "lower bound";

const UNSAID: &str = "it is not said that the difference is that of the test or the means before it";

/// The proposals for all differences of a paper.
pub(super) fn proposals(code: &str, mentions: &Mentions) -> Vec<Proposal> {
    let named = |estimate: &&Estimate| {
        let equal = estimate.value.as_ref().is_some_and(|value| value.comparator == Comparator::Equal);
        estimate.measure == Measure::Difference && !estimate.in_row && !estimate.percent && equal
    };
    let all = mentions.estimates.iter().filter(named);
    all.flat_map(|estimate| [of_means(code, estimate, mentions), of_test(code, estimate, mentions)]).flatten().collect()
}

/// The sentences before an estimate and its own, the nearest first.
fn sentences_before(estimate: &Estimate) -> impl Iterator<Item = usize> {
    (estimate.sentence.saturating_sub(SENTENCES)..=estimate.sentence).rev()
}

/// The difference against the only two means of the nearest sentence that has two, where it follows.
fn of_means(code: &str, estimate: &Estimate, mentions: &Mentions) -> Option<Proposal> {
    let of = |sentence: usize| -> Vec<&Summary> {
        let here = |summary: &&Summary| summary.place.is_none() && summary.sentence == sentence;
        mentions.summaries.iter().filter(here).filter(|summary| summary.range.end <= estimate.range.start).collect()
    };
    let means = sentences_before(estimate).map(of).find(|means| !means.is_empty())?;
    let [one, other] = means.as_slice() else { return None };
    let value = estimate.value.as_ref()?;
    let (stated, a, b) = (value.printed()?, one.mean.printed()?, other.mean.printed()?);
    let half = |printed: &Printed| printed.unit_in_last_place() / rational::whole(2);
    let open: Rational = half(stated) + half(a) + half(b);
    let apart = (a.point() - b.point()).abs() - stated.point().abs();
    // As large as what rounding leaves open, a difference is of any two means.
    let telling = stated.point().abs() > &open * rational::whole(4);
    if apart.abs() > open || !telling {
        return None;
    }
    let printed = OperandOptions::printed();
    let operands = vec![
        Operand::reported(MEAN, &one.mean, &printed),
        Operand::reported("second mean", &other.mean, &printed),
        Operand::reported("difference", value, &printed),
    ];
    let magnitude = |expression: Expression| Expression::call("abs", [expression]);
    let difference = Expression::call("-", [Expression::operand(0), Expression::operand(1)]);
    let relation =
        Relation { left: magnitude(difference), op: Comparison::Equal, right: magnitude(Expression::operand(2)) };
    Some(likely(Proposal::new(code, operands, 2, relation), estimate))
}

/// The first test between two groups of the nearest sentence that has one, against the difference and its interval.
fn of_test(code: &str, estimate: &Estimate, mentions: &Mentions) -> Option<Proposal> {
    let interval = estimate.interval.as_ref().filter(|_| estimate.test.is_none())?;
    let level = *Level::of(interval).first()?;
    let value = estimate.value.as_ref()?;
    let one = rational::whole(1);
    let between = |test: &&TestStatistic| match test.kind {
        TestKind::T => test.degrees.len() == 1,
        TestKind::F => test.degrees.len() == 2 && test.degrees.first().and_then(first).as_ref() == Some(&one),
        _ => false,
    };
    let of = |sentence: usize| {
        let here = mentions.statistics.iter().filter(|test| test.sentence == sentence && !test.in_row);
        here.filter(between).find(|test| test.range.end <= estimate.range.start)
    };
    let test = sentences_before(estimate).find_map(of).filter(|test| test.value.comparator == Comparator::Equal)?;
    let (printed, size) = (OperandOptions::printed(), OperandOptions { magnitude: true, ..OperandOptions::printed() });
    let degrees: &Reported = test.degrees.last()?;
    let operands = vec![
        Operand::reported(LOWER, &interval.low, &printed),
        Operand::reported("upper bound", &interval.high, &printed),
        Operand::reported("difference", value, &printed),
        Operand::reported("degrees of freedom", degrees, &OperandOptions::count()),
        Operand::reported("test statistic", &test.value, &size),
    ];
    let error = Scale::Linear.error(0, 1, level, Some(Expression::operand(3)));
    let t = over(Expression::call("abs", [Expression::operand(2)]), error);
    let squared = test.kind == TestKind::F;
    let left = if squared { Expression::call("^", [t, two("F of two groups is the square of t")]) } else { t };
    let relation = Relation { left, op: Comparison::Equal, right: Expression::operand(4) };
    Some(likely(Proposal::new(code, operands, 4, relation), estimate))
}

/// The proposal as one that is told only where it follows.
fn likely(proposal: Proposal, estimate: &Estimate) -> Proposal {
    Proposal {
        operation: Operation::Likely,
        innocent: vec!["a difference of other groups, or an adjusted one".to_owned()],
        doubt: Some(UNSAID.to_owned()),
        quote: estimate.range,
        ..proposal
    }
}
