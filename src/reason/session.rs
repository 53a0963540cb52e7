//! A run's questions to one model: in the order of what they are worth, by vote, within a budget.
//!
//! Papers come one after the other in the order of the inputs, so that the budget is spent in the same way whatever number of jobs
//! reads them. Of the tokens that are left, a paper may spend the share of one among those to come; what it does not need goes to
//! the next. Nothing here waits without an end: questions of a paper, votes and answers are counted.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::search::{Formula, Proposed, Selection};

use super::budget::Budget;
use super::prompt::{Prompt, orders};
use super::question::{Question, Questions};
use super::reasoner::{Answer, Answered, Identity, Reasoner};
use super::votes::Ballot;

/// How many questions are voted on together: between them the clock is looked at, and whether the run is to stop.
const TOGETHER: usize = 8;

/// What became of the questions of a paper, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Asked {
    /// Questions that were asked.
    pub questions: u64,
    /// Votes on them.
    pub votes: u64,
    /// Tokens of the votes, as they are counted.
    pub tokens: u64,
    /// Characters of what was sent for them.
    pub characters: u64,
    /// Questions to which a program was the answer.
    pub chosen: u64,
    /// Questions to which "none" was the answer, or the votes fell apart.
    pub none: u64,
    /// Questions without an answer.
    pub unanswered: u64,
    /// Questions that the budget left out.
    pub left_out: u64,
    /// Questions beyond the number that a paper may have.
    pub beyond: u64,
}

/// The answers to the questions of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The programs that were chosen.
    pub selections: Vec<Selection>,
    /// What became of the questions.
    pub asked: Asked,
}

/// What was spent so far.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    tokens: u64,
    paid: u64,
    time: Duration,
}

/// A model with what a run may ask of it.
#[derive(Debug)]
pub struct Session {
    reasoner: Box<dyn Reasoner>,
    votes: u32,
    budget: Budget,
    spent: Spent,
}

/// A question that is being voted on.
struct Open<'q> {
    question: &'q Question,
    ballot: Ballot,
    /// The derivations that were written, which the ballot knows by their places.
    written: Vec<Formula>,
    answered: u32,
    over: Option<Over>,
}

/// Why a question has no more votes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    /// It is decided.
    Settled,
    /// The model failed.
    Failed,
    /// It was not asked in the run that is replayed.
    NotAsked,
}

impl Session {
    /// A session of at most so many votes a question.
    pub fn new(reasoner: Box<dyn Reasoner>, votes: u32, budget: Budget) -> Self {
        Self { reasoner, votes: votes.max(1), budget, spent: Spent::default() }
    }

    /// Who answers.
    pub fn identity(&self) -> &Identity {
        self.reasoner.identity()
    }

    /// Why the model gave no answer the last time that it gave none, where it says.
    pub fn trouble(&self) -> Option<String> {
        self.reasoner.trouble()
    }

    /// Asks the questions of a paper. `papers` is how many papers are to come, this one included; `stop` says whether the run is to
    /// end: then nothing more is asked.
    pub fn ask(&mut self, questions: &Questions, papers: u64, stop: &dyn Fn() -> bool) -> Answers {
        let mut answers = Answers::default();
        answers.asked.beyond = questions.beyond as u64;
        let mut allowance = self.budget.tokens.map(|tokens| tokens.saturating_sub(self.spent.tokens) / papers.max(1));
        let mut left: VecDeque<&Question> = questions.list.iter().filter(|one| one.has_answers()).collect();
        while !left.is_empty() && !stop() && self.may_go_on() {
            let count = self.fitting(&left, allowance);
            if count == 0 {
                break;
            }
            let before = answers.asked.tokens;
            let open: Vec<&Question> = left.drain(..count).collect();
            self.vote(&open, &mut answers);
            allowance = allowance.map(|tokens| tokens.saturating_sub(answers.asked.tokens - before));
        }
        answers.asked.left_out += left.len() as u64;
        let prompts: Vec<Prompt> = left.iter().map(|question| Prompt::new(question, 0)).collect();
        self.reasoner.leave_out(&prompts);
        self.spent.tokens = self.spent.tokens.saturating_add(answers.asked.tokens);
        answers
    }

    /// Whether time and money are left.
    fn may_go_on(&self) -> bool {
        let time = self.budget.seconds.is_none_or(|seconds| self.spent.time < Duration::from_secs(seconds));
        // Millionths for a million tokens: what one token costs is a millionth of that.
        let cost = match (self.budget.cost, self.budget.price) {
            (Some(cost), Some(price)) => u128::from(self.spent.paid) * u128::from(price) < u128::from(cost) * 1_000_000,
            _ => true,
        };
        time && cost
    }

    /// How many votes a question has at most: as many as its options have orders, as the same prompt twice is one voice. What is
    /// written is drawn anew for each.
    fn votes_on(&self, question: &Question) -> u32 {
        if question.language.is_some() { self.votes } else { self.votes.min(orders(question.options.len())) }
    }

