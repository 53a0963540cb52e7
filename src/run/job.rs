//! One paper from its bytes to its row, through a worker that may die on the way.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::derive::Witness;
use crate::document::Document;
use crate::reason::Questions;
use crate::report::{Coverage, Exhibits, Finding, PaperReport, PaperStatus, hexadecimal};

use super::client::{Loss, Worker, WorkerCommand};
use super::inputs::{self, Input, InputOrigin};
use super::marks;
use super::protocol::{EvaluateAnswer, ReadAnswer, Request, Response};
use super::reasoning::{Reasoning, Turn, count_unasked};

/// The largest file that is read; papers of 10,000 scanned pages stay below it.
pub const MAX_BYTES: u64 = 512 << 20;

/// The most time that the second reader may take for one paper: a safety net, not a limit of work.
const WITNESS: Duration = Duration::from_secs(20);

/// What every paper of a run is done with.
#[derive(Clone, Debug)]
pub struct JobSettings {
    /// How workers are started.
    pub worker: WorkerCommand,
    /// The codes of the rules to run, sorted.
    pub rules: Vec<String>,
    /// Whether pages are written, which show more of a paper than its claims.
    pub exhibits: bool,
    /// Whether marked copies are wanted.
    pub marks: bool,
    /// Whether the documents are wanted, for slips to be planted in.
    pub documents: bool,
    /// The most time that one paper may take: a safety net, not a limit of work. Waiting for a model is not counted.
    pub timeout: Duration,
    /// The reasoning model, where one is asked.
    pub reasoning: Option<Arc<Reasoning>>,
}

/// A place for one worker, which is started when it is needed and replaced when it is lost.
#[derive(Debug, Default)]
pub struct Bench {
    worker: Option<Worker>,
}

impl Bench {
    /// Checks one paper. It always gives a row: what cannot be read or finished has its reason there.
    /// `turn` is its turn to ask the model of the run.
    pub fn check(&mut self, input: &Input, settings: &JobSettings, turn: Option<&Turn<'_>>) -> PaperReport {
        let mut row = row(input, PaperStatus::Unreadable, None);
        let bytes = match bytes(&input.origin) {
            Ok(bytes) => bytes,
            Err(reason) => return PaperReport { reason: Some(reason), ..row },
        };
        row.key = key(&bytes);
        let mut until = Instant::now() + settings.timeout;
        match self.stages(&bytes, until, settings) {
            Ok((read, evaluated)) => {
                row.status = read.status;
                row.reason = read.reason;
                row.notes = read.notes;
                row.coverage = read.coverage;
                if let Some(mut answer) = evaluated {
                    if let Some(turn) = turn {
                        answer = self.reasoned(answer, &bytes, turn, settings, &mut row);
                        until = Instant::now() + settings.timeout;
                    }
                    (row.coverage, row.findings) = (answer.coverage, answer.claims);
                    row.exhibits = answer.exhibits;
                    self.pictures(&mut row.exhibits, &bytes, until, settings);
                    if settings.documents {
                        match self.document(&bytes, until, settings) {
                            Ok(document) => row.exhibits.document = Some(document),
                            Err(reason) => row.exhibits.missing.push(reason),
                        }
                    }
                    if settings.marks {
                        row.exhibits.marked = self.marked(&row.findings, &bytes, until, settings);
                    }
                }
            }
            Err(reason) => {
                row.status = PaperStatus::Failed;
                row.reason = Some(reason);
            }
        }
        row
    }

    /// Runs the stages. A worker that served other papers before gets no blame: the paper is tried once more with a
    /// fresh one, so that its row depends on itself alone.
    fn stages(
        &mut self,
        bytes: &[u8],
        until: Instant,
        settings: &JobSettings,
    ) -> Result<(ReadAnswer, Option<EvaluateAnswer>), String> {
        let used = self.worker.is_some();
        let result = match self.attempt(bytes, until, settings) {
            Err(Failure::Lost(loss)) if used && !matches!(loss, Loss::Deadline(_)) => {
                self.attempt(bytes, Instant::now() + settings.timeout, settings)
            }
            other => other,
        };
        result.map_err(|failure| failure.to_string())
    }

    /// What a marked copy of a PDF with findings has behind its bytes, or why there is none; nothing without findings.
    fn marked(
        &mut self,
        findings: &[Finding],
        bytes: &[u8],
        until: Instant,
        settings: &JobSettings,
    ) -> Option<Result<Vec<u8>, String>> {
        let marks = marks::plan(findings);
        if marks.is_empty() {
            return None;
        }
        Some(match self.ask(&Request::Mark { marks }, bytes, until, settings) {
            Ok(Response::Marked { tail }) => tail,
            Ok(_) => Err("no marked copy was made: the worker answered another question".to_owned()),
            Err(failure) => Err(format!("no marked copy was made: {failure}")),
        })
    }

