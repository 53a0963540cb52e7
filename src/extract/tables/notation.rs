//! What the words of a heading or a label announce: "n (%)", "mean (SD)", "No.", "p".

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;

/// What words announce of the values beside or below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notation {
    /// "n (%)", "No. (%)", "patients, n (%)".
    CountAndPercentage,
    /// "% (n)".
    PercentageAndCount,
    /// "%", "Percent".
    Percentage,
    /// "% of target", "change, %", "cumulative percent": a percentage of something else than the group.
    OtherPercentage,
    /// "n", "No.", "Frequency".
    Count,
    /// "mean (SD)", "median (IQR)", "range", "OR (95% CI)", "age (years)".
    Measure,
    /// "p", "P value".
    PValue,
    /// Several of these: "n (%) or mean (SD)".
    Several,
}

impl Notation {
    /// Whether it announces percentages.
    pub const fn is_percent(self) -> bool {
        matches!(self, Self::CountAndPercentage | Self::PercentageAndCount | Self::Percentage)
    }
}

struct Patterns {
    interval: Option<Regex>,
    size: Option<Regex>,
    percent: Option<Regex>,
    reversed: Option<Regex>,
    other: Option<Regex>,
    count: Option<Regex>,
    counts: Option<Regex>,
    measure: Option<Regex>,
    measured: Option<Regex>,
    p_value: Option<Regex>,
    tested: Option<Regex>,
    bracketed: Option<Regex>,
    pairs: Option<Regex>,
    other_pairs: Option<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let pattern = compile;
    Patterns {
        interval: pattern(
            r"(?i)\d\d(?:[.,]\d+)?\s*%[\s-]*(?:CIs?|CrI|HDI|PI|LoA|confidence|credible|limits|prediction)\b",
        ),
        size: pattern(r"\b[nN]\s*[=:]\s*[\d,. ]+|\b\d+(?:[.,]\d+)?\s*%"),
        percent: pattern(r"(?i)%|\bper\s?cent(?:age)?s?\b|\bpct\b"),
        reversed: pattern(r"(?i)(?:%|\bper\s?cent(?:age)?)\s*\(\W*(?:n|no|nos|number|count)\b"),
        other: pattern(concat!(
            r"(?i)\bcumul|\bcum\.|\bchang|\bdiffer|\breduc|\bincreas|\bdecreas|\byield|\brecover|\binhib|\bvarian|\bexplained|",
            r"\bgrowth|\berror|\brelative|\bagree|\baccura|\bsensitiv|\bspecific|\bhumid|\bsimilar|\bidentit|\bcoverage|\bpurity|",
            r"\bweight\b|\bw/w|\bv/v|\bCV\b|(?:%|per\s?cent(?:age)?)\s+of\s+(?:the\s+)?",
            r"(?:target|control|baseline|expected|predicted|normal|maxim|dose|energy|variation|reference|body|initial|goal)"
        )),
        count: pattern(concat!(
            r"\b(?:[nN]|[Nn]os?\.|[Nn]umbers?|[Cc]ounts?|[Ff]req(?:uency|uencies|s)?\.?)(?:$|[\W_])|#|№|",
            // "No (%)" counts; "% No" is an answer.
            r"\b[Nn]os?[\s,;]*\(?\s*%"
        )),
        counts: pattern(
            r"(?i)^\W*(?:n|nos?\.|numbers?|counts?|freq(?:uency|uencies|s)?\.?|f)\W*$|^\W*#|^\W*(?:nos?\.?|number|count)\s+of\b|(?:,|;|\()\s*(?:n|no\.|number)\W*$",
        ),
        measure: pattern(concat!(
            r"(?i)\bmeans?\b|\bmedians?\b|\bs\.?d\.?\b|\bs\.?e\.?m?\.?\b|\biqr\b|\brange\b|\bquartile|±|\bdeviation|\bCIs?\b|\bCrI\b|\bconfidence|",
            r"\b(?-i:a?OR|a?HR|a?RR|IRR)\b|\bratio|\bcoefficient|\bbeta\b|β|\bestimate|\bper\s+\d|\brates?\b|\baverage|\bmin(?:imum)?\b\W+max"
        )),
        measured: pattern(
            r"(?i)\b(?:ages?|years?|yrs?|scores?|bmi|kg|cm|mm|mmhg|duration|hours?|minutes?|height|index|scale|months?|weeks?|days?|pressure|level|length|size)\b",
        ),
        p_value: pattern(
            r"(?i)^\W*p\W*$|^\W*(?:adjusted\s+|raw\s+)?p[\s-]?val(?:ue)?s?\b|^\W*sig\.?\W*(?:\(.*)?$|^\W*p\s*\(",
        ),
        tested: pattern(
            r"(?i)[(\[]\s*(?:total\s+)?(?:numbers?|nos?\.?|n)\s+(?:of\s+)?(?:[\p{L}-]+\s+)?(?:tested|examined|exposed|analy[sz]ed|assayed|screened|studied|sampled)\b",
        ),
        pairs: pattern(
            r"(?i)\b(?:n|nos?\.?|numbers?|counts?|frequenc(?:y|ies))\s*(?:of\s+[\p{L}-]+\s*)?[(\[]\s*(?:%|per\s?cent(?:age)?s?)\s*[)\]]",
        ),
        other_pairs: pattern(
            r"(?i)[(\[]\s*(?:±\s*)?(?:s\.?\s?d\.?|s\.?\s?e\.?(?:\s?m\.?)?|standard|iqr|inter|range|min|q1|\d\d\s?%\s?CI|CI)\b|\b(?:SDs?|SEs?|standard\s+(?:deviations?|errors?))\b.{0,30}\b(?:parenthes[ei]s|brackets?)\b",
        ),
        bracketed: pattern(r"(?i)[(\[]\s*(?:range|s\.?\s?d\.?|s\.?\s?e\.?(?:\s?m\.?)?|iqr|(?:95\s*)?ci|n)\s*[)\]]"),
    }
});

