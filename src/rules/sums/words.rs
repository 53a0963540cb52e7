//! What the words of a table say about all of its percentages.

use std::sync::LazyLock;

use regex::Regex;

use super::shares::Grid;
use crate::extract::patterns::compile;

/// The label of a row that cites a study: "Smith et al. (2010)", "Smith and Jones, 2010", or a name with a number in square brackets.
static CITATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"\bet\s+al\b|\p{Lu}[\p{L}’'-]+(?:\s+\p{Lu}{1,3})?(?:\s+(?:and|&)\s+\p{Lu}[\p{L}’'-]+)?\.?,?\s*\(?(?:19|20)\d\d[a-z]?\b|",
        r"\p{Lu}[\p{L}’'-]+\.?\s*\[\d|^\s*\[\d+\]\s*$"
    ))
});

/// Words over a column of studies.
static STUDIES: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\b(?:authors?|study|studies|references?|first\s+author|source)\b"));

/// Words for a share that the studies may have found in another way than by division.
static FOUND: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)\bprevalence|\brates?\b|\bincidence"));

fn is(pattern: &LazyLock<Option<Regex>>, words: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(words))
}

/// Whether most of the rows of a table cite a study each, so that a source has given each of its numbers.
pub(super) fn cites_a_study_a_row(grid: Grid<'_>) -> bool {
    let labels = || grid.body().map(|row| grid.content.label(row)).filter(|label| !label.is_empty());
    let cited = labels().filter(|label| is(&CITATION, label)).count();
    cited >= 2 && cited * 2 > labels().count()
}

/// Whether the rows of a table are studies of others, whose percentages may be standardised or of another whole.
pub(super) fn is_of_studies(grid: Grid<'_>) -> bool {
    let labels = grid.body().map(|row| grid.content.label(row)).filter(|label| !label.is_empty());
    let cited = labels.filter(|label| is(&CITATION, label)).count();
    let by_label = cites_a_study_a_row(grid);
    let headed = (0..grid.content.label_columns.max(2))
        .any(|column| grid.content.heading(column).any(|words| is(&STUDIES, words)));
    let found = grid.content.headings.iter().chain([&grid.content.caption]).any(|words| is(&FOUND, words));
    by_label || ((headed || cited >= 2) && found)
}
