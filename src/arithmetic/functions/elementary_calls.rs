//! Logarithms, exponentials and roots as functions of typed values.

use crate::arithmetic::dimension::Dimension;
use crate::arithmetic::elementary;
use crate::arithmetic::set::RealSet;
use crate::arithmetic::units::{Scale, Tags};
use crate::arithmetic::value::{Kind, Value};

use super::operators::{linear, pure};
use super::{Precision, Refusal};

fn of_number(arguments: &[Value], name: &str, f: impl Fn(&RealSet) -> Option<RealSet>) -> Result<Value, Refusal> {
    pure(&arguments[0], &format!("the argument of {name}"))?;
    let set = f(&arguments[0].set).ok_or_else(|| Refusal::Domain(format!("{name} needs a number in its domain")))?;
    Ok(Value::number(set))
}

pub(super) fn ln(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    of_number(arguments, "ln", elementary::ln)
}

pub(super) fn log10(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    of_number(arguments, "log10", elementary::log10)
}

pub(super) fn exp(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    of_number(arguments, "exp", elementary::exp)
}

pub(super) fn sqrt(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    let value = &arguments[0];
    linear(value)?;
    let halves = |exponent: i8| exponent % 2 == 0;
    if !value.kind.dimension.0.into_iter().all(halves) {
        return Err(Refusal::Kind(format!("{} has no square root", value.kind)));
    }
    let mut tags = Tags::none();
    for (axis, exponent) in value.kind.tags.iter() {
        if halves(exponent) {
            tags.set(axis, exponent / 2);
        } else if !axis.starts_with(Tags::RATIO) {
            return Err(Refusal::Kind(format!("{} has no square root", value.kind)));
        }
    }
    let set = elementary::sqrt(&value.set)
        .ok_or_else(|| Refusal::Domain("the square root needs a number that is not below zero".to_owned()))?;
    let dimension = Dimension(value.kind.dimension.0.map(|exponent| exponent / 2));
    Ok(Value { set, kind: Kind { dimension, tags, scale: Scale::Linear } })
}
