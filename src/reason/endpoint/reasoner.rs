//! An endpoint as whoever answers: multiple choice over the options of a prompt, or a derivation of its language.

use super::super::prompt::Prompt;
use super::super::reasoner::{Answer, Answered, Identity, Reasoner, estimated_tokens};
use super::Question;
use super::answer::Reply;
use super::client::{Counted, Endpoint, Sampling};

/// The most tokens of an answer, thinking included.
const TOKENS: u32 = 1024;

/// The tokens that an answer is counted as where none are told: a number in an object.
const TOKENS_OF_ANSWER: u64 = 8;

/// The same for a derivation in an object.
const TOKENS_OF_WRITING: u64 = 32;

/// After so many questions without an answer, one behind the other, nothing more is asked: a server that is gone costs a run no
/// more than its patience with these.
const PATIENCE: u32 = 3;

/// How freely a vote on what is written is drawn.
const TEMPERATURE: f32 = 0.7;

/// The likeliest answer is taken where votes differ by the order of their options, and for the first vote on what is written; the others
/// are drawn.
fn sampling(prompt: &Prompt) -> Sampling {
    let drawn = prompt.language.is_some() && prompt.vote > 0;
    let seed = if drawn { prompt.vote.saturating_add(1) } else { 1 };
    Sampling { temperature: if drawn { TEMPERATURE } else { 0.0 }, seed, tokens: TOKENS }
}

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
            Reply::Chosen(0) if prompt.language.is_none() => Answer::None,
            Reply::Chosen(number) if number > 0 && number <= prompt.options.len() => Answer::Chosen(number - 1),
            Reply::Written(text) => Answer::written(prompt, &text),
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
        estimated_tokens(prompt) + if prompt.language.is_some() { TOKENS_OF_WRITING } else { TOKENS_OF_ANSWER }
    }

    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered> {
        let mut answers = Vec::with_capacity(prompts.len());
        if !std::mem::replace(&mut self.probed, true)
            && let Err(error) = self.endpoint.probe()
        {
            self.failures = PATIENCE;
            self.trouble = Some(error.to_string());
        }
        let jobs = self.endpoint.jobs();
        let alike = prompts.chunk_by(|one, next| sampling(one) == sampling(next));
        for part in alike.flat_map(|part| part.chunks(jobs)) {
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
                    language: prompt.language.clone(),
                })
                .collect();
            let counted = self.endpoint.ask_all_counted(&questions, sampling(&part[0]));
            answers.extend(part.iter().zip(counted).map(|(prompt, counted)| self.answered(prompt, counted)));
        }
        answers
    }
}
