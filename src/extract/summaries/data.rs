//! What a passage says of the values behind a mean: whether they are whole numbers, and on which scale.
//!
//! Only words that say so count. "On a 7-point scale" tells the scale and leaves open whether each value is one answer
//! or the mean of several; ages in years may have been worked out from dates.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::extract::patterns::compile;

/// The least and the greatest answer of a scale of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scale {
    /// The least answer.
    pub low: i32,
    /// The greatest answer.
    pub high: i32,
}

/// What is known of the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Data {
    /// Nothing.
    #[default]
    Unknown,
    /// They are whole numbers, on a scale where one is said.
    Whole(Option<Scale>),
    /// They are noughts and ones.
    Binary,
    /// They are answers on a scale or ages in years, of which it is not said that each is a single whole number.
    Perhaps(Option<Scale>),
}

struct Patterns {
    points: Option<Regex>,
    ends: Option<Regex>,
    single: Option<Regex>,
    number_of: Option<Regex>,
    binary: Option<Regex>,
    averaged: Option<Regex>,
    whole_years: Option<Regex>,
    age: Option<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    points: compile(
        r"(?i)\b(?P<points>\d{1,2}|five|six|seven|nine|ten|eleven|four|three)[\s‐‑–-]*points?\b(?:[\s‐‑–-]+\w+){0,3}?[\s‐‑–-]+(?:Likert|scales?|items?|rating)",
    ),
    ends: compile(concat!(
        r"(?i)\bscales?\b[^.;]{0,40}?\b(?:from|of|ranging\s+from|\()\s*(?P<low>\d{1,2})\s*",
        r"(?:\([^()]{0,40}\)|=[^,;()]{0,40}?|[“”‘’'\x22][^“”‘’'\x22]{0,40}[“”‘’'\x22])?\s*(?:,|;)?\s*(?:to|–|—|-|through)\s*(?P<high>\d{1,3})\b"
    )),
    single: compile(r"(?i)\b(?:single|one)[\s‐‑–-]+(?:item|question|rating|likert[\s-]item)\b"),
    number_of: compile(r"(?i)\b(?:mean|average)\s+number\s+of\b|\bnumber\s+of\s+[\p{L}\s-]{3,40}\(\s*M\b"),
    binary: compile(
        r"(?i)\bcoded\s+(?:as\s+)?(?:0|1)\b|\b0\s*=\s*[\p{L}\s]{2,30}[,;]?\s*(?:and\s+|or\s+)?1\s*=\s*\p{L}|\b1\s*=\s*[\p{L}\s]{2,30}[,;]?\s*(?:and\s+|or\s+)?0\s*=\s*\p{L}|\bdummy\b",
    ),
    averaged: compile(
        r"(?i)\b(?:averag(?:ed|ing)|composite|subscales?|aggregat|across\s+(?:trials|items|blocks|sessions)|per\s+\w+|weighted|imput|adjusted|estimated|normali[sz]ed|standardi[sz]ed)\b",
    ),
    whole_years: compile(r"(?i)\b(?:whole|full|completed|integer)\s+years\b|\bage\s+at\s+(?:the\s+)?last\s+birthday\b"),
    age: compile(r"(?i)\b(?:mean\s+)?ages?\b|\byears?\s+(?:old|of\s+age)\b|\bM\s?age\b"),
});

/// What a passage says of the values of a mean in it.
pub(super) fn of(passage: &str) -> Data {
    let patterns = &*PATTERNS;
    let says = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(passage));
    if says(&patterns.averaged) {
        return Data::Unknown;
    }
    if says(&patterns.binary) {
        return Data::Binary;
    }
    let scale = scale(passage);
    if scale.is_some() {
        return if says(&patterns.single) { Data::Whole(scale) } else { Data::Perhaps(scale) };
    }
    if says(&patterns.whole_years) || says(&patterns.number_of) {
        return Data::Whole(None);
    }
    if says(&patterns.age) { Data::Perhaps(None) } else { Data::Unknown }
}

/// The scale that a passage names, where it names one.
fn scale(passage: &str) -> Option<Scale> {
    let ends = PATTERNS.ends.as_ref()?.captures(passage);
    if let Some(found) = ends {
        let number = |group: &str| found.name(group)?.as_str().parse::<i32>().ok();
        return number("low")
            .zip(number("high"))
            .filter(|(low, high)| low < high)
            .map(|(low, high)| Scale { low, high });
    }
    let found = PATTERNS.points.as_ref()?.captures(passage)?;
    let points = found.name("points")?.as_str().to_lowercase();
    let words = ["three", "four", "five", "six", "seven", "", "nine", "ten", "eleven"];
    let named = words.iter().zip(3..).find(|(word, _)| **word == points).map(|(_, points)| points);
    let points = points.parse::<i32>().ok().or(named).filter(|points| (2..=11).contains(points))?;
    Some(Scale { low: 1, high: points })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_read_from_their_ends_or_their_points() {
        for (passage, expected) in [
            (
                "rated on a single item on a scale from 1 (not at all) to 7 (very much)",
                Data::Whole(Some(Scale { low: 1, high: 7 })),
            ),
            ("answers on a 5-point Likert scale", Data::Perhaps(Some(Scale { low: 1, high: 5 }))),
            ("a seven-point rating scale was averaged over items", Data::Unknown),
            ("the mean number of errors was", Data::Whole(None)),
            ("the mean number of errors per trial was", Data::Unknown),
            ("mean age was", Data::Perhaps(None)),
            ("mean age in completed years was", Data::Whole(None)),
            ("smoking (0 = no, 1 = yes)", Data::Binary),
            ("response time was", Data::Unknown),
        ] {
            assert_eq!(of(passage), expected, "{passage}");
        }
    }
}
