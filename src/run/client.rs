//! The program's side of a worker process: starts it, asks it with a deadline, and says why it was lost.

use std::io::{BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::protocol::{self, PROTOCOL, Request, Response};

/// How workers are started.
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    /// This program's own file.
    pub program: PathBuf,
    /// The most memory that a worker may ask for, in bytes; 0 for no limit.
    pub memory: u64,
    /// Whether fault files are obeyed: for tests only.
    pub faults: bool,
}

/// Why a worker was lost. As text it is the reason of a paper's row: a lower-case fragment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Loss {
    /// The deadline passed; the worker was killed.
    #[error("not finished within {} s", .0.as_secs())]
    Deadline(Duration),
    /// The stack of the working thread was used up.
    #[error("the worker ran out of stack")]
    Stack,
    /// More memory was asked for than the limit allows.
    #[error("the worker ran out of memory (limit {} MiB)", .0 >> 20)]
    Memory(u64),
    /// The process ended for another reason.
    #[error("the worker ended early ({0})")]
    Ended(String),
    /// The process could not be started.
    #[error("no worker could be started ({0})")]
    NotStarted(String),
}

/// A running worker.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    stdin: ChildStdin,
    answers: Receiver<Response>,
    complaints: Option<JoinHandle<String>>,
    memory: u64,
}

/// How much of the end of a worker's standard error is kept: enough for the last message of the language's run time.
const COMPLAINT_TAIL: usize = 4096;
/// How long a worker may take to start.
const START: Duration = Duration::from_secs(30);

/// How much address space, in KiB, the allocator of a worker asks for at a time.
const ARENA_KIB: &str = "32768";

impl Worker {
    /// Starts a worker and waits until it is ready.
    pub fn start(command: &WorkerCommand) -> Result<Self, Loss> {
        let failed = |error: &dyn std::fmt::Display| Loss::NotStarted(error.to_string());
        let mut process = Command::new(&command.program);
        process.arg("worker").arg("--memory").arg(command.memory.to_string());
        // The allocator of the program takes its address space in pieces of a GiB, which the limit of a worker may not hold.
        process.env("MIMALLOC_ARENA_RESERVE", ARENA_KIB);
        if command.faults {
            process.arg("--allow-faults");
        }
        let pipes = process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = pipes.spawn().map_err(|error| failed(&error.kind()))?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(Loss::NotStarted("no pipes".to_owned()));
        };
        let (answer, answers) = mpsc::channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Ok(Some((response, _))) = protocol::receive(&mut stdout) {
                if answer.send(response).is_err() {
                    return;
                }
            }
        });
        let complaints = Some(thread::spawn(move || tail(stderr)));
        let mut worker = Self { child, stdin, answers, complaints, memory: command.memory };
        match worker.wait(START)? {
            Response::Ready { protocol: PROTOCOL, version } if version == env!("CARGO_PKG_VERSION") => Ok(worker),
            _ => Err(Loss::NotStarted("the program's file was replaced during the run".to_owned())),
        }
    }

    /// Asks and waits for the answer until the time is up. After a loss the worker is dead.
    pub fn ask(
        &mut self,
        request: &Request,
        payload: &[u8],
        until: Instant,
        limit: Duration,
    ) -> Result<Response, Loss> {
        if protocol::send(&mut self.stdin, request, payload).is_err() {
            return Err(self.ended());
        }
        match self.wait(until.saturating_duration_since(Instant::now())) {
            Err(Loss::Deadline(_)) => Err(Loss::Deadline(limit)),
            other => other,
        }
    }

    fn wait(&mut self, time: Duration) -> Result<Response, Loss> {
        match self.answers.recv_timeout(time) {
            Ok(response) => Ok(response),
            Err(RecvTimeoutError::Timeout) => {
                self.kill();
                Err(Loss::Deadline(time))
            }
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
        }
    }

    /// Why the process is gone: from its exit status and from what the run time wrote last.
    fn ended(&mut self) -> Loss {
        // A worker that only closed its pipes is ended here, so that waiting for it is short.
        let status = if let Ok(Some(status)) = self.child.try_wait() {
            Ok(status)
        } else {
            thread::sleep(Duration::from_millis(50));
            let status = self.child.try_wait();
            self.kill();
            status.and_then(|status| status.map_or_else(|| self.child.wait(), Ok))
        };
        let said = self.complaints.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        if said.contains("has overflowed its stack") {
            Loss::Stack
        } else if said.contains("memory allocation of") {
            Loss::Memory(self.memory)
        } else {
            Loss::Ended(status.map_or_else(|error| error.kind().to_string(), describe))
        }
    }

    fn kill(&mut self) {
        // It may be dead already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// An exit status in words that do not vary with the system's own wording.
fn describe(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("signal {signal}");
    }
    status.code().map_or_else(|| "no exit code".to_owned(), |code| format!("exit code {code}"))
}

/// Reads to the end and keeps the last part.
fn tail(mut stderr: impl Read) -> String {
    let mut kept: Vec<u8> = Vec::new();
    let mut chunk = [0; 1024];
    while let Ok(read @ 1..) = stderr.read(&mut chunk) {
        // A vector takes every write.
        let _ = kept.write_all(&chunk[..read]);
        let surplus = kept.len().saturating_sub(COMPLAINT_TAIL);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}
