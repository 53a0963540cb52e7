//! The report as JSON Lines: the header, a line for each paper as soon as it is done, the totals last.

use std::io::{self, Write};

use serde::Serialize;

use super::model::PaperReport;
use super::sink::{Header, Sink};
use super::summary::Totals;

/// One line. `type` tells a reader which.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Record<'r> {
    Run(&'r Header),
    Paper(&'r PaperReport),
    Totals(&'r Totals),
}

/// Writes a line for each call and flushes it, so that a run that is cut short leaves whole lines.
pub(super) struct JsonLines<'w> {
    out: Box<dyn Write + 'w>,
    all: bool,
}

impl<'w> JsonLines<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out, all: false }
    }

    fn line(&mut self, record: &Record<'_>) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        self.out.write_all(&line)?;
        self.out.flush()
    }
}

impl Sink for JsonLines<'_> {
    fn begin(&mut self, header: &Header) -> io::Result<()> {
        self.all = header.settings.all;
        self.line(&Record::Run(header))
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        self.line(&Record::Paper(&paper.listed(self.all)))
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        self.line(&Record::Totals(totals))
    }
}
