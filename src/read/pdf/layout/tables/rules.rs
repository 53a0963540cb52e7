//! The level rules of a page: the lines drawn over, within and under a table.

use crate::read::pdf::layout::frame::Frame;
use crate::read::pdf::source::Area;

/// A level rule in the coordinates of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelRule {
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// Its height on the page, growing downwards.
    pub at: f32,
}

/// The rules of a page as a frame sees them.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// The level ones, from top to bottom.
    pub level: Vec<LevelRule>,
    /// The upright ones, from left to right.
    pub upright: Vec<UprightRule>,
}

impl Drawn {
    /// The rules among `areas` as `frame` sees them.
    pub fn of(areas: &[Area], frame: Frame) -> Self {
        Self { level: level_rules(areas, frame), upright: upright_rules(areas, frame) }
    }

    /// The upright rules that stand inside a box.
    pub fn uprights_within(&self, left: f32, right: f32, top: f32, bottom: f32) -> Vec<UprightRule> {
        let from = self.upright.partition_point(|rule| rule.at <= left);
        let own = self.upright[from..].iter().take_while(|rule| rule.at < right);
        own.filter(|rule| rule.top < bottom && rule.bottom > top).copied().collect()
    }
}

/// How far apart the pieces of one rule may be, along and across it, in points.
const JOIN: (f32, f32) = (3.0, 1.2);
/// How long a level rule is at least, in points.
const SHORTEST: f32 = 6.0;

/// The level rules among `areas` as `frame` sees them, from top to bottom, pieces of one rule joined: files often draw a
/// rule cell by cell.
pub fn level_rules(areas: &[Area], frame: Frame) -> Vec<LevelRule> {
    let mut all: Vec<LevelRule> = areas
        .iter()
        .map(|area| frame.area(*area))
        .filter(|area| area.right - area.left > 2.0 * (area.bottom - area.top))
        .map(|area| LevelRule { left: area.left, right: area.right, at: f32::midpoint(area.top, area.bottom) })
        .collect();
    all.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.left.total_cmp(&b.left)));
    let mut out: Vec<LevelRule> = Vec::new();
    for row in all.chunk_by(|a, b| b.at - a.at <= JOIN.1) {
        let mut row = row.to_vec();
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        for rule in row {
            match out.last_mut() {
                Some(last)
                    if (rule.at - last.at).abs() <= 2.0 * JOIN.1
                        && rule.left - last.right <= JOIN.0
                        && rule.left >= last.left =>
                {
                    last.right = last.right.max(rule.right);
                }
                _ => out.push(rule),
            }
        }
    }
    out.retain(|rule| rule.right - rule.left >= SHORTEST);
    out
}

/// An upright rule in the coordinates of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UprightRule {
    /// How far along the lines it stands.
    pub at: f32,
    /// The upper end, growing downwards.
    pub top: f32,
    /// The lower end.
    pub bottom: f32,
}

/// The upright rules among `areas` as `frame` sees them, from left to right, pieces of one rule joined.
pub fn upright_rules(areas: &[Area], frame: Frame) -> Vec<UprightRule> {
    let mut all: Vec<UprightRule> = areas
        .iter()
        .map(|area| frame.area(*area))
        .filter(|area| area.bottom - area.top > 2.0 * (area.right - area.left))
        .map(|area| UprightRule { at: f32::midpoint(area.left, area.right), top: area.top, bottom: area.bottom })
        .collect();
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<UprightRule> = Vec::new();
    for column in all.chunk_by(|a, b| b.at - a.at <= JOIN.1) {
        let mut column = column.to_vec();
        column.sort_by(|a, b| a.top.total_cmp(&b.top));
        for (place, rule) in column.into_iter().enumerate() {
            match out.last_mut().filter(|_| place > 0) {
                Some(last) if rule.top - last.bottom <= JOIN.0 => last.bottom = last.bottom.max(rule.bottom),
                _ => out.push(rule),
            }
        }
    }
    out.retain(|rule| rule.bottom - rule.top >= SHORTEST);
    out
}

impl LevelRule {
    /// The share of `left..right` that the rule runs along.
    pub fn share(&self, left: f32, right: f32) -> f32 {
        (self.right.min(right) - self.left.max(left)).max(0.0) / (right - left).max(f32::EPSILON)
    }
}

/// Whether a rule runs along most of `left..right` between two heights.
pub fn parted(rules: &[LevelRule], left: f32, right: f32, between: (f32, f32)) -> bool {
    let from = rules.partition_point(|rule| rule.at < between.0);
    rules[from..].iter().take_while(|rule| rule.at <= between.1).any(|rule| rule.share(left, right) >= 0.6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_rule_are_joined_and_upright_ones_left_out() {
        let area = |left: f32, right: f32, top: f32| Area { left, top, right, bottom: top + 0.5 };
        let upright = Area { left: 10.0, top: 0.0, right: 10.5, bottom: 90.0 };
        let rules = level_rules(
            &[area(50.0, 90.0, 100.2), area(10.0, 49.0, 100.0), area(10.0, 90.0, 130.0), upright],
            Frame::UPRIGHT,
        );
        assert_eq!(rules.len(), 2, "{rules:?}");
        assert!((rules[0].left, rules[0].right) == (10.0, 90.0));
        assert!(parted(&rules, 0.0, 100.0, (90.0, 110.0)) && !parted(&rules, 0.0, 100.0, (101.0, 129.0)));
    }
}
