//! Numbers against the two ends of an interval around them: the relations that the rules on medians and means share, and their
//! words.
//!
//! What the ends are of is for the rules.

use crate::derive::{Comparison, Expression, Operand, OperandOptions, Outcome, Proposal, Relation, Verdict};
use crate::document::TextRange;
use crate::extract::{Ends, EndsKind, Reported};
use crate::rules::wording;

/// A reported number in its role.
pub(super) fn operand(role: &str, reported: &Reported) -> Operand {
    Operand::reported(role, reported, &OperandOptions::printed())
}

/// The names of the ends of an interval.
pub(super) const fn roles(kind: EndsKind) -> [&'static str; 2] {
    match kind {
        EndsKind::Quartiles => ["first quartile", "third quartile"],
        EndsKind::Extremes => ["least value", "greatest value"],
    }
}

/// A number lies between two ends, in whatever order these stand.
pub(super) fn within(code: &str, stated: Operand, ends: &Ends, quote: TextRange) -> Proposal {
    let [low, high] = roles(ends.kind);
    let operands = vec![stated, operand(low, &ends.low), operand(high, &ends.high)];
    let between = Expression::call("between", [Expression::operand(1), Expression::operand(2)]);
    let relation = Relation::equal(between, Expression::operand(0));
    Proposal { quote, ..Proposal::new(code, operands, 0, relation) }
}

/// The ends in their order, proposed where the first readings are not. Where the value lies between them all the same, they may be
/// printed from the greatest to the least.
pub(super) fn order(code: &str, value: &Reported, ends: &Ends, quote: TextRange) -> Option<Proposal> {
    let point = |reported: &Reported| reported.readings.first().map(|(_, _, printed)| printed.point());
    let (first, last) = (point(&ends.low)?, point(&ends.high)?);
    if first <= last {
        return None;
    }
    let between = point(value).is_some_and(|value| last <= value && value <= first);
    let [low, high] = roles(ends.kind);
    let operands = vec![operand(low, &ends.low), operand(high, &ends.high)];
    let relation = Relation { left: Expression::operand(0), op: Comparison::AtMost, right: Expression::operand(1) };
    let doubt = between.then(|| "the ends may be printed from the greatest to the least".to_owned());
    Some(Proposal { doubt, quote, ..Proposal::new(code, operands, 0, relation) })
}

/// The words for one of these relations and what came of it.
pub(super) fn message(proposal: &Proposal, outcome: &Outcome) -> String {
    let part = |at: usize| {
        let role = proposal.operands.get(at).map_or("value", |operand| operand.role.as_str());
        format!("the {role} {}", wording::operand(proposal, at))
    };
    let limit = if proposal.operands.len() > 2 { format!("{} and {}", part(1), part(2)) } else { part(1) };
    let place = if proposal.operands.len() > 2 {
        ("lies between", "does not lie between")
    } else {
        ("lies below", "lies above")
    };
    let value = part(0);
    match &outcome.verdict {
        Verdict::Consistent => format!("{value} {} {limit}", place.0),
        Verdict::Inconsistent(_) => format!("{value} {} {limit}", place.1),
        Verdict::Undecided { reason } => format!("whether {value} {} {limit} is undecided: {reason}", place.0),
        Verdict::NotChecked { reason } => format!("{value} was not held against {limit}: {reason}"),
    }
}
