//! How good those are that choose derivations: the built-in ranker and models, over passages written for the purpose and over
//! windows of papers labelled by hand, in one way for all.
//!
//! Nothing here is used when papers are checked, and nothing is learnt from the passages.

mod choice;
mod derivation;
mod score;
mod trial;
mod voting;
mod written;

pub use choice::{Agreement, Choice, Chooser, Chosen, Paper, Written};
pub use derivation::Derivation;
pub use score::{AnsweredWindow, ChoiceScore};
pub use trial::{Placed, PlacedError, answered};
pub use voting::Voting;
pub use written::{WrittenError, WrittenWindow, written_windows};
