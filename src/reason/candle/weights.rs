//! The weights of a model, as the file stores them: quantised ones stay so.
//!
//! Each tensor must have the shape that follows from the header, and each tensor of a block must be understood: a bias or
//! norm that is left out gives results that look right and are not.

use std::sync::Arc;

use candle_core::quantized::QTensor;
use candle_core::{Device, Tensor};

use super::config::Config;
use super::error::ModelError;
use super::gguf::{GgufFile, TypeCount};
use super::projection::Projection;

/// Queries, keys and values: one projection each, or one for all.
#[derive(Debug)]
pub enum Attention {
    /// Three tensors.
    Separate {
        /// Queries.
        query: Projection,
        /// Keys.
        key: Projection,
        /// Values.
        value: Projection,
    },
    /// One tensor with the rows of queries, keys and values behind one another.
    Fused(Projection),
}

/// The feed-forward network's first layer.
#[derive(Debug)]
pub enum Gate {
    /// Two tensors.
    Separate {
        /// What goes through the gate function.
        gate: Projection,
        /// What it multiplies.
        up: Projection,
    },
    /// One tensor, the gate's rows first.
    Fused(Projection),
}

/// The weights of one block.
#[derive(Debug)]
pub struct Block {
    /// The norm before attention.
    pub attention_norm: Tensor,
    /// Queries, keys, values.
    pub attention: Attention,
    /// A norm on each head of the queries.
    pub query_norm: Option<Tensor>,
    /// A norm on each head of the keys.
    pub key_norm: Option<Tensor>,
    /// What the heads become.
    pub output: Projection,
    /// The norm before the feed-forward network.
    pub feed_forward_norm: Tensor,
    /// Its first layer.
    pub gate: Gate,
    /// Its second layer.
    pub down: Projection,
}

/// All weights.
#[derive(Debug)]
pub struct Weights {
    /// Rows of tokens, kept as stored; asked for a few at a time.
    pub embedding: Arc<QTensor>,
    /// The blocks in their order.
    pub blocks: Vec<Block>,
    /// The last norm.
    pub output_norm: Tensor,
    /// From the state to the scores of all tokens.
    pub head: Projection,
    /// Divisors of the rotary steps, where the file has them.
    pub rope_divisors: Option<Vec<f32>>,
}

/// The most bytes for weights that are unpacked to be multiplied faster: above it they stay as the file has them.
const MOST_UNPACKED: usize = 4 << 30;

/// The tensors of a block that the decoder understands.
const OF_A_BLOCK: &[&str] = &[
    "attn_norm.weight",
    "attn_q.weight",
    "attn_q.bias",
    "attn_k.weight",
    "attn_k.bias",
    "attn_v.weight",
    "attn_v.bias",
    "attn_qkv.weight",
    "attn_qkv.bias",
    "attn_q_norm.weight",
    "attn_k_norm.weight",
    "attn_output.weight",
    "attn_output.bias",
    "attn_rot_embd",
    "attn_rot_embd.weight",
    "ffn_norm.weight",
    "ffn_gate.weight",
    "ffn_gate.bias",
    "ffn_up.weight",
    "ffn_up.bias",
    "ffn_down.weight",
    "ffn_down.bias",
];

/// The tensors beside the blocks.
const OF_THE_MODEL: &[&str] = &[
    "token_embd.weight",
    "output_norm.weight",
    "output.weight",
    "output.bias",
    "rope_freqs.weight",
    "rope_factors_long.weight",
    "rope_factors_short.weight",
];

impl Weights {
    /// Reads all weights. `context` is the length that the sequences may get: longer than the original one, it takes the
    /// long factors of the rotary embedding instead of the short ones.
    ///
    /// # Errors
    /// A tensor that is missing, has another shape, or is not understood.
    pub fn read(file: &mut GgufFile, config: &Config, context: usize, device: &Device) -> Result<Self, ModelError> {
        refuse_unknown(file, config.layers)?;
        let mut reader = Reader { unpack: slow_bytes(file) <= MOST_UNPACKED, file, device };
        let embedding =
            Arc::new(reader.file.tensor("token_embd.weight", &[config.vocabulary, config.hidden], device)?);
        let mut blocks = Vec::new();
        for layer in 0..config.layers {
            blocks.push(reader.block(layer, config)?);
        }
        let head = if reader.file.has_tensor("output.weight") {
            reader.projection("output", config.vocabulary, config.hidden)?
        } else {
            Projection::new(
                Arc::clone(&embedding),
                reader.optional_vector("output.bias", config.vocabulary)?,
                reader.unpack,
            )?
        };
        Ok(Self {
            embedding,
            blocks,
            output_norm: reader.vector("output_norm.weight", config.hidden)?,
            head,
            rope_divisors: reader.rope_divisors(config, context)?,
        })
    }

