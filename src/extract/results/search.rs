//! Finds the test results of a leaf, left to right.

use crate::document::{Choice, TextRange, VariationCause};
use crate::extract::build::Registry;
use crate::extract::mentions::Sentence;
use crate::extract::number::{Edit, Habits, Number};
use crate::extract::quantity::Comparator;
use crate::extract::source::Source;
use crate::extract::statistic::{EffectKind, EffectSize, Reported, TestKind, TestStatistic};

use super::between::{self, Said, Segment};
use super::degrees::{self, Degree};
use super::head::{self, HeadForm};
use super::lists;
use super::p_value::{self, Found};
use super::preceding;
use super::reported::{self, Sign};

/// Everything that the search reads.
struct Search<'s> {
    source: &'s Source<'s>,
    habits: Habits,
    end: usize,
}

/// A test result in raw form.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the printed result")]
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
    /// Whether the p-value stands for other tests too.
    pub shared_p: bool,
    /// Whether its letter names several tests: "Fs(1, 54) > 4.1".
    pub plural: bool,
    /// The number of cases, where it stands within.
    pub sample: Option<Degree>,
    /// The effect sizes of its bracket or clause, each from its name on.
    pub effects: Vec<(EffectKind, usize, Sign, Number)>,
    /// Several p-values that stand where one is looked for.
    pub list: Vec<(Sign, Number)>,
    /// The letter of the next test, where the search for a p-value came to one first.
    pub next: Option<usize>,
    /// Whether only a p-value proves that it is a test.
    pub needs_p: bool,
}

impl Raw {
    /// A result without all that may stand around it.
    pub(in crate::extract) fn new(range: TextRange, kind: TestKind, value: (Sign, Number)) -> Self {
        Self {
            range,
            kind,
            repair: None,
            degrees: Vec::new(),
            value,
            p: None,
            not_significant: false,
            shared_p: false,
            plural: false,
            sample: None,
            effects: Vec::new(),
            list: Vec::new(),
            next: None,
            needs_p: false,
        }
    }

    /// Whether a p-value or "ns" is bound to it.
    pub(super) const fn has_p(&self) -> bool {
        self.p.is_some() || self.not_significant
    }
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
        let mut raws = Vec::new();
        let mut at = sentence.range.start;
        let mut floor = at;
        while at < search.end {
            let next = search.at(at, floor);
            at = next.last().map_or(at + 1, |raw| raw.range.end.max(at + 1));
            floor = if next.is_empty() { floor } else { at };
            raws.extend(next);
        }
        lists::share(&mut raws);
        let certain = raws.into_iter().filter(|raw| raw.has_p() || !raw.needs_p);
        found.extend(certain.map(|raw| finish(raw, index, registry)));
    }
    found
}

