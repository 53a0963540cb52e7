//! Numbers in their order: the k-th greatest of some, and how many of them lie above or below a bound or lead their group.
//!
//! The numbers are printed, so each is a set. A rank is the set of all values that the number in that place can have, and a
//! count everything from those that lie there for certain to those that can. Two numbers that print alike may stand in
//! either order.

use num_traits::ToPrimitive;

use crate::arithmetic::interval::{End, Interval};
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::{Kind, Value};

use super::operators::{comparable, pure};
use super::{Precision, Refusal};

/// The least and the greatest number of a set; `None` where it goes on for ever.
struct Ends {
    least: Option<Rational>,
    greatest: Option<Rational>,
}

impl Ends {
    fn of(value: &Value) -> Result<Self, Refusal> {
        let hull = value.set.hull().ok_or_else(|| Refusal::Domain("a number to be ordered has no value".to_owned()))?;
        Ok(Self { least: hull.lo().value().cloned(), greatest: hull.hi().value().cloned() })
    }

    /// Whether all numbers here are above all of the other set.
    fn are_above(&self, other: &Self) -> bool {
        self.least.as_ref().zip(other.greatest.as_ref()).is_some_and(|(own, other)| own > other)
    }

    /// Whether some number here can be above, or as large as, some of the other set.
    fn can_be_above(&self, other: &Self) -> bool {
        self.greatest.as_ref().zip(other.least.as_ref()).is_none_or(|(own, other)| own >= other)
    }
}

/// The ends of numbers of one kind, with that kind.
fn ends(arguments: &[Value]) -> Result<(Vec<Ends>, Kind), Refusal> {
    let kind = &arguments[0].kind;
    let mut all = Vec::with_capacity(arguments.len());
    for value in arguments {
        comparable(kind, &value.kind)?;
        all.push(Ends::of(value)?);
    }
    Ok((all, kind.clone()))
}

/// What the number in a place from above can be, 0 for the greatest: between the ends of all numbers in that place.
fn in_place(arguments: &[Value], place: usize) -> Result<Value, Refusal> {
    let (all, kind) = ends(arguments)?;
    // An end that is missing below comes after all others, and one that is missing above before them.
    let mut least: Vec<Option<Rational>> = all.iter().map(|own| own.least.clone()).collect();
    least.sort_by(|a, b| b.cmp(a));
    let mut greatest: Vec<(bool, Option<Rational>)> =
        all.iter().map(|own| (own.greatest.is_none(), own.greatest.clone())).collect();
    greatest.sort_by(|a, b| b.cmp(a));
    let end = |value: Option<&Rational>| value.cloned().map_or(End::Unbounded, End::Closed);
    let lo = end(least.get(place).and_then(Option::as_ref));
    let hi = end(greatest.get(place).and_then(|(_, value)| value.as_ref()));
    let set = Interval::new(lo, hi).map_or_else(RealSet::empty, RealSet::from);
    Ok(Value { set, kind })
}

/// The greatest of some numbers.
pub(super) fn greatest(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    in_place(arguments, 0)
}

/// The least of some numbers.
pub(super) fn least(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    in_place(arguments, arguments.len() - 1)
}

/// A whole number from 1 on that is given as a point.
fn position(value: &Value) -> Result<usize, Refusal> {
    pure(value, "a place in an order")?;
    let point = value.set.hull().as_ref().and_then(Interval::midpoint).filter(Rational::is_integer);
    let place = point.and_then(|point| point.to_usize()).filter(|place| *place >= 1);
    place.ok_or_else(|| Refusal::Domain("a place in an order is a whole number from 1 on".to_owned()))
}

/// The k-th greatest of some numbers, k first.
pub(super) fn kth_greatest(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let place = position(&arguments[0])?;
    let numbers = &arguments[1..];
    if place > numbers.len() {
        return Err(Refusal::Domain(format!("there is no place {place} among {} numbers", numbers.len())));
    }
    in_place(numbers, place - 1)
}

/// The k-th least of some numbers, k first.
pub(super) fn kth_least(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let place = position(&arguments[0])?;
    let numbers = &arguments[1..];
    if place > numbers.len() {
        return Err(Refusal::Domain(format!("there is no place {place} among {} numbers", numbers.len())));
    }
    in_place(numbers, numbers.len() - place)
}

/// Everything from the certain to the possible count.
fn counts(certain: usize, possible: usize) -> Value {
    let whole = |count: usize| rational::whole(i64::try_from(count).unwrap_or(i64::MAX));
    Value::number(RealSet::from(Interval::closed(whole(certain), whole(possible.max(certain)))))
}

/// How many numbers lie above the first argument.
pub(super) fn count_above(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (all, _) = ends(arguments)?;
    let (bound, numbers) = (&all[0], &all[1..]);
    let certain = numbers.iter().filter(|number| number.are_above(bound)).count();
    let possible = numbers.iter().filter(|number| number.can_be_above(bound)).count();
    Ok(counts(certain, possible))
}

