//! `rederive model try`: how good a model is at choosing derivations, on passages written for the purpose.

use std::io::Write;
use std::time::Instant;

use super::super::choices::{write_rows, write_score};
use super::super::exit::{CliError, ExitStatus};
use super::super::reasoning;
use super::TryArgs;
use crate::report::plural;
use crate::score::reasoning::Voting;

/// Writes how often the model is right, by how many votes agree, and what it cost.
pub fn run(args: &TryArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let mut reasoner = reasoning::model(&args.model, &args.called)?;
    let start = Instant::now();
    let mut voting = Voting::new(reasoner.as_mut(), args.votes);
    let score = args.passages.answered(&mut voting)?;
    let (unanswered, unasked) = (voting.unanswered(), voting.unasked());
    write_score(&score, out)?;
    writeln!(out, "\nNothing to ask about: {}. No answers: {unanswered}.", plural(to_usize(unasked), "window"))?;
    writeln!(out, "{} tokens, {:.1} s", score.tokens(), start.elapsed().as_secs_f64())?;
    if args.passages.list {
        write_rows(&score, out)?;
    }
    Ok(ExitStatus::Success)
}

fn to_usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
