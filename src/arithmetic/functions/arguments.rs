//! What arguments of statistical functions have to be: exact counts, bounded pure numbers, shares, scales.

use num_traits::{Signed, ToPrimitive, Zero};

use crate::arithmetic::interval::{End, Interval};
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::samples::{Domain, MAX_VALUE};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::Refusal;
use super::operators::pure;

/// The most people times items.
pub(super) const MAX_COUNT: i64 = 1_000_000_000;

/// A number of people, at least `least`.
pub(super) fn count(value: &Value, least: i64) -> Result<i64, Refusal> {
    match whole_point(value, "a count")? {
        count if (least..=MAX_COUNT).contains(&count) => Ok(count),
        _ => Err(Refusal::Range(format!("the count is not between {least} and {MAX_COUNT}"))),
    }
}

/// An exact whole number.
fn whole_point(value: &Value, what: &str) -> Result<i64, Refusal> {
    pure(value, what)?;
    let point = value.set.as_point().filter(|point| point.is_integer());
    let point = point.ok_or_else(|| Refusal::Domain(format!("{what} is an exact whole number")))?;
    point.to_integer().to_i64().ok_or_else(|| Refusal::Range(format!("{what} is too large")))
}

/// How many items a scale has: one where nothing is said.
pub(super) fn items(value: Option<&Value>) -> Result<i64, Refusal> {
    let items = value.map_or(Ok(1), |value| count(value, 1))?;
    if items <= 1000 { Ok(items) } else { Err(Refusal::Range("more than 1000 items".to_owned())) }
}

/// The whole numbers that one answer can be: from the first argument on, up to the second; all where there is none.
pub(super) fn domain(low: Option<&Value>, high: Option<&Value>) -> Result<Domain, Refusal> {
    let end = |value: Option<&Value>| value.map(|value| whole_point(value, "an end of the scale")).transpose();
    let domain = Domain { low: end(low)?, high: end(high)? };
    if [domain.low, domain.high].into_iter().flatten().any(|end| end.abs() > MAX_VALUE) {
        return Err(Refusal::Range("an end of the scale is too large".to_owned()));
    }
    match (domain.low, domain.high) {
        (Some(low), Some(high)) if low > high => Err(Refusal::Domain("the scale ends below its start".to_owned())),
        _ => Ok(domain),
    }
}

/// The interval around a pure number, with both ends.
pub(super) fn hull(value: &Value, what: &str) -> Result<Interval, Refusal> {
    pure(value, what)?;
    let hull = value.set.hull().filter(|hull| hull.lo().value().is_some() && hull.hi().value().is_some());
    hull.ok_or_else(|| Refusal::Domain(format!("{what} has no bounds")))
}

/// The ends of a bounded pure number.
pub(super) fn bounded(value: &Value, what: &str) -> Result<(Rational, Rational), Refusal> {
    let hull = hull(value, what)?;
    ends(&hull).ok_or_else(|| Refusal::Domain(format!("{what} has no bounds")))
}

/// The ends of an interval that has both.
pub(super) fn ends(interval: &Interval) -> Option<(Rational, Rational)> {
    Some((interval.lo().value()?.clone(), interval.hi().value()?.clone()))
}

/// The ends of what is not below zero of a bounded pure number; refused where nothing is.
pub(super) fn magnitude(value: &Value, what: &str) -> Result<(Rational, Rational), Refusal> {
    let (low, high) = bounded(value, what)?;
    if high.is_negative() {
        return Err(Refusal::Domain(format!("{what} is not below zero")));
    }
    Ok((if low.is_negative() { Rational::zero() } else { low }, high))
}

/// The ends of what is above zero of a bounded pure number; refused where nothing is, or where it can be zero.
pub(super) fn positive(value: &Value, what: &str) -> Result<(Rational, Rational), Refusal> {
    let (low, high) = bounded(value, what)?;
    if low.is_positive() { Ok((low, high)) } else { Err(Refusal::Domain(format!("{what} can be zero or below"))) }
}

/// The least and the greatest whole number in an interval multiplied by a positive size; `None` where it holds none.
pub(super) fn wholes(interval: &Interval, size: &Rational) -> Result<Option<(i64, i64)>, Refusal> {
    let scaled = interval.scale(size);
    let one = rational::whole(1);
    let first = match scaled.lo() {
        End::Closed(low) => low.ceil(),
        End::Open(low) => low.floor() + &one,
        End::Unbounded => return Err(Refusal::Domain("the mean has no bounds".to_owned())),
    };
    let last = match scaled.hi() {
        End::Closed(high) => high.floor(),
        End::Open(high) => high.ceil() - &one,
        End::Unbounded => return Err(Refusal::Domain("the mean has no bounds".to_owned())),
    };
    let (first, last) = (total(&first)?, total(&last)?);
    Ok((first <= last).then_some((first, last)))
}

/// A total as a machine number.
pub(super) fn total(value: &Rational) -> Result<i64, Refusal> {
    let total = value.to_integer().to_i64().filter(|total| total.abs() <= MAX_VALUE);
    total.ok_or_else(|| Refusal::Range("the total is too large".to_owned()))
}

/// The set from the least to the greatest of some numbers.
pub(super) fn spanning(values: impl IntoIterator<Item = Rational>) -> RealSet {
    let hull = values.into_iter().map(Interval::point).reduce(|a, b| a.hull(&b));
    hull.map_or_else(RealSet::empty, RealSet::from)
}
