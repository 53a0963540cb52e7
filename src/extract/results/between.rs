//! What may stand between a statistic and its p-value: effect sizes, intervals, sample sizes, words about the test.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;
use crate::extract::source::Source;
use crate::extract::statistic::EffectKind;

use super::effects;

/// How many characters may stand between a statistic and its p-value.
pub(super) const REACH: usize = 220;

/// A confidence interval with its bounds.
static INTERVAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?i:(?:\d{2}(?:\.\d+)?\s*%\s*)?(?:CIs?|HDI|CrI|confidence\s+intervals?|credible\s+intervals?)(?:\s*\d{2}\s*%?)?(?:\s*\(CI\))?)",
        r"(?:\s+(?:for|of|around)\s+[^\d=<>\[\(]{1,40})?",
        r"\s*[=:,]?\s*[\[\({]?\s*[-−–]?\s?\d*[.·]?\d+%?\s*(?:,|;|to|–|−|-)\s*[-−–]?\s?\d*[.·]?\d+%?\s*[\]\)}]?"
    ))
});

/// The two limits of an interval behind its opening bracket.
static LIMITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^[-−–]?\s?\d*[.·]\d+\s*(?:,|;|to)\s*[-−–]?\s?\d*[.·]\d+\s*[\]\)]"));

/// A name, a relation sign and a number: "ηp² = .2", "MSE = 0.31", "Cohen's d = 0.5", "N = 20".
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?P<name>[\p{L}\p{M}²³\u{2080}-\u{208e}^_{}'’\-. ]{1,32}(?:2\s?(?:p|G)?|₁₀|10|01|0|1)?(?:\s?\([^()]{1,16}\))?)\s*",
        r"(?:=|<|>|≤|≥|≈|~|¼|\u{2afd})\s*[-−–]?\s?\d*[.,·]?\d+(?:\s?[×x]\s?10\s?[⁻^−\-]*[\d⁰-⁹¹²³]+)?\s*%?(?:\s*±\s*\d*[.·]?\d+)?"
    ))
});

/// Sizes of groups that are one number: "n1 = n2 = 5".
static EQUAL_SIZES: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^[nN]\s?_?[\d₀-₉A-Za-z]\s*=\s*[nN]\s?_?[\d₀-₉A-Za-z]\s*=\s*\d+"));

/// Words about the test that stand alone.
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?i:(?:(?:one|two|1|2)[\s\-‐–](?:tailed|sided)|paired|unpaired|independent|directional|uncorrected|corrected|adjusted|",
        r"(?:bonferroni|fdr|holm|tukey|fwe|cluster|false[\s-]discovery[\s-]rate|greenhouse[-–]geisser|huynh[-–]feldt)(?:\s?\([A-Z]{2,4}\))?(?:[\s\-‐–](?:corrected|adjusted))?|",
        r"pre-?registered|planned|exploratory|",
        r"exact|with(?:\s+an?)?|and|an?|the|test|t[\s-]test|at|associated|significant|not\s+significant|nonsignificant|small|",
        r"medium|large|effect\s+size|both|all|each|respectively|vs|versus|two[\s-]sample|which|was|were|is)\b)"
    ))
});

/// Degrees of freedom in front of their name: "28 df", "2 and 28 degrees of freedom".
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^(?i:on\s+|with\s+)?(?P<numbers>\d[\d.]*(?:(?:\s*,\s*|\s+and\s+)\d[\d.]*)?)\s*(?i:d\.?\s?f\.?\b|degrees?\s+of\s+freedom)",
    )
});

/// What a thing between a statistic and its p-value says, with the position behind its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing that is kept.
    Other,
    /// What the result is of.
    Phrase,
    /// Degrees of freedom.
    Degrees(usize),
    /// The number of cases.
    Sample(usize),
    /// An effect size.
    Effect(EffectKind, usize),
}

