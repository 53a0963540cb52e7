//! Turns candidates into quantities: every combination of their readings, with the choices that each one makes.

use std::collections::BTreeMap;

use crate::arithmetic::Printed;
use crate::document::{Choice, TextRange, Variation, VariationCause, VariationIx};

use super::candidate::{Candidate, Shape};
use super::modifiers::Modifiers;
use super::number::{Edit, Number};
use super::quantity::{Amount, Quantity, QuantityKind, QuantityReading, UnitReading};

/// How many readings one quantity keeps; the likely ones stand first.
const MOST_READINGS: usize = 8;

/// The paper's variations: the document's, then those that extraction finds.
#[derive(Debug)]
pub(super) struct Registry {
    list: Vec<Variation>,
    places: BTreeMap<(TextRange, VariationCause), usize>,
}

impl Registry {
    /// Starts with the document's variations.
    pub(super) fn new(variations: &[Variation]) -> Self {
        let mut registry = Self { list: variations.to_vec(), places: BTreeMap::new() };
        for (at, variation) in variations.iter().enumerate() {
            registry.places.entry((variation.range, variation.cause)).or_insert(at);
        }
        registry
    }

    /// The choice that an edit makes; a variation or an alternative that is new is added.
    pub(super) fn choice(&mut self, edit: &Edit) -> Choice {
        let next = self.list.len();
        let at = *self.places.entry((edit.range, edit.cause)).or_insert(next);
        if at == next {
            self.list.push(Variation { range: edit.range, alternatives: Vec::new(), cause: edit.cause });
        }
        let alternatives = &mut self.list[at].alternatives;
        let known = alternatives.iter().position(|alternative| *alternative == edit.instead);
        let place = known.unwrap_or_else(|| {
            alternatives.push(edit.instead.clone());
            alternatives.len() - 1
        });
        Choice { variation: VariationIx(at), alternative: place + 1 }
    }

    /// The finished list.
    pub(super) fn finish(self) -> Vec<Variation> {
        self.list
    }
}

/// An amount with the edits under which it reads so.
type AmountReading = (Amount, Vec<Edit>);

/// Makes the quantity of a candidate.
pub(super) fn quantity(
    candidate: &Candidate,
    kind: QuantityKind,
    modifiers: Modifiers,
    registry: &mut Registry,
) -> Quantity {
    let exact = kind == QuantityKind::Count;
    let mut readings = Vec::new();
    let units = unit_readings(candidate);
    for (amount, edits) in amounts(candidate) {
        for (unit, unit_edit) in &units {
            if readings.len() == MOST_READINGS {
                break;
            }
            let all: Vec<&Edit> = edits.iter().chain(unit_edit).collect();
            readings.push(QuantityReading {
                choices: all.iter().map(|edit| registry.choice(edit)).collect(),
                cause: all.last().map(|edit| edit.cause),
                amount: if exact { counted(&amount) } else { as_printed(&amount, kind) },
                unit: unit.clone(),
            });
        }
    }
    Quantity {
        range: candidate.range,
        number: candidate.number,
        kind,
        readings,
        comparator: modifiers.comparator,
        approximate: modifiers.approximate,
        modifier: modifiers.range,
        sentence: candidate.sentence,
        list: candidate.list,
    }
}

/// The units of a candidate: its meanings in order, and for a doubtful one no unit at all.
fn unit_readings(candidate: &Candidate) -> Vec<(Option<UnitReading>, Option<Edit>)> {
    let Some(found) = &candidate.unit else { return vec![(None, None)] };
    let edit = |instead: String| Edit { range: found.range, instead, cause: VariationCause::AmbiguousUnit };
    let mut readings = Vec::new();
    for (at, unit) in found.units.iter().enumerate() {
        let reading = UnitReading { range: found.range, unit: unit.clone() };
        let other = (at > 0).then(|| edit(format!("{} ({})", unit.text, unit.dimension)));
        readings.push((Some(reading), other));
    }
    if candidate.doubtful_unit {
        readings.push((None, Some(edit(String::new()))));
    }
    readings
}

/// The amounts of a candidate, the likely one first.
fn amounts(candidate: &Candidate) -> Vec<AmountReading> {
    let pair: fn(Printed, Printed) -> Amount = match &candidate.shape {
        Shape::Single(value) => {
            return value.readings.iter().map(|r| (Amount::Single(r.printed.clone()), r.edits.clone())).collect();
        }
        Shape::Range(..) => Amount::Range,
        Shape::PlusMinus(..) => Amount::PlusMinus,
    };
    let (first, second) = (candidate.value(), candidate.second().unwrap_or(candidate.value()));
    let mut amounts = Vec::new();
    if let Some((exponent, edit)) = &candidate.shared {
        for (a, b, mut edits) in combined(&first.scaled(*exponent), second) {
            edits.push(edit.clone());
            amounts.push((pair(a, b), edits));
        }
    }
    for (a, b, edits) in combined(first, second) {
        amounts.push((pair(a, b), edits));
    }
    amounts
}

/// The readings of two numbers together: pairwise where each has as many and for the same reasons (a document has one
/// decimal mark), else every combination.
fn combined(first: &Number, second: &Number) -> Vec<(Printed, Printed, Vec<Edit>)> {
    let cause = |number: &Number| number.readings.iter().map(|r| r.edits.last().map(|e| e.cause)).collect::<Vec<_>>();
    let together = |a: &super::number::NumberReading, b: &super::number::NumberReading| {
        let mut edits = a.edits.clone();
        edits.extend(b.edits.iter().filter(|edit| !a.edits.contains(edit)).cloned());
        (a.printed.clone(), b.printed.clone(), edits)
    };
    if cause(first) == cause(second) {
        return first.readings.iter().zip(&second.readings).map(|(a, b)| together(a, b)).collect();
    }
    first.readings.iter().flat_map(|a| second.readings.iter().map(move |b| together(a, b))).collect()
}

/// The same amount of something measured: "forty-one percent" is rounded as 41% is, though its words are a whole number.
fn as_printed(amount: &Amount, kind: QuantityKind) -> Amount {
    let measured = matches!(kind, QuantityKind::Measured | QuantityKind::Percentage);
    match amount {
        Amount::Single(value) if measured => Amount::Single(Printed { exact: false, ..value.clone() }),
        other => other.clone(),
    }
}

/// The same amount as a count: exact, unless three or more zeros at its end or a scale word speak for rounding.
fn counted(amount: &Amount) -> Amount {
    let point = |printed: &Printed| {
        let rounded = printed.digits.len() > 3 && printed.digits.ends_with("000");
        if rounded || printed.exponent != 0 { printed.clone() } else { printed.as_exact() }
    };
    match amount {
        Amount::Single(value) => Amount::Single(point(value)),
        Amount::Range(low, high) => Amount::Range(point(low), point(high)),
        Amount::PlusMinus(value, spread) => Amount::PlusMinus(value.clone(), spread.clone()),
    }
}
