//! Sums and means of a list that a line end breaks at a comma: "the sum of 412,⏎388 and 275 kcal".
//!
//! The plain formula takes the two numbers apart, as in a list of short numbers; the joined number is another reading of
//! the same formula. Everything else about a calculation is for the rule.

use crate::derive::{Expression, Operand};
use crate::extract::{Mentions, QuantityIx};
use crate::rules::binding;
use crate::rules::broken;

/// The operands of such a list with its formulas, the plain one first.
pub(super) struct BrokenList {
    /// The numbers of the list, then the joined number.
    pub operands: Vec<Operand>,
    /// The formulas with their labels.
    pub formulas: Vec<(String, Expression)>,
}

/// The list, where the formula is a sum or a mean over quantities of which one was broken over a line end.
pub(super) fn find(expression: &Expression, quantities: &[QuantityIx], mentions: &Mentions) -> Option<BrokenList> {
    let Expression::Call { function, .. } = expression else { return None };
    if !matches!(function.as_str(), "sum" | "mean") {
        return None;
    }
    let mut operands = Vec::new();
    let mut joined = None;
    for at in quantities {
        let quantity = binding::quantity(mentions, *at)?;
        match broken::take_apart(quantity, "operand") {
            Some(found) if joined.is_none() => {
                joined = Some((operands.len(), found.joined));
                operands.extend(found.parts);
            }
            _ => operands.push(binding::measured("operand", quantity)?),
        }
    }
    let (place, joined) = joined?;
    let call = |indices: Vec<usize>| Expression::call(function, indices.into_iter().map(Expression::operand));
    let apart = call((0..operands.len()).collect());
    let last = operands.len();
    let together =
        call((0..operands.len()).filter(|at| *at != place + 1).map(|at| if at == place { last } else { at }).collect());
    operands.push(joined);
    let label = "the number broken over a line end read as one".to_owned();
    Some(BrokenList { operands, formulas: vec![(String::new(), apart), (label, together)] })
}
