//! What every command that checks papers has in common: the inputs, the rules, the limits, the interrupt.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use clap::Args;

use crate::document::Document;
use crate::report::{PaperReport, PaperStatus, plural};
use crate::run::{self, BatchError, Collected, Input, Interrupt, JobSettings, Observer, WorkerCommand};

use super::exit::{CliError, ExitStatus};
use super::progress::{Progress, ProgressKind, to_stderr};
use super::reasoning::{self, Asking, ReasoningArgs};
use super::selection;

/// Arguments about what is checked and how.
#[derive(Args, Clone, Debug)]
pub struct RunArgs {
    /// Files, folders, @LIST (a file with a path a line), or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,

    /// Run only these rules: codes (ST101), families (ST) or ALL
    #[arg(long, value_name = "CODES", value_delimiter = ',', help_heading = "Rules")]
    select: Vec<String>,
    /// Leave these rules out
    #[arg(long, value_name = "CODES", value_delimiter = ',', help_heading = "Rules")]
    ignore: Vec<String>,

    /// How to show progress, on standard error
    #[arg(long, value_enum, default_value_t = ProgressKind::Auto, value_name = "KIND", help_heading = "Output")]
    progress: ProgressKind,

    /// How many papers to check at once [default: one for each core]
    #[arg(long, value_name = "N", help_heading = "Performance")]
    jobs: Option<NonZeroUsize>,
    /// Give a paper up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, help_heading = "Performance")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout_per_paper: u64,
    /// The most memory of a worker, in MiB; 0 for no limit
    #[arg(long, value_name = "MIB", default_value_t = 4096, help_heading = "Performance")]
    memory_limit: u64,

    /// Obey fault files: only for the tests of the isolation
    #[arg(long, hide = true)]
    allow_faults: bool,
}

impl RunArgs {
    /// The same run over other papers.
    pub(super) fn over(&self, inputs: Vec<String>) -> Self {
        Self { inputs, ..self.clone() }
    }
}

/// A run that can begin.
pub(super) struct Prepared {
    /// The codes of the rules that run, sorted.
    pub(super) rules: Vec<String>,
    /// The papers.
    pub(super) inputs: Vec<Input>,
    settings: JobSettings,
    jobs: usize,
    interrupt: Interrupt,
    progress: ProgressKind,
    /// Whether the rule over what a reasoning model chooses is among the selected ones; it runs where one is asked.
    reasoned: bool,
}

/// Finds rules and papers, and listens for interrupts from now on.
pub(super) fn prepare(args: &RunArgs) -> Result<Prepared, CliError> {
    let mut rules = selection::codes(&args.select, &args.ignore)?;
    let selected = rules.len();
    rules.retain(|code| code != run::REASONED);
    let reasoned = rules.len() < selected;
    let Collected { papers: inputs, passed_over } =
        run::collect(&args.inputs).map_err(|error| CliError::Usage(error.to_string()))?;
    if let Some(words) = passed_over_words(&passed_over) {
        to_stderr(&words);
    }
    if inputs.is_empty() {
        return Err(CliError::NoInput(format!("no paper found in {}", args.inputs.join(", "))));
    }
    let program = std::env::current_exe()
        .map_err(|error| CliError::Internal(format!("the program does not find its own file ({error})")))?;
    let worker =
        WorkerCommand { program, memory: args.memory_limit.saturating_mul(1 << 20), faults: args.allow_faults };
    let timeout = Duration::from_secs(args.timeout_per_paper);
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let interrupt = listen();
    let settings = JobSettings {
        worker,
        rules: rules.clone(),
        exhibits: false,
        marks: false,
        documents: false,
        timeout,
        reasoning: None,
    };
    Ok(Prepared { rules, inputs, settings, jobs, interrupt, progress: args.progress, reasoned })
}

/// Hands over the documents of papers with their keys, in order and without a rule's work; gives how many were not read, and
/// whether the run was interrupted.
pub(super) fn documents(
    args: &RunArgs,
    take: &mut dyn FnMut(&Document, &str) -> io::Result<()>,
) -> Result<(usize, bool), CliError> {
    let prepared = prepare(args)?.with_documents(true).without_rules();
    let (mut unread, mut interrupted) = (0, false);
    prepared.each(&mut |row| {
        interrupted |= row.status == PaperStatus::NotReached;
        match &row.exhibits.document {
            Some(document) => take(document, &row.key)?,
            None => unread += 1,
        }
        Ok(())
    })?;
    Ok((unread, interrupted))
}

