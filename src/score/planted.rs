//! Recall among planted slips, by kind of slip and by rule.
//!
//! A slip is found where a finding, of whatever rule, rests on the changed characters: one of its operands shares a
//! character with them. The rest of such a document is not looked at, since nothing there is known; false alarms are
//! counted on untouched papers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::derive::Level;
use crate::document::TextRange;
use crate::report::{Finding, OutcomeName, PaperReport, PaperStatus};

use super::matching::is_paper;
use super::plant::SlipKind;
use super::tally::missed_because;
use super::truth::{Truth, TruthRow};
use super::wilson::{Share, wilson};

/// The recall of some slips.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recall {
    /// The kind of slip, the code of the rule, or both; `all` for the sums.
    pub name: String,
    /// How many were found.
    pub recall: Share,
    /// How many were found where notes count too.
    pub with_notes: usize,
    /// How many of those found were found by the rule whose claim was broken.
    pub by_own_rule: usize,
    /// How many of all could be right by another habit of rounding than the plain one.
    pub possible_by_habit: usize,
}

/// What became of the planted slips.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlantedScore {
    /// All of them.
    pub all: Recall,
    /// By kind of slip, in the order of [`SlipKind::ALL`].
    pub slips: Vec<Recall>,
    /// By rule.
    pub rules: Vec<Recall>,
    /// By kind and rule, only where there are any.
    pub cells: Vec<Cell>,
    /// Why slips were missed, and how many, the most frequent first.
    pub reasons: Vec<(String, usize)>,
    /// The slips that were missed, in the order of the truth file, each with its reason.
    pub missed: Vec<MissedSlip>,
}

/// The recall of one kind of slip in one rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// The kind of slip.
    pub slip: String,
    /// The rule.
    pub rule: String,
    /// How many were found.
    pub recall: Share,
}

/// A slip that was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissedSlip {
    /// The document.
    pub paper: String,
    /// The kind of slip.
    pub slip: String,
    /// The rule whose claim it broke.
    pub code: String,
    /// Why, as a lower-case fragment.
    pub reason: String,
}

/// What a run said of one slip.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Found { own_rule: bool },
    Missed { reason: String, noted: bool },
}

/// Follows a run over planted documents, paper by paper.
#[derive(Debug)]
pub struct PlantedTally<'t> {
    rows: Vec<(&'t TruthRow, Fate)>,
    by_paper: BTreeMap<&'t str, Vec<usize>>,
    level: Level,
}

