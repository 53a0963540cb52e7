//! What means of whole numbers can be, and SDs of zeros and ones: GRIM and DEBIT as sets.
//!
//! Each function gives the values that n whole numbers reach, next to the printed value and within it, so that a
//! relation `mean ∈ grim(mean, n)` is an ordinary comparison of sets. That the data are whole, unweighted and complete
//! is for the rule to know. SDs are in `grimmer`.

use num_traits::Zero;

use crate::arithmetic::elementary;
use crate::arithmetic::interval::{End, Interval};
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::{bounded, count, hull, items, total, wholes};
use super::{Precision, Refusal};

/// The most values that are listed one by one; a denser lattice has no power, and its hull is given.
const MAX_LISTED: i64 = 2048;

pub(super) fn grim(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let count = count(&arguments[1], 1)?.saturating_mul(items(arguments.get(2))?);
    let (low, high) = bounded(&arguments[0], "the mean")?;
    let size = rational::whole(count);
    let (first, last) = (total(&(&low * &size).floor())?, total(&(&high * &size).ceil())?);
    let mean = |total: i64| rational::whole(total) / &size;
    let set = if last - first > MAX_LISTED {
        RealSet::from(Interval::closed(mean(first), mean(last)))
    } else {
        RealSet::new((first..=last).map(|total| Interval::point(mean(total))))
    };
    Ok(Value::number(set))
}

/// The shares of n · items that are a whole number of them, next to and within a share given as a ratio: GRIM, kept from 0
/// to 1.
pub(super) fn grim_percent(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    let shares = grim(arguments, precision)?;
    let all = RealSet::from(Interval::closed(Rational::zero(), rational::whole(1)));
    let inside = shares.set.intersection(&all);
    if inside.is_empty() {
        return Err(Refusal::Domain("a share is between 0 and 1".to_owned()));
    }
    Ok(Value::number(inside))
}

pub(super) fn debit(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    binary(arguments, Divisor::Sample)
}

pub(super) fn debit_population(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    binary(arguments, Divisor::Population)
}

/// What a sum of squares is divided by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Divisor {
    /// n − 1: the sample SD.
    Sample,
    /// n: the SD of a population.
    Population,
}

impl Divisor {
    /// The divisor for n people.
    pub(super) fn of(self, n: i64) -> Rational {
        rational::whole(if self == Self::Sample { n - 1 } else { n })
    }

    /// The fewest people that it has a value for.
    pub(super) const fn least(self) -> i64 {
        match self {
            Self::Sample => 2,
            Self::Population => 1,
        }
    }
}

fn binary(arguments: &[Value], divisor: Divisor) -> Result<Value, Refusal> {
    let n = count(&arguments[1], divisor.least())?;
    let size = rational::whole(n);
    let totals = wholes(&hull(&arguments[0], "the mean")?, &size)?;
    let totals = totals.map(|(first, last)| (first.max(0), last.min(n))).filter(|(first, last)| first <= last);
    let (first, last) = totals.ok_or_else(|| Refusal::Domain("no number of ones gives the mean".to_owned()))?;
    let variance = |ones: i64| rational::whole(ones) * rational::whole(n - ones) / &size / divisor.of(n);
    let variances = if last - first > MAX_LISTED {
        RealSet::from(Interval::closed(rational::whole(0), variance(n / 2)))
    } else {
        RealSet::new((first..=last).map(|ones| Interval::point(variance(ones))))
    };
    root(&variances)
}

/// The roots of variances; of one that is a square of a fraction exactly.
pub(super) fn root(variances: &RealSet) -> Result<Value, Refusal> {
    let one = |part: &Interval| {
        let low = root_of(part.lo().value()?)?;
        match part.hi().value() {
            Some(high) => Some(low.hull(&root_of(high)?)),
            None => Interval::new(low.lo().clone(), End::Unbounded),
        }
    };
    let roots = RealSet::new(variances.parts().iter().filter_map(one));
    if roots.is_empty() { Err(Refusal::Domain("no SD is reached".to_owned())) } else { Ok(Value::number(roots)) }
}

/// The root of one number.
pub(super) fn root_of(value: &Rational) -> Option<Interval> {
    let exact =
        || Some(Rational::new(elementary::exact_root(&value.numer())?, elementary::exact_root(&value.denom())?));
    exact().map(Interval::point).or_else(|| elementary::sqrt(&RealSet::point(value.clone()))?.hull())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::functions::find;
    use crate::arithmetic::functions::fixture::{meets, printed};

    #[test]
    fn grim_finds_the_means_that_whole_numbers_reach() {
        // 3.48 · 25 = 87 and 5.19 · 28 = 145.32: neither 145 / 28 = 5.178… nor 146 / 28 = 5.214… prints as 5.19.
        assert!(meets("grim", "3.48", &[printed("3.48"), Value::whole(25)]));
        assert!(!meets("grim", "5.19", &[printed("5.19"), Value::whole(28)]));
        assert!(meets("grim", "5.19", &[printed("5.19"), Value::whole(28), Value::whole(4)]));
        assert!(meets("grim", "5.19", &[printed("5.19"), Value::whole(1_000_000)]));
    }

    #[test]
    fn shares_are_whole_numbers_of_people() {
        // 111 of 154 are 72.08 %.
        assert!(meets("grim_percent", "0.721", &[printed("0.721"), Value::whole(154)]));
        assert!(!meets("grim_percent", "0.723", &[printed("0.723"), Value::whole(154)]));
        let refused = find("grim_percent").expect("it").apply(&[printed("1.3"), Value::whole(7)], Precision::Tight);
        assert!(refused.is_err());
    }

    #[test]
    fn debit_takes_the_maximum_inside_the_mean() {
        // 5 of 10: sqrt(25 / 90) = 0.527, or 0.5 of a population, exactly.
        assert!(meets("debit", "0.527", &[printed("0.50"), Value::whole(10)]));
        assert!(!meets("debit", "0.51", &[printed("0.50"), Value::whole(10)]));
        let half = find("debit_population").expect("it").apply(&[printed("0.50"), Value::whole(10)], Precision::Tight);
        assert_eq!(half.expect("a value").set, RealSet::point(rational::ratio(1, 2)));
    }

    #[test]
    fn doubtful_arguments_are_refused() {
        let apply = |name: &str, arguments: &[Value]| find(name).expect(name).apply(arguments, Precision::Wide);
        assert!(apply("grim", &[printed("3.48"), printed("25")]).is_err());
        assert!(apply("grim", &[printed("3.48"), Value::whole(0)]).is_err());
        assert!(apply("grim", &[printed("3e200"), Value::whole(2)]).is_err());
        assert!(apply("debit", &[printed("2.5"), Value::whole(28)]).is_err());
        assert!(apply("grim", &[Value::number(RealSet::from(Interval::all())), Value::whole(3)]).is_err());
    }
}
