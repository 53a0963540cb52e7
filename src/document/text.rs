//! Ranges of the canonical text, and the way between scalar offsets and byte offsets.
//!
//! Everything a user sees counts Unicode scalar values; `regex` and string slices count bytes. Only this file converts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of the canonical text, in Unicode scalar values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct TextRange {
    /// The first character of the range.
    pub start: usize,
    /// One past the last character of the range.
    pub end: usize,
}

impl TextRange {
    /// The range from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many characters the range holds.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range holds no character.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two ranges share a character.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this range.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Converts between scalar offsets and byte offsets of one text, each way in logarithmic time or better.
#[derive(Clone, Debug)]
pub struct TextIndex {
    /// The byte offset of each scalar, and at the end the length of the text.
    starts: Vec<usize>,
}

impl TextIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        starts.push(text.len());
        Self { starts }
    }

    /// How many scalar values the text holds.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The byte offset of scalar `scalar`; past the end it is the length of the text.
    pub fn byte(&self, scalar: usize) -> usize {
        let last = self.starts.len() - 1;
        self.starts[scalar.min(last)]
    }

    /// The scalar that holds byte `byte`.
    pub fn scalar(&self, byte: usize) -> usize {
        match self.starts.binary_search(&byte) {
            Ok(scalar) => scalar,
            Err(next) => next.saturating_sub(1),
        }
    }

    /// The characters of `range` in `text`, which must be the text that was indexed.
    pub fn slice<'t>(&self, text: &'t str, range: TextRange) -> &'t str {
        &text[self.byte(range.start)..self.byte(range.end.max(range.start))]
    }

    /// The scalar range of the byte range `start..end`.
    pub fn range(&self, start: usize, end: usize) -> TextRange {
        TextRange::new(self.scalar(start), self.scalar(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_convert_both_ways_over_wide_characters() {
        let text = "µg·L⁻¹ ≤ 5";
        let index = TextIndex::new(text);
        assert_eq!(index.len(), 10);
        for (scalar, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.byte(scalar), byte);
            assert_eq!(index.scalar(byte), scalar);
        }
        assert_eq!(index.slice(text, TextRange::new(3, 6)), "L⁻¹");
        assert_eq!(index.byte(99), text.len());
    }
}
