//! Claims that stand alone: where nothing in a paper follows by a rule, nothing shows that the rule reads this paper as it was meant.
//!
//! A paper writes its fractions, intervals and tests in one way throughout. Where others of them follow, that way is understood,
//! and one that does not follow is evidence about itself; where none does, it may as well be that its numbers are of something else
//! than the rule takes them for. So where no claim of a rule by the same kind of formula (a product, an F) holds in a paper, those
//! that fail are no more than warnings. Of the errors in the first nine goes of unseen papers (`corpora/labels/findings-unseen.csv`)
//! that stood without any claim of their rule that holds, 18 of 42 were right, of the others 254 of 351. A slip that the digits themselves show, a
//! lost power of ten or two digits in each other's place, needs no such company. No verdict is changed.

use std::collections::BTreeSet;

use super::cause;
use super::expression::Expression;
use super::outcome::{Outcome, Strength, Verdict};
use super::proposal::{Operation, Proposal};

/// The reason that a claim without company gives.
const REASON: &str =
    "nothing else in the paper follows in this way, which would show that the values are read as they are meant";

/// The causes that a misread or wrongly bound value does not have by chance.
const MARKS: [&str; 2] = ["power-of-ten", "digits-swapped"];

/// Takes what fails among the claims of one rule for a paper as assumed, where none of them holds: see the module.
pub fn weaken_where_alone(claims: &mut [(Proposal, Outcome)]) {
    // What a habit of rounding reconciles is bound as it should be.
    let holds =
        |verdict: &Verdict| matches!(verdict, Verdict::Consistent | Verdict::Inconsistent(Strength::RoundingHabit));
    let holding = claims.iter().filter(|(_, outcome)| holds(&outcome.verdict));
    let company: BTreeSet<String> = holding.filter_map(|(proposal, _)| kind(proposal).map(str::to_owned)).collect();
    for (proposal, outcome) in claims {
        if kind(proposal).is_none_or(|kind| company.contains(kind)) {
            continue;
        }
        let fails = outcome.verdict == Verdict::Inconsistent(Strength::Disjoint);
        // What an approximate word stands by is a warning already.
        let weighs = matches!(proposal.operation, Operation::Stated | Operation::Implied) && !proposal.approximate;
        if fails && weighs && !has_mark(outcome) {
            proposal.operation = Operation::Assumed;
            proposal.innocent.insert(0, REASON.to_owned());
        }
    }
}

/// The kind of formula of a proposal: the first function in it that is more than arithmetic, else what it does last. Nothing
/// where a number is held against another as it is: bounds out of order and numbers told twice have no formula to be understood.
fn kind(proposal: &Proposal) -> Option<&str> {
    let formula = &proposal.variants.first()?.relation.left;
    special(formula).or_else(|| last(formula))
}

/// The functions of arithmetic and of rounding, in which others may stand.
const PLAIN: [&str; 8] = ["+", "-", "*", "/", "sum", "rounded", "abs", "mean"];

/// The p-values of tests: whatever the statistic, they are printed in one way, "t(28) = 2.20, p = .036".
const TESTS: [&str; 5] = ["p_t", "p_f", "p_r", "p_z", "p_chi2"];

fn special(formula: &Expression) -> Option<&str> {
    let Expression::Call { function, arguments } = formula else { return None };
    let function = if TESTS.contains(&function.as_str()) { "p" } else { function.as_str() };
    let own = (!PLAIN.contains(&function)).then_some(function);
    own.or_else(|| arguments.iter().find_map(special))
}

fn last(formula: &Expression) -> Option<&str> {
    let Expression::Call { function, arguments } = formula else { return None };
    if function == "rounded" { arguments.first().and_then(last) } else { Some(function) }
}

/// Whether the digits themselves show a slip.
fn has_mark(outcome: &Outcome) -> bool {
    cause::tells(outcome) && outcome.cause.as_ref().is_some_and(|cause| MARKS.contains(&cause.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Comparison, Expression, Limits, Operand, OperandReading, Relation, evaluate, parse};
    use crate::document::TextRange;

    /// The claim that the double of a number is another, with what the evaluator says.
    fn double(number: &str, stated: &str) -> (Proposal, Outcome) {
        let operand = |text: &str| {
            let source = parse(text).expect(text);
            let readings = vec![OperandReading::of_literal(&source.literals[0])];
            Operand { role: "value".into(), range: TextRange::new(0, 1), readings }
        };
        let left = Expression::call("+", [Expression::operand(0), Expression::operand(0)]);
        let relation = Relation { left, op: Comparison::Equal, right: Expression::operand(1) };
        let proposal = Proposal::new("EQ101", vec![operand(number), operand(stated)], 1, relation);
        let outcome = evaluate(&proposal, &Limits::default());
        (proposal, outcome)
    }

    /// How sure each claim is in the company of the others.
    fn weighed(claims: &[(&str, &str)]) -> Vec<Operation> {
        let mut claims: Vec<_> = claims.iter().map(|(number, stated)| double(number, stated)).collect();
        weaken_where_alone(&mut claims);
        claims.into_iter().map(|(proposal, _)| proposal.operation).collect()
    }

    #[test]
    fn a_claim_counts_where_another_holds() {
        use Operation::{Assumed, Stated};
        assert_eq!(weighed(&[("21.13", "57.21")]), [Assumed]);
        assert_eq!(weighed(&[("21.13", "57.21"), ("31.17", "55.91")]), [Assumed, Assumed]);
        assert_eq!(weighed(&[("21.13", "57.21"), ("31.17", "62.34")]), [Stated, Stated]);
    }

    #[test]
    fn only_the_same_kind_of_formula_is_company() {
        let mut claims = vec![double("21.13", "57.21"), double("31.17", "62.34")];
        let square = Expression::call("*", [Expression::operand(0), Expression::constant("2", "twice")]);
        claims[1].0.variants[0].relation.left = square;
        weaken_where_alone(&mut claims);
        assert_eq!(claims[0].0.operation, Operation::Assumed);
        claims[0].0.operation = Operation::Stated;
        for claim in &mut claims {
            let formula = claim.0.variants[0].relation.left.clone();
            claim.0.variants[0].relation.left = Expression::call("p_z", [formula]);
        }
        weaken_where_alone(&mut claims);
        assert_eq!(claims[0].0.operation, Operation::Stated);
    }

    #[test]
    fn a_slip_that_the_digits_show_needs_no_company() {
        use Operation::{Assumed, Stated};
        // 43.48 is printed as 434.8, and as 43.84.
        assert_eq!(weighed(&[("21.74", "434.8"), ("21.74", "43.84"), ("21.74", "49.48")]), [Stated, Stated, Assumed]);
        // Between values of one digit some factor always fits.
        assert_eq!(weighed(&[("2", "40")]), [Assumed]);
    }
}
