//! Other readings of some characters.
//!
//! The text and its offsets never change with a reading: a `Variation` says what else a range may say. A *reading* of a
//! paper is one choice for every variation, the same in every formula.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::TextRange;

/// Why characters may be read otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum VariationCause {
    /// A number that stood on both sides of a line, column or page end was joined, or was not.
    JoinedNumber,
    /// A hyphen at a line end was dropped as a soft hyphen, or was kept.
    SoftHyphen,
    /// An exponent may have lost its superscript ("1017" for 10¹⁷).
    FlattenedExponent,
    /// A superscript may be a citation or a footnote mark instead of an exponent.
    CitationMark,
    /// A glyph was repaired or has no reliable meaning.
    RepairedGlyph,
    /// A comma or a point may be a decimal mark or a group mark.
    DecimalMark,
    /// A space between digits may group them or part two numbers.
    GroupingSpace,
    /// A dash may be a minus sign or part a range.
    Sign,
    /// The unit has more than one meaning.
    AmbiguousUnit,
    /// A scale word ("million") may belong to one number or to all of a list.
    ScaleWord,
    /// A zero at the end of a number may be there for the looks alone, as all numbers of its column end with one.
    PaddedZero,
}

/// The index of a variation within the paper's list: the document's own first, then those that extraction adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct VariationIx(pub usize);

/// Another reading of some characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Variation {
    /// The characters in question.
    pub range: TextRange,
    /// What they may say instead, best first; the text itself is alternative zero and is not listed.
    pub alternatives: Vec<String>,
    /// Why.
    pub cause: VariationCause,
}

/// One alternative taken for one variation: 0 is the text as it stands, n the nth listed alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// Which variation.
    pub variation: VariationIx,
    /// Which alternative.
    pub alternative: usize,
}
