//! `rederive score`: a truth file against what a run finds.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::derive::Level;
use crate::report::{PaperReport, one_line, plural};
use crate::run::{self, Observer};
use crate::score::{Score, Share, Truth, score};

use super::exit::{CliError, ExitStatus};
use super::prepare::{self, RunArgs};
use super::progress::Progress;

/// Arguments of `rederive score`.
#[derive(Args, Clone, Debug)]
pub struct ScoreArgs {
    // The names of the columns are words of a file, not of the code.
    #[arg(help = "The truth file: CSV with the columns paper, quote, code, is_error, right_value, cause")]
    truth: PathBuf,

    #[command(flatten)]
    run: RunArgs,

    /// The format of standard output
    #[arg(long, value_enum, default_value_t = ScoreFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    format: ScoreFormat,
    /// From which level on a finding counts
    #[arg(long, value_enum, default_value_t = CountFrom::Warning, value_name = "LEVEL", help_heading = "Thresholds")]
    level: CountFrom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ScoreFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CountFrom {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// All findings
    Note,
}

/// Checks the papers and writes how the findings compare with the truth file.
pub fn run(args: &ScoreArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let shown = args.truth.display();
    let file = File::open(&args.truth)
        .map_err(|error| CliError::Usage(format!("{shown} cannot be opened: {}", run::cause(&error))))?;
    let truth = Truth::read(file).map_err(|error| CliError::Usage(format!("{shown}: {error}")))?;
    let level = match args.level {
        CountFrom::Error => Level::Error,
        CountFrom::Warning => Level::Warning,
        CountFrom::Note => Level::Note,
    };
    let papers = papers(&args.run)?;
    let score = score(&truth, &papers, level);
    match args.format {
        ScoreFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &score).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ScoreFormat::Text => text(&score, out)?,
    }
    Ok(ExitStatus::Success)
}

/// Runs the check and keeps every row.
fn papers(args: &RunArgs) -> Result<Vec<PaperReport>, CliError> {
    struct Kept {
        rows: Vec<PaperReport>,
        progress: Progress,
    }
    impl Observer for Kept {
        fn started(&mut self, source: &str) {
            self.progress.started(source);
        }
        fn finished(&mut self, row: &PaperReport) {
            self.progress.finished(row);
        }
        fn tick(&mut self) {
            self.progress.tick();
        }
        fn row(&mut self, row: PaperReport) -> io::Result<()> {
            self.rows.push(row);
            Ok(())
        }
    }
    let prepared = prepare::prepare(args)?;
    let mut kept = Kept { rows: Vec::new(), progress: prepared.progress() };
    let checked = prepared.check(&mut kept);
    kept.progress.end();
    checked.map(|()| kept.rows)
}

fn text(score: &Score, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:8}  {:34}  {:34}  coverage", "code", "precision", "recall")?;
    for code in &score.codes {
        let name = if code.code.is_empty() { "(none)" } else { &code.code };
        let (precision, recall) = (share(&code.precision), share(&code.recall));
        writeln!(out, "{name:8}  {precision:34}  {recall:34}  {}", share(&code.coverage))?;
    }
    if score.causes.of > 0 {
        writeln!(out, "\nThe cause is the one of the truth file in {}.", share(&score.causes))?;
    }
    if !score.false_flags.is_empty() {
        writeln!(out, "\n{}:", plural(score.false_flags.len(), "false flag"))?;
        for flag in &score.false_flags {
            let listed = if flag.listed { "listed as right" } else { "not listed" };
            writeln!(out, "  {} {} ({listed}): {}", flag.paper, flag.code, one_line(&flag.quote))?;
        }
    }
    if !score.missed.is_empty() {
        writeln!(out, "\n{}:", plural(score.missed.len(), "missed error"))?;
        for missed in &score.missed {
            let row = &missed.row;
            let right =
                if row.right_value.is_empty() { String::new() } else { format!(", right: {}", row.right_value) };
            writeln!(out, "  {} {} ({}{right}): {}", row.paper, row.code, missed.reason, one_line(&row.quote))?;
        }
    }
    if !score.absent.is_empty() {
        writeln!(out, "\nIn the truth file but not among the inputs: {}.", score.absent.join(", "))?;
    }
    if !score.unlabelled.is_empty() {
        writeln!(out, "\nNot counted, since the truth file does not name them: {}.", score.unlabelled.join(", "))?;
    }
    Ok(())
}

/// `5 of 6 = 83.3 % [43.6, 97.0]`.
fn share(share: &Share) -> String {
    match (share.share, share.low, share.high) {
        (Some(value), Some(low), Some(high)) => {
            format!("{} of {} = {:.1} % [{:.1}, {:.1}]", share.hits, share.of, value * 100.0, low * 100.0, high * 100.0)
        }
        _ => "none".to_owned(),
    }
}
