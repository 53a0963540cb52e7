//! One paper from its bytes to its row, through a worker that may die on the way.

use std::fs::File;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::report::{Coverage, Exhibits, PaperReport, PaperStatus, hexadecimal};

use super::client::{Loss, Worker, WorkerCommand};
use super::inputs::{self, Input, InputOrigin};
use super::protocol::{EvaluateAnswer, ReadAnswer, Request, Response};

/// The largest file that is read; papers of 10,000 scanned pages stay below it.
pub const MAX_BYTES: u64 = 512 << 20;

/// What every paper of a run is done with.
#[derive(Clone, Debug)]
pub struct JobSettings {
    /// How workers are started.
    pub worker: WorkerCommand,
    /// The codes of the rules to run, sorted.
    pub rules: Vec<String>,
    /// The most time that one paper may take: a safety net, not a limit of work.
    pub timeout: Duration,
}

/// A place for one worker, which is started when it is needed and replaced when it is lost.
#[derive(Debug, Default)]
pub struct Bench {
    worker: Option<Worker>,
}

impl Bench {
    /// Checks one paper. It always gives a row: what cannot be read or finished has its reason there.
    pub fn check(&mut self, input: &Input, settings: &JobSettings) -> PaperReport {
        let mut row = row(input, PaperStatus::Unreadable, None);
        let bytes = match bytes(&input.origin) {
            Ok(bytes) => bytes,
            Err(reason) => return PaperReport { reason: Some(reason), ..row },
        };
        row.key = hexadecimal(&Sha256::digest(&bytes));
        match self.stages(&bytes, settings) {
            Ok((read, evaluated)) => {
                row.status = read.status;
                row.reason = read.reason;
                row.notes = read.notes;
                (row.coverage, row.findings) =
                    evaluated.map_or((read.coverage, Vec::new()), |answer| (answer.coverage, answer.claims));
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
    fn stages(&mut self, bytes: &[u8], settings: &JobSettings) -> Result<(ReadAnswer, Option<EvaluateAnswer>), String> {
        let used = self.worker.is_some();
        let first = self.attempt(bytes, settings);
        let result = match first {
            Err(Failure::Lost(loss)) if used && !matches!(loss, Loss::Deadline(_)) => self.attempt(bytes, settings),
            other => other,
        };
        result.map_err(|failure| match failure {
            Failure::Lost(loss) => loss.to_string(),
            Failure::Panicked(message) => format!("an internal fault in a stage: {message}"),
        })
    }

    fn attempt(
        &mut self,
        bytes: &[u8],
        settings: &JobSettings,
    ) -> Result<(ReadAnswer, Option<EvaluateAnswer>), Failure> {
        let until = Instant::now() + settings.timeout;
        let Response::Read(read) = self.ask(&Request::Read, bytes, until, settings)? else {
            return Err(Failure::Panicked("the worker answered another question".to_owned()));
        };
        if read.status != PaperStatus::Checked {
            return Ok((read, None));
        }
        let request = Request::Evaluate { rules: settings.rules.clone() };
        match self.ask(&request, &[], until, settings)? {
            Response::Evaluated(answer) => Ok((read, Some(answer))),
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

enum Failure {
    Lost(Loss),
    Panicked(String),
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
