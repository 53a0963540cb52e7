//! The paper's own abbreviations: "body mass index (BMI)" makes BMI stand for these words.
//!
//! An abbreviation counts only where the words before its bracket begin with its letters, in order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;

use super::words::Word;

/// An abbreviation in brackets: two to eight letters, most of them capitals.
static BRACKET: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"\((?P<short>[A-Z][A-Za-z]?[A-Z][A-Za-z]{0,5})s?[);,]"));

/// How far before the bracket its words may begin, in bytes.
const REACH: usize = 120;

/// The abbreviations of a paper with the words that each stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Abbreviations(BTreeMap<String, Vec<Word>>);

impl Abbreviations {
    /// The abbreviations that a text defines.
    pub(super) fn of(text: &str) -> Self {
        let mut found = BTreeMap::new();
        for hit in BRACKET.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let (Some(all), Some(short)) = (hit.get(0), hit.name("short")) else { continue };
            if let Some(words) = words_of(&text[..all.start()], short.as_str()) {
                found.entry(short.as_str().to_owned()).or_insert(words);
            }
        }
        Self(found)
    }

    /// The words that an abbreviation stands for; none for any other run of letters.
    pub(super) fn words(&self, run: &str) -> impl Iterator<Item = Word> {
        let capital = run.as_bytes().first().is_some_and(u8::is_ascii_uppercase) && !self.0.is_empty();
        let own = if capital { self.0.get(run).or_else(|| self.0.get(run.strip_suffix('s')?)) } else { None };
        own.into_iter().flatten().copied()
    }
}

/// The words at the end of a text whose first letters are those of the abbreviation.
fn words_of(before: &str, short: &str) -> Option<Vec<Word>> {
    let mut from = before.len().saturating_sub(REACH);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let tail = &before[from..];
    let runs: Vec<&str> = super::words::runs(tail).map(|(_, run)| run).collect();
    let letters: Vec<char> = short.chars().flat_map(char::to_lowercase).collect();
    let mut words = Vec::new();
    let mut left = letters.as_slice();
    for run in runs.iter().rev().take(letters.len() + 3) {
        let begins = run.chars().next().is_some_and(|first| first.to_lowercase().eq(left.last().copied()));
        let small = matches!(run.to_lowercase().as_str(), "of" | "the" | "and" | "for" | "in" | "to" | "by" | "with");
        if begins {
            left = &left[..left.len() - 1];
            words.extend(Word::of(run));
        } else if !small {
            return None;
        }
        if left.is_empty() {
            return (!words.is_empty()).then_some(words);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_stands_for_the_words_that_its_letters_begin() {
        let found = Abbreviations::of("The body mass index (BMI) and rate of growth (ROG; per day) of it (NASA).");
        let words = |short: &str| found.words(short).collect::<Vec<_>>();
        assert_eq!(words("BMI").len(), 3);
        assert_eq!(words("BMI"), words("BMIs"));
        assert_eq!(words("ROG"), [Word::of("growth")].into_iter().flatten().collect::<Vec<_>>());
        assert_eq!(words("NASA"), []);
        assert_eq!(words("bmi"), []);
    }
}
