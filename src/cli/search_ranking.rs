//! `rederive search train`, `windows` and `rank`: the ranker of the search, trained and measured on papers.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::report::plural;
use crate::score::Share;
use crate::score::ranking::{self, LabelledWindows, RankingScore, Settings, Silver};
use crate::search::Ranker;

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

/// Writes how good the ranker is.
pub(super) fn rank(args: &RankArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let unusable = |path: &PathBuf, why: String| CliError::Usage(format!("{} cannot be used: {why}", path.display()));
    let file = File::open(&args.labels).map_err(|error| unusable(&args.labels, error.to_string()))?;
    let labels = LabelledWindows::read(file).map_err(|error| unusable(&args.labels, error.to_string()))?;
    let ranker = match &args.weights {
        None => Ranker::shipped(),
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| unusable(path, error.to_string()))?;
            Ranker::parse(&text).map_err(|error| unusable(path, error.to_string()))?
        }
    };
    let mut score = RankingScore::default();
    let (_, interrupted) = documents(&args.run, &mut |document, key| {
        score.add(labels.rank(document, key, &ranker));
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

fn write_score(score: &RankingScore, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}, of which {} follow from a program.", plural(score.rows().len(), "window"), score.derivable())?;
    writeln!(out, "The program is among those tried: {}", of(&score.enumerated()))?;
    writeln!(out, "The ranker puts it first:         {}\n", of(&score.top()))?;
    writeln!(out, "at least so sure  right                          of those that follow from a program")?;
    for confidence in [0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] {
        let (precision, coverage) = score.above(confidence);
        writeln!(out, "{confidence:<16}  {:30} {}", of(&precision), of(&coverage))?;
    }
    writeln!(out, "\nconfidence        mean    right")?;
    for (from, to) in [(0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)] {
        let (mean, right) = score.between(from, to);
        writeln!(out, "{:16}  {mean:.3}   {}", format!("{from} to {}", if to > 1.0 { 1.0 } else { to }), of(&right))?;
    }
    Ok(())
}

fn write_rows(score: &RankingScore, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    for row in score.rows() {
        let label = &row.label;
        let paper: String = label.paper_sha256.chars().take(8).collect();
        let sure = row.confidence.map_or_else(|| "not ranked".to_owned(), |confidence| format!("{confidence:.3}"));
        let said = if row.right { "right" } else { "not" };
        writeln!(
            out,
            "{paper} {} ({}): {} [{}]; {said} {sure}: {}",
            label.target, label.occurrence, label.program, label.operands, row.taken
        )?;
    }
    Ok(())
}

/// "12 of 40 (30.0 %, 18.1 to 45.4)".
fn of(share: &Share) -> String {
    match (share.share, share.low, share.high) {
        (Some(own), Some(low), Some(high)) => {
            format!("{} of {} ({:.1} %, {:.1} to {:.1})", share.hits, share.of, 100.0 * own, 100.0 * low, 100.0 * high)
        }
        _ => "none".to_owned(),
    }
}
