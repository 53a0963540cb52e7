//! The stages of one paper: bytes to a document and its mentions, proposals to outcomes, outcomes to claims.
//!
//! Pure functions on owned values: no file, clock or process is seen here, and the same bytes give the same answer.

use std::collections::BTreeSet;

use crate::derive::{self, Outcome, Proposal, Proposals, Verdict, Witness};
use crate::document::{Document, Place, SourceFormat, TextIndex, TextRange};
use crate::extract::{self, Mentions};
use crate::read::pdf::{Question, Testimony, testify};
use crate::read::{self, ReadError, ReadLimits};
use crate::reason::{Question as AskedValue, Questions, Source};
use crate::report::{self, ClaimBuilder, Coverage, Exhibits, Finding, OutcomeName, PaperStatus, count_reasons};
use crate::rules::{self, Observation, Prose, Rule, RuleContext, Skeletons};
use crate::search::Selection;

use super::exhibits;
use super::protocol::{EvaluateAnswer, ReadAnswer};

/// A paper that was read: what the stages after reading work on.
#[derive(Debug)]
pub struct Paper {
    /// The document.
    pub document: Document,
    /// The offsets of its text.
    pub index: TextIndex,
    /// What was found in it.
    pub mentions: Mentions,
    /// The skeletons of its sentences, which many rules look at.
    skeletons: Skeletons,
    /// What *evaluate* judged with the rules of these codes, and what the second reader said of it, for the stages behind it.
    judged: Option<(Vec<String>, Vec<Judged>)>,
}

/// How many characters before and behind an operand the second reader is told.
const AROUND: usize = 40;

/// A proposal with its outcome and the words of its rule.
#[derive(Debug)]
struct Judged {
    proposal: Proposal,
    outcome: Outcome,
    prose: Prose,
    witness: Witness,
}

/// The rule over what a reasoning model chooses. It runs where a model was asked, and then last.
pub const REASONED: &str = "MD102";

/// By place, and by rule.
fn sort(judged: &mut [Judged]) {
    judged.sort_by(|a, b| (a.proposal.quote, &a.proposal.code).cmp(&(b.proposal.quote, &b.proposal.code)));
}

/// Where the stated value of a proposal stands.
fn stated_range(proposal: &Proposal) -> Option<TextRange> {
    proposal.operands.get(proposal.stated).map(|operand| operand.range)
}

/// Whether a range shares a character with one of some others.
fn overlaps_any(ranges: &BTreeSet<TextRange>, range: TextRange) -> bool {
    ranges.iter().any(|other| other.overlaps(range))
}

/// The word of the second reader on all places of a proposal.
fn word_of(answers: &[Testimony]) -> Witness {
    if answers.iter().any(|answer| matches!(answer, Testimony::Other(_))) {
        Witness::Disagrees
    } else if answers.is_empty() || answers.contains(&Testimony::Nothing) {
        Witness::Unavailable
    } else {
        Witness::Agrees
    }
}

impl Paper {
    /// The *read* stage: the answer, and the paper where it can be evaluated.
    pub fn read(bytes: &[u8]) -> (ReadAnswer, Option<Self>) {
        let document = match read::read(bytes, &ReadLimits::default()) {
            Ok(document) => document,
            Err(error) => {
                let status = match error {
                    ReadError::NoText { .. } => PaperStatus::NoText,
                    _ => PaperStatus::Unreadable,
                };
                let reason = Some(error.to_string());
                return (ReadAnswer { status, reason, notes: Vec::new(), coverage: Coverage::default() }, None);
            }
        };
        let index = TextIndex::new(&document.text);
        let mentions = extract::extract(&document);
        let paper = Self { document, index, mentions, skeletons: Skeletons::default(), judged: None };
        let answer = ReadAnswer {
            status: PaperStatus::Checked,
            reason: None,
            notes: paper.notes(),
            coverage: paper.read_coverage(),
        };
        (answer, Some(paper))
    }

    /// The *evaluate* stage with the rules of the given codes: every outcome, by place, and where `with_exhibits` what
    /// pages show beside them. No second reader is asked yet.
    pub fn evaluate(&mut self, codes: &[String], with_exhibits: bool) -> EvaluateAnswer {
        let judged = self.judge(codes);
        let answer = self.answer(codes, &judged, with_exhibits);
        self.judged = Some((codes.to_vec(), judged));
        answer
    }

