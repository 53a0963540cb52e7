//! The lines of tables that a claim of order may be of: the numbers of one column or one row, with the words that name it.
//!
//! Rows and columns of totals and averages are left out, and a column of a table with groups of rows gives a line for each
//! group too. Which line a sentence means is asked by its words here, and by the numbers in `tabled`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;
use crate::extract::{Comparator, Mentions, Quantity, Word, shared};
use crate::rules::RuleContext;
use crate::rules::repeats::places::{Entry, Grid};

/// The most numbers of a line, and the fewest.
const MOST: usize = 190;
pub(super) const LEAST: usize = 3;
/// The most tables of a paper whose lines are looked at.
const MOST_TABLES: usize = 40;

/// Words of lines that sum up others, or say something about them.
static SUMMARY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:total|totals|overall|mean|means|average|averages|all|sum|median|pooled|combined|sd|s\.d\.|se|sem|min|max|minimum|maximum|range|n|no|number|p|df|subtotal|difference|change)\b",
    )
});

/// Whether numbers follow each other down a column or along a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    /// Down a column.
    Column(usize),
    /// Along a row.
    Row(usize),
}

/// The numbers of one row or column.
pub(super) struct Line<'g> {
    /// Which line it is.
    pub axis: Axis,
    /// Its numbers, in order.
    pub entries: Vec<&'g Entry>,
    /// The words that name it.
    pub words: Vec<Word>,
    /// Whether it is a part of a longer line.
    pub is_part: bool,
    /// Whether all other lines that go its way hold no numbers.
    pub is_only: bool,
}

impl Line<'_> {
    /// How many of its words a sentence has.
    pub fn shared(&self, words: &[Word]) -> usize {
        shared(&self.words, words)
    }

    /// Whether a sentence names it in full, or it is the only one and needs no name.
    pub fn is_named(&self, words: &[Word]) -> bool {
        let whole = !self.words.is_empty() && self.shared(words) == self.words.len();
        whole || (self.is_only && self.shared(words) > 0)
    }
}

/// The tables of a paper with their lines.
pub(super) struct Tables<'m> {
    pub grids: Vec<Grid<'m>>,
    /// For each table which rows and columns sum up others, and the group of each row.
    layouts: Vec<Layout>,
}

#[derive(Default)]
struct Layout {
    rows: Vec<bool>,
    columns: Vec<bool>,
    groups: Vec<Option<usize>>,
}

impl<'m> Tables<'m> {
    /// The tables of a paper.
    pub fn of(mentions: &'m Mentions, context: RuleContext<'_>) -> Self {
        let of = mentions.tables.iter().zip(&mentions.subjects.tables).take(MOST_TABLES).enumerate();
        let mut tables = Self { grids: Vec::new(), layouts: Vec::new() };
        for (at, (held, words)) in of {
            tables.grids.push(Grid::of(at, held, words, mentions, context));
            let sums_up = |text: &str| SUMMARY.as_ref().is_none_or(|pattern| pattern.is_match(text));
            tables.layouts.push(Layout {
                rows: (0..held.labels.len()).map(|row| sums_up(held.label(row))).collect(),
                columns: (0..held.columns).map(|column| held.heading(column).next().is_some_and(sums_up)).collect(),
                groups: held.groups.clone(),
            });
        }
        tables
    }

    /// The lines of a table whose numbers can be put in order.
    pub fn lines(&self, table: usize) -> Vec<Line<'_>> {
        let (Some(grid), Some(layout)) = (self.grids.get(table), self.layouts.get(table)) else { return Vec::new() };
        let mut lines: BTreeMap<(Axis, Option<usize>, usize), Vec<&Entry>> = BTreeMap::new();
        let mut part = 0;
        for (at, entry) in grid.entries.iter().enumerate() {
            let again = at.checked_sub(1).and_then(|before| grid.entries.get(before));
            part = if again.is_some_and(|before| before.cell == entry.cell) { part + 1 } else { 0 };
            let sums_up = |list: &[bool], at: usize| list.get(at).copied().unwrap_or(false);
            // "< 0.01" has its place at the lower end alone, so a line with bounds is not put in order.
            if part > 1 || entry.member.comparator != Comparator::Equal {
                continue;
            }
            if !sums_up(&layout.rows, entry.row) {
                lines.entry((Axis::Column(entry.column), None, part)).or_default().push(entry);
                if let Some(group) = layout.groups.get(entry.row).copied().flatten() {
                    lines.entry((Axis::Column(entry.column), Some(group), part)).or_default().push(entry);
                }
            }
            if !sums_up(&layout.columns, entry.column) {
                lines.entry((Axis::Row(entry.row), None, part)).or_default().push(entry);
            }
        }
        let is_column = |axis: Axis| matches!(axis, Axis::Column(_));
        let count = |columns: bool| {
            lines.keys().filter(|(axis, group, _)| is_column(*axis) == columns && group.is_none()).count()
        };
        let (columns, rows) = (count(true), count(false));
        let whole = |axis: Axis, part: usize| lines.get(&(axis, None, part)).map_or(0, Vec::len);
        let of = lines.iter().filter(|(_, entries)| (LEAST..=MOST).contains(&entries.len()));
        of.filter(|((axis, group, part), entries)| group.is_none() || entries.len() < whole(*axis, *part))
            .map(|((axis, group, _), entries)| Line {
                axis: *axis,
                entries: entries.clone(),
                words: self.words(table, *axis, *group),
                is_part: group.is_some(),
                is_only: if is_column(*axis) { columns == 1 } else { rows == 1 },
            })
            .collect()
    }

    fn words(&self, table: usize, axis: Axis, group: Option<usize>) -> Vec<Word> {
        let words = self.grids[table].words;
        let of = |list: &[Vec<Word>], at: usize| list.get(at).cloned().unwrap_or_default();
        let mut found = match axis {
            Axis::Column(column) => of(&words.columns, column),
            Axis::Row(row) => [of(&words.rows, row), of(&words.groups, row)].concat(),
        };
        found.extend(group.map(|head| of(&words.rows, head)).unwrap_or_default());
        found.sort_unstable();
        found.dedup();
        found
    }

    /// How many words a sentence shares with the labels across a line at one of its numbers: of a column the row.
    pub fn across(&self, table: usize, line: &Line<'_>, entry: &Entry) -> &[Word] {
        let words = self.grids[table].words;
        let list = match line.axis {
            Axis::Column(_) => words.rows.get(entry.row),
            Axis::Row(_) => words.columns.get(entry.column),
        };
        list.map_or(&[], Vec::as_slice)
    }
}

/// The quantities of a line.
pub(super) fn quantities<'m>(line: &Line<'_>, mentions: &'m Mentions) -> Vec<(&'static str, &'m Quantity)> {
    line.entries.iter().filter_map(|entry| Some(("value", mentions.quantities.get(entry.at.0)?))).collect()
}
