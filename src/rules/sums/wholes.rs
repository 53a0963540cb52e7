//! What a percentage of a table may be of, known by the structure of the table, and which of the candidates the other
//! rows of the column bear out.
//!
//! A relation ("the N over the column", "the total at the end of the group") that holds in the other rows is evidence
//! about the one in which it does not. Nothing is judged here.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::{Printed, RealSet};
use crate::derive::Expression;
use crate::extract::{CellContent, CellKind, QuantityIx, QuantityKind};
use crate::rules::binding;

use super::gate;
use super::shares::{Grid, Series, Share};

/// How many columns or rows away a whole is looked for.
const REACH: usize = 12;
/// The most counts that are added up.
const MOST_COUNTS: usize = 60;

/// How a whole is known; the most specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Place {
    /// In the same cell.
    Cell,
    /// In the label of the row or of its group: "Women (n = 60)".
    Label,
    /// The total of the group's rows.
    GroupTotal,
    /// A number in the same row, in the column given.
    Row(usize),
    /// A number in the same column, in the row given, where counts stand above their percentages.
    Column(usize),
    /// The total of the column.
    Total,
    /// The N in the heading of the column, counted from the nearest.
    Heading(usize),
    /// The row whose percentage is 100.
    Hundred,
    /// The sum of the group's counts.
    Sum,
    /// The sum of the row's counts with percentages.
    RowSum,
    /// The sum of the N over all columns.
    Headings,
    /// The N of the caption.
    Caption,
}

impl Place {
    /// Whether the whole is not printed, but a sum of numbers that are.
    pub const fn is_sum(self) -> bool {
        matches!(self, Self::Sum | Self::RowSum | Self::Headings)
    }

    /// Whether the whole is a total that the counts of its group can add up to.
    pub const fn is_total(self) -> bool {
        matches!(self, Self::GroupTotal | Self::Total | Self::Hundred)
    }
}

/// A number that may be the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules) struct Whole {
    /// How it is known.
    pub place: Place,
    /// The number, or the counts that add up to it.
    pub numbers: Vec<QuantityIx>,
}

/// How often a relation holds in a series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// In how many rows it holds, rows of nothing and of everything aside.
    pub holds: usize,
    /// In how many rows it does not, and no other candidate does.
    pub fails: usize,
    /// In how many rows it does not, but another candidate does.
    pub others: usize,
}

impl Record {
    /// The order of candidates: those that the other rows bear out by how specific they are, then those that hold in
    /// several rows, then the rest.
    fn rank(self, place: Place) -> (bool, Reverse<usize>, Place) {
        let several = if self.is_confirmed() || self.holds < 2 { 0 } else { self.holds };
        (!self.is_confirmed(), Reverse(several), place)
    }

    /// Whether the other rows bear the relation out.
    pub const fn is_confirmed(self) -> bool {
        self.holds >= 2 && self.holds > 2 * self.fails
    }

    /// Whether the other rows are evidence enough to hold a percentage against the table. Rows that follow from another
    /// whole are no misfits, but many of them say that the relation is not the one of the series.
    pub const fn bears_out(self) -> bool {
        gate::is_borne_out(self.holds, self.fails) && self.others * 2 <= self.holds
    }
}

/// The candidates of each share of a series, with the record of each in the other rows.
#[derive(Debug)]
pub(super) struct Wholes {
    /// For each share its candidates, the likeliest first.
    pub list: Vec<Vec<(Whole, Record)>>,
    /// For each share the shares of its group, itself among them.
    pub groups: Vec<Vec<usize>>,
    /// For each share what prints as its percentage, where it is one number.
    stated: Vec<Option<RealSet>>,
}

/// Whether the label of a row names a total.
pub(in crate::rules) fn is_total(label: &str) -> bool {
    let words = label.to_lowercase();
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(
        words,
        "n" | "all" | "overall" | "sum" | "sample size" | "all patients" | "all participants" | "whole sample"
    ) || matches!(first, "total" | "totals" | "subtotal" | "sum")
        || words.ends_with(" total")
}

