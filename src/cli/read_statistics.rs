//! `rederive read INPUT --show statistics` and `--show conditions`: the reported tests with their numbers, and the words
//! about tests with the text they hold for; with `--format json` these, the estimates and the quantities as one object.
//!
//! Offsets count Unicode scalar values of what `--show text` prints. Exact values are strings. What is written depends on
//! the paper alone: no path, clock or setting stands in it. The fields of a test:
//!
//! - `id`, `text`, `start`, `end`, `places`: its number in order, its characters, and where they stand;
//! - `kind`: `t`, `f`, `chi-squared`, `r`, `z`, `q`, and what else [`TestKind`] names;
//! - `degrees`: the degrees of freedom in printed order; `value`: the statistic; `p`: the p-value or null. Each is a number
//!   with its `text`, `start`, `end`, `comparator`, the `value` of its first reading and all its `readings`;
//! - `not_significant`: whether "ns" stands in the place of the p-value; `shared_p`: whether the p-value is printed once for
//!   several tests; `n`: the number of cases printed within the result, or null;
//! - `effects`: the effect sizes of its bracket or clause, each with its `kind`, its characters and its `value`;
//! - `in_row`: whether the numbers stand in cells of one row of a table; `sentence`: the number of its sentence;
//! - `conditions`: the kinds of the conditions in whose reach it stands.
//!
//! A condition that states a level of significance has `alpha`: the `levels`, and whether they may be `partial`.

use std::io::{self, Write};

use serde::Serialize;

use super::read_estimates;
use super::read_quantities::{self, Value, value};
use crate::arithmetic::rational;
use crate::document::{Document, Place, TextIndex, TextRange, VariationCause};
use crate::extract::{
    Alpha, Comparator, Condition, ConditionKind, EffectKind, Mentions, Reported, TestKind, TestStatistic, extract,
};

/// The version of the facts as one object: its first number changes when an older reader could misread them.
const FACTS_SCHEMA: &str = "1.2";

/// The facts of a paper as one object.
#[derive(Serialize)]
struct Facts<'m> {
    schema_version: &'static str,
    quantities: Vec<read_quantities::Row<'m>>,
    statistics: Vec<Test<'m>>,
    estimates: Vec<read_estimates::Written<'m>>,
    conditions: Vec<Words<'m>>,
}

/// A reported test.
#[derive(Serialize)]
struct Test<'m> {
    id: usize,
    kind: TestKind,
    #[serde(flatten)]
    span: Span<'m>,
    degrees: Vec<Number<'m>>,
    value: Number<'m>,
    p: Option<Number<'m>>,
    not_significant: bool,
    shared_p: bool,
    n: Option<Number<'m>>,
    effects: Vec<Effect<'m>>,
    in_row: bool,
    sentence: usize,
    conditions: Vec<ConditionKind>,
}

/// An effect size of a test.
#[derive(Serialize)]
struct Effect<'m> {
    kind: EffectKind,
    #[serde(flatten)]
    span: Span<'m>,
    value: Number<'m>,
}

/// A number of a test or an estimate.
#[derive(Serialize)]
pub(super) struct Number<'m> {
    text: &'m str,
    start: usize,
    end: usize,
    pub(super) comparator: Comparator,
    pub(super) value: String,
    readings: Vec<Reading<'m>>,
}

#[derive(Serialize)]
struct Reading<'m> {
    cause: Option<VariationCause>,
    value: Value<'m>,
}

/// The words of a condition and the text that they may hold for.
#[derive(Serialize)]
struct Words<'m> {
    kind: ConditionKind,
    #[serde(flatten)]
    span: Span<'m>,
    reach: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    alpha: Option<&'m Alpha>,
}

/// Characters of the paper with their places.
#[derive(Serialize)]
pub(super) struct Span<'m> {
    pub(super) text: &'m str,
    pub(super) start: usize,
    pub(super) end: usize,
    places: Vec<Place>,
}

/// Everything that the rows are made from.
pub(super) struct Paper<'m> {
    document: &'m Document,
    index: TextIndex,
    pub(super) mentions: &'m Mentions,
}

impl<'m> Paper<'m> {
    pub(super) fn new(document: &'m Document, mentions: &'m Mentions) -> Self {
        Self { document, index: TextIndex::new(&document.text), mentions }
    }

