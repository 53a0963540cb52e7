//! `rederive search train`, `windows`, `rank` and `try`: the ranker of the search, trained and measured.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::report::plural;
use crate::score::ranking::{self, LabelledWindows, Settings, Silver};
use crate::score::reasoning::ChoiceScore;
use crate::search::Ranker;

use super::choices::{PassageArgs, write_rows, write_score};
use super::exit::{CliError, ExitStatus};
use super::prepare::{RunArgs, documents};

/// Arguments of `rederive search train`.
#[derive(Args, Clone, Debug)]
pub(super) struct TrainArgs {
    /// The papers whose values are mined
    #[command(flatten)]
    run: RunArgs,

    /// The seed of the frames
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Training")]
    seed: u64,
    /// How often each frame is filled
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = "Training")]
    rounds: usize,
    /// How much a window of a frame counts beside one of a paper
    #[arg(long, value_name = "SHARE", default_value_t = 0.3, help_heading = "Training")]
    frame_weight: f64,
    /// How many steps are taken
    #[arg(long, value_name = "N", default_value_t = 150, help_heading = "Training")]
    steps: usize,
}

/// Arguments of `rederive search windows`.
#[derive(Args, Clone, Debug)]
pub(super) struct WindowsArgs {
    #[command(flatten)]
    run: RunArgs,

    /// The seed of all draws
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Windows")]
    seed: u64,
    /// The most windows of a paper that a program hits, and the most of the others
    #[arg(long, value_name = "N", default_value_t = 5, help_heading = "Windows")]
    most: usize,
}

/// Arguments of `rederive search rank`.
#[derive(Args, Clone, Debug)]
pub(super) struct RankArgs {
    /// The file of labels
    #[arg(value_name = "LABELS")]
    labels: PathBuf,
    #[command(flatten)]
    run: RunArgs,

    /// List the windows with what the ranker takes
    #[arg(long, help_heading = "Output")]
    list: bool,
    /// Another file of weights than the shipped one
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    weights: Option<PathBuf>,
}

/// Arguments of `rederive search try`.
#[derive(Args, Clone, Debug)]
pub(super) struct TryArgs {
    #[command(flatten)]
    passages: PassageArgs,
    /// Another file of weights than the shipped one
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    weights: Option<PathBuf>,
}

/// Writes the file of weights.
pub(super) fn train(args: &TrainArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let mut silver = Silver::default();
    let (unread, interrupted) = documents(&args.run, &mut |document, _| {
        ranking::mine(document, &mut silver);
        Ok(())
    })?;
    let framed = ranking::framed(args.seed, args.rounds, args.frame_weight);
    let ranker = ranking::train(&framed, &silver.cases, &Settings { steps: args.steps, ..Settings::default() });
    writeln!(
        out,
        "# Written by `rederive search train`: {} of frames and {} of {}.",
        plural(framed.len(), "window"),
        silver.cases.len(),
        plural(silver.papers, "paper")
    )?;
    writeln!(
        out,
        "# Programs hit {} of the latter with E below 0.1 and {} with a larger one. Papers not read: {unread}.",
        silver.trusted, silver.doubtful
    )?;
    write!(out, "{}", ranker.text())?;
    Ok(ExitStatus::complete_unless(interrupted))
}

/// Writes windows as rows of a file of labels, with the passage in a column more.
pub(super) fn windows(args: &WindowsArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let mut writer = csv::Writer::from_writer(out);
    writer
        .write_record(["paper_sha256", "drawn", "target", "occurrence", "program", "operands", "passage"])
        .map_err(io::Error::from)?;
    let (_, interrupted) = documents(&args.run, &mut |document, key| {
        for window in ranking::windows_to_label(document, key, args.seed, args.most) {
            let occurrence = window.label.occurrence.to_string();
            writer.write_record([
                key,
                &window.label.drawn,
                &window.label.target,
                &occurrence,
                "",
                "",
                &window.passage,
            ])?;
        }
        Ok(())
    })?;
    writer.flush()?;
    Ok(ExitStatus::complete_unless(interrupted))
}

/// The ranker with the weights of a file, or with the shipped ones.
fn ranker(weights: Option<&Path>) -> Result<Ranker, CliError> {
    let Some(path) = weights else { return Ok(Ranker::shipped()) };
    let unusable = |why: String| CliError::Usage(format!("{} cannot be used: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
    Ranker::parse(&text).map_err(|error| unusable(error.to_string()))
}

/// Writes how good the ranker is on written passages.
pub(super) fn attempt(args: &TryArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let ranker = ranker(args.weights.as_deref())?;
    let score = args.passages.answered(&mut &ranker)?;
    write_score(&score, out)?;
    if args.passages.list {
        write_rows(&score, out)?;
    }
    Ok(ExitStatus::Success)
}

/// Writes how good the ranker is.
pub(super) fn rank(args: &RankArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let unusable = |why: String| CliError::Usage(format!("{} cannot be used: {why}", args.labels.display()));
    let file = File::open(&args.labels).map_err(|error| unusable(error.to_string()))?;
    let labels = LabelledWindows::read(file).map_err(|error| unusable(error.to_string()))?;
    let ranker = ranker(args.weights.as_deref())?;
    let mut score = ChoiceScore::default();
    let (_, interrupted) = documents(&args.run, &mut |document, key| {
        score.add(labels.answered(document, key, &mut &ranker));
        Ok(())
    })?;
    for (way, of) in [("hit", "that a program hits"), ("any", "of the others")] {
        let own = score.drawn(way);
        writeln!(
            out,
            "{} {of}, of which {} follow from a program.",
            plural(own.rows().len(), "window"),
            own.derivable()
        )?;
    }
    writeln!(out)?;
    write_score(&score, out)?;
    if args.list {
        write_rows(&score, out)?;
    }
    Ok(ExitStatus::complete_unless(interrupted))
}
