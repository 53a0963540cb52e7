//! Replaying text: the value of an expression, the verdict on a relation, from its characters alone.
//!
//! The relation of an outcome, evaluated here with printed numbers, gives the outcome's first reading again: the same
//! sets, the same verdict of that reading. Other readings and words such as "about" are not in the text.

use thiserror::Error;

use crate::arithmetic::Value;
use crate::arithmetic::functions::{Precision, Refusal};
use crate::document::TextRange;

use super::evaluate::{Limits, evaluate};
use super::literal::{Form, Literal};
use super::outcome::Outcome;
use super::parse::{ParseError, Program, Source, parse};
use super::program;
use super::proposal::{Operand, OperandReading, Proposal};

/// What a text evaluates to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// The value of an expression.
    Value {
        /// Under plain rounding; with exact numbers, the value.
        tight: Value,
        /// Under any rounding habit in use.
        wide: Value,
    },
    /// The outcome of a relation.
    Outcome(Box<Outcome>),
}

/// Why a text cannot be replayed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReplayError {
    /// It is no expression.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// Its value cannot be enclosed.
    #[error(transparent)]
    Refusal(#[from] Refusal),
}

/// Evaluates a text. With `printed`, a plain number stands for every value that prints so; without, for itself.
pub fn replay(text: &str, printed: bool) -> Result<Replay, ReplayError> {
    Ok(replay_source(&parse(text)?, printed)?)
}

/// Evaluates a text that was read.
pub fn replay_source(source: &Source, printed: bool) -> Result<Replay, Refusal> {
    let readings: Vec<OperandReading> =
        source.literals.iter().map(|literal| OperandReading::of_literal(&taken(literal, printed))).collect();
    match &source.program {
        Program::Expression(expression) => {
            let leaves: Vec<&OperandReading> = readings.iter().collect();
            Ok(Replay::Value {
                tight: program::run(expression, &leaves, Precision::Tight)?,
                wide: program::run(expression, &leaves, Precision::Wide)?,
            })
        }
        Program::Relation(relation) => {
            let operand =
                |reading| Operand { role: String::new(), range: TextRange::default(), readings: vec![reading] };
            let operands: Vec<Operand> = readings.into_iter().map(operand).collect();
            let limits = Limits { operands: operands.len(), ..Limits::default() };
            let stated = operands.len().saturating_sub(1);
            // Steps that may have been rounded are already marked in the text, so none is added.
            let proposal = Proposal::new("", operands, stated, relation.clone()).implied();
            Ok(Replay::Outcome(Box::new(evaluate(&proposal, &limits))))
        }
    }
}

/// The literal as it stands, or where numbers are not printed ones, as a point.
fn taken(literal: &Literal, printed: bool) -> Literal {
    let form = if printed || literal.form != Form::Plain { literal.form } else { Form::Exact };
    Literal { form, ..literal.clone() }
}
