//! Labels of several lines whose further lines open with a capital or a digit.
//!
//! A line that holds nothing but a label can go on with the label above it or be the heading of the rows below. Where
//! labels are broken at the width of their column, hardly a further line would have fitted on the line before it, and
//! few open as headings do; headings follow labels of any length. So the lines of a table are judged together.

use super::rows::{Piece, Row};

/// The width of a space, in ems, and how far labels that begin at one place may differ.
const SPACE: f32 = 0.25;
const SAME: f32 = 0.3;
/// How much more than the usual step the step to a further line is at most.
const CLOSE: f32 = 1.15;
/// How many further lines a table has at least before they are joined.
const LEAST: usize = 2;

/// One in so many further lines may have fitted: names of two parts are broken between these.
const FITTING: usize = 4;

/// Joins the further lines of labels to the rows that they belong to, for the font size `size`.
pub fn join_wrapped(rows: Vec<Row>, header: usize, size: f32) -> Vec<Row> {
    let step = usual_step(&rows);
    let further: Vec<usize> = (header + 1..rows.len())
        .filter(|&at| rows[at].base - rows[at - 1].base < CLOSE * step && may_go_on(&rows, header, at, size))
        .collect();
    let width = rows[header.min(rows.len())..].iter().filter_map(label).map(|label| label.right);
    let width = width.fold(f32::NEG_INFINITY, f32::max);
    let broken = |at: &usize| {
        let (Some(above), Some(label)) = (label(&rows[*at - 1]), label(&rows[*at])) else { return false };
        above.right + SPACE * size + first_word(label) > width
    };
    let plain = further.iter().filter(|&&at| !opens_as_heading(&rows[at])).count();
    let fitting = further.iter().filter(|at| !broken(at)).count();
    if further.len() < LEAST || plain * 2 < further.len() || fitting * FITTING > further.len() {
        return rows;
    }
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        match out.last_mut() {
            Some(last) if further.contains(&at) => last.take(row),
            _ => out.push(row),
        }
    }
    out
}

/// How much closer than rows the lines of one label stand at least, and how far, in ems, the line of a label stands at
/// most from the baseline of its own row.
const CLOSER: f32 = 0.8;
const LEVEL: f32 = 0.15;

/// Joins the lines of labels that are set closer than the rows stand: such a label belongs to the row that it begins in,
/// and its further lines may stand beside the rows below.
pub fn join_stacked(rows: &mut Vec<Row>, header: usize, size: f32) {
    let Some(step) = step_of_values(&rows[header.min(rows.len())..]) else { return };
    let mut last: Option<usize> = None;
    for at in header..rows.len() {
        let Some(place) = rows[at].pieces.iter().position(|piece| piece.column == 0) else { continue };
        let (above, below) = rows.split_at_mut(at);
        let row = &mut below[0];
        let label = &row.pieces[place];
        let level = row.pieces.iter().any(|piece| piece.column > 0 && (piece.base - label.base).abs() < LEVEL * size);
        let before = last.and_then(|last| above[last].pieces.iter_mut().find(|piece| piece.column == 0));
        match before {
            Some(before) if !level && !label.is_value() && label.base - before.base < CLOSER * step => {
                before.append(row.pieces.remove(place));
            }
            _ => last = Some(at),
        }
    }
    rows.retain(|row| !row.pieces.is_empty());
}

/// How far apart rows of values stand at least, as a rule.
fn step_of_values(rows: &[Row]) -> Option<f32> {
    let base = |row: &Row| {
        let values = row.pieces.iter().filter(|piece| piece.column > 0 && piece.is_value());
        values.map(|piece| piece.base).reduce(f32::max)
    };
    let bases: Vec<f32> = rows.iter().filter_map(base).collect();
    let mut steps: Vec<f32> = bases.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 8).copied()
}

fn label(row: &Row) -> Option<&Piece> {
    row.pieces.iter().find(|piece| piece.column == 0)
}

/// Whether the first word of a row is spelt as that of a heading: a capital before small letters, and no digit.
fn opens_as_heading(row: &Row) -> bool {
    let first = label(row).and_then(|label| label.text.split_whitespace().next()).unwrap_or("");
    first.starts_with(char::is_uppercase) && first.chars().skip(1).all(|letter| letter.is_lowercase() || letter == '-')
}

/// About how wide the first word of a label is.
fn first_word(label: &Piece) -> f32 {
    let first = label.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    #[expect(clippy::cast_precision_loss, reason = "a label has few characters")]
    let share = first as f32 / label.text.chars().count().max(1) as f32;
    share * (label.right - label.left)
}

/// The step from line to line that is usual among the closest ones.
fn usual_step(rows: &[Row]) -> f32 {
    let mut steps: Vec<f32> = rows.windows(2).map(|pair| pair[1].base - pair[0].base).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 4).copied().unwrap_or(0.0)
}

/// Whether a row can be the further line of the label above it: alone, no further to the left, of the same
/// weight, and not the heading of a row that is set further in.
fn may_go_on(rows: &[Row], header: usize, at: usize, size: f32) -> bool {
    let (above, row) = (&rows[at - 1], &rows[at]);
    let (Some(before), Some(own)) = (label(above), label(row)) else { return false };
    let heads = rows.get(at + 1).and_then(label).is_some_and(|next| next.left > own.left + SAME * size);
    // The heading of a group is no label that could go on.
    let under_values = (header..at).any(|up| !rows[up].is_label());
    row.is_label() && under_values && own.left > before.left - SAME * size && row.bold == above.bold && !heads
}
