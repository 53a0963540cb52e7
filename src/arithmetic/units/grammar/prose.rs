//! What running text must show before a letter or word behind a number is believed to be a unit.

use super::chain::Reader;
use super::exponent::Mode;
use super::meaning::{Join, Term};
use crate::arithmetic::units::tags::Tags;

/// Words of running text that are unit symbols too.
const WORDS: &[&str] = &[
    "a", "an", "am", "are", "as", "at", "be", "do", "e", "he", "i", "in", "is", "it", "me", "no", "of", "on", "or",
    "per", "pm", "so", "the", "to", "us", "was", "with", "and", "for", "from", "by",
];

/// Pairs that are printed as a product with a space and no exponent.
const PAIRS: &[(&str, &[&str])] = &[
    ("m", &["N", "kN", "mN", "MN", "nN", "µN", "pN", "cN"]),
    ("cm", &["N", "dyn", "mN"]),
    ("s", &["Pa", "mPa", "kPa", "MPa", "GPa", "J", "V", "W", "A", "Gy"]),
    ("h", &["W", "kW", "MW", "GW", "TW", "A", "mA", "ppm", "ppb", "kN"]),
    ("d", &["kg", "g", "mg", "L", "mL", "kW"]),
    ("K", &["mol", "kg", "g", "m", "m²", "m2", "cm", "mm"]),
    ("°C", &["mol", "kg", "g", "m", "m²", "m2", "cm", "mm"]),
    ("m²", &["V", "A"]),
];

/// Units that a hyphen joins in running text: "person-years", "kg-day", "N-m".
const HYPHENATED: &[&str] = &[
    "day", "days", "d", "year", "years", "yr", "yrs", "month", "months", "week", "weeks", "h", "hr", "hrs", "hour",
    "hours", "min", "m", "lb", "lbs", "s", "bw", "pounds",
];

/// Abbreviations that are printed with a stop.
const STOPPED: &[&str] = &[
    "in", "ft", "yd", "oz", "lb", "lbs", "gal", "qt", "pt", "hr", "hrs", "min", "mins", "sec", "secs", "yr", "yrs",
    "wk", "wks", "mo", "mos", "mi", "deg", "d", "h", "s", "cc", "gr", "tbsp", "tsp", "bu", "gm", "gms", "temp",
];

fn written(reader: &Reader<'_>, term: &Term) -> String {
    let end = term.end_without_substance.unwrap_or(term.end);
    let symbol = reader.chars.get(term.start..end).unwrap_or_default();
    let per_cent = ["per cent", "per mil", "per mille"].iter().any(|name| name.chars().eq(symbol.iter().copied()));
    if per_cent {
        // A name of two words that starts with one that joins units.
        return symbol.iter().collect();
    }
    symbol.iter().take_while(|c| c.is_alphabetic() || matches!(c, '°' | '²' | '2')).collect()
}

/// Whether the last term is an abbreviation that may end with a stop.
pub(super) fn abbreviated(reader: &Reader<'_>, terms: &[Term]) -> bool {
    terms.last().is_some_and(|last| STOPPED.contains(&written(reader, last).as_str()))
}

/// Whether a term that was read behind others belongs to them, or is a word of the sentence.
pub(super) fn joins(reader: &Reader<'_>, terms: &[Term], term: &Term, spaced: bool) -> bool {
    let word = written(reader, term);
    if WORDS.contains(&word.as_str()) && (spaced || term.join != Join::Bar) && !term.negative {
        return false;
    }
    let Some(last) = terms.last() else { return true };
    match term.join {
        Join::Hyphen => HYPHENATED.contains(&word.as_str()) && reader.chars.get(term.end).is_none_or(|c| *c != '-'),
        Join::Dot if reader.raw.get(term.start.wrapping_sub(1)) == Some(&'.') => term.negative,
        Join::First | Join::Bar | Join::Per | Join::Dot => true,
        Join::Space => {
            let before = written(reader, last);
            let pair = PAIRS.iter().any(|(second, firsts)| *second == word && firsts.contains(&before.as_str()));
            let bar = reader.chars.get(term.end) == Some(&'/');
            let names = term.name && last.name && !last.join.divides();
            term.negative
                || pair
                || names
                || (bar && !term.powered && word.chars().count() > 1)
                || (terms.len() == 1 && leads(reader, last))
        }
    }
}

/// Whether the term is a leading power of ten, behind which a counted thing follows.
fn leads(reader: &Reader<'_>, term: &Term) -> bool {
    reader.chars.get(term.start).is_some_and(|c| c.is_ascii_digit() || *c == '×')
}

/// Whether what was read is believed to be a unit of the running text.
pub(super) fn believed(reader: &Reader<'_>, terms: &[Term]) -> bool {
    if reader.mode != Mode::Prose {
        return true;
    }
    let [only] = terms else { return true };
    if only.powered {
        return !WORDS.contains(&written(reader, only).as_str()) || only.negative;
    }
    if only.join.divides() {
        // "/d" behind a number: "12/d"; but not "and/or" or "5/a".
        return !WORDS.contains(&written(reader, only).as_str());
    }
    let letters = only.end - only.start;
    let capital = letters == 1 && reader.chars.get(only.start).is_some_and(|c| c.is_uppercase());
    let hyphen =
        reader.chars.get(only.end) == Some(&'-') && reader.chars.get(only.end + 1).is_some_and(|c| c.is_alphanumeric());
    if capital && hyphen {
        // "5 C-reactive", "2 N-terminal".
        return false;
    }
    only.readings.iter().any(|reading| reading.in_text) && !WORDS.contains(&written(reader, only).as_str())
}

/// The tags without those of a substance.
pub(super) fn without_substance(tags: &Tags) -> Tags {
    let mut kept = Tags::none();
    for (axis, exponent) in tags.iter().filter(|(axis, _)| !axis.starts_with(Tags::OF)) {
        kept.set(axis, exponent);
    }
    kept
}
