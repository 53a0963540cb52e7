//! p-values as functions of typed values.

use crate::arithmetic::distributions::{self, TailError};
use crate::arithmetic::rational;
use crate::arithmetic::set::RealSet;
use crate::arithmetic::value::Value;

use super::operators::pure;
use super::{Precision, Refusal};

fn p_value(arguments: &[Value], tail: impl Fn(&[Value]) -> Result<RealSet, TailError>) -> Result<Value, Refusal> {
    for argument in arguments {
        pure(argument, "an argument of a p-value")?;
    }
    tail(arguments).map(Value::number).map_err(|error| Refusal::Range(error.to_string()))
}

fn half(value: Value) -> Value {
    Value { set: value.set.scale(&rational::ratio(1, 2)), ..value }
}

pub(super) fn t(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    p_value(arguments, |a| distributions::t(&a[0].set, &a[1].set))
}

pub(super) fn t_one(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    t(arguments, precision).map(half)
}

pub(super) fn f(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    p_value(arguments, |a| distributions::f(&a[0].set, &a[1].set, &a[2].set))
}

pub(super) fn f_one(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    f(arguments, precision).map(half)
}

pub(super) fn chi2(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    p_value(arguments, |a| distributions::chi_squared(&a[0].set, &a[1].set))
}

pub(super) fn chi2_one(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    chi2(arguments, precision).map(half)
}

pub(super) fn z(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    p_value(arguments, |a| distributions::z(&a[0].set))
}

pub(super) fn z_one(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    z(arguments, precision).map(half)
}

pub(super) fn r(arguments: &[Value], _: Precision) -> Result<Value, Refusal> {
    p_value(arguments, |a| distributions::r(&a[0].set, &a[1].set))
}

pub(super) fn r_one(arguments: &[Value], precision: Precision) -> Result<Value, Refusal> {
    r(arguments, precision).map(half)
}
