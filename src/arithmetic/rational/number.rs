//! [`Rational`]: an exact number, in two machine words where it fits.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::float::FloatCore as _;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(pub(super) Form);

/// How a rational is kept. Each number has one form only: reduced, with a positive denominator, and in words wherever both
/// parts fit, so that equal numbers are equal in form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// A numerator and a denominator of 63 bits: the least word is left out, so that every number has its negative.
    Words(i64, i64),
    /// Everything longer.
    Long(Box<BigRational>),
}

/// The powers of ten that fit a word.
const POWERS_OF_TEN: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// The whole number `n`.
pub fn whole(n: i64) -> Rational {
    Rational::of_reduced(i128::from(n), 1)
}

/// The fraction `numerator / denominator`.
///
/// # Panics
/// When the denominator is zero.
pub fn ratio(numerator: i64, denominator: i64) -> Rational {
    whole(numerator) / whole(denominator)
}

/// Ten to the power `exponent`, exactly; the exponent is cut to ±4,000, far beyond what is read.
pub fn power_of_ten(exponent: i32) -> Rational {
    let exponent = exponent.clamp(-4000, 4000);
    let size = exponent.unsigned_abs();
    if let Some(power) = POWERS_OF_TEN.get(size as usize) {
        return Rational(if exponent < 0 { Form::Words(1, *power) } else { Form::Words(*power, 1) });
    }
    let power = BigInt::from(10).pow(size);
    Rational::of_long(if exponent < 0 {
        BigRational::new_raw(BigInt::one(), power)
    } else {
        BigRational::from_integer(power)
    })
}

/// The number as a word, unless it is longer than 63 bits.
fn word(n: i128) -> Option<i64> {
    i64::try_from(n).ok().filter(|word| *word != i64::MIN)
}

impl Rational {
    /// The fraction `numerator / denominator`.
    ///
    /// # Panics
    /// When the denominator is zero.
    pub fn new(numerator: BigInt, denominator: BigInt) -> Self {
        Self::of_long(BigRational::new(numerator, denominator))
    }

    /// The whole number.
    pub fn from_integer(number: BigInt) -> Self {
        Self::of_long(BigRational::from_integer(number))
    }

    /// The number that a double is; `None` for infinities and what is no number.
    pub fn from_float(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        let (mantissa, exponent, sign) = number.integer_decode();
        let zeros = mantissa.trailing_zeros().min(52);
        let (odd, exponent) = (mantissa >> zeros, i64::from(exponent) + i64::from(zeros));
        // An odd number over a power of two is reduced.
        let words = match u32::try_from(exponent.unsigned_abs()) {
            Ok(0) => Some((odd, 1)),
            Ok(places @ 1..=62) if exponent < 0 => Some((odd, 1_u64 << places)),
            Ok(places) if exponent > 0 && places < odd.leading_zeros() => Some((odd << places, 1)),
            _ => None,
        };
        let words = words.filter(|_| mantissa != 0).map(|(odd, power)| (i128::from(odd), i128::from(power)));
        match words {
            Some((numerator, denominator)) => Some(Self::of_reduced(numerator * i128::from(sign), denominator)),
            None => BigRational::from_float(number).map(Self::of_long),
        }
    }

    /// The quotient of two numbers that share no factor, the second of them positive.
    pub(super) fn of_reduced(numerator: i128, denominator: i128) -> Self {
        if let (Some(numerator), Some(denominator)) = (word(numerator), word(denominator)) {
            return Self(Form::Words(numerator, denominator));
        }
        let long = BigRational::new_raw(BigInt::from(numerator), BigInt::from(denominator));
        Self(Form::Long(Box::new(long)))
    }

    /// A reduced quotient of long numbers, in words where it fits.
    pub(super) fn of_long(long: BigRational) -> Self {
        let least = |word: &i64| *word != i64::MIN;
        match (long.numer().to_i64().filter(least), long.denom().to_i64().filter(least)) {
            (Some(numerator), Some(denominator)) => Self(Form::Words(numerator, denominator)),
            _ => Self(Form::Long(Box::new(long))),
        }
    }

