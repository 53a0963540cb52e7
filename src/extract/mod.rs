//! What a paper's characters say: printed numbers, quantities, test statistics, estimates with their intervals, the
//! conditions they stand under.
//!
//! Extraction reads a `Document` and gives `Mentions`. It keeps every reading that is still possible and judges nothing;
//! what a number follows from is for the rules and the search.

mod alpha;
mod boundary;
mod build;
mod candidate;
mod conditions;
mod decimal_mark;
mod estimates;
mod kind;
mod lists;
mod masks;
mod mentions;
mod modifiers;
pub mod needles;
mod number;
mod pairs;
mod passages;
pub mod patterns;
mod power;
mod quantity;
mod rereading;
mod results;
mod scan;
mod sentences;
mod source;
mod stage;
mod statistic;
mod subjects;
mod summaries;
mod tables;
mod unit_after;
mod words;

pub use alpha::Alpha;
pub use estimates::{Bounds, Estimate, EstimateTest, Measure};
pub use kind::{is_counted, singular};
pub use mentions::{CellIx, Condition, ConditionKind, DecimalMark, MENTIONS_SCHEMA, Mentions, Sentence};
pub use quantity::{Amount, Comparator, Quantity, QuantityIx, QuantityKind, QuantityReading, UnitReading};
pub use stage::extract;
pub use statistic::{EffectKind, EffectSize, Reported, TestKind, TestStatistic};
pub use subjects::{
    Contrasts, Likeness, Member, MemberValue, Passage, Role, Slip, Standing, Statistic, Subject, Subjects, TableWords,
    Word, shared,
};
pub use summaries::{Data, Ends, EndsKind, Median, Scale, Spanned, Spread, SpreadKind, Summary, SummaryPlace};
pub use tables::{CellContent, CellKind, Notation, TableContent, names_other_bracket, notation};
