//! What a paper's characters say: printed numbers, quantities, test statistics, the conditions they stand under.
//!
//! Extraction reads a `Document` and gives `Mentions`. It keeps every reading that is still possible and judges nothing;
//! what a number follows from is for the rules and the search.

mod mentions;
mod quantity;
mod statistic;

pub use mentions::{Condition, ConditionKind, DecimalMark, MENTIONS_SCHEMA, Mentions, Sentence};
pub use quantity::{Amount, Comparator, Quantity, QuantityIx, QuantityKind, QuantityReading, UnitReading};
pub use statistic::{Reported, TestKind, TestStatistic};
