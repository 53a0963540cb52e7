//! The p-value of a test result, in every printed form.

use crate::extract::number::{Habits, Number};
use crate::extract::quantity::Comparator;
use crate::extract::source::{Source, digit, is_dash, is_space, subscript};

use super::reported::{self, Sign};

/// What stands at a place where a p-value may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Found {
    /// A p-value.
    Value(Sign, Number),
    /// "ns".
    NotSignificant(usize),
    /// One p-value or bound for several tests: "ps < .05".
    Shared(Sign, Number),
    /// Several p-values, each with its sign, in printed order: "ps = .03 and .004", "p = .03 and p = .004".
    List(Vec<(Sign, Number)>),
    /// A p that is no p-value of a test: "prep", a range.
    Other,
    /// No p.
    Nothing,
}

/// Labels of a p that are glued to it or follow it in a bracket.
const LABELS: &[&str] = &[
    "‐value",
    "–value",
    "−value",
    "value",
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
    let plural = plural(source, at + 1);
    let Some(after) = plural.or_else(|| label(source, at + 1, end)) else {
        // "paired", "preregistered": a word that begins with the letter, where it is not the probability of replication.
        return if source.has_word(at, "prep") && !source.has_word(at, "prepar") {
            Found::Other
        } else {
            Found::Nothing
        };
    };
    let Some(sign) = sign(source, after, end) else { return Found::Other };
    let begin = source.skip_spaces(sign.end, end);
    if let Some(stop) = not_significant(source, begin, end) {
        return Found::NotSignificant(stop);
    }
    let Some(number) = reported::value(source, sign.end, end, habits).filter(is_probability) else {
        return Found::Other;
    };
    let rest = Rest { source, end, habits };
    match rest.list((sign, number)) {
        None => Found::Other,
        Some(list) => match <[(Sign, Number); 1]>::try_from(list) {
            Ok([(sign, number)]) if plural.is_some() => Found::Shared(sign, number),
            Ok([(sign, number)]) => Found::Value(sign, number),
            Err(list) => Found::List(list),
        },
    }
}

/// "ps", "p's", "Ps": the position behind it.
fn plural(source: &Source<'_>, from: usize) -> Option<usize> {
    let mark = source.at(from).is_some_and(|c| matches!(c, '\'' | '’'));
    let stop = from + usize::from(mark);
    let letter = source.at(stop) == Some('s') && !source.at(stop + 1).is_some_and(char::is_alphanumeric);
    letter.then_some(stop + 1)
}

/// The relation sign of a p-value, words and a colon for one included: "p-value of .03", "p = < .001".
fn sign(source: &Source<'_>, at: usize, end: usize) -> Option<Sign> {
    let found = reported::worded_sign(source, at, end)?;
    if found.comparator != Comparator::Equal || found.repair.is_some() {
        return Some(found);
    }
    let next = source.skip_spaces(found.end, end.min(found.end + 2));
    let bound = source.at(next).is_some_and(|c| matches!(c, '<' | '>' | '≤' | '≥'));
    if bound { reported::sign(source, next, end) } else { Some(found) }
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

/// What follows the first of one or several p-values.
struct Rest<'s> {
    source: &'s Source<'s>,
    end: usize,
    habits: Habits,
}

impl Rest<'_> {
    /// The p-values from the first on; `None` where it is an end of a range or no p-value at all.
    fn list(&self, first: (Sign, Number)) -> Option<Vec<(Sign, Number)>> {
        let after = first.1.range.end;
        let percent = self.source.at(self.source.skip_spaces(after, self.end.min(after + 1))) == Some('%');
        let dash = self.source.skip_spaces(after, self.end);
        let range =
            self.source.at(dash).is_some_and(is_dash) && self.fraction(self.source.skip_spaces(dash + 1, self.end));
        if percent || range {
            return None;
        }
        let mut values = vec![first];
        while values.len() < 12 {
            let Some(last) = values.last() else { break };
            match self.next(last.1.range.end, &last.0) {
                Next::None => break,
                Next::Range => return None,
                Next::Value(sign, number) => values.push((sign, number)),
            }
        }
        Some(values)
    }

    /// The next p-value behind a comma or "and".
    fn next(&self, after: usize, before: &Sign) -> Next {
        let mut at = self.source.skip_spaces(after, self.end);
        let comma = self.source.at(at).is_some_and(|c| matches!(c, ',' | ';'));
        at = self.source.skip_spaces(at + usize::from(comma), self.end);
        if self.source.has_word(at, "to ") && self.fraction(self.source.skip_spaces(at + 3, self.end)) {
            return Next::Range;
        }
        // "OR" is an odds ratio.
        let small = !self.source.at(at).is_some_and(char::is_uppercase);
        let word = ["and ", "or ", "& "].into_iter().find(|word| small && self.source.has_word(at, word));
        at = self.source.skip_spaces(at + word.map_or(0, str::len), self.end);
        if !comma && word.is_none() {
            return Next::None;
        }
        let letter = self.source.at(at).is_some_and(|c| matches!(c, 'p' | 'P' | '𝑝'));
        // Two p-values of one test (raw and corrected) are no list; only a word makes them one.
        let zipped = || self.source.window(at, self.end.min(at + 160)).contains("respectively");
        let own = (letter && zipped()).then(|| sign(self.source, at + 1, self.end)).flatten();
        let bare = || {
            let found = reported::sign(self.source, at, self.end).filter(|sign| sign.repair.is_none());
            let begin = found.as_ref().map_or(at, |sign| sign.end);
            let sign = found.unwrap_or(Sign { end: at, repair: None, ..before.clone() });
            self.fraction(self.source.skip_spaces(begin, self.end)).then_some(sign)
        };
        let Some(sign) = own.or_else(|| if letter { None } else { bare() }) else { return Next::None };
        match reported::value(self.source, sign.end, self.end, self.habits).filter(is_probability) {
            Some(number) => Next::Value(sign, number),
            None => Next::None,
        }
    }

    /// Whether a number between nought and one with decimals stands at `at`: ".03", "0.03".
    fn fraction(&self, at: usize) -> bool {
        let point = |at: usize| self.source.at(at).is_some_and(|c| matches!(c, '.' | '·'));
        let number = |at: usize| point(at) && self.source.at(at + 1).and_then(digit).is_some();
        at < self.end && (number(at) || (self.source.at(at) == Some('0') && number(at + 1)))
    }
}

/// What stands behind a p-value.
enum Next {
    /// No other p-value.
    None,
    /// The other end of a range.
    Range,
    /// Another p-value of a list.
    Value(Sign, Number),
}