impl Wholes {
    /// Finds and orders the candidates of a series.
    pub fn new(grid: Grid<'_>, series: &Series) -> Self {
        let groups = groups(grid, series);
        let candidates: Vec<Vec<Whole>> =
            (0..series.shares.len()).map(|at| candidates(grid, series, at, &groups[at])).collect();
        let stated: Vec<Option<RealSet>> = series.shares.iter().map(|share| percentages(grid, share)).collect();
        let mut records: BTreeMap<Place, Record> = BTreeMap::new();
        let mut holding: Vec<Vec<bool>> = Vec::new();
        for ((share, wholes), stated) in series.shares.iter().zip(&candidates).zip(&stated) {
            let holds: Vec<bool> = wholes.iter().map(|whole| gives(grid, share, whole, stated.as_ref())).collect();
            for (whole, change) in wholes.iter().zip(changes(grid, share, &holds)) {
                let record = records.entry(whole.place).or_default();
                record.holds += change.holds;
                record.fails += change.fails;
                record.others += change.others;
            }
            holding.push(holds);
        }
        let list = series.shares.iter().zip(candidates).zip(holding).map(|((share, wholes), holds)| {
            let others = |(whole, change): (Whole, Record)| {
                let all = records.get(&whole.place).copied().unwrap_or_default();
                let others = Record {
                    holds: all.holds - change.holds,
                    fails: all.fails - change.fails,
                    others: all.others - change.others,
                };
                (whole, others)
            };
            let changes = changes(grid, share, &holds);
            let mut list: Vec<(Whole, Record)> = wholes.into_iter().zip(changes).map(others).collect();
            list.sort_by_key(|(whole, record)| record.rank(whole.place));
            list
        });
        Self { list: list.collect(), groups, stated }
    }

    /// Whether the percentage of a share of the series follows from its count and the whole by plain rounding.
    pub fn hold(&self, grid: Grid<'_>, series: &Series, at: usize, whole: &Whole) -> bool {
        let stated = self.stated.get(at).and_then(Option::as_ref);
        series.shares.get(at).is_some_and(|share| gives(grid, share, whole, stated))
    }
}

/// What a share adds to the records of its candidates: nothing where its count is nought or its percentage is 100.
fn changes(grid: Grid<'_>, share: &Share, holds: &[bool]) -> Vec<Record> {
    let tells = tells(grid, share);
    let any = holds.contains(&true);
    holds
        .iter()
        .map(|holds| Record {
            holds: usize::from(tells && *holds),
            fails: usize::from(tells && !any),
            others: usize::from(tells && !holds && any),
        })
        .collect()
}

/// Whether a share can tell one whole from another.
pub(super) fn tells(grid: Grid<'_>, share: &Share) -> bool {
    let zero = rational::whole(0);
    let hundred = rational::whole(100);
    let is_not = |ix: QuantityIx, value: &Rational| grid.point(ix).is_some_and(|point| point != *value);
    is_not(share.count, &zero) && is_not(share.percentage, &hundred)
}

/// Whether the percentage follows from the count and the whole by plain rounding.
pub(in crate::rules) fn holds(grid: Grid<'_>, share: &Share, whole: &Whole) -> bool {
    gives(grid, share, whole, percentages(grid, share).as_ref())
}

/// All that prints as the percentage of a share under its likely reading, as a part of one.
fn percentages(grid: Grid<'_>, share: &Share) -> Option<RealSet> {
    let stated = binding::measured("stated percentage", binding::quantity(grid.mentions, share.percentage)?)?;
    stated.readings.into_iter().next().map(|reading| reading.tight)
}

/// The same question of what prints as the percentage. A table asks it of each whole that there may be, so it is answered here as
/// the evaluator would: counts are points, and a percentage follows by plain rounding where its set has their quotient.
fn gives(grid: Grid<'_>, share: &Share, whole: &Whole, stated: Option<&RealSet>) -> bool {
    let count = |ix: QuantityIx| {
        let quantity = binding::quantity(grid.mentions, ix).filter(|quantity| binding::is_whole(quantity))?;
        quantity.single().map(Printed::point)
    };
    let size: Option<Rational> = whole.numbers.iter().map(|number| count(*number)).sum();
    let (Some(part), Some(size), Some(stated)) = (count(share.count), size, stated) else { return false };
    size > rational::whole(0) && stated.contains(&(part / size))
}

/// The count at `count` over the sum of the operands at `wholes`.
pub(super) fn quotient(count: usize, wholes: &[usize]) -> Expression {
    let whole = match wholes {
        [only] => Expression::operand(*only),
        several => Expression::call("sum", several.iter().map(|at| Expression::operand(*at))),
    };
    Expression::call("/", [Expression::operand(count), whole])
}

