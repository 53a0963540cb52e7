//! `rederive completions SHELL`: the script that completes commands and options.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::exit::{CliError, ExitStatus};

/// Arguments of `rederive completions`.
#[derive(Args, Clone, Debug)]
pub struct CompletionsArgs {
    /// The shell to write the script for
    shell: Shell,
}

/// Writes the script of the given shell.
pub fn run(args: &CompletionsArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "rederive", &mut script);
    out.write_all(&script)?;
    Ok(ExitStatus::Success)
}
