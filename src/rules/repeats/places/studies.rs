//! Sizes of samples in a chapter about one study, "χ²(1, N = 32)" under the heading "Experiment 2", beside the row of that
//! study in a table of samples: "2 | 32 (16 female)".
//!
//! The heading names the row, so that no words have to. A size that is another one is not held against the table: cases are
//! left out of tests, and a study has parts.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::Operation;
use crate::document::{Block, BlockKind, TextRange};
use crate::extract::patterns::compile;
use crate::extract::{Likeness, Member, Mentions, Role, Standing, Statistic};
use crate::rules::RuleContext;

use super::claim::Claim;
use super::grid::{Entry, Grid};
use super::singles::singles;

/// A heading or words that name one study.
static STUDY: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\b(?P<kind>experiment|study|sample|survey|cohort) (?P<mark>\d{1,2}[a-c]?|[A-E])\b"));

/// The heading of a column of sizes.
static SIZES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)^\W*(?:(?:total |final )?sample size|(?:total )?n|(?:no\.|number) of (?:participants|subjects)|participants)\W*$",
    )
});

/// A study with the place that speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Study {
    kind: String,
    mark: String,
    range: TextRange,
}

/// The claims of the sizes of tests and of people.
pub(super) fn claims(mentions: &Mentions, context: RuleContext<'_>, grids: &[Grid<'_>]) -> Vec<Claim> {
    let tables: Vec<(&Grid<'_>, usize)> =
        grids.iter().filter_map(|grid| Some((grid, grid.column_of(|heading| is(&SIZES, heading))?))).collect();
    if tables.is_empty() {
        return Vec::new();
    }
    let chapters = chapters(&context.document.blocks, context);
    let subjects = &mentions.subjects;
    let mut claims = Vec::new();
    let tests = subjects.list.iter().filter(|own| {
        matches!(own.statistic, Statistic::Test(_)) && own.standing == Standing::Text && !subjects.passage(own).cites
    });
    for test in tests {
        // The innermost heading stands last.
        let study = chapters.iter().rev().find(|study| study.range.contains(test.range));
        if let Some((study, size)) = study.zip(test.member(Role::Size)) {
            claims.extend(of_size(study, size, &tables));
        }
    }
    for single in singles(mentions, |standing| standing == Standing::Text) {
        let sentence = mentions.sentences.get(subjects.passage(single.subject).sentence);
        if single.member.digits() < 2 || !single.counts() || !single.counts_persons(mentions) {
            continue;
        }
        let Some(sentence) = sentence.map(|sentence| sentence.range) else { continue };
        let named = studies(context.index.slice(&context.document.text, sentence), sentence);
        if let [study] = named.as_slice() {
            claims.extend(of_size(study, single.member, &tables));
        }
    }
    claims
}

/// The claim of a size where the row of its study has it.
fn of_size(study: &Study, size: &Member, tables: &[(&Grid<'_>, usize)]) -> Option<Claim> {
    let of = |(grid, column): &(&Grid<'_>, usize)| -> Option<(usize, usize)> {
        let row = grid.row_of(|heading, label| {
            let label = label.trim().to_lowercase();
            let whole = format!("{} {}", study.kind, study.mark);
            label == whole || (label == study.mark && heading.to_lowercase().starts_with(&study.kind))
        })?;
        Some((row, *column))
    };
    let mut found = tables.iter().filter_map(|table| {
        let place = of(table)?;
        let entry: &Entry = table.0.entries.iter().find(|entry| (entry.row, entry.column) == place)?;
        (entry.member.compare(size) == Likeness::Identical).then_some((table.0, entry))
    });
    let (grid, entry) = found.next()?;
    let claim = grid.claim((size, Standing::Text), entry, Operation::Implied);
    found.next().is_none().then_some(Claim { role: Role::Size, ..claim })
}

/// The studies that a text names, each once.
fn studies(text: &str, range: TextRange) -> Vec<Study> {
    let mut found: Vec<Study> = Vec::new();
    for names in STUDY.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let part = |name: &str| names.name(name).map_or_else(String::new, |own| own.as_str().to_lowercase());
        let study = Study { kind: part("kind"), mark: part("mark"), range };
        if !found.contains(&study) {
            found.push(study);
        }
    }
    found
}

/// The sections whose heading names one study, the outer ones first.
fn chapters(blocks: &[Block], context: RuleContext<'_>) -> Vec<Study> {
    let mut found = Vec::new();
    for block in blocks {
        let heading = block.children.first().filter(|child| child.kind == BlockKind::Heading);
        if let Some(heading) = heading.filter(|_| block.kind == BlockKind::Section) {
            let mut named = studies(context.index.slice(&context.document.text, heading.range), block.range);
            if named.len() == 1 {
                found.append(&mut named);
            }
        }
        found.extend(chapters(&block.children, context));
    }
    found
}

fn is(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn studies_and_sizes_are_known_by_their_names() {
        let found = studies("Experiment 2 and Study 3 and again Experiment 2", TextRange::default());
        assert_eq!(found.iter().map(|study| study.mark.as_str()).collect::<Vec<_>>(), ["2", "3"]);
        assert!(is(&SIZES, "Sample size") && is(&SIZES, "N") && !is(&SIZES, "N (%) of boys"));
    }
}
