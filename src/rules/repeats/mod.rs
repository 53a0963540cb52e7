//! `XC`: the same quantity in two places (abstract and text, text and table, and elsewhere), and what is said of the order of
//! some.

pub mod abstract_mismatch;
mod order;
pub mod order_mismatch;
mod places;
pub mod repeated_value_mismatch;
pub mod text_and_table_mismatch;
