//! Papers for the tests of this folder.

use crate::document::Document;
use crate::extract::{Mentions, extract};
#[cfg(test)]
use crate::read::{ReadLimits, read};

/// A paper of paragraphs, parted by empty lines.
pub fn paper(text: &str) -> (Document, Mentions) {
    let document = read(text.as_bytes(), &ReadLimits::default()).expect("a text can be read");
    let mentions = extract(&document);
    (document, mentions)
}
