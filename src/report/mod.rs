//! Reports: what a run found, and one file for each format it is written in.
//!
//! A report is made of claims with their outcomes; nothing is judged here. Formats write piece by piece, so that a
//! run of any length needs the memory of one paper.

pub mod annotated;
pub mod base64;
mod build;
mod concise;
mod csv;
mod exhibits;
mod finding;
mod fingerprint;
mod full;
mod gather;
mod html;
mod json;
mod jsonl;
mod model;
mod paint;
mod place_text;
mod printable;
mod quote;
mod reasoning;
mod schema;
mod sink;
mod statcheck;
mod summary;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod snapshot_tests;

pub use build::ClaimBuilder;
pub use csv::is_formula;
pub use exhibits::{CellKind, Crop, Exhibits, Passage, Standing, TableView, ViewCell};
pub use finding::{
    CauseReport, DecisionReport, Finding, ModelVotes, OperandReport, OutcomeName, Proposer, ReportedSets, SetText,
    SharedKind, SharedReport,
};
pub use fingerprint::{Fingerprints, hexadecimal};
pub use gather::gather;
pub use html::Folder;
pub use model::{Coverage, PaperReport, PaperStatus, REPORT_SCHEMA, Report, RunSettings, ToolFacts, UncheckedReason};
pub use printable::one_line;
pub use reasoning::{ModelSettings, ModelUse, NO_ANSWER, NO_BUDGET, TOO_MANY};
pub use schema::schema;
pub use sink::{Format, Header, Sink, write};
pub use summary::{LevelTotals, PaperTotals, Totals, count_reasons, coverage_lines, plural};
