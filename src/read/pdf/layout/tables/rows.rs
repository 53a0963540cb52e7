//! The lines of a table as rows of pieces, each piece with the columns that it covers.

use std::ops::Range;

use super::columns::Word;
use super::header::Column;
use crate::read::pdf::layout::page::TextLine;

/// How far apart the baselines of rows are at least, in ems.
pub const ROW_STEP: f32 = 0.85;
/// How high the letters of a line are taken to be, in ems: see `TextLine::top`.
const ASCENT: f32 = 0.8;

/// Characters of a line that stand in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The line of the table.
    pub line: usize,
    /// The characters.
    pub characters: Range<usize>,
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its characters, line by line.
    pub parts: Vec<Part>,
    /// Its first column.
    pub column: u32,
    /// How many columns it covers.
    pub span: u32,
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// The height of its first line.
    pub top: f32,
    /// The baseline of its last line.
    pub base: f32,
    /// Its characters as text.
    pub text: String,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its pieces from left to right.
    pub pieces: Vec<Piece>,
    /// The height of its first line.
    pub top: f32,
    /// The baseline of its last line.
    pub base: f32,
    /// Whether it is set in bold.
    pub bold: bool,
}

impl Piece {
    /// Whether it is a value rather than a name: it opens as a number does, and letters do not outweigh the digits.
    pub fn is_value(&self) -> bool {
        let digits = self.text.chars().filter(char::is_ascii_digit).count();
        let letters = self.text.chars().filter(|letter| letter.is_alphabetic()).count();
        let opens =
            self.text.starts_with(|first: char| first.is_ascii_digit() || "-−–+±<>≤≥~∼≈(.,[$€£".contains(first));
        // "95% CI" and "(n = 41)" name what stands below them.
        let size =
            self.text.trim_start_matches(['(', '[']).trim_start_matches(['n', 'N']).trim_start().starts_with('=');
        digits > 0 && letters <= digits && opens && !size && !self.text.ends_with("CI")
    }
}

impl Piece {
    /// Adds the lines of another piece below its own.
    pub fn append(&mut self, more: Self) {
        self.parts.extend(more.parts);
        self.text = format!("{} {}", self.text, more.text);
        (self.left, self.right) = (self.left.min(more.left), self.right.max(more.right));
        self.base = more.base;
        let end = (self.column + self.span).max(more.column + more.span);
        self.column = self.column.min(more.column);
        self.span = end - self.column;
    }
}

impl Row {
    /// Puts the pieces in the order of their columns, each in places of its own: a piece ends where the next begins, and
    /// two that begin in one column are one.
    pub fn settle(&mut self) {
        self.pieces.sort_by_key(|piece| piece.column);
        let mut settled: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.drain(..) {
            match settled.last_mut() {
                Some(last) if last.column == piece.column => last.append(piece),
                Some(last) => {
                    last.span = last.span.min(piece.column - last.column);
                    settled.push(piece);
                }
                None => settled.push(piece),
            }
        }
        self.pieces = settled;
    }

    /// Adds the pieces of the row below it to its own.
    pub fn take(&mut self, below: Self) {
        self.base = below.base;
        for piece in below.pieces {
            match self.pieces.iter_mut().find(|above| above.column == piece.column) {
                Some(above) => above.append(piece),
                None => self.pieces.push(piece),
            }
        }
    }

    /// Whether the only piece is a name in the first column.
    pub fn is_label(&self) -> bool {
        matches!(&self.pieces[..], [only] if only.column == 0 && !only.is_value())
    }
}

/// The words of each level as a row.
pub fn rows(lines: &[TextLine], words: &[Vec<Word>], separators: &[f32]) -> Vec<Row> {
    let each = words.iter().filter(|words| !words.is_empty());
    each.map(|words| {
        let own = || words.iter().map(|word| &lines[word.line]);
        Row {
            pieces: pieces(lines, words, separators, &[]),
            top: own().map(TextLine::top).fold(f32::INFINITY, f32::min),
            base: own().map(|line| line.base).fold(f32::NEG_INFINITY, f32::max),
            bold: own().all(|line| line.bold),
        }
    })
    .collect()
}

/// Cuts the rows of a header once more, now that it is known from where to where the values of each column stand.
/// `ruled` tells at which separators a rule under a row holds a name together.
pub fn recut(
    rows: &mut [Row],
    (lines, words): (&[TextLine], &[Vec<Word>]),
    separators: &[f32],
    columns: &[Column],
    ruled: impl Fn(&Row, f32) -> bool,
) {
    for (row, words) in rows.iter_mut().zip(words.iter().filter(|words| !words.is_empty())) {
        if !separators.iter().any(|separator| ruled(row, *separator)) {
            row.pieces = pieces(lines, words, separators, columns);
        }
    }
}

/// Cuts the words of a level at the separators that stand in their gaps: in wide ones, and in those behind a word that
/// ends where the values of its column end.
fn pieces(lines: &[TextLine], words: &[Word], separators: &[f32], columns: &[Column]) -> Vec<Piece> {
    let size = words.iter().map(|word| lines[word.line].size).fold(0.0, f32::max);
    let slack = 0.15 * size;
    let cut = |a: &Word, b: &Word| {
        let gap = b.left - a.right;
        let inside = |separator: &f32| a.right <= separator + slack && separator - slack <= b.left;
        let Some(column) = separators.iter().position(inside) else { return false };
        let ends = columns.get(column).is_some_and(|column| (a.right - column.right).abs() < slack);
        b.tab || gap >= 0.45 * size || (a.digit && b.digit) || ends
    };
    let mut out: Vec<Piece> = Vec::new();
    for group in words.chunk_by(|a, b| !cut(a, b)) {
        let Some(mut piece) = piece(lines, group) else { continue };
        (piece.column, piece.span) = cover(&piece, separators, size);
        // A piece that only leans over a separator must not take the column of the one before it.
        if let Some(before) = out.last() {
            let taken = before.column + before.span;
            if piece.column < taken {
                piece.span = (piece.column + piece.span).saturating_sub(taken).max(1);
                piece.column = taken;
            }
        }
        out.push(piece);
    }
    out
}

