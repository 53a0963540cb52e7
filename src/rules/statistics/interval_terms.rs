//! What the rules over estimates share: the scale of an estimate, the level of an interval, the conditions in reach, and
//! the reasons that leave a mismatch undecided. No verdict is here.

use crate::arithmetic::{Rational, rational};
use crate::derive::{Comparison, Expression, Operand, OperandOptions, Relation, Variant};
use crate::document::TextRange;
use crate::extract::{Bounds, Comparator, ConditionKind, Estimate, Measure, Mentions, Reported};

/// Levels that intervals have: in percent, as a share, and one minus it.
const LEVELS: [(&str, &str, &str); 9] = [
    ("95", "0.95", "0.05"),
    ("90", "0.9", "0.1"),
    ("99", "0.99", "0.01"),
    ("99.9", "0.999", "0.001"),
    ("98", "0.98", "0.02"),
    ("97.5", "0.975", "0.025"),
    ("99.5", "0.995", "0.005"),
    ("80", "0.8", "0.2"),
    ("68", "0.68", "0.32"),
];

/// The level of an interval as the formulas need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// In percent.
    pub percent: &'static str,
    share: &'static str,
    alpha: &'static str,
}

impl Level {
    /// The levels that an interval may have, the likely one first: the printed one, or the usual ones.
    pub(super) fn of(interval: &Bounds) -> Vec<Self> {
        let all = LEVELS.iter().map(|(percent, share, alpha)| Self { percent, share, alpha });
        match interval.level.as_ref().and_then(first) {
            None => all.take(3).collect(),
            Some(level) => {
                all.filter(|known| rational::parse(known.percent).is_some_and(|known| known == level)).collect()
            }
        }
    }

    /// The level as a constant.
    pub(super) fn share(self) -> Expression {
        Expression::constant(self.share, "the level of the interval")
    }

    /// One minus the level, as a number.
    pub(super) fn rest(self) -> Rational {
        rational::parse(self.alpha).unwrap_or_else(|| rational::ratio(1, 20))
    }

    /// One minus the level, as a constant.
    pub(super) fn alpha(self) -> Expression {
        Expression::constant(self.alpha, "one minus the level of the interval")
    }
}

/// The value of a reported number's likely reading.
pub(super) fn first(reported: &Reported) -> Option<Rational> {
    reported.readings.first().map(|(_, _, printed)| printed.point())
}

/// The scale on which an estimate has an interval of the same length on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// That of the printed numbers.
    Linear,
    /// That of their logarithms.
    Logarithmic,
}

impl Scale {
    /// The scale of what an estimate measures.
    pub(super) const fn of(measure: Measure) -> Self {
        if matches!(measure, Measure::Ratio) { Self::Logarithmic } else { Self::Linear }
    }

    /// The other one.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Linear => Self::Logarithmic,
            Self::Logarithmic => Self::Linear,
        }
    }

    /// An operand on the scale.
    pub(super) fn value(self, at: usize) -> Expression {
        match self {
            Self::Linear => Expression::operand(at),
            Self::Logarithmic => Expression::call("ln", [Expression::operand(at)]),
        }
    }

    /// The length of the interval between two operands.
    pub(super) fn length(self, low: usize, high: usize) -> Expression {
        Expression::call("-", [self.value(high), self.value(low)])
    }

    /// The middle of the interval between two operands.
    pub(super) fn centre(self, low: usize, high: usize) -> Expression {
        Expression::call(self.function("ci_centre"), [Expression::operand(low), Expression::operand(high)])
    }

    /// The standard error by an interval, with degrees of freedom or without.
    pub(super) fn error(self, low: usize, high: usize, level: Level, degrees: Option<Expression>) -> Expression {
        let bounds = [Expression::operand(low), Expression::operand(high), level.share()];
        Expression::call(self.function("ci_se"), bounds.into_iter().chain(degrees))
    }

    /// The p-value of an estimate by its interval, with degrees of freedom or without.
    pub(super) fn p(
        self,
        estimate: Expression,
        (low, high): (usize, usize),
        level: Level,
        degrees: Option<Expression>,
    ) -> Expression {
        let arguments = [estimate, Expression::operand(low), Expression::operand(high), level.share()];
        Expression::call(self.function("p_from_ci"), arguments.into_iter().chain(degrees))
    }

    /// The name of a function of intervals on the scale.
    fn function(self, name: &str) -> &str {
        match (self, name) {
            (Self::Linear, name) => name,
            (Self::Logarithmic, "ci_centre") => "ci_centre_ratio",
            (Self::Logarithmic, "ci_se") => "ci_se_ratio",
            (Self::Logarithmic, _) => "p_from_ci_ratio",
        }
    }

    /// The words for the scale as another reading.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Linear => "an interval on the scale of the printed numbers",
            Self::Logarithmic => "an interval on the logarithmic scale",
        }
    }
}

/// The value that means no effect; `None` where none does.
pub(super) const fn no_effect(measure: Measure) -> Option<&'static str> {
    match measure {
        Measure::Ratio => Some("1"),
        Measure::Coefficient | Measure::Difference | Measure::StandardisedDifference | Measure::Correlation => {
            Some("0")
        }
        _ => None,
    }
}

