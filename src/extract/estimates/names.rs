//! The names of estimates, as they stand before the value.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;

use super::estimate::Measure;

/// A name of an estimate in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// What it measures.
    pub measure: Measure,
    /// The bytes of the text before it.
    pub start: usize,
    /// The bytes up to its end.
    pub end: usize,
    /// Whether a relation sign has to follow: a letter names many things.
    pub needs_sign: bool,
    /// Whether a sign or a word has to stand between it and the value: "the estimate was 0.4".
    pub needs_link: bool,
}

/// Ratios by their letters or words.
const RATIO: &str = concat!(
    r"\b(?:[aAcCuUmMpPs]|adj(?:usted)?\.?\s?|cs|sub)?(?:OR|HR|RR|IRR|PR|SMR|SIR|ROR|POR)s?\b|",
    r"(?i:\b(?:odds|hazards?|risk|rate|incidence(?:[\s-]rate)?|prevalence|mortality)[\s-]+ratios?\b|\brelative\s+risks?\b)|",
    r"\b[Ee]xp\s?\(\s?[BbΒβ]\s?\)"
);

/// Coefficients by their words.
const COEFFICIENT_WORD: &str = r"\b(?:[Ee]stimates?|[Ee]st\.|(?:[Cc]oefficient|[Ss]lope)s?|[Cc]oef\.)";

/// Coefficients by their letters, perhaps with the name of their term behind: "b time:game".
const COEFFICIENT_LETTER: &str = r"\b[bB]\b|[Δ∆][bB]\b|[βΒ𝛽𝑏𝐵]|\b[Bb]eta\b";

/// Differences.
const DIFFERENCE: &str = concat!(
    r"(?i:\b(?:mean|risk|rate|absolute|adjusted|between[\s-]group)\s+differences?\b)|\bWMDs?\b|\bMDs?\b|\bARDs?\b|",
    r"\bM(?:ean)?\s?_?[Dd]iff(?:erence)?\b\.?|ΔM\b"
);

/// Differences in standard deviations.
const STANDARDISED: &str = r"\bCohen(?:['’]?s)?\s+d[a-z]?\b|\bHedges(?:['’]s?)?\s*g\b|\bSMDs?\b|\b[dg]\b|\bd[zs]\b|(?i:\bstandardi[sz]ed\s+mean\s+differences?\b)";

/// Correlations.
const CORRELATION: &str = r"\br\b|\br[sp]\b|\bρ|\b[Rr]ho\b";

/// Shares of explained variance and measures of association, with the marks of raised and lowered letters or without.
const EXPLAINED: &str = concat!(
    r"[ηωεɛ]\s?_?\{?\s?[pPGg]?(?:artial)?\s?\}?\s?\^?\{?[²2]\}?(?:\s?_?\{?[pPGg]\b\}?)?|\b[Rr]\s?(?:²|\^\{?2\}?)|",
    r"\bCram[eé]r(?:['’]?s)?\s+[Vφϕ]|[φϕ]\b|\bf\s?(?:²|\^\{?2\}?|2\b)"
);

/// Means.
const MEAN: &str = r"\bM\b|\bEMM\b|\b[Mm]ean\b";

/// What may stand behind a name that is a word: its letters in brackets.
const TAIL: &str =
    r"(?:\s*[\(\[][A-Za-z.]{1,6}[\)\]])?(?:\s?_?(?:adj(?:usted)?|unadj(?:usted)?|crude|MH|pooled)\b\.?)?";

/// The logarithm of a ratio, which is a difference: "log odds ratio", "ln(OR)". Zero is no effect, and its interval is as long to
/// both sides.
fn logarithm() -> String {
    format!(r"\b(?:[Ll]og|ln|LN)[\s-]?\(?\s?(?:{RATIO})\s?\)?")
}

static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let logarithm = logarithm();
    compile(&format!(
        r"(?P<log>(?:{logarithm}){TAIL})|(?P<explained>{EXPLAINED})|(?P<std>{STANDARDISED})|(?P<ratio>(?:{RATIO}){TAIL})|(?P<diff>(?:{DIFFERENCE}){TAIL})|(?P<word>(?:{COEFFICIENT_WORD}){TAIL})|(?P<letter>{COEFFICIENT_LETTER})|(?P<corr>{CORRELATION})|(?P<mean>{MEAN})"
    ))
});

/// All names of estimates in a text, from left to right.
pub(super) fn find(text: &str) -> Vec<Name> {
    let Some(pattern) = NAMES.as_ref() else { return Vec::new() };
    let groups = [
        ("log", Measure::Coefficient),
        ("explained", Measure::ExplainedVariance),
        ("std", Measure::StandardisedDifference),
        ("ratio", Measure::Ratio),
        ("diff", Measure::Difference),
        ("word", Measure::Coefficient),
        ("letter", Measure::Coefficient),
        ("corr", Measure::Correlation),
        ("mean", Measure::Mean),
    ];
    let name = |captures: regex::Captures<'_>| {
        groups.iter().find_map(|(group, measure)| {
            let found = captures.name(group)?;
            let free =
                matches!(*group, "log" | "ratio" | "diff" | "word") || (*group == "std" && found.as_str().len() > 2);
            let (start, end) = (found.start(), found.end());
            Some(Name { measure: *measure, start, end, needs_sign: !free, needs_link: *group == "word" })
        })
    };
    pattern.captures_iter(text).filter_map(name).collect()
}

