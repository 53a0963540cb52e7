//! Numbers of a sentence that points to a table ("as Table 2 shows"): each is the number of one cell, whose row and
//! column the sentence names.
//!
//! A number that stands in the table is taken to be that of the cell whose labels fit the sentence best. One that does
//! not is held against a cell only where that is the last one whose row and column the sentence names, others being those
//! of the other numbers of the sentence, and where it is one slip away and stands nowhere else in the paper.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::Operation;
use crate::document::TextRange;
use crate::extract::{Member, Mentions, Passage, Quantity, Slip, Standing, Subjects, Word, shared};
use crate::rules::RuleContext;

use super::claim::Claim;
use super::grid::{BEFORE, BEHIND, Entry, Grid, can_be, only_best, told};
use super::numbers::Numbers;

/// The claims of all sentences of the text that point to tables.
pub(super) fn claims(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Claim> {
    let subjects = &mentions.subjects;
    let mut grids: BTreeMap<usize, Grid<'_>> = BTreeMap::new();
    let mut numbers = None;
    let mut claims = Vec::new();
    for (passage, standing) in pointing(subjects) {
        if passage.cites || standing != Standing::Text {
            continue;
        }
        let Some(sentence) = mentions.sentences.get(passage.sentence) else { continue };
        let numbers_told = told(mentions, sentence.range);
        for table in &passage.points_to {
            let (Some(held), Some(names)) = (mentions.tables.get(*table), subjects.tables.get(*table)) else {
                continue;
            };
            let grid = grids.entry(*table).or_insert_with(|| Grid::of(*table, held, names, mentions, context));
            let (mut stated, mut taken) = (BTreeSet::new(), BTreeSet::new());
            for (at, member, quantity) in &numbers_told {
                if let Some(entry) = grid.cell_of(member, quantity, passage, mentions) {
                    stated.insert(*at);
                    taken.insert(entry.cell);
                    claims.push(grid.claim((member, Standing::Text), entry, Operation::Implied));
                }
            }
            if stated.is_empty() {
                continue;
            }
            let view = View { mentions, left: grid.left(passage, &taken) };
            for (_, member, quantity) in numbers_told.iter().filter(|(at, ..)| !stated.contains(at)) {
                let Some(entry) = grid.named(member, quantity, passage, &view) else { continue };
                let numbers = numbers.get_or_insert_with(|| Numbers::of(mentions));
                let own = |range: TextRange| range.overlaps(quantity.range);
                let elsewhere = numbers.print_as(&member.printed, |range| !own(range));
                let in_sentence = numbers.print_as(&entry.member.printed, |range| sentence.range.contains(range));
                if !elsewhere && !in_sentence {
                    claims.push(grid.claim((member, Standing::Text), entry, Operation::Stated));
                }
            }
        }
    }
    claims
}

/// The passages with pointers, each once, with where they stand.
fn pointing(subjects: &Subjects) -> Vec<(&Passage, Standing)> {
    let mut seen = BTreeSet::new();
    let of = subjects.list.iter().filter(|subject| !subjects.passage(subject).points_to.is_empty());
    of.filter(|subject| seen.insert(subject.passage))
        .map(|subject| (subjects.passage(subject), subject.standing))
        .collect()
}

impl Grid<'_> {
    /// The only cell with the same digits whose labels share the most words with the sentence.
    fn cell_of(&self, stated: &Member, quantity: &Quantity, passage: &Passage, mentions: &Mentions) -> Option<&Entry> {
        let near = passage.near(quantity.range, BEFORE, BEHIND);
        let needed = if stated.digits() >= 3 { 1 } else { 2 };
        let named = self.alike(stated, quantity, mentions).map(|entry| (self.words_of(entry, &near).all(), entry));
        // Of two cells that fit alike neither is known to be the one.
        only_best(named.filter(|(words, _)| *words >= needed).collect()).map(|(_, entry)| entry)
    }

    /// The cell whose number is a slip away, where it is the only one left that the sentence names.
    fn named(&self, stated: &Member, quantity: &Quantity, passage: &Passage, view: &View<'_>) -> Option<&Entry> {
        if stated.digits() < 3 {
            return None;
        }
        let [only] = view.left.as_slice() else { return None };
        let entry = &self.entries[*only];
        let slip = Slip::between(&stated.printed, &entry.member.printed).is_some_and(Slip::is_sharp);
        let fits = stated.comparator == entry.member.comparator && can_be(quantity, entry, view.mentions);
        (slip && fits && !self.contradicts(entry, passage)).then_some(entry)
    }

    /// The numbers of the cells whose row and column the sentence names in full, without those of `taken` cells. A single
    /// column needs no name.
    fn left(&self, passage: &Passage, taken: &BTreeSet<usize>) -> Vec<usize> {
        let whole = |list: &[Vec<Word>], at: usize| {
            list.get(at).is_some_and(|own| !own.is_empty() && shared(own, &passage.words) == own.len())
        };
        let columns: BTreeSet<usize> = self.entries.iter().map(|own| own.column).collect();
        let only = columns.len() == 1;
        let named =
            |entry: &Entry| whole(&self.words.rows, entry.row) && (only || whole(&self.words.columns, entry.column));
        let left = self.entries.iter().enumerate().filter(|(_, entry)| !taken.contains(&entry.cell) && named(entry));
        left.map(|(at, _)| at).take(2).collect()
    }
}

/// What is left of a table for the numbers of a sentence that none of its cells has.
struct View<'m> {
    mentions: &'m Mentions,
    /// The numbers of the cells that the sentence names and has not stated; of more than two the first two.
    left: Vec<usize>,
}
