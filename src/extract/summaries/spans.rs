//! Means with the least and the greatest value of their sample in running text: "M = 24.1, SD = 3.2, range 18–35", "mean age 54 years
//! (range: 23–74)", "age range 18–62 years, M = 18.96, SD = 2.43".
//!
//! The word stands right at the numbers: a range of something else, an interquartile range and a range over groups have other
//! words before or behind it. Means that are no plain averages of the values (geometric, adjusted, weighted ones) are left aside.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::extract::build::Registry;
use crate::extract::mentions::Sentence;
use crate::extract::number::Habits;
use crate::extract::patterns::{compile, is_match};
use crate::extract::source::Source;

use super::data;
use super::passage::{NUMBER, Passage, TO};
use super::summary::{Ends, EndsKind, Spanned, Spread, SpreadKind, Summary};

/// How many bytes before a mean, about, are looked at for what it is.
const NEAR: usize = 80;

/// What may stand behind a number as its unit.
const UNIT: &str = r"[^\d();,\[\]=]{0,16}?";

/// The least and the greatest value with the word for them.
fn ends() -> String {
    format!(
        concat!(
            r"(?:(?P<observed>(?i:observed|actual|sample)\s+)?(?i:(?:full|total|overall|age)\s+)*(?i:ranges?|ranging|ranged)\s*(?:[:=]|of|was|is|from|between)?\s*",
            r"(?:[-−–‐])?(?P<low>{n})(?:\s?%)?{to}(?P<high>{n})|",
            r"(?i:min(?:imum|\.)?)\s*[:=]?\s*(?:[-−–‐])?(?P<least>{n})\s*(?:[,;]|and)\s*(?i:max(?:imum|\.)?)\s*[:=]?\s*(?P<greatest>{n}))",
            r"(?P<behind>{unit}(?:[);,.\]]|\s(?:and|but|with|at|in)\b|$))"
        ),
        n = NUMBER,
        to = TO,
        unit = r"[^\d();,\[\]=]{0,16}?"
    )
}

/// The ends behind a mean with its spread.
static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(r"^(?P<unit>{UNIT})\s*[)\]]?\s*[,;(\[]\s*(?:[nN]\s*=\s*\d+\s*[,;]\s*)?{}", ends()))
});

/// The ends before a mean with its spread, whose number stands next.
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(
        r"(?:^|[\s(\[]){}\s*[,;:(\[]?\s*(?:(?i:means?|averages?)|\bM)(?:\s?age)?\s*(?:[:=]|of|was)?\s*$",
        ends()
    ))
});

/// A mean without a spread before its ends, or with one behind them.
static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(
        concat!(
            r"(?:\bM(?:\s?age)?\s*(?:=|¼)\s*|\b(?i:means?|averages?)\b(?P<words>[^;()\[\]\d]{{0,50}}?))(?P<value>{n})",
            r"(?:\s*±\s*{n})?(?P<unit>{unit})\s*[(\[,;]\s*{ends}(?:\s*SDs?\s*(?:=|¼)\s*(?P<spread>{n})(?:[^\d]|$))?"
        ),
        n = NUMBER,
        unit = UNIT,
        ends = ends()
    ))
});

/// Words by which a mean is not that of the values between the ends.
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\bgeometric|\bharmonic|\btrimmed|\bwinsori|\btransform|\blog(?:arithm|-|\d|\b)|\badjusted|\bweighted|\bestimate|\bpredict|\bmarginal|",
        r"\bleast[\s-]squares|\bstandardi[sz]|\bimput|\bbootstrap|\bmedian|\bdifference|\bquartile|\bpercentile|\bdeviation|\berror|\bvariance|",
        r"\bSDs?\b|\bmeans\s+of\b|\bmeans?\s+(?:and|or|differ)|\bacross\s+(?:the\s+)?(?:studies|groups|samples|sites|conditions|items)|\bfold\b|\bslope|\bvs\.?\b"
    ))
});

