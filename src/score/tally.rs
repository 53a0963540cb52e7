//! Precision, recall and coverage by code, with the list of what went wrong.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::derive::Level;
use crate::report::{Finding, OutcomeName, PaperReport, PaperStatus};

use super::matching::{fit, is_paper};
use super::truth::{Truth, TruthRow};
use super::wilson::{Share, wilson};

/// The figures of one code, or of all together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodeScore {
    /// The code; `all` for the sums.
    pub code: String,
    /// The share of findings that are errors of the truth file.
    pub precision: Share,
    /// The share of the truth file's errors that were found.
    pub recall: Share,
    /// The share of the truth file's statements (rows with a code) that were evaluated to a verdict.
    pub coverage: Share,
}

/// A finding that is no error of the truth file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FalseFlag {
    /// The paper.
    pub paper: String,
    /// The code of the finding.
    pub code: String,
    /// What was quoted.
    pub quote: String,
    /// Whether the truth file lists it as right; else it does not list it at all.
    pub listed: bool,
}

/// An error of the truth file that is no finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// The row.
    pub row: TruthRow,
    /// What became of it, as a lower-case fragment.
    pub reason: String,
}

/// What a truth file says of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The sums, then each code by name.
    pub codes: Vec<CodeScore>,
    /// How many of the errors found have the cause that the truth file names, of those where it names one.
    pub causes: Share,
    /// Findings that are no errors.
    pub false_flags: Vec<FalseFlag>,
    /// Errors that were not found.
    pub missed: Vec<Missed>,
    /// Papers of the run that the truth file does not name: nothing of them is counted.
    pub unlabelled: Vec<String>,
    /// Papers of the truth file that the run does not hold: their rows count as missed.
    pub absent: Vec<String>,
}

#[derive(Default)]
struct Counts {
    true_flags: usize,
    false_flags: usize,
    errors: usize,
    found: usize,
    statements: usize,
    decided: usize,
}

/// Counts the claims of `papers` against `truth`. A finding counts from `level` on.
pub fn score(truth: &Truth, papers: &[PaperReport], level: Level) -> Score {
    let mut tally =
        Tally { level, counts: BTreeMap::new(), causes: (0, 0), false_flags: Vec::new(), missed: Vec::new() };
    let mut unlabelled = Vec::new();
    let mut seen = vec![false; truth.rows.len()];
    for paper in papers {
        let rows: Vec<usize> = (0..truth.rows.len()).filter(|at| is_paper(&truth.rows[*at], paper)).collect();
        if rows.is_empty() {
            unlabelled.push(paper.source.clone());
            continue;
        }
        for at in &rows {
            seen[*at] = true;
        }
        tally.paper(paper, &rows.iter().map(|at| &truth.rows[*at]).collect::<Vec<_>>());
    }
    let mut absent = Vec::new();
    for row in truth.rows.iter().zip(&seen).filter(|(_, seen)| !**seen).map(|(row, _)| row) {
        tally.row(row, None, "the paper is not among the inputs");
        absent.push(row.paper.clone());
    }
    absent.sort();
    absent.dedup();
    tally.finish(unlabelled, absent)
}

struct Tally {
    level: Level,
    counts: BTreeMap<String, Counts>,
    causes: (usize, usize),
    false_flags: Vec<FalseFlag>,
    missed: Vec<Missed>,
}

impl Tally {
    fn paper(&mut self, paper: &PaperReport, rows: &[&TruthRow]) {
        let pairs = pair(rows, &paper.findings);
        for (at, row) in rows.iter().enumerate() {
            let claim = pairs.iter().find(|(row_at, _)| *row_at == at).map(|(_, claim)| &paper.findings[*claim]);
            let reason = match (&paper.reason, paper.status) {
                (_, PaperStatus::Checked) => "nothing was proposed for it",
                (Some(reason), _) => reason.as_str(),
                (None, _) => "the paper was not checked",
            };
            self.row(row, claim, reason);
        }
        let flagged = paper.findings.iter().enumerate().filter(|(_, claim)| claim.level >= Some(self.level));
        for (at, claim) in flagged.filter(|(_, claim)| claim.stands_alone()) {
            // A finding of several claims is right where one of them is listed as an error.
            let is_own =
                |other: usize| other == at || paper.findings[other].part_of.as_ref() == Some(&claim.fingerprint);
            let own = pairs.iter().filter(|(_, claim_at)| is_own(*claim_at)).map(|(row_at, _)| rows[*row_at]);
            let row = own.max_by_key(|row| row.is_error);
            let counts = self.counts.entry(claim.code.clone()).or_default();
            if row.is_some_and(|row| row.is_error) {
                counts.true_flags += 1;
            } else {
                counts.false_flags += 1;
                self.false_flags.push(FalseFlag {
                    paper: paper.source.clone(),
                    code: claim.code.clone(),
                    quote: claim.quote.clone(),
                    listed: row.is_some(),
                });
            }
        }
    }

