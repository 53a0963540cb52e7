//! Marks of notes behind the value of a cell: "55ᵃ", "0.62***", "(81.9)b". They are no part of the value.

use std::collections::BTreeSet;

use crate::document::TextRange;
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

/// The end of the cell `start..end` without marks, and without a lone letter that lost its raise, where one of the notes
/// begins with it: "16.35 a" above "a One set was not collected"; or without the letters of homogeneous groups, where a
/// note speaks of such letters: "1.88 bcd" above "Means that share a subscript do not differ".
pub(super) fn strip_lettered(source: &Source<'_>, start: usize, end: usize, notes: &str) -> usize {
    let at = strip(source, start, end);
    let near = source.skip_spaces_back(at.saturating_sub(1).max(start), start);
    let value =
        near + 1 < at && source.before(near).is_some_and(|c| digit(c).is_some() || matches!(c, ')' | ']' | '%'));
    if let Some(value) = without_groups(source, start, at, notes) {
        return value;
    }
    let letter = source.before(at).filter(|c| matches!(c, 'a'..='h') && value);
    if letter.is_some_and(|letter| begins_note(notes, letter)) { strip(source, start, near) } else { at }
}

/// The end of the value before the letters of homogeneous groups, where a note speaks of such letters.
fn without_groups(source: &Source<'_>, start: usize, end: usize, notes: &str) -> Option<usize> {
    let notes = notes.to_lowercase();
    let told = ["subscript", "superscript", "same letter", "different letter", "common letter"];
    let told = told.iter().any(|words| notes.contains(words));
    lettered(source, start, end).filter(|_| told).map(|(value, _)| value)
}

/// The end of the value before the letters of homogeneous groups, in their order, with a blank before them; and the letters.
fn lettered<'s>(source: &Source<'s>, start: usize, end: usize) -> Option<(usize, &'s str)> {
    let from = source.letters_start(end, start);
    let letters = source.window(from, end);
    let groups = !letters.is_empty() && letters.len() <= 5 && letters.chars().all(|c| c.is_ascii_lowercase());
    let ordered = letters.as_bytes().windows(2).all(|pair| pair[0] < pair[1]);
    let value = source.skip_spaces_back(from, start);
    let apart = value < from && value > start && source.before(value).is_some_and(|c| digit(c).is_some() || c == ')');
    (groups && ordered && apart).then_some((value, letters))
}

/// How many cells with letters a column needs to say by itself that they are those of homogeneous groups.
const FEWEST_LETTERED: usize = 5;

/// Whether the cells of a column have the letters of homogeneous groups behind their values without a word about them: nearly
/// all of them, and every letter from a on up to the last one. A unit of one letter is none of it.
pub(super) fn is_lettered(source: &Source<'_>, cells: impl Iterator<Item = TextRange>) -> bool {
    let (mut filled, mut with_letters) = (0_usize, 0_usize);
    let mut seen = BTreeSet::new();
    for cell in cells.filter(|cell| source.slice(*cell).contains(|c: char| c.is_ascii_digit())) {
        filled += 1;
        if let Some((_, letters)) = lettered(source, cell.start, strip(source, cell.start, cell.end)) {
            with_letters += 1;
            seen.extend(letters.bytes());
        }
    }
    let unbroken = seen.iter().copied().eq((b'a'..=b'z').take(seen.len()));
    with_letters >= FEWEST_LETTERED && with_letters * 10 >= filled * 9 && seen.len() >= 2 && unbroken
}

/// The end of the cell `start..end` of a column with letters of homogeneous groups, without them.
pub(super) fn strip_groups(source: &Source<'_>, start: usize, end: usize) -> usize {
    let at = strip(source, start, end);
    lettered(source, start, at).map_or(at, |(value, _)| value)
}

/// Whether a note begins with a letter: at the start of a line or behind a sentence, with a capital or a digit behind it.
fn begins_note(notes: &str, letter: char) -> bool {
    let opens = |before: &str| {
        let trimmed = before.trim_end_matches(' ');
        trimmed.is_empty()
            || trimmed.ends_with('\n')
            || (trimmed.len() < before.len() && trimmed.ends_with(['.', ':', ';']))
    };
    notes.match_indices(letter).any(|(at, _)| {
        let behind = notes[at + letter.len_utf8()..].trim_start_matches(' ');
        opens(&notes[..at]) && behind.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    })
}

/// Whether a character can only be a mark.
fn is_mark(character: char) -> bool {
    is_raised_letter(character) || "*†‡§¶∗".contains(character) || (character == ' ' && is_space(character))
}
