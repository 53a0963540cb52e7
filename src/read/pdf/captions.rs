//! Which caption and which notes belong to a table, by the order and the kind of the blocks around it.

use crate::document::BlockKind;
use crate::read::compose::Surroundings;
use crate::read::flow::FlowBlock;
use crate::read::structure;

/// How many blocks a caption may stand before its table: its title is often a block of its own.
const BEFORE: usize = 3;
/// How many notes follow a table at most.
const NOTES: usize = 8;

/// What stands around each block with a grid, in the order of the blocks. `body` is the font size of the running text.
pub fn surroundings(blocks: &[FlowBlock], body: f32) -> Vec<Surroundings> {
    let tables = (0..blocks.len()).filter(|&at| blocks[at].draft.grid.is_some());
    tables.map(|at| Surroundings { caption: caption(blocks, at), notes: notes(blocks, at, body) }).collect()
}

/// The caption over the table, else the one right under it.
fn caption(blocks: &[FlowBlock], at: usize) -> Option<usize> {
    over(blocks, at).or_else(|| under(blocks, at))
}

fn over(blocks: &[FlowBlock], at: usize) -> Option<usize> {
    let mut seen = 0;
    for index in (0..at).rev() {
        let block = &blocks[index];
        if is_of_table(blocks, index, at) {
            return Some(index);
        }
        if block.page == blocks[at].page && block.draft.grid.is_some() {
            return over(blocks, index).filter(|caption| is_shared(blocks, *caption));
        }
        seen += usize::from(block.draft.kind != BlockKind::Furniture);
        if seen >= BEFORE || block.draft.kind == BlockKind::Table || block.page != blocks[at].page {
            break;
        }
    }
    None
}

fn under(blocks: &[FlowBlock], at: usize) -> Option<usize> {
    let next = (at + 1..blocks.len()).find(|index| blocks[*index].draft.kind != BlockKind::Furniture)?;
    if blocks[next].page == blocks[at].page && blocks[next].draft.grid.is_some() {
        return under(blocks, next).filter(|caption| is_shared(blocks, *caption));
    }
    is_of_table(blocks, next, at).then_some(next)
}

/// Whether a block is the caption of a table, on the page of the table.
fn is_of_table(blocks: &[FlowBlock], index: usize, table: usize) -> bool {
    let block = &blocks[index];
    block.page == blocks[table].page
        && block.draft.kind == BlockKind::Caption
        && structure::is_table_caption(&block.draft.text())
}

/// Whether a block holds the captions of several tables that stand side by side.
fn is_shared(blocks: &[FlowBlock], caption: usize) -> bool {
    let text = blocks[caption].draft.text();
    text.split('\t').filter(|part| structure::is_table_caption(part.trim_start())).count() > 1
}

/// The blocks that follow the table as its notes: footnotes, and small print that begins as notes do.
fn notes(blocks: &[FlowBlock], at: usize, body: f32) -> Vec<usize> {
    let page = blocks[at].page;
    let is_note = |block: &FlowBlock| {
        let text = block.draft.text();
        let small = block.size < 0.96 * body;
        block.page == page
            && match block.draft.kind {
                BlockKind::Footnote => true,
                BlockKind::Paragraph | BlockKind::ListItem => {
                    structure::is_note(&text) || (small && structure::starts_with_letter_mark(&text))
                }
                _ => false,
            }
    };
    let mut out = Vec::new();
    for (index, block) in blocks.iter().enumerate().skip(at + 1) {
        if block.draft.kind == BlockKind::Furniture {
            continue;
        }
        if !is_note(block) || out.len() == NOTES {
            break;
        }
        out.push(index);
    }
    out
}
