//! Repairs: which single number, printed otherwise, would make a relation hold.
//!
//! Looked for where it is simple: for the stated value, the number within what was derived; for a number of the derived
//! side that occurs once below sums, products and quotients, the number that these lead back to. A repair has as many
//! decimals as the number that it replaces, or two digits where these would be zeros, and the evaluator itself must find
//! the relation consistent with it. It says what would fit, never what was meant.

use num_traits::{Signed, Zero};

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::units::Scale;
use crate::arithmetic::{Printed, RealSet};

use super::expression::{Comparison, Expression, OperandIx};
use super::literal::{self, Form, Literal};
use super::outcome::Verdict;
use super::parse::{Program, Source};
use super::proposal::OperandReading;
use super::replay::{Replay, replay_source};

/// A literal of a text with the number that would make the text's relation hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Which literal of the source.
    pub literal: usize,
    /// The number in its place, as a plain decimal.
    pub number: String,
}

/// The most literals of a text for which repairs are looked for.
const MAX_LITERALS: usize = 12;

/// The repairs of a relation over printed numbers, by literal; none where both sides already meet.
pub fn repairs(source: &Source) -> Vec<Repair> {
    let Program::Relation(relation) = &source.program else { return Vec::new() };
    let Expression::Operand(stated) = relation.right else { return Vec::new() };
    if relation.op != Comparison::Equal || source.literals.len() > MAX_LITERALS {
        return Vec::new();
    }
    let Ok(Replay::Outcome(outcome)) = replay_source(source, true) else { return Vec::new() };
    if !matches!(outcome.verdict, Verdict::Inconsistent(_)) {
        return Vec::new();
    }
    let sets: Vec<RealSet> = source.literals.iter().map(|literal| OperandReading::of_literal(literal).tight).collect();
    let mut repairs = Vec::new();
    for (at, own) in source.literals.iter().enumerate() {
        let target = if at == stated.0 {
            Some(outcome.derived.tight.clone())
        } else {
            preimage(&relation.left, OperandIx(at), &sets, outcome.stated.tight.clone())
        };
        if let Some(number) = target.and_then(|target| fitting(own, &target))
            && holds(source, at, &number)
        {
            repairs.push(Repair { literal: at, number: literal::number_text(&number) });
        }
    }
    repairs
}

/// What the operand would have to be for the expression to lie in `target`, where it occurs once and every step on the
/// way to it can be undone.
pub(super) fn preimage(
    expression: &Expression,
    wanted: OperandIx,
    sets: &[RealSet],
    target: RealSet,
) -> Option<RealSet> {
    let (function, arguments) = match expression {
        Expression::Operand(ix) if *ix == wanted => return Some(target),
        Expression::Call { function, arguments } => (function.as_str(), arguments.as_slice()),
        _ => return None,
    };
    let holding: Vec<usize> = (0..arguments.len()).filter(|at| occurrences(&arguments[*at], wanted) > 0).collect();
    let [at] = holding.as_slice() else { return None };
    let (next, other) = (&arguments[*at], |index: usize| value(&arguments[index], sets));
    let target = match (function, at, arguments.len()) {
        ("in" | "rounded", 0, _) => target,
        ("+", _, 2) => target.sub(&other(1 - at)?),
        ("-", 0, 2) => target.add(&other(1)?),
        ("-", 1, 2) => other(0)?.sub(&target),
        ("*", _, 2) => target.div(&other(1 - at)?),
        ("/" | "percent", 0, 2) => target.mul(&other(1)?),
        ("/" | "percent", 1, 2) => other(0)?.div(&target),
        ("sum", _, count) => {
            let mut rest = target;
            for index in (0..count).filter(|index| index != at) {
                rest = rest.sub(&other(index)?);
            }
            rest
        }
        ("mean", _, count) => {
            let mut rest = target.scale(&whole(count)?);
            for index in (0..count).filter(|index| index != at) {
                rest = rest.sub(&other(index)?);
            }
            rest
        }
        _ => return None,
    };
    preimage(next, wanted, sets, target)
}

/// The tight set of an expression of the four operations.
pub(super) fn value(expression: &Expression, sets: &[RealSet]) -> Option<RealSet> {
    let (function, arguments) = match expression {
        Expression::Operand(ix) => return sets.get(ix.0).cloned(),
        Expression::Constant { literal, .. } => {
            return literal::constant(literal).map(|constant| constant.sets().tight);
        }
        Expression::Call { function, arguments } => (function.as_str(), arguments.as_slice()),
    };
    match (function, arguments) {
        ("+", [a, b]) => Some(value(a, sets)?.add(&value(b, sets)?)),
        ("-", [a, b]) => Some(value(a, sets)?.sub(&value(b, sets)?)),
        ("*", [a, b]) => Some(value(a, sets)?.mul(&value(b, sets)?)),
        ("/" | "percent", [a, b]) => Some(value(a, sets)?.div(&value(b, sets)?)),
        ("in", [a, _]) | ("rounded", [a]) => value(a, sets),
        ("sum", terms) => total(terms, sets),
        ("mean", terms) => Some(total(terms, sets)?.scale(&whole(terms.len())?.recip())),
        _ => None,
    }
}

