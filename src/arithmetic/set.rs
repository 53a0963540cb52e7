//! Sets of numbers: finite unions of intervals, half-lines and points.

use super::interval::{End, Interval};
use super::rational::Rational;

/// A finite union of disjoint intervals in increasing order; it may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RealSet {
    parts: Vec<Interval>,
}

impl RealSet {
    /// The most parts a set keeps; a union of more is replaced by its hull, which still encloses it.
    pub const MAX_PARTS: usize = 4096;

    /// The union of the intervals.
    pub fn new(parts: impl IntoIterator<Item = Interval>) -> Self {
        let mut parts: Vec<Interval> = parts.into_iter().collect();
        parts.sort_by(|a, b| compare_lows(a.lo(), b.lo()));
        let mut merged: Vec<Interval> = Vec::with_capacity(parts.len());
        for part in parts {
            match merged.last_mut() {
                Some(last) if last.meets(&part) || touches(last, &part) => *last = last.hull(&part),
                _ => merged.push(part),
            }
        }
        if merged.len() > Self::MAX_PARTS
            && let (Some(first), Some(last)) = (merged.first(), merged.last())
        {
            merged = vec![first.hull(last)];
        }
        Self { parts: merged }
    }

    /// No number at all.
    pub const fn empty() -> Self {
        Self { parts: Vec::new() }
    }

    /// The single value.
    pub fn point(value: Rational) -> Self {
        Self::from(Interval::point(value))
    }

    /// The parts, disjoint and in increasing order.
    pub fn parts(&self) -> &[Interval] {
        &self.parts
    }

    /// Whether the set holds no number.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether the value is in the set.
    pub fn contains(&self, value: &Rational) -> bool {
        self.parts.iter().any(|part| part.contains(value))
    }

    /// Whether the sets share a number.
    pub fn meets(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.parts.iter().peekable(), other.parts.iter().peekable());
        // Both lists are in order, so the part that ends first meets nothing that comes later.
        while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
            if left.meets(right) {
                return true;
            }
            if compare_highs(left.hi(), right.hi()).is_lt() {
                a.next();
            } else {
                b.next();
            }
        }
        false
    }

    /// The common part.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.parts.iter().peekable(), other.parts.iter().peekable());
        let mut common = Vec::new();
        while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
            common.extend(left.intersection(right));
            if compare_highs(left.hi(), right.hi()).is_lt() {
                a.next();
            } else {
                b.next();
            }
        }
        Self::new(common)
    }

    /// All that is in one of the two.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.parts.iter().chain(&other.parts).cloned())
    }

    /// The smallest interval around the set, where it is not empty.
    pub fn hull(&self) -> Option<Interval> {
        Some(self.parts.first()?.hull(self.parts.last()?))
    }

    /// The single value, where the set is one.
    pub fn as_point(&self) -> Option<&Rational> {
        match self.parts.as_slice() {
            [only] => only.as_point(),
            _ => None,
        }
    }

    /// The image under a function that gives intervals for an interval.
    #[must_use]
    pub fn map<I: IntoIterator<Item = Interval>>(&self, f: impl FnMut(&Interval) -> I) -> Self {
        Self::new(self.parts.iter().flat_map(f))
    }

    /// The image of all pairs under a function of two intervals. Of sets with very many pairs the hulls are taken,
    /// which enclose them.
    #[must_use]
    pub fn combine(&self, other: &Self, f: impl Fn(&Interval, &Interval) -> Interval) -> Self {
        if self.parts.len().saturating_mul(other.parts.len()) > Self::MAX_PARTS
            && let (Some(a), Some(b)) = (self.hull(), other.hull())
        {
            return Self::from(f(&a, &b));
        }
        Self::new(self.parts.iter().flat_map(|a| other.parts.iter().map(|b| f(a, b)).collect::<Vec<_>>()))
    }

    /// x + y.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        self.combine(other, Interval::add)
    }

    /// x − y.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.combine(other, Interval::sub)
    }

    /// x · y.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        self.combine(other, Interval::mul)
    }

    /// x / y; values of y that are zero give nothing.
    #[must_use]
    pub fn div(&self, other: &Self) -> Self {
        self.mul(&other.map(Interval::recip))
    }

    /// x multiplied by a constant.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        self.map(|part| [part.scale(factor)])
    }
}

impl From<Interval> for RealSet {
    fn from(interval: Interval) -> Self {
        Self { parts: vec![interval] }
    }
}

/// Whether two intervals in increasing order leave no gap: they share an end that one of them holds.
fn touches(a: &Interval, b: &Interval) -> bool {
    match (a.hi(), b.lo()) {
        (End::Closed(high), End::Open(low)) | (End::Open(high), End::Closed(low)) => high == low,
        _ => false,
    }
}

fn compare_highs(a: &End, b: &End) -> std::cmp::Ordering {
    use std::cmp::Ordering;
    match (a, b) {
        (End::Unbounded, End::Unbounded) => Ordering::Equal,
        (End::Unbounded, _) => Ordering::Greater,
        (_, End::Unbounded) => Ordering::Less,
        (End::Open(left) | End::Closed(left), End::Open(right) | End::Closed(right)) => {
            left.cmp(right).then_with(|| matches!(b, End::Open(_)).cmp(&matches!(a, End::Open(_))))
        }
    }
}

fn compare_lows(a: &End, b: &End) -> std::cmp::Ordering {
    use std::cmp::Ordering;
    match (a, b) {
        (End::Unbounded, End::Unbounded) => Ordering::Equal,
        (End::Unbounded, _) => Ordering::Less,
        (_, End::Unbounded) => Ordering::Greater,
        (End::Open(left) | End::Closed(left), End::Open(right) | End::Closed(right)) => {
            left.cmp(right).then_with(|| matches!(a, End::Open(_)).cmp(&matches!(b, End::Open(_))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::whole;

    #[test]
    fn unions_merge_what_touches() {
        let set = RealSet::new([
            Interval::closed(whole(3), whole(4)),
            Interval::closed(whole(1), whole(2)),
            Interval::closed(whole(2), whole(3)),
            Interval::point(whole(9)),
        ]);
        assert_eq!(set.parts(), [Interval::closed(whole(1), whole(4)), Interval::point(whole(9))]);
    }

    #[test]
    fn division_by_an_interval_over_zero_leaves_the_gap() {
        let one = RealSet::point(whole(1));
        let quotient = one.div(&RealSet::from(Interval::closed(whole(-1), whole(1))));
        assert!(!quotient.contains(&whole(0)));
        assert!(quotient.contains(&whole(5)) && quotient.contains(&whole(-5)));
    }
}
