//! Keys and values of the tokens that a sequence holds already, block by block.
//!
//! Full blocks are shared between a cache and its forks, and never written again; the open block at the end belongs to one
//! cache alone. So a fork costs the copy of one block, and a token at the end writes in place.

use candle_core::{DType, Device, Tensor};

use super::config::Config;
use super::error::ModelError;

/// Tokens of a block.
pub(super) const BLOCK: usize = 64;

/// Keys and values of some tokens. Keys lie element by element, so that the products of a query with them are sums over
/// whole rows of tokens.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Keys, turned, `[kv heads, head, tokens]`.
    pub keys: Tensor,
    /// Values, `[kv heads, tokens, head]`.
    pub values: Tensor,
}

impl Piece {
    fn open(heads: usize, head: usize, device: &Device) -> Result<Self, ModelError> {
        let zeros = |shape: (usize, usize, usize)| Tensor::zeros(shape, DType::F32, device);
        Ok(Self { keys: zeros((heads, head, BLOCK))?, values: zeros((heads, BLOCK, head))? })
    }

    fn part(&self, start: usize, length: usize) -> Result<Self, ModelError> {
        Ok(Self { keys: self.keys.narrow(2, start, length)?, values: self.values.narrow(1, start, length)? })
    }

    /// A block of its own with the same numbers.
    fn copied(&self) -> Result<Self, ModelError> {
        Ok(Self { keys: self.keys.copy()?, values: self.values.copy()? })
    }
}

/// Keys and values of one block of the model.
#[derive(Debug)]
struct Layer {
    full: Vec<Piece>,
    open: Option<Piece>,
}

impl Layer {
    /// Leaves `length` tokens, of a longer row or of one that a failed pass has left behind.
    fn truncate(&mut self, length: usize) -> Result<(), ModelError> {
        let (whole, rest) = (length / BLOCK, length % BLOCK);
        if let Some(block) = self.full.get(whole) {
            // The block that becomes the open one may be shared with a fork, so it is copied.
            self.open = if rest > 0 { Some(block.copied()?) } else { None };
            self.full.truncate(whole);
        }
        Ok(())
    }
}

/// The state of a sequence.
#[derive(Debug)]
pub struct KvCache {
    layers: Vec<Layer>,
    tokens: Vec<u32>,
    heads: usize,
    head: usize,
}

impl KvCache {
    /// A sequence without tokens.
    pub fn new(config: &Config) -> Self {
        let layers = (0..config.layers).map(|_| Layer { full: Vec::new(), open: None }).collect();
        Self { layers, tokens: Vec::new(), heads: config.kv_heads, head: config.head_dim }
    }

    /// The tokens of the sequence.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// How many tokens it holds.
    pub const fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether it holds none.
    pub const fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The same sequence, to go on in another way; full blocks are shared.
    pub fn fork(&self) -> Result<Self, ModelError> {
        let copy = |layer: &Layer| -> Result<Layer, ModelError> {
            Ok(Layer { full: layer.full.clone(), open: layer.open.as_ref().map(Piece::copied).transpose()? })
        };
        Ok(Self {
            layers: self.layers.iter().map(copy).collect::<Result<_, _>>()?,
            tokens: self.tokens.clone(),
            heads: self.heads,
            head: self.head,
        })
    }

    /// Drops the tokens behind the first `length`.
    pub fn truncate(&mut self, length: usize) -> Result<(), ModelError> {
        if length >= self.tokens.len() {
            return Ok(());
        }
        for layer in &mut self.layers {
            layer.truncate(length)?;
        }
        self.tokens.truncate(length);
        Ok(())
    }

    /// Notes the tokens whose keys and values have been appended to every layer.
    pub fn note(&mut self, tokens: &[u32]) {
        self.tokens.extend_from_slice(tokens);
    }

    /// Appends keys and values of tokens, each `[kv heads, tokens, head]`, to one layer.
    pub fn append(&mut self, layer: usize, keys: &Tensor, values: &Tensor) -> Result<(), ModelError> {
        let (heads, head, device) = (self.heads, self.head, keys.device());
        let mut filled = self.tokens.len() % BLOCK;
        let layer = self.layers.get_mut(layer).ok_or_else(|| ModelError::Call(format!("no layer {layer}")))?;
        layer.truncate(self.tokens.len())?;
        let keys = keys.transpose(1, 2)?;
        let (mut done, count) = (0, keys.dim(2)?);
        while done < count {
            let open = match &mut layer.open {
                Some(open) => open,
                none => none.insert(Piece::open(heads, head, device)?),
            };
            let part = (count - done).min(BLOCK - filled);
            open.keys.slice_set(&keys.narrow(2, done, part)?.contiguous()?, 2, filled)?;
            open.values.slice_set(&values.narrow(1, done, part)?.contiguous()?, 1, filled)?;
            done += part;
            filled += part;
            if filled == BLOCK {
                layer.full.extend(layer.open.take());
                filled = 0;
            }
        }
        Ok(())
    }

    /// The blocks of a layer, whole: behind the tokens of the last one is what happened to be there.
    pub fn blocks(&self, layer: usize) -> Result<Vec<&Piece>, ModelError> {
        let layer = self.layers.get(layer).ok_or_else(|| ModelError::Call(format!("no layer {layer}")))?;
        Ok(layer.full.iter().chain(&layer.open).collect())
    }

    /// The keys and values of a layer from token `start` up to `end`, in their order.
    pub fn pieces(&self, layer: usize, start: usize, end: usize) -> Result<Vec<Piece>, ModelError> {
        let mut pieces = Vec::new();
        for (at, block) in self.blocks(layer)?.into_iter().enumerate() {
            let (from, to) = (start.max(at * BLOCK), end.min((at + 1) * BLOCK));
            if from < to {
                pieces.push(block.part(from - at * BLOCK, to - from)?);
            }
        }
        Ok(pieces)
    }
}
