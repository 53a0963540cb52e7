//! What generic code asks of a number.

use std::fmt;
use std::iter::{Product, Sum};

use num_rational::{BigRational, ParseRatioError};
use num_traits::{Num, One, Signed, Zero};

use super::number::{Form, Rational, whole};

impl Zero for Rational {
    fn zero() -> Self {
        whole(0)
    }

    fn is_zero(&self) -> bool {
        matches!(self.0, Form::Words(0, _))
    }
}

impl One for Rational {
    fn one() -> Self {
        whole(1)
    }
}

impl Num for Rational {
    type FromStrRadixErr = ParseRatioError;

    /// Reads `p/q`.
    fn from_str_radix(text: &str, radix: u32) -> Result<Self, ParseRatioError> {
        BigRational::from_str_radix(text, radix).map(Self::of_long)
    }
}

impl Signed for Rational {
    fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    fn abs_sub(&self, other: &Self) -> Self {
        if self <= other { Self::zero() } else { self - other }
    }

    fn signum(&self) -> Self {
        whole(self.signum_word())
    }

    fn is_positive(&self) -> bool {
        self.signum_word() > 0
    }

    fn is_negative(&self) -> bool {
        self.signum_word() < 0
    }
}

impl Sum for Rational {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::zero(), |sum, number| sum + number)
    }
}

impl<'r> Sum<&'r Self> for Rational {
    fn sum<I: Iterator<Item = &'r Self>>(numbers: I) -> Self {
        numbers.fold(Self::zero(), |sum, number| sum + number)
    }
}

impl Product for Rational {
    fn product<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::one(), |product, number| product * number)
    }
}

impl<'r> Product<&'r Self> for Rational {
    fn product<I: Iterator<Item = &'r Self>>(numbers: I) -> Self {
        numbers.fold(Self::one(), |product, number| product * number)
    }
}

impl fmt::Display for Rational {
    /// Writes `p/q`, or `p` where it is whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Words(numerator, 1) => write!(f, "{numerator}"),
            Form::Words(numerator, denominator) => write!(f, "{numerator}/{denominator}"),
            Form::Long(long) => write!(f, "{long}"),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
