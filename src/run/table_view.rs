//! The table of a finding as cells: all of it where it is small, else its heads, the rows and the columns of the finding's
//! values, and what stands next to the stated one.

use std::collections::BTreeSet;

use crate::document::{Cell, Document, Table, TextIndex, TextRange};
use crate::report::{CellKind, Finding, Standing, TableView, ViewCell};

/// A table of at most so many rows below its head is shown with all of them.
const SMALL_ROWS: u32 = 14;
/// A table of at most so many columns is shown with all of them.
const SMALL_COLUMNS: u32 = 8;
/// The most rows and columns of a view.
const MOST_ROWS: usize = 40;
const MOST_COLUMNS: usize = 12;
/// The most characters of a cell, and of a caption.
const CELL: usize = 48;
const CAPTION: usize = 160;

/// The view of the table that the values of a finding at one place stand in; nothing where they stand in none.
pub(super) fn view(document: &Document, index: &TextIndex, finding: &Finding, place: &Standing) -> Option<TableView> {
    // The stated value comes last, and its table is the one that counts.
    let ranges: Vec<(usize, TextRange)> =
        place.operands.iter().rev().map(|at| (*at, finding.operands[*at].span.range)).collect();
    let table = ranges.iter().find_map(|(_, range)| table_at(document, *range))?;
    let shared = finding.shared.as_ref().and_then(|shared| shared.value.as_ref()).map(|span| span.range);
    let marks: Vec<(usize, &Cell)> =
        ranges.iter().filter_map(|(at, range)| Some((*at, table.holding(*range)?))).collect();
    let (_, own) = marks.first()?;
    let view = View { table, document, index, marks: &marks, own, shared };
    Some(TableView {
        claim: place.claim,
        place: place.place,
        caption: table.caption.map_or_else(|| "The table".to_owned(), |caption| view.text(caption, CAPTION)),
        head: usize::try_from(table.header_rows).unwrap_or(0),
        rows: view.rows(),
    })
}

/// The table with a cell that holds a range.
pub(super) fn table_at(document: &Document, range: TextRange) -> Option<&Table> {
    document.tables.iter().find(|table| table.range.contains(range) && table.holding(range).is_some())
}

/// The text of a range on one line, cut to so many characters.
pub(super) fn line(document: &Document, index: &TextIndex, range: TextRange, most: usize) -> String {
    let text = index.slice(&document.text, range).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end())
}

struct View<'v> {
    table: &'v Table,
    document: &'v Document,
    index: &'v TextIndex,
    /// The cells of the operands.
    marks: &'v [(usize, &'v Cell)],
    /// The cell of the stated value, or of the value that stands for it here.
    own: &'v Cell,
    shared: Option<TextRange>,
}

impl View<'_> {
    fn text(&self, range: TextRange, most: usize) -> String {
        line(self.document, self.index, range, most)
    }

    /// The rows that are shown; a gap stands for those between.
    fn shown_rows(&self) -> Vec<Option<u32>> {
        let table = self.table;
        let mut shown: BTreeSet<u32> = (0..table.header_rows).collect();
        if table.rows.saturating_sub(table.header_rows) <= SMALL_ROWS {
            shown.extend(table.body());
        } else {
            let near = [self.own.row.saturating_sub(1), self.own.row, self.own.row + 1];
            let wanted = self.marks.iter().map(|(_, cell)| cell.row).chain(near);
            for row in wanted.filter(|row| *row < table.rows) {
                shown.insert(row);
                // The heading of a group of rows belongs to each of them.
                shown.extend((table.header_rows..row).rev().find(|above| table.is_group(*above)));
            }
        }
        with_gaps(shown, self.own.row, table.rows, MOST_ROWS)
    }

    /// The columns that are shown.
    fn shown_columns(&self) -> Vec<Option<u32>> {
        let columns = self.table.columns;
        let shown: BTreeSet<u32> = if columns <= SMALL_COLUMNS {
            (0..columns).collect()
        } else {
            let near = [0, self.own.column.saturating_sub(1), self.own.column, self.own.column + 1];
            let wanted = self.marks.iter().map(|(_, cell)| cell.column).chain(near);
            wanted.filter(|column| *column < columns).collect()
        };
        with_gaps(shown, self.own.column, columns, MOST_COLUMNS)
    }

    fn rows(&self) -> Vec<Vec<ViewCell>> {
        let (rows, columns) = (self.shown_rows(), self.shown_columns());
        let mut taken = vec![vec![false; columns.len()]; rows.len()];
        let mut view = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let Some(row) = row else {
                view.push(vec![gap(columns.len())]);
                continue;
            };
            let mut cells = Vec::new();
            for (place, column) in columns.iter().enumerate() {
                if taken[at][place] {
                    continue;
                }
                let Some(column) = column else {
                    cells.push(gap(1));
                    continue;
                };
                let cell = self.table.at(*row, *column);
                let tall = cell.map_or(1, |cell| height(cell, &rows[at..]));
                let wide = cell.map_or(1, |cell| width(cell, &columns[place..]));
                for line in taken.iter_mut().skip(at).take(tall) {
                    line.iter_mut().skip(place).take(wide).for_each(|place| *place = true);
                }
                cells.push(self.cell(*row, *column, cell, (tall, wide)));
            }
            view.push(cells);
        }
        view
    }

    fn cell(&self, row: u32, column: u32, cell: Option<&Cell>, (rows, columns): (usize, usize)) -> ViewCell {
        let is_value = cell.is_some_and(|cell| self.marks.iter().any(|(_, marked)| marked.range == cell.range));
        let kind = if row < self.table.header_rows {
            CellKind::ColumnHead
        } else if column == 0 && !is_value {
            CellKind::RowHead
        } else {
            CellKind::Value
        };
        let mut operands: Vec<usize> = self
            .marks
            .iter()
            .filter(|(_, marked)| cell.is_some_and(|cell| cell.range == marked.range))
            .map(|(operand, _)| *operand)
            .collect();
        operands.sort_unstable();
        ViewCell {
            text: cell.map_or_else(String::new, |cell| self.text(cell.range, CELL)),
            rows,
            columns,
            kind,
            in_line: row == self.own.row || column == self.own.column,
            operands,
            is_shared: cell.zip(self.shared).is_some_and(|(cell, shared)| cell.range.contains(shared)),
        }
    }
}

