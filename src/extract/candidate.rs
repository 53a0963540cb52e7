//! Candidates: numbers with their units as they are being put together, before they become quantities.

use crate::document::TextRange;

use super::number::{Edit, Number};
use super::unit_after::UnitMatch;

/// The number or numbers of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One number.
    Single(Number),
    /// From one number to another.
    Range(Number, Number),
    /// A number with what stands behind its ±.
    PlusMinus(Number, Number),
}

/// A number or pair of numbers with the unit found by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// All its characters, unit included.
    pub range: TextRange,
    /// The characters of its numbers.
    pub number: TextRange,
    /// Its numbers.
    pub shape: Shape,
    /// A power of ten printed once behind the second number: taken for both first, then for the second alone.
    pub shared: Option<(i32, Edit)>,
    /// Its unit.
    pub unit: Option<UnitMatch>,
    /// Whether the unit may not be its own, because it stands behind another member of its list.
    pub doubtful_unit: bool,
    /// The sentence it stands in.
    pub sentence: usize,
    /// The list it is a member of.
    pub list: Option<usize>,
}

impl Candidate {
    /// The first number.
    pub(super) const fn value(&self) -> &Number {
        match &self.shape {
            Shape::Single(value) | Shape::Range(value, _) | Shape::PlusMinus(value, _) => value,
        }
    }

    /// The second number.
    pub(super) const fn second(&self) -> Option<&Number> {
        match &self.shape {
            Shape::Single(_) => None,
            Shape::Range(_, second) | Shape::PlusMinus(_, second) => Some(second),
        }
    }
}
