//! The reader of unit strings in all printed styles.
//!
//! A unit is a chain of terms joined by a fraction bar, "per", a dot, a hyphen or a space; a term is a symbol, a name,
//! a number with a symbol or a bracket, with an exponent and a qualifier. The whole string is read or it is rejected
//! with a reason, and every meaning that the string can have is kept. The reader goes once over a bounded number of
//! characters and nests no deeper than three brackets, so hostile text costs nothing. It knows no paper.

mod chain;
mod exponent;
mod meaning;
mod number;
mod prose;
mod qualifier;
mod term;
mod text;

use chain::Reader;
use exponent::Mode;
use text::Folded;

use super::table;
use super::unit::{Parsed, Unit};

/// The longest string that is read as a unit, in characters.
pub const MAX_CHARACTERS: usize = 200;
/// The window behind a number in which a unit is looked for, in characters.
const WINDOW: usize = 96;

/// Reads a whole string as a unit.
///
/// Gives the one meaning, or all of them with the usual one first, or the reason why the string is no unit.
pub fn parse(text: &str) -> Parsed {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Parsed::Rejected("no unit is given".to_owned());
    }
    if trimmed.chars().count() > MAX_CHARACTERS {
        return Parsed::Rejected(format!("longer than {MAX_CHARACTERS} characters"));
    }
    if trimmed.ends_with(')')
        && let found @ (Parsed::One(_) | Parsed::Ambiguous(_)) = parsed(table::named(trimmed), trimmed)
    {
        // The bracket of "therm (EC)" belongs to the name.
        return found;
    }
    let folded = Folded::new(trimmed, MAX_CHARACTERS);
    let reader = Reader::new(&folded, Mode::Whole);
    match reader.whole() {
        Ok(units) => parsed(units, trimmed),
        Err(reason) => match parsed(table::named(trimmed), trimmed) {
            Parsed::Rejected(_) => Parsed::Rejected(reason),
            found => found,
        },
    }
}

/// The longest unit that a running text starts with: the byte behind it, and its meanings.
///
/// The text starts at the unit, not at a space before it. Ordinary words are not taken for units ("in the", "a",
/// "at"), and nothing behind the unit is ("min after" gives `min`).
pub fn longest_prefix(text: &str) -> Option<(usize, Parsed)> {
    prefix(text, Mode::Prose)
}

/// The longest unit that the rest of an expression starts with: `kg * 3 m` gives `kg`, `in / 2` gives `in`.
///
/// Here a short word is a unit, numbers and `*` belong to the expression, and so does a fraction bar before a number.
pub fn longest_prefix_in_expression(text: &str) -> Option<(usize, Parsed)> {
    prefix(text, Mode::Expression)
}

fn prefix(text: &str, mode: Mode) -> Option<(usize, Parsed)> {
    let folded = Folded::new(text, WINDOW);
    let (units, end) = Reader::new(&folded, mode).prefix()?;
    let bytes = *folded.ends.get(end.checked_sub(1)?)?;
    let written = text.get(..bytes)?.trim_end();
    match parsed(units, written) {
        Parsed::Rejected(_) => None,
        found => Some((written.len(), found)),
    }
}

/// The meanings under the text that was read.
fn parsed(mut units: Vec<Unit>, text: &str) -> Parsed {
    for unit in &mut units {
        text.clone_into(&mut unit.text);
    }
    if units.len() > 1 {
        return Parsed::Ambiguous(units);
    }
    match units.pop() {
        Some(unit) => Parsed::One(unit),
        None => Parsed::Rejected("no meaning is left".to_owned()),
    }
}
