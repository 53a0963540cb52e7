//! Finds the test results of a leaf, left to right.

use crate::document::{Choice, TextRange, VariationCause};
use crate::extract::build::Registry;
use crate::extract::mentions::Sentence;
use crate::extract::number::{Edit, Habits, Number};
use crate::extract::quantity::Comparator;
use crate::extract::source::Source;
use crate::extract::statistic::{Reported, TestKind, TestStatistic};

use super::between;
use super::degrees::{self, Degree};
use super::head;
use super::p_value::{self, Found};
use super::reported::{self, Sign};

/// Everything that the search reads.
struct Search<'s> {
    source: &'s Source<'s>,
    habits: Habits,
    end: usize,
}

/// A test result in raw form.
pub(in crate::extract) struct Raw {
    /// From the statistic to the end of its p-value.
    pub range: TextRange,
    /// Which distribution.
    pub kind: TestKind,
    /// The repair that the reading of its letters needs.
    pub repair: Option<Edit>,
    /// The degrees of freedom.
    pub degrees: Vec<Degree>,
    /// The statistic.
    pub value: (Sign, Number),
    /// The p-value.
    pub p: Option<(Sign, Number)>,
    /// Whether "ns" stands in its place.
    pub not_significant: bool,
}

/// All test results of the sentences, by place.
pub(in crate::extract) fn find(
    source: &Source<'_>,
    sentences: &[Sentence],
    habits_of: &dyn Fn(&Sentence) -> Habits,
    registry: &mut Registry,
) -> Vec<TestStatistic> {
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let search = Search { source, habits: habits_of(sentence), end: sentence.range.end };
        let mut at = sentence.range.start;
        while at < search.end {
            match search.at(at) {
                Some(raw) => {
                    at = raw.range.end.max(at + 1);
                    found.push(finish(raw, index, registry));
                }
                None => at += 1,
            }
        }
    }
    found
}

impl Search<'_> {
    /// The test result whose letter stands at `at`.
    fn at(&self, at: usize) -> Option<Raw> {
        let head = head::at(self.source, at, self.end)?;
        let degrees = degrees::read(self.source, head.end, self.end, head.kind)?;
        if head.needs_degrees && degrees.numbers.is_empty() {
            return None;
        }
        let sign = reported::sign(self.source, degrees.end, self.end)?;
        let value = reported::value(self.source, sign.end, self.end, self.habits)?;
        let stop = value.range.end;
        // A number above one is a correlation's only where degrees of freedom say that the letter names one.
        let large = value.first().point() > crate::arithmetic::rational::whole(1);
        if head.kind == TestKind::R && large && degrees.numbers.is_empty() {
            return None;
        }
        let mut raw = Raw {
            range: TextRange::new(at, stop),
            kind: head.kind,
            repair: head.repair,
            degrees: degrees.numbers,
            value: (sign, value),
            p: None,
            not_significant: false,
        };
        self.bind(&mut raw);
        // Without degrees of freedom only a p-value proves that the letter names a test.
        let bare = raw.degrees.is_empty();
        (!bare || raw.p.is_some()).then_some(raw)
    }

    /// Looks for the p-value behind the statistic's value, over what may stand between.
    fn bind(&self, raw: &mut Raw) {
        let limit = self.end.min(raw.range.end + between::REACH);
        let mut at = raw.range.end;
        for _ in 0..12 {
            at = between::separators(self.source, at, limit);
            match p_value::at(self.source, at, limit, self.habits) {
                Found::Value(sign, number) => {
                    raw.range.end = number.range.end;
                    raw.p = Some((sign, number));
                    return;
                }
                Found::NotSignificant(stop) => {
                    raw.range.end = stop;
                    raw.not_significant = true;
                    return;
                }
                Found::Other => return,
                Found::Nothing => {}
            }
            if head::at(self.source, at, limit).is_some_and(|head| self.is_test(&head)) {
                return;
            }
            let Some(segment) = between::segment(self.source, at, limit) else { return };
            let mut stop = segment.end;
            if let Some(begin) = segment.degrees.filter(|_| raw.degrees.is_empty()) {
                stop = self.stated_degrees(raw, begin).unwrap_or(stop);
            }
            at = stop.max(at + 1);
        }
    }

    /// Whether a letter is a test of its own: with degrees of freedom, or not one that also names an effect size.
    fn is_test(&self, head: &head::Head) -> bool {
        let numbers =
            degrees::read(self.source, head.end, self.end, head.kind).map(|found| (found.numbers.len(), found.end));
        let Some((count, stop)) = numbers else { return false };
        let signed = reported::sign(self.source, stop, self.end).is_some();
        signed && (count > 0 || head.kind != TestKind::R)
    }

    /// "df = 28", "df = 2, 28", "df = (2, 28)": degrees of freedom stated behind the value.
    fn stated_degrees(&self, raw: &mut Raw, begin: usize) -> Option<usize> {
        let sign = reported::sign(self.source, begin, self.end)?;
        let at = between::separators(self.source, sign.end, self.end);
        let span = |stop: usize| TextRange::new(at, stop);
        let digits = |from: usize| {
            (from..self.end.min(from + 10))
                .find(|i| !self.source.at(*i).is_some_and(|c| c.is_ascii_digit() || c == '.'))
        };
        let one = digits(at)?;
        let two = digits(between::separators(self.source, one, self.end.min(one + 3)));
        let stop = if raw.kind == TestKind::F { two? } else { one };
        raw.degrees = degrees::inside(self.source, span(stop), raw.kind)?;
        Some(stop)
    }
}

/// Turns a raw result into one with the choices of its readings.
pub(in crate::extract) fn finish(raw: Raw, sentence: usize, registry: &mut Registry) -> TestStatistic {
    let degrees = raw.degrees.into_iter().map(|degree| reported_degree(degree, registry)).collect();
    let value = repaired_number(raw.value, raw.repair.as_ref(), registry);
    let p = raw.p.map(|p| reported_number(p, registry));
    TestStatistic {
        range: raw.range,
        kind: raw.kind,
        degrees,
        value,
        p,
        not_significant: raw.not_significant,
        sentence,
        in_row: false,
    }
}

/// A number of degrees of freedom with the choice of its reading.
pub(in crate::extract) fn reported_degree(degree: Degree, registry: &mut Registry) -> Reported {
    let choices: Vec<Choice> = degree.repair.iter().map(|edit| registry.choice(edit)).collect();
    let cause = degree.repair.as_ref().map(|edit| edit.cause);
    Reported { range: degree.range, comparator: Comparator::Equal, readings: vec![(choices, cause, degree.printed)] }
}

/// A number with its relation sign and the choices of its readings.
pub(in crate::extract) fn reported_number(found: (Sign, Number), registry: &mut Registry) -> Reported {
    repaired_number(found, None, registry)
}

fn repaired_number((sign, number): (Sign, Number), repair: Option<&Edit>, registry: &mut Registry) -> Reported {
    let repairs: Vec<&Edit> = repair.into_iter().chain(&sign.repair).collect();
    let readings = number
        .readings
        .iter()
        .map(|reading| {
            let edits: Vec<&Edit> = repairs.iter().copied().chain(&reading.edits).collect();
            let choices = edits.iter().map(|edit| registry.choice(edit)).collect();
            let cause: Option<VariationCause> = edits.last().map(|edit| edit.cause);
            (choices, cause, reading.printed.clone())
        })
        .collect();
    Reported { range: number.range, comparator: sign.comparator, readings }
}
