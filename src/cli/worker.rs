//! The hidden `rederive worker`: what this program starts itself as, once for each job.

use std::io;

use clap::Args;

use crate::run::{WorkerOptions, serve};

use super::exit::{CliError, ExitStatus};

/// Arguments of the worker.
#[derive(Args, Clone, Copy, Debug)]
pub struct WorkerArgs {
    /// The most memory, in bytes
    #[arg(long, default_value_t = 0)]
    memory: u64,
    /// Obey fault files
    #[arg(long)]
    allow_faults: bool,
}

/// Answers stage messages on standard input until it ends.
pub fn run(args: WorkerArgs) -> Result<ExitStatus, CliError> {
    // An interrupt reaches the whole group of processes; the program decides what it means, not its workers.
    let ignored = ctrlc::set_handler(|| {});
    ignored.map_err(|error| CliError::Internal(error.to_string()))?;
    let options = WorkerOptions { memory: args.memory, faults: args.allow_faults };
    serve(options, io::stdin().lock(), io::stdout())?;
    Ok(ExitStatus::Success)
}
