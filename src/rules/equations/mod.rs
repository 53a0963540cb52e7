//! Stated arithmetic and equations: the family `EQ`.

mod balance;
mod broken_list;
mod chemistry;
pub mod composition_mismatch;
mod formula;
pub mod formula_column;
mod known;
mod needed;
mod neighbours;
mod passage;
pub mod stated_arithmetic;
mod unsaid_unit;
mod worded;
