//! Exponents in every print style: `²`, `⁻¹`, `^2`, `^{-1}`, `**2`, `2`, `-1`, `(−1)`, ` −1`, "squared".

use super::text::superscript;

/// How careful a reader has to be about what stands behind a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The whole string is a unit.
    Whole,
    /// The text runs on: "5 min after".
    Prose,
    /// The text is an expression: `5 kg * 3 m / 2 s`.
    Expression,
}

/// An exponent that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exponent {
    /// Its value; never zero.
    pub value: i8,
    /// The position behind it.
    pub end: usize,
}

/// The largest exponent that is read.
const LARGEST: i8 = 12;

/// Reads the exponent at `at`, behind the symbol `symbol`.
pub(super) fn read(chars: &[char], raw: &[char], at: usize, symbol: &[char], mode: Mode) -> Option<Exponent> {
    raised(chars, at)
        .filter(|_| mode != Mode::Prose || !is_mark(chars, at))
        .or_else(|| caret(chars, at))
        .or_else(|| bracketed(chars, at))
        .or_else(|| flat(chars, at, symbol, mode))
        .or_else(|| apart(chars, raw, at, symbol, mode))
        .or_else(|| word(chars, at))
}

fn checked(value: i8, end: usize) -> Option<Exponent> {
    if value != 0 && value.abs() <= LARGEST { Some(Exponent { value, end }) } else { None }
}

/// `²`, `⁻¹`, `⁻1`, `-¹`.
fn raised(chars: &[char], at: usize) -> Option<Exponent> {
    let mut here = at;
    let negative = match chars.get(here)? {
        '⁻' | '¯' => true,
        '-' if superscript(*chars.get(here + 1)?).is_some() => true,
        '⁺' => false,
        c if superscript(*c).is_some() => {
            return digits(chars, here, superscript).and_then(|(value, end)| checked(value, end));
        }
        _ => return None,
    };
    here += 1;
    let plain = |c: char| c.to_digit(10).and_then(|digit| i8::try_from(digit).ok());
    let (value, end) = digits(chars, here, superscript).or_else(|| digits(chars, here, plain))?;
    checked(if negative { -value } else { value }, end)
}

/// Whether the raised number at `at` is the mark of a note: the exponent 1 is printed only where another term with a raised
/// exponent follows ("m¹ s⁻¹"), and no exponent goes on as a list ("5 mg²,³").
pub(super) fn is_mark(chars: &[char], at: usize) -> bool {
    let raised = |at: usize| chars.get(at).copied().and_then(superscript).is_some();
    let Some((value, end)) = digits(chars, at, superscript) else { return false };
    (value == 1 && !goes_on(chars, end)) || (matches!(chars.get(end), Some(',' | '⁻' | '-')) && raised(end + 1))
}

/// Whether a term with a raised exponent follows at `at`, behind one space or dot at most.
fn goes_on(chars: &[char], at: usize) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    let rest = rest.strip_prefix(&[' ']).or_else(|| rest.strip_prefix(&['·'])).unwrap_or(rest);
    let letters = rest.iter().take_while(|character| character.is_alphabetic()).count();
    letters > 0 && rest.get(letters).is_some_and(|next| *next == '⁻' || superscript(*next).is_some())
}

/// `^2`, `^-1`, `^{-1}`, `^(−1)`, `**2`, `^⁻¹`.
fn caret(chars: &[char], at: usize) -> Option<Exponent> {
    let mut here = match (chars.get(at)?, chars.get(at + 1)) {
        ('^', _) => at + 1,
        ('*', Some('*')) => at + 2,
        _ => return None,
    };
    if let Some(found) = raised(chars, here) {
        return Some(found);
    }
    let close = match chars.get(here) {
        Some('{') => Some('}'),
        Some('(') => Some(')'),
        _ => None,
    };
    here += usize::from(close.is_some());
    let negative = chars.get(here) == Some(&'-');
    here += usize::from(matches!(chars.get(here), Some('-' | '+')));
    let (value, end) = digits(chars, here, plain_digit)?;
    let end = match close {
        Some(close) if chars.get(end) == Some(&close) => end + 1,
        Some(_) => return None,
        None => end,
    };
    // A fractional power, `Hz^0.5` or `m^1/2`, is no power of ours.
    let fraction = matches!(chars.get(end), Some('.' | '/')) && chars.get(end + 1).is_some_and(char::is_ascii_digit);
    if fraction { None } else { checked(if negative { -value } else { value }, end) }
}

