//! The structure of the sources, held against the table of `ARCHITECTURE.md`: which folder may use which, how long a
//! file may be, and what no source may contain.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Folder, and the folders it may use. A new folder under `src` needs a row here and one in `ARCHITECTURE.md`.
const ARROWS: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("arithmetic", &[]),
    ("read", &["document"]),
    ("extract", &["document", "arithmetic"]),
    ("derive", &["document", "arithmetic", "extract"]),
    ("rules", &["document", "arithmetic", "extract", "derive", "search"]),
    ("calculators", &["arithmetic"]),
    ("search", &["document", "arithmetic", "extract", "derive"]),
    ("reason", &["document", "extract", "derive", "search"]),
    ("report", &["document", "arithmetic", "derive", "rules"]),
    ("score", &["document", "arithmetic", "read", "extract", "derive", "rules", "search", "reason", "report", "run"]),
    ("run", &["document", "arithmetic", "read", "extract", "derive", "rules", "search", "reason", "report", "score"]),
    (
        "cli",
        &[
            "document",
            "arithmetic",
            "read",
            "extract",
            "derive",
            "rules",
            "calculators",
            "search",
            "reason",
            "report",
            "score",
            "run",
        ],
    ),
];

/// The most lines of a source file, its unit tests not counted.
const MAX_LINES: usize = 500;

/// The `.rs` files below a folder, sorted.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The lines of a file before its unit tests, which may use what they like.
fn product_lines(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).collect()
}

/// The folders that a line of code names behind `crate::`.
fn used_folders(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("crate::")
        .map(|(at, found)| {
            let rest = &code[at + found.len()..];
            let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

#[test]
fn arrows_between_folders_follow_the_table() {
    let root = source_root();
    let mut wrong = String::new();
    for path in sources(&root) {
        let relative = path.strip_prefix(&root).expect("below the root");
        let Some(folder) = relative.parent().and_then(|parent| parent.iter().next()).and_then(|name| name.to_str())
        else {
            continue;
        };
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == folder) else {
            let _ = writeln!(wrong, "{}: the folder has no row in the table", relative.display());
            continue;
        };
        let text = fs::read_to_string(&path).expect("a readable source");
        for (number, line) in product_lines(&text).iter().enumerate() {
            for used in used_folders(line) {
                let known = ARROWS.iter().any(|(name, _)| *name == used);
                if known && used != folder && !allowed.contains(&used) {
                    let _ = writeln!(wrong, "{}:{}: {folder} may not use {used}", relative.display(), number + 1);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows against the table:\n{wrong}");
}

#[test]
fn the_table_has_no_circle() {
    // Removing folders that use only removed ones must remove all: `score` and `run` may name each other, so they go
    // together, and nothing else may depend on a later folder.
    let mut left: Vec<_> = ARROWS.iter().map(|(name, used)| (*name, used.to_vec())).collect();
    for pair in &mut left {
        pair.1.retain(|used| !(pair.0 == "score" && *used == "run"));
    }
    while !left.is_empty() {
        let names: Vec<_> = left.iter().map(|(name, _)| *name).collect();
        let before = left.len();
        left.retain(|(_, used)| used.iter().any(|folder| names.contains(folder)));
        assert!(left.len() < before, "a circle among {names:?}");
    }
}

#[test]
fn source_files_stay_short() {
    let root = source_root();
    let mut wrong = String::new();
    for path in sources(&root) {
        let text = fs::read_to_string(&path).expect("a readable source");
        let lines = product_lines(&text).len();
        if lines > MAX_LINES {
            let _ = writeln!(wrong, "{}: {lines} lines", path.strip_prefix(&root).expect("below").display());
        }
    }
    assert!(wrong.is_empty(), "files over {MAX_LINES} lines, which want to be two:\n{wrong}");
}

#[test]
fn every_source_says_what_it_is_for_and_allows_nothing_silently() {
    let root = source_root();
    let mut wrong = String::new();
    for path in sources(&root) {
        let text = fs::read_to_string(&path).expect("a readable source");
        let name = path.strip_prefix(&root).expect("below").display().to_string();
        if !text.starts_with("//!") {
            let _ = writeln!(wrong, "{name}: does not open with its purpose");
        }
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("#[allow(") || line.trim_start().starts_with("#![allow(") {
                let _ = writeln!(wrong, "{name}:{}: `allow` instead of `expect` with a reason", number + 1);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_reader_of_arrows_sees_them() {
    assert_eq!(used_folders("use crate::read::pdf; // crate::cli"), ["read"]);
    assert_eq!(used_folders("    crate::arithmetic::Rational, pub(crate) fn f()"), ["arithmetic"]);
    assert_eq!(product_lines("a\n#[cfg(test)]\nmod tests {}"), ["a"]);
}
