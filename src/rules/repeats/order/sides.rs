//! Two rows or columns of a table whose order a sentence states without their numbers: "more nests in May than in June
//! (Table 2)".
//!
//! The sentence has to point to the table, and to name both sides by words that no other line of the table has, one before
//! "than" and one behind it; what is compared is the line across them that it names in full. A claim of which a number lies
//! the other way is not held against the paper: the words may be of a ratio, a group or a time that the table does not name.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::Proposal;
use crate::extract::patterns::compile;
use crate::extract::{Comparator, Word, shared};
use crate::rules::repeats::places::{Axis, Entry};
use crate::rules::skeleton::is_placeholder;

use super::ordered::{is_negative, pair};
use super::tabled::View;
use super::words::{Direction, clause_before, is_nested, is_unstated, words_of};

/// The most rows or columns of a table that are asked for their names.
const MOST: usize = 60;

static THAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let (up, down) = (Direction::Up.comparative(), Direction::Down.comparative());
    compile(&format!(
        r"(?i)\b(?:(?P<up>{up})|(?P<down>{down}))\b(?P<first>[^.;:,]{{0,120}}?) (?:than|compared (?:to|with)|versus|vs\.?) (?P<second>[^.;:,]{{2,80}})"
    ))
});

/// One side of a comparison with the number of what is compared.
struct Sides<'e> {
    first: &'e Entry,
    second: &'e Entry,
}

/// The claims of a sentence.
pub(super) fn proposals(view: &View<'_, '_>) -> Vec<Proposal> {
    let [table] = view.passage.points_to[..] else { return several(view) };
    of_table(view, table)
}

/// Of several tables the only one that the claim fits.
fn several(view: &View<'_, '_>) -> Vec<Proposal> {
    let found = view.passage.points_to.iter().map(|table| of_table(view, *table)).filter(|own| !own.is_empty());
    let mut found: Vec<_> = found.collect();
    if found.len() == 1 { found.pop().unwrap_or_default() } else { Vec::new() }
}

fn of_table(view: &View<'_, '_>, table: usize) -> Vec<Proposal> {
    let text = plain(&view.skeleton.text);
    let Some(found) = THAN.as_ref().and_then(|pattern| pattern.captures(&text)) else { return Vec::new() };
    let (Some(whole), Some(grid)) = (found.get(0), view.tables.grids.get(table)) else { return Vec::new() };
    let before = clause_before(&text[..whole.start()]);
    let clause = format!("{before} {}", whole.as_str()).replace("rather than", "than");
    if is_unstated(&clause) || is_nested(&clause) {
        return Vec::new();
    }
    let direction = if found.name("up").is_some() { Direction::Up } else { Direction::Down };
    let part = |name: &str| found.name(name).map_or("", |own| own.as_str());
    let (first, second) = (words_of(part("first")), words_of(part("second")));
    let measure = words_of(&format!("{before} {}", part("first")));
    let lines = |columns: bool| -> Vec<usize> {
        let mut of: Vec<usize> =
            grid.entries.iter().map(|entry| if columns { entry.column } else { entry.row }).collect();
        of.sort_unstable();
        of.dedup();
        of.truncate(MOST);
        of
    };
    let mut claims: Vec<Sides<'_>> = Vec::new();
    for columns in [true, false] {
        let axis = |at: usize| if columns { Axis::Column(at) } else { Axis::Row(at) };
        let named = |own: &[Word], other: &[Word]| {
            let is = |at: &usize| {
                let name = grid.name(axis(*at));
                name.shared(own) >= 1 && name.shared(other) == 0
            };
            let all: Vec<usize> = lines(columns).into_iter().filter(is).collect();
            if let [only] = all[..] { Some(only) } else { None }
        };
        let (Some(a), Some(b)) = (named(&first, &second), named(&second, &first)) else { continue };
        let across = if columns { &grid.words.rows } else { &grid.words.columns };
        for at in lines(!columns) {
            let words = across.get(at).map_or(&[][..], Vec::as_slice);
            if words.is_empty() || shared(words, &measure) < words.len() {
                continue;
            }
            let cell = |side: usize| {
                let place = if columns { (at, side) } else { (side, at) };
                grid.entries.iter().find(|entry| (entry.row, entry.column) == place)
            };
            if let Some((first, second)) = cell(a).zip(cell(b)) {
                claims.push(Sides { first, second });
            }
        }
    }
    let holds = |sides: &Sides<'_>| {
        let (a, b) = (&sides.first.member, &sides.second.member);
        let plain = a.comparator == Comparator::Equal && b.comparator == Comparator::Equal;
        plain
            && (a.printed.point() > b.printed.point()) == (direction == Direction::Up)
            && a.printed.point() != b.printed.point()
    };
    if !claims.iter().all(holds) {
        return Vec::new();
    }
    let quantity = |entry: &Entry| view.mentions.quantities.get(entry.at.0).filter(|own| !is_negative(own));
    let of = |sides: &Sides<'_>| {
        let numbers = quantity(sides.first).zip(quantity(sides.second))?;
        let quote = view.mentions.sentences.get(view.passage.sentence)?.range;
        pair(numbers, direction, None, quote).proposal()
    };
    claims.iter().filter_map(of).collect()
}

/// A sentence without its brackets and numbers.
fn plain(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !is_placeholder(c) => kept.push(c),
            _ => {}
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_compiles_and_brackets_are_left_out() {
        assert!(THAN.is_some());
        assert_eq!(plain("more checks (n = 4) in May than in June (Table 2)."), "more checks in May than in June .");
    }
}
