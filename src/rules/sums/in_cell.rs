//! A fraction with a percentage in a cell of a table: "3/10 (30%)".
//!
//! In running text the words around a fraction say that the bracket behind it is its percentage. In a cell the heading
//! says it, or nothing does, and then the other cells of the column have to bear it out.

use crate::derive::{Limits, Proposal, Verdict, evaluate};
use crate::extract::{Amount, CellIx, Mentions, QuantityIx, QuantityKind, names_other_bracket};
use crate::rules::{RuleContext, Skeleton, binding};

use super::gate;

/// Why a percentage in a cell that does not follow is left undecided.
const UNCONFIRMED: &str = "too few other cells of the column hold a fraction with its percentage";

/// The cell of a table that a sentence is.
pub(super) fn of(skeleton: &Skeleton, mentions: &Mentions) -> Option<CellIx> {
    mentions.sentences.get(skeleton.sentence)?.cell
}

/// Whether the bracket of a cell is said to be something else: by the words over its column or beside its row, or by
/// another cell of the column that has a range in its place.
pub(super) fn holds_other(cell: CellIx, mentions: &Mentions, context: RuleContext<'_>) -> bool {
    let found = context.document.tables.get(cell.table).zip(mentions.tables.get(cell.table));
    let Some((table, held)) = found else { return false };
    let Some(place) = table.cells.get(cell.cell) else { return false };
    let (row, column) = (place.row as usize, place.column as usize);
    let mut words = held.heading(column).chain([held.label(row), held.group(row)]);
    let is_range = |row: u32| {
        let quantities = held.content(row as usize, column).map_or(&[][..], |content| &content.quantities);
        let quantity = |ix: &QuantityIx| binding::quantity(mentions, *ix);
        let mut all = quantities.iter().filter_map(quantity);
        let ranges = all.clone().filter(|quantity| matches!(quantity.first().amount, Amount::Range(..))).count();
        // Behind a percentage the range is its interval.
        let percentage = all.any(|quantity| quantity.kind == QuantityKind::Percentage && quantity.single().is_some());
        quantities.len() > 1 && ranges > 0 && !percentage
    };
    words.any(names_other_bracket) || table.body().any(is_range)
}

/// Leaves undecided what the other cells of the column or of the row do not bear out.
pub(super) fn confirm(proposals: &mut [Proposal], cells: &[(usize, CellIx)], context: RuleContext<'_>) {
    let place = |cell: &CellIx| {
        let cell_of = context.document.tables.get(cell.table).and_then(|table| table.cells.get(cell.cell));
        cell_of.map(|place| (cell.table, place.row, place.column))
    };
    let follows = |at: usize| {
        proposals.get(at).is_some_and(|proposal| evaluate(proposal, &Limits::default()).verdict == Verdict::Consistent)
    };
    let known: Vec<(usize, (usize, u32, u32), bool)> =
        cells.iter().filter_map(|(at, cell)| Some((*at, place(cell)?, follows(*at)))).collect();
    let borne_out = |at: usize, (table, row, column): (usize, u32, u32)| {
        let tally = |same: &dyn Fn(u32, u32) -> bool| {
            let others = known
                .iter()
                .filter(|(other, (of, row, column), _)| *other != at && *of == table && same(*row, *column));
            let holds = others.clone().filter(|(.., follows)| *follows).count();
            gate::is_borne_out(holds, others.count() - holds)
        };
        tally(&|_, other| other == column) || tally(&|other, _| other == row)
    };
    let doubtful: Vec<usize> =
        known.iter().filter(|(at, place, follows)| !follows && !borne_out(*at, *place)).map(|(at, ..)| *at).collect();
    for at in doubtful {
        if let Some(proposal) = proposals.get_mut(at) {
            proposal.doubt.get_or_insert_with(|| UNCONFIRMED.to_owned());
        }
    }
}
