//! Why an endpoint gave no answer.

use std::time::Duration;

use thiserror::Error;

/// The longest part of a server's words that a message repeats, in characters.
const LONGEST: usize = 160;

/// Why a question has no answer. None of these is about the question.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum EndpointError {
    /// The address cannot be used.
    #[error("`{0}` is no address of an endpoint; one looks like http://localhost:8080/v1")]
    Address(String),
    /// The certificate is not trusted, or what answers does not speak TLS; nothing is tried without.
    #[error(
        "no secure connection to the endpoint: {0} (a certificate counts where the system's store has its authority)"
    )]
    Insecure(String),
    /// The server does not know the model.
    #[error("the endpoint has no model `{model}`; it has {known}")]
    NoModel {
        /// The model that was asked for.
        model: String,
        /// Some that it has.
        known: String,
    },
    /// The server refuses for good.
    #[error("the endpoint refuses with status {status}: {told}")]
    Refused {
        /// The status of HTTP.
        status: u16,
        /// What it says, shortened.
        told: String,
    },
    /// It went on failing until the attempts or the time were used up.
    #[error("the endpoint gave no answer in {attempts} attempts: {last}")]
    Failing {
        /// How often it was asked.
        attempts: u32,
        /// What went wrong the last time.
        last: String,
    },
    /// The time was used up.
    #[error("the endpoint gave no answer within {} s", .0.as_secs())]
    Deadline(Duration),
    /// The answer does not follow the protocol.
    #[error("the endpoint does not speak the protocol: {0}")]
    Protocol(String),
}

/// The beginning of a text on one line, without control characters: a server's words are not trusted on a terminal.
pub(super) fn shortened(text: &str) -> String {
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = words.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
    if words.chars().count() > LONGEST { shown + "…" } else { shown }
}
