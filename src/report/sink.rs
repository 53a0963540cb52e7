//! Writing a run while it goes on: a header, one paper after the other, the totals. One sink for each format.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::concise::Concise;
use super::csv::Claims;
use super::exhibits::Exhibits;
use super::full::Full;
use super::html::Page;
use super::json::Json;
use super::jsonl::JsonLines;
use super::model::{PaperReport, Report, RunSettings, ToolFacts};
use super::statcheck::Statcheck;
use super::summary::Totals;

/// What a report starts with.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    /// The version of the format.
    pub schema_version: String,
    /// The tool.
    pub tool: ToolFacts,
    /// The settings.
    pub settings: RunSettings,
}

impl Header {
    /// The header of a run of this program.
    pub fn new(settings: RunSettings) -> Self {
        let tool = ToolFacts { name: "rederive".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
        Self { schema_version: super::model::REPORT_SCHEMA.to_owned(), tool, settings }
    }
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: every finding with its quote and its derivation.
    Full,
    /// For people and `grep`: a finding a line.
    Concise,
    /// One JSON document; its schema is published.
    Json,
    /// A JSON value a line: the header, each paper, the totals.
    Jsonl,
    /// A claim a row, for spreadsheets and statistics programs.
    Csv,
    /// A test a row, in the columns of statcheck.
    StatcheckCsv,
    /// A page of one paper, for people.
    Html,
}

impl Format {
    /// The format that a file's extension names, where it names one.
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Full),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// Whether the format is for people and ends with the coverage line.
    pub const fn is_prose(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }

    /// A sink of the format. Colours are written as escape sequences; a writer that shows none has to strip them.
    pub fn sink<'w>(self, out: Box<dyn Write + 'w>, width: usize) -> Box<dyn Sink + 'w> {
        match self {
            Self::Full => Box::new(Full::new(out, width)),
            Self::Concise => Box::new(Concise::new(out)),
            Self::Json => Box::new(Json::new(out)),
            Self::Jsonl => Box::new(JsonLines::new(out)),
            Self::Csv => Box::new(Claims::new(out)),
            Self::StatcheckCsv => Box::new(Statcheck::new(out)),
            Self::Html => Box::new(Page::new(out)),
        }
    }
}

/// Takes a run piece by piece. The findings of a paper are all its outcomes: a sink lists those that its format and
/// [`RunSettings::all`] ask for.
pub trait Sink {
    /// The start, once.
    fn begin(&mut self, header: &Header) -> io::Result<()>;

    /// The next paper in the order of the inputs.
    fn paper(&mut self, paper: &PaperReport) -> io::Result<()>;

    /// The end, once.
    fn end(&mut self, totals: &Totals) -> io::Result<()>;
}

/// Writes a whole report in the given format and width.
pub fn write(report: &Report, format: Format, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut sink = format.sink(Box::new(out), width);
    sink.begin(&Header {
        schema_version: report.schema_version.clone(),
        tool: report.tool.clone(),
        settings: report.settings.clone(),
    })?;
    for paper in &report.papers {
        sink.paper(paper)?;
    }
    sink.end(&Totals::of(&report.papers))
}

impl PaperReport {
    /// The paper with the findings alone, or with every outcome where `all`.
    #[must_use]
    pub fn listed(&self, all: bool) -> Self {
        let findings = self.findings.iter().filter(|finding| all || finding.level.is_some());
        Self { findings: findings.cloned().collect(), ..self.clone_without_findings() }
    }

    fn clone_without_findings(&self) -> Self {
        Self {
            key: self.key.clone(),
            source: self.source.clone(),
            status: self.status,
            reason: self.reason.clone(),
            notes: self.notes.clone(),
            coverage: self.coverage.clone(),
            model: self.model.clone(),
            findings: Vec::new(),
            exhibits: Exhibits::default(),
        }
    }
}
