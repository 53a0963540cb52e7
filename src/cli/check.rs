//! `rederive check`: re-derives the numbers of papers and writes what does not follow.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::derive::Level;
use crate::report::{Format, Header, PaperReport, PaperStatus, RunSettings, Sink, Totals, coverage_lines};
use crate::run::{Input, Observer};

use super::exit::{CliError, ExitStatus};
use super::output;
use super::prepare::{self, RunArgs};
use super::progress::{Progress, to_stderr};
use super::reasoning::{Asking, ReasoningArgs};

/// Arguments of `rederive check`.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line, set by its user alone")]
pub struct CheckArgs {
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    reasoning: ReasoningArgs,

    /// The format of standard output
    #[arg(long, value_enum, default_value_t = FormatName::Full, value_name = "FORMAT", help_heading = "Output")]
    format: FormatName,
    /// Write the report to a file too: .html .txt .json .jsonl .csv, or to a folder (DIR/) with a page a paper and an
    /// index; an .html file holds one paper; repeatable
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    write: Vec<PathBuf>,
    /// Put a copy of each PDF with findings beside its page, the findings marked: needs --write DIR/
    #[arg(long, help_heading = "Output")]
    annotate: bool,
    /// List consistent, undecided and unchecked outcomes too
    #[arg(long, help_heading = "Output")]
    all: bool,

    /// Leave with 1 when there are findings of this level or above
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL", help_heading = "Thresholds")]
    fail_on: FailOn,
    /// Leave with 0 in spite of findings
    #[arg(long, help_heading = "Thresholds")]
    exit_zero: bool,
    /// Leave with 4 also when a file found in a folder cannot be processed
    #[arg(long, help_heading = "Thresholds")]
    strict: bool,
}

/// The formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Findings with quote and derivation
    Full,
    /// A finding a line
    Concise,
    /// One JSON document
    Json,
    /// A JSON value a line
    Jsonl,
    /// A claim a row
    Csv,
    /// A test a row, in the columns of statcheck
    StatcheckCsv,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Full => Self::Full,
            FormatName::Concise => Self::Concise,
            FormatName::Json => Self::Json,
            FormatName::Jsonl => Self::Jsonl,
            FormatName::Csv => Self::Csv,
            FormatName::StatcheckCsv => Self::StatcheckCsv,
        }
    }
}

/// From which level on findings make the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// All findings
    Note,
    /// No findings
    Never,
}

impl FailOn {
    const fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

/// Checks the papers, writes the report, and gives the exit status of the run.
pub fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let copies = output::copies(&args.write, args.annotate)?;
    let pages = output::has_pages(&args.write);
    let prepared = prepare::prepare(&args.run)?.with_exhibits(pages).with_marks(args.annotate);
    let (prepared, asking) = prepared.with_reasoning(&args.reasoning)?;
    let format = Format::from(args.format);
    let mut sinks = vec![format.sink(Box::new(out), output::WIDTH)];
    sinks.extend(output::files(&args.write, &prepared.inputs)?);
    let model = asking.as_ref().map(|asking| asking.settings.clone());
    let header = Header::new(RunSettings { rules: prepared.rules.clone(), all: args.all, model });
    sinks.iter_mut().try_for_each(|sink| sink.begin(&header))?;
    let mut run = Run {
        sinks,
        progress: prepared.progress(),
        totals: Totals::default(),
        copies,
        pages: BTreeSet::new(),
        marked: BTreeSet::new(),
        inputs: &prepared.inputs,
        unprocessed: false,
        strict: args.strict,
        at: 0,
    };
    let checked = prepared.check(&mut run);
    run.progress.end();
    checked?;
    run.sinks.iter_mut().try_for_each(|sink| sink.end(&run.totals))?;
    for path in &args.write {
        if let Some(words) = output::earlier(path, &run.pages, &run.marked) {
            to_stderr(&words);
        }
    }
    for words in asking.iter().flat_map(Asking::troubles) {
        to_stderr(&words);
    }
    if !format.is_prose() {
        for line in coverage_lines(&run.totals) {
            to_stderr(&line);
        }
    }
    Ok(run.status(args))
}

/// What is kept while a run goes on.
struct Run<'r> {
    sinks: Vec<Box<dyn Sink + 'r>>,
    progress: Progress,
    totals: Totals,
    /// The folders for marked copies.
    copies: Vec<PathBuf>,
    /// The keys of the papers of this run, and of those with a marked copy.
    pages: BTreeSet<String>,
    marked: BTreeSet<String>,
    inputs: &'r [Input],
    unprocessed: bool,
    strict: bool,
    at: usize,
}

impl Run<'_> {
    /// The status of the run: the worst of what applies.
    fn status(&self, args: &CheckArgs) -> ExitStatus {
        let mut status = ExitStatus::Success;
        if self.unprocessed {
            status = status.worst(ExitStatus::Unprocessed);
        }
        if let Some(level) = args.fail_on.level()
            && self.totals.findings.at_least(level) > 0
            && !args.exit_zero
        {
            status = status.worst(ExitStatus::Findings);
        }
        if self.totals.papers.not_reached > 0 {
            status = status.worst(ExitStatus::Interrupted);
        }
        status
    }
}

impl Observer for Run<'_> {
    fn started(&mut self, source: &str) {
        self.progress.started(source);
    }

    fn finished(&mut self, row: &PaperReport) {
        self.progress.finished(row);
    }

    fn tick(&mut self) {
        self.progress.tick();
    }

    fn row(&mut self, mut row: PaperReport) -> io::Result<()> {
        let named = self.inputs.get(self.at).is_some_and(|input| input.explicit);
        if let (Some(input), Some(marked)) = (self.inputs.get(self.at), &row.exhibits.marked) {
            let written = marked.as_ref().map_err(Clone::clone).and_then(|tail| {
                self.copies.iter().try_for_each(|folder| output::marked_copy(folder, input, &row.key, tail))
            });
            if let Err(why) = written {
                self.progress.aside(|| to_stderr(&format!("note: {}: {why}", row.source)));
                row.exhibits.marked = Some(Err(why));
            } else {
                self.marked.insert(row.key.clone());
            }
        }
        self.pages.insert(row.key.clone());
        self.at += 1;
        let processed = matches!(row.status, PaperStatus::Checked | PaperStatus::NotReached);
        self.unprocessed |= !processed && (named || self.strict);
        self.totals.add(&row);
        let sinks = &mut self.sinks;
        self.progress.aside(|| sinks.iter_mut().try_for_each(|sink| sink.paper(&row)))
    }
}
