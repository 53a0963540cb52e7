//! Numbers of running text that stand in a cell of a table, though their sentence does not point to it.
//!
//! Without a pointer it takes more to know the cell: many digits with a word of its labels, or words of both its row and
//! its column. Only numbers that are printed alike are found; a number that is not in the tables is of something else.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::Operation;
use crate::document::TextRange;
use crate::extract::{Member, Mentions, Passage, Quantity, Role, Standing, Statistic, shared};

use super::claim::{Claim, Meeting};
use super::grid::{BEFORE, BEHIND, Entry, Grid, Named, only_best, told};

/// How many characters an estimate with its interval can take.
const LONGEST: usize = 300;
/// In how many cells a number may stand: what stands more often tells nothing.
const MOST_CELLS: usize = 8;

/// How many digits of a number with decimals are no chance where they stand in one cell of the paper alone.
const UNIQUE: usize = 5;

/// A sentence with the tables that its paragraph points to.
pub(super) struct Place<'m> {
    pub passage: &'m Passage,
    pub standing: Standing,
    pub pointed: BTreeSet<usize>,
}

/// The claims of the sentences whose numbers are of such a meeting with the cells of tables.
pub(super) fn claims(mentions: &Mentions, meeting: Meeting, grids: &[Grid<'_>]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for place in places(mentions, meeting) {
        let Some(sentence) = mentions.sentences.get(place.passage.sentence) else { continue };
        for (_, member, quantity) in told(mentions, sentence.range) {
            // An estimate is known by its interval: with another one beside it, it is another estimate.
            if in_interval(quantity.range, mentions) {
                continue;
            }
            if let Some((grid, entry)) = place.cell_of(&member, quantity, grids, mentions) {
                claims.push(grid.claim((&member, place.standing), entry, Operation::Implied));
            }
        }
    }
    claims
}

/// Whether a number belongs to an estimate with its interval.
fn in_interval(range: TextRange, mentions: &Mentions) -> bool {
    let list = &mentions.subjects.list;
    let first = list.partition_point(|subject| subject.range.start + LONGEST < range.start);
    let near = list[first..].iter().take_while(|subject| subject.range.start <= range.start);
    near.filter(|subject| matches!(subject.statistic, Statistic::Estimate(_)) && subject.member(Role::Low).is_some())
        .any(|subject| subject.range.contains(range))
}

/// The sentences outside tables whose meeting with a cell is this one, each once.
pub(super) fn places(mentions: &Mentions, meeting: Meeting) -> Vec<Place<'_>> {
    let subjects = &mentions.subjects;
    let leaf = |passage: &Passage| mentions.sentences.get(passage.sentence).map(|sentence| sentence.leaf);
    let mut pointed: BTreeMap<Option<usize>, BTreeSet<usize>> = BTreeMap::new();
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for subject in &subjects.list {
        let passage = subjects.passage(subject);
        if matches!(subject.standing, Standing::Cell(_)) || !seen.insert(subject.passage) {
            continue;
        }
        pointed.entry(leaf(passage)).or_default().extend(&passage.points_to);
        let own = match subject.standing {
            Standing::Abstract => Meeting::Abstract,
            Standing::Text => Meeting::Table,
            _ => Meeting::Elsewhere,
        };
        if own == meeting {
            found.push((passage, subject.standing));
        }
    }
    let tables = |passage| pointed.get(&leaf(passage)).cloned().unwrap_or_default();
    found.into_iter().map(|(passage, standing)| Place { passage, standing, pointed: tables(passage) }).collect()
}

impl Place<'_> {
    /// Whether the row of a cell is that of the paper that the sentence cites, by its name and whatever else names the row:
    /// "Chou et al. (2011) found 96 %" beside "Chou et al., 2011".
    fn cites_row(&self, grid: &Grid<'_>, entry: &Entry) -> bool {
        let words = grid.words.rows.get(entry.row).map_or(&[][..], Vec::as_slice);
        grid.cites(entry.row) && !words.is_empty() && shared(words, &self.passage.words) == words.len()
    }

    /// The only cell that a number can be that of.
    fn cell_of<'g, 'm>(
        &self,
        stated: &Member,
        quantity: &Quantity,
        grids: &'g [Grid<'m>],
        mentions: &Mentions,
    ) -> Option<(&'g Grid<'m>, &'g Entry)> {
        let near = self.passage.near(quantity.range, BEFORE, BEHIND);
        let mut found = Vec::new();
        let (mut cells, mut rowless) = (0, false);
        for grid in grids {
            for entry in grid.alike(stated, quantity, mentions) {
                cells += 1;
                let named = grid.words_of(entry, &near);
                let pointed = self.pointed.contains(&grid.table);
                let unnamed = !pointed && named.row == 0;
                let alone = stated.telling_digits() >= UNIQUE && stated.printed.decimals > 0;
                let told = is_enough(named, stated.telling_digits(), pointed)
                    && (!self.passage.cites || self.cites_row(grid, entry));
                if (alone || told) && !grid.contradicts(entry, self.passage) {
                    rowless |= unnamed;
                    found.push((named.all() + usize::from(pointed), (grid, entry)));
                }
            }
        }
        // Of two cells that fit alike neither is known to be the one.
        only_best(found).filter(|_| cells <= if rowless { 1 } else { MOST_CELLS }).map(|(_, cell)| cell)
    }
}

/// Whether so many words and digits are no chance.
const fn is_enough(named: Named, digits: usize, pointed: bool) -> bool {
    match digits {
        0 | 1 => false,
        2 if pointed => named.all() >= 2,
        2 => named.row >= 1 && named.column >= 1 && named.all() >= 3,
        3 if !pointed => named.all() >= 2,
        _ => named.all() >= 1,
    }
}
