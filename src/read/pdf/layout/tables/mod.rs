//! Tables: which lines of a region are rows of one, and which characters stand in which row and column.
//!
//! [`rules`] holds the drawn lines, [`region`] finds the lines that belong to a table, [`columns`] the white bands that
//! part its columns, [`rows`] puts the pieces of its lines into rows, [`header`] tells which rows name the columns, and
//! [`grid`] makes cells of it all. What the cells say is not looked at beyond the question whether it is a number.

pub mod beside;
pub mod columns;
pub mod formula;
pub mod framed;
pub mod grid;
pub mod header;
pub mod labels;
pub mod region;
pub mod rows;
pub mod rules;
pub mod shown;
