//! `rederive model check FILE`: whether a model computes here what it should.

use std::io::Write;

use super::super::exit::{CliError, ExitStatus};
use super::CheckArgs;
use super::open::{failed, open};
use crate::reason::candle::{Tokenizer, selftest};

/// Writes a line for each comparison; the status is that of findings where one fails.
pub fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let path = &args.model;
    let (mut file, decoder) = open(path, &args.open)?;
    let mut status = ExitStatus::Success;
    for comparison in selftest::compare(&mut file, &decoder).map_err(|error| failed(path, &error))? {
        let word = if comparison.passed() { "same" } else { "DIFFERS" };
        if !comparison.passed() {
            status = ExitStatus::Findings;
        }
        let (what, cosine, difference) = (comparison.what, comparison.cosine, comparison.difference);
        writeln!(out, "{word:7}  {what}: cosine {cosine:.6}, largest difference {difference:.1e}")?;
    }
    match Tokenizer::from_gguf(&file) {
        Ok(tokenizer) => {
            let held = if tokenizer.len() > decoder.config().vocabulary { "DIFFERS" } else { "same" };
            if held == "DIFFERS" {
                status = ExitStatus::Findings;
            }
            writeln!(
                out,
                "{held:7}  tokens of the tokenizer ({}) and rows of the embedding ({})",
                tokenizer.len(),
                decoder.config().vocabulary
            )?;
        }
        Err(error) => {
            status = ExitStatus::Findings;
            writeln!(out, "DIFFERS  {error}")?;
        }
    }
    Ok(status)
}
