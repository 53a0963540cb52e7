//! The rows and the columns of a table as lines of numbers under a name, so that a formula over named numbers is looked for in
//! both in one way.

use num_traits::ToPrimitive;

use crate::derive::{Operand, OperandOptions};
use crate::document::Table;
use crate::extract::{Amount, CellKind, Comparator, Mentions, Quantity, QuantityIx, TableContent};
use crate::rules::binding;

/// A number as printed, with its rounding for the search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// The quantity.
    pub ix: QuantityIx,
    /// The number itself.
    pub point: f64,
    /// Half a unit of its last place.
    pub half: f64,
}

/// A row or column of a table with its name and numbers.
#[derive(Debug)]
pub(super) struct Line {
    /// The label of the row, or the nearest heading.
    pub name: String,
    /// The number of each place.
    pub numbers: Vec<Option<Number>>,
}

impl Line {
    /// The number of a place.
    pub fn at(&self, place: usize) -> Option<Number> {
        self.numbers.get(place).copied().flatten()
    }
}

/// A quantity as such a number, where it is one and no bound; of "a ± b" it is a.
pub(super) fn number(ix: QuantityIx, quantity: &Quantity) -> Option<Number> {
    let (Amount::Single(value) | Amount::PlusMinus(value, _)) = &quantity.first().amount else { return None };
    let (point, unit) = (value.point().to_f64()?, value.unit_in_last_place().to_f64()?);
    (quantity.comparator == Comparator::Equal).then_some(Number { ix, point, half: unit / 2.0 })
}

/// The number of a cell that holds one, or one with its uncertainty.
fn cell(content: &TableContent, row: usize, column: usize, mentions: &Mentions) -> Option<Number> {
    let cell = content.content(row, column)?;
    let most = match cell.kind {
        // "4.2126 (1)" is a number with the uncertainty of its last digit.
        CellKind::MeanAndDeviation | CellKind::MeanPlusMinus | CellKind::Number => 2,
        _ => 1,
    };
    let only = *cell.quantities.first().filter(|_| cell.quantities.len() <= most)?;
    number(only, binding::quantity(mentions, only)?)
}

/// The rows below the headings.
pub(super) fn rows(table: &Table, content: &TableContent, mentions: &Mentions) -> Vec<Line> {
    let body = table.header_rows as usize..table.rows as usize;
    let of = |row: usize| {
        let numbers = content.label_columns..content.columns;
        Line {
            name: content.label(row).to_owned(),
            numbers: numbers.map(|column| cell(content, row, column, mentions)).collect(),
        }
    };
    body.map(of).collect()
}

/// The columns right of the labels.
pub(super) fn columns(table: &Table, content: &TableContent, mentions: &Mentions) -> Vec<Line> {
    let of = |column: usize| {
        let numbers = table.header_rows as usize..table.rows as usize;
        Line {
            name: content.heading(column).next().unwrap_or_default().to_owned(),
            numbers: numbers.map(|row| cell(content, row, column, mentions)).collect(),
        }
    };
    (content.label_columns..content.columns).map(of).collect()
}

/// A quantity as an operand without its unit, which the formula has; of "a ± b" it is a.
pub(super) fn bare(role: &str, mentions: &Mentions, at: QuantityIx) -> Option<Operand> {
    let own = binding::bare(binding::quantity(mentions, at)?);
    Operand::part(role, &own, &OperandOptions::printed(), |amount| Some(amount.value()))
}
