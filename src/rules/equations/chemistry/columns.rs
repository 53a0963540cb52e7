//! Tables with a column, or a row, of molecular formulas beside molar masses and calculated shares of elements.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Table, TextRange};
use crate::extract::patterns::{compile, is_match as is};
use crate::extract::{Comparator, Mentions, Reported, TableContent};
use crate::rules::RuleContext;

use super::super::composition_mismatch::{Claim, Of};
use super::formula::Formula;

/// The name of a molar mass, with or without its unit.
static MASS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^(?:(?:(?i:formula|molecular|molar|mol\.?)\s+(?i:weights?|mass(?:es)?|wt\.?))|M\.?\s?[Ww]\.?\s?t?\.?|F\.?\s?W\.?|M\.\s?Wt\.?|Mr|M)\s*[,\[(]*\s*(?:(?:g\s*/?\s*mol.{0,4}|g\s+mol.{0,4}|Da|amu|calc\w*\.?))?[\])]*$",
    )
});

/// The name of the share of an element.
static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^(?:%\s?(?P<a>[A-Z][a-z]?)|(?P<b>[A-Z][a-z]?)\s*[,(\[]?\s*%\s*[)\]]?|(?P<c>[A-Z][a-z]?))(?:\s*[,(]?\s*(?:[Cc]alc\w*\.?|[Tt]heor\w*\.?)\s*\)?)?$",
    )
});

/// Words for calculated numbers, and for measured ones.
static CALCULATED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\bcalc(?:ulate)?d?\b|\btheor(?:etical)?\b|\brequired\b"));
static FOUND: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\bfound\b|\bfd\b|\bexp(?:erimental|tl)?\b|\bobs(?:erved)?\b|\bmeasured\b"));

/// Whether a heading names molar masses.
pub(super) fn names_masses(heading: &str) -> bool {
    is(MASS.as_ref(), heading.trim())
}

/// The claims of each table.
pub(in crate::rules::equations) fn find(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Vec<Claim>> {
    let tables = context.document.tables.iter().zip(&mentions.tables);
    tables.map(|(table, content)| Grid { table, content, mentions, context }.claims()).collect()
}

/// A formula at its place.
type Placed = (Formula, TextRange);

struct Grid<'g> {
    table: &'g Table,
    content: &'g TableContent,
    mentions: &'g Mentions,
    context: RuleContext<'g>,
}

impl Grid<'_> {
    fn words(&self, row: usize, column: usize) -> Option<(&str, TextRange)> {
        let cell = self.table.cells.get(self.content.at(row, column)?)?;
        let own = cell.row as usize == row && cell.column as usize == column;
        own.then(|| (self.context.index.slice(&self.context.document.text, cell.range), cell.range))
    }

    fn formula(&self, row: usize, column: usize) -> Option<Placed> {
        let (words, range) = self.words(row, column)?;
        Formula::parse(words).map(|formula| (formula, range))
    }

    /// The masses and the shares that stand beside a formula: in its row, or below it in a table whose rows are properties.
    fn claims(&self) -> Vec<Claim> {
        let rows = 0..self.table.rows as usize;
        let columns = 0..self.content.columns;
        let by_row: BTreeMap<usize, Placed> = rows
            .clone()
            .filter_map(|row| {
                let mut found = columns.clone().filter_map(|column| self.formula(row, column));
                found.next().filter(|_| found.next().is_none()).map(|placed| (row, placed))
            })
            .collect();
        let beside = columns.clone().flat_map(|column| self.of_column(column, &by_row));
        beside.chain(rows.flat_map(|row| self.of_row(row))).collect()
    }

    /// The claims of a column whose heading names masses or shares.
    fn of_column(&self, column: usize, formulas: &BTreeMap<usize, Placed>) -> Vec<Claim> {
        let Some(nearest) = self.content.heading(column).next().map(str::trim) else { return Vec::new() };
        let above = self.content.heading(column).collect::<Vec<_>>().join(" ");
        let (of, calculated_first) = if is(MASS.as_ref(), nearest) {
            (Of::Mass, true)
        } else {
            let Some(symbol) = SHARE.as_ref().and_then(|share| share.captures(nearest)) else { return Vec::new() };
            let symbol =
                ["a", "b", "c"].into_iter().find_map(|name| symbol.name(name)).map_or("", |found| found.as_str());
            let Some(first) = calculated_first(&above).or_else(|| calculated_first(&self.content.caption)) else {
                return Vec::new();
            };
            (Of::Share(symbol.to_owned()), first)
        };
        let body = self.table.body();
        body.filter_map(|row| {
            let (formula, place) = formulas.get(&(row as usize))?;
            let stated = self.number(row as usize, column, calculated_first)?;
            let claim = |of: Of| Claim { formula: formula.clone(), place: *place, of, stated: stated.clone() };
            match &of {
                Of::Share(symbol) if symbol == "M" => metal(formula, claim),
                Of::Share(symbol) if !formula.holds(symbol) => None,
                _ => Some(claim(of.clone())),
            }
        })
        .collect()
    }

    /// The masses of a row that is labelled so, each under the only formula of its column.
    fn of_row(&self, row: usize) -> Vec<Claim> {
        if !is(MASS.as_ref(), self.content.label(row).trim()) {
            return Vec::new();
        }
        let below = |column: usize| {
            let mut found = (0..self.table.rows as usize).filter_map(|other| self.formula(other, column));
            let (formula, place) = found.next().filter(|_| found.next().is_none())?;
            let stated = self.number(row, column, true)?;
            Some(Claim { formula, place, of: Of::Mass, stated })
        };
        (self.content.label_columns..self.content.columns).filter_map(below).collect()
    }

    /// The calculated number of a cell: the first, or the one behind it.
    fn number(&self, row: usize, column: usize, first: bool) -> Option<Reported> {
        let (words, _) = self.words(row, column)?;
        // A lone number in a bracket is the second of two that stand in two rows.
        let lone_second = words.trim_start().starts_with(['(', '[']);
        let cell = self.content.content(row, column)?;
        let quantities: Vec<_> = cell.quantities.iter().filter_map(|at| self.mentions.quantities.get(at.0)).collect();
        let own = match quantities.as_slice() {
            [only] if first != lone_second => only,
            [calculated, _] if first && !lone_second => calculated,
            [_, calculated] if !first && !lone_second => calculated,
            _ => return None,
        };
        Reported::of_quantity(own).filter(|stated| stated.comparator == Comparator::Equal)
    }
}

/// The share of "M", the metal: the only one of the formula, or of several the one whose share it is. Where it is that of none it
/// may be that of them all, and nothing is claimed.
fn metal(formula: &Formula, claim: impl Fn(Of) -> Claim) -> Option<Claim> {
    let metals: Vec<&str> = formula.metals().collect();
    let share = |symbol: &str| claim(Of::Share(symbol.to_owned()));
    if let [only] = metals.as_slice() {
        return Some(share(only));
    }
    let mut following = metals.into_iter().map(share).filter(Claim::follows_any);
    following.next().filter(|_| following.next().is_none())
}

/// Whether calculated numbers stand before measured ones; `None` where words do not say that there are any.
fn calculated_first(words: &str) -> Option<bool> {
    let calculated = CALCULATED.as_ref()?.find(words)?.start();
    Some(FOUND.as_ref()?.find(words).is_none_or(|found| calculated < found.start()))
}
