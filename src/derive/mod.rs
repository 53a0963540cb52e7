//! Derivations: expressions over typed sets, relations between them, and the evaluator that alone gives a verdict.

mod expression;
mod level;
mod outcome;
mod proposal;

pub use expression::{Comparison, Expression, OperandIx, Relation};
pub use level::{Confidence, Level, Witness};
pub use outcome::{Cause, Outcome, Sets, Strength, Verdict};
pub use proposal::{Operand, OperandReading, Operation, Proposal, Proposals, Variant};
