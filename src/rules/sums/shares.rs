//! Counts of a table with their percentages: in one cell, in columns beside each other, or in rows above each other.
//!
//! What a percentage is of is not asked here, see `wholes`.

use crate::arithmetic::{Printed, Rational};
use crate::document::Table;
use crate::extract::{CellKind, Mentions, Notation, QuantityIx, TableContent, names_other_bracket, notation};
use crate::rules::{RuleContext, binding};

use super::wholes::is_total;

/// A count with its percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) struct Share {
    /// The row of the percentage.
    pub row: usize,
    /// The column of the percentage.
    pub column: usize,
    /// The row of the count.
    pub count_row: usize,
    /// The column of the count.
    pub count_column: usize,
    /// The count.
    pub count: QuantityIx,
    /// The percentage.
    pub percentage: QuantityIx,
    /// The whole in the same cell: "62/60 (103.3%)".
    pub whole: Option<QuantityIx>,
    /// Whether the cell or its row says that a number is a percentage.
    pub plainly: bool,
    /// Whether words or the form of the cell say that the count is one.
    pub counted: bool,
}

/// The shares of one column, or of one row where counts and percentages stand in rows above each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules) struct Series {
    /// The shares, from top to bottom or from left to right.
    pub shares: Vec<Share>,
    /// Whether the percentages stand in a row of their own.
    pub in_rows: bool,
}

/// A table with what its cells hold.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct Grid<'m> {
    /// The table.
    pub table: &'m Table,
    /// Its index among the tables of the paper.
    pub index: usize,
    /// What its cells hold.
    pub content: &'m TableContent,
    /// All that was found in the paper.
    pub mentions: &'m Mentions,
    /// The rows below the header whose labels name totals.
    pub totals: &'m [usize],
}

/// The most places of a grid that is looked at; the largest page holds fewer.
const MOST_PLACES: usize = 10_000;

/// Calls `look` with each table of the paper that is not beyond the limit, with what its totals are.
pub(in crate::rules) fn each_grid(mentions: &Mentions, context: RuleContext<'_>, look: &mut dyn FnMut(Grid<'_>)) {
    for (index, (table, content)) in context.document.tables.iter().zip(&mentions.tables).enumerate() {
        if content.places.len() > MOST_PLACES {
            continue;
        }
        let body = table.header_rows as usize..table.rows as usize;
        let totals: Vec<usize> = body.filter(|row| is_total(content.label(*row))).collect();
        look(Grid { table, index, content, mentions, totals: &totals });
    }
}

