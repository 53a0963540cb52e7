//! Reads the cells of a table: the form of their characters, and what the words around them announce.

use crate::arithmetic::Printed;
use crate::arithmetic::units::{self, Unit};
use crate::document::{Document, Table, TextRange};
use crate::extract::mentions::Sentence;
use crate::extract::quantity::{Amount, Comparator, Quantity, QuantityIx, QuantityKind, UnitReading};
use crate::extract::source::Source;

use super::content::{CellContent, CellKind, TableContent};
use super::notation::{Notation, notation, of_label, says_pairs};
use super::shape::{self, Shape};
use super::{layout, letters};

/// Reads the tables of a document. Numbers that heading or label call percentages get the unit of one.
pub(in crate::extract) fn read(
    source: &Source<'_>,
    document: &Document,
    sentences: &[Sentence],
    quantities: &mut [Quantity],
) -> Vec<TableContent> {
    let mut next = 0;
    let mut tables = Vec::new();
    for (at, table) in document.tables.iter().enumerate() {
        while quantities.get(next).is_some_and(|quantity| quantity.range.start < table.range.start) {
            next += 1;
        }
        let mut cells = vec![CellContent::default(); table.cells.len()];
        while let Some(quantity) = quantities.get(next).filter(|quantity| quantity.range.end <= table.range.end) {
            let cell = sentences.get(quantity.sentence).and_then(|sentence| sentence.cell);
            if let Some(content) = cell.filter(|cell| cell.table == at).and_then(|cell| cells.get_mut(cell.cell)) {
                content.quantities.push(QuantityIx(next));
            }
            next += 1;
        }
        let mut content = layout::describe(source, table, cells);
        let explained = letters::defined(&content.caption);
        if !explained.is_empty() {
            let own = content.cells.iter().flat_map(|cell| &cell.quantities);
            for quantity in own {
                if let Some(quantity) = quantities.get_mut(quantity.0) {
                    letters::strip(source, &explained, quantity);
                }
            }
        }
        Reader { source, table, content: &mut content, quantities: &mut *quantities }.read();
        tables.push(content);
    }
    tables
}

struct Reader<'r, 's> {
    source: &'r Source<'s>,
    table: &'r Table,
    content: &'r mut TableContent,
    quantities: &'r mut [Quantity],
}

