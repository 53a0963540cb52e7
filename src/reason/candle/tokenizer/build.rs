//! The merging part of a tokenizer, made from the lists of a GGUF file with the `tokenizers` crate.
//!
//! Tokens that steer a model are not added to it: a text is a text, whatever it looks like. See the parent module for how
//! they are written on purpose.

use std::collections::HashSet;

use tokenizers::decoders::DecoderWrapper;
use tokenizers::decoders::byte_fallback::ByteFallback;
use tokenizers::decoders::byte_level::ByteLevel as ByteLevelDecoder;
use tokenizers::decoders::fuse::Fuse;
use tokenizers::decoders::sequence::Sequence as DecoderSequence;
use tokenizers::models::bpe::{BPE, Merges, Vocab};
use tokenizers::normalizers::replace::Replace;
use tokenizers::normalizers::unicode::NFC;
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::tokenizer::SplitDelimiterBehavior;

use super::super::error::ModelError;
use super::super::gguf::GgufFile;
use super::kinds::Kind;
use super::pre::{Form, PreTokenizer};

/// What stands for a space in the tokens of `SentencePiece`.
pub const SPACE: char = '\u{2581}';

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
pub(super) fn failed(error: impl ToString) -> ModelError {
    ModelError::Tokenizer(error.to_string())
}

/// A byte-level tokenizer: merges in the order of the file.
pub fn byte_level(
    file: &GgufFile,
    tokens: &[&str],
    pre: &PreTokenizer,
    space: bool,
) -> Result<tokenizers::Tokenizer, ModelError> {
    let merges = file
        .optional_texts("tokenizer.ggml.merges")?
        .ok_or_else(|| ModelError::MissingKey("tokenizer.ggml.merges".to_owned()))?;
    let merges: Merges = merges
        .into_iter()
        .map(|merge| match merge.split_once(' ') {
            Some((left, right)) => Ok((left.to_owned(), right.to_owned())),
            None => Err(failed(format!("`{merge}` is no merge"))),
        })
        .collect::<Result<_, _>>()?;
    let model = BPE::builder()
        .vocab_and_merges(vocabulary(tokens)?, merges)
        .ignore_merges(pre.ignore_merges)
        .build()
        .map_err(failed)?;
    let mut tokenizer = tokenizers::Tokenizer::new(model);
    if pre.form == Form::Composed {
        tokenizer.with_normalizer(Some(NFC)).map_err(failed)?;
    }
    let mut steps: Vec<PreTokenizerWrapper> = Vec::new();
    for cut in pre.cuts {
        let pattern = SplitPattern::Regex((*cut).to_owned());
        steps.push(Split::new(pattern, SplitDelimiterBehavior::Isolated, false).map_err(failed)?.into());
    }
    steps.push(ByteLevel::new(space, true, false).into());
    tokenizer.with_pre_tokenizer(Some(Sequence::new(steps)));
    tokenizer.with_decoder(Some(ByteLevelDecoder::new(false, true, false)));
    Ok(tokenizer)
}

/// A tokenizer of `SentencePiece`: of all neighbours that make a token together, those with the best score merge first,
/// the leftmost of equals. What is no token goes byte by byte.
pub fn sentence_piece(file: &GgufFile, tokens: &[&str], kinds: &[Kind]) -> Result<tokenizers::Tokenizer, ModelError> {
    let scores = file
        .optional_reals("tokenizer.ggml.scores")?
        .ok_or_else(|| ModelError::MissingKey("tokenizer.ggml.scores".to_owned()))?;
    if scores.len() != tokens.len() {
        return Err(failed(format!("{} scores for {} tokens", scores.len(), tokens.len())));
    }
    let unknown = match kinds.iter().position(|kind| *kind == Kind::Unknown) {
        Some(at) => tokens.get(at).map(|token| (*token).to_owned()),
        None => None,
    };
    let mut model = BPE::builder()
        .vocab_and_merges(vocabulary(tokens)?, merges_of_scores(tokens, kinds, &scores))
        .byte_fallback(true);
    if let Some(unknown) = unknown {
        model = model.unk_token(unknown).fuse_unk(true);
    }
    let mut tokenizer = tokenizers::Tokenizer::new(model.build().map_err(failed)?);
    let steps: Vec<DecoderWrapper> = vec![
        Replace::new(SPACE.to_string(), " ").map_err(failed)?.into(),
        ByteFallback::default().into(),
        Fuse::default().into(),
    ];
    tokenizer.with_decoder(Some(DecoderSequence::new(steps)));
    Ok(tokenizer)
}

/// Every way to cut a token into two tokens, in the order in which the scores let them merge.
fn merges_of_scores(tokens: &[&str], kinds: &[Kind], scores: &[f32]) -> Merges {
    let known: HashSet<&str> = tokens.iter().copied().collect();
    let mut order: Vec<usize> =
        (0..tokens.len()).filter(|at| matches!(kinds.get(*at), Some(Kind::Normal | Kind::UserDefined))).collect();
    order.sort_by(|left, right| scores[*right].total_cmp(&scores[*left]).then(left.cmp(right)));
    let mut merges = Vec::new();
    for token in order.into_iter().map(|at| tokens[at]) {
        for (cut, _) in token.char_indices().skip(1) {
            let (left, right) = token.split_at(cut);
            if known.contains(left) && known.contains(right) {
                merges.push((left.to_owned(), right.to_owned()));
            }
        }
    }
    merges
}

fn vocabulary(tokens: &[&str]) -> Result<Vocab, ModelError> {
    let mut vocabulary = Vocab::default();
    for (at, token) in tokens.iter().enumerate() {
        // The first of equals, as a search through the list would find it.
        vocabulary.entry((*token).to_owned()).or_insert(u32::try_from(at).map_err(failed)?);
    }
    Ok(vocabulary)
}