/// `m(2)`, `cm(-1)`: a superscript of a plain abstract.
fn bracketed(chars: &[char], at: usize) -> Option<Exponent> {
    if chars.get(at) != Some(&'(') {
        return None;
    }
    let negative = chars.get(at + 1) == Some(&'-');
    let here = at + 1 + usize::from(negative);
    let value = plain_digit(*chars.get(here)?)?;
    if chars.get(here + 1) != Some(&')') {
        return None;
    }
    checked(if negative { -value } else { value }, here + 2)
}

/// `m2`, `s-1`: one digit glued to the symbol.
fn flat(chars: &[char], at: usize, symbol: &[char], mode: Mode) -> Option<Exponent> {
    let negative = chars.get(at) == Some(&'-');
    let here = at + usize::from(negative);
    let value = plain_digit(*chars.get(here)?)?;
    let largest = if mode == Mode::Whole { 9 } else { 4 };
    let smallest = if negative { 1 } else { 2 };
    if !(smallest..=largest).contains(&value) || !closed(chars, here + 1, mode) {
        return None;
    }
    if negative && repeats(chars, here + 1, symbol) {
        return None;
    }
    checked(if negative { -value } else { value }, here + 1)
}

/// `s −1`, `m ²`, `s ⁻¹`: a superscript that the page's text sets apart.
fn apart(chars: &[char], raw: &[char], at: usize, symbol: &[char], mode: Mode) -> Option<Exponent> {
    if chars.get(at) != Some(&' ') {
        return None;
    }
    if let Some(found) = raised(chars, at + 1) {
        return Some(found);
    }
    if chars.get(at + 1) != Some(&'-') || (mode != Mode::Whole && raw.get(at + 1) == Some(&'-')) {
        return None;
    }
    let value = plain_digit(*chars.get(at + 2)?)?;
    let end = at + 3;
    if !(1..=4).contains(&value) || !closed(chars, end, mode) || repeats(chars, end, symbol) {
        return None;
    }
    checked(-value, end)
}

/// "metres squared", "seconds cubed".
fn word(chars: &[char], at: usize) -> Option<Exponent> {
    for (text, value) in [(" squared", 2), (" cubed", 3)] {
        let wanted: Vec<char> = text.chars().collect();
        let end = at + wanted.len();
        let goes_on = chars.get(end).is_some_and(|c| c.is_alphanumeric());
        if chars.get(at..end) == Some(wanted.as_slice()) && !goes_on {
            return checked(value, end);
        }
    }
    None
}

/// Whether no number goes on at `at`, so that the digit before it was a whole exponent.
fn closed(chars: &[char], at: usize, mode: Mode) -> bool {
    match chars.get(at) {
        Some(c) if c.is_ascii_digit() => false,
        Some('.' | ',') => !chars.get(at + 1).is_some_and(char::is_ascii_digit),
        Some('%') => false,
        Some(c) if c.is_alphabetic() => {
            mode == Mode::Whole
                || chars.get(at + 1).is_none_or(|next| !next.is_alphabetic())
                || chars.iter().skip(at).take(6).any(|c| matches!(c, '-' | '⁻'))
        }
        _ => true,
    }
}

/// Whether the same symbol comes again, as in the range "1 h–2 h".
fn repeats(chars: &[char], at: usize, symbol: &[char]) -> bool {
    let start = at + usize::from(chars.get(at) == Some(&' '));
    let end = start + symbol.len();
    start > at
        && chars.get(start..end) == Some(symbol)
        && !chars.get(end).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '⁻' | '^'))
}

fn plain_digit(c: char) -> Option<i8> {
    c.to_digit(10).and_then(|digit| i8::try_from(digit).ok())
}

/// One or two digits, and the position behind them; `None` for none, and for three or more.
fn digits(chars: &[char], at: usize, digit: impl Fn(char) -> Option<i8>) -> Option<(i8, usize)> {
    let mut value = 0i8;
    let mut here = at;
    while let Some(next) = chars.get(here).copied().and_then(&digit) {
        if here - at == 2 {
            return None;
        }
        value = value * 10 + next;
        here += 1;
    }
    if here == at { None } else { Some((value, here)) }
}
