//! The report with a finding a line: `paper.pdf:7: UN101 [error/medium] message`.

use std::io::{self, Write};

use super::finding::{Finding, OutcomeName};
use super::model::{PaperReport, PaperStatus};
use super::paint;
use super::sink::{Header, Sink};
use super::summary::{self, Totals};
use super::{gather, place_text, printable};

/// Writes findings, papers that could not be checked, and the coverage line.
pub(super) struct Concise<'w> {
    out: Box<dyn Write + 'w>,
    all: bool,
}

impl<'w> Concise<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out, all: false }
    }
}

impl Sink for Concise<'_> {
    fn begin(&mut self, header: &Header) -> io::Result<()> {
        self.all = header.settings.all;
        Ok(())
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        let own = paper.findings.iter().filter(|finding| finding.part_of.is_none());
        for finding in own.filter(|finding| self.all || finding.level.is_some()) {
            let position = place_text::position(&finding.places);
            let source = printable::one_line(&paper.source);
            let separator = if position.is_empty() { "" } else { ":" };
            let weight = paint::level(finding.level, &weight(finding));
            let message = printable::one_line(&finding.message);
            let parts = parts(&gather::parts(&paper.findings, finding));
            writeln!(self.out, "{source}{separator}{position}: {} [{weight}] {message}{parts}", finding.code)?;
        }
        if let Some(line) = not_checked(paper) {
            writeln!(self.out, "{line}")?;
        }
        self.out.flush()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        for line in summary::coverage_lines(totals) {
            writeln!(self.out, "{line}")?;
        }
        self.out.flush()
    }
}

/// Where the other claims of a finding stand: `; for the same reason at 7 (SU101), 12 (SU120)`; empty for none.
fn parts(parts: &[(usize, &Finding)]) -> String {
    let place = |(_, part): &(usize, &Finding)| {
        let position = place_text::position(&part.places);
        if position.is_empty() { part.code.clone() } else { format!("{position} ({})", part.code) }
    };
    let places: Vec<String> = parts.iter().map(place).collect();
    if places.is_empty() { String::new() } else { format!("; for the same reason at {}", places.join(", ")) }
}

/// Level and confidence, or the outcome where it is no finding.
pub(super) fn weight(finding: &Finding) -> String {
    match (finding.level, finding.outcome) {
        (Some(level), _) => format!("{}/{}", paint::level_name(level), paint::confidence_name(finding.confidence)),
        (None, OutcomeName::Consistent) => "consistent".to_owned(),
        (None, OutcomeName::Inconsistent) => "inconsistent".to_owned(),
        (None, OutcomeName::Undecided) => "undecided".to_owned(),
        (None, OutcomeName::NotChecked) => "not-checked".to_owned(),
        (None, OutcomeName::Observed) => "observed".to_owned(),
    }
}

/// The line for a paper that was not checked; `None` for one that was.
pub(super) fn not_checked(paper: &PaperReport) -> Option<String> {
    let status = match paper.status {
        PaperStatus::Checked => return None,
        PaperStatus::NoText => "no text",
        PaperStatus::Unreadable => "not readable",
        PaperStatus::Failed => "not finished",
        PaperStatus::NotReached => "not reached",
    };
    let source = printable::one_line(&paper.source);
    let reason = paper.reason.as_deref().map(printable::one_line).unwrap_or_default();
    let separator = if reason.is_empty() { "" } else { ": " };
    Some(format!("{source}: {}{separator}{reason}", paint::strong(status)))
}
