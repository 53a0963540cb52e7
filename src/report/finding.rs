//! A finding as it is written down.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::derive::{Confidence, Level, Witness};
use crate::document::{Place, Span, TextRange};

/// The outcome's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeName {
    /// The stated value follows.
    Consistent,
    /// It does not.
    Inconsistent,
    /// It cannot be decided which.
    Undecided,
    /// It was not evaluated.
    NotChecked,
    /// No value is stated: something in the file itself was seen, without a relation.
    Observed,
}

/// A set as text: its closed hull for people and its exact parts for programs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetText {
    /// The parts as exact intervals, such as `[41500, 42500]`, `(-inf, 0.05)`, joined by ` ∪ `.
    pub exact: String,
    /// The same rounded outward to six digits.
    pub short: String,
}

/// A tight set and a wide set in one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportedSets {
    /// Under plain rounding.
    pub tight: SetText,
    /// Under any rounding habit in use.
    pub wide: SetText,
    /// The unit of both: the one printed at the value (for the derived side at the stated value); empty for a pure
    /// number.
    pub unit: String,
}

/// Who proposed the relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Proposer {
    /// A rule, by its code.
    Rule(String),
    /// The reasoning model of the run, by vote.
    Model(ModelVotes),
}

/// How the votes of a reasoning model fell. The stated value was hidden from all of them, and each saw the options in another order or
/// was drawn anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelVotes {
    /// How many votes chose the derivation.
    pub agreeing: u32,
    /// How many were cast.
    pub votes: u32,
    /// How many derivations there were to choose from, beside none; 0 where the model wrote it.
    pub options: usize,
    /// How often a value without any relation to its neighbours would be met by the derivation, in millionths, rounded up: the
    /// E-value.
    pub expectation: u64,
}

/// One finding, or with `--all` any outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule's code.
    pub code: String,
    /// The level; `None` for an outcome that is no finding.
    pub level: Option<Level>,
    /// The confidence.
    pub confidence: Confidence,
    /// The outcome.
    pub outcome: OutcomeName,
    /// Version, code, canonical claim and occurrence: the same for the same claim in another typesetting.
    pub fingerprint: String,
    /// One line for people.
    pub message: String,
    /// What the reader can look at or do.
    pub help: String,
    /// Where the quoted characters stand, then the operands outside the quote.
    pub places: Vec<Place>,
    /// The heading that they stand under, where there is one.
    pub section: Option<String>,
    /// The operands by role, the stated value last.
    pub operands: Vec<OperandReport>,
    /// The sentence or passage.
    pub quote: String,
    /// The range of the quote in the text that `rederive read --show text` prints, in Unicode scalar values; empty, and at the
    /// start of the page, for what was observed and is no part of that text.
    pub range: TextRange,
    /// The relation over the printed values; empty for what was observed, as are the line, the sets and the operands.
    pub relation: String,
    /// The command line that replays the verdict.
    pub eval: String,
    /// The stated side.
    pub stated: ReportedSets,
    /// The derived side.
    pub derived: ReportedSets,
    /// How many combinations of readings and formulas were tried.
    pub readings_tried: usize,
    /// What would explain the mismatch by one step, where one is named.
    pub cause: Option<CauseReport>,
    /// Why it is undecided or was not checked.
    pub reason: Option<String>,
    /// The second reader.
    pub witness: Witness,
    /// Innocent reasons that the text does not exclude.
    pub innocent: Vec<String>,
    /// Who proposed it.
    pub proposer: Proposer,
    /// The decision that the stated value stands for, where it is a p-value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionReport>,
    /// What this claim shares with others that fail for the same reason, where it stands for them: they are one finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<SharedReport>,
    /// The fingerprint of the claim that stands for this one, where both fail for the same reason. Such a claim is listed
    /// with its own derivation and level, and is not counted as a finding once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
}

/// What the claims of one finding share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SharedKind {
    /// They are one claim, printed more than once.
    Claim,
    /// A printed value; with one other number in its place each of them would follow.
    Value,
    /// A relation that fails in every row, or in every column, of a table that has it.
    Line,
}

/// The reason for which several claims fail, as written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedReport {
    /// What is shared.
    pub kind: SharedKind,
    /// In words, as a lower-case fragment.
    pub words: String,
    /// The value that is shared, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Span>,
    /// The number that would make each claim follow, as a plain decimal; nothing says that it was meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The fingerprints of the other claims, in the order of the text.
    pub parts: Vec<String>,
}

impl Finding {
    /// The places of its operands; where it has none, those of its quote.
    pub fn marked_places(&self) -> impl Iterator<Item = &Place> {
        let own = if self.operands.is_empty() { self.places.as_slice() } else { &[] };
        self.operands.iter().flat_map(|operand| &operand.span.places).chain(own)
    }
}

/// What is decided by a p-value, as written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionReport {
    /// The levels of significance that it may be made at: those that the paper states, else .05.
    pub levels: Vec<String>,
    /// Whether at each of them the printed value decides otherwise than the derived one.
    pub changes: bool,
}

/// An operand of a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OperandReport {
    /// What it is in the derivation.
    pub role: String,
    /// Its characters and where they stand.
    pub span: Span,
    /// Its literal in the `eval` line.
    pub literal: String,
    /// What its digits can stand for.
    pub sets: ReportedSets,
    /// The text around it, where it stands outside the quote of the finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<Around>,
}

/// The text of one block before and behind some characters, cut at words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Around {
    /// Before them.
    pub before: String,
    /// Behind them.
    pub after: String,
}

/// The cause of a mismatch, as written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CauseReport {
    /// A stable name.
    pub name: String,
    /// The factor as an exact number, where the cause is one.
    pub factor: Option<String>,
    /// In words.
    pub words: String,
}
