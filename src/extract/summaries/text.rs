//! Summaries in running text: "M = 3.48, SD = 1.12, n = 25", "24.5 years (SD = 3.2)", "M(SD) = 3.48 (1.12)".
//!
//! The word for the spread leads: what stands directly before it is the mean. A number behind another letter
//! ("b = 0.34, SE = 0.11") is a coefficient and no mean.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{BlockKind, TextRange};
use crate::extract::build::Registry;
use crate::extract::mentions::Sentence;
use crate::extract::number::{Habits, Number};
use crate::extract::patterns::compile;
use crate::extract::quantity::Comparator;
use crate::extract::results::{self, Sign};
use crate::extract::source::Source;
use crate::extract::statistic::Reported;

use super::data;
use super::summary::{Spread, SpreadKind, Summary};

/// How many characters before the word for the spread the mean may begin.
const BEFORE: usize = 60;

/// The words for a spread.
static CUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"\b(?:(?P<sd>SDs?|S\.\s?D\.|s\.\s?d\.|[Ss]tandard\s+[Dd]eviations?)|",
        r"(?P<se>SEMs?|SEs?|S\.\s?E\.(?:\s?M\.)?|s\.\s?e\.(?:\s?m\.)?|[Ss]tandard\s+[Ee]rrors?(?:\s+of\s+the\s+mean)?))(?:\W|$)"
    ))
});

/// The mean that a text before such a word ends with.
static MEAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?:(?P<name>(?:\bMs?(?:\s?age)?|\b[Mm]eans?(?:\s+[\p{L}-]+){0,3}|\b[Aa]verages?(?:\s+[\p{L}-]+){0,3}|X̄))\s*(?P<sign>=|:|\bof\b|\bwas\b|\bwere\b|\bis\b)\s*)?",
        r"(?P<number>[-−–]?\s?(?:\d[\d,]*(?:[.·]\d+)?|[.·]\d+))",
        r"(?P<unit>\s*(?:[\p{L}%/°]{1,12}\.?\s*){0,3})(?P<part>[,;]?\s*[(\[]?)\s*$"
    ))
});

/// "M (SD) = 3.48 (1.12)" up to its first number.
static TOGETHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"\b(?:M|[Mm]ean)\s*(?:[(\[]\s*(?:(?P<sd>SD|S\.D\.|s\.d\.)|(?P<se>SEM?|S\.E\.(?:M\.)?|s\.e\.(?:m\.)?))\s*[)\]]|",
        r"±\s*(?:(?P<sdp>SD|S\.D\.|s\.d\.)|(?P<sep>SEM?|S\.E\.(?:M\.)?|s\.e\.(?:m\.)?)))\s*(?:=|:|\bof\b|\bwas\b|\bwere\b)\s*"
    ))
});

/// The size of the sample behind a summary, in the same bracket.
static SIZE_BEHIND: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^\s*[,;]\s*[nN]\s*(?:=|¼)\s*(?P<size>\d{1,3}(?:,\d{3})+|\d+)(?:\D|$)"));

/// The size of the sample before a summary, in the same bracket.
static SIZE_BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"[nN]\s*(?:=|¼)\s*(?P<size>\d{1,3}(?:,\d{3})+|\d+)\s*[,;:]\s*$"));

/// The summaries of the sentences, by place.
pub(in crate::extract) fn find(
    source: &Source<'_>,
    sentences: &[Sentence],
    habits_of: &dyn Fn(&Sentence) -> Habits,
    registry: &mut Registry,
) -> Vec<Summary> {
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.cell.is_some() || matches!(sentence.block, BlockKind::Heading) {
            continue;
        }
        let passage = Passage { source, range: sentence.range, habits: habits_of(sentence), sentence: index };
        found.extend(passage.summaries(registry));
    }
    found
}

struct Passage<'p, 's> {
    source: &'p Source<'s>,
    range: TextRange,
    habits: Habits,
    sentence: usize,
}

