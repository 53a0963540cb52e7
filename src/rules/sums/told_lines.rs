//! What `SU123` proposes for lines of a table that follow with numbers from outside its body: see `lines::told`.

use std::collections::BTreeSet;

use crate::derive::{Operand, Operation, Proposal};
use crate::document::TextRange;
use crate::extract::Mentions;
use crate::rules::binding::Binding;

use super::lines::linear;
use super::lines::matrix::{Axis, Matrix};
use super::lines::told::{self, Follower, Points};

/// Why a number that does not follow is left undecided.
const UNCONFIRMED: &str = "the number may be worked out in another way than the others of its line";

/// The proposals for one axis of a table, but for the values that are `told` already.
pub(super) fn proposals(
    code: &str,
    matrix: &Matrix<'_>,
    axis: Axis,
    points: &[Points],
    found: &[Proposal],
) -> Vec<Proposal> {
    let mentions = matrix.grid.mentions;
    let known: BTreeSet<TextRange> = found.iter().map(|other| other.quote).collect();
    let mut own = Vec::new();
    for (whole, followers) in told::shares(matrix, axis) {
        let operands = |one: &Follower| {
            Some(vec![
                told::bare("part", mentions, one.from.ix, false)?,
                told::bare("whole", mentions, whole.0, true)?,
                told::bare("stated share", mentions, one.value.ix, false)?,
            ])
        };
        own.extend(followers.iter().filter_map(|one| proposal(code, matrix, one, operands(one)?, told::quotient())));
    }
    for points in points {
        let [[(from, _), (low, _)], [(to, _), (high, _)]] = *points;
        for followers in told::between(matrix, axis, points) {
            let operands = |one: &Follower| line(mentions, one, [from, low, to, high]);
            own.extend(
                followers.iter().filter_map(|one| proposal(code, matrix, one, operands(one)?, linear::formula())),
            );
        }
    }
    own.retain(|proposal| !known.contains(&proposal.quote));
    own
}

/// The operands of a number on a line, in the order of `linear::formula`.
fn line(mentions: &Mentions, one: &Follower, ends: [crate::extract::QuantityIx; 4]) -> Option<Vec<Operand>> {
    let [from, low, to, high] = ends;
    Some(vec![
        told::bare("place", mentions, one.from.ix, false)?,
        told::bare("first place", mentions, from, true)?,
        told::bare("value of the first place", mentions, low, true)?,
        told::bare("last place", mentions, to, true)?,
        told::bare("value of the last place", mentions, high, true)?,
        told::bare("value on the line", mentions, one.value.ix, false)?,
    ])
}

fn proposal(
    code: &str,
    matrix: &Matrix<'_>,
    one: &Follower,
    operands: Vec<Operand>,
    formula: crate::derive::Expression,
) -> Option<Proposal> {
    let quote = matrix.range(one.value);
    let binding = Binding { operation: Operation::Likely, ..Binding::stated(operands, formula, quote) };
    let proposal = binding.doubted((!one.holds).then_some(UNCONFIRMED)).proposal(code)?;
    Some(Proposal { quote, ..proposal })
}
