//! Small models with random weights, written as GGUF files from a seed: what the tests of the decoder load.
//!
//! The weights mean nothing; their sizes are such that no part of the computation drowns another.

use std::fs::File;
use std::path::Path;

use candle_core::quantized::gguf_file::{Value, write};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};

/// The shape of a model.
#[derive(Clone, Debug)]
pub struct RandomModel {
    pub architecture: &'static str,
    pub layers: u32,
    pub hidden: u32,
    pub heads: u32,
    pub kv_heads: u32,
    pub head_dim: u32,
    pub feed_forward: u32,
    pub vocabulary: u32,
    pub context: u32,
    /// The type of the matrices.
    pub kind: GgmlDType,
    /// Whether the output has a matrix of its own.
    pub own_head: bool,
    /// More of the header.
    pub keys: Vec<(String, Value)>,
    /// More tensors, by name.
    pub vectors: Vec<(String, Vec<f32>)>,
    /// Tensors that are left out, or written with a row more.
    pub leave_out: Option<&'static str>,
    pub misshape: Option<&'static str>,
    pub seed: u64,
}

impl RandomModel {
    /// A model of two blocks whose rows are multiples of 256, as the K-quants need them.
    pub fn new(architecture: &'static str, kind: GgmlDType) -> Self {
        Self {
            architecture,
            layers: 2,
            hidden: 256,
            heads: 4,
            kv_heads: 2,
            // Qwen 3 has heads that do not add up to the state.
            head_dim: if architecture == "qwen3" { 128 } else { 64 },
            feed_forward: 512,
            vocabulary: 320,
            context: 8192,
            kind,
            own_head: architecture != "qwen3",
            keys: Vec::new(),
            vectors: Vec::new(),
            leave_out: None,
            misshape: None,
            seed: 7,
        }
    }

    pub fn key(mut self, rest: &str, value: Value) -> Self {
        self.keys.push((format!("{}.{rest}", self.architecture), value));
        self
    }

    /// Writes the file.
    pub fn write(&self, path: &Path) {
        let keys = self.header();
        let keys: Vec<(&str, &Value)> = keys.iter().map(|(key, value)| (key.as_str(), value)).collect();
        let tensors = self.tensors();
        let tensors: Vec<(&str, &QTensor)> = tensors.iter().map(|(name, tensor)| (name.as_str(), tensor)).collect();
        let mut file = File::create(path).expect("a file");
        write(&mut file, &keys, &tensors).expect("written");
    }

    fn header(&self) -> Vec<(String, Value)> {
        let own = |rest: &str, value| (format!("{}.{rest}", self.architecture), value);
        let mut keys = vec![
            ("general.architecture".to_owned(), Value::String(self.architecture.to_owned())),
            own("block_count", Value::U32(self.layers)),
            own("context_length", Value::U32(self.context)),
            own("embedding_length", Value::U32(self.hidden)),
            own("feed_forward_length", Value::U32(self.feed_forward)),
            own("attention.head_count", Value::U32(self.heads)),
            own("attention.head_count_kv", Value::U32(self.kv_heads)),
            own("attention.key_length", Value::U32(self.head_dim)),
            own("attention.value_length", Value::U32(self.head_dim)),
            own("attention.layer_norm_rms_epsilon", Value::F32(1e-5)),
        ];
        keys.extend(self.keys.iter().cloned());
        keys
    }

    fn tensors(&self) -> Vec<(String, QTensor)> {
        let mut list = Tensors { seed: self.seed, kind: self.kind, list: Vec::new(), model: self };
        let (queries, keys) = (self.heads * self.head_dim, self.kv_heads * self.head_dim);
        let (hidden, inner) = (self.hidden, self.feed_forward);
        list.matrix("token_embd.weight", self.vocabulary, hidden);
        for layer in 0..self.layers {
            let name = |part: &str| format!("blk.{layer}.{part}");
            list.norm(&name("attn_norm.weight"), hidden);
            if self.architecture == "phi3" {
                list.matrix(&name("attn_qkv.weight"), queries + 2 * keys, hidden);
            } else {
                for (part, rows) in [("attn_q", queries), ("attn_k", keys), ("attn_v", keys)] {
                    list.matrix(&name(&format!("{part}.weight")), rows, hidden);
                    if self.architecture == "qwen2" {
                        list.bias(&name(&format!("{part}.bias")), rows);
                    }
                }
            }
            if self.architecture == "qwen3" {
                list.norm(&name("attn_q_norm.weight"), self.head_dim);
                list.norm(&name("attn_k_norm.weight"), self.head_dim);
            }
            list.matrix(&name("attn_output.weight"), hidden, queries);
            list.norm(&name("ffn_norm.weight"), hidden);
            if self.architecture == "phi3" {
                list.matrix(&name("ffn_up.weight"), 2 * inner, hidden);
            } else {
                list.matrix(&name("ffn_gate.weight"), inner, hidden);
                list.matrix(&name("ffn_up.weight"), inner, hidden);
            }
            list.matrix(&name("ffn_down.weight"), hidden, inner);
        }
        list.norm("output_norm.weight", hidden);
        if self.own_head {
            list.matrix("output.weight", self.vocabulary, hidden);
        }
        for (name, numbers) in &self.vectors {
            list.vector(name, numbers.clone());
        }
        list.list
    }
}

struct Tensors<'a> {
    seed: u64,
    kind: GgmlDType,
    list: Vec<(String, QTensor)>,
    model: &'a RandomModel,
}

impl Tensors<'_> {
    /// A number from -1 to 1, by the generator of Knuth's MMIX.
    #[expect(clippy::cast_precision_loss, reason = "24 bits fit")]
    fn next(&mut self) -> f32 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.seed >> 40) as f32) / 8_388_608.0 - 1.0
    }

    fn matrix(&mut self, name: &str, rows: u32, columns: u32) {
        let scale = (3.0 / f64::from(columns)).sqrt();
        let rows = rows + u32::from(self.model.misshape == Some(name));
        #[expect(clippy::cast_possible_truncation, reason = "a scale")]
        let scale = match (name.starts_with("token_embd"), self.model.own_head) {
            (false, _) => scale as f32,
            (true, true) => 1.0,
            // An embedding that is the output, too, would give scores of tens.
            (true, false) => 0.15,
        };
        let numbers: Vec<f32> = (0..rows * columns).map(|_| self.next() * scale).collect();
        self.push(name, numbers, &[rows as usize, columns as usize], self.kind);
    }

    fn norm(&mut self, name: &str, length: u32) {
        let numbers = (0..length).map(|_| 1.0 + 0.2 * self.next()).collect();
        self.vector(name, numbers);
    }

    fn bias(&mut self, name: &str, length: u32) {
        let numbers = (0..length).map(|_| 0.5 * self.next()).collect();
        self.vector(name, numbers);
    }

    fn vector(&mut self, name: &str, numbers: Vec<f32>) {
        let length = numbers.len();
        self.push(name, numbers, &[length], GgmlDType::F32);
    }

    fn push(&mut self, name: &str, numbers: Vec<f32>, shape: &[usize], kind: GgmlDType) {
        let tensor = Tensor::from_vec(numbers, shape, &Device::Cpu).expect("a tensor");
        if self.model.leave_out != Some(name) {
            self.list.push((name.to_owned(), QTensor::quantize(&tensor, kind).expect("quantised")));
        }
    }
}

/// Tokens from a seed.
pub fn random_tokens(count: usize, vocabulary: u32, seed: u64) -> Vec<u32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).expect("31 bits") % vocabulary
    };
    (0..count).map(|_| next()).collect()
}
