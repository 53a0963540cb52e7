//! What can go wrong with a model, in words for the person who named it.
//!
//! Nothing here is about a paper: a model that cannot be used costs its proposals, never a finding of a rule.

use std::path::PathBuf;

use thiserror::Error;

/// Why a model cannot be loaded or used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The file cannot be opened or read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file that was named.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The header of the file does not follow the format.
    #[error("{}: not a GGUF file that can be read: {reason}", path.display())]
    Header {
        /// The file that was named.
        path: PathBuf,
        /// What is wrong, as the reader tells it.
        reason: String,
    },
    /// The file describes a kind of model that the decoder does not know.
    #[error("architecture `{0}` is not supported; supported are llama, qwen2, qwen3 and phi3")]
    Architecture(String),
    /// A key of the header is missing.
    #[error("the file does not say `{0}`")]
    MissingKey(String),
    /// A key of the header has a value that makes no sense.
    #[error("`{key}` is {found}, expected {expected}")]
    Value {
        /// The key of the header.
        key: String,
        /// What it holds.
        found: String,
        /// What it should hold.
        expected: String,
    },
    /// The file asks for something that the decoder does not do.
    #[error("{0} is not supported")]
    Unsupported(String),
    /// A weight is missing.
    #[error("the file has no tensor `{0}`")]
    MissingTensor(String),
    /// A weight has another shape than the header says.
    #[error("tensor `{name}` has shape {found:?}, expected {expected:?}")]
    Shape {
        /// The name of the tensor.
        name: String,
        /// Its shape in the file, rows first.
        found: Vec<usize>,
        /// The shape that follows from the header.
        expected: Vec<usize>,
    },
    /// The file has a weight of a block that the decoder would leave out; the results would be wrong without a word.
    #[error("tensor `{0}` is not understood, so the model would not be computed as it was trained")]
    UnknownTensor(String),
    /// The pre-tokenizer is none of the table.
    #[error("pre-tokenizer `{name}` is not supported; supported are {supported}")]
    PreTokenizer {
        /// What the file says.
        name: String,
        /// The names of the table.
        supported: String,
    },
    /// The tokenizer cannot be made from the file.
    #[error("the tokenizer of the file cannot be used: {0}")]
    Tokenizer(String),
    /// The chat template of the file cannot be used.
    #[error("the chat template of the file cannot be used: {0}")]
    Template(String),
    /// The grammar of an answer cannot be held against the vocabulary.
    #[error("the grammar of the answer cannot be used: {0}")]
    Grammar(String),
    /// More tokens than the context holds.
    #[error("{wanted} tokens do not fit into a context of {context}")]
    Context {
        /// The tokens that would be in the sequence.
        wanted: usize,
        /// The tokens that it may have.
        context: usize,
    },
    /// A call that makes no sense, such as scoring without a prefix.
    #[error("{0}")]
    Call(String),
    /// The tensor library failed.
    #[error("the computation failed: {0}")]
    Compute(#[from] candle_core::Error),
}