impl<'t> PlantedTally<'t> {
    /// A tally for the slips of a truth file. A finding counts from `level` on.
    pub fn new(truth: &'t Truth, level: Level) -> Self {
        let reason = "the document is not among the inputs".to_owned();
        let absent = || Fate::Missed { reason: reason.clone(), noted: false };
        let rows: Vec<_> = truth.rows.iter().filter(|row| !row.slip.is_empty()).map(|row| (row, absent())).collect();
        let mut by_paper: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (row, _)) in rows.iter().enumerate() {
            by_paper.entry(row.paper.as_str()).or_default().push(at);
        }
        Self { rows, by_paper, level }
    }

    /// Takes one paper of the run.
    pub fn paper(&mut self, paper: &PaperReport) {
        let file = paper.source.rsplit('/').next().unwrap_or(&paper.source);
        let names = [paper.source.as_str(), file, paper.key.as_str()];
        let mut rows: Vec<usize> = names.iter().filter_map(|name| self.by_paper.get(name)).flatten().copied().collect();
        rows.sort_unstable();
        rows.dedup();
        for at in rows {
            let row = self.rows[at].0;
            if is_paper(row, paper) {
                self.rows[at].1 = fate(row, paper, self.level);
            }
        }
    }

    /// The sums.
    pub fn finish(self) -> PlantedScore {
        let recall = |name: &str, chosen: &dyn Fn(&TruthRow) -> bool| {
            let rows: Vec<_> = self.rows.iter().filter(|(row, _)| chosen(row)).collect();
            let count = |is: &dyn Fn(&Fate) -> bool| rows.iter().filter(|(_, fate)| is(fate)).count();
            let found = count(&|fate| matches!(fate, Fate::Found { .. }));
            Recall {
                name: name.to_owned(),
                recall: wilson(found, rows.len()),
                with_notes: found + count(&|fate| matches!(fate, Fate::Missed { noted: true, .. })),
                by_own_rule: count(&|fate| *fate == Fate::Found { own_rule: true }),
                possible_by_habit: rows.iter().filter(|(row, _)| row.possible == "by-habit").count(),
            }
        };
        let mut codes: Vec<&str> = self.rows.iter().map(|(row, _)| row.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        let kinds = SlipKind::ALL.map(SlipKind::name);
        let mut cells = Vec::new();
        for (slip, rule) in kinds.iter().flat_map(|slip| codes.iter().map(move |rule| (*slip, *rule))) {
            let own = recall("", &|row| row.slip == slip && row.code == rule).recall;
            if own.of > 0 {
                cells.push(Cell { slip: slip.to_owned(), rule: rule.to_owned(), recall: own });
            }
        }
        let missed: Vec<MissedSlip> = self.rows.iter().filter_map(|(row, fate)| missed(row, fate)).collect();
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for missed in &missed {
            *reasons.entry(&missed.reason).or_default() += 1;
        }
        let mut reasons: Vec<(String, usize)> =
            reasons.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        PlantedScore {
            all: recall("all", &|_| true),
            slips: kinds.iter().map(|kind| recall(kind, &|row| row.slip == *kind)).collect(),
            rules: codes.iter().map(|code| recall(code, &|row| row.code == *code)).collect(),
            cells,
            reasons,
            missed,
        }
    }
}

fn missed(row: &TruthRow, fate: &Fate) -> Option<MissedSlip> {
    let Fate::Missed { reason, .. } = fate else { return None };
    let (paper, slip, code) = (row.paper.clone(), row.slip.clone(), row.code.clone());
    Some(MissedSlip { paper, slip, code, reason: reason.clone() })
}

/// Whether a claim rests on the changed characters. A row without their place goes by the wrong value in the quote.
fn rests(claim: &Finding, row: &TruthRow) -> bool {
    match (row.start, row.end) {
        (Some(start), Some(end)) => {
            let changed = TextRange::new(start, end);
            claim.operands.iter().any(|operand| operand.span.range.overlaps(changed))
        }
        _ => super::matching::fit(row, claim) > 0,
    }
}

fn fate(row: &TruthRow, paper: &PaperReport, level: Level) -> Fate {
    let claims: Vec<&Finding> = paper.findings.iter().filter(|claim| rests(claim, row)).collect();
    let flagged: Vec<&&Finding> = claims.iter().filter(|claim| claim.level >= Some(level)).collect();
    if !flagged.is_empty() {
        return Fate::Found { own_rule: flagged.iter().any(|claim| claim.code == row.code) };
    }
    let nothing = match (paper.status, &paper.reason) {
        (PaperStatus::Checked, _) => "nothing was proposed for it",
        (_, Some(reason)) => reason.as_str(),
        (_, None) => "the paper was not checked",
    };
    // The claim that says most of it: of its own rule first, one that does not hold before one that is open.
    let rank = |claim: &&&Finding| {
        let open = match claim.outcome {
            OutcomeName::Inconsistent => 0,
            OutcomeName::Undecided => 1,
            OutcomeName::NotChecked => 2,
            OutcomeName::Consistent => 3,
            OutcomeName::Observed => 4,
        };
        (claim.code != row.code, open, claim.range)
    };
    Fate::Missed {
        reason: missed_because(claims.iter().min_by_key(rank).copied(), nothing),
        noted: claims.iter().any(|claim| claim.level.is_some()),
    }
}
