//! Numbers inside units: `10^9/L`, `×10⁶`, `1e6 cells/mL`, `/100 mL`, `per 1,000 person-years`, `1.73 m²`.

use num_traits::Signed;

use crate::arithmetic::rational::{self, Rational};

use super::text::superscript;

/// A number inside a unit, with each value that it may have.
pub(super) struct Number {
    /// The values, the usual one first.
    pub values: Vec<Rational>,
    /// The position behind it.
    pub end: usize,
    /// Whether it is a power of ten, written as one or in words, which may lead a unit.
    pub power: bool,
}

/// Words that are powers of ten.
const WORDS: &[(&str, i32)] =
    &[("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12), ("hundreds", 2)];

/// Reads the number at `at`. Zero is no part of a unit.
pub(super) fn read(chars: &[char], at: usize) -> Option<Number> {
    any(chars, at).filter(|number| number.values.iter().all(Signed::is_positive))
}

/// Reads the number at `at`, zero included.
fn any(chars: &[char], at: usize) -> Option<Number> {
    let mut here = at;
    let times = matches!(chars.get(here), Some('×' | '*'))
        || (matches!(chars.get(here), Some('x' | 'X')) && chars.get(here + 1).is_some_and(|c| *c == ' ' || *c == '1'));
    if times {
        here += 1;
        here += usize::from(chars.get(here) == Some(&' '));
    }
    if !times && let Some(found) = word(chars, at) {
        return Some(found);
    }
    let (text, end) = digits(chars, here)?;
    if let Some(found) = scientific(chars, &text, end) {
        return Some(found);
    }
    if text == "10"
        && let Some((exponent, end)) = raised(chars, end)
    {
        return Some(Number { values: vec![rational::power_of_ten(exponent)], end, power: true });
    }
    let plain = rational::parse(&text)?;
    if !times {
        return Some(Number { values: vec![plain], end, power: false });
    }
    // Behind a multiplication sign "10" with one or two more digits has lost its superscript; both readings are kept.
    let lost: i32 = text.strip_prefix("10").filter(|rest| (1..=2).contains(&rest.len()))?.parse().ok()?;
    Some(Number { values: vec![rational::power_of_ten(lost), plain], end, power: true })
}

fn word(chars: &[char], at: usize) -> Option<Number> {
    let run: String = chars.iter().skip(at).take(12).take_while(|c| c.is_alphabetic()).collect();
    let lower = run.to_lowercase();
    let (_, exponent) = WORDS.iter().find(|(word, _)| *word == lower)?;
    let end = at + run.chars().count();
    Some(Number { values: vec![rational::power_of_ten(*exponent)], end, power: true })
}

/// Digits with a decimal point, and with commas or spaces between groups of three.
fn digits(chars: &[char], at: usize) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut here = at;
    let digit = |at: usize| chars.get(at).copied().filter(char::is_ascii_digit);
    while text.len() < 16 {
        if let Some(c) = digit(here) {
            text.push(c);
            here += 1;
            continue;
        }
        let group = (1..=3).all(|ahead| digit(here + ahead).is_some()) && digit(here + 4).is_none();
        let decimal = text.contains('.');
        match chars.get(here) {
            Some(',' | ' ') if group && !decimal && !text.is_empty() => here += 1,
            Some('.') if !decimal && !text.is_empty() && digit(here + 1).is_some() => {
                text.push('.');
                here += 1;
            }
            _ => break,
        }
    }
    if text.is_empty() || digit(here).is_some() { None } else { Some((text, here)) }
}

/// `1e6`, `10E9` (printed for 10⁹), `1×10⁶`.
fn scientific(chars: &[char], text: &str, at: usize) -> Option<Number> {
    if matches!(chars.get(at), Some('e' | 'E')) && (text == "1" || text == "10") {
        let (exponent, end) = signed(chars, at + 1)?;
        let literal = rational::parse(text)? * rational::power_of_ten(exponent);
        // "10E9" is printed for 10⁹ as well as meant for 10¹⁰.
        let values = if text == "1" { vec![literal] } else { vec![rational::power_of_ten(exponent), literal] };
        return Some(Number { values, end, power: true });
    }
    let mut here = at;
    here += usize::from(chars.get(here) == Some(&' '));
    if text != "1" || !matches!(chars.get(here), Some('×' | '·' | '*')) {
        return None;
    }
    here += 1;
    here += usize::from(chars.get(here) == Some(&' '));
    let ten = chars.get(here) == Some(&'1') && chars.get(here + 1) == Some(&'0');
    let (exponent, end) = if ten { raised(chars, here + 2)? } else { return None };
    Some(Number { values: vec![rational::power_of_ten(exponent)], end, power: true })
}

/// The exponent behind a ten: `^9`, `⁹`, `**9`, `*9`, `(9)`, `^{9}`.
fn raised(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let negative = chars.get(at) == Some(&'⁻');
    let mut here = at + usize::from(negative);
    let mut value = 0i32;
    let start = here;
    while let Some(digit) = chars.get(here).copied().and_then(superscript) {
        value = value.saturating_mul(10).saturating_add(i32::from(digit));
        here += 1;
    }
    if here > start {
        return if here - start <= 2 { Some((if negative { -value } else { value }, here)) } else { None };
    }
    match (chars.get(at)?, chars.get(at + 1)) {
        ('^', Some('{' | '(')) | ('(', _) => {
            let skip = if chars.get(at) == Some(&'(') { 1 } else { 2 };
            let (value, end) = signed(chars, at + skip)?;
            if matches!(chars.get(end), Some('}' | ')')) { Some((value, end + 1)) } else { None }
        }
        ('*', Some('*')) => signed(chars, at + 2),
        ('^' | '*', _) => signed(chars, at + 1),
        _ => None,
    }
}

fn signed(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let negative = chars.get(at) == Some(&'-');
    let mut here = at + usize::from(matches!(chars.get(at), Some('-' | '+')));
    let start = here;
    let mut value = 0i32;
    while let Some(digit) = chars.get(here).and_then(|c| c.to_digit(10)) {
        value = value.saturating_mul(10).saturating_add(i32::try_from(digit).unwrap_or(0));
        here += 1;
    }
    let sane = here > start && here - start <= 2;
    if sane { Some((if negative { -value } else { value }, here)) } else { None }
}
