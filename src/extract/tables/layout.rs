//! The words of a grid: the headings over its columns, the labels beside its rows, the groups that its rows stand in.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Table, TextRange};
use crate::extract::patterns::{compile, is_match as is};
use crate::extract::source::Source;

use super::content::{CellContent, TableContent};
use super::notation::{Notation, notation};

/// The words of a range with runs of spaces as one.
fn words(source: &Source<'_>, range: TextRange) -> String {
    source.slice(range).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a table around the contents of its cells.
pub(super) fn describe(source: &Source<'_>, table: &Table, cells: Vec<CellContent>) -> TableContent {
    let (rows, columns) = (table.rows as usize, table.columns as usize);
    let mut places = vec![None; rows * columns];
    for (at, cell) in table.cells.iter().enumerate() {
        for row in cell.row..cell.row.saturating_add(cell.row_span) {
            for column in cell.column..cell.column.saturating_add(cell.column_span) {
                if let Some(place) = places.get_mut(row as usize * columns + column as usize) {
                    *place = Some(at);
                }
            }
        }
    }
    let mut content = TableContent {
        caption: table
            .caption
            .iter()
            .chain(&table.notes)
            .map(|range| words(source, *range))
            .collect::<Vec<_>>()
            .join("\n"),
        cells,
        places,
        columns,
        ..TableContent::default()
    };
    content.headings = (0..columns).map(|column| heading(source, table, &content, column)).collect();
    content.label_columns = label_columns(table, &content);
    content.labels = (0..rows).map(|row| label(source, table, &content, row)).collect();
    content.groups = groups(table, &content);
    content
}

/// The words over a column, from top to bottom, parted by line ends.
fn heading(source: &Source<'_>, table: &Table, content: &TableContent, column: usize) -> String {
    let mut cells: Vec<usize> = (0..table.header_rows as usize).filter_map(|row| content.at(row, column)).collect();
    cells.dedup();
    let path = cells.into_iter().filter_map(|cell| table.cells.get(cell)).map(|cell| words(source, cell.range));
    path.collect::<Vec<_>>().join("\n")
}

/// How many columns at the left name the rows: the first, and those behind it whose cells hold hardly a number.
fn label_columns(table: &Table, content: &TableContent) -> usize {
    let mut named = 1;
    while named < content.columns {
        let (mut filled, mut numbers) = (0_usize, 0_usize);
        for row in table.body() {
            let Some(cell) = content.content(row as usize, named) else { continue };
            filled += 1;
            numbers += usize::from(!cell.quantities.is_empty());
        }
        if filled == 0 || numbers * 4 > filled {
            break;
        }
        named += 1;
    }
    // A table whose cells hold no numbers at all has labels in its first column alone.
    if named == content.columns { 1 } else { named }
}

/// The words of the label cells that cover a row; of one that heads others its words wherever they stand.
fn label(source: &Source<'_>, table: &Table, content: &TableContent, row: usize) -> String {
    if let Some(row) = u32::try_from(row).ok().filter(|row| table.is_group(*row)) {
        return table.row(row).iter().map(|cell| words(source, cell.range)).collect();
    }
    let mut seen = Vec::new();
    for column in 0..content.label_columns {
        if let Some(cell) = content.at(row, column)
            && !seen.contains(&cell)
        {
            seen.push(cell);
        }
    }
    if seen.is_empty() && row >= table.header_rows as usize {
        seen.extend(named_later(table, content, row));
    }
    let cells = seen.into_iter().filter_map(|cell| table.cells.get(cell));
    cells.map(|cell| words(source, cell.range)).collect::<Vec<_>>().join(" ")
}

/// The first cell of a row without a label, where it holds words alone: "Total" below the names of devices.
fn named_later(table: &Table, content: &TableContent, row: usize) -> Option<usize> {
    let first = (content.label_columns..content.columns).find_map(|column| content.at(row, column))?;
    let cell = table.cells.get(first).filter(|cell| cell.row as usize == row && cell.column_span == 1)?;
    let wordy = content.cells.get(first).is_some_and(|content| content.quantities.is_empty());
    let others = table.row(cell.row).iter().any(|other| other.column > cell.column);
    (wordy && others).then_some(first)
}

/// Whether a row holds, besides its label, only the test of the classes below it, which have values and no test of their own:
/// "Education, n (%) | | | .03".
fn heads_with_test(table: &Table, content: &TableContent, row: u32) -> bool {
    let columns = |row: u32| table.row(row).iter().map(|cell| cell.column as usize).collect::<Vec<_>>();
    let is_test =
        |column: &usize| content.heading(*column).next().is_some_and(|words| is(TESTS.as_ref(), words.trim()));
    let filled = columns(row);
    let Some((0, tests)) = filled.split_first().map(|(first, rest)| (*first, rest)) else { return false };
    let below = if row + 1 < table.rows { columns(row + 1) } else { Vec::new() };
    let classes = below.len() >= 3 && below.iter().all(|column| !tests.contains(column));
    row >= table.header_rows && !tests.is_empty() && tests.iter().all(is_test) && classes
}

/// The heading of a column of tests.
static TESTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?i:p(?:[\s‐‑–-]*val(?:ue)?s?\.?)?|sig\.?|d\.?f\.?|tests?(?:\s+statistics?)?|statistics?|comparison|",
        r"(?:χ|chi)[\s‐‑–-]*(?:[²2]|squared?)?(?:\s*/\s*[tF])?|[tFz])\W*(?:\([^()]*\))?$"
    ))
});

/// For each row the row that heads its group: a label alone, up to the next one, or up to a row with values of its own
/// whose label announces what they are as the head does: below "Education, n (%)" ends with "Age, mean (SD)".
fn groups(table: &Table, content: &TableContent) -> Vec<Option<usize>> {
    let announces = |row: usize| {
        let announced = content.labels.get(row).and_then(|label| notation(label));
        matches!(
            announced,
            Some(
                Notation::CountAndPercentage
                    | Notation::PercentageAndCount
                    | Notation::Percentage
                    | Notation::Measure
                    | Notation::Several
            )
        )
    };
    let mut head: Option<usize> = None;
    (0..table.rows)
        .map(|row| {
            if table.is_group(row) || heads_with_test(table, content, row) {
                head = Some(row as usize);
                return None;
            }
            if head.is_some_and(announces) && announces(row as usize) {
                head = None;
            }
            head.filter(|_| row >= table.header_rows)
        })
        .collect()
}
