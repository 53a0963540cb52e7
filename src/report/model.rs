//! `Report`: a run's papers with what was found in each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::exhibits::Exhibits;
use super::finding::Finding;
use super::reasoning::{ModelSettings, ModelUse};

/// The version of the JSON: additions only within a major version.
pub const REPORT_SCHEMA: &str = "1.0";

/// The tool that made the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolFacts {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The settings that decide what a run can find. Nothing else of the command line is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunSettings {
    /// The codes of the rules that ran, sorted.
    pub rules: Vec<String>,
    /// Whether consistent and undecided outcomes are listed too.
    pub all: bool,
    /// The reasoning model, where one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelSettings>,
}

/// How a paper ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaperStatus {
    /// Read and checked.
    Checked,
    /// Read, but it has no text: scanned, or without pages of text.
    NoText,
    /// Not readable: encrypted, broken, empty, not of a known format.
    Unreadable,
    /// A limit of time, memory or work was hit, or the worker ended early.
    Failed,
    /// The run was interrupted before the paper's turn.
    NotReached,
}

/// Why some values were not checked, or could not be decided, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UncheckedReason {
    /// The reason, as a lower-case fragment.
    pub reason: String,
    /// How many values it holds for.
    pub count: usize,
}

/// Every value that was looked at, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Pages read; 0 for formats without pages.
    pub pages: usize,
    /// Quantities found.
    pub quantities: usize,
    /// Test statistics found.
    pub statistics: usize,
    /// How many of these quantities and statistics stand in a proposed derivation; nothing in the text says what the
    /// others follow from.
    pub in_derivations: usize,
    /// Values for which a derivation was proposed, or was to be asked of a reasoning model: the four outcomes add up to it. What
    /// was observed in the file itself states no value, and is no part of it.
    pub proposed: usize,
    /// Outcomes: follows.
    pub consistent: usize,
    /// Outcomes: does not follow.
    pub inconsistent: usize,
    /// Outcomes: cannot be decided.
    pub undecided: usize,
    /// Outcomes: not evaluated.
    pub not_checked: usize,
    /// The reasons behind the last two, by reason.
    pub reasons: Vec<UncheckedReason>,
}

/// One paper of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaperReport {
    /// The SHA-256 of its bytes in lower-case hexadecimal; empty where no byte could be read.
    pub key: String,
    /// Its name as given, relative; never an absolute path.
    pub source: String,
    /// How it ended.
    pub status: PaperStatus,
    /// Why, where it was not checked.
    pub reason: Option<String>,
    /// What the reader wants the user to know: pages that could not be read, limits.
    pub notes: Vec<String>,
    /// What was looked at.
    pub coverage: Coverage,
    /// What a reasoning model was asked about it, where one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelUse>,
    /// The findings by place; with `--all` every outcome.
    pub findings: Vec<Finding>,
    /// What only pages show of it: never part of the JSON, and empty where no page is asked for.
    #[serde(skip)]
    pub exhibits: Exhibits,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// [`REPORT_SCHEMA`].
    pub schema_version: String,
    /// The tool.
    pub tool: ToolFacts,
    /// The settings.
    pub settings: RunSettings,
    /// The papers, in the order of the inputs.
    pub papers: Vec<PaperReport>,
}
