//! Units of measurement at run time: what a unit string means, exactly.
//!
//! Factors come from `uom`, made exact (see `table`); the printed styles are read by `grammar`. This module knows no
//! paper: a caller that has context (a document, a neighbouring word) picks among the meanings of an ambiguous string.

#[cfg(test)]
mod agreement;
mod catalogue;
mod exact;
mod grammar;
mod lookup;
mod prefix;
mod table;
mod tags;
pub mod typed;
mod unit;

pub use grammar::{MAX_CHARACTERS, longest_prefix, longest_prefix_in_expression, parse};
pub use tags::{Agreement, Tags};
pub use unit::{Factor, Parsed, Scale, Unit};
