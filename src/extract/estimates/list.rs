//! What follows an estimate in its list: its interval, standard error, test and p-value, up to what is not known.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;
use crate::extract::number::{Habits, Number};
use crate::extract::patterns::compile;
use crate::extract::results::{self, Degree, Found, Sign};
use crate::extract::source::Source;
use crate::extract::statistic::TestKind;

use super::bounds::{self, RawBounds};
use super::estimate::Measure;

/// How many characters may stand between an estimate and the last that belongs to it.
const REACH: usize = 280;

/// A test in raw form.
#[derive(Clone, Debug)]
pub(super) struct RawTest {
    /// Its characters.
    pub range: TextRange,
    /// The distribution.
    pub kind: TestKind,
    /// The degrees of freedom.
    pub degrees: Vec<Degree>,
    /// The statistic.
    pub value: (Sign, Number),
}

/// What a list holds.
#[derive(Clone, Debug, Default)]
pub(super) struct RawList {
    /// One past the last character that belongs to it.
    pub end: usize,
    /// The interval, with whether it stands directly behind the estimate.
    pub interval: Option<(RawBounds, bool)>,
    /// The standard error.
    pub standard_error: Option<(Sign, Number)>,
    /// The standard deviation.
    pub deviation: Option<(Sign, Number)>,
    /// The number of observations.
    pub size: Option<(Sign, Number)>,
    /// The test.
    pub test: Option<RawTest>,
    /// The p-value.
    pub p: Option<(Sign, Number)>,
}

impl RawList {
    /// Whether it holds anything beside the estimate.
    pub(super) const fn is_empty(&self) -> bool {
        self.interval.is_none()
            && self.standard_error.is_none()
            && self.deviation.is_none()
            && self.test.is_none()
            && self.p.is_none()
    }
}

/// What a named number of a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Error,
    Deviation,
    Size,
    Degrees,
}

static PARTS: LazyLock<Vec<(Part, Regex)>> = LazyLock::new(|| {
    [
        (Part::Error, r"^(?:[Rr]obust\s+|[Cc]lustered\s+)?(?:SEMs?|SEs?|S\.\s?E\.|s\.\s?e\.|se|SE_?[bB]|[Ss]td\.?\s?[Ee]rr(?:or)?\.?|[Ss]tandard\s+[Ee]rror)(?:\s+of\s+the\s+mean)?"),
        (Part::Deviation, r"^(?:SDs?|S\.\s?D\.|s\.\s?d\.|[Ss]tandard\s+[Dd]eviation)"),
        (Part::Size, r"^[nN]"),
        (Part::Degrees, r"^d\.?\s?f\.?s?"),
    ]
    .into_iter()
    .filter_map(|(part, form)| compile(form).map(|form| (part, form)))
    .collect()
});

/// Words about the test that may stand in a list.
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^(?i:(?:preregistered\s+)?(?:one|two|1|2)[\s\-‐–](?:tailed|sided)|Wald|likelihood\s+ratio|and\b|with\b|adjusted\b|uncorrected\b|corrected\b)",
    )
});

/// Words behind a p-value by which it is not that of no effect, which the interval tells: "p < .001 for non-inferiority".
static OF_ANOTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)^\s*(?:for|of)\s+(?:the\s+)?(?:tests?\s+(?:for|of)\s+)?(?:non-?\s?inferiority|equivalence|(?:linear\s+)?trend|interaction|heterogeneity)",
    )
});

/// What may stand between a value and its interval: a unit or a word or two.
static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^\s?(?:%|(?:log|ln)[\s_^{]{0,2}(?:10|2|e)?\}?(?:\s?\([\p{L}/%]{1,12}\))?|[\p{L}µ°%/·²³⁻¹.\-]{1,14}(?:\^?[23])?(?:\s[\p{L}/%]{1,12}){0,2})\s*[,;]?\s?[\(\[]?",
    )
});

/// The unit of a value, before what follows in its list.
static OWN_UNIT: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^(\s?(?:%|°\s?C?(?:/s)?|[\p{L}µ°%/²³⁻¹·]{1,8}))\s?[,;)(\[]"));

/// The text in which a list is read.
pub(super) struct Lists<'s> {
    /// The characters.
    pub source: &'s Source<'s>,
    /// How its numbers are written.
    pub habits: Habits,
    /// The end of the sentence.
    pub end: usize,
    /// Whether an interval has been announced before, so that a bare bracket can be one.
    pub announced: bool,
}

