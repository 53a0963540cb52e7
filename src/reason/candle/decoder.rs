//! The decoder: states of tokens through all blocks, for one sequence or many at once.
//!
//! The rows of all sequences of a pass lie behind one another in one matrix, so every product with the weights is shared
//! and nothing is padded; only attention looks at one sequence at a time. A pass over more than [`CHUNK`] rows is cut, so
//! that memory does not grow with the prompt. It chooses no token: see `score`.

use candle_core::{D, Device, Tensor};
use candle_nn::ops::rms_norm;

use super::attention::{Sight, attend};
use super::cache::KvCache;
use super::config::Config;
use super::error::ModelError;
use super::gguf::GgufFile;
use super::rope::{Rope, Turns};
use super::weights::{Attention, Block, Gate, Weights};

/// The most rows of one pass.
pub const CHUNK: usize = 256;

/// The most rows whose scores over the whole vocabulary are held at once.
pub(super) const ROWS_OF_SCORES: usize = 32;

/// How a model is loaded.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it computes.
    pub device: Device,
    /// The most tokens of a sequence; without it the length that the model was first trained for.
    pub context: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { device: Device::Cpu, context: None }
    }
}

/// A model that is ready to compute.
#[derive(Debug)]
pub struct Decoder {
    config: Config,
    weights: Weights,
    rope: Rope,
    device: Device,
    context: usize,
}

/// Tokens to be put behind a sequence.
#[derive(Debug)]
pub struct Extension<'a> {
    /// The sequence.
    pub cache: &'a mut KvCache,
    /// What is put behind it; at least one token.
    pub tokens: &'a [u32],
}

/// The rows of one sequence in a pass. With parents the rows are a tree: each sees its ancestors alone, and stands one
/// position behind its parent; a row without one stands behind the sequence.
struct Rows<'a> {
    cache: &'a mut KvCache,
    tokens: &'a [u32],
    parents: Option<&'a [Option<usize>]>,
}

impl Decoder {
    /// Loads a model.
    ///
    /// # Errors
    /// Everything that [`Config::read`] and the reader of weights refuse, and a context longer than the model was made for.
    pub fn load(file: &mut GgufFile, options: &Options) -> Result<Self, ModelError> {
        let config = Config::read(file)?;
        let context = options.context.unwrap_or_else(|| config.context.min(config.rope.original_context));
        if context == 0 || context > config.context {
            return Err(ModelError::Context { wanted: context, context: config.context });
        }
        let weights = Weights::read(file, &config, context, &options.device)?;
        let rope = Rope::new(&config.rope, weights.rope_divisors.as_deref());
        Ok(Self { config, weights, rope, device: options.device.clone(), context })
    }

    /// The shape of the model.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The most tokens of a sequence.
    pub const fn context(&self) -> usize {
        self.context
    }

    /// A sequence without tokens.
    pub fn sequence(&self) -> KvCache {
        KvCache::new(&self.config)
    }

    /// Puts tokens behind a sequence and gives the scores (logits) of the token that follows.
    pub fn prefill(&self, cache: &mut KvCache, tokens: &[u32]) -> Result<Vec<f32>, ModelError> {
        let scores = self.extend(&mut [Extension { cache, tokens }])?;
        scores.into_iter().next().ok_or_else(|| ModelError::Call("no sequence".to_owned()))
    }

    /// Puts tokens behind many sequences in shared passes and gives, for each, the scores of the token that follows.
    pub fn extend(&self, batch: &mut [Extension]) -> Result<Vec<Vec<f32>>, ModelError> {
        for extension in &*batch {
            self.check(extension.cache.len() + extension.tokens.len(), extension.tokens)?;
        }
        let mut last: Vec<Option<Tensor>> = batch.iter().map(|_| None).collect();
        let mut done = vec![0; batch.len()];
        loop {
            let mut room = CHUNK;
            let (mut rows, mut of) = (Vec::new(), Vec::new());
            for (at, extension) in batch.iter_mut().enumerate() {
                let part = (extension.tokens.len() - done[at]).min(room);
                if part > 0 {
                    let tokens = &extension.tokens[done[at]..done[at] + part];
                    rows.push(Rows { cache: extension.cache, tokens, parents: None });
                    of.push(at);
                    room -= part;
                }
            }
            if rows.is_empty() {
                break;
            }
            let lengths: Vec<usize> = rows.iter().map(|rows| rows.tokens.len()).collect();
            let states = self.pass(&mut rows)?;
            let mut start = 0;
            for (at, length) in of.into_iter().zip(lengths) {
                done[at] += length;
                start += length;
                if done[at] == batch[at].tokens.len() {
                    last[at] = Some(states.narrow(0, start - 1, 1)?);
                }
            }
        }
        let states: Vec<Tensor> = last.into_iter().flatten().collect();
        self.scores(&Tensor::cat(&states, 0)?)
    }