/// The means with their extremes in the sentences, by place; `summaries` are those of running text.
pub(in crate::extract) fn in_text(
    source: &Source<'_>,
    sentences: &[Sentence],
    summaries: &[Summary],
    habits_of: &dyn Fn(&Sentence) -> Habits,
    registry: &mut Registry,
) -> Vec<Spanned> {
    let mut found: Vec<Spanned> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.cell.is_none()) {
        let text = source.slice(sentence.range);
        let passage = Passage { source, start: sentence.range.start, text, habits: habits_of(sentence) };
        let own = summaries.partition_point(|summary| summary.range.start < sentence.range.start);
        let own = summaries[own..].iter().take_while(|summary| summary.range.end <= sentence.range.end);
        let with_spread: Vec<Spanned> = own.filter_map(|summary| beside(&passage, summary, registry)).collect();
        let hits = ALONE.iter().flat_map(|pattern| pattern.captures_iter(text));
        let alone: Vec<Spanned> = hits.filter_map(|hit| alone(&passage, &hit, index, registry)).collect();
        let is_new = |one: &Spanned| with_spread.iter().all(|other| !other.range.overlaps(one.range));
        found.extend(alone.into_iter().filter(is_new));
        found.extend(with_spread);
    }
    found.sort_by_key(|spanned| spanned.range);
    found
}

/// The ends that a match names, and whether values stand at them.
fn extremes(passage: &Passage<'_, '_>, hit: &Captures<'_>, registry: &mut Registry) -> Option<(Ends, bool)> {
    if hit.name("least").is_some() {
        let low = passage.number(hit, "least", registry)?;
        let high = passage.number(hit, "greatest", registry)?;
        return Some((Ends { kind: EndsKind::Extremes, low, high }, true));
    }
    let ends = passage.ends(hit, EndsKind::Extremes, ["low", "high"], registry)?;
    Some((ends, hit.name("observed").is_some()))
}

/// Whether the units behind the mean and behind the greatest value are not two different ones.
fn of_one_unit(hit: &Captures<'_>, unit: &str) -> bool {
    let plain = |words: &str| words.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_lowercase();
    let behind = plain(hit.name("behind").map_or("", |behind| behind.as_str()));
    let unit = plain(unit);
    // "years old" and "years", "y" and "yr" are one; "years" and "months" are not.
    let first = |words: &str| words.chars().next();
    unit.is_empty() || behind.is_empty() || first(&unit) == first(&behind)
}

fn spanned(summary: Summary, ends: Ends, attained: bool) -> Spanned {
    let range = summary.range.hull(ends.low.range).hull(ends.high.range);
    Spanned { summary, ends, attained, range }
}

/// A mean with its spread and the ends right behind or before it.
fn beside(passage: &Passage<'_, '_>, summary: &Summary, registry: &mut Registry) -> Option<Spanned> {
    let byte =
        |place: usize| passage.text.char_indices().nth(place - passage.start).map_or(passage.text.len(), |at| at.0);
    let (begin, end) = (byte(summary.range.start), byte(summary.range.end));
    if is_match(OTHER.as_ref(), near(passage.text, begin, begin)) {
        return None;
    }
    let behind = Passage {
        source: passage.source,
        start: summary.range.end,
        text: &passage.text[end..],
        habits: passage.habits,
    };
    if let Some(hit) = BEHIND.as_ref()?.captures(behind.text) {
        let (ends, attained) = extremes(&behind, &hit, registry)?;
        let fits = of_one_unit(&hit, &hit["unit"]) && !goes_on(behind.text, &hit);
        return fits.then(|| spanned(summary.clone(), ends, attained));
    }
    let before =
        Passage { source: passage.source, start: passage.start, text: &passage.text[..begin], habits: passage.habits };
    let hit = BEFORE.as_ref()?.captures(before.text)?;
    let (ends, attained) = extremes(&before, &hit, registry)?;
    Some(spanned(summary.clone(), ends, attained))
}

/// A mean whose spread is not printed or stands behind the ends.
fn alone(passage: &Passage<'_, '_>, hit: &Captures<'_>, sentence: usize, registry: &mut Registry) -> Option<Spanned> {
    let value = hit.name("value")?;
    let start = hit.get(0)?.start();
    let fits = of_one_unit(hit, &hit["unit"])
        && !goes_on(passage.text, hit)
        && !is_match(OTHER.as_ref(), near(passage.text, start, value.start()));
    let mean = passage.number(hit, "value", registry).filter(|_| fits)?;
    let (ends, attained) = extremes(passage, hit, registry)?;
    let spread = hit.name("spread").and_then(|_| passage.number(hit, "spread", registry));
    let range = spread.iter().fold(mean.range, |range, spread| range.hull(spread.range));
    let summary = Summary {
        range,
        mean,
        spread: spread.map(|value| Spread { kind: SpreadKind::Deviation, value }),
        size: None,
        data: data::of(passage.text),
        sentence,
        place: None,
    };
    Some(spanned(summary, ends, attained))
}