/// Whether the words name what stands in the brackets below them, and it is no percentage of the number before it:
/// "positive / total (range)", "mortality (numbers tested)", "Prevalence (n)".
pub fn names_other_bracket(words: &str) -> bool {
    let is = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(words));
    is(&PATTERNS.tested) || (is(&PATTERNS.bracketed) && !is(&PATTERNS.percent))
}

/// Whether a caption or its notes say of a table that counts stand with their percentages in brackets, and that no other two
/// numbers stand so: "Data are mean ± SD or number (%)", but not "mean (SD) or number (%)".
pub(super) fn says_pairs(words: &str) -> bool {
    let is = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(words));
    is(&PATTERNS.pairs) && !is(&PATTERNS.other_pairs)
}

/// What the label of a row announces: a thing that is measured ("Age, years") is one that is not counted.
pub(super) fn of_label(words: &str) -> Option<Notation> {
    let bounded = words.contains(|c: char| c.is_ascii_digit() || "<>≤≥".contains(c));
    let measured = || PATTERNS.measured.as_ref().is_some_and(|pattern| pattern.is_match(words));
    notation(words).or_else(|| (!bounded && measured()).then_some(Notation::Measure))
}

/// What the words announce; `None` where they say nothing of the kind.
pub fn notation(words: &str) -> Option<Notation> {
    let patterns = &*PATTERNS;
    let is = |pattern: &Option<Regex>, text: &str| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
    let without = |pattern: &Option<Regex>, text: &str, instead: &str| {
        pattern.as_ref().map_or_else(|| text.to_owned(), |pattern| pattern.replace_all(text, instead).into_owned())
    };
    let plain = without(&patterns.size, &without(&patterns.interval, words, "CI"), "");
    if is(&patterns.p_value, &plain) {
        return Some(Notation::PValue);
    }
    let (percent, measure) = (is(&patterns.percent, &plain), is(&patterns.measure, &plain));
    match (percent, measure) {
        (true, true) => Some(Notation::Several),
        (false, true) => Some(Notation::Measure),
        (true, false) if is(&patterns.other, &plain) => Some(Notation::OtherPercentage),
        (true, false) if is(&patterns.reversed, &plain) => Some(Notation::PercentageAndCount),
        (true, false) if is(&patterns.count, &plain) => Some(Notation::CountAndPercentage),
        (true, false) => Some(Notation::Percentage),
        (false, false) if is(&patterns.counts, &plain) => Some(Notation::Count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_announce_what_stands_below() {
        for (words, expected) in [
            ("n (%)", Some(Notation::CountAndPercentage)),
            ("Female (n, (%))", Some(Notation::CountAndPercentage)),
            ("N = 99, n (%)", Some(Notation::CountAndPercentage)),
            ("No. (%)", Some(Notation::CountAndPercentage)),
            ("# articles with NHST results (%)", Some(Notation::CountAndPercentage)),
            ("% (n)", Some(Notation::PercentageAndCount)),
            ("Percent", Some(Notation::Percentage)),
            ("% teams within", Some(Notation::Percentage)),
            ("Control (N = 10) (20% of sample)", None),
            ("Total sample (N = 99)", None),
            ("% No", Some(Notation::Percentage)),
            ("% of target", Some(Notation::OtherPercentage)),
            ("Cumulative percent", Some(Notation::OtherPercentage)),
            ("Frequency", Some(Notation::Count)),
            ("Total, n", Some(Notation::Count)),
            ("# downloads", Some(Notation::Count)),
            ("n : number of teams", Some(Notation::Count)),
            ("Age (mean (SD); median (IQR))", Some(Notation::Measure)),
            ("Does partner or cohabitant smoke?", None),
            ("OR (95% CI)", Some(Notation::Measure)),
            ("n (%) or mean (SD)", Some(Notation::Several)),
            ("p", Some(Notation::PValue)),
            ("P value", Some(Notation::PValue)),
            // An answer, and no number.
            ("No", None),
            ("No.", Some(Notation::Count)),
            ("Women", None),
            ("Not applicable", None),
        ] {
            assert_eq!(notation(words), expected, "{words}");
        }
        assert!(says_pairs("Table 1 Patients (N=129).\nData are expressed as mean ± SD or number (%)."));
        assert!(says_pairs("Values are n (%) or median (25th-75th percentile)."));
        assert!(!says_pairs("Values are mean (SD) or n (%).") && !says_pairs("Values are means."));
        assert!(names_other_bracket("mortality % (numbers tested)") && names_other_bracket("positive / total (range)"));
        assert!(!names_other_bracket("% (n)") && !names_other_bracket("n (%) or mean (SD)"));
        assert_eq!(of_label("Age, years"), Some(Notation::Measure));
        assert_eq!(of_label("Age < 40 years"), None);
    }
}
