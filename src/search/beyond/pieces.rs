//! The words and quantities of a sentence in their order, with their places.
//!
//! Words inside a quantity (its unit, a number in words) are not among them: what names something stands beside it.

use crate::document::{Document, TextIndex, TextRange};
use crate::extract::{Mentions, QuantityIx};
use crate::search::scene::{Written, written};

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word in lower case.
    Word(String),
    /// A mark, or digits that are no quantity.
    Mark,
    /// A quantity.
    Quantity(QuantityIx),
}

/// A piece with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// What it is.
    pub(super) piece: Piece,
    /// Its characters.
    pub(super) range: TextRange,
}

impl Placed {
    /// The word, where it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.piece {
            Piece::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The pieces of a sentence.
pub(super) fn pieces(document: &Document, index: &TextIndex, mentions: &Mentions, sentence: usize) -> Vec<Placed> {
    let mut found = Vec::new();
    let Some(whole) = mentions.sentences.get(sentence).map(|sentence| sentence.range) else { return found };
    let mut from = whole.start;
    for quantity in mentions.quantities_of(sentence) {
        let Some(range) = mentions.quantities.get(quantity).map(|quantity| quantity.range) else { continue };
        let before = TextRange::new(from, range.start.max(from));
        split(index.slice(&document.text, before), from, &mut found);
        found.push(Placed { piece: Piece::Quantity(QuantityIx(quantity)), range });
        from = range.end;
    }
    let rest = TextRange::new(from, whole.end.max(from));
    split(index.slice(&document.text, rest), from, &mut found);
    found
}

/// Adds the words and marks of a text that begins at an offset.
fn split(text: &str, start: usize, found: &mut Vec<Placed>) {
    found.extend(written(text).into_iter().map(|(own, written)| Placed {
        piece: match written {
            Written::Word(word) => Piece::Word(word),
            Written::Digits | Written::Mark(_) => Piece::Mark,
        },
        range: TextRange::new(start + own.start, start + own.end),
    }));
}
