//! What means and standard deviations of whole numbers can be: GRIM, GRIMMER and DEBIT as sets.
//!
//! Each function gives the values that n whole numbers reach, next to the printed value and within it, so that a
//! relation `mean ∈ grim(mean, n)` is an ordinary comparison of sets. That the data are whole, unweighted and complete
//! is for the rule to know.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::arithmetic::elementary;
use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::operators::pure;
use super::{Precision, Refusal};

/// The most values that are listed one by one; a denser lattice has no power, and its hull is given.
const MAX_LISTED: i64 = 2048;

/// The most people times items.
const MAX_COUNT: i64 = 1_000_000_000;

/// The most totals that a printed mean may stand for in GRIMMER.
const MAX_TOTALS: i64 = 64;

pub(super) fn grim(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let count = count(&arguments[1], 1)?.saturating_mul(items(arguments.get(2))?);
    let (low, high) = bounded(&arguments[0], "the mean")?;
    let size = rational::whole(count);
    let (first, last) = (whole(&(&low * &size).floor())?, whole(&(&high * &size).ceil())?);
    let mean = |total: i64| rational::whole(total) / &size;
    let set = if last - first > MAX_LISTED {
        RealSet::from(Interval::closed(mean(first), mean(last)))
    } else {
        RealSet::new((first..=last).map(|total| Interval::point(mean(total))))
    };
    Ok(Value::number(set))
}

pub(super) fn debit(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let n = count(&arguments[1], 2)?;
    let (low, high) = bounded(&arguments[0], "the mean")?;
    let size = rational::whole(n);
    let first = whole(&(&low * &size).ceil())?.max(0);
    let last = whole(&(&high * &size).floor())?.min(n);
    if first > last {
        return Err(Refusal::Domain("no number of ones gives the mean".to_owned()));
    }
    let (size, less) = (rational::whole(n), rational::whole(n - 1));
    let variance = |ones: i64| rational::whole(ones) * rational::whole(n - ones) / &size / &less;
    let variances = if last - first > MAX_LISTED {
        RealSet::from(Interval::closed(rational::whole(0), variance(n / 2)))
    } else {
        RealSet::new((first..=last).map(|ones| Interval::point(variance(ones))))
    };
    root(&variances)
}

pub(super) fn grimmer(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let n = count(&arguments[2], 2)?;
    let items = items(arguments.get(3))?;
    let (low, high) = bounded(&arguments[0], "the mean")?;
    let (least_sd, most_sd) = bounded(&arguments[1], "the SD")?;
    if most_sd.is_negative() {
        return Err(Refusal::Domain("an SD is not below zero".to_owned()));
    }
    let size = rational::whole(n.saturating_mul(items));
    let (first, last) = (whole(&(&low * &size).ceil())?, whole(&(&high * &size).floor())?);
    if first > last {
        return Err(Refusal::Domain("no total of whole numbers gives the mean".to_owned()));
    }
    let every = RealSet::from(Interval::above(rational::whole(0), true));
    if last - first > MAX_TOTALS {
        return Ok(Value::number(every));
    }
    let scale = rational::whole(n - 1) * rational::whole(items) * rational::whole(items);
    let least_sd = if least_sd.is_negative() { rational::whole(0) } else { least_sd };
    let mut variances = Vec::new();
    for total in first..=last {
        let centre = rational::whole(total) * rational::whole(total) / rational::whole(n);
        let from = whole(&(&scale * &least_sd * &least_sd + &centre).floor())? - 2;
        let to = whole(&(&scale * &most_sd * &most_sd + &centre).ceil())? + if n <= 4 { 64 } else { 2 };
        if to - from > MAX_LISTED {
            return Ok(Value::number(every));
        }
        let squares = reached(total, n, from, to).into_iter();
        variances.extend(squares.map(|sum| Interval::point((rational::whole(sum) - &centre) / &scale)));
    }
    root(&RealSet::new(variances))
}

