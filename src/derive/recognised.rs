//! Claims over text that a program recognised on the picture of a scan: a digit that it took for another looks exactly like an
//! author's slip, and no second reader can say otherwise, as both read the same text. So what fails there is no more than a
//! warning, and says why. No verdict is changed.

use crate::document::{Document, Place, TextRange};

use super::outcome::{Outcome, Strength, Verdict};
use super::proposal::{Operation, Proposal};

/// The reason that such a claim gives.
const REASON: &str = "the page is a scan whose text a program recognised, which may have taken a digit for another";

/// Takes what fails over recognised text as assumed.
pub fn weaken_where_recognised(claims: &mut [(Proposal, Outcome)], document: &Document) {
    if !document.pages.iter().any(|page| page.recognised) {
        return;
    }
    for (proposal, outcome) in claims {
        let fails = matches!(outcome.verdict, Verdict::Inconsistent(Strength::Disjoint));
        if !fails || !proposal.operands.iter().any(|operand| is_recognised(document, operand.range)) {
            continue;
        }
        if matches!(proposal.operation, Operation::Stated | Operation::Implied) {
            proposal.operation = Operation::Assumed;
        }
        proposal.innocent.insert(0, REASON.to_owned());
    }
}

fn is_recognised(document: &Document, range: TextRange) -> bool {
    let on_scan = |place: &Place| match place {
        Place::Box { page, .. } => {
            let size = (*page as usize).checked_sub(1).and_then(|at| document.pages.get(at));
            size.is_some_and(|size| size.recognised)
        }
        _ => false,
    };
    document.parts(range).iter().any(|(_, place)| on_scan(place))
}