    /// How many of the first questions may be asked with all their votes. Votes on what is written follow one another, so that what
    /// was read for the first serves the others.
    fn fitting(&self, left: &VecDeque<&Question>, allowance: Option<u64>) -> usize {
        let listed = left.iter().take_while(|question| question.language.is_none()).count();
        let together = listed.clamp(1, TOGETHER).min(left.len());
        let Some(mut tokens) = allowance else { return together };
        let needs = |question: &Question| -> u64 {
            (0..self.votes_on(question)).map(|vote| self.reasoner.tokens(&Prompt::new(question, vote))).sum()
        };
        let fits = |question: &&&Question| {
            let rest = tokens.checked_sub(needs(question));
            rest.inspect(|rest| tokens = *rest).is_some()
        };
        left.iter().take(together).take_while(fits).count()
    }

    /// Votes on some questions, vote by vote, and puts down what came of them.
    fn vote(&mut self, questions: &[&Question], answers: &mut Answers) {
        let mut open: Vec<Open> =
            questions.iter().map(|question| Open::new(question, self.votes_on(question))).collect();
        for vote in 0..self.votes {
            let mut asked: Vec<&mut Open> = open.iter_mut().filter(|one| one.over.is_none()).collect();
            let prompts: Vec<Prompt> = asked.iter().map(|one| Prompt::new(one.question, vote)).collect();
            if prompts.is_empty() {
                break;
            }
            // A budget of time is no part of any result but of what it leaves out.
            let start = Instant::now();
            let tokens: Vec<u64> = prompts.iter().map(|prompt| self.reasoner.tokens(prompt)).collect();
            let replies = self.reasoner.answer(&prompts);
            self.spent.time += start.elapsed();
            for (((one, prompt), tokens), reply) in asked.iter_mut().zip(&prompts).zip(tokens).zip(replies) {
                let (paid, asked) = (reply.paid, reply.answer != Answer::NotAsked);
                one.count(reply, prompt);
                if asked {
                    self.spent.paid = self.spent.paid.saturating_add(paid.unwrap_or(tokens));
                    answers.asked.votes += 1;
                    answers.asked.tokens += tokens;
                    answers.asked.characters += prompt.characters();
                }
            }
        }
        for one in &open {
            one.put_down(answers);
        }
    }
}

impl<'q> Open<'q> {
    fn new(question: &'q Question, votes: u32) -> Self {
        Self { question, ballot: Ballot::new(votes), written: Vec::new(), answered: 0, over: None }
    }

    /// Counts an answer as a vote. What is no answer is a vote for none: it never speaks for a program.
    fn count(&mut self, reply: Answered, prompt: &Prompt) {
        match reply.answer {
            Answer::Chosen(at) => {
                self.answered += 1;
                self.ballot.count(prompt.places.get(at).copied());
            }
            Answer::Written(formula) => {
                self.answered += 1;
                let known = self.written.iter().position(|own| *own == formula);
                self.ballot.count(Some(known.unwrap_or(self.written.len())));
                if known.is_none() {
                    self.written.push(formula);
                }
            }
            Answer::None => {
                self.answered += 1;
                self.ballot.count(None);
            }
            Answer::Unusable => self.ballot.count(None),
            Answer::Failed => self.over = Some(Over::Failed),
            Answer::NotAsked => self.over = Some(Over::NotAsked),
        }
        if self.over.is_none() && self.ballot.is_settled() {
            self.over = Some(Over::Settled);
        }
    }

    /// Puts down what came of the question.
    fn put_down(&self, answers: &mut Answers) {
        if self.over == Some(Over::NotAsked) {
            answers.asked.left_out += 1;
            return;
        }
        answers.asked.questions += 1;
        let selected = self.ballot.leader().and_then(|(option, votes)| {
            let (program, places) = self.proposed(option)?;
            let operands = places.iter().map(|at| self.question.spans.get(*at).copied());
            Some(Selection {
                target: self.question.target,
                program,
                operands: operands.collect::<Option<_>>()?,
                options: self.question.options.len(),
                votes,
            })
        });
        match selected {
            _ if self.over == Some(Over::Failed) || self.answered == 0 => answers.asked.unanswered += 1,
            Some(selection) => {
                answers.asked.chosen += 1;
                answers.selections.push(selection);
            }
            None => answers.asked.none += 1,
        }
    }

    /// What an option of the ballot is, over the values at these places.
    fn proposed(&self, option: usize) -> Option<(Proposed, Vec<usize>)> {
        if self.question.language.is_none() {
            let program = self.question.options.get(option)?;
            return Some((Proposed::Listed(program.form), program.operands.clone()));
        }
        let formula = self.written.get(option)?;
        let places = formula.values();
        let own = formula.over(&|at| places.iter().position(|place| *place == at))?;
        Some((Proposed::Written(own), places))
    }
}
