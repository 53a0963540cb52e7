//! Building operands: from a quantity or a reported number of the paper in its role, every reading kept.

use crate::arithmetic::units::{Tags, Unit};
use crate::arithmetic::{Printed, RealSet};
use crate::document::TextRange;
use crate::extract::{Amount, Comparator, Quantity, QuantityKind, QuantityReading, Reported};

use super::literal::{Form, Literal};
use super::proposal::{Operand, OperandReading};

/// How an operand takes its number, beyond what the characters say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperandOptions {
    /// As a point: a count, n, degrees of freedom. Numbers with decimals stay printed numbers.
    pub count: bool,
    /// Tags that the role adds, such as `body-mass`.
    pub tags: Tags,
    /// "< x" as a magnitude below x: of a statistic that is two-sided.
    pub magnitude: bool,
}

impl OperandOptions {
    /// As printed.
    pub fn printed() -> Self {
        Self::default()
    }

    /// As a count.
    pub fn count() -> Self {
        Self { count: true, ..Self::default() }
    }

    /// With a tag that the role adds.
    #[must_use]
    pub fn tagged(mut self, axis: &str, exponent: i8) -> Self {
        self.tags.set(axis, exponent);
        self
    }
}

impl OperandReading {
    /// The reading of a literal: its sets, its type and its text.
    pub fn of_literal(literal: &Literal) -> Self {
        let sets = literal.sets();
        let kind = literal.kind();
        Self {
            choices: Vec::new(),
            cause: None,
            literal: literal.to_string(),
            tight: sets.tight,
            wide: sets.wide,
            unit: literal.unit.clone(),
            dimension: kind.dimension,
            tags: kind.tags,
            exact: literal.is_exact(),
        }
    }
}

impl Operand {
    /// A quantity in its role, with every reading it has. A range is everything between its ends; of "a ± b" it is a.
    pub fn quantity(role: &str, quantity: &Quantity, options: &OperandOptions) -> Self {
        let readings = quantity.readings.iter().map(|reading| of_quantity(quantity, reading, options)).collect();
        Self { role: role.to_owned(), range: quantity.range, readings }
    }

    /// The set of such an operand under its first reading and plain rounding, where nothing else of it is asked.
    pub fn tight(quantity: &Quantity, options: &OperandOptions) -> RealSet {
        literal_of_quantity(quantity, quantity.first(), options).tight()
    }

    /// One number of a quantity that has two (an end of a range), chosen by `pick`, with the quantity's unit; readings
    /// for which `pick` gives nothing are left out. `None` where none is left.
    pub fn part(
        role: &str,
        quantity: &Quantity,
        options: &OperandOptions,
        pick: impl Fn(&Amount) -> Option<&Printed>,
    ) -> Option<Self> {
        let readings: Vec<_> = quantity
            .readings
            .iter()
            .filter_map(|reading| {
                let single =
                    QuantityReading { amount: Amount::Single(pick(&reading.amount)?.clone()), ..reading.clone() };
                Some(of_quantity(quantity, &single, options))
            })
            .collect();
        if readings.is_empty() {
            return None;
        }
        Some(Self { role: role.to_owned(), range: quantity.range, readings })
    }

    /// A number of a reported test in its role, with every reading it has; it has no unit.
    pub fn reported(role: &str, reported: &Reported, options: &OperandOptions) -> Self {
        let readings = reported
            .readings
            .iter()
            .map(|(choices, cause, number)| {
                let literal = literal_of(number, None, Unit::one(), reported.comparator, options);
                OperandReading { choices: choices.clone(), cause: *cause, ..OperandReading::of_literal(&literal) }
            })
            .collect();
        Self { role: role.to_owned(), range: reported.range, readings }
    }

    /// A literal at a place of the paper, with that one reading.
    pub fn literal(role: &str, range: TextRange, literal: &Literal) -> Self {
        Self { role: role.to_owned(), range, readings: vec![OperandReading::of_literal(literal)] }
    }
}

fn of_quantity(quantity: &Quantity, reading: &QuantityReading, options: &OperandOptions) -> OperandReading {
    let literal = literal_of_quantity(quantity, reading, options);
    OperandReading { choices: reading.choices.clone(), cause: reading.cause, ..OperandReading::of_literal(&literal) }
}

fn literal_of_quantity(quantity: &Quantity, reading: &QuantityReading, options: &OperandOptions) -> Literal {
    let (number, to) = match &reading.amount {
        Amount::Single(number) | Amount::PlusMinus(number, _) => (number, None),
        Amount::Range(from, to) => (from, Some(to.clone())),
    };
    let count = options.count || quantity.kind == QuantityKind::Count;
    let unit = reading.unit.as_ref().map_or_else(Unit::one, |unit| unit.unit.clone());
    let options = OperandOptions { count, ..options.clone() };
    literal_of(number, to, unit, quantity.comparator, &options)
}

fn literal_of(
    number: &Printed,
    to: Option<Printed>,
    unit: Unit,
    comparator: Comparator,
    options: &OperandOptions,
) -> Literal {
    // A count is printed to its last digit; "1.2 million" and "2.5e3" are rounded whatever they count.
    let whole = number.decimals == 0 && number.exponent == 0;
    let form = match Form::of(comparator) {
        Form::Plain if to.is_some() => Form::Range,
        Form::Plain if number.exact || (options.count && whole) => Form::Exact,
        Form::Below if options.magnitude => Form::Within,
        form => form,
    };
    let to = if form == Form::Range { to } else { None };
    Literal { form, number: number.clone(), to, unit, added: options.tags.clone() }
}
