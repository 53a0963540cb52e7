//! Passages: the stretches of text that are read apart from one another, which are the leaves of the tree of blocks and,
//! where a table's grid is known, its cells.
//!
//! A row of numbers is no sentence: what binds them is the grid, so that no scanner may look from one cell into the next.

use crate::document::{Block, BlockKind, Cell, Document, Table, TextRange};

use super::mentions::CellIx;
use super::source::Source;

/// What a passage is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    /// Its characters.
    pub range: TextRange,
    /// The kind of its block.
    pub block: BlockKind,
    /// The index of its leaf.
    pub leaf: usize,
    /// The cell, where it is one.
    pub cell: Option<CellIx>,
    /// Whether it is a cell below the header and right of the labels, where numbers are values and never names.
    pub value: bool,
}

/// The passages of a paper that can hold claims, in the order of the text.
pub(super) fn of(source: &Source<'_>, document: &Document, leaves: &[&Block]) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut tables = document.tables.iter().enumerate().peekable();
    for (leaf, block) in leaves.iter().enumerate().filter(|(_, block)| block.kind.holds_claims()) {
        let whole = Passage { range: block.range, block: block.kind, leaf, cell: None, value: false };
        while tables.next_if(|(_, table)| table.range.end <= block.range.start).is_some() {}
        let mut found = false;
        while let Some((at, table)) = tables.next_if(|(_, table)| block.range.contains(table.range)) {
            found = true;
            let dated: Vec<bool> = (0..table.columns).map(|column| is_dated(source, table, column)).collect();
            let is_value = |place: &Cell| {
                let dated = dated.get(place.column as usize).copied().unwrap_or(false);
                place.row >= table.header_rows && place.column > 0 && !dated
            };
            passages.extend(table.cells.iter().enumerate().map(|(cell, place)| Passage {
                range: place.range,
                cell: Some(CellIx { table: at, cell }),
                value: is_value(place),
                ..whole
            }));
        }
        if !found {
            passages.push(whole);
        }
    }
    passages
}

/// Whether a column's heading speaks of years or dates, so that a number of four digits below it is one.
fn is_dated(source: &Source<'_>, table: &Table, column: u32) -> bool {
    table.heading(column).any(|cell| {
        let words = source.slice(cell.range).trim().to_lowercase();
        let dated = ["year of", "date", "published", "publication"].iter().any(|word| words.contains(word));
        dated || words == "year"
    })
}
