//! Two numbers that are one quantity: ranges ("10–20", "between 10 and 20"), values with ± and last-digit uncertainties.

use crate::document::{TextRange, VariationCause};

use super::boundary;
use super::candidate::{Candidate, Shape};
use super::number::{Edit, Number};
use super::power;
use super::scan::Scanner;
use super::source::{is_dash, is_minus, is_space};
use super::unit_after::UnitMatch;

/// A number with its unit.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    /// The number.
    pub number: Number,
    /// The unit.
    pub unit: Option<UnitMatch>,
}

impl Measured {
    /// One past its last character.
    pub(super) fn end(&self) -> usize {
        self.unit.as_ref().map_or(self.number.range.end, |unit| unit.range.end.max(self.number.range.end))
    }
}

/// Whether two units are the same, by what they mean.
pub(super) fn same_unit(a: &UnitMatch, b: &UnitMatch) -> bool {
    match (a.units.first(), b.units.first()) {
        (Some(a), Some(b)) => {
            a.dimension == b.dimension && a.factor == b.factor && a.tags == b.tags && a.scale == b.scale
        }
        _ => false,
    }
}

/// Joins a first number with a second one behind ± or a range sign, if one follows.
pub(super) fn join(scanner: &Scanner<'_>, first: Measured, start: usize) -> Candidate {
    last_digits(scanner, &first, start)
        .or_else(|| plus_minus(scanner, &first, start))
        .or_else(|| range(scanner, &first, start))
        .unwrap_or_else(|| single(scanner, first, start))
}

fn single(scanner: &Scanner<'_>, first: Measured, start: usize) -> Candidate {
    let range = TextRange::new(start, first.end());
    candidate(scanner, range, first.number.range, Shape::Single(first.number), first.unit)
}

fn candidate(
    scanner: &Scanner<'_>,
    range: TextRange,
    number: TextRange,
    shape: Shape,
    unit: Option<UnitMatch>,
) -> Candidate {
    let shared = None;
    Candidate { range, number, shape, shared, unit, doubtful_unit: false, sentence: scanner.sentence, list: None }
}

/// "6.67430(15) × 10⁻¹¹": the uncertainty of the last digits, only before a power of ten or a unit.
fn last_digits(scanner: &Scanner<'_>, first: &Measured, start: usize) -> Option<Candidate> {
    let source = scanner.source;
    let open = first.number.range.end;
    let decimals = first.number.first().decimals;
    if first.unit.is_some() || decimals < 2 || source.at(open) != Some('(') {
        return None;
    }
    let digits: String =
        (open + 1..scanner.end.min(open + 5)).map_while(|at| source.at(at).filter(char::is_ascii_digit)).collect();
    let close = open + 1 + digits.len();
    if digits.is_empty() || digits.len() > 3 || source.at(close) != Some(')') {
        return None;
    }
    let mut value = first.number.clone();
    value.range.end = close + 1;
    power::behind_times(source, &mut value, scanner.end);
    let unit = scanner.unit(value.range.end, start);
    if value.range.end == close + 1 && unit.is_none() {
        return None;
    }
    let mut uncertainty = value.clone();
    uncertainty.range = TextRange::new(open + 1, close);
    for reading in &mut uncertainty.readings {
        reading.printed.digits.clone_from(&digits);
        reading.printed.text.clone_from(&digits);
        reading.printed.negative = false;
    }
    let number = value.range;
    let end = unit.as_ref().map_or(number.end, |unit| unit.range.end);
    Some(candidate(scanner, TextRange::new(start, end), number, Shape::PlusMinus(value, uncertainty), unit))
}

