//! `rederive read INPUT --show estimates`: the reported estimates with what is printed for each.
//!
//! Offsets count Unicode scalar values of what `--show text` prints. The fields of an estimate:
//!
//! - `id`, `text`, `start`, `end`, `places`: its number in order, its characters, and where they stand;
//! - `measure`: `ratio`, `coefficient`, `difference`, and what else [`Measure`] names; `standardised`: whether the name speaks
//!   of a standardised coefficient;
//! - `value`: the estimate, or null where only its interval is told;
//! - `interval`: `level`, `low` and `high`, or null; `standard_error`, `deviation`, `n`, `p`: numbers or null;
//! - `test`: its `kind`, `degrees` and `value`, or null;
//! - `in_row`: whether the numbers stand in cells of one row of a table; `sentence`: the number of its sentence.

use std::io::{self, Write};

use serde::Serialize;

use super::read_statistics::{Number, Paper, Span, lines, name, one_line, sign};
use crate::document::Document;
use crate::extract::{Estimate, Measure, TestKind, extract};

/// A reported estimate.
#[derive(Serialize)]
pub(super) struct Written<'m> {
    id: usize,
    measure: Measure,
    #[serde(flatten)]
    span: Span<'m>,
    standardised: bool,
    value: Option<Number<'m>>,
    interval: Option<Interval<'m>>,
    standard_error: Option<Number<'m>>,
    deviation: Option<Number<'m>>,
    n: Option<Number<'m>>,
    test: Option<Test<'m>>,
    p: Option<Number<'m>>,
    in_row: bool,
    sentence: usize,
}

/// The bounds with their level.
#[derive(Serialize)]
struct Interval<'m> {
    level: Option<Number<'m>>,
    low: Number<'m>,
    high: Number<'m>,
}

/// The test of an estimate.
#[derive(Serialize)]
struct Test<'m> {
    kind: TestKind,
    degrees: Vec<Number<'m>>,
    value: Number<'m>,
}

/// The estimates of a paper, by place.
pub(super) fn rows<'p, 'm>(paper: &'p Paper<'m>) -> impl Iterator<Item = Written<'m>> + use<'p, 'm> {
    paper.mentions.estimates.iter().enumerate().map(|(id, estimate)| row(paper, id, estimate))
}

fn row<'m>(paper: &Paper<'m>, id: usize, estimate: &'m Estimate) -> Written<'m> {
    Written {
        id,
        measure: estimate.measure,
        span: paper.span(estimate.range),
        standardised: estimate.standardised,
        value: estimate.value.as_ref().map(|value| paper.number(value)),
        interval: estimate.interval.as_ref().map(|interval| Interval {
            level: interval.level.as_ref().map(|level| paper.number(level)),
            low: paper.number(&interval.low),
            high: paper.number(&interval.high),
        }),
        standard_error: estimate.standard_error.as_ref().map(|error| paper.number(error)),
        deviation: estimate.deviation.as_ref().map(|deviation| paper.number(deviation)),
        n: estimate.size.as_ref().map(|size| paper.number(size)),
        test: estimate.test.as_ref().map(|test| Test {
            kind: test.kind,
            degrees: test.degrees.iter().map(|degree| paper.number(degree)).collect(),
            value: paper.number(&test.value),
        }),
        p: estimate.p.as_ref().map(|p| paper.number(p)),
        in_row: estimate.in_row,
        sentence: estimate.sentence,
    }
}

/// Writes one JSON object an estimate, a line each.
pub(super) fn jsonl(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    lines(rows(&Paper::new(document, &mentions)), out)
}

/// Writes one line an estimate for people: offsets, measure, the characters, what was read.
pub(super) fn text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    for row in rows(&Paper::new(document, &mentions)) {
        write!(out, "{}-{}\t{}\t{}\t", row.span.start, row.span.end, name(&row.measure)?, one_line(row.span.text))?;
        match &row.value {
            Some(value) => write!(out, "{} {}", sign(value.comparator), value.value)?,
            None => write!(out, "-")?,
        }
        if let Some(Interval { level, low, high }) = &row.interval {
            let level = level.as_ref().map_or_else(String::new, |level| format!("{} % ", level.value));
            write!(out, "\t{level}[{}, {}]", low.value, high.value)?;
        }
        if let Some(error) = &row.standard_error {
            write!(out, "\tSE {}", error.value)?;
        }
        if let Some(p) = &row.p {
            write!(out, "\tp {} {}", sign(p.comparator), p.value)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
