//! Derivations that a model on this machine writes: token by token under the grammar of the question, after a bounded thought
//! where the model thinks.
//!
//! The first vote takes the likeliest token that is allowed, the others draw theirs; what is drawn follows from the prompt, so
//! the same prompt gives the same answer. Votes on one question share what was read of it.

use super::super::prompt::{BEGINNING, Prompt};
use super::super::reasoner::Answer;
use super::cache::KvCache;
use super::decoder::Decoder;
use super::error::ModelError;
use super::grammar::Grammars;
use super::reasoner::CandleReasoner;

/// The most tokens of a derivation.
pub(super) const MOST_TOKENS: usize = 64;

/// The most tokens of a thought before it.
const MOST_THOUGHT: usize = 512;

/// How freely a vote draws: the likelihoods to the power of one over it (Wang et al. 2023, arXiv:2203.11171, section 3.1).
const TEMPERATURE: f64 = 0.7;

/// A prompt that was read, for the next vote on it.
#[derive(Debug)]
pub(super) struct Opening {
    tokens: Vec<u32>,
    sequence: KvCache,
    scores: Vec<f32>,
}

/// The marks around a thought.
#[derive(Clone, Copy, Debug)]
struct Thought {
    open: u32,
    close: u32,
}

/// A sequence that tokens are put behind, with the scores of the token that follows.
struct Tail<'m> {
    decoder: &'m Decoder,
    sequence: KvCache,
    scores: Vec<f32>,
    /// Tokens that are chosen and not yet computed.
    pending: Vec<u32>,
    prompt: &'m Prompt,
    choices: u32,
}

impl CandleReasoner {
    /// The derivation that the model writes.
    pub(super) fn write(&mut self, prompt: &Prompt) -> Result<Answer, ModelError> {
        let Some(language) = &prompt.language else { return Ok(Answer::Unusable) };
        let tokens = self.opening(prompt)?;
        let thought = self.thought();
        self.read(&tokens)?;
        if self.grammars.is_none() {
            self.grammars = Some(Grammars::new(&self.tokenizer, self.ends())?);
        }
        let (Some(opening), Some(grammars)) = (&self.opened, &self.grammars) else { return Ok(Answer::Failed) };
        let mut tail = Tail {
            decoder: &self.decoder,
            sequence: opening.sequence.fork()?,
            scores: opening.scores.clone(),
            pending: Vec::new(),
            prompt,
            choices: 0,
        };
        if let Some(thought) = thought {
            self.think(&mut tail, &tokens, thought)?;
        }
        if self.template.is_some() {
            tail.pending.extend(self.tokenizer.encode(BEGINNING)?);
        }
        let mut writer = grammars.start(language)?;
        for _ in 0..MOST_TOKENS {
            tail.pending.extend(writer.forced()?);
            if writer.is_over() {
                break;
            }
            let allowed = writer.allowed()?;
            let Some(token) = tail.choose(Some(&allowed))? else { return Ok(Answer::Unusable) };
            if self.ends().contains(&token) {
                break;
            }
            writer.take(token)?;
            tail.pending.push(token);
        }
        Ok(Answer::written(prompt, writer.text()))
    }

    /// How many tokens a written answer is counted as at most, prompt included.
    pub(super) fn most_written(&self, prompt: &Prompt) -> u64 {
        let thought = if self.thought().is_some() { MOST_THOUGHT } else { 0 };
        self.opening(prompt).map_or(0, |tokens| tokens.len() + thought + MOST_TOKENS) as u64
    }

    /// What ends an answer: nothing but its line, where the model has no form of conversation.
    fn ends(&self) -> &[u32] {
        if self.template.is_some() { self.tokenizer.ends() } else { &[] }
    }

    /// The marks by which the model thinks: its template has to speak of them, too.
    fn thought(&self) -> Option<Thought> {
        self.template.as_ref().filter(|template| template.thinks())?;
        Some(Thought { open: self.tokenizer.mark("<think>")?, close: self.tokenizer.mark("</think>")? })
    }

    /// The prompt up to where the model thinks or answers.
    fn opening(&self, prompt: &Prompt) -> Result<Vec<u32>, ModelError> {
        if let Some(template) = &self.template {
            return self.conversation(template, prompt, self.thought().is_some());
        }
        let begin = self.tokenizer.begin().into_iter();
        Ok(begin.chain(self.tokenizer.encode(&prompt.to_continue())?).collect())
    }