/// Names that have no interval of their own: the one behind their number belongs to something before it.
const WITHOUT_INTERVAL: &[&str] = &[
    "sd",
    "sds",
    "se",
    "ses",
    "sem",
    "sems",
    "s.d.",
    "s.e.",
    "ms",
    "mse",
    "ss",
    "bf",
    "bf10",
    "bf01",
    "bf₁₀",
    "bf₀₁",
    "aic",
    "bic",
    "loglik",
    "n",
    "ns",
    "k",
    "df",
    "dfs",
    "t",
    "f",
    "z",
    "q",
    "u",
    "w",
    "v",
    "h",
    "x2",
    "x²",
    "χ2",
    "χ²",
    "i2",
    "i²",
    "p",
    "ps",
    "α",
    "alpha",
    "power",
    "deviance",
    "range",
    "iqr",
    "error",
    "deviation",
    "version",
    "year",
    "day",
    "week",
    "step",
    "iterations",
    "samples",
];

/// Whether a text that ends with a name and an equals sign names something that an interval can be of: "ADE =", "ϕ =".
/// A letter with degrees of freedom behind it is a test.
pub(super) fn can_have_interval(text: &str) -> bool {
    let Some(name) = text.trim_end().strip_suffix(['=', '¼']) else { return false };
    let name = name.trim_end();
    let word =
        name.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | ';' | ':')).next().unwrap_or_default();
    let plain = word.trim_start_matches(['[', '(']).to_lowercase();
    let ends = name.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | '²'));
    ends && !plain.is_empty()
        && !WITHOUT_INTERVAL.contains(&plain.trim_end_matches(']'))
        && !plain.chars().all(|c| c.is_ascii_digit())
}

/// Whether the characters of a name, with the word before it, speak of a standardised coefficient.
pub(super) fn is_standardised(name: &str, before: &str) -> bool {
    let greek = name.chars().any(|c| matches!(c, 'β' | 'Β' | '𝛽')) || name.eq_ignore_ascii_case("beta");
    let word = before.trim_end().to_lowercase();
    greek || (word.contains("standardized") || word.contains("standardised")) && !word.contains("unstandardi")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(Measure, &str)> {
        find(text).into_iter().map(|name| (name.measure, &text[name.start..name.end])).collect()
    }

    #[test]
    fn names_are_told_by_letters_and_words() {
        for (text, expected) in [
            ("adjusted OR = 1.48", vec![(Measure::Ratio, "adjusted OR")]),
            ("log odds ratio (OR), −0.01", vec![(Measure::Coefficient, "log odds ratio (OR)")]),
            ("(log OR, 0.29; ln(HR) 0.3)", vec![(Measure::Coefficient, "log OR"), (Measure::Coefficient, "ln(HR)")]),
            ("(aHR 0.72; 95% CI", vec![(Measure::Ratio, "aHR")]),
            ("an adjusted odds ratio [aOR]: 2.5", vec![(Measure::Ratio, "odds ratio [aOR]")]),
            ("a mean difference of 3.1", vec![(Measure::Difference, "mean difference")]),
            ("b = 0.3, β = .2", vec![(Measure::Coefficient, "b"), (Measure::Coefficient, "β")]),
            ("Cohen’s d = 0.5", vec![(Measure::StandardisedDifference, "Cohen’s d")]),
            ("M = 3.4", vec![(Measure::Mean, "M")]),
            ("η p 2 = .66", vec![(Measure::ExplainedVariance, "η p 2")]),
            ("ηp² = .66, ω^2 = .1", vec![(Measure::ExplainedVariance, "ηp²"), (Measure::ExplainedVariance, "ω^2")]),
            (
                "Cramér’s V = .2, R² = .4",
                vec![(Measure::ExplainedVariance, "Cramér’s V"), (Measure::ExplainedVariance, "R²")],
            ),
            (
                "Cohen’s f 2 = .06, f² = .1",
                vec![(Measure::ExplainedVariance, "f 2"), (Measure::ExplainedVariance, "f²")],
            ),
            ("Δb = 0.3", vec![(Measure::Coefficient, "Δb")]),
            ("for or HRT and bold red", vec![]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn what_has_an_interval_is_no_deviation_and_no_test() {
        for text in ["(ADE =", "an ϕ =", "correlation [r] =", "age-estimate =", "difference ="] {
            assert!(can_have_interval(text), "{text}");
        }
        for text in ["M = 3.1, SD =", "t(28) =", "χ²(1, N = 30) =", "F =", "p =", "BF10 =", "(n =", "p <", "2 ="] {
            assert!(!can_have_interval(text), "{text}");
        }
    }

    #[test]
    fn a_greek_letter_or_the_word_tells_a_standardised_coefficient() {
        assert!(is_standardised("β", "") && is_standardised("coefficient", "a standardised "));
        assert!(!is_standardised("b", "") && !is_standardised("coefficient", "unstandardized "));
    }
}
