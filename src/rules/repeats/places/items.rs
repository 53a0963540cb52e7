//! How many items a test has, "a list of 34 graphemes", beside its highest score in a table: "Letter knowledge | 34".
//!
//! The paragraph that describes the test shares words with the row. One point an item is common and no rule, so a number that
//! is another one is not held against the table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::derive::Operation;
use crate::extract::patterns::compile;
use crate::extract::{Likeness, Mentions, Standing, Word, shared};

use super::claim::Claim;
use super::grid::{Entry, Grid};
use super::singles::singles;

/// The heading of a column of highest scores.
static HIGHEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)^\W*(?:max(?:imum|imal|\.)?|highest possible|possible)(?: possible)?\s+scores?\W*$|(?i)^\W*(?:number of|no\. of|#) items\W*$",
    )
});

/// How many telling digits of a number are no chance here.
const DIGITS: usize = 2;

/// The claims of the numbers of items.
pub(super) fn claims(mentions: &Mentions, grids: &[Grid<'_>]) -> Vec<Claim> {
    let highest = |heading: &str| HIGHEST.as_ref().is_some_and(|pattern| pattern.is_match(heading));
    let tables: Vec<(&Grid<'_>, usize)> =
        grids.iter().filter_map(|grid| Some((grid, grid.column_of(highest)?))).collect();
    if tables.is_empty() {
        return Vec::new();
    }
    let subjects = &mentions.subjects;
    let leaf = |sentence: usize| mentions.sentences.get(sentence).map(|sentence| sentence.leaf);
    let mut paragraphs: BTreeMap<Option<usize>, BTreeSet<Word>> = BTreeMap::new();
    for passage in &subjects.passages {
        paragraphs.entry(leaf(passage.sentence)).or_default().extend(&passage.words);
    }
    let mut claims = Vec::new();
    for single in singles(mentions, |standing| standing == Standing::Text) {
        let whole = single.counts() && single.member.printed.decimals == 0 && single.member.telling_digits() >= DIGITS;
        if !whole || single.is_in_list(mentions) || single.counts_persons(mentions) {
            continue;
        }
        let passage = subjects.passage(single.subject);
        let words: Vec<Word> = paragraphs.get(&leaf(passage.sentence)).into_iter().flatten().copied().collect();
        let mut found: Vec<(usize, &Grid<'_>, &Entry)> = Vec::new();
        for (grid, column) in &tables {
            let of = grid.entries.iter().filter(|entry| entry.column == *column);
            for entry in of.filter(|entry| entry.member.compare(single.member) == Likeness::Identical) {
                let named = grid.words.rows.get(entry.row).map_or(0, |row| shared(row, &words));
                found.push((named, *grid, entry));
            }
        }
        // Of two rows with the number neither is known to be the one.
        if let [(1.., grid, entry)] = found[..] {
            claims.push(grid.claim((single.member, Standing::Text), entry, Operation::Implied));
        }
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_highest_scores_are_known() {
        let is = |heading: &str| HIGHEST.as_ref().is_some_and(|pattern| pattern.is_match(heading));
        assert!(is("Max score") && is("Maximum score") && is("No. of items") && !is("Max. depth"));
    }
}