/// The tight set of a sum.
fn total(terms: &[Expression], sets: &[RealSet]) -> Option<RealSet> {
    let zero = RealSet::point(rational::whole(0));
    terms.iter().try_fold(zero, |sum, term| Some(sum.add(&value(term, sets)?)))
}

/// A count, of one or more.
fn whole(count: usize) -> Option<Rational> {
    i64::try_from(count).ok().filter(|count| *count > 0).map(rational::whole)
}

pub(super) fn occurrences(expression: &Expression, wanted: OperandIx) -> usize {
    match expression {
        Expression::Operand(ix) => usize::from(*ix == wanted),
        Expression::Constant { .. } => 0,
        Expression::Call { arguments, .. } => arguments.iter().map(|argument| occurrences(argument, wanted)).sum(),
    }
}

/// The number in the middle of the target, in the literal's unit and with its decimals; of round numbers a round one
/// near it.
pub(super) fn fitting(own: &Literal, target: &RealSet) -> Option<Printed> {
    if !matches!(own.form, Form::Plain | Form::Exact) || own.unit.scale == Scale::Logarithmic {
        return None;
    }
    let target = own.unit.from_si(target);
    let middle = target.hull()?.midpoint()?;
    let place = own.number.unit_in_last_place();
    let at = |step: &Rational| (&middle / step).round() * step;
    let zeros = if own.number.exponent == 0 { own.number.trailing_zeros().min(15) } else { 0 };
    let zeros = i32::try_from(zeros).unwrap_or(0);
    // Where the number was printed round, so is its repair, as long as that is nearer than half a per cent.
    let near = |round: &Rational| (round - &middle).abs() * rational::whole(200) <= middle.abs();
    let rounder = (1..=zeros).rev().map(|power| at(&rational::power_of_ten(power)));
    let fits = |round: &Rational| target.contains(round) && near(round);
    let value = rounder.into_iter().find(fits).unwrap_or_else(|| at(&place));
    if middle.is_zero() || middle.is_negative() != own.number.negative {
        // Another sign is another statement, and no number is printed as zero to be a result.
        return None;
    }
    if value.is_zero() {
        return finer(own, &middle);
    }
    let scaled = value / place;
    let digits = if own.number.negative { -scaled } else { scaled }.to_integer().to_string();
    // More digits than anybody prints are no simple change.
    (digits.len() <= own.number.digits.len().max(4) + 3).then(|| Printed { digits, ..own.number.clone() })
}

/// A number that its own decimals would print as zero, with two digits: 0.0019 in the place of 0.19.
fn finer(own: &Literal, middle: &Rational) -> Option<Printed> {
    let decimals = 1 - rational::decimal_magnitude(&middle.abs());
    let digits = (middle.abs() * rational::power_of_ten(decimals)).round().to_integer().to_string();
    let decimals = u32::try_from(decimals).ok().filter(|decimals| *decimals <= own.number.decimals + 4)?;
    (own.number.exponent == 0).then(|| Printed { digits, decimals, ..own.number.clone() })
}

/// Whether the evaluator finds the relation consistent with the other number.
fn holds(source: &Source, at: usize, number: &Printed) -> bool {
    let mut changed = source.clone();
    changed.literals[at].number = number.clone();
    matches!(replay_source(&changed, true), Ok(Replay::Outcome(outcome)) if outcome.verdict == Verdict::Consistent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::parse;

    fn repaired(text: &str) -> Vec<(usize, String)> {
        let source = parse(text).expect(text);
        repairs(&source).into_iter().map(|repair| (repair.literal, repair.number)).collect()
    }

    fn of(list: &[(usize, &str)]) -> Vec<(usize, String)> {
        list.iter().map(|(at, number)| (*at, (*number).to_owned())).collect()
    }

    #[test]
    fn every_number_of_a_product_can_be_the_one() {
        let dose = "7000 ng/kg bw/day * 60 kg {body-mass} = 42000 ng/day";
        assert_eq!(repaired(dose), of(&[(0, "700"), (1, "6"), (2, "420000")]));
        assert_eq!(repaired("9.81 m/s² * 0.45 s = 44.1 m/s"), of(&[(0, "98.01"), (1, "4.50"), (2, "4.4")]));
    }

    #[test]
    fn sums_quotients_and_tails() {
        let sum = "sum(412 kcal, 388 kcal, 275 kcal) = 1175 kcal";
        assert_eq!(repaired(sum), of(&[(0, "512"), (1, "488"), (2, "375"), (3, "1075")]));
        assert_eq!(repaired("exact(38) / exact(46) = 93 %"), of(&[(0, "43"), (1, "41"), (2, "83")]));
        assert_eq!(repaired("p_t(2.10, exact(58)) = 0.003"), of(&[(2, "0.040")]));
        assert_eq!(repaired("p_f(5.27, exact(3), exact(116)) = 0.19"), of(&[(3, "0.0019")]));
        assert_eq!(repaired("25 °C = 289 K"), of(&[(0, "16"), (1, "298")]));
    }

    #[test]
    fn nothing_is_repaired_that_holds_or_is_no_simple_change() {
        assert!(repaired("2 * 3 = 6").is_empty());
        assert!(repaired("p_r(0.21, exact(88)) < 0.01").is_empty());
        assert!(repaired("1 km + 2 km").is_empty());
    }
}
