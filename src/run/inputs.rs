//! From arguments to papers: files, folders, lists, standard input, each paper once and under a name of its own.
//!
//! Nothing is read here but the first bytes of files that a folder holds and the lists themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use crate::read::is_xml_paper;

/// Where a paper's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputOrigin {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// A paper to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where its bytes come from.
    pub origin: InputOrigin,
    /// Its name in reports: the path as given, or the shortest distinct end of an absolute one. Parts are joined by `/`.
    pub source: String,
    /// Whether it was named, alone or in a list; a file found in a folder was not.
    pub explicit: bool,
}

/// The papers that arguments name, and what was seen on the way that is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The papers.
    pub papers: Vec<Input>,
    /// How many files of folders are of a kind that is not read, by their extension in small letters; empty for none.
    /// Hidden files are not counted.
    pub passed_over: BTreeMap<String, usize>,
}

/// Why the arguments give no list of papers.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A list file cannot be read.
    #[error("the list {list} cannot be read ({cause})")]
    List {
        /// The list as given.
        list: String,
        /// Why, in the words of [`cause`].
        cause: String,
    },
}

/// The papers that the arguments name, in the order of the arguments, those of a folder sorted by path.
///
/// `-` is standard input, `@FILE` a list with a path a line (empty lines and lines that start with `#` are skipped,
/// paths count from the working folder), a folder is searched through and through. A file that is named but missing
/// is an input like any other: it becomes a row with the reason.
pub fn collect(arguments: &[String]) -> Result<Collected, InputError> {
    let mut found = Found::default();
    for argument in arguments {
        if let Some(list) = argument.strip_prefix('@') {
            let unreadable = |error: io::Error| InputError::List { list: list.to_owned(), cause: cause(&error) };
            for line in fs::read_to_string(list).map_err(unreadable)?.lines() {
                let line = line.trim();
                if !line.is_empty() && !line.starts_with('#') {
                    found.argument(line);
                }
            }
        } else {
            found.argument(argument);
        }
    }
    Ok(Collected { papers: name(found.origins), passed_over: found.passed_over })
}

/// An error of the file system in words that do not vary between systems.
pub fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        other => other.to_string(),
    }
}

#[derive(Default)]
struct Found {
    origins: Vec<(InputOrigin, bool)>,
    seen: BTreeSet<PathBuf>,
    stdin: bool,
    passed_over: BTreeMap<String, usize>,
}

impl Found {
    fn argument(&mut self, argument: &str) {
        if argument == "-" {
            if !std::mem::replace(&mut self.stdin, true) {
                self.origins.push((InputOrigin::Stdin, true));
            }
            return;
        }
        let path = Path::new(argument);
        if path.is_dir() {
            for file in files_in(path) {
                if looks_like_paper(&file) {
                    self.file(file, false);
                } else {
                    *self.passed_over.entry(extension(&file)).or_default() += 1;
                }
            }
        } else {
            self.file(path.to_owned(), true);
        }
    }

    fn file(&mut self, path: PathBuf, explicit: bool) {
        let key = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.seen.insert(key) {
            self.origins.push((InputOrigin::File(path), explicit));
        }
    }
}

/// The files in a folder and in the folders under it, sorted by path. Hidden files are left out; links are followed,
/// circles of them excepted.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let walk = WalkBuilder::new(folder).standard_filters(false).hidden(true).follow_links(true).build();
    let mut files: Vec<PathBuf> =
        walk.flatten().map(ignore::DirEntry::into_path).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Whether a file that nobody named is a paper: by its first bytes, and for plain text by its extension.
fn looks_like_paper(path: &Path) -> bool {
    match extension(path).as_str() {
        // Broken files of these kinds are rows with a reason, so their content is not asked here.
        "pdf" | "txt" => true,
        "json" => first_bytes(path, 512).is_some_and(|head| is_document(&head)),
        // Other XML in a folder is somebody's data, as other JSON is.
        "xml" | "nxml" | "tei" => first_bytes(path, 16 << 10).is_some_and(|head| is_xml_paper(&head)),
        _ => first_bytes(path, 1024).is_some_and(|head| head.windows(5).any(|window| window == b"%PDF-")),
    }
}

/// The extension of a file in small letters; empty where there is none.
fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Whether JSON starts as a `Document` does, with its `schema`: other JSON in a folder is somebody's data.
fn is_document(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let inside = text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{').map(str::trim_start);
    inside.and_then(|rest| rest.strip_prefix("\"schema\"")).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

fn first_bytes(path: &Path, count: u64) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path).ok()?.take(count).read_to_end(&mut head).ok()?;
    Some(head)
}

