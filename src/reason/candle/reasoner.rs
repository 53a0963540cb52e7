//! Open weights as whoever answers: the option that the model most likely goes on with. What it writes where there are no options
//! is in `generate`.
//!
//! The options are scored behind the prompt in passes that they share. An answer counts with its end: its likelihood is that of
//! its tokens and then of any token that ends an answer (in a model without a form of conversation, of the line's end), so that a long option competes with its own beginning fairly, and the
//! likelihoods of all options are parts of one whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::super::NONE;
use super::super::prompt::{BEGINNING, Prompt, digits_of};
use super::super::reasoner::{Answer, Answered, Identity, Reasoner};
use super::decoder::{Decoder, Options};
use super::error::ModelError;
use super::generate::Opening;
use super::gguf::GgufFile;
use super::grammar::Grammars;
use super::template::{ChatTemplate, Message};
use super::tokenizer::Tokenizer;

/// A model that is ready to answer.
#[derive(Debug)]
pub struct CandleReasoner {
    pub(super) decoder: Decoder,
    pub(super) tokenizer: Arc<Tokenizer>,
    pub(super) template: Option<ChatTemplate>,
    /// The last prompt whose answer was written.
    pub(super) opened: Option<Opening>,
    /// Made with the first answer that is written.
    pub(super) grammars: Option<Grammars>,
    identity: Identity,
    trouble: Option<String>,
}

/// A prompt as tokens.
struct Tokens {
    prompt: Vec<u32>,
    /// The options in their order, then "none"; each with every way to end it.
    answers: Vec<Vec<Vec<u32>>>,
}

impl CandleReasoner {
    /// Opens a file and loads its weights.
    ///
    /// # Errors
    /// What [`GgufFile::open`], [`Decoder::load`], [`Tokenizer::from_gguf`] and [`ChatTemplate::from_gguf`] refuse.
    pub fn open(path: &Path, options: &Options) -> Result<Self, ModelError> {
        let mut file = GgufFile::open(path)?;
        let tokenizer = Tokenizer::from_gguf(&file)?;
        let template = ChatTemplate::from_gguf(&file)?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = file.optional_text("general.name")?.map_or(stem, str::to_owned);
        let sha256 = hash(path).map_err(|source| ModelError::Unreadable { path: path.to_owned(), source })?;
        let decoder = Decoder::load(&mut file, options)?;
        let identity = Identity { name, sha256: Some(sha256), endpoint: None };
        let tokenizer = Arc::new(tokenizer);
        Ok(Self { decoder, tokenizer, template, opened: None, grammars: None, identity, trouble: None })
    }

    fn encode(&self, prompt: &Prompt) -> Result<Tokens, ModelError> {
        let tokens = if let Some(template) = &self.template {
            let mut tokens = self.conversation(template, prompt, false)?;
            tokens.extend(self.tokenizer.encode(BEGINNING)?);
            tokens
        } else {
            let begin = self.tokenizer.begin().into_iter();
            begin.chain(self.tokenizer.encode(&prompt.to_continue())?).collect()
        };
        let line_end = self.tokenizer.encode("\n")?;
        // A conversation ends with a mark, a text with its line.
        let ends: Vec<Vec<u32>> = match self.tokenizer.ends() {
            ends if self.template.is_some() && !ends.is_empty() => ends.iter().map(|end| vec![*end]).collect(),
            _ => vec![line_end],
        };
        let texts = prompt.options.iter().map(String::as_str).chain([NONE]);
        let answers = texts
            .map(|text| {
                let own = self.tokenizer.encode(&format!(" {text}"))?;
                Ok(ends.iter().map(|end| [own.as_slice(), end].concat()).collect())
            })
            .collect::<Result<_, ModelError>>()?;
        Ok(Tokens { prompt: tokens, answers })
    }

    /// The conversation up to where the model answers. Some templates know no one but user and assistant.
    pub(super) fn conversation(
        &self,
        template: &ChatTemplate,
        prompt: &Prompt,
        thinking: bool,
    ) -> Result<Vec<u32>, ModelError> {
        let message = |role: &str, content: String| Message { role: role.to_owned(), content };
        let two = [message("system", prompt.system.clone()), message("user", prompt.to_converse())];
        template.encode(&self.tokenizer, &two, thinking).or_else(|_| {
            let one = [message("user", format!("{}\n\n{}", prompt.system, prompt.to_converse()))];
            template.encode(&self.tokenizer, &one, thinking)
        })
    }

    fn choose(&self, prompt: &Prompt) -> Result<Answer, ModelError> {
        let tokens = self.encode(prompt)?;
        let mut sequence = self.decoder.sequence();
        self.decoder.prefill(&mut sequence, &tokens.prompt)?;
        let continuations: Vec<&[u32]> = tokens.answers.iter().flatten().map(Vec::as_slice).collect();
        let scores = self.decoder.score(&sequence, &continuations)?;
        let mut scores = scores.iter().map(|tokens| tokens.iter().map(|score| f64::from(*score)).sum::<f64>());
        let likelihoods: Vec<f64> =
            tokens.answers.iter().map(|ways| joint(&scores.by_ref().take(ways.len()).collect::<Vec<f64>>())).collect();
        if likelihoods.iter().any(|likelihood| likelihood.is_nan()) {
            return Ok(Answer::Failed);
        }
        // Of equal likelihoods the last one, so that "none" wins a tie.
        let best = likelihoods.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(at, _)| at);
        Ok(match best {
            Some(at) if at < prompt.options.len() => Answer::Chosen(at),
            Some(_) => Answer::None,
            None => Answer::Failed,
        })
    }
}

/// The logarithm of the sum of likelihoods that are given as logarithms.
fn joint(logarithms: &[f64]) -> f64 {
    let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most.is_infinite() {
        return most;
    }
    most + libm::log(logarithms.iter().map(|own| libm::exp(own - most)).sum())
}

/// The SHA-256 of a file in hexadecimal.
fn hash(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 1 << 20];
    loop {
        match file.read(&mut chunk)? {
            0 => break,
            read => hash.update(&chunk[..read]),
        }
    }
    Ok(digits_of(&hash.finalize()))
}

impl Reasoner for CandleReasoner {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn tokens(&self, prompt: &Prompt) -> u64 {
        if prompt.language.is_some() {
            return self.most_written(prompt);
        }
        let count = |tokens: Tokens| tokens.prompt.len() + tokens.answers.iter().flatten().map(Vec::len).sum::<usize>();
        self.encode(prompt).map(count).unwrap_or_default() as u64
    }

    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered> {
        let mut answers = Vec::with_capacity(prompts.len());
        for prompt in prompts {
            let answer = if prompt.language.is_some() { self.write(prompt) } else { self.choose(prompt) };
            let answer = answer.unwrap_or_else(|error| {
                self.trouble = Some(error.to_string());
                Answer::Failed
            });
            answers.push(answer.into());
        }
        answers
    }

    fn trouble(&self) -> Option<String> {
        self.trouble.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihoods_add_up() {
        assert!((joint(&[libm::log(0.25), libm::log(0.5)]) - libm::log(0.75)).abs() < 1e-12);
        assert!(joint(&[f64::NEG_INFINITY]).is_infinite());
    }
}
