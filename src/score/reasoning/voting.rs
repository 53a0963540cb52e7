//! A model as a chooser: asked what `check --model` would ask it, with votes.

use std::collections::BTreeMap;

use crate::extract::QuantityIx;
use crate::reason::{Answer, Ballot, Prompt, Question, Reasoner, Source, orders};
use crate::search::Ranker;

use super::choice::{Agreement, Choice, Chooser, Chosen, Paper};

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

    /// How many values there was nothing to ask about: no program gives a value of the kind, or the words hardly speak of one.
    pub const fn unasked(&self) -> u64 {
        self.unasked
    }

    /// The option of the question that a vote is for; nothing for none of them and for what is no answer.
    fn vote(&mut self, prompt: &Prompt, tokens: &mut u64) -> Option<usize> {
        let counted = self.reasoner.tokens(prompt);
        let answered = self.reasoner.answer(std::slice::from_ref(prompt)).into_iter().next();
        *tokens += answered.as_ref().and_then(|answered| answered.paid).unwrap_or(counted);
        match answered.map(|answered| answered.answer) {
            Some(Answer::Chosen(at)) => prompt.places.get(at).copied(),
            Some(Answer::None) => None,
            _ => {
                self.unanswered += 1;
                None
            }
        }
    }
}

impl Chooser for Voting<'_> {
    fn choose(&mut self, paper: Paper<'_>, target: QuantityIx) -> Choice {
        let source = Source { document: paper.document, index: paper.index, mentions: paper.mentions };
        let Some(question) = Question::about(source, paper.values, target, &self.ranker) else {
            self.unasked += 1;
            return Choice { none: true, ..Choice::default() };
        };
        let spans = |at: &usize| question.spans.get(*at).copied();
        let tried = question
            .options
            .iter()
            .map(|program| Chosen { form: program.form, operands: program.operands.iter().filter_map(spans).collect() })
            .collect();
        // More votes than orders of the options would say nothing more.
        let mut ballot = Ballot::new(self.votes.min(orders(question.options.len())));
        let mut counts: BTreeMap<Option<usize>, u32> = BTreeMap::new();
        let mut tokens = 0;
        while !ballot.is_settled() {
            let chosen = self.vote(&Prompt::new(&question, ballot.cast()), &mut tokens);
            ballot.count(chosen);
            *counts.entry(chosen).or_default() += 1;
        }
        let best = ballot.leader().map(|(option, _)| option);
        let agreeing = counts.get(&best).copied().unwrap_or_default();
        let cast = ballot.cast();
        let confidence = best.map(|_| f64::from(agreeing) / f64::from(cast.max(1)));
        Choice { tried, best, confidence, none: best.is_none(), votes: Some(Agreement { agreeing, cast }), tokens }
    }
}
