//! Passages: the stretches of text that are read apart from one another, which are the leaves of the tree of blocks and,
//! where a table's grid is known, its cells.
//!
//! A row of numbers is no sentence: what binds them is the grid, so that no scanner may look from one cell into the next.

use std::collections::BTreeSet;

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
            let dated = dated_columns(source, table);
            let is_value =
                |place: &Cell| place.row >= table.header_rows && place.column > 0 && !dated.contains(&place.column);
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

/// The columns whose heading speaks of years or dates, so that a number of four digits below it is one.
fn dated_columns(source: &Source<'_>, table: &Table) -> BTreeSet<u32> {
    let is_dated = |cell: &&Cell| {
        let words = source.slice(cell.range).trim().to_lowercase();
        words == "year" || ["year of", "date", "published", "publication"].iter().any(|word| words.contains(word))
    };
    let headings = table.cells.iter().take_while(|cell| cell.row < table.header_rows).filter(is_dated);
    headings.flat_map(|cell| cell.column..cell.column.saturating_add(cell.column_span)).collect()
}
