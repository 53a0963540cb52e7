//! Rationals as text: reading them from decimals, writing them down, and the doubles around them.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::number::{Rational, power_of_ten, whole};

/// The longest string of digits that is read as a number; a longer one is not a printed quantity.
pub const MAX_DIGITS: usize = 200;
/// The largest power of ten, either way, that is read as a number.
pub const MAX_EXPONENT: i32 = 400;

/// Reads an ASCII decimal such as `-12.50`, `1e-3` or `.5`, or a fraction `p/q` of such whole numbers.
///
/// `None` for anything else, for more than [`MAX_DIGITS`] digits and for exponents beyond [`MAX_EXPONENT`].
pub fn parse(text: &str) -> Option<Rational> {
    if let Some((numerator, denominator)) = text.split_once('/') {
        let (numerator, denominator) = (parse_decimal(numerator)?, parse_decimal(denominator)?);
        return if denominator.is_zero() { None } else { Some(numerator / denominator) };
    }
    parse_decimal(text)
}

/// The most digits in a numerator or denominator that [`parse_exact`] reads: far more than a result here can have.
const MAX_EXACT_DIGITS: usize = 6000;

/// Reads back what [`to_text`] writes: a decimal without exponent or a fraction `p/q`, of up to 6,000 digits each.
pub fn parse_exact(text: &str) -> Option<Rational> {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let (negative, digits) = numerator.strip_prefix('-').map_or((false, numerator), |rest| (true, rest));
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |digits: &str| {
        !digits.is_empty() && digits.len() <= MAX_EXACT_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let all = format!("{integer}{fraction}");
    if !plain(&all) || !plain(denominator) {
        return None;
    }
    let (numerator, denominator): (BigInt, BigInt) = (all.parse().ok()?, denominator.parse().ok()?);
    if denominator.is_zero() {
        return None;
    }
    let places = BigInt::from(10).pow(u32::try_from(fraction.len()).ok()?);
    Some(Rational::new(if negative { -numerator } else { numerator }, denominator * places))
}

fn parse_decimal(text: &str) -> Option<Rational> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let length = integer.len() + fraction.len();
    let mut digits = integer.bytes().chain(fraction.bytes());
    let sane = length > 0 && length <= MAX_DIGITS && digits.all(|byte| byte.is_ascii_digit());
    if !sane || exponent.abs() > MAX_EXPONENT {
        return None;
    }
    let value = decimal(integer, fraction, exponent);
    Some(if negative { -value } else { value })
}

/// The most digits of a number that surely fits a word.
const WORD_DIGITS: usize = 18;

