//! The table of pre-tokenizers: how each family of byte-level tokenizers cuts a text before it merges.
//!
//! The patterns are facts about published models, as their `tokenizer.json` has them. The names are those that converters
//! write to `tokenizer.ggml.pre`. A name that is not here is refused: with another cut a model reads other tokens than it
//! was trained on, and nothing tells.

use super::super::error::ModelError;

/// How a text is brought to one form before it is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It stays as it is.
    AsIs,
    /// Unicode's canonical composition (NFC).
    Composed,
}

/// One row of the table.
#[derive(Debug)]
pub struct PreTokenizer {
    /// The names that files give it.
    pub names: &'static [&'static str],
    /// The patterns that cut, one after another, each within the pieces of the one before.
    pub cuts: &'static [&'static str],
    /// The form of the text.
    pub form: Form,
    /// Whether a piece that is a token is taken whole, whatever the merges say.
    pub ignore_merges: bool,
    /// Whether a sequence starts with the token for it, where the file does not say.
    pub begin: bool,
    /// Whether a space is put before the text, where the file does not say.
    pub add_space_prefix: bool,
}

/// The cut of GPT-4's first tokenizer: runs of up to three digits.
const CL100K: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// The same with each digit alone.
const QWEN2: &str =
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// The cut of GPT-4o: letters change case within a word at most once.
const O200K: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// The same without English endings, and with each digit alone.
const TEKKEN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// The cut of GPT-2.
const GPT2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
/// Letters with case, as of the Unicode version of `DeepSeek`'s first tokenizer.
const DEEPSEEK_LETTERS: &str = "\\s?[A-Za-z\u{b5}\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{1ba}\u{1bc}-\u{1bf}\u{1c4}-\u{293}\u{295}-\
    \u{2af}\u{370}-\u{373}\u{376}\u{377}\u{37b}-\u{37d}\u{37f}\u{386}\u{388}-\u{38a}\u{38c}\u{38e}-\
    \u{3a1}\u{3a3}-\u{3f5}\u{3f7}-\u{481}\u{48a}-\u{52f}\u{531}-\u{556}\u{10a0}-\u{10c5}\u{13a0}-\
    \u{13f5}\u{13f8}-\u{13fd}\u{1c90}-\u{1cba}\u{1cbd}-\u{1cbf}\u{1d00}-\u{1d2b}\u{1d6b}-\u{1d77}\
    \u{1d79}-\u{1d9a}\u{1e00}-\u{1f15}\u{1f18}-\u{1f1d}\u{1f20}-\u{1f45}\u{1f48}-\u{1f4d}\u{1f50}-\
    \u{1f57}\u{1f59}\u{1f5b}\u{1f5d}\u{1f5f}-\u{1f7d}\u{1f80}-\u{1fb4}\u{1fb6}-\u{1fbc}\u{1fbe}\u{1fc2}-\
    \u{1fc4}\u{1fc6}-\u{1fcc}\u{1fd0}-\u{1fd3}\u{1fd6}-\u{1fdb}\u{1fe0}-\u{1fec}\u{1ff2}-\u{1ff4}\
    \u{1ff6}-\u{1ffc}\u{2102}\u{2107}\u{210a}-\u{2113}\u{2115}\u{2119}-\u{211d}\u{2124}\u{2126}\u{2128}\
    \u{212a}-\u{212d}\u{212f}-\u{2134}\u{2139}\u{213c}-\u{213f}\u{2145}-\u{2149}\u{214e}\u{2183}\u{2184}\
    \u{2c00}-\u{2c7b}\u{2c7e}-\u{2ce4}\u{2ceb}-\u{2cee}\u{2cf2}\u{2cf3}\u{a640}-\u{a66d}\u{a680}-\
    \u{a69b}\u{a722}-\u{a76f}\u{a771}-\u{a787}\u{a78b}-\u{a78e}\u{ab70}-\u{abbf}\u{fb00}-\u{fb06}\
    \u{fb13}-\u{fb17}\u{ff21}-\u{ff3a}\u{ff41}-\u{ff5a}\u{10400}-\u{1044f}\u{104b0}-\u{104d3}\u{104d8}-\
    \u{104fb}\u{10c80}-\u{10cb2}\u{10cc0}-\u{10cf2}\u{118a0}-\u{118df}\u{1e900}-\u{1e943}]+";

/// All rows.
const TABLE: &[PreTokenizer] = &[
    // Qwen 2, 2.5 and 3, and the distillations of DeepSeek-R1 to them.
    row(&["qwen2", "deepseek-r1-qwen", "megrez"], &[QWEN2], Form::Composed, false, false),
    // Llama 3.
    row(&["llama-bpe", "llama3", "llama-v3", "falcon3"], &[CL100K], Form::AsIs, true, true),
    // Phi 4.
    row(&["dbrx", "smaug-bpe"], &[CL100K], Form::AsIs, false, false),
    // Phi 4 mini.
    row(&["gpt-4o"], &[O200K], Form::AsIs, false, false),
    // Mistral Nemo and later.
    row(&["tekken"], &[TEKKEN], Form::AsIs, true, true),
    // DeepSeek LLM.
    row(
        &["deepseek-llm"],
        &[
            "[\r\n]",
            DEEPSEEK_LETTERS,
            "\\s?[!-/:-~\u{ff01}-\u{ff0f}\u{ff1a}-\u{ff5e}\u{2018}-\u{201f}\u{3000}-\u{3002}]+",
            "\\s+$",
            "[\u{4e00}-\u{9fa5}\u{800}-\u{4e00}\u{ac00}-\u{d7ff}]+",
            "\\p{N}+",
        ],
        Form::AsIs,
        false,
        false,
    ),
    // SmolLM.
    row(&["smollm"], &["\\p{N}", GPT2], Form::AsIs, false, false),
    row(&["gpt-2"], &[GPT2], Form::AsIs, false, false),
];

const fn row(
    names: &'static [&'static str],
    cuts: &'static [&'static str],
    form: Form,
    ignore_merges: bool,
    begin: bool,
) -> PreTokenizer {
    PreTokenizer { names, cuts, form, ignore_merges, begin, add_space_prefix: false }
}

/// The row of a name.
///
/// # Errors
/// [`ModelError::PreTokenizer`] with the names of the table.
pub fn find(name: &str) -> Result<&'static PreTokenizer, ModelError> {
    TABLE
        .iter()
        .find(|row| row.names.contains(&name))
        .ok_or_else(|| ModelError::PreTokenizer { name: name.to_owned(), supported: supported().join(", ") })
}

/// The names of the table.
fn supported() -> Vec<&'static str> {
    TABLE.iter().flat_map(|row| row.names).copied().collect()
}
