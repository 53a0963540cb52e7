//! Finds the estimates of a paper, sentence by sentence: first those with a name, then the intervals that are left.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::rational;
use crate::document::TextRange;
use crate::extract::build::Registry;
use crate::extract::mentions::Sentence;
use crate::extract::number::{Habits, Number};
use crate::extract::patterns::compile;
use crate::extract::results::{self, Found, Sign};
use crate::extract::source::Source;
use crate::extract::statistic::{Reported, TestKind, TestStatistic};

use super::bounds::{self, RawBounds};
use super::estimate::{Bounds, Estimate, EstimateTest, Measure};
use super::list::{Lists, RawList};
use super::names::{self, Name};
use super::zipped;

/// Words that may stand between the name of a ratio or difference and its value.
static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^\s?(?:[=:,]\s?|(?i:of|was|is|were)\s(?:(?i:about|only|approximately)\s)?|\s)?"));

/// The number right before the bracket of an interval: "3.8 times greater (95% CI".
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?P<number>[-−–]?[.·]?\d[\d.,·]*)\s?(?P<unit>%(?:\s[\p{L}\-]{1,14}){0,2}|[\p{L}µ°/·\-]{1,14}(?:[²³]|\^?[23])?(?:\s[\p{L}\-]{1,14}){0,2})?\s?[,;:]?\s?[\(\[,;]\s?$",
    )
});

/// All estimates of the sentences, by place.
pub(in crate::extract) fn find(
    source: &Source<'_>,
    sentences: &[Sentence],
    habits_of: &dyn Fn(&Sentence) -> Habits,
    statistics: &[TestStatistic],
    registry: &mut Registry,
) -> Vec<Estimate> {
    let mut found = Vec::new();
    let mut announced = None;
    for (index, sentence) in sentences.iter().enumerate() {
        let text = source.slice(sentence.range);
        let cues = bounds::cues(text);
        // Once a paragraph has announced an interval, its bare brackets may be intervals too.
        if !cues.is_empty() {
            announced = Some(sentence.leaf);
        }
        if !text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let search = Search {
            lists: Lists {
                source,
                habits: habits_of(sentence),
                end: sentence.range.end,
                announced: announced == Some(sentence.leaf),
            },
            sentence: index,
            start: sentence.range.start,
            statistics,
        };
        let from = found.len();
        search.named(text, registry, &mut found);
        search.left(text, &cues, registry, &mut found, from);
        found[from..].sort_by_key(|estimate| estimate.range);
    }
    found.iter_mut().for_each(Estimate::take_for_logarithm);
    found
}

struct Search<'s> {
    lists: Lists<'s>,
    sentence: usize,
    start: usize,
    statistics: &'s [TestStatistic],
}

