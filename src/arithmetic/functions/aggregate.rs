//! Sums, means, shares and relative changes.

use crate::arithmetic::rational;
use crate::arithmetic::set::RealSet;
use crate::arithmetic::units::Scale;
use crate::arithmetic::value::{Kind, Value};

use super::operators::{divide, linear, summed};
use super::{Precision, Refusal};

/// The set of all sums, with the common kind. Of the arguments' parts only the hulls are summed where there are many.
fn total(arguments: &[Value], word: &str) -> Result<Value, Refusal> {
    let mut kind: Kind = arguments[0].kind.clone();
    let mut set = arguments[0].set.clone();
    for value in &arguments[1..] {
        if value.kind.scale != kind.scale {
            return Err(Refusal::Kind(format!("{kind} and {} have no {word}", value.kind)));
        }
        kind = summed(&kind, &value.kind, kind.scale, word)?;
        set = set.add(&value.set);
    }
    Ok(Value { set, kind })
}

pub(super) fn sum(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    if arguments.len() > 1 && arguments[0].kind.scale == Scale::Point {
        linear(&arguments[0])?;
    }
    total(arguments, "sum")
}

pub(super) fn mean(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let total = total(arguments, "mean")?;
    let count = rational::whole(i64::try_from(arguments.len()).unwrap_or(i64::MAX));
    Ok(Value { set: total.set.scale(&count.recip()), kind: total.kind })
}

pub(super) fn percent(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    summed(&arguments[0].kind, &arguments[1].kind, arguments[0].kind.scale, "share")?;
    let ratio = divide(arguments, precision)?;
    Ok(Value::number(ratio.set))
}

/// `to / from − 1`: each argument is taken once, so nothing is over-wide.
pub(super) fn percent_change(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    let (from, to) = (&arguments[0], &arguments[1]);
    summed(&from.kind, &to.kind, from.kind.scale, "relative change")?;
    let ratio = divide(&[to.clone(), from.clone()], precision)?;
    Ok(Value::number(ratio.set.sub(&RealSet::point(rational::whole(1)))))
}
