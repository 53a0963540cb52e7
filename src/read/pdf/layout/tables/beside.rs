//! Tables that stand beside each other in one region, each with its caption.
//!
//! The captions say how many there are, the rules drawn in them where one ends and the next begins. Without both the
//! lines are left together.

use std::ops::Range;

use super::columns::line_words;
use super::rules::LevelRule;
use crate::read::pdf::layout::page::TextLine;
use crate::read::structure;

/// How far from the tables, in lines, their captions stand.
const NEAR: usize = 6;
/// How far above the first line, in its font size, the rule over a table is drawn.
const OVER: f32 = 2.5;

/// The lines of a table, or of the tables that stand beside each other among them, from left to right. `all` are the
/// lines of the region, `range` those of the table.
pub fn beside(all: &[TextLine], range: &Range<usize>, rules: &[LevelRule]) -> Vec<Vec<TextLine>> {
    let lines = &all[range.clone()];
    let whole = || vec![lines.to_vec()];
    let count = captions(all, range);
    if count < 2 {
        return whole();
    }
    let cuts = cuts(lines, rules);
    if cuts.len() + 1 != count {
        return whole();
    }
    let mut out = vec![Vec::new(); count];
    for (at, line) in lines.iter().enumerate() {
        let words = line_words(at, line);
        let column = |x: f32| cuts.iter().filter(|cut| **cut < x).count();
        if words.iter().any(|word| column(word.left) != column(word.right)) {
            return whole();
        }
        for group in words.chunk_by(|a, b| column(a.left) == column(b.left)) {
            if let (Some(first), Some(last)) = (group.first(), group.last()) {
                out[column(first.left)].push(line.cut(first.characters.start..last.characters.end));
            }
        }
    }
    out
}

/// How many captions of tables stand side by side in one line close to the tables.
fn captions(all: &[TextLine], range: &Range<usize>) -> usize {
    let before = all[range.start.saturating_sub(NEAR)..range.start].iter();
    let after = all[range.end..(range.end + NEAR).min(all.len())].iter();
    let count =
        |line: &TextLine| line.text().split('\t').filter(|part| structure::is_table_caption(part.trim_start())).count();
    before.chain(after).map(count).max().unwrap_or(0)
}

/// The middles of the gaps between the stretches that the rules of the tables cover.
fn cuts(lines: &[TextLine], rules: &[LevelRule]) -> Vec<f32> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let (top, bottom) = (first.base - OVER * first.size, last.base + OVER * last.size);
    let mut own: Vec<&LevelRule> = rules.iter().filter(|rule| rule.at > top && rule.at < bottom).collect();
    own.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut covered: Option<f32> = None;
    let mut out = Vec::new();
    for rule in own {
        if let Some(right) = covered
            && rule.left > right
        {
            out.push(f32::midpoint(right, rule.left));
        }
        covered = Some(covered.map_or(rule.right, |right| right.max(rule.right)));
    }
    out
}
