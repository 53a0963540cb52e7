//! The degrees of freedom of an F that may not be those of its p-value: two in each other's place, and such as a correction made
//! smaller for the p-value alone.
//!
//! An F has the degrees of freedom of its effect before those of its error. Where the second number is the smaller one, or hardly
//! more than one, the two may stand in each other's place, or be those of a model whose error is not the one that is printed: such
//! tests were arguable or misread on all papers that nobody had looked at. Of measures that are repeated, programs print the plain
//! degrees of freedom beside a p-value that is corrected (Greenhouse and Geisser, Huynh and Feldt), whether the text says so or not:
//! such a p-value lies between the plain one and that of the lower bound of the correction, 1 and a share of the error. Nothing here
//! says that a p-value is right.

use crate::arithmetic::{Rational, rational};
use crate::derive::{Comparison, Expression, Limits, Proposal, Relation, Variant, Verdict, evaluate};
use crate::extract::{TestKind, TestStatistic};

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

/// What a p-value that does not follow may be all the same.
pub(super) fn may_be_meant(proposal: &Proposal, statistic: &TestStatistic) -> Option<&'static str> {
    if may_be_corrected(proposal, statistic) {
        return Some("a correction of the degrees of freedom that is not printed");
    }
    is_halved(proposal, statistic).then_some("half of it is printed, as for a one-tailed test")
}

/// Whether a p-value that does not follow, the fourth operand behind statistic, effect and error, may be one of corrected degrees of
/// freedom that are not printed: the error has a whole number of times those of an effect of two or more, as it has where measures are
/// repeated, and the value lies between the plain one and the lower bound.
fn may_be_corrected(proposal: &Proposal, statistic: &TestStatistic) -> bool {
    let Some((effect, error)) = degrees(statistic) else { return false };
    if effect < rational::whole(2) || error < effect || !(error / effect).is_integer() {
        return false;
    }
    let [value, of_effect, of_error, p] = [0, 1, 2, 3].map(Expression::operand);
    let plain = Expression::call("p_f", [value.clone(), of_effect.clone(), of_error.clone()]);
    let share = Expression::call("/", [of_error, of_effect]);
    let lowest =
        Expression::call("p_f", [value, Expression::constant("1", "the lower bound of the correction"), share]);
    let asked = |left: Expression| {
        let own = Proposal::new(&proposal.code, proposal.operands.clone(), 3, Relation::equal(left, p.clone()));
        evaluate(&own, &Limits::default()).verdict
    };
    matches!(asked(plain.clone()), Verdict::Inconsistent(_))
        && asked(Expression::call("between", [plain, lowest])) == Verdict::Consistent
}

/// Whether half of what follows is printed for an F of several degrees of freedom of its effect. Such a test has no tails to halve, but
/// where all of a paper's p-values are halved, that is a matter of its method.
fn is_halved(proposal: &Proposal, statistic: &TestStatistic) -> bool {
    if degrees(statistic).is_none_or(|(effect, _)| effect < rational::whole(2)) {
        return false;
    }
    let plain = Expression::call("p_f", [0, 1, 2].map(Expression::operand));
    let half = Expression::call("/", [plain, Expression::constant("2", "half of the p-value")]);
    let relation = Relation::equal(half, Expression::operand(3));
    let own = Proposal::new(&proposal.code, proposal.operands.clone(), 3, relation);
    evaluate(&own, &Limits::default()).verdict == Verdict::Consistent
}

/// The degrees of freedom of an F as they are printed.
fn degrees(statistic: &TestStatistic) -> Option<(Rational, Rational)> {
    let [effect, error, ..] = statistic.degrees.as_slice() else { return None };
    let point =
        |readings: &[(_, _, crate::arithmetic::Printed)]| readings.first().map(|(_, _, printed)| printed.point());
    let both = point(&effect.readings).zip(point(&error.readings));
    both.filter(|_| statistic.kind == TestKind::F)
}
