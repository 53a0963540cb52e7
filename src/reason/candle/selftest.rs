//! Whether a model computes here what it should: the decoder against plain loops, and against itself.
//!
//! It needs no other program and no stored numbers, so it holds for every file and every machine. It says nothing about
//! how well the model reasons.

use super::config::Config;
use super::decoder::{Decoder, Extension};
use super::error::ModelError;
use super::gguf::GgufFile;
use super::reference;

/// Tokens of the comparison with plain loops, which are slow.
const PLAIN: usize = 12;

/// Tokens of the other comparisons.
const TOKENS: usize = 96;

/// Two ways to the same numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// What was compared.
    pub what: &'static str,
    /// The cosine of the angle between the scores of the whole vocabulary, the smallest of all rows.
    pub cosine: f64,
    /// The largest difference of two scores.
    pub difference: f32,
    /// The least cosine that passes.
    pub least: f64,
}

impl Comparison {
    /// Whether the two ways agree.
    pub fn passed(&self) -> bool {
        self.cosine >= self.least && self.difference.is_finite()
    }

    fn new(what: &'static str, least: f64) -> Self {
        Self { what, cosine: 1.0, difference: 0.0, least }
    }

    fn add(&mut self, left: &[f32], right: &[f32]) {
        self.cosine = self.cosine.min(cosine(left, right));
        for (left, right) in left.iter().zip(right) {
            let difference = (left - right).abs();
            if difference > self.difference || difference.is_nan() {
                self.difference = difference;
            }
        }
    }
}

/// Runs all comparisons.
///
/// # Errors
/// A model that cannot be computed at all.
pub fn compare(file: &mut GgufFile, decoder: &Decoder) -> Result<Vec<Comparison>, ModelError> {
    let quantised = file.types().keys().any(|kind| kind.starts_with('Q'));
    // Kernels of quantised weights round what they multiply to eight bits, so the last places are chance.
    let (of_plain, of_itself) = if quantised { (0.999, 0.9995) } else { (0.9999, 0.999_99) };
    if decoder.context() < PLAIN + 4 {
        return Err(ModelError::Call(format!("a context of {} tokens is too short for the test", decoder.context())));
    }
    // Some comparisons put a token behind these.
    let tokens = tokens(TOKENS.min(decoder.context() - 4), decoder.config());
    Ok(vec![
        plain(file, decoder, &tokens[..PLAIN], of_plain)?,
        pieces(decoder, &tokens, of_itself)?,
        forks(decoder, &tokens, of_itself)?,
        together(decoder, &tokens, of_itself)?,
        continuations(decoder, &tokens, of_itself)?,
    ])
}

/// Tokens that depend on the size of the vocabulary alone.
pub fn tokens(count: usize, config: &Config) -> Vec<u32> {
    let mut state: u64 = 3;
    let vocabulary = u32::try_from(config.vocabulary).unwrap_or(u32::MAX).max(1);
    let mut next = || {
        // The generator of Knuth's MMIX.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap_or_default() % vocabulary
    };
    (0..count).map(|_| next()).collect()
}

fn cosine(left: &[f32], right: &[f32]) -> f64 {
    let product = |left: &[f32], right: &[f32]| -> f64 {
        left.iter().zip(right).map(|(left, right)| f64::from(*left) * f64::from(*right)).sum()
    };
    let lengths = (product(left, left) * product(right, right)).sqrt();
    if lengths > 0.0 { product(left, right) / lengths } else { 0.0 }
}

fn plain(file: &mut GgufFile, decoder: &Decoder, tokens: &[u32], least: f64) -> Result<Comparison, ModelError> {
    let mut comparison = Comparison::new("the decoder and plain loops over unpacked weights", least);
    let expected = reference::scores(file, decoder.config(), decoder.context(), tokens, 0)?;
    let found = decoder.scores_of_all(&mut decoder.sequence(), tokens)?;
    for (found, expected) in found.iter().zip(&expected) {
        comparison.add(found, expected);
    }
    Ok(comparison)
}

fn pieces(decoder: &Decoder, tokens: &[u32], least: f64) -> Result<Comparison, ModelError> {
    let mut comparison = Comparison::new("a prompt at once, and in pieces with single tokens between", least);
    let whole = decoder.prefill(&mut decoder.sequence(), tokens)?;
    let mut cache = decoder.sequence();
    let third = tokens.len() / 3;
    let alone = third + 8.min(tokens.len() - third - 1);
    decoder.prefill(&mut cache, &tokens[..third])?;
    for token in &tokens[third..alone] {
        decoder.prefill(&mut cache, &[*token])?;
    }
    let found = decoder.prefill(&mut cache, &tokens[alone..])?;
    comparison.add(&found, &whole);
    Ok(comparison)
}

fn forks(decoder: &Decoder, tokens: &[u32], least: f64) -> Result<Comparison, ModelError> {
    let mut comparison = Comparison::new("a fork of a sequence, and a fresh one", least);
    let (front, back) = tokens.split_at(tokens.len() / 2);
    let mut first = decoder.sequence();
    decoder.prefill(&mut first, tokens)?;
    let mut fork = first.fork()?;
    fork.truncate(front.len())?;
    let reversed: Vec<u32> = back.iter().rev().copied().collect();
    let of_fork = decoder.prefill(&mut fork, &reversed)?;
    let fresh = decoder.prefill(&mut decoder.sequence(), &[front, &reversed].concat())?;
    comparison.add(&of_fork, &fresh);
    Ok(comparison)
}

fn together(decoder: &Decoder, tokens: &[u32], least: f64) -> Result<Comparison, ModelError> {
    let mut comparison = Comparison::new("sequences of many lengths in one batch, and one by one", least);
    let prompts = [&tokens[..1], &tokens[..tokens.len() / 2], tokens, &tokens[tokens.len() / 3..]];
    let mut caches: Vec<_> = prompts.iter().map(|_| decoder.sequence()).collect();
    let mut batch: Vec<Extension> =
        caches.iter_mut().zip(prompts).map(|(cache, tokens)| Extension { cache, tokens }).collect();
    for (scores, prompt) in decoder.extend(&mut batch)?.iter().zip(prompts) {
        comparison.add(scores, &decoder.prefill(&mut decoder.sequence(), prompt)?);
    }
    Ok(comparison)
}

fn continuations(decoder: &Decoder, tokens: &[u32], least: f64) -> Result<Comparison, ModelError> {
    let mut comparison = Comparison::new("continuations scored in one batch, and token by token", least);
    let (front, back) = tokens.split_at(tokens.len() / 2);
    let mut cache = decoder.sequence();
    let mut scores = decoder.prefill(&mut cache, front)?;
    let short = &back[..back.len().min(8)];
    let (first, second) = ([short, &[tokens[0]]].concat(), [&short[..short.len() / 2], &[tokens[1]]].concat());
    let together = decoder.score(&cache, &[&first, &second])?;
    let mut alone = Vec::new();
    for token in &first {
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = scores.iter().map(|score| (score - top).exp()).sum();
        let own = usize::try_from(*token).ok().and_then(|token| scores.get(token)).copied().unwrap_or(f32::NAN);
        alone.push(own - top - total.ln());
        scores = decoder.prefill(&mut cache, &[*token])?;
    }
    comparison.add(together.first().map_or(&[], Vec::as_slice), &alone);
    Ok(comparison)
}
