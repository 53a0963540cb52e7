//! Stated arithmetic and equations: the family `EQ`.

mod balance;
mod broken_list;
mod change;
mod formula;
mod needed;
mod neighbours;
mod passage;
pub mod stated_arithmetic;
mod worded;