impl Lists<'_> {
    /// The list behind the value that ends at `from`.
    pub(super) fn read(&self, measure: Measure, value: &Number, from: usize) -> RawList {
        let mut list = RawList { end: from, ..RawList::default() };
        let limit = self.end.min(from + REACH);
        let mut at = self.behind_own_unit(from, limit);
        for step in 0..12 {
            let Some(next) = self.separators(from, at, limit) else { break };
            let bracket = (at..next).find(|place| matches!(self.source.at(*place), Some('(' | '[')));
            let Some(stop) = self.part(&mut list, measure, next, limit, step == 0).or_else(|| {
                let begin = bracket.unwrap_or(next);
                (step == 0).then(|| self.bracketed(&mut list, measure, value, begin)).flatten()
            }) else {
                break;
            };
            at = stop.max(next + 1);
            list.end = list.end.max(stop);
        }
        if list.is_empty() {
            self.behind_a_unit(&mut list, from, limit);
        }
        if let (Measure::Ratio, Some((bounds, _))) = (measure, &mut list.interval) {
            bounds.of_a_ratio();
        }
        list
    }

    /// The position behind the unit that the value stands in: "−1.76°/s, SD = 2.65".
    fn behind_own_unit(&self, from: usize, limit: usize) -> usize {
        let window = self.source.window(from, limit.min(from + 24));
        let unit = OWN_UNIT.as_ref().and_then(|pattern| pattern.captures(window)).and_then(|found| found.get(1));
        unit.map_or(from, |unit| from + unit.as_str().chars().count())
    }

    /// The position behind the separators at `at`; `None` where the bracket closes in which the list stands.
    fn separators(&self, from: usize, at: usize, limit: usize) -> Option<usize> {
        let mut at = at;
        let mut depth = 0_i32;
        while at < limit {
            match self.source.at(at)? {
                '(' | '[' => depth += 1,
                // A bracket that opened within the list has been read with what it holds.
                ')' | ']' if depth == 0 && !self.opened_behind(from, at) => return None,
                ')' | ']' => depth -= 1,
                c if c.is_whitespace() || ",;:*†‡".contains(c) => {}
                _ => break,
            }
            at += 1;
        }
        Some(at)
    }

    /// Whether the bracket that closes at `at` opened at `from` or behind it.
    fn opened_behind(&self, from: usize, at: usize) -> bool {
        let mut depth = 0_i32;
        for place in (from..at).rev() {
            match self.source.at(place) {
                Some(')' | ']') => depth += 1,
                Some('(' | '[') if depth == 0 => return true,
                Some('(' | '[') => depth -= 1,
                _ => {}
            }
        }
        false
    }

    /// One thing of the list at `at`: its end.
    fn part(&self, list: &mut RawList, measure: Measure, at: usize, limit: usize, first: bool) -> Option<usize> {
        match results::p_value_at(self.source, at, limit, self.habits) {
            Found::Value(sign, number) => {
                let stop = number.range.end;
                let behind = self.source.window(stop, limit.min(stop + 60));
                if !OF_ANOTHER.as_ref().is_none_or(|pattern| pattern.is_match(behind)) {
                    list.p.get_or_insert((sign, number));
                }
                return Some(stop);
            }
            Found::NotSignificant(stop) => return Some(stop),
            Found::Shared(..) | Found::List(_) | Found::Other => return None,
            Found::Nothing => {}
        }
        if let Some(found) = bounds::announced(self.source, at, limit, self.habits) {
            if list.interval.is_some() || found.several {
                return None;
            }
            let stop = found.range.end;
            list.interval = Some((found, first));
            return Some(stop);
        }
        self.test(list, measure, at, limit).or_else(|| self.named(list, at, limit)).or_else(|| self.words(at, limit))
    }

    /// A bracket with two numbers directly behind the value, where intervals have been announced before.
    fn bracketed(&self, list: &mut RawList, measure: Measure, value: &Number, at: usize) -> Option<usize> {
        let named = !matches!(measure, Measure::Mean | Measure::Unnamed | Measure::Correlation);
        let found = bounds::bare(self.source, at, self.end, self.habits)?;
        let (low, high) = (found.low.1.first().point(), found.high.1.first().point());
        let straddles = low <= value.first().point() && value.first().point() <= high;
        if !named || !self.announced || !straddles || found.several {
            return None;
        }
        let stop = found.range.end;
        list.interval = Some((found, true));
        Some(stop)
    }

    /// A test of the estimate.
    fn test(&self, list: &mut RawList, measure: Measure, at: usize, limit: usize) -> Option<usize> {
        let head = results::head_at(self.source, at, limit)?;
        let fits = matches!(head.kind, TestKind::T | TestKind::Z | TestKind::ChiSquared | TestKind::F);
        let degrees = results::degrees_behind(self.source, head.end, limit, head.kind)?;
        let sign = results::sign(self.source, degrees.end, limit)?;
        let value = results::value(self.source, sign.end, limit, self.habits)?;
        // What tests a mean is not told beside it: a t behind one may compare it with another.
        if !fits || list.test.is_some() || measure == Measure::Mean || head.repair.is_some() {
            return None;
        }
        let stop = value.range.end;
        let range = TextRange::new(at, stop);
        list.test = Some(RawTest { range, kind: head.kind, degrees: degrees.numbers, value: (sign, value) });
        Some(stop)
    }

    /// A standard error, a standard deviation, a number of observations.
    fn named(&self, list: &mut RawList, at: usize, limit: usize) -> Option<usize> {
        let window = self.source.window(at, limit.min(at + 40));
        let (part, width) = PARTS
            .iter()
            .find_map(|(part, form)| form.find(window).map(|found| (*part, found.as_str().chars().count())))?;
        let sign = results::sign(self.source, at + width, limit)?;
        let number = results::value(self.source, sign.end, limit, self.habits)?;
        let stop = number.range.end;
        let place = match part {
            Part::Error => &mut list.standard_error,
            Part::Deviation => &mut list.deviation,
            Part::Size => &mut list.size,
            Part::Degrees => return Some(stop),
        };
        if place.is_some() {
            return None;
        }
        *place = Some((sign, number));
        Some(stop)
    }

    fn words(&self, at: usize, limit: usize) -> Option<usize> {
        let window = self.source.window(at, limit.min(at + 40));
        let found = WORDS.as_ref()?.find(window)?;
        Some(at + found.as_str().chars().count())
    }

    /// "3.4 mmHg (95% CI 1.2 to 5.6)": an interval behind the unit of the value.
    fn behind_a_unit(&self, list: &mut RawList, from: usize, limit: usize) {
        let window = self.source.window(from, limit.min(from + 60));
        let Some(unit) = UNIT.as_ref().and_then(|pattern| pattern.find(window)) else { return };
        let at = from + unit.as_str().chars().count();
        if let Some(found) = bounds::announced(self.source, at, limit, self.habits).filter(|found| !found.several) {
            list.end = found.range.end;
            list.interval = Some((found, true));
        }
    }
}
