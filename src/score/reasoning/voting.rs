//! A model as a chooser: asked what `check --model` would ask it, with votes.

use std::collections::BTreeMap;

use crate::extract::QuantityIx;
use crate::reason::{Answer, Ballot, Prompt, Question, Reasoner, Source, orders};
use crate::search::{Formula, Ranker};

use super::choice::{Agreement, Choice, Chooser, Chosen, Paper, Written};

/// A model that votes.
#[derive(Debug)]
pub struct Voting<'r> {
    reasoner: &'r mut dyn Reasoner,
    ranker: Ranker,
    votes: u32,
    unanswered: u64,
    unasked: u64,
}

impl<'r> Voting<'r> {
    /// A model that gives at most so many votes on a value.
    pub fn new(reasoner: &'r mut dyn Reasoner, votes: u32) -> Self {
        Self { reasoner, ranker: Ranker::shipped(), votes: votes.max(1), unanswered: 0, unasked: 0 }
    }

    /// How many votes were no answer.
    pub const fn unanswered(&self) -> u64 {
        self.unanswered
    }

    /// How many values there was nothing to ask about: no program gives a value of the kind, or the words hardly speak of one, and
    /// they do not say that the value follows.
    pub const fn unasked(&self) -> u64 {
        self.unasked
    }

    /// What a vote is for; nothing for none and for what is no answer.
    fn vote(&mut self, prompt: &Prompt, tokens: &mut u64) -> Option<Vote> {
        let counted = self.reasoner.tokens(prompt);
        let answered = self.reasoner.answer(std::slice::from_ref(prompt)).into_iter().next();
        *tokens += answered.as_ref().and_then(|answered| answered.paid).unwrap_or(counted);
        match answered.map(|answered| answered.answer) {
            Some(Answer::Chosen(at)) => prompt.places.get(at).copied().map(Vote::Option),
            Some(Answer::Written(formula)) => Some(Vote::Formula(formula)),
            Some(Answer::None) => None,
            _ => {
                self.unanswered += 1;
                None
            }
        }
    }
}

/// What a vote is for.
enum Vote {
    /// An option of the question.
    Option(usize),
    /// A derivation that was written.
    Formula(Formula),
}

impl Chooser for Voting<'_> {
    fn choose(&mut self, paper: Paper<'_>, target: QuantityIx) -> Choice {
        let source = Source { document: paper.document, index: paper.index, mentions: paper.mentions };
        let listed = Question::about(source, paper.values, target, &self.ranker);
        let Some(question) = listed.or_else(|| Question::to_write(source, paper.values, target)) else {
            self.unasked += 1;
            return Choice { none: true, ..Choice::default() };
        };
        let asked_to_write = question.language.is_some();
        let spans = |at: &usize| question.spans.get(*at).copied();
        let tried = question
            .options
            .iter()
            .map(|program| Chosen { form: program.form, operands: program.operands.iter().filter_map(spans).collect() })
            .collect();
        // More votes than orders of the options would say nothing more.
        let most = if asked_to_write { u32::MAX } else { orders(question.options.len()) };
        let mut ballot = Ballot::new(self.votes.min(most));
        // The ballot knows derivations that were written by their places here.
        let mut formulas: Vec<Formula> = Vec::new();
        let mut counts: BTreeMap<Option<usize>, u32> = BTreeMap::new();
        let mut tokens = 0;
        while !ballot.is_settled() {
            let vote = self.vote(&Prompt::new(&question, ballot.cast()), &mut tokens);
            let chosen = vote.map(|vote| match vote {
                Vote::Option(option) => option,
                Vote::Formula(formula) => formulas.iter().position(|own| *own == formula).unwrap_or_else(|| {
                    formulas.push(formula);
                    formulas.len() - 1
                }),
            });
            ballot.count(chosen);
            *counts.entry(chosen).or_default() += 1;
        }
        let best = ballot.leader().map(|(option, _)| option);
        let agreeing = counts.get(&best).copied().unwrap_or_default();
        let cast = ballot.cast();
        let confidence = best.map(|_| f64::from(agreeing) / f64::from(cast.max(1)));
        let (none, votes) = (best.is_none(), Some(Agreement { agreeing, cast }));
        let written = asked_to_write.then(|| Written {
            formula: best.and_then(|best| formulas.get(best).cloned()),
            operands: question.spans.clone(),
        });
        Choice { tried, best, confidence, none, votes, written, tokens }
    }
}
