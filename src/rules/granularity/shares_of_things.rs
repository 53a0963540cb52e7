//! Columns of percentages of counted things, and the number of these things that their rows bear out.
//!
//! The heading names the things: "% of sites". Their number stands in a column of the same rows, "No. plots", here or in
//! another table, or in a sentence. Of the numbers of a sentence the one is taken from which all percentages but one
//! follow, where that is no chance; whether each follows is for the evaluator.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use num_traits::{Signed, ToPrimitive, Zero};
use regex::Regex;

use crate::arithmetic::Printed;
use crate::arithmetic::rational::{self, Rational};
use crate::derive::{Expression, Operation, Proposal, Relation};
use crate::document::Table;
use crate::extract::patterns::compile;
use crate::extract::{
    Comparator, Mentions, Notation, Quantity, QuantityIx, TableContent, is_counted, notation, singular,
};
use crate::rules::nouns::counted;
use crate::rules::{RuleContext, binding};

/// How many percentages other than 0 and 100 have to follow from a number.
const FEWEST: usize = 4;
/// The chance that so many follow from a number that is not theirs.
const CHANCE: f64 = 1e-3;
/// The numbers of things of which percentages can be told apart.
const SMALLEST: u64 = 5;
const LARGEST: u64 = 2_000;
/// How many words of a heading are looked at for the things.
const WORDS: usize = 3;
/// The most tables of a paper, and rows of a table, that are looked at.
const MOST_TABLES: usize = 30;
const MOST_ROWS: usize = 300;

/// What stands before the things in a heading of percentages, and of numbers.
static PERCENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)^\W*(?:%|per\s?cent(?:age)?s?)\s*(?:of\s+)?(?:the\s+|all\s+)?(?P<things>\p{L}.*)$"));
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)^\W*(?:nos?\.?|numbers?|n)\s+(?:of\s+)?(?:the\s+|all\s+)?(?P<things>\p{L}.*)$"));

/// A percentage in its row.
struct Share {
    row: usize,
    at: QuantityIx,
}

/// The things that a heading names behind its sign, in the singular: the first plural among its first words.
fn things(pattern: Option<&Regex>, heading: &str) -> Option<String> {
    let found = pattern?.captures(heading.trim())?;
    let words = found.name("things")?.as_str().split(|c: char| !c.is_alphanumeric() && c != '-');
    let mut words = words.filter(|word| !word.is_empty()).take(WORDS).map(str::to_lowercase);
    words.find(|word| is_counted(word)).map(|word| singular(&word))
}

/// The proposals of all columns of percentages.
pub(super) fn proposals(code: &'static str, mentions: &Mentions, context: RuleContext<'_>) -> Vec<Proposal> {
    let tables = || mentions.tables.iter().zip(&context.document.tables).take(MOST_TABLES);
    let mut told: Option<BTreeMap<String, Vec<QuantityIx>>> = None;
    let mut found = Vec::new();
    for (held, layout) in tables() {
        for column in held.label_columns..held.columns {
            let Some(things) = held.heading(column).find_map(|heading| things(PERCENT.as_ref(), heading)) else {
                continue;
            };
            if held.heading(column).any(|heading| notation(heading) == Some(Notation::OtherPercentage)) {
                continue;
            }
            let shares = shares(held, layout, column, mentions);
            if shares.len() < FEWEST {
                continue;
            }
            let of_rows = tables()
                .find_map(|(other, grid)| of_rows(&things, &shares, (held, layout), (other, grid), mentions, context));
            let wholes = of_rows.or_else(|| {
                let told = told.get_or_insert_with(|| numbers_told(mentions, context));
                of_text(told.get(&things)?, &shares, mentions)
            });
            let Some(wholes) = wholes else { continue };
            found.extend(shares.iter().filter_map(|share| {
                proposal(
                    code,
                    binding::quantity(mentions, share.at)?,
                    binding::quantity(mentions, *wholes.get(&share.row)?)?,
                )
            }));
        }
    }
    found
}