/// Gives each paper its name.
///
/// A relative path keeps its name. Of an absolute path as little as possible is told: its last part, and one part more
/// before it as long as two papers would have the same name.
fn name(origins: Vec<(InputOrigin, bool)>) -> Vec<Input> {
    let parts: Vec<(Vec<String>, bool)> = origins.iter().map(|(origin, _)| parts(origin)).collect();
    let mut lengths: Vec<usize> =
        parts.iter().map(|(parts, absolute)| if *absolute { 1 } else { parts.len() }).collect();
    let last = |at: usize, length: usize| parts[at].0[parts[at].0.len() - length..].join("/");
    loop {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, length) in lengths.iter().enumerate() {
            by_name.entry(last(at, *length)).or_default().push(at);
        }
        let mut grown = false;
        for at in by_name.into_values().filter(|same| same.len() > 1).flatten() {
            if parts[at].1 && lengths[at] < parts[at].0.len() {
                lengths[at] += 1;
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    let mut taken = BTreeSet::new();
    let names: Vec<String> = lengths.iter().enumerate().map(|(at, length)| last(at, *length)).collect();
    let unique = names.into_iter().map(|name| {
        // Only names that are no valid text can still be equal.
        let mut candidate = name.clone();
        let mut count = 1;
        while !taken.insert(candidate.clone()) {
            count += 1;
            candidate = format!("{name} ({count})");
        }
        candidate
    });
    let unique: Vec<String> = unique.collect();
    let inputs = origins.into_iter().zip(unique);
    inputs.map(|((origin, explicit), source)| Input { origin, source, explicit }).collect()
}

/// The parts of a path without `.`, and whether it is absolute; standard input is `-`.
fn parts(origin: &InputOrigin) -> (Vec<String>, bool) {
    let InputOrigin::File(path) = origin else { return (vec!["-".to_owned()], false) };
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::ParentDir => parts.push("..".to_owned()),
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    if parts.is_empty() {
        parts.push(".".to_owned());
    }
    (parts, path.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str]) -> Vec<String> {
        let origins = paths.iter().map(|path| (InputOrigin::File(PathBuf::from(path)), true)).collect();
        name(origins).into_iter().map(|input| input.source).collect()
    }

    #[test]
    fn relative_names_stay_and_absolute_ones_are_cut_to_what_is_distinct() {
        assert_eq!(names(&["./in/a.pdf", "../b.pdf"]), ["in/a.pdf", "../b.pdf"]);
        #[cfg(unix)]
        {
            assert_eq!(names(&["/x/y/a.pdf"]), ["a.pdf"]);
            assert_eq!(names(&["/x/one/a.pdf", "/x/two/a.pdf", "/x/b.pdf"]), ["one/a.pdf", "two/a.pdf", "b.pdf"]);
            assert_eq!(names(&["a.pdf", "/x/a.pdf"]), ["a.pdf", "x/a.pdf"]);
        }
    }

    #[test]
    fn folders_give_papers_sorted_and_each_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("sub")).expect("a folder");
        for (name, content) in [
            ("b.pdf", "not even a PDF"),
            ("a.txt", "text"),
            ("sub/c", "%PDF-1.4"),
            ("sub/d.json", "{\"schema\": 1}"),
            ("sub/e.json", "{\"schema_version\": \"1.0\"}"),
            ("sub/f.RS", "fn main() {}"),
            ("sub/g.rs", "fn main() {}"),
            ("LICENSE", "as you like"),
            (".hidden.pdf", "%PDF-1.4"),
        ] {
            fs::write(at(name), content).expect("a file");
        }
        let root = folder.path().to_string_lossy().into_owned();
        let twice = format!("{root}/sub/../a.txt");
        let Collected { papers: inputs, passed_over } =
            collect(&[root, twice, "-".to_owned(), "-".to_owned()]).expect("no list");
        let sources: Vec<&str> = inputs.iter().map(|input| input.source.as_str()).collect();
        assert_eq!(sources, ["a.txt", "b.pdf", "c", "d.json", "-"]);
        assert_eq!(inputs.iter().filter(|input| input.explicit).count(), 1);
        let passed_over: Vec<(&str, usize)> = passed_over.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        assert_eq!(passed_over, [("", 1), ("json", 1), ("rs", 2)]);
    }

    #[test]
    fn lists_name_papers_and_missing_ones_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join("list.txt");
        fs::write(&list, "# papers\n\nmissing/a.pdf\n-\n").expect("a file");
        let inputs = collect(&[format!("@{}", list.display())]).expect("a list").papers;
        let sources: Vec<&str> = inputs.iter().map(|input| input.source.as_str()).collect();
        assert_eq!(sources, ["missing/a.pdf", "-"]);
        assert!(inputs.iter().all(|input| input.explicit));
        let error = collect(&["@no/such/list".to_owned()]).expect_err("no list");
        assert_eq!(error.to_string(), "the list no/such/list cannot be read (no such file)");
    }
}