    /// The *confirm* stage: what *evaluate* gave, with the word of the second reader on every inconsistency. `bytes` are
    /// those of the paper.
    pub fn confirm(&mut self, codes: &[String], bytes: &[u8], with_exhibits: bool) -> EvaluateAnswer {
        let mut judged = match self.judged.take() {
            Some((own, judged)) if own == codes => judged,
            _ => self.judge(codes),
        };
        self.hear(&mut judged, bytes);
        let answer = self.answer(codes, &judged, with_exhibits);
        self.judged = Some((codes.to_vec(), judged));
        answer
    }

    /// What a reasoning model may be asked: about the values for which *evaluate* has judged nothing.
    pub fn questions_to_a_model(&self) -> Questions {
        let judged = self.judged.iter().flat_map(|(_, judged)| judged);
        let taken: Vec<TextRange> = judged.filter_map(|judged| stated_range(&judged.proposal)).collect();
        let source = Source { document: &self.document, index: &self.index, mentions: &self.mentions };
        AskedValue::all(source, &taken)
    }

    /// The *evaluate* stage for what a reasoning model chose. What was judged before stays as it is, the second reader's word included:
    /// it is heard on the new inconsistencies alone. `bytes` are those of the paper.
    pub fn reasoned(&mut self, selections: &[Selection], bytes: &[u8], with_exhibits: bool) -> EvaluateAnswer {
        let (codes, mut judged) = self.judged.take().unwrap_or_default();
        let mut new = Vec::new();
        if let Some(rule) = rules::by_code(REASONED).filter(|_| codes.iter().any(|code| code == REASONED)) {
            self.judge_by(rule, selections, &judged, &mut new);
        }
        // The same values in another order say the same again, which another rule has said.
        let said: BTreeSet<Vec<TextRange>> = judged.iter().map(|judged| judged.proposal.operand_ranges()).collect();
        new.retain(|judged| !said.contains(&judged.proposal.operand_ranges()));
        self.hear(&mut new, bytes);
        judged.extend(new);
        sort(&mut judged);
        let answer = self.answer(&codes, &judged, with_exhibits);
        self.judged = Some((codes, judged));
        answer
    }

    /// Hears the second reader on every inconsistency.
    fn hear(&self, judged: &mut [Judged], bytes: &[u8]) {
        let accused = |judged: &Judged| matches!(judged.outcome.verdict, Verdict::Inconsistent(_));
        let questions: Vec<Vec<Question>> = judged
            .iter()
            .map(|judged| if accused(judged) { self.questions(&judged.proposal) } else { Vec::new() })
            .collect();
        if questions.iter().all(Vec::is_empty) {
            return;
        }
        let mut answers = testify(bytes, &questions.concat()).into_iter();
        for (judged, asked) in judged.iter_mut().zip(&questions) {
            let own: Vec<Testimony> = answers.by_ref().take(asked.len()).collect();
            if accused(judged) {
                judged.witness = word_of(&own);
            }
        }
    }

    /// Proposes and evaluates, by place.
    fn judge(&self, codes: &[String]) -> Vec<Judged> {
        let mut judged: Vec<Judged> = Vec::new();
        let chosen = rules::all().iter().filter(|rule| codes.iter().any(|code| code == rule.metadata().code));
        // What gives way comes last, so that all that it gives way to is known.
        let mut chosen: Vec<_> = chosen.collect();
        chosen.sort_by_key(|rule| rule.yields());
        for rule in chosen {
            let mut own = Vec::new();
            self.judge_by(*rule, &[], &judged, &mut own);
            judged.extend(own);
        }
        sort(&mut judged);
        judged
    }

    /// Proposes by one rule and evaluates; `judged` is what others have judged, which it may have to give way to.
    fn judge_by(&self, rule: &dyn Rule, selections: &[Selection], judged: &[Judged], out: &mut Vec<Judged>) {
        let context = self.context(selections);
        let limits = derive::Limits::default();
        let mut proposals = Proposals::default();
        rule.propose(&self.mentions, context, &mut proposals);
        if rule.yields() {
            let taken: BTreeSet<TextRange> =
                judged.iter().filter_map(|judged| stated_range(&judged.proposal)).collect();
            proposals.list.retain(|proposal| !stated_range(proposal).is_some_and(|own| overlaps_any(&taken, own)));
        }
        let mut claims = derive::evaluate_all(proposals.list, &limits, &self.document);
        derive::weaken_where_alone(&mut claims, rule.metadata().grounds);
        derive::weaken_where_recognised(&mut claims, &self.document);
        for (proposal, outcome) in claims {
            let prose = rule.explain(&proposal, &outcome);
            out.push(Judged { proposal, outcome, prose, witness: self.without_witness() });
        }
    }

