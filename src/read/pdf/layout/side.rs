//! Notes and boxes in the margin: small print beside the column of running text, not in it.
//!
//! They are set apart twice: their chunks before columns are looked for, since a narrow note makes no gutter, and their
//! blocks by their kind, once the size of the paper's running text is known.

use super::blocks::LineBlock;
use super::chunks::{Chunk, dominant_size};
use super::page::TextLine;
use crate::document::BlockKind;

/// How much smaller than running text the print of a margin is at most.
const SMALLER: f32 = 0.95;
/// How wide a margin is at most, as a share of the running text.
const WIDTH: f32 = 0.6;
/// How far a note reaches into the running text at most, in ems.
const SLACK: f32 = 0.3;
/// How many chunks make a note.
const CHUNKS: usize = 2;
/// How many lines of running text make a column.
const LINES: usize = 5;

/// Parts the chunks of a page into running text and what stands in its left and its right margin.
pub fn apart(chunks: Vec<Chunk>) -> (Vec<Chunk>, [Vec<Chunk>; 2]) {
    let size = dominant_size(&chunks);
    let Some(column) = Hull::of_chunks(&chunks, size) else { return (chunks, Default::default()) };
    let small = |chunk: &Chunk| chunk.size < SMALLER * size;
    // The side of the margin that a chunk stands in.
    let margin_of = |chunk: &Chunk| {
        let beside = small(chunk) && column.is_at_height(chunk.base);
        if beside && chunk.right < column.left + SLACK * chunk.size {
            Some(0)
        } else if beside && chunk.left > column.right - SLACK * chunk.size {
            Some(1)
        } else {
            None
        }
    };
    let (inner, outer): (Vec<&Chunk>, Vec<&Chunk>) =
        chunks.iter().filter(|chunk| small(chunk)).partition(|chunk| margin_of(chunk).is_none());
    let margin = [0, 1].map(|at| {
        let own: Vec<&&Chunk> = outer.iter().filter(|chunk| margin_of(chunk) == Some(at)).collect();
        let left = own.iter().map(|chunk| chunk.left).fold(f32::INFINITY, f32::min);
        let right = own.iter().map(|chunk| chunk.right).fold(f32::NEG_INFINITY, f32::max);
        // The cells of a table that is wider than the text stand level with the rest of their rows.
        let level = |chunk: &Chunk| inner.iter().any(|other| (other.base - chunk.base).abs() < 0.1 * chunk.size);
        own.len() >= CHUNKS
            && right - left < WIDTH * (column.right - column.left)
            && !own.iter().any(|chunk| level(chunk))
    });
    let mut out = (Vec::with_capacity(chunks.len()), [Vec::new(), Vec::new()]);
    for chunk in chunks {
        match margin_of(&chunk) {
            Some(at) if margin[at] => out.1[at].push(chunk),
            _ => out.0.push(chunk),
        }
    }
    out
}

/// Names the blocks of one page that stand in its margin. `body` is the font size of the running text.
pub fn mark_side_notes(blocks: &mut [LineBlock], body: f32) {
    let Some(column) = Hull::of(blocks, body) else { return };
    for block in blocks {
        let beside = block.lines.iter().all(|line| column.is_beside(line));
        let can =
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem | BlockKind::Footnote);
        if can && beside && block.lines.iter().all(|line| line.size < SMALLER * body) && column.is_narrow(block) {
            block.kind = BlockKind::SideNote;
        }
    }
}

/// What the running text of a page covers, all its columns together.
struct Hull {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Hull {
    fn of(blocks: &[LineBlock], body: f32) -> Option<Self> {
        let running = |line: &&TextLine| {
            line.frame.is_upright()
                && (line.size - body).abs() < 0.03 * body
                && line.tabs() == 0
                && line.right - line.left > 12.0 * body
        };
        let lines: Vec<&TextLine> = blocks
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem))
            .flat_map(|block| &block.lines)
            .filter(running)
            .collect();
        let least = |of: fn(&TextLine) -> f32| lines.iter().map(|line| of(line)).fold(f32::INFINITY, f32::min);
        let most = |of: fn(&TextLine) -> f32| lines.iter().map(|line| of(line)).fold(f32::NEG_INFINITY, f32::max);
        (lines.len() >= LINES).then(|| Self {
            left: least(|line| line.left),
            right: most(|line| line.right),
            top: least(TextLine::top),
            bottom: most(TextLine::bottom),
        })
    }

    fn of_chunks(chunks: &[Chunk], size: f32) -> Option<Self> {
        let running = |chunk: &&Chunk| (chunk.size - size).abs() < 0.03 * size && chunk.width() > 12.0 * size;
        let running: Vec<&Chunk> = chunks.iter().filter(running).collect();
        let least = |of: fn(&Chunk) -> f32| running.iter().map(|chunk| of(chunk)).fold(f32::INFINITY, f32::min);
        let most = |of: fn(&Chunk) -> f32| running.iter().map(|chunk| of(chunk)).fold(f32::NEG_INFINITY, f32::max);
        (running.len() >= LINES).then(|| Self {
            left: least(|chunk| chunk.left),
            right: most(|chunk| chunk.right),
            top: least(Chunk::top),
            bottom: most(Chunk::bottom),
        })
    }

    fn is_at_height(&self, base: f32) -> bool {
        self.top < base && base < self.bottom
    }

    /// Whether the line stands left or right of the running text, at its height.
    fn is_beside(&self, line: &TextLine) -> bool {
        let slack = SLACK * line.size;
        line.frame.is_upright()
            && (line.right < self.left + slack || line.left > self.right - slack)
            && self.is_at_height(line.base)
    }

    fn is_narrow(&self, block: &LineBlock) -> bool {
        block.lines.iter().all(|line| line.right - line.left < WIDTH * (self.right - self.left))
    }
}
