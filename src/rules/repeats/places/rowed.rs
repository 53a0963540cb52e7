//! Estimates and tests of the text whose numbers stand together in one row of a table: "hypertension (β = −0.091, p = .03)"
//! beside a row "Hypertension | −0.091 | 0.040 | 4.66 | 0.03".
//!
//! Tables give each number of an estimate a column of its own, so nothing in the row says that they are one estimate. What
//! says it is that all numbers of the text stand in that row in their order, and in no other row of the paper, and that the
//! text names the row. A row that holds all but one is not held against the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::Operation;
use crate::extract::{Member, Mentions, Passage, Role, Standing, Statistic, Subject, shared};

use super::claim::{Claim, Meeting};
use super::grid::{Entry, Grid, only_best};

/// How many telling digits all numbers have together where one word that names the row is enough, and at the least.
const DIGITS: usize = 5;
const FEWEST_DIGITS: usize = 3;
/// How many telling digits a p-value has that is known by itself.
const ALONE: usize = 3;
/// Over how many columns an estimate can go.
const MOST_COLUMNS: usize = 6;
/// The most tests and estimates of a paper that are looked at.
const MOST: usize = 2_000;

/// A number of an estimate with its cell.
type Pair<'p> = (&'p Member, &'p Grid<'p>, &'p Entry);

/// The claims of the estimates whose meeting with the rows of tables is this one.
pub(super) fn claims(mentions: &Mentions, meeting: Meeting, grids: &[Grid<'_>]) -> Vec<Claim> {
    let own = match meeting {
        Meeting::Abstract => Standing::Abstract,
        Meeting::Table => Standing::Text,
        Meeting::Elsewhere => return Vec::new(),
    };
    let subjects = &mentions.subjects;
    let told = subjects.list.iter().filter(|subject| {
        let is_told = matches!(subject.statistic, Statistic::Estimate(_) | Statistic::Test(_));
        is_told && subject.standing == own && !subjects.passage(subject).cites
    });
    told.take(MOST).flat_map(|subject| of_subject(subject, subjects.passage(subject), grids)).collect()
}

/// The claims of one estimate.
fn of_subject(subject: &Subject, passage: &Passage, grids: &[Grid<'_>]) -> Vec<Claim> {
    let members: Vec<&Member> =
        subject.members.iter().filter(|member| !matches!(member.role, Role::Degrees(_) | Role::Size)).collect();
    let mut found: Vec<(usize, Vec<Pair<'_>>)> = Vec::new();
    for grid in grids {
        for entries in rows(&members, grid) {
            let Some(first) = entries.first() else { continue };
            let words = grid.words.rows.get(first.row).map_or(&[][..], Vec::as_slice);
            let named = shared(words, &passage.words);
            let in_full = named == words.len() && named >= 1;
            let digits: usize = members.iter().map(|member| member.telling_digits()).sum();
            let told = if digits >= DIGITS { named >= 1 } else { in_full && digits >= FEWEST_DIGITS };
            if told && !grid.contradicts(first, passage) {
                let pairs = members.iter().zip(&entries).map(|(member, entry)| (*member, grid, *entry));
                found.push((named, pairs.collect()));
            }
        }
    }
    if members.len() < 2 {
        found.clear();
    }
    let whole = only_best(found).map(|(_, pairs)| pairs);
    let pairs = whole.or_else(|| of_p(subject, passage, grids).map(|pair| vec![pair])).unwrap_or_default();
    let claim = |(member, grid, entry): (&Member, &Grid<'_>, &Entry)| Claim {
        role: member.role,
        ..grid.claim((member, subject.standing), entry, Operation::Implied)
    };
    pairs.into_iter().map(claim).collect()
}

/// The rows that hold all members in their order, each by its entries.
fn rows<'g>(members: &[&Member], grid: &'g Grid<'_>) -> Vec<Vec<&'g Entry>> {
    let mut held: BTreeMap<usize, Vec<Vec<&Entry>>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        for entry in grid.printed_as(member) {
            let row = held.entry(entry.row).or_default();
            row.resize(members.len(), Vec::new());
            row[at].push(entry);
        }
    }
    let in_order = |places: Vec<Vec<&'g Entry>>| {
        let mut taken: Vec<&Entry> = Vec::new();
        for entries in places {
            let from = taken.last().map(|last| last.at);
            let next = entries.into_iter().find(|entry| from.is_none_or(|from| from < entry.at))?;
            taken.push(next);
        }
        Some(taken)
    };
    held.into_values().filter_map(in_order).filter(|taken| are_together(members, taken)).collect()
}

/// Whether the numbers stand as close as those of one estimate do: the ends of its interval side by side, all within a few
/// columns. A long row of numbers of one kind holds many by chance.
fn are_together(members: &[&Member], taken: &[&Entry]) -> bool {
    let place = |role: Role| members.iter().position(|member| member.role == role).and_then(|at| taken.get(at));
    let ends = place(Role::Low).zip(place(Role::High));
    let side_by_side = ends.is_none_or(|(low, high)| high.at.0 == low.at.0 + 1);
    let span = taken.first().zip(taken.last()).map_or(0, |(first, last)| last.column - first.column);
    side_by_side && span <= MOST_COLUMNS
}

/// The only cell of the paper that holds the p-value of a test, where its column is one of p-values and the text names
/// its row.
fn of_p<'s, 'g, 'm>(
    subject: &'s Subject,
    passage: &Passage,
    grids: &'g [Grid<'m>],
) -> Option<(&'s Member, &'g Grid<'m>, &'g Entry)> {
    let p = subject.member(Role::P).filter(|p| p.telling_digits() >= ALONE)?;
    let cells: Vec<(&Grid<'m>, &Entry)> =
        grids.iter().flat_map(|grid| grid.printed_as(p).map(move |entry| (grid, entry))).collect();
    let places: BTreeSet<(usize, usize)> = cells.iter().map(|(grid, entry)| (grid.table, entry.cell)).collect();
    let (grid, entry) = cells.first().filter(|_| places.len() == 1)?;
    let named = grid.words_of(entry, &passage.words).row >= 1;
    (named && grid.holds_p(entry.column) && !grid.contradicts(entry, passage)).then_some((p, *grid, *entry))
}
