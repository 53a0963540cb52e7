//! Linear maps with weights as they are best multiplied on the machine at hand.
//!
//! A row comes out the same to the last bit, however many rows are mapped with it, where that is ours to say: quantised
//! weights are multiplied with numbers rounded to eight bits, and what differs in the last place before may differ by a whole
//! step behind it.

use std::sync::Arc;

#[cfg(target_arch = "x86_64")]
use candle_core::Device;
use candle_core::quantized::{GgmlDType, QMatMul, QTensor};
use candle_core::{Module, Tensor};

#[cfg(target_arch = "x86_64")]
use super::attention::slice;
use super::error::ModelError;
#[cfg(target_arch = "x86_64")]
use super::floats::Floats;
#[cfg(target_arch = "x86_64")]
use super::lanes::Instructions;
#[cfg(target_arch = "x86_64")]
use super::products::Panels;

/// A linear map, with a bias where the file has one.
#[derive(Debug)]
pub struct Projection {
    weight: Weight,
    bias: Option<Tensor>,
}

/// Weights in one of their forms.
#[derive(Debug)]
enum Weight {
    /// As candle-core multiplies them.
    Matrix(QMatMul),
    /// The same, where a single row has another way through the kernels than two: it goes with itself.
    Paired(QMatMul),
    /// Unpacked, as they are multiplied here.
    #[cfg(target_arch = "x86_64")]
    Floats(Floats),
    /// Of the type `Q4_K`, as they are multiplied here.
    #[cfg(target_arch = "x86_64")]
    Panels(Panels),
}

/// Whether weights of a type are unpacked when they are read, where memory allows it: candle-core multiplies them number by
/// number, which takes ten times as long, and rounds what they are multiplied with.
pub(super) const fn is_slow(kind: GgmlDType) -> bool {
    matches!(kind, GgmlDType::Q4_1 | GgmlDType::Q5_0 | GgmlDType::Q5_1)
}

impl Projection {
    /// The map of some weights `[outputs, inputs]`. With `unpack` those whose type [`is_slow`] become numbers of single
    /// precision; those of half precision do in any case, in candle-core.
    pub fn new(weight: Arc<QTensor>, bias: Option<Tensor>, unpack: bool) -> Result<Self, ModelError> {
        let kind = weight.dtype();
        let unpack = unpack && is_slow(kind);
        #[cfg(target_arch = "x86_64")]
        if let Some(weight) = in_panels(&weight, unpack)? {
            return Ok(Self { weight, bias });
        }
        let weight = if unpack {
            Weight::Matrix(QMatMul::Tensor(weight.dequantize(&weight.device())?))
        } else if cfg!(target_arch = "x86_64") && weight.device().is_cpu() && kind == GgmlDType::Q6K {
            Weight::Paired(QMatMul::from_arc(weight)?)
        } else {
            Weight::Matrix(QMatMul::from_arc(weight)?)
        };
        Ok(Self { weight, bias })
    }

    /// Maps rows `[rows, inputs]` to `[rows, outputs]`.
    pub fn forward(&self, rows: &Tensor) -> Result<Tensor, ModelError> {
        let mapped = match &self.weight {
            Weight::Paired(matrix) if rows.dim(0)? == 1 => {
                matrix.forward(&Tensor::cat(&[rows, rows], 0)?)?.narrow(0, 0, 1)?.contiguous()?
            }
            Weight::Matrix(matrix) | Weight::Paired(matrix) => matrix.forward(rows)?,
            #[cfg(target_arch = "x86_64")]
            Weight::Floats(floats) => here(rows, |rows| floats.multiply(rows))?,
            #[cfg(target_arch = "x86_64")]
            Weight::Panels(panels) => here(rows, |rows| panels.multiply(rows))?,
        };
        Ok(match &self.bias {
            Some(bias) => mapped.broadcast_add(bias)?,
            None => mapped,
        })
    }
}

/// What a product of ours makes of rows on the processor.
#[cfg(target_arch = "x86_64")]
fn here(rows: &Tensor, multiply: impl Fn(&[f32]) -> Vec<f32>) -> Result<Tensor, ModelError> {
    let (count, rows) = (rows.dim(0)?, rows.contiguous()?);
    let (storage, layout) = rows.storage_and_layout();
    let products = multiply(slice(&storage, layout)?);
    let outputs = products.len() / count.max(1);
    Ok(Tensor::from_vec(products, (count, outputs), &Device::Cpu)?)
}

/// The weights in panels, where they and the processor are such.
#[cfg(target_arch = "x86_64")]
fn in_panels(weight: &QTensor, unpack: bool) -> Result<Option<Weight>, ModelError> {
    let Some(with) = Instructions::found().filter(|_| weight.device().is_cpu()) else { return Ok(None) };
    let (outputs, inputs) = weight.shape().dims2()?;
    if unpack && Floats::fit(outputs, inputs) {
        let unpacked = weight.dequantize(&Device::Cpu)?;
        let (storage, layout) = unpacked.storage_and_layout();
        return Ok(Some(Weight::Floats(Floats::new(slice(&storage, layout)?, outputs, inputs, with)?)));
    }
    if weight.dtype() == GgmlDType::Q4K && Panels::fit(outputs, inputs) {
        return Ok(Some(Weight::Panels(Panels::new(&weight.data()?, outputs, inputs, with)?)));
    }
    Ok(None)
}