/// The number with the ASCII digits `integer` before and `fraction` behind the decimal mark, times ten to the power `exponent`;
/// zero where something else than a number stands there.
pub fn decimal(integer: &str, fraction: &str, exponent: i32) -> Rational {
    let digits = integer.bytes().chain(fraction.bytes());
    let short = integer.len() + fraction.len() <= WORD_DIGITS && digits.clone().all(|byte: u8| byte.is_ascii_digit());
    let value = if short {
        whole(digits.fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    } else {
        Rational::from_integer(format!("{integer}{fraction}").parse().unwrap_or_default())
    };
    let places = i32::try_from(fraction.len()).unwrap_or(i32::MAX);
    value * power_of_ten(exponent.saturating_sub(places))
}

/// Writes a rational so that [`parse`] gives it back: as a decimal where it has a finite one of at most 60 places,
/// else as `p/q`.
pub fn to_text(value: &Rational) -> String {
    finite_decimal(value).unwrap_or_else(|| format!("{}/{}", value.numer(), value.denom()))
}

/// The most places of a decimal that is written as one.
const MOST_PLACES: usize = 60;

fn finite_decimal(value: &Rational) -> Option<String> {
    let (digits, places) = match value.words() {
        Some((numerator, denominator)) => scaled_words(numerator, denominator)?,
        None => scaled_long(value)?,
    };
    let sign = if value.is_negative() { "-" } else { "" };
    if places == 0 {
        return Some(format!("{sign}{digits}"));
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (integer, fraction) = padded.split_at(padded.len() - places);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { Some(format!("{sign}{integer}")) } else { Some(format!("{sign}{integer}.{fraction}")) }
}

/// The digits of a decimal and how many of them stand behind the mark, from a fraction in words. A denominator of twos and
/// fives has as many places as the more frequent of the two.
fn scaled_words(numerator: i64, denominator: i64) -> Option<(String, usize)> {
    let twos = denominator.trailing_zeros();
    let mut rest = denominator >> twos;
    let mut fives = 0;
    while rest % 5 == 0 {
        rest /= 5;
        fives += 1;
    }
    let places = twos.max(fives);
    if rest != 1 || places as usize > MOST_PLACES {
        return None;
    }
    let missing: BigInt = BigInt::from(2).pow(places - twos) * BigInt::from(5).pow(places - fives);
    let size = numerator.unsigned_abs();
    let digits = match missing.to_u64().and_then(|missing| size.checked_mul(missing)) {
        Some(scaled) => scaled.to_string(),
        None => (missing * size).to_string(),
    };
    Some((digits, places as usize))
}

/// The same from any fraction.
fn scaled_long(value: &Rational) -> Option<(String, usize)> {
    let denominator = value.denom();
    let twos = denominator.trailing_zeros().unwrap_or(0);
    // A denominator with so many twos has more places than are written.
    let twos = u32::try_from(twos).ok().filter(|twos| *twos as usize <= MOST_PLACES)?;
    let (mut rest, five) = (denominator >> twos, BigInt::from(5));
    let mut fives = 0;
    while !rest.is_one() {
        let (quotient, left) = rest.div_rem(&five);
        if !left.is_zero() || fives as usize == MOST_PLACES {
            return None;
        }
        rest = quotient;
        fives += 1;
    }
    let places = twos.max(fives);
    let scaled = value.numer().abs() * BigInt::from(2).pow(places - twos) * BigInt::from(5).pow(places - fives);
    Some((scaled.to_string(), places as usize))
}

/// Writes a rational for people: exact where it has at most `digits` significant digits, else rounded to that many and
/// led by nothing; very large and very small values take the form `1.5e-7`.
pub fn to_short_text(value: &Rational, digits: usize) -> String {
    if value.is_zero() {
        return "0".to_owned();
    }
    let digits = digits.max(1);
    let magnitude = decimal_magnitude(&value.abs());
    let places = i32::try_from(digits).unwrap_or(i32::MAX).saturating_sub(1).saturating_sub(magnitude);
    let rounded = (value * power_of_ten(places)).round() * power_of_ten(-places);
    let magnitude = decimal_magnitude(&rounded.abs());
    if (-5..15).contains(&magnitude) {
        return to_text(&rounded);
    }
    format!("{}e{magnitude}", to_text(&(rounded * power_of_ten(-magnitude))))
}

/// The exponent of the leading decimal digit of a positive rational: 0 for 1 to 9.99, −1 for 0.1.
pub fn decimal_magnitude(value: &Rational) -> i32 {
    let guess = match value.words() {
        Some((numerator, denominator)) => word_width(numerator) - word_width(denominator),
        None => long_width(&value.numer()) - long_width(&value.denom()),
    };
    if *value >= power_of_ten(guess) { guess } else { guess - 1 }
}

/// How many decimal digits a number has: one for zero.
fn word_width(n: i64) -> i32 {
    n.unsigned_abs().checked_ilog10().and_then(|width| i32::try_from(width).ok()).unwrap_or(0) + 1
}

fn long_width(n: &BigInt) -> i32 {
    i32::try_from(n.to_string().trim_start_matches('-').len()).unwrap_or(i32::MAX)
}

/// The largest double that is not above the value, and the smallest that is not below it.
pub fn to_f64_outward(value: &Rational) -> (f64, f64) {
    let near = value.to_f64().unwrap_or(f64::NAN);
    if !near.is_finite() {
        return if value.is_negative() { (f64::NEG_INFINITY, f64::MIN) } else { (f64::MAX, f64::INFINITY) };
    }
    match Rational::from_float(near) {
        Some(exact) if exact == *value => (near, near),
        Some(exact) if exact < *value => (near, near.next_up()),
        Some(_) => (near.next_down(), near),
        None => (f64::NEG_INFINITY, f64::INFINITY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;

    #[test]
    fn decimals_are_read_and_written_exactly() {
        for (text, back) in [
            ("12.50", "12.5"),
            ("-0.05", "-0.05"),
            ("1e-3", "0.001"),
            (".5", "0.5"),
            ("1/3", "1/3"),
            ("42000", "42000"),
        ] {
            assert_eq!(to_text(&parse(text).expect(text)), back);
        }
        for text in ["", "-", "1.2.3", "1,5", "e5", "1e999", "1/0", "٣"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn short_text_rounds_to_significant_digits() {
        assert_eq!(to_short_text(&ratio(1, 3), 4), "0.3333");
        assert_eq!(to_short_text(&whole(420_000), 6), "420000");
        assert_eq!(to_short_text(&ratio(1, 7_000_000_000), 3), "1.43e-10");
        assert_eq!(to_short_text(&ratio(99_999, 100), 3), "1000");
    }

    #[test]
    fn doubles_enclose_the_rational() {
        let (low, high) = to_f64_outward(&ratio(1, 10));
        assert!(Rational::from_float(low).expect("finite") <= ratio(1, 10));
        assert!(Rational::from_float(high).expect("finite") >= ratio(1, 10));
        assert!(low < high);
    }
}
