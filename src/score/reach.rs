//! Reach: how many values that readers listed by hand a run brings to a verdict.
//!
//! A label is reached when a finding on its page, of whatever rule, has among its operands at least two of the label's
//! numbers, the stated value being one of them. Each finding serves one label, the best fit first. What becomes of
//! values that are not reached (the stage that loses them) is asked by `corpora/labels/reach.py`, not here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::document::Place;
use crate::report::{Finding, OutcomeName, PaperReport, PaperStatus};

use super::plain_numbers::{Values, numbers, shared};
use super::wilson::{Share, wilson};

/// The kinds of labels that count; the others lack an operand that a reader of the passage would need.
const COUNTED: [&str; 4] = ["calc", "conversion", "percent", "test"];

/// A value that a reader listed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReachLabel {
    /// The SHA-256 of the paper.
    pub paper_sha256: String,
    /// The page, counted from 1 in the file.
    pub page: u32,
    /// What kind of value it is.
    pub kind: String,
    /// The shortest run of words that holds its numbers.
    pub quote: String,
    /// The rule that should take it; empty where none fits.
    #[serde(default)]
    pub code: String,
}

/// The share of listed values that a run brings to a verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReachScore {
    /// All that count.
    pub all: Share,
    /// By the rule that should take them.
    pub rules: BTreeMap<String, Share>,
    /// By kind.
    pub kinds: BTreeMap<String, Share>,
    /// How many that count are on papers that are not among the inputs, and are left out.
    pub elsewhere: usize,
}

/// Reads a file of listed values.
pub fn read_reach(input: impl Read) -> Result<Vec<ReachLabel>, csv::Error> {
    csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input).deserialize().collect()
}

/// Compares listed values with the claims of a run.
pub fn reach_score(labels: &[ReachLabel], papers: &[PaperReport]) -> ReachScore {
    let by_key: BTreeMap<&str, &PaperReport> = papers.iter().map(|paper| (paper.key.as_str(), paper)).collect();
    let mut by_paper: BTreeMap<&str, Vec<&ReachLabel>> = BTreeMap::new();
    for label in labels {
        by_paper.entry(&label.paper_sha256).or_default().push(label);
    }
    let mut elsewhere = 0;
    let mut judged: Vec<(&ReachLabel, bool)> = Vec::new();
    for (key, own) in by_paper {
        let counts = |label: &&&ReachLabel| COUNTED.contains(&label.kind.as_str());
        let Some(paper) = by_key.get(key) else {
            elsewhere += own.iter().filter(counts).count();
            continue;
        };
        let findings: &[Finding] = if paper.status == PaperStatus::Checked { &paper.findings } else { &[] };
        let matched = matched(&own, findings);
        let decided = |at: usize| {
            let outcome = matched.get(&at).map(|finding| findings[*finding].outcome);
            matches!(outcome, Some(OutcomeName::Consistent | OutcomeName::Inconsistent))
        };
        judged
            .extend(own.iter().enumerate().filter(|(_, label)| counts(label)).map(|(at, label)| (*label, decided(at))));
    }
    ReachScore {
        all: share(judged.iter().copied()),
        rules: shares(&judged, |label| &label.code),
        kinds: shares(&judged, |label| &label.kind),
        elsewhere,
    }
}

fn share<'l>(judged: impl Iterator<Item = (&'l ReachLabel, bool)>) -> Share {
    let decided: Vec<bool> = judged.map(|(_, decided)| decided).collect();
    wilson(decided.iter().filter(|decided| **decided).count(), decided.len())
}

fn shares(judged: &[(&ReachLabel, bool)], field: impl Fn(&ReachLabel) -> &String) -> BTreeMap<String, Share> {
    let names: BTreeSet<&String> = judged.iter().map(|(label, _)| field(label)).collect();
    let own = |name: &String| share(judged.iter().copied().filter(|(label, _)| field(label) == name));
    names.into_iter().map(|name| (name.clone(), own(name))).collect()
}

