//! The stage as a whole: a `Document` in, `Mentions` out.

use std::collections::BTreeSet;

use crate::document::{Document, Table, TextRange};

use super::build::{self, Registry};
use super::candidate::Candidate;
use super::conditions;
use super::decimal_mark;
use super::estimates;
use super::kind;
use super::lists;
use super::masks::Masks;
use super::mentions::{CellIx, Mentions, Sentence};
use super::modifiers;
use super::number::Habits;
use super::passages;
use super::results;
use super::scan::Scanner;
use super::sentences;
use super::source::Source;
use super::statistic::TestStatistic;
use super::subjects;
use super::summaries;
use super::tables;

/// Finds the sentences, quantities, test statistics and conditions of a paper.
///
/// The work is linear in the length of the text. Blocks that can't hold claims (references, page furniture) are left
/// out. Nothing is judged: every reading that is still possible is kept.
pub fn extract(document: &Document) -> Mentions {
    let source = Source::new(&document.text);
    let leaves = document.leaves();
    let passages = passages::of(&source, document, &leaves);
    let sentences = sentences::split(&source, &passages);
    let masks = Masks::new(&source, &passages);
    let habits = decimal_mark::habits(&source, &masks);
    let of_table = |table: &Table| decimal_mark::of_table(&source, &masks, table.range, habits);
    let of_tables: Vec<Habits> = document.tables.iter().map(of_table).collect();
    let habits_of =
        |sentence: &Sentence| sentence.cell.and_then(|cell| of_tables.get(cell.table)).copied().unwrap_or(habits);
    let mut sorted = document.variations.clone();
    sorted.sort_by_key(|variation| variation.range);
    let mut registry = Registry::new(&document.variations);
    let mut quantities = Vec::new();
    let mut list = 0;
    let values: BTreeSet<CellIx> =
        passages.iter().filter(|passage| passage.value).filter_map(|passage| passage.cell).collect();
    for (index, sentence) in sentences.iter().enumerate() {
        let scanner = Scanner {
            source: &source,
            masks: &masks,
            habits: habits_of(sentence),
            variations: &sorted,
            sentence: index,
            floor: sentence.range.start,
            end: sentence.range.end,
            value: sentence.cell.is_some_and(|cell| values.contains(&cell)),
        };
        let mut candidates = scanner.candidates();
        candidates.retain(|candidate| is_quantity(&scanner, candidate));
        list = lists::join(&source, &mut candidates, list);
        let mut floor = sentence.range.start;
        for candidate in &candidates {
            let what = kind::of(&source, candidate, sentence.range.start, sentence.range.end);
            let timed = kind::is_time(candidate);
            let by = modifiers::find(&source, candidate.range, floor, sentence.range.end, timed);
            quantities.push(build::quantity(candidate, what, by, &mut registry));
            floor = candidate.range.end;
        }
    }
    let mut statistics = results::find(&source, &sentences, &habits_of, &mut registry);
    quantities.retain(|quantity| !is_degree(&statistics, quantity.range));
    let tables = tables::read(&source, document, &sentences, &mut quantities);
    tables::row_tests(&source, document, &tables, &sentences, &of_tables, &mut statistics, &mut registry);
    let mut estimates = estimates::find(&source, &sentences, &habits_of, &statistics, &mut registry);
    tables::row_estimates(&source, document, &tables, &sentences, &of_tables, &mut estimates, &mut registry);
    tables::cell_estimates(&source, document, &tables, &sentences, &of_tables, &mut estimates, &mut registry);
    let reporting = conditions::Reporting::new(&sentences, &statistics, &estimates);
    let conditions = conditions::find(&source, document, &leaves, &sentences, &reporting);
    let mut summaries = summaries::in_text(&source, &sentences, &habits_of, &mut registry);
    let mut spanned = summaries::spans_in_text(&source, &sentences, &summaries, &habits_of, &mut registry);
    let (in_cells, beside_extremes) = summaries::in_cells(&source, document, &tables, &quantities);
    summaries.extend(in_cells);
    spanned.extend(beside_extremes);
    summaries.sort_by_key(|summary| summary.range);
    let mut medians = summaries::medians_in_text(&source, &sentences, &habits_of, &mut registry);
    medians.extend(summaries::medians_in_cells(&source, document, &tables, &sentences, &of_tables, &mut registry));
    medians.sort_by_key(|median| median.range);
    spanned.sort_by_key(|spanned| spanned.range);
    let mut mentions = Mentions {
        sentences,
        quantities,
        statistics,
        estimates,
        summaries,
        medians,
        spanned,
        conditions,
        tables,
        subjects: subjects::Subjects::default(),
        variations: registry.finish(),
        decimal_mark: habits.decimal,
    };
    mentions.subjects = subjects::find(&source, document, &mentions);
    mentions
}

/// Whether a candidate is a quantity and not a year, the number of a name, or a code.
fn is_quantity(scanner: &Scanner<'_>, candidate: &Candidate) -> bool {
    // What stands in a cell of values is a value: 1984 counts something, as 983 does.
    scanner.value
        || !(kind::is_year(scanner.source, candidate, scanner.floor, scanner.end)
            || kind::is_code(candidate)
            || kind::is_name(scanner.source, candidate, scanner.floor, scanner.end))
}

/// Whether a quantity is the degrees of freedom of a test result: its number is told there.
fn is_degree(statistics: &[TestStatistic], range: TextRange) -> bool {
    let near = statistics.partition_point(|test| test.range.end <= range.start);
    statistics.get(near).is_some_and(|test| test.degrees.iter().any(|degree| degree.range.overlaps(range)))
}
