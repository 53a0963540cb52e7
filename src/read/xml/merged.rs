//! Cells over several columns that hold a value of each: ".008 0.38 [0.10, 0.66]" where other rows have ".11" in one column
//! and "0.23 [-0.05, 0.51]" in the next.
//!
//! Files in TEI are made from pages by a program that tells columns by the ink, and where two values stand close to each
//! other it takes them for one cell. Such a cell is taken apart only where its words fall into one value for each column in
//! exactly one way: each has the form of the values that stand alone in its column, or is one number where none stands
//! alone there. What a value means is not asked here, and cells of the heading stay as they are.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::read::compose::{DraftCell, DraftGrid, DraftLine};

/// How many words a cell that is taken apart has at most.
const MOST_WORDS: usize = 24;

/// A number with its sign of comparison and its sign.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[<>=≤≥~≈]?\s*[-−–+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)")
        .expect("the pattern is a constant")
});

/// What stands for a number in a form.
const PLACEHOLDER: char = '#';
/// A number alone.
const ALONE: &str = "#";

/// Takes apart the cells of the body that hold a value of each of their columns. `lines` are those of the cells, one each.
pub fn part(grid: &mut DraftGrid, lines: &mut Vec<DraftLine>) {
    if grid.cells.len() != lines.len() {
        return;
    }
    let forms = forms_by_column(grid, lines);
    let (mut cells, mut parted) = (Vec::with_capacity(grid.cells.len()), Vec::with_capacity(lines.len()));
    for (cell, line) in grid.cells.drain(..).zip(lines.drain(..)) {
        let below = cell.row >= grid.header_rows && cell.column_span > 1;
        let values = below.then(|| values(&line.characters, cell, &forms)).flatten();
        let Some(values) = values else {
            cells.push(cell);
            parted.push(line);
            continue;
        };
        for (column, characters) in (cell.column..).zip(values) {
            cells.push(DraftCell { column, column_span: 1, ..cell });
            parted.push(DraftLine { characters, ..line.clone() });
        }
    }
    grid.cells = cells;
    *lines = parted;
}

/// The forms of the values that stand alone in each column of the body.
fn forms_by_column(grid: &DraftGrid, lines: &[DraftLine]) -> Vec<BTreeSet<String>> {
    let mut forms = vec![BTreeSet::new(); grid.columns as usize];
    for (cell, line) in grid.cells.iter().zip(lines) {
        if cell.row < grid.header_rows || cell.column_span > 1 {
            continue;
        }
        let form = form(&line.characters.iter().collect::<String>());
        if let (Some(own), true) = (forms.get_mut(cell.column as usize), form.contains(PLACEHOLDER)) {
            own.insert(form);
        }
    }
    forms
}

/// The form of a value: its numbers as placeholders, without spaces and marks of notes.
fn form(text: &str) -> String {
    let mark = |c: char| c.is_whitespace() || "*†‡§∗⁎".contains(c);
    NUMBER.replace_all(text, "#").chars().filter(|c| !mark(*c)).collect()
}

/// The values of a cell, one for each of its columns, where its words fall into such in one way alone.
fn values(characters: &[char], cell: DraftCell, forms: &[BTreeSet<String>]) -> Option<Vec<Vec<char>>> {
    let text: String = characters.iter().collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < cell.column_span as usize || words.len() > MOST_WORDS {
        return None;
    }
    let columns = cell.column as usize..(cell.column + cell.column_span) as usize;
    let fits = |column: usize, value: &[&str]| {
        let form = form(&value.join(" "));
        forms.get(column).is_some_and(|own| own.contains(&form) || (own.is_empty() && form == ALONE))
    };
    let ends = only_way(&words, columns, &fits)?;
    let starts = std::iter::once(0).chain(ends.iter().copied());
    Some(starts.zip(&ends).map(|(start, end)| words[start..*end].join(" ").chars().collect()).collect())
}

/// Where the values of the columns end among the words, where there is one way alone. Each column is met once with every
/// place that it can begin at, so that the work grows with the columns and the square of the words, which are few.
fn only_way(
    words: &[&str],
    columns: std::ops::Range<usize>,
    fits: &dyn Fn(usize, &[&str]) -> bool,
) -> Option<Vec<usize>> {
    // For each place among the words the ways that lead to it: none, one with its ends, or several.
    let mut ways: Vec<Option<Result<Vec<usize>, ()>>> = vec![None; words.len() + 1];
    ways[0] = Some(Ok(Vec::new()));
    for column in columns {
        let mut next: Vec<Option<Result<Vec<usize>, ()>>> = vec![None; words.len() + 1];
        for (start, way) in ways.iter().enumerate() {
            let Some(way) = way else { continue };
            for end in (start + 1..=words.len()).filter(|end| fits(column, &words[start..*end])) {
                next[end] = Some(match (&next[end], way) {
                    (None, Ok(ends)) => Ok(ends.iter().copied().chain([end]).collect()),
                    _ => Err(()),
                });
            }
        }
        ways = next;
    }
    ways.pop().flatten()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str, span: u32, columns: &[&[&str]]) -> Option<Vec<String>> {
        let forms: Vec<BTreeSet<String>> =
            columns.iter().map(|own| own.iter().map(|value| form(value)).collect()).collect();
        let cell = DraftCell { row: 1, column: 0, row_span: 1, column_span: span, lines: 1 };
        let found = values(&text.chars().collect::<Vec<_>>(), cell, &forms)?;
        Some(found.iter().map(|value| value.iter().collect()).collect())
    }

    #[test]
    fn a_cell_falls_into_the_values_of_its_columns() {
        let (p, d): (&[&str], &[&str]) = (&[".11", "< .001"], &["0.23 [-0.05, 0.51]"]);
        for (text, span, columns, expected) in [
            (".008 0.38 [0.10, 0.66]", 2, &[p, d][..], Some(&[".008", "0.38 [0.10, 0.66]"][..])),
            ("< .001 0.55 [0.26, 0.84]", 2, &[p, d], Some(&["< .001", "0.55 [0.26, 0.84]"])),
            ("23.4 3.13", 2, &[&[], &[]], Some(&["23.4", "3.13"])),
            ("5.75* 1,419.49 -.02", 3, &[&["1"], &["1"], &["1"]], Some(&["5.75*", "1,419.49", "-.02"])),
            // One value over two columns, words, and values of another form than their columns have.
            ("[0.02, 0.03]", 2, &[&["1"], &["1"]], None),
            ("Model 2", 2, &[&["1"], &["1"]], None),
            ("0.38 [0.10, 0.66]", 2, &[&[], &[]], None),
            ("3.1 (0.2) 4.0", 2, &[&["1"], &["1"]], None),
            // Two ways are none.
            ("1 (2) (3) 4", 2, &[&["1 (2)", "1 (2) (3)"], &["(3) 4", "4"]], None),
        ] {
            let expected = expected.map(|values| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>());
            assert_eq!(words_of(text, span, columns), expected, "{text}");
        }
    }
}
