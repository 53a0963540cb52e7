//! Reasoning models: they propose which derivation a sentence states, and arithmetic decides.
//!
//! A model never sees the value that it is asked about, never computes, and gives no verdict. Nothing here runs unless it is
//! asked for. A [`Question`] is a passage with one value hidden and the programs of the search over the others, or
//! where there are none the language in which one is written; a [`Prompt`] is what
//! one vote shows of it; a [`Reasoner`] answers; a [`Session`] asks within a budget, and [`Cached`], [`Recording`] and [`Replay`] keep
//! answers and give them back. `candle` is a decoder for open weights on one's own machine, behind the cargo
//! feature `model`; `endpoint` asks a server that speaks the `OpenAI` protocol, behind the cargo feature `endpoint`.

mod budget;
mod cache;
#[cfg(feature = "model")]
pub mod candle;
#[cfg(feature = "endpoint")]
pub mod endpoint;
#[cfg(test)]
mod fixture;
mod masked;
mod prompt;
mod question;
mod reasoner;
mod record;
mod recorded;
mod session;
#[cfg(test)]
mod session_tests;
mod votes;

pub use crate::search::NONE;
pub use budget::{Budget, BudgetError};
pub use cache::Cached;
pub use masked::{MOST_CHARACTERS, Source};
pub use prompt::{Prompt, TEMPLATE, orders};
pub use question::{MOST_OPTIONS, MOST_QUESTIONS, MOST_WRITTEN, QUESTION_SCHEMA, Question, Questions};
pub use reasoner::{Answer, Answered, Identity, Reasoner, estimated_tokens};
pub use record::{RecordError, RecordHeader, RecordState, Recording, Replay};
pub use session::{Answers, Asked, Session};
pub use votes::Ballot;
