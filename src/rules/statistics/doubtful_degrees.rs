//! The degrees of freedom of an F that may not be those of its p-value: two in each other's place, and such as a correction made
//! smaller for the p-value alone; and p-values of an F that are halved.
//!
//! An F has the degrees of freedom of its effect before those of its error. Where the second number is the smaller one, or hardly
//! more than one, the two may stand in each other's place, or be those of a model whose error is not the one that is printed: such
//! tests were arguable or misread on all papers that nobody had looked at. Of measures that are repeated, programs print the plain
//! degrees of freedom beside a p-value that is corrected (Greenhouse and Geisser, Huynh and Feldt), whether the text says so or not:
//! such a p-value lies between the plain one and that of the lower bound of the correction, 1 and a share of the error. Nothing here
//! says that a p-value is right.

use crate::arithmetic::{Printed, Rational, rational};
use crate::derive::{Comparison, Expression, Limits, Proposal, Relation, Variant, Verdict, evaluate};
use crate::extract::{Comparator, TestKind, TestStatistic};

/// Up to how many degrees of freedom an error hardly has: an analysis with so few cases is rare, and a number of another thing is not.
const FEW: i64 = 3;

/// Whether the printed order of an F's degrees of freedom is doubtful.
pub(super) fn is_doubtful(statistic: &TestStatistic) -> bool {
    let Some((effect, error)) = degrees(statistic) else { return false };
    error < effect || error <= rational::whole(FEW)
}

/// The p-value with the two in each other's place, for the operands statistic, effect, error and p in this order; nothing where
/// their order is not doubtful.
pub(super) fn exchanged(statistic: &TestStatistic) -> Option<Variant> {
    let (effect, error) = degrees(statistic)?;
    if error >= effect {
        return None;
    }
    let left = Expression::call("p_f", [0, 2, 1].map(Expression::operand));
    let relation = Relation { left, op: Comparison::Equal, right: Expression::operand(3) };
    Some(Variant { label: "the degrees of freedom stand in each other's place".to_owned(), relation })
}

/// What the p-value of an F, the fourth operand behind statistic, effect and error, may be where it does not follow.
pub(super) fn may_be_meant(proposal: &Proposal, statistic: &TestStatistic) -> Option<&'static str> {
    let (effect, error) = degrees(statistic)?;
    let plain = Expression::call("p_f", [0, 1, 2].map(Expression::operand));
    if effect < rational::whole(2) || !matches!(verdict(proposal, plain.clone()), Verdict::Inconsistent(_)) {
        return None;
    }
    // As repeated measures have it: so many degrees of freedom of the effect for each of the cases but one.
    let repeated = error >= effect && (&error / &effect).is_integer();
    let corrected = Expression::call("between", [plain.clone(), lowest()]);
    if repeated && verdict(proposal, corrected) == Verdict::Consistent {
        return Some("a correction of the degrees of freedom that is not printed");
    }
    // Such a test has no tails to halve, but where all of a paper's p-values are halved, that is a matter of its method. Half of
    // what follows lies below a printed bound all too easily.
    let is_value = statistic.p.as_ref().is_some_and(|p| p.comparator == Comparator::Equal);
    let half = Expression::call("/", [plain, Expression::constant("2", "half of the p-value")]);
    let halved = is_value && verdict(proposal, half) == Verdict::Consistent;
    halved.then_some("half of it is printed, as for a one-tailed test")
}

/// The p-value with the lower bound of the correction: one degree of freedom of the effect, and as many of the error for each of it.
fn lowest() -> Expression {
    let [value, effect, error] = [0, 1, 2].map(Expression::operand);
    let share = Expression::call("/", [error, effect]);
    Expression::call("p_f", [value, Expression::constant("1", "the lower bound of the correction"), share])
}

/// What the evaluator says where the p-value is to be the value of a formula.
fn verdict(proposal: &Proposal, formula: Expression) -> Verdict {
    let relation = Relation::equal(formula, Expression::operand(3));
    let own = Proposal::new(&proposal.code, proposal.operands.clone(), 3, relation);
    evaluate(&own, &Limits::default()).verdict
}

/// The degrees of freedom of an F as they are printed.
fn degrees(statistic: &TestStatistic) -> Option<(Rational, Rational)> {
    let [effect, error, ..] = statistic.degrees.as_slice() else { return None };
    let point = |readings: &[(_, _, Printed)]| readings.first().map(|(_, _, printed)| printed.point());
    let both = point(&effect.readings).zip(point(&error.readings));
    both.filter(|_| statistic.kind == TestKind::F)
}