    /// Reads a prompt, unless it is the one that was read last. A part of one is not kept: what is computed must not depend on
    /// what was asked before.
    fn read(&mut self, tokens: &[u32]) -> Result<(), ModelError> {
        if self.opened.as_ref().is_some_and(|opened| opened.tokens == tokens) {
            return Ok(());
        }
        self.opened = None;
        let mut sequence = self.decoder.sequence();
        let scores = self.decoder.prefill(&mut sequence, tokens)?;
        self.opened = Some(Opening { tokens: tokens.to_vec(), sequence, scores });
        Ok(())
    }

    /// Lets the model think until it ends its thought, or the budget does.
    fn think(&self, tail: &mut Tail<'_>, opening: &[u32], thought: Thought) -> Result<(), ModelError> {
        let last = |mark: u32| opening.iter().rposition(|token| *token == mark);
        if last(thought.open).is_none() || last(thought.open) < last(thought.close) {
            tail.pending.push(thought.open);
            tail.pending.extend(self.tokenizer.encode("\n")?);
        }
        let room = self.decoder.context().saturating_sub(opening.len() + 2 * MOST_TOKENS);
        for _ in 0..MOST_THOUGHT.min(room) {
            match tail.choose(None)? {
                Some(token) if token != thought.close && !self.ends().contains(&token) => tail.pending.push(token),
                _ => break,
            }
        }
        tail.pending.push(thought.close);
        tail.pending.extend(self.tokenizer.encode("\n\n")?);
        Ok(())
    }
}

impl Tail<'_> {
    /// The next token, of those that are allowed or of all; `None` where there is none. A single one is taken without a look at
    /// its score.
    fn choose(&mut self, allowed: Option<&[u32]>) -> Result<Option<u32>, ModelError> {
        if let Some([]) = allowed {
            return Ok(None);
        }
        if let Some([only]) = allowed {
            return Ok(Some(*only));
        }
        if !self.pending.is_empty() {
            self.scores = self.decoder.prefill(&mut self.sequence, &self.pending)?;
            self.pending.clear();
        }
        let score = |token: u32| Some((token, *self.scores.get(usize::try_from(token).ok()?)?));
        let scored: Vec<(u32, f32)> = match allowed {
            None => self.scores.iter().zip(0_u32..).map(|(score, token)| (token, *score)).collect(),
            Some(allowed) => allowed.iter().filter_map(|token| score(*token)).collect(),
        };
        let Some(best) = best(&scored) else { return Ok(None) };
        if self.prompt.vote == 0 {
            return Ok(Some(best.0));
        }
        self.choices += 1;
        Ok(Some(drawn(&scored, best, self.prompt.drawn(self.choices))))
    }
}

/// The token with the highest score, of equals the first.
fn best(scored: &[(u32, f32)]) -> Option<(u32, f32)> {
    let numbers = scored.iter().copied().filter(|(_, score)| !score.is_nan());
    numbers.fold(None, |best, own| if best.is_some_and(|(_, score)| score >= own.1) { best } else { Some(own) })
}

/// The token at which the likelihoods so far exceed a number in [0, 1).
fn drawn(scored: &[(u32, f32)], best: (u32, f32), number: f64) -> u32 {
    let weight = |score: f32| {
        let weight = libm::exp(f64::from(score - best.1) / TEMPERATURE);
        if weight.is_nan() { 0.0 } else { weight }
    };
    let mut left = number * scored.iter().map(|(_, score)| weight(*score)).sum::<f64>();
    let found = scored.iter().find(|(_, score)| {
        left -= weight(*score);
        left < 0.0
    });
    found.map_or(best.0, |(token, _)| *token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_drawn_by_their_likelihoods() {
        let scored = [(4, 1.0), (7, f32::NAN), (9, 2.0), (11, 2.0)];
        let best = best(&scored).expect("a token");
        assert_eq!(best.0, 9);
        // Of exp(-1/0.7) and two ones the first has 10.7 %.
        for (number, token) in [(0.0, 4), (0.10, 4), (0.12, 9), (0.55, 9), (0.56, 11), (0.999_999, 11)] {
            assert_eq!(drawn(&scored, best, number), token, "{number}");
        }
        assert!(super::best(&[(1, f32::NAN)]).is_none());
    }
}
