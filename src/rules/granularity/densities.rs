//! Columns of densities of counted things, "stems / ha", as means of so many plots of one size.
//!
//! A density is the mean number of things in a plot over the plot's area. The text says how large the plots are, and a column of
//! "No. plots", here or in another table, how many there were in each row; so only some densities are possible. Plots that are
//! no chance: most densities of the column have to follow from them. Whether each follows is for the evaluator.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use num_traits::ToPrimitive;
use regex::Regex;

use crate::derive::{Expression, Operand, OperandOptions, Operation, Proposal, Relation};
use crate::document::Table;
use crate::extract::patterns::compile;
use crate::extract::{Amount, Comparator, Mentions, Quantity, QuantityIx, TableContent, singular};
use crate::rules::{RuleContext, binding};

use super::shares_of_things::{mark, numbers_by_mark, whole};

/// How many densities have to follow from the plots.
const FEWEST: usize = 4;
/// The chance that so many follow from plots that are not theirs.
const CHANCE: f64 = 1e-4;
/// Why a density that does not follow is left undecided.
const SOME_FAIL: &str = "other densities do not follow from the plots either: some may have been left out";
/// The most tables of a paper, rows of a table and sizes of plots that are looked at.
const MOST_TABLES: usize = 30;
const MOST_ROWS: usize = 300;
const MOST_SIZES: usize = 4;

/// The role of the number of plots.
pub(super) const PLOTS_COUNTED: &str = "number of plots";

/// The words for a piece of ground that things are counted in.
const PLOTS: &str = r"(?P<plots>quadrats?|plots?|sub-?plots?|frames?|squares?)";

/// Plots with two sides: "2 × 2 m temporary quadrats", "plots of 10 m × 20 m".
static SIDES: LazyLock<[Option<Regex>; 2]> = LazyLock::new(|| {
    let sides = r"(?P<a>\d+(?:\.\d+)?)(?:\s*m)?\s*[×x]\s*(?P<b>\d+(?:\.\d+)?)\s*m";
    [
        compile(&format!(r"(?i){sides}\s+(?:[\p{{L}}-]+\s+){{0,2}}{PLOTS}\b")),
        compile(&format!(r"(?i)\b{PLOTS}\s+(?:of\s+|measuring\s+|\(|each\s+|were\s+){{1,2}}{sides}\b")),
    ]
});

/// The heading of a density, with the area that it is of.
static DENSITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)(?:/\s*|\bper\s+)(?:(?P<ha>ha|hectare)|(?P<m>m\s?[2²]))\b|(?P<ha2>\bha)\s?(?:⁻¹|[-−]1)|(?P<m2>\bm)\s?(?:⁻²|[-−]2)",
    )
});

/// Plots of one size.
struct Plots {
    /// What they are called, in the singular.
    name: String,
    /// Their sides.
    sides: [QuantityIx; 2],
    /// Their area in square metres, for the search alone.
    area: f64,
}

/// The proposals of all columns of densities.
pub(super) fn proposals(code: &'static str, mentions: &Mentions, context: RuleContext<'_>) -> Vec<Proposal> {
    let tables = || mentions.tables.iter().zip(&context.document.tables).take(MOST_TABLES);
    let mut plots: Option<Vec<Plots>> = None;
    let mut found = Vec::new();
    for own in tables() {
        let held = own.0;
        for column in held.label_columns..held.columns {
            let Some(unit) = held.heading(column).find_map(unit_area) else { continue };
            for plots in plots.get_or_insert_with(|| told_plots(mentions, context)).iter() {
                let sizes = tables().find_map(|other| numbers_by_mark(&plots.name, other, context));
                let Some(sizes) = sizes else { continue };
                let densities = densities(own, column, &sizes, mentions, context);
                let Some(certain) = borne_out(&densities, plots, unit, mentions) else { continue };
                let doubt = (!certain).then(|| SOME_FAIL.to_owned());
                let all = densities.iter().filter_map(|(at, size)| proposal(code, [*at, *size], plots, unit, mentions));
                found.extend(all.map(|proposal| Proposal { doubt: doubt.clone(), ..proposal }));
                break;
            }
        }
    }
    found
}

/// The area in square metres that the densities under a heading are of.
fn unit_area(heading: &str) -> Option<u32> {
    let found = DENSITY.as_ref()?.captures(heading)?;
    let hectare = found.name("ha").or_else(|| found.name("ha2")).is_some();
    Some(if hectare { 10_000 } else { 1 })
}

