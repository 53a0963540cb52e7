//! What holds for all rows of a run.

use crate::arithmetic::samples::Domain;

use super::rounding::Rounding;

/// Which SD a printed one may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// Of a sample: divided by n − 1.
    Sample,
    /// Of a population: divided by n.
    Population,
    /// One of the two: a value is inconsistent only where it is for both.
    Either,
}

impl Deviation {
    /// The endings of the names of functions, and words for each.
    pub(super) const fn kinds(self) -> &'static [(&'static str, &'static str)] {
        const SAMPLE: (&str, &str) = ("", "sample");
        const POPULATION: (&str, &str) = ("_population", "population");
        match self {
            Self::Sample => &[SAMPLE],
            Self::Population => &[POPULATION],
            Self::Either => &[SAMPLE, POPULATION],
        }
    }
}

/// The settings of a run; a column of the same name overrules them in its row.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How printed numbers were rounded.
    pub rounding: Rounding,
    /// The whole numbers that one answer can be.
    pub domain: Domain,
    /// Which SD is printed.
    pub sd: Deviation,
    /// How many items a person's value is the mean of.
    pub items: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rounding: Rounding::Any, domain: Domain::INTEGERS, sd: Deviation::Either, items: 1 }
    }
}
