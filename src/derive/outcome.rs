//! Outcomes: what the evaluator says of a proposal.

use serde::{Deserialize, Serialize};

use crate::arithmetic::{Rational, RealSet};

/// A tight set and a wide set, in coherent SI.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sets {
    /// What the digits say under plain rounding.
    pub tight: RealSet,
    /// What they can say under any rounding habit in use.
    pub wide: RealSet,
}

/// How strong an inconsistency is, before the level of the finding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// The wide sets are disjoint under every open reading.
    Disjoint,
    /// Only a rounding habit (truncation, coarser steps) reconciles the sets.
    RoundingHabit,
}

/// The four outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The tight sets of the first reading meet.
    Consistent,
    /// The sets do not meet.
    Inconsistent(Strength),
    /// Another reading that is still open reconciles them, or something that decides is missing.
    Undecided {
        /// Which reading or which missing fact, as a lower-case fragment.
        reason: String,
    },
    /// The value was not evaluated.
    NotChecked {
        /// Why, as a lower-case fragment.
        reason: String,
    },
}

/// What would explain a mismatch by one step: a factor c with c × the tight stated set meeting the tight derived set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cause {
    /// A stable name: `power-of-ten`, `percent-as-fraction`, `digits-swapped`, …
    pub name: String,
    /// The factor, where the cause is one.
    #[serde(with = "super::serial::factor", default)]
    pub factor: Option<Rational>,
    /// The cause in words, as a lower-case fragment: "a factor of 10".
    pub words: String,
}

/// What the evaluator says of one proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The stated side under the first reading.
    pub stated: Sets,
    /// The derived side under the first reading.
    pub derived: Sets,
    /// How many combinations of readings and formulas were tried.
    pub readings_tried: usize,
    /// The cause, where one is named.
    pub cause: Option<Cause>,
    /// The relation of the first reading as text that `eval` reads, with `exact()` around points.
    pub relation: String,
}

impl Outcome {
    /// The outcome of a proposal that could not be evaluated, with the reason as a lower-case fragment.
    pub fn not_checked(reason: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::NotChecked { reason: reason.into() },
            stated: Sets::default(),
            derived: Sets::default(),
            readings_tried: 0,
            cause: None,
            relation: String::new(),
        }
    }
}
