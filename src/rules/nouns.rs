//! What a quantity counts: the words of its noun phrase, in the singular as far as their endings tell.
//!
//! Rules ask whether two numbers are of the same things ("24 riders" of "180 riders"). Only forms of words are looked
//! at; that "subjects" may be "participants" is not known here.

use crate::extract::{QuantityIx, is_counted, singular};

use super::skeleton::{Skeleton, head, is_placeholder};

/// How many words of a noun phrase are looked at.
const MOST_WORDS: usize = 4;

/// Words that end a noun phrase.
const ENDS: &[&str] = &[
    "of", "in", "with", "were", "was", "are", "is", "had", "have", "has", "and", "or", "for", "from", "to", "at", "by",
    "on", "who", "that", "which", "than", "as", "per", "each", "a", "an", "the",
];

/// A quantity with the words of its noun phrase.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The quantity.
    pub at: QuantityIx,
    /// The words behind it.
    pub things: Things,
}

/// The words of a noun phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Things {
    words: Vec<String>,
    /// Which of the words is the thing itself.
    head: usize,
}

impl Things {
    /// The noun phrase that a text begins with: "stranger trials", "were an inconsistency".
    pub fn of(text: &str) -> Self {
        let mut things = Self::default();
        let mut plural = None;
        let mut rest = predicate(head(text, 120).trim_start());
        while things.words.len() < MOST_WORDS {
            rest = rest.trim_start();
            let end = rest.find(|c: char| !(c.is_alphabetic() || matches!(c, '-' | '’' | '\''))).unwrap_or(rest.len());
            let word = rest[..end].trim_start_matches('-').to_lowercase();
            if word.is_empty() || ENDS.contains(&word.as_str()) {
                break;
            }
            if is_counted(&word) && plural.is_none() {
                plural = Some(things.words.len());
            }
            things.words.push(singular(&word));
            rest = &rest[end..];
            if !rest.starts_with(' ') {
                break;
            }
        }
        things.head = plural.unwrap_or(0);
        things
    }

    /// The thing itself: the first plural, else the first word; nothing where no word stands there.
    pub fn head(&self) -> Option<&str> {
        self.words.get(self.head).map(String::as_str)
    }

    /// Whether a word, in the singular, is among these.
    pub fn name(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// Whether the thing itself is among the words of the others.
    pub fn are_among(&self, others: &Self) -> bool {
        self.head().is_some_and(|head| others.name(head))
    }
}

/// The text behind "were a" or "was an", which says what is counted; the text itself elsewhere.
fn predicate(text: &str) -> &str {
    ["were a ", "were an ", "was a ", "was an ", "is a ", "is an ", "are a ", "are an "]
        .into_iter()
        .find_map(|verb| text.strip_prefix(verb))
        .unwrap_or(text)
}

/// The quantities of a sentence with what they count. A percentage in brackets may stand between ("23 (58%) riders").
pub fn counted(skeleton: &Skeleton) -> Vec<Counted> {
    let places = skeleton.text.char_indices();
    places
        .filter_map(|(at, c)| {
            let rest = &skeleton.text[at + c.len_utf8()..];
            Some(Counted { at: skeleton.quantity(c)?, things: Things::of(past_bracket(rest)) })
        })
        .collect()
}

/// The text behind a bracket with one quantity that it begins with.
fn past_bracket(text: &str) -> &str {
    let inside = text.trim_start().strip_prefix('(').map(str::trim_start);
    let behind = inside.and_then(|inside| inside.strip_prefix(is_placeholder));
    behind.and_then(|rest| rest.trim_start().strip_prefix(')')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thing_is_the_first_plural_of_the_phrase() {
        for (text, head) in [
            (" stranger trials took place", Some("trial")),
            (" NHST results from ", Some("result")),
            (" were an inconsistency (", Some("inconsistency")),
            (" were inconsistent", None),
            (" of the others", None),
            (", and", None),
            (" inconsistencies; ", Some("inconsistency")),
        ] {
            assert_eq!(Things::of(text).head(), head, "{text}");
        }
    }
}
