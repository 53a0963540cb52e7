//! Levels: how much an inconsistency weighs, by the table of the design page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Only a rounding habit reconciles, or the evidence is weak.
    Note,
    /// The sets are disjoint, but an approximate word stands by or the proposal has no signature.
    Warning,
    /// The wide sets are disjoint under every open reading.
    Error,
}

/// How sure the operation and the reading are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Neither the operation nor the reading is confirmed a second time.
    Low,
    /// The operation is implied, or no second reader confirmed the page.
    Medium,
    /// The operation is stated and the reading confirmed.
    High,
}

/// What the second reader says of the finding's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// It read the same operands.
    Agrees,
    /// It read other operands.
    Disagrees,
    /// It could not read the page, or there is no second reader for it.
    Unavailable,
    /// The input is no PDF: the characters are given.
    NotNeeded,
}
