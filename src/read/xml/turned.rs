//! Tables that stand turned by a right angle on their page and were read line by line all the same.
//!
//! A wide table is printed along the long side of the page, its foot at the right. A program that reads the page by its upright
//! lines takes the last column of such a table for its first row and the column that names the rows for its last row. Both
//! are told by looks: the first row holds values, the last row holds names and not one value, and the cells at the left are
//! names throughout. No table that stands upright begins with its values and ends with the names of them.

use super::table::{Cell, Row, is_value};

/// How many values open such a table and how many names close it at least.
const FEWEST: usize = 3;
/// How many columns at the left hold names at most.
const MOST_NAMES: usize = 4;

/// Turns a table upright where it stands turned, and gives it back as it is where it does not.
pub(super) fn upright(rows: Vec<Row>) -> Vec<Row> {
    let Some(names) = names(&rows) else { return rows };
    let height = rows.len();
    let width = rows.iter().map(width).max().unwrap_or(0);
    let mut turned: Vec<Row> = (0..width).map(|row| Row { header: row < names, cells: Vec::new() }).collect();
    let spans: Vec<Vec<(usize, usize)>> = (0..names).map(|column| centred(&rows, column)).collect();
    for (row, cells) in rows.into_iter().enumerate() {
        let mut at = 0_usize;
        for mut cell in cells.cells {
            let (column, covered) = (at, cell.column_span);
            at += covered as usize;
            if cell.characters.is_empty() {
                continue;
            }
            let over = spans.get(column).and_then(|own| own.iter().find(|(first, last)| first + last == 2 * row));
            let (first, last) = over.copied().unwrap_or((row, row));
            // What stood lowest comes first.
            cell.column = u32::try_from(height - 1 - last).ok();
            cell.column_span = u32::try_from(last - first + 1).unwrap_or(1);
            cell.row_span = covered;
            if let Some(own) = turned.get_mut(column) {
                own.cells.push(cell);
            }
        }
    }
    for row in &mut turned {
        row.cells.sort_by_key(|cell| cell.column);
    }
    turned
}

/// How many columns at the left hold names, where the table stands turned.
fn names(rows: &[Row]) -> Option<usize> {
    let [first, .., last] = rows else { return None };
    if rows.len() <= FEWEST {
        return None;
    }
    let plain = |cell: &Cell| cell.column.is_none() && cell.row_span == 1;
    if !rows.iter().all(|row| row.cells.iter().all(plain)) {
        return None;
    }
    let values = |row: &Row| filled(row).filter(|(_, text)| is_value(text)).count();
    if values(first) < FEWEST || values(last) > 0 {
        return None;
    }
    // Single cells at the left may open like a value: ".05 < p ≤ .10".
    let value_at = |row: &&Row, column: usize| filled(row).any(|(at, text)| at == column && is_value(&text));
    let names =
        (0..=MOST_NAMES).find(|column| 2 * rows.iter().filter(|row| value_at(row, *column)).count() >= rows.len())?;
    let is_word = |(at, text): &(usize, String)| *at >= names && text.chars().any(char::is_alphabetic);
    if filled(last).filter(is_word).count() < FEWEST {
        return None;
    }
    let labelled = (0..names).any(|column| rows.iter().filter(|row| cell_at(row, column)).count() > rows.len() / 2);
    // A row with values has a name at the left, but where it continues the one before.
    (labelled && names <= MOST_NAMES).then_some(names)
}

/// The cells of a row that hold something, each with its first column and its characters.
fn filled(row: &Row) -> impl Iterator<Item = (usize, String)> {
    let mut at = 0_usize;
    row.cells.iter().filter_map(move |cell| {
        let column = at;
        at += cell.column_span as usize;
        (!cell.characters.is_empty()).then(|| (column, cell.characters.iter().collect()))
    })
}

fn cell_at(row: &Row, column: usize) -> bool {
    filled(row).any(|(at, _)| at == column)
}

fn width(row: &Row) -> usize {
    row.cells.iter().map(|cell| cell.column_span as usize).sum()
}

/// The rows that each name of a column of names stands over, first and last: a name over several stands in their middle.
/// None where the names do not part all rows but the last one in this way.
fn centred(rows: &[Row], column: usize) -> Vec<(usize, usize)> {
    let (mut groups, mut first) = (Vec::new(), 0);
    let end = rows.len() - 1;
    for row in (0..end).filter(|row| cell_at(&rows[*row], column)) {
        // The middle of as many rows before it as behind it.
        let Some(last) = (2 * row).checked_sub(first).filter(|last| *last >= row) else { return Vec::new() };
        groups.push((first, last));
        first = last + 1;
    }
    if first == end { groups } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Place;

    fn rows(text: &str) -> Vec<Row> {
        let cell = |text: &str| Cell {
            column: None,
            row_span: 1,
            column_span: 1,
            header: false,
            characters: text.trim().chars().collect(),
            place: Place::Element { path: String::new(), boxes: Vec::new() },
        };
        text.lines().map(|line| Row { header: false, cells: line.split('|').map(cell).collect() }).collect()
    }

    fn shown(rows: &[Row]) -> Vec<String> {
        let cell = |cell: &Cell| {
            let text: String = cell.characters.iter().collect();
            let span = if cell.column_span > 1 { format!("<{}", cell.column_span) } else { String::new() };
            format!("{}:{text}{span}", cell.column.unwrap_or_default())
        };
        rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_turned_table_stands_upright_with_its_names_over_their_columns() {
        let turned = rows(
            " | p | .02 | .30 | .61\nLinear | SE | 0.1 | 0.2 | 0.3\n | b | 1 | 2 | 3\n | Factor | Age | Depth | Wind",
        );
        let upright = upright(turned);
        assert_eq!(
            shown(&upright),
            [
                "1:Linear<3",
                "0:Factor 1:b 2:SE 3:p",
                "0:Age 1:1 2:0.1 3:.02",
                "0:Depth 1:2 2:0.2 3:.30",
                "0:Wind 1:3 2:0.3 3:.61"
            ]
        );
        assert_eq!(upright.iter().filter(|row| row.header).count(), 2);
    }

    #[test]
    fn an_upright_table_stays_as_it_is() {
        for text in [
            "Factor | b | SE\nAge | 1 | 2\nDepth | 3 | 4\nWind | 5 | 6",
            // Values in the last row, too few names in it, and values at the left.
            "p | .02 | .30 | .61\nb | 1 | 2 | 3\nFactor | Age | 4 | Wind",
            "p | .02 | .30 | .61\nb | 1 | 2 | 3\nFactor | Age | Depth |",
            "1 | .02 | .30 | .61\n2 | 1 | 2 | 3\nFactor | Age | Depth | Wind",
        ] {
            let before = shown(&rows(text));
            let after = shown(&upright(rows(text)));
            let seats = |shown: &[String]| shown.len();
            assert_eq!(seats(&before), seats(&after), "{text}");
            assert_eq!(before, after, "{text}");
        }
    }
}
