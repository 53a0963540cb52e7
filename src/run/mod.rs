//! Many papers in isolated workers: inputs, the stages of one paper, worker processes with limits, rows in order.
//!
//! A paper is hostile input: a worker that aborts, hangs, or uses up its stack or memory costs one row with its
//! reason, and the run goes on. Results hold no clock, host or absolute path, and are the same for any number of jobs.

mod batch;
mod client;
mod exhibits;
mod fault;
mod inputs;
mod job;
mod marks;
mod paper;
mod protocol;
mod reasoning;
mod standing;
mod table_view;
mod worker;

pub use batch::{BatchError, Interrupt, Observer, check};
pub use client::WorkerCommand;
pub use inputs::{Collected, Input, InputError, InputOrigin, cause, collect};
pub use job::{JobSettings, MAX_BYTES, bytes, key};
pub use marks::{PlannedMark, over as marks_over, tail as marked_tail};
pub use paper::{Paper, REASONED};
pub use protocol::{EvaluateAnswer, PROTOCOL, ReadAnswer};
pub use reasoning::Reasoning;
pub use worker::{WorkerOptions, serve};
