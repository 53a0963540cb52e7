//! Totals of a run, and the coverage line: what was looked at, in words. Every count adds up.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::derive::Level;

use super::model::{Coverage, PaperReport, PaperStatus, UncheckedReason};
use super::reasoning::ModelUse;

/// How many papers ended in which way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperTotals {
    /// All papers: the other counts add up to it.
    pub papers: usize,
    /// Read and checked.
    pub checked: usize,
    /// Read, but without text.
    pub no_text: usize,
    /// Not readable.
    pub unreadable: usize,
    /// Ended by a limit or by the loss of its worker.
    pub failed: usize,
    /// Not reached before an interrupt.
    pub not_reached: usize,
}

/// How many findings there are of each level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LevelTotals {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}

impl LevelTotals {
    /// How many findings are at or above a level.
    pub const fn at_least(&self, level: Level) -> usize {
        match level {
            Level::Error => self.error,
            Level::Warning => self.error + self.warning,
            Level::Note => self.error + self.warning + self.note,
        }
    }
}

/// The sums over a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// The papers by how they ended.
    pub papers: PaperTotals,
    /// The findings by level; claims that fail for one reason are one finding.
    pub findings: LevelTotals,
    /// How many claims stand in a finding with others, beside the one that stands for it.
    #[serde(default)]
    pub parts: usize,
    /// The coverage of all papers together.
    pub coverage: Coverage,
    /// What a reasoning model was asked, where one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelUse>,
}

impl Totals {
    /// Adds a paper.
    pub fn add(&mut self, paper: &PaperReport) {
        self.papers.papers += 1;
        *match paper.status {
            PaperStatus::Checked => &mut self.papers.checked,
            PaperStatus::NoText => &mut self.papers.no_text,
            PaperStatus::Unreadable => &mut self.papers.unreadable,
            PaperStatus::Failed => &mut self.papers.failed,
            PaperStatus::NotReached => &mut self.papers.not_reached,
        } += 1;
        self.parts += paper.findings.iter().filter(|finding| finding.part_of.is_some()).count();
        let standing = paper.findings.iter().filter(|finding| finding.stands_alone());
        for level in standing.filter_map(|finding| finding.level) {
            *match level {
                Level::Error => &mut self.findings.error,
                Level::Warning => &mut self.findings.warning,
                Level::Note => &mut self.findings.note,
            } += 1;
        }
        self.coverage.add(&paper.coverage);
        if let Some(used) = &paper.model {
            self.model.get_or_insert_default().add(used);
        }
    }

    /// The sums over papers that are all at hand.
    pub fn of(papers: &[PaperReport]) -> Self {
        let mut totals = Self::default();
        for paper in papers {
            totals.add(paper);
        }
        totals
    }
}

impl Coverage {
    /// Adds the counts of another paper; equal reasons become one.
    pub fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.quantities += other.quantities;
        self.statistics += other.statistics;
        self.in_derivations += other.in_derivations;
        self.proposed += other.proposed;
        self.consistent += other.consistent;
        self.inconsistent += other.inconsistent;
        self.undecided += other.undecided;
        self.not_checked += other.not_checked;
        let both = self.reasons.iter().chain(&other.reasons);
        self.reasons = count_reasons(both.map(|reason| (reason.reason.as_str(), reason.count)));
    }
}

/// Adds up equal reasons; the most frequent first, equal counts by their words.
pub fn count_reasons<'r>(reasons: impl IntoIterator<Item = (&'r str, usize)>) -> Vec<UncheckedReason> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (reason, count) in reasons {
        *counts.entry(reason).or_default() += count;
    }
    let mut list: Vec<UncheckedReason> =
        counts.into_iter().map(|(reason, count)| UncheckedReason { reason: reason.to_owned(), count }).collect();
    // A stable sort keeps the alphabetical order among equal counts.
    list.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    list
}

/// How many reasons the coverage line names; the rest is counted.
const REASONS_NAMED: usize = 6;

