//! Which lines of a region are rows of a table.
//!
//! A table shows by lines with wide gaps: three of them, with at most two lines without between. From there it grows up
//! to the rule drawn over its head and down to the rule under its foot, as far as no line of running text comes between.

use std::ops::Range;

use super::rules::{LevelRule, parted};
use crate::read::pdf::layout::page::TextLine;
use crate::read::structure;

/// How many lines a head over the first row, and a foot under the last one, may have.
const HEAD: usize = 10;
const FOOT: usize = 4;

/// The tables of a region as ranges of its lines, from top to bottom. `leading` is the usual step from line to line,
/// `body` the font size of the running text.
pub fn tables(lines: &[TextLine], rules: &[LevelRule], leading: f32, body: f32) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for run in runs(lines, leading, body) {
        let floor = out.last().map_or(0, |last| last.end);
        let seen = Seen { lines, rules, leading, left: left(lines, &run), right: right(lines, &run) };
        let from = seen.head(&run, floor);
        let to = seen.foot(&run);
        match out.last_mut() {
            Some(last) if last.end >= from => last.end = last.end.max(to),
            _ => out.push(from..to),
        }
    }
    out
}

fn left(lines: &[TextLine], run: &Range<usize>) -> f32 {
    lines[run.clone()].iter().map(|line| line.left).fold(f32::INFINITY, f32::min)
}

fn right(lines: &[TextLine], run: &Range<usize>) -> f32 {
    lines[run.clone()].iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max)
}

/// Runs of at least three lines with wide gaps and of what may stand between those.
fn runs(lines: &[TextLine], leading: f32, body: f32) -> Vec<Range<usize>> {
    // "Table 2" stands apart from its title in some journals; that is no row.
    let is_row = |line: &TextLine| line.tabs() > 0 && !structure::is_caption(&line.text());
    let rows: Vec<usize> = (0..lines.len()).filter(|&at| is_row(&lines[at])).collect();
    let goes_on = |from: usize, to: usize| {
        to - from <= 3
            && lines[from..=to].windows(2).all(|pair| pair[1].base - pair[0].base < 4.0 * leading)
            && between_is_cells(lines, from, to, body)
    };
    let mut out = Vec::new();
    for run in rows.chunk_by(|&from, &to| goes_on(from, to)) {
        if let [first, _, .., last] = run {
            out.push(*first..*last + 1);
        }
    }
    out
}

/// Whether the lines between two rows can be labels or cells of several lines, and no sentence of running text.
fn between_is_cells(lines: &[TextLine], from: usize, to: usize, body: f32) -> bool {
    let (above, below) = (&lines[from], &lines[to]);
    let small = |line: &TextLine| {
        // Print of the size of the rows that is not the size of the text: a long label, not a sentence.
        (line.size - above.size).abs() < 0.03 * line.size
            && (line.size - below.size).abs() < 0.03 * line.size
            && (line.size - body).abs() > 0.04 * body
    };
    lines[from + 1..to].iter().all(|line| {
        let text = line.text();
        let words = text.split_whitespace().count();
        !structure::is_caption(&text) && (words < 9 || (words < 22 && to - from == 2 && small(line)))
    })
}

/// A run of rows with what its surroundings are judged by.
struct Seen<'l> {
    lines: &'l [TextLine],
    rules: &'l [LevelRule],
    leading: f32,
    left: f32,
    right: f32,
}

impl Seen<'_> {
    /// Whether a line can belong to the head or foot of the table: short, no caption, no sentence, not larger than rows.
    fn is_label(&self, line: &TextLine, row: &TextLine) -> bool {
        let text = line.text();
        let words = text.split_whitespace().count();
        let wide = line.right - line.left > 0.9 * (self.right - self.left);
        let prose =
            line.tabs() == 0 && (words > 14 || (wide && words > 7) || (words > 6 && structure::ends_sentence(&text)));
        !prose
            && !structure::is_caption(&text)
            && line.size < 1.15 * row.size
            && line.right > self.left
            && line.left < self.right
            && line.frame == row.frame
    }

    fn ruled(&self, from: f32, to: f32) -> bool {
        parted(self.rules, self.left, self.right, (from, to))
    }

    /// The first line of the table: the line below the highest rule that only labels part from the rows, or, where no
    /// rule is drawn, the lines right above the rows that stand over their columns and not over their labels.
    fn head(&self, run: &Range<usize>, floor: usize) -> usize {
        let mut best = run.start;
        let mut at = run.start;
        let row = &self.lines[run.start];
        while at > floor && run.start - at < HEAD {
            let line = &self.lines[at - 1];
            let step = self.lines[at].base - line.base;
            if !self.is_label(line, row) || step > 3.5 * self.leading {
                break;
            }
            at -= 1;
            let above = at.checked_sub(1).map_or(line.top() - 2.5 * self.leading, |above| self.lines[above].base);
            if self.ruled(above.max(line.top() - 2.5 * self.leading), line.top() + 0.25 * line.size) {
                best = at;
            }
        }
        let mut over = run.start;
        while over > floor && run.start - over < 3 {
            let line = &self.lines[over - 1];
            let inner = line.left > self.left + 0.15 * (self.right - self.left);
            let near = self.lines[over].base - line.base < 2.0 * self.leading;
            if !(inner && near && self.is_label(line, row) && line.text().split_whitespace().count() <= 12) {
                break;
            }
            over -= 1;
        }
        best.min(over)
    }

    /// One past the last line of the table: down to the rule under its foot, where only a few labels come before it.
    fn foot(&self, run: &Range<usize>) -> usize {
        let row = &self.lines[run.end - 1];
        let mut at = run.end;
        while at < self.lines.len() && at - run.end <= FOOT {
            let (last, line) = (&self.lines[at - 1], &self.lines[at]);
            if self.ruled(last.base, line.top() + 0.25 * line.size) {
                return at;
            }
            if !self.is_label(line, row) || line.base - last.base > 3.0 * self.leading {
                break;
            }
            at += 1;
        }
        run.end
    }
}
