//! From the terms of a chain to the units it can mean: which terms stand under the bar, and which sense each has.

use crate::arithmetic::units::catalogue::Place;
use crate::arithmetic::units::unit::{Scale, Unit};

/// How a term is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// It is the first.
    First,
    /// A fraction bar.
    Bar,
    /// The word "per".
    Per,
    /// A dot or another multiplication sign.
    Dot,
    /// A hyphen.
    Hyphen,
    /// A space, or nothing behind an exponent.
    Space,
}

impl Join {
    /// Whether the term stands under a bar of its own.
    pub const fn divides(self) -> bool {
        matches!(self, Self::Bar | Self::Per)
    }
}

/// One meaning of a term, its exponent applied.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The unit.
    pub unit: Unit,
    /// Where in a unit it is possible.
    pub place: Place,
    /// Whether running text is believed when this stands alone.
    pub in_text: bool,
}

/// A term of a chain.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Its meanings, the usual one first.
    pub readings: Vec<Reading>,
    /// How it is joined to the one before.
    pub join: Join,
    /// Whether it has an exponent, and a negative one.
    pub powered: bool,
    /// Whether its exponent is negative: then no bar is needed to put it under.
    pub negative: bool,
    /// Whether it is written as a full name.
    pub name: bool,
    /// The position where it starts.
    pub start: usize,
    /// The position behind it.
    pub end: usize,
    /// The position behind it without a substance that running text did not prove.
    pub end_without_substance: Option<usize>,
}

/// The most meanings of one string that are kept.
const MOST: usize = 16;

/// All that the terms can mean, the usual first; an error where a logarithm stands under a bar or nothing is left.
pub(super) fn units(terms: &[Term]) -> Result<Vec<Unit>, String> {
    let mut found: Vec<Unit> = Vec::new();
    for under in structures(terms) {
        let choices: Vec<Vec<&Unit>> = terms
            .iter()
            .zip(&under)
            .map(|(term, under)| {
                term.readings.iter().filter(|r| fits(r, term, terms.len(), *under)).map(|r| &r.unit).collect()
            })
            .collect();
        combine(&choices, &under, &mut found)?;
    }
    if found.is_empty() { Err("the parts do not go together".to_owned()) } else { Ok(found) }
}

/// Whether a meaning is possible where its term stands.
fn fits(reading: &Reading, term: &Term, terms: usize, under: bool) -> bool {
    let alone = terms == 1 && !term.powered && !under;
    match reading.place {
        Place::Anywhere => true,
        Place::Alone => alone,
        Place::Joined => !alone,
        Place::AloneOrUnder => alone || (under && !term.powered),
    }
}

/// Which terms stand under a bar, in each way of reading `a/b·c`: as a/(b·c) first, then as (a/b)·c.
fn structures(terms: &[Term]) -> Vec<Vec<bool>> {
    let strict: Vec<bool> = terms.iter().map(|term| term.join.divides()).collect();
    let mut reaching = Vec::with_capacity(terms.len());
    let (mut bar, mut doubtful) = (false, false);
    let mut by_name = true;
    for term in terms {
        if term.join.divides() {
            bar = true;
            by_name &= term.join == Join::Per;
        }
        let inherits = bar && !term.join.divides() && !term.negative;
        if inherits && term.join != Join::Hyphen && !(by_name && term.name) {
            doubtful = true;
        }
        reaching.push(term.join.divides() || inherits);
    }
    if doubtful { vec![reaching, strict] } else { vec![reaching] }
}

/// Adds the products of every choice of one unit a term.
fn combine(choices: &[Vec<&Unit>], under: &[bool], found: &mut Vec<Unit>) -> Result<(), String> {
    let mut products = vec![Unit::one()];
    let single = choices.len() == 1;
    for (senses, under) in choices.iter().zip(under) {
        let mut next: Vec<Unit> = Vec::new();
        for product in &products {
            for unit in senses {
                if *under && unit.scale == Scale::Logarithmic {
                    return Err("a logarithmic unit cannot be divided by".to_owned());
                }
                let made = match (single, under) {
                    (true, false) => (*unit).clone(),
                    (_, false) => product.times(unit),
                    (_, true) => product.over(unit),
                };
                if next.len() < 4 * MOST && !next.iter().any(|known| known.same_meaning(&made)) {
                    next.push(made);
                }
            }
        }
        products = next;
    }
    for product in products {
        if found.len() < MOST && !found.iter().any(|known| known.same_meaning(&product)) {
            found.push(product);
        }
    }
    Ok(())
}
