//! Summaries in tables: "46.6 (11.3)" or "46.6 ± 11.3" in one cell, or a mean and its deviation in cells side by side.
//!
//! Headings, labels and the caption say what the second number is. The size of the sample is that of the heading over
//! the column ("Control (n = 25)"), or of a column "n" that stands beside it under the same upper heading. The least and the
//! greatest value are those of columns "Min" and "Max", or "Range", under that heading.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::Printed;
use crate::document::{Choice, Document, Table, TextRange, VariationCause};
use crate::extract::patterns::{compile, is_match as is};
use crate::extract::quantity::{Amount, Comparator, Quantity, QuantityIx, QuantityKind};
use crate::extract::source::Source;
use crate::extract::statistic::Reported;
use crate::extract::tables::{CellKind, TableContent};

use super::data::{self, Data};
use super::summary::{Ends, EndsKind, Spanned, Spread, SpreadKind, Summary, SummaryPlace};

struct Patterns {
    size: Option<Regex>,
    deviation: Option<Regex>,
    error: Option<Regex>,
    mean: Option<Regex>,
    mean_alone: Option<Regex>,
    deviation_alone: Option<Regex>,
    error_alone: Option<Regex>,
    size_alone: Option<Regex>,
    least_alone: Option<Regex>,
    greatest_alone: Option<Regex>,
    range_alone: Option<Regex>,
    attained: Option<Regex>,
    of_scale: Option<Regex>,
    other: Option<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    size: compile(r"[nN]\s*(?:=|¼|:)\s*(?P<size>\d{1,3}(?:,\d{3})+|\d+)(?:\D|$)"),
    deviation: compile(r"\b(?:SDs?|sd)\b|\b[Ss]\.\s?[Dd]\.|(?i)standard\s+deviations?|\bSt\.?\s?Dev"),
    error: compile(r"\b(?:SEMs?|SEs?|sem?)\b|\b[Ss]\.\s?[Ee]\.|(?i)standard\s+errors?"),
    mean: compile(r"(?i)\bmeans?\b|\baverages?\b|X̄|\b(?-i:M)\s?[(\[±,]"),
    mean_alone: compile(r"^(?:M|[Mm]eans?|MEAN|X̄|[Aa]verage)$"),
    deviation_alone: compile(
        r"^[(\[]?(?:SDs?|S\.\s?D\.?|s\.\s?d\.?|sd|[Ss]t(?:andard|d?\.?)\s?(?:[Dd]eviation|[Dd]ev\.?))[)\]]?$",
    ),
    error_alone: compile(
        r"^[(\[]?(?:SEM?|S\.\s?E\.?(?:\s?M\.?)?|s\.\s?e\.?(?:\s?m\.?)?|se|[Ss]t(?:andard|d?\.?)\s?[Ee]rr(?:or|\.)?)[)\]]?$",
    ),
    size_alone: compile(r"^(?:[nN]|No\.|Sample\s+size)$"),
    least_alone: compile(r"^(?i:(?:observed\s+)?min(?:imum|\.)?|lowest)$"),
    greatest_alone: compile(r"^(?i:(?:observed\s+)?max(?:imum|\.)?|highest)$"),
    range_alone: compile(
        r"^(?i:(?:(?:observed|actual|sample|score|obtained)\s+)?ranges?|min(?:imum|\.)?\s*[,–/-]\s*max(?:imum|\.)?|range\s*\(min\.?\s*[,–/-]\s*max\.?\))$",
    ),
    attained: compile(r"(?i)observed|actual|obtained|\bmin"),
    of_scale: compile(r"(?i)^(?:possible|potential|theoretical|scale|response)\b|\bpossible\b"),
    other: compile(
        r"(?i)\bmedian|\bIQR\b|\bquartile|\brange\b|\bn\s*\(\s*%|\bdifference|\bchange|\badjusted|\bleast[\s-]squares?\b|\bLS\s?means?|\bestimated\s+marginal|\bestimate|\bcoefficient|\bratio\b|\bβ|\bCI\b",
    ),
});

/// The summaries of the tables, and those beside which the extremes stand; each by place.
pub(in crate::extract) fn find(
    source: &Source<'_>,
    document: &Document,
    tables: &[TableContent],
    quantities: &[Quantity],
) -> (Vec<Summary>, Vec<Spanned>) {
    let (mut found, mut spanned) = (Vec::new(), Vec::new());
    for (index, (table, content)) in document.tables.iter().zip(tables).enumerate() {
        let grid = Grid { source, table, content, quantities, index };
        for row in table.body() {
            for column in content.label_columns..content.columns {
                let Some(summary) = grid.summary(row as usize, column) else { continue };
                spanned.extend(grid.spanned(&summary, row as usize, column));
                found.push(summary);
            }
        }
    }
    (found, spanned)
}

/// The only column of some that is so.
fn only(mut columns: std::ops::Range<usize>, is_so: &dyn Fn(usize) -> bool) -> Option<usize> {
    let first = columns.find(|at| is_so(*at))?;
    (!columns.any(is_so)).then_some(first)
}