    /// Puts tokens behind a sequence and gives the scores after each of them: for tests, and small vocabularies.
    pub fn scores_of_all(&self, cache: &mut KvCache, tokens: &[u32]) -> Result<Vec<Vec<f32>>, ModelError> {
        self.check(cache.len() + tokens.len(), tokens)?;
        let mut all = Vec::new();
        for tokens in tokens.chunks(CHUNK) {
            let states = self.pass(&mut [Rows { cache: &mut *cache, tokens, parents: None }])?;
            all.extend(self.scores(&states)?);
        }
        Ok(all)
    }

    /// The states of a tree of tokens behind a sequence; the cache is left with rows that are no sequence, so it has to be
    /// a fork that is thrown away.
    pub(super) fn tree(
        &self,
        mut fork: KvCache,
        tokens: &[u32],
        parents: &[Option<usize>],
    ) -> Result<Tensor, ModelError> {
        self.pass(&mut [Rows { cache: &mut fork, tokens, parents: Some(parents) }])
    }

    /// That the tokens are of the vocabulary and fit into the context.
    pub(super) fn check(&self, length: usize, tokens: &[u32]) -> Result<(), ModelError> {
        if tokens.is_empty() {
            return Err(ModelError::Call("no token to compute".to_owned()));
        }
        if length > self.context {
            return Err(ModelError::Context { wanted: length, context: self.context });
        }
        match tokens.iter().find(|token| usize::try_from(**token).is_ok_and(|token| token >= self.config.vocabulary)) {
            Some(token) => Err(ModelError::Call(format!(
                "token {token} is not of the vocabulary, which has {}",
                self.config.vocabulary
            ))),
            None => Ok(()),
        }
    }

    /// The scores of all tokens for each row of states.
    fn scores(&self, states: &Tensor) -> Result<Vec<Vec<f32>>, ModelError> {
        let mut all = Vec::new();
        for start in (0..states.dim(0)?).step_by(ROWS_OF_SCORES) {
            let part = states.narrow(0, start, ROWS_OF_SCORES.min(states.dim(0)? - start))?;
            all.extend(self.head(&part)?.to_vec2::<f32>()?);
        }
        Ok(all)
    }

    /// From states `[rows, hidden]` to scores `[rows, vocabulary]`.
    pub(super) fn head(&self, states: &Tensor) -> Result<Tensor, ModelError> {
        self.among_threads(|| {
            let normed = rms_norm(&states.contiguous()?, &self.weights.output_norm, epsilon(&self.config))?;
            self.weights.head.forward(&normed)
        })
    }

    /// Computes on one of the threads that share the work, so that they need not be called for each step of a pass anew. A card
    /// may know only the thread that opened it.
    fn among_threads<T: Send>(&self, work: impl FnOnce() -> Result<T, ModelError> + Send) -> Result<T, ModelError> {
        if self.device.is_cpu() { rayon::scope(|_| work()) } else { work() }
    }

    /// One pass: the states `[rows, hidden]` behind the last block, and keys and values in the caches.
    fn pass(&self, batch: &mut [Rows]) -> Result<Tensor, ModelError> {
        self.among_threads(|| self.through_blocks(batch))
    }

    fn through_blocks(&self, batch: &mut [Rows]) -> Result<Tensor, ModelError> {
        let tokens: Vec<u32> = batch.iter().flat_map(|rows| rows.tokens).copied().collect();
        let positions: Vec<usize> = batch.iter().flat_map(Rows::positions).collect();
        let turns = self.rope.turns(&positions, &self.device)?;
        let sights: Vec<Vec<Sight>> = batch.iter().map(|rows| rows.sights(&self.config)).collect();
        let mut states = self.weights.embed(&tokens, &self.device)?;
        for (layer, block) in self.weights.blocks.iter().enumerate() {
            let normed = rms_norm(&states, &block.attention_norm, epsilon(&self.config))?;
            let attended = self.attention(layer, block, &normed, &turns, batch, &sights)?;
            states = (states + attended)?;
            let normed = rms_norm(&states, &block.feed_forward_norm, epsilon(&self.config))?;
            states = (states + feed_forward(block, &normed)?)?;
        }
        for rows in batch {
            rows.cache.note(rows.tokens);
        }
        Ok(states)
    }