impl Passage<'_, '_> {
    fn summaries(&self, registry: &mut Registry) -> Vec<Summary> {
        let text = self.source.slice(self.range);
        let Some(cue) = CUE.as_ref().filter(|cue| cue.is_match(text)) else { return Vec::new() };
        let mut found: Vec<Summary> = Vec::new();
        for hit in TOGETHER.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let error = hit.name("se").or_else(|| hit.name("sep")).is_some();
            let kind = if error { SpreadKind::Error } else { SpreadKind::Deviation };
            let at = self.scalar(hit.get(0).map_or(0, |all| all.end()));
            found.extend(self.together(at, kind, registry));
        }
        for hit in cue.captures_iter(text) {
            let Some(word) = hit.name("sd").or_else(|| hit.name("se")) else { continue };
            let kind = if hit.name("sd").is_some() { SpreadKind::Deviation } else { SpreadKind::Error };
            let (start, end) = (self.scalar(word.start()), self.scalar(word.end()));
            found.extend(self.led(start, end, kind, registry));
        }
        found.sort_by_key(|summary| summary.range);
        found.dedup_by(|b, a| a.range.overlaps(b.range));
        found
    }

    /// The position of a byte of the sentence.
    fn scalar(&self, byte: usize) -> usize {
        self.source.index.scalar(self.source.index.byte(self.range.start) + byte)
    }

    /// The number at `at` behind a sign, "of" or nothing; only one that is stated as equal.
    fn number(&self, at: usize) -> Option<(Sign, Number)> {
        let mut at = self.source.skip_spaces(at, self.range.end);
        if self.source.has_word(at, "of ") || self.source.has_word(at, "was ") {
            at += if self.source.has_word(at, "of ") { 3 } else { 4 };
        }
        if self.source.at(at) == Some(':') {
            at += 1;
        }
        let plain = Sign { comparator: Comparator::Equal, end: at, repair: None };
        let sign = results::sign(self.source, at, self.range.end).unwrap_or(plain);
        let number = results::value(self.source, sign.end, self.range.end, self.habits)?;
        (sign.comparator == Comparator::Equal).then_some((sign, number))
    }

    /// The summary whose spread the word at `start` names.
    fn led(&self, start: usize, end: usize, kind: SpreadKind, registry: &mut Registry) -> Option<Summary> {
        let spread = self.number(end)?;
        let from = start.saturating_sub(BEFORE).max(self.range.start);
        let before = self.source.window(from, start);
        let found = MEAN.as_ref()?.captures(before)?;
        let number = found.name("number")?;
        let place = |byte: usize| from + before[..byte].chars().count();
        let named = found.name("name").is_some();
        let bracketed = found.name("part").is_some_and(|part| part.as_str().contains(['(', '[']));
        let head = before[..number.start()].trim_end();
        let of_letter = !named && head.ends_with(['=', '≈', '<', '>', '~', '±', '¼', '/', '×', '–', '-', '−']);
        if of_letter || !(named || bracketed) {
            return None;
        }
        let begin = place(number.start());
        let mean = results::value(self.source, begin, start, self.habits)?;
        if mean.range.end > place(number.end()) {
            return None;
        }
        let first = found.get(0).map_or(begin, |all| place(all.start()));
        let sign = Sign { comparator: Comparator::Equal, end: begin, repair: None };
        Some(self.summary(first, (sign, mean), kind, spread, registry))
    }

    /// The summary "3.48 (1.12)" or "3.48 ± 1.12" at `at`.
    fn together(&self, at: usize, kind: SpreadKind, registry: &mut Registry) -> Option<Summary> {
        let mean = self.number(at)?;
        let after = self.source.skip_spaces(mean.1.range.end, self.range.end);
        let opens = matches!(self.source.at(after), Some('(' | '[' | '±'));
        let spread = results::value(self.source, after + usize::from(opens), self.range.end, self.habits)?;
        let sign = Sign { comparator: Comparator::Equal, end: after, repair: None };
        opens.then(|| self.summary(mean.1.range.start, mean, kind, (sign, spread), registry))
    }

    fn summary(
        &self,
        first: usize,
        mean: (Sign, Number),
        kind: SpreadKind,
        spread: (Sign, Number),
        registry: &mut Registry,
    ) -> Summary {
        let begin = mean.1.range.start;
        let end = spread.1.range.end;
        let size = self.size(first, end);
        let mut range = TextRange::new(begin, end);
        if let Some(size) = &size {
            range = range.hull(size.range);
        }
        Summary {
            range,
            mean: results::reported_number(mean, registry),
            spread: Some(Spread { kind, value: results::reported_number(spread, registry) }),
            size,
            data: data::of(self.source.slice(self.range)),
            sentence: self.sentence,
            place: None,
        }
    }

    /// The size of the sample that stands directly before or behind the numbers.
    fn size(&self, begin: usize, end: usize) -> Option<Reported> {
        let behind = self.source.window(end, self.range.end.min(end + 30));
        if let Some(size) = SIZE_BEHIND.as_ref()?.captures(behind).and_then(|found| found.name("size")) {
            let at = end + behind[..size.start()].chars().count();
            return count(at, size.as_str());
        }
        let from = begin.saturating_sub(24).max(self.range.start);
        let before = self.source.window(from, begin);
        let size = SIZE_BEFORE.as_ref()?.captures(before)?.name("size")?;
        count(from + before[..size.start()].chars().count(), size.as_str())
    }
}

/// The count whose digits stand at `at`.
fn count(at: usize, digits: &str) -> Option<Reported> {
    Reported::count(TextRange::new(at, at + digits.chars().count()), digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ReadLimits;

    fn found(text: &str) -> Vec<String> {
        let document = crate::read::read(text.as_bytes(), &ReadLimits::default()).expect("a document");
        let mentions = crate::extract::extract(&document);
        let number = |reported: &Reported| reported.readings[0].2.text.clone();
        mentions
            .summaries
            .iter()
            .map(|summary| {
                let spread = summary
                    .spread
                    .as_ref()
                    .map_or(String::new(), |spread| format!(" {:?} {}", spread.kind, number(&spread.value)));
                let size = summary.size.as_ref().map_or(String::new(), |size| format!(" n {}", number(size)));
                format!("{}{spread}{size}", number(&summary.mean))
            })
            .collect()
    }

    #[test]
    fn means_are_bound_to_their_spread() {
        for (text, expected) in [
            ("They rated it higher (M = 3.48, SD = 1.12, n = 25) than before.", &["3.48 Deviation 1.12 n 25"][..]),
            ("The mean age was 24.5 years (SD = 3.2).", &["24.5 Deviation 3.2"]),
            (
                "Scores were higher, M(SD) = 3.48 (1.12), than M (SD) = 2.90 (0.98).",
                &["3.48 Deviation 1.12", "2.90 Deviation 0.98"],
            ),
            ("Recall (n = 30, M = 0.71, SE = 0.02) was good.", &["0.71 Error 0.02 n 30"]),
            ("An effect was seen, b = 0.34, SE = 0.11, p = .002.", &[]),
            ("It lasted 12.1 s (standard deviation 2.4).", &["12.1 Deviation 2.4"]),
            ("We used a SE 30 device of 40 kg.", &[]),
            ("The group (Mage = 21.30, SD = 2.05) was young.", &["21.30 Deviation 2.05"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
