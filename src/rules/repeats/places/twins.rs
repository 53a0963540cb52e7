//! Two tables that have a column in common: the same heading, and rows of the same names.
//!
//! Such columns hold the same numbers where nearly all of them are printed alike; one that is a slip away from its twin is
//! then held against the paper. Columns that mostly differ are of two groups or times, whatever their headings say.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use crate::derive::Operation;
use crate::extract::{Likeness, Mentions, Slip, Standing, TableContent};
use crate::rules::RuleContext;

use super::claim::Claim;
use super::grid::{Entry, Grid};
use super::numbers::Digits;

/// How many different numbers two columns need in common.
const DIFFERENT: usize = 3;
/// How many numbers have to be alike, and how many before one that is not is held against the paper.
const ALIKE: usize = 4;
const ALIKE_FOR_SLIP: usize = 6;
/// The most tables that are held against each other.
const MOST_TABLES: usize = 30;

/// The claims of the columns that two tables have in common.
pub(super) fn claims(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Claim> {
    let tables = mentions.tables.iter().zip(&mentions.subjects.tables).take(MOST_TABLES).enumerate();
    let grids: Vec<(Grid<'_>, &TableContent)> =
        tables.map(|(at, (held, words))| (Grid::of(at, held, words, mentions, context), held)).collect();
    let mut claims = Vec::new();
    for (at, later) in grids.iter().enumerate() {
        for earlier in &grids[..at] {
            if !later.0.words.caption_contrasts.contradict(&earlier.0.words.caption_contrasts) {
                claims.extend(of_pair(later, earlier));
            }
        }
    }
    claims
}

fn of_pair(later: &(Grid<'_>, &TableContent), earlier: &(Grid<'_>, &TableContent)) -> Vec<Claim> {
    let columns = |content: &TableContent| named(content.headings.iter().map(|heading| plain(heading)));
    let rows = |content: &TableContent| {
        named((0..content.labels.len()).map(|row| plain(&format!("{} {}", content.group(row), content.label(row)))))
    };
    let (own_rows, other_rows) = (rows(later.1), rows(earlier.1));
    let other_columns = columns(earlier.1);
    let (own, other) = (later.0.singles(), earlier.0.singles());
    let mut claims = Vec::new();
    for (heading, column) in columns(later.1) {
        let Some(twin) = other_columns.get(&heading) else { continue };
        let pairs = own_rows.iter().filter_map(|(label, row)| {
            Some((*own.get(&(*row, column))?, *other.get(&(*other_rows.get(label)?, *twin))?))
        });
        // Noughts are alike in all tables of confusions.
        let pairs = pairs.filter(|(own, _)| !own.member.printed.point().is_zero());
        claims.extend(of_columns(&pairs.collect::<Vec<_>>(), &later.0, &earlier.0));
    }
    claims
}

/// The claims of the pairs of numbers of two columns.
fn of_columns(pairs: &[(&Entry, &Entry)], later: &Grid<'_>, earlier: &Grid<'_>) -> Vec<Claim> {
    let likeness = |(own, other): &(&Entry, &Entry)| own.member.compare(&other.member);
    // Two numbers that end in the same place are one only where they are the same: 78 and 79 meet in 78.5.
    let same = |pair: &&(&Entry, &Entry)| match likeness(pair) {
        Likeness::Identical => true,
        Likeness::Meets => pair.0.member.printed.last_place() != pair.1.member.printed.last_place(),
        Likeness::Differs(_) => false,
    };
    let (alike, different): (Vec<_>, Vec<_>) = pairs.iter().partition(same);
    let numbers: BTreeSet<Digits> = alike.iter().map(|(own, _)| Digits::of(&own.member.printed)).collect();
    if numbers.len() < DIFFERENT || alike.len() < ALIKE || alike.len() < 4 * different.len() {
        return Vec::new();
    }
    let claim = |(own, other): &(&Entry, &Entry), operation: Operation| Claim {
        stated: later.side(own),
        ..earlier.claim((&own.member, Standing::Text), other, operation)
    };
    let mut claims: Vec<Claim> = alike.iter().map(|pair| claim(pair, Operation::Implied)).collect();
    if let [only] = different.as_slice()
        && alike.len() >= ALIKE_FOR_SLIP
        && matches!(likeness(only), Likeness::Differs(Some(slip)) if Slip::is_sharp(slip))
    {
        // Two tables may hold the same rows but for one, such as "others"; so no more than a warning.
        claims.push(claim(only, Operation::Assumed));
    }
    claims
}

/// The names that only one line has, each with that line.
fn named(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, name) in names.enumerate() {
        if name.chars().any(char::is_alphabetic) {
            found.entry(name).or_default().push(at);
        }
    }
    found
        .into_iter()
        .filter_map(|(name, lines)| if let [only] = lines[..] { Some((name, only)) } else { None })
        .collect()
}

/// The letters and digits of a text, in small letters.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
