//! `XC`: the same quantity in two places: abstract and text, text and table, and elsewhere.

pub mod abstract_mismatch;
mod places;
pub mod repeated_value_mismatch;
pub mod text_and_table_mismatch;
