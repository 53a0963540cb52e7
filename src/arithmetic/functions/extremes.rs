//! What n numbers, whole or not, can be whose least and greatest are known: their mean and their SD as sets.
//!
//! One number stands at each end. The SD is least where the others are equal and greatest where as many as can be stand at the
//! ends; with the extremes a and b and the mean m, the sum of squared deviations lies between u² + v² + (u + v)² / (n − 2),
//! u being a − m and v being b − m, and n (m − a) (b − m).

use num_traits::{Signed, Zero};

use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::{bounded, count, ends, hull};
use super::granularity::{Divisor, root};
use super::{Precision, Refusal};

/// An interval by its ends.
type Ends = (Rational, Rational);

pub(super) fn mean_attained(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let n = count(&arguments[0], 2)?;
    let (least, greatest) = extremes(&arguments[1], &arguments[2])?;
    Ok(Value::number(RealSet::from(means(n, &least, &greatest)?)))
}

pub(super) fn sd_attained(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    attained(arguments, Divisor::Sample)
}

pub(super) fn sd_attained_population(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    attained(arguments, Divisor::Population)
}

/// The two extremes, refused where the least is above the greatest.
fn extremes(least: &Value, greatest: &Value) -> Result<(Ends, Ends), Refusal> {
    let (least, greatest) = (bounded(least, "the least value")?, bounded(greatest, "the greatest value")?);
    if least.0 > greatest.1 {
        return Err(Refusal::Domain("the least value is above the greatest".to_owned()));
    }
    Ok((least, greatest))
}

/// The means of n numbers: all but one at one end.
fn means(n: i64, least: &Ends, greatest: &Ends) -> Result<Interval, Refusal> {
    let (size, others) = (rational::whole(n), rational::whole(n - 1));
    let of = |many: &Rational, one: &Rational| (many * &others + one) / &size;
    let (low, high) = (of(&least.0, &greatest.0), of(&greatest.1, &least.1));
    if low > high {
        return Err(Refusal::Domain("the least value is above the greatest".to_owned()));
    }
    Ok(Interval::closed(low, high))
}

fn attained(arguments: &[Value], divisor: Divisor) -> Result<Value, Refusal> {
    let n = count(&arguments[1], 2)?;
    let (least, greatest) = extremes(&arguments[2], &arguments[3])?;
    let possible = hull(&arguments[0], "the mean")?.intersection(&means(n, &least, &greatest)?);
    let (smallest, largest) = possible
        .as_ref()
        .and_then(ends)
        .ok_or_else(|| Refusal::Domain("no numbers with these extremes have the mean".to_owned()))?;
    let top = ((&least.0 + &greatest.1) / rational::whole(2)).max(smallest.clone()).min(largest.clone());
    let most = (&top - &least.0) * (&greatest.1 - &top) * rational::whole(n);
    let below = (&least.0 - &largest, (&least.1 - &smallest).min(Rational::zero()));
    let above = ((&greatest.0 - &largest).max(Rational::zero()), &greatest.1 - &smallest);
    let fewest = least_of(n, &below, &above).min(most.clone());
    root(&RealSet::from(Interval::closed(fewest / divisor.of(n), most / divisor.of(n))))
}

/// The least of u² + v² + (u + v)² / (n − 2), u being in `below` and v in `above`: a convex function, so that the least is on
/// an edge of the box, at its corners or where the derivative along the edge is zero.
fn least_of(n: i64, below: &Ends, above: &Ends) -> Rational {
    let value = |u: &Rational, v: &Rational| {
        let both = u + v;
        let apart = u * u + v * v;
        if n > 2 { apart + &both * &both / rational::whole(n - 2) } else { apart }
    };
    // Of two numbers nothing is left between the ends, so that the edge is looked at from its corner nearest to zero.
    let opposite = |own: &Rational| if n > 2 { -own / rational::whole(n - 1) } else { Rational::zero() };
    let inside = |value: Rational, ends: &Ends| value.max(ends.0.clone()).min(ends.1.clone());
    let along_v = [&above.0, &above.1].map(|v| value(&inside(opposite(v), below), v));
    let along_u = [&below.0, &below.1].map(|u| value(u, &inside(opposite(u), above)));
    let all = along_v.into_iter().chain(along_u);
    all.reduce(Rational::min).unwrap_or_else(Rational::zero).abs()
}

#[cfg(test)]
mod tests {
    use crate::arithmetic::functions::fixture::{meets, printed};
    use crate::arithmetic::functions::{Precision, find};
    use crate::arithmetic::value::Value;

    #[test]
    fn the_extremes_bound_the_mean() {
        let of = |mean: &str| meets("mean_attained", mean, &[Value::whole(4), printed("1"), printed("9")]);
        // Three 1s and a 9 have the mean 3.0, with their rounding down to 2.5.
        assert!(of("3.0") && of("7.0") && of("2.5") && !of("2.4") && !of("7.6"));
        assert!(
            find("mean_attained")
                .expect("it")
                .apply(&[Value::whole(1), printed("1"), printed("9")], Precision::Tight)
                .is_err()
        );
    }

    #[test]
    fn the_extremes_bound_the_deviation() {
        let of = |name: &str, sd: &str, n: i64, ends: [&str; 2]| {
            meets(name, sd, &[printed("5.00"), Value::whole(n), printed(ends[0]), printed(ends[1])])
        };
        // 1, 5, 5, 5, 9: the sum of squares is 32; 1, 1, 5, 9, 9: it is 64.
        assert!(of("sd_attained", "2.83", 5, ["1.00", "9.00"]) && !of("sd_attained", "2.80", 5, ["1.00", "9.00"]));
        assert!(of("sd_attained", "4.00", 5, ["1.00", "9.00"]) && !of("sd_attained", "4.60", 5, ["1.00", "9.00"]));
        assert!(of("sd_attained_population", "2.53", 5, ["1.00", "9.00"]));
        // Two numbers are their extremes.
        assert!(of("sd_attained", "5.66", 2, ["1.00", "9.00"]) && !of("sd_attained", "5.5", 2, ["1.00", "9.00"]));
        // One mean off the middle: 1, 6.33, 6.33, 6.33.
        assert!(of("sd_attained", "2.67", 4, ["1.00", "6.33"]) && !of("sd_attained", "2.60", 4, ["1.00", "6.33"]));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let apply = |mean: &str, ends: [&str; 2]| {
            let arguments = [printed(mean), Value::whole(4), printed(ends[0]), printed(ends[1])];
            find("sd_attained").expect("it").apply(&arguments, Precision::Tight)
        };
        assert!(
            apply("12.0", ["1", "9"]).is_err() && apply("5.0", ["9", "1"]).is_err() && apply("5.0", ["1", "9"]).is_ok()
        );
    }
}
