//! Columns of pressures that the weight of a fluid gives: p = ρ g z, with or without the pressure of the air on it, and the
//! buoyancy (ρ₁ − ρ₂) g h of a lighter fluid in a heavier one.
//!
//! Looked at only where the paper writes the formula, "ρgh". The density is one that the text prints with its unit, and in the
//! table stand a depth or a thickness, and for the buoyancy the density of the lighter fluid. That most pressures of a line
//! follow tells which numbers are meant; chance is reckoned with. The screening is in floating point.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{Expression, Operation, Proposal};
use crate::document::TextRange;
use crate::extract::patterns::{compile, is_match};
use crate::extract::{Mentions, QuantityIx};
use crate::rules::RuleContext;
use crate::rules::binding::{self, Binding};

use super::named_lines::{Line, Number, bare, columns, number, rows};

/// How many pressures at least have to follow.
const LEAST: usize = 5;
/// How many such lines chance may turn up.
const MOST_EXPECTED: f64 = 1e-3;
/// The most densities and air pressures of a paper that are tried.
const MOST_TOLD: usize = 8;
/// The most lines of a table that are tried.
const MOST_LINES: usize = 40;
/// Gravity in m/s², as papers round it: 9.8 to 9.81, and for the search the middle.
const GRAVITY: (f64, &str) = (9.806, "range(9.80, 9.8125)");
/// Pascals in the units that pressures are printed in, and their names.
const UNITS: [(f64, &str); 5] = [(1.0, "1"), (1e2, "100"), (1e3, "1000"), (1e5, "100000"), (1e6, "1000000")];
const UNIT_NAMES: [&str; 5] = ["Pa", "hPa", "kPa", "bar", "MPa"];
/// Why a pressure that does not follow is left undecided.
const UNCONFIRMED: &str = "the pressure may be of another fluid, or of a depth that is not printed";

static FORMULA: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"ρ[_\p{L}\p{No}]{0,3}\s?[·×]?\s?g\s?[·×]?\s?[hHzZdD]"));
static DENSITY: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^\s*kg\s?(?:/\s?m\s?[3³]|[·.]?\s?m\s?(?:⁻³|[-−]3))"));
static AIR: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)atmospheric\s+pressure\W{0,4}$"));
static PRESSURE: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)pressure|stress|^(?:[a-z]+\s+)?p(?:_?[a-z]{1,3})?\b"));
static LENGTH: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)depth|thickness|height|head|column|elevation|^[hz]$"));
static OWN_DENSITY: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)densit|^ρ"));

/// What the text tells: densities, and the pressure of the air in pascals with the unit it is printed in.
struct Told {
    densities: Vec<Number>,
    air: Vec<(Number, &'static str, f64)>,
}

/// How the numbers of a line follow.
#[derive(Clone, Copy, Debug)]
struct Way {
    density: Number,
    /// The pressure of the air, with the pascals of its unit.
    air: Option<(Number, &'static str, f64)>,
    /// Of the unit of the line.
    unit: (f64, &'static str),
}

/// The proposals for all tables of a paper that writes the formula.
pub(super) fn proposals(code: &str, mentions: &Mentions, context: RuleContext<'_>) -> Vec<Proposal> {
    if !context.document.text.contains('ρ') || !is_match(FORMULA.as_ref(), &context.document.text) {
        return Vec::new();
    }
    let told = told(mentions, context);
    let tables = context.document.tables.iter().zip(&mentions.tables);
    let lines = tables.flat_map(|(table, content)| [rows(table, content, mentions), columns(table, content, mentions)]);
    lines.flat_map(|lines| of_lines(code, &lines, &told, mentions)).collect()
}

fn of_lines(code: &str, lines: &[Line], told: &Told, mentions: &Mentions) -> Vec<Proposal> {
    let named = |pattern: &LazyLock<Option<Regex>>| {
        let own = lines.iter().take(MOST_LINES).filter(|line| is_match(pattern.as_ref(), &line.name));
        own.collect::<Vec<&Line>>()
    };
    let (lengths, own_densities) = (named(&LENGTH), named(&OWN_DENSITY));
    let mut found = Vec::new();
    for target in named(&PRESSURE) {
        let units = units(&target.name);
        let all_ways = ways(told, false, units).count() + own_densities.len() * ways(told, true, units).count();
        let tries = f64::from(u32::try_from(lengths.len() * all_ways).unwrap_or(u32::MAX));
        let mut best: Option<(usize, [Option<&Line>; 2], Way)> = None;
        for length in &lengths {
            let others = std::iter::once(None).chain(own_densities.iter().copied().map(Some));
            for (lighter, way) in
                others.flat_map(|lighter| ways(told, lighter.is_some(), units).map(move |way| (lighter, way)))
            {
                let from = [Some(*length), lighter];
                let holds = support(target, from, way, tries);
                if holds > best.as_ref().map_or(0, |best| best.0) {
                    best = Some((holds, from, way));
                }
            }
        }
        let Some((_, from, way)) = best else { continue };
        let places = 0..target.numbers.len();
        found.extend(places.filter_map(|at| proposal(code, target, from, way, at, mentions)));
    }
    found
}

/// The units that the name of a line can mean: the one that it prints, or all.
fn units(name: &str) -> &'static [(f64, &'static str)] {
    let printed = |unit: &str| name.split(|c: char| !c.is_alphanumeric()).any(|word| word == unit);
    let at = UNIT_NAMES.iter().position(|unit| printed(unit));
    at.and_then(|at| UNITS.get(at..=at)).unwrap_or(&UNITS)
}

/// Every way that is tried.
fn ways<'t>(told: &'t Told, buoyant: bool, units: &'static [(f64, &'static str)]) -> impl Iterator<Item = Way> + 't {
    let airs = move || std::iter::once(None).chain(told.air.iter().copied().filter(move |_| !buoyant).map(Some));
    told.densities.iter().flat_map(move |density| {
        airs().flat_map(move |air| units.iter().map(move |unit| Way { density: *density, air, unit: *unit }))
    })
}

