//! Lists of a sentence that stand in one row or column of a table: "complexes 1, 7 and 10 have 36, 19 and 35", which are
//! the cells of one column in the rows that the sentence names in the same order.
//!
//! Alone each of the numbers may meet by chance; together, in one line and with the names of their rows in their order,
//! they do not. A list of which a number is missing there is not held against the table: it may go on in another one.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::Operation;
use crate::document::TextRange;
use crate::extract::{Member, Mentions, Passage, Quantity, QuantityIx};
use crate::rules::RuleContext;

use super::cells::{Place, places};
use super::claim::{Claim, Meeting};
use super::grid::{Axis, Entry, Grid, Name, only_best, told};

/// The fewest numbers of a list, and of one whose rows the sentence does not name.
const FEWEST: usize = 2;
const FEWEST_UNNAMED: usize = 3;
/// How many telling digits the numbers have together, with and without the names of their rows.
const DIGITS: usize = 4;
const DIGITS_UNNAMED: usize = 8;

/// A number of a list.
type Told<'m> = (QuantityIx, Member, &'m Quantity);

/// The claims of the lists of sentences whose meeting with the cells of tables is this one.
pub(super) fn claims(
    mentions: &Mentions,
    meeting: Meeting,
    context: RuleContext<'_>,
    grids: &[Grid<'_>],
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for place in places(mentions, meeting) {
        let Some(sentence) = mentions.sentences.get(place.passage.sentence) else { continue };
        let mut lists: BTreeMap<usize, Vec<Told<'_>>> = BTreeMap::new();
        for number in told(mentions, sentence.range) {
            if let Some(list) = number.2.list {
                lists.entry(list).or_default().push(number);
            }
        }
        for list in lists.into_values().filter(|list| list.len() >= FEWEST) {
            let sentence = Sentence { range: sentence.range, list: &list, mentions, context };
            let line = sentence.line(&place, grids).map(|(grid, entries)| {
                (grid, list.iter().map(|(_, member, _)| member).zip(entries).collect::<Vec<_>>())
            });
            if let Some((grid, pairs)) = line.or_else(|| sentence.cell(&place, grids)) {
                let claim = |(member, entry): (&Member, &Entry)| {
                    grid.claim((member, place.standing), entry, Operation::Implied)
                };
                claims.extend(pairs.into_iter().map(claim));
            }
        }
    }
    claims
}

/// A sentence with one of its lists.
struct Sentence<'l, 'm> {
    range: TextRange,
    list: &'l [Told<'m>],
    mentions: &'m Mentions,
    context: RuleContext<'l>,
}

