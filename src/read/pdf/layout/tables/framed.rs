//! Tables that their rules frame: level rules of one length over the head, under the names and under the last row, with
//! the caption of a table over the first or under the last of them.
//!
//! Such a table needs no rows of numbers and no wide gaps in every line: its cells may be sentences of many lines.

use std::ops::Range;

use super::rules::LevelRule;
use crate::read::pdf::layout::chunks::Chunk;
use crate::read::pdf::layout::page::TextLine;
use crate::read::pdf::source::GlyphText;
use crate::read::structure;

/// How far the ends of the rules of one table are apart at most, in points.
const SAME: f32 = 2.5;
/// How many rules a frame has at least.
const LEAST: usize = 3;
/// How many lines a caption has at most, and how many stand between the last rule and a caption under it.
const CAPTION: usize = 6;
const UNDER: usize = 1;
/// How many lines with wide gaps a frame holds at least.
const GAPPED: usize = 2;
/// So many lines in a row over the whole width are running text.
const PROSE: usize = 3;
/// How tall, in ems, a caption with its title and a head of names are at most.
const TITLE: f32 = 6.0;
const NAMES: f32 = 9.0;

/// The framed tables of a region as ranges of its lines, from top to bottom.
pub fn framed(lines: &[TextLine], rules: &[LevelRule]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    if rules.len() < LEAST {
        return out;
    }
    for at in (0..lines.len()).filter(|&at| structure::is_table_caption(&lines[at].text())) {
        let found = below(lines, rules, at).or_else(|| above(lines, rules, at));
        if let Some(range) = found
            && range.start >= out.last().map_or(0, |last| last.end)
        {
            out.push(range);
        }
    }
    out
}

/// The frame that begins under the caption.
fn below(lines: &[TextLine], rules: &[LevelRule], caption: usize) -> Option<Range<usize>> {
    let from = rules.partition_point(|rule| rule.at < lines[caption].base);
    let first = rules.get(from)?;
    let title = between(lines, lines[caption].base, first.at);
    (title.len() <= CAPTION).then(|| frame(lines, &chain(lines, *first, &mut rules[from + 1..].iter())))?
}

/// The frame that ends over the caption.
fn above(lines: &[TextLine], rules: &[LevelRule], caption: usize) -> Option<Range<usize>> {
    let to = rules.partition_point(|rule| rule.at < lines[caption].top());
    let last = rules[..to].last()?;
    let title = between(lines, last.at, lines[caption].base);
    let mut own = (title.len() <= UNDER).then(|| chain(lines, *last, &mut rules[..to - 1].iter().rev()))?;
    own.reverse();
    frame(lines, &own)
}

/// The rules as long as the first one, as far as only rows stand between them.
fn chain(lines: &[TextLine], first: LevelRule, rest: &mut dyn Iterator<Item = &LevelRule>) -> Vec<LevelRule> {
    let mut out = vec![first];
    let mut last = first.at;
    for rule in rest.filter(|rule| is_alike(rule, &first)) {
        let between = &lines[between(lines, last.min(rule.at), last.max(rule.at))];
        if !between.is_empty() && !holds_rows(between, rule) {
            break;
        }
        out.push(*rule);
        last = rule.at;
    }
    out
}

fn is_alike(a: &LevelRule, b: &LevelRule) -> bool {
    (a.left - b.left).abs() <= SAME && (a.right - b.right).abs() <= SAME
}

/// The lines between two heights.
fn between(lines: &[TextLine], top: f32, bottom: f32) -> Range<usize> {
    let from = lines.partition_point(|line| line.base <= top);
    let to = lines.partition_point(|line| line.base <= bottom);
    from..to.max(from)
}

/// Whether lines between two rules can be rows: no caption, nothing that sticks out, no running text.
fn holds_rows(lines: &[TextLine], rule: &LevelRule) -> bool {
    let width = rule.right - rule.left;
    let mut wide = 0;
    lines.iter().all(|line| {
        let full = line.tabs() == 0 && line.right - line.left > 0.85 * width;
        wide = if full { wide + 1 } else { 0 };
        wide < PROSE
            && line.left > rule.left - line.size
            && line.right < rule.right + line.size
            && !structure::is_caption(&line.text())
    })
}

