//! Units that a formula in signs leaves unsaid: the unit of its result is that of its operands, or one of another size.
//!
//! Not here: units that stand at some operands alone, which `stated_arithmetic` asks to balance.

use crate::arithmetic::units::Scale;
use crate::derive::{Expression, Operand};

use super::stated_arithmetic::{has, only, pure_number};

/// The formula in the unit of its result, where that unit stands there alone and is that of all operands: "8.8 − 4.3 = 4.5
/// percentage points". In a sum any unit can be left out so; in a product only one that has a dimension or is a quotient ("56
/// hours per week"), for a percentage may be the product itself.
pub(super) fn with_unit_of_result(
    expression: &Expression,
    operands: &[Operand],
    stated: &Operand,
) -> Option<Expression> {
    let reading = stated.readings.first()?;
    let is_sum = only(expression, "+") || only(expression, "-") || only(expression, "sum");
    let left_out = !reading.unit.text.is_empty()
        && reading.unit.scale == Scale::Linear
        && !has_constant(expression)
        && operands.iter().all(|operand| pure_number(operand).is_some())
        && (is_sum || !reading.dimension.is_one() || is_a_quotient(&reading.unit.text));
    left_out.then(|| {
        let literal = format!("1 {}", reading.unit.text);
        let unit = Expression::Constant { literal, source: "the unit stands once, at the result".to_owned() };
        Expression::call("*", [expression.clone(), unit])
    })
}

/// The product in the units of a thousandth and of a thousand: its operands, which have no unit, may have been measured in
/// another than the result is ("250 × 10 = 2.5 L" of millilitres).
pub(super) fn in_another_unit(shared: &Expression) -> Vec<(String, Expression)> {
    let Expression::Call { arguments, .. } = shared else { return Vec::new() };
    if arguments.first().is_some_and(|formula| has(formula, "+") || has(formula, "-") || has(formula, "sum")) {
        return Vec::new();
    }
    let thousand = || Expression::constant("1000", "a unit of another size");
    ["/", "*"]
        .map(|operator| {
            let label = "the numbers without a unit may be in one of another size".to_owned();
            (label, Expression::call(operator, [shared.clone(), thousand()]))
        })
        .into()
}

/// Whether a unit is printed as one by another.
fn is_a_quotient(unit: &str) -> bool {
    unit.contains('/') || unit.contains(" per ")
}

/// Whether a constant with a unit of its own stands in the formula.
fn has_constant(expression: &Expression) -> bool {
    match expression {
        Expression::Constant { literal, .. } => literal.contains(' '),
        Expression::Call { arguments, .. } => arguments.iter().any(has_constant),
        Expression::Operand(_) => false,
    }
}
