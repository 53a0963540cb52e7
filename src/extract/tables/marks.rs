//! Marks of notes behind the value of a cell: "55ᵃ", "0.62***", "(81.9)b". They are no part of the value.

use crate::extract::source::{Source, digit, is_raised_letter, is_space, superscript};

/// The end of the cell `start..end` without the marks of notes behind its value.
pub(in crate::extract) fn strip(source: &Source<'_>, start: usize, end: usize) -> usize {
    let mut at = source.skip_spaces_back(end, start);
    while at > start + 1 {
        let before = source.before(at - 1);
        let mark = source.before(at).is_some_and(|c| match c {
            '*' | '†' | '‡' | '§' | '¶' | '#' | '∗' => true,
            _ if is_raised_letter(c) => before.is_some_and(|b| digit(b).is_some() || ")]%,".contains(b) || is_mark(b)),
            // A raised digit behind a digit may be a power; behind a bracket or a sign it is a mark.
            _ if superscript(c).is_some() => before.is_some_and(|b| ")]%".contains(b) || is_mark(b)),
            // A letter that lost its raise, glued to a bracket or a percent sign.
            'a'..='h' => before.is_some_and(|b| matches!(b, ')' | ']' | '%')),
            ',' => before.is_some_and(is_mark),
            _ => false,
        });
        if !mark {
            break;
        }
        at = source.skip_spaces_back(at - 1, start);
    }
    at
}

/// Whether a character can only be a mark.
fn is_mark(character: char) -> bool {
    is_raised_letter(character) || "*†‡§¶∗".contains(character) || (character == ' ' && is_space(character))
}
