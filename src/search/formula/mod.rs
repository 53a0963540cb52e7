//! Derivations that somebody writes, where the search enumerates none: the language of them, and what is of it.

mod kinds;
mod language;
mod prefix;
mod tree;

pub use kinds::FormulaKind;
pub use language::{Language, MOST_BRACKETS, MOST_LEAVES, NONE};
pub use prefix::Prefixes;
pub use tree::{Constant, Formula, Operator};
