//! What kind of model a file holds: the numbers of its header that the computation hangs on.
//!
//! It reads no tensor. What the decoder does not do is refused here with its name, never left out in silence.

use super::error::ModelError;
use super::gguf::GgufFile;

/// A family of models with one way of computing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// Llama 2 and 3, Mistral, Yi, `SmolLM`, DeepSeek-R1-Distill-Llama.
    Llama,
    /// Qwen 2 and 2.5, DeepSeek-R1-Distill-Qwen.
    Qwen2,
    /// Qwen 3.
    Qwen3,
    /// Phi 3, 3.5 and 4.
    Phi3,
}

impl Architecture {
    /// The name of the header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Llama => "llama",
            Self::Qwen2 => "qwen2",
            Self::Qwen3 => "qwen3",
            Self::Phi3 => "phi3",
        }
    }

    fn from_name(name: &str) -> Result<Self, ModelError> {
        [Self::Llama, Self::Qwen2, Self::Qwen3, Self::Phi3]
            .into_iter()
            .find(|architecture| architecture.name() == name)
            .ok_or_else(|| ModelError::Architecture(name.to_owned()))
    }

    /// How the pairs that are turned together lie in a head: neighbours in files of the llama family, whose rows the
    /// converters put in that order, and halves elsewhere.
    pub const fn pairs(self) -> Pairs {
        match self {
            Self::Llama => Pairs::Neighbours,
            Self::Qwen2 | Self::Qwen3 | Self::Phi3 => Pairs::Halves,
        }
    }
}

/// Which elements of a head are turned together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairs {
    /// Elements 2i and 2i + 1.
    Neighbours,
    /// Elements i and i + half of the turned dimensions.
    Halves,
}

/// How the angles of the rotary embedding are stretched beyond the trained length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scaling {
    /// All angles times the inverse of the factor; a factor of 1 is no scaling.
    Linear {
        /// How many times longer the context becomes.
        factor: f64,
    },
    /// `YaRN` (Peng et al. 2023, arXiv:2309.00071, sections 3.2 to 3.4).
    Yarn {
        /// How many times longer the context becomes.
        factor: f64,
        /// The share of the ramp that is used; 1 in published models.
        extrapolation: f64,
        /// The number of turns above which an angle is left alone.
        fast: f64,
        /// The number of turns below which an angle is stretched wholly.
        slow: f64,
        /// A multiplier under the logarithm of the attention's scale, where the file names one.
        log_multiplier: Option<f64>,
    },
}

/// The rotary embedding as the header describes it; tensors with factors come on top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RopeConfig {
    /// The base of the geometric row of angles.
    pub base: f64,
    /// How many elements of a head are turned.
    pub dimensions: usize,
    /// Which elements are turned together.
    pub pairs: Pairs,
    /// The stretch.
    pub scaling: Scaling,
    /// A factor on the turned queries and keys, from `rope.scaling.attn_factor`.
    pub attention_factor: f64,
    /// The length of the context before it was stretched.
    pub original_context: usize,
}

/// The shape of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The family.
    pub architecture: Architecture,
    /// Blocks.
    pub layers: usize,
    /// Elements of the state of a token.
    pub hidden: usize,
    /// Elements of the inner layer of the feed-forward network.
    pub feed_forward: usize,
    /// Heads of queries.
    pub heads: usize,
    /// Heads of keys and values.
    pub kv_heads: usize,
    /// Elements of a head.
    pub head_dim: usize,
    /// Rows of the embedding.
    pub vocabulary: usize,
    /// What keeps the norm away from a division by zero.
    pub norm_epsilon: f64,
    /// The longest context that the model was made for.
    pub context: usize,
    /// How far back a token sees; `None` is everything before it.
    pub window: Option<usize>,
    /// The rotary embedding.
    pub rope: RopeConfig,
}

