//! What a part of a derivation is, as far as the kinds of its values tell: the dimension, and of what has none whether it is a
//! share.

use serde::{Deserialize, Serialize};

use crate::arithmetic::Dimension;
use crate::search::ValueKind;

use super::tree::{Constant, Operator};

/// The kind of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormulaKind {
    /// A count or another number without a unit.
    Plain,
    /// One value over another like it.
    Ratio,
    /// A percentage.
    Percentage,
    /// Of this dimension, which is not one.
    Measured(Dimension),
}

impl From<ValueKind> for FormulaKind {
    fn from(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Count | ValueKind::Number => Self::Plain,
            ValueKind::Percentage => Self::Percentage,
            ValueKind::Measured(dimension) => Self::Measured(dimension),
        }
    }
}

impl From<Constant> for FormulaKind {
    fn from(constant: Constant) -> Self {
        if constant == Constant::Whole { Self::Percentage } else { Self::Plain }
    }
}

impl FormulaKind {
    /// The kind of two parts with an operator between; `None` where they are unlike and are added.
    pub fn with(self, operator: Operator, other: Self) -> Option<Self> {
        match operator {
            Operator::Plus | Operator::Minus => self.plus(other),
            Operator::Times => Some(self.times(other)),
            Operator::Over => Some(self.over(other)),
        }
    }

    fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            _ if self == other => Some(self),
            (Self::Percentage, Self::Ratio) | (Self::Ratio, Self::Percentage) => Some(Self::Percentage),
            (Self::Plain, Self::Ratio) | (Self::Ratio, Self::Plain) => Some(Self::Plain),
            _ => None,
        }
    }

    fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Measured(own), Self::Measured(other)) => Self::of(own.times(other)),
            (Self::Measured(_), _) => self,
            (_, Self::Measured(_)) => other,
            (Self::Plain, _) | (_, Self::Plain) => Self::Plain,
            (Self::Percentage, _) | (_, Self::Percentage) => Self::Percentage,
            (Self::Ratio, Self::Ratio) => Self::Ratio,
        }
    }

    fn over(self, other: Self) -> Self {
        match (self, other) {
            (Self::Measured(own), Self::Measured(other)) => Self::of(own.over(other)),
            (Self::Measured(_), _) => self,
            (_, Self::Measured(other)) => Self::of(Dimension::ONE.over(other)),
            (Self::Plain, Self::Plain) | (Self::Percentage, Self::Percentage) => Self::Ratio,
            (own, _) => own,
        }
    }

    fn of(dimension: Dimension) -> Self {
        if dimension.is_one() { Self::Ratio } else { Self::Measured(dimension) }
    }

    /// Whether a value of a kind can be stated of it.
    pub fn gives(self, target: ValueKind) -> bool {
        match target {
            ValueKind::Count | ValueKind::Number => matches!(self, Self::Plain | Self::Ratio),
            ValueKind::Percentage => matches!(self, Self::Percentage | Self::Ratio),
            ValueKind::Measured(dimension) => self == Self::Measured(dimension),
        }
    }
}