/// For each share the shares of its group: those between the same headings and totals.
fn groups(grid: Grid<'_>, series: &Series) -> Vec<Vec<usize>> {
    if series.in_rows {
        return (0..series.shares.len()).map(|at| vec![at]).collect();
    }
    let key = |share: &Share| {
        let head = grid.content.groups.get(share.row).copied().flatten();
        (head, grid.totals.partition_point(|row| *row < share.row))
    };
    let total = |share: &Share| grid.totals.contains(&share.row);
    let mut members: BTreeMap<(Option<usize>, usize), Vec<usize>> = BTreeMap::new();
    for (at, share) in series.shares.iter().enumerate().filter(|(_, share)| !total(share)) {
        members.entry(key(share)).or_default().push(at);
    }
    let group = |(at, share): (usize, &Share)| {
        if total(share) { vec![at] } else { members.get(&key(share)).cloned().unwrap_or_default() }
    };
    series.shares.iter().enumerate().map(group).collect()
}

/// The numbers that may be the whole of share `at`, the most specific first; a count larger than the whole is no part of
/// it unless both stand in one cell.
fn candidates(grid: Grid<'_>, series: &Series, at: usize, group: &[usize]) -> Vec<Whole> {
    let share = &series.shares[at];
    let mut wholes: Vec<Whole> = Vec::new();
    let mut add = |place: Place, number: Option<QuantityIx>| {
        wholes.extend(number.map(|number| Whole { place, numbers: vec![number] }));
    };
    if share.whole.is_some() {
        add(Place::Cell, share.whole);
        return wholes;
    }
    if series.in_rows {
        for row in grid.body().filter(|row| *row < share.count_row).rev().take(REACH) {
            add(Place::Column(row), grid.lone_count(row, share.column));
        }
    } else {
        add(Place::Label, label_size(grid, share.row));
        let (own, other) = totals(grid, share);
        add(Place::GroupTotal, own);
        add(Place::Total, other);
        let left = (grid.content.label_columns..share.count_column.min(share.column)).rev().take(REACH);
        for column in left {
            add(Place::Row(column), grid.lone_count(share.row, column));
        }
        for column in share.column + 1..grid.content.columns {
            if grid.content.heading(column).any(is_total) {
                add(Place::Row(column), grid.count(share.row, column).filter(|_| column != share.count_column));
            }
        }
        let hundred = series.shares.iter().find(|other| is_hundred(grid, other) && other.row != share.row);
        add(Place::Hundred, hundred.map(|hundred| hundred.count));
        for column in [share.column + 1, share.column + 2] {
            let content = grid.content.content(share.row, column);
            let pair = content.filter(|content| content.percentage.is_some_and(|p| prints_hundred(grid, p)));
            add(Place::Row(column), pair.and_then(|pair| pair.count));
        }
    }
    for (depth, size) in heading_sizes(grid, [share.count_column, share.column]).into_iter().enumerate() {
        add(Place::Heading(depth), Some(size));
    }
    add(Place::Caption, caption_size(grid));
    let of_group = group.iter().filter_map(|member| series.shares.get(*member)).map(|share| share.count).collect();
    let mut sums = vec![(Place::Sum, of_group)];
    if !series.in_rows {
        sums.push((Place::RowSum, row_counts(grid, share.row)));
        sums.push((Place::Headings, all_sizes(grid)));
    }
    sums.retain(|(_, numbers)| (2..=MOST_COUNTS).contains(&numbers.len()));
    wholes.extend(sums.into_iter().map(|(place, numbers)| Whole { place, numbers }));
    let zero = Some(rational::whole(0));
    wholes.retain(|whole| match whole.numbers.as_slice() {
        [only] => *only != share.count && grid.point(*only) >= grid.point(share.count) && grid.point(*only) > zero,
        _ => true,
    });
    let mut seen = Vec::new();
    wholes.retain(|whole| {
        let new = !seen.contains(&whole.place);
        seen.push(whole.place);
        new
    });
    wholes
}

fn prints_hundred(grid: Grid<'_>, percentage: QuantityIx) -> bool {
    grid.point(percentage) == Some(rational::whole(100))
}

fn is_hundred(grid: Grid<'_>, share: &Share) -> bool {
    prints_hundred(grid, share.percentage)
}

