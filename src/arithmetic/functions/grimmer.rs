//! What SDs of whole numbers can be: GRIMMER over a domain, and the bounds of an SD on a scale, as sets.
//!
//! For every total S that the printed mean stands for and every sum of squares Q next to and within the printed SD,
//! `arithmetic::samples` says whether n whole numbers of the domain have both. With items, the whole numbers are the sums
//! of a person's answers, and the domain is that of one answer. A Q whose sample could not be decided counts as reached.

use num_traits::{ToPrimitive, Zero};

use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::samples::{Domain, Numbers, Reach};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::{bounded, count, domain, ends, hull, items, magnitude, wholes};
use super::granularity::{Divisor, root};
use super::{Precision, Refusal};

/// The most totals that are looked at one by one; of more only the bounds of the SD are given.
const MAX_TOTALS: i64 = 1024;

/// The most sums of squares that are looked at for one printed pair.
const MAX_SQUARES: i128 = 4096;

/// The most sums of squares of one total that may stay undecided.
const MAX_UNKNOWN: i128 = 3;

/// How far from the printed SD the next sums of squares are looked for, in steps of two.
const MAX_STEPS: i128 = 40;

pub(super) fn grimmer(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    reached(arguments, Divisor::Sample)
}

pub(super) fn grimmer_population(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    reached(arguments, Divisor::Population)
}

pub(super) fn grimmer_attained(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    attained(arguments, Divisor::Sample)
}

pub(super) fn grimmer_attained_population(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    attained(arguments, Divisor::Population)
}

pub(super) fn sd_range(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    range(arguments, Divisor::Sample)
}

pub(super) fn sd_range_population(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    range(arguments, Divisor::Population)
}

pub(super) fn sd_limit(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    limit(arguments, Divisor::Sample)
}

pub(super) fn sd_limit_population(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    limit(arguments, Divisor::Population)
}

/// Samples of n sums of `items` answers whose mean is the printed one.
struct Samples {
    /// The sums of the people.
    numbers: Numbers,
    /// The totals that the mean stands for.
    totals: (i64, i64),
    /// What a sum of squared deviations is divided by to give the variance.
    scale: Rational,
}

impl Samples {
    fn new(mean: &Value, n: i64, items: i64, domain: Domain, divisor: Divisor) -> Result<Self, Refusal> {
        let sums = domain.of_sums(items).ok_or_else(|| Refusal::Range("the scale is too long".to_owned()))?;
        let scale = divisor.of(n) * rational::whole(items) * rational::whole(items);
        Self::of(mean, Numbers::of(n, sums), items, scale)
    }

    /// Samples of whole numbers with these extremes.
    fn between(mean: &Value, n: i64, ends: (i64, i64), divisor: Divisor) -> Result<Self, Refusal> {
        let numbers = Numbers::between(n, ends.0, ends.1);
        let numbers = numbers.ok_or_else(|| Refusal::Domain("no numbers have these extremes".to_owned()))?;
        Self::of(mean, numbers, 1, divisor.of(n))
    }

    fn of(mean: &Value, numbers: Numbers, items: i64, scale: Rational) -> Result<Self, Refusal> {
        let size = rational::whole(numbers.count().saturating_mul(items));
        let totals = wholes(&hull(mean, "the mean")?, &size)?;
        let (mut first, mut last) =
            totals.ok_or_else(|| Refusal::Domain("no total of whole numbers gives the mean".to_owned()))?;
        let (bottom, top) = numbers.totals();
        first = bottom.map_or(first, |bottom| first.max(bottom));
        last = top.map_or(last, |top| last.min(top));
        if first > last {
            return Err(Refusal::Domain("the mean is outside the scale".to_owned()));
        }
        Ok(Self { numbers, totals: (first, last), scale })
    }

    /// S²/n.
    fn centre(&self, total: i64) -> Rational {
        rational::whole(total) * rational::whole(total) / rational::whole(self.numbers.count())
    }

    fn variance(&self, total: i64, squares: i128) -> Rational {
        (Rational::from_integer(squares.into()) - self.centre(total)) / &self.scale
    }

    /// The least and the greatest variance with any of the totals; no greatest where there is none.
    fn bounds(&self) -> (Rational, Option<Rational>) {
        let (from, to) = self.totals;
        if to - from > MAX_TOTALS {
            return (Rational::zero(), self.most_over_many());
        }
        let least = (from..=to).map(|total| self.variance(total, self.numbers.least_squares(total))).min();
        let most =
            (from..=to).map(|total| self.numbers.most_squares(total).map(|squares| self.variance(total, squares)));
        let most = most.reduce(|a, b| Some(a?.max(b?))).flatten();
        (least.unwrap_or_else(Rational::zero), most)
    }

    /// An upper bound of the variance over many totals: n times (mean − low)(high − mean), a parabola.
    fn most_over_many(&self) -> Option<Rational> {
        let (size, domain) = (rational::whole(self.numbers.count()), self.numbers.domain());
        let (low, high) = (rational::whole(domain.low?), rational::whole(domain.high?));
        let (first, last) = (rational::whole(self.totals.0) / &size, rational::whole(self.totals.1) / &size);
        let top = ((&low + &high) / rational::whole(2)).max(first).min(last);
        Some(size * (&top - &low) * (&high - &top) / &self.scale)
    }