/// "3.4 ± 0.2 mg", "3.4 mg ± 0.2 mg", "(3.4 ± 0.2) × 10⁵ mg", "3.4 (±0.2) mg".
fn plus_minus(scanner: &Scanner<'_>, first: &Measured, start: usize) -> Option<Candidate> {
    let source = scanner.source;
    let at = source.skip_spaces(first.end(), scanner.end.min(first.end() + 2));
    let inner = source.at(at) == Some('(');
    let sign = at + usize::from(inner);
    let width = match (source.at(sign)?, source.at(sign + 1), source.at(sign + 2)) {
        ('±', ..) => 1,
        ('+', Some('/'), Some(c)) if is_minus(c) => 3,
        _ => return None,
    };
    let begin = source.skip_spaces(sign + width, scanner.end.min(sign + width + 2));
    let second = scanner.plain(begin)?;
    if first.unit.as_ref().zip(second.unit.as_ref()).is_some_and(|(a, b)| !same_unit(a, b)) {
        return None;
    }
    let outer = !inner && source.before(start) == Some('(') && start > scanner.floor;
    let mut end = second.end();
    let (mut value, mut spread) = (first.number.clone(), second.number.clone());
    let mut unit = second.unit.clone().or_else(|| first.unit.clone());
    let mut begin = start;
    if inner || outer {
        let closed = source.at(end) == Some(')');
        if inner && !closed {
            return None;
        }
        if closed {
            let behind = bracketed(scanner, &mut value, &mut spread, end + 1, start);
            let gained = behind.end > end + 1;
            if inner || gained {
                end = behind.end;
            }
            if gained && outer {
                begin = start - 1;
            }
            unit = unit.or(behind.unit);
        }
    } else if unit.is_none() || second.unit.is_some() {
        return Some(shared(scanner, candidate_of(scanner, (start, end), (value, spread), unit)));
    }
    Some(candidate_of(scanner, (begin, end), (value, spread), unit))
}

fn candidate_of(
    scanner: &Scanner<'_>,
    (start, end): (usize, usize),
    (value, spread): (Number, Number),
    unit: Option<UnitMatch>,
) -> Candidate {
    let number = TextRange::new(value.range.start, spread.range.end);
    candidate(scanner, TextRange::new(start, end), number, Shape::PlusMinus(value, spread), unit)
}

/// What follows a closing bracket around "a ± b".
struct Behind {
    unit: Option<UnitMatch>,
    end: usize,
}

/// Applies the power of ten behind a bracket to both numbers, and finds the unit there.
fn bracketed(scanner: &Scanner<'_>, value: &mut Number, spread: &mut Number, after: usize, start: usize) -> Behind {
    let mut outer = value.clone();
    outer.range.end = after;
    let mut end = after;
    if power::behind_times(scanner.source, &mut outer, scanner.end) {
        let exponent = outer.first().exponent - value.first().exponent;
        end = outer.range.end;
        *spread = spread.scaled(exponent);
        outer.range = value.range;
        outer.readings.truncate(value.readings.len());
        *value = outer;
    }
    let unit = scanner.unit(end, start);
    end = unit.as_ref().map_or(end, |unit| unit.range.end);
    Behind { unit, end }
}

/// "10–20 mg", "10 to 20 billion", "between 10 and 20".
fn range(scanner: &Scanner<'_>, first: &Measured, start: usize) -> Option<Candidate> {
    let (link, begin) = connector(scanner, first, start)?;
    let second = scanner.plain_or_words(begin)?;
    let units_agree = match (&first.unit, &second.unit) {
        (Some(a), Some(b)) => same_unit(a, b),
        (Some(_), None) => false,
        _ => true,
    };
    let (low, high) = (first.number.first(), second.number.first());
    let (a, b) = (low.point(), high.point());
    let has_unit = second.unit.is_some();
    let code = !has_unit && low.digits.starts_with('0') && low.decimals == 0 && low.digits.len() > 1;
    let rises = a < b || (high.exponent != low.exponent);
    let orders = match link {
        Link::Hyphen => rises || (has_unit && a != b),
        Link::Minus => rises,
        Link::Dash | Link::Word => true,
    };
    let glued_on = !has_unit && !boundary::ends(scanner.source, second.number.range.end, scanner.end);
    let dated = link == Link::Word && is_date(scanner, first, start) && !is_year(second.number.first());
    if !units_agree || code || dated || !orders || glued_on || (second.number.first().negative && link == Link::Minus) {
        return None;
    }
    let number = TextRange::new(first.number.range.start, second.number.range.end);
    let end = second.end();
    let shape = Shape::Range(first.number.clone(), second.number);
    let unit = second.unit.or_else(|| first.unit.clone());
    let joined = candidate(scanner, TextRange::new(start, end), number, shape, unit);
    Some(if first.unit.is_none() { shared(scanner, joined) } else { joined })
}

