//! The numbers of one subject in their roles, and how two of the same role compare as they are printed.

use crate::arithmetic::{Printed, Rational};
use crate::extract::quantity::{Comparator, Quantity, QuantityIx};
use crate::extract::statistic::{EffectKind, Reported};

use super::slip::Slip;

/// What a number is within its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A number of degrees of freedom, by its place.
    Degrees(usize),
    /// The statistic, the estimate, the mean, or a single number.
    Value,
    /// A standard deviation or error.
    Spread,
    /// The lower bound of the interval.
    Low,
    /// The upper bound.
    High,
    /// The p-value.
    P,
    /// The statistic of the test of an estimate.
    Test,
    /// An effect size beside a test.
    Effect(EffectKind),
    /// The number of cases.
    Size,
    /// A count that a percentage is of.
    Count,
    /// A percentage of a count.
    Percentage,
}

impl Role {
    /// The role in the words of the field.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Degrees(_) => "degrees of freedom",
            Self::Value => "value",
            Self::Spread => "spread",
            Self::Low => "lower bound",
            Self::High => "upper bound",
            Self::P => "p-value",
            Self::Test => "test statistic",
            Self::Effect(_) => "effect size",
            Self::Size => "sample size",
            Self::Count => "count",
            Self::Percentage => "percentage",
        }
    }
}

/// Where a number comes from, with its readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberValue {
    /// A number of a test, an estimate or a summary.
    Reported(Reported),
    /// A quantity of the paper.
    Quantity(QuantityIx),
}

/// A number of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What it is.
    pub role: Role,
    /// Its readings.
    pub value: MemberValue,
    /// The number of the likely reading.
    pub printed: Printed,
    /// Its relation sign.
    pub comparator: Comparator,
}

/// How two printed numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same digits with the same sign of relation.
    Identical,
    /// One value rounds to both.
    Meets,
    /// None can; with the slip that leads from one to the other, if any.
    Differs(Option<Slip>),
}

impl Member {
    /// A reported number in its role.
    pub(super) fn reported(role: Role, reported: &Reported) -> Option<Self> {
        let printed = reported.printed()?.clone();
        let comparator = reported.comparator;
        Some(Self { role, value: MemberValue::Reported(reported.clone()), printed, comparator })
    }

    /// A quantity in its role, where it is one number.
    pub fn of_quantity(role: Role, at: QuantityIx, quantity: &Quantity) -> Option<Self> {
        let printed = quantity.single()?.clone();
        Some(Self { role, value: MemberValue::Quantity(at), printed, comparator: quantity.comparator })
    }

    /// How many of its digits tell it from others: zeros in front do not, and a bound tells nothing.
    pub fn digits(&self) -> usize {
        if self.comparator == Comparator::Equal { self.printed.significant_digits().len() } else { 0 }
    }

    /// How many of its digits a number that is not rounded would have: noughts at the end may be chosen or rounded.
    pub fn telling_digits(&self) -> usize {
        let trimmed = self.printed.telling_digits().len();
        if self.digits() == 0 { 0 } else { trimmed.max(1) }
    }

    /// How it compares with a number of the same role.
    pub fn compare(&self, other: &Self) -> Likeness {
        let (own, others) = (&self.printed, &other.printed);
        let same_digits = own.significant_digits() == others.significant_digits()
            && own.last_place() == others.last_place()
            && own.negative == others.negative;
        match (self.comparator, other.comparator) {
            (a, b) if same_digits && a == b => Likeness::Identical,
            (Comparator::Equal, Comparator::Equal) => {
                if same_digits || own.tight().meets(&others.tight()) {
                    Likeness::Meets
                } else {
                    Likeness::Differs(Slip::between(own, others))
                }
            }
            (Comparator::Equal, bound) => Self::against(own, bound, others),
            (bound, Comparator::Equal) => Self::against(others, bound, own),
            _ => Likeness::Meets,
        }
    }

    /// A number against a bound: as printed, with everything that rounds to it.
    fn against(number: &Printed, bound: Comparator, at: &Printed) -> Likeness {
        let half = number.unit_in_last_place() / Rational::from_integer(2.into());
        let (value, bound_at) = (number.point(), at.point());
        let meets = match bound {
            Comparator::Less | Comparator::AtMost => value - half <= bound_at,
            Comparator::Greater | Comparator::AtLeast => value + half >= bound_at,
            Comparator::Equal => true,
        };
        if meets { Likeness::Meets } else { Likeness::Differs(None) }
    }
}
