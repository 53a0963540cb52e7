//! Tables that their rules frame: level rules of one length over the head, under the names and under the last row, with
//! the caption of a table over the first or under the last of them.
//!
//! Such a table needs no rows of numbers and no wide gaps in every line: its cells may be sentences of many lines.

use std::ops::Range;

use super::rules::LevelRule;
use crate::read::pdf::layout::page::TextLine;
use crate::read::structure;

/// How far the ends of the rules of one table are apart at most, in points.
const SAME: f32 = 2.5;
/// How many rules a frame has at least.
const LEAST: usize = 3;
/// How many lines a caption has at most.
const CAPTION: usize = 6;
/// How many lines with wide gaps a frame holds at least.
const GAPPED: usize = 2;
/// So many lines in a row over the whole width are running text.
const PROSE: usize = 3;

/// The framed tables of a region as ranges of its lines, from top to bottom.
pub fn framed(lines: &[TextLine], rules: &[LevelRule]) -> Vec<Range<usize>> {
    let captions: Vec<usize> = (0..lines.len()).filter(|&at| structure::is_table_caption(&lines[at].text())).collect();
    if captions.is_empty() || rules.len() < LEAST {
        return Vec::new();
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while from + LEAST <= rules.len() {
        let chain = chain(lines, rules, from);
        let range = range(lines, &chain);
        let known = out.last().map_or(0, |last| last.end);
        if chain.len() >= LEAST && range.start >= known && is_table(lines, &range) && is_captioned(&captions, &range) {
            from = rules.partition_point(|rule| rule.at <= chain[chain.len() - 1].at);
            out.push(range);
        } else {
            from += 1;
        }
    }
    out
}

/// The rules of one length from the one numbered `from` on, as far as only rows stand between them.
fn chain(lines: &[TextLine], rules: &[LevelRule], from: usize) -> Vec<LevelRule> {
    let first = rules[from];
    let mut out = vec![first];
    let mut last = first;
    for rule in &rules[from + 1..] {
        if (rule.left - first.left).abs() > SAME || (rule.right - first.right).abs() > SAME {
            continue;
        }
        let between = between(lines, last.at, rule.at);
        if !between.is_empty() && !holds_rows(&lines[between], rule) {
            break;
        }
        out.push(*rule);
        last = *rule;
    }
    out
}

/// The lines between two heights.
fn between(lines: &[TextLine], top: f32, bottom: f32) -> Range<usize> {
    let from = lines.partition_point(|line| line.base < top);
    let to = lines.partition_point(|line| line.base < bottom);
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
fn range(lines: &[TextLine], chain: &[LevelRule]) -> Range<usize> {
    let mut ends = chain.iter().rev().map(|rule| rule.at);
    let Some(mut bottom) = ends.next() else { return 0..0 };
    let top = chain.first().map_or(bottom, |rule| rule.at);
    for above in ends {
        let last = between(lines, above, bottom);
        if lines[last].iter().any(|line| line.tabs() > 0) {
            break;
        }
        bottom = above;
    }
    between(lines, top, bottom)
}

fn is_table(lines: &[TextLine], range: &Range<usize>) -> bool {
    lines[range.clone()].iter().filter(|line| line.tabs() > 0).count() >= GAPPED
}

/// Whether a caption stands close over or under the lines.
fn is_captioned(captions: &[usize], range: &Range<usize>) -> bool {
    captions.iter().any(|&at| {
        let over = at < range.start && range.start - at <= CAPTION;
        over || (range.end..=range.end + 1).contains(&at)
    })
}
