//! Medians with their quartiles and extremes: "median 12 (IQR 8–15)", "Mdn = 4.5 [range 1 to 9]", and cells "12 (8–15)" whose
//! heading or label says so.
//!
//! Only intervals that words name are taken: a bracket behind a median may hold a confidence interval. An interquartile range
//! as one number is a width and no interval.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::document::Document;
use crate::extract::build::Registry;
use crate::extract::mentions::Sentence;
use crate::extract::number::Habits;
use crate::extract::patterns::compile;
use crate::extract::source::Source;
use crate::extract::statistic::Reported;
use crate::extract::tables::TableContent;

use super::passage::{NUMBER, Passage, TO};
use super::summary::{Ends, EndsKind, Median};

/// The words for an interval around a median. Both forms of a dash and a blank may part them.
const NAMES: &str = concat!(
    r"(?:(?P<quartilesN>IQRs?|(?i:inter[\s‐‑-]?quartile\s+ranges?|quartiles?|Q1\s?[,–‐-]\s?Q3|25th[^()\d]{0,20}75th(?:\s+percentiles?)?))|",
    r"(?P<extremesN>(?i:(?:full\s+|total\s+)?ranges?|min(?:imum|\.)?\s?(?:[,–‐-]|to)\s?max(?:imum|\.)?)))"
);

fn names(place: &str) -> String {
    NAMES.replace('N', place)
}

/// A median in a sentence, from the word on.
static IN_TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = format!(
        concat!(
            r"(?:\b(?i:medians?)|\bMdn)\b(?P<words>(?:\s*[(\[,]\s*{said}\s*[)\],:])?[^;()\[\]\d]{{0,70}}?)(?P<value>{n})",
            r"(?P<unit>[^\d();,\[\]]{{0,24}}?)\s*[(\[,;]\s*(?:{own}\s*(?:[:=,]|of|was)?\s*)?(?:[-−–‐])?(?P<low>{n}){to}(?P<high>{n})",
            r"(?:[^\d()\[\]]{{0,16}}[,;]\s*{next}\s*(?:[:=,]|of|was)?\s*(?:[-−–‐])?(?P<from>{n}){to}(?P<up>{n}))?(?P<behind>.?)"
        ),
        said = names("1"),
        own = names("2"),
        next = names("3"),
        n = NUMBER,
        to = TO
    );
    compile(&pattern)
});

/// A cell with a median and one interval.
static IN_CELL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(
        r"^\s*(?:[-−–‐])?(?P<value>{NUMBER})\s*[(\[]\s*(?:[-−–‐])?(?P<low>{NUMBER}){TO}(?P<high>{NUMBER})\s*[)\]]\s*$"
    ))
});

/// The words over or beside such a cell.
static HEADS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(&format!(r"(?i:\bmedian)[^()\[\]]{{0,30}}[(\[,]\s*{}", names("1"))));

/// What a note says of all cells of this form: "skewed data are expressed as median (25th–75th percentile)".
static NOTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(&format!(r"(?i:\bmedians?)\s*(?:with\s+)?[(\[,]\s*{}", names("1"))));

