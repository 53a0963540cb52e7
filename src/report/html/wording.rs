//! The words of the pages: levels, confidence, the second reader, sets. Calm and exact, without blame.

use crate::arithmetic::{End, Interval, set_text};
use crate::derive::{Confidence, Level, Witness};
use crate::report::finding::{Finding, ReportedSets, SetText};
use crate::report::place_text;

/// A level as a word of a page.
pub(super) const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "Error",
        Level::Warning => "Warning",
        Level::Note => "Note",
    }
}

/// A level as a class of the style.
pub(super) const fn level_class(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// What a level means.
pub(super) const fn level_meaning(level: Level) -> &'static str {
    match level {
        Level::Error => "does not follow from the printed values under any open reading or habit of rounding",
        Level::Warning => {
            "does not follow, but neither the operation nor the reading is confirmed, or an approximate word stands by"
        }
        Level::Note => "follows only by an unusual rounding, or the evidence is weak",
    }
}

/// A confidence with what it stands on.
pub(super) const fn confidence(confidence: Confidence) -> (&'static str, &'static str) {
    match confidence {
        Confidence::High => ("high confidence", "the text states the operation, and the reading is confirmed"),
        Confidence::Medium => {
            ("medium confidence", "either the operation is implied, or no second reader has confirmed the page")
        }
        Confidence::Low => ("low confidence", "the operation is implied, and no second reader has confirmed the page"),
    }
}

/// What the second reader says.
pub(super) const fn witness(witness: Witness) -> &'static str {
    match witness {
        Witness::Agrees => "A second reader of the page read the same numbers.",
        Witness::Disagrees => "A second reader of the page read other numbers: look at the page first.",
        Witness::Unavailable => "No second reader has confirmed the numbers: look at the page first.",
        Witness::NotNeeded => "The input gives its characters itself, so no second reader is needed.",
    }
}

/// Text of a paper for a place in a sentence: one line, white space joined.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that starts a line of its own, with a capital where it starts with a small letter of a word.
pub(super) fn sentence(text: &str) -> String {
    let text = one_line(text);
    let mut characters = text.chars();
    match characters.next() {
        Some(first) if characters.as_str().starts_with(|next: char| next.is_ascii_lowercase() || next == ' ') => {
            format!("{}{}", first.to_ascii_uppercase(), characters.as_str())
        }
        _ => text,
    }
}

/// Where a finding stands, in words.
pub(super) fn place(finding: &Finding) -> String {
    place_text::words(finding)
}

/// The page or line of a finding alone.
pub(super) fn page(finding: &Finding) -> String {
    let without_heading = Finding { section: None, ..finding.clone() };
    place_text::words(&without_heading)
}

/// A set for people: `from 41500 to 42500`, `below 0.05`, `exactly 42`.
pub(super) fn set(text: &SetText) -> String {
    let Some(set) = set_text::parse(&text.short).filter(|set| (1..=3).contains(&set.parts().len())) else {
        return text.short.replace('-', "−");
    };
    set.parts().iter().map(interval).collect::<Vec<_>>().join(" or ").replace('-', "−")
}

fn interval(part: &Interval) -> String {
    let number = crate::arithmetic::rational::to_text;
    if let Some(point) = part.as_point() {
        return format!("exactly {}", number(point));
    }
    match (part.lo(), part.hi()) {
        (End::Unbounded, End::Unbounded) => "any number".to_owned(),
        (End::Unbounded, End::Open(high)) => format!("below {}", number(high)),
        (End::Unbounded, End::Closed(high)) => format!("up to {}", number(high)),
        (End::Open(low), End::Unbounded) => format!("above {}", number(low)),
        (End::Closed(low), End::Unbounded) => format!("from {}", number(low)),
        (End::Open(low) | End::Closed(low), End::Open(high) | End::Closed(high)) => {
            format!("{} to {}", number(low), number(high))
        }
    }
}

/// A set with its unit.
pub(super) fn set_with_unit(text: &SetText, sets: &ReportedSets) -> String {
    let set = set(text);
    if sets.unit.is_empty() { set } else { format!("{set} {}", one_line(&sets.unit)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_read_as_words() {
        let words = |short: &str| set(&SetText { exact: short.into(), short: short.into() });
        assert_eq!(words("[-1.5, 2]"), "−1.5 to 2");
        assert_eq!(words("{42}"), "exactly 42");
        assert_eq!(words("(-inf, 0.05)"), "below 0.05");
        assert_eq!(words("{1} ∪ [3, inf)"), "exactly 1 or from 3");
        assert_eq!(words("∅"), "∅");
        assert_eq!(words("{1} ∪ {2} ∪ … ∪ {9}"), "{1} ∪ {2} ∪ … ∪ {9}");
    }

    #[test]
    fn sentences_start_with_a_capital_and_symbols_stay() {
        assert_eq!(sentence("the dose\nis"), "The dose is");
        assert_eq!(sentence("p-value"), "p-value");
        assert_eq!(sentence("7000 ng"), "7000 ng");
    }
}
