//! Why a function gives no value.

use thiserror::Error;

/// Why a function gives no value. The messages are fragments for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The kinds of the arguments do not fit: a mass plus a time, a logarithm times a factor.
    #[error("{0}")]
    Kind(String),
    /// No number of the arguments is in the function's domain, or the result has no bound that helps.
    #[error("{0}")]
    Domain(String),
    /// The arguments are outside the range in which the function is known to be enclosed.
    #[error("{0}")]
    Range(String),
    /// The program itself is not one: an unknown name, a wrong number of arguments, too deep.
    #[error("{0}")]
    Program(String),
}

impl Refusal {
    /// Whether the units are what does not fit.
    pub const fn is_kind(&self) -> bool {
        matches!(self, Self::Kind(_))
    }
}
