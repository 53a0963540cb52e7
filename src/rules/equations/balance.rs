//! Whether the units of a formula balance with those of its stated result.
//!
//! A rule asks before it proposes: where they do not balance, a unit may be left unsaid ("10 × 10 cm"), and the value is
//! left undecided.

use crate::arithmetic::Dimension;
use crate::arithmetic::units::{self, Agreement, Scale, Tags};
use crate::derive::{Expression, Operand, OperandIx};

/// What a value is of: its dimension and its tags.
type Measure = (Dimension, Tags);

/// Whether the formula over `operands` is of the same dimension and kind as `stated`, and every sum in it adds like to
/// like. Values on an offset or logarithmic scale never balance: no factor applies to them.
pub fn balances(formula: &Expression, operands: &[Operand], stated: &Operand) -> bool {
    let linear =
        |operand: &Operand| operand.readings.first().is_some_and(|reading| reading.unit.scale == Scale::Linear);
    if !operands.iter().chain([stated]).all(linear) {
        return false;
    }
    match (measure(formula, operands), of_operand(stated)) {
        (Some(left), Some(right)) => alike(&left, &right),
        _ => false,
    }
}

fn alike(left: &Measure, right: &Measure) -> bool {
    left.0 == right.0 && left.1.agreement(&right.1) != Agreement::Different
}

fn of_operand(operand: &Operand) -> Option<Measure> {
    operand.readings.first().map(|reading| (reading.dimension, reading.tags.clone()))
}

/// The measure of a formula; `None` where it adds unlike things. Formulas are short, so the recursion is shallow.
fn measure(formula: &Expression, operands: &[Operand]) -> Option<Measure> {
    match formula {
        Expression::Operand(OperandIx(at)) => of_operand(operands.get(*at)?),
        Expression::Constant { literal, .. } => match literal.split_once(' ') {
            Some((_, unit)) => units::parse(unit).units().into_iter().next().map(|unit| (unit.dimension, unit.tags)),
            None => Some((Dimension::ONE, Tags::none())),
        },
        Expression::Call { function, arguments } if matches!(function.as_str(), "exp" | "ln" | "sqrt") => {
            // Of a pure number alone.
            let argument = measure(arguments.first()?, operands)?;
            (argument.0 == Dimension::ONE).then_some(argument)
        }
        Expression::Call { function, arguments } => {
            let mut measures = arguments.iter().map(|argument| measure(argument, operands));
            let first = measures.next()??;
            measures.try_fold(first, |left, right| join(function, &left, &right?))
        }
    }
}

fn join(function: &str, left: &Measure, right: &Measure) -> Option<Measure> {
    match function {
        "*" => Some((left.0.times(right.0), left.1.times(&right.1))),
        "/" => Some((left.0.over(right.0), left.1.times(&right.1.power(-1)))),
        _ => alike(left, right).then(|| left.clone()),
    }
}