/// What is announced for a cell.
#[derive(Clone, Copy, Debug, Default)]
struct Announced {
    notation: Option<Notation>,
    /// Whether the label of the row or of its group announces it.
    by_row: bool,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let columns: Vec<Option<Notation>> =
            (0..self.content.columns).map(|column| self.content.heading(column).find_map(notation)).collect();
        let caption = notation(self.content.caption.lines().next().unwrap_or_default());
        let caption = caption.filter(|notation| *notation == Notation::CountAndPercentage);
        let noted = says_pairs(&self.content.caption).then_some(Notation::CountAndPercentage);
        let rows: Vec<Option<Notation>> = (0..self.content.labels.len())
            .map(|row| {
                of_label(self.content.label(row)).or_else(|| {
                    // A heading of groups such as "Age, years" says nothing of the counts in them.
                    of_label(self.content.group(row))
                        .filter(|notation| *notation != Notation::Measure || self.says_mean(row))
                })
            })
            .collect();
        let shapes: Vec<Shape> = (0..self.table.cells.len()).map(|at| self.shape(at)).collect();
        for (at, cell) in self.table.cells.iter().enumerate() {
            let (row, column) = (cell.row as usize, cell.column as usize);
            let announced = if cell.row < self.table.header_rows || column < self.content.label_columns {
                Announced::default()
            } else {
                let by_row = rows.get(row).copied().flatten();
                let by_column = columns.get(column).copied().flatten();
                let said = match (by_row, by_column) {
                    // "n" beside "Total (% of samples)" is a count; below a bare "%" the number is a percentage even so.
                    (Some(Notation::Count), Some(Notation::Percentage)) if !self.is_bare_percent(column) => by_row,
                    _ => together(by_row, by_column).or(caption).or(noted.filter(|_| shapes[at] == Shape::Pair)),
                };
                let beside = |column: Option<usize>| {
                    column.and_then(|column| self.content.at(row, column)).and_then(|cell| shapes.get(cell)).copied()
                };
                let (before, behind) = (beside(column.checked_sub(1)), beside(Some(column + 1)));
                Announced { notation: apart(said, shapes[at], before, behind), by_row: by_row.is_some() }
            };
            let shape = shapes[at];
            self.cell(at, shape, announced);
        }
    }

    /// Whether the words over a column say percent and nothing else.
    fn is_bare_percent(&self, column: usize) -> bool {
        let words = self.content.heading(column).next().unwrap_or_default().to_lowercase();
        matches!(words.trim_matches(|c: char| !c.is_alphanumeric()), "" | "percent" | "percentage" | "per cent" | "pct")
    }

    /// Whether the heading of a row's group names a mean or the like, and not only something that can be measured.
    fn says_mean(&self, row: usize) -> bool {
        let words = self.content.group(row).to_lowercase();
        ["mean", "median", "sd", "iqr", "range"].iter().any(|word| words.contains(word))
    }

    /// The form of a cell.
    fn shape(&self, at: usize) -> Shape {
        let (Some(cell), Some(content)) = (self.table.cells.get(at), self.content.cells.get(at)) else {
            return Shape::Other;
        };
        let ranges: Vec<TextRange> = content
            .quantities
            .iter()
            .filter_map(|ix| self.quantities.get(ix.0))
            .map(|quantity| quantity.range)
            .collect();
        let end = super::marks::strip(self.source, cell.range.start, cell.range.end);
        shape::of(self.source, TextRange::new(cell.range.start, end), &ranges)
    }

    fn cell(&mut self, at: usize, shape: Shape, announced: Announced) {
        let Some(content) = self.content.cells.get(at) else { return };
        let found = content.quantities.clone();
        let mut read = self.kind(shape, &found, announced.notation);
        if let Some(QuantityIx(percentage)) = read.percentage
            && let Some(quantity) = self.quantities.get_mut(percentage)
        {
            read.plainly = announced.by_row || quantity.kind == QuantityKind::Percentage;
            make_percentage(quantity);
        }
        read.quantities = found;
        if let Some(content) = self.content.cells.get_mut(at) {
            *content = read;
        }
    }

    /// What a cell of a form says under a notation.
    fn kind(&self, shape: Shape, found: &[QuantityIx], notation: Option<Notation>) -> CellContent {
        let of = |kind: CellKind| CellContent { kind, ..CellContent::default() };
        let pair = |count: QuantityIx, percentage: QuantityIx| CellContent {
            count: Some(count),
            percentage: Some(percentage),
            ..of(CellKind::CountAndPercentage)
        };
        match (shape, found) {
            (Shape::Missing, _) => of(CellKind::Missing),
            (Shape::Single | Shape::Bracketed, [only]) => self.single(*only, notation),
            (Shape::Pair | Shape::NumberedPair, [first, second]) => match self.counted(*first, *second, notation) {
                Some((count, percentage)) => pair(count, percentage),
                None if self.is_range(*second) => of(CellKind::EstimateAndInterval),
                None if notation == Some(Notation::Measure) => of(CellKind::MeanAndDeviation),
                None => of(CellKind::Number),
            },
            (Shape::FractionPair, [count, whole, percentage]) | (Shape::PairFraction, [percentage, count, whole])
                if self.is_whole(*count) && self.is_whole(*whole) && self.can_be_percentage(*percentage, notation) =>
            {
                CellContent { whole: Some(*whole), ..pair(*count, *percentage) }
            }
            (Shape::Fraction, [count, whole]) if self.is_whole(*count) && self.is_whole(*whole) => {
                CellContent { count: Some(*count), whole: Some(*whole), ..of(CellKind::Count) }
            }
            (Shape::WholeAndParts | Shape::PairFraction, [whole, first, second])
                if [whole, first, second].iter().all(|ix| self.is_whole(**ix)) =>
            {
                of(CellKind::WholeAndParts)
            }
            (Shape::Interval, _) => of(CellKind::EstimateAndInterval),
            _ => of(CellKind::Text),
        }
    }

    fn single(&self, only: QuantityIx, notation: Option<Notation>) -> CellContent {
        let of = |kind: CellKind| CellContent { kind, ..CellContent::default() };
        let Some(quantity) = self.quantities.get(only.0) else { return of(CellKind::Text) };
        let percentage = CellContent { percentage: Some(only), ..of(CellKind::Percentage) };
        match (&quantity.first().amount, quantity.kind, notation) {
            (Amount::Range(..), ..) => of(CellKind::Range),
            (Amount::PlusMinus(..), ..) => of(CellKind::MeanPlusMinus),
            (_, QuantityKind::Percentage, Some(Notation::OtherPercentage)) => of(CellKind::Number),
            (_, kind, Some(Notation::PValue)) if kind != QuantityKind::Percentage => of(CellKind::PValue),
            (_, QuantityKind::Percentage, _) => percentage,
            // What is above 100 and has no sign is hardly a percentage, whatever stands over it.
            (_, QuantityKind::Number | QuantityKind::Count, Some(Notation::Percentage)) if !self.is_large(only) => {
                percentage
            }
            (_, _, Some(Notation::Measure | Notation::OtherPercentage | Notation::Several)) => of(CellKind::Number),
            _ if self.is_whole(only) => {
                let said = quantity.kind == QuantityKind::Count
                    || matches!(notation, Some(Notation::Count | Notation::CountAndPercentage));
                let kind = if said { CellKind::Count } else { CellKind::Number };
                CellContent { count: Some(only), ..of(kind) }
            }
            _ => of(CellKind::Number),
        }
    }

    /// Which of two numbers is the count and which its percentage, where they are such.
    fn counted(
        &self,
        first: QuantityIx,
        second: QuantityIx,
        notation: Option<Notation>,
    ) -> Option<(QuantityIx, QuantityIx)> {
        let kind = |ix: QuantityIx| self.quantities.get(ix.0).map(|quantity| quantity.kind);
        let signed = |ix: QuantityIx| kind(ix) == Some(QuantityKind::Percentage);
        let counted = match (signed(first), signed(second), notation) {
            (_, _, Some(Notation::OtherPercentage | Notation::Measure | Notation::PValue)) => None,
            (true, false, _) | (false, false, Some(Notation::PercentageAndCount)) => Some((second, first)),
            (false, true, _) | (false, false, Some(Notation::CountAndPercentage | Notation::Percentage)) => {
                Some((first, second))
            }
            _ => None,
        };
        // What is above 100 and has no sign is hardly a percentage here either: "1620 (1581)" is a mean with its deviation.
        let can_be =
            |percentage: QuantityIx| self.is_plain(percentage) && (signed(percentage) || !self.is_large(percentage));
        counted.filter(|(count, percentage)| self.is_whole(*count) && can_be(*percentage))
    }

    fn can_be_percentage(&self, ix: QuantityIx, notation: Option<Notation>) -> bool {
        let signed = self.quantities.get(ix.0).is_some_and(|quantity| quantity.kind == QuantityKind::Percentage);
        let said = matches!(
            notation,
            Some(Notation::CountAndPercentage | Notation::Percentage | Notation::PercentageAndCount)
        );
        (signed || said) && self.is_plain(ix)
    }

    fn is_plain(&self, ix: QuantityIx) -> bool {
        self.quantities.get(ix.0).is_some_and(|quantity| {
            let percent = quantity.kind == QuantityKind::Percentage || quantity.first().unit.is_none();
            quantity.comparator == Comparator::Equal
                && quantity.single().is_some_and(|value| !value.negative)
                && percent
        })
    }

    /// Whether a number is above 100.
    fn is_large(&self, ix: QuantityIx) -> bool {
        let value = self.quantities.get(ix.0).and_then(Quantity::single);
        value.is_some_and(|value| value.point() > crate::arithmetic::rational::whole(100))
    }

    fn is_range(&self, ix: QuantityIx) -> bool {
        self.quantities.get(ix.0).is_some_and(|quantity| matches!(quantity.first().amount, Amount::Range(..)))
    }

    /// Whether a quantity can be a count: a whole number without sign, unit and comparison.
    fn is_whole(&self, ix: QuantityIx) -> bool {
        self.quantities.get(ix.0).is_some_and(|quantity| {
            let whole = |value: &Printed| value.decimals == 0 && value.exponent == 0 && !value.negative;
            quantity.comparator == Comparator::Equal
                && quantity.first().unit.is_none()
                && quantity.kind != QuantityKind::Percentage
                && quantity.single().is_some_and(whole)
        })
    }
}

