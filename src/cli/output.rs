//! The files that `--write` names, each with the format of its extension.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anstream::StripStream;

use crate::report::{Format, Sink};
use crate::run::{self, Input, InputOrigin};

use super::exit::CliError;

/// The width of prose. It does not follow the terminal, so that a report is the same everywhere.
pub(super) const WIDTH: usize = 100;

/// Opens a sink for each path. Folders on the way are made; a file that is an input is refused, so that no paper is
/// lost to a slip.
pub(super) fn files<'s>(paths: &[PathBuf], inputs: &[Input]) -> Result<Vec<Box<dyn Sink + 's>>, CliError> {
    let mut sinks = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let shown = path.display();
        let format = Format::from_path(path).ok_or_else(|| {
            CliError::Usage(format!("--write {shown}: the name must end in .txt, .json, .jsonl or .csv"))
        })?;
        if paths[..at].contains(path) {
            return Err(CliError::Usage(format!("--write {shown}: the file is named twice")));
        }
        if is_input(path, inputs) {
            return Err(CliError::Usage(format!("--write {shown}: the file is one of the inputs")));
        }
        let file = create(path)
            .map_err(|error| CliError::Usage(format!("--write {shown}: cannot be written ({})", run::cause(&error))))?;
        let out: Box<dyn Write> = if format == Format::Full {
            Box::new(BufWriter::new(StripStream::new(file)))
        } else {
            Box::new(BufWriter::new(file))
        };
        sinks.push(format.sink(out, WIDTH));
    }
    Ok(sinks)
}

fn create(path: &Path) -> std::io::Result<File> {
    if let Some(folder) = path.parent()
        && !folder.as_os_str().is_empty()
    {
        fs::create_dir_all(folder)?;
    }
    File::create(path)
}

fn is_input(path: &Path, inputs: &[Input]) -> bool {
    let Ok(path) = fs::canonicalize(path) else { return false };
    inputs.iter().any(|input| match &input.origin {
        InputOrigin::File(file) => fs::canonicalize(file).is_ok_and(|file| file == path),
        InputOrigin::Stdin => false,
    })
}
