//! Finds the numbers of one sentence, left to right, with their units, and joins those that are one quantity.

use crate::arithmetic::units;
use crate::document::{TextRange, Variation};

use super::boundary::{self, Start};
use super::candidate::{Candidate, Shape};
use super::kind;
use super::masks::Masks;
use super::number::{self, Habits, Number};
use super::pairs::{self, Measured};
use super::rereading;
use super::source::{Source, digit, is_minus, is_space};
use super::unit_after::{self, UnitMatch};
use super::words;

/// What the scan of one sentence needs to know.
pub(super) struct Scanner<'s> {
    /// The text.
    pub source: &'s Source<'s>,
    /// What is no quantity.
    pub masks: &'s Masks,
    /// How the document writes numbers.
    pub habits: Habits,
    /// The document's variations, by start.
    pub variations: &'s [Variation],
    /// The sentence's index.
    pub sentence: usize,
    /// Where the sentence starts.
    pub floor: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it is a cell of values in a table, where a bracket glued to a number is no part of a name: "55(56.1)".
    pub value: bool,
}

/// The signs of currencies that stand before their number.
const CURRENCIES: &str = "$€£¥₹₩";

impl Scanner<'_> {
    /// All candidates of the sentence, in order.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut at = self.floor;
        while at < self.end {
            let (candidate, next) = self.step(at);
            let taken = found.last().map_or(self.floor, |last: &Candidate| last.range.end);
            found.extend(candidate.map(|candidate| clear_of(candidate, taken)));
            at = next.max(at + 1);
        }
        found
    }

    /// Looks at one position: a candidate that starts there, if any, and where to go on.
    fn step(&self, at: usize) -> (Option<Candidate>, usize) {
        let Some(character) = self.source.at(at) else { return (None, self.end) };
        if self.masks.covers(at) {
            return (None, at + 1);
        }
        if character.is_alphabetic() {
            return self.word(at);
        }
        let signed = (is_minus(character) || character == '+') && boundary::signs(self.source, at, self.floor);
        let point = matches!(character, '.' | '·')
            && self.source.at(at + 1).is_some_and(|c| digit(c).is_some())
            && !self.source.before(at).is_some_and(char::is_alphanumeric);
        if signed || point || digit(character).is_some() {
            return self.digits(at);
        }
        // Behind a digit the fraction is the end of a number that is none of one value ("2.5½").
        let behind_digit = self.source.before(at).and_then(digit).is_some();
        match number::lone_fraction(self.source, at).filter(|_| !behind_digit) {
            Some(number) => self.complete(number, at, Start::Free),
            None => (None, at + 1),
        }
    }

    /// A number in digits at `at`.
    fn digits(&self, at: usize) -> (Option<Candidate>, usize) {
        let behind_number = self.value
            && at > self.floor + 1
            && matches!(self.source.before(at), Some('(' | '['))
            && self.source.at(at - 2).is_some_and(|c| digit(c).is_some() || c == '%');
        let start = if behind_number { Start::Free } else { boundary::start(self.source, at, self.floor) };
        if start == Start::Inside || self.masks.covers(at) {
            return (None, self.past_digits(at));
        }
        let Some(number) = number::read(self.source, at, self.end, self.habits) else {
            return (None, self.past_digits(at));
        };
        let mut number =
            rereading::with_variations(self.source, self.variations, number, self.habits, TextRange::new(at, self.end));
        words::attach_scale(self.source, &mut number, self.end);
        self.complete(number, at, start)
    }

    /// A word at `at`, which is a number's or is stepped over.
    fn word(&self, at: usize) -> (Option<Candidate>, usize) {
        let past = self.past_word(at);
        let glued = self.source.before(at).is_some_and(|c| c.is_alphanumeric() || is_minus(c) || c == '_');
        if glued && at > self.floor {
            return (None, past);
        }
        match words::read(self.source, at, self.end) {
            Some(number) if self.states_number(&number) => {
                let stop = number.range.end;
                let (candidate, next) = self.complete(number, at, Start::Free);
                (candidate, next.max(stop))
            }
            _ => (None, past),
        }
    }

    /// Whether words that can be a number are one here: "one" and "half" also have other work in a sentence.
    fn states_number(&self, number: &Number) -> bool {
        let text = self.source.slice(number.range).to_lowercase();
        let after = number.range.end;
        let fraction = [" third", " quarter", " fourth", " fifth", " sixth", " eighth", " tenth", " halves"];
        if fraction.into_iter().any(|word| self.source.has_word(after, word)) {
            return false;
        }
        match text.as_str() {
            "one" => {
                let measured = self.unit(after, number.range.start).is_some() && !self.source.has_word(after, "-");
                measured || kind::is_one_with_percentage(self.source, after, self.end)
            }
            "half" => self.source.has_word(after, " a ") || self.source.has_word(after, " an "),
            _ => true,
        }
    }

    /// The unit behind a number, if one is there.
    pub(super) fn unit(&self, after: usize, start: usize) -> Option<UnitMatch> {
        unit_after::find(self.source, after, self.end, start)
    }

    /// A number in digits with its unit at `at`, for the second place of a pair.
    pub(super) fn plain(&self, at: usize) -> Option<Measured> {
        if at >= self.end || self.masks.covers(at) || self.source.at(at).is_none_or(is_space) {
            return None;
        }
        let begin = at + usize::from(self.source.at(at).is_some_and(|c| CURRENCIES.contains(c)));
        let first = self.source.at(begin)?;
        let opens = digit(first).is_some() || matches!(first, '.' | '·') || is_minus(first) || first == '+';
        if !opens {
            return None;
        }
        let number = number::read(self.source, begin, self.end, self.habits)?;
        let mut number = rereading::with_variations(
            self.source,
            self.variations,
            number,
            self.habits,
            TextRange::new(begin, self.end),
        );
        words::attach_scale(self.source, &mut number, self.end);
        let unit = self.unit(number.range.end, begin);
        (unit.is_some() || boundary::ends(self.source, number.range.end, self.end)).then_some(Measured { number, unit })
    }

    /// The same, or a number in words.
    pub(super) fn plain_or_words(&self, at: usize) -> Option<Measured> {
        if !self.source.at(at)?.is_alphabetic() {
            return self.plain(at);
        }
        let number = words::read(self.source, at, self.end).filter(|_| !self.masks.covers(at))?;
        let unit = self.unit(number.range.end, at);
        (unit.is_some() || boundary::ends(self.source, number.range.end, self.end)).then_some(Measured { number, unit })
    }

    /// Takes a number to the end of its quantity.
    fn complete(&self, number: Number, at: usize, start: Start) -> (Option<Candidate>, usize) {
        let after = number.range.end;
        let unit = self.unit(after, number.range.start);
        let currency = self.currency(number.range.start);
        let bare = unit.is_none() && currency.is_none();
        let first = Measured { number, unit };
        let mut joined = pairs::join(self, first, at);
        if let Some(sign) = currency {
            self.price(&mut joined, sign);
        }
        let alone = joined.second().is_none();
        let ended = !(bare && alone) || boundary::ends(self.source, after, self.end);
        if !ended || (start == Start::WithUnit && joined.unit.is_none()) {
            let past = self.past_word(joined.range.end.max(at + 1));
            return (None, if alone { past } else { joined.range.end });
        }
        let next = joined.range.end;
        (Some(joined), next)
    }

    /// The currency sign directly before a number.
    fn currency(&self, start: usize) -> Option<UnitMatch> {
        let sign = start.checked_sub(1).filter(|at| *at >= self.floor)?;
        let text = self.source.at(sign).filter(|c| CURRENCIES.contains(*c))?.to_string();
        let units = units::parse(&text).units();
        (!units.is_empty()).then_some(UnitMatch { range: TextRange::new(sign, start), units })
    }

    /// Gives a candidate the currency before it: alone, with the "per kg" behind it, or with "M" for a million.
    fn price(&self, candidate: &mut Candidate, sign: UnitMatch) {
        candidate.range.start = sign.range.start;
        let symbol = self.source.slice(sign.range);
        let behind = candidate.unit.as_ref().map(|unit| self.source.slice(unit.range).to_owned()).unwrap_or_default();
        if behind.starts_with("per ") || behind.starts_with('/') {
            let units = units::parse(&format!("{symbol} {behind}")).units();
            candidate.unit = (!units.is_empty()).then_some(UnitMatch { range: sign.range, units });
            return;
        }
        let scale = match behind.as_str() {
            "M" => 6,
            "B" => 9,
            "T" => 12,
            _ => 0,
        };
        if let (Shape::Single(number), true) = (&candidate.shape, scale > 0) {
            candidate.shape = Shape::Single(number.scaled(scale));
        }
        candidate.unit = Some(sign);
    }

    /// The position past the letters and digits at `at`.
    fn past_word(&self, at: usize) -> usize {
        (at..self.end)
            .find(|i| !self.source.at(*i).is_some_and(|c| c.is_alphanumeric() || c == '_'))
            .unwrap_or(self.end)
    }

    /// The position past a run of digits with points, and the letters glued to it.
    fn past_digits(&self, at: usize) -> usize {
        let mut past = at + 1;
        while past < self.end {
            let Some(c) = self.source.at(past) else { break };
            let inner = matches!(c, '.' | ',') && self.source.at(past + 1).is_some_and(|c| digit(c).is_some());
            if !(c.is_alphanumeric() || c == '_' || inner) {
                break;
            }
            past += 1;
        }
        past
    }
}

/// Takes from a candidate what a candidate before it has taken already, such as the sign in "5 $6".
fn clear_of(mut candidate: Candidate, taken: usize) -> Candidate {
    // A variation may begin before the number that it touches; the characters before are another's.
    candidate.number.start = candidate.number.start.max(candidate.range.start.min(candidate.number.end));
    if candidate.range.start < taken {
        candidate.range.start = candidate.number.start;
        candidate.unit = candidate.unit.filter(|unit| unit.range.start >= taken);
    }
    candidate
}
