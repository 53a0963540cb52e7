//! What a model on this machine may write next: the tokens that a grammar allows, less those that no derivation of the target's
//! kind goes on from.
//!
//! `llguidance` holds the grammar against the vocabulary of the file: few tokens are left in each step. Of these, the language
//! of the question cuts off what its dimensions rule out. The tokenizer is handed to the grammar, so that what is forced
//! becomes the tokens by which the model was trained.

use std::fmt::Write as _;
use std::sync::Arc;

use llguidance::api::TopLevelGrammar;
use llguidance::toktrie::{InferenceCapabilities, TokEnv, TokRxInfo, TokTrie, TokenizerEnv};
use llguidance::{Matcher, ParserFactory};

use crate::search::{Language, MOST_BRACKETS, NONE, Prefixes};

use super::error::ModelError;
use super::tokenizer::Tokenizer;

/// The grammars over one vocabulary.
pub struct Grammars {
    factory: ParserFactory,
    ends: Vec<u32>,
}

impl std::fmt::Debug for Grammars {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Grammars")
    }
}

/// The tokens of a file as the grammar sees them.
struct Vocabulary {
    trie: TokTrie,
    tokenizer: Arc<Tokenizer>,
}

impl TokenizerEnv for Vocabulary {
    fn tok_trie(&self) -> &TokTrie {
        &self.trie
    }

    fn tokenize_bytes(&self, bytes: &[u8]) -> Vec<u32> {
        let tokens = std::str::from_utf8(bytes).ok().and_then(|text| self.tokenizer.encode_within(text));
        // A tokenizer that changes what it reads would write something else than the grammar forces.
        tokens
            .filter(|tokens| self.trie.decode_raw(tokens) == bytes)
            .unwrap_or_else(|| self.trie.greedy_tokenize(bytes))
    }
}

impl Grammars {
    /// The grammars over a vocabulary; a quarter of a second for a large one. An answer ends with one of `ends`, or with its line
    /// where there is none.
    pub fn new(tokenizer: &Arc<Tokenizer>, ends: &[u32]) -> Result<Self, ModelError> {
        let count = u32::try_from(tokenizer.len()).map_err(failed)?;
        // What is no text is told by a first byte that no text has.
        let mark = |token: u32| [&[TokTrie::SPECIAL_TOKEN_MARKER], format!("<{token}>").as_bytes()].concat();
        let words: Vec<Vec<u8>> =
            (0..count).map(|token| tokenizer.bytes(token).unwrap_or_else(|| mark(token))).collect();
        let end = ends.first().copied().or(tokenizer.begin()).unwrap_or_default();
        let trie = TokTrie::from(&TokRxInfo::new(count, end), &words);
        let vocabulary: TokEnv = Arc::new(Vocabulary { trie, tokenizer: Arc::clone(tokenizer) });
        let able = InferenceCapabilities { ff_tokens: true, ..InferenceCapabilities::default() };
        let mut factory = ParserFactory::new(&vocabulary, able, &[]).map_err(failed)?;
        factory.quiet();
        Ok(Self { factory, ends: ends.to_vec() })
    }

