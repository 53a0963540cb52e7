//! `rederive read INPUT --show quantities`: each quantity with its places, sets and readings.
//!
//! Offsets count Unicode scalar values of what `--show text` prints. Exact values are strings.

use std::io::{self, Write};

use serde::Serialize;

use crate::arithmetic::{Printed, RealSet, rational};
use crate::document::{Document, Place, TextIndex, TextRange, VariationCause};
use crate::extract::{Amount, Comparator, Quantity, QuantityKind, QuantityReading, extract};

/// A quantity as one object of JSON.
#[derive(Serialize)]
pub(super) struct Row<'q> {
    id: usize,
    text: &'q str,
    start: usize,
    end: usize,
    places: Vec<Place>,
    kind: QuantityKind,
    readings: Vec<Reading<'q>>,
    comparator: Comparator,
    /// The number behind ± in the first reading.
    uncertainty: Option<Value<'q>>,
    /// Both ends of a range in the first reading.
    range: Option<[Value<'q>; 2]>,
    approximate: bool,
    modifier: Option<Modifier<'q>>,
    list: Option<usize>,
    sentence: usize,
}

/// The words by a quantity that are not part of it.
#[derive(Serialize)]
struct Modifier<'q> {
    text: &'q str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Reading<'q> {
    cause: Option<VariationCause>,
    value: Value<'q>,
    /// The other number of a range or behind ±.
    second: Option<Value<'q>>,
    unit: Option<Unit<'q>>,
    tags: String,
}

#[derive(Serialize)]
pub(super) struct Value<'q> {
    printed: &'q str,
    #[serde(rename = "value")]
    number: String,
    decimals: u32,
    exact: bool,
    tight: Option<[String; 2]>,
    wide: Option<[String; 2]>,
}

#[derive(Serialize)]
struct Unit<'q> {
    text: &'q str,
    dimension: String,
    factor: String,
    /// Whether it is printed once for a whole list, behind another member.
    shared: bool,
}

/// Writes one JSON object a quantity, a line each.
pub fn jsonl(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    let index = TextIndex::new(&document.text);
    for (id, quantity) in mentions.quantities.iter().enumerate() {
        serde_json::to_writer(&mut *out, &row(document, &index, id, quantity))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes one line a quantity for people: offsets, kind, the characters, what they say, other readings.
pub fn text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mentions = extract(document);
    let index = TextIndex::new(&document.text);
    for quantity in &mentions.quantities {
        let row = row(document, &index, 0, quantity);
        let kind = serde_json::to_value(quantity.kind)?;
        write!(out, "{}-{}\t{}\t{}", row.start, row.end, kind.as_str().unwrap_or_default(), row.text)?;
        for (at, reading) in row.readings.iter().enumerate() {
            write!(out, "{}{}", if at == 0 { "\t" } else { " | " }, reading.value.number)?;
            if let Some(second) = &reading.second {
                let sign = if row.uncertainty.is_some() { " ± " } else { " to " };
                write!(out, "{sign}{}", second.number)?;
            }
            if let Some(unit) = &reading.unit {
                write!(out, " [{}]", unit.text)?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The quantity with the given number.
pub(super) fn row<'q>(document: &'q Document, index: &TextIndex, id: usize, quantity: &'q Quantity) -> Row<'q> {
    let slice = |range: TextRange| index.slice(&document.text, range);
    let first = quantity.first();
    Row {
        id,
        text: slice(quantity.range),
        start: quantity.range.start,
        end: quantity.range.end,
        places: document.span(index, quantity.range).places,
        kind: quantity.kind,
        readings: quantity.readings.iter().map(reading).collect(),
        comparator: quantity.comparator,
        uncertainty: match &first.amount {
            Amount::PlusMinus(_, spread) => Some(value(spread)),
            _ => None,
        },
        range: match &first.amount {
            Amount::Range(low, high) => Some([value(low), value(high)]),
            _ => None,
        },
        approximate: quantity.approximate,
        modifier: quantity.modifier.map(|range| Modifier { text: slice(range), start: range.start, end: range.end }),
        list: quantity.list,
        sentence: quantity.sentence,
    }
}

fn reading(reading: &QuantityReading) -> Reading<'_> {
    let found = reading.unit.as_ref();
    let shared = found.is_some_and(|found| found.range.is_empty());
    let unit = found.map(|found| &found.unit);
    Reading {
        cause: reading.cause,
        value: value(reading.amount.value()),
        second: match &reading.amount {
            Amount::Single(_) => None,
            Amount::Range(_, second) | Amount::PlusMinus(_, second) => Some(value(second)),
        },
        unit: unit.map(|unit| Unit {
            text: &unit.text,
            dimension: unit.dimension.to_string(),
            factor: rational::to_text(&unit.factor.conventional),
            shared,
        }),
        tags: unit.map(|unit| unit.tags.to_string()).unwrap_or_default(),
    }
}

/// A printed number with its value and its sets.
pub(super) fn value(printed: &Printed) -> Value<'_> {
    Value {
        printed: &printed.text,
        number: rational::to_text(&printed.point()),
        decimals: printed.decimals,
        exact: printed.exact,
        tight: ends(&printed.tight()),
        wide: ends(&printed.wide()),
    }
}

/// The least and the greatest number of a set.
fn ends(set: &RealSet) -> Option<[String; 2]> {
    let hull = set.hull()?;
    Some([rational::to_text(hull.lo().value()?), rational::to_text(hull.hi().value()?)])
}
