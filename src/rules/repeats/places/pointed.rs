//! Numbers of a sentence that points to a table ("as Table 2 shows"): each is the number of one cell, whose row and
//! column the sentence names.
//!
//! A number that stands in the table is taken to be that of the cell whose labels fit the sentence best. One that does
//! not is held against a cell only where that is the last one whose row and column the sentence names, others being those
//! of the other numbers of the sentence, and where it is one slip away and stands nowhere else in the paper.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::Operation;
use crate::document::TextRange;
use crate::extract::{
    CellIx, Contrasts, Member, Mentions, Passage, Quantity, QuantityIx, QuantityKind, Role, Slip, Standing, Subjects,
    TableContent, TableWords, Word, shared,
};
use crate::rules::RuleContext;

use super::claim::{Claim, Side};
use super::numbers::{Digits, Numbers};

/// How many words before and behind a number are near it.
const BEFORE: usize = 12;
const BEHIND: usize = 8;
/// The most cells of a table that are looked at.
const MOST_CELLS: usize = 3_000;
/// The most numbers of a sentence that are looked at.
const MOST_NUMBERS: usize = 40;

/// A number of a cell below the header and right of the labels.
struct Entry {
    cell: usize,
    row: usize,
    column: usize,
    at: QuantityIx,
    member: Member,
}

/// A table with its numbers by their digits.
struct Grid<'m> {
    table: usize,
    words: &'m TableWords,
    entries: Vec<Entry>,
    by_digits: BTreeMap<Digits, Vec<usize>>,
}

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
                    claims.push(grid.claim(member, entry, Operation::Implied));
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
                    claims.push(grid.claim(member, entry, Operation::Stated));
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

/// The numbers of a sentence that can be those of cells.
fn told(mentions: &Mentions, sentence: TextRange) -> Vec<(QuantityIx, Member, &Quantity)> {
    let first = mentions.quantities.partition_point(|quantity| quantity.range.end <= sentence.start);
    let inside =
        mentions.quantities.iter().enumerate().skip(first).take_while(|(_, own)| own.range.start < sentence.end);
    inside
        .take(MOST_NUMBERS)
        .filter_map(|(at, quantity)| {
            let member = Member::of_quantity(Role::Value, QuantityIx(at), quantity)?;
            (member.digits() >= 2 && !quantity.approximate).then_some((QuantityIx(at), member, quantity))
        })
        .collect()
}

impl<'m> Grid<'m> {
    fn of(
        table: usize,
        held: &TableContent,
        words: &'m TableWords,
        mentions: &Mentions,
        context: RuleContext<'_>,
    ) -> Self {
        let mut grid = Self { table, words, entries: Vec::new(), by_digits: BTreeMap::new() };
        let Some(layout) = context.document.tables.get(table) else { return grid };
        for (cell, place) in layout.cells.iter().enumerate().take(MOST_CELLS) {
            let (row, column) = (place.row as usize, place.column as usize);
            if place.row < layout.header_rows || column < held.label_columns {
                continue;
            }
            for at in held.cells.get(cell).iter().flat_map(|content| &content.quantities) {
                let member = mentions.quantities.get(at.0).and_then(|own| Member::of_quantity(Role::Value, *at, own));
                let Some(member) = member.filter(|member| member.digits() >= 2) else { continue };
                grid.by_digits.entry(Digits::of(&member.printed)).or_default().push(grid.entries.len());
                grid.entries.push(Entry { cell, row, column, at: *at, member });
            }
        }
        grid
    }

    fn claim(&self, stated: &Member, entry: &Entry, operation: Operation) -> Claim {
        let cell = Standing::Cell(CellIx { table: self.table, cell: entry.cell });
        Claim {
            stated: Side { value: stated.value.clone(), standing: Standing::Text },
            other: Side { value: entry.member.value.clone(), standing: cell },
            role: Role::Value,
            operation,
            doubt: None,
        }
    }

    /// The only cell with the same digits whose labels share the most words with the sentence.
    fn cell_of(&self, stated: &Member, quantity: &Quantity, passage: &Passage, mentions: &Mentions) -> Option<&Entry> {
        let near = passage.near(quantity.range, BEFORE, BEHIND);
        let needed = if stated.digits() >= 3 { 1 } else { 2 };
        let mut found: Vec<(usize, &Entry)> = Vec::new();
        for entry in self.by_digits.get(&Digits::of(&stated.printed))?.iter().map(|at| &self.entries[*at]) {
            let fits = stated.comparator == entry.member.comparator
                && stated.printed.negative == entry.member.printed.negative
                && can_be(quantity, entry, mentions);
            let words = self.words_of(entry, &near);
            if fits && words >= needed {
                found.push((words, entry));
            }
        }
        let most = found.iter().map(|(words, _)| *words).max()?;
        let mut best = found.iter().filter(|(words, _)| *words == most);
        // Of two cells that fit alike neither is known to be the one.
        best.next().filter(|_| best.next().is_none()).map(|(_, entry)| *entry)
    }

    fn words_of(&self, entry: &Entry, words: &[Word]) -> usize {
        let of = |list: &[Vec<Word>], at: usize| list.get(at).map_or(0, |own| shared(own, words));
        of(&self.words.rows, entry.row) + of(&self.words.groups, entry.row) + of(&self.words.columns, entry.column)
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

    /// Whether the labels of a cell or the caption name another group, time or model than the sentence.
    fn contradicts(&self, entry: &Entry, passage: &Passage) -> bool {
        let of = |list: &[Contrasts], at: usize| list.get(at).is_some_and(|own| own.contradict(&passage.contrasts));
        of(&self.words.row_contrasts, entry.row)
            || of(&self.words.column_contrasts, entry.column)
            || self.words.caption_contrasts.contradict(&passage.contrasts)
    }
}

/// What is left of a table for the numbers of a sentence that none of its cells has.
struct View<'m> {
    mentions: &'m Mentions,
    /// The numbers of the cells that the sentence names and has not stated; of more than two the first two.
    left: Vec<usize>,
}

/// Whether a number of the text can be that of a cell: percentages go with percentages or with cells that do not say what
/// they are, and units that both print have to be one.
fn can_be(quantity: &Quantity, entry: &Entry, mentions: &Mentions) -> bool {
    let Some(own) = mentions.quantities.get(entry.at.0) else { return false };
    match (&quantity.first().unit, &own.first().unit) {
        (Some(a), Some(b)) => a.unit.same_measure(&b.unit),
        (None, None) => true,
        // A unit may stand over the column, but what is counted in the text is no share in the table.
        (None, Some(_)) => quantity.kind != QuantityKind::Count,
        (Some(_), None) => own.kind != QuantityKind::Count || quantity.kind != QuantityKind::Percentage,
    }
}
