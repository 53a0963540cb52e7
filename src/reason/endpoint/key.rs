//! The key of an endpoint, which no message shows.

use std::fmt;

/// A secret that is sent to the endpoint and written nowhere.
#[derive(Clone)]
pub struct Key(String);

impl Key {
    /// The key in a variable of the environment; `None` where it is not set or empty.
    pub fn from_environment(variable: &str) -> Option<Self> {
        Self::new(std::env::var(variable).ok()?)
    }

    /// A key; `None` where it is empty or cannot stand in a header.
    pub fn new(text: String) -> Option<Self> {
        let fits = !text.is_empty() && text.chars().all(|letter| letter.is_ascii_graphic());
        fits.then_some(Self(text))
    }

    /// The header that carries it.
    pub(super) fn header(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// A text with the key taken out: a server may send back what it was sent.
    pub(super) fn taken_out(&self, text: &str) -> String {
        text.replace(&self.0, "[key]")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key([key])")
    }
}
