//! The two values of a change: two quantities or the ends of a range, with the unit that one of them may lend the other.

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::units::Scale;
use crate::arithmetic::{Dimension, Printed};
use crate::document::TextRange;
use crate::extract::{Amount, Mentions, Quantity, QuantityKind, QuantityReading};
use crate::rules::binding;
use crate::rules::pattern::Match;

/// From so many telling digits on a value is a result and hardly a step of what was varied.
const RESULT: usize = 3;

/// The two values of a change, the first one first, each as one printed number.
pub(super) struct Ends(pub [Quantity; 2]);

impl Ends {
    /// The ends of a match; `None` where one is no plain number, both are years, or they are measured in two things.
    pub fn of(found: &Match<'_>, mentions: &Mentions) -> Option<Self> {
        let mut pair = if let Some(range) = found.quantity("ab") {
            halves(binding::quantity(mentions, range)?)?
        } else {
            let [a, b] = ["a", "b"].map(|name| binding::quantity(mentions, found.quantity(name)?).cloned());
            [a?, b?]
        };
        lend_unit(&mut pair);
        let [first, second] = &pair;
        let plain = binding::is_plain(first) && binding::is_plain(second);
        (plain && are_alike(first, second) && !(is_year(first) && is_year(second))).then_some(Self(pair))
    }

    /// Whether both are percentages.
    pub fn are_percentages(&self) -> bool {
        self.0.iter().all(|end| end.kind == QuantityKind::Percentage)
    }

    /// Whether both say what they are of: a unit, a percentage, or things that are counted.
    pub fn are_named(&self) -> bool {
        self.0.iter().all(|end| end.kind != QuantityKind::Number)
    }

    /// Whether they look like results and not like steps of what was varied: one has three telling digits; of times and
    /// temperatures, which experiments step through, both have.
    pub fn are_results(&self) -> bool {
        self.0.iter().any(is_telling) && !self.may_be_a_course()
    }

    /// Whether they are times or temperatures of fewer than three telling digits: something may have changed in their course.
    pub fn may_be_a_course(&self) -> bool {
        let stepped = |end: &Quantity| {
            let unit = end.first().unit.as_ref().map(|unit| unit.unit.dimension);
            unit.is_some_and(|dimension| dimension == Dimension::TIME || dimension == Dimension::TEMPERATURE)
        };
        self.0.iter().any(stepped) && !self.0.iter().all(is_telling)
    }

    /// Whether both count things.
    pub fn are_counted(&self) -> bool {
        self.0.iter().all(|end| end.kind == QuantityKind::Count)
    }

    /// Whether one is so many quarters of the other, as the steps are in which something is varied: 1.25 and 2.50, 128 and 256.
    pub fn are_multiples(&self) -> bool {
        let [Some(first), Some(second)] = [0, 1].map(|at| self.point(at)) else { return false };
        let zero = rational::whole(0);
        if first == zero || second == zero {
            return true;
        }
        let quarters = |a: &Rational, b: &Rational| (a / b * rational::whole(4)).is_integer();
        quarters(&first, &second) || quarters(&second, &first)
    }

    /// An end's value in coherent SI, as its digits say it.
    fn point(&self, at: usize) -> Option<Rational> {
        let end = self.0.get(at)?;
        let point = end.single()?.point();
        Some(match end.first().unit.as_ref() {
            Some(unit) => point * &unit.unit.factor.conventional,
            None => point,
        })
    }

    /// Whether the second value is below the first, by their digits; both are of one unit's measure.
    pub fn fall(&self) -> Option<bool> {
        Some(self.point(1)? < self.point(0)?)
    }

    /// Whether a word of approximation stands by one of them.
    pub fn are_approximate(&self) -> bool {
        self.0.iter().any(|end| end.approximate)
    }
}

/// Whether a number has the digits of a result.
fn is_telling(end: &Quantity) -> bool {
    end.first().amount.value().telling_digits().len() >= RESULT
}

/// A range as its two ends, each with its own characters.
fn halves(range: &Quantity) -> Option<[Quantity; 2]> {
    let Amount::Range(from, to) = &range.first().amount else { return None };
    let length = |number: &Printed| number.text.chars().count();
    let (start, end) = (range.number.start, range.number.end);
    let places = [
        TextRange::new(start, (start + length(from)).min(end)),
        TextRange::new(end.saturating_sub(length(to)).max(start), range.range.end),
    ];
    let half = |second: bool| {
        let of = |reading: &QuantityReading| match &reading.amount {
            Amount::Range(from, to) => {
                let number = if second { to } else { from };
                Some(QuantityReading { amount: Amount::Single(number.clone()), ..reading.clone() })
            }
            _ => None,
        };
        let readings: Vec<QuantityReading> = range.readings.iter().filter_map(of).collect();
        Quantity { readings, range: places[usize::from(second)], number: places[usize::from(second)], ..range.clone() }
    };
    Some([half(false), half(true)])
}

/// A unit that stands at one of two values only is that of both: "from 33.2 deaths per 1,000 to 23.9".
fn lend_unit(pair: &mut [Quantity; 2]) {
    let has_unit = |end: &Quantity| end.first().unit.is_some();
    let (lender, borrower) = match (has_unit(&pair[0]), has_unit(&pair[1])) {
        (true, false) => (0, 1),
        (false, true) => (1, 0),
        _ => return,
    };
    let (unit, kind) = (pair[lender].first().unit.clone(), pair[lender].kind);
    let borrower = &mut pair[borrower];
    borrower.kind = kind;
    borrower.readings.iter_mut().for_each(|reading| reading.unit.clone_from(&unit));
}

/// Whether both are measured in the same thing on a scale with a true zero.
fn are_alike(a: &Quantity, b: &Quantity) -> bool {
    let unit = |quantity: &Quantity| quantity.first().unit.as_ref().map(|unit| unit.unit.clone());
    match (unit(a), unit(b)) {
        (Some(a), Some(b)) => {
            a.dimension == b.dimension && a.tags == b.tags && a.scale == Scale::Linear && b.scale == Scale::Linear
        }
        (None, None) => true,
        _ => false,
    }
}

/// Whether a number looks like a year.
fn is_year(quantity: &Quantity) -> bool {
    let value = quantity.first().amount.value();
    let digits = value.digits.as_str();
    quantity.first().unit.is_none() && value.decimals == 0 && digits.len() == 4 && ("1500".."2100").contains(&digits)
}
