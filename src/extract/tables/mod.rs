//! What the cells of tables hold: counts, percentages, statistics, p-values, and the words that name them.
//!
//! The grid is the reader's. Here the characters of each cell are read together with the heading over it and the label
//! beside it. What a percentage is of, and whether a number follows, is not asked here.

mod cell_estimates;
mod cells;
mod content;
mod layout;
mod letters;
pub(super) mod marks;
mod notation;
mod noted_degrees;
mod row_estimates;
mod row_tests;
mod rows;
mod shape;

pub use content::{CellContent, CellKind, TableContent};
pub use notation::{Notation, names_other_bracket, notation};

pub(super) use cell_estimates::find as cell_estimates;
pub(super) use cells::read;
pub(super) use row_estimates::find as row_estimates;
pub(super) use row_tests::find as row_tests;