    /// Counts one row with the claim that is about it.
    fn row(&mut self, row: &TruthRow, claim: Option<&Finding>, nothing: &str) {
        if row.code.is_empty() && !row.is_error {
            return;
        }
        let counts = self.counts.entry(row.code.clone()).or_default();
        counts.statements += 1;
        let decided =
            claim.is_some_and(|claim| matches!(claim.outcome, OutcomeName::Consistent | OutcomeName::Inconsistent));
        counts.decided += usize::from(decided);
        if !row.is_error {
            return;
        }
        counts.errors += 1;
        match claim {
            Some(claim) if claim.level >= Some(self.level) => {
                counts.found += 1;
                // A remark in the column is no name of a cause; names hold no space.
                if !row.cause.is_empty() && !row.cause.contains(' ') {
                    let same = claim.cause.as_ref().is_some_and(|cause| cause.name == row.cause);
                    self.causes = (self.causes.0 + usize::from(same), self.causes.1 + 1);
                }
            }
            other => self.missed.push(Missed { row: row.clone(), reason: missed_because(other, nothing) }),
        }
    }

    fn finish(self, unlabelled: Vec<String>, absent: Vec<String>) -> Score {
        let mut all = Counts::default();
        for counts in self.counts.values() {
            all.true_flags += counts.true_flags;
            all.false_flags += counts.false_flags;
            all.errors += counts.errors;
            all.found += counts.found;
            all.statements += counts.statements;
            all.decided += counts.decided;
        }
        let mut codes = vec![code_score("all", &all)];
        codes.extend(self.counts.iter().map(|(code, counts)| code_score(code, counts)));
        Score {
            codes,
            causes: wilson(self.causes.0, self.causes.1),
            false_flags: self.false_flags,
            missed: self.missed,
            unlabelled,
            absent,
        }
    }
}

fn code_score(code: &str, counts: &Counts) -> CodeScore {
    CodeScore {
        code: code.to_owned(),
        precision: wilson(counts.true_flags, counts.true_flags + counts.false_flags),
        recall: wilson(counts.found, counts.errors),
        coverage: wilson(counts.decided, counts.statements),
    }
}

pub(super) fn missed_because(claim: Option<&Finding>, nothing: &str) -> String {
    let Some(claim) = claim else { return nothing.to_owned() };
    let outcome = match claim.outcome {
        OutcomeName::Consistent => "consistent",
        OutcomeName::Inconsistent => "inconsistent, but below the level that counts",
        OutcomeName::Undecided => "undecided",
        OutcomeName::NotChecked => "not checked",
        OutcomeName::Observed => "observed",
    };
    claim.reason.as_ref().map_or_else(|| outcome.to_owned(), |reason| format!("{outcome}: {reason}"))
}

/// Pairs rows with claims, each at most once: claims of the row's own code first, then the best fit, then the
/// order of the file.
fn pair(rows: &[&TruthRow], claims: &[Finding]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (row_at, row) in rows.iter().enumerate() {
        for (claim_at, claim) in claims.iter().enumerate() {
            let fit = fit(row, claim);
            if fit > 0 {
                // An error that another rule found is found; the row's own rule comes first all the same.
                candidates.push((row.code != claim.code, std::cmp::Reverse(fit), row_at, claim_at));
            }
        }
    }
    candidates.sort_unstable();
    let (mut rows_taken, mut claims_taken) = (vec![false; rows.len()], vec![false; claims.len()]);
    let mut pairs = Vec::new();
    for (_, _, row, claim) in candidates {
        if !rows_taken[row] && !claims_taken[claim] {
            rows_taken[row] = true;
            claims_taken[claim] = true;
            pairs.push((row, claim));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, paper};
    use super::*;

    #[test]
    fn hits_misses_and_false_flags_are_told_apart() {
        use OutcomeName::{Consistent, Inconsistent};
        let truth = "paper,quote,code,is_error,right_value,cause\n\
            a.pdf,42 of 46 (83%),SU101,true,91%,\n\
            a.pdf,5 mg (0.05 g),CN101,true,0.005 g,power-of-ten\n\
            a.pdf,3 of 4 (75%),SU101,false,,\n\
            a.pdf,10 × 10 mm,,false,,a size\n\
            b.pdf,1 of 2 (5%),SU101,true,50%,\n";
        let truth = Truth::read(truth.as_bytes()).expect("a truth file");
        let error = Some(Level::Error);
        let papers = [
            paper(
                "in/a.pdf",
                vec![
                    claim("SU101", Inconsistent, error, "42 of\n46 (83%)", "83%"),
                    claim("SU101", Consistent, None, "3 of 4 (75%)", "75%"),
                    claim("EQ101", Inconsistent, error, "10 × 10 mm", "10 mm"),
                    claim("SU101", Inconsistent, Some(Level::Note), "9 of 10 (89%)", "89%"),
                ],
            ),
            paper("in/c.pdf", Vec::new()),
        ];
        let score = score(&truth, &papers, Level::Warning);
        let all = &score.codes[0];
        assert_eq!((all.precision.hits, all.precision.of), (1, 2), "the size was flagged");
        assert_eq!((all.recall.hits, all.recall.of), (1, 3));
        assert_eq!((all.coverage.hits, all.coverage.of), (2, 4));
        assert_eq!(score.false_flags.len(), 1);
        assert!(score.false_flags[0].listed);
        let missed: Vec<&str> = score.missed.iter().map(|missed| missed.reason.as_str()).collect();
        assert_eq!(missed, ["nothing was proposed for it", "the paper is not among the inputs"]);
        assert_eq!((score.unlabelled, score.absent), (vec!["in/c.pdf".to_owned()], vec!["b.pdf".to_owned()]));
        let notes = super::score(&truth, &papers, Level::Note);
        assert_eq!((notes.codes[0].precision.hits, notes.codes[0].precision.of), (1, 3), "unlisted flags are false");
    }
}
