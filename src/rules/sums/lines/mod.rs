//! The lines of a table, its rows and its columns, and how one follows from others: sums, averages, differences, ratios.
//!
//! A relation that holds in the other places of a line is evidence about the one in which it does not. The rules name the
//! relations that they look for; nothing is judged here.

pub(super) mod derived;
pub(super) mod matrix;
pub(super) mod members;
pub(super) mod summed;

use crate::extract::Mentions;
use crate::rules::RuleContext;

use super::shares::Grid;
use super::wholes::is_total;
use matrix::Matrix;

/// Calls `look` with the matrix of each table of the paper that has one, and what its totals are.
pub(super) fn each_table(mentions: &Mentions, context: RuleContext<'_>, look: &mut dyn FnMut(&Matrix<'_>)) {
    for (table, content) in context.document.tables.iter().zip(&mentions.tables) {
        let body = table.header_rows as usize..table.rows as usize;
        let totals: Vec<usize> = body.filter(|row| is_total(content.label(*row))).collect();
        let grid = Grid { table, content, mentions, totals: &totals };
        if let Some(matrix) = Matrix::new(grid) {
            look(&matrix);
        }
    }
}
