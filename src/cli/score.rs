//! `rederive score`: what a run finds against a truth file, labels, listed values and planted slips.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::derive::Level;
use crate::report::PaperReport;
use crate::run;
use crate::score::{
    Factors, LabelScore, Labels, PlantedScore, PlantedTally, ReachScore, Score, Truth, Yardstick, factors, label_score,
    reach_score, score,
};

use super::exit::{CliError, ExitStatus};
use super::prepare::{self, RunArgs};
use super::score_text;

/// Arguments of `rederive score`.
#[derive(Args, Clone, Debug)]
pub struct ScoreArgs {
    // The names of the columns are words of a file, not of the code.
    #[arg(
        help = "What is known of the papers, by its columns: a truth file (paper, quote, code, is_error, right_value, \
                  cause), the truth.csv of `plant`, labels of findings, or values listed by hand"
    )]
    truth: PathBuf,

    #[command(flatten)]
    run: RunArgs,

    /// Labels of findings on these papers: those labelled true are no false alarms
    #[arg(long, value_name = "FILE", help_heading = "Rulers")]
    labels: Option<PathBuf>,
    /// A folder that `plant` has written: the recall in it, beside what is measured on the papers
    #[arg(long, value_name = "DIR", help_heading = "Rulers")]
    planted: Option<PathBuf>,

    /// The format of standard output
    #[arg(long, value_enum, default_value_t = ScoreFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    format: ScoreFormat,
    /// List the planted slips that were missed; findings without a label where no label is given
    #[arg(long, help_heading = "Output")]
    list: bool,
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

/// Everything that one call measures.
#[derive(Debug, Default, Serialize)]
pub(super) struct Measured {
    /// Against a truth file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) truth: Option<Score>,
    /// Reach, recall among planted slips, and their product.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) factors: Vec<Factors>,
    /// The reach alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reach: Option<ReachScore>,
    /// The recall among planted slips.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) planted: Option<PlantedScore>,
    /// Labels and false alarms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) labels: Option<LabelScore>,
}

/// Checks the papers and writes how the findings compare with what is known.
pub fn run(args: &ScoreArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let level = match args.level {
        CountFrom::Error => Level::Error,
        CountFrom::Warning => Level::Warning,
        CountFrom::Note => Level::Note,
    };
    let first = yardstick(&args.truth)?;
    let labels = args.labels.as_deref().map(labels_of).transpose()?;
    let planted = args.planted.as_deref().map(|folder| planted_truth(&folder.join("truth.csv"))).transpose()?;
    let alone = labels.is_none() && planted.is_none();
    let mut measured = Measured::default();
    match first {
        Yardstick::Truth(truth) if truth.is_planted() => {
            if !alone {
                return Err(CliError::Usage(
                    "the truth of planted slips goes without --labels and --planted".to_owned(),
                ));
            }
            measured.planted = Some(recall(&truth, &args.run, level)?);
        }
        first => {
            let papers = papers(&args.run)?;
            measured.untouched(&first, labels.as_ref(), &papers, level);
            drop(papers);
            if let (Some(folder), Some(truth)) = (&args.planted, &planted) {
                let documents = args.run.over(vec![folder.display().to_string()]);
                measured.planted = Some(recall(truth, &documents, level)?);
            }
        }
    }
    if let (Some(reach), Some(planted)) = (&measured.reach, &measured.planted) {
        measured.factors = factors(reach, planted);
    }
    match (args.format, &measured.truth) {
        // A truth file alone has a form of its own, which scripts rely on.
        (ScoreFormat::Json, Some(score)) if alone => json(score, out)?,
        (ScoreFormat::Json, _) => json(&measured, out)?,
        (ScoreFormat::Text, _) => score_text::text(&measured, args.list, out)?,
    }
    Ok(ExitStatus::Success)
}

impl Measured {
    /// Measures what was found in papers as they were published. With listed values, false alarms are counted too, if
    /// need be without any label.
    fn untouched(&mut self, first: &Yardstick, labels: Option<&Labels>, papers: &[PaperReport], level: Level) {
        let none = Labels::default();
        let labels = match first {
            Yardstick::Truth(truth) => {
                self.truth = Some(score(truth, papers, level));
                labels
            }
            Yardstick::Reach(listed) => {
                self.reach = Some(reach_score(listed, papers));
                Some(labels.unwrap_or(&none))
            }
            Yardstick::Labels(own) => Some(labels.unwrap_or(own)),
        };
        self.labels = labels.map(|labels| label_score(labels, papers, level));
    }
}

fn json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}

fn yardstick(path: &Path) -> Result<Yardstick, CliError> {
    let shown = path.display();
    let file = File::open(path)
        .map_err(|error| CliError::Usage(format!("{shown} cannot be opened: {}", run::cause(&error))))?;
    Yardstick::read(file).map_err(|error| CliError::Usage(format!("{shown}: {error}")))
}

fn labels_of(path: &Path) -> Result<Labels, CliError> {
    match yardstick(path)? {
        Yardstick::Labels(labels) => Ok(labels),
        _ => Err(CliError::Usage(format!("{} holds no labels of findings", path.display()))),
    }
}

fn planted_truth(path: &Path) -> Result<Truth, CliError> {
    match yardstick(path)? {
        Yardstick::Truth(truth) if truth.is_planted() => Ok(truth),
        _ => Err(CliError::Usage(format!("{} holds no planted slips", path.display()))),
    }
}

/// Runs the check and hands over every row.
fn each(args: &RunArgs, take: &mut dyn FnMut(PaperReport)) -> Result<(), CliError> {
    prepare::prepare(args)?.each(&mut |row| {
        take(row);
        Ok(())
    })
}

/// Runs the check and keeps every row.
fn papers(args: &RunArgs) -> Result<Vec<PaperReport>, CliError> {
    let mut rows = Vec::new();
    each(args, &mut |row| rows.push(row))?;
    Ok(rows)
}

/// Runs the check over planted documents. They can be many, so no row is kept.
fn recall(truth: &Truth, args: &RunArgs, level: Level) -> Result<PlantedScore, CliError> {
    let mut tally = PlantedTally::new(truth, level);
    each(args, &mut |row| tally.paper(&row))?;
    Ok(tally.finish())
}