    /// An answer of a language, before its first token.
    pub fn start<'l>(&self, language: &'l Language) -> Result<Writer<'_, 'l>, ModelError> {
        let grammar = TopLevelGrammar::from_lark(lark(language, self.ends.is_empty()));
        let matcher = Matcher::new(self.factory.create_parser(grammar));
        if let Some(error) = matcher.get_error() {
            return Err(failed(error));
        }
        Ok(Writer { grammars: self, matcher, prefixes: Prefixes::new(language), text: String::new() })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn failed(error: impl ToString) -> ModelError {
    ModelError::Grammar(error.to_string())
}

/// An answer that is being written.
pub struct Writer<'g, 'l> {
    grammars: &'g Grammars,
    matcher: Matcher,
    prefixes: Prefixes<'l>,
    text: String,
}

impl Writer<'_, '_> {
    /// What is written.
    pub fn text(&self) -> &str {
        self.text.trim()
    }

    /// Whether it has its end.
    pub fn is_over(&self) -> bool {
        self.matcher.is_stopped() || self.text.ends_with('\n')
    }

    /// The tokens that have to follow, taken as written.
    pub fn forced(&mut self) -> Result<Vec<u32>, ModelError> {
        let tokens = if self.is_over() { Vec::new() } else { self.matcher.compute_ff_tokens() };
        for token in &tokens {
            self.take(*token)?;
        }
        Ok(tokens)
    }

    /// The tokens that may follow.
    pub fn allowed(&mut self) -> Result<Vec<u32>, ModelError> {
        let mask = self.matcher.compute_mask_or_eos().map_err(failed)?;
        let mut tokens = Vec::new();
        mask.iter_set_entries(|token| tokens.extend(u32::try_from(token)));
        let ends = &self.grammars.ends;
        tokens.retain(|token| !ends.contains(token) && self.may_follow(*token));
        if self.prefixes.is_whole(self.text()) {
            tokens.extend(ends);
        }
        Ok(tokens)
    }

    /// Takes a token that may follow as written.
    pub fn take(&mut self, token: u32) -> Result<(), ModelError> {
        let written = String::from_utf8_lossy(self.written(token)).into_owned();
        self.text.push_str(&written);
        self.matcher.consume_token(token).map_err(failed)
    }

    fn written(&self, token: u32) -> &[u8] {
        self.grammars.factory.tok_env().tok_trie().token(token)
    }

    fn may_follow(&self, token: u32) -> bool {
        let Ok(more) = std::str::from_utf8(self.written(token)) else { return false };
        let text = format!("{}{more}", self.text);
        let text = text.strip_prefix(' ').unwrap_or(&text);
        match text.strip_suffix('\n') {
            Some(line) => self.prefixes.is_whole(line),
            None => self.prefixes.go_on(text),
        }
    }
}

/// The grammar of a language: a space, the derivation or "none", and the line's end where there is no other. How many values it
/// takes and what dimension it has is not said here.
fn lark(language: &Language, line: bool) -> String {
    let leaves: Vec<String> = language.leaves().into_iter().map(|(written, _)| format!("\"{written}\"")).collect();
    let end = if line { " \"\\n\"" } else { "" };
    let mut text = format!("start: \" \" answer{end}\nanswer: \"{NONE}\" | sum0\n");
    for depth in 0..=MOST_BRACKETS {
        let brackets = if depth < MOST_BRACKETS { format!(" | \"(\" sum{} \")\"", depth + 1) } else { String::new() };
        let _ = write!(
            text,
            "sum{depth}: term{depth} (ADD term{depth})*\nterm{depth}: factor{depth} (MULTIPLY factor{depth})*\n\
             factor{depth}: LEAF{brackets}\n"
        );
    }
    let _ = write!(text, "ADD: \" + \" | \" - \"\nMULTIPLY: \" * \" | \" / \"\nLEAF: {}\n", leaves.join(" | "));
    text
}

#[cfg(test)]
#[path = "../../../tests/support/small_vocabulary.rs"]
mod small_vocabulary;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::Dimension;
    use crate::reason::candle::GgufFile;
    use crate::search::ValueKind;

    fn language() -> Language {
        let (mass, time) = (Dimension::MASS, Dimension::TIME);
        let values = [mass, mass.over(time), time].map(ValueKind::Measured).to_vec();
        Language { target: ValueKind::Measured(mass), values }
    }

    fn tokenizer(pieces: bool) -> Arc<Tokenizer> {
        let strings = ["TARGET = none", " q1 * (q2 + q3) / q1 - q2\n", "none q1", "a µ 研"].map(str::to_owned);
        let keys = if pieces {
            small_vocabulary::sentence_piece(&strings)
        } else {
            small_vocabulary::byte_level(&strings, "qwen2")
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vocabulary.gguf");
        small_vocabulary::write_vocabulary(&path, &keys);
        let file = GgufFile::open(&path).expect("a file");
        Arc::new(Tokenizer::from_gguf(&file).expect("a tokenizer"))
    }

    /// How many tokens of a text are forced, where it can be written to its end by the shortest tokens otherwise.
    fn spelled(writer: &mut Writer, text: &str) -> Option<usize> {
        let mut forced = 0;
        loop {
            forced += writer.forced().expect("tokens").len();
            let rest = text.strip_prefix(&writer.text)?.as_bytes().to_vec();
            if rest.is_empty() && (writer.is_over() || writer.prefixes.is_whole(writer.text())) {
                return Some(forced);
            }
            let allowed = writer.allowed().expect("tokens");
            let fits = |token: &&u32| !rest.is_empty() && rest.starts_with(writer.written(**token));
            let token = *allowed.iter().filter(fits).min_by_key(|token| writer.written(**token).len())?;
            writer.take(token).expect("allowed");
        }
    }

    #[test]
    fn derivations_of_the_target_s_kind_can_be_written_and_nothing_else() {
        let language = language();
        for pieces in [false, true] {
            let tokenizer = tokenizer(pieces);
            for ends in [&[][..], tokenizer.ends()] {
                let grammars = Grammars::new(&tokenizer, ends).expect("grammars");
                let end = if ends.is_empty() { "\n" } else { "" };
                let spelled = |text: &str| {
                    let mut writer = grammars.start(&language).expect("a grammar");
                    spelled(&mut writer, &format!(" {text}{end}"))
                };
                for text in ["none", "q2 * q3", "q1 - q2 * q3", "q2 / (2 / q3)", "q1 * (q3 / (q3 + q3))"] {
                    assert!(spelled(text).is_some(), "{pieces} {ends:?} {text}");
                }
                // Unlike values, another dimension, a value that there is not, a unit's number, prose, and too many values.
                for text in ["q1 + q2", "q1 * q3", "q4 * q3", "q1 * 24", "the rope", "q1 + q1 + q1 + q1 + q1 + q1"] {
                    assert!(spelled(text).is_none(), "{pieces} {ends:?} {text}");
                }
                // Once it is "n", the rest of "none" has to follow, as the tokens that the model knows.
                assert!(spelled("none") > Some(0), "{pieces} {ends:?}: fast-forward needs the tokenizer of the file");
            }
        }
    }
}
