//! Attention of the rows of one sequence over its cache (Vaswani et al. 2017, section 3.2.1), heads grouped as in Ainslie
//! et al. 2023 (arXiv:2305.13245).
//!
//! What a row sees is a mask: what came before it, within the window, or its ancestors in a tree of continuations.

use candle_core::{CpuStorage, CustomOp2, DType, Layout, Shape, Tensor};
use rayon::prelude::*;

use super::cache::Piece;
use super::error::ModelError;

/// Which of the columns each row sees: zero where it does, minus infinity where not; `[rows, columns]`.
#[derive(Debug)]
pub struct Mask(Tensor);

impl Mask {
    /// The mask of rows that come behind `past` tokens, over the columns from `start`. Row i sees a token of the past, and
    /// row j of its own, where `sees(i, column)` says so.
    pub fn new(
        rows: usize,
        start: usize,
        columns: usize,
        sees: impl Fn(usize, usize) -> bool,
        device: &candle_core::Device,
    ) -> Result<Self, ModelError> {
        let mut cells = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            cells.extend((start..start + columns).map(|at| if sees(row, at) { 0.0 } else { f32::NEG_INFINITY }));
        }
        Ok(Self(Tensor::from_vec(cells, (rows, columns), device)?))
    }
}

/// The weighted values of queries `[heads, rows, head]` over the pieces; gives `[rows, heads * head]`.
pub fn attend(queries: &Tensor, pieces: &[Piece], mask: Option<&Mask>) -> Result<Tensor, ModelError> {
    let (heads, rows, head) = queries.dims3()?;
    let kv_heads = match pieces.first() {
        Some(piece) => piece.keys.dim(0)?,
        None => return Err(ModelError::Call("no token to attend to".to_owned())),
    };
    // Heads that share keys lie next to one another, so they are more rows of one product.
    let scale = 1.0 / f64::sqrt(f64::from(u32::try_from(head).unwrap_or(u32::MAX)));
    let grouped = (queries * scale)?.contiguous()?.reshape((kv_heads, heads / kv_heads * rows, head))?;
    let scores: Vec<Tensor> = pieces.iter().map(|piece| grouped.matmul(&piece.keys.t()?)).collect::<Result<_, _>>()?;
    let scores = if let [one] = scores.as_slice() { one.clone() } else { Tensor::cat(&scores, 2)? };
    let shares = softmax(&scores, mask)?;
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

/// Softmax over the last dimension of `[groups, rows of all heads, columns]`, masked.
fn softmax(scores: &Tensor, mask: Option<&Mask>) -> Result<Tensor, ModelError> {
    let Some(Mask(mask)) = mask else { return Ok(candle_nn::ops::softmax_last_dim(scores)?) };
    if scores.device().is_cpu() {
        return Ok(scores.apply_op2_no_bwd(mask, &MaskedSoftmax)?);
    }
    let (groups, rows, columns) = scores.dims3()?;
    let of_mask = mask.dim(0)?;
    let apart = scores.reshape((groups, rows / of_mask, of_mask, columns))?;
    Ok(candle_nn::ops::softmax_last_dim(&apart.broadcast_add(mask)?)?.reshape((groups, rows, columns))?)
}

/// Mask and softmax in one pass: on a CPU the two cost more than the products of a short window otherwise.
struct MaskedSoftmax;

impl CustomOp2 for MaskedSoftmax {
    fn name(&self) -> &'static str {
        "masked-softmax"
    }

    fn cpu_fwd(
        &self,
        scores: &CpuStorage,
        scores_layout: &Layout,
        mask: &CpuStorage,
        mask_layout: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let (scores, mask) = (slice(scores, scores_layout)?, slice(mask, mask_layout)?);
        let columns = scores_layout.shape().dims().last().copied().unwrap_or_default().max(1);
        let rows_of_mask = (mask.len() / columns).max(1);
        let mut shares = vec![0.0; scores.len()];
        shares.par_chunks_mut(columns).zip(scores.par_chunks(columns)).enumerate().for_each(
            |(row, (shares, scores))| {
                let start = row % rows_of_mask * columns;
                softmax_row(scores, mask.get(start..start + columns).unwrap_or_default(), shares);
            },
        );
        Ok((CpuStorage::F32(shares), scores_layout.shape().clone()))
    }
}

fn slice<'a>(storage: &'a CpuStorage, layout: &Layout) -> candle_core::Result<&'a [f32]> {
    match (storage, layout.contiguous_offsets()) {
        (CpuStorage::F32(numbers), Some((start, end))) => Ok(&numbers[start..end]),
        _ => Err(candle_core::Error::Msg(format!("contiguous {:?} expected", DType::F32))),
    }
}

/// One row; a column that is not seen gets exactly zero.
fn softmax_row(scores: &[f32], mask: &[f32], shares: &mut [f32]) {
    let mut top = f32::NEG_INFINITY;
    for (score, mask) in scores.iter().zip(mask) {
        top = top.max(score + mask);
    }
    let mut sum = 0.0;
    for ((share, score), mask) in shares.iter_mut().zip(scores).zip(mask) {
        if *mask > f32::NEG_INFINITY {
            *share = (score - top).exp();
            sum += *share;
        }
    }
    if sum > 0.0 {
        for share in shares {
            *share /= sum;
        }
    }
}
