//! Masses with their amounts of substance: `NaBH4 (0.38 g, 10 mmol)`, "HL (2.33 g, 4.82 mmol)".
//!
//! The molar mass is that of the formula before the bracket, that of the only row of a table with the name, or that by which the first
//! mention of the same name was weighed. Reagents are weighed as hydrates and solutions, so an amount that does not follow counts
//! only with a slip that explains it.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{Expression, Operand, Operation, Proposal};
use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{Comparator, Mentions, QuantityIx};
use crate::rules::RuleContext;
use crate::rules::binding::{self, Binding};

use super::super::named_lines::bare;
use super::columns::names_masses;
use super::formula::{Formula, Masses};

/// How many letters and digits a name at least has that is looked for elsewhere.
const SHORTEST: usize = 4;
/// The most mentions of a paper that are looked at.
const MOST: usize = 200;

/// A mass and an amount in a bracket, with the word before it.
static WEIGHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?P<name>[^\s,;]+),?\s*\(\s*(?P<m>\d+(?:\.\d+)?)\s*(?P<mu>kg|mg|g)\s*[,;]\s*",
        r"(?P<n>\d+(?:\.\d+)?)\s*(?P<nu>mmol|mol|[μµ]mol)\s*\)"
    ))
});

/// One weighed substance.
struct Weighed {
    /// The name in small letters and digits.
    name: String,
    formula: Option<(Formula, TextRange)>,
    mass: QuantityIx,
    amount: QuantityIx,
    /// How many moles times grams per mole a unit of the mass over one of the amount is: a power of ten.
    power: i32,
}

/// The proposals for all weighed substances.
pub(in crate::rules::equations) fn proposals(
    code: &str,
    mentions: &Mentions,
    context: RuleContext<'_>,
) -> Vec<Proposal> {
    if !context.document.text.contains("mol") {
        return Vec::new();
    }
    let weighed = weighed(mentions, context);
    if weighed.is_empty() {
        return Vec::new();
    }
    let masses = masses_of_rows(mentions, context);
    let mut found = Vec::new();
    for (at, own) in weighed.iter().enumerate() {
        let of_formula = own.formula.as_ref().and_then(|(formula, place)| formula.operand(*place, Masses::Weights));
        let of_row = || {
            let mut rows = masses.iter().filter(|(name, _)| own.name.len() >= SHORTEST && name.contains(&own.name));
            let (_, only) = rows.next().filter(|_| rows.next().is_none())?;
            bare("molar mass", mentions, *only)
        };
        let by_mass = of_formula.or_else(of_row).and_then(|mass| by_molar_mass(code, own, mass, mentions));
        let by_other = || {
            let same =
                |other: &&Weighed| own.name.len() >= SHORTEST && other.name == own.name && other.power == own.power;
            by_other_mention(code, own, weighed[..at].iter().find(same)?, mentions)
        };
        found.extend(by_mass.or_else(by_other));
    }
    found
}

/// The letters and digits of a name, lowered digits on the line.
fn plain(name: &str) -> String {
    let digit = |c: char| match u32::from(c) {
        low @ 0x2080..=0x2089 => char::from_digit(low - 0x2080, 10).unwrap_or(c),
        _ => c,
    };
    name.chars().map(digit).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn weighed(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Weighed> {
    let Some(pattern) = WEIGHED.as_ref() else { return Vec::new() };
    let text = &context.document.text;
    let quantity = |group: Option<regex::Match<'_>>| {
        let group = group?;
        let place = context.index.range(group.start(), group.end());
        let at = mentions.quantities.partition_point(|one| one.number.end <= place.start);
        let own = binding::quantity(mentions, QuantityIx(at))?;
        let fits = own.number.contains(place) && own.comparator == Comparator::Equal && own.single().is_some();
        fits.then_some(QuantityIx(at))
    };
    let of = |hit: regex::Captures<'_>| {
        let name = hit.name("name")?;
        let range = context.index.range(name.start(), name.end());
        let formula = Formula::parse(name.as_str()).map(|formula| (formula, range));
        let grams = match hit.name("mu")?.as_str() {
            "kg" => 3,
            "mg" => -3,
            _ => 0,
        };
        let moles = match hit.name("nu")?.as_str() {
            "mol" => 0,
            "mmol" => -3,
            _ => -6,
        };
        let (mass, amount) = (quantity(hit.name("m"))?, quantity(hit.name("n"))?);
        Some(Weighed { name: plain(name.as_str()), formula, mass, amount, power: grams - moles })
    };
    pattern.captures_iter(text).filter_map(of).take(MOST).collect()
}

/// The molar masses of the rows of tables by the names of the rows.
fn masses_of_rows(mentions: &Mentions, context: RuleContext<'_>) -> Vec<(String, QuantityIx)> {
    let mut found = Vec::new();
    for (content, table) in mentions.tables.iter().zip(&context.document.tables) {
        let columns = content.label_columns..content.columns;
        let named = |column: &usize| content.heading(*column).next().is_some_and(names_masses);
        for column in columns.filter(named) {
            for row in table.body() {
                let row = row as usize;
                let Some(cell) = content.content(row, column) else { continue };
                if let [only] = cell.quantities[..] {
                    found.push((plain(content.label(row)), only));
                }
            }
        }
    }
    found
}

/// The amount by the mass over the molar mass.
fn by_molar_mass(code: &str, own: &Weighed, molar: Operand, mentions: &Mentions) -> Option<Proposal> {
    let operands = vec![bare("mass", mentions, own.mass)?, molar, bare("stated amount", mentions, own.amount)?];
    let quotient = Expression::call("/", [Expression::operand(0), Expression::operand(1)]);
    let power = Expression::constant(&format!("1e{}", own.power), "the units of the mass and the amount");
    bound(code, own, operands, Expression::call("*", [quotient, power]), mentions)
}

/// The amount by the mass and the amount of the same substance before.
fn by_other_mention(code: &str, own: &Weighed, other: &Weighed, mentions: &Mentions) -> Option<Proposal> {
    let operands = vec![
        bare("mass before", mentions, other.mass)?,
        bare("amount before", mentions, other.amount)?,
        bare("mass", mentions, own.mass)?,
        bare("stated amount", mentions, own.amount)?,
    ];
    let [before, amount, mass] = [0, 1, 2].map(Expression::operand);
    let same =
        |at: QuantityIx| binding::quantity(mentions, at).and_then(|one| one.single().map(|one| one.text.clone()));
    if same(own.mass) == same(other.mass) {
        return None;
    }
    let formula = Expression::call("/", [Expression::call("*", [amount, mass]), before]);
    bound(code, own, operands, formula, mentions)
}

fn bound(
    code: &str,
    own: &Weighed,
    operands: Vec<Operand>,
    formula: Expression,
    mentions: &Mentions,
) -> Option<Proposal> {
    let quote = binding::quantity(mentions, own.amount)?.range;
    let binding = Binding {
        operation: Operation::Likely,
        needs_cause: true,
        innocent: vec!["the substance may be weighed with its solvent, or of less than full purity".to_owned()],
        ..Binding::stated(operands, formula, quote)
    };
    let proposal = binding.proposal(code)?;
    Some(Proposal { quote, ..proposal })
}
