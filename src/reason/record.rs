//! Records of a run's answers: written while it goes on, replayed without the model.
//!
//! JSON Lines: who answered with which settings, then an answer a line in the order in which they came. A third party replays the
//! same findings from it, and needs no trust: an answer is a program among those that its own run enumerates, or one of the language
//! of its own run's question.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::budget::Budget;
use super::prompt::{Prompt, TEMPLATE};
use super::question::QUESTION_SCHEMA;
use super::reasoner::{Answer, Answered, Identity, Reasoner};
use super::recorded::{ANSWERS_SCHEMA, Recorded};

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RecordHeader {
    /// `ANSWERS_SCHEMA`.
    pub schema: u32,
    /// The version of the questions.
    pub questions: u32,
    /// The version of the wording.
    pub template: u32,
    /// Who answered.
    pub model: Identity,
    /// How many votes a question had at most.
    pub votes: u32,
    /// What the run might spend.
    pub budget: Budget,
}

impl RecordHeader {
    /// The header of a run of this program.
    pub fn new(model: Identity, votes: u32, budget: Budget) -> Self {
        Self { schema: ANSWERS_SCHEMA, questions: QUESTION_SCHEMA, template: TEMPLATE, model, votes, budget }
    }
}

/// Every other line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Line {
    prompt: String,
    tokens: u64,
    answer: Recorded,
}

/// Why a record cannot be used.
#[derive(Debug, Error)]
pub enum RecordError {
    /// It cannot be read.
    #[error("it cannot be read ({0})")]
    Read(#[from] std::io::Error),
    /// A line is not one of a record.
    #[error("line {0} is none of a record of answers")]
    Line(usize),
    /// It has no first line.
    #[error("it is empty")]
    Empty,
    /// It was made by another version of the program, which asks otherwise.
    #[error("it was recorded by another version of the program, whose questions were worded otherwise")]
    Version,
}

/// Where the lines of a record go, and what went wrong there first.
#[derive(Default)]
struct Sink {
    out: Option<Box<dyn Write + Send>>,
    error: Option<std::io::Error>,
}

impl Sink {
    fn line(&mut self, value: &impl Serialize) {
        let Some(out) = &mut self.out else { return };
        let written = serde_json::to_vec(value).map_err(std::io::Error::from).and_then(|mut line| {
            line.push(b'\n');
            out.write_all(&line)?;
            out.flush()
        });
        if let Err(error) = written {
            self.error = Some(error);
            self.out = None;
        }
    }
}

/// The other end of a record: says whether it was written whole.
#[derive(Clone, Default)]
pub struct RecordState(Arc<Mutex<Sink>>);

impl std::fmt::Debug for RecordState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RecordState")
    }
}

impl RecordState {
    /// What kept the record from being written, once.
    pub fn error(&self) -> Option<std::io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).error.take()
    }
}

/// Writes down every answer that it passes on.
#[derive(Debug)]
pub struct Recording {
    inner: Box<dyn Reasoner>,
    state: RecordState,
}

impl Recording {
    /// Records the answers of `inner`; the header is written at once.
    pub fn new(inner: Box<dyn Reasoner>, header: &RecordHeader, out: Box<dyn Write + Send>) -> (Self, RecordState) {
        let mut sink = Sink { out: Some(out), error: None };
        sink.line(header);
        let state = RecordState(Arc::new(Mutex::new(sink)));
        (Self { inner, state: state.clone() }, state)
    }

    fn write<'p>(&self, answers: impl Iterator<Item = (&'p Prompt, &'p Answer)>) {
        let mut sink = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (prompt, answer) in answers {
            let answer = Recorded::of(answer, prompt);
            sink.line(&Line { prompt: prompt.key.clone(), tokens: self.inner.tokens(prompt), answer });
        }
    }
}

impl Reasoner for Recording {
    fn identity(&self) -> &Identity {
        self.inner.identity()
    }

    fn trouble(&self) -> Option<String> {
        self.inner.trouble()
    }

    fn tokens(&self, prompt: &Prompt) -> u64 {
        self.inner.tokens(prompt)
    }

    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered> {
        let answers = self.inner.answer(prompts);
        let written = prompts.iter().zip(&answers);
        self.write(written.map(|(prompt, answered)| (prompt, &answered.answer)));
        answers
    }

    fn leave_out(&mut self, prompts: &[Prompt]) {
        self.inner.leave_out(prompts);
        self.write(prompts.iter().map(|prompt| (prompt, &Answer::NotAsked)));
    }
}

/// Answers from a record.
#[derive(Debug)]
pub struct Replay {
    header: RecordHeader,
    /// The answers to each prompt in their order: the same passage may stand in several papers, and be answered otherwise.
    answers: BTreeMap<String, VecDeque<(u64, Recorded)>>,
}

impl Replay {
    /// Reads a record. A last line that was cut off by the end of its run is passed over.
    pub fn read(input: impl BufRead) -> Result<Self, RecordError> {
        let mut header = None;
        let mut answers: BTreeMap<String, VecDeque<(u64, Recorded)>> = BTreeMap::new();
        let mut broken = None;
        for (at, line) in input.lines().enumerate() {
            let line = line?;
            if let Some(at) = broken {
                return Err(RecordError::Line(at));
            }
            if header.is_none() {
                header = Some(serde_json::from_str::<RecordHeader>(&line).map_err(|_| RecordError::Line(1))?);
                continue;
            }
            match serde_json::from_str::<Line>(&line) {
                Ok(Line { prompt, tokens, answer }) => answers.entry(prompt).or_default().push_back((tokens, answer)),
                Err(_) => broken = Some(at + 1),
            }
        }
        let header = header.ok_or(RecordError::Empty)?;
        let own = (ANSWERS_SCHEMA, QUESTION_SCHEMA, TEMPLATE);
        if (header.schema, header.questions, header.template) != own {
            return Err(RecordError::Version);
        }
        Ok(Self { header, answers })
    }

    /// Who answered, with which settings.
    pub const fn header(&self) -> &RecordHeader {
        &self.header
    }
}

impl Reasoner for Replay {
    fn identity(&self) -> &Identity {
        &self.header.model
    }

    fn tokens(&self, prompt: &Prompt) -> u64 {
        self.answers.get(&prompt.key).and_then(VecDeque::front).map_or(0, |(tokens, _)| *tokens)
    }

    fn answer(&mut self, prompts: &[Prompt]) -> Vec<Answered> {
        prompts
            .iter()
            .map(|prompt| {
                let Some(own) = self.answers.get_mut(&prompt.key) else { return Answer::NotAsked.into() };
                let answer = own.front().map_or(Answer::NotAsked, |(_, recorded)| recorded.answer(prompt));
                // The last one stays: a paper that is checked twice is answered twice.
                if own.len() > 1 {
                    own.pop_front();
                }
                answer.into()
            })
            .collect()
    }
}
