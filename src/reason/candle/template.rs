//! The chat template of a model, written out by `minijinja`.
//!
//! What a message says never goes through the template: a place holder does, and the words come back in afterwards as
//! text. So a paper that is quoted in a message can write no mark of the model, whatever the template does with it.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, Value, context};

use super::error::ModelError;
use super::gguf::GgufFile;
use super::tokenizer::Tokenizer;

/// The steps that a template may take; the longest of published ones take some thousands.
const FUEL: u64 = 2_000_000;

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks: `system`, `user` or `assistant`.
    pub role: String,
    /// What is said; text, whatever it looks like.
    pub content: String,
}

/// A piece of what the template gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the template, in which marks are marks.
    Markup(String),
    /// Words of a message, in which nothing is.
    Text(String),
}

/// The template of a model.
#[derive(Debug)]
pub struct ChatTemplate {
    environment: Environment<'static>,
    begin: String,
    end: String,
    thinks: bool,
}

impl ChatTemplate {
    /// The template of the file; `None` where it has none.
    ///
    /// # Errors
    /// A template that is not understood.
    pub fn from_gguf(file: &GgufFile) -> Result<Option<Self>, ModelError> {
        let Some(source) = file.optional_text("tokenizer.chat_template")? else { return Ok(None) };
        let tokens = file.optional_texts("tokenizer.ggml.tokens")?.unwrap_or_default();
        let token = |key: &str| -> Result<String, ModelError> {
            let id = file.optional_count(&format!("tokenizer.ggml.{key}_token_id"))?;
            Ok(id.and_then(|id| tokens.get(id)).map(|token| (*token).to_owned()).unwrap_or_default())
        };
        Self::new(source.to_owned(), token("bos")?, token("eos")?).map(Some)
    }

    /// A template with the tokens that it calls `bos_token` and `eos_token`.
    pub fn new(source: String, begin: String, end: String) -> Result<Self, ModelError> {
        let mut environment = Environment::new();
        let syntax =
            SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(|error| told(&error))?;
        environment.set_syntax(syntax);
        environment.set_fuel(Some(FUEL));
        environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_function("raise_exception", |message: String| -> Result<String, Error> {
            Err(Error::new(ErrorKind::InvalidOperation, message))
        });
        // `strftime_now` is left out on purpose: the date of a run must not reach a prompt.
        let thinks = source.contains("<think>") || source.contains("</think>");
        environment.add_template_owned("chat", source).map_err(|error| told(&error))?;
        Ok(Self { environment, begin, end, thinks })
    }

    /// Whether it speaks of thoughts, as the templates of thinking models do.
    pub const fn thinks(&self) -> bool {
        self.thinks
    }

    /// The conversation as the model was trained to read it, up to where it answers. `thinking` is what templates of
    /// thinking models call `enable_thinking`.
    ///
    /// # Errors
    /// A template that refuses the conversation, does not end, or leaves a message out.
    pub fn render(&self, messages: &[Message], thinking: bool) -> Result<Vec<Piece>, ModelError> {
        let shown: Vec<Value> = messages
            .iter()
            .enumerate()
            .map(|(at, message)| context! { role => message.role.as_str(), content => place_holder(at) })
            .collect();
        let template = self.environment.get_template("chat").map_err(|error| told(&error))?;
        let written = template
            .render(context! {
                messages => shown,
                add_generation_prompt => true,
                bos_token => self.begin.as_str(),
                eos_token => self.end.as_str(),
                enable_thinking => thinking,
            })
            .map_err(|error| told(&error))?;
        let mut pieces = vec![Piece::Markup(written)];
        for (at, message) in messages.iter().enumerate() {
            pieces = filled(pieces, &place_holder(at), &message.content)?;
        }
        pieces.retain(|piece| !matches!(piece, Piece::Markup(text) | Piece::Text(text) if text.is_empty()));
        Ok(pieces)
    }

    /// The tokens of a conversation.
    ///
    /// # Errors
    /// As [`ChatTemplate::render`], and a tokenizer that fails.
    pub fn encode(&self, tokenizer: &Tokenizer, messages: &[Message], thinking: bool) -> Result<Vec<u32>, ModelError> {
        let mut tokens = Vec::new();
        for piece in self.render(messages, thinking)? {
            tokens.extend(match piece {
                Piece::Markup(text) => tokenizer.encode_marked(&text)?,
                Piece::Text(text) => tokenizer.encode(&text)?,
            });
        }
        // Many templates write the first token themselves.
        if let Some(begin) = tokenizer.begin()
            && tokens.first() != Some(&begin)
        {
            tokens.insert(0, begin);
        }
        Ok(tokens)
    }
}

/// What stands for the words of a message: letters that nobody writes, so that trimming and searching leave it alone.
fn place_holder(at: usize) -> String {
    format!("\u{f8f0}{at}\u{f8f1}")
}

/// Puts the words in for their place holder.
fn filled(pieces: Vec<Piece>, holder: &str, content: &str) -> Result<Vec<Piece>, ModelError> {
    let mut new = Vec::new();
    let mut found = false;
    for piece in pieces {
        let Piece::Markup(text) = piece else {
            new.push(piece);
            continue;
        };
        for (at, part) in text.split(holder).enumerate() {
            if at > 0 {
                found = true;
                new.push(Piece::Text(content.to_owned()));
            }
            new.push(Piece::Markup(part.to_owned()));
        }
    }
    if found { Ok(new) } else { Err(ModelError::Template("it leaves a message out".to_owned())) }
}

fn told(error: &Error) -> ModelError {
    let mut text = error.kind().to_string();
    if let Some(detail) = error.detail() {
        text.push_str(": ");
        text.push_str(detail);
    }
    ModelError::Template(text)
}