/// The kinds of the conditions in whose reach a range stands.
pub(super) fn conditions(mentions: &Mentions, range: TextRange) -> Vec<ConditionKind> {
    let reaching = mentions.conditions.iter().filter(|condition| condition.reach.overlaps(range));
    let mut kinds: Vec<ConditionKind> = reaching.map(|condition| condition.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// An estimate with its value, its interval and the conditions that it stands under.
#[derive(Debug)]
pub(super) struct Bounded<'m> {
    /// All that is printed for it.
    pub estimate: &'m Estimate,
    /// Its value.
    pub value: &'m Reported,
    /// Its interval.
    pub interval: &'m Bounds,
    /// The kinds of the conditions in reach.
    pub conditions: Vec<ConditionKind>,
}

impl<'m> Bounded<'m> {
    /// The estimate where it has a value that is no bound, and an interval.
    pub(super) fn new(estimate: &'m Estimate, mentions: &Mentions) -> Option<Self> {
        let value = estimate.value.as_ref().filter(|value| value.comparator == Comparator::Equal)?;
        let interval = estimate.interval.as_ref()?;
        Some(Self { estimate, value, interval, conditions: conditions(mentions, estimate.range) })
    }

    /// Whether a condition stands in reach.
    pub(super) fn has(&self, kind: ConditionKind) -> bool {
        self.conditions.contains(&kind)
    }

    /// The operands: the estimate, the lower and the upper bound, in this order.
    pub(super) fn operands(&self) -> Vec<Operand> {
        let printed = OperandOptions::printed();
        vec![
            Operand::reported("estimate", self.value, &printed),
            Operand::reported("lower bound", &self.interval.low, &printed),
            Operand::reported("upper bound", &self.interval.high, &printed),
        ]
    }

    /// The value and the bounds as printed.
    pub(super) fn points(&self) -> Option<[Rational; 3]> {
        Some([first(self.value)?, first(&self.interval.low)?, first(&self.interval.high)?])
    }

    /// Whether the value, as printed, lies outside the interval, or the bounds are in the wrong order: then no formula of an
    /// estimate in its interval says anything, and another rule speaks of it.
    pub(super) fn is_outside(&self) -> bool {
        self.points().is_none_or(|[value, low, high]| value < low || value > high || low >= high)
    }

    /// Whether the middle of the interval is another number than the value, whatever the digits were rounded from: then the
    /// interval was not made from a standard error. `None` where a number has no ends.
    pub(super) fn is_skewed(&self, scale: Scale) -> Option<bool> {
        let ends = |reported: &Reported| {
            let (_, _, printed) = reported.readings.first()?;
            let hull = printed.tight().hull()?;
            Some((hull.lo().value()?.clone(), hull.hi().value()?.clone()))
        };
        let (value, low, high) = (ends(self.value)?, ends(&self.interval.low)?, ends(&self.interval.high)?);
        let two = rational::whole(2);
        Some(match scale {
            Scale::Linear => &value.1 * &two < &low.0 + &high.0 || &value.0 * &two > &low.1 + &high.1,
            Scale::Logarithmic => &value.1 * &value.1 < &low.0 * &high.0 || &value.0 * &value.0 > &low.1 * &high.1,
        })
    }

    /// A reason why the interval may be no symmetrical interval of this estimate.
    pub(super) fn doubt(&self) -> Option<&'static str> {
        let rates = self.estimate.measure == Measure::Ratio && first(&self.interval.low) > Some(rational::whole(20));
        if self.has(ConditionKind::OtherInterval) {
            Some("a bootstrap, credible, profile, exact or penalised method is named in reach")
        } else if self.has(ConditionKind::OneSidedInterval) {
            Some("an interval with one end is named in reach")
        } else if self.interval.names_its_own {
            Some("the interval names what it is of, which may be another value")
        } else if self.estimate.percent != self.interval.percent {
            Some("the estimate and its interval may be on different scales of percent")
        } else if rates {
            Some("numbers of this size are rates, and hardly ratios")
        } else {
            None
        }
    }
}

/// A formula that equals the stated operand.
pub(super) fn equal(label: &str, left: Expression, stated: usize) -> Variant {
    variant(label, left, Comparison::Equal, stated)
}

/// A formula in a relation with the stated operand.
pub(super) fn variant(label: &str, left: Expression, op: Comparison, stated: usize) -> Variant {
    Variant { label: label.to_owned(), relation: Relation { left, op, right: Expression::operand(stated) } }
}

/// A product of two formulas.
pub(super) fn times(a: Expression, b: Expression) -> Expression {
    Expression::call("*", [a, b])
}

/// A quotient of two formulas.
pub(super) fn over(a: Expression, b: Expression) -> Expression {
    Expression::call("/", [a, b])
}

/// How few degrees of freedom are looked at where none is printed; fewer are hardly found beside an interval.
pub(super) fn few_degrees() -> Expression {
    number("5", "few degrees of freedom, where none is printed")
}

/// A number as a constant.
pub(super) fn number(literal: &str, source: &str) -> Expression {
    Expression::constant(literal, source)
}
