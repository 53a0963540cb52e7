//! Derivations: expressions over typed sets, relations between them, and the evaluator that alone gives a verdict.

mod all_fail;
mod alone;
mod annotation;
mod cause;
mod decision;
mod evaluate;
mod expression;
mod level;
mod literal;
mod operand;
mod outcome;
mod parse;
mod print;
mod program;
mod proposal;
mod readings;
mod recognised;
mod repair;
mod replay;
mod serial;
mod shared;
mod unit_text;

pub use all_fail::evaluate_all;
pub use alone::{Grounds, weaken_where_alone};
pub use decision::{Decision, decision};
pub use evaluate::{Limits, evaluate};
pub use recognised::weaken_where_recognised;

pub use expression::{Comparison, Expression, OperandIx, Relation};
pub use level::{Confidence, Level, Witness, level};
pub use literal::{Form, Literal, leading_number, number_text};
pub use operand::OperandOptions;
pub use outcome::{Cause, Outcome, Sets, Strength, Verdict};
pub use parse::{ParseError, Program, Source, parse};
pub use print::{expression_text, relation_text};
pub use proposal::{
    DERIVATIONS_SCHEMA, Evidence, Operand, OperandReading, Operation, Proposal, Proposals, Support, Variant,
};
pub use repair::{Repair, repairs};
pub use replay::{Replay, ReplayError, replay, replay_source};
pub use shared::{Judged, Shared, SharedCause, shared_causes};
pub use unit_text::unit_meanings;
