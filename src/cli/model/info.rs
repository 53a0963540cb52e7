//! `rederive model info`: facts about a model, from the header of its file alone.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use super::super::exit::{CliError, ExitStatus};
use super::open::failed;
use super::{InfoArgs, InfoFormat};
use crate::reason::candle::{ChatTemplate, Config, GgufFile, ModelError, Scaling, Tokenizer};

/// What is written.
#[derive(Debug, Serialize)]
struct Facts {
    name: Option<String>,
    architecture: &'static str,
    blocks: usize,
    state: usize,
    feed_forward: usize,
    heads: usize,
    key_heads: usize,
    head: usize,
    vocabulary: usize,
    context: usize,
    first_trained_context: usize,
    window: Option<usize>,
    rotary: String,
    parameters: usize,
    bytes: u64,
    types: BTreeMap<&'static str, usize>,
    tokenizer: Tokens,
    chat_template: String,
}

#[derive(Debug, Serialize)]
struct Tokens {
    /// The pre-tokenizer or `SentencePiece`; without it the reason why there is none.
    name: Option<String>,
    reason: Option<String>,
    begin: Option<String>,
    ends: Vec<String>,
}

/// Writes the facts; a tokenizer or template that cannot be used is a fact, too.
pub fn run(args: &InfoArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let file = GgufFile::open(&args.file).map_err(|error| failed(&args.file, &error))?;
    let facts = facts(&file).map_err(|error| failed(&args.file, &error))?;
    match args.format {
        InfoFormat::Full => full(out, &facts)?,
        InfoFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &facts).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(ExitStatus::Success)
}

fn facts(file: &GgufFile) -> Result<Facts, ModelError> {
    let config = Config::read(file)?;
    let types = file.types();
    Ok(Facts {
        name: file.optional_text("general.name")?.map(str::to_owned),
        architecture: config.architecture.name(),
        blocks: config.layers,
        state: config.hidden,
        feed_forward: config.feed_forward,
        heads: config.heads,
        key_heads: config.kv_heads,
        head: config.head_dim,
        vocabulary: config.vocabulary,
        context: config.context,
        first_trained_context: config.rope.original_context,
        window: config.window,
        rotary: rotary(file, &config),
        parameters: types.values().map(|count| count.elements).fold(0, usize::saturating_add),
        bytes: file.bytes(),
        types: types.into_iter().map(|(name, count)| (name, count.tensors)).collect(),
        tokenizer: tokens(file),
        chat_template: match ChatTemplate::from_gguf(file) {
            Ok(Some(_)) => "yes".to_owned(),
            Ok(None) => "none".to_owned(),
            Err(error) => error.to_string(),
        },
    })
}

fn rotary(file: &GgufFile, config: &Config) -> String {
    let mut text = format!("base {}, {} of {} elements", config.rope.base, config.rope.dimensions, config.head_dim);
    let stretch = match config.rope.scaling {
        Scaling::Linear { factor } if (factor - 1.0).abs() < f64::EPSILON => String::new(),
        Scaling::Linear { factor } => format!(", stretched {factor} times"),
        Scaling::Yarn { factor, .. } => format!(", stretched {factor} times by YaRN"),
    };
    text.push_str(&stretch);
    for (tensor, told) in [
        ("rope_freqs.weight", ", with factors"),
        ("rope_factors_short.weight", ", with short factors"),
        ("rope_factors_long.weight", ", with long factors"),
    ] {
        if file.has_tensor(tensor) {
            text.push_str(told);
        }
    }
    text
}

fn tokens(file: &GgufFile) -> Tokens {
    match Tokenizer::from_gguf(file) {
        Ok(tokenizer) => Tokens {
            name: Some(tokenizer.name().to_owned()),
            reason: None,
            begin: tokenizer.begin().and_then(|token| tokenizer.token(token)),
            ends: tokenizer.ends().iter().filter_map(|token| tokenizer.token(*token)).collect(),
        },
        Err(error) => Tokens { name: None, reason: Some(error.to_string()), begin: None, ends: Vec::new() },
    }
}

fn full(out: &mut dyn Write, facts: &Facts) -> Result<(), CliError> {
    let mut line = |name: &str, text: String| writeln!(out, "{name:14}  {text}");
    if let Some(name) = &facts.name {
        line("name", name.clone())?;
    }
    line("architecture", format!("{}, {} blocks", facts.architecture, facts.blocks))?;
    line("state", format!("{} elements, {} within the feed-forward network", facts.state, facts.feed_forward))?;
    line("heads", format!("{} of {} elements, {} of keys and values", facts.heads, facts.head, facts.key_heads))?;
    line("vocabulary", format!("{} tokens", facts.vocabulary))?;
    line("parameters", facts.parameters.to_string())?;
    let types: Vec<String> = facts.types.iter().map(|(name, count)| format!("{name} {count}")).collect();
    line("file", format!("{} bytes; tensors: {}", facts.bytes, types.join(", ")))?;
    line("context", format!("{} tokens, first trained with {}", facts.context, facts.first_trained_context))?;
    if let Some(window) = facts.window {
        line("window", format!("{window} tokens"))?;
    }
    line("rotary", facts.rotary.clone())?;
    let tokens = &facts.tokenizer;
    let told = match (&tokens.name, &tokens.reason) {
        (Some(name), _) => {
            let begin = tokens.begin.as_ref().map_or(String::new(), |begin| format!(", begins with {begin}"));
            let ends =
                if tokens.ends.is_empty() { String::new() } else { format!(", ends with {}", tokens.ends.join(" ")) };
            format!("{name}{begin}{ends}")
        }
        (None, reason) => reason.clone().unwrap_or_default(),
    };
    line("tokenizer", told)?;
    line("chat template", facts.chat_template.clone())?;
    Ok(())
}
