//! Where tables print measures: the columns of a row, or the rows of a column, whose headings name them.

use crate::document::TextRange;
use crate::extract::{CellContent, CellKind, Mentions, QuantityIx, TableContent};
use crate::rules::RuleContext;

use super::measure::{Found, Measure};

/// A line of a table with at least two values of one test.
#[derive(Debug)]
pub(in crate::rules::statistics) struct Line {
    /// The values, each measure once, in the order of the table.
    pub found: Vec<Found>,
    /// The characters of the table.
    pub range: TextRange,
    /// The words of the caption, the headings and the labels.
    pub words: String,
}

/// A line of places that a heading or a label names.
struct Named {
    /// Where it stands among the lines.
    at: usize,
    measure: Measure,
    /// The words that stand over it besides.
    over: String,
}

/// Calls `look` for each line of each table that holds values of measures.
pub(in crate::rules::statistics) fn each_line(
    mentions: &Mentions,
    context: RuleContext<'_>,
    look: &mut dyn FnMut(Line),
) {
    for (table, held) in context.document.tables.iter().zip(&mentions.tables) {
        let rows = table.header_rows as usize..table.rows as usize;
        let columns = held.label_columns..held.columns;
        let headed = |column: usize| {
            let words: Vec<&str> = held.heading(column).collect();
            let (nearest, over) = words.split_first()?;
            Some(Named { at: column, measure: Measure::headed(nearest)?, over: over.join("\n") })
        };
        let labelled = |row: usize| {
            let measure = Measure::headed(held.label(row))?;
            Some(Named { at: row, measure, over: held.group(row).to_owned() })
        };
        let across: Vec<Named> = columns.clone().filter_map(headed).collect();
        let down: Vec<Named> = rows.clone().filter_map(labelled).collect();
        let words = || {
            let all = held.headings.iter().chain(&held.labels).chain([&held.caption]);
            all.map(String::as_str).collect::<Vec<_>>().join("\n")
        };
        let mut give = |lines: &mut dyn Iterator<Item = Vec<Found>>| {
            for found in lines.filter(|found| found.len() > 1) {
                look(Line { found, range: table.range, words: words() });
            }
        };
        for test in tests(&across) {
            let values = |row: usize| line(test, held, mentions, &|at| (row, at));
            give(&mut rows.clone().filter_map(values));
        }
        for test in tests(&down) {
            let values = |column: usize| line(test, held, mentions, &|at| (at, column));
            give(&mut columns.clone().filter_map(values));
        }
    }
}

/// The named lines of one test each: neighbours under the same words, no measure twice.
fn tests(named: &[Named]) -> Vec<&[Named]> {
    let same = |a: &Named, b: &Named| a.over == b.over;
    let single = |chunk: &&[Named]| {
        chunk.iter().enumerate().all(|(at, one)| chunk[..at].iter().all(|other| other.measure != one.measure))
    };
    let mut all: Vec<&[Named]> = named.chunk_by(same).filter(|chunk| chunk.len() > 1).collect();
    // A measure twice under the same words is of two tests that the headings do not tell apart.
    all.retain(single);
    all
}

/// The values at the places of a line; nothing where a cell holds a spread, which an average has.
fn line(
    test: &[Named],
    held: &TableContent,
    mentions: &Mentions,
    place: &dyn Fn(usize) -> (usize, usize),
) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    for named in test {
        let (row, column) = place(named.at);
        let Some(content) = held.content(row, column) else { continue };
        if content.kind == CellKind::MeanPlusMinus {
            return None;
        }
        found.extend(value(content).and_then(|at| Found::new(named.measure, at, mentions)));
    }
    Some(found)
}

/// The number of a cell that is the value: the only one, the percentage of a count, the estimate before its interval.
fn value(content: &CellContent) -> Option<QuantityIx> {
    match content.kind {
        CellKind::CountAndPercentage => content.percentage,
        CellKind::EstimateAndInterval => content.quantities.first().copied(),
        CellKind::Count | CellKind::Percentage | CellKind::Number => match content.quantities.as_slice() {
            [only] => Some(*only),
            _ => None,
        },
        _ => None,
    }
}
