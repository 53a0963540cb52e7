//! Notes and boxes in the margin: small print beside the column of running text, not in it.

use super::blocks::LineBlock;
use super::page::TextLine;
use crate::document::BlockKind;

/// How much smaller than running text the print of a margin is at most.
const SMALLER: f32 = 0.95;
/// How wide a margin is at most, as a share of the running text.
const WIDTH: f32 = 0.6;
/// How many lines of running text make a column.
const LINES: usize = 5;

/// Names the blocks of one page that stand in its margin. `body` is the font size of the running text.
pub fn mark_side_notes(blocks: &mut [LineBlock], body: f32) {
    let Some(column) = Hull::of(blocks, body) else { return };
    for block in blocks {
        let beside = block.lines.iter().all(|line| column.is_beside(line));
        let can = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem | BlockKind::Footnote);
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

    /// Whether the line stands left or right of the running text, at its height.
    fn is_beside(&self, line: &TextLine) -> bool {
        let slack = 0.3 * line.size;
        line.frame.is_upright()
            && (line.right < self.left + slack || line.left > self.right - slack)
            && line.base > self.top
            && line.base < self.bottom
    }

    fn is_narrow(&self, block: &LineBlock) -> bool {
        block.lines.iter().all(|line| line.right - line.left < WIDTH * (self.right - self.left))
    }
}