impl Search<'_> {
    fn source(&self) -> &Source<'_> {
        self.lists.source
    }

    /// The position in the paper of a byte of the sentence.
    fn place(&self, byte: usize) -> usize {
        let base = self.source().index.byte(self.start);
        self.source().index.range(base + byte, base + byte).start
    }

    /// The estimates that have a name.
    fn named(&self, text: &str, registry: &mut Registry, found: &mut Vec<Estimate>) {
        let mut floor = self.start;
        for name in names::find(text) {
            let range = TextRange::new(self.place(name.start), self.place(name.end));
            if range.start < floor || self.is_part_of_a_word(range) {
                continue;
            }
            let Some((sign, mut value)) = self.value(&name, range.end) else { continue };
            let end = value.range.end;
            if self.is_one_of_several(end) {
                continue;
            }
            let list = self.lists.read(name.measure, &value, end);
            if list.is_empty() {
                continue;
            }
            floor = list.end;
            if let Some((bounds, _)) = list.interval.as_ref().filter(|_| name.measure != Measure::Ratio) {
                bounds::lost_minus(self.source(), &mut value, bounds.low.1.range);
            }
            found.push(self.estimate(&name, range, (sign, value), list, registry));
        }
    }

    fn is_part_of_a_word(&self, range: TextRange) -> bool {
        let glued = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '\u{2010}' | '\'' | '’');
        self.source().before(range.start).is_some_and(glued)
    }

    /// The value behind a name, with its relation sign.
    fn value(&self, name: &Name, at: usize) -> Option<(Sign, Number)> {
        let (source, end) = (self.source(), self.lists.end);
        let behind = if name.measure == Measure::Correlation {
            results::degrees_behind(source, at, end, TestKind::R).map_or(at, |degrees| degrees.end)
        } else {
            at
        };
        let sign = results::sign(source, behind, end).or_else(|| self.labelled(name, at)).or_else(|| {
            let window = source.window(at, end.min(at + 24));
            let link = LINK.as_ref()?.find(window).filter(|_| !name.needs_sign)?;
            if name.needs_link && link.as_str().trim().is_empty() {
                return None;
            }
            Some(bounds::plain(at + link.as_str().chars().count()))
        })?;
        let number = results::value(source, sign.end, end, self.lists.habits)?;
        Some((sign, number))
    }

    /// "b time:game = −0.23": the sign behind the name of a term.
    fn labelled(&self, name: &Name, at: usize) -> Option<Sign> {
        let source = self.source();
        let lettered = name.measure == Measure::Coefficient || name.measure == Measure::Mean;
        let from = source.skip_spaces(at, at + 1);
        let stop = (from..self.lists.end.min(from + 28)).find(|place| {
            !source
                .at(*place)
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '×' | '*' | '-' | '_' | '–' | '(' | ')'))
        })?;
        (lettered && stop > from).then(|| results::sign(source, stop, self.lists.end)).flatten()
    }

    /// "1.48 and 2.10": the first of several values that share what follows.
    fn is_one_of_several(&self, end: usize) -> bool {
        let source = self.source();
        let at = source.skip_spaces(end, end + 2);
        let word = ["and ", "or ", "to "].into_iter().find(|word| source.has_word(at, word));
        let dash = source.at(at).is_some_and(crate::extract::source::is_dash);
        let comma = usize::from(source.at(at) == Some(','));
        let next = source.skip_spaces(at + word.map_or(comma, str::len) + usize::from(dash), end + 8);
        let number = source.at(next).is_some_and(|c| c.is_ascii_digit() || c == '.');
        let level = bounds::announced(source, next, self.lists.end, self.lists.habits).is_some();
        (word.is_some() || dash || comma > 0) && number && !level
    }

    fn estimate(
        &self,
        name: &Name,
        range: TextRange,
        value: (Sign, Number),
        list: RawList,
        registry: &mut Registry,
    ) -> Estimate {
        let source = self.source();
        let before = source.window(range.start.saturating_sub(16), range.start);
        let reported = |found: Option<(Sign, Number)>, registry: &mut Registry| {
            found.map(|found| results::reported_number(found, registry))
        };
        let own = reported(list.p, registry);
        let p = own.or_else(|| self.p_before(name.measure, range.start));
        let percent = source.at(source.skip_spaces(value.1.range.end, value.1.range.end + 1)) == Some('%');
        Estimate {
            range: TextRange::new(range.start, list.end),
            measure: name.measure,
            name: range,
            percent,
            standardised: name.measure == Measure::Coefficient && names::is_standardised(source.slice(range), before),
            value: Some(results::reported_number(value, registry)),
            interval: list.interval.map(|(raw, adjacent)| interval(raw, adjacent, registry)),
            standard_error: reported(list.standard_error, registry),
            deviation: reported(list.deviation, registry),
            size: reported(list.size, registry),
            test: list.test.map(|test| EstimateTest {
                range: test.range,
                kind: test.kind,
                degrees: test.degrees.into_iter().map(|degree| results::reported_degree(degree, registry)).collect(),
                value: results::reported_number(test.value, registry),
            }),
            p,
            sentence: self.sentence,
            in_row: false,
        }
    }

    /// The p-value of the test right before an effect size: "t(28) = 2.20, p = .036, d = 0.83, 95% CI …".
    fn p_before(&self, measure: Measure, start: usize) -> Option<Reported> {
        let sized = measure.is_effect_size() && measure != Measure::Correlation;
        let next = self.statistics.partition_point(|test| test.range.end <= start);
        let test = self.statistics.get(next.checked_sub(1)?).filter(|_| sized)?;
        // A test of several terms is not that of one difference.
        let several = matches!(test.kind, TestKind::F | TestKind::ChiSquared | TestKind::Q)
            && test
                .degrees
                .first()
                .and_then(|df| df.readings.first())
                .is_none_or(|(_, _, df)| df.point() != rational::whole(1));
        if several {
            return None;
        }
        let between = self.source().window(test.range.end, start);
        between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';')).then(|| test.p.clone()).flatten()
    }

    /// The intervals that no named estimate has taken.
    fn left(&self, text: &str, cues: &[usize], registry: &mut Registry, found: &mut Vec<Estimate>, from: usize) {
        let source = self.source();
        for cue in cues {
            let at = self.place(*cue);
            let taken = found[from..].iter().any(|estimate| estimate.range.start <= at && at < estimate.range.end);
            if taken {
                continue;
            }
            let Some(raw) = bounds::announced(source, at, self.lists.end, self.lists.habits) else { continue };
            let listed = zipped::values(source, self.start, at, self.lists.habits).filter(|_| !raw.names_its_own);
            let alone = listed.is_none() && !raw.several && !raw.names_its_own;
            if listed.is_some_and(|list| self.zipped(text, &raw, list, registry, found)) {
                continue;
            }
            let value = self.number_before(&text[..*cue], at).filter(|_| alone);
            let value = value.filter(|(number, percent)| raw.level.is_some() || !*percent || !is_level(number));
            let range = value.as_ref().map_or(raw.range, |(value, _)| raw.range.hull(value.range));
            let percent = value.as_ref().is_some_and(|(_, percent)| *percent);
            let value = value.map(|(number, _)| results::reported_number((bounds::plain(at), number), registry));
            let name = TextRange::new(range.start, range.start);
            let p = self.p_behind(raw.range.end).filter(|_| value.is_some());
            let p = p.map(|found| results::reported_number(found, registry));
            found.push(Estimate {
                percent,
                p,
                ..self.with_interval(range, Measure::Unnamed, name, value, raw, registry)
            });
        }
    }

    /// The p-value right behind an interval, in its bracket or the next one.
    fn p_behind(&self, at: usize) -> Option<(Sign, Number)> {
        let (source, end) = (self.source(), self.lists.end);
        let between = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '(' | '[' | ',' | ';');
        let start = (at..end.min(at + 6)).find(|place| !source.at(*place).is_some_and(between))?;
        match results::p_value_at(source, start, end, self.lists.habits) {
            Found::Value(sign, number) => Some((sign, number)),
            _ => None,
        }
    }

    /// An estimate with nothing but an interval.
    fn with_interval(
        &self,
        range: TextRange,
        measure: Measure,
        name: TextRange,
        value: Option<Reported>,
        raw: RawBounds,
        registry: &mut Registry,
    ) -> Estimate {
        let interval = Some(interval(raw, true, registry));
        Estimate { value, interval, ..Estimate::bare(range, measure, name, self.sentence) }
    }

    /// The estimates of a list of values and of as many intervals from `first` on; whether there are such.
    fn zipped(
        &self,
        text: &str,
        first: &RawBounds,
        (list, values): (TextRange, Vec<Number>),
        registry: &mut Registry,
        found: &mut Vec<Estimate>,
    ) -> bool {
        let source = self.source();
        let bounds = zipped::intervals(source, first.clone(), self.lists.end, self.lists.habits);
        let name = self.name_of_list(text, list.start);
        let told = name.is_some() || text.contains("respectively");
        if values.len() != bounds.len() || !told {
            return false;
        }
        let measure = name.map_or(Measure::Unnamed, |(measure, _)| measure);
        for (value, mut raw) in values.into_iter().zip(bounds) {
            if measure == Measure::Ratio {
                raw.of_a_ratio();
            }
            let percent = source.at(value.range.end) == Some('%');
            let range = value.range.hull(raw.range);
            let name = name.map_or_else(|| TextRange::new(range.start, range.start), |(_, name)| name);
            let value = Some(results::reported_number((bounds::plain(value.range.start), value), registry));
            let new = self.with_interval(range, measure, name, value, raw, registry);
            found.push(Estimate { percent, ..new });
        }
        true
    }

    /// The name of the list that begins at `start`: the last before it, with nothing but a sign or a word or two between.
    fn name_of_list(&self, text: &str, start: usize) -> Option<(Measure, TextRange)> {
        let names = names::find(text).into_iter();
        let placed = names.map(|name| (name.measure, TextRange::new(self.place(name.start), self.place(name.end))));
        let (measure, range) = placed.take_while(|(_, range)| range.end <= start).last()?;
        let between = self.source().window(range.end, start).trim();
        let linked = matches!(between, "" | "=" | ":" | "of" | "were" | "was" | "(" | "= (" | "are" | "being");
        linked.then_some((measure, range))
    }

    /// The number right before an interval, with whether a percent sign stands behind it.
    fn number_before(&self, before: &str, at: usize) -> Option<(Number, bool)> {
        let captures = BEFORE.as_ref()?.captures(before)?;
        let (number, unit) = (captures.name("number")?, captures.name("unit"));
        let head = &before[..number.start()];
        let glued = head.chars().next_back().is_some_and(|c| c.is_alphanumeric() || ".,-–−/".contains(c));
        // A number with a sign before it has a name, which may be that of something else.
        let signed = head.trim_end().chars().next_back().is_some_and(|c| "=<>≤≥~≈±¼".contains(c));
        if glued || (signed && !names::can_have_interval(head)) {
            return None;
        }
        let start = self.place(number.start());
        let value = results::value(self.source(), start, at, self.lists.habits)?;
        let whole = value.range.len() == number.as_str().trim_end_matches(['.', ',']).chars().count();
        whole.then_some((value, unit.is_some_and(|unit| unit.as_str().starts_with('%'))))
    }
}

/// Whether a number of percent is a usual level of confidence: "95%, CI 1.00–1.59".
fn is_level(number: &Number) -> bool {
    let value = number.first().point();
    [80, 90, 95, 98, 99].into_iter().any(|level| value == rational::whole(level))
}

/// An interval with the choices of its readings.
pub(in crate::extract) fn interval(raw: RawBounds, adjacent: bool, registry: &mut Registry) -> Bounds {
    Bounds {
        range: raw.range,
        level: raw.level.map(|level| results::reported_number(level, registry)),
        low: results::reported_number(raw.low, registry),
        high: results::reported_number(raw.high, registry),
        names_its_own: raw.names_its_own,
        announced: raw.announced,
        adjacent,
        percent: raw.percent,
    }
}
