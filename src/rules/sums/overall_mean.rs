//! `SU125`: the mean of the whole sample against those of its groups.

use std::sync::LazyLock;

use num_traits::ToPrimitive;
use regex::Regex;

use crate::arithmetic::Rational;
use crate::derive::{Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals};
use crate::extract::patterns::compile;
use crate::extract::{Amount, CellKind, Comparator, Mentions, QuantityIx};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::shares::{self, Grid};

rule! {
    /// # SU125 overall-mean-outside-groups
    ///
    /// ## What it checks
    ///
    /// Tables with a column for the whole sample beside the columns of its groups: the mean (or median, or percentage) of the
    /// whole has to lie between the smallest and the largest one of the groups.
    ///
    /// ## Why it matters
    ///
    /// The columns of a table of characteristics come from several calls of a program. A mean of all that no weights can give
    /// is of other cases than those of the groups, or was copied into the wrong row.
    ///
    /// ## How it is derived
    ///
    /// The mean of a whole is the mean of its parts weighted by their sizes, and so between them, whatever the sizes are; of
    /// medians the same is true. All numbers are everything that prints as their digits.
    ///
    /// ## When it stays silent
    ///
    /// - No heading names the whole (total, overall, all, full sample), or fewer than two groups stand beside it.
    /// - The row does not say that it holds means, medians or percentages: of counts, standard deviations and p-values
    ///   nothing follows.
    /// - A number is missing, a bound or an approximate one, or stands in brackets alone or in a column of such, as spreads do.
    /// - The table's rows and columns are not known.
    ///
    /// It is undecided where the headings do not print sizes that add up to that of the whole (groups may be left out), and
    /// where the means of other rows do not lie between those of the groups either.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. The fish of both lakes
    ///
    /// Measure | Total (n = 200) | Upper (n = 80) | Lower (n = 120)
    /// ---
    /// Length, mean (SD) | 14.6 (2.1) | 13.8 (2.0) | 15.1 (2.2)
    /// Weight, mean (SD) | 61.2 (9.4) | 58.0 (9.0) | 63.3 (9.7)
    /// Age, mean (SD) | 4.9 (1.0) | 3.9 (0.9) | 4.3 (1.1)
    /// Girth, mean (SD) | 9.7 (1.3) | 9.2 (1.2) | 10.0 (1.4)
    /// Depth, mean (SD) | 3.3 (0.6) | 3.1 (0.6) | 3.4 (0.7)
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. The fish of both lakes
    ///
    /// Measure | Total (n = 200) | Upper (n = 80) | Lower (n = 120)
    /// ---
    /// Length, mean (SD) | 14.6 (2.1) | 13.8 (2.0) | 15.1 (2.2)
    /// Weight, mean (SD) | 61.2 (9.4) | 58.0 (9.0) | 63.3 (9.7)
    /// Age, mean (SD) | 4.1 (1.0) | 3.9 (0.9) | 4.3 (1.1)
    /// Girth, mean (SD) | 9.7 (1.3) | 9.2 (1.2) | 10.0 (1.4)
    /// Depth, mean (SD) | 3.3 (0.6) | 3.1 (0.6) | 3.4 (0.7)
    /// ```
    ///
    /// ## Limits
    ///
    /// The weights are not used, as the number of cases with a value may be another one in each row.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// None.
    pub struct OverallMean {
        code: "SU125",
        name: "overall-mean-outside-groups",
        summary: "the mean of the whole sample is not between those of its groups",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: Slip,
        needs: Tables,
        references: [],
    }
}

/// A size in a heading: "(n = 99)".
static SIZE: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)\bn\s*=\s*(?P<size>\d[\d,]*)"));
/// Words of a row or heading that say what its numbers are.
static MEANS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\b(?:means?|averages?|medians?)\b|^\s*M\s*(?:$|[(,±])|%|\bpercent"));
/// Words of a row or heading whose numbers are no means.
static OTHERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)^\s*(?:SD|SE|SEM|n|N|p|range|min|max)\b|\b(?:minimum|maximum|deviation|error|sum|p-?values?)\b")
});

const UNSIZED: &str = "the groups may not be all of the whole, as their sizes are not printed or do not add up";
const UNCONFIRMED: &str = "too few other rows lie between their groups";
/// How many other rows have to lie between their groups.
const ROWS: usize = 3;

fn says(pattern: &LazyLock<Option<Regex>>, words: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(words))
}

