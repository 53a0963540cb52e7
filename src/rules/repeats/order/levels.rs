//! "All variables left in the model are significant at the 0.15 level": each p-value of the table lies below the level.
//!
//! The note of a table speaks of its own rows. A table of which one p-value lies above the level is left alone: the note may
//! be of the variables of another step or model.

use std::sync::LazyLock;

use num_traits::{One, Signed};

use crate::arithmetic::Rational;
use crate::derive::Proposal;
use crate::extract::{Mentions, Quantity};
use crate::rules::pattern::{Match, Pattern};
use crate::rules::repeats::places::Entry;
use crate::rules::skeleton::Skeleton;
use crate::rules::{RuleContext, binding};

use super::lines::Tables;
use super::ordered::{pair, point};
use super::words::{Direction, is_unstated};

static LEVEL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:all|each|every)\b⋯ (?:significant|below|under) (?:at )?(?:the )?(?:p_<_)?‹x›(?: (?:significance )?level)?",
    )
});

/// The most p-values of a table that a note is asked for.
const MOST: usize = 60;

/// The claims of a sentence in the note of a table.
pub(super) fn proposals(
    skeleton: &Skeleton,
    mentions: &Mentions,
    tables: &Tables<'_>,
    context: RuleContext<'_>,
) -> Vec<Proposal> {
    if !skeleton.text.contains("significant") {
        return Vec::new();
    }
    let found = LEVEL.matches(skeleton);
    let Some(found) = found.first().filter(|found| !is_unstated(found.text())) else { return Vec::new() };
    let table = context.document.tables.iter().position(|table| {
        let notes = table.notes.iter().chain(table.caption.as_ref());
        notes.into_iter().any(|note| note.contains(found.range()))
    });
    table.map_or_else(Vec::new, |table| of_table(found, table, mentions, tables))
}

fn of_table(found: &Match<'_>, table: usize, mentions: &Mentions, tables: &Tables<'_>) -> Vec<Proposal> {
    let level = found.quantity("x").and_then(|at| binding::quantity(mentions, at));
    let level = level.filter(|own| own.single().is_some() && point(own).is_positive() && point(own) < Rational::one());
    let (Some(level), Some(grid)) = (level, tables.grids.get(table)) else { return Vec::new() };
    let of_p: Vec<&Entry> = grid.entries.iter().filter(|entry| grid.holds_p(entry.column)).take(MOST).collect();
    let columns = of_p.iter().map(|entry| entry.column).max() == of_p.iter().map(|entry| entry.column).min();
    let below = of_p.iter().all(|entry| entry.member.printed.point() < point(level));
    if !columns || !below {
        return Vec::new();
    }
    let values = of_p.iter().filter_map(|entry| mentions.quantities.get(entry.at.0));
    let claim = |value: &Quantity| pair((value, level), Direction::Down, None, found.range()).proposal();
    values.filter_map(claim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_compiles() {
        assert!(LEVEL.is_valid());
    }
}
