//! What a quantity is: measured, counted, a percentage, or a plain number; and what is none after all.
//!
//! Rules, in this order: a percent unit makes a percentage; any other unit makes a measured value; a whole number is a
//! count behind "n =", in "k of n" and "k/n", or before a plural noun; the rest are plain numbers.

use crate::arithmetic::units::{Tags, Unit};
use crate::document::TextRange;

use super::candidate::{Candidate, Shape};
use super::quantity::QuantityKind;
use super::source::{Source, is_space};

/// Nouns of counted things that have no plural s.
const COUNTED: &[&str] = &[
    "people",
    "men",
    "women",
    "children",
    "mice",
    "persons",
    "fish",
    "sheep",
    "cattle",
    "deer",
    "swine",
    "participants",
    "genera",
    "species",
    "taxa",
    "phyla",
    "data",
    "bacteria",
    "criteria",
    "larvae",
    "alumni",
    "fungi",
    "loci",
    "nuclei",
    "foci",
    "feet",
    "teeth",
    "geese",
    "infants",
    "girls",
    "boys",
    "neonates",
    "offspring",
    "personnel",
    "staff",
];

/// Words in -s before which a number counts nothing.
const NOT_NOUNS: &[&str] = &[
    "is",
    "was",
    "has",
    "does",
    "as",
    "this",
    "its",
    "his",
    "thus",
    "versus",
    "vs",
    "times",
    "yes",
    "us",
    "plus",
    "minus",
    "across",
    "towards",
    "always",
    "perhaps",
    "besides",
    "whereas",
    "unless",
    "less",
    "this",
    "gives",
    "shows",
    "yields",
    "indicates",
    "suggests",
    "means",
    "represents",
    "seems",
    "becomes",
    "remains",
    "degrees",
];

/// Whether a unit says percent, per mille or percentage points.
pub(super) fn is_percent(unit: &Unit) -> bool {
    let text = unit.text.to_lowercase();
    text.contains('%')
        || text.contains('‰')
        || text.contains("percent")
        || text.contains("per cent")
        || text.contains("per mil")
}

/// The kind of a candidate among its neighbours.
pub(super) fn of(source: &Source<'_>, candidate: &Candidate, floor: usize, end: usize) -> QuantityKind {
    if let Some(unit) = candidate.unit.as_ref().and_then(|found| found.units.first()) {
        return if is_percent(unit) { QuantityKind::Percentage } else { QuantityKind::Measured };
    }
    if is_whole(candidate) && (sized(source, candidate.range, floor) || counts(source, candidate.range, floor, end)) {
        return QuantityKind::Count;
    }
    QuantityKind::Number
}

/// Whether all numbers are unsigned whole numbers (a scale word may stand behind digits: then they are rounded).
fn is_whole(candidate: &Candidate) -> bool {
    let whole = |number: &super::number::Number| number.first().decimals == 0 && !number.first().negative;
    match &candidate.shape {
        Shape::PlusMinus(..) => false,
        _ => whole(candidate.value()) && candidate.second().is_none_or(whole),
    }
}

/// Whether "n =" or "N =" stands before.
fn sized(source: &Source<'_>, range: TextRange, floor: usize) -> bool {
    let sign = source.skip_spaces_back(range.start, floor);
    if sign <= floor || source.before(sign) != Some('=') {
        return false;
    }
    let name = source.skip_spaces_back(sign - 1, floor);
    let glued = name >= 2 && name - 1 > floor && source.at(name - 2).is_some_and(char::is_alphanumeric);
    matches!(source.before(name), Some('n' | 'N' | 'k')) && !glued
}

/// Whether a counted noun follows, or the number is a part of "k of n" or "k/n" with a percentage or noun by it.
fn counts(source: &Source<'_>, range: TextRange, floor: usize, end: usize) -> bool {
    let mut at = past_percentage(source, source.skip_spaces(range.end, end), end);
    let numeric = |at: usize| source.at(at).is_some_and(|c| c.is_ascii_digit());
    let of = ["of the ", "of ", "out of "].into_iter().find(|word| source.has_word(at, word));
    if let Some(word) = of
        && numeric(at + word.len())
    {
        return true;
    }
    if source.at(range.end) == Some('/') && numeric(range.end + 1) {
        return true;
    }
    let before = source.skip_spaces_back(range.start, floor);
    let behind_of = before >= floor + 2 && source.has_word(before - 2, "of") && before >= 4 && {
        let earlier = source.skip_spaces_back(before - 2, floor);
        source.before(earlier).is_some_and(|c| c.is_ascii_digit() || c == ')')
    };
    let behind_slash = source.before(range.start) == Some('/') && range.start >= 2 && numeric(range.start - 2);
    if behind_of || behind_slash {
        return true;
    }
    if !source.at(range.end).is_some_and(is_space) || source.before(at) == Some(')') {
        return false;
    }
    for _ in 0..3 {
        let stop = word_end(source, at, end);
        let word = source.window(at, stop).to_lowercase();
        if word.chars().count() < 3 {
            return false;
        }
        if is_counted(&word) {
            return true;
        }
        let next = source.skip_spaces(stop, end);
        if next == stop {
            return false;
        }
        at = next;
    }
    false
}