/// The sums of squares from one to another that n whole numbers with the given total reach; where there is none, the
/// least that they reach at all, which is the nearest.
fn reached(total: i64, n: i64, from: i64, to: i64) -> Vec<i64> {
    let bottom = least_squares(total, n);
    let found: Vec<i64> = (from.max(bottom)..=to).filter(|&sum| reachable(total, sum, n)).collect();
    if found.is_empty() { vec![bottom] } else { found }
}

/// The least sum of squares of n whole numbers with the given total: as equal as possible.
fn least_squares(total: i64, n: i64) -> i64 {
    let (quotient, rest) = (total.div_euclid(n), total.rem_euclid(n));
    let (quotient, rest, n) = (i128::from(quotient), i128::from(rest), i128::from(n));
    let sum = (n - rest) * quotient * quotient + rest * (quotient + 1) * (quotient + 1);
    i64::try_from(sum).unwrap_or(i64::MAX)
}

/// Whether n whole numbers can have this total and this sum of squares. From n = 5 on, parity and the least sum decide
/// over all integers (brute force for n = 5, 6, 7; more numbers only add freedom); below that an exact search does.
fn reachable(total: i64, squares: i64, n: i64) -> bool {
    if (squares - total).rem_euclid(2) != 0 {
        return false;
    }
    // Moving every number by the same whole number changes nothing and makes the search small.
    let shift = total.div_euclid(n);
    let rest = total - n * shift;
    let moved = i128::from(squares) - 2 * i128::from(shift) * i128::from(total)
        + i128::from(n) * i128::from(shift) * i128::from(shift);
    let Ok(moved) = i64::try_from(moved) else { return true };
    match n {
        2..=4 => search(rest, moved, n),
        _ => true,
    }
}

/// An exact search for at most four numbers; sums of squares too large for it count as reached.
fn search(total: i64, squares: i64, n: i64) -> bool {
    if squares < 0 {
        return false;
    }
    if n == 2 {
        let difference = 2 * i128::from(squares) - i128::from(total) * i128::from(total);
        return elementary::exact_root(&BigInt::from(difference)).is_some();
    }
    let reach = BigInt::from(squares).sqrt().to_i64().unwrap_or(i64::MAX);
    if reach > if n == 3 { 4000 } else { 120 } {
        return true;
    }
    (-reach..=reach).any(|own| search(total - own, squares - own * own, n - 1))
}

fn root(variances: &RealSet) -> Result<Value, Refusal> {
    elementary::sqrt(variances).map(Value::number).ok_or_else(|| Refusal::Domain("no SD is reached".to_owned()))
}

/// A number of people, at least `least`.
fn count(value: &Value, least: i64) -> Result<i64, Refusal> {
    pure(value, "a count")?;
    let point = value.set.as_point().filter(|point| point.is_integer());
    match point.and_then(|point| point.to_integer().to_i64()) {
        Some(count) if (least..=MAX_COUNT).contains(&count) => Ok(count),
        Some(_) => Err(Refusal::Range(format!("the count is not between {least} and {MAX_COUNT}"))),
        None => Err(Refusal::Domain("a count is an exact whole number".to_owned())),
    }
}

fn items(value: Option<&Value>) -> Result<i64, Refusal> {
    let items = value.map_or(Ok(1), |value| count(value, 1))?;
    if items <= 1000 { Ok(items) } else { Err(Refusal::Range("more than 1000 items".to_owned())) }
}

/// The ends of a bounded pure number.
fn bounded(value: &Value, what: &str) -> Result<(Rational, Rational), Refusal> {
    pure(value, what)?;
    let hull = value.set.hull();
    let ends = hull.as_ref().and_then(|hull| Some((hull.lo().value()?.clone(), hull.hi().value()?.clone())));
    ends.ok_or_else(|| Refusal::Domain(format!("{what} has no bounds")))
}

