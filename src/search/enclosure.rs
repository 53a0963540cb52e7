//! Closed intervals of floating-point numbers, for the first look at many programs.
//!
//! They decide nothing: what they let through is evaluated exactly. Each operation may be off by a rounding, so they are compared
//! with a margin that is far above it.

use crate::arithmetic::{RealSet, rational};

/// How much wider than computed an enclosure is taken where two are compared, as a share of its values.
const MARGIN: f64 = 1e-9;

/// All values from `lo` to `hi`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enclosure {
    /// The lower end.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
}

impl Enclosure {
    /// The hull of a bounded set; `None` for an empty or unbounded one.
    pub fn of(set: &RealSet) -> Option<Self> {
        let hull = set.hull()?;
        let (lo, hi) = (hull.lo().value()?, hull.hi().value()?);
        let enclosure = Self { lo: rational::to_f64_outward(lo).0, hi: rational::to_f64_outward(hi).1 };
        (enclosure.lo.is_finite() && enclosure.hi.is_finite()).then_some(enclosure)
    }

    /// A single value.
    pub const fn point(value: f64) -> Self {
        Self { lo: value, hi: value }
    }

    /// The middle.
    pub const fn middle(self) -> f64 {
        f64::midpoint(self.lo, self.hi)
    }

    /// The distance of the ends.
    pub fn width(self) -> f64 {
        self.hi - self.lo
    }

    /// Whether a value of one can be a value of the other.
    pub fn meets(self, other: Self) -> bool {
        let slack = MARGIN * self.lo.abs().max(self.hi.abs()).max(other.lo.abs()).max(other.hi.abs());
        self.lo <= other.hi + slack && other.lo <= self.hi + slack
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { lo: self.lo + other.lo, hi: self.hi + other.hi }
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { lo: self.lo - other.hi, hi: self.hi - other.lo }
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let products = [self.lo * other.lo, self.lo * other.hi, self.hi * other.lo, self.hi * other.hi];
        Self {
            lo: products.into_iter().fold(f64::INFINITY, f64::min),
            hi: products.into_iter().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// The same times a ratio above zero.
    #[must_use]
    pub fn scaled(self, ratio: f64) -> Self {
        Self { lo: self.lo * ratio, hi: self.hi * ratio }
    }

    /// The quotient; `None` where the divisor can be zero.
    pub fn over(self, other: Self) -> Option<Self> {
        let away = other.lo > 0.0 || other.hi < 0.0;
        away.then(|| self.times(Self { lo: 1.0 / other.hi, hi: 1.0 / other.lo }))
    }

    /// The magnitude.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.lo >= 0.0 {
            self
        } else if self.hi <= 0.0 {
            Self { lo: -self.hi, hi: -self.lo }
        } else {
            Self { lo: 0.0, hi: self.hi.max(-self.lo) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_enclose() {
        let (a, b) = (Enclosure { lo: -1.0, hi: 2.0 }, Enclosure { lo: 3.0, hi: 4.0 });
        assert_eq!(a.plus(b), Enclosure { lo: 2.0, hi: 6.0 });
        assert_eq!(a.minus(b), Enclosure { lo: -5.0, hi: -1.0 });
        assert_eq!(a.times(b), Enclosure { lo: -4.0, hi: 8.0 });
        assert_eq!(a.over(Enclosure { lo: 2.0, hi: 4.0 }), Some(Enclosure { lo: -0.5, hi: 1.0 }));
        assert_eq!(b.over(a), None);
        assert_eq!(a.abs(), Enclosure { lo: 0.0, hi: 2.0 });
        assert_eq!(Enclosure { lo: -3.0, hi: -2.0 }.abs(), Enclosure { lo: 2.0, hi: 3.0 });
        assert!(a.meets(Enclosure { lo: 2.0, hi: 3.0 }) && !a.meets(Enclosure { lo: 2.1, hi: 3.0 }));
    }
}
