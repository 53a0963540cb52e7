//! The unit symbols and names that papers print: each row says what they mean and how they may be used.
//!
//! Meanings come from `table` wherever `uom` has the unit; the other rows cite their definition. Where several rows
//! share a symbol, the usual meaning comes first. The rows know no grammar: products and powers are read elsewhere.

mod astronomy;
mod biology;
mod customary;
mod ratios;
mod science;

use num_traits::Zero;

use crate::arithmetic::dimension::Dimension;
use crate::arithmetic::rational;

use super::exact;
use super::prefix::Prefixes;
use super::table;
use super::tags::Tags;
use super::unit::{Factor, Scale, Unit};

/// Where the meaning of a row comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// Quantity and singular name in `uom`.
    Uom(&'static str, &'static str),
    /// A dimension and a value in coherent SI (`0.3048`, `1/60`, `2 pi`).
    Value(Dimension, &'static str),
    /// A dimension and a closed set of values: conventional, least, greatest.
    Set(Dimension, [&'static str; 3]),
    /// A logarithmic unit, with the name of what it is the logarithm of.
    Log(&'static str),
}

/// Where in a unit a meaning is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Anywhere.
    Anywhere,
    /// Only where it is the whole unit.
    Alone,
    /// Only in a larger unit.
    Joined,
    /// Only where it is the whole unit, or under a fraction bar.
    AloneOrUnder,
}

/// A unit of the catalogue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Symbols, exact in case, separated by `|`. One with a space, a digit or a sign inside is a phrase.
    pub symbols: &'static str,
    /// Names in lower case, separated by `|`; a regular plural is understood.
    pub names: &'static str,
    /// The prefixes it takes.
    pub prefixes: Prefixes,
    /// What it means.
    pub source: Source,
    /// Its tags: `count:cell`, `angle^2`; empty for none.
    pub tags: &'static str,
    /// Where it is possible.
    pub place: Place,
    /// Whether the bare symbol is believed behind a number in running text.
    pub in_text: bool,
}

impl Entry {
    const fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// A unit that running text must prove by more than its bare symbol.
    const fn unsafe_in_text(self) -> Self {
        Self { in_text: false, ..self }
    }

    const fn tagged(self, tags: &'static str) -> Self {
        Self { tags, ..self }
    }

    /// The unit, without its text; `None` where a constant is not readable, which the tests exclude.
    pub fn unit(&self) -> Option<Unit> {
        let mut unit = match self.source {
            Source::Uom(quantity, name) => table::unit_of(table::row(quantity, name)?)?,
            Source::Value(dimension, value) => linear(dimension, exact::product(value)?),
            Source::Set(dimension, [conventional, lo, hi]) => linear(dimension, exact::set(conventional, lo, hi)?),
            Source::Log(of) => {
                Unit { scale: Scale::Logarithmic, tags: Tags::one(&format!("{}{of}", Tags::LOG), 1), ..Unit::one() }
            }
        };
        for tag in self.tags.split(' ').filter(|tag| !tag.is_empty()) {
            let (axis, exponent) = tag.split_once('^').unwrap_or((tag, "1"));
            unit.tags.set(axis, exponent.parse().ok()?);
        }
        Some(unit)
    }
}

fn linear(dimension: Dimension, factor: Factor) -> Unit {
    Unit { dimension, factor, offset: rational::Rational::zero(), ..Unit::one() }
}

const fn entry(symbols: &'static str, names: &'static str, prefixes: Prefixes, source: Source) -> Entry {
    Entry { symbols, names, prefixes, source, tags: "", place: Place::Anywhere, in_text: true }
}

const fn uom(
    symbols: &'static str,
    names: &'static str,
    prefixes: Prefixes,
    quantity: &'static str,
    name: &'static str,
) -> Entry {
    entry(symbols, names, prefixes, Source::Uom(quantity, name))
}

const fn value(
    symbols: &'static str,
    names: &'static str,
    prefixes: Prefixes,
    dimension: [i8; 7],
    value: &'static str,
) -> Entry {
    entry(symbols, names, prefixes, Source::Value(Dimension(dimension), value))
}

const fn several(
    symbols: &'static str,
    names: &'static str,
    prefixes: Prefixes,
    dimension: [i8; 7],
    values: [&'static str; 3],
) -> Entry {
    entry(symbols, names, prefixes, Source::Set(Dimension(dimension), values))
}

/// A count of something: dimension one, its own axis.
const fn count(symbols: &'static str, names: &'static str, tag: &'static str) -> Entry {
    value(symbols, names, Prefixes::None, ONE, "1").tagged(tag)
}

const ONE: [i8; 7] = [0; 7];
const LENGTH: [i8; 7] = [1, 0, 0, 0, 0, 0, 0];
const AREA: [i8; 7] = [2, 0, 0, 0, 0, 0, 0];
const VOLUME: [i8; 7] = [3, 0, 0, 0, 0, 0, 0];
const MASS: [i8; 7] = [0, 1, 0, 0, 0, 0, 0];
const TIME: [i8; 7] = [0, 0, 1, 0, 0, 0, 0];
const PER_TIME: [i8; 7] = [0, 0, -1, 0, 0, 0, 0];
const AMOUNT: [i8; 7] = [0, 0, 0, 0, 0, 1, 0];
const PER_VOLUME_AMOUNT: [i8; 7] = [-3, 0, 0, 0, 0, 1, 0];
const CONCENTRATION: [i8; 7] = [-3, 1, 0, 0, 0, 0, 0];
const ENERGY: [i8; 7] = [2, 1, -2, 0, 0, 0, 0];
const POWER: [i8; 7] = [2, 1, -3, 0, 0, 0, 0];
const PRESSURE: [i8; 7] = [-1, 1, -2, 0, 0, 0, 0];
const FORCE: [i8; 7] = [1, 1, -2, 0, 0, 0, 0];
const SPECIFIC_ENERGY: [i8; 7] = [2, 0, -2, 0, 0, 0, 0];
const ACCELERATION: [i8; 7] = [1, 0, -2, 0, 0, 0, 0];

/// All entries, the usual meaning of a shared symbol first.
pub(super) fn entries() -> impl Iterator<Item = &'static Entry> {
    science::ENTRIES
        .iter()
        .chain(astronomy::ENTRIES)
        .chain(ratios::ENTRIES)
        .chain(biology::ENTRIES)
        .chain(customary::ENTRIES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_meaning() {
        let without: Vec<_> = entries().filter(|entry| entry.unit().is_none()).collect();
        assert!(without.is_empty(), "{without:?}");
    }
}
