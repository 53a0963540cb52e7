//! Unit strings inside expressions: where the unit after a number ends, and when it needs quotes.

use crate::arithmetic::functions;
use crate::arithmetic::units::{self, Parsed, Unit};

/// The most bytes after a number in which a unit is looked for.
const MAX_UNIT: usize = 160;

/// What a whole unit string means.
pub(super) fn parse(text: &str) -> Parsed {
    if text.trim().is_empty() { Parsed::One(Unit::one()) } else { units::parse(text.trim()) }
}

/// The meanings of a whole unit string, the usual one first; none where it is not one.
pub fn unit_meanings(text: &str) -> Vec<Unit> {
    parse(text).units()
}

/// The unit that a text begins with: its bytes and its meanings, the usual one first. The text is what follows a number
/// and its spaces; an operator of the expression, a comma or `in` ends the unit.
pub(super) fn scan(text: &str) -> Option<(usize, Vec<Unit>)> {
    let window = &text[..window(text)];
    let first = window.chars().next()?;
    if first.is_ascii_digit() || first.is_whitespace() || "/^*+-−()".contains(first) {
        return None;
    }
    let (length, parsed) = units::longest_prefix_in_expression(window)?;
    let text = window.get(..length)?.trim_end();
    let mut meanings = parsed.units();
    for unit in &mut meanings {
        // Spaces behind the unit are not part of it.
        text.clone_into(&mut unit.text);
    }
    (!text.is_empty() && !meanings.is_empty()).then_some((text.len(), meanings))
}

/// The unit as it stands behind a number: bare where its string is read back to it, else in quotes, with
/// `{meaning n}` where it is not the usual meaning. `None` where its string does not give it at all.
pub(super) fn written(unit: &Unit) -> Option<String> {
    let word = word(&unit.text);
    let meanings = match quoted(&word) {
        Some((_, inner)) => parse(inner).units(),
        None => scan(&word).map(|(_, meanings)| meanings).unwrap_or_default(),
    };
    let at = meanings.iter().position(|meaning| meaning.same_meaning(unit))?;
    Some(if at == 0 { word } else { format!("{word} {{meaning {}}}", at + 1) })
}

/// The unit string as it stands in an expression: bare where it is read back whole, else in quotes.
pub(super) fn word(text: &str) -> String {
    if scan(text).is_some_and(|(length, _)| length == text.len()) {
        return text.to_owned();
    }
    if text.contains('"') { format!("“{text}”") } else { format!("\"{text}\"") }
}

/// The string in quotes that a text begins with: its bytes, the quotes included, and what is between them.
pub(super) fn quoted(text: &str) -> Option<(usize, &str)> {
    for (open, close) in [('"', '"'), ('“', '”')] {
        if let Some(rest) = text.strip_prefix(open) {
            let length = rest.find(close)?;
            return Some((open.len_utf8() + length + close.len_utf8(), &rest[..length]));
        }
    }
    None
}

/// How many bytes at the start of a text can belong to a unit.
fn window(text: &str) -> usize {
    let mut before = ' ';
    let mut brackets = 0_usize;
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        let ends = match character {
            '=' | '<' | '>' | '≤' | '≥' | '∈' | ',' | '+' | '{' | '}' | '#' | '"' | '“' | '\n' => true,
            '(' => {
                brackets += 1;
                false
            }
            ')' => {
                brackets = brackets.wrapping_sub(1);
                brackets == usize::MAX
            }
            '*' | '×' | '·' | '⋅' | '÷' | '/' | '-' | '−' | '–' => {
                let spaced = before.is_whitespace() && rest.starts_with(char::is_whitespace);
                let factor = rest.trim_start();
                let digit = factor.starts_with(|next: char| next.is_ascii_digit());
                (spaced && starts_term(factor)) || (digit && "*×·⋅÷".contains(character))
            }
            // Behind the unit's first word, `in` converts; the inch stands first or not at all.
            'i' => before.is_whitespace() && at > 0 && is_word_in(&text[at..]),
            _ => false,
        };
        if ends || at > MAX_UNIT {
            return at;
        }
        before = character;
    }
    text.len()
}

/// Whether a text begins with the word `in`.
fn is_word_in(text: &str) -> bool {
    text.strip_prefix("in").is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

/// Whether a text begins with the word `in` and a unit after it.
pub(super) fn is_conversion(text: &str) -> bool {
    text.strip_prefix("in").is_some_and(|rest| {
        let unit = rest.trim_start();
        rest.starts_with(char::is_whitespace) && unit.starts_with(|next: char| !"=<>≤≥∈,)+-−*/×·÷^".contains(next))
    })
}

/// Whether a text begins with something that an operator can stand before and a unit cannot.
fn starts_term(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if first.is_ascii_digit() || ".(-−".contains(first) {
        return true;
    }
    let name = text.split('(').next().unwrap_or_default();
    name.len() < text.len() && (functions::find(name).is_some() || super::literal::Form::named(name).is_some())
}