/// The lines that the rules of a chain frame, without a last part that holds no row: notes may stand over the last rule.
fn frame(lines: &[TextLine], chain: &[LevelRule]) -> Option<Range<usize>> {
    let (first, mut bottom) = (chain.first()?, chain.last()?.at);
    if chain.len() < LEAST {
        return None;
    }
    for above in chain.iter().rev().skip(1) {
        if lines[between(lines, above.at, bottom)].iter().any(|line| line.tabs() > 0) {
            break;
        }
        bottom = above.at;
    }
    let range = between(lines, first.at, bottom);
    let gapped = lines[range.clone()].iter().filter(|line| line.tabs() > 0).count();
    (gapped >= GAPPED).then_some(range)
}

/// A stretch of a page that the rules of a table frame, before the page is parted into columns.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// The rule over the head.
    pub top: f32,
    /// The third rule: that under the last row, or one within the body.
    pub bottom: f32,
}

/// The frames under the captions of tables among the chunks of a page: the columns of a table with cells of many lines
/// look like columns of text, and no gutter of the page runs through a table.
pub fn frames(chunks: &[Chunk], rules: &[LevelRule]) -> Vec<Frame> {
    if rules.len() < LEAST {
        return Vec::new();
    }
    let captions: Vec<&Chunk> = chunks.iter().filter(|chunk| opens_caption(chunk)).collect();
    let frame = |caption: &&Chunk| {
        let from = rules.partition_point(|rule| rule.at < caption.base);
        let near = |rule: &&LevelRule| rule.at < caption.base + TITLE * caption.size;
        let covers = |rule: &&LevelRule| rule.left < caption.left + caption.size && rule.right > caption.right;
        let first = rules[from..].iter().take_while(near).find(covers)?;
        let mut alike = rules[from..].iter().filter(|rule| rule.at > first.at + 1.0 && is_alike(rule, first));
        let (second, third) = (alike.next()?, alike.next()?);
        let frame = Frame { left: first.left, right: first.right, top: first.at, bottom: third.at };
        let other = captions.iter().any(|other| (first.at..third.at).contains(&other.base));
        (second.at - first.at < NAMES * caption.size && !other).then_some(frame)
    };
    captions.iter().filter_map(frame).collect()
}

/// How many lines a caption beside its table has at most.
const BESIDE: usize = 16;

/// The tables whose caption stands at their left, level with the rule over the head, as their frames. `chunks` and `rules`
/// are those of a page.
pub fn beside_captions(chunks: &[Chunk], rules: &[LevelRule]) -> Vec<Frame> {
    let frame = |caption: &Chunk| {
        let from = rules.partition_point(|rule| rule.at < caption.base - 2.0 * caption.size);
        let level = |rule: &&LevelRule| rule.at < caption.base + caption.size;
        let first = rules[from..].iter().take_while(level).find(|rule| rule.left > caption.right)?;
        let mut own = rules[from..].iter().filter(|rule| is_alike(rule, first));
        let (top, last) = (own.next()?, own.nth(1)?);
        let left = first.left - 0.2 * caption.size;
        let inside = || chunks.iter().filter(|chunk| chunk.base > top.at - caption.size && chunk.base < last.at);
        let apart = inside().all(|chunk| chunk.right < left || chunk.left > left);
        let before: Vec<&Chunk> = inside().filter(|chunk| chunk.right < left).collect();
        let title =
            |chunk: &&Chunk| chunk.base > caption.base - 0.5 * caption.size && chunk.left > caption.left - caption.size;
        let lines = before.iter().filter(|chunk| (chunk.left - caption.left).abs() < caption.size).count();
        // Text of a column goes on over and under the table beside it; a caption stands alone there.
        let around = last.at - 2.0 * caption.size..last.at + 3.0 * caption.size;
        let over = caption.base - 2.0 * caption.size..caption.base - 0.5 * caption.size;
        let goes_on = |chunk: &Chunk| {
            let beside = chunk.left < caption.right && chunk.right > caption.left && chunk.right < first.left;
            beside && (around.contains(&chunk.base) || over.contains(&chunk.base))
        };
        let apart = apart && !chunks.iter().any(goes_on);
        let frame = Frame { left, right: first.right, top: top.at - caption.size, bottom: last.at };
        (apart && lines <= BESIDE && before.iter().all(title)).then_some(frame)
    };
    chunks.iter().filter(|chunk| opens_caption(chunk)).filter_map(frame).collect()
}

/// Whether a chunk begins with "Table" and its number.
fn opens_caption(chunk: &Chunk) -> bool {
    if !chunk.marks.first().is_some_and(|mark| mark.text == GlyphText::One('T')) {
        return false;
    }
    let opens = |word: &str| {
        let letters: String = chunk.letters().chars().take(6).collect();
        letters
            .strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit() || "IVXS".contains(one)))
    };
    opens("Table") || opens("TABLE")
}
