//! One attempt for each kind of slip: what could befall a value, and whether the result can still be right.
//!
//! Each function looks at one value and gives the first slip, in a drawn order, that plain rounding cannot excuse. No
//! rule is asked: the allowed values are those of the untouched claim, and for degrees of freedom those of its relation
//! with another number in it.

use crate::arithmetic::rational::{self, Rational};
use crate::derive::{Replay, replay};
use crate::document::{Document, TextIndex, TextRange};

use super::draw::Draw;
use super::numeral::Numeral;
use super::operands;
use super::possible::{Form, Possible};
use super::prefix;
use super::slip::{Attempt, Slip, SlipKind};
use super::values::{Value, literal};

/// What an attempt sees of a paper.
#[derive(Debug)]
pub struct Paper<'p> {
    /// The document.
    pub document: &'p Document,
    /// The offsets of its text.
    pub index: TextIndex,
    /// All values that hold.
    pub values: Vec<Value<'p>>,
}

/// So many neighbours are tried.
const NEIGHBOURS: usize = 4;

/// Tries a slip of one kind on a value.
pub fn attempt(kind: SlipKind, value: &Value<'_>, paper: &Paper<'_>, draw: &mut Draw) -> Attempt {
    match kind {
        SlipKind::Digit => first(kind, value, draw.shuffled(value.numeral.other_digits())),
        SlipKind::SwappedDigits => first(kind, value, draw.shuffled(value.numeral.swaps())),
        SlipKind::PowerOfTen => first(kind, value, draw.shuffled(value.numeral.powers_of_ten())),
        SlipKind::Prefix => prefix(value, paper, draw),
        SlipKind::Sign => sign(value),
        SlipKind::Denominator => denominator(value, paper),
        SlipKind::Comparator => comparator(value, paper),
        SlipKind::DegreesOfFreedom => degrees(value, paper, draw),
        SlipKind::Neighbour => neighbour(value, paper),
        SlipKind::Repeat => operands::repeat(value, paper, draw),
        SlipKind::Cell => operands::cell(value, paper, draw),
        SlipKind::Total => operands::total(value, draw),
        SlipKind::Size => operands::size(value, paper, draw),
        SlipKind::Rank => operands::rank(value, draw),
    }
}

/// The first of other numbers that cannot stand in the place of the value.
pub(super) fn first(kind: SlipKind, value: &Value<'_>, others: Vec<Numeral>) -> Attempt {
    let mut tried = false;
    for other in others.into_iter().filter(|other| is_plausible(value, other)) {
        tried = true;
        let possible = value.possible(&other.statement(value.form));
        if possible != Possible::Plainly {
            return Attempt::Slip(Slip {
                kind,
                claim: value.claim,
                range: value.range(),
                right: value.numeral.text(),
                wrong: other.text(),
                by_habit: possible == Possible::ByHabit,
            });
        }
    }
    if tried { Attempt::StillPossible } else { Attempt::NotApplicable }
}

/// Whether nobody would stumble over the number itself: no percentage beyond 100 where there was none, no p-value outside
/// nought and one.
fn is_plausible(value: &Value<'_>, other: &Numeral) -> bool {
    let number = |numeral: &Numeral| numeral.statement(value.form).value;
    let (zero, one, hundred) = (rational::whole(0), rational::whole(1), rational::whole(100));
    let new = number(other);
    if value.is_p() {
        new > zero && new <= one
    } else if value.is_percentage() && number(&value.numeral) <= hundred {
        new <= hundred
    } else {
        true
    }
}

fn prefix(value: &Value<'_>, paper: &Paper<'_>, draw: &mut Draw) -> Attempt {
    let quote: Vec<char> = value.stated.span.quote.chars().collect();
    let behind = value.numeral.start + value.numeral.length;
    let skipped = quote[behind..].iter().take_while(|character| character.is_whitespace()).count();
    let from = behind + skipped;
    let word: String = quote[from..].iter().take_while(|character| character.is_alphabetic()).collect();
    let others = draw.shuffled(prefix::neighbours(&word));
    let tried = !others.is_empty();
    let length = word.chars().count();
    let statement = value.numeral.statement(value.form);
    for (other, power) in others {
        let possible = value.possible(&statement.scaled(&rational::power_of_ten(power)));
        if possible != Possible::Plainly {
            // Number and unit are replaced together, so that what changed can be seen.
            let range = TextRange::new(value.range().start, value.stated.span.range.start + from + length);
            let right = paper.index.slice(&paper.document.text, range).to_owned();
            let kept: String = right.chars().take(right.chars().count() - length).collect();
            return Attempt::Slip(Slip {
                kind: SlipKind::Prefix,
                claim: value.claim,
                range,
                right,
                wrong: format!("{kept}{other}"),
                by_habit: possible == Possible::ByHabit,
            });
        }
    }
    if tried { Attempt::StillPossible } else { Attempt::NotApplicable }
}

/// A minus sign is lost, or stands where a difference or a temperature could have one.
fn sign(value: &Value<'_>) -> Attempt {
    let negative = value.numeral.minus.is_some();
    let can_be = value.finding.relation.contains(" - ") || value.finding.stated.unit.contains('°');
    if negative || (can_be && !value.is_percentage() && !value.is_p()) {
        first(SlipKind::Sign, value, vec![value.numeral.other_sign()])
    } else {
        Attempt::NotApplicable
    }
}

