//! What stands before a statistic and belongs to it: "df = 265, t = 10.26", "b = −0.58, p = .037, t(107) = −2.11".
//!
//! Only what no result before has taken is looked at, and only where nothing but parts of one list stands between: a
//! p-value that opens its bracket or stands behind an estimate, and after it no p-value of the test's own. Whether the test
//! has one is not asked here.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;
use crate::extract::number::{Habits, Number};
use crate::extract::patterns::compile;
use crate::extract::source::Source;
use crate::extract::statistic::TestKind;

use super::between;
use super::degrees::{self, Degree};
use super::p_value::{self, Found};
use super::reported::Sign;

/// How many characters may stand between a p-value and the statistic behind it.
const REACH: usize = 120;

/// Degrees of freedom that end a text, before the comma in front of the statistic.
static DEGREES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?:^|[\s,;(\[])(?:d\.?\s?f\.?s?|degrees\s+of\s+freedom)\s*[=:]?\s*[(\[]?(?P<numbers>\d[\d.]*(?:\s*,\s*\d[\d.]*)?)[)\]]?\s*[,;]\s*$",
    )
});

/// An estimate with its value that ends a text, perhaps with its standard error or interval.
static ESTIMATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?:\b[bBdg]|[βΒßγ𝛽]|\b[dg]z|\b[Ee]stimate|\b[Dd]ifference|\b[Cc]oefficient|\b[Ss]lope|\bOR|\bHR|\bRR|\bSEs?)",
        r"\s*[=:]\s*[-−–]?\s?\d*[.·]?\d+(?:\s*,?\s*(?:\d{2}\s*%\s*)?CI\s*[=:]?\s*[\[(][^\])]{3,30}[\])])?\s*,\s*$"
    ))
});

/// The degrees of freedom that stand before the statistic at `at`, not before `floor`: none where their number does not fit
/// the statistic.
pub(super) fn degrees_before(source: &Source<'_>, floor: usize, at: usize, kind: TestKind) -> Vec<Degree> {
    let from = floor.max(at.saturating_sub(40));
    let window = source.window(from, at);
    let Some(numbers) =
        DEGREES.as_ref().and_then(|pattern| pattern.captures(window)).and_then(|found| found.name("numbers"))
    else {
        return Vec::new();
    };
    let place = |bytes: usize| from + window[..bytes].chars().count();
    let range = TextRange::new(place(numbers.start()), place(numbers.end()));
    let found = degrees::inside(source, range, kind).unwrap_or_default();
    if found.len() == degrees::expected(kind) { found } else { Vec::new() }
}

/// The p-value that stands before the statistic at `at`, not before `floor`, with the place of its letter.
pub(super) fn p_before(source: &Source<'_>, floor: usize, at: usize, habits: Habits) -> Option<(usize, Sign, Number)> {
    let from = floor.max(at.saturating_sub(REACH));
    (from..at)
        .rev()
        .find_map(|start| match p_value::at(source, start, at, habits) {
            Found::Value(sign, number) => Some((start, sign, number)),
            _ => None,
        })
        .filter(|(start, _, number)| opens(source, floor, *start) && leads_to(source, number.range.end, at))
}

/// Whether a p-value stands first in its bracket, or directly behind the value or the interval of an estimate.
fn opens(source: &Source<'_>, floor: usize, start: usize) -> bool {
    let near = source.skip_spaces_back(start, floor);
    let bracket = near > floor && matches!(source.before(near), Some('(' | '['));
    let window = source.window(floor.max(start.saturating_sub(REACH)), start);
    bracket || ESTIMATE.as_ref().is_some_and(|pattern| pattern.is_match(window))
}

/// Whether nothing but parts of the same list stands in `from..at`.
fn leads_to(source: &Source<'_>, from: usize, at: usize) -> bool {
    let mut place = from;
    for _ in 0..6 {
        let next = between::separators(source, place, at);
        let crossed = (place..next).any(|place| matches!(source.at(place), Some(';' | ')' | '(')));
        if crossed {
            return false;
        }
        if next >= at {
            return true;
        }
        match between::segment(source, next, at) {
            Some(segment) if segment.said != between::Said::Phrase && segment.end <= at => place = segment.end,
            _ => return false,
        }
    }
    false
}