    /// The same number as a quotient of long numbers.
    pub(super) fn to_long(&self) -> BigRational {
        match &self.0 {
            Form::Words(numerator, denominator) => {
                BigRational::new_raw(BigInt::from(*numerator), BigInt::from(*denominator))
            }
            Form::Long(long) => BigRational::clone(long),
        }
    }

    /// The numerator of the reduced fraction, which carries the sign.
    pub fn numer(&self) -> BigInt {
        match &self.0 {
            Form::Words(numerator, _) => BigInt::from(*numerator),
            Form::Long(long) => long.numer().clone(),
        }
    }

    /// The denominator of the reduced fraction, which is positive.
    pub fn denom(&self) -> BigInt {
        match &self.0 {
            Form::Words(_, denominator) => BigInt::from(*denominator),
            Form::Long(long) => long.denom().clone(),
        }
    }

    /// Numerator and denominator of the reduced fraction, where both fit a word.
    pub const fn words(&self) -> Option<(i64, i64)> {
        match self.0 {
            Form::Words(numerator, denominator) => Some((numerator, denominator)),
            Form::Long(_) => None,
        }
    }

    /// How many bits the longer one of numerator and denominator has.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Form::Words(numerator, denominator) => {
                u64::from(64 - (numerator.unsigned_abs() | denominator.unsigned_abs()).leading_zeros())
            }
            Form::Long(long) => long.numer().bits().max(long.denom().bits()),
        }
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Words(_, denominator) => *denominator == 1,
            Form::Long(long) => long.is_integer(),
        }
    }

    /// The whole number next to it towards zero.
    pub fn to_integer(&self) -> BigInt {
        match &self.0 {
            Form::Words(numerator, denominator) => BigInt::from(numerator / denominator),
            Form::Long(long) => long.to_integer(),
        }
    }

    /// A whole power of it.
    ///
    /// # Panics
    /// For zero to a negative power.
    #[must_use]
    pub fn pow(&self, exponent: i32) -> Self {
        let power = num_traits::pow(self.clone(), exponent.unsigned_abs() as usize);
        if exponent < 0 { power.recip() } else { power }
    }

    /// One divided by it.
    ///
    /// # Panics
    /// For zero.
    #[must_use]
    pub fn recip(&self) -> Self {
        match &self.0 {
            Form::Words(numerator, denominator) => {
                assert!(*numerator != 0, "division by zero");
                Self(Form::Words(denominator * numerator.signum(), numerator.abs()))
            }
            Form::Long(long) => Self::of_long(long.recip()),
        }
    }
}

impl Ord for Rational {
    /// Compares by products: a common factor that both sides keep does no harm, so none is looked for.
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Form::Words(a, b), Form::Words(c, d)) = (&self.0, &other.0) {
            return if b == d {
                a.cmp(c)
            } else {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            };
        }
        let (own, theirs) = (self.signum_word(), other.signum_word());
        own.cmp(&theirs).then_with(|| {
            let (left, right) = (self.to_long(), other.to_long());
            (left.numer() * right.denom()).cmp(&(right.numer() * left.denom()))
        })
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Rational {
    /// −1, 0 or 1 by the sign.
    pub(super) fn signum_word(&self) -> i64 {
        match &self.0 {
            Form::Words(numerator, _) => numerator.signum(),
            Form::Long(long) if long.numer().is_negative() => -1,
            Form::Long(_) => 1,
        }
    }
}

/// The greatest number that divides both of a number and a positive word.
pub(super) fn common_factor(number: i128, word: i64) -> i64 {
    // A divisor of the word divides the number where it divides what the word leaves of it, which is a word again.
    let rest = match i64::try_from(number) {
        Ok(short) if short != i64::MIN => short,
        _ => i64::try_from(number % i128::from(word)).unwrap_or(0),
    };
    if rest.is_zero() { word } else { rest.gcd(&word) }
}
