//! Labels of findings on public papers, and what they say of a run.
//!
//! A label names a finding by its fingerprint and the SHA-256 of its paper and says whether it is right, with a class of
//! reason. It holds no title, author or sentence, so that nothing is said of a paper that nobody has published.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::derive::Level;
use crate::report::{Finding, PaperReport};

use super::wilson::{Share, wilson};

/// What a reader of the paper says of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelVerdict {
    /// The printed values cannot all be right.
    True,
    /// They can.
    False,
    /// Readers can differ.
    Arguable,
}

/// The classes of reasons. The list is closed: a reason that is none of them asks for a class of its own here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelReason {
    /// The paper has a published correction of the value.
    PublishedCorrection,
    /// Another place of the paper has the right value.
    TypoConfirmed,
    /// The values do not follow, and nothing on the page explains it.
    Unexplained,
    /// The paper's own values were read wrongly from the file.
    Reader,
    /// The numbers do not belong together.
    Binding,
    /// The percentage is one of another count.
    OtherDenominator,
    /// The test is one-tailed.
    OneTailed,
    /// The p-value is corrected, for many tests or for unequal variances.
    Correction,
    /// The p-value is one of another test.
    OtherTest,
    /// A habit of rounding, or values rounded before they were used.
    Rounding,
    /// A word or sign means something else in this field.
    Convention,
}

impl LabelReason {
    /// Whether the class goes with a verdict: the first three are of values that do not follow.
    const fn fits(self, verdict: LabelVerdict) -> bool {
        let of_error = matches!(self, Self::PublishedCorrection | Self::TypoConfirmed | Self::Unexplained);
        match verdict {
            LabelVerdict::True => of_error,
            LabelVerdict::False => !of_error,
            LabelVerdict::Arguable => true,
        }
    }
}

/// One label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLabel {
    /// The fingerprint of the finding.
    pub fingerprint: String,
    /// The SHA-256 of the paper's bytes.
    pub paper_sha256: String,
    /// The code of the rule.
    pub code: String,
    /// The level that the finding had when it was labelled.
    pub level: Level,
    /// The verdict.
    pub verdict: LabelVerdict,
    /// The class of reason.
    pub reason: LabelReason,
    /// The day of the label: `2026-11-26`.
    pub date: String,
}

/// Why a file of labels cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LabelError {
    /// It is no CSV with these columns, or a word is none of the closed lists.
    #[error("the labels cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A row contradicts itself or another one.
    #[error("row {row} of the labels {what}")]
    Row {
        /// The row, counted from 1 without the header.
        row: usize,
        /// What is amiss, as a verb phrase.
        what: &'static str,
    },
}

/// A file of labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Its rows.
    pub rows: Vec<FindingLabel>,
}

impl Labels {
    /// Reads labels: CSV with a column for each field of [`FindingLabel`], in any order.
    pub fn read(input: impl Read) -> Result<Self, LabelError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let mut rows: Vec<FindingLabel> = Vec::new();
        let mut seen = BTreeSet::new();
        for row in reader.deserialize() {
            let row: FindingLabel = row?;
            let amiss = |what| LabelError::Row { row: rows.len() + 1, what };
            if row.fingerprint.split(':').nth(1) != Some(&row.code) {
                return Err(amiss("has a code that is not that of its fingerprint"));
            }
            if !row.reason.fits(row.verdict) {
                return Err(amiss("has a reason that does not go with its verdict"));
            }
            if !seen.insert((row.paper_sha256.clone(), row.fingerprint.clone())) {
                return Err(amiss("labels a finding a second time"));
            }
            rows.push(row);
        }
        Ok(Self { rows })
    }
}

/// The labels of the findings of one code and level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelGroup {
    /// The code; `all` for the sums of a level.
    pub code: String,
    /// The level in this run.
    pub level: Level,
    /// Labelled true, of those labelled.
    pub right: Share,
    /// Labelled false, of those labelled.
    pub wrong: Share,
    /// Labelled arguable, of those labelled.
    pub arguable: Share,
    /// Not labelled.
    pub unlabelled: usize,
}

/// A finding that nobody has labelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unlabelled {
    /// The paper.
    pub paper: String,
    /// The code.
    pub code: String,
    /// The level.
    pub level: Level,
    /// The fingerprint.
    pub fingerprint: String,
    /// The relation, which quotes numbers and no sentence.
    pub relation: String,
}

