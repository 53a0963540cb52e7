//! The words that tell what a number is of: those of a sentence, a label or a heading, each as a number that stands for
//! its form in lower case and in the singular.
//!
//! Small words, words of statistics and units are left out: that two sentences both have "mean" in them tells nothing.
//! What a word means is not known here.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::abbreviations::Abbreviations;

/// A word, told by its characters in lower case without the ending of a plural.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u64);

/// Words that say nothing of what a number is of, in lower case and in the singular.
const SMALL: &[&str] = &[
    "the",
    "and",
    "for",
    "with",
    "from",
    "were",
    "was",
    "are",
    "had",
    "have",
    "has",
    "been",
    "being",
    "that",
    "this",
    "these",
    "those",
    "which",
    "who",
    "than",
    "then",
    "into",
    "our",
    "their",
    "its",
    "all",
    "both",
    "each",
    "per",
    "not",
    "but",
    "also",
    "there",
    "when",
    "where",
    "while",
    "between",
    "among",
    "of",
    "in",
    "to",
    "a",
    "an",
    "is",
    "it",
    "we",
    "as",
    "at",
    "by",
    "on",
    "or",
    "be",
    "no",
    "mean",
    "average",
    "median",
    "standard",
    "deviation",
    "error",
    "sd",
    "se",
    "sem",
    "ci",
    "confidence",
    "interval",
    "iqr",
    "range",
    "value",
    "result",
    "table",
    "figure",
    "fig",
    "see",
    "respectively",
    "significant",
    "significantly",
    "statistically",
    "compared",
    "total",
    "number",
    "percent",
    "percentage",
    "proportion",
    "study",
    "analysi",
    "data",
    "using",
    "used",
    "showed",
    "shown",
    "show",
    "found",
    "year",
    "month",
    "week",
    "day",
    "hour",
    "min",
    "minute",
    "second",
    "kg",
    "mg",
    "cm",
    "mm",
    "ml",
    "group",
    "more",
    "less",
    "higher",
    "lower",
    "versu",
    "vs",
    "only",
    "respective",
    "overall",
    "however",
    "after",
    "before",
    "during",
    "other",
    "such",
    "can",
    "may",
    "did",
    "do",
    "doe",
    "any",
    "some",
    "most",
    "first",
    "over",
    "under",
    "about",
    "approximately",
    "df",
    "effect",
    "difference",
    "test",
    "level",
    "score",
    "rate",
    "ratio",
];

/// The same, in order: every word of a paper is looked for among them.
static IS_SMALL: LazyLock<BTreeSet<&str>> = LazyLock::new(|| SMALL.iter().copied().collect());

impl Word {
    /// The word of some letters; `None` for one that tells nothing.
    pub fn of(letters: &str) -> Option<Self> {
        let lower = letters.to_lowercase();
        let stem = singular(&lower);
        let tells = stem.len() > 1 && stem.chars().any(char::is_alphabetic) && !IS_SMALL.contains(stem);
        tells.then(|| Self::hashed(stem))
    }

    /// The word of any letters, small ones too.
    pub(super) fn hashed(letters: &str) -> Self {
        // FNV-1a (Fowler, Noll and Vo): the same on every machine, which the hashes of the standard library need not be.
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(letters.bytes().fold(0xcbf2_9ce4_8422_2325, step))
    }
}

/// A word without the ending of a plural.
fn singular(word: &str) -> &str {
    if word.len() < 4 || word.ends_with("ss") { word } else { word.strip_suffix('s').unwrap_or(word) }
}

/// The runs of letters and digits of a text, each with the byte that it starts at. A hyphen parts words.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| start + end);
        rest = end;
        Some((start, &text[start..end]))
    })
}

/// The words of a text that tell something, sorted, each once; abbreviations with the words that they stand for.
pub(super) fn of(text: &str, abbreviations: &Abbreviations) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (_, run) in runs(text) {
        words.extend(Word::of(run));
        words.extend(abbreviations.words(run));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// How many words two sorted lists share.
pub fn shared(a: &[Word], b: &[Word]) -> usize {
    let (mut at, mut other, mut count) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(at), b.get(other)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                at += 1;
                other += 1;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_case_and_small_words_do_not_matter() {
        let none = Abbreviations::default();
        let words = |text: &str| of(text, &none);
        assert_eq!(words("The Patients were older"), words("older patient"));
        assert_eq!(words("the mean of the group (n = 12)"), []);
        assert_eq!(shared(&words("blood pressure fell"), &words("Pressure of the blood")), 2);
        assert_eq!(shared(&words("blood"), &words("water")), 0);
    }
}