    /// What the rules see of the paper.
    const fn context<'p>(&'p self, selections: &'p [Selection]) -> RuleContext<'p> {
        RuleContext { document: &self.document, index: &self.index, skeletons: &self.skeletons, selections }
    }

    fn answer(&self, codes: &[String], judged: &[Judged], with_exhibits: bool) -> EvaluateAnswer {
        let mut builder = ClaimBuilder::new(&self.document, &self.index);
        let operands: Vec<TextRange> =
            judged.iter().flat_map(|judged| judged.proposal.operands.iter().map(|operand| operand.range)).collect();
        let mut claims: Vec<Finding> = judged
            .iter()
            .map(|Judged { proposal, outcome, prose, witness }| {
                builder.claim(proposal, outcome, prose.clone(), *witness)
            })
            .collect();
        let weighed = judged.iter().zip(&claims).map(|(Judged { proposal, outcome, .. }, claim)| derive::Judged {
            proposal,
            outcome,
            // What a model says makes no other claim stand for it or behind it.
            fails: claim.level.is_some() && proposal.code != REASONED,
        });
        let causes = derive::shared_causes(&weighed.collect::<Vec<_>>(), &self.document.tables);
        report::gather(&self.document, &self.index, &mut claims, &causes);
        claims.extend(self.observed(codes).iter().map(|observation| builder.observed(observation)));
        // The sort is stable, so that claims keep their order where they begin and end alike.
        claims.sort_by_key(|claim| claim.range);
        let mut coverage = self.read_coverage();
        coverage.in_derivations = self.in_derivations(operands);
        count(&claims, &mut coverage);
        let exhibits = if with_exhibits { exhibits::gather(self, &claims) } else { Exhibits::default() };
        EvaluateAnswer { coverage, claims, exhibits }
    }

    /// What the rules of the given codes see in the file itself.
    fn observed(&self, codes: &[String]) -> Vec<Observation> {
        let context = self.context(&[]);
        let chosen = rules::all().iter().filter(|rule| codes.iter().any(|code| code == rule.metadata().code));
        chosen.flat_map(|rule| rule.observe(context)).collect()
    }

    /// Where the operands of a proposal stand and what was read there.
    fn questions(&self, proposal: &Proposal) -> Vec<Question> {
        let ranges = proposal.operands.iter().map(|operand| operand.range);
        ranges
            .flat_map(|range| self.document.parts(range))
            .filter_map(|(part, place)| match place {
                Place::Box { page, quad } => {
                    let text = |from, to| self.index.slice(&self.document.text, TextRange::new(from, to)).to_owned();
                    let around =
                        [text(part.start.saturating_sub(AROUND), part.start), text(part.end, part.end + AROUND)];
                    Some(Question { page, quad, text: text(part.start, part.end), around })
                }
                _ => None,
            })
            .collect()
    }

    /// What stands for the second reader where none is asked: formats other than PDF give their characters themselves.
    fn without_witness(&self) -> Witness {
        match self.document.source.format {
            SourceFormat::Pdf => Witness::Unavailable,
            _ => Witness::NotNeeded,
        }
    }

    fn notes(&self) -> Vec<String> {
        let place = |page: Option<u32>| page.map_or_else(String::new, |page| format!("page {page}: "));
        self.document.notes.iter().map(|note| format!("{}{}", place(note.page), note.message)).collect()
    }

    fn read_coverage(&self) -> Coverage {
        Coverage {
            pages: self.document.pages.len(),
            quantities: self.mentions.quantities.len(),
            statistics: self.mentions.statistics.len(),
            ..Coverage::default()
        }
    }

    /// How many quantities and statistics share a character with an operand.
    fn in_derivations(&self, mut operands: Vec<TextRange>) -> usize {
        operands.sort();
        // Where ranges overlap, the one that reaches farthest so far decides for all before it.
        let mut reach = 0;
        let reaches: Vec<usize> = operands
            .iter()
            .map(|range| {
                reach = reach.max(range.end);
                reach
            })
            .collect();
        let touched = |range: TextRange| {
            let before = operands.partition_point(|operand| operand.start < range.end);
            before > 0 && reaches[before - 1] > range.start
        };
        let quantities = self.mentions.quantities.iter().map(|quantity| quantity.range);
        let statistics = self.mentions.statistics.iter().map(|statistic| statistic.range);
        quantities.chain(statistics).filter(|range| touched(*range)).count()
    }
}

