//! Open weights on one's own machine: GGUF files, a decoder on candle-core, tokenizers and chat templates.
//!
//! candle-core gives tensors and the products with quantised weights; what a model of the llama, qwen2, qwen3 and phi3
//! families does with them is written here. It judges nothing: it gives scores of
//! tokens, the option of a question that it most likely goes on with, and derivations that keep to a grammar.

mod attention;
mod cache;
mod config;
mod decoder;
mod error;
#[cfg(target_arch = "x86_64")]
mod floats;
mod generate;
mod gguf;
mod grammar;
#[cfg(target_arch = "x86_64")]
mod lanes;
#[cfg(target_arch = "x86_64")]
mod panels;
#[cfg(target_arch = "x86_64")]
mod products;
mod projection;
mod reasoner;
pub mod reference;
mod rope;
mod rows;
mod score;
pub mod selftest;
mod template;
mod tokenizer;
mod weights;

pub use cache::KvCache;
pub use config::{Architecture, Config, Pairs, RopeConfig, Scaling};
pub use decoder::{Decoder, Extension, Options};
pub use error::ModelError;
pub use gguf::{GgufFile, TypeCount};
pub use reasoner::CandleReasoner;
pub use template::{ChatTemplate, Message, Piece};
pub use tokenizer::{Kind, Tokenizer};
