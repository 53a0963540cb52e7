//! Estimates told by the form of their cells, where the words of a table announce intervals or the heading of a column names
//! estimates alone: "0.69 [0.21, 1.18]**" in one cell, or "0.89***" over "[0.85, 0.93]" in the row below, which has no label.
//!
//! A form proves nothing by itself, as ranges and quartiles stand in brackets too. So the table has to name intervals of
//! confidence, or the heading a coefficient, a ratio or the like, and of the cells of the form hardly one may lie outside its
//! bracket. What an estimate is of stays open, but for what the heading names and for ratios that the table's words name and
//! nothing else.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Document, TextRange};
use crate::extract::build::Registry;
use crate::extract::estimates::{self, Estimate, Measure, RawBounds};
use crate::extract::mentions::Sentence;
use crate::extract::number::{Habits, Number};
use crate::extract::patterns::compile;
use crate::extract::results::{self, Sign};
use crate::extract::source::Source;

use super::content::TableContent;
use super::marks;
use super::row_estimates;
use super::rows::{Rows, rows_of};

/// Words that announce intervals of confidence.
static ANNOUNCED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i:\bconfidence\s+(?:interval|limit)s?\b)|\bCIs?\b|\bC\.I\."));

/// Words that say that brackets hold something else, at least in some cells.
static OTHERWISE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:interquartile|IQR|quartiles?|ranges?|minimum|min|percentiles?|(?:SDs?|SEs?|standard\s+(?:errors?|deviations?))\b.{0,24}\b(?:parenthes[ei]s|brackets?))\b",
    )
});

/// Words that name ratios.
static RATIOS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i:\b(?:odds|hazards?|risk|rate|prevalence)[\s-]+ratios?\b|\brelative\s+risks?\b)|\b[aA]?(?:ORs?|HRs?|RRs?|IRRs?)\b",
    )
});

/// Words that name what is no ratio.
static COEFFICIENTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)\b(?:coefficients?|differences?|correlations?|means?|estimates?|slopes?|betas?|log)\b|β|\b[bB]\b")
});

/// How many cells of the form a table has to have.
const FEWEST: usize = 3;

/// One estimate in raw form.
struct Raw {
    /// The characters of the value's cell without marks, then those of the interval's.
    range: TextRange,
    cell: TextRange,
    column: usize,
    value: (Sign, Number),
    bounds: RawBounds,
}

impl Raw {
    /// Whether the value lies within its bounds under the first reading of each.
    fn lies_within(&self) -> bool {
        let value = self.value.1.first().point();
        self.bounds.low.1.first().point() <= value && value <= self.bounds.high.1.first().point()
    }
}

/// Adds the estimates of the cells to those that are known, which stand by place.
pub(in crate::extract) fn find(
    source: &Source<'_>,
    document: &Document,
    tables: &[TableContent],
    sentences: &[Sentence],
    habits: &[Habits],
    estimates: &mut Vec<Estimate>,
    registry: &mut Registry,
) {
    let mut added = Vec::new();
    for rows in rows_of(source, document, tables, sentences, habits) {
        let words = format!("{}\n{}", rows.content.caption, rows.content.headings.join("\n"));
        let says = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(&words));
        if says(&OTHERWISE) {
            continue;
        }
        let mut found = cells(&rows);
        if !says(&ANNOUNCED) {
            found.retain(|raw| row_estimates::measure_of(&rows, raw.column).is_some());
        }
        let within = found.iter().filter(|raw| raw.lies_within()).count();
        if found.len() < FEWEST || within * 5 < found.len() * 4 {
            continue;
        }
        let measure = if says(&RATIOS) && !says(&COEFFICIENTS) { Measure::Ratio } else { Measure::Unnamed };
        for raw in found {
            let measure = row_estimates::measure_of(&rows, raw.column).unwrap_or(measure);
            added.push(estimate(&rows, raw, measure, registry));
        }
    }
    added.retain(|new: &Estimate| !estimates.iter().any(|own| own.range.overlaps(new.range)));
    estimates.extend(added);
    estimates.sort_by_key(|estimate| estimate.range);
}

/// The cells of the body that hold an estimate with its interval, or stand over the cell with its interval.
fn cells(rows: &Rows<'_, '_>) -> Vec<Raw> {
    let first = rows.content.label_columns.min(rows.content.columns);
    let body = rows.table.body();
    let places = body.flat_map(|row| (first..rows.content.columns).map(move |column| (row as usize, column)));
    places.filter_map(|(row, column)| raw(rows, row, column)).collect()
}

fn raw(rows: &Rows<'_, '_>, row: usize, column: usize) -> Option<Raw> {
    let cell = rows.range(row, column)?;
    let sign = rows.sign(cell.start, cell.end);
    let value = results::value(rows.source, sign.end, cell.end, rows.habits)?;
    let behind = value.range.end;
    let bracket = (behind..cell.end).find(|at| matches!(rows.source.at(*at), Some('(' | '[')));
    let Some(open) = bracket else {
        // The value alone, but for its marks.
        let alone = marks::strip(rows.source, cell.start, cell.end) == behind;
        let (bounds, end) = alone.then(|| below(rows, row, column)).flatten()?;
        return Some(Raw { range: TextRange::new(cell.start, end), cell, column, value: (sign, value), bounds });
    };
    let bare = marks::strip(rows.source, cell.start, open) == behind;
    let bounds = estimates::bare(rows.source, open, cell.end, rows.habits)?;
    (bare && bounds.range.end == cell.end).then_some(Raw { range: cell, cell, column, value: (sign, value), bounds })
}

/// The interval in the cell below, where its row has no label of its own.
fn below(rows: &Rows<'_, '_>, row: usize, column: usize) -> Option<(RawBounds, usize)> {
    let next = row + 1;
    let labelled = rows.content.labels.get(next).is_none_or(|label| !label.is_empty());
    let cell = rows.range(next, column).filter(|_| !labelled)?;
    let bounds = estimates::bare(rows.source, cell.start, cell.end, rows.habits)?;
    (bounds.range.end == cell.end).then_some((bounds, cell.end))
}

fn estimate(rows: &Rows<'_, '_>, raw: Raw, measure: Measure, registry: &mut Registry) -> Estimate {
    let mut bounds = RawBounds { announced: true, ..raw.bounds };
    let (sign, mut value) = raw.value;
    if measure == Measure::Ratio {
        bounds.of_a_ratio();
    } else {
        estimates::lost_minus(rows.source, &mut value, bounds.low.1.range);
    }
    let sentence = rows.sentences.partition_point(|sentence| sentence.range.end <= raw.cell.start);
    let name = TextRange::new(raw.cell.start, raw.cell.start);
    Estimate {
        value: Some(results::reported_number((sign, value), registry)),
        percent: bounds.percent,
        interval: Some(estimates::interval(bounds, true, registry)),
        in_row: true,
        ..Estimate::bare(raw.range, measure, name, sentence)
    }
}