impl Grid<'_> {
    /// The number of a quantity that is one number.
    pub fn point(self, ix: QuantityIx) -> Option<Rational> {
        binding::quantity(self.mentions, ix)?.single().map(Printed::point)
    }

    /// The rows below the header.
    pub fn body(self) -> std::ops::Range<usize> {
        self.table.header_rows as usize..self.table.rows as usize
    }

    /// The columns right of the labels.
    fn values(self) -> std::ops::Range<usize> {
        self.content.label_columns..self.content.columns
    }

    /// The count of a cell: of one that holds a count alone, or a count with its percentage.
    pub fn count(self, row: usize, column: usize) -> Option<QuantityIx> {
        self.content.content(row, column)?.count
    }

    /// The count of a cell that holds nothing else.
    pub fn lone_count(self, row: usize, column: usize) -> Option<QuantityIx> {
        let content = self.content.content(row, column)?;
        let lone = matches!(content.kind, CellKind::Count | CellKind::Number) && content.whole.is_none();
        content.count.filter(|_| lone)
    }

    /// Whether the words over or beside a cell, or in it, say that it holds a count.
    fn is_counted(self, row: usize, column: usize) -> bool {
        self.content.content(row, column).is_some_and(|content| content.kind == CellKind::Count)
    }

    fn column_notation(self, column: usize) -> Option<Notation> {
        self.content.heading(column).find_map(notation)
    }

    /// All series of the table.
    pub fn series(self) -> Vec<Series> {
        let beside = self.count_columns();
        let mut series: Vec<Series> = self
            .values()
            .map(|column| {
                let counts = beside.get(column).copied().flatten();
                let shares = self.body().filter_map(|row| self.share(row, column, counts)).collect();
                Series { shares, in_rows: false }
            })
            .collect();
        let taken = |row: usize| series.iter().any(|series| series.shares.iter().any(|share| share.row == row));
        let rows: Vec<Series> = self
            .body()
            .filter(|row| !taken(*row) && notation(self.content.label(*row)) == Some(Notation::Percentage))
            .map(|row| Series { shares: self.in_row(row), in_rows: true })
            .collect();
        series.extend(rows);
        series.retain(|series| !series.shares.is_empty());
        series
    }

    /// The share of a cell: in itself, or with the count in another column.
    fn share(self, row: usize, column: usize, counts: Option<usize>) -> Option<Share> {
        let cell = self.content.at(row, column)?;
        let place = self.table.cells.get(cell)?;
        // A cell over several columns or rows is looked at once.
        if place.column as usize != column || place.row as usize != row {
            return None;
        }
        let content = self.content.cells.get(cell)?;
        let share = |count_column: usize, count: QuantityIx, percentage: QuantityIx| Share {
            row,
            column,
            count_row: row,
            count_column,
            count,
            percentage,
            whole: content.whole,
            plainly: content.plainly,
            counted: count_column == column || self.is_counted(row, count_column),
        };
        match content.kind {
            CellKind::CountAndPercentage => Some(share(column, content.count?, content.percentage?)),
            CellKind::Percentage => {
                let beside = counts?;
                Some(share(beside, self.lone_count(row, beside)?, content.percentage?))
            }
            _ => None,
        }
        .filter(|share| self.can_be(share))
    }

    /// Whether a pair can be a count with its percentage: not where the heading names the bracket otherwise, nor where
    /// the count is larger than every N over the column.
    fn can_be(self, share: &Share) -> bool {
        let percent = |words: &str| notation(words).is_some_and(Notation::is_percent);
        let own = [self.content.label(share.row), self.content.group(share.row)];
        let named = self.content.heading(share.column).any(names_other_bracket) && !own.into_iter().any(percent);
        let other = share.column == share.count_column && (named || own.into_iter().any(names_other_bracket));
        let count = self.point(share.count);
        let mut sizes = super::wholes::heading_sizes(self, [share.count_column, share.column])
            .into_iter()
            .map(|size| self.point(size))
            .peekable();
        let larger = share.whole.is_none() && sizes.peek().is_some() && sizes.all(|size| size < count);
        !other && !larger
    }

    /// For each column of percentages the column of their counts: the one before it throughout the table, or, where the
    /// first column of percentages has no counts before it, the one behind it.
    fn count_columns(self) -> Vec<Option<usize>> {
        let holds = |column: usize, kinds: &[CellKind]| {
            let contents = self.body().filter_map(|row| self.content.content(row, column));
            contents.filter(|content| kinds.contains(&content.kind)).count()
        };
        let percentages: Vec<usize> =
            self.values().filter(|column| holds(*column, &[CellKind::Percentage]) > 0).collect();
        let counts = |column: usize| {
            let lone = self.body().filter(|row| self.lone_count(*row, column).is_some()).count();
            let other =
                holds(column, &[CellKind::Percentage, CellKind::MeanAndDeviation, CellKind::Range, CellKind::PValue]);
            let said = self.body().filter(|row| self.is_counted(*row, column)).count();
            let named =
                matches!(self.column_notation(column), None | Some(Notation::Count | Notation::CountAndPercentage))
                    || said * 2 > lone;
            lone > 0 && lone > other && named && self.values().contains(&column)
        };
        let mut beside = vec![None; self.content.columns];
        let Some(first) = percentages.first().copied() else { return beside };
        let behind = !first.checked_sub(1).is_some_and(counts);
        for column in percentages {
            let other = if behind { Some(column + 1) } else { column.checked_sub(1) };
            if let (Some(other), Some(place)) = (other.filter(|other| counts(*other)), beside.get_mut(column)) {
                *place = Some(other);
            }
        }
        beside
    }

    /// The shares of a row of percentages with the counts in the row above it.
    fn in_row(self, row: usize) -> Vec<Share> {
        let Some(above) = row.checked_sub(1).filter(|above| self.body().contains(above)) else { return Vec::new() };
        let share = |column: usize| {
            let content = self.content.content(row, column)?;
            let percentage = content.percentage.filter(|_| content.kind == CellKind::Percentage)?;
            Some(Share {
                row,
                column,
                count_row: above,
                count_column: column,
                count: self.lone_count(above, column)?,
                percentage,
                whole: None,
                plainly: true,
                counted: self.is_counted(above, column),
            })
        };
        self.values().filter_map(share).collect()
    }
}
