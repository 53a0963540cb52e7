//! The catalogue and the grammar against `uom`: every unit that both know agrees, or stands here with the reason.

use std::collections::BTreeSet;

use num_traits::Signed;

use super::catalogue;
use super::grammar;
use super::lookup;
use super::table::{self, Row};
use super::unit::Unit;
use crate::arithmetic::rational::{self, Rational};

/// What `uom` means by a name and we do not: words in its name, and why.
const DIFFERENCES: &[(&str, &str)] = &[
    ("bit", "uom counts information in bytes; ours counts bits, so that one bit is one"),
    ("byte", "uom counts information in bytes; ours counts bits, so that one byte is eight"),
    ("particle", "uom takes a particle for an amount of substance; ours is a count on its own axis"),
    ("revolution", "uom takes a revolution for an angle; the word alone counts turns, and `rpm` keeps both"),
    ("per mil", "uom means the thousandth of an inch; `per mil` is read as the ratio"),
];

/// Names that are another unit in print, with the quantity of `uom` they are from, and why.
const OTHER_NAMES: &[(&str, &str, &str)] = &[
    ("angle", "mil", "the length is the usual meaning; the artillery's angle is not kept"),
    ("angle", "minute", "a bare minute is one of time; the angle is the minute of arc"),
    ("angle", "second", "a bare second is one of time; the angle is the second of arc"),
];

/// Symbols that `uom` gives to another unit of the same dimension than print does, and why.
const OTHER_SYMBOLS: &[(&str, &str)] = &[
    ("B", "bits are the base of ours"),
    ("kB", "bits are the base of ours"),
    ("MB", "bits are the base of ours"),
    ("GB", "bits are the base of ours"),
    ("TB", "bits are the base of ours"),
    ("KiB", "bits are the base of ours"),
    ("MiB", "bits are the base of ours"),
    ("GiB", "bits are the base of ours"),
    ("TiB", "bits are the base of ours"),
    ("b", "a beat or a barn; uom has the bit, with bytes as its base"),
    ("kb", "bits are the base of ours, and kilobases come first"),
    ("Mb", "bits are the base of ours, and megabases come first"),
    ("Gb", "bits are the base of ours, and gigabases come first"),
    ("bp", "a base pair; uom has the basis point"),
    ("rps", "revolutions are counted; uom has their angle"),
];

fn tolerance() -> Rational {
    rational::ratio(5, 10_000_000)
}

/// Whether a meaning has the row's dimension, and the row's coefficient lies among its values.
fn agrees(unit: &Unit, row: &Row) -> bool {
    let Some(theirs) = table::shortest_decimal(row.slope) else { return false };
    let slack = theirs.abs() * tolerance();
    unit.dimension == row.dimension && unit.factor.lo <= &theirs + &slack && theirs <= &unit.factor.hi + &slack
}

/// Why a name may differ.
fn reason(row: &Row) -> Option<&'static str> {
    let general = DIFFERENCES.iter().find(|(word, _)| row.singular.contains(word)).map(|(_, why)| *why);
    let other = |(quantity, name, _): &&(&str, &str, &str)| *quantity == row.quantity && *name == row.singular;
    general.or_else(|| OTHER_NAMES.iter().find(other).map(|(.., why)| *why))
}

#[test]
fn names_of_uom_read_as_uom_means_them() {
    let (mut agree, mut listed, mut unread, mut differ) = (0_usize, 0_usize, Vec::new(), Vec::new());
    for row in table::rows() {
        for name in [row.singular, row.plural] {
            let found = grammar::parse(name).units();
            if found.is_empty() {
                unread.push(name);
            } else if found.iter().any(|unit| agrees(unit, row)) {
                agree += 1;
            } else if reason(row).is_some() {
                listed += 1;
            } else {
                differ.push(format!("{} {name}: {:e}, not {found:?}", row.quantity, row.slope));
            }
        }
    }
    let names = 2 * table::rows().len();
    let counts = format!("{agree} of {names} names agree, {listed} are listed, {unread:?} are not read");
    assert!(differ.is_empty(), "{counts}; {differ:#?}");
    // The empty name of the ratio one, twice, and a name that uom prints with a space before it.
    assert!(unread.len() <= 3 && unread.iter().all(|name| name.is_empty() || name.starts_with(' ')), "{counts}");
    assert_eq!(agree + listed + unread.len(), names);
    assert!(listed * 20 < names, "{counts}");
}

#[test]
fn every_listed_difference_is_one() {
    let rows = table::rows();
    for (word, _) in DIFFERENCES {
        let differs = rows.iter().filter(|row| row.singular.contains(word));
        let any = differs.flat_map(|row| grammar::parse(row.singular).units().into_iter().map(move |u| (u, row)));
        assert!(any.into_iter().any(|(unit, row)| !agrees(&unit, row)), "{word} agrees by now");
    }
    for (quantity, name, _) in OTHER_NAMES {
        let row = table::row(quantity, name).unwrap_or_else(|| panic!("uom has no {name} in {quantity}"));
        assert!(!grammar::parse(name).units().iter().any(|unit| agrees(unit, row)), "{name} agrees by now");
    }
}

#[test]
fn symbols_of_the_catalogue_agree_with_uom() {
    let mut compared = 0_usize;
    let mut differ = Vec::new();
    let mut listed = BTreeSet::new();
    for entry in catalogue::entries() {
        let Some(unit) = entry.unit() else { continue };
        for symbol in entry.symbols.split('|').filter(|symbol| !symbol.is_empty()) {
            let same = |row: &&Row| row.abbreviation == symbol && row.dimension == unit.dimension;
            let rows: Vec<&Row> = table::rows().iter().filter(same).collect();
            if rows.is_empty() {
                continue;
            }
            compared += 1;
            let others = lookup::word(symbol, false);
            let any = rows.iter().any(|row| agrees(&unit, row) || others.iter().any(|sense| agrees(&sense.unit, row)));
            if !any && OTHER_SYMBOLS.iter().any(|(known, _)| *known == symbol) {
                listed.insert(symbol);
            } else if !any {
                let slopes: Vec<f64> = rows.iter().map(|row| row.slope).collect();
                differ.push(format!("{symbol} {}: {slopes:?}", rational::to_text(&unit.factor.conventional)));
            }
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
    let known: BTreeSet<&str> = OTHER_SYMBOLS.iter().map(|(symbol, _)| *symbol).collect();
    assert_eq!(listed, known, "a listed difference is none by now");
    assert!(compared >= 80, "{compared} symbols compared");
}
