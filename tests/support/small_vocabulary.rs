//! Vocabularies learned from the strings of a test, written as GGUF files without weights.
//!
//! Merges are learned over whole strings, without any cut, so that nearly every place where a pre-tokenizer has to cut
//! would merge otherwise.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use candle_core::quantized::gguf_file::{Value, write};

const MERGES: usize = 900;
const LONGEST: usize = 8;

/// The letter that byte-level vocabularies write for a byte: printable ones themselves, the others from U+0100 on.
fn letter(byte: u8) -> char {
    let printable = |byte: u8| matches!(byte, 0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff);
    if printable(byte) {
        return char::from(byte);
    }
    let before = (0..byte).filter(|byte| !printable(*byte)).count();
    char::from_u32(0x100 + u32::try_from(before).expect("small")).expect("a letter")
}

/// Learns merges: the pair that stands most often, of equals the first in the order of the alphabet.
fn learned(mut texts: Vec<Vec<String>>) -> Vec<(String, String)> {
    let mut merges = Vec::new();
    while merges.len() < MERGES {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for text in &texts {
            for pair in text.windows(2).filter(|pair| pair[0].len() + pair[1].len() <= LONGEST) {
                *counts.entry((&pair[0], &pair[1])).or_default() += 1;
            }
        }
        let Some(most) = counts.values().max() else { break };
        let Some(pair) = counts.iter().find(|(_, count)| *count == most).map(|(pair, _)| *pair) else { break };
        let pair = (pair.0.to_owned(), pair.1.to_owned());
        for text in &mut texts {
            let mut at = 0;
            while at + 1 < text.len() {
                if text[at] == pair.0 && text[at + 1] == pair.1 {
                    text[at] = [pair.0.as_str(), pair.1.as_str()].concat();
                    text.remove(at + 1);
                }
                at += 1;
            }
        }
        merges.push(pair);
    }
    merges
}

fn texts_of(list: impl IntoIterator<Item = String>) -> Value {
    Value::Array(list.into_iter().map(Value::String).collect())
}

fn write_file(path: &Path, keys: &[(&str, Value)]) {
    let architecture = Value::String("llama".to_owned());
    let mut all = vec![("general.architecture", &architecture)];
    all.extend(keys.iter().map(|(key, value)| (*key, value)));
    write(&mut File::create(path).expect("a file"), &all, &[]).expect("written");
}

/// The marks at the end of each vocabulary.
pub const MARKS: [&str; 2] = ["<|im_start|>", "<|im_end|>"];

/// The keys of a byte-level tokenizer that was learned from the strings.
pub fn byte_level(strings: &[String], pre: &str) -> Vec<(&'static str, Value)> {
    let letters = |text: &String| text.bytes().map(|byte| letter(byte).to_string()).collect();
    let merges = learned(strings.iter().map(letters).collect());
    let mut tokens: Vec<String> = (0..=255).map(|byte| letter(byte).to_string()).collect();
    for (left, right) in &merges {
        let token = [left.as_str(), right].concat();
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    }
    let mut kinds = vec![Value::I32(1); tokens.len()];
    let end = u32::try_from(tokens.len() + 1).expect("small");
    tokens.extend(MARKS.map(str::to_owned));
    kinds.extend([Value::I32(3), Value::I32(3)]);
    vec![
        ("tokenizer.ggml.model", Value::String("gpt2".to_owned())),
        ("tokenizer.ggml.pre", Value::String(pre.to_owned())),
        ("tokenizer.ggml.tokens", texts_of(tokens)),
        ("tokenizer.ggml.token_type", Value::Array(kinds)),
        ("tokenizer.ggml.merges", texts_of(merges.into_iter().map(|(left, right)| [left, right].join(" ")))),
        ("tokenizer.ggml.eos_token_id", Value::U32(end)),
    ]
}

/// The keys of a tokenizer of the kind of `SentencePiece` that was learned from the strings.
pub fn sentence_piece(strings: &[String]) -> Vec<(&'static str, Value)> {
    let letters =
        |text: &String| format!("\u{2581}{}", text.replace(' ', "\u{2581}")).chars().map(String::from).collect();
    let texts: Vec<Vec<String>> = strings.iter().map(letters).collect();
    let mut tokens: Vec<String> = ["<unk>", "<s>", "</s>"].map(str::to_owned).to_vec();
    let mut kinds = [2, 3, 3].map(Value::I32).to_vec();
    tokens.extend((0..=255).map(|byte| format!("<0x{byte:02X}>")));
    kinds.extend(vec![Value::I32(6); 256]);
    let mut scores = vec![Value::F32(0.0); tokens.len()];
    // Some letters are left out, so that they have to go byte by byte.
    let mut known: Vec<String> = texts.concat();
    known.sort();
    known.dedup();
    let merged = learned(texts).into_iter().map(|(left, right)| [left, right].concat());
    let mut rank: u16 = 0;
    for token in merged.chain(known) {
        if !token.contains(['µ', '研', '🧪']) && !tokens.contains(&token) {
            rank += 1;
            tokens.push(token);
            kinds.push(Value::I32(1));
            scores.push(Value::F32(-f32::from(rank)));
        }
    }
    vec![
        ("tokenizer.ggml.model", Value::String("llama".to_owned())),
        ("tokenizer.ggml.tokens", texts_of(tokens)),
        ("tokenizer.ggml.scores", Value::Array(scores)),
        ("tokenizer.ggml.token_type", Value::Array(kinds)),
        ("tokenizer.ggml.bos_token_id", Value::U32(1)),
        ("tokenizer.ggml.eos_token_id", Value::U32(2)),
    ]
}

/// Writes a file that has a tokenizer and nothing else.
pub fn write_vocabulary(path: &Path, keys: &[(&'static str, Value)]) {
    write_file(path, keys);
}
