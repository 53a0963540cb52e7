//! The words around a target, with all numbers taken out: what a ranker may read.
//!
//! No digit of the paper is left in a scene, and numbers in words are taken out like those in digits. A ranker that is given a scene
//! and a window cannot see whether a program gives the stated value.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Document, TextIndex, TextRange};
use crate::extract::{Mentions, QuantityIx, singular};

use super::window::{Source, Window};

/// A word, a mark, or the place of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A word in lower case, without the ending of a plural.
    Word(String),
    /// A mark that is neither letter nor digit.
    Mark(char),
    /// The target.
    Target,
    /// An operand of the window, by index.
    Operand(usize),
    /// Any other number.
    Number,
    /// The end of a sentence.
    Stop,
}

/// The tokens of the sentences of a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// In the order of the text.
    pub tokens: Vec<Token>,
    /// The place of the target.
    pub target: usize,
    /// The places of the operands, by index.
    pub operands: Vec<usize>,
}

impl Scene {
    /// The scene of a window.
    pub fn of(document: &Document, index: &TextIndex, mentions: &Mentions, window: &Window) -> Self {
        let mut scene = Self { operands: vec![0; window.operands.len()], ..Self::default() };
        let own = window.target.sentence;
        let leaf = mentions.sentences.get(own).map(|sentence| sentence.leaf);
        let reach = window.operands.iter().map(|operand| operand.distance).max().unwrap_or(0);
        // What the passage names without printing it stands behind the word for it.
        let named: Vec<(usize, usize)> = (0..window.operands.len())
            .filter(|at| !window.operands[*at].source.is_here())
            .map(|at| (window.operands[at].range.end, at))
            .collect();
        for at in own.saturating_sub(reach)..=own + reach {
            let Some(sentence) = mentions.sentences.get(at).filter(|sentence| Some(sentence.leaf) == leaf) else {
                continue;
            };
            let mut from = sentence.range.start;
            for quantity in mentions.quantities_of(at) {
                let Some(range) = mentions.quantities.get(quantity).map(|quantity| quantity.range) else { continue };
                scene.read_to(document, index, TextRange::new(from, range.start.max(from)), &named);
                scene.place(window, QuantityIx(quantity));
                from = range.end;
            }
            let rest = TextRange::new(from, sentence.range.end.max(from));
            scene.read_to(document, index, rest, &named);
            scene.tokens.push(Token::Stop);
        }
        scene
    }

    /// Reads a text without quantities, and sets the places of what it names: each of `named` is an offset with an operand.
    fn read_to(&mut self, document: &Document, index: &TextIndex, range: TextRange, named: &[(usize, usize)]) {
        let mut from = range.start;
        for (end, operand) in named.iter().filter(|(end, _)| range.start < *end && *end <= range.end) {
            self.read(index.slice(&document.text, TextRange::new(from, *end)));
            self.set(*operand);
            from = *end;
        }
        self.read(index.slice(&document.text, TextRange::new(from, range.end)));
    }

    /// Sets the place of an operand.
    fn set(&mut self, operand: usize) {
        if let Some(place) = self.operands.get_mut(operand) {
            *place = self.tokens.len();
        }
        self.tokens.push(Token::Operand(operand));
    }

    /// Sets the place of a quantity.
    fn place(&mut self, window: &Window, quantity: QuantityIx) {
        let at = self.tokens.len();
        if quantity == window.target.quantity {
            self.target = at;
            self.tokens.push(Token::Target);
        } else if let Some(operand) = window.operands.iter().position(|other| other.source == Source::Here(quantity)) {
            self.set(operand);
        } else {
            self.tokens.push(Token::Number);
        }
    }

    /// Reads words and marks; what holds a digit is a number.
    fn read(&mut self, text: &str) {
        let token = |(_, written): (Range<usize>, Written)| match written {
            Written::Word(word) => Some(Token::Word(stem(&word))),
            Written::Digits => Some(Token::Number),
            Written::Mark(mark) => (mark != '.').then_some(Token::Mark(mark)),
        };
        self.tokens.extend(written(text).into_iter().filter_map(token));
    }

    /// The word at a place.
    pub fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The places of the sentence that a place is in.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let from = self.tokens[..at].iter().rposition(|token| *token == Token::Stop).map_or(0, |stop| stop + 1);
        let end =
            self.tokens[at..].iter().position(|token| *token == Token::Stop).map_or(self.tokens.len(), |n| at + n);
        from..end
    }

    /// What a number counts: the last of the words that follow it directly, at most three, as the noun of "healthy young women".
    pub fn noun(&self, at: usize) -> Option<&str> {
        let behind = self.tokens.get(at + 1..)?.iter();
        let words: Vec<&str> = behind
            .map_while(|token| match token {
                Token::Word(word) if !STOPS.contains(&word.as_str()) => Some(word.as_str()),
                _ => None,
            })
            .take(3)
            .collect();
        words.last().copied()
    }
}

/// What stands written at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A word in lower case.
    Word(String),
    /// Letters with digits among them, or digits alone.
    Digits,
    /// Any other character that is no blank.
    Mark(char),
}

/// The words and marks of a text, each with its characters counted from the start of the text.
pub(super) fn written(text: &str) -> Vec<(Range<usize>, Written)> {
    let mut found = Vec::new();
    let (mut word, mut start) = (String::new(), 0);
    for (at, c) in text.chars().chain([' ']).enumerate() {
        if c.is_alphanumeric() {
            if word.is_empty() {
                start = at;
            }
            if c.is_ascii() {
                word.push(c.to_ascii_lowercase());
            } else {
                word.extend(c.to_lowercase());
            }
            continue;
        }
        if !word.is_empty() {
            let own = std::mem::take(&mut word);
            let digits = own.chars().any(char::is_numeric);
            found.push((start..at, if digits { Written::Digits } else { Written::Word(own) }));
        }
        if !c.is_whitespace() {
            found.push((at..at + 1, Written::Mark(c)));
        }
    }
    found
}

/// Words that end a run of words in front of a noun, or follow it.
pub(super) const STOPS: &[&str] = &[
    "of",
    "in",
    "and",
    "or",
    "were",
    "was",
    "had",
    "have",
    "are",
    "with",
    "from",
    "to",
    "for",
    "at",
    "on",
    "who",
    "that",
    "which",
    "by",
    "per",
    "out",
    "as",
    "is",
    "the",
    "a",
    "an",
    "than",
    "respectively",
];

/// A word as it is compared: in the singular, if it is long enough to have one ("is" and "was" have none).
pub(super) fn stem(word: &str) -> String {
    if has_plural(word) { singular(word) } else { word.to_owned() }
}

/// The same, borrowed where the word stays as it is.
pub(super) fn stem_of(word: &str) -> Cow<'_, str> {
    if has_plural(word) && word.ends_with('s') { Cow::Owned(singular(word)) } else { Cow::Borrowed(word) }
}

fn has_plural(word: &str) -> bool {
    word.chars().count() > 3
}
