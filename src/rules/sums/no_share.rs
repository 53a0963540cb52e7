//! Words by which a number is no whole, and by which a percentage is no share.
//!
//! "a median follow-up of 65 months, 42 patients (43 %)": what stands behind "follow-up of" is a length of time. "The 4-year
//! survival was 28.6 % for positive patients (n = 7/54)": a survival or a cumulative incidence is estimated from times, some of
//! them cut off, and is no quotient of counts. Whether a number follows is not asked here.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;

/// What is measured by the number behind "of".
static MEASURE_OF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:status|scores?|grades?|stages?|levels?|ind(?:ex|ices)|doses?|medians?|means?|averages?|durations?|follow[-‐‑ ]?ups?|intervals?|",
        r"periods?|ages?|values?|ratios?|factors?|class|categor(?:y|ies)|types?|ranges?|minim(?:um|a)|maxim(?:um|a)|cut-?offs?|thresholds?|scales?|ratings?)",
        r" of (?:the |a |an |about |approximately |around |at least |at most |up to |ca\.? |over |under |only )*$"
    ))
});

/// Words for what is estimated from the times of events.
static ESTIMATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i:\bcumulative (?:incidences?|probabilit|risks?|rates?)|\bsurvivals?\b|\bkaplan\b|\bactuarial\b|\bcompeting risks?\b|",
        r"\bestimated (?:rates?|incidences?|probabilit))|\bCIs? of\b|\b(?:OS|PFS|DFS|EFS|RFS|LFS|DSS|CSS|MFS|TTP|NRM|TRM)\b"
    ))
});

/// Why a percentage beside such words is left undecided.
pub(super) const OVER_TIME: &str = "the percentage may be estimated from times of events";

/// Whether the number behind these words is the value of a measure, and so no whole.
pub(super) fn is_measure_of(before: &str) -> bool {
    MEASURE_OF.as_ref().is_some_and(|pattern| pattern.is_match(before))
}

/// Whether the words before a percentage and its fraction speak of an estimate over time.
pub(super) fn is_over_time(words: &str) -> bool {
    ESTIMATED.as_ref().is_some_and(|pattern| pattern.is_match(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_no_whole() {
        for measure in ["a median follow-up of approximately ", "one had a performance status of ", "at a dose of "] {
            assert!(is_measure_of(measure), "{measure}");
        }
        for group in ["in 12 out of ", "of ", "the majority of the ", "a total of ", "patients of "] {
            assert!(!is_measure_of(group), "{group}");
        }
    }

    #[test]
    fn what_is_estimated_over_time_is_named() {
        for words in ["The 4-year OS was ", "the CIs of chronic disease were ", "Overall survival at two years was "] {
            assert!(is_over_time(words), "{words}");
        }
        for words in ["The response rate was ", "the cost of the devices was ", "Survivors had "] {
            assert!(!is_over_time(words), "{words}");
        }
    }
}