    /// The states of tokens before the first block, `[tokens, hidden]`.
    pub fn embed(&self, tokens: &[u32], device: &Device) -> Result<Tensor, ModelError> {
        Ok(self.embedding.embedding(&Tensor::new(tokens, device)?)?)
    }
}

fn refuse_unknown(file: &GgufFile, layers: usize) -> Result<(), ModelError> {
    for name in file.tensor_names() {
        let known = match name.strip_prefix("blk.").and_then(|rest| rest.split_once('.')) {
            Some((number, rest)) => {
                number.parse::<usize>().is_ok_and(|number| number < layers) && OF_A_BLOCK.contains(&rest)
            }
            None => OF_THE_MODEL.contains(&name),
        };
        if !known {
            return Err(ModelError::UnknownTensor(name.to_owned()));
        }
    }
    Ok(())
}

struct Reader<'a> {
    file: &'a mut GgufFile,
    device: &'a Device,
    /// Whether weights of types that are slow otherwise are unpacked.
    unpack: bool,
}

/// What weights of the types that are unpacked take then, in bytes.
fn slow_bytes(file: &GgufFile) -> usize {
    let slow = ["Q4_1", "Q5_0", "Q5_1"];
    let count = |(kind, count): (&str, TypeCount)| if slow.contains(&kind) { count.elements } else { 0 };
    file.types().into_iter().map(count).fold(0, |sum: usize, elements| sum.saturating_add(elements)).saturating_mul(4)
}

impl Reader<'_> {
    fn block(&mut self, layer: usize, config: &Config) -> Result<Block, ModelError> {
        let name = |part: &str| format!("blk.{layer}.{part}");
        let (queries, keys) = (config.heads * config.head_dim, config.kv_heads * config.head_dim);
        let (hidden, inner) = (config.hidden, config.feed_forward);
        let attention = if self.file.has_tensor(&name("attn_qkv.weight")) {
            Attention::Fused(self.projection(&name("attn_qkv"), queries + 2 * keys, hidden)?)
        } else {
            Attention::Separate {
                query: self.projection(&name("attn_q"), queries, hidden)?,
                key: self.projection(&name("attn_k"), keys, hidden)?,
                value: self.projection(&name("attn_v"), keys, hidden)?,
            }
        };
        let gate = if self.file.has_tensor(&name("ffn_gate.weight")) {
            Gate::Separate {
                gate: self.projection(&name("ffn_gate"), inner, hidden)?,
                up: self.projection(&name("ffn_up"), inner, hidden)?,
            }
        } else {
            Gate::Fused(self.projection(&name("ffn_up"), 2 * inner, hidden)?)
        };
        Ok(Block {
            attention_norm: self.vector(&name("attn_norm.weight"), hidden)?,
            attention,
            query_norm: self.optional_vector(&name("attn_q_norm.weight"), config.head_dim)?,
            key_norm: self.optional_vector(&name("attn_k_norm.weight"), config.head_dim)?,
            output: self.projection(&name("attn_output"), hidden, queries)?,
            feed_forward_norm: self.vector(&name("ffn_norm.weight"), hidden)?,
            gate,
            down: self.projection(&name("ffn_down"), hidden, inner)?,
        })
    }

    fn projection(&mut self, name: &str, outputs: usize, inputs: usize) -> Result<Projection, ModelError> {
        let weight = self.file.tensor(&format!("{name}.weight"), &[outputs, inputs], self.device)?;
        Projection::new(Arc::new(weight), self.optional_vector(&format!("{name}.bias"), outputs)?, self.unpack)
    }

    fn vector(&mut self, name: &str, length: usize) -> Result<Tensor, ModelError> {
        Ok(self.file.tensor(name, &[length], self.device)?.dequantize(self.device)?)
    }

    fn optional_vector(&mut self, name: &str, length: usize) -> Result<Option<Tensor>, ModelError> {
        if self.file.has_tensor(name) { self.vector(name, length).map(Some) } else { Ok(None) }
    }

    /// `rope_freqs` holds for every length (Llama 3.1); the long and short factors of `LongRoPE` (Phi 3, Ding et al. 2024,
    /// arXiv:2402.13753) are chosen by the length that the sequences may get.
    fn rope_divisors(&mut self, config: &Config, context: usize) -> Result<Option<Vec<f32>>, ModelError> {
        let stretched = if context > config.rope.original_context {
            "rope_factors_long.weight"
        } else {
            "rope_factors_short.weight"
        };
        for name in ["rope_freqs.weight", stretched] {
            if self.file.has_tensor(name) {
                let factors: Vec<f32> = self.vector(name, config.rope.dimensions / 2)?.to_vec1()?;
                if factors.iter().any(|factor| !factor.is_finite() || *factor <= 0.0) {
                    return Err(ModelError::Value {
                        key: name.to_owned(),
                        found: format!("{factors:?}"),
                        expected: "numbers above zero".to_owned(),
                    });
                }
                return Ok(Some(factors));
            }
        }
        Ok(None)
    }
}
