//! Powers of ten behind a number, in every form that papers and damaged text print them.

use crate::document::{TextRange, VariationCause};

use super::number::{Edit, Number};
use super::source::{Source, digit, is_minus, is_space, superscript};

/// The largest exponent that is read; beyond it nothing is a measurement.
const MAX_EXPONENT: i32 = 400;

/// An exponent read behind "10".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exponent {
    /// Its value.
    pub value: i32,
    /// One past its last character.
    pub end: usize,
    /// Whether it stood raised or behind a caret; else it may have lost its superscript.
    pub marked: bool,
    /// Whether a minus sign stood before it.
    pub signed: bool,
}

/// Whether a character can be the multiplication sign before a power of ten.
pub(super) const fn is_times(character: char) -> bool {
    matches!(character, '×' | 'x' | 'X' | '·' | '⋅' | '∙' | '•' | '*' | '✕' | '⨯' | '✖' | '\u{f0b4}')
}

/// The exponent of the "10" at `base`, where it has one: "10⁵", "10^5", "10**-5", "10{-5}", "10−5", "105", "10 5".
pub(super) fn exponent(source: &Source<'_>, base: usize, end: usize) -> Option<Exponent> {
    if source.at(base) != Some('1') || source.at(base + 1) != Some('0') {
        return None;
    }
    let at = base + 2;
    raised(source, at, end).or_else(|| careted(source, at, end)).or_else(|| plain(source, at, end))
}

fn value_of(text: &str) -> Option<i32> {
    let text = text.trim_start_matches('+');
    if text.len() > 5 {
        return None;
    }
    text.parse().ok().filter(|value: &i32| value.abs() <= MAX_EXPONENT)
}

/// "10⁻⁵".
fn raised(source: &Source<'_>, from: usize, end: usize) -> Option<Exponent> {
    // A raised sign is often printed as a plain minus before raised digits.
    let sign = source.at(from).filter(|c| is_minus(*c) && source.at(from + 1).and_then(superscript).is_some());
    let begin = from + usize::from(sign.is_some());
    let digits: String = (begin..end).map_while(|i| source.at(i).and_then(superscript)).take(6).collect();
    let stop = begin + digits.chars().count();
    let text = if sign.is_some() { format!("-{digits}") } else { digits };
    let value = value_of(&text)?;
    Some(Exponent { value, end: stop, marked: true, signed: value < 0 })
}

/// "10^5", "10^{-5}", "10**5".
fn careted(source: &Source<'_>, from: usize, end: usize) -> Option<Exponent> {
    let mut at = match (source.at(from)?, source.at(from + 1)) {
        ('*', Some('*')) => from + 2,
        ('^' | 'ˆ' | '∧', _) => from + 1,
        _ => return None,
    };
    let open = matches!(source.at(at), Some('{' | '('));
    at += usize::from(open);
    let (value, mut stop) = signed_digits(source, at, end)?;
    // "10^(5.2)" and "10^(2n)" are powers with other exponents than the digits that they begin with.
    if open && !matches!(source.at(stop), Some('}' | ')')) {
        return None;
    }
    stop += usize::from(open);
    Some(Exponent { value, end: stop, marked: true, signed: value < 0 })
}

/// "10-5", "10 −5", "105", "10 5": the exponent without its superscript.
fn plain(source: &Source<'_>, from: usize, end: usize) -> Option<Exponent> {
    let at = from + usize::from(source.at(from).is_some_and(is_space));
    let signed = source.at(at).is_some_and(is_minus);
    let (value, stop) = signed_digits(source, at, end)?;
    let width = stop - at - usize::from(signed);
    let first = source.at(at + usize::from(signed))?;
    let next = source.at(stop);
    let goes_on = next.is_some_and(|c| digit(c).is_some() || c == '_')
        || (matches!(next, Some('.' | ',')) && source.at(stop + 1).and_then(digit).is_some());
    let ends = !goes_on;
    (width <= 2 && first != '0' && ends).then_some(Exponent { value, end: stop, marked: false, signed })
}

fn signed_digits(source: &Source<'_>, from: usize, end: usize) -> Option<(i32, usize)> {
    let first = source.at(from)?;
    let minus = is_minus(first);
    let mut at = from + usize::from(minus || first == '+');
    let mut text = if minus { "-".to_owned() } else { String::new() };
    let begin = at;
    while at < end && at < begin + 4 {
        let Some(next) = source.at(at).and_then(digit) else { break };
        text.push(next);
        at += 1;
    }
    if at == begin {
        return None;
    }
    Some((value_of(&text)?, at))
}

