//! Values and intervals in two lists of the same length: "odds ratios of 1.45 and 2.10 (95% CIs 1.10–1.92 and 1.50–2.90,
//! respectively)".
//!
//! The lists belong together by their order, and only where nothing else stands between: the intervals open the bracket or
//! stand behind the comma right behind the last value. A list of which one member cannot be read is none. Whether both
//! have the same length, and a name or the word "respectively" tells that they belong together, is asked by the search.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;
use crate::extract::number::{Habits, Number};
use crate::extract::patterns::compile;
use crate::extract::results;
use crate::extract::source::Source;

use super::bounds::{self, RawBounds};

/// The most members that a list may have.
const LONGEST: usize = 8;

/// Numbers in a list that ends a text, before the bracket or comma of what follows.
static VALUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?:^|[\s(\[=])(?P<list>[-−–]?\d[\d.,·]*%?(?:\s?(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s|\svs?\.\s|\sversus\s|/)[-−–]?\d[\d.·]*%?)+)",
        r"\s?(?:[\p{L}/%°µ²³]{1,10})?\s?[,;]?\s?[(\[]?\s?$"
    ))
});

/// What parts the members of a list.
static PARTS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^\s?(?:[,;]\s?(?:and\s|or\s|vs?\.\s)?|and\s|or\s|vs?\.\s|versus\s|/\s?)"));

/// The intervals of a list whose first is already read, in order; the first alone where no other follows.
pub(super) fn intervals(source: &Source<'_>, first: RawBounds, end: usize, habits: Habits) -> Vec<RawBounds> {
    let mut at = first.range.end;
    let mut found = vec![first];
    while found.len() < LONGEST {
        let Some(begin) = behind(source, at, end) else { break };
        let next = bounds::announced(source, begin, end, habits)
            .or_else(|| bounds::bare(source, begin, end, habits))
            .or_else(|| bounds::pair(source, begin, end, habits));
        let Some(next) = next else { break };
        at = next.range.end;
        found.push(next);
    }
    found
}

/// The position behind what parts two members.
fn behind(source: &Source<'_>, at: usize, end: usize) -> Option<usize> {
    let window = source.window(at, end.min(at + 12));
    let found = PARTS.as_ref()?.find(window)?;
    Some(at + found.as_str().chars().count())
}

/// The values of the list that ends at `at`, with the range from the first to the last, in a sentence that begins at
/// `start`; none where no list stands there or a member can't be read.
pub(super) fn values(source: &Source<'_>, start: usize, at: usize, habits: Habits) -> Option<(TextRange, Vec<Number>)> {
    let before = source.window(start, at);
    let list = VALUES.as_ref()?.captures(before)?.name("list")?;
    let place = |bytes: usize| start + before[..bytes].chars().count();
    let range = TextRange::new(place(list.start()), place(list.end()));
    let mut numbers = Vec::new();
    let mut from = range.start;
    while numbers.len() < LONGEST {
        let number = results::value(source, from, range.end, habits)?;
        from = number.range.end + usize::from(source.at(number.range.end) == Some('%'));
        numbers.push(number);
        if from >= range.end {
            break;
        }
        from = behind(source, from, range.end)?;
    }
    (from >= range.end && numbers.len() > 1).then_some((range, numbers))
}
