//! Which lines of a table hold numbers that do not add up or follow from those beside them, whatever the other lines do.
//!
//! A row of F values under columns that are summed up, or one of the numbers of species, has no total: the line across
//! says what the numbers are. Which numbers a line sums up is not asked here, see `members`.

use std::sync::LazyLock;

use regex::Regex;

use super::evidence::{State, Support};
use super::matrix::{Axis, Matrix};
use super::members::{Candidate, Form, numbers, sets};
use crate::extract::patterns::compile;

/// Why a number of such a line is left undecided.
pub(in crate::rules::sums) const OF_ITS_KIND: &str =
    "the numbers of the line are of a statistic, a spread or of kinds, which do not add up";

/// Why a total of totals is left undecided.
pub(in crate::rules::sums) const OVERLAPPING: &str =
    "the totals of the other direction are smaller than their sums, so that things may be counted in several lines";

/// Names of tests, of spreads and of ends: of what sums up a line in another way than by adding.
static STATISTICS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)(?:^|\b)(?:[FtzpQH][\s-]?(?:values?|tests?|statistics?|ratio)|test\s+statistics?|significance|sig\.|chi[\s-]?squared?|",
        r"variances?|CV|CD|C\.D\.|critical\s+difference|coefficient\s+of\s+variation|LSD|HSD|SED|SEM|S\.?E\.?(?:M\.?)?|SD|S\.D\.|standard\s+(?:errors?|deviations?)|",
        r"heritabilit(?:y|ies)|medians?|ranges?|maxim(?:um|a)|minim(?:um|a)|max\.?|min\.?)(?:\b|$)|^\s*(?:χ²|χ2|R²|R2|H²|df)\s*$"
    ))
});

/// Names of indices, of how many kinds there are, and letters, which may be tests or lines of their own.
static KINDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:richness|diversity|evenness|shannon|simpson|index|indices|ratios?|unique|distinct|different|represented|",
        r"species|taxa|genera|haplotypes|OTUs|(?:no\.?|numbers?)\s+of\s+(?:families|types|kinds|alleles))\b|",
        r"^\s*[FtzpPQH]\s*$"
    ))
});

fn says(pattern: &LazyLock<Option<Regex>>, matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    let nearest = matrix.names(axis, line).first().copied();
    nearest.is_some_and(|name| pattern.as_ref().is_none_or(|pattern| pattern.is_match(name)))
}

/// Whether the nearest words at a line name a test, a spread or an end of others, so that it is no part of a sum.
pub(super) fn is_statistic(matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    says(&STATISTICS, matrix, axis, line)
}

/// Whether the nearest words at a line name something that does not add up.
pub(in crate::rules::sums) fn is_of_its_kind(matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    is_statistic(matrix, axis, line) || says(&KINDS, matrix, axis, line)
}

/// The fewest places whose numbers have to fall short for things to be counted in several lines, where none adds up.
const FEWEST_SHORT: usize = 2;

/// Whether a line that is named a total is smaller than the sum of what it could sum up, in most of its places, `aside`
/// left out: as where a thing is counted in several lines but once in the total.
pub(in crate::rules::sums) fn overlaps(
    matrix: &Matrix<'_>,
    axis: Axis,
    line: usize,
    aside: usize,
    is_target: &dyn Fn(usize) -> bool,
) -> bool {
    let supports = sets(matrix, axis, line, is_target).into_iter().map(|members| {
        let candidate = Candidate::new(matrix, axis, line, members, Form::Sum);
        let falls_short = |at: usize| {
            numbers(matrix, axis, line, &candidate.members, at)
                .is_some_and(|(stated, parts)| stated.point < parts.iter().map(|part| part.point).sum())
        };
        let says = |(at, state): (usize, &State)| {
            let other = at == aside || (*state == State::Fails && !falls_short(at));
            if other { State::Silent } else { *state }
        };
        Support::of(candidate.states.iter().enumerate().map(says))
    });
    let mut told = supports.filter(|support| support.holds + support.fails > 0).peekable();
    told.peek().is_some() && told.all(|support| support.fails >= FEWEST_SHORT && support.fails > 2 * support.holds)
}