impl Rule for OverallMean {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        shares::each_grid(mentions, context, &mut |grid| {
            let mut found: Vec<Proposal> = splits(grid).iter().flat_map(|split| split.proposals(grid)).collect();
            found.sort_by_key(|proposal| proposal.quote);
            proposals.list.extend(found);
        });
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let groups: Vec<String> =
            (0..proposal.operands.len().saturating_sub(1)).map(|at| wording::operand(proposal, at)).collect();
        Prose {
            message: wording::message(proposal, outcome, &format!("the groups' {}", groups.join(" and "))),
            help: "look whether the column is of other cases, or one of the numbers stands in the wrong row".to_owned(),
        }
    }
}

/// A column of the whole with those of its groups.
struct Split {
    whole: usize,
    groups: Vec<usize>,
    /// Whether the printed sizes of the groups add up to that of the whole.
    adds_up: bool,
}

/// The columns of wholes of a table.
fn splits(grid: Grid<'_>) -> Vec<Split> {
    let columns: Vec<usize> = (grid.content.label_columns..grid.content.columns).collect();
    let path = |column: usize| -> Vec<&str> { grid.content.heading(column).collect() };
    let mut found = Vec::new();
    for whole in &columns {
        let own = path(*whole);
        // The part of the path that names the whole, and what stands under it: "Full sample" over "M".
        let Some(level) = own.iter().position(|words| names_whole(words)) else { continue };
        let groups: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|column| {
                let other = path(*column);
                let alike = other.len() == own.len()
                    && other.iter().zip(&own).enumerate().all(|(at, (a, b))| at == level || a == b);
                column != whole && alike && !says(&OTHERS, other[level]) && !names_whole(other[level])
            })
            .collect();
        let distinct =
            groups.iter().all(|a| groups.iter().filter(|b| path(**b)[level] == path(*a)[level]).count() == 1);
        if groups.len() < 2 || !distinct {
            continue;
        }
        let sizes: Option<Vec<u64>> = groups.iter().map(|column| size(path(*column)[level])).collect();
        let adds_up = sizes.zip(size(own[level])).is_some_and(|(sizes, all)| sizes.iter().sum::<u64>() == all);
        found.push(Split { whole: *whole, groups, adds_up });
    }
    found
}

fn size(heading: &str) -> Option<u64> {
    let found = SIZE.as_ref()?.captures(heading)?;
    found.name("size")?.as_str().replace(',', "").parse().ok()
}

/// Whether a heading names the whole sample.
fn names_whole(heading: &str) -> bool {
    let words = heading.to_lowercase();
    let words = words.split(['(', ',', '[']).next().unwrap_or_default().trim();
    let first = words.split_whitespace().next().unwrap_or_default();
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let short = words.split_whitespace().count() <= 3;
    let of_cases =
        ["sample", "cohort", "participants", "patients", "subjects", "group", "population", "women", "men", "children"];
    matches!(words, "total" | "overall" | "all" | "combined" | "pooled" | "whole group")
        || (short
            && matches!(first, "total" | "overall" | "all" | "full" | "whole" | "entire" | "combined")
            && of_cases.contains(&last))
}

/// Whether the first number of a cell stands behind a sign, as in brackets alone.
fn is_bracketed(grid: Grid<'_>, row: usize, column: usize) -> bool {
    let first = grid.content.content(row, column).and_then(|cell| cell.quantities.first());
    let quantity = first.and_then(|ix| binding::quantity(grid.mentions, *ix));
    let plain = quantity.filter(|quantity| quantity.comparator == Comparator::Equal && !quantity.approximate);
    plain.is_some_and(|quantity| {
        grid.table.holding(quantity.range).is_some_and(|cell| cell.range.start < quantity.range.start)
    })
}

impl Split {
    /// The number of a row in a column, where the row holds means.
    fn number(grid: Grid<'_>, row: usize, column: usize) -> Option<QuantityIx> {
        let cell = grid.content.content(row, column)?;
        let label = format!("{} {}", grid.content.group(row), grid.content.label(row));
        let nearest = grid.content.heading(column).next().unwrap_or_default();
        if says(&OTHERS, grid.content.label(row)) || says(&OTHERS, nearest) {
            return None;
        }
        let named = says(&MEANS, &label) || says(&MEANS, nearest);
        let fits = match cell.kind {
            CellKind::MeanAndDeviation | CellKind::MeanPlusMinus => true,
            CellKind::Number | CellKind::Percentage => named && cell.quantities.len() == 1,
            _ => false,
        };
        let ix = *cell.quantities.first().filter(|_| fits)?;
        let quantity = binding::quantity(grid.mentions, ix)?;
        // Numbers in brackets alone are spreads, and so are all of a column that has them behind numbers without.
        let spread = |row: usize| {
            let before = column.checked_sub(1).filter(|before| *before >= grid.content.label_columns);
            is_bracketed(grid, row, column) && before.is_some_and(|before| !is_bracketed(grid, row, before))
        };
        if is_bracketed(grid, row, column) || grid.body().any(spread) {
            return None;
        }
        let single = matches!(quantity.first().amount, Amount::Single(_) | Amount::PlusMinus(..));
        (single && quantity.comparator == Comparator::Equal && !quantity.approximate).then_some(ix)
    }

