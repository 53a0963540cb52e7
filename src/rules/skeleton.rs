//! Sentence skeletons: a sentence's words and signs with one placeholder character for each quantity.
//!
//! A rule looks for an operation in the skeleton, so that it sees "◻ of ◻ (◻)" and never a digit or a unit. A placeholder
//! is a character of a supplementary private use area whose code counts the quantities of the sentence. Nothing here
//! knows what a quantity says: that is for the rules.

use std::sync::OnceLock;

use crate::document::{Document, TextIndex, TextRange};
use crate::extract::needles::Haystack;
use crate::extract::{Mentions, Quantity, QuantityIx};

use super::rule::RuleContext;

/// The placeholder of the first quantity of a sentence.
const FIRST_PLACEHOLDER: u32 = 0xF_0000;
/// How many placeholders there are; a sentence with more quantities is no prose, and the rest of them stay as text.
const MOST_PLACEHOLDERS: usize = 0xFFFD;

/// One sentence as words, signs and placeholders.
#[derive(Clone, Debug)]
pub struct Skeleton {
    /// The index of the sentence.
    pub sentence: usize,
    /// The text: runs of white space are one space, each quantity is one character.
    pub text: String,
    /// The text for what patterns need, once one asks.
    haystack: OnceLock<Haystack>,
    /// For each character of `text` its byte offset there and the document's range that it stands for.
    places: Vec<(usize, TextRange)>,
    /// The quantities in order; a placeholder's code minus the first one's is an index of this list.
    quantities: Vec<QuantityIx>,
}

/// Whether `character` is a placeholder.
pub fn is_placeholder(character: char) -> bool {
    u32::from(character).checked_sub(FIRST_PLACEHOLDER).is_some_and(|at| (at as usize) < MOST_PLACEHOLDERS)
}

/// The skeletons of one paper, made once for all rules that look at them.
#[derive(Debug, Default)]
pub struct Skeletons(OnceLock<Vec<Skeleton>>);

impl<'p> RuleContext<'p> {
    /// The skeletons of all sentences whose block can hold claims, in order. `mentions` are those of the paper of this context.
    pub fn skeletons(self, mentions: &Mentions) -> &'p [Skeleton] {
        self.skeletons.0.get_or_init(|| Skeleton::all(mentions, self))
    }
}

impl Skeleton {
    fn all(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Self> {
        let mut next = 0;
        let mut skeletons = Vec::new();
        for (at, sentence) in mentions.sentences.iter().enumerate() {
            while mentions.quantities.get(next).is_some_and(|quantity| quantity.range.start < sentence.range.start) {
                next += 1;
            }
            let first = next;
            while mentions.quantities.get(next).is_some_and(|quantity| quantity.range.end <= sentence.range.end) {
                next += 1;
            }
            if sentence.block.holds_claims() {
                let inside = &mentions.quantities[first..next];
                skeletons.push(Self::new(at, sentence.range, first, inside, context.document, context.index));
            }
        }
        skeletons
    }

    /// The skeleton of one sentence; `first` is the index of the first of its `quantities` in the paper.
    fn new(
        sentence: usize,
        range: TextRange,
        first: usize,
        quantities: &[Quantity],
        document: &Document,
        index: &TextIndex,
    ) -> Self {
        let mut skeleton = Self {
            sentence,
            text: String::with_capacity(range.len()),
            haystack: OnceLock::new(),
            places: Vec::with_capacity(range.len()),
            quantities: Vec::new(),
        };
        let mut at = range.start;
        for (offset, quantity) in quantities.iter().enumerate().take(MOST_PLACEHOLDERS) {
            let words = TextRange::new(at, quantity.range.start);
            // A word of approximation right before a quantity is left out: the quantity itself says that it stands by.
            let about = quantity.modifier.filter(|modifier| quantity.approximate && words.contains(*modifier));
            let about = about.filter(|about| index.slice(&document.text, *about).contains(char::is_alphabetic));
            if let Some(about) = about {
                let before = TextRange::new(words.start, about.start);
                skeleton.push_words(index.slice(&document.text, before), before.start);
                let behind = TextRange::new(about.end, words.end);
                skeleton.push_words(index.slice(&document.text, behind), behind.start);
            } else {
                skeleton.push_words(index.slice(&document.text, words), words.start);
            }
            if let Some(placeholder) = placeholder(skeleton.quantities.len()) {
                skeleton.push(placeholder, quantity.range);
                skeleton.quantities.push(QuantityIx(first + offset));
            }
            at = quantity.range.end;
        }
        skeleton.push_words(index.slice(&document.text, TextRange::new(at, range.end)), at);
        skeleton
    }

    fn push(&mut self, character: char, range: TextRange) {
        self.places.push((self.text.len(), range));
        self.text.push(character);
    }

    /// Adds the characters of `words`, which start at `at` in the document.
    fn push_words(&mut self, words: &str, at: usize) {
        for (offset, character) in words.chars().enumerate() {
            let range = TextRange::new(at + offset, at + offset + 1);
            if character.is_whitespace() {
                if !self.text.ends_with(' ') {
                    self.push(' ', range);
                }
            } else if is_placeholder(character) {
                // A character that looks like a placeholder is nothing that a rule should trust.
                self.push('\u{FFFD}', range);
            } else {
                self.push(character, range);
            }
        }
    }

    /// The text for what patterns need.
    pub(super) fn haystack(&self) -> &Haystack {
        self.haystack.get_or_init(|| Haystack::new(&self.text))
    }

    /// The quantity that `character` stands for.
    pub fn quantity(&self, character: char) -> Option<QuantityIx> {
        let at = u32::from(character).checked_sub(FIRST_PLACEHOLDER)? as usize;
        self.quantities.get(at).copied()
    }

    /// The quantities of the sentence, in order.
    pub fn quantities(&self) -> &[QuantityIx] {
        &self.quantities
    }

    /// Whether the other sentence follows this one in its paragraph.
    pub fn leads_to(&self, other: &Self, mentions: &Mentions) -> bool {
        let leaf = |of: &Self| mentions.sentences.get(of.sentence).map(|sentence| sentence.leaf);
        self.sentence + 1 == other.sentence && leaf(self) == leaf(other)
    }

    /// The document's characters behind the bytes `start..end` of the skeleton's text.
    pub fn range(&self, start: usize, end: usize) -> TextRange {
        let from = self.places.partition_point(|(byte, _)| *byte < start);
        let to = self.places.partition_point(|(byte, _)| *byte < end);
        match (self.places.get(from), to.checked_sub(1).and_then(|last| self.places.get(last))) {
            (Some((_, first)), Some((_, last))) => first.hull(*last),
            _ => TextRange::default(),
        }
    }
}

/// The placeholder of the quantity `at` of a sentence.
fn placeholder(at: usize) -> Option<char> {
    (at < MOST_PLACEHOLDERS).then(|| u32::try_from(at).ok())?.and_then(|at| char::from_u32(FIRST_PLACEHOLDER + at))
}

/// The first `bytes` bytes of a text or a little less, so that looking around a match takes the same time everywhere.
pub fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last `bytes` bytes of a text or a little less.
pub fn tail(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}