/// One thing between a statistic and its p-value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// One past its last character.
    pub end: usize,
    /// What it says.
    pub said: Said,
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
    if let Some(found) = COUNTED.as_ref().and_then(|pattern| pattern.captures(window)) {
        let (whole, numbers) = (found.get(0)?, found.name("numbers")?);
        let start = length(&window[..numbers.start()]);
        return Some(Segment { end: length(whole.as_str()), said: Said::Degrees(start) });
    }
    let bracket = matches!(source.before(at), Some('[' | '('));
    let limits = LIMITS.as_ref().filter(|_| bracket).and_then(|pattern| pattern.find(window));
    if let Some(found) = limits.or_else(|| INTERVAL.as_ref().and_then(|pattern| pattern.find(window))) {
        return Some(Segment { end: length(found.as_str()), said: Said::Other });
    }
    if let Some(found) = EQUAL_SIZES.as_ref().and_then(|pattern| pattern.find(window)) {
        return Some(Segment { end: length(found.as_str()), said: Said::Other });
    }
    if let Some(found) = WORDS.as_ref().and_then(|pattern| pattern.find(window)) {
        return Some(Segment { end: length(found.as_str()), said: Said::Other });
    }
    let Some(found) = NAMED.as_ref().and_then(|pattern| pattern.captures(window)) else {
        return phrase(source, at, end).map(|end| Segment { end, said: Said::Phrase });
    };
    let (whole, name) = (found.get(0)?, found.name("name")?);
    let behind = length(name.as_str());
    let effect = effects::kind(name.as_str()).map(|kind| Said::Effect(kind, behind));
    if effect.is_none() && !is_name(name.as_str()) {
        return phrase(source, at, end).map(|end| Segment { end, said: Said::Phrase });
    }
    let plain = name.as_str().trim().to_lowercase().replace(['.', ' '], "");
    let said = match plain.as_str() {
        "df" | "dfs" | "df1" | "df2" | "degreesoffreedom" | "withdf" => Said::Degrees(behind),
        "n" | "withn" => Said::Sample(behind),
        _ => effect.unwrap_or(Said::Other),
    };
    Some(Segment { end: length(whole.as_str()), said })
}

/// "for positive emotions,", "in the first study and": a short phrase that says what a result is of, up to a comma, a
/// bracket or "and".
fn phrase(source: &Source<'_>, at: usize, end: usize) -> Option<usize> {
    let opens = ["for ", "in ", "on ", "between ", "among ", "within ", "across "];
    opens.iter().find(|word| source.has_word(at, word))?;
    let mut stop = at;
    for _ in 0..6 {
        let begin = source.skip_spaces(stop, end);
        let mut close = source.letters_end(begin, end);
        while matches!(source.at(close), Some('-' | '’' | '\'')) {
            close = source.letters_end(close + 1, end);
        }
        let word = source.window(begin, close);
        if matches!(word, "and" | "or") && stop > at {
            return Some(stop);
        }
        let breaks =
            ["but", "which", "that", "while", "whereas", "was", "were", "is", "p", "ps", "P", "t", "F", "r", "z"];
        if word.is_empty() || breaks.contains(&word) {
            return None;
        }
        stop = close;
        if matches!(source.at(stop), Some(',' | ';' | '(' | ')')) {
            return Some(stop);
        }
    }
    None
}

/// Whether a name before a relation sign is that of an effect size or the like: not a p, not another test statistic, and
/// no text over a sentence's end.
fn is_name(name: &str) -> bool {
    let name = name.trim();
    let head = name.split(['(', ' ']).next().unwrap_or("");
    let word = name.split(' ').next_back().unwrap_or("");
    // "r(940)" behind other words is a test with its degrees of freedom.
    let (last, bracket) = word.split_once(['(', '[']).unwrap_or((word, ""));
    if last == "r" && bracket.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let tests = ["t", "F", "z", "Z", "χ²", "χ2", "Q", "X²", "X2", "p", "P", "ps", "Ps", "Fs", "ts"];
    let sentence =
        name.contains(". ") && name.split(". ").last().is_some_and(|tail| tail.starts_with(char::is_uppercase));
    !tests.contains(&head) && !tests.contains(&last) && !sentence && !name.is_empty()
}
