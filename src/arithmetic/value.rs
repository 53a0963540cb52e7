//! Typed values: a set of numbers in coherent SI with its dimension, its tags and its scale.
//!
//! A value knows nothing of the paper it comes from; how it is printed is in `printed`, where it stands in `extract`.

use super::dimension::Dimension;
use super::rational::{self, Rational};
use super::set::RealSet;
use super::units::{Scale, Tags, Unit};

/// What a value is, its numbers aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kind {
    /// The dimension.
    pub dimension: Dimension,
    /// What SI drops.
    pub tags: Tags,
    /// Whether factors apply: not to a temperature as a point, nor to a logarithm.
    pub scale: Scale,
}

impl Kind {
    /// A pure number.
    pub fn number() -> Self {
        Self::default()
    }

    /// The kind of the values that a unit measures.
    pub fn of_unit(unit: &Unit) -> Self {
        Self { dimension: unit.dimension, tags: unit.tags.clone(), scale: unit.scale }
    }
}

impl std::fmt::Display for Kind {
    /// Writes the dimension and the tags: `L-3 M`, `M T-1 (body-mass^-1)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.dimension)?;
        if !self.tags.is_empty() {
            write!(f, " ({})", self.tags)?;
        }
        match self.scale {
            Scale::Linear => Ok(()),
            Scale::Point => f.write_str(", a point of a scale"),
            Scale::Logarithmic => f.write_str(", logarithmic"),
        }
    }
}

/// A set of numbers in coherent SI with its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The numbers.
    pub set: RealSet,
    /// What they are numbers of.
    pub kind: Kind,
}

impl Value {
    /// A pure number.
    pub fn number(set: RealSet) -> Self {
        Self { set, kind: Kind::number() }
    }

    /// An exact pure number.
    pub fn point(value: Rational) -> Self {
        Self::number(RealSet::point(value))
    }

    /// An exact whole number.
    pub fn whole(value: i64) -> Self {
        Self::point(rational::whole(value))
    }
}
