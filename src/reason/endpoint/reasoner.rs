//! An endpoint as whoever answers: multiple choice over the options of a prompt.

use super::super::prompt::Prompt;
use super::super::reasoner::{Answer, Answered, Identity, Reasoner, estimated_tokens};
use super::Question;
use super::answer::Reply;
use super::client::{Counted, Endpoint, Sampling};

/// The most tokens of an answer, thinking included.
const TOKENS: u32 = 1024;

/// The tokens that an answer is counted as where none are told: a number in an object.
const TOKENS_OF_ANSWER: u64 = 8;

/// After so many questions without an answer, one behind the other, nothing more is asked: a server that is gone costs a run no
/// more than its patience with these.
const PATIENCE: u32 = 3;

/// The likeliest answer is taken: votes differ by the order of their options.
const SAMPLING: Sampling = Sampling { temperature: 0.0, seed: 1, tokens: TOKENS };

/// A model behind an endpoint. What the endpoint can do is found out before the first question, and not before: a run whose answers
/// are all kept opens no connection.
#[derive(Debug)]
pub struct EndpointReasoner {
    endpoint: Endpoint,
    identity: Identity,
    probed: bool,
    failures: u32,
    trouble: Option<String>,
}

impl EndpointReasoner {
    /// A model by its name behind an endpoint; `address` is how the user gave it.
    pub fn new(endpoint: Endpoint, model: &str, address: &str) -> Self {
        let identity = Identity { name: model.to_owned(), sha256: None, endpoint: Some(address.to_owned()) };
        Self { endpoint, identity, probed: false, failures: 0, trouble: None }
    }

    fn answered(&mut self, prompt: &Prompt, counted: Counted) -> Answered {
        let (reply, paid) = match counted {
            Ok(reply) => reply,
            Err(error) => {
                self.failures += 1;
                self.trouble = Some(error.to_string());
                return Answer::Failed.into();
            }
        };
        self.failures = 0;
        let answer = match reply {
            Reply::Chosen(0) => Answer::None,
            Reply::Chosen(number) if number <= prompt.options.len() => Answer::Chosen(number - 1),
            Reply::Chosen(_) | Reply::Unusable(_) => Answer::Unusable,
        };
        Answered { answer, paid }
    }
}

impl Reasoner for EndpointReasoner {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn trouble(&self) -> Option<String> {
        self.trouble.clone()
    }

    fn tokens(&self, prompt: &Prompt) -> u64 {
        estimated_tokens(prompt) + TOKENS_OF_ANSWER
    }

    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered> {
        let mut answers = Vec::with_capacity(prompts.len());
        if !std::mem::replace(&mut self.probed, true)
            && let Err(error) = self.endpoint.probe()
        {
            self.failures = PATIENCE;
            self.trouble = Some(error.to_string());
        }
        for part in prompts.chunks(self.endpoint.jobs()) {
            if self.failures >= PATIENCE {
                answers.extend(part.iter().map(|_| Answered::from(Answer::Failed)));
                continue;
            }
            let questions: Vec<Question> = part
                .iter()
                .map(|prompt| Question {
                    system: prompt.system.clone(),
                    text: prompt.to_write(),
                    options: prompt.options.len(),
                })
                .collect();
            let counted = self.endpoint.ask_all_counted(&questions, SAMPLING);
            answers.extend(part.iter().zip(counted).map(|(prompt, counted)| self.answered(prompt, counted)));
        }
        answers
    }
}
