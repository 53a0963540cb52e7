//! An answer as it is stored: the program in words, never its number and never a verdict.

use serde::{Deserialize, Serialize};

use super::prompt::Prompt;
use super::reasoner::Answer;

/// The version of stored answers.
pub const ANSWERS_SCHEMA: u32 = 1;

/// An answer in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recorded {
    /// A program over the ids of the passage: `q1 + q2`.
    Program(String),
    /// None of the options.
    None,
    /// Something that was no answer.
    Unusable,
    /// Nothing.
    Failed,
    /// It was not asked: the budget of the run left it out.
    NotAsked,
}

impl Recorded {
    /// The words of an answer to a prompt.
    pub fn of(answer: &Answer, prompt: &Prompt) -> Self {
        match answer {
            Answer::Chosen(at) => prompt.options.get(*at).cloned().map_or(Self::Unusable, Self::Program),
            Answer::Written(formula) => Self::Program(formula.written()),
            Answer::None => Self::None,
            Answer::Unusable => Self::Unusable,
            Answer::Failed => Self::Failed,
            Answer::NotAsked => Self::NotAsked,
        }
    }

    /// The answer to a prompt. A program that is no option of it, or not of its language, is no answer: a stored file is trusted no
    /// more than a server.
    pub fn answer(&self, prompt: &Prompt) -> Answer {
        match self {
            Self::Program(text) if prompt.language.is_some() => Answer::written(prompt, text),
            Self::Program(text) => {
                prompt.options.iter().position(|option| option == text).map_or(Answer::Unusable, Answer::Chosen)
            }
            Self::None => Answer::None,
            Self::Unusable => Answer::Unusable,
            Self::Failed => Answer::Failed,
            Self::NotAsked => Answer::NotAsked,
        }
    }

    /// Whether another run can rely on it: a failure and a slip of the tongue may pass.
    pub const fn is_lasting(&self) -> bool {
        matches!(self, Self::Program(_) | Self::None)
    }
}