/// The total of the share's group, and the total of the whole column.
fn totals(grid: Grid<'_>, share: &Share) -> (Option<QuantityIx>, Option<QuantityIx>) {
    let group = |row: usize| grid.content.groups.get(row).copied().flatten();
    let rows: Vec<usize> = grid.totals.iter().copied().filter(|row| *row != share.row).collect();
    let count = |row: usize| grid.count(row, share.count_column).or_else(|| grid.count(row, share.column));
    let first_of_group = group(share.row).map_or(grid.body().start, |head| head + 1);
    let behind = rows.iter().copied().find(|row| *row > share.row && group(*row) == group(share.row));
    let own = behind.or_else(|| rows.iter().copied().find(|row| *row == first_of_group));
    let last = rows.iter().copied().rev().find(|row| Some(*row) != own && group(*row).is_none());
    let top = rows.iter().copied().find(|row| *row == grid.body().start && Some(*row) != own);
    (own.and_then(count), last.or(top).and_then(count))
}

/// The quantities of a cell that give a size: "(N = 99)".
fn sizes(grid: Grid<'_>, cell: usize) -> Vec<QuantityIx> {
    let quantities = grid.content.cells.get(cell).map_or(&[][..], |content| &content.quantities);
    let sized = |ix: &QuantityIx| {
        binding::quantity(grid.mentions, *ix).is_some_and(|q| q.kind == QuantityKind::Count && binding::is_whole(q))
    };
    quantities.iter().copied().filter(sized).collect()
}

/// The N in the label of a row, or of the group that it stands in.
fn label_size(grid: Grid<'_>, row: usize) -> Option<QuantityIx> {
    let of = |row: usize| {
        let cells = (0..grid.content.label_columns).filter_map(|column| grid.content.at(row, column));
        cells.flat_map(|cell| sizes(grid, cell)).next()
    };
    of(row).or_else(|| grid.content.groups.get(row).copied().flatten().and_then(of))
}

/// The N in the cells over two columns, which may be one, the nearest first.
pub(in crate::rules) fn heading_sizes(grid: Grid<'_>, columns: [usize; 2]) -> Vec<QuantityIx> {
    let mut found = Vec::new();
    for row in (0..grid.table.header_rows as usize).rev() {
        for column in columns {
            for size in grid.content.at(row, column).map(|cell| sizes(grid, cell)).unwrap_or_default() {
                if !found.contains(&size) {
                    found.push(size);
                }
            }
        }
    }
    found
}

/// The counts of a row that stand with their percentages in one cell, those of totals left out.
fn row_counts(grid: Grid<'_>, row: usize) -> Vec<QuantityIx> {
    row_parts(grid, row).filter_map(|content| content.count).collect()
}

/// The percentages of a row that stand with their counts in one cell, those of totals left out.
pub(super) fn row_percentages(grid: Grid<'_>, row: usize) -> Vec<QuantityIx> {
    row_parts(grid, row).filter_map(|content| content.percentage).collect()
}

/// The cells of a row that hold a count with its percentage, those of totals left out.
fn row_parts(grid: Grid<'_>, row: usize) -> impl Iterator<Item = &CellContent> {
    let part = move |column: &usize| !grid.content.heading(*column).any(is_total);
    let columns = (grid.content.label_columns..grid.content.columns).filter(part);
    let contents = columns.filter_map(move |column| grid.content.content(row, column));
    contents.filter(|content| content.kind == CellKind::CountAndPercentage)
}

/// The nearest N over each column, those of totals left out.
fn all_sizes(grid: Grid<'_>) -> Vec<QuantityIx> {
    let mut found = Vec::new();
    for column in (0..grid.content.columns).filter(|column| !grid.content.heading(*column).any(is_total)) {
        let cells = (0..grid.table.header_rows as usize).rev().filter_map(|row| grid.content.at(row, column));
        let size = cells.flat_map(|cell| sizes(grid, cell)).next();
        found.extend(size.filter(|size| !found.contains(size)));
    }
    found
}

/// The N of the caption, where it states one alone.
fn caption_size(grid: Grid<'_>) -> Option<QuantityIx> {
    let caption = grid.table.caption?;
    let from = grid.mentions.quantities.partition_point(|quantity| quantity.range.start < caption.start);
    let inside = grid.mentions.quantities[from..].iter().take_while(|quantity| quantity.range.end <= caption.end);
    let mut sizes = inside
        .enumerate()
        .filter(|(_, quantity)| quantity.kind == QuantityKind::Count && binding::is_whole(quantity))
        .map(|(at, _)| QuantityIx(from + at));
    sizes.next().filter(|_| sizes.next().is_none())
}
