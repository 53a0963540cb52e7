//! Progress on standard error: a bar on a terminal, plain lines elsewhere. Results never go this way.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::report::{PaperReport, PaperStatus, plural};
use crate::run::Interrupt;

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgressKind {
    /// A bar on a terminal, lines elsewhere; nothing for a single paper
    Auto,
    /// A bar
    Bar,
    /// A line at each twentieth of the papers and every 30 seconds
    Lines,
    /// Nothing
    None,
}

/// How long lines may be silent.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);
/// From when on the slowest paper is named.
const SLOW: Duration = Duration::from_secs(10);

/// Counts papers and shows how far the run is.
pub(super) struct Progress {
    total: usize,
    done: usize,
    failed: usize,
    findings: usize,
    running: Vec<(String, Instant)>,
    begun: Instant,
    last_line: Instant,
    last_step: usize,
    told_interrupt: bool,
    interrupt: Interrupt,
    shown: Shown,
}

enum Shown {
    Bar(ProgressBar),
    Lines,
    Nothing,
}

impl Progress {
    /// Progress over `total` papers.
    pub(super) fn new(kind: ProgressKind, total: usize, interrupt: Interrupt) -> Self {
        let chosen = match kind {
            ProgressKind::Auto if total < 2 => ProgressKind::None,
            ProgressKind::Auto if std::io::stderr().is_terminal() => ProgressKind::Bar,
            ProgressKind::Auto => ProgressKind::Lines,
            chosen => chosen,
        };
        let shown = match chosen {
            ProgressKind::Bar => Shown::Bar(bar(total)),
            ProgressKind::Lines => Shown::Lines,
            ProgressKind::Auto | ProgressKind::None => Shown::Nothing,
        };
        let now = Instant::now();
        Self {
            total,
            done: 0,
            failed: 0,
            findings: 0,
            running: Vec::new(),
            begun: now,
            last_line: now,
            last_step: 0,
            told_interrupt: false,
            interrupt,
            shown,
        }
    }

    /// A paper was begun.
    pub(super) fn started(&mut self, source: &str) {
        self.running.push((source.to_owned(), Instant::now()));
    }

    /// A paper was finished.
    pub(super) fn finished(&mut self, row: &PaperReport) {
        self.done += 1;
        self.failed += usize::from(row.status != PaperStatus::Checked);
        self.findings += row.findings.iter().filter(|finding| finding.stands_alone()).count();
        self.running.retain(|(source, _)| *source != row.source);
        match &self.shown {
            Shown::Bar(bar) => bar.inc(1),
            Shown::Lines => {
                let step = self.done * 20 / self.total.max(1);
                if step > self.last_step {
                    self.last_step = step;
                    self.line();
                }
            }
            Shown::Nothing => {}
        }
    }

    /// Some time has passed.
    pub(super) fn tick(&mut self) {
        if self.interrupt.raised() && !self.told_interrupt {
            self.told_interrupt = true;
            let note = "finishing the papers that are being read; interrupt once more to stop at once";
            match &self.shown {
                Shown::Bar(bar) => bar.println(note),
                Shown::Lines | Shown::Nothing => to_stderr(note),
            }
        }
        match &self.shown {
            Shown::Bar(bar) => {
                bar.set_message(self.message());
                bar.tick();
            }
            Shown::Lines if self.last_line.elapsed() >= LONGEST_SILENCE => self.line(),
            Shown::Lines | Shown::Nothing => {}
        }
    }

    /// Runs `write` with the bar out of the way.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(write),
            Shown::Lines | Shown::Nothing => write(),
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }

    fn message(&self) -> String {
        let mut message = format!("{} not checked, {}", self.failed, plural(self.findings, "finding"));
        // The list is in the order of starting, so its first is the slowest.
        if let Some((source, since)) = self.running.first()
            && since.elapsed() >= SLOW
        {
            message = format!("{message}; {source} for {} s", since.elapsed().as_secs());
        }
        message
    }

    fn line(&mut self) {
        self.last_line = Instant::now();
        let percent = self.done * 100 / self.total.max(1);
        let seconds = self.begun.elapsed().as_secs();
        to_stderr(&format!(
            "{} of {} ({percent} %) in {seconds} s: {}",
            self.done,
            plural(self.total, "paper"),
            self.message()
        ));
    }
}

fn bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX));
    let template = "{bar:24.cyan} {pos}/{len} papers, {elapsed} gone, {eta} to go: {wide_msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// Writes a line to standard error. That nobody reads it is no reason to end a run.
pub(super) fn to_stderr(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
