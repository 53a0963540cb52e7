//! Enclosures of roots, logarithms, exponentials and real powers.
//!
//! The argument is rounded outward to doubles, libm evaluates there, the value is widened by 4 units in the last place
//! and goes back to rationals (design: "when to say inconsistent", A3). libm's functions used here are documented to be
//! within one unit in the last place, and they give the same bits on every platform.

use num_traits::{Signed, Zero};

use super::interval::{End, Interval};
use super::rational::{self, Rational};
use super::set::RealSet;

/// How many units in the last place a value of libm is widened by, each way.
const ULPS: u32 = 4;

/// The square root; of the part of the set that is not below zero. `None` where nothing is.
pub fn sqrt(set: &RealSet) -> Option<RealSet> {
    let domain = Interval::above(rational::whole(0), true);
    increasing(set, &domain, libm::sqrt, Some(&rational::whole(0)))
}

/// The natural logarithm of the part of the set above zero. `None` where nothing is.
pub fn ln(set: &RealSet) -> Option<RealSet> {
    increasing(set, &Interval::above(rational::whole(0), false), libm::log, None)
}

/// The decimal logarithm of the part of the set above zero. `None` where nothing is.
pub fn log10(set: &RealSet) -> Option<RealSet> {
    increasing(set, &Interval::above(rational::whole(0), false), libm::log10, None)
}

/// e to the power of each number of the set.
pub fn exp(set: &RealSet) -> Option<RealSet> {
    increasing(set, &Interval::all(), libm::exp, Some(&rational::whole(0)))
}

/// Each positive number of `base` to each power in `exponent`. `None` where no base is above zero.
///
/// x^y = exp(y ln x), so the extremes over a box are at its vertices.
pub fn power(base: &RealSet, exponent: &RealSet) -> Option<RealSet> {
    let positive = Interval::above(rational::whole(0), false);
    let zero = rational::whole(0);
    let bases = base.intersection(&RealSet::from(positive.clone()));
    if bases.is_empty() || exponent.is_empty() {
        return None;
    }
    let unbounded =
        |set: &RealSet| set.parts().iter().any(|part| part.lo().value().is_none() || part.hi().value().is_none());
    if unbounded(&bases) || unbounded(exponent) {
        return Some(RealSet::from(positive));
    }
    Some(bases.combine(exponent, |x, y| {
        let (x_low, x_high) = outward(x);
        let (y_low, y_high) = outward(y);
        let x_low = x_low.max(0.0);
        let vertices = [(x_low, y_low), (x_low, y_high), (x_high, y_low), (x_high, y_high)];
        let values = vertices.map(|(x, y)| libm::pow(x, y));
        let least = values.into_iter().fold(f64::INFINITY, f64::min);
        let most = values.into_iter().fold(f64::NEG_INFINITY, f64::max);
        between(least, most, Some(&zero))
    }))
}

/// The image of the set's part in the domain under an increasing function of doubles.
fn increasing(set: &RealSet, domain: &Interval, f: fn(f64) -> f64, floor: Option<&Rational>) -> Option<RealSet> {
    let inside = set.intersection(&RealSet::from(domain.clone()));
    if inside.is_empty() {
        return None;
    }
    Some(inside.map(|part| {
        let (low, high) = outward(part);
        // Rounding outward may leave the domain by the last place; the function's value at its edge is taken then.
        let low = domain.lo().value().map_or(low, |edge| if edge.is_zero() { low.max(0.0) } else { low });
        [between(f(low), f(high), floor)]
    }))
}

/// The doubles around an interval; infinite where it is unbounded.
pub(super) fn outward(part: &Interval) -> (f64, f64) {
    let low = part.lo().value().map_or(f64::NEG_INFINITY, |value| rational::to_f64_outward(value).0);
    let high = part.hi().value().map_or(f64::INFINITY, |value| rational::to_f64_outward(value).1);
    (low, high)
}

/// The interval around two doubles, widened by [`ULPS`] and cut at `floor`, below which the function has no value.
fn between(low: f64, high: f64, floor: Option<&Rational>) -> Interval {
    let mut low = low;
    let mut high = high;
    for _ in 0..ULPS {
        low = low.next_down();
        high = high.next_up();
    }
    let lower = match (Rational::from_float(low), floor) {
        (Some(value), Some(floor)) if value < *floor => End::Closed(floor.clone()),
        (Some(value), _) => End::Closed(value),
        (None, Some(floor)) => End::Closed(floor.clone()),
        (None, None) => End::Unbounded,
    };
    let upper = Rational::from_float(high).map_or(End::Unbounded, End::Closed);
    Interval::new(lower, upper).unwrap_or_else(Interval::all)
}

/// The square root of a whole number that is a perfect square, else `None`.
pub fn exact_root(value: &num_bigint::BigInt) -> Option<num_bigint::BigInt> {
    if value.is_negative() {
        return None;
    }
    let root = value.sqrt();
    (&root * &root == *value).then_some(root)
}
