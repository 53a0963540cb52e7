//! Regular expressions over the text of papers, compiled so that they stay fast in it.
//!
//! It compiles patterns and knows none: each stands beside what it is for.

use regex::Regex;

/// The pattern with each `\b` between ASCII words alone.
///
/// The text of a paper has a Greek letter, a dash or a placeholder nearly everywhere, and there the fast engine of the
/// `regex` crate gives up on a boundary between Unicode words: over a corpus this took a fifth of the whole time. The
/// words of our patterns are English, so the two differ only where such a word is a part of one with other letters.
pub fn ascii_boundaries(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)")
}

/// The compiled pattern, with boundaries of ASCII words; nothing where it is no pattern.
pub fn compile(pattern: &str) -> Option<Regex> {
    Regex::new(&ascii_boundaries(pattern)).ok()
}

/// Whether a pattern, which may be none, is found in the words.
pub fn is_match(pattern: Option<&Regex>, words: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_is_found_beside_any_sign_and_within_no_english_word() {
        let pattern = compile(r"\bn\b").expect("it is a pattern");
        assert!(pattern.is_match("χ² (n = 20)"));
        assert!(pattern.is_match("\u{f0000}n\u{f0001}"));
        assert!(!pattern.is_match("than 20"));
    }

    #[test]
    fn what_is_no_pattern_gives_none() {
        assert!(compile("(").is_none());
    }
}