    fn attention(
        &self,
        layer: usize,
        block: &Block,
        normed: &Tensor,
        turns: &Turns,
        batch: &mut [Rows],
        sights: &[Vec<Sight>],
    ) -> Result<Tensor, ModelError> {
        let (queries, keys, values) = self.heads(block, normed)?;
        let queries = self.rope.apply(&self.normed_heads(&queries, block.query_norm.as_ref())?, turns)?;
        let keys = self.rope.apply(&self.normed_heads(&keys, block.key_norm.as_ref())?, turns)?;
        let mut attended = Vec::with_capacity(batch.len());
        let mut start = 0;
        for (rows, sights) in batch.iter_mut().zip(sights) {
            let count = rows.tokens.len();
            rows.cache.append(layer, &keys.narrow(1, start, count)?, &values.narrow(1, start, count)?)?;
            attended.push(attend(&queries.narrow(1, start, count)?, rows.cache, layer, sights, &self.config)?);
            start += count;
        }
        let attended = if let [one] = attended.as_slice() { one.clone() } else { Tensor::cat(&attended, 0)? };
        block.output.forward(&attended)
    }

    /// Queries, keys and values, each `[heads, rows, head]`.
    fn heads(&self, block: &Block, normed: &Tensor) -> Result<(Tensor, Tensor, Tensor), ModelError> {
        let (queries, keys) = (self.config.heads, self.config.kv_heads);
        let (query, key, value) = match &block.attention {
            Attention::Separate { query, key, value } => {
                (query.forward(normed)?, key.forward(normed)?, value.forward(normed)?)
            }
            Attention::Fused(all) => {
                let all = all.forward(normed)?;
                let (of_queries, of_keys) = (queries * self.config.head_dim, keys * self.config.head_dim);
                let part = |start, width| all.narrow(D::Minus1, start, width);
                (part(0, of_queries)?, part(of_queries, of_keys)?, part(of_queries + of_keys, of_keys)?)
            }
        };
        Ok((self.split(&query, queries)?, self.split(&key, keys)?, self.split(&value, keys)?))
    }

    fn split(&self, rows: &Tensor, heads: usize) -> Result<Tensor, ModelError> {
        let count = rows.dim(0)?;
        Ok(rows.reshape((count, heads, self.config.head_dim))?.transpose(0, 1)?.contiguous()?)
    }

    fn normed_heads(&self, heads: &Tensor, norm: Option<&Tensor>) -> Result<Tensor, ModelError> {
        match norm {
            Some(norm) => Ok(rms_norm(heads, norm, epsilon(&self.config))?),
            None => Ok(heads.clone()),
        }
    }
}

/// The gated feed-forward network (Shazeer 2020, arXiv:2002.05202, equation 6, `SwiGLU`).
fn feed_forward(block: &Block, normed: &Tensor) -> Result<Tensor, ModelError> {
    let (gate, up) = match &block.gate {
        Gate::Separate { gate, up } => (gate.forward(normed)?, up.forward(normed)?),
        Gate::Fused(both) => {
            let both = both.forward(normed)?;
            let inner = both.dim(D::Minus1)? / 2;
            (both.narrow(D::Minus1, 0, inner)?.contiguous()?, both.narrow(D::Minus1, inner, inner)?.contiguous()?)
        }
    };
    block.down.forward(&(gate.silu()? * up)?)
}

#[expect(clippy::cast_possible_truncation, reason = "a small number that the file stores in f32")]
const fn epsilon(config: &Config) -> f32 {
    config.norm_epsilon as f32
}

impl Rows<'_> {
    /// The position of each row in its sequence.
    fn positions(&self) -> Vec<usize> {
        let past = self.cache.len();
        match self.parents {
            None => (past..past + self.tokens.len()).collect(),
            Some(parents) => {
                let mut positions: Vec<usize> = Vec::with_capacity(parents.len());
                for parent in parents {
                    let behind = parent.and_then(|parent| positions.get(parent)).map_or(past, |position| position + 1);
                    positions.push(behind);
                }
                positions
            }
        }
    }

    /// What each row sees: the tokens before it, or its ancestors, as far back as the window goes.
    fn sights(&self, config: &Config) -> Vec<Sight> {
        let past = self.cache.len();
        let positions = self.positions();
        let first = |row: usize| config.window.map_or(0, |window| (positions[row] + 1).saturating_sub(window));
        let Some(parents) = self.parents else {
            let sight = |row| Sight { from: first(row), to: past + row + 1, among: None };
            return (0..self.tokens.len()).map(sight).collect();
        };
        let sight = |row: usize| {
            let mut seen = vec![false; row + 1];
            let mut at = Some(row);
            while let Some(own) = at {
                seen[own] = positions[own] >= first(row);
                at = parents.get(own).copied().flatten();
            }
            Sight { from: first(row).min(past), to: past + row + 1, among: Some((past, seen)) }
        };
        (0..self.tokens.len()).map(sight).collect()
    }
}