/// The percentage that the count is of another count near by.
fn denominator(value: &Value<'_>, paper: &Paper<'_>) -> Attempt {
    let counts = counts(value);
    let Some((count, own)) = counts.split_first().filter(|_| value.is_percentage()) else {
        return Attempt::NotApplicable;
    };
    let here = value.range().start;
    let mut others: Vec<(usize, Rational)> = paper
        .values
        .iter()
        .filter(|other| other.is_percentage())
        .flat_map(|other| {
            let distance = other.range().start.abs_diff(here);
            self::counts(other).into_iter().skip(1).map(move |whole| (distance, whole))
        })
        .filter(|(_, whole)| !own.contains(whole) && whole >= count)
        .collect();
    others.sort();
    others.dedup_by(|a, b| a.1 == b.1);
    let percentage = |whole: &Rational| count / whole * rational::whole(100);
    let numerals = others.iter().take(NEIGHBOURS).map(|(_, whole)| value.numeral.of_value(&percentage(whole)));
    let numerals: Vec<Numeral> = numerals.filter(|other| other.text() != value.numeral.text()).collect();
    first(SlipKind::Denominator, value, numerals)
}

/// The counts of a claim on a percentage, the part first; nothing where its operands are no counts.
fn counts(value: &Value<'_>) -> Vec<Rational> {
    let given = &value.finding.operands[..value.finding.operands.len() - 1];
    let counts: Vec<Rational> = given
        .iter()
        .filter_map(|operand| literal(&operand.literal))
        .filter(|(form, printed)| *form == Form::Exact && printed.point() > rational::whole(0))
        .map(|(_, printed)| printed.point())
        .collect();
    let part_first = given.first().is_some_and(|operand| operand.role == "count");
    if part_first && counts.len() == given.len() { counts } else { Vec::new() }
}

/// `<` for `=`, or the reverse, before a p-value.
fn comparator(value: &Value<'_>, paper: &Paper<'_>) -> Attempt {
    let number = value.range();
    // The sign stands before the number, at most a space away.
    let before = (1..=2).filter_map(|back| number.start.checked_sub(back));
    let character = |at: usize| paper.index.slice(&paper.document.text, TextRange::new(at, at + 1)).chars().next();
    let found = before.map(|at| (at, character(at))).find(|(_, c)| c.is_some_and(|c| !c.is_whitespace()));
    let (at, form, other) = match (found, value.form) {
        (Some((at, Some('='))), Form::Rounded) => (at, Form::Below, '<'),
        (Some((at, Some('<'))), Form::Below) => (at, Form::Rounded, '='),
        _ => return Attempt::NotApplicable,
    };
    let range = TextRange::new(at, number.end);
    let clear = !paper.document.variations.iter().any(|variation| variation.range.overlaps(range));
    if !value.is_p() || !clear {
        return Attempt::NotApplicable;
    }
    match value.possible(&value.numeral.statement(form)) {
        Possible::Plainly => Attempt::StillPossible,
        possible => {
            let right = paper.index.slice(&paper.document.text, range).to_owned();
            let kept: String = right.chars().skip(1).collect();
            Attempt::Slip(Slip {
                kind: SlipKind::Comparator,
                claim: value.claim,
                range,
                right,
                wrong: format!("{other}{kept}"),
                by_habit: possible == Possible::ByHabit,
            })
        }
    }
}

/// Degrees of freedom one more or one less, where the value is sharp enough to tell.
fn degrees(value: &Value<'_>, paper: &Paper<'_>, draw: &mut Draw) -> Attempt {
    let statement = value.numeral.statement(value.form);
    let mut others = Vec::new();
    for operand in value.finding.operands.iter().filter(|operand| operand.role == "degrees of freedom") {
        let relation = &value.finding.relation;
        let number = literal(&operand.literal).filter(|(form, printed)| *form == Form::Exact && printed.decimals == 0);
        let doubtful = paper.document.variations.iter().any(|one| one.range.overlaps(operand.span.range));
        let Some((_, printed)) = number.filter(|_| !doubtful && relation.matches(&operand.literal).count() == 1) else {
            continue;
        };
        let Some(numeral) = Numeral::find(&operand.span.quote, &printed) else { continue };
        for step in [-1, 1] {
            let df = printed.point() + rational::whole(step);
            if df >= rational::whole(1) && operand.span.range != value.stated.span.range {
                others.push((operand, numeral.clone(), df));
            }
        }
    }
    let others = draw.shuffled(others);
    let tried = !others.is_empty();
    for (operand, numeral, df) in others {
        let text = format!("exact({})", rational::to_text(&df));
        let relation = value.finding.relation.replacen(&operand.literal, &text, 1);
        let Ok(Replay::Outcome(outcome)) = replay(&relation, true) else { continue };
        let possible = statement.possible(&outcome.derived.tight, &outcome.derived.wide);
        if possible != Possible::Plainly {
            let start = operand.span.range.start + numeral.start;
            return Attempt::Slip(Slip {
                kind: SlipKind::DegreesOfFreedom,
                claim: value.claim,
                range: TextRange::new(start, start + numeral.length),
                right: numeral.text(),
                wrong: numeral.of_value(&df).text(),
                by_habit: possible == Possible::ByHabit,
            });
        }
    }
    if tried { Attempt::StillPossible } else { Attempt::NotApplicable }
}

/// The number of the nearest other value of the same rule and unit.
fn neighbour(value: &Value<'_>, paper: &Paper<'_>) -> Attempt {
    let own = value.numeral.text();
    let alike = |other: &&Value<'_>| {
        other.finding.code == value.finding.code
            && other.finding.stated.unit == value.finding.stated.unit
            && other.form == value.form
            && other.numeral.text() != own
    };
    let mut others: Vec<&Value<'_>> = paper.values.iter().filter(alike).collect();
    let here = value.range().start;
    others.sort_by_key(|other| (other.range().start.abs_diff(here), other.range().start));
    first(SlipKind::Neighbour, value, others.into_iter().take(NEIGHBOURS).map(|other| other.numeral.clone()).collect())
}
