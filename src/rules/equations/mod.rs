//! Stated arithmetic and equations: the family `EQ`.

mod balance;
mod broken_list;
mod cell_volume;
mod chemistry;
pub mod composition_mismatch;
mod formula;
pub mod formula_column;
mod known;
mod named_lines;
mod needed;
mod neighbours;
mod nested_models;
mod passage;
pub mod stated_arithmetic;
mod unsaid_unit;
mod worded;
