//! Readings: all consistent ways to take the operands of a proposal.
//!
//! A reading is one choice for every variation of the paper, the same for every operand. An operand's reading that does
//! not name a variation which another of its readings names takes the text as it stands there.

use std::collections::BTreeMap;

use crate::document::VariationIx;

use super::proposal::{Operand, Proposal};

/// For each operand, which of its readings is taken.
pub(super) type Assignment = Vec<usize>;

/// The assignments of a proposal, the one of all first readings in front.
pub(super) struct Assignments {
    /// In order: the last operand's readings change fastest.
    pub list: Vec<Assignment>,
    /// Whether these are all.
    pub complete: bool,
}

/// What each reading of an operand takes for each variation that the operand knows.
type Taken = Vec<BTreeMap<VariationIx, usize>>;

fn taken(operand: &Operand) -> Taken {
    let known: Vec<VariationIx> =
        operand.readings.iter().flat_map(|reading| reading.choices.iter().map(|choice| choice.variation)).collect();
    let own = |reading: usize| {
        let mut taken: BTreeMap<VariationIx, usize> = known.iter().map(|variation| (*variation, 0)).collect();
        let choices = operand.readings[reading].choices.iter();
        taken.extend(choices.map(|choice| (choice.variation, choice.alternative)));
        taken
    };
    (0..operand.readings.len()).map(own).collect()
}

/// All consistent assignments, at most `limit`.
pub(super) fn assignments(proposal: &Proposal, limit: usize) -> Assignments {
    let first: Assignment = vec![0; proposal.operands.len()];
    let mut found = Assignments { list: vec![first.clone()], complete: true };
    if proposal.operands.iter().all(|operand| operand.readings.len() == 1) {
        return found;
    }
    let table: Vec<Taken> = proposal.operands.iter().map(taken).collect();
    let mut search = Search { table: &table, limit, steps: limit.saturating_mul(16), first, found: &mut found };
    search.extend(&mut Vec::new(), &mut BTreeMap::new());
    found
}

struct Search<'s> {
    table: &'s [Taken],
    limit: usize,
    /// How many partial assignments may still be looked at.
    steps: usize,
    first: Assignment,
    found: &'s mut Assignments,
}

impl Search<'_> {
    /// Extends a partial assignment by the next operand; the depth is the number of operands.
    fn extend(&mut self, partial: &mut Assignment, fixed: &mut BTreeMap<VariationIx, usize>) {
        let Some(readings) = self.table.get(partial.len()) else {
            if *partial == self.first {
                return;
            }
            if self.found.list.len() >= self.limit {
                self.found.complete = false;
            } else {
                self.found.list.push(partial.clone());
            }
            return;
        };
        for (reading, taken) in readings.iter().enumerate() {
            if !self.found.complete {
                return;
            }
            if self.steps == 0 {
                self.found.complete = false;
                return;
            }
            self.steps -= 1;
            let conflict =
                taken.iter().any(|(variation, choice)| fixed.get(variation).is_some_and(|own| own != choice));
            if conflict {
                continue;
            }
            let added: Vec<VariationIx> =
                taken.keys().filter(|variation| !fixed.contains_key(variation)).copied().collect();
            fixed.extend(taken.iter().map(|(variation, choice)| (*variation, *choice)));
            partial.push(reading);
            self.extend(partial, fixed);
            partial.pop();
            for variation in added {
                fixed.remove(&variation);
            }
        }
    }
}
