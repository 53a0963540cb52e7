//! Pages as a format of a report: one paper in a file, or a folder with a page a paper and an index.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::report::model::PaperReport;
use crate::report::sink::{Header, Sink};
use crate::report::summary::Totals;

use super::index::{self, Row};
use super::paper;

/// One page for one paper.
pub struct Page<'w> {
    out: Box<dyn Write + 'w>,
    header: Option<Header>,
    written: bool,
}

impl<'w> Page<'w> {
    /// A page that is written to `out`.
    pub fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out, header: None, written: false }
    }
}

impl Sink for Page<'_> {
    fn begin(&mut self, header: &Header) -> io::Result<()> {
        self.header = Some(header.clone());
        Ok(())
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        if std::mem::replace(&mut self.written, true) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a page holds one paper"));
        }
        let header = self.header.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        self.out.write_all(paper::page(header, paper, None).as_bytes())
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.out.flush()
    }
}

/// A folder: `papers/KEY.html` for each paper and `index.html`.
///
/// Only rows of the index are kept, so that a run of any length needs the memory of one paper and of one row each.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    header: Option<Header>,
    rows: Vec<Row>,
    taken: BTreeSet<String>,
}

impl Folder {
    /// The folder at `root`, which is made where it is missing. Files of earlier runs with other names stay.
    pub fn create(root: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(root.join("papers"))?;
        Ok(Self { root, header: None, rows: Vec::new(), taken: BTreeSet::new() })
    }

    /// A name for the page of a paper: its key, and a count where two inputs have the same bytes. A paper of which no
    /// byte could be read has no page.
    fn name(&mut self, key: &str) -> Option<String> {
        let sane = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let names = (1..).map(|count| if count == 1 { key.to_owned() } else { format!("{key}-{count}") });
        sane.then_some(names)?.find(|name| self.taken.insert(name.clone()))
    }
}

impl Sink for Folder {
    fn begin(&mut self, header: &Header) -> io::Result<()> {
        self.header = Some(header.clone());
        Ok(())
    }

    fn paper(&mut self, paper: &PaperReport) -> io::Result<()> {
        let address = self.name(&paper.key).map(|name| format!("papers/{name}.html"));
        let header = self.header.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        if let Some(address) = &address {
            fs::write(self.root.join(address), paper::page(header, paper, Some("../index.html")))?;
        }
        self.rows.push(Row::of(paper, address));
        Ok(())
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        let header = self.header.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        fs::write(self.root.join("index.html"), index::page(header, &self.rows, totals))
    }
}
