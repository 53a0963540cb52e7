//! The numbers of a table's body as a matrix, so that rows and columns are looked at in one way.
//!
//! A cell may hold two numbers, "55 (56.1)": each has a slot of its own, so that the numbers in brackets make a line as
//! the numbers before them do. What the numbers follow from is not asked here, see `members` and `derived`.

use num_traits::ToPrimitive;

use crate::arithmetic::Rational;
use crate::derive::{Operand, OperandOptions};
use crate::document::TextRange;
use crate::extract::{Amount, CellKind, Comparator, QuantityIx, QuantityKind};
use crate::rules::binding;
use crate::rules::sums::shares::Grid;

/// The most slots or rows that are compared with each other.
const MOST_LINES: usize = 200;

/// One of the numbers that the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules::sums) struct Slot {
    /// The column of the grid.
    pub column: usize,
    /// Which number of the cell, counted from 0.
    pub part: usize,
}

/// What sort of number stands in a place: only numbers of one sort are evidence for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules::sums) enum Sort {
    /// A whole number.
    Whole,
    /// A percentage.
    Percentage,
    /// A number with decimals.
    Decimal,
}

/// A number of the matrix, with its rounding interval in floating point: for the search alone, never for a verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules::sums) struct Entry {
    /// The quantity.
    pub ix: QuantityIx,
    /// The number as printed.
    pub point: f64,
    /// Half a unit of its last place.
    pub half: f64,
    /// What sort of number it is.
    pub sort: Sort,
    /// Whether words say that it is a count of things.
    pub counted: bool,
}

impl Entry {
    /// The number without its last digit, which may be the raised mark of a note: of a whole number of two digits or
    /// more, and of one with a decimal more than `usual`, half a unit of the last place of the numbers of its line.
    pub fn without_mark(self, usual: f64) -> Option<Self> {
        let unit = self.half * 20.0;
        match self.sort {
            Sort::Whole if self.point < 10.0 => None,
            Sort::Whole => Some(Self { point: (self.point / 10.0).floor(), ..self }),
            Sort::Percentage | Sort::Decimal if usual <= self.half * 2.0 => None,
            Sort::Percentage | Sort::Decimal => {
                let shorter = (self.point.abs() / unit).floor() * unit * self.point.signum();
                Some(Self { point: shorter, half: unit / 2.0, ..self })
            }
        }
    }
}

/// What stands in a place of the matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules::sums) enum Place {
    /// Nothing at all.
    Empty,
    /// A mark for no value, or words, or a number in a form that cannot be used.
    Unread,
    /// A number.
    Number(Entry),
}

/// The numbers of a table's body.
#[derive(Clone, Debug)]
pub(in crate::rules::sums) struct Matrix<'m> {
    /// The table.
    pub grid: Grid<'m>,
    /// The rows of the grid, those of the body.
    pub rows: Vec<usize>,
    /// The slots of the columns right of the labels.
    pub slots: Vec<Slot>,
    places: Vec<Place>,
}

/// Which lines of a matrix are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules::sums) enum Axis {
    /// Its rows; along a row the slots follow each other.
    Rows,
    /// Its slots; along a slot the rows follow each other.
    Slots,
}

impl Axis {
    /// Along which the places of a line follow each other.
    pub const fn across(self) -> Self {
        match self {
            Self::Rows => Self::Slots,
            Self::Slots => Self::Rows,
        }
    }
}

impl<'m> Matrix<'m> {
    /// The matrix of a table; `None` for one without numbers or beyond the limits.
    pub fn new(grid: Grid<'m>) -> Option<Self> {
        let rows: Vec<usize> =
            grid.body().filter(|row| !grid.table.is_group(u32::try_from(*row).unwrap_or(0))).collect();
        let mut slots = Vec::new();
        for column in grid.content.label_columns..grid.content.columns {
            let parts = rows.iter().map(|row| parts(grid, *row, column).len()).max().unwrap_or(0);
            slots.extend((0..parts).map(|part| Slot { column, part }));
        }
        if rows.is_empty() || slots.is_empty() || rows.len() > MOST_LINES || slots.len() > MOST_LINES {
            return None;
        }
        let mut matrix = Self { grid, rows, slots, places: Vec::new() };
        for row in 0..matrix.rows.len() {
            for slot in 0..matrix.slots.len() {
                let place = matrix.read(row, slot);
                matrix.places.push(place);
            }
        }
        Some(matrix)
    }

    fn read(&self, row: usize, slot: usize) -> Place {
        let (row, slot) = (self.rows[row], self.slots[slot]);
        let Some(at) = self.grid.content.at(row, slot.column) else { return Place::Empty };
        // A cell over several rows or columns is none of any one line.
        let spans = self.grid.table.cells.get(at).is_none_or(|cell| cell.row_span > 1 || cell.column_span > 1);
        let part = parts(self.grid, row, slot.column).get(slot.part).copied();
        let counted = self.grid.content.content(row, slot.column).is_some_and(|content| {
            matches!(content.kind, CellKind::Count | CellKind::WholeAndParts)
                || (content.kind == CellKind::CountAndPercentage && slot.part == 0)
        });
        part.filter(|_| !spans).and_then(|ix| entry(self.grid, ix, counted)).map_or(Place::Unread, Place::Number)
    }

    /// How many lines there are along an axis.
    pub fn lines(&self, axis: Axis) -> usize {
        match axis {
            Axis::Rows => self.rows.len(),
            Axis::Slots => self.slots.len(),
        }
    }

