//! What the tokens of a vocabulary are for.

use super::super::error::ModelError;
use super::super::gguf::GgufFile;

/// The kind of a token, by the numbers of the GGUF specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A piece of text.
    Normal,
    /// What stands for all that cannot be written otherwise.
    Unknown,
    /// It steers the model and is no text.
    Control,
    /// Added by those who trained the model; often a mark, too.
    UserDefined,
    /// Left over.
    Unused,
    /// One byte.
    Byte,
}

impl Kind {
    /// Whether the token is a mark that templates write.
    pub const fn is_mark(self) -> bool {
        matches!(self, Self::Control | Self::UserDefined | Self::Unknown)
    }
}

/// The kinds of all tokens; a file that does not say has pieces of text alone.
pub fn read(file: &GgufFile, tokens: usize) -> Result<Vec<Kind>, ModelError> {
    let Some(numbers) = file.optional_counts("tokenizer.ggml.token_type")? else {
        return Ok(vec![Kind::Normal; tokens]);
    };
    if numbers.len() != tokens {
        return Err(ModelError::Tokenizer(format!("{} kinds for {tokens} tokens", numbers.len())));
    }
    numbers
        .into_iter()
        .map(|number| match number {
            1 => Ok(Kind::Normal),
            2 => Ok(Kind::Unknown),
            3 => Ok(Kind::Control),
            4 => Ok(Kind::UserDefined),
            5 => Ok(Kind::Unused),
            6 => Ok(Kind::Byte),
            other => Err(ModelError::Tokenizer(format!("a token of kind {other}"))),
        })
        .collect()
}