/// The position behind a bracket with a percentage at `at` ("12 (60%) of 20"), or `at` itself.
fn past_percentage(source: &Source<'_>, at: usize, end: usize) -> usize {
    if source.at(at) != Some('(') {
        return at;
    }
    let close = (at..end.min(at + 12)).find(|i| source.at(*i) == Some(')'));
    match close {
        Some(close) if source.before(close) == Some('%') => source.skip_spaces(close + 1, end),
        _ => at,
    }
}

fn word_end(source: &Source<'_>, at: usize, end: usize) -> usize {
    let mut stop = at;
    while stop < end && stop < at + 24 && source.at(stop).is_some_and(|c| c.is_alphabetic() || (c == '-' && stop > at))
    {
        stop += 1;
    }
    stop
}

/// Whether the word "one" that ends at `after` is a count: of a few words, it is the one with a percentage in brackets
/// ("only one person (5 %)").
pub(super) fn is_one_with_percentage(source: &Source<'_>, after: usize, end: usize) -> bool {
    let mut at = source.skip_spaces(after, end);
    for _ in 0..3 {
        let stop = word_end(source, at, end);
        at = source.skip_spaces(stop, end);
        if stop == at {
            return false;
        }
        if source.at(at) == Some('(') {
            return past_percentage(source, at, end) > at;
        }
    }
    false
}

/// Whether a lower-case word is a plural noun, as far as its form tells.
pub fn is_counted(word: &str) -> bool {
    let plural = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
    COUNTED.contains(&word) || (plural && word.len() > 3 && !NOT_NOUNS.contains(&word))
}

/// A word without the ending of a plural.
pub fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ if word.ends_with("ss") => word.to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// Whether the number is a year: four digits of the right size without unit, sign of relation or counted noun.
pub(super) fn is_year(source: &Source<'_>, candidate: &Candidate, floor: usize, end: usize) -> bool {
    let plain = |number: &super::number::Number| {
        let printed = number.first();
        let text = source.slice(number.range);
        text.len() == 4
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && !printed.exact
            && (printed.digits.starts_with("17")
                || printed.digits.starts_with("18")
                || printed.digits.starts_with("19")
                || printed.digits.starts_with("20"))
    };
    if candidate.unit.is_some() || !plain(candidate.value()) || !candidate.second().is_none_or(plain) {
        return false;
    }
    let range = candidate.range;
    let sign = source.before(source.skip_spaces_back(range.start, floor));
    if sign.is_some_and(|c| "=<>≤≥~≈×/±".contains(c)) {
        return false;
    }
    let round = candidate.value().first().digits.ends_with("00");
    let dated =
        ["in", "since", "from", "until", "by", "during", "before", "after", "year", "of", "early", "late", "mid"]
            .into_iter()
            .any(|word| word_before(source, range.start, floor) == word);
    dated || !(counts(source, range, floor, end) && round)
}

/// The lower-case word before a position, over spaces.
fn word_before(source: &Source<'_>, position: usize, floor: usize) -> String {
    let stop = source.skip_spaces_back(position, floor);
    let start = source.letters_start(stop, floor.max(stop.saturating_sub(24)));
    source.window(start, stop).to_lowercase()
}

/// Whether a whole number without unit directly follows a capitalised word inside a sentence: the number of a name
/// ("Apollo 11", "Cohort B 2").
pub(super) fn is_name(source: &Source<'_>, candidate: &Candidate, floor: usize, end: usize) -> bool {
    let range = candidate.range;
    let value = candidate.value();
    if candidate.unit.is_some() || value.words || value.first().decimals > 0 || value.first().negative {
        return false;
    }
    let stop = source.skip_spaces_back(range.start, floor);
    if stop == range.start {
        return false;
    }
    let start = source.letters_start(stop, floor.max(stop.saturating_sub(24)));
    let word = source.window(start, stop);
    let capital = word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() >= 2;
    let next = source.skip_spaces(range.end, end);
    let noun = next > range.end && is_counted(&source.window(next, word_end(source, next, end)).to_lowercase());
    capital && start > floor && !noun
}

/// Whether digits start with a zero that no number has ("007").
pub(super) fn is_code(candidate: &Candidate) -> bool {
    let coded = |number: &super::number::Number| {
        let printed = number.first();
        !number.words && printed.decimals == 0 && printed.digits.len() > 1 && printed.digits.starts_with('0')
    };
    coded(candidate.value()) || candidate.second().is_some_and(coded)
}

/// Whether a unit tells a time, so that "over" before it means "during".
pub(super) fn is_time(candidate: &Candidate) -> bool {
    let unit = candidate.unit.as_ref().and_then(|found| found.units.first());
    unit.is_some_and(|unit| unit.dimension == crate::arithmetic::Dimension::TIME && unit.tags == Tags::none())
}
