//! Which lines of a region are rows of a table.
//!
//! A table shows by lines with wide gaps: three of them, or two beside the caption of a table, with at most two lines
//! without between, not counting the further lines of narrow cells. From there it grows up to the rule drawn over its
//! head and down to the rule under its foot, as far as no line of running text comes between.

use std::ops::Range;

use super::columns::line_words;
use super::framed::framed;
use super::rules::{LevelRule, parted};
use crate::read::pdf::layout::page::TextLine;
use crate::read::structure;

/// How many lines a head over the first row, and a foot under the last one, may have.
const HEAD: usize = 10;
const FOOT: usize = 4;
/// How many lines stand between two rows at most, and how many of them that are no narrow cell.
const BETWEEN: (usize, usize) = (8, 2);
/// How far from a caption, in lines, two rows are a table.
const CAPTION: usize = 4;
/// How wide a gap between the names of columns is at least, in ems.
const NAMES: f32 = 0.8;

/// The tables of a region as ranges of its lines, from top to bottom. `leading` is the usual step from line to line,
/// `body` the font size of the running text.
pub fn tables(lines: &[TextLine], rules: &[LevelRule], leading: f32, body: f32) -> Vec<Range<usize>> {
    let mut all = framed(lines, rules);
    all.append(&mut by_rows(lines, rules, leading, body));
    all.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in all {
        match out.last_mut() {
            Some(last) if last.end > range.start => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// The tables that show by their rows.
fn by_rows(lines: &[TextLine], rules: &[LevelRule], leading: f32, body: f32) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for run in runs(lines, rules, leading, body) {
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

/// Runs of lines with wide gaps and of what may stand between those.
fn runs(lines: &[TextLine], rules: &[LevelRule], leading: f32, body: f32) -> Vec<Range<usize>> {
    // "Table 2" stands apart from its title in some journals; that is no row.
    let is_row = |line: &TextLine| {
        line.tabs() > 0 && {
            let text = line.text();
            // Nor is an equation with its number.
            let equation = text.contains('=') && structure::ends_with_number_in_brackets(&text);
            !structure::is_caption(&text) && !equation
        }
    };
    let rows: Vec<usize> = (0..lines.len()).filter(|&at| is_row(&lines[at])).collect();
    let goes_on = |from: usize, to: usize| {
        let wide = (from + 1..to).filter(|&at| !is_narrow(&lines[at], &lines[from], &lines[to])).count();
        wide <= BETWEEN.1
            && to - from <= BETWEEN.0 + 1
            && lines[from..=to].windows(2).all(|pair| pair[1].base - pair[0].base < 4.0 * leading)
            && between_is_cells(lines, rules, from, to, body)
    };
    let mut out = Vec::new();
    for run in rows.chunk_by(|&from, &to| goes_on(from, to)) {
        match run {
            [first, _, .., last] => out.push(*first..*last + 1),
            [first, last] if is_captioned(lines, *first, *last) => out.push(*first..*last + 1),
            _ => {}
        }
    }
    out
}

/// Whether a line can be the further line of a cell of one of two rows: a few words over a small part of their width.
fn is_narrow(line: &TextLine, above: &TextLine, below: &TextLine) -> bool {
    let (left, right) = (above.left.min(below.left), above.right.max(below.right));
    let inside = line.left > left - line.size && line.right < right + line.size;
    inside && line.right - line.left < 0.35 * (right - left) && line.text().split_whitespace().count() <= 4
}

/// Whether the caption of a table stands close over or under two rows.
fn is_captioned(lines: &[TextLine], first: usize, last: usize) -> bool {
    let before = &lines[first.saturating_sub(CAPTION)..first];
    let after = &lines[last + 1..(last + 1 + CAPTION).min(lines.len())];
    before.iter().chain(after).any(|line| structure::is_table_caption(&line.text()))
}

/// Whether the lines between two rows can be labels or cells of several lines, and no sentence of running text.
fn between_is_cells(lines: &[TextLine], rules: &[LevelRule], from: usize, to: usize, body: f32) -> bool {
    let (above, below) = (&lines[from], &lines[to]);
    let small = |line: &TextLine| {
        // Print of the size of the rows that is not the size of the text: a long label, not a sentence.
        (line.size - above.size).abs() < 0.03 * line.size
            && (line.size - below.size).abs() < 0.03 * line.size
            && (line.size - body).abs() > 0.04 * body
    };
    // A line between two rules that run along all of it is a row of its own.
    let boxed = |at: usize| {
        let (line, above, below) = (&lines[at], &lines[at - 1], &lines[at + 1]);
        let along = |from, to| parted(rules, line.left, line.right, (from, to));
        along(above.base, line.base) && along(line.base, below.base)
    };
    (from + 1..to).all(|at| {
        let line = &lines[at];
        let text = line.text();
        let words = text.split_whitespace().count();
        let short = words < 9 || (words < 22 && to - from == 2 && small(line));
        !structure::is_caption(&text) && (short || boxed(at))
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
        best.min(over).min(self.names(run.start, floor))
    }

    /// The line right above the first row where it names columns: wide gaps part its names, and a rule is drawn under it.
    fn names(&self, first: usize, floor: usize) -> usize {
        let Some(at) = first.checked_sub(1).filter(|at| *at >= floor) else { return first };
        let (line, row) = (&self.lines[at], &self.lines[first]);
        let words = line_words(at, line);
        let gapped = words.windows(2).any(|pair| pair[1].left - pair[0].right >= NAMES * line.size);
        let near = row.base - line.base < 3.5 * self.leading;
        let under = self.ruled(line.base, row.top() + 0.25 * row.size);
        if gapped && near && under && self.is_label(line, row) { at } else { first }
    }

    /// One past the last line of the table: down to the rule under its foot, where only a few labels come before it.
    fn foot(&self, run: &Range<usize>) -> usize {
        let row = &self.lines[run.end - 1];
        let end = self.boxed(run);
        let mut at = end;
        while at < self.lines.len() && at - end <= FOOT {
            let (last, line) = (&self.lines[at - 1], &self.lines[at]);
            if self.ruled(last.base, line.top() + 0.25 * line.size) {
                return at;
            }
            if !self.is_label(line, row) || line.base - last.base > 3.0 * self.leading {
                break;
            }
            at += 1;
        }
        // Nothing comes below the last line: the rule may.
        if at == self.lines.len() && at > end {
            let last = &self.lines[at - 1];
            if self.ruled(last.base, last.base + 2.0 * self.leading) {
                return at;
            }
        }
        end
    }

    /// One past the last row of a table with a rule under every row: further lines between rules are rows, too.
    fn boxed(&self, run: &Range<usize>) -> usize {
        let parted = |at: usize| self.ruled(self.lines[at - 1].base, self.lines[at].base);
        let mut end = run.end;
        while end < self.lines.len() && run.len() >= 2 && parted(end - 1) && parted(end) {
            let line = &self.lines[end];
            if !self.ruled(line.base, line.base + 1.2 * line.size) {
                break;
            }
            end += 1;
        }
        end
    }
}