    /// The sums of squares for a total that are next to and within the variances, as variances.
    fn near(&self, total: i64, least: &Rational, most: &Rational, left: &mut i128) -> Option<Vec<Rational>> {
        let centre = self.centre(total);
        let whole = |value: Rational| value.to_integer().to_i128();
        let from = whole((&self.scale * least + &centre).floor())?;
        let to = whole((&self.scale * most + &centre).ceil())?;
        let bottom = self.numbers.least_squares(total);
        let top = self.numbers.most_squares(total);
        let even = |value: i128| value + (value - bottom).rem_euclid(2);
        let (start, end) = (even(from.max(bottom)), top.map_or(to, |top| to.min(top)));
        *left -= ((end - start) / 2).max(0) + 1;
        if *left < 0 {
            return None;
        }
        let mut unknown = 0;
        let mut is_reached = |squares: i128| {
            // What cannot be decided takes long, so only a few such answers are waited for.
            if unknown > MAX_UNKNOWN {
                return true;
            }
            let reach = self.numbers.reach(total, squares);
            unknown += i128::from(reach == Reach::Unknown);
            reach.is_possible()
        };
        let mut found: Vec<i128> = (0..=(end - start) / 2).map(|step| start + 2 * step).collect();
        found.retain(|squares| *squares <= end && is_reached(*squares));
        // The nearest on either side: what is possible is then said even where the printed SD is not.
        let below = (1..=MAX_STEPS).map(|step| start - 2 * step).take_while(|squares| *squares >= bottom);
        found.push(below.into_iter().find(|squares| is_reached(*squares)).unwrap_or(bottom));
        let after = end.max(start - 2);
        let mut above = (1..=MAX_STEPS).map(|step| even(after) + 2 * step - 2).filter(|squares| *squares > end);
        let above = above.find(|squares| top.is_none_or(|top| *squares <= top) && is_reached(*squares));
        found.extend(above.or(top));
        Some(found.into_iter().map(|squares| self.variance(total, squares)).collect())
    }
}

fn reached(arguments: &[Value], divisor: Divisor) -> Result<Value, Refusal> {
    let n = count(&arguments[2], divisor.least())?;
    let items = items(arguments.get(3))?;
    let domain = domain(arguments.get(4), arguments.get(5))?;
    let samples = Samples::new(&arguments[0], n, items, domain, divisor)?;
    deviations(&samples, &arguments[1])
}

/// The SDs of n whole numbers with the mean whose extremes are the two that are given.
fn attained(arguments: &[Value], divisor: Divisor) -> Result<Value, Refusal> {
    let n = count(&arguments[2], 2)?;
    let Domain { low: Some(low), high: Some(high) } = domain(arguments.get(3), arguments.get(4))? else {
        return Err(Refusal::Domain("an extreme is missing".to_owned()));
    };
    let samples = Samples::between(&arguments[0], n, (low, high), divisor)?;
    deviations(&samples, &arguments[1])
}

/// The SDs of the samples next to and within a printed one.
fn deviations(samples: &Samples, sd: &Value) -> Result<Value, Refusal> {
    let (least_sd, most_sd) = magnitude(sd, "the SD")?;
    let bounds = || {
        let (least, most) = samples.bounds();
        match most {
            Some(most) => Interval::closed(least, most),
            None => Interval::above(least, true),
        }
    };
    let (from, to) = samples.totals;
    if to - from > MAX_TOTALS {
        return root(&RealSet::from(bounds()));
    }
    let (least, most) = (&least_sd * &least_sd, &most_sd * &most_sd);
    let mut left = MAX_SQUARES;
    let mut variances = Vec::new();
    for total in from..=to {
        match samples.near(total, &least, &most, &mut left) {
            Some(near) => variances.extend(near.into_iter().map(Interval::point)),
            None => return root(&RealSet::from(bounds())),
        }
    }
    root(&RealSet::new(variances))
}

/// The least and the greatest SD of n whole numbers on a scale with the mean.
fn range(arguments: &[Value], divisor: Divisor) -> Result<Value, Refusal> {
    let n = count(&arguments[1], divisor.least())?;
    let domain = domain(arguments.get(2), arguments.get(3))?;
    let samples = Samples::new(&arguments[0], n, items(arguments.get(4))?, domain, divisor)?;
    let (least, most) = samples.bounds();
    let most = most.ok_or_else(|| Refusal::Domain("the scale has no end".to_owned()))?;
    root(&RealSet::from(Interval::closed(least, most)))
}