/// Extends a number over the power of ten behind it, if there is one; where the superscript may be lost, both readings
/// are kept.
pub(super) fn attach(source: &Source<'_>, number: &mut Number, end: usize) {
    if letter_e(source, number, end) || behind_times(source, number, end) {
        return;
    }
    bare(source, number, end);
}

/// "1.2e-3", "5E6": a letter e needs a sign or decimals before it, else it is part of a name.
fn letter_e(source: &Source<'_>, number: &mut Number, end: usize) -> bool {
    let at = number.range.end;
    if !matches!(source.at(at), Some('e' | 'E')) {
        return false;
    }
    let Some((value, stop)) = signed_digits(source, at + 1, end) else { return false };
    let signed = source.at(at + 1).is_some_and(|c| is_minus(c) || c == '+');
    let closed = !source.at(stop).is_some_and(|c| c.is_alphanumeric() || c == '_');
    let long = source.at(at) == Some('e') && stop >= at + 3;
    if !closed || !(signed || long || number.first().decimals > 0) {
        return false;
    }
    *number = number.scaled(value);
    number.range.end = stop;
    true
}

/// "1.5 × 10⁵" and its damaged forms.
pub(super) fn behind_times(source: &Source<'_>, number: &mut Number, end: usize) -> bool {
    let at = source.skip_spaces(number.range.end, end.min(number.range.end + 2));
    if !source.at(at).is_some_and(is_times) {
        return false;
    }
    let base = source.skip_spaces(at + 1, end.min(at + 3));
    let Some(power) = exponent(source, base, end).filter(|power| power.end <= end) else { return false };
    if power.marked || power.signed {
        *number = number.scaled(power.value);
        number.range.end = power.end;
        return true;
    }
    flattened(source, number, base, power)
}

/// "1.5 × 1017": a power for a mantissa in the scientific form, else the product that it says.
fn flattened(source: &Source<'_>, number: &mut Number, base: usize, power: Exponent) -> bool {
    let mantissa = number.first();
    let normal = mantissa.digits.len() == usize::try_from(mantissa.decimals).unwrap_or(0) + 1;
    if !(normal && mantissa.exponent == 0 && !mantissa.digits.starts_with('0')) {
        return false;
    }
    let range = TextRange::new(base, power.end);
    let edit = Edit { range, instead: format!("10^{}", power.value), cause: VariationCause::FlattenedExponent };
    let glued = source.at(base + 2).is_some_and(|c| digit(c).is_some());
    let mut readings = Vec::new();
    for reading in &number.readings {
        let mut raised = reading.clone();
        raised.printed.exponent = power.value;
        raised.edits.push(edit.clone());
        readings.push(raised);
    }
    if glued {
        for reading in &number.readings {
            readings.extend(product(source, reading, range));
        }
    }
    number.readings = readings;
    number.range.end = power.end;
    true
}

/// The reading of "1.5 × 1017" as it stands: the product, with the mantissa's decimals.
fn product(
    source: &Source<'_>,
    reading: &super::number::NumberReading,
    factor: TextRange,
) -> Option<super::number::NumberReading> {
    let factor: u64 = source.slice(factor).parse().ok()?;
    let digits: u64 = reading.printed.digits.parse().ok()?;
    let mut product = reading.clone();
    product.printed.digits = digits.checked_mul(factor)?.to_string();
    Some(product)
}

/// "10⁻³", "10^6", "10−3" without a mantissa.
fn bare(source: &Source<'_>, number: &mut Number, end: usize) {
    let mantissa = number.first();
    if number.readings.len() != 1 || mantissa.digits != "10" || mantissa.decimals > 0 || mantissa.exponent != 0 {
        return;
    }
    let base = number.range.end - 2;
    let Some(power) = exponent(source, base, end).filter(|power| power.end <= end) else { return };
    // "10−3" is a power only where it can't be a range from 10 up, and the sign is a real minus or a superscript's.
    let glued_minus = matches!(source.at(base + 2), Some('\u{2212}' | '\u{2013}')) && power.value > -10;
    if !(power.marked || (power.signed && glued_minus)) {
        return;
    }
    let range = TextRange::new(base, power.end);
    for reading in &mut number.readings {
        "1".clone_into(&mut reading.printed.digits);
        reading.printed.exponent = power.value;
        if !power.marked {
            let instead = format!("10^{}", power.value);
            reading.edits.push(Edit { range, instead, cause: VariationCause::FlattenedExponent });
        }
    }
    number.range.end = power.end;
}
