//! The lines of a table to cells.

use super::columns::{levels, separators, with_drawn, without_empty, words};
use super::formula::is_formula;
use super::header::{Column, header_rows, join_names, spread};
use super::labels::{join_stacked, join_wrapped};
use super::rows::{Piece, Row, join_continued, recut, rows};
use super::rules::{Drawn, LevelRule};
use super::shown::{is_full, is_ruled};
use crate::read::compose::{DraftCell, DraftGrid};
use crate::read::pdf::layout::page::TextLine;

/// A table with its cells: the parts of its lines in the order of the cells.
#[derive(Clone, Debug)]
pub struct Gridded {
    /// The parts of the lines.
    pub lines: Vec<TextLine>,
    /// The cells.
    pub grid: DraftGrid,
}

/// How many places a grid has at most; more is no table that a person reads.
const MOST_PLACES: usize = 40_000;

/// Finds the cells of the lines of a table; `None` where no two columns can be told apart over two rows, or where it has
/// no caption (`captioned`) and does not show otherwise that it is a table.
pub fn grid(lines: &[TextLine], drawn: &Drawn, captioned: bool) -> Option<Gridded> {
    let rules = &drawn.level[..];
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = *sizes.get(sizes.len() / 2)?;
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    let levels = levels(lines, size);
    let heights: Vec<(f32, f32)> = levels.iter().map(|level| height(lines, level)).collect();
    let words: Vec<_> = levels.iter().map(|level| words(lines, level)).collect();
    let bands = separators(&words, size);
    let uprights = drawn.uprights_within(left, right, heights.first()?.0, heights.last()?.1);
    let bands = with_drawn(bands, &words, &heights, &uprights);
    let first = rows(lines, &words, &bands);
    let separators = without_empty(bands, |column| {
        let mut pieces = first.iter().flat_map(|row| &row.pieces);
        pieces.any(|piece| piece.span == 1 && piece.column as usize == column)
    });
    let mut rows = rows(lines, &words, &separators);
    let columns = separators.len() + 1;
    if columns < 2 || rows.iter().filter(|row| row.pieces.len() >= 2).count() < 2 || rows.len() * columns > MOST_PLACES
    {
        return None;
    }
    if is_formula(&rows, size) {
        return None;
    }
    let header = header_rows(&rows, rules, left, right);
    if !captioned && !is_ruled(&rows, rules, (left, right), size) && !is_full(&rows[header..], columns) {
        return None;
    }
    let extents = extents(&rows[header..], columns, &separators, left, right);
    let held = |row: &Row, separator: f32| holds_together(rules, row, separator, left, right);
    recut(&mut rows[..header], (lines, &words), &separators, &extents, held);
    let header = join_names(&mut rows, header, rules, size);
    spread(&mut rows, header, &extents, rules);
    join_stacked(&mut rows, header, size);
    let mut rows = join_continued(join_wrapped(rows, header, size), header);
    for row in &mut rows {
        row.settle();
    }
    Some(gridded(lines, &rows, columns, header))
}

/// The top and the baseline of a level.
fn height(lines: &[TextLine], level: &[usize]) -> (f32, f32) {
    let own = || level.iter().map(|&at| &lines[at]);
    let top = own().map(TextLine::top).fold(f32::INFINITY, f32::min);
    (top, own().map(|line| line.base).fold(f32::NEG_INFINITY, f32::max))
}

/// Whether a rule that is shorter than the table is drawn right under a row, over a separator: that of a name over several
/// columns.
fn holds_together(rules: &[LevelRule], row: &Row, separator: f32, left: f32, right: f32) -> bool {
    let mut under = rules.iter().filter(|rule| rule.at > row.base && rule.at < row.base + (row.base - row.top));
    under.any(|rule| rule.left < separator && separator < rule.right && rule.share(left, right) < 0.9)
}

/// From where to where the body of each column stands.
fn extents(rows: &[Row], columns: usize, separators: &[f32], left: f32, right: f32) -> Vec<Column> {
    let body = |at: usize| {
        let all = rows.iter().flat_map(|row| &row.pieces);
        all.filter(move |piece| piece.span == 1 && piece.column as usize == at)
    };
    let column = |at: usize| {
        let (from, to) = body(at)
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(from, to), piece| (from.min(piece.left), to.max(piece.right)));
        // Signs in place of values name nothing, either.
        let is_value = |piece: &&Piece| piece.is_value() || !piece.text.contains(char::is_alphabetic);
        let values = body(at).filter(is_value).count() * 2 >= body(at).count();
        if from <= to {
            return Column { left: from, right: to, values };
        }
        let before = at.checked_sub(1).map_or(left, |before| separators[before]);
        Column { left: before, right: separators.get(at).copied().unwrap_or(right), values }
    };
    (0..columns).map(column).collect()
}

fn gridded(lines: &[TextLine], rows: &[Row], columns: usize, header: usize) -> Gridded {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut out = Vec::new();
    let mut cells = Vec::new();
    for (row, pieces) in rows.iter().enumerate() {
        for piece in &pieces.pieces {
            out.extend(piece.parts.iter().map(|part| lines[part.line].part(part.characters.clone())));
            cells.push(DraftCell {
                row_span: 1,
                row: count(row),
                column: piece.column,
                column_span: piece.span,
                lines: piece.parts.len(),
            });
        }
    }
    let grid = DraftGrid { rows: count(rows.len()), columns: count(columns), header_rows: count(header), cells };
    Gridded { lines: out, grid }
}
