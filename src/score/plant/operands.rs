//! Slips in what a value follows from: one of two repeated values, a cell of a table, the number of cases; and in totals and
//! ranks, which are stated themselves.
//!
//! What the claim allows with another operand is worked out by its own relation with that operand in it. No rule is asked.

use crate::arithmetic::RealSet;
use crate::arithmetic::rational::{self, Rational};
use crate::derive::{Replay, replay};
use crate::document::TextRange;
use crate::report::OperandReport;

use super::attempts::{Paper, first};
use super::draw::Draw;
use super::numeral::Numeral;
use super::possible::Possible;
use super::slip::{Attempt, Slip, SlipKind};
use super::values::{Value, literal};

/// The rules by which a number of a table follows from others of it.
const OF_TABLES: &[&str] = &["EQ110", "SU120", "SU121", "SU122", "SU123", "SU124", "SU125", "SU126"];
/// The rules whose stated value is a sum.
const OF_TOTALS: &[&str] = &["SU120", "SU126", "SU130"];
/// So many wrong numbers are tried.
const TRIES: usize = 12;

/// One of two places that give a value is another number: the place that the claim takes as given.
pub(super) fn repeat(value: &Value<'_>, paper: &Paper<'_>, draw: &mut Draw) -> Attempt {
    if !matches!(value.finding.code.as_str(), "XC101" | "XC102" | "XC103") {
        return Attempt::NotApplicable;
    }
    changed(SlipKind::Repeat, value, paper, draw, &|_| true)
}

/// A cell from which another number of the table follows.
pub(super) fn cell(value: &Value<'_>, paper: &Paper<'_>, draw: &mut Draw) -> Attempt {
    if !OF_TABLES.contains(&value.finding.code.as_str()) {
        return Attempt::NotApplicable;
    }
    let in_table =
        |operand: &OperandReport| paper.document.tables.iter().any(|table| table.range.contains(operand.span.range));
    changed(SlipKind::Cell, value, paper, draw, &in_table)
}

/// The number of cases, of a group or of a whole.
pub(super) fn size(value: &Value<'_>, paper: &Paper<'_>, draw: &mut Draw) -> Attempt {
    let counts = |operand: &OperandReport| {
        let role = operand.role.as_str();
        role == "whole" || role == "N over a column" || role.starts_with("size of") || role.contains("sample size")
    };
    changed(SlipKind::Size, value, paper, draw, &counts)
}

/// A total is another number.
pub(super) fn total(value: &Value<'_>, draw: &mut Draw) -> Attempt {
    if !OF_TOTALS.contains(&value.finding.code.as_str()) {
        return Attempt::NotApplicable;
    }
    first(SlipKind::Total, value, draw.shuffled(mistyped(&value.numeral)))
}

/// A number that is said to be the greatest, the least or in another place is the one of another place.
pub(super) fn rank(value: &Value<'_>, draw: &mut Draw) -> Attempt {
    if value.finding.code != "XC110" {
        return Attempt::NotApplicable;
    }
    let given = &value.finding.operands[..value.finding.operands.len() - 1];
    let number = |operand: &OperandReport| {
        let (_, printed) = literal(&operand.literal)?;
        Numeral::find(&operand.span.quote, &printed)
    };
    let own = value.numeral.text();
    let others: Vec<Numeral> = given.iter().filter_map(number).filter(|other| other.text() != own).collect();
    first(SlipKind::Rank, value, draw.shuffled(others))
}

/// A number with one other digit or with two neighbours the other way round.
fn mistyped(numeral: &Numeral) -> Vec<Numeral> {
    let mut others = numeral.swaps();
    others.extend(numeral.other_digits());
    others
}

/// Another number in the place of one of the operands that the value follows from.
fn changed(
    kind: SlipKind,
    value: &Value<'_>,
    paper: &Paper<'_>,
    draw: &mut Draw,
    is_meant: &dyn Fn(&OperandReport) -> bool,
) -> Attempt {
    let operands = &value.finding.operands;
    let given = operands[..operands.len() - 1].iter().filter(|operand| is_meant(operand));
    let others: Vec<_> = given
        .filter_map(|operand| plain(operand, value, paper).map(|numeral| (operand, numeral)))
        .flat_map(|(operand, numeral)| {
            mistyped(&numeral).into_iter().map(move |other| (operand, numeral.clone(), other))
        })
        .collect();
    let others = draw.shuffled(others);
    let Some(factor) = factor(value).filter(|_| !others.is_empty()) else { return Attempt::NotApplicable };
    let statement = value.numeral.statement(value.form);
    for (operand, numeral, other) in others.into_iter().take(TRIES) {
        let Some(text) = with_number(&operand.literal, &numeral, &other) else { continue };
        let relation = value.finding.relation.replacen(&operand.literal, &text, 1);
        let Ok(Replay::Outcome(outcome)) = replay(&relation, true) else { continue };
        // The replay gives coherent SI, the value stands in its own unit.
        let (tight, wide) = (outcome.derived.tight.scale(&factor), outcome.derived.wide.scale(&factor));
        let possible = statement.possible(&tight, &wide);
        if possible != Possible::Plainly {
            let start = operand.span.range.start + numeral.start;
            return Attempt::Slip(Slip {
                kind,
                claim: value.claim,
                range: TextRange::new(start, start + numeral.length),
                right: numeral.text(),
                wrong: other.text(),
                by_habit: possible == Possible::ByHabit,
            });
        }
    }
    Attempt::StillPossible
}

/// How many of its own units a value has in one of SI, where its unit is a factor.
fn factor(value: &Value<'_>) -> Option<Rational> {
    let Ok(Replay::Outcome(outcome)) = replay(&value.finding.relation, true) else { return None };
    let greatest = |set: &RealSet| set.hull().and_then(|hull| hull.hi().value().cloned());
    let in_si = greatest(&outcome.derived.tight).filter(|greatest| *greatest != rational::whole(0))?;
    let factor = greatest(&value.tight)? / in_si;
    (outcome.derived.tight.scale(&factor) == value.tight).then_some(factor)
}

/// The number of an operand, where it is written plainly, stands once in the relation and at a place of its own.
fn plain(operand: &OperandReport, value: &Value<'_>, paper: &Paper<'_>) -> Option<Numeral> {
    let (_, printed) = literal(&operand.literal)?;
    let range = operand.span.range;
    let doubtful = paper.document.variations.iter().any(|one| one.range.overlaps(range));
    // A repeated value stands on both sides, and the given one on the left.
    let relation = &value.finding.relation;
    let alone = relation.matches(&operand.literal).count() == 1 || *relation == format!("{0} = {0}", operand.literal);
    (!doubtful && alone && !range.overlaps(value.stated.span.range)).then_some(())?;
    Numeral::find(&operand.span.quote, &printed)
}

/// The literal with another number in it.
fn with_number(text: &str, numeral: &Numeral, other: &Numeral) -> Option<String> {
    let (old, new) = (numeral.plain(), other.plain());
    let bare = |number: &str| number.strip_prefix('0').filter(|rest| rest.starts_with('.')).map(str::to_owned);
    let (old, new) = match bare(&old) {
        Some(short) if !text.contains(&old) => (short, bare(&new).unwrap_or(new)),
        _ => (old, new),
    };
    (text.matches(&old).count() == 1).then(|| text.replacen(&old, &new, 1))
}
