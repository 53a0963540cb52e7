//! [`Exact`]: a set of rationals as a storage type of `uom`.
//!
//! `uom` stores a number; here the number is a set, so every operation encloses: the result holds the operation on all
//! members of the operands. Operations on single values are exact.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use num_traits::{Num, One, Signed, Zero};
use thiserror::Error;

use crate::arithmetic::interval::{End, Interval};
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;

/// A set of numbers that a quantity of `uom` can hold.
///
/// Two sets are equal where they hold the same numbers, and ordered only where all of one lie below all of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact(RealSet);

/// The text is not a decimal number, or the radix is not ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a decimal number")]
pub struct NotADecimal;

impl Exact {
    /// The single value.
    pub fn point(value: Rational) -> Self {
        Self(RealSet::point(value))
    }

    /// The whole number `n`.
    pub fn whole(n: i64) -> Self {
        Self::point(rational::whole(n))
    }

    /// The numbers.
    pub const fn set(&self) -> &RealSet {
        &self.0
    }

    /// The single value, where the set is one.
    pub fn as_point(&self) -> Option<&Rational> {
        self.0.as_point()
    }
}

impl From<RealSet> for Exact {
    fn from(set: RealSet) -> Self {
        Self(set)
    }
}

impl From<Interval> for Exact {
    fn from(interval: Interval) -> Self {
        Self(interval.into())
    }
}

impl Add for Exact {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.add(&other.0))
    }
}

impl Sub for Exact {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.sub(&other.0))
    }
}

impl Mul for Exact {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self(self.0.mul(&other.0))
    }
}

impl Div for Exact {
    type Output = Self;

    /// The quotients by all members but zero; by zero alone there are none.
    fn div(self, other: Self) -> Self {
        Self(self.0.div(&other.0))
    }
}

impl Rem for Exact {
    type Output = Self;

    /// The remainder that has the sign of the dividend: exact for two single values, else everything smaller in
    /// magnitude than the largest divisor. By zero alone there is none.
    fn rem(self, other: Self) -> Self {
        if let (Some(dividend), Some(divisor)) = (self.as_point(), other.as_point()) {
            return if divisor.is_zero() { Self(RealSet::empty()) } else { Self::point(dividend % divisor) };
        }
        if self.0.is_empty() || other.0.is_empty() {
            return Self(RealSet::empty());
        }
        let ends = other.0.hull().and_then(|hull| Some((hull.lo().value()?.abs(), hull.hi().value()?.abs())));
        let largest = ends.map(|(lo, hi)| lo.max(hi));
        let within = largest.and_then(|most| Interval::new(End::Open(-&most), End::Open(most)));
        Self::from(within.unwrap_or_else(Interval::all))
    }
}

impl Neg for Exact {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.map(|part| [part.neg()]))
    }
}

impl Zero for Exact {
    fn zero() -> Self {
        Self::whole(0)
    }

    fn is_zero(&self) -> bool {
        self.as_point().is_some_and(Zero::is_zero)
    }
}

impl One for Exact {
    fn one() -> Self {
        Self::whole(1)
    }
}

impl Num for Exact {
    type FromStrRadixErr = NotADecimal;

    fn from_str_radix(text: &str, radix: u32) -> Result<Self, NotADecimal> {
        let decimal = if radix == 10 { rational::parse(text) } else { None };
        decimal.map(Self::point).ok_or(NotADecimal)
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self == other {
            return Some(Ordering::Equal);
        }
        let (own, theirs) = (self.0.hull()?, other.0.hull()?);
        if own.meets(&theirs) {
            return None;
        }
        match (own.hi().value(), theirs.lo().value()) {
            (Some(high), Some(low)) if high <= low => Some(Ordering::Less),
            _ => Some(Ordering::Greater),
        }
    }
}

impl uom::Conversion<Self> for Exact {
    type T = Self;

    fn conversion(&self) -> Self {
        self.clone()
    }
}

impl uom::ConversionFactor<Self> for Exact {
    fn powi(self, exponent: i32) -> Self {
        let power = self.0.map(|part| [part.powi(exponent.unsigned_abs())]);
        Self(if exponent < 0 { power.map(Interval::recip) } else { power })
    }

    fn value(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{ratio, whole};
    use uom::ConversionFactor;

    fn closed(lo: i64, hi: i64) -> Exact {
        Exact::from(Interval::closed(whole(lo), whole(hi)))
    }

    #[test]
    fn operations_enclose() {
        assert_eq!(closed(1, 2) + closed(10, 20), closed(11, 22));
        assert_eq!(closed(1, 2) - closed(10, 20), closed(-19, -8));
        assert_eq!(closed(-1, 2) * closed(10, 20), closed(-20, 40));
        assert_eq!(closed(10, 20) / closed(2, 5), closed(2, 10));
        assert_eq!(-closed(1, 2), closed(-2, -1));
        assert!((Exact::whole(1) / Exact::zero()).set().is_empty());
    }

    #[test]
    fn remainders_hold_the_remainder_of_every_pair() {
        assert_eq!(Exact::whole(-7) % Exact::whole(3), Exact::whole(-1));
        let remainders = closed(7, 9) % closed(3, 4);
        assert!([0, 1, 2, 3].iter().all(|n| remainders.set().contains(&whole(*n))));
        assert!((Exact::whole(1) % Exact::zero()).set().is_empty());
    }

    #[test]
    fn only_sets_that_lie_apart_are_ordered() {
        assert!(closed(1, 2) < closed(3, 4) && closed(3, 4) > closed(1, 2));
        assert_eq!(closed(1, 2).partial_cmp(&closed(2, 3)), None);
        assert_eq!(closed(1, 2).partial_cmp(&closed(1, 2)), Some(Ordering::Equal));
        assert!(Exact::from(Interval::below(whole(2), false)) < closed(2, 3));
    }

    #[test]
    fn numbers_are_read_and_raised() {
        assert_eq!(Exact::from_str_radix("0.5", 10), Ok(Exact::point(ratio(1, 2))));
        assert_eq!(Exact::from_str_radix("0.5", 16), Err(NotADecimal));
        assert_eq!(Exact::whole(2).powi(-2), Exact::point(ratio(1, 4)));
        assert_eq!(closed(-2, 1).powi(2), closed(0, 4));
    }
}
