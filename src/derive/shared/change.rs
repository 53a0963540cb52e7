//! One value of a claim with another number in its place: what the number would have to be, and what the evaluator says then.

use crate::arithmetic::{Printed, RealSet};
use crate::derive::evaluate::{Limits, evaluate};
use crate::derive::expression::{Comparison, Expression, OperandIx};
use crate::derive::literal::Literal;
use crate::derive::outcome::Verdict;
use crate::derive::parse::{Program, parse};
use crate::derive::proposal::{Operand, OperandReading, Proposal};
use crate::derive::repair::{occurrences, preimage};

/// The literal of an operand as it is read first.
pub(super) fn literal(operand: &Operand) -> Option<Literal> {
    let source = parse(&operand.readings.first()?.literal).ok()?;
    match (source.program, source.literals.as_slice()) {
        (Program::Expression(Expression::Operand(_)), [_]) => source.literals.into_iter().next(),
        _ => None,
    }
}

/// What a value would have to be for the plain formula to hold, in coherent SI; nothing where the steps to it cannot be
/// undone. `operands` are the places in which the value stands in the proposal.
pub(super) fn wanted(proposal: &Proposal, operands: &[usize]) -> Option<RealSet> {
    let relation = &proposal.variants.first()?.relation;
    if relation.op != Comparison::Equal {
        return None;
    }
    let sets: Vec<RealSet> =
        proposal.operands.iter().filter_map(|operand| Some(operand.readings.first()?.tight.clone())).collect();
    if sets.len() != proposal.operands.len() {
        return None;
    }
    let in_relation = |ix: OperandIx| occurrences(&relation.left, ix) + occurrences(&relation.right, ix) > 0;
    let own: Vec<OperandIx> = operands.iter().map(|at| OperandIx(*at)).filter(|ix| in_relation(*ix)).collect();
    let [own] = own.as_slice() else { return None };
    let (from, to) = if occurrences(&relation.right, *own) > 0 {
        (&relation.right, &relation.left)
    } else {
        (&relation.left, &relation.right)
    };
    let target = crate::derive::repair::value(to, &sets)?;
    preimage(from, *own, &sets, target)
}

/// Whether the value has a part in the plain formula at all.
pub(super) fn takes_part(proposal: &Proposal, operands: &[usize]) -> bool {
    let Some(variant) = proposal.variants.first() else { return false };
    operands.iter().any(|at| {
        let ix = OperandIx(*at);
        occurrences(&variant.relation.left, ix) + occurrences(&variant.relation.right, ix) > 0
    })
}

/// What the evaluator says of a proposal with another number in some of its operands.
pub(super) fn verdict(proposal: &Proposal, operands: &[usize], number: &Printed) -> Verdict {
    let mut changed = proposal.clone();
    for at in operands {
        let Some(own) = literal(&proposal.operands[*at]) else {
            return Verdict::NotChecked { reason: "the value is no single number".to_owned() };
        };
        let reading = OperandReading::of_literal(&Literal { number: number.clone(), ..own });
        changed.operands[*at].readings = vec![reading];
    }
    evaluate(&changed, &Limits::default()).verdict
}

/// The numbers that one slip of the pen or of a key makes of a number: another digit, two neighbours the other way round, the
/// decimal point one place off, the other sign.
pub(super) fn slips(number: &Printed) -> Vec<Printed> {
    let digits: Vec<char> = number.digits.chars().collect();
    let with = |digits: Vec<char>| Printed { digits: digits.into_iter().collect(), ..number.clone() };
    let mut slips = Vec::new();
    for at in 1..digits.len() {
        let mut other = digits.clone();
        other.swap(at - 1, at);
        if other != digits && other[0] != '0' {
            slips.push(with(other));
        }
    }
    for at in 0..digits.len() {
        let digits_for = ('0'..='9').filter(|digit| *digit != digits[at] && (at > 0 || *digit != '0'));
        slips.extend(digits_for.map(|digit| {
            let mut other = digits.clone();
            other[at] = digit;
            with(other)
        }));
    }
    slips.push(Printed { decimals: number.decimals + 1, ..number.clone() });
    if let Some(decimals) = number.decimals.checked_sub(1) {
        slips.push(Printed { decimals, ..number.clone() });
    }
    slips.push(Printed { negative: !number.negative, ..number.clone() });
    slips
}