fn whole(value: &Rational) -> Result<i64, Refusal> {
    let limit = i64::MAX / 4;
    value
        .to_integer()
        .to_i64()
        .filter(|value| (-limit..=limit).contains(value))
        .ok_or_else(|| Refusal::Range("the total is too large".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::functions::find;
    use crate::arithmetic::printed::Printed;
    use std::collections::BTreeSet;

    fn printed(text: &str) -> Value {
        Value::number(Printed::parse(text).expect(text).tight())
    }

    fn meets(name: &str, value: &str, arguments: &[Value]) -> bool {
        let set = find(name).expect(name).apply(arguments, Precision::Tight).expect(name).set;
        set.meets(&printed(value).set)
    }

    #[test]
    fn grim_finds_the_means_that_whole_numbers_reach() {
        // 3.48 · 25 = 87 and 5.19 · 28 = 145.32: neither 145 / 28 = 5.178… nor 146 / 28 = 5.214… prints as 5.19.
        assert!(meets("grim", "3.48", &[printed("3.48"), Value::whole(25)]));
        assert!(!meets("grim", "5.19", &[printed("5.19"), Value::whole(28)]));
        assert!(meets("grim", "5.19", &[printed("5.19"), Value::whole(28), Value::whole(4)]));
        assert!(meets("grim", "5.19", &[printed("5.19"), Value::whole(1_000_000)]));
    }

    #[test]
    fn debit_takes_the_maximum_inside_the_mean() {
        // 5 of 10: sqrt(25 / 90) = 0.527.
        assert!(meets("debit", "0.527", &[printed("0.50"), Value::whole(10)]));
        assert!(!meets("debit", "0.51", &[printed("0.50"), Value::whole(10)]));
    }

    #[test]
    fn grimmer_agrees_with_every_sample_of_small_whole_numbers() {
        for n in 2..=5_usize {
            let mut reached = BTreeSet::new();
            for code in 0..7_i64.pow(u32::try_from(n).expect("small")) {
                let sample: Vec<i64> =
                    (0..n).map(|at| code / 7_i64.pow(u32::try_from(at).expect("small")) % 7 - 3).collect();
                reached.insert((sample.iter().sum::<i64>(), sample.iter().map(|y| y * y).sum::<i64>()));
            }
            let n = i64::try_from(n).expect("small");
            // Sums of squares up to 9 need no number beyond ±3, so the list of samples is complete there.
            for total in -6..=6 {
                for squares in 0..=9 {
                    let says = squares >= least_squares(total, n) && reachable(total, squares, n);
                    assert_eq!(says, reached.contains(&(total, squares)), "n {n}, total {total}, squares {squares}");
                }
            }
        }
    }

    #[test]
    fn grimmer_judges_standard_deviations() {
        // Ten answers with mean 2.0 (total 20): an SD of 0 is 20 = 10 · 2; parity forbids a sum of squares of 41.
        assert!(meets("grimmer", "0.00", &[printed("2.0"), printed("0.00"), Value::whole(10)]));
        assert!(meets("grimmer", "0.471", &[printed("2.00"), printed("0.471"), Value::whole(10)]));
        assert!(!meets("grimmer", "0.333", &[printed("2.00"), printed("0.333"), Value::whole(10)]));
    }

    #[test]
    fn doubtful_arguments_are_refused() {
        let apply = |name: &str, arguments: &[Value]| find(name).expect(name).apply(arguments, Precision::Wide);
        assert!(apply("grim", &[printed("3.48"), printed("25")]).is_err());
        assert!(apply("grim", &[printed("3.48"), Value::whole(0)]).is_err());
        assert!(apply("grim", &[printed("3e200"), Value::whole(2)]).is_err());
        assert!(apply("grimmer", &[printed("5.19"), printed("1.0"), Value::whole(28)]).is_err());
        assert!(apply("grimmer", &[printed("5.19"), printed("-1.0"), Value::whole(28)]).is_err());
        assert!(apply("debit", &[printed("2.5"), Value::whole(28)]).is_err());
        assert!(apply("grim", &[Value::number(RealSet::from(Interval::all())), Value::whole(3)]).is_err());
    }
}
