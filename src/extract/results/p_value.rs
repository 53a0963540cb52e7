//! The p-value of a test result, in every printed form.

use crate::extract::number::{Habits, Number};
use crate::extract::source::{Source, digit, is_dash, is_space, subscript};

use super::reported::{self, Sign};

/// What stands at a place where a p-value may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Found {
    /// A p-value.
    Value(Sign, Number),
    /// "ns".
    NotSignificant(usize),
    /// A p that is not the p-value of one test: "ps", "prep", a range, several values.
    Other,
    /// No p.
    Nothing,
}

/// Labels of a p that are glued to it or follow it in a bracket.
const LABELS: &[&str] = &[
    "-values",
    "-value",
    " values",
    " value",
    "-val",
    "adjusted",
    "adj",
    "corrected",
    "corr",
    "fdr",
    "fwer",
    "fwe",
    "bonferroni",
    "bonf",
    "tukey",
    "holm",
    "perm",
    "boot",
    "unc",
    "uncorrected",
    "exact",
    "one-tailed",
    "two-tailed",
    "1-tailed",
    "2-tailed",
    "one-sided",
    "two-sided",
    "(one-tailed)",
    "(two-tailed)",
    "(one-sided)",
    "(two-sided)",
    "(1-tailed)",
    "(2-tailed)",
];

/// Looks for a p-value at `at`.
pub(in crate::extract) fn at(source: &Source<'_>, at: usize, end: usize, habits: Habits) -> Found {
    let Some(first) = source.at(at).filter(|_| at < end) else { return Found::Nothing };
    if let Some(stop) = not_significant(source, at, end) {
        return Found::NotSignificant(stop);
    }
    if !matches!(first, 'p' | 'P' | '𝑝' | '𝑃' | '𝒑' | 'ρ') || source.before(at).is_some_and(char::is_alphanumeric)
    {
        return Found::Nothing;
    }
    let Some(after) = label(source, at + 1, end) else { return Found::Other };
    let Some(sign) = reported::sign(source, after, end) else { return Found::Other };
    let begin = source.skip_spaces(sign.end, end);
    if let Some(stop) = not_significant(source, begin, end) {
        return Found::NotSignificant(stop);
    }
    match reported::value(source, sign.end, end, habits) {
        Some(number) if is_probability(&number) && stands_alone(source, number.range.end, end) => {
            Found::Value(sign, number)
        }
        _ => Found::Other,
    }
}

/// The position behind the labels of a p; `None` where other letters follow it ("ps", "prep", "per").
fn label(source: &Source<'_>, from: usize, end: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..2 {
        while source.at(at).is_some_and(|c| subscript(c).is_some() || matches!(c, '_' | '{' | '}')) {
            at += 1;
        }
        let near = source.skip_spaces(at, end.min(at + 1));
        let found = LABELS.iter().find_map(|label| {
            [at, near]
                .into_iter()
                .find(|begin| source.has_word(*begin, label))
                .map(|begin| begin + label.chars().count())
        });
        match found {
            Some(stop) => at = stop,
            None => break,
        }
    }
    while source.at(at).is_some_and(|c| matches!(c, '}' | '_')) {
        at += 1;
    }
    let damaged = source.at(at).is_some_and(is_space);
    (damaged || !source.at(at).is_some_and(char::is_alphabetic)).then_some(at)
}

/// "ns", "n.s.", "NS" as a word of its own: its end.
fn not_significant(source: &Source<'_>, at: usize, end: usize) -> Option<usize> {
    let glued = source.before(at).is_some_and(char::is_alphanumeric);
    ["n.s.", "n.s", "ns"]
        .into_iter()
        .find(|word| source.has_word(at, word))
        .map(|word| at + word.len())
        .filter(|stop| *stop <= end && !glued && !source.at(*stop).is_some_and(char::is_alphanumeric))
}

/// Whether every reading lies between nought and one.
fn is_probability(number: &Number) -> bool {
    let one = crate::arithmetic::rational::whole(1);
    number.readings.iter().all(|reading| !reading.printed.negative && reading.printed.point() <= one)
}

/// Whether the number is not the first of several ("p = .03 and .04", "p = .03–.05").
fn stands_alone(source: &Source<'_>, after: usize, end: usize) -> bool {
    if source.at(source.skip_spaces(after, end.min(after + 1))) == Some('%') {
        return false;
    }
    let mut at = source.skip_spaces(after, end);
    let dash = source.at(at).is_some_and(is_dash);
    let comma = source.at(at) == Some(',');
    at = source.skip_spaces(at + usize::from(dash || comma), end);
    let word = ["and ", "or ", "to ", "& "].into_iter().find(|word| source.has_word(at, word));
    at = source.skip_spaces(at + word.map_or(0, str::len), end);
    let number = source.at(at).is_some_and(|c| c == '.' || c == '0')
        && source.at(at + 1).is_some_and(|c| c == '.' || digit(c).is_some());
    !((dash || comma || word.is_some()) && at < end && number)
}
