//! Printed numbers as arguments, for the tests of functions.

use crate::arithmetic::printed::Printed;
use crate::arithmetic::value::Value;

use super::{Precision, find};

/// What a printed number stands for by plain rounding.
pub fn printed(text: &str) -> Value {
    Value::number(Printed::parse(text).expect(text).tight())
}

/// Whether a function of some arguments can give what prints so.
pub fn meets(name: &str, value: &str, arguments: &[Value]) -> bool {
    let set = find(name).expect(name).apply(arguments, Precision::Tight).expect(name).set;
    set.meets(&printed(value).set)
}