    /// How many places a line has.
    pub fn length(&self, axis: Axis) -> usize {
        match axis {
            Axis::Rows => self.slots.len(),
            Axis::Slots => self.rows.len(),
        }
    }

    /// What stands at a place of a line.
    pub fn place(&self, axis: Axis, line: usize, position: usize) -> Place {
        let (row, slot) = match axis {
            Axis::Rows => (line, position),
            Axis::Slots => (position, line),
        };
        self.places.get(row * self.slots.len() + slot).copied().unwrap_or(Place::Empty)
    }

    /// The number at a place of a line.
    pub fn number(&self, axis: Axis, line: usize, position: usize) -> Option<Entry> {
        match self.place(axis, line, position) {
            Place::Number(entry) => Some(entry),
            Place::Empty | Place::Unread => None,
        }
    }

    /// Half a unit of the last place that most numbers of a line have; nought for a line without numbers.
    pub fn usual_half(&self, axis: Axis, line: usize) -> f64 {
        let numbers = (0..self.length(axis)).filter_map(|position| self.number(axis, line, position));
        let mut halves: Vec<f64> = numbers.map(|entry| entry.half).collect();
        halves.sort_by(f64::total_cmp);
        halves.get(halves.len() / 2).copied().unwrap_or(0.0)
    }

    /// The number that names a row, where its label is a number and nothing else.
    pub fn name(&self, row: usize) -> Option<Entry> {
        let column = self.grid.content.label_columns.checked_sub(1)?;
        let content = self.grid.content.content(*self.rows.get(row)?, column)?;
        let number =
            matches!(content.kind, CellKind::Number | CellKind::Count | CellKind::Percentage | CellKind::PValue);
        let [only] = content.quantities.as_slice() else { return None };
        entry(self.grid, *only, false).filter(|_| number)
    }

    /// The words that name a line, the nearest first: the label of a row, the path of headings over a column.
    pub fn names(&self, axis: Axis, line: usize) -> Vec<&'m str> {
        match axis {
            Axis::Rows => self.rows.get(line).map(|row| vec![self.grid.content.label(*row)]).unwrap_or_default(),
            Axis::Slots => {
                self.slots.get(line).map(|slot| self.grid.content.heading(slot.column).collect()).unwrap_or_default()
            }
        }
    }

    /// What parts the lines into blocks: the row that heads a group of rows, the upper heading of columns.
    pub fn block(&self, axis: Axis, line: usize) -> String {
        match axis {
            Axis::Rows => {
                let head = self.rows.get(line).and_then(|row| self.grid.content.groups.get(*row).copied().flatten());
                head.map(|head| head.to_string()).unwrap_or_default()
            }
            Axis::Slots => {
                let slot = self.slots.get(line).copied().unwrap_or(Slot { column: 0, part: 0 });
                let path: Vec<&str> = self.grid.content.heading(slot.column).skip(1).collect();
                path.join("\n")
            }
        }
    }

    /// Which number of its cells a line is of; rows hold all parts.
    pub fn part(&self, axis: Axis, line: usize) -> usize {
        match axis {
            Axis::Rows => 0,
            Axis::Slots => self.slots.get(line).map_or(0, |slot| slot.part),
        }
    }

    /// The number as an operand in its role, as a point or as printed.
    pub fn operand(&self, role: &str, entry: Entry, exact: bool) -> Option<Operand> {
        let quantity = binding::quantity(self.grid.mentions, entry.ix)?;
        let options = if exact { OperandOptions::count() } else { OperandOptions::printed() };
        Operand::part(role, quantity, &options, |amount| Some(amount.value()))
    }

    /// The characters of a number.
    pub fn range(&self, entry: Entry) -> TextRange {
        binding::quantity(self.grid.mentions, entry.ix).map_or_else(TextRange::default, |quantity| quantity.range)
    }
}

/// The numbers of a cell that a line can take, in their order.
fn parts(grid: Grid<'_>, row: usize, column: usize) -> Vec<QuantityIx> {
    let Some(content) = grid.content.content(row, column) else { return Vec::new() };
    match content.kind {
        CellKind::CountAndPercentage if content.whole.is_none() => {
            [content.count, content.percentage].into_iter().flatten().collect()
        }
        CellKind::Count if content.whole.is_some() => Vec::new(),
        CellKind::WholeAndParts
        | CellKind::Count
        | CellKind::Percentage
        | CellKind::MeanPlusMinus
        | CellKind::MeanAndDeviation => content.quantities.clone(),
        // Two numbers without a known relation are two numbers all the same, as long as it is always the two.
        CellKind::Number if content.quantities.len() <= 2 => content.quantities.clone(),
        _ => Vec::new(),
    }
}

fn entry(grid: Grid<'_>, ix: QuantityIx, counted: bool) -> Option<Entry> {
    let quantity = binding::quantity(grid.mentions, ix)?;
    if quantity.comparator != Comparator::Equal || quantity.approximate {
        return None;
    }
    let reading = quantity.first();
    let (Amount::Single(value) | Amount::PlusMinus(value, _)) = &reading.amount else {
        return None;
    };
    let float = |value: &Rational| value.to_f64().filter(|value| value.is_finite());
    let sort = match quantity.kind {
        QuantityKind::Percentage => Sort::Percentage,
        _ if value.decimals == 0 && value.exponent == 0 && !value.negative && reading.unit.is_none() => Sort::Whole,
        _ => Sort::Decimal,
    };
    Some(Entry {
        ix,
        point: float(&value.point())?,
        half: float(&value.unit_in_last_place())? / 2.0,
        sort,
        counted: counted || quantity.kind == QuantityKind::Count,
    })
}
