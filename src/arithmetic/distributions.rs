//! Enclosures of p-values: the tails of Student's t, Fisher's F, χ², the normal and the correlation coefficient.
//!
//! Only survival functions of `statrs` are used (1 − cdf loses every digit of a small p), and for F its beta function. A tail is monotone, so it is
//! taken at the ends of the arguments, widened by 1e-7 relative, and goes back to rationals. Outside the range in which
//! that was compared with an independent reference (`tests/data/distributions.csv`) it is refused, never guessed.

use num_traits::{One, Signed, Zero};
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal, StudentsT};
use statrs::function::beta::checked_beta_reg;
use thiserror::Error;

use super::elementary;
use super::interval::{End, Interval};
use super::rational::{self, Rational};
use super::set::RealSet;

/// Above this many degrees of freedom, both of them, the tail of F is refused: the beta function under it loses its
/// digits where both shapes are large.
const MAX_BOTH_DEGREES: f64 = 2e4;

/// The largest number of degrees of freedom that the reference grid reaches.
const MAX_DEGREES: f64 = 1e6;

/// The smallest number of degrees of freedom that the reference grid reaches.
const MIN_DEGREES: f64 = 0.5;

/// Below this a p-value has no digits left; its enclosure starts at zero.
const LEAST_P: f64 = 1e-290;

/// Why a p-value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TailError {
    /// Degrees of freedom that are not above zero.
    #[error("degrees of freedom are above zero")]
    Degrees,
    /// Degrees of freedom above zero, and beyond the range in which the tail is enclosed.
    #[error("the degrees of freedom are outside the range in which p-values are enclosed")]
    DegreesOutOfRange,
    /// A statistic that the distribution cannot take.
    #[error("the statistic is outside its distribution")]
    Statistic,
    /// The tail gave no probability.
    #[error("the p-value could not be enclosed")]
    NoProbability,
}

/// The two-sided p-value of Student's t: decreasing in |t|, and in the degrees of freedom.
pub fn t(statistic: &RealSet, degrees: &RealSet) -> Result<RealSet, TailError> {
    let magnitude = magnitude(statistic)?;
    let (few, many) = degrees_of(degrees)?;
    let (low, high) = elementary::outward(&magnitude);
    enclose(two_sided(student, high, many)?, two_sided(student, low, few)?)
}

/// The two-sided p-value of the standard normal: decreasing in |z|.
pub fn z(statistic: &RealSet) -> Result<RealSet, TailError> {
    let (low, high) = elementary::outward(&magnitude(statistic)?);
    enclose(two_sided(normal, high, 1.0)?, two_sided(normal, low, 1.0)?)
}

/// The two-sided p-value of a correlation with n − 2 degrees of freedom, by t = r √(df / (1 − r²)): decreasing in |r|
/// and in the degrees of freedom. Where |r| can be 1 the enclosure starts at zero.
pub fn r(statistic: &RealSet, degrees: &RealSet) -> Result<RealSet, TailError> {
    let magnitude = magnitude(statistic)?;
    degrees_of(degrees)?;
    let hull = degrees.hull().ok_or(TailError::Degrees)?;
    let (Some(few), Some(many)) = (hull.lo().value(), hull.hi().value()) else { return Err(TailError::Degrees) };
    let low = magnitude.lo().value().cloned().unwrap_or_else(Rational::zero);
    if low > Rational::one() {
        return Err(TailError::Statistic);
    }
    let upper = match correlation_t(&low, few) {
        Some(part) => two_sided(student, elementary::outward(&part).0, degrees_of(degrees)?.0)?,
        None => 0.0,
    };
    let far = magnitude.hi().value().filter(|high| **high < Rational::one());
    let lower = match far.and_then(|high| correlation_t(high, many)) {
        Some(part) => two_sided(student, elementary::outward(&part).1, degrees_of(degrees)?.1)?,
        None => 0.0,
    };
    enclose(lower, upper)
}

/// The enclosure of t for an exact r below 1, by exact squares and one root.
fn correlation_t(r: &Rational, degrees: &Rational) -> Option<Interval> {
    let square = r * r;
    let rest = Rational::one() - &square;
    if !rest.is_positive() {
        return None;
    }
    elementary::sqrt(&RealSet::point(square * degrees / rest))?.hull()
}

