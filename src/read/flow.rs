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
    // A line full of numbers goes on right below or nowhere.
    let looks = is_prose(&last);
    if structure::ends_sentence(&last) || !block.upright || (!looks && block.draft.lines.len() < 2) {
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
        let same_page = item && next.draft.kind == BlockKind::Paragraph && !adjacent(block, next);
        if same_page || (next.draft.kind == BlockKind::ListItem && block.draft.kind != BlockKind::Reference) {
            return None;
        }
        let kind = if item { BlockKind::Paragraph } else { block.draft.kind };
        // A line full of numbers is no prose by its looks, but right below a full line it is the next one of a widely set text.
        let below = is_right_below(block, next) && words_of(&first_line) >= 3;
        let prose = below || (looks && is_prose(&first_line));
        if next.draft.kind == kind && alike && prose {
            return carries_on(block, &last, next, &first_line).then_some(at);
        }
        if !looks && next.draft.kind != BlockKind::Furniture {
            return None;
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

/// How far, in ems, the next line of a widely set text stands below at most, and how far its ends may be off.
const BELOW: f32 = 2.0;
const ENDS: f32 = 0.5;
/// Which share of the width of the next line the one before fills at least.
const FULL: f32 = 0.85;

/// Whether `next` begins right below the last line of `block`, at the same left end, with no shorter a line before.
fn is_right_below(block: &FlowBlock, next: &FlowBlock) -> bool {
    let (Some((page, last)), Some((next_page, first))) =
        (place(block.draft.lines.last()), place(next.draft.lines.first()))
    else {
        return false;
    };
    let em = block.size;
    let gap = first[1] - last[3];
    page == next_page
        && gap >= -ENDS * em
        && gap <= BELOW * em
        && (first[0] - last[0]).abs() <= ENDS * em
        && last[2] - last[0] >= FULL * (first[2] - first[0])
        && !next.draft.lines.iter().any(|line| line.characters.contains(&'\t'))
}

/// Whether `next` stands in a later column or on a later page than the end of `block`, in which case a capital letter
/// may only be a name in the sentence.
fn adjacent(block: &FlowBlock, next: &FlowBlock) -> bool {
    let (Some((page, from)), Some((next_page, to))) =
        (place(block.draft.lines.last()), place(next.draft.lines.first()))
    else {
        return false;
    };
    next_page > page || to[1] < from[1]
}

/// The page and the bounds of a line, where its format has them.
fn place(line: Option<&DraftLine>) -> Option<(u32, [f32; 4])> {
    match line.map(|line| &line.place) {
        Some(Place::Box { page, quad }) => Some((*page, quad.bounds())),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Quad;

    /// One line of a page of 12 points as a block of its own.
    fn line(text: &str, top: f32, right: f32) -> FlowBlock {
        let characters: Vec<char> = text.chars().collect();
        let place = Place::Box { page: 1, quad: Quad::upright(72.0, top, right, top + 12.0) };
        let draft = DraftLine { edges: vec![0.0; characters.len() + 1], characters, place, doubts: Vec::new() };
        let draft = DraftBlock::plain(BlockKind::Paragraph, vec![draft]);
        FlowBlock { draft, size: 12.0, page: 1, indented: false, upright: true }
    }

    /// The text of each block, its lines parted by a stroke.
    fn rejoined(lines: &[(&str, f32, f32)]) -> Vec<String> {
        let blocks = lines.iter().map(|(text, top, right)| line(text, *top, *right)).collect();
        let text = |block: FlowBlock| {
            let lines = block.draft.lines.iter().map(|line| line.characters.iter().collect::<String>());
            lines.collect::<Vec<_>>().join(" | ")
        };
        rejoin(blocks).into_iter().map(text).collect()
    }

    #[test]
    fn a_widely_set_line_full_of_numbers_goes_on_where_it_stands() {
        let set = [
            ("the herd grew in the wet years [t(23) = 2.56, p =", 102.0, 503.0),
            ("0.009, mean 10.94 kg, d = 0.53 (0.10, 0.96), BF =", 130.0, 514.0),
            ("5.980], and not in the others, as was seen before.", 158.0, 509.0),
        ];
        assert_eq!(rejoined(&set), [set.map(|(text, ..)| text).join(" | ")]);
    }

    #[test]
    fn numbers_of_a_figure_are_passed_over() {
        let below = ("0.2 0.4 0.6 0.8 of all (%) 1.0", 190.0, 300.0);
        let set = [
            ("the herd grew in the wet years, and in those without", 102.0, 503.0),
            below,
            ("rain it was smaller than in any of the years before.", 230.0, 509.0),
        ];
        assert_eq!(rejoined(&set), [format!("{} | {}", set[0].0, set[2].0), below.0.to_owned()]);
    }
}
