//! Means with what is printed beside them: a standard deviation or error, and the size of the sample; and medians with their
//! quartiles and extremes; means with the least and the greatest value.
//!
//! A mean is bound to its spread where both stand in one bracket or one cell, and to a size that stands in the same
//! bracket, the same cell or the heading of its column; elsewhere it has none. What follows from a summary (a test
//! statistic, a sum of whole numbers) is for the rules.

mod cells;
mod data;
mod medians;
mod passage;
mod spans;
mod summary;
mod text;

pub(super) use cells::find as in_cells;
pub use data::{Data, Scale};
pub(super) use medians::{in_cells as medians_in_cells, in_text as medians_in_text};
pub(super) use spans::in_text as spans_in_text;
pub use summary::{Ends, EndsKind, Median, Spanned, Spread, SpreadKind, Summary, SummaryPlace};
pub(super) use text::find as in_text;
