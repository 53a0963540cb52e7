//! Unit strings over all printed styles against values worked out elsewhere, and what must hold for every unit.

use std::fmt::Write as _;

use num_traits::Signed;
use rederive::arithmetic::rational::{self, Rational};
use rederive::arithmetic::units::{self, Parsed, Scale, Unit};

/// A row of `data/units.csv`.
#[derive(Clone, Debug)]
struct Expected {
    text: String,
    status: String,
    dimension: String,
    factor: String,
    tags: String,
}

/// What the program did with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Judged {
    Right,
    /// One meaning is given, and it is another one: nothing tells the reader.
    SilentlyWrong(String),
    /// Refused, or several meanings where there is one, or the other way round.
    Wrong(String),
}

fn rows() -> Vec<Expected> {
    let mut reader = csv::Reader::from_path("tests/data/units.csv").expect("the table");
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            let field = |at: usize| record[at].to_owned();
            Expected { text: field(0), status: field(1), dimension: field(2), factor: field(3), tags: field(4) }
        })
        .collect()
}

fn number(text: &str) -> Rational {
    match text.split_once('/') {
        Some((above, below)) => number(above) / number(below),
        None => rational::parse(text).unwrap_or_else(|| panic!("{text} is a number")),
    }
}

/// Whether a factor is the expected one: the same rational, or within 1 in 10²⁰ where π is in it.
fn factor_agrees(factor: &Rational, expected: &str) -> bool {
    match expected.strip_prefix('~') {
        Some(decimal) => {
            let wanted = number(decimal);
            (factor - &wanted).abs() <= wanted.abs() * rational::power_of_ten(-20)
        }
        None => *factor == number(expected),
    }
}

/// Why a meaning is not the expected one; `None` where it is.
fn difference(unit: &Unit, row: &Expected) -> Option<String> {
    if !row.dimension.is_empty() && unit.dimension.to_string() != row.dimension {
        return Some(format!("dimension {}", unit.dimension));
    }
    let factor = &unit.factor.conventional;
    if !row.factor.is_empty() && (unit.scale == Scale::Logarithmic || !factor_agrees(factor, &row.factor)) {
        return Some(format!("factor {}", rational::to_text(factor)));
    }
    let tags = if unit.tags.is_empty() { "-".to_owned() } else { unit.tags.to_string() };
    if row.tags.is_empty() || row.tags == tags { None } else { Some(format!("tags {tags}")) }
}

fn judge(row: &Expected) -> Judged {
    match (row.status.as_str(), units::parse(&row.text)) {
        ("rejected", Parsed::Rejected(_)) => Judged::Right,
        ("rejected", Parsed::One(unit)) => Judged::SilentlyWrong(format!("read as {}", unit.dimension)),
        ("rejected", Parsed::Ambiguous(_)) => Judged::Wrong("ambiguous".to_owned()),
        (_, Parsed::Rejected(reason)) => Judged::Wrong(format!("rejected, {reason}")),
        ("ok", Parsed::One(unit)) => difference(&unit, row).map_or(Judged::Right, Judged::SilentlyWrong),
        ("ambiguous", Parsed::Ambiguous(units)) => {
            let any = units.iter().any(|unit| difference(unit, row).is_none());
            if any { Judged::Right } else { Judged::Wrong(format!("{} other meanings", units.len())) }
        }
        ("ambiguous", Parsed::One(_)) => Judged::Wrong("one meaning only".to_owned()),
        (status, _) => Judged::Wrong(format!("ambiguous, not {status}")),
    }
}

#[test]
fn unit_strings_mean_what_the_field_means_by_them() {
    let rows = rows();
    assert!(rows.len() >= 600, "{} rows", rows.len());
    let judged: Vec<(&Expected, Judged)> = rows.iter().map(|row| (row, judge(row))).collect();
    let wrong: Vec<_> = judged.iter().filter(|(_, judged)| *judged != Judged::Right).collect();
    let silent = wrong.iter().filter(|(_, judged)| matches!(judged, Judged::SilentlyWrong(_))).count();
    let mut report = format!("{} of {} right, {silent} silently wrong\n", rows.len() - wrong.len(), rows.len());
    for (row, judged) in &wrong {
        writeln!(report, "  {row:?}: {judged:?}").expect("a string takes all");
    }
    assert_eq!(silent, 0, "{report}");
    assert!(wrong.len() * 20 <= rows.len(), "{report}");
    // Shown with --nocapture; cargo keeps it from the rest.
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, report.as_bytes()).expect("written");
}

