//! One term of a unit: a symbol, name, phrase, number with a symbol, or bracket, with its exponent and qualifier.

use num_traits::Signed;

use crate::arithmetic::dimension::Dimension;
use crate::arithmetic::rational::Rational;
use crate::arithmetic::units::catalogue::Place;
use crate::arithmetic::units::lookup::{self, Sense};
use crate::arithmetic::units::unit::{Factor, Scale, Unit};

use super::chain::Reader;
use super::exponent::{self, Exponent, Mode};
use super::meaning::{self, Join, Reading, Term};
use super::{number, qualifier};

/// The deepest nesting of brackets that is read.
const DEEPEST: usize = 3;

/// Words before a length that raise it.
const RAISERS: &[(&str, i8)] =
    &[("square ", 2), ("sq. ", 2), ("sq ", 2), ("cubic ", 3), ("cu. ", 3), ("cu ", 3), ("square-", 2), ("cubic-", 3)];

impl Reader<'_> {
    /// Reads the term at `at`; an error says what is not understood.
    pub(super) fn term(&self, at: usize, join: Join, depth: usize) -> Result<Term, String> {
        if self.chars.get(at) == Some(&'(') {
            return self.bracket(at, join, depth);
        }
        if let Some(found) = self.numbered(at, join, depth) {
            return found;
        }
        self.plain(at, join, depth)
    }

    /// `(kg d)`, with an exponent or without.
    fn bracket(&self, at: usize, join: Join, depth: usize) -> Result<Term, String> {
        if depth == DEEPEST {
            return Err("brackets nested too deeply".to_owned());
        }
        let inside = at + 1 + usize::from(self.chars.get(at + 1) == Some(&' '));
        let (terms, end) = self.chain(inside, depth + 1)?;
        let end = end + usize::from(self.chars.get(end) == Some(&' '));
        if self.chars.get(end) != Some(&')') {
            return Err("a bracket is not closed".to_owned());
        }
        let units = meaning::units(&terms)?;
        let exponent = exponent::read(self.chars, self.raw, end + 1, &[')'], self.mode);
        let readings = units.into_iter().map(|unit| Reading { unit, place: Place::Anywhere, in_text: true }).collect();
        Ok(raised(Parts { readings, join, name: false, start: at, end: end + 1 }, exponent))
    }

    /// A number and the symbol behind it, where a number may stand.
    fn numbered(&self, at: usize, join: Join, depth: usize) -> Option<Result<Term, String>> {
        if self.mode == Mode::Expression {
            return None;
        }
        let number = number::read(self.chars, at)?;
        if number.power && !join.divides() && self.unit_follows(number.end) {
            // A power of ten that leads the unit: "10^9/L", "×10⁶ cells/mL".
            let readings = number.values.into_iter().map(pure).collect();
            return Some(Ok(raised(Parts { readings, join, name: false, start: at, end: number.end }, None)));
        }
        let bar = number.end + usize::from(self.chars.get(number.end) == Some(&' '));
        let leads = join == Join::First && self.mode == Mode::Whole && self.chars.get(bar) == Some(&'/');
        if leads && number.values.iter().all(power_of_ten) {
            // "1/s", "1000/mm³"; any other number is a quantity, not a unit.
            let readings = number.values.into_iter().map(pure).collect();
            return Some(Ok(raised(Parts { readings, join, name: false, start: at, end: number.end }, None)));
        }
        let next = number.end + usize::from(matches!(self.chars.get(number.end), Some(' ' | '-')));
        let mut term = match self.plain(next, join, depth) {
            Ok(term) => term,
            // "per 100,000" alone is a rate by a pure number.
            Err(_) if join.divides() && self.mode == Mode::Whole && next >= self.chars.len() => {
                let readings = number.values.into_iter().map(pure).collect();
                return Some(Ok(raised(Parts { readings, join, name: false, start: at, end: number.end }, None)));
            }
            Err(reason) => return Some(Err(reason)),
        };
        if !(join.divides() || term.negative) {
            return Some(Err("a number stands in the numerator".to_owned()));
        }
        // In "1.73 m⁻²" and "100 g⁻¹" the number goes under the bar with its symbol.
        let under = term.negative;
        term.readings = number
            .values
            .iter()
            .flat_map(|value| term.readings.iter().map(move |reading| scaled(reading, value, under)))
            .collect();
        term.start = at;
        Some(Ok(term))
    }

    /// A symbol, name or phrase.
    fn plain(&self, at: usize, join: Join, depth: usize) -> Result<Term, String> {
        if let Some((start, power)) = self.raiser(at) {
            let mut term = self.plain(start, join, depth)?;
            let length = term.readings.iter().all(|r| r.unit.dimension == Dimension::LENGTH);
            if !length || term.powered {
                return Err("only a length can be square or cubic".to_owned());
            }
            for reading in &mut term.readings {
                reading.unit = reading.unit.power(power);
            }
            return Ok(term);
        }
        let (end, senses) = self.symbol(at)?;
        let symbol = self.chars.get(at..end).unwrap_or_default();
        let name = senses.iter().any(|sense| sense.name);
        let found = exponent::read(self.chars, self.raw, end, symbol, self.mode);
        let mut readings = readings_of(senses);
        if readings.is_empty() {
            // Nothing is known by this run of letters; behind a lost space it may be two symbols.
            readings = glued(symbol, found).ok_or_else(|| unknown(symbol))?;
            return Ok(self.finish(Parts { readings, join, name: false, start: at, end }, found, true, depth));
        }
        let mut extra = Vec::new();
        if found.is_some_and(|e| e.value < 0) && matches!(symbol, ['m', 's'] | ['N', 'm']) {
            // "m s⁻¹" that lost its space looks like a reciprocal millisecond.
            extra = glued(symbol, found).unwrap_or_default();
        }
        let mut term = self.finish(Parts { readings, join, name, start: at, end }, found, false, depth);
        term.readings.extend(extra);
        Ok(term)
    }

    /// The word before a length that raises it: the position behind it, and the power.
    fn raiser(&self, at: usize) -> Option<(usize, i8)> {
        RAISERS.iter().find_map(|(word, power)| {
            let length = word.len();
            let written: String = self.chars.get(at..at + length)?.iter().collect();
            if written.to_lowercase() == *word { Some((at + length, *power)) } else { None }
        })
    }

    /// The run of letters or the phrase at `at`, whichever is longer, with its senses, which may be none.
    fn symbol(&self, at: usize) -> Result<(usize, Vec<Sense>), String> {
        let run = self.run(at);
        let phrase = lookup::phrase(self.chars, at);
        if let Some((end, senses)) = phrase
            && end > run
        {
            return Ok((end, senses));
        }
        if run == at {
            let rest: String = self.chars.iter().skip(at).take(16).collect();
            return Err(if rest.is_empty() {
                "the unit breaks off".to_owned()
            } else {
                format!("`{rest}` is no unit")
            });
        }
        let word: String = self.chars.get(at..run).unwrap_or_default().iter().collect();
        Ok((run, lookup::word(&word, self.mode != Mode::Prose)))
    }

    /// The end of the run of letters, or of the single sign, at `at`.
    fn run(&self, at: usize) -> usize {
        match self.chars.get(at) {
            Some(c) if c.is_alphabetic() => at + self.chars.iter().skip(at).take_while(|c| c.is_alphabetic()).count(),
            Some(c) if lookup::in_word(*c) => at + 1,
            _ => at,
        }
    }

    /// Applies the exponent and reads the qualifier; glued symbols have their exponent already.
    fn finish(&self, parts: Parts, found: Option<Exponent>, applied: bool, depth: usize) -> Term {
        // In "J/(kg K)" too the K is the kelvin: a bracket is there to hold several units.
        let under = parts.join.divides() || depth > 0;
        let mut term = if applied {
            let mut term = raised(parts, None);
            if let Some(found) = found {
                term.end = found.end;
                term.powered = true;
                term.negative = found.value < 0;
            }
            term
        } else {
            raised(parts, found)
        };
        let Some(dimension) = term.readings.first().map(|reading| reading.unit.dimension) else { return term };
        let Some(found) = qualifier::read(self.chars, term.end, dimension, under, term.powered) else { return term };
        let before = term.end;
        let mut end = found.end;
        // "kg bw⁻¹": the exponent stands behind the qualifier.
        let late = if term.powered { None } else { exponent::read(self.chars, self.raw, end, &['w'], self.mode) };
        if let Some(late) = late {
            end = late.end;
            term.powered = true;
            term.negative = late.value < 0;
        }
        let unit_exponent =
            if dimension == Dimension::MASS.power(-1) || dimension == Dimension::AMOUNT.power(-1) { -1 } else { 1 };
        for reading in &mut term.readings {
            let axis = reading.unit.tags.get(&found.axis).saturating_add(unit_exponent);
            reading.unit.tags.set(&found.axis, axis);
            if let Some(late) = late {
                reading.unit = reading.unit.power(late.value);
            }
        }
        term.end = end;
        if found.substance && late.is_none() {
            term.end_without_substance = Some(before);
        }
        term
    }

    /// Whether a unit or a bar follows a leading power of ten.
    fn unit_follows(&self, at: usize) -> bool {
        let next = at + usize::from(self.chars.get(at) == Some(&' '));
        self.chars.get(next).is_none_or(|c| *c == '/' || c.is_alphabetic() || *c == '·')
    }
}

