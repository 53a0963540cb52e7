//! The order of an F's degrees of freedom: which two numbers may not be those of the effect and of the error, as they stand.
//!
//! An F has the degrees of freedom of its effect before those of its error. Where the second number is the smaller one, or hardly
//! more than one, the two may stand in each other's place, or be those of a model whose error is not the one that is printed: such
//! tests were arguable or misread on all papers that nobody had looked at. Nothing here says that a p-value is right.

use crate::arithmetic::{Rational, rational};
use crate::derive::{Comparison, Expression, Relation, Variant};
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

/// The degrees of freedom of an F as they are printed.
fn degrees(statistic: &TestStatistic) -> Option<(Rational, Rational)> {
    let [effect, error, ..] = statistic.degrees.as_slice() else { return None };
    let point =
        |readings: &[(_, _, crate::arithmetic::Printed)]| readings.first().map(|(_, _, printed)| printed.point());
    let both = point(&effect.readings).zip(point(&error.readings));
    both.filter(|_| statistic.kind == TestKind::F)
}