impl Search<'_> {
    /// The test result whose letter stands at `at`; several where it has several values. What stands before `floor` belongs
    /// to another.
    fn at(&self, at: usize, floor: usize) -> Vec<Raw> {
        let Some(raw) = self.opened(at) else { return Vec::new() };
        if let Some(several) = self.several_values(&raw) {
            return several;
        }
        let mut raw = raw;
        self.bind(&mut raw);
        self.look_back(&mut raw, floor);
        // Without degrees of freedom only a p-value proves that the letter names a test.
        raw.needs_p |= raw.degrees.is_empty() && raw.sample.is_none();
        vec![raw]
    }

    /// The letter, the degrees of freedom and the value at `at`.
    fn opened(&self, at: usize) -> Option<Raw> {
        let head = head::at(self.source, at, self.end)?;
        let degrees = degrees::read(self.source, head.end, self.end, head.kind)?;
        if head.needs_degrees && degrees.numbers.is_empty() && !self.states_degrees(degrees.end) {
            return None;
        }
        // "t(1934)s ≥ 2.50": the mark of several tests behind their degrees of freedom.
        let several = !degrees.numbers.is_empty()
            && self.source.at(degrees.end) == Some('s')
            && !self.source.at(degrees.end + 1).is_some_and(char::is_alphanumeric);
        let behind = degrees.end + usize::from(several);
        let sign = if head.form == HeadForm::Noun { reported::worded_sign } else { reported::sign };
        let sign = sign(self.source, behind, self.end)?;
        let value = reported::value(self.source, sign.end, self.end, self.habits)?;
        // A number above one is a correlation's only where degrees of freedom say that the letter names one.
        let correlation = matches!(head.kind, TestKind::R | TestKind::Rho | TestKind::Tau);
        let large = value.first().point() > crate::arithmetic::rational::whole(1);
        if correlation && large && degrees.numbers.is_empty() {
            return None;
        }
        let raw = Raw::new(TextRange::new(at, value.range.end), head.kind, (sign, value));
        Some(Raw {
            repair: head.repair,
            degrees: degrees.numbers,
            sample: degrees.sample,
            plural: several || head.form == HeadForm::Plural,
            needs_p: head.needs_p || degrees.apart || several,
            ..raw
        })
    }

    /// Whether degrees of freedom are named within a few characters behind a value to come.
    fn states_degrees(&self, from: usize) -> bool {
        let window = self.source.window(from, self.end.min(from + 40));
        window.contains("df") || window.contains("d.f.") || window.contains("degrees of freedom")
    }

    /// "F(1, 54) = 4.10 and 5.20, ps = .048 and .027": values that share a letter and its degrees of freedom, where as many
    /// p-values or one bound for all stand behind them.
    fn several_values(&self, first: &Raw) -> Option<Vec<Raw>> {
        let mut raws = vec![first.clone()];
        let mut at = first.range.end;
        while raws.len() < 8 {
            let comma = self.source.at(at) == Some(',');
            let next = self.source.skip_spaces(at + usize::from(comma), self.end);
            let word = self.source.has_word(next, "and ");
            if !comma && !word {
                break;
            }
            let begin = next + if word { 4 } else { 0 };
            let Some(number) = reported::value(self.source, begin, self.end, self.habits) else { break };
            let sign = Sign { end: begin, ..first.value.0.clone() };
            at = number.range.end;
            raws.push(Raw { range: number.range, value: (sign, number), ..first.clone() });
        }
        let behind = between::separators(self.source, at, self.end);
        let behind = ["both ", "all ", "with "]
            .into_iter()
            .find(|word| self.source.has_word(behind, word))
            .map_or(behind, |word| behind + word.len());
        let values = match p_value::at(self.source, behind, self.end, self.habits) {
            Found::List(list) if list.len() == raws.len() => list,
            Found::Shared(sign, number) => vec![(sign, number); raws.len()],
            _ => return None,
        };
        let shared = values.len() > 1 && values.iter().all(|value| value.1.range == values[0].1.range);
        let last = values.last()?.1.range.end;
        if raws.len() < 2 {
            return None;
        }
        raws.last_mut()?.range.end = last;
        for (raw, value) in raws.iter_mut().zip(values) {
            raw.p = Some(value);
            raw.shared_p = shared;
        }
        Some(raws)
    }

    /// Looks for the p-value behind the statistic's value, over what may stand between, then for what stands behind it in
    /// the same bracket or clause.
    fn bind(&self, raw: &mut Raw) {
        let limit = self.end.min(raw.range.end + between::REACH);
        let mut at = raw.range.end;
        if let Some((sign, number)) = self.bare_bound(at) {
            raw.range.end = number.range.end;
            raw.p = Some((sign, number));
            return;
        }
        for _ in 0..14 {
            at = between::separators(self.source, at, limit);
            match p_value::at(self.source, at, limit, self.habits) {
                Found::Value(sign, number) => {
                    raw.range.end = number.range.end;
                    raw.p = Some((sign, number));
                    return self.follow(raw);
                }
                Found::Shared(sign, number) => {
                    raw.range.end = number.range.end;
                    raw.p = Some((sign, number));
                    raw.shared_p = true;
                    return;
                }
                Found::List(list) => {
                    raw.list = list;
                    return;
                }
                Found::NotSignificant(stop) => {
                    raw.range.end = stop;
                    raw.not_significant = true;
                    return self.follow(raw);
                }
                Found::Other => return,
                Found::Nothing => {}
            }
            if head::at(self.source, at, limit).is_some_and(|head| self.is_test(&head)) {
                raw.next = Some(at);
                return;
            }
            let Some(segment) = between::segment(self.source, at, limit) else { return };
            at = self.note(raw, at, segment).max(at + 1);
        }
    }

    /// Takes what stands before the statistic, where it has none behind it.
    fn look_back(&self, raw: &mut Raw, floor: usize) {
        let at = raw.range.start;
        if raw.degrees.is_empty() && raw.sample.is_none() && degrees::expected(raw.kind) > 0 {
            raw.degrees = preceding::degrees_before(self.source, floor, at, raw.kind);
        }
        if raw.has_p() || raw.next.is_some() || !raw.list.is_empty() {
            return;
        }
        if let Some((start, sign, number)) = preceding::p_before(self.source, floor, at, self.habits) {
            raw.p = Some((sign, number));
            raw.range.start = start;
        }
    }

    /// "F(1, 194) = 122.7 < .001" at the end of a cell or sentence: the p-value of the next column, that ran into this one.
    fn bare_bound(&self, at: usize) -> Option<(Sign, Number)> {
        let begin = self.source.skip_spaces(at, self.end);
        let bound = self.source.at(begin) == Some('<') && begin > at;
        let sign = reported::sign(self.source, begin, self.end).filter(|_| bound)?;
        let number = reported::value(self.source, sign.end, self.end, self.habits)?;
        let below = number.first().point() < crate::arithmetic::rational::ratio(1, 10);
        let ends = self.source.skip_spaces(number.range.end, self.end) == self.end;
        (below && ends).then_some((sign, number))
    }

    /// Keeps what a segment says: the position behind it.
    fn note(&self, raw: &mut Raw, at: usize, segment: Segment) -> usize {
        match segment.said {
            Said::Other | Said::Phrase => {}
            Said::Degrees(begin) => {
                return self.stated_degrees(raw, begin).map_or(segment.end, |stop| stop.max(segment.end));
            }
            Said::Sample(begin) => {
                let sign = reported::sign(self.source, begin, self.end);
                let begin = sign.map_or(begin, |sign| self.source.skip_spaces(sign.end, self.end));
                let sample = degrees::one(self.source, begin, segment.end);
                raw.sample = raw.sample.take().or(sample.filter(|one| one.printed.decimals == 0));
            }
            Said::Effect(kind, begin) => {
                let value = reported::sign(self.source, begin, self.end).and_then(|sign| {
                    let number = reported::value(self.source, sign.end, self.end, self.habits)?;
                    Some((kind, at, sign, number))
                });
                raw.effects.extend(value);
            }
        }
        segment.end
    }

    /// Reads on behind the p-value, within the bracket or clause of the result: effect sizes, degrees of freedom, n.
    fn follow(&self, raw: &mut Raw) {
        let limit = self.end.min(raw.range.end + between::REACH);
        let mut at = raw.range.end;
        let mut depth = self.depth(raw.range);
        for _ in 0..8 {
            while at < limit && self.source.at(at).is_some_and(|c| c.is_whitespace() || ",;([*)]".contains(c)) {
                match self.source.at(at) {
                    Some('(' | '[') => depth += 1,
                    Some(')' | ']') if depth == 0 => return,
                    Some(')' | ']') => depth -= 1,
                    _ => {}
                }
                at += 1;
            }
            let p = !matches!(p_value::at(self.source, at, limit, self.habits), Found::Nothing);
            if p || head::at(self.source, at, limit).is_some_and(|head| self.is_test(&head)) {
                return;
            }
            let Some(segment) = between::segment(self.source, at, limit) else { return };
            // An effect size with a p-value of its own is a result of its own.
            let behind = between::separators(self.source, segment.end, limit);
            let own = !matches!(p_value::at(self.source, behind, limit, self.habits), Found::Nothing);
            // Behind a phrase begins what is said of something else.
            if segment.said == Said::Phrase || (own && matches!(segment.said, Said::Effect(EffectKind::R, _))) {
                return;
            }
            if matches!(segment.said, Said::Degrees(_)) && raw.degrees.len() >= degrees::expected(raw.kind) {
                return;
            }
            let stop = self.note(raw, at, segment);
            if matches!(segment.said, Said::Degrees(_)) {
                raw.range.end = stop;
            }
            at = stop.max(at + 1);
        }
    }

    /// How many brackets that opened in a range are open at its end.
    fn depth(&self, range: TextRange) -> usize {
        (range.start..range.end).fold(0_usize, |depth, at| match self.source.at(at) {
            Some('(' | '[') => depth + 1,
            Some(')' | ']') => depth.saturating_sub(1),
            _ => depth,
        })
    }

    /// Whether a letter is a test of its own: with degrees of freedom, or not one that also names an effect size.
    fn is_test(&self, head: &head::Head) -> bool {
        let numbers =
            degrees::read(self.source, head.end, self.end, head.kind).map(|found| (found.numbers.len(), found.end));
        let Some((count, stop)) = numbers else { return false };
        let signed = reported::sign(self.source, stop, self.end).is_some();
        let sure = !head.needs_degrees && !matches!(head.kind, TestKind::R | TestKind::W);
        signed && (count > 0 || sure)
    }

    /// Whether the degrees of freedom stated at `begin` are those of another result than the number before: "F = 4.41, df = 1, p = .03
    /// and F = 5.31, df = 1" has two relation signs between them.
    fn is_of_another(&self, last: &Degree, begin: usize) -> bool {
        last.range.end < begin && self.source.window(last.range.end, begin).matches(['=', '<', '>']).count() > 1
    }

    /// "df = 28", "df = 2, 28", "df = (2, 28)", "28 df": degrees of freedom stated beside the value.
    fn stated_degrees(&self, raw: &mut Raw, begin: usize) -> Option<usize> {
        let wanted = degrees::expected(raw.kind);
        if raw.degrees.len() >= wanted || raw.degrees.last().is_some_and(|last| self.is_of_another(last, begin)) {
            return None;
        }
        let begin = reported::sign(self.source, begin, self.end).map_or(begin, |sign| sign.end);
        let mut at = between::separators(self.source, begin, self.end);
        let mut stop = None;
        while raw.degrees.len() < wanted {
            let Some(degree) = degrees::one(self.source, at, self.end.min(at + 12)) else { break };
            let end = degree.range.end;
            stop = Some(end);
            raw.degrees.push(degree);
            at = between::separators(self.source, end, self.end.min(end + 3));
            let and = self.source.skip_spaces(end, self.end);
            if self.source.has_word(and, "and ") {
                at = and + 4;
            }
        }
        let closed = stop.filter(|stop| matches!(self.source.at(*stop), Some(')' | ']')));
        closed.map(|stop| stop + 1).or(stop)
    }
}

/// Turns a raw result into one with the choices of its readings.
pub(in crate::extract) fn finish(raw: Raw, sentence: usize, registry: &mut Registry) -> TestStatistic {
    let degrees = raw.degrees.into_iter().map(|degree| reported_degree(degree, registry)).collect();
    let value = repaired_number(raw.value, raw.repair.as_ref(), registry);
    let p = raw.p.map(|p| reported_number(p, registry));
    let n = raw.sample.map(|degree| reported_degree(degree, registry));
    let effects = raw.effects.into_iter().map(|(kind, start, sign, number)| {
        let value = reported_number((sign, number), registry);
        EffectSize { kind, range: TextRange::new(start, value.range.end), value }
    });
    let effects = effects.collect();
    TestStatistic {
        range: raw.range,
        kind: raw.kind,
        degrees,
        value,
        p,
        not_significant: raw.not_significant,
        shared_p: raw.shared_p || raw.plural,
        n,
        effects,
        sentence,
        in_row: false,
    }
}

/// A number of degrees of freedom or of cases with the choices of its reading.
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