impl Sentence<'_, '_> {
    /// The only line of a table that holds the list, with the cell of each of its numbers.
    fn line<'g, 'm>(&self, place: &Place<'_>, grids: &'g [Grid<'m>]) -> Option<(&'g Grid<'m>, Vec<&'g Entry>)> {
        let mut found = Vec::new();
        for grid in grids {
            let alike: Vec<Vec<&Entry>> = self
                .list
                .iter()
                .map(|(_, member, quantity)| grid.alike(member, quantity, self.mentions).collect())
                .collect();
            if alike.iter().any(Vec::is_empty) {
                continue;
            }
            for is_column in [true, false] {
                let line = |entry: &Entry| if is_column { entry.column } else { entry.row };
                let lines: BTreeSet<usize> = alike[0].iter().map(|entry| line(entry)).collect();
                for at in lines {
                    let own: Vec<Vec<&Entry>> = alike
                        .iter()
                        .map(|entries| entries.iter().filter(|entry| line(entry) == at).copied().collect())
                        .collect();
                    if let Some((rank, entries)) = self.fits(&own, is_column, grid, place) {
                        found.push((rank, (grid, entries)));
                    }
                }
            }
        }
        only_best(found).map(|(_, line)| line)
    }

    /// The only cell that holds most of the list, three numbers at least, with the numbers that stand in it.
    fn cell<'g, 'm>(
        &self,
        place: &Place<'_>,
        grids: &'g [Grid<'m>],
    ) -> Option<(&'g Grid<'m>, Vec<(&Member, &'g Entry)>)> {
        let mut found = Vec::new();
        for grid in grids.iter().filter(|grid| !place.passage.cites || place.pointed.contains(&grid.table)) {
            let mut cells: BTreeMap<usize, Vec<(&Member, &Entry)>> = BTreeMap::new();
            for (_, member, quantity) in self.list {
                for entry in grid.alike(member, quantity, self.mentions) {
                    let held = cells.entry(entry.cell).or_default();
                    // The list is told in the order of the cell.
                    if held.last().is_none_or(|(_, before)| before.at < entry.at) {
                        held.push((member, entry));
                    }
                }
            }
            for held in cells.into_values() {
                let digits: usize = held.iter().map(|(member, _)| member.telling_digits()).sum();
                let named = grid.words_of(held[0].1, &place.passage.words).all();
                let most = held.len() >= FEWEST_UNNAMED && held.len() + 1 >= self.list.len();
                if most && digits >= DIGITS_UNNAMED && named >= 1 && !grid.contradicts(held[0].1, place.passage) {
                    found.push((named, (grid, held)));
                }
            }
        }
        only_best(found).map(|(_, held)| held)
    }

    /// The cells of one line that the numbers of the list are, with how well the sentence names them.
    fn fits<'g>(
        &self,
        own: &[Vec<&'g Entry>],
        is_column: bool,
        grid: &'g Grid<'_>,
        place: &Place<'_>,
    ) -> Option<(usize, Vec<&'g Entry>)> {
        let digits: usize = self.list.iter().map(|(_, member, _)| member.telling_digits()).sum();
        if let Some(entries) = self.in_order(own, is_column, grid).filter(|_| digits >= DIGITS) {
            let told = entries.iter().all(|entry| !grid.contradicts(entry, place.passage));
            return told.then(|| (100 + words_of(&entries, is_column, grid, place.passage), entries));
        }
        // Without names each number has to stand in one place of the line alone, and the sentence has to lead there.
        let entries: Vec<&Entry> =
            own.iter().map(|own| if let [only] = own[..] { Some(only) } else { None }).collect::<Option<_>>()?;
        let cells: BTreeSet<usize> = entries.iter().map(|entry| entry.cell).collect();
        let words = words_of(&entries, is_column, grid, place.passage);
        let leads = words >= 1 && (place.pointed.contains(&grid.table) || words >= 2);
        if place.passage.cites {
            return None;
        }
        let many = self.list.len() >= FEWEST_UNNAMED && digits >= DIGITS_UNNAMED;
        (many && leads && cells.len() == entries.len()).then_some((words, entries))
    }

    /// The cells whose names across the line stand in the sentence in the order of the list, each in its turn.
    fn in_order<'g>(&self, own: &[Vec<&'g Entry>], is_column: bool, grid: &'g Grid<'_>) -> Option<Vec<&'g Entry>> {
        let runs = self.runs();
        let mut entries: Vec<&Entry> = Vec::new();
        let mut from = 0;
        for candidates in own {
            let name = |entry: &Entry| -> Name<'g> {
                grid.name(if is_column { Axis::Row(entry.row) } else { Axis::Column(entry.column) })
            };
            let next = candidates
                .iter()
                .filter(|entry| entries.iter().all(|taken| taken.cell != entry.cell))
                .filter_map(|entry| {
                    let name = name(entry);
                    let at = runs.iter().skip(from).position(|run| name.is(run))?;
                    Some((at + from, *entry))
                })
                .min_by_key(|(at, entry)| (*at, entry.cell))?;
            from = next.0 + 1;
            entries.push(next.1);
        }
        Some(entries)
    }

    /// The runs of letters and digits of the sentence in their order, without the list itself.
    fn runs(&self) -> Vec<&str> {
        let (text, index) = (self.context.document.text.as_str(), self.context.index);
        let mut found = Vec::new();
        let mut from = self.range.start;
        let ends = self
            .list
            .iter()
            .map(|(_, _, quantity)| quantity.range)
            .chain([TextRange::new(self.range.end, self.range.end)]);
        for next in ends {
            let between = index.slice(text, TextRange::new(from, next.start.max(from)));
            found.extend(between.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()));
            from = next.end;
        }
        found
    }
}

/// How many words that name a line a sentence has.
fn words_of(entries: &[&Entry], is_column: bool, grid: &Grid<'_>, passage: &Passage) -> usize {
    let Some(first) = entries.first() else { return 0 };
    let named = grid.words_of(first, &passage.words);
    if is_column { named.column } else { named.row }
}