/// How many of the rows a cell covers; it begins anew behind a gap.
fn height(cell: &Cell, rows: &[Option<u32>]) -> usize {
    rows.iter().take_while(|row| row.is_some_and(|row| cell.covers_row(row))).count()
}

/// How many of the columns a cell covers; it goes on over a gap.
fn width(cell: &Cell, columns: &[Option<u32>]) -> usize {
    let covers = |column: &Option<u32>| column.is_none_or(|column| cell.covers_column(column));
    let run = columns.iter().take_while(|column| covers(column)).count();
    columns[..run].iter().rposition(Option::is_some).map_or(1, |end| end + 1)
}

/// Lines in order with a gap where some are left out; the nearest to `own` where there are too many.
fn with_gaps(shown: BTreeSet<u32>, own: u32, all: u32, most: usize) -> Vec<Option<u32>> {
    let mut kept: Vec<u32> = shown.into_iter().collect();
    if kept.len() > most {
        // The first one names the others.
        kept.sort_by_key(|line| (*line != 0, line.abs_diff(own)));
        kept.truncate(most);
        kept.sort_unstable();
    }
    let mut lines = Vec::new();
    let mut next = 0;
    for line in kept {
        if line > next {
            lines.push(None);
        }
        lines.push(Some(line));
        next = line + 1;
    }
    if next < all {
        lines.push(None);
    }
    lines
}

fn gap(columns: usize) -> ViewCell {
    ViewCell {
        text: "…".to_owned(),
        rows: 1,
        columns,
        kind: CellKind::Gap,
        in_line: false,
        operands: Vec::new(),
        is_shared: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;
    use crate::run::Paper;

    fn cell(row: u32, column: u32, row_span: u32, column_span: u32) -> Cell {
        Cell { row, column, row_span, column_span, range: TextRange::new(0, 1) }
    }

    #[test]
    fn a_cell_covers_what_is_shown_of_it() {
        let lines = [Some(0), Some(1), None, Some(5), Some(6)];
        assert_eq!(height(&cell(0, 0, 7, 1), &lines), 2);
        assert_eq!(width(&cell(0, 0, 1, 6), &lines), 4);
        assert_eq!(width(&cell(0, 0, 1, 3), &lines), 2, "a gap at its end is none of it");
        assert_eq!((height(&cell(0, 0, 1, 1), &lines), width(&cell(0, 0, 1, 1), &lines)), (1, 1));
    }

    #[test]
    fn what_is_left_out_has_a_gap() {
        let lines = |shown: &[u32], all| with_gaps(shown.iter().copied().collect(), 4, all, 3);
        assert_eq!(lines(&[0, 4], 5), [Some(0), None, Some(4)]);
        assert_eq!(lines(&[0, 1, 2], 9), [Some(0), Some(1), Some(2), None]);
        assert_eq!(lines(&[0, 1, 3, 4, 5], 6), [Some(0), None, Some(3), Some(4), None]);
    }

    #[test]
    fn a_wrong_total_is_marked_in_its_row_and_column() {
        let rows = "<tr><th>Blackcap</th><td>31</td><td>40</td><td>38</td><td>19</td></tr>\
                    <tr><th>Whitethroat</th><td>12</td><td>17</td><td>31</td><td>31</td></tr>\
                    <tr><th>Garden warbler</th><td>8</td><td>11</td><td>17</td><td>9</td></tr>\
                    <tr><th>Total</th><td>51</td><td>63</td><td>86</td><td>59</td></tr>";
        let text = format!(
            "<article><body><sec><title>Results</title><p>Table 1 has all birds.</p><table-wrap><label>Table 1</label>\
             <caption><p>Birds of the wood</p></caption><table><thead><tr><th>Species</th><th>May</th><th>June</th><th>July</th>\
             <th>August</th></tr></thead><tbody>{rows}</tbody></table></table-wrap></sec></body></article>"
        );
        let codes: Vec<String> = rules::all().iter().map(|rule| rule.metadata().code.to_owned()).collect();
        let answer = Paper::read(text.as_bytes()).1.expect("XML is read").evaluate(&codes, true);
        let claim = answer.claims.iter().position(|claim| claim.level.is_some()).expect("the total of June");
        let view = answer.exhibits.tables.iter().find(|view| view.claim == claim).expect("its table");
        assert!(view.caption.contains("Birds of the wood"), "{}", view.caption);
        assert_eq!((view.head, view.rows.len()), (1, 5));
        let marked: Vec<&str> = view
            .rows
            .iter()
            .flatten()
            .filter(|cell| !cell.operands.is_empty())
            .map(|cell| cell.text.as_str())
            .collect();
        assert_eq!(marked, ["40", "17", "11", "63"]);
        let stated = answer.claims[claim].operands.len() - 1;
        let own = view.rows[4].iter().find(|cell| cell.operands.contains(&stated)).map(|cell| cell.text.as_str());
        assert_eq!(own, Some("63"));
        let in_line = view.rows.iter().flatten().filter(|cell| cell.in_line).count();
        assert_eq!(in_line, 9, "five in the column, five in the row, one in both");
    }
}