/// Running text behind a number, and the unit it starts with; empty where it starts with none.
const PROSE: &[(&str, &str)] = &[
    ("mg/kg bw/day was given", "mg/kg bw/day"),
    ("min after the dose", "min"),
    ("mL of saline", "mL"),
    ("mg protein was loaded", "mg"),
    ("kg m−2 in women", "kg m−2"),
    ("m s−1, and", "m s−1"),
    ("µmol photons m−2 s−1 at noon", "µmol photons m−2 s−1"),
    ("h–2 h", "h"),
    ("cells/mL were seeded", "cells/mL"),
    ("person-years of follow-up", "person-years"),
    ("N m of torque", "N m"),
    ("milligrams per kilogram of diet", "milligrams per kilogram"),
    ("mg. The next day", "mg"),
    ("% of the patients", "%"),
    ("per day in both arms", "per day"),
    ("/d thereafter", "/d"),
    ("m/s, 5 m", "m/s"),
    ("m² of floor", "m²"),
    ("K day−1", "K day−1"),
    ("log10 CFU/mL higher", "log10 CFU/mL"),
    ("metres squared per second", "metres squared per second"),
    ("×10^9/L at baseline", "×10^9/L"),
    ("1 × 10⁶ cells/mL", "1 × 10⁶ cells/mL"),
    ("10E9 cells/L", "10E9 cells/L"),
    ("C-reactive protein", ""),
    ("N-terminal fragments", ""),
    ("in the treated group", ""),
    ("a total", ""),
    ("at noon", ""),
    ("patients were", ""),
    ("and/or", ""),
    ("", ""),
];

#[test]
fn running_text_is_not_taken_for_a_unit() {
    for (text, unit) in PROSE {
        let found = units::longest_prefix(text);
        let taken = found.as_ref().map_or("", |(end, _)| text.get(..*end).expect("a boundary of characters"));
        assert_eq!(taken, *unit, "{text}");
    }
}

/// An expression behind a number, and the unit it starts with.
const EXPRESSIONS: &[(&str, &str)] = &[
    ("kg * 3 m", "kg"),
    ("in / 2 in", "in"),
    ("m/s^2 + 1", "m/s^2"),
    ("mg/kg * 60 kg", "mg/kg"),
    ("a + b", "a"),
    ("* 3", ""),
];

#[test]
fn an_expression_keeps_its_operators() {
    for (text, unit) in EXPRESSIONS {
        let found = units::longest_prefix_in_expression(text);
        assert_eq!(found.map_or(0, |(end, _)| end), unit.len(), "{text}");
    }
}

#[test]
fn spellings_in_other_code_points_are_the_same() {
    for (text, plain) in [
        ("℉", "°F"),
        ("㎍", "µg"),
        ("㎜", "mm"),
        ("㎝", "cm"),
        ("㎞", "km"),
        ("㎖", "mL"),
        ("㎕", "µL"),
        ("㎡", "m²"),
        ("㎥", "m³"),
        ("㎠", "cm²"),
        ("㎤", "cm³"),
        ("㎐", "Hz"),
        ("㎑", "kHz"),
        ("㎒", "MHz"),
        ("％", "%"),
        ("ﬂ oz", "fl oz"),
        ("m∗s⁻¹", "m·s⁻¹"),
        ("mg∕L", "mg/L"),
        ("m⁄s", "m/s"),
        ("g・L⁻¹", "g·L⁻¹"),
    ] {
        let (left, right) = (units::parse(text).units(), units::parse(plain).units());
        assert!(!left.is_empty() && left.len() == right.len(), "{text}");
        assert!(left.iter().zip(&right).all(|(left, right)| left.same_meaning(right)), "{text}");
    }
}
