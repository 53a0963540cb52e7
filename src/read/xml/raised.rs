//! How raised and lowered characters are written, from the element that says that they are.
//!
//! Characters with a raised form get it, one for one. An exponent without one is written behind a caret, so that no reader
//! takes it for a number of its own or for digits of its base.

use crate::read::scripts::{subscript, superscript, superscript_letter};

/// The lowered characters; gaps around signs close up.
pub fn lowered(text: &str) -> String {
    let characters: Vec<char> = text.trim().chars().collect();
    let word = |at: Option<&char>| at.is_some_and(|character| character.is_alphanumeric());
    let gap = |at: usize| {
        characters[at].is_whitespace() && !(word(characters.get(at + 1)) && word(characters.get(at.wrapping_sub(1))))
    };
    let kept = (0..characters.len()).filter(|at| !gap(*at)).map(|at| characters[at]);
    kept.map(|character| subscript(character).unwrap_or(character)).collect()
}

/// The raised characters behind `before`.
pub fn raised(text: &str, before: Option<char>) -> String {
    let text = text.trim();
    let dense: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    if dense.is_empty() || matches!(dense.as_str(), "st" | "nd" | "rd" | "th") {
        return text.to_owned();
    }
    if let Some(all) = dense.chars().map(superscript).collect::<Option<String>>() {
        // Letters that have a raised form by chance are a word: "CD4hi".
        let word = dense.chars().count() > 1 && dense.chars().all(char::is_alphabetic);
        return if word { dense } else { all };
    }
    if is_list(&dense) {
        return dense.chars().map(|character| superscript(character).unwrap_or(character)).collect();
    }
    let behind_value = before.is_some_and(|before| before.is_ascii_digit() || ")]%".contains(before));
    if behind_value && is_marks(&dense) {
        return dense.chars().map(|character| mark(character).unwrap_or(character)).collect();
    }
    // "99m" before "Tc".
    let digits = dense.chars().take_while(char::is_ascii_digit).count();
    if digits > 0
        && dense.chars().count() == digits + 1
        && let Some(all) = dense.chars().map(mark).collect::<Option<String>>()
    {
        return all;
    }
    let exponent = dense.starts_with(|first: char| first.is_ascii_digit() || "−-–+.".contains(first));
    if exponent && dense.contains(|character: char| character.is_ascii_digit()) {
        return format!("^({text})");
    }
    text.to_owned()
}

/// The raised form of a mark of one character.
pub fn mark(character: char) -> Option<char> {
    superscript(character).or_else(|| superscript_letter(character))
}

/// "1,2", "3–5": marks of the literature.
fn is_list(text: &str) -> bool {
    let listed = text.chars().all(|character| character.is_ascii_digit() || ",;–-".contains(character));
    let closed = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    listed && closed(text.chars().next()) && closed(text.chars().next_back())
}

/// "a", "a,b", "b*": marks of notes.
fn is_marks(text: &str) -> bool {
    let signs = "*†‡§¶#,";
    let mut letters = 0;
    text.chars().all(|character| {
        letters = if character.is_alphabetic() { letters + 1 } else { 0 };
        letters <= 1 && (signs.contains(character) || mark(character).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_isotopes_and_marks_are_raised() {
        for (text, before, expected) in [
            ("−3", Some('0'), "⁻³"),
            (" - 1", Some('g'), "⁻¹"),
            ("2", Some('R'), "²"),
            ("2+", Some('a'), "²⁺"),
            ("n+1", Some('x'), "ⁿ⁺¹"),
            ("14", None, "¹⁴"),
            ("99 m", None, "⁹⁹ᵐ"),
            ("1,2", Some('.'), "¹,²"),
            ("3–5", Some('.'), "³⁻⁵"),
            ("a", Some('5'), "ᵃ"),
            ("a,b", Some(')'), "ᵃ,ᵇ"),
        ] {
            assert_eq!(raised(text, before), expected, "{text}");
        }
    }

    #[test]
    fn words_stay_and_other_exponents_stand_behind_a_caret() {
        for (text, before, expected) in [
            ("th", Some('5'), "th"),
            ("hi", Some('4'), "hi"),
            ("INK4a", Some('6'), "INK4a"),
            ("Kip1", Some('7'), "Kip1"),
            ("a", Some('h'), "a"),
            ("*", Some('5'), "*"),
            ("−0.5", Some('e'), "^(−0.5)"),
            ("1/2", Some('x'), "^(1/2)"),
        ] {
            assert_eq!(raised(text, before), expected, "{text}");
        }
        assert_eq!(lowered("1,28"), "₁,₂₈");
        assert_eq!(lowered("i + 1"), "i₊₁");
        assert_eq!(lowered("rmse"), "rmse");
    }
}
