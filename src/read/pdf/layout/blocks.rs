//! Lines of a region to paragraphs, rows of tables, and lines that stand alone.
//!
//! What a block says is looked at in `read::structure`; here only sizes, gaps, indents and tabs count.

use std::ops::Range;

use super::displays::displays;
use super::lists::items;
use super::page::TextLine;
use super::tables::beside::beside;
use super::tables::grid::grid;
use super::tables::region::tables;
use super::tables::rules::Drawn;
use crate::document::BlockKind;
use crate::read::compose::DraftGrid;
use crate::read::pdf::source::FontId;
use crate::read::structure;

/// Lines that belong together.
#[derive(Clone, Debug)]
pub struct LineBlock {
    /// What they are, as far as their looks tell.
    pub kind: BlockKind,
    /// The lines from top to bottom; of a table with a grid, the parts of its lines cell by cell.
    pub lines: Vec<TextLine>,
    /// The cells of a table whose columns are known.
    pub grid: Option<DraftGrid>,
}

impl LineBlock {
    /// A block without a grid.
    pub const fn plain(kind: BlockKind, lines: Vec<TextLine>) -> Self {
        Self { kind, lines, grid: None }
    }

    /// A table.
    fn table(lines: Vec<TextLine>, around: &Around) -> Self {
        let captioned = around.is_captioned(&lines);
        match grid(&lines, &around.drawn, captioned) {
            Some(found) => Self { kind: BlockKind::Table, lines: found.lines, grid: Some(found.grid) },
            None => Self::plain(BlockKind::Table, lines),
        }
    }

    /// Its text, lines parted by spaces.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(TextLine::text).collect();
        lines.join(" ")
    }

    /// The size of the line with the most characters: a first line may be a heading that runs on.
    pub fn main_size(&self) -> f32 {
        let most = self.lines.iter().rev().max_by_key(|line| line.characters.len());
        most.map_or(0.0, |line| line.size)
    }

    /// The beginning of its text, at least as much of it as tells a caption.
    fn head(&self) -> String {
        let mut head = String::new();
        let mut left = structure::HEAD;
        for (at, line) in self.lines.iter().enumerate() {
            if left == 0 {
                break;
            }
            head.extend((at > 0).then_some(' '));
            head.extend(line.characters.iter().map(|placed| placed.character));
            left = left.saturating_sub(line.characters.len() + usize::from(at > 0));
        }
        head
    }

    /// The size of its first line.
    pub fn size(&self) -> f32 {
        self.lines.first().map_or(0.0, |line| line.size)
    }
}

/// What of a page matters to the tables of all its regions, as one frame sees it.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The rules.
    pub drawn: Drawn,
    /// The lines in which captions of tables begin: their left and right ends and baselines.
    pub captions: Vec<(f32, f32, f32)>,
}

impl Around {
    /// How far over and under a table its caption begins at most, in ems.
    const CAPTION: (f32, f32) = (10.0, 5.0);

    /// Whether the caption of a table stands close over or under the lines.
    fn is_captioned(&self, lines: &[TextLine]) -> bool {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
        let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
        let right = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
        let (over, under) = (first.base - Self::CAPTION.0 * first.size, last.base + Self::CAPTION.1 * last.size);
        let close = |base: f32| (over..first.base).contains(&base) || (last.base..under).contains(&base);
        self.captions.iter().any(|caption| close(caption.2) && caption.0 < right && caption.1 > left)
    }
}

/// The measures of a region that breaks are judged by.
struct Measure {
    leading: f32,
    right: f32,
}

/// Builds the blocks of the lines of one region, which come from top to bottom. `body` is the size of the paper's
/// running text.
pub fn blocks(lines: Vec<TextLine>, around: &Around, body: f32) -> Vec<LineBlock> {
    let rules = &around.drawn.level[..];
    let measure = Measure {
        leading: leading(&lines),
        right: lines.iter().filter(|line| line.tabs() == 0).map(|line| line.right).fold(f32::NEG_INFINITY, f32::max),
    };
    let of_range = |range: Range<usize>| {
        let tables = beside(&lines, &range, rules).into_iter().map(|rows| LineBlock::table(rows, around));
        (range, tables.collect::<Vec<_>>())
    };
    let tables: Vec<_> = tables(&lines, rules, measure.leading, body).into_iter().map(of_range).collect();
    let mut tables = tables.into_iter().peekable();
    let shown = displays(&lines);
    let mut out: Vec<LineBlock> = Vec::new();
    let mut after_table = false;
    for (index, line) in lines.into_iter().enumerate() {
        if tables.next_if(|(range, _)| range.end == index).is_some() {
            after_table = true;
        }
        if let Some((_, blocks)) = tables.peek_mut().filter(|(range, _)| range.contains(&index)) {
            // The first line of the table brings all of it.
            out.append(blocks);
            continue;
        }
        let kind = if shown[index] { BlockKind::DisplayMath } else { BlockKind::Paragraph };
        let fits = !after_table
            && out.last().is_some_and(|block| {
                let last = block.lines.last();
                block.kind == kind && last.is_some_and(|last| !parts(block, last, &line, &measure))
            });
        match out.last_mut() {
            Some(block) if fits => block.lines.push(line),
            _ => out.push(LineBlock::plain(kind, vec![line])),
        }
        after_table = false;
    }
    for block in &mut out {
        if block.kind == BlockKind::Paragraph {
            block.kind = kind_by_looks(block, body);
        }
    }
    mark_titles(&mut out);
    mark_footnotes(&mut out, body);
    items(out, body)
}

