//! `rederive read INPUT`: what the reader saw of one paper, as text, lines or a document.

use std::io::{self, Read as _, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::exit::{CliError, ExitStatus};
use super::{read_estimates, read_quantities, read_statistics};
use crate::document::{Block, BlockKind, Document, Place, SectionName, TextIndex, TextRange};
use crate::read::{ReadLimits, read};

/// Arguments of `rederive read`.
#[derive(Args, Clone, Debug)]
pub struct ReadArgs {
    /// A PDF, JATS or TEI as XML, a text or a document as JSON; `-` reads standard input
    #[arg(value_name = "INPUT")]
    input: String,
    /// What to show
    #[arg(long, value_enum, default_value_t = Show::Text)]
    show: Show,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What `rederive read` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Show {
    /// The text that all offsets count in
    Text,
    /// The lines with their places
    Lines,
    /// The sections with their names, headings and lengths
    Sections,
    /// The quantities with their sets and readings
    Quantities,
    /// The reported tests: degrees of freedom, statistic, p-value
    Statistics,
    /// The reported estimates: value, interval, standard error, test, p-value
    Estimates,
    /// The words about tests (one-tailed, corrected) with the text they may hold for
    Conditions,
    /// The document: text, blocks, lines, other readings, notes
    Document,
}

/// How `rederive read` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Jsonl,
    /// Quantities, tests, estimates and conditions as one JSON object, or the document as one
    Json,
}

/// A block or line as it is written.
#[derive(Serialize)]
struct Row<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<BlockKind>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<SectionName>,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'d Place>,
    text: &'d str,
}

/// Reads the input and writes what was asked for. A file that gives no document is reported with its reason.
pub fn run(args: &ReadArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let bytes = bytes_of(&args.input)?;
    let document = read(&bytes, &ReadLimits::default())
        .map_err(|error| CliError::Unreadable(format!("{}: {error}", args.input)))?;
    let index = TextIndex::new(&document.text);
    match (args.show, args.format) {
        (Show::Text, Format::Text) => writeln!(out, "{}", document.text)?,
        (Show::Text, Format::Jsonl) => rows(blocks(&document, &index), out)?,
        (Show::Lines, Format::Text) => plain_lines(&document, &index, out)?,
        (Show::Lines, Format::Jsonl) => rows(lines(&document, &index), out)?,
        (Show::Sections, Format::Text) => plain_sections(&document.blocks, 0, &document, &index, out)?,
        (Show::Sections, Format::Jsonl) => rows(sections(&document, &index), out)?,
        (Show::Quantities, Format::Text) => read_quantities::text(&document, out)?,
        (Show::Quantities, Format::Jsonl) => read_quantities::jsonl(&document, out)?,
        (Show::Statistics, Format::Text) => read_statistics::text(&document, out)?,
        (Show::Statistics, Format::Jsonl) => read_statistics::jsonl(&document, out)?,
        (Show::Estimates, Format::Text) => read_estimates::text(&document, out)?,
        (Show::Estimates, Format::Jsonl) => read_estimates::jsonl(&document, out)?,
        (Show::Conditions, Format::Text) => read_statistics::conditions_text(&document, out)?,
        (Show::Conditions, Format::Jsonl) => read_statistics::conditions_jsonl(&document, out)?,
        (Show::Document, Format::Text | Format::Json) => {
            serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        (Show::Document, Format::Jsonl) => {
            serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        (_, Format::Json) => read_statistics::facts(&document, out)?,
    }
    Ok(ExitStatus::Success)
}

/// The bytes of a file or of standard input.
fn bytes_of(input: &str) -> Result<Vec<u8>, CliError> {
    let read = if input == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(input)
    };
    read.map_err(|error| CliError::Unreadable(format!("{input}: {error}")))
}

fn rows<'d>(rows: impl Iterator<Item = Row<'d>>, out: &mut dyn Write) -> Result<(), CliError> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row).map_err(io::Error::from)?;
        writeln!(out)?;
    }
    Ok(())
}

fn blocks<'d>(document: &'d Document, index: &'d TextIndex) -> impl Iterator<Item = Row<'d>> {
    document.leaves().into_iter().map(|block| Row {
        kind: Some(block.kind),
        sections: document.sections_at(block.range.start),
        start: block.range.start,
        end: block.range.end,
        place: None,
        text: index.slice(&document.text, block.range),
    })
}

fn lines<'d>(document: &'d Document, index: &'d TextIndex) -> impl Iterator<Item = Row<'d>> {
    document.lines.iter().map(|line| Row {
        kind: None,
        sections: Vec::new(),
        start: line.range.start,
        end: line.range.end,
        place: Some(&line.place),
        text: index.slice(&document.text, line.range),
    })
}

/// The sections, each before those within it. The text is that of the heading, where there is one.
fn sections<'d>(document: &'d Document, index: &'d TextIndex) -> impl Iterator<Item = Row<'d>> {
    fn walk<'d>(blocks: &'d [Block], path: &[SectionName], out: &mut Vec<(&'d Block, Vec<SectionName>)>) {
        for block in blocks {
            let path: Vec<SectionName> = path.iter().copied().chain(block.section).collect();
            if block.section.is_some() {
                out.push((block, path.clone()));
            }
            walk(&block.children, &path, out);
        }
    }
    let mut found = Vec::new();
    walk(&document.blocks, &[], &mut found);
    found.into_iter().map(|(block, sections)| Row {
        kind: Some(block.kind),
        sections,
        start: block.range.start,
        end: block.range.end,
        place: None,
        text: heading(block).map_or("", |range| index.slice(&document.text, range)),
    })
}

/// The heading of a section.
fn heading(section: &Block) -> Option<TextRange> {
    section.children.first().filter(|first| first.kind == BlockKind::Heading).map(|first| first.range)
}

/// One line each, set in by depth: the name, how many characters, the heading.
fn plain_sections(
    blocks: &[Block],
    depth: usize,
    document: &Document,
    index: &TextIndex,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    for block in blocks {
        let Some(name) = block.section else { continue };
        let name = serde_json::to_string(&name).map_err(io::Error::from)?;
        let text = heading(block).map_or("", |range| index.slice(&document.text, range));
        writeln!(out, "{:indent$}{} ({})\t{text}", "", name.trim_matches('"'), block.range.len(), indent = 2 * depth)?;
        plain_sections(&block.children, depth + 1, document, index, out)?;
    }
    Ok(())
}

/// One line each: the place, a tab, the characters.
fn plain_lines(document: &Document, index: &TextIndex, out: &mut dyn Write) -> Result<(), CliError> {
    for row in lines(document, index) {
        match row.place {
            Some(Place::Box { page, quad }) => {
                let [left, top, right, bottom] = quad.bounds();
                write!(out, "p{page} {left:.0},{top:.0},{right:.0},{bottom:.0}\t")?;
            }
            Some(Place::Line { line, .. }) => write!(out, "{line}\t")?,
            Some(Place::Element { path, .. }) => write!(out, "{path}\t")?,
            _ => write!(out, "\t")?,
        }
        writeln!(out, "{}", row.text)?;
    }
    Ok(())
}