/// The plots that the text tells the sides of.
fn told_plots(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Plots> {
    let text = &context.document.text;
    let mut found: Vec<Plots> = Vec::new();
    for captures in SIDES.iter().flatten().flat_map(|sides| sides.captures_iter(text)) {
        let side = |name: &str| {
            let group = captures.name(name)?;
            let at = context.index.range(group.start(), group.end());
            let ix = mentions.quantities.partition_point(|quantity| quantity.number.end <= at.start);
            let own = binding::quantity(mentions, QuantityIx(ix))?;
            (own.number.contains(at) && own.single().is_some())
                .then(|| Some((QuantityIx(ix), group.as_str().parse::<f64>().ok()?)))?
        };
        let (Some((a, one)), Some((b, other)), Some(name)) = (side("a"), side("b"), captures.name("plots")) else {
            continue;
        };
        let name = singular(&name.as_str().to_lowercase());
        if one > 0.0
            && other > 0.0
            && !found.iter().any(|known| known.name == name && (known.area - one * other).abs() < 1e-9)
        {
            found.push(Plots { name, sides: [a, b], area: one * other });
        }
    }
    found.truncate(MOST_SIZES);
    found
}

/// The densities of a column with the numbers of plots of their rows.
fn densities(
    own: (&TableContent, &Table),
    column: usize,
    sizes: &BTreeMap<String, Option<QuantityIx>>,
    mentions: &Mentions,
    context: RuleContext<'_>,
) -> Vec<(QuantityIx, QuantityIx)> {
    let (held, layout) = own;
    let rows = layout.header_rows as usize..held.labels.len().min(MOST_ROWS);
    let of = |row: usize| {
        let first = *held.content(row, column)?.quantities.first()?;
        density(binding::quantity(mentions, first)?)?;
        let size = (*sizes.get(&mark(own, row, context)?)?)?;
        whole(binding::quantity(mentions, size)?).filter(|size| *size > 1)?;
        Some((first, size))
    };
    rows.filter_map(of).collect()
}

/// A density as printed, and half a unit of its last place.
fn density(quantity: &Quantity) -> Option<(f64, f64)> {
    let (Amount::Single(value) | Amount::PlusMinus(value, _)) = &quantity.first().amount else { return None };
    let fits = quantity.comparator == Comparator::Equal && !quantity.approximate && !value.negative;
    let printed = (value.point().to_f64()?, value.unit_in_last_place().to_f64()? / 2.0);
    (fits && printed.0 > 0.0).then_some(printed)
}

/// Whether most densities are whole numbers of things over so many plots, which chance would hardly have; and whether so many
/// are that one that is not is held against the table.
fn borne_out(densities: &[(QuantityIx, QuantityIx)], plots: &Plots, unit: u32, mentions: &Mentions) -> Option<bool> {
    let (mut holds, mut fails, mut chance) = (0_usize, 0_usize, 1.0_f64);
    let mut seen: Vec<(f64, u64)> = Vec::new();
    for (at, size) in densities {
        let Some((printed, half)) = binding::quantity(mentions, *at).and_then(density) else { continue };
        let Some(size) = binding::quantity(mentions, *size).and_then(whole) else { continue };
        if seen.contains(&(printed, size)) {
            continue;
        }
        seen.push((printed, size));
        #[expect(clippy::cast_precision_loss, reason = "a number of plots is small")]
        let step = f64::from(unit) / (plots.area * size as f64);
        if ((printed / step).round() * step - printed).abs() <= half * (1.0 + 1e-9) {
            holds += 1;
            chance *= (2.0 * half / step).min(1.0);
        } else {
            fails += 1;
        }
    }
    (holds >= FEWEST && holds >= 2 * fails && chance <= CHANCE).then_some(holds >= 8 * fails)
}

/// That a whole number of things in the plots has this density.
fn proposal(
    code: &'static str,
    [at, size]: [QuantityIx; 2],
    plots: &Plots,
    unit: u32,
    mentions: &Mentions,
) -> Option<Proposal> {
    let part = |role: &str, at: QuantityIx, options: OperandOptions| {
        Operand::part(role, &bare(binding::quantity(mentions, at)?), &options, |amount| Some(amount.value()))
    };
    let [a, b] = plots.sides;
    let operands = vec![
        part(PLOTS_COUNTED, size, OperandOptions::count())?,
        part("side of a plot", a, OperandOptions::count())?,
        part("other side of a plot", b, OperandOptions::count())?,
        part("stated density", at, OperandOptions::printed())?,
    ];
    let [size, a, b, stated] = [0, 1, 2, 3].map(Expression::operand);
    let area = Expression::call("*", [a, b]);
    let of = Expression::constant(&unit.to_string(), "the square metres that the density is of");
    let plots_in_unit = Expression::call("/", [of, area]);
    let mean = Expression::call("/", [stated.clone(), plots_in_unit.clone()]);
    let possible = Expression::call("*", [Expression::call("grim", [mean, size]), plots_in_unit]);
    let quote = binding::quantity(mentions, at)?.range;
    Some(Proposal {
        operation: Operation::Likely,
        innocent: vec!["the density is of other plots, as where some were left out".to_owned()],
        quote,
        ..Proposal::new(code, operands, 3, Relation::equal(possible, stated))
    })
}

/// The quantity without its unit: all areas are in one.
fn bare(quantity: &Quantity) -> Quantity {
    let mut bare = quantity.clone();
    for reading in &mut bare.readings {
        reading.unit = None;
    }
    bare
}
