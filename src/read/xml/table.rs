//! The grids of tables: rows and cells of HTML, CALS and TEI at their places.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::BlockKind;
use crate::document::{Place, SourceFormat};
use crate::read::compose::{DraftBlock, DraftCell, DraftGrid, DraftLine};
use crate::read::error::ReadError;

use super::glued;
use super::inline::Ink;
use super::merged;
use super::path;
use super::tree::Element;
use super::turned;
use super::vocabulary::Dialect;

/// How many rows name the columns at most, where the file does not say.
const MOST_HEADER: usize = 8;
/// How many columns a cell covers at most.
const MOST_SPAN: u32 = 1_000;
/// How many places a grid has at most.
pub const MOST_PLACES: u64 = 1 << 20;

/// A row as the file gives it.
#[derive(Default)]
pub(super) struct Row {
    /// Whether the file says that it names columns.
    pub header: bool,
    /// Its cells, from left to right.
    pub cells: Vec<Cell>,
}

/// A cell as the file gives it.
pub(super) struct Cell {
    /// Its first column, where the file names it.
    pub column: Option<u32>,
    /// How many rows it covers.
    pub row_span: u32,
    /// How many columns it covers.
    pub column_span: u32,
    /// Whether the file calls it a heading.
    pub header: bool,
    /// What stands in it.
    pub characters: Vec<char>,
    /// Where it stands in the file.
    pub place: Place,
}

/// The block of a table; nothing where no cell has a character. `table` is the element that holds the rows, and `path`
/// leads to it.
pub fn block(dialect: &Dialect, table: &Element, path: &str) -> Result<Option<DraftBlock>, ReadError> {
    let mut reader = Gathering { dialect, columns: BTreeMap::new(), rows: Vec::new() };
    reader.gather(table, path, false);
    let Gathering { rows, .. } = reader;
    // Who writes JATS says how a table stands and how many columns a cell covers; a program that reads a page guesses both.
    let guessed = dialect.format == SourceFormat::Tei;
    let rows = if guessed { turned::upright(rows) } else { rows };
    let header_rows = header(&rows);
    let mut grid = seat(rows, header_rows)?.filter(|block| !block.lines.is_empty());
    if let (Some(DraftBlock { grid: Some(grid), lines, .. }), true) = (&mut grid, guessed) {
        merged::part(grid, lines);
        glued::part(grid, lines);
    }
    Ok(grid)
}

struct Gathering<'d> {
    dialect: &'d Dialect,
    /// The numbers of the columns by name (CALS).
    columns: BTreeMap<String, u32>,
    rows: Vec<Row>,
}

impl Gathering<'_> {
    /// Gathers the rows in an element that stands for a table or a part of one.
    fn gather(&mut self, element: &Element, path: &str, header: bool) {
        for (child, segment) in path::segments(element) {
            let path = path::join(path, &segment);
            match child.name.as_str() {
                "thead" => self.gather(child, &path, true),
                "tbody" | "tfoot" | "tgroup" => self.gather(child, &path, false),
                "colspec" => {
                    let next = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
                    let number = child.attribute("colnum").and_then(|number| number.trim().parse::<u32>().ok());
                    let column = number.and_then(|number| number.checked_sub(1)).unwrap_or(next);
                    let name = child.attribute("colname").map_or_else(|| format!("\u{0}{next}"), str::to_owned);
                    self.columns.insert(name, column);
                }
                "tr" | "row" => self.row(child, &path, header),
                _ => {}
            }
        }
    }

    fn row(&mut self, element: &Element, path: &str, header: bool) {
        let mut row = Row { header: header || element.attribute("role") == Some("label"), cells: Vec::new() };
        for (child, segment) in path::segments(element) {
            if matches!(child.name.as_str(), "td" | "th" | "entry" | "cell") {
                row.cells.push(self.cell(child, &path::join(path, &segment)));
            }
        }
        self.rows.push(row);
    }

    fn cell(&self, element: &Element, path: &str) -> Cell {
        let number = |name: &str| element.attribute(name).and_then(|number| number.trim().parse::<u32>().ok());
        let named = |name: &str| element.attribute(name).and_then(|name| self.columns.get(name)).copied();
        let (first, last) = (named("namest").or_else(|| named("colname")), named("nameend"));
        let covered = match (first, last) {
            (Some(first), Some(last)) if last >= first => last - first + 1,
            _ => number("colspan").or_else(|| number("cols")).unwrap_or(1),
        };
        let rows = number("rowspan").or_else(|| number("rows"));
        let rows = rows.or_else(|| number("morerows").map(|more| more.saturating_add(1))).unwrap_or(1);
        Cell {
            column: first.filter(|column| *column < MOST_SPAN),
            row_span: rows.max(1),
            column_span: covered.clamp(1, MOST_SPAN),
            header: element.name == "th",
            characters: Ink::of_cell(self.dialect, element),
            place: path::place(path, element),
        }
    }
}

