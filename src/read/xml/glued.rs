//! Columns that stand so close to each other that a program took them for one: "SE OR p" over cells like "0.009 1.025 .006".
//!
//! Such a column is taken apart only where its heading is nothing but names of statistics and every cell below holds as many
//! values as there are names. What a value means is not asked here, and a column of any other names stays whole.

use std::sync::LazyLock;

use regex::Regex;

use crate::read::compose::{DraftCell, DraftGrid, DraftLine};

/// How many columns are one at most.
const MOST: usize = 8;
/// In how many rows at least a column has values.
const FEWEST: usize = 2;

/// Names of statistics, each of one word or a few: the longer ones stand first.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:1\s?[-−–]\s?β|\d\d\s?%\s?(?:CI|PI)|BF\s?[01]{0,2}|(?:χ|[RrIβη])\s?[2²]|Wald(?:\s?χ\s?[2²])?|Cohen['’]s\s+d|Hedges['’]s?\s+g|(?:Coefficient|Coef|Estimate|Mean|SEM|SE|SD|OR|HR|RR|CI|VIF|df|M|N|n|p|t|F|z|b|B|β|d|g|r|k)[.s]?)(?:\s|$)",
    )
    .expect("the pattern is a constant")
});

/// A value: a number with what stands before and behind it, or an interval in brackets.
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[\[(][^\[\]()]*\d[^\[\]()]*[\])]|[<>=≤≥~≈]?\s?[-−–+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)%?[*†‡]*)(?:\s|$)")
        .expect("the pattern is a constant")
});

/// Takes apart the columns that hold several. `lines` are those of the cells, one each.
pub fn part(grid: &mut DraftGrid, lines: &mut Vec<DraftLine>) {
    if grid.cells.len() != lines.len() || grid.header_rows == 0 || grid.cells.iter().any(|cell| cell.row_span > 1) {
        return;
    }
    for column in (1..grid.columns).rev() {
        let width = u32::try_from(names_over(grid, lines, column).len()).unwrap_or(0);
        if width > 1 {
            widen(grid, lines, column, width);
        }
    }
}

/// The names that stand over a column, where its cells hold as many values.
fn names_over(grid: &DraftGrid, lines: &[DraftLine], column: u32) -> Vec<String> {
    let own = |cell: &&(&DraftCell, &DraftLine)| cell.0.column == column && cell.0.column_span == 1;
    let cells: Vec<(&DraftCell, &DraftLine)> = grid.cells.iter().zip(lines).collect();
    let covered = |row: u32| {
        cells.iter().any(|(cell, _)| {
            cell.row == row && cell.column < column && column < cell.column.saturating_add(cell.column_span)
        })
    };
    let heading = cells.iter().filter(own).find(|(cell, _)| cell.row + 1 == grid.header_rows);
    let Some(names) = heading.and_then(|(_, line)| pieces(&text(line), &NAME)).filter(|names| names.len() > 1) else {
        return Vec::new();
    };
    let body: Vec<_> = cells.iter().filter(own).filter(|(cell, _)| cell.row >= grid.header_rows).collect();
    let fits = |line: &DraftLine| pieces(&text(line), &VALUE).is_some_and(|values| values.len() == names.len());
    let whole = body.len() >= FEWEST && body.iter().all(|(_, line)| fits(line));
    if whole && !(grid.header_rows..grid.rows).any(covered) { names } else { Vec::new() }
}

fn text(line: &DraftLine) -> String {
    line.characters.iter().collect()
}

/// A text as a list of such pieces; nothing where other things stand in it, or too many.
fn pieces(text: &str, form: &Regex) -> Option<Vec<String>> {
    let (mut rest, mut found) = (text.trim(), Vec::new());
    while !rest.is_empty() {
        let piece = form.find(rest)?;
        found.push(piece.as_str().trim().to_owned());
        rest = rest[piece.end()..].trim_start();
    }
    (found.len() <= MOST).then_some(found)
}

/// Makes `width` columns of one.
fn widen(grid: &mut DraftGrid, lines: &mut Vec<DraftLine>, column: u32, width: u32) {
    let (mut cells, mut parted) = (Vec::with_capacity(grid.cells.len()), Vec::with_capacity(lines.len()));
    let header_rows = grid.header_rows;
    for (mut cell, line) in grid.cells.drain(..).zip(lines.drain(..)) {
        let own = cell.column == column && cell.column_span == 1 && cell.row + 1 >= header_rows;
        let form: &Regex = if cell.row < header_rows { &NAME } else { &VALUE };
        if let Some(pieces) = own.then(|| pieces(&text(&line), form)).flatten() {
            for (column, piece) in (column..).zip(pieces) {
                cells.push(DraftCell { column, ..cell });
                parted.push(DraftLine { characters: piece.chars().collect(), ..line.clone() });
            }
            continue;
        }
        if cell.column > column {
            cell.column += width - 1;
        } else if cell.column.saturating_add(cell.column_span) > column {
            cell.column_span += width - 1;
        }
        cells.push(cell);
        parted.push(line);
    }
    grid.cells = cells;
    *lines = parted;
    grid.columns += width - 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_cells_fall_into_names_and_values() {
        let names = |text: &str| pieces(text, &NAME);
        let values = |text: &str| pieces(text, &VALUE);
        let list = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(names("SE OR p 1 -β"), list(&["SE", "OR", "p", "1 -β"]));
        assert_eq!(names("95% CI Coefficient r"), list(&["95% CI", "Coefficient", "r"]));
        assert_eq!(names("Coefficient SD t p"), list(&["Coefficient", "SD", "t", "p"]));
        assert_eq!(values("0.009 1.025 .006 > .99"), list(&["0.009", "1.025", ".006", "> .99"]));
        assert_eq!(values("[-0.01, 0.00] -0.01 -.01"), list(&["[-0.01, 0.00]", "-0.01", "-.01"]));
        for other in ["Total score", "Time 1", "Mean depth", "p values in", "M SD of"] {
            assert_eq!(names(other), None, "{other}");
        }
        for other in ["12 men", "1.2 –", "3.1 ± 0.2"] {
            assert_eq!(values(other), None, "{other}");
        }
    }
}
