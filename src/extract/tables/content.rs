//! The types of what a table's cells hold.

use crate::extract::quantity::QuantityIx;

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CellKind {
    /// Words, or numbers in a form that is not known.
    #[default]
    Text,
    /// A number of things: "55".
    Count,
    /// "56.1%", or "56.1" where the heading or the label says percent.
    Percentage,
    /// A count with its percentage, and perhaps its whole: "55 (56.1)", "57.7% (n = 95)", "62/60 (103.3%)".
    CountAndPercentage,
    /// Three whole numbers of which the first may be the sum of the others: "20 (15/5)".
    WholeAndParts,
    /// A number of which no more is known.
    Number,
    /// A mean with what stands in brackets behind it: "46.6 (11.3)".
    MeanAndDeviation,
    /// "46.6 ± 11.3".
    MeanPlusMinus,
    /// An estimate with the ends of an interval: "1.2 (0.8, 1.9)".
    EstimateAndInterval,
    /// A p-value.
    PValue,
    /// From one number to another.
    Range,
    /// No value: "–", "NA", "<LOD".
    Missing,
}

/// What one cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellContent {
    /// What it says.
    pub kind: CellKind,
    /// Its quantities, in order.
    pub quantities: Vec<QuantityIx>,
    /// The count, where it holds one.
    pub count: Option<QuantityIx>,
    /// The whole that stands behind the count: "62/60".
    pub whole: Option<QuantityIx>,
    /// The percentage, where it holds one.
    pub percentage: Option<QuantityIx>,
    /// Whether the cell or the label of its row says that the number is a percentage, and not only the heading of the
    /// column, which may hold for some rows alone.
    pub plainly: bool,
}

/// What a table of the paper holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableContent {
    /// What each cell holds, in the order of the table's cells.
    pub cells: Vec<CellContent>,
    /// For each place of the grid, row by row, the cell that covers it.
    pub places: Vec<Option<usize>>,
    /// How many columns the grid has.
    pub columns: usize,
    /// The words over each column, from the top of the header down, parted by line ends.
    pub headings: Vec<String>,
    /// The words that name each row.
    pub labels: Vec<String>,
    /// How many columns at the left hold the labels.
    pub label_columns: usize,
    /// For each row the row that heads its group ("Ethnicity" above "White British"), where there is one.
    pub groups: Vec<Option<usize>>,
    /// The words of the caption and the notes.
    pub caption: String,
}

impl TableContent {
    /// The index of the cell at a place of the grid.
    pub fn at(&self, row: usize, column: usize) -> Option<usize> {
        (column < self.columns).then(|| self.places.get(row * self.columns + column).copied().flatten()).flatten()
    }

    /// What the cell at a place of the grid holds.
    pub fn content(&self, row: usize, column: usize) -> Option<&CellContent> {
        self.cells.get(self.at(row, column)?)
    }

    /// The words over a column, the nearest first.
    pub fn heading(&self, column: usize) -> impl Iterator<Item = &str> {
        self.headings.get(column).map_or("", String::as_str).lines().rev()
    }

    /// The words that head the group of a row; empty where there is no group.
    pub fn group(&self, row: usize) -> &str {
        let head = self.groups.get(row).copied().flatten();
        head.and_then(|head| self.labels.get(head)).map_or("", String::as_str)
    }

    /// The words that name a row.
    pub fn label(&self, row: usize) -> &str {
        self.labels.get(row).map_or("", String::as_str)
    }
}
