//! Letters behind the numbers of a table that its notes explain: "1642 s", "435 m" above "s = strong, m = medium". They
//! are no seconds and no metres.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::units;
use crate::extract::patterns::compile;
use crate::extract::quantity::{Quantity, QuantityKind};
use crate::extract::source::Source;

/// "s = strong", "m: medium", with nothing but a blank or a sign before the letter.
static DEFINED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?:^|[\s,;:.(])(?P<letter>[A-Za-z])\s*[=:]\s*(?P<word>\p{L}{3,})"));

/// The letters that the notes of a table explain by a word that is no name of a unit.
pub(super) fn defined(notes: &str) -> Vec<String> {
    let of = DEFINED.iter().flat_map(|pattern| pattern.captures_iter(notes));
    of.filter(|found| {
        let word = found.name("word").map_or("", |word| word.as_str()).to_lowercase();
        units::longest_prefix(&word).is_none_or(|(bytes, _)| bytes < word.len())
    })
    .filter_map(|found| found.name("letter").map(|letter| letter.as_str().to_owned()))
    .collect()
}

/// Takes such a letter from a quantity that has it for its unit.
pub(super) fn strip(source: &Source<'_>, letters: &[String], quantity: &mut Quantity) {
    let is_letter = quantity.first().unit.as_ref().is_some_and(|unit| {
        let text = source.slice(unit.range);
        letters.iter().any(|letter| letter == text)
    });
    if is_letter && quantity.kind == QuantityKind::Measured {
        quantity.kind = QuantityKind::Number;
        quantity.range = quantity.number;
        for reading in &mut quantity.readings {
            reading.unit = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_that_are_no_units_are_taken() {
        assert_eq!(defined("s = strong, w = weak, m = medium, and br = broad,"), ["s", "w", "m"]);
        assert_eq!(defined("h = hours; d: days. All in s."), Vec::<String>::new());
    }
}