/// The numbers of a label's quote; degrees of freedom that hang on their F are parted from it.
fn label_numbers(quote: &str) -> Vec<Values> {
    let characters: Vec<char> = quote.chars().collect();
    let mut spaced = String::new();
    let mut at = 0;
    while at < characters.len() {
        let digits = |from: usize| characters[from..].iter().take_while(|c| c.is_ascii_digit()).count();
        let opens =
            characters[at] == 'F' && at.checked_sub(1).is_none_or(|before| !characters[before].is_alphanumeric());
        let first = if opens { digits(at + 1) } else { 0 };
        let comma = at + 1 + first;
        if first > 0 && characters.get(comma) == Some(&',') && digits(comma + 1) > 0 {
            spaced.push_str("F ");
            spaced.extend(&characters[at + 1..comma]);
            spaced.push_str("; ");
            at = comma + 1;
        } else {
            spaced.push(characters[at]);
            at += 1;
        }
    }
    numbers(&spaced)
}

/// The pages that a finding's places name.
fn pages(finding: &Finding) -> BTreeSet<u32> {
    let operands = finding.operands.iter().flat_map(|operand| &operand.span.places);
    let page = |place: &Place| match place {
        Place::Box { page, .. } => Some(*page),
        _ => None,
    };
    finding.places.iter().chain(operands).filter_map(page).collect()
}

/// Label to finding, the best overlap first, each finding once.
fn matched(labels: &[&ReachLabel], findings: &[Finding]) -> BTreeMap<usize, usize> {
    let numbers_of: Vec<Vec<Vec<Values>>> = findings
        .iter()
        .map(|finding| finding.operands.iter().map(|operand| numbers(&operand.span.quote)).collect())
        .collect();
    let pages: Vec<BTreeSet<u32>> = findings.iter().map(pages).collect();
    let mut pairs = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let wanted = label_numbers(&label.quote);
        for (j, finding) in findings.iter().enumerate().filter(|(j, _)| pages[*j].contains(&label.page)) {
            let Some(stated) = numbers_of[j].last() else { continue };
            let all: Vec<Values> = numbers_of[j].concat();
            let overlap = shared(&wanted, &all);
            if shared(stated, &wanted) > 0 && overlap >= wanted.len().min(2) {
                pairs.push((std::cmp::Reverse(overlap), all.len() - overlap, finding.range.start, i, j));
            }
        }
    }
    pairs.sort_unstable();
    let (mut labels_taken, mut findings_taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, _, _, i, j) in pairs {
        if !labels_taken.contains_key(&i) && findings_taken.insert(j) {
            labels_taken.insert(i, j);
        }
    }
    labels_taken
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, paper};
    use super::*;
    use crate::document::Quad;

    #[test]
    fn degrees_that_hang_on_their_letter_are_numbers() {
        let texts = |quote: &str| label_numbers(quote).len();
        assert_eq!(texts("F2,28 = 3.3, p = .05"), 4);
        assert_eq!(texts("F(2, 28) = 3.3, p = .05"), 4);
        assert_eq!(texts("DF2,28"), 1);
    }

    #[test]
    fn a_listed_value_is_reached_by_a_verdict_on_its_page() {
        let on_page = |page: u32, outcome: OutcomeName, quote: &str| {
            let mut claim = claim("SU101", outcome, None, "", "");
            let stated = &mut claim.operands[0];
            stated.span.places = vec![Place::Box { page, quad: Quad::default() }];
            stated.span.quote = quote.to_owned();
            claim
        };
        let claims = vec![
            on_page(1, OutcomeName::Consistent, "42 46 91%"),
            on_page(1, OutcomeName::Undecided, "3 4 75%"),
            on_page(2, OutcomeName::Consistent, "5 9 56%"),
        ];
        let papers = [PaperReport { key: "aa".to_owned(), ..paper("a.pdf", claims) }];
        let labels = "paper_sha256,page,kind,quote,code\n\
            aa,1,percent,42 of 46 (91%),SU101\n\
            aa,1,percent,3 of 4 (75%),SU101\n\
            aa,1,percent,5 of 9 (56%),SU101\n\
            aa,1,calc-elsewhere,1 of 9,SU101\n\
            bb,1,percent,42 of 46 (91%),SU101\n";
        let score = reach_score(&read_reach(labels.as_bytes()).expect("labels"), &papers);
        assert_eq!((score.all.hits, score.all.of, score.elsewhere), (1, 3, 1));
        assert_eq!(score.rules["SU101"].of, 3);
    }
}