/// The coverage line, in one to five lines of plain text without line ends.
pub fn coverage_lines(totals: &Totals) -> Vec<String> {
    let coverage = &totals.coverage;
    let decided = coverage.consistent + coverage.inconsistent;
    let found = match &totals.findings {
        LevelTotals { error: 0, warning: 0, note: 0 } => {
            format!("No inconsistency in {} re-derived of {}", decided, plural(coverage.proposed, "stated value"))
        }
        levels => {
            let parts = [(levels.error, "error"), (levels.warning, "warning"), (levels.note, "note")];
            let parts: Vec<String> =
                parts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| plural(*count, name)).collect();
            format!("{} in {} re-derived of {}", parts.join(", "), decided, plural(coverage.proposed, "stated value"))
        }
    };
    let mut lines = vec![format!(
        "{found}: {} consistent, {} inconsistent{}, {} undecided, {} not checked.",
        coverage.consistent,
        coverage.inconsistent,
        same_reason(totals.parts),
        coverage.undecided,
        coverage.not_checked
    )];
    if !coverage.reasons.is_empty() {
        lines.push(format!("Undecided or not checked: {}.", reasons(&coverage.reasons)));
    }
    let numbers = coverage.quantities + coverage.statistics;
    lines.push(format!(
        "Looked at {} and {} on {}: {} in a stated derivation, {} in none.",
        plural(coverage.quantities, "quantity"),
        plural(coverage.statistics, "test statistic"),
        plural(coverage.pages, "page"),
        coverage.in_derivations,
        numbers.saturating_sub(coverage.in_derivations)
    ));
    lines.extend(totals.model.as_ref().map(ModelUse::line));
    lines.push(papers(&totals.papers));
    lines
}

/// How many inconsistent claims are no finding of their own; empty for none.
pub(super) fn same_reason(parts: usize) -> String {
    match parts {
        0 => String::new(),
        _ => format!(" ({parts} for the same reason as another)"),
    }
}

fn reasons(reasons: &[UncheckedReason]) -> String {
    let mut parts: Vec<String> =
        reasons.iter().take(REASONS_NAMED).map(|reason| format!("{} {}", reason.count, reason.reason)).collect();
    let rest: usize = reasons.iter().skip(REASONS_NAMED).map(|reason| reason.count).sum();
    if rest > 0 {
        parts.push(format!("{rest} for other reasons"));
    }
    parts.join("; ")
}

fn papers(totals: &PaperTotals) -> String {
    let classes = [
        (totals.checked, "checked"),
        (totals.no_text, "without text"),
        (totals.unreadable, "not readable"),
        (totals.failed, "ended by a safety net of time, memory or isolation, which another run may not repeat"),
        (totals.not_reached, "not reached"),
    ];
    let parts: Vec<String> =
        classes.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
    format!("{}: {}.", plural(totals.papers, "paper"), if parts.is_empty() { "none".into() } else { parts.join(", ") })
}

/// A count with its noun in the right number.
pub fn plural(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage() -> Coverage {
        Coverage {
            pages: 12,
            quantities: 480,
            statistics: 1,
            in_derivations: 120,
            proposed: 63,
            consistent: 38,
            inconsistent: 0,
            undecided: 3,
            not_checked: 22,
            reasons: count_reasons([
                ("no degrees of freedom", 4),
                ("the unit is ambiguous", 3),
                ("no degrees of freedom", 18),
            ]),
        }
    }

    #[test]
    fn the_coverage_line_says_what_was_checked_when_nothing_was_found() {
        let totals = Totals {
            papers: PaperTotals { papers: 3, checked: 2, no_text: 1, ..PaperTotals::default() },
            coverage: coverage(),
            ..Totals::default()
        };
        assert_eq!(
            coverage_lines(&totals),
            [
                "No inconsistency in 38 re-derived of 63 stated values: 38 consistent, 0 inconsistent, 3 undecided, 22 not checked.",
                "Undecided or not checked: 22 no degrees of freedom; 3 the unit is ambiguous.",
                "Looked at 480 quantities and 1 test statistic on 12 pages: 120 in a stated derivation, 361 in none.",
                "3 papers: 2 checked, 1 without text.",
            ]
        );
    }

    #[test]
    fn sums_keep_every_count() {
        let mut sum = coverage();
        sum.add(&coverage());
        assert_eq!(sum.proposed, 2 * 63);
        assert_eq!(sum.proposed, sum.consistent + sum.inconsistent + sum.undecided + sum.not_checked);
        assert_eq!(sum.reasons.iter().map(|reason| reason.count).sum::<usize>(), sum.undecided + sum.not_checked);
    }
}