    fn slice(&self, range: TextRange) -> &'m str {
        self.index.slice(&self.document.text, range)
    }

    pub(super) fn span(&self, range: TextRange) -> Span<'m> {
        let places = self.document.span(&self.index, range).places;
        Span { text: self.slice(range), start: range.start, end: range.end, places }
    }

    pub(super) fn number(&self, reported: &'m Reported) -> Number<'m> {
        let readings = reported.readings.iter();
        Number {
            text: self.slice(reported.range),
            start: reported.range.start,
            end: reported.range.end,
            comparator: reported.comparator,
            value: reported.readings.first().map(|first| rational::to_text(&first.2.point())).unwrap_or_default(),
            readings: readings.map(|(_, cause, printed)| Reading { cause: *cause, value: value(printed) }).collect(),
        }
    }

    fn test(&self, (id, test): (usize, &'m TestStatistic)) -> Test<'m> {
        let reaching = self.mentions.conditions.iter().filter(|condition| condition.reach.overlaps(test.range));
        let mut conditions: Vec<ConditionKind> = reaching.map(|condition| condition.kind).collect();
        conditions.sort_unstable();
        conditions.dedup();
        Test {
            id,
            kind: test.kind,
            span: self.span(test.range),
            degrees: test.degrees.iter().map(|degree| self.number(degree)).collect(),
            value: self.number(&test.value),
            p: test.p.as_ref().map(|p| self.number(p)),
            not_significant: test.not_significant,
            shared_p: test.shared_p,
            n: test.n.as_ref().map(|n| self.number(n)),
            effects: test
                .effects
                .iter()
                .map(|effect| Effect {
                    kind: effect.kind,
                    span: self.span(effect.range),
                    value: self.number(&effect.value),
                })
                .collect(),
            in_row: test.in_row,
            sentence: test.sentence,
            conditions,
        }
    }

    fn tests(&self) -> impl Iterator<Item = Test<'m>> {
        self.mentions.statistics.iter().enumerate().map(|test| self.test(test))
    }

    fn conditions(&self) -> impl Iterator<Item = Words<'m>> {
        self.mentions.conditions.iter().map(|condition: &Condition| Words {
            kind: condition.kind,
            span: self.span(condition.range),
            reach: [condition.reach.start, condition.reach.end],
            alpha: condition.alpha.as_ref(),
        })
    }
}

/// Writes one JSON object a test, a line each.
pub(super) fn jsonl(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    lines(Paper::new(document, &mentions).tests(), out)
}

/// Writes one JSON object a condition, a line each.
pub(super) fn conditions_jsonl(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    lines(Paper::new(document, &mentions).conditions(), out)
}

/// Writes the facts of the paper as one object.
pub(super) fn facts(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    let paper = Paper::new(document, &mentions);
    let quantities = mentions.quantities.iter().enumerate();
    let facts = Facts {
        schema_version: FACTS_SCHEMA,
        quantities: quantities
            .map(|(id, quantity)| read_quantities::row(document, &paper.index, id, quantity))
            .collect(),
        statistics: paper.tests().collect(),
        estimates: read_estimates::rows(&paper).collect(),
        conditions: paper.conditions().collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &facts)?;
    writeln!(out)
}

pub(super) fn lines<T: Serialize>(rows: impl Iterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes one line a test for people: offsets, kind, the characters, what was read.
pub(super) fn text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    for test in Paper::new(document, &mentions).tests() {
        let degrees: Vec<&str> = test.degrees.iter().map(|degree| degree.value.as_str()).collect();
        write!(out, "{}-{}\t{}\t{}\t", test.span.start, test.span.end, name(&test.kind)?, one_line(test.span.text))?;
        write!(out, "df {}\t{} {}", degrees.join(", "), sign(test.value.comparator), test.value.value)?;
        match &test.p {
            Some(p) => writeln!(out, "\tp {} {}", sign(p.comparator), p.value)?,
            None if test.not_significant => writeln!(out, "\tns")?,
            None => writeln!(out, "\t-")?,
        }
    }
    Ok(())
}

/// Writes one line a condition for people: offsets, kind, the words, the text they may hold for.
pub(super) fn conditions_text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    for words in Paper::new(document, &mentions).conditions() {
        let [from, to] = words.reach;
        let (span, kind) = (&words.span, name(&words.kind)?);
        writeln!(out, "{}-{}\t{kind}\t{}\t{from}-{to}", span.start, span.end, one_line(span.text))?;
    }
    Ok(())
}

/// The name that a value has in JSON.
pub(super) fn name(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) const fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => "=",
        Comparator::Less => "<",
        Comparator::Greater => ">",
        Comparator::AtMost => "≤",
        Comparator::AtLeast => "≥",
    }
}
