//! The report as a table: a row for each claim with its outcome, findings and others alike, and a row for each paper
//! without claims, so that no paper is missing.
//!
//! Printed text stays text. A cell of free text that a spreadsheet would run as a formula is led by an apostrophe.

use std::io::{self, Write};

use serde::Serialize;

use super::finding::{Finding, OutcomeName};
use super::model::{PaperReport, PaperStatus};
use super::sink::{Header, Sink};
use super::summary::Totals;
use super::{paint, place_text, printable};

/// A row. Its fields are the columns, in order.
#[derive(Default, Serialize)]
struct Row<'r> {
    source: String,
    key: &'r str,
    status: &'static str,
    page: String,
    code: &'r str,
    outcome: &'static str,
    level: &'static str,
    confidence: &'static str,
    message: String,
    quote: String,
    stated: String,
    operands: String,
    relation: String,
    unit: String,
    stated_tight: &'r str,
    stated_wide: &'r str,
    derived_tight: &'r str,
    derived_wide: &'r str,
    cause: &'r str,
    factor: &'r str,
    reason: String,
    readings_tried: String,
    fingerprint: &'r str,
    eval: String,
    finding: &'r str,
}

/// Writes the rows of a paper when it is done.
pub(super) struct Claims<'w> {
    out: csv::Writer<Box<dyn Write + 'w>>,
}

impl<'w> Claims<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out: csv::WriterBuilder::new().has_headers(false).from_writer(out) }
    }
}

/// The columns, in order.
const COLUMNS: [&str; 25] = [
    "source",
    "key",
    "status",
    "page",
    "code",
    "outcome",
    "level",
    "confidence",
    "message",
    "quote",
    "stated",
    "operands",
    "relation",
    "unit",
    "stated_tight",
    "stated_wide",
    "derived_tight",
    "derived_wide",
    "cause",
    "factor",
    "reason",
    "readings_tried",
    "fingerprint",
    "eval",
    "finding",
];

impl Sink for Claims<'_> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        self.out.write_record(COLUMNS)?;
        self.out.flush()
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        let base = || Row {
            source: text_cell(&paper.source),
            key: &paper.key,
            status: status_name(paper.status),
            ..Row::default()
        };
        for finding in &paper.findings {
            self.out.serialize(claim(base(), finding))?;
        }
        if paper.findings.is_empty() {
            let reason = paper.reason.as_deref().map(text_cell).unwrap_or_default();
            self.out.serialize(Row { reason, ..base() })?;
        }
        self.out.flush()
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.out.flush()
    }
}

/// Fills the row of a claim.
fn claim<'r>(base: Row<'r>, finding: &'r Finding) -> Row<'r> {
    let (stated, operands) = match finding.operands.split_last() {
        Some((stated, others)) => {
            let others: Vec<String> = others
                .iter()
                .map(|operand| format!("{}: {}", operand.role, printable::one_line(&operand.span.quote)))
                .collect();
            (text_cell(&stated.span.quote), text_cell(&others.join("; ")))
        }
        None => Default::default(),
    };
    Row {
        page: place_text::position(&finding.places),
        code: &finding.code,
        outcome: outcome_name(finding.outcome),
        level: finding.level.map_or("", paint::level_name),
        confidence: paint::confidence_name(finding.confidence),
        message: text_cell(&finding.message),
        quote: text_cell(&finding.quote),
        stated,
        operands,
        relation: text_cell(&finding.relation),
        unit: text_cell(&finding.stated.unit),
        stated_tight: &finding.stated.tight.exact,
        stated_wide: &finding.stated.wide.exact,
        derived_tight: &finding.derived.tight.exact,
        derived_wide: &finding.derived.wide.exact,
        cause: finding.cause.as_ref().map_or("", |cause| cause.name.as_str()),
        factor: finding.cause.as_ref().and_then(|cause| cause.factor.as_deref()).unwrap_or(""),
        reason: finding.reason.as_deref().map(text_cell).unwrap_or_default(),
        readings_tried: finding.readings_tried.to_string(),
        fingerprint: &finding.fingerprint,
        eval: text_cell(&finding.eval),
        // Claims that fail for one reason are one finding, that of the claim which stands for them.
        finding: finding.level.map_or("", |_| finding.part_of.as_deref().unwrap_or(&finding.fingerprint)),
        ..base
    }
}

/// Free text as a cell: one line, and nothing that a spreadsheet takes for a formula.
fn text_cell(text: &str) -> String {
    let line = printable::one_line(text);
    if is_formula(&line) { format!("'{line}") } else { line }
}

/// Whether a spreadsheet would run the cell as a formula: it begins as one and is no number.
pub fn is_formula(cell: &str) -> bool {
    let first_word = cell.trim_start().split(' ').next().unwrap_or_default();
    let number = |word: &str| word.chars().all(|character| character.is_ascii_digit() || ".,%".contains(character));
    match first_word.chars().next() {
        Some('=' | '@' | '+') => true,
        // A negative number is what it looks like; anything else behind a minus sign could be a formula.
        Some('-') => !number(&first_word[1..]),
        _ => false,
    }
}

const fn outcome_name(outcome: OutcomeName) -> &'static str {
    match outcome {
        OutcomeName::Consistent => "consistent",
        OutcomeName::Inconsistent => "inconsistent",
        OutcomeName::Undecided => "undecided",
        OutcomeName::NotChecked => "not-checked",
        OutcomeName::Observed => "observed",
    }
}

const fn status_name(status: PaperStatus) -> &'static str {
    match status {
        PaperStatus::Checked => "checked",
        PaperStatus::NoText => "no-text",
        PaperStatus::Unreadable => "unreadable",
        PaperStatus::Failed => "failed",
        PaperStatus::NotReached => "not-reached",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(text_cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(text_cell("-1+cmd|' /C calc'!A0"), "'-1+cmd|' /C calc'!A0");
        assert_eq!(text_cell("-A1"), "'-A1");
        assert_eq!(text_cell("-5 mg"), "-5 mg");
        assert_eq!(text_cell("p\n= .050"), "p = .050");
    }
}