/// What row and column announce together: the row decides, but a row that names a count under "%" is not both.
fn together(row: Option<Notation>, column: Option<Notation>) -> Option<Notation> {
    match (row, column) {
        // "Ethnicity, n (%)" over columns "n" and "%": each column holds its own of the two.
        (Some(Notation::Count), Some(Notation::Percentage | Notation::OtherPercentage))
        | (Some(Notation::CountAndPercentage), Some(Notation::Count | Notation::Percentage))
        | (Some(_), Some(Notation::PValue)) => column,
        (Some(row), _) => Some(row),
        (None, column) => column,
    }
}

/// What is announced for a cell of two that hold a count and its percentage apart, under one "n (%)" or "%": of "4,053"
/// and "(81.9)" the bracket tells which is which.
fn apart(said: Option<Notation>, own: Shape, before: Option<Shape>, behind: Option<Shape>) -> Option<Notation> {
    let percent = matches!(said, Some(Notation::CountAndPercentage | Notation::Percentage));
    match own {
        Shape::Single if percent && behind == Some(Shape::Bracketed) => Some(Notation::Count),
        Shape::Bracketed if percent && before == Some(Shape::Single) => Some(Notation::Percentage),
        _ => said,
    }
}

/// Gives a number the unit that the words around it say, where it has none of its own.
fn make_percentage(quantity: &mut Quantity) {
    if quantity.kind == QuantityKind::Percentage {
        return;
    }
    let Some(percent) = percent() else { return };
    quantity.kind = QuantityKind::Percentage;
    let inherited = TextRange::new(quantity.range.end, quantity.range.end);
    for reading in &mut quantity.readings {
        reading.unit = Some(UnitReading { range: inherited, unit: percent.clone() });
        if let Amount::Single(value) = &mut reading.amount {
            value.exact = false;
        }
    }
}

fn percent() -> Option<Unit> {
    units::parse("%").units().into_iter().next()
}
