//! Whole numbers next to a rational, and the double next to it.

use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::number::{Form, Rational};

/// The largest whole number up to which every whole number is a double.
const DOUBLE_WHOLE: u64 = 1 << f64::MANTISSA_DIGITS;

impl Rational {
    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.rounded(i64::div_euclid, BigRational::floor)
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        self.rounded(|numerator, denominator| -(-numerator).div_euclid(denominator), BigRational::ceil)
    }

    /// The whole number next to it towards zero.
    #[must_use]
    pub fn trunc(&self) -> Self {
        self.rounded(|numerator, denominator| numerator / denominator, BigRational::trunc)
    }

    /// The nearest whole number; halves go away from zero.
    #[must_use]
    pub fn round(&self) -> Self {
        let nearest = |numerator: i64, denominator: i64| {
            let (quotient, rest) = (numerator / denominator, (numerator % denominator).abs());
            if rest >= denominator - rest { quotient + numerator.signum() } else { quotient }
        };
        self.rounded(nearest, BigRational::round)
    }

    fn rounded(&self, words: impl FnOnce(i64, i64) -> i64, long: impl FnOnce(&BigRational) -> BigRational) -> Self {
        match &self.0 {
            Form::Words(_, 1) => self.clone(),
            Form::Words(numerator, denominator) => Self(Form::Words(words(*numerator, *denominator), 1)),
            Form::Long(value) => Self::of_long(long(value)),
        }
    }
}

impl ToPrimitive for Rational {
    fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Words(numerator, denominator) => Some(numerator / denominator),
            Form::Long(long) => long.to_i64(),
        }
    }

    fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Form::Words(numerator, denominator) => Some(i128::from(numerator / denominator)),
            Form::Long(long) => long.to_i128(),
        }
    }

    fn to_u64(&self) -> Option<u64> {
        match &self.0 {
            Form::Words(numerator, denominator) => u64::try_from(numerator / denominator).ok(),
            Form::Long(long) => long.to_u64(),
        }
    }

    fn to_u128(&self) -> Option<u128> {
        match &self.0 {
            Form::Words(numerator, denominator) => u128::try_from(numerator / denominator).ok(),
            Form::Long(long) => long.to_u128(),
        }
    }

    /// The double next to it.
    #[expect(
        clippy::cast_precision_loss,
        reason = "whole numbers of up to 53 bits are doubles, and no others come here"
    )]
    fn to_f64(&self) -> Option<f64> {
        match &self.0 {
            // The quotient of two doubles is rounded once, so it is the double next to the exact quotient.
            Form::Words(numerator, denominator)
                if numerator.unsigned_abs() <= DOUBLE_WHOLE && denominator.unsigned_abs() <= DOUBLE_WHOLE =>
            {
                Some(*numerator as f64 / *denominator as f64)
            }
            _ => self.to_long().to_f64(),
        }
    }
}