/// A term before its exponent.
struct Parts {
    readings: Vec<Reading>,
    join: Join,
    name: bool,
    start: usize,
    end: usize,
}

fn raised(parts: Parts, exponent: Option<Exponent>) -> Term {
    let Parts { mut readings, join, name, start, end } = parts;
    if let Some(exponent) = exponent {
        readings.retain(|reading| reading.unit.scale != Scale::Logarithmic);
        for reading in &mut readings {
            reading.unit = reading.unit.power(exponent.value);
        }
    }
    Term {
        readings,
        join,
        powered: exponent.is_some(),
        negative: exponent.is_some_and(|exponent| exponent.value < 0),
        name,
        start,
        end: exponent.map_or(end, |exponent| exponent.end),
        end_without_substance: None,
    }
}

fn readings_of(senses: Vec<Sense>) -> Vec<Reading> {
    senses.into_iter().map(|Sense { unit, place, in_text, .. }| Reading { unit, place, in_text }).collect()
}

/// Whether a value is 1, 10, 100 and so on.
fn power_of_ten(value: &Rational) -> bool {
    let text = value.numer().to_string();
    value.is_integer() && text.strip_prefix('1').is_some_and(|zeros| zeros.bytes().all(|digit| digit == b'0'))
}

fn pure(value: Rational) -> Reading {
    let unit = Unit { factor: Factor::exact(value), ..Unit::one() };
    Reading { unit, place: Place::Anywhere, in_text: true }
}

