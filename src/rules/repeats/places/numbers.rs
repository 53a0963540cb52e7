//! All printed numbers of a paper by their digits, so that it can be asked whether a number stands a second time.

use std::collections::BTreeMap;

use crate::arithmetic::Printed;
use crate::document::TextRange;
use crate::extract::{Amount, Mentions, Reported};

/// The digits of a number with the place of the last one. The sign is left out, as it is the first thing to get lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digits(String, i32);

impl Digits {
    /// The digits of a printed number.
    pub fn of(number: &Printed) -> Self {
        Self(number.significant_digits().to_owned(), number.last_place())
    }
}

/// Where each number stands.
#[derive(Debug, Default)]
pub struct Numbers {
    places: BTreeMap<Digits, Vec<TextRange>>,
    printed: Vec<(Printed, TextRange)>,
}

impl Numbers {
    /// The numbers of a paper: its quantities, and those of tests, estimates and means.
    pub fn of(mentions: &Mentions) -> Self {
        let mut numbers = Self::default();
        for quantity in &mentions.quantities {
            for reading in &quantity.readings {
                let (first, second) = match &reading.amount {
                    Amount::Single(value) => (value, None),
                    Amount::Range(first, second) | Amount::PlusMinus(first, second) => (first, Some(second)),
                };
                numbers.add(first, quantity.range);
                if let Some(second) = second {
                    numbers.add(second, quantity.range);
                }
            }
        }
        for subject in &mentions.subjects.list {
            for member in &subject.members {
                numbers.add(&member.printed, subject.range);
            }
        }
        for reported in all_reported(mentions) {
            reported.readings.iter().for_each(|(_, _, printed)| numbers.add(printed, reported.range));
        }
        numbers
    }

    fn add(&mut self, printed: &Printed, range: TextRange) {
        self.places.entry(Digits::of(printed)).or_default().push(range);
        self.printed.push((printed.clone(), range));
    }

    /// Whether the digits stand anywhere that `inside` accepts.
    pub fn stand(&self, digits: &Digits, inside: impl Fn(TextRange) -> bool) -> bool {
        self.places.get(digits).is_some_and(|ranges| ranges.iter().any(|range| inside(*range)))
    }

    /// Whether a number stands anywhere that `inside` accepts, with the same digits or with others that one value can
    /// print as.
    pub fn print_as(&self, number: &Printed, inside: impl Fn(TextRange) -> bool) -> bool {
        let magnitude = |number: &Printed| Printed { negative: false, exact: false, ..number.clone() };
        let own = magnitude(number).tight();
        self.stand(&Digits::of(number), &inside)
            || self.printed.iter().any(|(other, range)| inside(*range) && magnitude(other).tight().meets(&own))
    }
}

fn all_reported(mentions: &Mentions) -> impl Iterator<Item = &Reported> {
    let tests = mentions
        .statistics
        .iter()
        .flat_map(|test| test.degrees.iter().chain([&test.value]).chain(&test.p).chain(&test.n));
    let estimates = mentions.estimates.iter().flat_map(|estimate| {
        let bounds = estimate.interval.iter().flat_map(|interval| [&interval.low, &interval.high]);
        estimate.value.iter().chain(bounds).chain(&estimate.p).chain(&estimate.standard_error)
    });
    tests.chain(estimates)
}