/// What was passed over in folders, by kind, the most frequent first; nothing where nothing was.
fn passed_over_words(kinds: &BTreeMap<String, usize>) -> Option<String> {
    /// So many kinds are named; the rest is counted together.
    const NAMED: usize = 6;
    let all: usize = kinds.values().sum();
    let mut sorted: Vec<(&String, usize)> = kinds.iter().map(|(kind, count)| (kind, *count)).collect();
    // The sort is stable, so that kinds of one count keep the order of their names.
    sorted.sort_by_key(|(_, count)| Reverse(*count));
    let mut words: Vec<String> = sorted
        .iter()
        .take(NAMED)
        .map(
            |(kind, count)| {
                if kind.is_empty() { format!("{count} without extension") } else { format!("{count} .{kind}") }
            },
        )
        .collect();
    let rest: usize = sorted.iter().skip(NAMED).map(|(_, count)| count).sum();
    if rest > 0 {
        words.push(format!("{rest} of other kinds"));
    }
    let files = plural(all, "file");
    (all > 0).then(|| format!("note: passed over {files} in folders, of kinds that are not read: {}", words.join(", ")))
}

impl Prepared {
    /// The run with what pages show beside the claims, where `wanted`.
    pub(super) fn with_exhibits(mut self, wanted: bool) -> Self {
        self.settings.exhibits = wanted;
        self
    }

    /// The run with marked copies, where `wanted`.
    pub(super) fn with_marks(mut self, wanted: bool) -> Self {
        self.settings.marks = wanted;
        self
    }

    /// The run with the model that `args` name, and what a report says of it; and the run as it is where they name none.
    pub(super) fn with_reasoning(mut self, args: &ReasoningArgs) -> Result<(Self, Option<Asking>), CliError> {
        let asking = reasoning::open(args, self.inputs.len(), &self.interrupt)?;
        match &asking {
            Some(_) if !self.reasoned => {
                let words =
                    format!("{} is left out by --select and --ignore, so a model has nothing to do", run::REASONED);
                return Err(CliError::Usage(words));
            }
            Some(asking) => {
                self.rules.push(run::REASONED.to_owned());
                self.rules.sort();
                self.settings.rules.clone_from(&self.rules);
                self.settings.reasoning = Some(Arc::clone(&asking.reasoning));
            }
            None if self.rules.is_empty() => {
                return Err(CliError::Usage(format!("{} needs --model or --replay", run::REASONED)));
            }
            None => {}
        }
        Ok((self, asking))
    }

    /// The run without rules: for what is measured on the documents alone.
    fn without_rules(mut self) -> Self {
        self.settings.rules.clear();
        self
    }

    /// The run with the documents of its papers, where `wanted`.
    pub(super) fn with_documents(mut self, wanted: bool) -> Self {
        self.settings.documents = wanted;
        self
    }

    /// Checks the papers with progress shown and hands over every row as it comes.
    pub(super) fn each(&self, take: &mut dyn FnMut(PaperReport) -> io::Result<()>) -> Result<(), CliError> {
        let mut each = Each { take, progress: self.progress() };
        let checked = self.check(&mut each);
        each.progress.end();
        checked
    }

    /// The progress of the run.
    pub(super) fn progress(&self) -> Progress {
        Progress::new(self.progress, self.inputs.len(), self.interrupt.clone())
    }

    /// Carries the run out.
    pub(super) fn check(&self, observer: &mut dyn Observer) -> Result<(), CliError> {
        run::check(&self.inputs, self.jobs, &self.settings, &self.interrupt, observer).map_err(|error| match error {
            BatchError::Write(error) => CliError::Write(error),
            BatchError::Pool(_) => CliError::Internal(error.to_string()),
        })
    }
}

/// The interrupt of the program: the first one is a request, the second one the end. Every run of a command has the same.
#[expect(clippy::exit, reason = "the second interrupt asks for the end at once")]
fn listen() -> Interrupt {
    static HEARD: OnceLock<Interrupt> = OnceLock::new();
    let heard = HEARD.get_or_init(|| {
        let interrupt = Interrupt::default();
        let own = interrupt.clone();
        let handler = move || {
            if own.raise() > 1 {
                std::process::exit(i32::from(ExitStatus::Interrupted.code()));
            }
        };
        if ctrlc::set_handler(handler).is_err() {
            to_stderr("note: an interrupt will end the run at once, without a report");
        }
        interrupt
    });
    heard.clone()
}

/// What a run does with its rows as they come, beside showing progress.
struct Each<'f> {
    take: &'f mut dyn FnMut(PaperReport) -> io::Result<()>,
    progress: Progress,
}

impl Observer for Each<'_> {
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
        (self.take)(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_is_counted_by_kind() {
        let kinds = |pairs: &[(&str, usize)]| -> BTreeMap<String, usize> {
            pairs.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect()
        };
        assert_eq!(passed_over_words(&kinds(&[])), None);
        let words = |pairs: &[(&str, usize)]| passed_over_words(&kinds(pairs)).unwrap_or_default();
        assert!(words(&[("docx", 1)]).ends_with("passed over 1 file in folders, of kinds that are not read: 1 .docx"));
        assert!(words(&[("", 1), ("py", 2), ("typ", 2)]).ends_with(": 2 .py, 2 .typ, 1 without extension"));
        let many = [("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("f", 1), ("g", 1), ("h", 3)];
        assert!(words(&many).ends_with(": 3 .h, 1 .a, 1 .b, 1 .c, 1 .d, 1 .e, 2 of other kinds"));
    }
}
