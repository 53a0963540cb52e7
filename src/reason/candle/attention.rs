//! Attention of the rows of one sequence over its cache (Vaswani et al. 2017, section 3.2.1), heads grouped as in Ainslie
//! et al. 2023 (arXiv:2305.13245).
//!
//! What a row sees is a mask: what came before it, within the window, or its ancestors in a tree of continuations.

use candle_core::{CpuStorage, Device, Storage, Tensor};

use super::cache::{KvCache, Piece};
use super::config::Config;
use super::error::ModelError;
use super::rows::{Attention, Numbers};

/// Which tokens of a cache a row sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    /// The first one.
    pub(super) from: usize,
    /// Behind the last one.
    pub(super) to: usize,
    /// Of the tokens from a place on, which are seen: in a tree of continuations some between are not.
    pub(super) among: Option<(usize, Vec<bool>)>,
}

impl Sight {
    /// Whether the row sees a token, which stands from `from` on and before `to`.
    #[inline]
    pub(super) fn sees(&self, token: usize) -> bool {
        match &self.among {
            Some((start, seen)) if token >= *start => seen.get(token - start).copied().unwrap_or_default(),
            _ => true,
        }
    }
}

/// The weighted values of queries `[heads, rows, head]` over what each row sees of a layer; gives `[rows, heads * head]`.
pub(super) fn attend(
    queries: &Tensor,
    cache: &KvCache,
    layer: usize,
    sights: &[Sight],
    config: &Config,
) -> Result<Tensor, ModelError> {
    if queries.device().is_cpu() {
        return on_processor(queries, &cache.blocks(layer)?, sights, config);
    }
    let from = sights.iter().map(|sight| sight.from).min().unwrap_or_default();
    let to = sights.iter().map(|sight| sight.to).max().unwrap_or_default();
    on_card(queries, &cache.pieces(layer, from, to)?, &mask(sights, from, to, queries.device())?)
}

/// Attention row by row.
fn on_processor(queries: &Tensor, blocks: &[&Piece], sights: &[Sight], config: &Config) -> Result<Tensor, ModelError> {
    let tensors: Vec<&Tensor> = blocks.iter().flat_map(|block| [&block.keys, &block.values]).collect();
    let held: Vec<_> = tensors.iter().map(|tensor| tensor.storage_and_layout()).collect();
    let numbers: Vec<&[f32]> = held.iter().map(|(storage, layout)| slice(storage, layout)).collect::<Result<_, _>>()?;
    let blocks: Vec<Numbers> = numbers.chunks_exact(2).map(|pair| Numbers { keys: pair[0], values: pair[1] }).collect();
    let queries = queries.contiguous()?;
    let (storage, layout) = queries.storage_and_layout();
    let attention = Attention {
        queries: slice(&storage, layout)?,
        blocks: &blocks,
        sights,
        heads: config.heads,
        kv_heads: config.kv_heads,
        head: config.head_dim,
    };
    Ok(Tensor::from_vec(attention.compute(), (sights.len(), config.heads * config.head_dim), &Device::Cpu)?)
}

/// The numbers of a tensor on the processor.
pub(super) fn slice<'a>(storage: &'a Storage, layout: &candle_core::Layout) -> Result<&'a [f32], ModelError> {
    match (storage, layout.contiguous_offsets()) {
        (Storage::Cpu(CpuStorage::F32(numbers)), Some((start, end))) => Ok(&numbers[start..end]),
        _ => Err(ModelError::Call("contiguous numbers of single precision expected".to_owned())),
    }
}

/// Zero where a row sees a token, minus infinity where not; `[rows, tokens]`.
fn mask(sights: &[Sight], from: usize, to: usize, device: &Device) -> Result<Tensor, ModelError> {
    let mut cells = Vec::with_capacity(sights.len() * (to - from));
    for sight in sights {
        let seen = |token: usize| (sight.from..sight.to).contains(&token) && sight.sees(token);
        cells.extend((from..to).map(|token| if seen(token) { 0.0 } else { f32::NEG_INFINITY }));
    }
    Ok(Tensor::from_vec(cells, (sights.len(), to - from), device)?)
}

/// Attention as products of whole matrices, for cards.
fn on_card(queries: &Tensor, pieces: &[Piece], mask: &Tensor) -> Result<Tensor, ModelError> {
    let (heads, rows, head) = queries.dims3()?;
    let kv_heads = match pieces.first() {
        Some(piece) => piece.keys.dim(0)?,
        None => return Err(ModelError::Call("no token to attend to".to_owned())),
    };
    // Heads that share keys lie next to one another, so they are more rows of one product.
    let scale = 1.0 / f64::sqrt(f64::from(u32::try_from(head).unwrap_or(u32::MAX)));
    let grouped = (queries * scale)?.contiguous()?.reshape((kv_heads, heads / kv_heads * rows, head))?;
    let scores: Vec<Tensor> =
        pieces.iter().map(|piece| grouped.matmul(&piece.keys.contiguous()?)).collect::<Result<_, _>>()?;
    let scores = if let [one] = scores.as_slice() { one.clone() } else { Tensor::cat(&scores, 2)? };
    let columns = scores.dim(2)?;
    let apart = scores.reshape((kv_heads, heads / kv_heads, rows, columns))?.broadcast_add(mask)?;
    let shares = candle_nn::ops::softmax_last_dim(&apart)?.reshape((kv_heads, heads / kv_heads * rows, columns))?;
    let mut sum: Option<Tensor> = None;
    let mut start = 0;
    for piece in pieces {
        let width = piece.values.dim(1)?;
        let part = shares.narrow(2, start, width)?.contiguous()?.matmul(&piece.values.contiguous()?)?;
        sum = Some(match sum {
            Some(sum) => (sum + part)?,
            None => part,
        });
        start += width;
    }
    let sum = sum.ok_or_else(|| ModelError::Call("no token to attend to".to_owned()))?;
    Ok(sum.reshape((heads, rows, head))?.transpose(0, 1)?.reshape((rows, heads * head))?)
}
