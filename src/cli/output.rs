//! The files and folders that `--write` names: a file has the format of its extension, a folder holds pages.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anstream::StripStream;

use crate::report::{Folder, Format, Sink, plural};
use crate::run::{self, Input, InputOrigin};

use super::exit::CliError;

/// The width of prose. It does not follow the terminal, so that a report is the same everywhere.
pub(super) const WIDTH: usize = 100;

/// Whether any of the paths is for pages, which show more of a paper than its row has.
pub(super) fn has_pages(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| is_folder(path) || Format::from_path(path) == Some(Format::Html))
}

/// Opens a sink for each path. Folders on the way are made; a file that is an input is refused, so that no paper is
/// lost to a slip.
pub(super) fn files<'s>(paths: &[PathBuf], inputs: &[Input]) -> Result<Vec<Box<dyn Sink + 's>>, CliError> {
    let mut sinks: Vec<Box<dyn Sink + 's>> = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let refused = |why: &str| CliError::Usage(format!("--write {}: {why}", path.display()));
        let unwritten = |error: std::io::Error| refused(&format!("cannot be written ({})", run::cause(&error)));
        if paths[..at].contains(path) {
            return Err(refused("it is named twice"));
        }
        if is_folder(path) {
            sinks.push(Box::new(Folder::create(path.clone()).map_err(unwritten)?));
            continue;
        }
        let format = Format::from_path(path).ok_or_else(|| {
            refused("the name must end in .html, .txt, .json, .jsonl or .csv, or in / for a folder of pages")
        })?;
        if format == Format::Html && inputs.len() > 1 {
            let papers = inputs.len();
            return Err(refused(&format!(
                "a page holds one paper and there are {papers}; name a folder, with a / at the end"
            )));
        }
        if is_input(path, inputs) {
            return Err(refused("the file is one of the inputs"));
        }
        let file = create(path).map_err(unwritten)?;
        let out: Box<dyn Write> = if format == Format::Full {
            Box::new(BufWriter::new(StripStream::new(file)))
        } else {
            Box::new(BufWriter::new(file))
        };
        sinks.push(format.sink(out, WIDTH));
    }
    Ok(sinks)
}

/// The folders in which marked copies go, where they are wanted.
pub(super) fn copies(paths: &[PathBuf], wanted: bool) -> Result<Vec<PathBuf>, CliError> {
    let folders: Vec<PathBuf> = paths.iter().filter(|path| is_folder(path)).cloned().collect();
    if wanted && folders.is_empty() {
        return Err(CliError::Usage("--annotate: name a folder for the copies with --write DIR/".to_owned()));
    }
    Ok(if wanted { folders } else { Vec::new() })
}

/// Writes the marked copy of a paper beside its page: the bytes of the file, then `tail`. The file is read again, so that
/// no paper is kept in memory for it, and has to be the one that was checked.
pub(super) fn marked_copy(folder: &Path, input: &Input, key: &str, tail: &[u8]) -> Result<(), String> {
    let InputOrigin::File(path) = &input.origin else {
        return Err("no marked copy of standard input is made".to_owned());
    };
    let failed = |error: std::io::Error| format!("the marked copy cannot be written ({})", run::cause(&error));
    let bytes = fs::read(path).map_err(failed)?;
    if run::key(&bytes) != key {
        return Err("no marked copy was made: the file has changed since it was checked".to_owned());
    }
    let papers = folder.join("papers");
    fs::create_dir_all(&papers).map_err(failed)?;
    let mut file = BufWriter::new(File::create(papers.join(format!("{key}.pdf"))).map_err(failed)?);
    file.write_all(&bytes).and_then(|()| file.write_all(tail)).and_then(|()| file.flush()).map_err(failed)
}

/// A word on the pages and marked copies in a folder that another run made, which its index does not list any more. They
/// stay: what is somebody's is not removed for him.
pub(super) fn earlier(folder: &Path, pages: &BTreeSet<String>, copies: &BTreeSet<String>) -> Option<String> {
    if !is_folder(folder) {
        return None;
    }
    let is_earlier = |path: &Path| {
        let stem = path.file_stem()?.to_str()?;
        // A page is called by the key of its paper, and a count where two papers have the same bytes.
        let key = stem.split_once('-').map_or(stem, |(key, _)| key);
        let known = match path.extension()?.to_str()? {
            "html" => pages,
            "pdf" => copies,
            _ => return None,
        };
        let is_key = key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(is_key && !known.contains(key))
    };
    let papers = fs::read_dir(folder.join("papers")).ok()?;
    let count = papers.flatten().filter(|entry| is_earlier(&entry.path()) == Some(true)).count();
    let files = plural(count, "file");
    let folder = folder.join("papers");
    (count > 0)
        .then(|| format!("note: {files} of earlier runs in {}, which the new index does not list", folder.display()))
}

/// Whether the path is a folder: it ends as one, or there is one.
fn is_folder(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    text.ends_with(b"/") || text.last().copied() == u8::try_from(MAIN_SEPARATOR).ok() || path.is_dir()
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
