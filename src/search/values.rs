//! The quantities of a paper as values that programs can take: what kind each is, and what its digits can stand for.

use serde::{Deserialize, Serialize};

use crate::arithmetic::units::Scale;
use crate::arithmetic::{Dimension, Printed};
use crate::derive::{Operand, OperandOptions};
use crate::extract::{Amount, Comparator, Mentions, Quantity, QuantityIx, QuantityKind};

use super::enclosure::Enclosure;

/// What a value is, as far as its characters tell: only values of fitting kinds are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// A whole number of things.
    Count,
    /// A percentage.
    Percentage,
    /// A number without a unit that is no count.
    Number,
    /// A number with a unit of this dimension, which is not one.
    Measured(Dimension),
}

impl ValueKind {
    /// The kind of a quantity under its most likely reading; `None` where no program takes it: a range, a level on a scale
    /// (20 °C, pH 7), a ratio of two kinds of amounts (mg/g, ppm).
    pub fn of(quantity: &Quantity) -> Option<Self> {
        let reading = quantity.first();
        if matches!(reading.amount, Amount::Range(..)) {
            return None;
        }
        match (quantity.kind, &reading.unit) {
            (QuantityKind::Percentage, _) => Some(Self::Percentage),
            (QuantityKind::Count, _) => Some(Self::Count),
            // A whole number without a noun ("and the other 905") counts what another one names.
            (QuantityKind::Number, None) if is_whole(quantity) => Some(Self::Count),
            (QuantityKind::Number, None) => Some(Self::Number),
            (QuantityKind::Measured, Some(own)) if own.unit.scale == Scale::Linear && !own.unit.dimension.is_one() => {
                Some(Self::Measured(own.unit.dimension))
            }
            _ => None,
        }
    }

    /// The dimension.
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Measured(dimension) => dimension,
            _ => Dimension::ONE,
        }
    }

    /// Whether it is a pure number that may scale another value.
    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Count | Self::Number)
    }
}

/// Whether a quantity is printed as a whole number without a power of ten.
fn is_whole(quantity: &Quantity) -> bool {
    let number = quantity.first().amount.value();
    number.decimals == 0 && number.exponent == 0 && !number.negative
}

/// The unit of the last digit that is not zero: the value over its digits without the zeros at their end.
fn grain(printed: &Printed, enclosure: Enclosure) -> f64 {
    let number = printed.telling_digits().bytes().fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0'));
    if number > 0.0 { enclosure.middle().abs() / number } else { enclosure.width() }
}

/// A quantity as an operand of a program: a count is exact, everything else what its digits stand for.
pub fn operand(role: &str, quantity: &Quantity) -> Operand {
    Operand::quantity(role, quantity, &options(quantity))
}

fn options(quantity: &Quantity) -> OperandOptions {
    let counts = ValueKind::of(quantity) == Some(ValueKind::Count);
    if counts { OperandOptions::count() } else { OperandOptions::printed() }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// What its digits stand for under plain rounding, in coherent SI.
    pub enclosure: Enclosure,
    /// The unit of its last digit that is not zero, in coherent SI: round numbers are met more often than others.
    pub grain: f64,
    /// How many digits it has from the first that is not zero on.
    pub digits: usize,
    /// Whether its sign is more or less than "equal", or a word of approximation stands by.
    pub bounded: bool,
}

impl Value {
    /// Whether its digits are a one with zeros.
    pub fn is_power_of_ten(&self) -> bool {
        let (middle, grain) = (self.enclosure.middle().abs(), self.grain);
        (middle - grain).abs() <= 1e-9 * middle
    }
}

/// The values of a paper, by quantity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    list: Vec<Option<Value>>,
}

impl Values {
    /// The values of all quantities. The numbers of test results and estimates are left out: what they follow from is known, and
    /// nothing else follows from them.
    pub fn of(mentions: &Mentions) -> Self {
        let tests = mentions.statistics.iter().map(|test| test.range);
        let estimates = mentions.estimates.iter().map(|estimate| estimate.range);
        let mut results: Vec<_> = tests.chain(estimates).collect();
        results.sort();
        let longest = results.iter().map(|range| range.end - range.start).max().unwrap_or(0);
        let of_result = |quantity: &Quantity| {
            let from = results.partition_point(|range| range.start + longest < quantity.range.start);
            let mut near = results[from..].iter().take_while(|range| range.start < quantity.range.end);
            near.any(|range| range.overlaps(quantity.range))
        };
        let value = |quantity: &Quantity| {
            if of_result(quantity) {
                return None;
            }
            let kind = ValueKind::of(quantity)?;
            let digits = quantity.first().amount.value().significant_digits().len();
            let bounded = quantity.comparator != Comparator::Equal || quantity.approximate;
            let enclosure = Enclosure::of(&Operand::tight(quantity, &options(quantity)))?;
            let grain = grain(quantity.first().amount.value(), enclosure);
            Some(Value { kind, enclosure, grain, digits, bounded })
        };
        Self { list: mentions.quantities.iter().map(value).collect() }
    }

    /// The value of a quantity, where programs can take it.
    pub fn get(&self, quantity: QuantityIx) -> Option<&Value> {
        self.list.get(quantity.0)?.as_ref()
    }

    /// All values in the order of the text, with their quantities.
    pub fn iter(&self) -> impl Iterator<Item = (QuantityIx, &Value)> {
        self.list.iter().enumerate().filter_map(|(at, value)| Some((QuantityIx(at), value.as_ref()?)))
    }
}