fn scaled(reading: &Reading, value: &Rational, under: bool) -> Reading {
    let value = if under && value.is_positive() { value.recip() } else { value.clone() };
    let factor = reading.unit.factor.times(&Factor::exact(value));
    Reading { unit: Unit { factor, ..reading.unit.clone() }, ..reading.clone() }
}

/// Two symbols that lost the space between them before an exponent: `mgL⁻¹`, `Wm⁻²`. The exponent is the second's.
fn glued(letters: &[char], exponent: Option<Exponent>) -> Option<Vec<Reading>> {
    let exponent = exponent.filter(|exponent| exponent.value < 0)?;
    if letters.len() > 8 {
        return None;
    }
    let mut readings = Vec::new();
    for middle in 1..letters.len() {
        let (left, right): (String, String) = (letters[..middle].iter().collect(), letters[middle..].iter().collect());
        let symbols = |text: &str| -> Vec<Sense> {
            lookup::word(text, false).into_iter().filter(|s| !s.name && s.place != Place::Alone).collect()
        };
        let (first, second) = (symbols(&left), symbols(&right));
        for first in &first {
            for second in &second {
                let unit = first.unit.times(&second.unit.power(exponent.value));
                readings.push(Reading { unit, place: Place::Anywhere, in_text: true });
            }
        }
    }
    if readings.is_empty() { None } else { Some(readings) }
}

fn unknown(symbol: &[char]) -> String {
    let word: String = symbol.iter().take(24).collect();
    format!("nothing is known by `{word}`")
}
