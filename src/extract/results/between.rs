//! What may stand between a statistic and its p-value: effect sizes, intervals, sample sizes, words about the test.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;
use crate::extract::source::Source;

/// How many characters may stand between a statistic and its p-value.
pub(super) const REACH: usize = 220;

/// A confidence interval with its bounds.
static INTERVAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?i:(?:\d{2}(?:\.\d+)?\s*%\s*)?(?:CIs?|HDI|CrI|confidence\s+intervals?|credible\s+intervals?)(?:\s*\d{2}\s*%?)?)",
        r"(?:\s+(?:for|of|around)\s+[^\d=<>\[\(]{1,40})?",
        r"\s*[=:,]?\s*[\[\({]?\s*[-−–]?\d*[.·]?\d+%?\s*(?:,|;|to|–|−|-)\s*[-−–]?\d*[.·]?\d+%?\s*[\]\)}]?"
    ))
});

/// A name, a relation sign and a number: "ηp² = .2", "MSE = 0.31", "Cohen's d = 0.5", "N = 20".
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?P<name>[\p{L}\p{M}²³\u{2080}-\u{208e}^_{}'’\-. ]{1,32}(?:2|₁₀|10|01|0)?(?:\s?\([^()]{1,16}\))?)\s*",
        r"(?:=|<|>|≤|≥|≈|~|¼|\u{2afd})\s*[-−–]?\s?\d*[.,·]?\d+(?:\s?[×x]\s?10\s?[⁻^−\-]*[\d⁰-⁹¹²³]+)?\s*%?(?:\s*±\s*\d*[.·]?\d+)?"
    ))
});

/// Words about the test that stand alone.
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?i:(?:(?:one|two|1|2)[\s\-‐–](?:tailed|sided)|paired|unpaired|independent|directional|uncorrected|corrected|adjusted|",
        r"(?:bonferroni|fdr|holm|tukey|fwe|cluster|greenhouse[-–]geisser|huynh[-–]feldt)(?:[\s\-‐–](?:corrected|adjusted))?|",
        r"exact|with(?:\s+an?)?|and|an?|the|test|t[\s-]test|at|associated|significant|not\s+significant|nonsignificant|small|",
        r"medium|large|effect\s+size)\b)"
    ))
});

/// One thing between a statistic and its p-value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// One past its last character.
    pub end: usize,
    /// Whether it gives degrees of freedom, and then where they start.
    pub degrees: Option<usize>,
}

/// The position behind the separators at `at`.
pub(super) fn separators(source: &Source<'_>, at: usize, end: usize) -> usize {
    let mut at = at;
    while at < end && source.at(at).is_some_and(|c| c.is_whitespace() || ",;:()[]*†‡".contains(c)) {
        at += 1;
    }
    at
}

/// The segment at `at`, if what stands there may stand between.
pub(super) fn segment(source: &Source<'_>, at: usize, end: usize) -> Option<Segment> {
    let window = source.window(at, end.min(at + 96));
    let length = |found: &str| at + found.chars().count();
    if let Some(found) = INTERVAL.as_ref().and_then(|pattern| pattern.find(window)) {
        return Some(Segment { end: length(found.as_str()), degrees: None });
    }
    if let Some(found) = WORDS.as_ref().and_then(|pattern| pattern.find(window)) {
        return Some(Segment { end: length(found.as_str()), degrees: None });
    }
    let found = NAMED.as_ref().and_then(|pattern| pattern.captures(window))?;
    let (whole, name) = (found.get(0)?, found.name("name")?);
    if !is_name(name.as_str()) {
        return None;
    }
    let plain = name.as_str().trim().to_lowercase().replace('.', "");
    let degrees = matches!(plain.as_str(), "df" | "dfs").then(|| length(name.as_str()));
    Some(Segment { end: length(whole.as_str()), degrees })
}

/// Whether a name before a relation sign is that of an effect size or the like: not a p, not another test statistic, and
/// no text over a sentence's end.
fn is_name(name: &str) -> bool {
    let name = name.trim();
    let head = name.split(['(', ' ']).next().unwrap_or("");
    let last = name.split(' ').next_back().unwrap_or("");
    let tests = ["t", "F", "z", "Z", "χ²", "χ2", "Q", "X²", "X2", "p", "P", "ps", "Ps", "Fs", "ts"];
    let sentence =
        name.contains(". ") && name.split(". ").last().is_some_and(|tail| tail.starts_with(char::is_uppercase));
    !tests.contains(&head) && !tests.contains(&last) && !sentence && !name.is_empty()
}
