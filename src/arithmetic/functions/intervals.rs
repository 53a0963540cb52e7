//! Confidence intervals: their quantiles, centres, standard errors and p-values, on a linear and on a ratio scale.
//!
//! For a symmetric interval at level L the estimate is in the middle and the standard error is the width over 2 z; for odds,
//! risk and hazard ratios that holds of the logarithms. That an interval is of this kind, and no exact, profile, bootstrap
//! or credible one, is for the rule to know. Georgescu and Wren 2018, doi 10.1093/bioinformatics/btx811.

use num_traits::Signed;

use crate::arithmetic::distributions::{self, TailError};
use crate::arithmetic::elementary;
use crate::arithmetic::interval::Interval;
use crate::arithmetic::quantiles;
use crate::arithmetic::rational;
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::arguments::{bounded, positive};
use super::granularity::root_of;
use super::operators::{absolute, pure};
use super::{Precision, Refusal};

fn tail(error: TailError) -> Refusal {
    Refusal::Range(error.to_string())
}

/// The quantile of a level; of Student's t where degrees of freedom are given.
fn quantile(level: &Value, degrees: Option<&Value>) -> Result<RealSet, Refusal> {
    pure(level, "the level of confidence")?;
    let found = match degrees {
        Some(degrees) => {
            pure(degrees, "the degrees of freedom")?;
            quantiles::t(&level.set, &degrees.set)
        }
        None => quantiles::z(&level.set),
    };
    found.map_err(|error| match error {
        TailError::Statistic => Refusal::Domain("a level of confidence is between 0 and 1".to_owned()),
        other => tail(other),
    })
}

pub(super) fn z_quantile(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    quantile(&arguments[0], None).map(Value::number)
}

pub(super) fn t_quantile(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    quantile(&arguments[0], Some(&arguments[1])).map(Value::number)
}

/// (low + high) / 2.
pub(super) fn ci_centre(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (low, high) = (bounded(&arguments[0], "the lower limit")?, bounded(&arguments[1], "the upper limit")?);
    let centre = Interval::closed(low.0 + high.0, low.1 + high.1).scale(&rational::ratio(1, 2));
    Ok(Value::number(RealSet::from(centre)))
}

/// √(low · high).
pub(super) fn ci_centre_ratio(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (low, high) = (positive(&arguments[0], "the lower limit")?, positive(&arguments[1], "the upper limit")?);
    let hull = root_of(&(low.0 * high.0)).and_then(|least| Some(least.hull(&root_of(&(low.1 * high.1))?)));
    hull.map(|hull| Value::number(RealSet::from(hull))).ok_or_else(|| Refusal::Domain("there is no centre".to_owned()))
}

/// The set of widths high − low that are not below zero.
fn width(arguments: &[Value]) -> Result<RealSet, Refusal> {
    let (low, high) = (bounded(&arguments[0], "the lower limit")?, bounded(&arguments[1], "the upper limit")?);
    not_negative(&Interval::closed(high.0 - low.1, high.1 - low.0))
}

/// The set of ln(high / low) that are not below zero.
fn width_ratio(arguments: &[Value]) -> Result<RealSet, Refusal> {
    let (low, high) = (positive(&arguments[0], "the lower limit")?, positive(&arguments[1], "the upper limit")?);
    let ratio = RealSet::from(Interval::closed(high.0 / low.1, high.1 / low.0));
    let logarithm = elementary::ln(&ratio).and_then(|set| set.hull());
    not_negative(&logarithm.ok_or_else(|| Refusal::Domain("there is no logarithm".to_owned()))?)
}

fn not_negative(interval: &Interval) -> Result<RealSet, Refusal> {
    let up = Interval::above(rational::whole(0), true);
    let kept = interval.intersection(&up).map(RealSet::from);
    kept.ok_or_else(|| Refusal::Domain("the upper limit is below the lower one".to_owned()))
}

/// (high − low) / 2 q.
pub(super) fn ci_se(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let quantile = quantile(&arguments[2], arguments.get(3))?;
    Ok(Value::number(width(arguments)?.div(&quantile.scale(&rational::whole(2)))))
}

/// (ln high − ln low) / 2 q: the standard error of the logarithm.
pub(super) fn ci_se_ratio(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let quantile = quantile(&arguments[2], arguments.get(3))?;
    Ok(Value::number(width_ratio(arguments)?.div(&quantile.scale(&rational::whole(2)))))
}

/// The two-sided p of an estimate with its interval: that of |estimate| · 2 q / (high − low).
pub(super) fn p_from_ci(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let estimate = bounded(&arguments[0], "the estimate")?;
    p_of(&Interval::closed(estimate.0, estimate.1), &width(&arguments[1..3])?, &arguments[3], arguments.get(4))
}

/// The same of a ratio, by logarithms.
pub(super) fn p_from_ci_ratio(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let (low, high) = positive(&arguments[0], "the estimate")?;
    let logarithm = elementary::ln(&RealSet::from(Interval::closed(low, high))).and_then(|set| set.hull());
    let logarithm = logarithm.ok_or_else(|| Refusal::Domain("there is no logarithm".to_owned()))?;
    p_of(&logarithm, &width_ratio(&arguments[1..3])?, &arguments[3], arguments.get(4))
}

fn p_of(estimate: &Interval, width: &RealSet, level: &Value, degrees: Option<&Value>) -> Result<Value, Refusal> {
    let doubled = quantile(level, degrees)?.scale(&rational::whole(2));
    let statistic = RealSet::from(absolute(estimate)).mul(&doubled).div(width);
    if statistic.is_empty() || statistic.parts().iter().any(|part| part.hi().value().is_some_and(Signed::is_negative)) {
        return Err(Refusal::Domain("the interval has no width".to_owned()));
    }
    let p = match degrees {
        Some(degrees) => distributions::t(&statistic, &degrees.set),
        None => distributions::z(&statistic),
    };
    p.map(Value::number).map_err(tail)
}
