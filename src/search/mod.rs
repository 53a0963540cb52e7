//! Derivations that nobody wrote a rule for: which programs over the quantities nearby a stated value could follow from, and how
//! much a match is worth.
//!
//! A [`Window`] is what the search sees of a target: what kind of value it is and what stands around it, never its number.
//! [`programs`] enumerates the typed programs of a window within counted limits. [`Expectation`] says how many of them a chance value
//! would hit. Nothing here judges: what a program derives is held against the stated value by `derive`.

mod beyond;
mod enclosure;
mod enumerate;
mod evidence;
mod form;
mod formula;
pub mod ranker;
mod scene;
mod selection;
mod slips;
mod values;
mod window;

#[cfg(test)]
pub use beyond::molar_masses;
pub use beyond::{Beyond, Known};
pub use enclosure::Enclosure;
pub use enumerate::{Enumeration, Limits, programs};
pub use evidence::Expectation;
pub use form::{Form, Program};
pub use formula::{Constant, Formula, FormulaKind, Language, MOST_BRACKETS, MOST_LEAVES, NONE, Operator, Prefixes};
pub use ranker::{Ranked, Ranker};
pub use scene::{Scene, Token};
pub use selection::{Proposed, Selection, Votes};
pub use slips::{Slips, slips};
pub use values::{Value, ValueKind, Values, operand};
pub use window::{Candidate, FARTHEST, MOST_IN_SENTENCE, Source, Target, Window};
