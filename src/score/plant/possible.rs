//! Whether a printed value can be right, worked out apart from the rules and their verdicts.
//!
//! The values that a claim allows are given (the derived set of the untouched claim, or of its relation with another
//! operand); what the new digits stand for is worked out here from the digits alone. A slip counts only where plain
//! rounding, half a unit in the last place either way, cannot reconcile the two.

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::{Interval, RealSet};

/// How a value is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a rounded number.
    Rounded,
    /// As a count.
    Exact,
    /// As a bound that it is below: `p < .05`.
    Below,
    /// As a bound that it is above.
    Above,
}

/// Whether a statement can be true of what is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    /// Under plain rounding.
    Plainly,
    /// Only under another habit: truncation, or zeros that were not counted as digits.
    ByHabit,
    /// Under no habit.
    No,
}

/// A value as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// How.
    pub form: Form,
    /// Its value.
    pub value: Rational,
    /// The unit in its last place.
    pub unit: Rational,
    /// The unit in the place of its last digit that is not a zero.
    pub coarse: Rational,
}

impl Statement {
    /// The values that the statement stands for when it may be `step` off.
    fn within(&self, step: &Rational) -> RealSet {
        let value = &self.value;
        match self.form {
            Form::Rounded => Interval::closed(value - step, value + step).into(),
            Form::Exact => RealSet::point(value.clone()),
            Form::Below => Interval::below(value.clone(), false).into(),
            Form::Above => Interval::above(value.clone(), false).into(),
        }
    }

    /// Whether it can be true of a value of `tight` (operands plainly rounded) or of `wide` (by any habit).
    pub fn possible(&self, tight: &RealSet, wide: &RealSet) -> Possible {
        if self.within(&(&self.unit / rational::whole(2))).meets(tight) {
            Possible::Plainly
        } else if self.within(&self.coarse).meets(wide) {
            Possible::ByHabit
        } else {
            Possible::No
        }
    }

    /// The same digits with a unit that is `factor` times as large.
    #[must_use]
    pub fn scaled(&self, factor: &Rational) -> Self {
        let times = |value: &Rational| value * factor;
        Self { form: self.form, value: times(&self.value), unit: times(&self.unit), coarse: times(&self.coarse) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;

    #[test]
    fn half_a_unit_is_plain_a_whole_one_a_habit_and_more_is_neither() {
        let unit = ratio(1, 1000);
        let statement = |value, form| Statement { form, value, unit: unit.clone(), coarse: unit.clone() };
        // p of t(28) = 2.20 lies in about [.0358, .0366].
        let derived: RealSet = Interval::closed(ratio(358, 10_000), ratio(366, 10_000)).into();
        let judge = |value, form| statement(value, form).possible(&derived, &derived);
        assert_eq!(judge(ratio(36, 1000), Form::Rounded), Possible::Plainly);
        assert_eq!(judge(ratio(35, 1000), Form::Rounded), Possible::ByHabit);
        assert_eq!(judge(ratio(63, 1000), Form::Rounded), Possible::No);
        assert_eq!(judge(ratio(36, 1000), Form::Below), Possible::Plainly);
        assert_eq!(judge(ratio(35, 1000), Form::Below), Possible::No);
        assert_eq!(judge(ratio(1, 20), Form::Above), Possible::No);
        let thousandfold = statement(ratio(36, 1000), Form::Rounded).scaled(&ratio(1000, 1));
        assert_eq!(thousandfold.possible(&derived, &derived), Possible::No);
    }
}
