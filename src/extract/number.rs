//! Printed numbers in digits: digit groups, decimal marks, signs, every reading that the characters leave open.
//!
//! Only the number is read here; powers of ten are in `power`, words in `words`, units and ranges in their own files.

use crate::arithmetic::Printed;
use crate::document::{TextRange, VariationCause};

use super::mentions::DecimalMark;
use super::power;
use super::source::{Source, digit, is_minus};

/// How many digits a number may have; longer runs are identifiers.
const MAX_DIGITS: usize = 60;

/// Another text for some characters, which a reading takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The characters in question.
    pub range: TextRange,
    /// What they say instead.
    pub instead: String,
    /// Why.
    pub cause: VariationCause,
}

/// One reading of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberReading {
    /// The number.
    pub printed: Printed,
    /// The edits under which it reads so; none for the characters as they stand.
    pub edits: Vec<Edit>,
}

/// A number with its readings, the likely one first; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its characters, sign and power of ten included.
    pub range: TextRange,
    /// The readings.
    pub readings: Vec<NumberReading>,
    /// Whether it is written in words.
    pub words: bool,
}

impl Number {
    /// The likely reading.
    pub(super) fn first(&self) -> &Printed {
        &self.readings[0].printed
    }

    /// The same readings with another power of ten on top.
    pub(super) fn scaled(&self, exponent: i32) -> Self {
        let mut scaled = self.clone();
        for reading in &mut scaled.readings {
            reading.printed.exponent = reading.printed.exponent.saturating_add(exponent);
        }
        scaled
    }
}

/// What a document's other numbers tell about how its numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Habits {
    /// The decimal mark.
    pub decimal: DecimalMark,
    /// Whether commas group digits somewhere in the document, so that a plain space hardly does.
    pub commas_group: bool,
}

/// A separator and the digits behind it.
struct Part {
    mark: char,
    digits: String,
    end: usize,
}

/// Reads the number at `start`, before `end`: an optional sign, digits with their marks, a power of ten.
///
/// Whether a number may start there at all is the caller's question. `None` where there is none, or where the
/// characters are no number of one value ("1.2.3").
pub(super) fn read(source: &Source<'_>, start: usize, end: usize, habits: Habits) -> Option<Number> {
    let first = source.at(start)?;
    let signed = is_minus(first) || first == '+';
    let begin = start + usize::from(signed);
    let negative = signed && first != '+';
    let mut number = mantissa(source, begin, end, habits)?;
    for reading in &mut number.readings {
        reading.printed.negative = negative;
    }
    number.range.start = start;
    fraction(source, &mut number);
    power::attach(source, &mut number, end);
    let text = source.slice(number.range);
    for reading in &mut number.readings {
        text.clone_into(&mut reading.printed.text);
    }
    Some(number)
}

/// The digit runs at `begin` with the marks between them; at most a dozen.
fn parts(source: &Source<'_>, begin: usize, end: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut at, mut mark) = (begin, '\0');
    if matches!(source.at(at), Some('.' | '·')) {
        parts.push(Part { mark, digits: String::new(), end: at });
        mark = '.';
        at += 1;
    }
    while parts.len() < 12 {
        let run: String = (at..end.min(at + MAX_DIGITS)).map_while(|i| source.at(i).and_then(digit)).collect();
        if run.is_empty() {
            break;
        }
        at += run.chars().count();
        parts.push(Part { mark, digits: run, end: at });
        mark = match source.at(at).filter(|_| at < end) {
            Some(',' | '\u{66c}') => ',',
            Some('·') if power::exponent(source, at + 1, end).is_some() => break,
            Some('.' | '\u{66b}' | '·') => '.',
            Some('\'' | '’') => '\'',
            Some('\u{2009}' | '\u{202f}' | '\u{a0}' | '\u{2007}' | '\u{2006}' | '\u{2008}') => '\u{2009}',
            Some(' ') => ' ',
            _ => break,
        };
        at += 1;
    }
    parts
}