/// Words of a table by which a bracket behind a number may hold another interval.
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\bCIs?\b|confidence|credible|\bmeans?\s*[(\[]|\branges?\b|\b(?-i:OR|HR|RR)s?\b|ratio\s*[(\[]|geometric",
    )
});

/// The kind of interval that the notes of a table name for its medians, where they name no other interval.
fn noted(content: &TableContent) -> Option<EndsKind> {
    let found = NOTED.as_ref()?.captures(&content.caption)?;
    let mut words = content.headings.iter().chain(&content.labels).chain([&content.caption]);
    let other = words.any(|words| OTHER.as_ref().is_none_or(|pattern| pattern.is_match(words)));
    kind(&found, "1").filter(|kind| *kind == EndsKind::Quartiles && !other)
}

/// The kind of interval that a group of names stands for.
fn kind(found: &Captures<'_>, place: &str) -> Option<EndsKind> {
    let has = |name: &str| found.name(&format!("{name}{place}")).is_some();
    match (has("quartiles"), has("extremes")) {
        (true, _) => Some(EndsKind::Quartiles),
        (_, true) => Some(EndsKind::Extremes),
        _ => None,
    }
}

impl Passage<'_, '_> {
    /// The median of a match in running text.
    fn in_text(&self, found: &Captures<'_>, sentence: usize, registry: &mut Registry) -> Option<Median> {
        let of_first = kind(found, "2").or_else(|| kind(found, "1"))?;
        // "8–15–20" and "8–15/20" are other things.
        if found.name("behind").is_some_and(|rest| rest.as_str().starts_with(['–', '-', '/', '×'])) {
            return None;
        }
        let median = self.number(found, "value", registry)?;
        let mut ends = vec![self.ends(found, of_first, ["low", "high"], registry)?];
        if let Some(of_next) = kind(found, "3").filter(|kind| *kind != of_first) {
            ends.extend(self.ends(found, of_next, ["from", "up"], registry));
        }
        Some(whole(median, ends, sentence))
    }
}

fn whole(value: Reported, ends: Vec<Ends>, sentence: usize) -> Median {
    let range = ends.iter().fold(value.range, |range, ends| range.hull(ends.low.range).hull(ends.high.range));
    Median { range, value, ends, sentence }
}

/// The medians of the sentences, by place.
pub(in crate::extract) fn in_text(
    source: &Source<'_>,
    sentences: &[Sentence],
    habits_of: &dyn Fn(&Sentence) -> Habits,
    registry: &mut Registry,
) -> Vec<Median> {
    let mut medians = Vec::new();
    for (index, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.cell.is_none()) {
        let text = source.slice(sentence.range);
        let passage = Passage { source, start: sentence.range.start, text, habits: habits_of(sentence) };
        let hits = IN_TEXT.iter().flat_map(|pattern| pattern.captures_iter(text));
        medians.extend(hits.filter_map(|found| passage.in_text(&found, index, registry)));
    }
    medians
}

/// The medians of the cells, by place.
pub(in crate::extract) fn in_cells(
    source: &Source<'_>,
    document: &Document,
    tables: &[TableContent],
    sentences: &[Sentence],
    of_tables: &[Habits],
    registry: &mut Registry,
) -> Vec<Median> {
    let mut medians = Vec::new();
    let said = |words: &str| HEADS.as_ref()?.captures(words).and_then(|found| kind(&found, "1"));
    for ((table, content), habits) in document.tables.iter().zip(tables).zip(of_tables) {
        let noted = noted(content);
        for cell in table.cells.iter().filter(|cell| cell.row >= table.header_rows) {
            let (row, column) = (cell.row as usize, cell.column as usize);
            let own = [content.label(row), content.group(row)];
            let named = own.into_iter().chain(content.heading(column)).find_map(said);
            let Some(kind) = named.or_else(|| noted.filter(|_| column >= content.label_columns)) else { continue };
            let at = sentences.partition_point(|sentence| sentence.range.start < cell.range.start);
            let text = source.slice(cell.range);
            let passage = Passage { source, start: cell.range.start, text, habits: *habits };
            let found = IN_CELL.as_ref().and_then(|pattern| pattern.captures(text));
            let median = found.and_then(|found| {
                let value = passage.number(&found, "value", registry)?;
                let ends = passage.ends(&found, kind, ["low", "high"], registry)?;
                Some(whole(value, vec![ends], at))
            });
            medians.extend(median);
        }
    }
    medians
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ReadLimits;

    fn found(text: &str) -> Vec<String> {
        let document = crate::read::read(text.as_bytes(), &ReadLimits::default()).expect("a document");
        let number = |reported: &Reported| reported.readings[0].2.text.clone();
        let ends = |ends: &Ends| format!(" {:?} {} {}", ends.kind, number(&ends.low), number(&ends.high));
        let words = |median: &Median| number(&median.value) + &median.ends.iter().map(ends).collect::<String>();
        crate::extract::extract(&document).medians.iter().map(words).collect()
    }

    #[test]
    fn medians_are_bound_to_the_intervals_that_words_name() {
        for (text, expected) in [
            (
                "The median age was 27 years (interquartile range = 24–33, range = 17–82).",
                &["27 Quartiles 24 33 Extremes 17 82"][..],
            ),
            ("Median load was 32,000 copies/ml (IQR: 11000–68000).", &["32,000 Quartiles 11000 68000"]),
            ("It took a median of 4.0 y (range 1–28 y).", &["4.0 Extremes 1 28"]),
            ("The median (IQR) stay was 12 [8, 15] days.", &["12 Quartiles 8 15"]),
            ("Scores were low, Mdn = 4.5, IQR = 3–6.", &["4.5 Quartiles 3 6"]),
            ("The median (25th to 75th percentile) was 3.1 (2.2 to 4.9).", &["3.1 Quartiles 2.2 4.9"]),
            ("The median was 12 (95% CI 8–15).", &[]),
            ("The median was 12 (IQR 7).", &[]),
            ("The median change was −3 (IQR −5–2).", &[]),
            ("The median change was −3 (IQR −5 to −2).", &["−3 Quartiles −5 −2"]),
            ("The median change was −3 (IQR −5–−2).", &["−3 Quartiles −5 −2"]),
            ("The median change was 3 (IQR 2--5).", &[]),
            ("The median change was 1 (IQR −5, 2).", &["1 Quartiles −5 2"]),
            ("Of the median strip 12 m (8–15 m) were grass.", &[]),
            ("The mean was 27 years (range 17–82).", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
