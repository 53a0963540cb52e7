//! Reports: what a run found, and one file for each format it is written in.

mod finding;
mod model;

pub use finding::{CauseReport, Finding, OperandReport, OutcomeName, Proposer, ReportedSets, SetText};
pub use model::{Coverage, PaperReport, PaperStatus, REPORT_SCHEMA, Report, RunSettings, ToolFacts, UncheckedReason};
