//! P-values of the text that are printed as bounds, or with few digits, beside the p-values of a table: "age mattered
//! (p < .001)" and a row "Age | 0.42 | < .001".
//!
//! Bounds tell nothing by their digits, so the words have to tell the row: the paragraph points to the table, the table has
//! one column of p-values, and the words before the number name one row in full. Where they name more rows, nothing is taken,
//! save where the sentence says that the bound holds "for each" or "for both". A row whose p-value is on
//! the other side is not held against the text: it may be of another model.

use crate::derive::Operation;
use crate::document::TextRange;
use crate::extract::{Comparator, Likeness, Member, Mentions, Quantity, QuantityIx, Role, Standing, Word, shared};
use crate::rules::RuleContext;

use super::cells::{Place, places};
use super::claim::{Claim, Meeting};
use super::grid::{Entry, Grid};

/// How many words before a p-value may name its row.
const BEFORE: usize = 12;
/// The most rows that one bound is told of.
const MOST_ROWS: usize = 4;
/// How many characters hold "for each" behind a number, and "p = " before it.
const TAIL: usize = 24;
const LEAD: usize = 4;

/// The claims of the p-values of the text.
pub(super) fn claims(mentions: &Mentions, context: RuleContext<'_>, grids: &[Grid<'_>]) -> Vec<Claim> {
    let columns: Vec<Option<usize>> = grids.iter().map(Grid::column_of_p).collect();
    if columns.iter().all(Option::is_none) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    for place in places(mentions, Meeting::Table) {
        let Some(sentence) = mentions.sentences.get(place.passage.sentence) else { continue };
        if place.passage.cites || place.pointed.is_empty() {
            continue;
        }
        let tables: Vec<(&Grid<'_>, usize)> =
            place.pointed.iter().filter_map(|at| Some((grids.get(*at)?, (*columns.get(*at)?)?))).collect();
        let mut from = sentence.range.start;
        for (range, told) in p_values(mentions, sentence.range, context) {
            // What stands before an earlier p-value is of that one.
            let run = &place.passage.run;
            let words = run.iter().filter(|(at, _)| (from..range.start).contains(at)).count();
            let near = place.passage.near(range, words.min(BEFORE), 0);
            from = range.end;
            let most = if is_of_each(range, context) { MOST_ROWS } else { 1 };
            let fits = |(grid, column): &(&Grid<'_>, usize)| {
                let rows = rows(grid, *column, &near, &place);
                (1..=most).contains(&rows.len()) && rows.iter().all(|entry| holds(&told, entry))
            };
            // Of two tables that fit alike neither is known to be the one.
            let mut fitting = tables.iter().filter(|table| fits(table));
            if let (Some((grid, column)), None) = (fitting.next(), fitting.next()) {
                let claim = |entry: &Entry| Claim {
                    role: Role::P,
                    ..grid.claim((&told, Standing::Text), entry, Operation::Implied)
                };
                claims.extend(rows(grid, *column, &near, &place).into_iter().map(claim));
            }
        }
    }
    claims
}

/// The p-values of a sentence that are plain numbers of it, in order.
fn p_values(mentions: &Mentions, sentence: TextRange, context: RuleContext<'_>) -> Vec<(TextRange, Member)> {
    let first = mentions.quantities.partition_point(|quantity| quantity.range.end <= sentence.start);
    let inside = mentions.quantities.iter().enumerate().skip(first);
    let inside = inside.take_while(|(_, own)| own.range.start < sentence.end);
    inside
        .filter(|(_, own)| own.first().unit.is_none() && is_p(own, context))
        .filter_map(|(at, own)| Some((own.range, Member::of_quantity(Role::P, QuantityIx(at), own)?)))
        .collect()
}

/// Whether a number is a p-value by the letter before it.
fn is_p(quantity: &Quantity, context: RuleContext<'_>) -> bool {
    let start = quantity.number.start.saturating_sub(LEAD);
    let before = context.index.slice(&context.document.text, TextRange::new(start, quantity.number.start));
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '=' | '>' | '≤' | '≥'));
    let mut letters = before.chars().rev();
    matches!(letters.next(), Some('p' | 'P')) && !letters.next().is_some_and(char::is_alphanumeric)
}

/// Whether a bound is said to hold for several things.
fn is_of_each(range: TextRange, context: RuleContext<'_>) -> bool {
    let end = (range.end + TAIL).min(context.index.len());
    let behind = context.index.slice(&context.document.text, TextRange::new(range.end, end));
    let behind = behind.trim_start().trim_start_matches("in ").trim_start_matches("for ");
    ["each", "both", "all"].iter().any(|word| behind.starts_with(word))
}

/// Whether the p-value of a row is what the text says: the same, or one below its bound.
fn holds(told: &Member, entry: &Entry) -> bool {
    match told.compare(&entry.member) {
        Likeness::Identical => true,
        Likeness::Meets => {
            let below = matches!(told.comparator, Comparator::Less | Comparator::AtMost);
            below && entry.member.printed.point() < told.printed.point()
        }
        Likeness::Differs(_) => false,
    }
}

/// The p-values of the rows that some words name in full.
fn rows<'g>(grid: &'g Grid<'_>, column: usize, near: &[Word], place: &Place<'_>) -> Vec<&'g Entry> {
    let of = |list: &'g [Vec<Word>], row: usize| list.get(row).map_or(&[][..], Vec::as_slice);
    let named = |entry: &&Entry| {
        let (row, group) = (of(&grid.words.rows, entry.row), of(&grid.words.groups, entry.row));
        !row.is_empty() && shared(row, near) == row.len() && shared(group, near) == group.len()
    };
    let entries = grid.entries.iter().filter(|entry| entry.column == column);
    entries.filter(named).filter(|entry| !grid.contradicts(entry, place.passage)).collect()
}
