//! A model behind an endpoint that speaks the `OpenAI` protocol: llama.cpp's server, `vLLM`, Ollama, or a hosted one.
//!
//! A question has numbered options, and the answer is a number: one token, which every server can give. Or it has a language, and
//! the answer is a derivation. Whatever a server promises, the answer is read here and held against the options or the language;
//! prose, numbers that are no option and injected words are unusable answers and nothing else. Questions wait on one another no longer than their deadline, and no answer is
//! longer than a limit.
//!
//! It opens no connection unless it is asked, follows no redirection and knows no proxy, so what leaves goes to the named
//! host alone. The key is shown by no message. Over `https` the certificate has to be one that the system trusts; one that it
//! does not is the end, and never the beginning of a connection without.

mod answer;
mod client;
mod connection;
mod error;
mod key;
mod language;
mod probe;
mod reasoner;

use crate::search::Language;

pub use answer::Reply;
pub use client::{Counted, Endpoint, Sampling, Settings};
pub use error::EndpointError;
pub use key::Key;
pub use probe::Capabilities;
pub use reasoner::EndpointReasoner;

/// A question with options from 1 to `options`, and 0 for none of them; or with a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the model is told of its task.
    pub system: String,
    /// The question with its numbered options; questions with the same beginning are asked next to one another, so that
    /// servers can keep what they have read.
    pub text: String,
    /// How many options there are.
    pub options: usize,
    /// What can be written for an answer, where there are no options.
    pub language: Option<Language>,
}