/// How many numbers lie below the first argument.
pub(super) fn count_below(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (all, _) = ends(arguments)?;
    let (bound, numbers) = (&all[0], &all[1..]);
    let certain = numbers.iter().filter(|number| bound.are_above(number)).count();
    let possible = numbers.iter().filter(|number| bound.can_be_above(number)).count();
    Ok(counts(certain, possible))
}

/// In how many groups of `width` numbers the first one leads the others, by `leads` for certain and by `can` possibly.
fn leading(
    arguments: &[Value],
    leads: fn(&Ends, &Ends) -> bool,
    can: fn(&Ends, &Ends) -> bool,
) -> Result<Value, Refusal> {
    let width = position(&arguments[0])?;
    let numbers = &arguments[1..];
    if width < 2 || !numbers.len().is_multiple_of(width) {
        return Err(Refusal::Domain("groups of one size with two numbers or more are needed".to_owned()));
    }
    let (mut certain, mut possible) = (0, 0);
    for group in numbers.chunks(width) {
        let (all, _) = ends(group)?;
        let (own, others) = (&all[0], &all[1..]);
        certain += usize::from(others.iter().all(|other| leads(own, other)));
        possible += usize::from(others.iter().all(|other| can(own, other)));
    }
    Ok(counts(certain, possible))
}

/// In how many groups of so many numbers the first one is the greatest.
pub(super) fn count_greatest(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    leading(arguments, Ends::are_above, Ends::can_be_above)
}

/// In how many groups of so many numbers the first one is the least.
pub(super) fn count_least(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    leading(arguments, |own, other| other.are_above(own), |own, other| other.can_be_above(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(tenths: i64) -> Value {
        let value = |hundredths: i64| rational::ratio(hundredths, 100);
        Value::number(RealSet::from(Interval::closed(value(tenths * 10 - 5), value(tenths * 10 + 5))))
    }

    fn whole(value: i64) -> Value {
        Value::whole(value)
    }

    fn ends_of(value: &Value) -> (Rational, Rational) {
        let hull = value.set.hull().expect("a value");
        (hull.lo().value().expect("bounded").clone(), hull.hi().value().expect("bounded").clone())
    }

    #[test]
    fn ranks_hold_what_can_stand_in_the_place() {
        let numbers = [printed(30), printed(10), printed(20)];
        let of = |result: Result<Value, Refusal>| ends_of(&result.expect("pure numbers"));
        let around = |tenths: i64| ends_of(&printed(tenths));
        assert_eq!(of(greatest(&numbers, Precision::Tight)), around(30));
        assert_eq!(of(least(&numbers, Precision::Tight)), around(10));
        let with = |place: i64| [vec![whole(place)], numbers.to_vec()].concat();
        assert_eq!(of(kth_greatest(&with(2), Precision::Tight)), around(20));
        assert_eq!(of(kth_least(&with(1), Precision::Tight)), around(10));
        assert!(kth_greatest(&with(4), Precision::Tight).is_err());
        assert!(kth_greatest(&with(0), Precision::Tight).is_err());
    }

    #[test]
    fn a_half_line_leaves_one_end_open() {
        let below = Value::number(Interval::below(rational::whole(1), false).into());
        let hull = |value: Value| value.set.hull().expect("a value");
        let top = hull(greatest(&[below.clone(), printed(30)], Precision::Tight).expect("pure"));
        assert_eq!(top.lo().value(), Some(&ends_of(&printed(30)).0));
        let bottom = hull(least(&[below, printed(30)], Precision::Tight).expect("pure"));
        assert!(bottom.lo().value().is_none() && bottom.hi().value() == Some(&rational::whole(1)));
    }

    #[test]
    fn counts_leave_ties_open() {
        let of = |result: Result<Value, Refusal>| ends_of(&result.expect("pure numbers"));
        let count = |low: i64, high: i64| (rational::whole(low), rational::whole(high));
        // 2.0 prints for numbers on both sides of 2.
        let numbers = [vec![whole(2)], [30, 20, 10, 40].map(printed).to_vec()].concat();
        assert_eq!(of(count_above(&numbers, Precision::Tight)), count(2, 3));
        assert_eq!(of(count_below(&numbers, Precision::Tight)), count(1, 2));
        let groups = [vec![whole(2)], [30, 20, 10, 10, 10, 40].map(printed).to_vec()].concat();
        assert_eq!(of(count_greatest(&groups, Precision::Tight)), count(1, 2));
        assert_eq!(of(count_least(&groups, Precision::Tight)), count(1, 2));
        assert!(count_greatest(&groups[..4], Precision::Tight).is_err());
    }
}
