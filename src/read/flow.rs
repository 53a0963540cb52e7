//! Paragraphs that go on in the next column or on the next page, past figures, notes and furniture.

use crate::document::{BlockKind, Place};

use super::compose::{DraftBlock, DraftLine};
use super::labels;
use super::structure;

/// A block with what is known of its looks.
#[derive(Clone, Debug)]
pub struct FlowBlock {
    /// The block.
    pub draft: DraftBlock,
    /// Its font size; 0 where the format has none.
    pub size: f32,
    /// Its page, from 1.
    pub page: u32,
    /// Whether its first line begins to the right of the second.
    pub indented: bool,
    /// Whether it runs in the direction of the page.
    pub upright: bool,
}

impl FlowBlock {
    /// Its parts, where it is a structured abstract in one paragraph.
    pub fn parted(self) -> Vec<Self> {
        let Self { draft, size, page, indented, upright } = self;
        labels::parted(draft).into_iter().map(|draft| Self { draft, size, page, indented, upright }).collect()
    }
}

/// How many blocks can stand between the halves of a paragraph.
const REACH: usize = 24;

/// Joins the halves of paragraphs. What stood between them follows the whole.
pub fn rejoin(blocks: Vec<FlowBlock>) -> Vec<FlowBlock> {
    let mut slots: Vec<Option<FlowBlock>> = blocks.into_iter().map(Some).collect();
    let mut out: Vec<FlowBlock> = Vec::with_capacity(slots.len());
    for at in 0..slots.len() {
        let Some(mut block) = slots[at].take() else { continue };
        if matches!(block.draft.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Reference) {
            while let Some(next) = continuation(&block, &slots[at + 1..]) {
                if let Some(more) = slots[at + 1 + next].take() {
                    block.page = more.page;
                    block.draft.lines.extend(more.draft.lines);
                }
            }
        }
        out.push(block);
    }
    out
}

/// Where in `rest` the paragraph goes on, if it does.
fn continuation(block: &FlowBlock, rest: &[Option<FlowBlock>]) -> Option<usize> {
    let last = last_line(&block.draft);
    if structure::ends_sentence(&last) || !block.upright || !is_prose(&last) {
        return None;
    }
    let mut passed = 0;
    for (at, next) in rest.iter().enumerate() {
        let Some(next) = next else { continue };
        if passed > REACH || next.page > block.page + 1 || next.draft.kind == BlockKind::Heading {
            return None;
        }
        passed += usize::from(next.draft.kind != BlockKind::Furniture);
        let alike = (next.size - block.size).abs() <= 0.06 * block.size && next.upright;
        let first_line = next.draft.lines.first().map(|line| line.characters.iter().collect::<String>());
        let first_line = first_line.unwrap_or_default();
        // Running text ends where a list begins, and an item goes on in the next column or page alone, in what bears no mark.
        let item = block.draft.kind == BlockKind::ListItem;
        let below = item && next.draft.kind == BlockKind::Paragraph && !adjacent(block, next);
        if below || (next.draft.kind == BlockKind::ListItem && block.draft.kind != BlockKind::Reference) {
            return None;
        }
        let kind = if item { BlockKind::Paragraph } else { block.draft.kind };
        if next.draft.kind == kind && alike && is_prose(&first_line) {
            return carries_on(block, &last, next, &first_line).then_some(at);
        }
    }
    None
}

/// Whether the line `first` of `next` can go on with the sentence that `last` did not end.
fn carries_on(block: &FlowBlock, last: &str, next: &FlowBlock, first: &str) -> bool {
    let Some(opening) = first.trim_start().chars().next() else { return false };
    if opening.is_lowercase() || opening.is_ascii_digit() || ",;.)]%–=<>+×±".contains(opening) {
        return true;
    }
    // A word broken by a hyphen goes on with a small letter, and only a comma or a sign promises more by itself.
    let promises = last.ends_with([',', '–', '(', '=', '<', '>', '±', '×', '/']);
    let may_open = opening.is_uppercase() || "([“\"".contains(opening);
    !next.indented && !last.ends_with('-') && may_open && (promises || adjacent(block, next))
}

/// Whether `next` stands in a later column or on a later page than the end of `block`, in which case a capital letter
/// may only be a name in the sentence.
fn adjacent(block: &FlowBlock, next: &FlowBlock) -> bool {
    let place = |line: Option<&DraftLine>| match line.map(|line| &line.place) {
        Some(Place::Box { page, quad }) => Some((*page, quad.bounds())),
        _ => None,
    };
    let (Some((page, from)), Some((next_page, to))) =
        (place(block.draft.lines.last()), place(next.draft.lines.first()))
    else {
        return false;
    };
    next_page > page || to[1] < from[1]
}

/// Whether a line is part of a sentence, not a label of a figure or a cell.
fn is_prose(line: &str) -> bool {
    let letters = line.chars().filter(|character| character.is_alphabetic()).count();
    words_of(line) >= 3 && letters * 2 >= line.chars().count() && !line.contains('\t')
}

fn words_of(text: &str) -> usize {
    text.split_whitespace().count()
}

fn last_line(draft: &DraftBlock) -> String {
    draft.lines.last().map(|line| line.characters.iter().collect::<String>().trim_end().to_owned()).unwrap_or_default()
}
