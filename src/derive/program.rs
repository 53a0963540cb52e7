//! Running a program: the value of an expression under one reading and one precision.

use crate::arithmetic::functions::{self, Precision, Refusal};
use crate::arithmetic::{Kind, Value};

use super::expression::Expression;
use super::literal;
use super::proposal::OperandReading;

/// The deepest nesting of a program.
pub const MAX_DEPTH: usize = 64;

/// The readings of a proposal's operands that one assignment takes.
pub(super) type Leaves<'p> = [&'p OperandReading];

/// The value of an expression.
pub(super) fn run(expression: &Expression, leaves: &Leaves<'_>, precision: Precision) -> Result<Value, Refusal> {
    run_at(expression, leaves, precision, MAX_DEPTH)
}

fn run_at(expression: &Expression, leaves: &Leaves<'_>, precision: Precision, depth: usize) -> Result<Value, Refusal> {
    if depth == 0 {
        return Err(Refusal::Program(format!("the expression is nested more than {MAX_DEPTH} deep")));
    }
    match expression {
        Expression::Operand(ix) => {
            let reading = leaves.get(ix.0).ok_or_else(|| Refusal::Program(format!("there is no operand {}", ix.0)))?;
            let set = match precision {
                Precision::Tight => reading.tight.clone(),
                Precision::Wide => reading.wide.clone(),
            };
            let kind = Kind { dimension: reading.dimension, tags: reading.tags.clone(), scale: reading.unit.scale };
            Ok(Value { set, kind })
        }
        Expression::Constant { literal, .. } => literal::constant(literal)
            .map(|constant| constant.point())
            .ok_or_else(|| Refusal::Program(format!("`{literal}` is not a constant"))),
        Expression::Call { function, arguments } => {
            let entry = functions::find(function)
                .ok_or_else(|| Refusal::Program(format!("there is no function {function}")))?;
            let values: Vec<Value> = arguments
                .iter()
                .map(|argument| run_at(argument, leaves, precision, depth - 1))
                .collect::<Result<_, _>>()?;
            entry.apply(&values, precision)
        }
    }
}

/// Whether an expression is nested no deeper than [`MAX_DEPTH`]; looks no deeper than that.
pub(super) fn is_shallow(expression: &Expression) -> bool {
    fn within(expression: &Expression, depth: usize) -> bool {
        match expression {
            _ if depth == 0 => false,
            Expression::Call { arguments, .. } => arguments.iter().all(|argument| within(argument, depth - 1)),
            _ => true,
        }
    }
    within(expression, MAX_DEPTH)
}

/// The expression with `rounded(…)` around each step that is not the last and whose result may have been rounded on the
/// way: every call but those over points alone, and conversions and signs, which are no steps.
pub(super) fn with_rounded_steps(expression: &Expression, leaves: &Leaves<'_>) -> Expression {
    steps(expression, leaves, true)
}

fn steps(expression: &Expression, leaves: &Leaves<'_>, last: bool) -> Expression {
    let Expression::Call { function, arguments } = expression else { return expression.clone() };
    let transparent = matches!(function.as_str(), "in" | "neg");
    if function == "rounded" {
        return expression.clone();
    }
    let inner = arguments.iter().map(|argument| steps(argument, leaves, transparent && last));
    let call = Expression::call(function, inner);
    if last || transparent || is_exact(expression, leaves) { call } else { Expression::call("rounded", [call]) }
}

/// Whether every leaf is a point: a count or a constant.
fn is_exact(expression: &Expression, leaves: &Leaves<'_>) -> bool {
    match expression {
        Expression::Operand(ix) => leaves.get(ix.0).is_some_and(|reading| reading.exact),
        Expression::Constant { .. } => true,
        Expression::Call { arguments, .. } => arguments.iter().all(|argument| is_exact(argument, leaves)),
    }
}