impl Config {
    /// Reads the numbers of the header.
    ///
    /// # Errors
    /// Keys that are missing, make no sense or ask for what the decoder does not do.
    pub fn read(file: &GgufFile) -> Result<Self, ModelError> {
        let architecture = Architecture::from_name(file.text("general.architecture")?)?;
        let key = |rest: &str| format!("{}.{rest}", architecture.name());
        if let Some(parts) = file.optional_count("split.count")?.filter(|parts| *parts > 1) {
            return Err(ModelError::Unsupported(format!("a model in {parts} files")));
        }
        if file.optional_count(&key("expert_count"))?.is_some_and(|count| count > 0) {
            return Err(ModelError::Unsupported("a mixture of experts".to_owned()));
        }
        let hidden = positive(file, &key("embedding_length"))?;
        let heads = positive(file, &key("attention.head_count"))?;
        let kv_heads = match file.optional_count(&key("attention.head_count_kv"))? {
            Some(count) => count,
            None => heads,
        };
        if kv_heads == 0 || !heads.is_multiple_of(kv_heads) {
            return Err(ModelError::Value {
                key: key("attention.head_count_kv"),
                found: kv_heads.to_string(),
                expected: format!("a divisor of the {heads} heads"),
            });
        }
        let head_dim = file.optional_count(&key("attention.key_length"))?.unwrap_or(hidden / heads);
        let value_dim = file.optional_count(&key("attention.value_length"))?.unwrap_or(head_dim);
        if head_dim == 0 || head_dim != value_dim {
            return Err(ModelError::Unsupported(format!("keys of {head_dim} with values of {value_dim} elements")));
        }
        let context = positive(file, &key("context_length"))?;
        let embedding = file.tensor_shape("token_embd.weight")?;
        let &[vocabulary, width] = embedding else {
            return Err(ModelError::Unsupported(format!("an embedding of shape {embedding:?}")));
        };
        if width != hidden || u32::try_from(vocabulary).is_err() {
            return Err(ModelError::Shape {
                name: "token_embd.weight".to_owned(),
                found: embedding.to_vec(),
                expected: vec![vocabulary, hidden],
            });
        }
        Ok(Self {
            architecture,
            layers: positive(file, &key("block_count"))?,
            hidden,
            feed_forward: positive(file, &key("feed_forward_length"))?,
            heads,
            kv_heads,
            head_dim,
            vocabulary,
            norm_epsilon: file
                .optional_real(&key("attention.layer_norm_rms_epsilon"))?
                .ok_or_else(|| ModelError::MissingKey(key("attention.layer_norm_rms_epsilon")))?,
            context,
            window: file.optional_count(&key("attention.sliding_window"))?.filter(|window| *window > 0),
            rope: rope(file, architecture, head_dim, context)?,
        })
    }
}

fn positive(file: &GgufFile, key: &str) -> Result<usize, ModelError> {
    match file.count(key)? {
        0 => Err(ModelError::Value { key: key.to_owned(), found: "0".to_owned(), expected: "more".to_owned() }),
        count => Ok(count),
    }
}

/// The keys are those of the GGUF specification; the meaning of each is that of the models' own definitions.
fn rope(
    file: &GgufFile,
    architecture: Architecture,
    head_dim: usize,
    context: usize,
) -> Result<RopeConfig, ModelError> {
    let key = |rest: &str| format!("{}.rope.{rest}", architecture.name());
    let above_zero = |rest: &str, fallback: f64| match file.optional_real(&key(rest))? {
        None => Ok(fallback),
        Some(number) if number > 0.0 => Ok(number),
        Some(number) => Err(ModelError::Value {
            key: key(rest),
            found: number.to_string(),
            expected: "a number above zero".to_owned(),
        }),
    };
    let dimensions = file.optional_count(&key("dimension_count"))?.unwrap_or(head_dim);
    if dimensions == 0 || dimensions > head_dim || !dimensions.is_multiple_of(2) {
        return Err(ModelError::Value {
            key: key("dimension_count"),
            found: dimensions.to_string(),
            expected: format!("an even number up to {head_dim}"),
        });
    }
    let factor = match file.optional_real(&key("scaling.factor"))?.filter(|factor| *factor != 0.0) {
        Some(_) => above_zero("scaling.factor", 1.0)?,
        None => above_zero("scale_linear", 1.0)?,
    };
    let scaling = match file.optional_text(&key("scaling.type"))?.unwrap_or("linear") {
        "none" => Scaling::Linear { factor: 1.0 },
        // The factors of LongRoPE are tensors of the file.
        "linear" | "longrope" => Scaling::Linear { factor },
        "yarn" => Scaling::Yarn {
            factor,
            extrapolation: file.optional_real(&key("scaling.yarn_ext_factor"))?.unwrap_or(1.0),
            fast: above_zero("scaling.yarn_beta_fast", 32.0)?,
            slow: above_zero("scaling.yarn_beta_slow", 1.0)?,
            log_multiplier: file.optional_real(&key("scaling.yarn_log_multiplier"))?,
        },
        other => return Err(ModelError::Unsupported(format!("rotary scaling `{other}`"))),
    };
    Ok(RopeConfig {
        base: above_zero("freq_base", 10_000.0)?,
        dimensions,
        pairs: architecture.pairs(),
        scaling,
        attention_factor: above_zero("scaling.attn_factor", 1.0)?,
        original_context: file.optional_count(&key("scaling.original_context_length"))?.unwrap_or(context).max(1),
    })
}
