//! Measures of a diagnostic test or a classifier of two classes: their names, where text and tables print them, and how
//! one follows from others.
//!
//! Whose numbers stand together is decided here by place alone; what may make a mismatch innocent is for the rule.

mod formula;
mod grid;
mod measure;
mod prose;

pub(super) use formula::{Formula, formulas};
pub(super) use grid::each_line;
pub(super) use measure::{Found, Measure};
pub(super) use prose::each_passage;
