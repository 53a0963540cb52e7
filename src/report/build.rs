//! From a proposal and its outcome to the claim that a report lists: places, words, sets in the printed unit, level.

use std::collections::BTreeMap;

use crate::arithmetic::units::{Scale, Unit};
use crate::arithmetic::{RealSet, rational, set_text};
use crate::derive::{self, Confidence, Level, Operand, Outcome, Proposal, Verdict, Witness};
use crate::document::{BlockKind, Document, Place, TextIndex, TextRange};
use crate::rules::{Observation, Prose};

use super::finding::{
    Around, CauseReport, DecisionReport, Finding, ModelVotes, OperandReport, OutcomeName, Proposer, ReportedSets,
    SetText,
};
use super::fingerprint::Fingerprints;

/// How many characters are shown on either side of an operand that stands outside the quote.
const AROUND: usize = 100;

/// What claims are built from beside proposals and outcomes: one paper.
#[derive(Debug)]
pub struct ClaimBuilder<'p> {
    document: &'p Document,
    index: &'p TextIndex,
    /// The blocks without blocks in them, in the order of the text, each with whether it is a heading.
    leaves: Vec<(TextRange, bool)>,
    fingerprints: Fingerprints,
    /// The sets of a literal in a unit as text: an N stands in many claims.
    written: BTreeMap<(String, String), ReportedSets>,
}

impl<'p> ClaimBuilder<'p> {
    /// A builder for the claims of one paper.
    pub fn new(document: &'p Document, index: &'p TextIndex) -> Self {
        let leaves = document.leaves().into_iter().map(|block| (block.range, block.kind == BlockKind::Heading));
        let mut leaves: Vec<(TextRange, bool)> = leaves.collect();
        leaves.sort();
        Self { document, index, leaves, fingerprints: Fingerprints::default(), written: BTreeMap::new() }
    }

    /// The claim of a proposal with its outcome, in the words of its rule. Claims must come in the order in which they
    /// are numbered among equal ones: that of the text. `witness` is what the second reader says of its operands.
    pub fn claim(&mut self, proposal: &Proposal, outcome: &Outcome, prose: Prose, witness: Witness) -> Finding {
        let span = self.document.span(self.index, proposal.quote);
        let operands = self.operands(proposal);
        let outside = operands.iter().filter(|operand| operand.around.is_some());
        let elsewhere = outside.flat_map(|operand| operand.span.places.iter().cloned());
        let places = span.places.into_iter().chain(elsewhere).collect();
        let printed: Vec<&str> =
            proposal.operands.iter().map(|operand| self.index.slice(&self.document.text, operand.range)).collect();
        let fingerprint = self.fingerprints.next(proposal, &printed);
        let unit = proposal.operands.get(proposal.stated).and_then(printed_unit).cloned().unwrap_or_else(Unit::one);
        let weight = derive::level(outcome, proposal, witness);
        let (outcome_name, reason) = named(outcome, weight.is_some());
        // A claim that is no finding has no weight; what is known of its reading is the witness's word alone.
        let confidence = match witness {
            Witness::Agrees | Witness::NotNeeded => Confidence::High,
            Witness::Unavailable | Witness::Disagrees => Confidence::Medium,
        };
        let (level, confidence) = weight.map_or((None, confidence), |(level, own)| (Some(level), own));
        Finding {
            code: proposal.code.clone(),
            level,
            confidence,
            outcome: outcome_name,
            fingerprint,
            message: prose.message,
            help: prose.help,
            places,
            section: self.section(proposal.quote),
            operands,
            quote: span.quote,
            range: proposal.quote,
            relation: outcome.relation.clone(),
            eval: format!("rederive eval --printed {}", shell_word(&outcome.relation)),
            stated: sets(&outcome.stated.tight, &outcome.stated.wide, &unit),
            derived: sets(&outcome.derived.tight, &outcome.derived.wide, &unit),
            readings_tried: outcome.readings_tried,
            cause: outcome.cause.as_ref().map(|cause| CauseReport {
                name: cause.name.clone(),
                factor: cause.factor.as_ref().map(rational::to_text),
                words: cause.words.clone(),
            }),
            reason,
            witness,
            innocent: proposal.innocent.clone(),
            proposer: proposer(proposal),
            decision: derive::decision(proposal, outcome).map(|decision| DecisionReport {
                levels: decision.levels.iter().map(rational::to_text).collect(),
                changes: decision.changes,
            }),
            shared: None,
            part_of: None,
        }
    }

    /// The finding for what a rule saw in the file itself. The second reader has no part in it: nothing is calculated from what
    /// it says.
    pub fn observed(&mut self, observation: &Observation) -> Finding {
        let start = self.start_of(observation.page);
        Finding {
            code: observation.code.to_owned(),
            level: Some(Level::Warning),
            confidence: observation.confidence,
            outcome: OutcomeName::Observed,
            fingerprint: self.fingerprints.observed(observation.code, &observation.quote),
            message: observation.prose.message.clone(),
            help: observation.prose.help.clone(),
            places: observation.places.clone(),
            section: None,
            operands: Vec::new(),
            quote: observation.quote.clone(),
            range: TextRange::new(start, start),
            relation: String::new(),
            eval: String::new(),
            stated: ReportedSets::default(),
            derived: ReportedSets::default(),
            readings_tried: 0,
            cause: None,
            reason: None,
            witness: Witness::NotNeeded,
            innocent: observation.innocent.clone(),
            proposer: Proposer::Rule(observation.code.to_owned()),
            decision: None,
            shared: None,
            part_of: None,
        }
    }

