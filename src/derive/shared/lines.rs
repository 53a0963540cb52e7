//! A relation that fails wherever one line of a table has it: in every row below a head, or in every column beside one.

use std::collections::BTreeMap;

use super::{Judged, Shared, SharedCause};
use crate::derive::expression::Expression;
use crate::derive::outcome::Verdict;
use crate::document::{Table, TextRange};

/// A place in a grid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    row: u32,
    column: u32,
}

/// The line that a claim stands in: its rule, its table, whether claims follow each other by rows, the column (or the row)
/// of its stated value, the last step of its formula, and the cells that it takes from elsewhere than its own row.
type Line<'c> = (&'c str, usize, bool, u32, &'c str, Vec<Place>);

/// What a line holds.
#[derive(Default)]
struct Held {
    /// The failing claims.
    failing: Vec<usize>,
    /// How many follow, and how many are undecided.
    others: [usize; 2],
}

/// The causes of this kind among classes of copies; classes that have one are taken out of `open`.
pub(super) fn causes(claims: &[Judged<'_>], open: &mut Vec<Vec<usize>>, tables: &[Table]) -> Vec<SharedCause> {
    let mut lines: BTreeMap<Line<'_>, Held> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        for line in lines_of(*claim, tables) {
            let held = lines.entry(line).or_default();
            match &claim.outcome.verdict {
                _ if claim.fails => held.failing.push(at),
                Verdict::Consistent | Verdict::Inconsistent(_) => held.others[0] += 1,
                Verdict::Undecided { .. } => held.others[1] += 1,
                Verdict::NotChecked { .. } => {}
            }
        }
    }
    let mut whole: Vec<(bool, Vec<usize>)> = lines
        .into_iter()
        .filter(|(_, held)| held.others[0] == 0 && held.failing.len() >= held.others[1].max(2))
        .map(|((_, _, rows, ..), held)| (rows, held.failing))
        .collect();
    // The longest line first; of lines of one length that which begins first.
    whole.sort_by(|(_, a), (_, b)| (b.len(), a).cmp(&(a.len(), b)));
    let mut causes = Vec::new();
    for (rows, failing) in whole {
        let own: Vec<usize> =
            (0..open.len()).filter(|class| open[*class].iter().any(|claim| failing.contains(claim))).collect();
        if own.len() < 2 {
            continue;
        }
        let claims = own.iter().rev().flat_map(|class| open.remove(*class)).collect();
        causes.push(SharedCause { claims, shared: Shared::Line { rows } });
    }
    causes
}

/// The lines that a claim stands in, by rows and by columns; none where an operand stands outside its table.
fn lines_of<'c>(claim: Judged<'c>, tables: &[Table]) -> Vec<Line<'c>> {
    let proposal = claim.proposal;
    let Some(stated) = proposal.operands.get(proposal.stated).map(|operand| operand.range) else { return Vec::new() };
    let Some(at) = tables.iter().position(|table| table.range.contains(stated)) else { return Vec::new() };
    let places: Option<Vec<Place>> =
        proposal.operands.iter().map(|operand| place(&tables[at], operand.range)).collect();
    let (Some(places), Some(own)) = (places, place(&tables[at], stated)) else { return Vec::new() };
    let last = proposal.variants.first().map_or("", |variant| match &variant.relation.left {
        Expression::Call { function, .. } => function.as_str(),
        _ => "",
    });
    let line = |rows: bool| {
        let is_elsewhere = |place: &&Place| if rows { place.row != own.row } else { place.column != own.column };
        let mut elsewhere: Vec<Place> = places.iter().filter(is_elsewhere).copied().collect();
        elsewhere.sort_unstable();
        elsewhere.dedup();
        let across = if rows { own.column } else { own.row };
        // A claim within one cell, or whose values all stand elsewhere, is in no line of this direction.
        (elsewhere.len() < places.len()).then_some((proposal.code.as_str(), at, rows, across, last, elsewhere))
    };
    [line(true), line(false)].into_iter().flatten().collect()
}

/// The cell that holds a range.
fn place(table: &Table, range: TextRange) -> Option<Place> {
    let cell = table.holding(range)?;
    Some(Place { row: cell.row, column: cell.column })
}
