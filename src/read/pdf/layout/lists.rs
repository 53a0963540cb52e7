//! Items of lists among the blocks of a region: a paragraph is parted where a line opens an item, and what opens with
//! the marks of one list is an item. Marks within running text leave it as it is.

use super::blocks::LineBlock;
use super::page::TextLine;
use crate::document::BlockKind;
use crate::read::items::{ItemMark, item_mark};
use crate::read::structure;

/// How many blocks may stand between two items of a list.
const APART: usize = 2;

/// Parts and names the items. `body` is the size of the paper's running text.
pub fn items(blocks: Vec<LineBlock>, body: f32) -> Vec<LineBlock> {
    let mut blocks: Vec<LineBlock> = blocks.into_iter().flat_map(parted).collect();
    let marks: Vec<Option<ItemMark>> = blocks.iter().map(|block| mark_of(block, body)).collect();
    let listed = |at: usize| {
        let Some(mark) = marks[at] else { return false };
        let before = marks[..at].iter().rev().take(APART + 1).flatten().any(|other| mark.follows(*other));
        let after = marks[at + 1..].iter().take(APART + 1).flatten().any(|other| other.follows(mark));
        // Headings are numbered, too: those with nothing between them are items.
        if blocks[at].kind == BlockKind::Heading {
            let next = |other: Option<&Option<ItemMark>>| {
                other.is_some_and(|other| other.is_some_and(|other| other.follows(mark)))
            };
            let last = at > 0 && marks[at - 1].is_some_and(|other| mark.follows(other));
            return next(marks.get(at + 1)) || last;
        }
        mark.is_sure() || before || after
    };
    let items: Vec<bool> = (0..blocks.len()).map(listed).collect();
    for (block, _) in blocks.iter_mut().zip(items).filter(|(_, item)| *item) {
        block.kind = BlockKind::ListItem;
    }
    blocks
}

/// The mark of a block that can be an item.
fn mark_of(block: &LineBlock, body: f32) -> Option<ItemMark> {
    let plain = || block.size() <= 1.02 * body && !block.lines.iter().any(|line| line.bold);
    let can = block.kind == BlockKind::Paragraph || (block.kind == BlockKind::Heading && plain());
    can.then(|| item_mark(&block.text())).flatten()
}

/// Parts a paragraph before each line that opens an item of a list.
fn parted(block: LineBlock) -> Vec<LineBlock> {
    if block.kind != BlockKind::Paragraph || block.lines.len() < 2 {
        return vec![block];
    }
    let marks: Vec<Option<ItemMark>> = block.lines.iter().map(|line| item_mark(&line.text())).collect();
    let starts: Vec<usize> = (1..block.lines.len()).filter(|&at| opens(&block.lines, &marks, at)).collect();
    let mut out = Vec::with_capacity(starts.len() + 1);
    let mut lines = block.lines;
    for &at in starts.iter().rev() {
        out.push(LineBlock::plain(BlockKind::Paragraph, lines.split_off(at)));
    }
    out.push(LineBlock::plain(BlockKind::Paragraph, lines));
    out.reverse();
    out
}

/// Whether the line at `at` opens an item: its mark says so, or another line of the paragraph goes before or after it in
/// the list, and the text before it can end there.
fn opens(lines: &[TextLine], marks: &[Option<ItemMark>], at: usize) -> bool {
    let Some(mark) = marks[at] else { return false };
    if mark.is_sure() {
        return true;
    }
    let before = marks[..at].iter().flatten().any(|other| mark.follows(*other));
    let after = marks[at + 1..].iter().flatten().any(|other| other.follows(mark));
    let last = lines[at - 1].text();
    let last = last.trim_end();
    let right = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    let short = lines[at - 1].right < right - 2.0 * lines[at].size;
    let ends = structure::ends_sentence(last) || last.ends_with(',') || last.ends_with(" and") || last.ends_with(" or");
    // A number in brackets within a sentence may come to stand at the start of a line, twice even; its line is not set in
    // from the one before, nor is the one behind it.
    let sentence = matches!(mark, ItemMark::Counted { dress: (true, _), .. }) && !short;
    let hangs = lines.get(at + 1).is_none_or(|next| (next.left - lines[at].left).abs() > 0.3 * lines[at].size);
    (before || after) && (ends || short) && (!sentence || hangs)
}