    /// The paper as it was read. A second reader that was lost took the worker's paper with it: then it is read again.
    fn document(&mut self, bytes: &[u8], until: Instant, settings: &JobSettings) -> Result<Document, String> {
        let again = match self.ask(&Request::Document, &[], until, settings) {
            Ok(Response::Document(document)) => return Ok(*document),
            _ => self.ask(&Request::Read, bytes, until, settings),
        };
        match again.and_then(|_| self.ask(&Request::Document, &[], until, settings)) {
            Ok(Response::Document(document)) => Ok(*document),
            Ok(_) => Err("the document is missing: the worker answered another question".to_owned()),
            Err(failure) => Err(format!("the document is missing: {failure}")),
        }
    }

    /// Draws the planned crops in the time that is left. What goes wrong here costs pictures, never a finding.
    fn pictures(&mut self, exhibits: &mut Exhibits, bytes: &[u8], until: Instant, settings: &JobSettings) {
        if exhibits.crops.is_empty() {
            return;
        }
        let request = Request::Picture { crops: std::mem::take(&mut exhibits.crops) };
        let answer = match self.ask(&request, bytes, until, settings) {
            // This worker has read the paper, perhaps others too: a fresh one gives the same answer for the paper alone.
            Err(Failure::Lost(loss)) if !matches!(loss, Loss::Deadline(_)) => {
                self.ask(&request, bytes, until, settings)
            }
            other => other,
        };
        match answer {
            Ok(Response::Pictured { crops, missing }) => {
                exhibits.crops = crops;
                exhibits.missing.extend(missing);
            }
            Ok(_) => exhibits.missing.push("the pictures are missing: the worker answered another question".to_owned()),
            Err(failure) => exhibits.missing.push(format!("the pictures are missing: {failure}")),
        }
    }

    fn attempt(
        &mut self,
        bytes: &[u8],
        until: Instant,
        settings: &JobSettings,
    ) -> Result<(ReadAnswer, Option<EvaluateAnswer>), Failure> {
        let Response::Read(read) = self.ask(&Request::Read, bytes, until, settings)? else {
            return Err(Failure::Panicked("the worker answered another question".to_owned()));
        };
        if read.status != PaperStatus::Checked {
            return Ok((read, None));
        }
        let request = Request::Evaluate { rules: settings.rules.clone(), exhibits: settings.exhibits };
        match self.ask(&request, &[], until, settings)? {
            Response::Evaluated(answer) => {
                let (notes, answer) = self.confirmed(*answer, bytes, until, settings);
                let read = ReadAnswer { notes: [read.notes, notes].concat(), ..read };
                Ok((read, Some(answer)))
            }
            _ => Err(Failure::Panicked("the worker answered another question".to_owned())),
        }
    }

    /// Has the second reader look at what is inconsistent in a PDF. It may fail where the first one did not: then the
    /// findings stay without its word, and a note says so.
    fn confirmed(
        &mut self,
        answer: EvaluateAnswer,
        bytes: &[u8],
        until: Instant,
        settings: &JobSettings,
    ) -> (Vec<String>, EvaluateAnswer) {
        let unheard = |claim: &Finding| claim.level.is_some() && claim.witness == Witness::Unavailable;
        if !answer.claims.iter().any(unheard) {
            return (Vec::new(), answer);
        }
        let request = Request::Confirm { rules: settings.rules.clone(), exhibits: settings.exhibits };
        let until = until.min(Instant::now() + WITNESS);
        let why = match self.ask(&request, bytes, until, settings) {
            Ok(Response::Evaluated(answer)) => return (Vec::new(), *answer),
            Ok(_) => "the worker answered another question".to_owned(),
            Err(Failure::Panicked(_)) => "an internal fault".to_owned(),
            Err(Failure::Lost(Loss::Deadline(_))) => "not finished in time".to_owned(),
            Err(Failure::Lost(loss)) => loss.to_string(),
        };
        (vec![format!("the second reader gave no answer: {why}")], answer)
    }

