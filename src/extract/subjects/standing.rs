//! Where a number stands in the paper: in the abstract, in the text, in a caption, in a cell of a table.

use crate::document::{Block, BlockKind, Document, SectionName, TextRange};
use crate::extract::mentions::{CellIx, Sentence};

/// Where a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// In the abstract.
    Abstract,
    /// In the running text, a list or a note.
    Text,
    /// In the caption of a figure or table, or a note under a table.
    Caption,
    /// In a cell of a table.
    Cell(CellIx),
}

impl Standing {
    /// The table that it is in.
    pub const fn table(self) -> Option<usize> {
        if let Self::Cell(cell) = self { Some(cell.table) } else { None }
    }
}

/// The ranges by which sentences are told apart.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The sections that are abstracts.
    abstracts: Vec<TextRange>,
    /// Sections that hold no results of the paper itself.
    others: Vec<TextRange>,
    /// The captions and notes of tables.
    captions: Vec<TextRange>,
}

impl Places {
    /// The places of a document.
    pub(super) fn of(document: &Document) -> Self {
        let mut places = Self::default();
        places.walk(&document.blocks);
        for table in &document.tables {
            places.captions.extend(table.caption.iter().chain(&table.notes));
        }
        places
    }

    fn walk(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block.section {
                Some(SectionName::Abstract) => self.abstracts.push(block.range),
                Some(SectionName::References | SectionName::Acknowledgements) => self.others.push(block.range),
                _ => self.walk(&block.children),
            }
        }
    }

    /// Where a sentence stands; `None` where its numbers are no claims that could stand a second time: headings, cells
    /// that no grid is known for, displayed formulas.
    pub(super) fn standing(&self, sentence: &Sentence) -> Option<Standing> {
        let within = |ranges: &[TextRange]| ranges.iter().any(|range| range.contains(sentence.range));
        if let Some(cell) = sentence.cell {
            return Some(Standing::Cell(cell));
        }
        match sentence.block {
            BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::List
            | BlockKind::Footnote
            | BlockKind::SideNote => {
                if within(&self.others) {
                    None
                } else if within(&self.captions) {
                    Some(Standing::Caption)
                } else {
                    Some(if within(&self.abstracts) { Standing::Abstract } else { Standing::Text })
                }
            }
            BlockKind::Caption => Some(Standing::Caption),
            _ => None,
        }
    }
}