/// False alarms on papers as they were published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FalseAlarms {
    /// The papers that were checked.
    pub papers: usize,
    /// Their findings from the level that counts on.
    pub findings: usize,
    /// How many of them are labelled true.
    pub labelled_true: usize,
    /// How many have no label: as long as nobody has read them they count as false alarms.
    pub unlabelled: usize,
    /// All others, a paper.
    pub per_paper: Option<f64>,
}

/// What labels say of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelScore {
    /// By level, the highest first, and code; each level ends with its sum.
    pub groups: Vec<LabelGroup>,
    /// Findings without a label.
    pub unlabelled: Vec<Unlabelled>,
    /// Labels on papers of this run that match none of its findings.
    pub stale: Vec<FindingLabel>,
    /// How many labels are on papers that are not among the inputs.
    pub elsewhere: usize,
    /// False alarms.
    pub false_alarms: FalseAlarms,
}

#[derive(Default)]
struct Counts([usize; 3], usize);

/// Counts the findings of `papers` from `level` on against the labels.
pub fn label_score(labels: &Labels, papers: &[PaperReport], level: Level) -> LabelScore {
    let by_key: BTreeMap<(&str, &str), &FindingLabel> =
        labels.rows.iter().map(|row| ((row.paper_sha256.as_str(), row.fingerprint.as_str()), row)).collect();
    let mut counts: BTreeMap<(Level, &str), Counts> = BTreeMap::new();
    let mut unlabelled = Vec::new();
    let mut met: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (paper, finding) in papers.iter().flat_map(|paper| paper.findings.iter().map(move |finding| (paper, finding))) {
        let key = (paper.key.as_str(), finding.fingerprint.as_str());
        // A label stays in force for a finding whose level has sunk below what counts, so it is not stale.
        let Some(own) = finding.level else { continue };
        met.insert(key);
        if own < level {
            continue;
        }
        let label = by_key.get(&key).map(|label| label.verdict);
        for code in [finding.code.as_str(), "all"] {
            let group = counts.entry((own, code)).or_default();
            match label {
                Some(verdict) => group.0[verdict as usize] += 1,
                None => group.1 += 1,
            }
        }
        if label.is_none() {
            unlabelled.push(unlabelled_of(paper, finding, own));
        }
    }
    let present: BTreeSet<&str> = papers.iter().map(|paper| paper.key.as_str()).collect();
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        labels.rows.iter().partition(|row| present.contains(row.paper_sha256.as_str()));
    let is_stale = |row: &&FindingLabel| !met.contains(&(row.paper_sha256.as_str(), row.fingerprint.as_str()));
    let mut groups: Vec<LabelGroup> = counts.iter().map(|((level, code), own)| group(*level, code, own)).collect();
    groups.sort_by(|a, b| {
        (std::cmp::Reverse(a.level), a.code == "all", &a.code).cmp(&(
            std::cmp::Reverse(b.level),
            b.code == "all",
            &b.code,
        ))
    });
    LabelScore {
        false_alarms: false_alarms(&groups, papers),
        groups,
        unlabelled,
        stale: here.into_iter().filter(is_stale).cloned().collect(),
        elsewhere: elsewhere.len(),
    }
}

fn unlabelled_of(paper: &PaperReport, finding: &Finding, level: Level) -> Unlabelled {
    Unlabelled {
        paper: paper.source.clone(),
        code: finding.code.clone(),
        level,
        fingerprint: finding.fingerprint.clone(),
        relation: finding.relation.clone(),
    }
}

