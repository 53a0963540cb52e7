//! What `search rank`, `search try` and `model try` share: passages from files, and the tables of how good choices are.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::report::plural;
use crate::score::Share;
use crate::score::reasoning::{ChoiceScore, Chooser, answered, written_windows};

use super::exit::CliError;

/// Arguments about passages.
#[derive(Args, Clone, Debug)]
pub(super) struct PassageArgs {
    /// Files of passages, or folders of them
    #[arg(required = true, value_name = "PASSAGES")]
    passages: Vec<PathBuf>,
    /// List the passages with what is chosen
    #[arg(long, help_heading = "Output")]
    pub(super) list: bool,
}

impl PassageArgs {
    /// Puts all passages before a chooser.
    pub(super) fn answered(&self, chooser: &mut dyn Chooser) -> Result<ChoiceScore, CliError> {
        let mut score = ChoiceScore::default();
        for path in self.files()? {
            let unusable = |why: String| CliError::Usage(format!("{} cannot be used: {why}", path.display()));
            let text = std::fs::read_to_string(&path).map_err(|error| unusable(error.to_string()))?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for window in written_windows(&text).map_err(|error| unusable(error.to_string()))? {
                let name = format!("{stem}:{}", window.line);
                let row = answered(&window, &name, chooser)
                    .map_err(|error| unusable(format!("line {}: {error}", window.line)))?;
                score.add([row]);
            }
        }
        if score.rows().is_empty() {
            return Err(CliError::NoInput("no passage found".to_owned()));
        }
        Ok(score)
    }

    /// The files, those of a folder by name.
    fn files(&self) -> Result<Vec<PathBuf>, CliError> {
        let mut found = Vec::new();
        for path in &self.passages {
            if !path.is_dir() {
                found.push(path.clone());
                continue;
            }
            let unusable = |error: io::Error| CliError::Usage(format!("{} cannot be read: {error}", path.display()));
            let entries = std::fs::read_dir(path).map_err(unusable)?;
            let mut own = entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<_>, _>>()
                .map_err(unusable)?;
            own.retain(|path| is_markdown(path));
            own.sort();
            found.extend(own);
        }
        Ok(found)
    }
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// Writes how good choices are.
pub(super) fn write_score(score: &ChoiceScore, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}, of which {} follow from a program.", plural(score.rows().len(), "window"), score.derivable())?;
    writeln!(out, "The program is among those tried:  {}", of(&score.enumerated()))?;
    writeln!(out, "It is put first of the programs:   {}", of(&score.top()))?;
    writeln!(out, "It is put before \"none\", too:      {}", of(&score.taken()))?;
    writeln!(out, "\"None\" where nothing follows:      {}", of(&score.none()))?;
    writeln!(out, "Right in all:                      {}", of(&score.all()))?;
    if let Some(written) = score.written() {
        writeln!(out, "Right where it had to be written:  {}", of(&written))?;
    }
    if let Some([one, many]) = score.agreement() {
        writeln!(out, "Right where all votes agree:       {}", of(&one))?;
        writeln!(out, "Right where they do not:           {}", of(&many))?;
    }
    writeln!(out, "\nat least so sure  right                          of those that follow from a program")?;
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

/// Writes a line for each window: what is right, and what is chosen how surely.
pub(super) fn write_rows(score: &ChoiceScore, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    for row in score.rows() {
        let meant = row.meant.as_deref().unwrap_or("none");
        let sure = row.confidence.map_or_else(|| "not ranked".to_owned(), |confidence| format!("{confidence:.3}"));
        let said = if row.right { "right" } else { "not" };
        let none = if row.none { ", none first" } else { "" };
        writeln!(out, "{}: {meant}; {said} {sure}{none}: {}", row.name, row.taken)?;
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
