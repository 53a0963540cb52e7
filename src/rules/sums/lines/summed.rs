//! Proposals for the numbers of a line that sums others up: totals and averages, with the reasons for doubt that both share.

use crate::derive::{Expression, Operation, Proposal};
use crate::rules::binding::Binding;
use crate::rules::wording;

use super::additive::{self, OF_ITS_KIND};
use super::evidence::{LEAST_FOR_GAP, MARKED, State, Support};
use super::matrix::{Axis, Entry, Matrix};
use super::members::{self, Candidate, Form, numbers};

/// Why a number that does not follow may be left undecided.
const UNCONFIRMED: &str = "fewer than three other numbers of the line tell what it sums up";
const CONTRADICTED: &str = "what the line sums up holds in only some of its numbers";
const ROUNDED: &str = "the whole numbers may be rounded ones";
const AMONG: &str = "the total is no larger than one of its parts, and may be an average of them";
const UNLISTED: &str = "a part may not be listed, as the others are not in every line";

/// How a line is said to sum up others.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::sums) struct Roles {
    /// The rule's code.
    pub code: &'static str,
    /// What the line's numbers are: "total".
    pub stated: &'static str,
    /// What the numbers are that it sums up: "part".
    pub member: &'static str,
}

/// A line that sums others up.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::sums) struct Target<'t, 'm> {
    /// The numbers of the table.
    pub matrix: &'t Matrix<'m>,
    /// Whether it is a row or a slot.
    pub axis: Axis,
    /// Which one.
    pub line: usize,
}

/// The proposal for one place of a line; `None` where the place says nothing, or does not follow and no other place says
/// that it should.
pub(in crate::rules::sums) fn proposal(
    target: Target<'_, '_>,
    candidate: &Candidate,
    position: usize,
    roles: Roles,
) -> Option<Proposal> {
    let Target { matrix, axis, line } = target;
    let state = *candidate.states.get(position)?;
    let support = candidate.support(matrix, axis, line, position);
    let told = support.holds >= 2 && support.holds > 2 * support.fails;
    // A sum follows by chance less often than an average does.
    let by_itself = candidate.form != Form::Mean && state == State::Holds && support.holds >= support.fails;
    if state == State::Silent || !(told || by_itself) {
        return None;
    }
    let (stated, parts) = numbers(matrix, axis, line, &candidate.members, position)?;
    let exact = candidate.form == Form::ExactSum;
    let mut operands = Vec::new();
    for part in &parts {
        operands.push(matrix.operand(roles.member, *part, exact)?);
    }
    operands.push(matrix.operand(roles.stated, stated, exact)?);
    let members = (0..parts.len()).map(Expression::operand);
    let formula = Expression::call(if candidate.form == Form::Mean { "mean" } else { "sum" }, members);
    let of_its_kind = additive::is_of_its_kind(matrix, axis.across(), position).then_some(OF_ITS_KIND);
    let doubt = of_its_kind.or_else(|| doubt(target, candidate, support, &stated, &parts));
    let binding = Binding {
        operation: Operation::Stated,
        innocent: innocent(candidate.form),
        ..Binding::stated(operands, formula, matrix.range(stated))
    };
    let proposal = binding.doubted(doubt).proposal(roles.code)?;
    Some(Proposal { quote: matrix.range(stated), ..proposal })
}

/// A sum of the first `count` operands in words: its parts where they are few, else how many "parts" they are.
pub(in crate::rules::sums) fn in_words(proposal: &Proposal, count: usize, parts: &str) -> String {
    if count > MOST_LISTED {
        return format!("the sum of the {count} {parts}");
    }
    let listed: Vec<String> = (0..count).map(|at| wording::operand(proposal, at)).collect();
    listed.join(" + ")
}

/// How many parts a message lists.
const MOST_LISTED: usize = 6;

/// What would make a mismatch innocent.
fn innocent(form: Form) -> Vec<String> {
    let reason = match form {
        Form::Sum | Form::ExactSum => "a part may not be listed, or counted in two of the lines",
        Form::Mean => "the average may be weighted, or of numbers that are not all listed",
    };
    vec![reason.to_owned()]
}

fn doubt(
    target: Target<'_, '_>,
    candidate: &Candidate,
    support: Support,
    stated: &Entry,
    parts: &[Entry],
) -> Option<&'static str> {
    let sum: f64 = parts.iter().map(|part| part.point).sum();
    let halves: f64 = parts.iter().map(|part| part.half).sum::<f64>() + stated.half;
    let counted = stated.counted || parts.iter().all(|part| part.counted);
    let rounded = candidate.form == Form::ExactSum && !counted && (sum - stated.point).abs() <= halves;
    // A part may be left out now and then, and few places do not tell that it never is.
    let unlisted = candidate.form != Form::Mean && sum < stated.point && support.holds < LEAST_FOR_GAP;
    let among =
        candidate.form != Form::Mean && sum > stated.point && parts.iter().any(|part| part.point >= stated.point);
    let reasons = [
        (support.holds < 3, UNCONFIRMED),
        (!support.bears_out(), CONTRADICTED),
        (rounded, ROUNDED),
        (may_be_marked(target, candidate, stated, parts), MARKED),
        (among, AMONG),
        (unlisted, UNLISTED),
    ];
    reasons.into_iter().find(|(is_so, _)| *is_so).map(|(_, reason)| reason)
}

/// Whether one of the numbers without its last digit, which may be the mark of a note, would make the others right.
fn may_be_marked(target: Target<'_, '_>, candidate: &Candidate, stated: &Entry, parts: &[Entry]) -> bool {
    let holds = |stated: &Entry, parts: &[Entry]| members::state(candidate.form, stated, parts) == State::Holds;
    let usual = |line: usize| target.matrix.usual_half(target.axis, line);
    let with = |at: usize, part: Entry| {
        let mut parts = parts.to_vec();
        parts[at] = part;
        parts
    };
    let in_part = parts.iter().zip(&candidate.members).enumerate().any(|(at, (part, line))| {
        part.without_mark(usual(*line)).is_some_and(|shorter| holds(stated, &with(at, shorter)))
    });
    in_part || stated.without_mark(usual(target.line)).is_some_and(|shorter| holds(&shorter, parts))
}