/// The ends of what a place follows to.
fn derived(from: [Option<&Line>; 2], way: Way, at: usize) -> Option<(f64, f64)> {
    let number = |line: Option<&Line>| line.and_then(|line| line.numbers.get(at).copied().flatten());
    let length = number(from[0])?;
    let (density, open) = match from[1] {
        Some(line) => {
            let lighter = number(Some(line))?;
            (way.density.point - lighter.point, lighter.half + way.density.half)
        }
        None => (way.density.point, way.density.half),
    };
    let air = way.air.map_or(0.0, |(air, _, pascals)| air.point * pascals);
    let value = |density: f64, length: f64, gravity: f64| (density * gravity * length + air) / way.unit.0;
    let low = value(density - open, length.point - length.half, 9.8);
    let high = value(density + open, length.point + length.half, 9.8125);
    (low > 0.0).then_some((low, high))
}

/// In how many places a line follows; nought where too few do, or as many as chance would have.
fn support(target: &Line, from: [Option<&Line>; 2], way: Way, tries: f64) -> usize {
    let (mut holds, mut fails, mut expected) = (0_usize, 0_usize, tries);
    let points = || target.numbers.iter().flatten().map(|number| number.point);
    let width = points().fold(f64::NEG_INFINITY, f64::max) - points().fold(f64::INFINITY, f64::min);
    for (at, own) in target.numbers.iter().enumerate() {
        let (Some(own), Some((low, high))) = (own, derived(from, way, at)) else { continue };
        if low - own.half <= own.point && own.point <= high + own.half {
            holds += 1;
            expected *= ((high - low + 2.0 * own.half) / width).min(1.0);
        } else {
            fails += 1;
        }
    }
    if holds >= LEAST && holds >= 2 * fails && expected <= MOST_EXPECTED { holds } else { 0 }
}

fn proposal(
    code: &str,
    target: &Line,
    from: [Option<&Line>; 2],
    way: Way,
    at: usize,
    mentions: &Mentions,
) -> Option<Proposal> {
    let own = target.numbers.get(at).copied().flatten()?;
    let (low, high) = derived(from, way, at)?;
    let part = |role: &str, number: Number| bare(role, mentions, number.ix);
    let number = |line: &Line| line.numbers.get(at).copied().flatten();
    let mut operands = vec![part("density", way.density)?, part("depth", number(from[0]?)?)?];
    let mut density = Expression::operand(0);
    if let Some(lighter) = from[1] {
        operands.push(part("density of the lighter fluid", number(lighter)?)?);
        density = Expression::call("-", [density, Expression::operand(2)]);
    }
    let gravity = Expression::constant(GRAVITY.1, "gravity in m/s²");
    let weight = Expression::call("*", [Expression::call("*", [density, gravity]), Expression::operand(1)]);
    let mut pressure = weight;
    if let Some((air, unit, _)) = way.air {
        operands.push(part("pressure of the air", air)?);
        let pascals = Expression::constant(unit, "pascals in its unit");
        let of_air = Expression::call("*", [Expression::operand(operands.len() - 1), pascals]);
        pressure = Expression::call("+", [pressure, of_air]);
    }
    let formula =
        Expression::call("/", [pressure, Expression::constant(way.unit.1, "pascals in the unit of the column")]);
    operands.push(part("stated pressure", own)?);
    let quote = binding::quantity(mentions, own.ix)?.range;
    let follows = low - own.half <= own.point && own.point <= high + own.half;
    let binding = Binding { operation: Operation::Likely, ..Binding::stated(operands, formula, quote) };
    let proposal = binding.doubted((!follows).then_some(UNCONFIRMED)).proposal(code)?;
    Some(Proposal { quote, ..proposal })
}

/// The densities in kg/m³ and the pressure of the air that the text prints.
fn told(mentions: &Mentions, context: RuleContext<'_>) -> Told {
    let text = |range| context.index.slice(&context.document.text, range);
    let mut told = Told { densities: Vec::new(), air: Vec::new() };
    for (at, quantity) in mentions.quantities.iter().enumerate() {
        if quantity.first().unit.is_none() {
            continue;
        }
        let Some(own) = number(QuantityIx(at), quantity) else { continue };
        let unit = text(TextRange::new(quantity.number.end, (quantity.number.end + 12).min(context.index.len())));
        let known = |other: &Number| (other.point - own.point).abs() < 1e-9;
        if is_match(DENSITY.as_ref(), unit) && !told.densities.iter().any(known) && told.densities.len() < MOST_TOLD {
            told.densities.push(own);
        }
        let before = text(TextRange::new(quantity.number.start.saturating_sub(26), quantity.number.start));
        let pascals = UNIT_NAMES.iter().position(|name| unit.trim_start().starts_with(name));
        if let Some((value, words)) = pascals.map(|at| UNITS[at]).filter(|_| is_match(AIR.as_ref(), before)) {
            told.air.push((own, words, value));
        }
    }
    told.air.truncate(2);
    told
}