    /// Where the text of a page or of those behind it begins; where none does, the end of the text.
    fn start_of(&self, page: u32) -> usize {
        let on_page = |place: &Place| matches!(place, Place::Box { page: own, .. } if *own >= page);
        let starts = self.document.lines.iter().filter(|line| on_page(&line.place)).map(|line| line.range.start);
        starts.min().unwrap_or_else(|| self.document.lines.last().map_or(0, |line| line.range.end))
    }

    /// The operands, the stated value last.
    fn operands(&mut self, proposal: &Proposal) -> Vec<OperandReport> {
        let (stated, given): (Vec<_>, Vec<_>) =
            proposal.operands.iter().enumerate().partition(|(at, _)| *at == proposal.stated);
        given.into_iter().chain(stated).map(|(_, operand)| self.operand(operand, proposal.quote)).collect()
    }

    fn operand(&mut self, operand: &Operand, quote: TextRange) -> OperandReport {
        let first = operand.readings.first();
        let unit = printed_unit(operand).cloned().unwrap_or_else(Unit::one);
        let sets = first.map_or_else(
            || sets(&RealSet::empty(), &RealSet::empty(), &unit),
            // A literal is read back to the same sets.
            |reading| {
                let key = (reading.literal.clone(), unit.text.clone());
                self.written.entry(key).or_insert_with(|| sets(&reading.tight, &reading.wide, &unit)).clone()
            },
        );
        OperandReport {
            role: operand.role.clone(),
            span: self.document.span(self.index, operand.range),
            literal: first.map(|reading| reading.literal.clone()).unwrap_or_default(),
            sets,
            around: (!operand.range.overlaps(quote)).then(|| self.around(operand.range)),
        }
    }

    /// The text of the same block on both sides of a range, cut at words.
    fn around(&self, range: TextRange) -> Around {
        let next = self.leaves.partition_point(|(leaf, _)| leaf.start <= range.start);
        let block =
            self.leaves[..next].last().map(|(leaf, _)| *leaf).filter(|leaf| leaf.contains(range)).unwrap_or(range);
        let start = block.start.max(range.start.saturating_sub(AROUND));
        let end = block.end.min(range.end + AROUND);
        let text = |start, end| self.index.slice(&self.document.text, TextRange::new(start, end));
        let (before, after) = (text(start, range.start), text(range.end, end));
        let before = if start > block.start {
            before.split_once(char::is_whitespace).map_or("", |(_, rest)| rest)
        } else {
            before
        };
        let after =
            if end < block.end { after.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest) } else { after };
        Around { before: before.to_owned(), after: after.to_owned() }
    }

    /// The text of the last heading before the range.
    fn section(&self, range: TextRange) -> Option<String> {
        let after = self.leaves.partition_point(|(leaf, _)| leaf.start <= range.start);
        let (heading, _) = self.leaves[..after].iter().rev().find(|(_, is_heading)| *is_heading)?;
        Some(self.index.slice(&self.document.text, *heading).split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Who proposed it.
fn proposer(proposal: &Proposal) -> Proposer {
    let supported = proposal.evidence.and_then(|evidence| Some((evidence, evidence.support?)));
    match supported {
        Some((evidence, support)) => Proposer::Model(ModelVotes {
            agreeing: support.agreeing,
            votes: support.votes,
            options: support.options,
            expectation: evidence.expectation,
        }),
        None => Proposer::Rule(proposal.code.clone()),
    }
}

fn printed_unit(operand: &Operand) -> Option<&Unit> {
    operand.readings.first().map(|reading| &reading.unit)
}

/// Sets in coherent SI, written in a unit. A logarithmic unit has no factor, so its sets stay as they are.
fn sets(tight: &RealSet, wide: &RealSet, unit: &Unit) -> ReportedSets {
    let own = unit.scale != Scale::Logarithmic;
    let text = |set: &RealSet| {
        let set = if own { unit.from_si(set) } else { set.clone() };
        SetText { exact: set_text::exact_text(&set), short: set_text::short_text(&set) }
    };
    ReportedSets { tight: text(tight), wide: text(wide), unit: unit.text.clone() }
}

/// The verdict, with what an approximate word makes of it: an inconsistency that weighs nothing for it is undecided.
fn named(outcome: &Outcome, weighs: bool) -> (OutcomeName, Option<String>) {
    match &outcome.verdict {
        Verdict::Consistent => (OutcomeName::Consistent, None),
        Verdict::Inconsistent(_) if weighs => (OutcomeName::Inconsistent, None),
        Verdict::Inconsistent(_) => {
            (OutcomeName::Undecided, Some("an approximate word stands by the values".to_owned()))
        }
        Verdict::Undecided { reason } => (OutcomeName::Undecided, Some(reason.clone())),
        Verdict::NotChecked { reason } => (OutcomeName::NotChecked, Some(reason.clone())),
    }
}

/// Text as one word of a shell.
fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
