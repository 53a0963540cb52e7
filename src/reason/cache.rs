//! Answers of earlier runs, by content: what was asked of whom in which words. They are programs, never verdicts.
//!
//! One file an answer, in a folder: a run that is killed loses nothing but the answer that it waits for, and runs beside each
//! other do not disturb. Only lasting answers are kept; a file that cannot be read, or says something else than an option, is as
//! if it were not there.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::prompt::{Prompt, hexadecimal};
use super::reasoner::{Answer, Answered, Identity, Reasoner};
use super::recorded::{ANSWERS_SCHEMA, Recorded};

/// A stored answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Entry {
    schema: u32,
    answer: Recorded,
}

/// The longest file that is read.
const LONGEST: u64 = 4096;

/// Asks only what no earlier run has asked.
#[derive(Debug)]
pub struct Cached {
    inner: Box<dyn Reasoner>,
    folder: PathBuf,
}

impl Cached {
    /// Answers from a folder before those of `inner`, and keeps those there. The folder is made with the first answer.
    pub fn new(inner: Box<dyn Reasoner>, folder: &Path) -> Self {
        Self { inner, folder: folder.to_owned() }
    }

    fn path(&self, prompt: &Prompt) -> PathBuf {
        let key = key(self.inner.identity(), prompt);
        self.folder.join(&key[..2]).join(format!("{}.json", &key[2..]))
    }

    fn stored(&self, prompt: &Prompt) -> Option<Answer> {
        let path = self.path(prompt);
        let length = fs::metadata(&path).ok()?.len();
        let entry: Entry = serde_json::from_slice(&fs::read(&path).ok().filter(|_| length <= LONGEST)?).ok()?;
        let usable = entry.schema == ANSWERS_SCHEMA && entry.answer.is_lasting();
        Some(entry.answer.answer(prompt)).filter(|answer| usable && *answer != Answer::Unusable)
    }

    /// Keeps an answer. What cannot be written is asked again in the next run, which is all that is lost.
    fn store(&self, prompt: &Prompt, answer: &Answer) {
        let recorded = Recorded::of(answer, prompt);
        if !recorded.is_lasting() {
            return;
        }
        let path = self.path(prompt);
        let entry = Entry { schema: ANSWERS_SCHEMA, answer: recorded };
        let (Some(folder), Ok(text)) = (path.parent(), serde_json::to_vec(&entry)) else { return };
        // Another run may write the same file: each writes one of its own and moves it there, so that none is read in halves.
        let own = path.with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&own, text));
        if written.and_then(|()| fs::rename(&own, &path)).is_err() {
            let _ = fs::remove_file(&own);
        }
    }
}

/// The key of an answer: who was asked, in which version of the wording, what, with which options in which order or by which vote,
/// from which the seed of what is drawn follows.
fn key(identity: &Identity, prompt: &Prompt) -> String {
    let parts = [
        identity.name.as_str(),
        identity.sha256.as_deref().unwrap_or_default(),
        identity.endpoint.as_deref().unwrap_or_default(),
        prompt.key.as_str(),
    ];
    let lengths: Vec<String> = parts.iter().map(|part| format!("{}\n", part.len())).collect();
    let all: Vec<&str> =
        lengths.iter().map(String::as_str).zip(parts).flat_map(|(length, part)| [length, part]).collect();
    hexadecimal(&all)
}

impl Reasoner for Cached {
    fn identity(&self) -> &Identity {
        self.inner.identity()
    }

    fn leave_out(&mut self, prompts: &[Prompt]) {
        self.inner.leave_out(prompts);
    }

    fn trouble(&self) -> Option<String> {
        self.inner.trouble()
    }

    fn tokens(&self, prompt: &Prompt) -> u64 {
        self.inner.tokens(prompt)
    }

    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered> {
        let stored: Vec<Option<Answer>> = prompts.iter().map(|prompt| self.stored(prompt)).collect();
        let open: Vec<Prompt> = prompts
            .iter()
            .zip(&stored)
            .filter(|(_, stored)| stored.is_none())
            .map(|(prompt, _)| prompt.clone())
            .collect();
        let mut fresh = if open.is_empty() { Vec::new() } else { self.inner.answer(&open) }.into_iter();
        prompts
            .iter()
            .zip(stored)
            .map(|(prompt, stored)| {
                if let Some(answer) = stored {
                    return Answered { answer, paid: Some(0) };
                }
                let answered = fresh.next().unwrap_or_else(|| Answer::Failed.into());
                self.store(prompt, &answered.answer);
                answered
            })
            .collect()
    }
}
