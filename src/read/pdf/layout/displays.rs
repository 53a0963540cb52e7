//! Displayed mathematics: lines set in from the column without the words of a sentence, with the pieces of fractions and
//! limits around them and the number of the equation in the margin.
//!
//! What a formula says is not read here. A displayed line with running words stays prose.

use super::page::TextLine;
use crate::read::structure;

/// Signs that relate the two sides of a formula.
const RELATIONS: [char; 17] = ['=', '≈', '≤', '≥', '<', '>', '∝', '≡', '∼', '≃', '∈', '→', '⇒', '⇌', '≪', '≫', '≠'];
/// Names of functions, which are no words of a sentence.
const FUNCTIONS: [&str; 18] = [
    "sin", "cos", "tan", "log", "exp", "max", "min", "lim", "arg", "det", "var", "cov", "mod", "sup", "inf", "sinh",
    "cosh", "tanh",
];
/// How far, in ems, a display is set in from the left of its column at least.
const SET_IN: f32 = 1.0;
/// How far, in ems, the pieces of a formula stand from each other at most.
const NEAR: f32 = 1.75;

/// Which lines of a region, from top to bottom, are displayed mathematics.
pub fn displays(lines: &[TextLine]) -> Vec<bool> {
    let column = Column::of(lines);
    let mut found: Vec<bool> = lines.iter().map(|line| column.displays(line)).collect();
    // Pieces stand over and under the lines with relations, and beside each other.
    for (order, back) in [((0..lines.len()).collect::<Vec<_>>(), true), ((0..lines.len()).rev().collect(), false)] {
        for at in order {
            let other = if back { at.checked_sub(1) } else { Some(at + 1) };
            let Some(other) = other.filter(|other| found.get(*other) == Some(&true)) else { continue };
            found[at] |= column.is_piece(&lines[at], &lines[other]);
        }
    }
    found
}

/// The column that displays are set in from.
struct Column {
    left: f32,
    right: f32,
}

impl Column {
    fn of(lines: &[TextLine]) -> Self {
        let width = |line: &TextLine| line.right - line.left;
        let widest = lines.iter().map(width).fold(0.0, f32::max);
        // Lines that fill the column tell where it begins, displays never do.
        let full =
            || lines.iter().filter(|line| width(line) > 0.8 * widest && line.tabs() == 0 && has_words(&line.text()));
        Self {
            left: full().map(|line| line.left).fold(f32::INFINITY, f32::min),
            right: full().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max),
        }
    }

    fn is_set_in(&self, line: &TextLine) -> bool {
        line.left > self.left + SET_IN * line.size && line.right < self.right + line.size
    }

    /// Whether the line is a formula by itself.
    fn displays(&self, line: &TextLine) -> bool {
        let text = line.text();
        let numbered = structure::ends_with_number_in_brackets(&text) && line.tabs() > 0;
        let formula = text.chars().filter(|sign| RELATIONS.contains(sign)).count() > 0;
        let free = self.is_set_in(line) && line.right < self.right - SET_IN * line.size && line.tabs() == 0;
        let numbered = numbered && line.left > self.left - line.size;
        formula && !has_words(&text) && (free || numbered)
    }

    /// Whether the line is a piece of the formula in `other`: a few signs right over or under it.
    fn is_piece(&self, line: &TextLine, other: &TextLine) -> bool {
        let text = line.text();
        let signs = text.chars().filter(|sign| !sign.is_whitespace()).count();
        let near = (line.base - other.base).abs() < NEAR * line.size.max(other.size);
        // Pieces stand closer than lines of text do, or beside the middle of the formula.
        let over = line.left < other.right + line.size && line.right > other.left - line.size;
        let number = structure::ends_with_number_in_brackets(&format!(" {text}")) && line.left > other.right;
        near && self.is_set_in(line) && !has_words(&text) && ((over && signs <= 40) || number)
    }
}

/// Whether a text has the words of a sentence: two words of three letters or more, or a long one beside a short one.
fn has_words(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() >= 3);
    let words: Vec<&str> = words.filter(|word| !FUNCTIONS.contains(word)).collect();
    let small = words.iter().filter(|word| word.chars().all(char::is_lowercase)).count();
    words.len() > 2 || small > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_have_no_words_of_a_sentence() {
        for text in ["V = 4πr³/3", "60 × 7,000 = 42,000", "log x = max(a, b)", "Dose = 60 kg × 7 mg/kg"] {
            assert!(!has_words(text), "{text}");
        }
        for text in ["where the mean = 5", "so that p = .05 for all", "body mass index = 22"] {
            assert!(has_words(text), "{text}");
        }
    }
}
