//! Proposals: what a rule, the search or a model believes a stated value follows from. Nothing here is a verdict.

use serde::{Deserialize, Serialize};

use crate::arithmetic::units::{Tags, Unit};
use crate::arithmetic::{Dimension, RealSet};
use crate::document::{Choice, TextRange, VariationCause};

use super::expression::Relation;

/// The version of serialised proposals and outcomes: it changes when an older reader could misread them.
pub const DERIVATIONS_SCHEMA: u32 = 3;

/// One reading of an operand: the sets of its printed number in coherent SI, with its type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OperandReading {
    /// The choices this reading makes among the paper's variations.
    pub choices: Vec<Choice>,
    /// Why it may be read so; `None` for the characters as they stand.
    pub cause: Option<VariationCause>,
    /// The literal that `eval` reads back to the same sets: `7000 ng/kg bw/day`, `exact(42)`.
    pub literal: String,
    /// The tight set, in coherent SI.
    pub tight: RealSet,
    /// The wide set, in coherent SI.
    pub wide: RealSet,
    /// The unit as printed.
    #[serde(with = "super::serial::unit")]
    pub unit: Unit,
    /// The dimension.
    pub dimension: Dimension,
    /// The tags, the role's included (a body mass carries `body-mass`).
    pub tags: Tags,
    /// Whether the number is a point: a count, n, degrees of freedom.
    pub exact: bool,
}

/// A quoted span of the paper in its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Operand {
    /// What it is in the derivation, in the field's words: "body mass", "degrees of freedom".
    pub role: String,
    /// Its characters.
    pub range: TextRange,
    /// Its readings, the likely one first; at least one.
    pub readings: Vec<OperandReading>,
}

/// How the operation got into the proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// The text states it.
    Stated,
    /// The kinds of the operands imply it.
    Implied,
    /// The kinds of the operands imply it under the method in common use, where the text does not name the method; or the
    /// same words imply that two values are of one thing; or nothing else in the paper follows in this way. A mismatch is no
    /// more than a warning.
    Assumed,
    /// That the values are of one thing is likely and nowhere said, so that a mismatch is no more than a note.
    Likely,
}

/// One formula for the proposal: the first is the plain one, the others are open variants (one-tailed, …).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Variant {
    /// What makes it another formula, as a lower-case fragment; empty for the plain one.
    pub label: String,
    /// The relation.
    pub relation: Relation,
}

/// What speaks for a proposal that no rule stands behind. The stated value was hidden from whoever made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Evidence {
    /// How many of the programs that were tried a chance value would be expected to hit, in millionths, rounded up.
    pub expectation: u64,
    /// How sure the ranker is that this program is the one, in thousandths; 0 where none was asked.
    pub confidence: u16,
    /// How many digits the stated value has without the zeros at its end.
    pub digits: usize,
    /// How a reasoning model came to propose it, where one did.
    #[serde(default)]
    pub support: Option<Support>,
}

/// How the votes of a reasoning model fell on a proposal. The stated value was hidden from all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Support {
    /// How many votes chose it.
    pub agreeing: u32,
    /// How many were cast.
    pub votes: u32,
    /// How many derivations there were to choose from, beside none.
    pub options: usize,
    /// Whether so many agree that it weighs more than the word of one.
    pub agreed: bool,
}

impl Evidence {
    /// From so much confidence on a ranker is sure: with a signature of three digits or more, 94 of 100 mismatches are then slips
    /// (design: the default proposer, 6.5).
    pub const SURE: u16 = 800;

    /// Whether the ranker is sure and the value has digits enough for a signature. Of what a model proposes that is said by votes
    /// that agree.
    pub const fn is_sure(&self) -> bool {
        let sure = match self.support {
            Some(support) => support.agreed,
            None => self.confidence >= Self::SURE,
        };
        sure && self.digits >= 3
    }
}

/// What a proposer believes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Proposal {
    /// The rule's code.
    pub code: String,
    /// The operands; the relation's leaves index this list.
    pub operands: Vec<Operand>,
    /// Which operand is the stated value.
    pub stated: usize,
    /// The formulas, the plain one first; at least one.
    pub variants: Vec<Variant>,
    /// Formulas that would explain a mismatch without excusing it, each with its words: another group's denominator.
    pub suspects: Vec<Variant>,
    /// Whether nothing about the units of either side may be left unsaid, so that sides of different dimensions are an
    /// inconsistency and not merely undecided.
    pub units_certain: bool,
    /// How the operation is known.
    pub operation: Operation,
    /// Whether an approximate word stands by.
    pub approximate: bool,
    /// Reasons that would make a mismatch innocent and that the text does not exclude, as lower-case fragments.
    pub innocent: Vec<String>,
    /// A reason to leave a value that does not follow undecided (a named correction in reach), if any.
    pub doubt: Option<String>,
    /// Whether a mismatch counts only with a slip that explains it. So it is where the text does not say the operation:
    /// values that merely differ may be two things, and only the mark of a slip tells that they are one.
    pub needs_cause: bool,
    /// What speaks for it, where it comes from a search and not from a rule.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// The levels of significance, as decimals or fractions, that a decision by the stated value may be made at; none where
    /// it decides nothing.
    #[serde(default)]
    pub levels: Vec<String>,
    /// The characters to quote: from the first operand to the last, or the sentence.
    pub quote: TextRange,
}

impl Proposal {
    /// Where its operands stand, sorted: the same for two formulas over the same values.
    pub fn operand_ranges(&self) -> Vec<TextRange> {
        let mut ranges: Vec<TextRange> = self.operands.iter().map(|operand| operand.range).collect();
        ranges.sort();
        ranges
    }

    /// A stated operation with one formula and no doubts; the quote goes from the first operand to the last.
    pub fn new(code: &str, operands: Vec<Operand>, stated: usize, relation: Relation) -> Self {
        let ranges = operands.iter().map(|operand| operand.range);
        let quote = ranges.reduce(TextRange::hull).unwrap_or_default();
        Self {
            code: code.to_owned(),
            operands,
            stated,
            variants: vec![Variant { label: String::new(), relation }],
            suspects: Vec::new(),
            units_certain: false,
            operation: Operation::Stated,
            approximate: false,
            innocent: Vec::new(),
            doubt: None,
            needs_cause: false,
            evidence: None,
            levels: Vec::new(),
            quote,
        }
    }

    /// With another formula that is open.
    #[must_use]
    pub fn variant(mut self, label: &str, relation: Relation) -> Self {
        self.variants.push(Variant { label: label.to_owned(), relation });
        self
    }

    /// With a formula that would explain a mismatch without excusing it.
    #[must_use]
    pub fn suspect(mut self, label: &str, relation: Relation) -> Self {
        self.suspects.push(Variant { label: label.to_owned(), relation });
        self
    }

    /// With an operation that the kinds of the operands imply.
    #[must_use]
    pub fn implied(mut self) -> Self {
        self.operation = Operation::Implied;
        self
    }
}

/// Where rules put what they propose, in the order they propose it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposals {
    /// The proposals.
    pub list: Vec<Proposal>,
}