/// The words of one cell.
fn piece(lines: &[TextLine], words: &[Word]) -> Option<Piece> {
    let (first, last) = (words.first()?, words.last()?);
    let mut parts = Vec::new();
    let mut text = String::new();
    for own in words.chunk_by(|a, b| a.line == b.line) {
        let characters = own.first()?.characters.start..own.last()?.characters.end;
        let said = lines[own.first()?.line].characters[characters.clone()].iter().map(|placed| placed.character);
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(said.map(|character| if character == '\t' { ' ' } else { character }));
        parts.push(Part { line: own.first()?.line, characters });
    }
    let own = || words.iter().map(|word| &lines[word.line]);
    Some(Piece {
        parts,
        column: 0,
        span: 1,
        left: first.left,
        right: last.right,
        top: own().map(TextLine::top).fold(f32::INFINITY, f32::min),
        base: own().map(|line| line.base).fold(f32::NEG_INFINITY, f32::max),
        text,
    })
}

/// The columns that a piece covers: those of which it holds a good part; a number stands in the one it holds most of.
fn cover(piece: &Piece, separators: &[f32], size: f32) -> (u32, u32) {
    let edges = |column: usize| {
        let left = column.checked_sub(1).map_or(f32::NEG_INFINITY, |before| separators[before]);
        (left, separators.get(column).copied().unwrap_or(f32::INFINITY))
    };
    let held: Vec<f32> = (0..=separators.len())
        .map(|column| {
            let (left, right) = edges(column);
            piece.right.min(right) - piece.left.max(left)
        })
        .collect();
    let most = (0..held.len()).max_by(|&a, &b| held[a].total_cmp(&held[b]).then(b.cmp(&a))).unwrap_or(0);
    let index = |column: usize| u32::try_from(column).unwrap_or(u32::MAX);
    if piece.is_value() {
        return (index(most), 1);
    }
    let good = |column: &usize| held[*column] >= (0.6 * size).max(0.1 * (piece.right - piece.left));
    let first = (0..held.len()).find(good).unwrap_or(most);
    let last = (0..held.len()).rfind(good).unwrap_or(most);
    (index(first), index(last - first + 1))
}

/// Joins lines that go on with the row before them, from the row `header` on: the rest of a label, the rest of cells of
/// words. `label` gives up where the row before has something of the kind already.
pub fn join_continued(rows: Vec<Row>, header: usize) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for (at, mut row) in rows.into_iter().enumerate() {
        let goes_on = |last: &Row| continues(last, &row) || is_level(last, &row);
        if at > header && out.len() > header && out.last().is_some_and(goes_on) {
            if let Some(last) = out.last_mut() {
                last.take(row);
            }
            continue;
        }
        // A label of two lines whose values stand on the second.
        let opened = at > header && out.len() > header && out.last().is_some_and(|last| opens(last, &row));
        if opened
            && let Some(head) = out.pop()
            && let Some(first) = row.pieces.first_mut()
        {
            for mut label in head.pieces {
                std::mem::swap(&mut label, first);
                first.append(label);
            }
            row.top = head.top;
        }
        out.push(row);
    }
    out
}

/// Whether two rows stand closer than rows do and none has a piece where the other has one: a label set a little higher
/// than its values, or in the middle beside cells of two lines.
fn is_level(last: &Row, row: &Row) -> bool {
    let taken = |piece: &Piece| last.pieces.iter().any(|above| above.column == piece.column);
    let size = (row.base - row.top) / ASCENT;
    row.base - last.base < ROW_STEP * size && !row.pieces.iter().any(taken)
}

/// Whether all pieces of `row` are the rest of cells of `last`.
fn continues(last: &Row, row: &Row) -> bool {
    let close = row.top - last.base < 0.6 * (row.base - row.top).max(1.0);
    close
        && !row.pieces.is_empty()
        && row.pieces.iter().all(|piece| {
            let above = last.pieces.iter().find(|above| above.column == piece.column);
            let starts_small = piece.text.starts_with(|first: char| first.is_lowercase() || "(&+/".contains(first));
            !piece.is_value() && above.is_some_and(|above| !above.is_value() && (starts_small || promises(&above.text)))
        })
}

/// Whether a text promises more: it ends with a hyphen, a comma, a stroke or a small linking word.
fn promises(text: &str) -> bool {
    text.ends_with(['-', '‐', ',', '/', '(', '&'])
        || [" and", " or", " of", " to", " with", " the", " in", " for", " by", " from", " at", " a"]
            .iter()
            .any(|word| text.ends_with(word))
}

/// Whether `label` is the first line of the label of `row`.
fn opens(label: &Row, row: &Row) -> bool {
    let close = row.top - label.base < 0.6 * (row.base - row.top).max(1.0);
    close
        && label.is_label()
        && row.pieces.len() >= 2
        && row.pieces.first().is_some_and(|first| {
            first.column == 0
                && !first.is_value()
                && (first.text.starts_with(char::is_lowercase)
                    || label.pieces.iter().any(|piece| promises(&piece.text)))
        })
}