/// What the SD of n numbers between two ends with the mean can be, whole or not: up to √((m − a)(b − m) n / divisor).
fn limit(arguments: &[Value], divisor: Divisor) -> Result<Value, Refusal> {
    let n = count(&arguments[1], divisor.least())?;
    let (low, _) = bounded(&arguments[2], "the start of the scale")?;
    let (_, high) = bounded(&arguments[3], "the end of the scale")?;
    if low > high {
        return Err(Refusal::Domain("the scale ends below its start".to_owned()));
    }
    let scale = Interval::closed(low.clone(), high.clone());
    let means = hull(&arguments[0], "the mean")?.intersection(&scale).as_ref().and_then(ends);
    let (first, last) = means.ok_or_else(|| Refusal::Domain("the mean is outside the scale".to_owned()))?;
    let top = ((&low + &high) / rational::whole(2)).max(first).min(last);
    let most = (&top - &low) * (&high - &top) * rational::whole(n) / divisor.of(n);
    root(&RealSet::from(Interval::closed(Rational::zero(), most)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::functions::find;
    use crate::arithmetic::functions::fixture::printed;

    fn possible(name: &str, mean: &str, sd: &str, rest: &[i64]) -> bool {
        let mut arguments = vec![printed(mean), printed(sd)];
        arguments.extend(rest.iter().copied().map(Value::whole));
        let set = find(name).expect(name).apply(&arguments, Precision::Tight).expect(name).set;
        set.meets(&printed(sd).set)
    }

    #[test]
    fn standard_deviations_of_integers_are_judged() {
        // Ten answers with mean 2.0 (total 20): an SD of 0 is 20 = 10 · 2; parity forbids a sum of squares of 41.
        assert!(possible("grimmer", "2.0", "0.00", &[10]));
        assert!(possible("grimmer", "2.00", "0.471", &[10]));
        assert!(!possible("grimmer", "2.00", "0.333", &[10]));
        // The same sum of squares, 42, as a population.
        assert!(possible("grimmer_population", "2.00", "0.447", &[10]));
        assert!(!possible("grimmer_population", "2.00", "0.471", &[10]));
    }

    #[test]
    fn the_domain_decides() {
        // Five numbers, total 10. A sum of squares of 60 (SD 3.16) needs one below zero, 58 (SD 3.08) is 7, 3, 0, 0, 0.
        assert!(possible("grimmer", "2.00", "3.16", &[5]));
        assert!(!possible("grimmer", "2.00", "3.16", &[5, 1, 0]));
        assert!(possible("grimmer", "2.00", "3.08", &[5, 1, 0]));
        assert!(!possible("grimmer", "2.00", "3.08", &[5, 1, 1]));
        assert!(!possible("grimmer", "2.00", "3.16", &[5, 1, 1, 5]));
        assert!(possible("grimmer", "2.00", "1.00", &[5, 1, 1, 5]));
    }

    #[test]
    fn extremes_decide() {
        // Five numbers with the total 10 on 0:5, from 0 to 5 both: the other three have 5, so that the squares are 34 and more.
        assert!(possible("grimmer", "2.00", "1.22", &[5, 1, 0, 5]));
        assert!(!possible("grimmer_attained", "2.00", "1.22", &[5, 0, 5]));
        assert!(possible("grimmer_attained", "2.00", "1.87", &[5, 0, 5]));
        assert!(possible("grimmer_attained_population", "2.00", "1.67", &[5, 0, 5]));
        let refused = find("grimmer_attained").expect("it");
        let apply = |mean: &str| {
            let arguments = [printed(mean), printed("1.0"), Value::whole(4), Value::whole(1), Value::whole(9)];
            refused.apply(&arguments, Precision::Tight).is_err()
        };
        // One 9 and three 1s have the least mean.
        assert!(apply("2.75") && !apply("3.00"));
    }

    #[test]
    fn bounds_of_an_sd_on_a_scale_are_exact() {
        // Three answers on 1:5 with total 9: 3, 3, 3 and 1, 3, 5.
        let apply = |name: &str, mean: &str, rest: &[i64]| {
            let mut arguments = vec![printed(mean)];
            arguments.extend(rest.iter().copied().map(Value::whole));
            find(name).expect(name).apply(&arguments, Precision::Tight).map(|value| value.set)
        };
        let two = RealSet::from(Interval::closed(rational::whole(0), rational::whole(2)));
        assert_eq!(apply("sd_range", "3.00", &[3, 1, 5]).expect("bounds"), two);
        // The mean as printed reaches up to 3.005, so the square of the limit is a little above 6.
        let limit = apply("sd_limit", "3.00", &[3, 1, 5]).expect("bounds").hull().and_then(|hull| ends(&hull));
        let high = limit.expect("bounded").1;
        assert!(high > rational::ratio(2449, 1000) && high < rational::ratio(2450, 1000));
        assert!(apply("sd_range", "5.40", &[3, 1, 5]).is_err());
        assert!(apply("sd_range", "3.10", &[3, 1, 5]).is_err());
    }

    #[test]
    fn doubtful_arguments_are_refused() {
        let apply = |arguments: &[Value]| find("grimmer").expect("it").apply(arguments, Precision::Wide);
        assert!(apply(&[printed("5.19"), printed("1.0"), Value::whole(28)]).is_err());
        assert!(apply(&[printed("5.19"), printed("-1.0"), Value::whole(28)]).is_err());
        let scale = [Value::whole(1), Value::whole(5), Value::whole(1)];
        assert!(apply(&[&[printed("3.0"), printed("1.0"), Value::whole(28)], &scale[..]].concat()).is_err());
    }
}
