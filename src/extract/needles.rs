//! Words without which a pattern cannot match: whether one of them stands in a text is told much faster than whether the
//! pattern matches.
//!
//! They are read from the syntax of the pattern itself, so nothing has to be kept in step with it. A pattern may have none.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The most words that are looked for before a pattern is.
const MOST: usize = 12;

/// What every match of a pattern has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needles {
    /// Lists of words, folded: of each list it has at least one word.
    words: Vec<Vec<String>>,
    /// Whether it has a digit of some script.
    digit: bool,
}

/// A text in which needles are looked for.
#[derive(Clone, Debug, Default)]
pub struct Haystack {
    folded: String,
    digit: bool,
}

impl Haystack {
    /// The text with its ASCII letters in lower case, and with the two other characters that stand for such a letter where case
    /// counts for nothing: ſ and the sign of the kelvin.
    pub fn new(text: &str) -> Self {
        Self { folded: folded(text), digit: text.contains(char::is_numeric) }
    }
}

fn folded(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(fold).collect() }
}

const fn fold(character: char) -> char {
    match character {
        'ſ' => 's',
        '\u{212a}' => 'k',
        other => other.to_ascii_lowercase(),
    }
}

impl Needles {
    /// Those of a pattern in the notation of the `regex` crate; none for what is no pattern.
    pub fn of_pattern(pattern: &str) -> Self {
        ParserBuilder::new().build().parse(pattern).map_or_else(|_| Self::default(), |parsed| Self::of(&parsed))
    }

    /// Those of a parsed pattern.
    pub fn of(expression: &Hir) -> Self {
        Self { words: words(expression), digit: has_digit(expression) }
    }

    /// Whether the pattern can match a text at all.
    pub fn may_match(&self, text: &Haystack) -> bool {
        let stands = |word: &String| text.folded.contains(word.as_str());
        (text.digit || !self.digit) && self.words.iter().all(|words| words.iter().any(stands))
    }
}

/// The one string that an expression matches, folded; nothing where it matches several.
fn only(expression: &Hir) -> Option<String> {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(String::new()),
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(folded),
        HirKind::Class(Class::Unicode(class)) => {
            let mut all = class.iter().flat_map(|range| range.start()..=range.end());
            let first = fold(all.next()?);
            all.all(|other| fold(other) == first).then(|| first.to_string())
        }
        HirKind::Capture(capture) => only(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(only).collect(),
        HirKind::Class(Class::Bytes(_)) | HirKind::Repetition(_) | HirKind::Alternation(_) => None,
    }
}

/// Whether every match of an expression has a digit.
fn has_digit(expression: &Hir) -> bool {
    match expression.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).is_ok_and(|text| text.contains(char::is_numeric)),
        HirKind::Class(Class::Unicode(class)) => {
            let mut all = class.iter().flat_map(|range| range.start()..=range.end()).peekable();
            all.peek().is_some() && all.all(char::is_numeric)
        }
        HirKind::Capture(capture) => has_digit(&capture.sub),
        HirKind::Repetition(repetition) => repetition.min > 0 && has_digit(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().any(has_digit),
        HirKind::Alternation(parts) => parts.iter().all(has_digit),
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => false,
    }
}

/// Lists of words: of each list every match of an expression has one. The list that tells most comes first.
fn words(expression: &Hir) -> Vec<Vec<String>> {
    if let Some(only) = only(expression) {
        return told(vec![only]).into_iter().collect();
    }
    let mut lists: Vec<Vec<String>> = match expression.kind() {
        HirKind::Capture(capture) => words(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => words(&repetition.sub),
        HirKind::Alternation(parts) => {
            // One list for each of the parts, so that a match by any of them has one word of all.
            let each: Option<Vec<Vec<String>>> = parts.iter().map(|part| words(part).into_iter().next()).collect();
            each.and_then(|each| told(each.concat())).into_iter().collect()
        }
        HirKind::Concat(parts) => {
            let mut lists: Vec<Vec<String>> =
                parts.iter().filter(|part| only(part).is_none()).flat_map(words).collect();
            // What stands together is one word.
            let mut run = String::new();
            for part in parts {
                match only(part) {
                    Some(own) => run.push_str(&own),
                    None => lists.extend(told(vec![std::mem::take(&mut run)])),
                }
            }
            lists.extend(told(vec![run]));
            lists
        }
        _ => Vec::new(),
    };
    lists.sort_by_key(|words| (std::cmp::Reverse(words.iter().map(String::len).min()), words.len()));
    lists.dedup();
    lists
}

/// The words, where each says something and they are few.
fn told(mut words: Vec<String>) -> Option<Vec<String>> {
    words.sort_unstable();
    words.dedup();
    let says = |word: &String| !word.trim().is_empty();
    (words.len() <= MOST && words.iter().all(says)).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;

    fn found(pattern: &str) -> String {
        let lists = Needles::of_pattern(pattern).words;
        lists.iter().map(|words| words.join("|")).collect::<Vec<_>>().join(" & ")
    }

    #[test]
    fn words_are_read_from_the_syntax() {
        assert_eq!(found(r"(?i)\bmore (?:cats|dogs) than\b"), "more  &  than & cats|dogs");
        assert_eq!(found(r"(?:sum|mean) of \d+"), " of  & mean|sum");
        assert_eq!(found(r"\d+ (?:divided by|over) \d+"), "divided by|over");
        assert_eq!(found(r"\d+(?: ?= ?)\d+"), "=");
        for pattern in [r"(?:a+b|\d)", r"(?:plus)?\d", "("] {
            assert_eq!(found(pattern), "", "{pattern}");
        }
        assert!(Needles::of_pattern(r"(?i)kisses").may_match(&Haystack::new("\u{212a}IſſES")));
    }

    proptest! {
        /// What a pattern matches has one of its words.
        #[test]
        fn no_match_is_without_them(at in 0_usize..8, text in "(?i)[a-dkKſs =]{0,3}(?:than|over|of|ab|cd|k)[ a-d0-9=(]{0,6}") {
            let patterns = [
                r"(?i)a* ?than", r"(?:over|of) \d", r"(?i)(?:ab|cd)+\b", r"[kK]?=\d?", r"(?i)k[sS]?", r"(?i)o(?:f|ver)", r"\(?\d+", r"a|b|cd",
            ];
            let regex = Regex::new(patterns[at]).expect("a pattern");
            prop_assert!(!regex.is_match(&text) || Needles::of_pattern(patterns[at]).may_match(&Haystack::new(&text)));
        }
    }
}
