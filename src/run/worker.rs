//! The worker process: answers stage messages about one paper after the other until its input ends.
//!
//! It trusts no paper. The work runs on a thread with a large stack, panics are caught, memory is limited by the
//! system. What none of these can stop (an abort, a hang) ends this process and costs the program one row: see `client`.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;

use super::exhibits;
use super::fault::Fault;
use super::marks;
use super::paper::Paper;
use super::protocol::{self, PROTOCOL, Request, Response};

/// The stack of the thread that works on papers: deep nesting ends by a counted limit long before it is used up.
const STACK: usize = 256 << 20;

/// What a worker is started with.
#[derive(Clone, Copy, Debug)]
pub struct WorkerOptions {
    /// The most memory that it may ask for, in bytes; 0 for no limit.
    pub memory: u64,
    /// Whether fault files are obeyed: for tests only.
    pub faults: bool,
}

/// Answers messages from `input` on `output` until the input ends, which also ends the work of an unfinished paper:
/// then the program that asked is gone.
pub fn serve(options: WorkerOptions, mut input: impl Read, mut output: impl Write + Send + 'static) -> io::Result<()> {
    limit_memory(options.memory)?;
    // A panic is an answer here, so it is not also a message on the terminal.
    std::panic::set_hook(Box::new(|_| {}));
    let ready = Response::Ready { protocol: PROTOCOL, version: env!("CARGO_PKG_VERSION").to_owned() };
    protocol::send(&mut output, &ready, &[])?;
    let (ask, asked) = mpsc::channel::<(Request, Vec<u8>)>();
    thread::Builder::new().name("paper".to_owned()).stack_size(STACK).spawn(move || {
        let mut paper = None;
        for (request, payload) in asked {
            let response = answer(options, request, &payload, &mut paper);
            if protocol::send(&mut output, &response, &[]).is_err() {
                return;
            }
        }
    })?;
    while let Some(message) = protocol::receive(&mut input)? {
        if ask.send(message).is_err() {
            break;
        }
    }
    Ok(())
}

/// Answers one message; `paper` is what is kept between messages.
fn answer(options: WorkerOptions, request: Request, payload: &[u8], paper: &mut Option<Paper>) -> Response {
    let work = AssertUnwindSafe(|| match request {
        Request::Read => {
            drop(paper.take());
            if let Some(fault) = Fault::asked(payload).filter(|_| options.faults) {
                fault.happen();
            }
            let (answer, read) = Paper::read(payload);
            *paper = read;
            Response::Read(answer)
        }
        Request::Evaluate { rules, exhibits } => match paper.as_mut() {
            Some(paper) => Response::Evaluated(Box::new(paper.evaluate(&rules, exhibits))),
            None => Response::Panicked { message: "no paper was read".to_owned() },
        },
        Request::Questions => match paper.as_ref() {
            Some(paper) => Response::Questions(paper.questions_to_a_model()),
            None => Response::Panicked { message: "no paper was read".to_owned() },
        },
        Request::Reasoned { selections, exhibits } => match paper.as_mut() {
            Some(paper) => Response::Evaluated(Box::new(paper.reasoned(&selections, payload, exhibits))),
            None => Response::Panicked { message: "no paper was read".to_owned() },
        },
        Request::Confirm { rules, exhibits } => match paper.as_mut() {
            Some(paper) => {
                if let Some(fault) = Fault::asked_of_witness(payload).filter(|_| options.faults) {
                    fault.happen();
                }
                Response::Evaluated(Box::new(paper.confirm(&rules, payload, exhibits)))
            }
            None => Response::Panicked { message: "no paper was read".to_owned() },
        },
        Request::Mark { marks } => {
            Response::Marked { tail: marks::tail(payload, &marks).map_err(|error| error.to_string()) }
        }
        Request::Document => match paper.as_ref() {
            Some(paper) => Response::Document(Box::new(paper.document.clone())),
            None => Response::Panicked { message: "no paper was read".to_owned() },
        },
        Request::Picture { crops } => {
            let (crops, missing) = exhibits::pictures(payload, crops);
            Response::Pictured { crops, missing }
        }
    });
    catch_unwind(work).unwrap_or_else(|payload| {
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".to_owned());
        Response::Panicked { message }
    })
}

/// Limits the address space of this process, where the system can.
#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rlimit::Resource;
    if bytes == 0 || !Resource::AS.is_supported() {
        return Ok(());
    }
    let (_, hard) = Resource::AS.get()?;
    let soft = bytes.min(hard);
    Resource::AS.set(soft, soft)
}

/// There is no such limit here; the deadline still holds.
#[cfg(not(unix))]
fn limit_memory(_: u64) -> io::Result<()> {
    Ok(())
}