/// The upper p-value of χ²: decreasing in the statistic, increasing in the degrees of freedom.
pub fn chi_squared(statistic: &RealSet, degrees: &RealSet) -> Result<RealSet, TailError> {
    let (low, high) = elementary::outward(&non_negative(statistic)?);
    let (few, many) = degrees_of(degrees)?;
    enclose(upper_tail(chi, high, few)?, upper_tail(chi, low, many)?)
}

/// The upper p-value of Fisher's F.
///
/// With y = d₂ / (d₂ + d₁ x) it is the beta function `I_y(d₂/2, d₁/2)`, increasing in y and in d₁/2, decreasing in d₂/2.
/// Where the degrees are intervals, y is taken apart from the shapes, which encloses.
pub fn f(statistic: &RealSet, first: &RealSet, second: &RealSet) -> Result<RealSet, TailError> {
    let (low, high) = elementary::outward(&non_negative(statistic)?);
    let (few_1, many_1) = degrees_of(first)?;
    let (few_2, many_2) = degrees_of(second)?;
    if many_1.min(many_2) > MAX_BOTH_DEGREES {
        return Err(TailError::DegreesOutOfRange);
    }
    // Each step of these two products rounds by at most half a unit in the last place, so three of them are covered.
    let shrink = |value: f64| value.next_down().next_down().next_down().max(0.0);
    let grow = |value: f64| value.next_up().next_up().next_up();
    let (near, far) = if few_1.to_bits() == many_1.to_bits() && few_2.to_bits() == many_2.to_bits() {
        (low, high)
    } else {
        (shrink(low * few_1 / many_1 * (few_2 / many_2)), grow(high * many_1 / few_1 * (many_2 / few_2)))
    };
    enclose(fisher(far, few_1, many_2)?, fisher(near, many_1, few_2)?)
}

/// The hull of |x| over the set.
fn magnitude(set: &RealSet) -> Result<Interval, TailError> {
    let hull = set.hull().ok_or(TailError::Statistic)?;
    let zero = rational::whole(0);
    let spans = hull.contains(&zero);
    let mirrored = hull.hull(&hull.neg());
    let positive = mirrored.intersection(&Interval::above(zero.clone(), true)).ok_or(TailError::Statistic)?;
    if spans {
        return Ok(positive);
    }
    // The nearer end is the smaller of the two magnitudes.
    let near = [hull.lo().value(), hull.hi().value()].into_iter().flatten().map(Signed::abs).min().unwrap_or(zero);
    Interval::new(End::Closed(near), positive.hi().clone()).ok_or(TailError::Statistic)
}

/// The hull of the part of the set that is not below zero.
fn non_negative(set: &RealSet) -> Result<Interval, TailError> {
    let domain = RealSet::from(Interval::above(rational::whole(0), true));
    set.intersection(&domain).hull().ok_or(TailError::Statistic)
}

/// The fewest and the most degrees of freedom, rounded outward.
fn degrees_of(set: &RealSet) -> Result<(f64, f64), TailError> {
    let hull = set.hull().ok_or(TailError::Degrees)?;
    let (low, high) = elementary::outward(&hull);
    if low.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
        return Err(TailError::Degrees);
    }
    if low < MIN_DEGREES || high > MAX_DEGREES { Err(TailError::DegreesOutOfRange) } else { Ok((low, high)) }
}

/// One survival function at one point; the argument is finite and not below zero.
type Tail = fn(f64, f64) -> Option<f64>;