struct Grid<'g, 's> {
    source: &'g Source<'s>,
    table: &'g Table,
    content: &'g TableContent,
    quantities: &'g [Quantity],
    index: usize,
}

impl Grid<'_, '_> {
    /// The summary whose mean stands at a place of the grid.
    fn summary(&self, row: usize, column: usize) -> Option<Summary> {
        let cell = self.content.at(row, column)?;
        let place = self.table.cells.get(cell)?;
        if place.row as usize != row || place.column as usize != column || place.column_span > 1 {
            return None;
        }
        let words = self.words(row, column);
        if is(PATTERNS.other.as_ref(), &words) {
            return None;
        }
        let content = self.content.cells.get(cell)?;
        let mut last = column;
        let (mean, spread, kind) = match (content.kind, content.quantities.as_slice()) {
            (CellKind::MeanAndDeviation, [mean, spread]) => {
                (self.alone(*mean)?, self.alone(*spread)?, self.kind(&words))
            }
            (CellKind::MeanPlusMinus, [both]) => {
                let (mean, spread) = self.parted(*both)?;
                (mean, spread, self.kind(&words))
            }
            (CellKind::Number, [mean]) if self.heads(column, PATTERNS.mean_alone.as_ref()) => {
                let (own, kind) = self.spread_column(column)?;
                let [spread] = self.content.content(row, own)?.quantities.as_slice() else { return None };
                last = own.max(column);
                (self.alone(*mean)?, self.alone(*spread)?, kind)
            }
            _ => return None,
        };
        let caption = self.content.caption.as_str();
        let data = match data::of(&words) {
            Data::Unknown => Data::Unknown,
            known if data::of(caption) == Data::Unknown => known,
            _ => data::of(&format!("{words} {caption}")),
        };
        let sentence = self.quantities.get(content.quantities.first()?.0)?.sentence;
        Some(Summary {
            range: mean.range.hull(spread.range),
            mean,
            spread: Some(Spread { kind, value: spread }),
            size: self.size(column).or_else(|| self.size_beside(row, column, last)),
            data,
            sentence,
            place: Some(SummaryPlace { table: self.index, row, column }),
        })
    }

    /// The words of the label, the group and the headings of a cell.
    fn words(&self, row: usize, column: usize) -> String {
        let headings = self.content.heading(column);
        [self.content.label(row), self.content.group(row)].into_iter().chain(headings).collect::<Vec<_>>().join(" ")
    }

    /// Whether the nearest heading of a column is of the form.
    fn heads(&self, column: usize, form: Option<&Regex>) -> bool {
        self.content.heading(column).next().is_some_and(|words| is(form, words.trim()))
    }

    /// What a column holds as a spread.
    fn spread_in(&self, column: usize) -> Option<SpreadKind> {
        if self.heads(column, PATTERNS.deviation_alone.as_ref()) {
            Some(SpreadKind::Deviation)
        } else {
            self.heads(column, PATTERNS.error_alone.as_ref()).then_some(SpreadKind::Error)
        }
    }

    /// The column with the spread of this one's means, under the same upper heading: the next one, or the only one beside the
    /// only means.
    fn spread_column(&self, column: usize) -> Option<(usize, SpreadKind)> {
        let run = self.run(column);
        if let Some(kind) = self.spread_in(column + 1).filter(|_| run.contains(&(column + 1))) {
            return Some((column + 1, kind));
        }
        only(run.clone(), &|at| self.heads(at, PATTERNS.mean_alone.as_ref()))?;
        let own = only(run, &|at| self.spread_in(at).is_some())?;
        Some((own, self.spread_in(own)?))
    }

    /// The columns with numbers around this one that stand under the same upper heading.
    fn run(&self, column: usize) -> std::ops::Range<usize> {
        let upper = |column: usize| self.content.heading(column).skip(1).collect::<Vec<_>>();
        let together = |at: &usize| upper(*at) == upper(column);
        let first = (self.content.label_columns..column).rev().take_while(together).last().unwrap_or(column);
        first..(column..self.content.columns).take_while(together).last().map_or(column, |last| last + 1)
    }