/// The words of the same clause right before `start`, up to `end`.
fn near(text: &str, start: usize, end: usize) -> &str {
    let from = text[..start]
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .take_while(|at| start - at <= NEAR)
        .last()
        .unwrap_or(start);
    let clause = text[from..start].rfind([';', ')', '(']).map_or(from, |at| from + at);
    &text[clause..end]
}

/// Whether another number or interval follows, as in a list of several samples.
fn goes_on(text: &str, hit: &Captures<'_>) -> bool {
    static MORE: LazyLock<Option<Regex>> =
        LazyLock::new(|| compile(r"^\s*(?:,\s*(?:and\s+)?|and\s+|or\s+)[-−–]?\d+(?:\.\d+)?\s*(?:[-–−,;)]|to\b|and\b)"));
    let end = ["high", "greatest"].iter().find_map(|name| hit.name(name)).map_or(text.len(), |end| end.end());
    is_match(MORE.as_ref(), &text[end..])
}

#[cfg(test)]
mod tests {
    use crate::extract::{Reported, Spanned};
    use crate::read::ReadLimits;

    fn found(text: &str) -> Vec<String> {
        let document = crate::read::read(text.as_bytes(), &ReadLimits::default()).expect("a document");
        let number = |reported: &Reported| reported.readings[0].2.text.clone();
        let words = |one: &Spanned| {
            let spread =
                one.summary.spread.as_ref().map_or(String::new(), |spread| format!(" ± {}", number(&spread.value)));
            let size = one.summary.size.as_ref().map_or(String::new(), |size| format!(" n {}", number(size)));
            let sign = if one.attained { "≤" } else { "<" };
            format!(
                "{}{spread}{size} {} {sign} {}",
                number(&one.summary.mean),
                number(&one.ends.low),
                number(&one.ends.high)
            )
        };
        crate::extract::extract(&document).spanned.iter().map(words).collect()
    }

    #[test]
    fn means_are_bound_to_the_ranges_beside_them() {
        for (text, expected) in [
            ("They were young (M = 24.1 years, SD = 3.2, range = 18–35).", &["24.1 ± 3.2 18 < 35"][..]),
            ("The mean age was 54 years (range: 23–74) in spring.", &["54 23 < 74"]),
            ("The mean age was 54 ± 14 years, range 23 to 74.", &["54 23 < 74"]),
            ("We tested 40 riders (age range 18–62 years, M = 18.96, SD = 2.43).", &["18.96 ± 2.43 18 < 62"]),
            ("Falls were rare (M = 1.7, range = 0–9, SD = 1.8).", &["1.7 ± 1.8 0 < 9"]),
            ("Rest was short (M = 2.7 hr, SD = 0.6 hr, range = 0.1–3.2 hr).", &["2.7 ± 0.6 0.1 < 3.2"]),
            ("Dives were long (M = 4.50, SD = 1.20, n = 20; min = 2, max = 7).", &["4.50 ± 1.20 n 20 2 ≤ 7"]),
            ("Dives were long (M = 4.50, SD = 1.20; observed range 2–7).", &["4.50 ± 1.20 2 ≤ 7"]),
            ("The change was small (M = −0.3, SD = 1.2, range −3 to 2).", &["−0.3 ± 1.2 −3 < 2"]),
            ("The mean age was 12 years (range 6 months–39 years).", &[]),
            ("The mean age was 12 years (range 100–300 months).", &[]),
            ("The mean was 12 (interquartile range 14–19).", &[]),
            ("The geometric mean was 12 (range 14–19).", &[]),
            ("The adjusted mean was 12 (range 14–19).", &[]),
            ("Mean ages were 23 and 25 (range 18–22 and 24–31).", &[]),
            ("The mean age was 23 (range 18–22 and 24–31).", &[]),
            ("The change was small (M = −0.3, SD = 1.2, range −3–2).", &[]),
            ("The mean difference was 12 (range 14–19).", &[]),
            ("The median was 12 (range 8–19), SD = 2.", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
