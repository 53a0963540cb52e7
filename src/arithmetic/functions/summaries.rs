//! Tests computed from printed means, SDs and sizes: Student's and Welch's t, the paired t, one-way F.
//!
//! Every mean and SD is an interval and stands alone in its formula or is taken at the ends that give the extremes, so the
//! enclosures are exact up to the rounding of one root. Sizes are exact. SDs are those of samples.

use num_traits::{Signed, Zero};

use crate::arithmetic::interval::Interval;
use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::{bounded, count, magnitude};
use super::granularity::root_of;
use super::spread_of_means::{greatest_between, least_between};
use super::{Precision, Refusal};

/// An interval by its ends.
pub(super) type Ends = (Rational, Rational);

/// A group: the ends of its mean and SD, and its size.
pub(super) struct Group {
    pub(super) mean: Ends,
    pub(super) sd: Ends,
    pub(super) n: Rational,
}

impl Group {
    fn read(arguments: &[Value]) -> Result<Self, Refusal> {
        let n = rational::whole(count(&arguments[2], 2)?);
        Ok(Self { mean: bounded(&arguments[0], "a mean")?, sd: magnitude(&arguments[1], "an SD")?, n })
    }

    /// The ends of (n − 1) s².
    fn within(&self) -> Ends {
        let less = &self.n - rational::whole(1);
        (&less * &self.sd.0 * &self.sd.0, &less * &self.sd.1 * &self.sd.1)
    }

    /// The ends of s²/n.
    fn of_mean(&self) -> Ends {
        (&self.sd.0 * &self.sd.0 / &self.n, &self.sd.1 * &self.sd.1 / &self.n)
    }
}

fn two_groups(arguments: &[Value]) -> Result<(Group, Group), Refusal> {
    Ok((Group::read(&arguments[..3])?, Group::read(&arguments[3..])?))
}

/// A difference of means over the root of a variance whose ends are given.
fn over_root(difference: &Interval, variance: &Ends) -> Result<Value, Refusal> {
    let none = || Refusal::Domain("no variance is left".to_owned());
    let root = root_of(&variance.0).and_then(|low| Some(low.hull(&root_of(&variance.1)?))).ok_or_else(none)?;
    let quotient = RealSet::from(difference.clone()).div(&RealSet::from(root));
    if quotient.is_empty() { Err(none()) } else { Ok(Value::number(quotient)) }
}

fn difference(a: &Ends, b: &Ends) -> Interval {
    Interval::closed(&a.0 - &b.1, &a.1 - &b.0)
}

/// (m₁ − m₂) / √(s² (1/n₁ + 1/n₂)) with the pooled variance s².
pub(super) fn t_pooled(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (a, b) = two_groups(arguments)?;
    let (first, second) = (a.within(), b.within());
    let factor = (a.n.recip() + b.n.recip()) / (&a.n + &b.n - rational::whole(2));
    over_root(&difference(&a.mean, &b.mean), &((first.0 + second.0) * &factor, (first.1 + second.1) * &factor))
}

/// (m₁ − m₂) / √(s₁²/n₁ + s₂²/n₂).
pub(super) fn t_welch(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (a, b) = two_groups(arguments)?;
    let (first, second) = (a.of_mean(), b.of_mean());
    over_root(&difference(&a.mean, &b.mean), &(first.0 + second.0, first.1 + second.1))
}