    /// Has the model of the run asked about what nothing was proposed for, and its choices judged. Whatever goes wrong on the way,
    /// the answer stays what it was without a model.
    fn reasoned(
        &mut self,
        mut answer: EvaluateAnswer,
        bytes: &[u8],
        turn: &Turn<'_>,
        settings: &JobSettings,
        row: &mut PaperReport,
    ) -> EvaluateAnswer {
        let questions = match self.questions(bytes, settings) {
            Ok(questions) => questions,
            Err(failure) => {
                row.notes.push(format!("the model was not asked: {failure}"));
                return answer;
            }
        };
        let answers = turn.ask(&questions);
        let used = turn.used(&answers);
        if !answers.selections.is_empty() {
            let request = Request::Reasoned { selections: answers.selections, exhibits: settings.exhibits };
            let until = Instant::now() + settings.timeout;
            match self.ask(&request, bytes, until, settings) {
                Ok(Response::Evaluated(with)) => answer = *with,
                Ok(_) => row.notes.push("what the model chose was not judged".to_owned()),
                Err(failure) => row.notes.push(format!("what the model chose was not judged: {failure}")),
            }
        }
        count_unasked(&mut answer.coverage, &used);
        row.model = Some(used);
        answer
    }

    /// The questions about a paper that was evaluated. A second reader that was lost took the worker's paper with it: then it is
    /// read and evaluated again.
    fn questions(&mut self, bytes: &[u8], settings: &JobSettings) -> Result<Questions, Failure> {
        let until = Instant::now() + settings.timeout;
        if let Ok(Response::Questions(questions)) = self.ask(&Request::Questions, &[], until, settings) {
            return Ok(questions);
        }
        self.ask(&Request::Read, bytes, until, settings)?;
        let evaluate = Request::Evaluate { rules: settings.rules.clone(), exhibits: settings.exhibits };
        self.ask(&evaluate, &[], until, settings)?;
        match self.ask(&Request::Questions, &[], until, settings)? {
            Response::Questions(questions) => Ok(questions),
            _ => Err(Failure::Panicked("the worker answered another question".to_owned())),
        }
    }

    fn ask(
        &mut self,
        request: &Request,
        payload: &[u8],
        until: Instant,
        settings: &JobSettings,
    ) -> Result<Response, Failure> {
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => Worker::start(&settings.worker).map_err(Failure::Lost)?,
        };
        // A worker that is lost is dropped here, which ends its process; the next question starts another.
        let response = worker.ask(request, payload, until, settings.timeout).map_err(Failure::Lost)?;
        self.worker = Some(worker);
        match response {
            Response::Panicked { message } => Err(Failure::Panicked(message)),
            other => Ok(other),
        }
    }
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Lost(Loss),
    #[error("an internal fault in a stage: {0}")]
    Panicked(String),
}

/// The key of a paper: the SHA-256 of its bytes in hexadecimal.
pub fn key(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// A row without content.
pub fn row(input: &Input, status: PaperStatus, reason: Option<String>) -> PaperReport {
    PaperReport {
        key: String::new(),
        source: input.source.clone(),
        status,
        reason,
        notes: Vec::new(),
        coverage: Coverage::default(),
        model: None,
        findings: Vec::new(),
        exhibits: Exhibits::default(),
    }
}

/// The bytes of an input, or the reason why there are none.
pub fn bytes(origin: &InputOrigin) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = match origin {
        InputOrigin::Stdin => io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes),
        InputOrigin::File(path) => File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)),
    };
    match read {
        Err(error) => Err(format!("it cannot be opened: {}", inputs::cause(&error))),
        Ok(_) if bytes.len() as u64 > MAX_BYTES => Err(format!("it is larger than {} MiB", MAX_BYTES >> 20)),
        Ok(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Crop;

    #[test]
    fn a_worker_that_is_lost_over_a_picture_costs_pictures_alone() {
        let worker = WorkerCommand { program: "no/such/program".into(), memory: 0, faults: false };
        let settings = JobSettings {
            worker,
            rules: Vec::new(),
            exhibits: true,
            marks: false,
            documents: false,
            timeout: Duration::from_secs(5),
            reasoning: None,
        };
        let crop = Crop { claim: 0, place: 0, page: 1, area: [0.0, 0.0, 10.0, 10.0], picture: String::new() };
        let mut exhibits = Exhibits { title: Some("kept".into()), crops: vec![crop], ..Exhibits::default() };
        Bench::default().pictures(&mut exhibits, b"%PDF-1.7", Instant::now() + settings.timeout, &settings);
        assert_eq!(exhibits.title.as_deref(), Some("kept"));
        assert!(exhibits.crops.is_empty());
        assert_eq!(exhibits.missing.len(), 1);
        assert!(exhibits.missing[0].contains("no worker could be started"), "{:?}", exhibits.missing);
    }
}
