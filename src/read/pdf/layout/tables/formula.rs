//! Displayed mathematics that looks like a table: fractions and sums are set on several heights with wide gaps.
//!
//! The lines of a fraction stand closer than rows ever do, and most of them hold signs that cells of a table seldom
//! hold; or the number of the equation stands at their end.

use super::rows::{Piece, ROW_STEP, Row};
use crate::read::structure;

/// Whether the rows are those of displayed mathematics, for the font size `size`.
pub fn is_formula(rows: &[Row], size: f32) -> bool {
    let signed = rows.iter().filter(|row| row.pieces.iter().any(has_sign)).count();
    let close = rows.windows(2).filter(|pair| pair[1].base - pair[0].base < ROW_STEP * size).count();
    let numbered = || {
        let mut pieces = rows.iter().flat_map(|row| &row.pieces).filter(|piece| piece.column > 0 && is_short(piece));
        pieces.any(|piece| structure::ends_with_number_in_brackets(&piece.text))
    };
    signed * 3 >= rows.len() && (close * 2 >= rows.len().saturating_sub(1) || numbered())
}

/// Whether a piece holds an operator of relations, sums or roots, or is a bracket that spans several lines.
fn has_sign(piece: &Piece) -> bool {
    piece.text.contains(['=', '∑', '∏', '∫', '√', '∂', '∇', '⇒', '≡', '∥', '≤', '≥'])
        || piece.text.chars().all(|character| "()[]{}|∣".contains(character))
}

/// Whether a piece is hardly more than a number in brackets.
fn is_short(piece: &Piece) -> bool {
    piece.text.chars().count() <= 6
}
