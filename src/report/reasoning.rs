//! What a report says of the reasoning model of a run: who it was, what it was asked, and what left the machine for it.
//!
//! The counts are of the questions that the answers stand for, whether they were asked in this run or in an earlier one whose answers
//! were kept: so a run that is repeated or replayed gives the same bytes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::summary::plural;

/// The model of a run and what it might spend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelSettings {
    /// The name in its file, or that by which its endpoint knows it.
    pub name: String,
    /// The SHA-256 of its file, in hexadecimal; nothing where no file is known.
    pub sha256: Option<String>,
    /// The address of its endpoint as it was given; nothing for a model on the machine of the run.
    pub endpoint: Option<String>,
    /// The version of the wording of the questions.
    pub template: u32,
    /// The most votes on a question.
    pub votes: u32,
    /// The budget, as `tokens=200000`.
    pub budget: Vec<String>,
    /// Whether the same run asks the same questions again: not under a budget of time or money.
    pub reproducible: bool,
}

/// What was asked about a paper, or in a run, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelUse {
    /// The address of the endpoint that the questions went to, as it was given; nothing where they stayed on the machine.
    pub endpoint: Option<String>,
    /// Questions that were asked.
    pub questions: u64,
    /// Votes on them.
    pub votes: u64,
    /// Tokens of the votes, as they are counted for the budget.
    pub tokens: u64,
    /// Characters that the votes showed to the model.
    pub characters: u64,
    /// Questions whose answer was a derivation.
    pub chosen: u64,
    /// Questions whose answer was none, or whose votes fell apart.
    pub none: u64,
    /// Questions without an answer.
    pub unanswered: u64,
    /// Questions that the budget left out.
    pub left_out: u64,
    /// Questions beyond the number that a paper may have.
    pub beyond: u64,
}

/// Why a value was not checked that the budget left out.
pub const NO_BUDGET: &str = "the model was not asked (budget)";

/// Why a value was not checked for which the model gave no answer.
pub const NO_ANSWER: &str = "the model gave no answer";

/// Why a value was not checked that came behind the most questions of a paper.
pub const TOO_MANY: &str = "the model was not asked (more questions than a paper may have)";

impl ModelUse {
    /// Adds what was asked about another paper.
    pub fn add(&mut self, other: &Self) {
        self.endpoint = self.endpoint.take().or_else(|| other.endpoint.clone());
        self.questions += other.questions;
        self.votes += other.votes;
        self.tokens += other.tokens;
        self.characters += other.characters;
        self.chosen += other.chosen;
        self.none += other.none;
        self.unanswered += other.unanswered;
        self.left_out += other.left_out;
        self.beyond += other.beyond;
    }

    /// The values that were not checked, by reason.
    pub fn not_checked(&self) -> [(&'static str, usize); 3] {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        [(NO_BUDGET, count(self.left_out)), (NO_ANSWER, count(self.unanswered)), (TOO_MANY, count(self.beyond))]
    }

    /// A line of the summary.
    pub(super) fn line(&self) -> String {
        let count = |number: u64, noun: &str| plural(usize::try_from(number).unwrap_or(usize::MAX), noun);
        let left = match &self.endpoint {
            Some(endpoint) => format!("{} went to {endpoint}", count(self.characters, "character")),
            None => "nothing left the machine".to_owned(),
        };
        format!(
            "Asked the model {} ({}, {}; {left}): {} by a derivation, {} by none, {} not at all; {} left out.",
            count(self.questions, "question"),
            count(self.votes, "vote"),
            count(self.tokens, "token"),
            self.chosen,
            self.none,
            self.unanswered,
            self.left_out + self.beyond
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_left_the_machine() {
        let own = ModelUse { questions: 1, votes: 3, tokens: 900, characters: 3600, chosen: 1, ..ModelUse::default() };
        assert_eq!(
            own.line(),
            "Asked the model 1 question (3 votes, 900 tokens; nothing left the machine): 1 by a derivation, 0 by none, 0 not at \
             all; 0 left out."
        );
        let mut sum = ModelUse { endpoint: Some("http://localhost:8080/v1".to_owned()), ..own.clone() };
        sum.add(&own);
        assert!(
            sum.line().contains("2 questions (6 votes, 1800 tokens; 7200 characters went to http://localhost:8080/v1)")
        );
    }
}