/// Welch's degrees of freedom, (v₁ + v₂)² / (v₁²/(n₁ − 1) + v₂²/(n₂ − 1)) with v = s²/n. They depend on q = v₁/v₂ alone, rise
/// up to n₁ + n₂ − 2 at q = (n₁ − 1)/(n₂ − 1), and fall behind it.
pub(super) fn df_welch(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let group = |at: usize| -> Result<(Ends, Rational), Refusal> {
        let n = rational::whole(count(&arguments[at + 1], 2)?);
        let sd = magnitude(&arguments[at], "an SD")?;
        Ok(((&sd.0 * &sd.0 / &n, &sd.1 * &sd.1 / &n), n - rational::whole(1)))
    };
    let ((first, less_1), (second, less_2)) = (group(0)?, group(2)?);
    if first.1.is_zero() && second.1.is_zero() {
        return Err(Refusal::Domain("no variance is left".to_owned()));
    }
    let at = |v1: &Rational, v2: &Rational| {
        let sum = v1 + v2;
        &sum * &sum / (v1 * v1 / &less_1 + v2 * v2 / &less_2)
    };
    // The ends of q, as pairs of variances, so that v₂ = 0 is no special case; where both can be zero q can be anything.
    let free = first.0.is_zero() && second.0.is_zero();
    let one = rational::whole(1);
    let (low, high) = if free {
        ((Rational::zero(), one.clone()), (one, Rational::zero()))
    } else {
        let low = (first.0.clone(), second.1.clone());
        let high = (first.1.clone(), second.0.clone());
        // A group without any variance leaves one of the two pairs without a ratio.
        let none = |pair: &Ends| pair.0.is_zero() && pair.1.is_zero();
        (if none(&low) { high.clone() } else { low.clone() }, if none(&high) { low } else { high })
    };
    let mut values = vec![at(&low.0, &low.1), at(&high.0, &high.1)];
    let top_inside = &low.0 * &less_2 <= &low.1 * &less_1 && &high.0 * &less_2 >= &high.1 * &less_1;
    if top_inside {
        values.push(&less_1 + &less_2);
    }
    Ok(Value::number(super::arguments::spanning(values)))
}

/// (m₁ − m₂) / √((s₁² + s₂² − 2 r s₁ s₂)/n): the variance of the differences is least at the greatest r, where the box of the
/// SDs has its least value on an edge, and greatest at a vertex with the least r.
pub(super) fn t_paired(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (first, second) = (bounded(&arguments[0], "a mean")?, bounded(&arguments[2], "a mean")?);
    let (a, b) = (magnitude(&arguments[1], "an SD")?, magnitude(&arguments[3], "an SD")?);
    let one = rational::whole(1);
    let r = bounded(&arguments[4], "the correlation")?;
    if r.0 > one || r.1 < -&one {
        return Err(Refusal::Domain("a correlation is between -1 and 1".to_owned()));
    }
    let n = rational::whole(count(&arguments[5], 2)?);
    let r = (r.0.max(-&one), r.1.min(one));
    let variance = |a: &Rational, b: &Rational, r: &Rational| (a * a + b * b - rational::whole(2) * r * a * b) / &n;
    let clamped = |value: Rational, ends: &Ends| value.max(ends.0.clone()).min(ends.1.clone());
    let mut least: Option<Rational> = None;
    let mut most = Rational::zero();
    for end in [&a.0, &a.1] {
        let at = variance(end, &clamped(&r.1 * end, &b), &r.1);
        least = Some(least.map_or(at.clone(), |least| least.min(at)));
        most = most.max(variance(end, &b.0, &r.0)).max(variance(end, &b.1, &r.0));
    }
    for end in [&b.0, &b.1] {
        let at = variance(&clamped(&r.1 * end, &a), end, &r.1);
        least = Some(least.map_or(at.clone(), |least| least.min(at)));
    }
    let least = least.filter(Signed::is_positive).unwrap_or_else(Rational::zero);
    over_root(&difference(&first, &second), &(least, most))
}

/// The one-way F of groups, each with mean, SD and size.
pub(super) fn f_oneway(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    if !arguments.len().is_multiple_of(3) {
        return Err(Refusal::Program("f_oneway takes a mean, an SD and a size for each group".to_owned()));
    }
    let groups = arguments.chunks(3).map(Group::read).collect::<Result<Vec<_>, _>>()?;
    let size: Rational = groups.iter().map(|group| &group.n).sum();
    let count = rational::whole(i64::try_from(groups.len()).unwrap_or(i64::MAX));
    let within = groups.iter().map(Group::within).reduce(|a, b| (a.0 + b.0, a.1 + b.1));
    let (least_within, most_within) = within.ok_or_else(|| Refusal::Domain("there is no group".to_owned()))?;
    let between = Interval::closed(least_between(&groups), greatest_between(&groups));
    let factor = (size - &count) / (count - rational::whole(1));
    let quotient = RealSet::from(between).div(&RealSet::from(Interval::closed(least_within, most_within)));
    if quotient.is_empty() {
        return Err(Refusal::Domain("no variance is left within the groups".to_owned()));
    }
    Ok(Value::number(quotient.scale(&factor)))
}
