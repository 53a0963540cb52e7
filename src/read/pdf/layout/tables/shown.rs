//! Whether a grid that no caption names shows that it is a table.
//!
//! The labels of figures and of schemes, lines of programs, mathematics and lists stand in rows with wide gaps, too. A
//! table has a caption, or rules are drawn over its whole width, or nearly all places of its body are filled and most
//! hold values.

use super::rows::{Piece, Row};
use super::rules::LevelRule;

/// How many rules of the whole width there are at least.
const RULES: usize = 2;
/// How many rows a body without rules has at least, and what share of its places, in tenths, is filled.
const ROWS: usize = 3;
const FILLED: usize = 7;
/// How far from its rows the rules of a table are, and from its ends the ends of the rules, in ems.
const NEAR: f32 = 2.0;
const SHORT: f32 = 0.5;

/// Whether rules of the whole width are drawn over, in or under the rows, for the font size `size`.
pub fn is_ruled(rows: &[Row], rules: &[LevelRule], (left, right): (f32, f32), size: f32) -> bool {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
    let (top, bottom) = (first.top - NEAR * size, last.base + NEAR * size);
    let from = rules.partition_point(|rule| rule.at < top);
    let own = rules[from..].iter().take_while(|rule| rule.at < bottom);
    own.filter(|rule| rule.left < left + SHORT * size && rule.right > right - SHORT * size).count() >= RULES
}

/// Whether the rows below the header fill the columns with values.
pub fn is_full(rows: &[Row], columns: usize) -> bool {
    let cells = || rows.iter().flat_map(|row| &row.pieces).filter(|piece| piece.column > 0 && piece.span == 1);
    let (filled, values) = (cells().count(), cells().filter(|piece| Piece::is_value(piece)).count());
    rows.len() >= ROWS && filled * 10 >= rows.len() * (columns - 1) * FILLED && values * 2 >= filled
}