/// The percentages of a column that stand alone in their cells.
fn shares(held: &TableContent, layout: &Table, column: usize, mentions: &Mentions) -> Vec<Share> {
    let rows = layout.header_rows as usize..held.labels.len().min(MOST_ROWS);
    let share = |row: usize| {
        let [at] = held.content(row, column)?.quantities[..] else { return None };
        let own = binding::quantity(mentions, at)?;
        let hundred = rational::whole(100);
        let fits =
            binding::is_plain(own) && own.single().is_some_and(|number| !number.negative && number.point() <= hundred);
        fits.then_some(Share { row, at })
    };
    rows.filter_map(share).collect()
}

/// A whole number of things as it is printed.
fn whole(quantity: &Quantity) -> Option<u64> {
    let fits = binding::is_whole(quantity) && quantity.comparator == Comparator::Equal && !quantity.approximate;
    fits.then(|| quantity.single()?.digits.parse().ok()).flatten()
}

/// The numbers of things of the rows, from a column of numbers of the same things whose rows bear the same marks.
fn of_rows(
    things_of: &str,
    shares: &[Share],
    own: (&TableContent, &Table),
    other: (&TableContent, &Table),
    mentions: &Mentions,
    context: RuleContext<'_>,
) -> Option<BTreeMap<usize, QuantityIx>> {
    let by_mark = numbers_by_mark(things_of, other, context)?;
    let of = |share: &Share| {
        let at = (*by_mark.get(&mark(own, share.row, context)?)?)?;
        whole(binding::quantity(mentions, at)?).filter(|size| (1..=LARGEST).contains(size))?;
        Some((share.row, at))
    };
    let found: BTreeMap<usize, QuantityIx> = shares.iter().filter_map(of).collect();
    borne_out(shares, |share| whole(binding::quantity(mentions, *found.get(&share.row)?)?), mentions).then_some(found)
}

/// The mark of a row: its first cell.
fn mark((held, layout): (&TableContent, &Table), row: usize, context: RuleContext<'_>) -> Option<String> {
    let cell = layout.cells.get(held.at(row, 0)?)?;
    let text = context.index.slice(&context.document.text, cell.range).trim().to_lowercase();
    (!text.is_empty()).then_some(text)
}

/// The numbers of a column of numbers of some things, by the marks of their rows; a mark that stands twice names none.
fn numbers_by_mark(
    things_of: &str,
    other: (&TableContent, &Table),
    context: RuleContext<'_>,
) -> Option<BTreeMap<String, Option<QuantityIx>>> {
    let (held, layout) = other;
    let column = (held.label_columns..held.columns).find(|column| {
        held.heading(*column).any(|heading| things(NUMBER.as_ref(), heading).as_deref() == Some(things_of))
    })?;
    let mut by_mark: BTreeMap<String, Option<QuantityIx>> = BTreeMap::new();
    for row in layout.header_rows as usize..held.labels.len().min(MOST_ROWS) {
        let Some(first) = held.content(row, column).and_then(|content| content.quantities.first()) else { continue };
        let Some(name) = mark(other, row, context) else { continue };
        by_mark.entry(name).and_modify(|known| *known = None).or_insert(Some(*first));
    }
    Some(by_mark)
}

/// The numbers of things that the sentences tell, by the things.
fn numbers_told(mentions: &Mentions, context: RuleContext<'_>) -> BTreeMap<String, Vec<QuantityIx>> {
    let mut told: BTreeMap<String, Vec<QuantityIx>> = BTreeMap::new();
    for skeleton in context.skeletons(mentions) {
        if mentions.sentences.get(skeleton.sentence).is_none_or(|sentence| sentence.cell.is_some()) {
            continue;
        }
        for own in counted(skeleton) {
            if let Some(head) = own.things.head() {
                told.entry(head.to_owned()).or_default().push(own.at);
            }
        }
    }
    told
}

