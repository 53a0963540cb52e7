//! Quantities: a printed number, or a pair of them, with its unit, under every reading that is still possible.

use serde::{Deserialize, Serialize};

use crate::arithmetic::Printed;
use crate::arithmetic::units::Unit;
use crate::document::{Choice, TextRange, VariationCause};

/// The index of a quantity in its paper's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuantityIx(pub usize);

/// What a quantity is, as far as its own characters and its neighbours tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum QuantityKind {
    /// A number with a unit.
    Measured,
    /// A whole number of things, people, events; exact.
    Count,
    /// A number with a percent or per-mille sign, or the word.
    Percentage,
    /// A number without a unit that is not known to be a count.
    Number,
}

/// The relation sign printed before a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparator {
    /// `=`, or none.
    #[default]
    Equal,
    /// `<`, "less than", "below".
    Less,
    /// `>`, "more than", "above".
    Greater,
    /// `≤`, "at most", "up to".
    AtMost,
    /// `≥`, "at least".
    AtLeast,
}

/// The number or numbers of a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// One number.
    Single(Printed),
    /// From one number to another, as printed.
    Range(Printed, Printed),
    /// A number and what stands behind its ±, whose role (SD, SE, tolerance) is not decided here.
    PlusMinus(Printed, Printed),
}

impl Amount {
    /// The number itself: the only one, the first end of a range, the number before ±.
    pub const fn value(&self) -> &Printed {
        match self {
            Self::Single(value) | Self::Range(value, _) | Self::PlusMinus(value, _) => value,
        }
    }
}

/// A unit as one reading takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitReading {
    /// The unit's characters in the paper; empty where the unit is inherited from a neighbour in a list.
    pub range: TextRange,
    /// What they mean.
    pub unit: Unit,
}

/// One reading of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityReading {
    /// The choices that this reading makes among the paper's variations; none for the first reading.
    pub choices: Vec<Choice>,
    /// Why it may be read so; `None` for the characters as they stand.
    pub cause: Option<VariationCause>,
    /// The number or numbers.
    pub amount: Amount,
    /// The unit; `None` for a pure number.
    pub unit: Option<UnitReading>,
}

/// A quantity of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its characters, unit included.
    pub range: TextRange,
    /// The characters of its number or numbers alone.
    pub number: TextRange,
    /// What it is.
    pub kind: QuantityKind,
    /// Its readings, the most likely first; at least one.
    pub readings: Vec<QuantityReading>,
    /// The sign or word of comparison before it.
    pub comparator: Comparator,
    /// Whether "about", "~", "nearly" or the like stands by.
    pub approximate: bool,
    /// The words or signs of comparison and approximation by it: they stand outside [`Quantity::range`].
    pub modifier: Option<TextRange>,
    /// The sentence it stands in, as an index of the paper's sentences.
    pub sentence: usize,
    /// The same number for all quantities of one printed list ("10, 20 and 30 mg").
    pub list: Option<usize>,
}

impl Quantity {
    /// The most likely reading.
    ///
    /// # Panics
    /// Never for a quantity made by extraction, which has at least one reading.
    pub fn first(&self) -> &QuantityReading {
        &self.readings[0]
    }

    /// The single printed number of the most likely reading, where it is one and not a range.
    pub fn single(&self) -> Option<&Printed> {
        match &self.first().amount {
            Amount::Single(value) => Some(value),
            _ => None,
        }
    }
}