/// Digits, groups and decimals, without sign or power.
fn mantissa(source: &Source<'_>, begin: usize, end: usize, habits: Habits) -> Option<Number> {
    let parts = parts(source, begin, end);
    let head = parts.first()?;
    if head.digits.len() >= MAX_DIGITS || (head.digits.is_empty() && parts.len() < 2) {
        return None;
    }
    let groups = grouped(&parts);
    let decimal = |from: usize| decimal_part(&parts, from);
    let number = |used: usize, digits: String, decimals: usize, edit: Option<Edit>| NumberReading {
        printed: Printed {
            text: source.window(begin, parts[used].end).to_owned(),
            negative: false,
            digits,
            decimals: u32::try_from(decimals).unwrap_or(u32::MAX),
            exponent: 0,
            exact: false,
        },
        edits: edit.into_iter().collect(),
    };
    let joined = |last: usize| parts[..=last].iter().map(|part| part.digits.as_str()).collect::<String>();
    if joined(parts.len() - 1).len() > MAX_DIGITS * 2 {
        return None;
    }
    let range = |last: usize| TextRange::new(begin, parts[last].end);
    let edit = |last: usize, instead: String, cause| Edit { range: range(last), instead, cause };

    if let Some(last) = groups {
        let mark = parts[1].mark;
        if let Some(tail) = decimal(last + 1).filter(|_| parts[last + 1].mark != mark) {
            return Some(Number {
                range: range(tail),
                readings: vec![number(tail, joined(tail), parts[tail].digits.len(), None)],
                words: false,
            });
        }
        let as_group = number(last, joined(last), 0, None);
        let as_decimal = || {
            let text = format!("{}.{}", parts[0].digits, parts[1].digits);
            let mut reading = number(last, joined(last), parts[1].digits.len(), None);
            reading.edits = vec![edit(last, text, VariationCause::DecimalMark)];
            reading
        };
        let group_edit = |mut reading: NumberReading| {
            reading.edits = vec![edit(last, joined(last), VariationCause::DecimalMark)];
            reading
        };
        let plain_decimal = |mut reading: NumberReading| {
            reading.edits.clear();
            reading
        };
        let readings = match (mark, last, habits.decimal) {
            ('.', 1, DecimalMark::Point) => vec![plain_decimal(as_decimal())],
            ('.', 1, DecimalMark::Comma) | (',', 1, DecimalMark::Undecided) => vec![as_group, as_decimal()],
            ('.', 1, DecimalMark::Undecided) | (',', 1, DecimalMark::Comma) => {
                vec![plain_decimal(as_decimal()), group_edit(as_group)]
            }
            ('.', _, DecimalMark::Point) => return None,
            (' ', ..) => {
                let tail = &parts[last].digits;
                let mut apart = number(last, tail.clone(), 0, None);
                let text = source.window(begin, parts[last].end).replace(' ', "  ");
                apart.edits = vec![edit(last, text, VariationCause::GroupingSpace)];
                match (tail.starts_with('0'), habits.commas_group) {
                    (true, _) => vec![as_group],
                    (false, false) => vec![as_group, apart],
                    (false, true) => vec![apart, as_group],
                }
            }
            _ => vec![as_group],
        };
        return Some(Number { range: range(last), readings, words: false });
    }
    if let Some(tail) = decimal(1) {
        let comma = parts[1].mark == ',';
        let leading_zero = head.digits == "0" && parts[tail].digits.len() > 1;
        if comma && habits.decimal == DecimalMark::Point && !leading_zero {
            return Some(Number { range: range(0), readings: vec![number(0, joined(0), 0, None)], words: false });
        }
        if parts.get(tail + 1).is_some_and(|next| next.mark == '.' && parts[1].mark == '.') {
            return None;
        }
        return Some(Number {
            range: range(tail),
            readings: vec![number(tail, joined(tail), parts[tail].digits.len(), None)],
            words: false,
        });
    }
    Some(Number { range: range(0), readings: vec![number(0, joined(0), 0, None)], words: false })
}

/// The index of the last part of a run of digit groups, where the parts are one: groups of three behind one to three
/// digits with one mark throughout, or the Indian form with twos in between.
fn grouped(parts: &[Part]) -> Option<usize> {
    let head = &parts.first()?.digits;
    let mark = parts.get(1)?.mark;
    if head.is_empty() || head.len() > 3 || head.starts_with('0') {
        return None;
    }
    let run = parts[1..].iter().take_while(|part| part.mark == mark && part.digits.len() == 3).count();
    let spaced_on = parts.get(run + 1).is_some_and(|next| next.mark == mark && mark != '.' && mark != ' ');
    if run > 0 && !(spaced_on && mark == ',' && parts[run + 1].digits.len() != 3) {
        return Some(run);
    }
    let twos = parts[1..].iter().take_while(|part| part.mark == mark && part.digits.len() == 2).count();
    let closed = parts.get(twos + 1).is_some_and(|last| last.mark == mark && last.digits.len() == 3);
    (mark == ',' && twos > 0 && closed && head.len() <= 2).then_some(twos + 1)
}

/// Whether the part at `from` is a decimal part: one behind a point or a comma.
fn decimal_part(parts: &[Part], from: usize) -> Option<usize> {
    parts.get(from).filter(|part| matches!(part.mark, '.' | ',')).map(|_| from)
}

/// Takes in a vulgar fraction behind the digits ("2½").
fn fraction(source: &Source<'_>, number: &mut Number) {
    let Some(tail) = source.at(number.range.end).and_then(vulgar) else { return };
    if number.first().decimals > 0 {
        return;
    }
    number.range.end += 1;
    for reading in &mut number.readings {
        reading.printed.digits.push_str(tail);
        reading.printed.decimals = u32::try_from(tail.len()).unwrap_or(0);
        reading.printed.exact = true;
    }
}

/// The decimals of the vulgar fractions that have finite ones.
const fn vulgar(character: char) -> Option<&'static str> {
    Some(match character {
        '½' => "5",
        '¼' => "25",
        '¾' => "75",
        '⅛' => "125",
        '⅜' => "375",
        '⅝' => "625",
        '⅞' => "875",
        _ => return None,
    })
}

/// Reads a vulgar fraction that stands alone ("½ h").
pub(super) fn lone_fraction(source: &Source<'_>, at: usize) -> Option<Number> {
    let digits = source.at(at).and_then(vulgar)?;
    let range = TextRange::new(at, at + 1);
    let printed = Printed {
        text: source.slice(range).to_owned(),
        negative: false,
        digits: digits.to_owned(),
        decimals: u32::try_from(digits.len()).unwrap_or(0),
        exponent: 0,
        exact: true,
    };
    Some(Number { range, readings: vec![NumberReading { printed, edits: Vec::new() }], words: false })
}