/// Counts the outcomes into the coverage.
fn count(claims: &[Finding], coverage: &mut Coverage) {
    for claim in claims {
        let outcome = match claim.outcome {
            OutcomeName::Consistent => &mut coverage.consistent,
            OutcomeName::Inconsistent => &mut coverage.inconsistent,
            OutcomeName::Undecided => &mut coverage.undecided,
            OutcomeName::NotChecked => &mut coverage.not_checked,
            OutcomeName::Observed => continue,
        };
        *outcome += 1;
        coverage.proposed += 1;
    }
    let reasons: Vec<(&str, usize)> =
        claims.iter().filter_map(|claim| claim.reason.as_deref()).map(|reason| (reason, 1)).collect();
    coverage.reasons = count_reasons(reasons);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Confidence, Level};

    fn evaluated(text: &str) -> (ReadAnswer, EvaluateAnswer) {
        let (answer, paper) = Paper::read(text.as_bytes());
        let codes: Vec<String> = rules::all().iter().map(|rule| rule.metadata().code.to_owned()).collect();
        (answer, paper.expect("text is read").evaluate(&codes, false))
    }

    #[test]
    fn a_finding_of_two_places_has_both_and_the_words_around_the_other() {
        let text = "Abstract\n\nWe followed 1344 fishermen of the northern coast.\n\nIntroduction\n\nWe asked.\n\n\
                    Methods\n\nIn all, 1374 fishermen of the northern coast were followed.\n";
        let (_, answer) = evaluated(text);
        let finding = answer.claims.iter().find(|claim| claim.code == "XC101").expect("a finding");
        let line = |place: &Place| if let Place::Line { line, .. } = place { Some(*line) } else { None };
        let lines: Vec<u32> = finding.places.iter().filter_map(line).collect();
        assert_eq!(lines, [3, 11], "the quote, then the other place");
        let around: Vec<&str> =
            finding.operands.iter().filter_map(|operand| Some(operand.around.as_ref()?.before.as_str())).collect();
        assert_eq!(around, ["In all, "]);
    }

    #[test]
    fn every_outcome_is_counted_and_findings_have_operands_and_places() {
        let text = "Methods\n\nOf the participants, 42 of 46 (83%) agreed. Later, 42 of 46 (91%) agreed, 23 of 46 (50%) wrote \
                    and 12 of 48 (25%) rang.\n\nThe test gave t(28) = 2.20, p = .036. There were 12 rooms.\n";
        let (read, answer) = evaluated(text);
        assert_eq!(read.status, PaperStatus::Checked);
        let coverage = &answer.coverage;
        assert_eq!(coverage.proposed, answer.claims.len());
        let outcomes = coverage.consistent + coverage.inconsistent + coverage.undecided + coverage.not_checked;
        assert_eq!(coverage.proposed, outcomes);
        assert_eq!((coverage.consistent, coverage.inconsistent), (4, 1));
        assert!(coverage.in_derivations >= 6 && coverage.in_derivations < coverage.quantities + coverage.statistics);
        let finding = &answer.claims[0];
        assert_eq!((finding.level, finding.confidence), (Some(Level::Error), Confidence::High));
        assert_eq!(finding.operands.last().map(|operand| operand.span.quote.as_str()), Some("83%"));
        assert!(!finding.places.is_empty() && finding.operands.iter().all(|operand| !operand.span.places.is_empty()));
        let slice: String = text.chars().skip(finding.range.start).take(finding.range.len()).collect();
        assert_eq!(slice, finding.quote, "offsets count the characters of the text");
        assert!(answer.claims.windows(2).all(|pair| pair[0].range <= pair[1].range), "claims come by place");
    }

    #[test]
    fn only_the_chosen_rules_run() {
        let (_, paper) = Paper::read(b"Of the participants, 42 of 46 (83%) agreed.");
        assert_eq!(paper.expect("text is read").evaluate(&["ST101".to_owned()], false).coverage.proposed, 0);
    }

    #[test]
    fn the_same_bytes_give_the_same_answer() {
        let text = "Of the participants, 42 of 46 (83%) agreed; 42 of 46 (83%) did so again.";
        let (first, second) = (evaluated(text).1, evaluated(text).1);
        assert_eq!(first, second);
        let prints: Vec<&String> = first.claims.iter().map(|claim| &claim.fingerprint).collect();
        assert_eq!(prints.len(), 2);
        assert_ne!(prints[0], prints[1], "a second occurrence has a fingerprint of its own");
    }

    #[test]
    fn what_cannot_be_read_has_a_reason() {
        for bytes in [b"".as_slice(), b"%PDF-1.7 and nothing", b"PK\x03\x04", &[0, 1, 2, 3]] {
            let (answer, paper) = Paper::read(bytes);
            assert!(paper.is_none() && answer.status != PaperStatus::Checked);
            assert!(answer.reason.is_some_and(|reason| !reason.is_empty()));
        }
    }
}
