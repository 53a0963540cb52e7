//! Stated arithmetic and equations: the family `EQ`.

mod balance;
mod broken_list;
mod formula;
pub mod stated_arithmetic;
mod worded;
