//! The lines of a table, its rows and its columns, and how one follows from others: sums, averages, differences, ratios.
//!
//! A relation that holds in the other places of a line is evidence about the one in which it does not. The rules name the
//! relations that they look for; nothing is judged here.

pub(super) mod additive;
pub(super) mod derived;
pub(super) mod evidence;
pub(super) mod linear;
pub(super) mod matrix;
pub(super) mod members;
pub(super) mod netted;
pub(super) mod summed;

use crate::derive::{Proposal, Proposals};
use crate::extract::Mentions;
use crate::rules::RuleContext;

use super::shares;
use matrix::{Axis, Matrix};

/// Adds what `look` proposes for the rows, and for the columns, of each table of the paper, in the order of the text.
pub(super) fn propose(
    mentions: &Mentions,
    context: RuleContext<'_>,
    proposals: &mut Proposals,
    look: &dyn Fn(&Matrix<'_>, Axis) -> Vec<Proposal>,
) {
    shares::each_grid(mentions, context, &mut |grid| {
        // Below the curves of a figure stands who is left at each time, which follows from no other such number.
        if grid
            .content
            .labels
            .iter()
            .chain(&grid.content.headings)
            .any(|words| words.to_lowercase().contains("at risk"))
        {
            return;
        }
        let Some(matrix) = Matrix::new(grid) else { return };
        let mut found = look(&matrix, Axis::Rows);
        found.extend(look(&matrix, Axis::Slots));
        found.sort_by_key(|proposal| proposal.quote);
        proposals.list.extend(found);
    });
}