/// Whether the number is a year behind "in": "from 25.7 km/h in 1903 to 41.7 km/h" is no range from the year on.
fn is_date(scanner: &Scanner<'_>, first: &Measured, start: usize) -> bool {
    let source = scanner.source;
    let before = source.skip_spaces_back(start, scanner.floor);
    let word = source.letters_start(before, scanner.floor.max(before.saturating_sub(8)));
    first.unit.is_none() && is_year(first.number.first()) && source.window(word, before).eq_ignore_ascii_case("in")
}

/// Whether a number can be a year: four digits from 1500 on, none of them a decimal.
fn is_year(number: &crate::arithmetic::Printed) -> bool {
    let century = ["15", "16", "17", "18", "19", "20"].into_iter().any(|century| number.digits.starts_with(century));
    number.digits.len() == 4 && number.decimals == 0 && number.exponent == 0 && century
}

/// What stands between the ends of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Dash,
    Hyphen,
    Minus,
    Word,
}

/// The range sign or word behind the first number, and where the second number starts.
fn connector(scanner: &Scanner<'_>, first: &Measured, start: usize) -> Option<(Link, usize)> {
    let source = scanner.source;
    let after = first.end();
    let next = source.at(after).filter(|_| after < scanner.end)?;
    if next == '-' && source.has_word(after + 1, " to ") {
        // "8- to 16-meter".
        return Some((Link::Word, after + 5));
    }
    if is_dash(next) {
        let begin = source.skip_spaces(after + 1, scanner.end.min(after + 2));
        let spaced = begin > after + 1;
        return match next {
            '-' | '\u{2010}' | '\u{2011}' if !spaced => Some((Link::Hyphen, begin)),
            '\u{2212}' if !spaced => Some((Link::Minus, begin)),
            '\u{2212}' | '-' => None,
            _ => Some((Link::Dash, begin)),
        };
    }
    if !is_space(next) {
        return None;
    }
    let at = source.skip_spaces(after, scanner.end.min(after + 2));
    let mark = source.at(at)?;
    if is_dash(mark) && source.at(at + 1).is_some_and(is_space) && mark != '\u{2212}' {
        let link = if mark == '-' { Link::Hyphen } else { Link::Dash };
        return Some((link, source.skip_spaces(at + 1, scanner.end.min(at + 3))));
    }
    let between = || {
        let before = source.skip_spaces_back(start, scanner.floor);
        let word = source.letters_start(before, scanner.floor.max(before.saturating_sub(8)));
        source.window(word, before).eq_ignore_ascii_case("between")
    };
    for (word, allowed) in [("to ", true), ("through ", true), ("up to ", true), ("and ", between())] {
        if allowed && source.has_word(at, word) {
            return Some((Link::Word, source.skip_spaces(at + word.len(), scanner.end)));
        }
    }
    None
}

/// "1–5 × 10⁶", "10 to 20 billion": the power of ten of the second number holds for the first too, most likely.
fn shared(scanner: &Scanner<'_>, mut candidate: Candidate) -> Candidate {
    let (Shape::Range(low, high) | Shape::PlusMinus(low, high)) = &candidate.shape else { return candidate };
    let exponent = high.first().exponent;
    let mantissa = scanner.source.slice(low.range);
    // "250,000 to 16 million": a number of four digits or more that would end up far above the second is written in full.
    let hundred = crate::arithmetic::rational::whole(100);
    let full = low.first().digits.len() > 3 && low.scaled(exponent).first().point() > high.first().point() * hundred;
    if full {
        return candidate;
    }
    if low.first().exponent == 0 && exponent != 0 && !low.first().exact && !mantissa.starts_with("10^") {
        let edit =
            Edit { range: low.range, instead: format!("{mantissa}e{exponent}"), cause: VariationCause::ScaleWord };
        candidate.shared = Some((exponent, edit));
    }
    candidate
}