fn student(x: f64, degrees: f64) -> Option<f64> {
    Some(StudentsT::new(0.0, 1.0, degrees).ok()?.sf(x))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside tails whose degrees of freedom may be refused")]
fn normal(x: f64, _: f64) -> Option<f64> {
    Some(Normal::standard().sf(x))
}

fn chi(x: f64, degrees: f64) -> Option<f64> {
    if x < f64::MIN_POSITIVE {
        // The gamma function takes no zero, which half of the least double is; nothing is left below it.
        return Some(1.0);
    }
    Some(ChiSquared::new(degrees).ok()?.sf(x))
}

fn two_sided(tail: Tail, x: f64, degrees: f64) -> Result<f64, TailError> {
    // At zero the two tails hold everything; the survival function is not asked, so no rounding can leave [0, 1].
    if x <= 0.0 { Ok(1.0) } else { upper_tail(tail, x, degrees).map(|p| 2.0 * p) }
}

fn upper_tail(tail: Tail, x: f64, degrees: f64) -> Result<f64, TailError> {
    if x.is_nan() || degrees.is_nan() {
        return Err(TailError::NoProbability);
    }
    if x.is_infinite() {
        return Ok(0.0);
    }
    if x <= 0.0 {
        return Ok(1.0);
    }
    tail(x, degrees).ok_or(TailError::Degrees)
}

fn fisher(x: f64, first: f64, second: f64) -> Result<f64, TailError> {
    if x.is_nan() {
        return Err(TailError::NoProbability);
    }
    if x.is_infinite() {
        return Ok(0.0);
    }
    if x <= 0.0 {
        return Ok(1.0);
    }
    // y itself, as one minus its complement loses its digits far out; beyond every double d₂ no longer counts under the bar.
    let under = first * x;
    let y = if under.is_finite() { second / (second + under) } else { second / first / x };
    checked_beta_reg(second / 2.0, first / 2.0, y).map_err(|_| TailError::NoProbability)
}

/// The interval from the lower to the upper p-value, widened by 1e-7 relative, within [0, 1].
fn enclose(lower: f64, upper: f64) -> Result<RealSet, TailError> {
    let probability = |p: f64| (0.0..=1.0).contains(&p);
    if !probability(lower) || !probability(upper) || lower > upper * (1.0 + 1e-6) + LEAST_P {
        return Err(TailError::NoProbability);
    }
    let slack = rational::ratio(1, 10_000_000);
    let exact = |p: f64| Rational::from_float(p).ok_or(TailError::NoProbability);
    let low = if lower < LEAST_P { Rational::zero() } else { exact(lower)? * (Rational::one() - &slack) };
    let high = (exact(upper.max(LEAST_P))? * (Rational::one() + &slack)).min(Rational::one());
    Ok(RealSet::from(Interval::closed(low, high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{ratio, whole};

    fn point(value: i64) -> RealSet {
        RealSet::point(whole(value))
    }

    fn interval(low: (i64, i64), high: (i64, i64)) -> RealSet {
        RealSet::from(Interval::closed(ratio(low.0, low.1), ratio(high.0, high.1)))
    }

    fn ends(set: &RealSet) -> (f64, f64) {
        let hull = set.hull().expect("not empty");
        elementary::outward(&hull)
    }

    #[test]
    fn a_statistic_that_spans_zero_has_an_upper_p_of_one() {
        let (low, high) = ends(&t(&interval((-1, 20), (1, 20)), &point(28)).expect("t"));
        assert!((high - 1.0).abs() < 1e-12 && (0.95..0.97).contains(&low));
        assert!((ends(&z(&point(0)).expect("z")).1 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_correlation_within_rounding_of_one_starts_at_zero() {
        let (low, high) = ends(&r(&interval((199, 200), (201, 200)), &point(10)).expect("r"));
        assert!(low <= 0.0 && high > 0.0 && high < 1e-8);
        assert_eq!(r(&interval((101, 100), (102, 100)), &point(10)), Err(TailError::Statistic));
    }

    #[test]
    fn what_is_outside_the_safe_range_is_refused() {
        assert_eq!(f(&point(1), &point(100_000), &point(100_000)), Err(TailError::DegreesOutOfRange));
        assert_eq!(t(&point(2), &point(2_000_000)), Err(TailError::DegreesOutOfRange));
        assert_eq!(t(&point(2), &point(0)), Err(TailError::Degrees));
        assert_eq!(chi_squared(&point(-2), &point(3)), Err(TailError::Statistic));
        assert_eq!(chi_squared(&point(2), &point(-3)), Err(TailError::Degrees));
        assert_eq!(t(&RealSet::empty(), &point(3)), Err(TailError::Statistic));
    }

    #[test]
    fn degrees_with_decimals_widen_the_p_value() {
        let exact = f(&point(4), &point(2), &point(40)).expect("exact");
        let loose = f(&point(4), &interval((195, 100), (205, 100)), &interval((399, 10), (401, 10))).expect("loose");
        let ((a, b), (c, d)) = (ends(&exact), ends(&loose));
        assert!(c < a && b < d && d < 2.0 * b && c > 0.5 * a);
    }

    #[test]
    fn far_statistics_have_a_finite_enclosure() {
        let (low, high) = ends(&z(&point(200)).expect("z"));
        assert!(low <= 0.0 && high > 0.0 && high < 1e-280);
        let half_line = RealSet::from(Interval::above(whole(2), false));
        let (low, high) = ends(&t(&half_line, &point(30)).expect("t"));
        assert!(low <= 0.0 && (0.05..0.06).contains(&high));
    }
}
