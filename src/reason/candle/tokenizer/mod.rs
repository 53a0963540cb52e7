//! From text to tokens and back, by what a GGUF file says.
//!
//! There are two ways in, and they are kept apart for safety. [`Tokenizer::encode`] takes a text as text: what looks like a
//! mark of the model in it becomes ordinary tokens, so no paper can end its own quotation. [`Tokenizer::encode_marked`]
//! reads marks, and is for what the program itself writes.

mod build;
mod bytes;
mod kinds;
mod pre;

use regex::Regex;

use super::error::ModelError;
use super::gguf::GgufFile;
use build::SPACE;
pub use kinds::Kind;

/// A tokenizer of a model.
#[derive(Debug)]
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    name: String,
    kinds: Vec<Kind>,
    marks: Option<Regex>,
    /// Tokens that were added for a piece of text, such as a single letter; they are found in every text.
    added: Option<Regex>,
    /// `SentencePiece` alone: whether a space goes before a text.
    prefix: Option<bool>,
    begin: Option<u32>,
    ends: Vec<u32>,
}

impl Tokenizer {
    /// Makes the tokenizer that the file describes.
    ///
    /// # Errors
    /// A kind of tokenizer or a pre-tokenizer that is not supported, and lists that do not fit together.
    pub fn from_gguf(file: &GgufFile) -> Result<Self, ModelError> {
        let tokens = file
            .optional_texts("tokenizer.ggml.tokens")?
            .ok_or_else(|| ModelError::MissingKey("tokenizer.ggml.tokens".to_owned()))?;
        let kinds = kinds::read(file, tokens.len())?;
        let space = file.optional_flag("tokenizer.ggml.add_space_prefix")?;
        let (inner, name, prefix, begins) = match file.text("tokenizer.ggml.model")? {
            "gpt2" => {
                let name = file.optional_text("tokenizer.ggml.pre")?.unwrap_or("default");
                let row = pre::find(name)?;
                let space = space.unwrap_or(row.add_space_prefix);
                (build::byte_level(file, &tokens, row, space)?, name.to_owned(), None, row.begin)
            }
            "llama" => {
                let inner = build::sentence_piece(file, &tokens, &kinds)?;
                (inner, "SentencePiece".to_owned(), Some(space.unwrap_or(true)), true)
            }
            other => return Err(ModelError::Unsupported(format!("tokenizer `{other}`"))),
        };
        let one = |key: &str| -> Result<Option<u32>, ModelError> {
            let key = format!("tokenizer.ggml.{key}_token_id");
            let found = file.optional_count(&key)?.filter(|id| *id < tokens.len());
            Ok(found.and_then(|id| u32::try_from(id).ok()))
        };
        let begins = file.optional_flag("tokenizer.ggml.add_bos_token")?.unwrap_or(begins);
        let mut ends: Vec<u32> = [one("eos")?, one("eot")?, one("eom")?].into_iter().flatten().collect();
        // Turns of a conversation end with a mark that some files name nowhere.
        for (at, token) in tokens.iter().enumerate() {
            if matches!(*token, "<|im_end|>" | "<|eot_id|>" | "<|end|>") && kinds[at].is_mark() {
                ends.extend(u32::try_from(at).ok());
            }
        }
        let plain: Vec<&str> = tokens.iter().map(|token| if is_plain(token) { *token } else { "" }).collect();
        ends.sort_unstable();
        ends.dedup();
        Ok(Self {
            inner,
            name,
            marks: finder(&tokens, &kinds, Kind::is_mark)?,
            added: finder(&plain, &kinds, |kind| kind == Kind::UserDefined)?,
            kinds,
            prefix,
            begin: one("bos")?.filter(|_| begins),
            ends,
        })
    }

    /// The pre-tokenizer, or `SentencePiece`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many tokens it has.
    pub const fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The token that a sequence starts with, where the model wants one.
    pub const fn begin(&self) -> Option<u32> {
        self.begin
    }

    /// The tokens that end an answer.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// What a token is for; `None` for a number that is none.
    pub fn kind(&self, token: u32) -> Option<Kind> {
        self.kinds.get(usize::try_from(token).ok()?).copied()
    }

    /// A token as the vocabulary writes it.
    pub fn token(&self, token: u32) -> Option<String> {
        self.inner.id_to_token(token)
    }

    /// The tokens of a text. Marks of the model in it are text like any other.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, ModelError> {
        self.encode_around(text, self.added.as_ref())
    }

    /// The tokens of what the program itself wrote: marks of the model in it are marks.
    pub fn encode_marked(&self, text: &str) -> Result<Vec<u32>, ModelError> {
        self.encode_around(text, self.marks.as_ref())
    }

    /// The tokens of a text, those that `whole` finds in one piece.
    fn encode_around(&self, text: &str, whole: Option<&Regex>) -> Result<Vec<u32>, ModelError> {
        let mut tokens = Vec::new();
        let mut done = 0;
        for found in whole.into_iter().flat_map(|whole| whole.find_iter(text)) {
            tokens.extend(self.merged(&text[done..found.start()])?);
            tokens.extend(self.inner.token_to_id(found.as_str()));
            done = found.end();
        }
        tokens.extend(self.merged(&text[done..])?);
        Ok(tokens)
    }

    /// The tokens of a piece of text by cutting and merging.
    fn merged(&self, text: &str) -> Result<Vec<u32>, ModelError> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let encoded = match self.prefix {
            None => self.inner.encode(text, false),
            Some(prefix) => {
                let mut spaced = text.replace(' ', SPACE.encode_utf8(&mut [0; 4]));
                if prefix {
                    spaced.insert(0, SPACE);
                }
                self.inner.encode(spaced, false)
            }
        };
        Ok(encoded.map_err(build::failed)?.get_ids().to_vec())
    }

    /// The text of tokens, marks included.
    pub fn decode(&self, tokens: &[u32]) -> Result<String, ModelError> {
        self.inner.decode(tokens, false).map_err(build::failed)
    }
}

/// Whether a token is made of letters and digits alone, so that it cannot be taken for a mark.
fn is_plain(token: &str) -> bool {
    token.chars().all(char::is_alphanumeric)
}

/// Finds the tokens of some kinds in a text, the longest first; `None` where the vocabulary has none.
fn finder(tokens: &[&str], kinds: &[Kind], wanted: impl Fn(Kind) -> bool) -> Result<Option<Regex>, ModelError> {
    let mut found: Vec<&str> = tokens
        .iter()
        .zip(kinds)
        .filter(|(token, kind)| wanted(**kind) && !token.is_empty())
        .map(|(token, _)| *token)
        .collect();
    found.sort_by(|left, right| right.len().cmp(&left.len()).then(left.cmp(right)));
    if found.is_empty() {
        return Ok(None);
    }
    let pattern = found.iter().map(|token| regex::escape(token)).collect::<Vec<_>>().join("|");
    regex::RegexBuilder::new(&pattern).size_limit(1 << 26).build().map(Some).map_err(build::failed)
}
