//! What several numbers allow together: any one of them, the values between two bounds, and the p-values of the test that an
//! interval inverts.

use crate::arithmetic::interval::{End, Interval};
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::units::Scale;
use crate::arithmetic::value::{Kind, Value};

use super::operators::{comparable, pure};
use super::{Precision, Refusal};

/// Every value from one number to another, in whatever order they stand.
pub(super) fn between(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (from, to) = (&arguments[0], &arguments[1]);
    comparable(&from.kind, &to.kind)?;
    let all = from.set.union(&to.set).hull().map_or_else(RealSet::empty, RealSet::from);
    Ok(Value { set: all, kind: Kind { scale: Scale::Linear, ..from.kind.clone() } })
}

/// One of several values of one kind, where what is printed can be any of them.
pub(super) fn any_of(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let mut all = arguments[0].clone();
    for value in &arguments[1..] {
        comparable(&all.kind, &value.kind)?;
        all.set = all.set.union(&value.set);
    }
    Ok(all)
}

/// The p-values that a two-sided test of a value can have where its interval has the level 1 − alpha: below alpha where
/// the value lies outside the interval, from alpha on where it lies inside.
///
/// An interval at level 1 − alpha is the set of all values that the test does not reject at alpha (Cox and Hinkley 1974,
/// *Theoretical Statistics*, section 7.2). This holds whatever the scale and the shape of the interval.
pub(super) fn p_by_interval(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let [value, low, high, alpha] = arguments else {
        return Err(Refusal::Program("p_by_interval takes four arguments".to_owned()));
    };
    for argument in [low, high] {
        comparable(&value.kind, &argument.kind)?;
    }
    pure(alpha, "the level")?;
    let ends = |value: &Value| value.set.hull().map(|hull| (hull.lo().value().cloned(), hull.hi().value().cloned()));
    let empty = || Refusal::Domain("an end of the interval has no value".to_owned());
    let (value, low, high) =
        (ends(value).ok_or_else(empty)?, ends(low).ok_or_else(empty)?, ends(high).ok_or_else(empty)?);
    let alpha = alpha.set.hull().ok_or_else(empty)?;
    let below = |a: &Option<Rational>, b: &Option<Rational>| a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| a < b);
    let up_to = |a: &Option<Rational>, b: &Option<Rational>| a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| a <= b);
    let outside = below(&value.0, &low.1) || below(&high.0, &value.1);
    let inside = up_to(&low.0, &value.1) && up_to(&value.0, &high.1);
    let zero = End::Closed(rational::whole(0));
    let one = End::Closed(rational::whole(1));
    let open = |end: &End| end.value().cloned().map_or(End::Unbounded, End::Open);
    let small = outside.then(|| Interval::new(zero, open(alpha.hi()))).flatten();
    let large = inside.then(|| Interval::new(alpha.lo().clone(), one)).flatten();
    Ok(Value::number(RealSet::new(small.into_iter().chain(large))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;

    fn number(a: i64, b: i64) -> Value {
        Value::number(RealSet::from(Interval::closed(ratio(a, 100), ratio(b, 100))))
    }

    fn p(low: (i64, i64), high: (i64, i64)) -> RealSet {
        let alpha = Value::point(ratio(5, 100));
        p_by_interval(&[Value::whole(0), number(low.0, low.1), number(high.0, high.1), alpha], Precision::Tight)
            .expect("pure numbers")
            .set
    }

    #[test]
    fn a_value_inside_has_a_large_p_and_one_outside_a_small_one() {
        let (small, large) = (ratio(4, 100), ratio(6, 100));
        let outside = p((10, 20), (40, 50));
        assert!(outside.contains(&small) && !outside.contains(&ratio(5, 100)) && !outside.contains(&large));
        let inside = p((-20, -10), (40, 50));
        assert!(!inside.contains(&small) && inside.contains(&ratio(5, 100)) && inside.contains(&large));
        let open = p((-5, 5), (40, 50));
        assert!(open.contains(&small) && open.contains(&large));
        let above = p((-50, -40), (-20, -10));
        assert!(above.contains(&small) && !above.contains(&large));
    }

    #[test]
    fn between_holds_both_numbers_and_all_in_the_middle() {
        let set = between(&[number(40, 50), number(-10, 0)], Precision::Tight).expect("pure numbers").set;
        assert!(set.contains(&ratio(20, 100)) && set.contains(&ratio(50, 100)) && !set.contains(&ratio(51, 100)));
    }
}
