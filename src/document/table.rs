//! Tables: which range of the text stands in which row and column.
//!
//! Only the grid is here: rows, columns, spans, header rows, the caption and the notes. What the cells say (counts,
//! percentages, statistics) is not decided here, see `extract`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::TextRange;

/// A cell: the characters at a place of the grid. Places without characters have no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Its first row, counted from 0.
    pub row: u32,
    /// Its first column, counted from 0.
    pub column: u32,
    /// How many rows it covers, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub row_span: u32,
    /// How many columns it covers, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub column_span: u32,
    /// Its characters.
    pub range: TextRange,
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_one(span: &u32) -> bool {
    *span == 1
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// The range of its block: all cells lie inside.
    pub range: TextRange,
    /// How many rows it has.
    pub rows: u32,
    /// How many columns it has.
    pub columns: u32,
    /// How many rows at the top name the columns.
    pub header_rows: u32,
    /// The cells by row, then by column; their ranges are in the order of the text and none overlaps another.
    pub cells: Vec<Cell>,
    /// Its caption, where one stands by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<TextRange>,
    /// The notes under it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<TextRange>,
}

impl Cell {
    /// Whether the cell covers a column.
    pub const fn covers_column(&self, column: u32) -> bool {
        self.column <= column && column - self.column < self.column_span
    }

    /// Whether the cell covers a row.
    pub const fn covers_row(&self, row: u32) -> bool {
        self.row <= row && row - self.row < self.row_span
    }
}

impl Table {
    /// The cell at a place of the grid, if characters stand there.
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.covers_row(row) && cell.covers_column(column))
    }

    /// The cell whose characters hold a range.
    pub fn holding(&self, range: TextRange) -> Option<&Cell> {
        let after = self.cells.partition_point(|cell| cell.range.start <= range.start);
        self.cells[..after].last().filter(|cell| cell.range.contains(range))
    }

    /// The cells that begin in a row, from left to right.
    pub fn row(&self, row: u32) -> &[Cell] {
        let from = self.cells.partition_point(|cell| cell.row < row);
        let to = self.cells.partition_point(|cell| cell.row <= row);
        &self.cells[from..to]
    }

    /// The cells of the header rows that stand over a column, from top to bottom: the path of its heading.
    pub fn heading(&self, column: u32) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| cell.row < self.header_rows && cell.covers_column(column))
    }

    /// The rows below the header.
    pub const fn body(&self) -> std::ops::Range<u32> {
        self.header_rows..self.rows
    }

    /// Whether a body row holds nothing but one cell at its left, or over several columns: the heading of the rows that
    /// follow.
    pub fn is_group(&self, row: u32) -> bool {
        row >= self.header_rows && matches!(self.row(row), [only] if only.column == 0 || only.column_span > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32, column_span: u32, start: usize) -> Cell {
        Cell { row, column, row_span: 1, column_span, range: TextRange::new(start, start + 1) }
    }

    #[test]
    fn headings_follow_spans() {
        let table = Table {
            range: TextRange::new(0, 20),
            rows: 4,
            columns: 3,
            header_rows: 2,
            cells: vec![
                cell(0, 1, 2, 0),
                cell(1, 1, 1, 2),
                cell(1, 2, 1, 4),
                cell(2, 0, 1, 6),
                cell(3, 0, 1, 8),
                cell(3, 1, 1, 10),
            ],
            caption: None,
            notes: Vec::new(),
        };
        let path = |column| table.heading(column).map(|cell| cell.range.start).collect::<Vec<_>>();
        assert_eq!(path(0), [0_usize; 0]);
        assert_eq!(path(1), [0, 2]);
        assert_eq!(path(2), [0, 4]);
        assert!(table.is_group(2) && !table.is_group(3) && !table.is_group(0));
        assert_eq!(table.at(0, 2).map(|cell| cell.range.start), Some(0));
        assert_eq!(table.row(3).len(), 2);
        assert!(table.row(9).is_empty());
    }
}