fn group(level: Level, code: &str, Counts(verdicts, unlabelled): &Counts) -> LabelGroup {
    let of = verdicts.iter().sum();
    let share = |verdict: LabelVerdict| wilson(verdicts[verdict as usize], of);
    LabelGroup {
        code: code.to_owned(),
        level,
        right: share(LabelVerdict::True),
        wrong: share(LabelVerdict::False),
        arguable: share(LabelVerdict::Arguable),
        unlabelled: *unlabelled,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn false_alarms(groups: &[LabelGroup], papers: &[PaperReport]) -> FalseAlarms {
    use crate::report::PaperStatus::Checked;
    let papers = papers.iter().filter(|paper| paper.status == Checked).count();
    let sums = || groups.iter().filter(|group| group.code == "all");
    let labelled_true = sums().map(|group| group.right.hits).sum();
    let unlabelled = sums().map(|group| group.unlabelled).sum();
    let findings: usize = sums().map(|group| group.right.of + group.unlabelled).sum();
    let per_paper = (papers > 0).then(|| (findings - labelled_true) as f64 / papers as f64);
    FalseAlarms { papers, findings, labelled_true, unlabelled, per_paper }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, paper};
    use super::*;
    use crate::report::OutcomeName::{Consistent, Inconsistent};

    const HEAD: &str = "fingerprint,paper_sha256,code,level,verdict,reason,date\n";

    fn labels(rows: &str) -> Result<Labels, LabelError> {
        Labels::read(format!("{HEAD}{rows}").as_bytes())
    }

    #[test]
    fn labels_are_held_to_their_lists() {
        assert!(labels("v1:SU101:0a,00,SU101,error,true,unexplained,2026-01-01\n").is_ok());
        for (row, part) in [
            ("v1:SU101:0a,00,SU102,error,true,unexplained,2026-01-01\n", "not that of its fingerprint"),
            ("v1:SU101:0a,00,SU101,error,true,reader,2026-01-01\n", "does not go with its verdict"),
            ("v1:SU101:0a,00,SU101,error,false,unexplained,2026-01-01\n", "does not go with its verdict"),
            ("v1:SU101:0a,00,SU101,error,maybe,reader,2026-01-01\n", "unknown variant"),
            ("v1:SU101:0a,00,SU101,error,false,whatever,2026-01-01\n", "unknown variant"),
        ] {
            let error = labels(row).expect_err(row).to_string();
            assert!(error.contains(part), "{error}");
        }
        let twice = "v1:SU101:0a,00,SU101,error,false,reader,2026-01-01\n".repeat(2);
        assert!(labels(&twice).expect_err("twice").to_string().contains("row 2"));
    }

    #[test]
    fn the_labels_of_the_repository_can_be_read() {
        let file = include_bytes!("../../corpora/labels/findings.csv");
        let labels = Labels::read(&file[..]).expect("labels of closed lists");
        assert!(labels.rows.len() > 60, "only {} labels", labels.rows.len());
    }

    #[test]
    fn findings_are_counted_by_level_and_code_and_stale_labels_are_named() {
        let error = Some(Level::Error);
        let of = |code: &str, print: &str, level: Option<Level>| {
            let outcome = if level.is_none() { Consistent } else { Inconsistent };
            Finding { fingerprint: print.to_owned(), ..claim(code, outcome, level, "42 of 46 (83%)", "83%") }
        };
        let claims = vec![
            of("SU101", "v1:SU101:01", error),
            of("SU101", "v1:SU101:02", error),
            of("ST101", "v1:ST101:03", error),
            of("SU101", "v1:SU101:04", Some(Level::Note)),
            of("SU101", "v1:SU101:05", None),
        ];
        let papers = [PaperReport { key: "aa".to_owned(), findings: claims, ..paper("in/a.pdf", Vec::new()) }];
        let labels = labels(
            "v1:SU101:01,aa,SU101,error,true,unexplained,2026-01-01\n\
             v1:ST101:03,aa,ST101,error,false,one-tailed,2026-01-01\n\
             v1:SU101:04,aa,SU101,error,false,rounding,2026-01-01\n\
             v1:SU101:05,aa,SU101,error,false,binding,2026-01-01\n\
             v1:SU101:01,bb,SU101,error,true,unexplained,2026-01-01\n",
        );
        let score = label_score(&labels.expect("labels"), &papers, Level::Warning);
        let names: Vec<&str> = score.groups.iter().map(|group| group.code.as_str()).collect();
        assert_eq!(names, ["ST101", "SU101", "all"]);
        let all = &score.groups[2];
        assert_eq!((all.right.hits, all.wrong.hits, all.right.of, all.unlabelled), (1, 1, 2, 1));
        assert_eq!(score.unlabelled.len(), 1);
        let stale: Vec<&str> = score.stale.iter().map(|label| label.fingerprint.as_str()).collect();
        assert_eq!(stale, ["v1:SU101:05"], "the finding that sank to a note keeps its label");
        assert_eq!(score.elsewhere, 1);
        let alarms = &score.false_alarms;
        assert_eq!((alarms.papers, alarms.findings, alarms.labelled_true, alarms.unlabelled), (1, 3, 1, 1));
        assert_eq!(alarms.per_paper, Some(2.0));
    }
}
