//! The characters of a paper, with the small questions that every scanner asks of them.
//!
//! Positions count scalar values, so that no scanner converts offsets; only unit strings and patterns see bytes. It
//! holds no state and knows nothing of numbers.

use crate::document::{TextIndex, TextRange};

/// A paper's text, indexed by scalar value.
#[derive(Debug)]
pub(super) struct Source<'t> {
    /// The text.
    pub text: &'t str,
    /// Its scalar values.
    pub chars: Vec<char>,
    /// The way to bytes and back.
    pub index: TextIndex,
}

impl<'t> Source<'t> {
    /// Indexes a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, chars: text.chars().collect(), index: TextIndex::new(text) }
    }

    /// The character at a position.
    pub(super) fn at(&self, position: usize) -> Option<char> {
        self.chars.get(position).copied()
    }

    /// The character before a position.
    pub(super) fn before(&self, position: usize) -> Option<char> {
        position.checked_sub(1).and_then(|before| self.at(before))
    }

    /// The characters of a range.
    pub(super) fn slice(&self, range: TextRange) -> &'t str {
        self.index.slice(self.text, range)
    }

    /// The characters of a range, cut to the text.
    pub(super) fn window(&self, start: usize, end: usize) -> &'t str {
        let end = end.min(self.chars.len());
        self.slice(TextRange::new(start.min(end), end))
    }

    /// The first position from `from` up to `end` that holds no space.
    pub(super) fn skip_spaces(&self, from: usize, end: usize) -> usize {
        let mut at = from;
        while at < end && self.at(at).is_some_and(is_space) {
            at += 1;
        }
        at
    }

    /// The position after the last character before `from`, not below `start`, that is no space.
    pub(super) fn skip_spaces_back(&self, from: usize, start: usize) -> usize {
        let mut at = from;
        while at > start && self.before(at).is_some_and(is_space) {
            at -= 1;
        }
        at
    }

    /// Whether `word` (lower case) stands at `from`, whatever its case.
    pub(super) fn has_word(&self, from: usize, word: &str) -> bool {
        let mut at = from;
        for expected in word.chars() {
            match self.at(at) {
                Some(found) if lowers_to(found, expected) => at += 1,
                Some(found) if expected == ' ' && is_space(found) => at += 1,
                _ => return false,
            }
        }
        true
    }

    /// The run of letters at `from`: its end.
    pub(super) fn letters_end(&self, from: usize, end: usize) -> usize {
        let mut at = from;
        while at < end && self.at(at).is_some_and(char::is_alphabetic) {
            at += 1;
        }
        at
    }

    /// The run of letters that ends at `to`: its start, not below `start`.
    pub(super) fn letters_start(&self, to: usize, start: usize) -> usize {
        let mut at = to;
        while at > start && self.before(at).is_some_and(char::is_alphabetic) {
            at -= 1;
        }
        at
    }
}

/// Whether the lower case of a character is another one.
fn lowers_to(character: char, lower: char) -> bool {
    if character.is_ascii() {
        character.to_ascii_lowercase() == lower
    } else {
        character.to_lowercase().eq(core::iter::once(lower))
    }
}

/// Whether a character is a space of any width. A tab is none: it parts the cells of a table.
pub(super) fn is_space(character: char) -> bool {
    (character.is_whitespace() && character != '\t') || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character can stand for a minus sign.
pub(super) const fn is_minus(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{2afa}'
    )
}

/// Whether a character can part the ends of a range.
pub(super) const fn is_dash(character: char) -> bool {
    is_minus(character) || matches!(character, '\u{2014}' | '\u{223c}' | '~')
}

/// The value of a decimal digit of the scripts that papers use: ASCII, Arabic-Indic, Persian, Devanagari, full-width.
pub(super) fn digit(character: char) -> Option<char> {
    let zero = match character {
        '0'..='9' => return Some(character),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(character) - zero, 10)
}

/// The plain character of a superscript digit or sign.
pub(super) const fn superscript(character: char) -> Option<char> {
    Some(match character {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁺' => '+',
        '⁻' => '-',
        _ => return None,
    })
}

/// Whether a character is a raised Latin letter, as the marks of notes are.
pub(super) const fn is_raised_letter(character: char) -> bool {
    matches!(character, '\u{1d43}'..='\u{1d61}' | '\u{1d9b}'..='\u{1dbf}' | '\u{2071}' | '\u{207f}' | '\u{2b0}'..='\u{2b8}' | '\u{2e1}'..='\u{2e3}' | 'ª')
}

/// The plain character of a subscript digit.
pub(super) fn subscript(character: char) -> Option<char> {
    let value = u32::from(character).checked_sub(0x2080)?;
    char::from_digit(value, 10).filter(|_| value < 10)
}