/// The usual step from line to line.
fn leading(lines: &[TextLine]) -> f32 {
    let mut steps: Vec<f32> = lines
        .windows(2)
        .filter(|pair| (pair[0].size - pair[1].size).abs() < 0.06 * pair[0].size)
        .map(|pair| pair[1].base - pair[0].base)
        .filter(|step| *step > 1.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    // Lines of one paragraph are the closest of the common steps, so a low quartile serves where headings are many.
    steps.get(steps.len() * 2 / 5).copied().unwrap_or_else(|| lines.first().map_or(12.0, |line| line.size * 1.2))
}

/// Whether a new block begins with `next`.
fn parts(block: &LineBlock, last: &TextLine, next: &TextLine, measure: &Measure) -> bool {
    let size = last.size.max(next.size);
    let step = next.base - last.base;
    if block.kind == BlockKind::DisplayMath {
        // The pieces of a formula stand on any height; the next formula stands further down than a line.
        return step > 2.4 * measure.leading.max(size);
    }
    let apart = (last.size - next.size).abs() > 0.07 * size;
    if apart
        || step > 1.4 * measure.leading.min(2.2 * size).max(1.18 * size)
        || step < -0.5 * size
        // The label of a caption is often bold and its title is not.
        || (last.bold != next.bold && !structure::is_caption(&block.head()))
    {
        return true;
    }
    let text = next.text();
    let ended = last.right < measure.right - 1.5 * size;
    let stops = structure::ends_sentence(&last.text());
    // "... are given in" and "Table 6. After ...": a line may begin so within a sentence.
    if structure::is_caption(&text) && (ended || stops) {
        return true;
    }
    // Headings without a gap and of no other size than the text: a short line with the words of a heading.
    let short = |line: &TextLine| line.right < measure.right - 2.0 * size;
    let heading = |line: &TextLine| short(line) && structure::is_heading(&line.text());
    if (heading(next) && (ended || stops)) || (block.lines.len() == 1 && heading(last)) {
        return true;
    }
    if structure::is_caption(&block.head()) {
        return false;
    }
    let other_font = || last.main_font() != next.main_font();
    if (short(last) && !stops && is_title(block) && other_font())
        || (short(next) && stops && reads_as_title(&text) && other_font())
    {
        return true;
    }
    let indent = next.left - last.left;
    let first_indent = block.lines.len() > 1 || ended;
    if (0.7 * size..6.0 * size).contains(&indent) && first_indent && (stops || ended) {
        return true;
    }
    let opens = text.chars().next().is_some_and(|first| !first.is_lowercase());
    // A hanging indent: entries of a list start further to the left than the lines within them.
    if indent < -0.7 * size && block.lines.len() > 1 && opens && structure::starts_item(&text) {
        return true;
    }
    ended && stops && opens && last.right < measure.right - 0.1 * (measure.right - last.left)
}

/// Headings stand out by their size or weight, and are short.
fn kind_by_looks(block: &LineBlock, body: f32) -> BlockKind {
    let text = block.text();
    if structure::is_caption(&text) {
        return BlockKind::Caption;
    }
    if block.lines.len() == 1 && block.lines[0].tabs() > 0 && structure::ends_with_number_in_brackets(&text) {
        return BlockKind::DisplayMath;
    }
    let short = block.lines.len() <= 3 && text.chars().count() <= 200;
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let stands_out = block.size() > 1.08 * body || block.lines.iter().all(|line| line.bold);
    let many_letters = letters * 2 > text.chars().count();
    if short && letters >= 3 && many_letters && ((stands_out && !text.ends_with('.')) || structure::is_heading(&text)) {
        return BlockKind::Heading;
    }
    BlockKind::Paragraph
}

/// Whether the lines may be a heading by their words and their one font.
fn is_title(block: &LineBlock) -> bool {
    let fonts: Vec<Option<FontId>> = block.lines.iter().take(3).map(TextLine::main_font).collect();
    fonts.len() <= 2 && fonts.iter().all(|font| *font == fonts[0]) && reads_as_title(&block.text())
}

/// Whether a text may be a heading: a few words that begin with a capital letter or a number and end no sentence.
fn reads_as_title(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let opens = text.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit());
    opens
        && letters >= 4
        && letters * 3 > text.chars().count() * 2
        && text.chars().count() <= 120
        && !text.contains(['\t', '@', '='])
        && !text.ends_with(['.', ',', ';', ':'])
}

/// A short block in a font of its own right over prose in the font of the region is a heading, whatever its size.
fn mark_titles(blocks: &mut [LineBlock]) {
    for at in 1..blocks.len() {
        let (before, rest) = blocks.split_at_mut(at);
        let (Some(block), Some(next)) = (before.last_mut(), rest.first()) else { continue };
        let (Some(last), Some(first)) = (block.lines.last(), next.lines.first()) else { continue };
        let under = first.base - last.base < 2.6 * first.size && (first.left - last.left).abs() < 3.0 * first.size;
        if block.kind == BlockKind::Paragraph
            && next.kind == BlockKind::Paragraph
            && next.lines.len() >= 3
            && block.size() > 0.88 * next.size()
            && under
            && last.main_font() != first.main_font()
            && next.lines[1..].iter().all(|line| line.main_font() != last.main_font())
            && is_title(block)
        {
            block.kind = BlockKind::Heading;
        }
    }
}

/// Small print at the foot of a region that begins with a mark is a footnote.
fn mark_footnotes(blocks: &mut [LineBlock], body: f32) {
    for at in (0..blocks.len()).rev() {
        let block = &mut blocks[at];
        if block.kind != BlockKind::Paragraph || block.size() > 0.93 * body {
            break;
        }
        if structure::starts_with_mark(&block.text()) {
            block.kind = BlockKind::Footnote;
        }
    }
}