    /// The numbers of a row: of the whole, and of the groups, all of one form.
    fn row(&self, grid: Grid<'_>, row: usize) -> Option<(QuantityIx, Vec<QuantityIx>)> {
        let whole = Self::number(grid, row, self.whole)?;
        let groups: Vec<QuantityIx> =
            self.groups.iter().map(|column| Self::number(grid, row, *column)).collect::<Option<_>>()?;
        let kind = |column: usize| grid.content.content(row, column).map(|cell| cell.kind);
        let alike = self.groups.iter().all(|column| kind(*column) == kind(self.whole));
        alike.then_some((whole, groups))
    }

    /// Whether the number of a row lies between those of its groups, for the search alone.
    fn holds(&self, grid: Grid<'_>, row: usize) -> Option<bool> {
        let (whole, groups) = self.row(grid, row)?;
        let (low, high) = ends(grid, whole)?;
        let groups: Vec<(f64, f64)> = groups.iter().map(|ix| ends(grid, *ix)).collect::<Option<_>>()?;
        let least = groups.iter().map(|(low, _)| *low).fold(f64::INFINITY, f64::min);
        let most = groups.iter().map(|(_, high)| *high).fold(f64::NEG_INFINITY, f64::max);
        Some(least <= high && low <= most)
    }

    fn proposals(&self, grid: Grid<'_>) -> Vec<Proposal> {
        let rows: Vec<(usize, bool)> =
            grid.body().filter_map(|row| self.holds(grid, row).map(|holds| (row, holds))).collect();
        let holding = rows.iter().filter(|(_, holds)| *holds).count();
        // Where many rows do not fit, the columns are not groups of the whole.
        if holding < 2 || holding * 4 < rows.len() * 3 {
            return Vec::new();
        }
        let others = |holds: bool| holding - usize::from(holds);
        let confirmed = |holds: bool| others(holds) >= ROWS && rows.len() - 1 == others(holds);
        rows.iter().filter_map(|(row, holds)| self.proposal(grid, *row, confirmed(*holds))).collect()
    }

    fn proposal(&self, grid: Grid<'_>, row: usize, confirmed: bool) -> Option<Proposal> {
        let (whole, groups) = self.row(grid, row)?;
        let operand = |role: &str, ix: QuantityIx| {
            let quantity = binding::quantity(grid.mentions, ix)?;
            Operand::part(role, quantity, &OperandOptions::printed(), |amount| Some(amount.value()))
        };
        let mut operands: Vec<Operand> =
            groups.iter().map(|ix| operand("value of a group", *ix)).collect::<Option<_>>()?;
        operands.push(operand("value of the whole", whole)?);
        let hull = (1..groups.len())
            .fold(Expression::operand(0), |hull, at| Expression::call("between", [hull, Expression::operand(at)]));
        let range = binding::quantity(grid.mentions, whole)?.range;
        let binding = Binding {
            operation: if self.adds_up { Operation::Stated } else { Operation::Implied },
            innocent: vec!["the whole may hold cases that are in none of the groups".to_owned()],
            ..Binding::stated(operands, hull, range)
        };
        let doubt = (!self.adds_up).then_some(UNSIZED).or((!confirmed).then_some(UNCONFIRMED));
        let proposal = binding.doubted(doubt).proposal(OverallMean::METADATA.code)?;
        Some(Proposal { quote: range, ..proposal })
    }
}

/// The ends of the rounding interval of a number.
fn ends(grid: Grid<'_>, ix: QuantityIx) -> Option<(f64, f64)> {
    let float = |value: &Rational| value.to_f64().filter(|value| value.is_finite());
    let printed = binding::quantity(grid.mentions, ix)?.first().amount.value();
    let (point, half) = (float(&printed.point())?, float(&printed.unit_in_last_place())? / 2.0);
    Some((point - half, point + half))
}
