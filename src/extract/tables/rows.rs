//! The grid of one table as the readers of its rows see it: headings that stand over several columns, the characters of a cell
//! without the marks behind its value, relation signs and p-values.

use crate::arithmetic::{Printed, rational};
use crate::document::{Document, Table, TextRange, VariationCause};
use crate::extract::mentions::Sentence;
use crate::extract::number::{Edit, Habits, Number, NumberReading};
use crate::extract::quantity::Comparator;
use crate::extract::results::{self, Sign};
use crate::extract::source::Source;

use super::content::TableContent;
use super::marks;

/// The grid of one table with what its cells say.
pub(super) struct Rows<'r, 's> {
    /// The characters.
    pub source: &'r Source<'s>,
    /// The grid.
    pub table: &'r Table,
    /// The words of its headings and labels.
    pub content: &'r TableContent,
    /// The sentences, which cells are too.
    pub sentences: &'r [Sentence],
    /// How its numbers are written.
    pub habits: Habits,
    /// For each column whether letters of homogeneous groups stand behind its values, told or not.
    lettered: Vec<bool>,
}

/// The grids of all tables of a document, each with its words and how its numbers are written.
pub(super) fn rows_of<'r, 's>(
    source: &'r Source<'s>,
    document: &'r Document,
    tables: &'r [TableContent],
    sentences: &'r [Sentence],
    habits: &'r [Habits],
) -> impl Iterator<Item = Rows<'r, 's>> {
    let with_words = document.tables.iter().zip(tables).zip(habits.iter().copied());
    with_words.map(move |((table, content), habits)| {
        let cells =
            |column: u32| table.body().filter_map(move |row| body_cell(table, content, row as usize, column as usize));
        let lettered = (0..table.columns).map(|column| marks::is_lettered(source, cells(column))).collect();
        Rows { source, table, content, sentences, habits, lettered }
    })
}

/// The characters of a cell of the body that stands in one column and begins in this row.
fn body_cell(table: &Table, content: &TableContent, row: usize, column: usize) -> Option<TextRange> {
    let cell = table.cells.get(content.at(row, column)?)?;
    (cell.row as usize == row && cell.column_span == 1).then_some(cell.range)
}

impl Rows<'_, '_> {
    /// The uppermost heading of a column, as a cell.
    pub(super) fn top(&self, column: usize) -> Option<usize> {
        (0..self.table.header_rows as usize).find_map(|row| self.content.at(row, column))
    }

    /// Whether the same headings stand in the same order again and again from the column `first` on. A heading over several
    /// columns then says nothing about which of them belong together: it may cover too few of them.
    pub(super) fn repeats(&self, first: usize) -> bool {
        let words: Vec<&str> = (first..self.content.columns)
            .map(|column| self.content.heading(column).next().unwrap_or_default())
            .collect();
        let period = |length: usize| {
            words.len().is_multiple_of(length) && words.iter().zip(&words[length..]).all(|(a, b)| a == b)
        };
        words.iter().all(|word| !word.is_empty()) && (2..=words.len() / 2).any(period)
    }

    /// Whether the uppermost heading of a column stands over others too.
    pub(super) fn spans(&self, column: usize) -> bool {
        self.top(column).and_then(|cell| self.table.cells.get(cell)).is_some_and(|cell| cell.column_span > 1)
    }

    /// The characters of a cell of the body without marks of notes or letters of groups.
    pub(super) fn range(&self, row: usize, column: usize) -> Option<TextRange> {
        let cell = body_cell(self.table, self.content, row, column)?;
        let start = self.source.skip_spaces(cell.start, cell.end);
        let end = if self.lettered.get(column) == Some(&true) {
            marks::strip_groups(self.source, start, cell.end)
        } else {
            marks::strip_lettered(self.source, start, cell.end, &self.content.caption)
        };
        Some(TextRange::new(start, end))
    }

    /// The relation sign at a place, or the one that goes without saying.
    pub(super) fn sign(&self, at: usize, end: usize) -> Sign {
        let plain = Sign { comparator: Comparator::Equal, end: at, repair: None };
        results::sign(self.source, at, end).filter(|sign| sign.repair.is_none()).unwrap_or(plain)
    }

    /// What a cell of p-values says: ".036", "<.001", "p = .04", "ns".
    pub(super) fn p_value(&self, range: TextRange) -> Option<PValue> {
        let text = self.source.slice(range).to_lowercase();
        if matches!(text.as_str(), "ns" | "n.s." | "n.s") {
            return Some(PValue::NotSignificant);
        }
        let letter = matches!(self.source.at(range.start), Some('p' | 'P'));
        let sign = self.sign(range.start + usize::from(letter), range.end);
        let number = results::value(self.source, sign.end, range.end, self.habits)?;
        let one = rational::whole(1);
        let probable =
            number.readings.iter().all(|reading| !reading.printed.negative && reading.printed.point() <= one);
        (probable && number.range.end == range.end).then_some(PValue::Number(sign, number))
    }
}

/// A p-value of a cell.
pub(super) enum PValue {
    /// A number with its sign.
    Number(Sign, Number),
    /// "ns".
    NotSignificant,
}

impl PValue {
    /// The same with the reading that its last zero is not meant.
    pub(super) fn or_shorter(self) -> Self {
        let Self::Number(sign, mut number) = self else { return self };
        let first = number.readings[0].clone();
        let digits = first.printed.digits.strip_suffix('0').map(str::to_owned);
        let text = first.printed.text.strip_suffix('0').map(str::to_owned);
        if let (Some(digits), Some(text), Some(decimals)) = (digits, text, first.printed.decimals.checked_sub(1)) {
            let last = TextRange::new(number.range.end - 1, number.range.end);
            let edit = Edit { range: last, instead: String::new(), cause: VariationCause::PaddedZero };
            let edits = first.edits.iter().cloned().chain([edit]).collect();
            number.readings.push(NumberReading { printed: Printed { text, digits, decimals, ..first.printed }, edits });
        }
        Self::Number(sign, number)
    }
}
