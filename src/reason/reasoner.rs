//! Whoever answers: a model on this machine, one behind an endpoint, or a record of earlier answers.

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use crate::search::{Formula, NONE};

use super::prompt::Prompt;

/// Who answers, as a report names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Identity {
    /// The name of the model: that in its file, or that by which the endpoint knows it.
    pub name: String,
    /// The SHA-256 of the file, in hexadecimal; nothing where no file is known.
    pub sha256: Option<String>,
    /// The address of the endpoint as it was given; nothing for a model on this machine.
    pub endpoint: Option<String>,
}

/// What came back for a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An option of the prompt, by its place in the order shown.
    Chosen(usize),
    /// A derivation of the prompt's language, in its canonical form.
    Written(Formula),
    /// None of the options, or no derivation.
    None,
    /// Something that is no answer: prose, a number that is no option. Nothing is made of it.
    Unusable,
    /// Nothing: it failed, or does not know the prompt.
    Failed,
    /// The record of an earlier run has no answer: there it was not asked.
    NotAsked,
}

/// An answer with what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// The tokens that were paid for, as a server tells; nothing where it does not, and for models on this machine.
    pub paid: Option<u64>,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self { answer, paid: None }
    }
}

impl Answer {
    /// The answer that a text is to a prompt whose answer is written. A derivation of which nothing is left, as its parts cancel
    /// each other, is none.
    pub fn written(prompt: &Prompt, text: &str) -> Self {
        let Some(language) = &prompt.language else { return Self::Unusable };
        match language.read(text) {
            Some(formula) => language.canonical(&formula).map_or(Self::None, Self::Written),
            None if text.trim() == NONE => Self::None,
            None => Self::Unusable,
        }
    }
}

/// Answers prompts. It sees no stated value and gives no verdict.
pub trait Reasoner: Debug + Send {
    /// Who it is.
    fn identity(&self) -> &Identity;

    /// How many tokens an answer to a prompt is counted as, prompt included. It is known before the prompt is sent and the same
    /// in every run, as a budget is counted by it.
    fn tokens(&self, prompt: &Prompt) -> u64;

    /// The answers to some prompts, in their order.
    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered>;

    /// That some prompts are not asked: for records.
    fn leave_out(&mut self, _: &[Prompt]) {}

    /// Why it failed the last time that it did, for the person who runs it: never part of a result.
    fn trouble(&self) -> Option<String> {
        None
    }
}

/// How many characters make a token, where no tokenizer is known.
pub const CHARACTERS_OF_TOKEN: u64 = 4;

/// The tokens of a prompt where no tokenizer is known.
pub fn estimated_tokens(prompt: &Prompt) -> u64 {
    prompt.characters().div_ceil(CHARACTERS_OF_TOKEN)
}