    /// The summary with the least and the greatest value in columns of their own beside the only means.
    fn spanned(&self, summary: &Summary, row: usize, column: usize) -> Option<Spanned> {
        let run = self.run(column);
        let is_mean =
            |at: usize| self.heads(at, PATTERNS.mean_alone.as_ref()) || self.heads(at, PATTERNS.mean.as_ref());
        if only(run.clone(), &is_mean) != Some(column) {
            return None;
        }
        let holds = |form: &'static Option<Regex>| {
            move |at: usize| self.heads(at, form.as_ref()) && !self.heads(at, PATTERNS.of_scale.as_ref())
        };
        let (ends, attained) = if let Some(own) = only(run.clone(), &holds(&PATTERNS.range_alone)) {
            (self.ends_in(row, own)?, self.heads(own, PATTERNS.attained.as_ref()))
        } else {
            let least = only(run.clone(), &holds(&PATTERNS.least_alone))?;
            let greatest = only(run, &holds(&PATTERNS.greatest_alone))?;
            let one = |at: usize| match self.content.content(row, at)?.quantities.as_slice() {
                [only] => self.alone(*only),
                _ => None,
            };
            (Ends { kind: EndsKind::Extremes, low: one(least)?, high: one(greatest)? }, true)
        };
        let range = summary.range.hull(ends.low.range).hull(ends.high.range);
        Some(Spanned { summary: summary.clone(), ends, attained, range })
    }

    /// The two ends of a range that fills a cell.
    fn ends_in(&self, row: usize, column: usize) -> Option<Ends> {
        let [only] = self.content.content(row, column)?.quantities.as_slice() else { return None };
        let (low, high) = self.two(*only, |amount| match amount {
            Amount::Range(low, high) => Some((low, high)),
            _ => None,
        })?;
        Some(Ends { kind: EndsKind::Extremes, low, high })
    }

    /// What stands behind the means, by the words next to them, else by the caption and the notes.
    fn kind(&self, words: &str) -> SpreadKind {
        let of = |words: &str| match (is(PATTERNS.deviation.as_ref(), words), is(PATTERNS.error.as_ref(), words)) {
            (true, false) => Some(SpreadKind::Deviation),
            (false, true) => Some(SpreadKind::Error),
            (true, true) => Some(SpreadKind::Unsaid),
            (false, false) => None,
        };
        let said = of(words).or_else(|| of(&self.content.caption));
        let means = is(PATTERNS.mean.as_ref(), words) || is(PATTERNS.mean.as_ref(), &self.content.caption);
        said.filter(|_| means || said != Some(SpreadKind::Unsaid)).unwrap_or(SpreadKind::Unsaid)
    }

    /// A quantity that is one number without a comparison, and no percentage.
    fn alone(&self, ix: QuantityIx) -> Option<Reported> {
        let quantity = self.quantities.get(ix.0)?;
        let plain = quantity.comparator == Comparator::Equal && quantity.kind != QuantityKind::Percentage;
        Reported::of_quantity(quantity).filter(|_| plain)
    }

    /// The two numbers of "46.6 ± 11.3".
    fn parted(&self, ix: QuantityIx) -> Option<(Reported, Reported)> {
        self.two(ix, |amount| match amount {
            Amount::PlusMinus(mean, spread) => Some((mean, spread)),
            _ => None,
        })
    }

    /// Two numbers of a quantity without a comparison that is no percentage.
    fn two(
        &self,
        ix: QuantityIx,
        of: impl Fn(&Amount) -> Option<(&Printed, &Printed)>,
    ) -> Option<(Reported, Reported)> {
        let quantity = self.quantities.get(ix.0)?;
        let plain = quantity.comparator == Comparator::Equal && quantity.kind != QuantityKind::Percentage;
        let both = |second: bool| {
            let readings = quantity.readings.iter().filter_map(|reading| {
                let (one, other) = of(&reading.amount)?;
                Some((reading.choices.clone(), reading.cause, if second { other } else { one }.clone()))
            });
            reported(quantity.number, readings.collect(), plain)
        };
        both(false).zip(both(true))
    }

    /// The size in a column "n" right before the mean or right behind its spread, in the columns `column..=last`. Of the
    /// columns under the same upper heading as many have to hold sizes as means, all of them on the same side.
    fn size_beside(&self, row: usize, column: usize, last: usize) -> Option<Reported> {
        let run = self.run(column);
        let first = run.start;
        let sizes = |at: usize| self.heads(at, PATTERNS.size_alone.as_ref());
        let means = |at: usize| {
            self.heads(at, PATTERNS.mean_alone.as_ref()) || self.heads(at, PATTERNS.mean.as_ref()) && !sizes(at)
        };
        let count = |of: &dyn Fn(usize) -> bool| run.clone().filter(|at| of(*at)).count();
        let own = if sizes(first) { column.checked_sub(1)? } else { last + 1 };
        if !run.contains(&own) || !sizes(own) || count(&sizes) != count(&means) {
            return None;
        }
        let [size] = self.content.content(row, own)?.quantities.as_slice() else { return None };
        let size = self.alone(*size)?;
        let digits = self.source.slice(size.range);
        let whole = digits.chars().all(|c| c.is_ascii_digit() || c == ',');
        Reported::count(size.range, digits).filter(|_| whole)
    }

    /// The size in the headings of a column: that of the nearest heading that has one.
    fn size(&self, column: usize) -> Option<Reported> {
        let rows = (0..self.table.header_rows as usize).rev();
        rows.filter_map(|row| self.table.cells.get(self.content.at(row, column)?)).find_map(|cell| {
            let text = self.source.slice(cell.range);
            let size = PATTERNS.size.as_ref()?.captures(text)?.name("size")?;
            let start = cell.range.start + text[..size.start()].chars().count();
            Reported::count(TextRange::new(start, start + size.as_str().chars().count()), size.as_str())
        })
    }
}

fn reported(
    range: TextRange,
    readings: Vec<(Vec<Choice>, Option<VariationCause>, Printed)>,
    plain: bool,
) -> Option<Reported> {
    (plain && !readings.is_empty()).then_some(Reported { range, comparator: Comparator::Equal, readings })
}