/// A number of a sentence from which the percentages follow, for all rows: of several the smallest, as all of its multiples
/// give the same percentages.
fn of_text(told: &[QuantityIx], shares: &[Share], mentions: &Mentions) -> Option<BTreeMap<usize, QuantityIx>> {
    let size = |at: &QuantityIx| binding::quantity(mentions, *at).and_then(whole);
    let mut sizes: Vec<(u64, QuantityIx)> = told.iter().filter_map(|at| Some((size(at)?, *at))).collect();
    sizes.retain(|(size, _)| (SMALLEST..=LARGEST).contains(size));
    sizes.sort_unstable();
    sizes.dedup_by_key(|(size, _)| *size);
    let (_, at) = sizes.into_iter().find(|(size, _)| borne_out(shares, |_| Some(*size), mentions))?;
    Some(shares.iter().map(|share| (share.row, at)).collect())
}

/// Whether the percentages other than 0 and 100 follow from their numbers, all but one of ten, and chance would hardly have
/// it so.
fn borne_out(shares: &[Share], size: impl Fn(&Share) -> Option<u64>, mentions: &Mentions) -> bool {
    let (mut holds, mut fails, mut chance) = (0_usize, 0_usize, 1.0_f64);
    let mut seen = Vec::new();
    for share in shares {
        let printed = binding::quantity(mentions, share.at).and_then(Quantity::single);
        let (Some(size), Some(printed)) = (size(share), printed) else { continue };
        let percent = printed.point();
        if percent.is_zero() || percent == rational::whole(100) || seen.contains(&(size, percent.clone())) {
            continue;
        }
        seen.push((size, percent));
        if follows(printed, size) {
            holds += 1;
            chance *= density(printed, size);
        } else {
            fails += 1;
        }
    }
    holds >= FEWEST && holds >= 5 * fails && chance <= CHANCE
}

/// Whether a whole number of so many things prints as a percentage, or next to it.
fn follows(printed: &Printed, size: u64) -> bool {
    let Ok(size) = i64::try_from(size) else { return false };
    let exact = printed.point() * rational::whole(size) / rational::whole(100);
    let half = printed.unit_in_last_place() / rational::whole(2);
    [exact.floor(), exact.ceil()].into_iter().any(|count: Rational| {
        let share = count * rational::whole(100) / rational::whole(size);
        (share - printed.point()).abs() <= half
    })
}

/// Of how many of the percentages of these decimals so many things have one.
fn density(printed: &Printed, size: u64) -> f64 {
    let unit = printed.unit_in_last_place().to_f64().unwrap_or(1.0);
    #[expect(clippy::cast_precision_loss, reason = "the size is at most a few thousand")]
    let shares = size as f64 + 1.0;
    (shares * unit / 100.0).min(1.0)
}

/// That a whole number of the things has this percentage.
fn proposal(code: &'static str, share: &Quantity, size: &Quantity) -> Option<Proposal> {
    let operands = vec![binding::count("number of things", size)?, binding::measured("stated percentage", share)?];
    let bare = share.first().unit.is_none();
    let hundred = || Expression::constant("100", "a percentage is so many of a hundred");
    let stated = || {
        if bare { Expression::call("/", [Expression::operand(1), hundred()]) } else { Expression::operand(1) }
    };
    let derived = Expression::call("grim_percent", [stated(), Expression::operand(0)]);
    let left = if bare { Expression::call("*", [derived, hundred()]) } else { derived };
    Some(Proposal {
        operation: Operation::Likely,
        innocent: vec!["the percentage is of fewer things, as where some are missing".to_owned()],
        quote: share.range,
        ..Proposal::new(code, operands, 1, Relation::equal(left, Expression::operand(1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_their_things() {
        for (heading, expected) in [
            ("% of sites recorded", Some("site")),
            ("% Quadrats without juveniles", Some("quadrat")),
            ("Percentage of patients", Some("patient")),
            ("% Browsing damage", None),
            ("%", None),
        ] {
            assert_eq!(things(PERCENT.as_ref(), heading).as_deref(), expected, "{heading}");
        }
        assert_eq!(things(NUMBER.as_ref(), "No. quadrats [no. transects]").as_deref(), Some("quadrat"));
        assert_eq!(things(NUMBER.as_ref(), "Number of the sites").as_deref(), Some("site"));
        assert_eq!(things(NUMBER.as_ref(), "Sites"), None);
    }
}