/// How many rows at the top name the columns: those the file calls so, those of heading cells, else those without values.
fn header(rows: &[Row]) -> usize {
    let said = rows.iter().take_while(|row| row.header).count();
    if said > 0 && said < rows.len() {
        return said;
    }
    let of_headings = |row: &&Row| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.header);
    let headings = rows.iter().take_while(of_headings).count();
    if headings > 0 && headings < rows.len() {
        return headings;
    }
    let mut count = rows.iter().take(MOST_HEADER).take_while(|row| !has_values(row)).count();
    if count >= rows.len().min(MOST_HEADER) {
        // Nothing but words: the first row names the columns.
        count = usize::from(rows.len() > 1);
    }
    // A name alone right above the values is the heading of their rows: at the left, or over several columns below names
    // of single ones.
    while count > 1 && (is_label(&rows[count - 1]) || is_spanner_below(&rows[count - 2], &rows[count - 1])) {
        count -= 1;
    }
    count
}

/// Whether a row holds one cell over several columns, where the row above it names more columns than that one.
fn is_spanner_below(above: &Row, row: &Row) -> bool {
    let filled = |row: &'_ Row| row.cells.iter().filter(|cell| !cell.characters.is_empty()).count();
    let single = |cell: &&Cell| !cell.characters.is_empty() && cell.column_span == 1;
    let wide = row.cells.iter().any(|cell| !cell.characters.is_empty() && cell.column_span > 1);
    wide && filled(row) == 1 && above.cells.iter().filter(single).count() > 2
}

fn is_label(row: &Row) -> bool {
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.characters.is_empty());
    matches!((filled.next(), filled.next()), (Some((0, _)), None))
}

/// Whether a row has a value beside its label that is more than a year.
fn has_values(row: &Row) -> bool {
    row.cells.iter().skip(1).any(|cell| {
        let text: String = cell.characters.iter().collect();
        let year = text.len() == 4
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && (text.starts_with("19") || text.starts_with("20"));
        is_value(&text) && !year
    })
}

/// Whether characters are a value rather than a name: they open as a number does, and letters do not outweigh the digits.
pub(super) fn is_value(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let opens = text.starts_with(|first: char| first.is_ascii_digit() || "-−–+±<>≤≥~∼≈(.,[$€£".contains(first));
    // "95% CI" and "(n = 41)" name what stands below them.
    let size = text.trim_start_matches(['(', '[']).trim_start_matches(['n', 'N']).trim_start().starts_with('=');
    let level = text.trim_end_matches([')', ']']).ends_with("CI");
    digits > 0 && letters <= digits && opens && !size && !level
}

/// Seats the cells, each at the first free place of its row or where the file says.
fn seat(rows: Vec<Row>, header_rows: usize) -> Result<Option<DraftBlock>, ReadError> {
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut taken: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut grid =
        DraftGrid { rows: count, columns: 0, header_rows: u32::try_from(header_rows).unwrap_or(0), cells: Vec::new() };
    let mut lines = Vec::new();
    let mut starts = BTreeSet::new();
    let mut places = 0_u64;
    for (row, cells) in (0_u32..).zip(rows) {
        let mut next = 0_u32;
        for cell in cells.cells {
            let mut column = cell.column.map_or(next, |column| column.max(next));
            while taken.contains(&(row, column)) {
                column += 1;
            }
            let row_span = cell.row_span.min(count - row);
            // A cell ends where one from a row above stands.
            let free = (column..column.saturating_add(cell.column_span)).take_while(|at| !taken.contains(&(row, *at)));
            let column_span = u32::try_from(free.count()).unwrap_or(1).max(1);
            places += u64::from(row_span) * u64::from(column_span);
            let end = column.saturating_add(column_span);
            grid.columns = grid.columns.max(end);
            if places > MOST_PLACES || u64::from(grid.columns) * u64::from(count) > MOST_PLACES {
                return Err(ReadError::Xml { reason: format!("a table has more than {MOST_PLACES} places") });
            }
            if row_span > 1 {
                taken.extend((row + 1..row + row_span).flat_map(|row| (column..end).map(move |column| (row, column))));
            }
            next = end;
            starts.insert(column);
            if !cell.characters.is_empty() {
                grid.cells.push(DraftCell { row, column, row_span, column_span, lines: 1 });
                lines.push(DraftLine {
                    characters: cell.characters,
                    edges: Vec::new(),
                    place: cell.place,
                    doubts: Vec::new(),
                });
            }
        }
    }
    if grid.cells.is_empty() {
        return Ok(None);
    }
    close_up(&mut grid, &starts);
    Ok(Some(DraftBlock { kind: BlockKind::Table, lines, grid: Some(grid) }))
}

/// Takes out the columns in which no cell begins: where every cell covers two, the two are one column of the page.
fn close_up(grid: &mut DraftGrid, starts: &BTreeSet<u32>) {
    let seats: BTreeMap<u32, u32> = starts.iter().copied().zip(0..).collect();
    for cell in &mut grid.cells {
        let covered = starts.range(cell.column..cell.column.saturating_add(cell.column_span)).count();
        cell.column_span = u32::try_from(covered).unwrap_or(1).max(1);
        cell.column = seats.get(&cell.column).copied().unwrap_or(cell.column);
    }
    grid.columns = u32::try_from(starts.len()).unwrap_or(grid.columns);
}
