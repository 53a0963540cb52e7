//! The command line as a script sees it: exit codes, streams, files, messages.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rederive::report::{PaperStatus, Report};

fn rederive(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A paper whose first percentage does not follow, while three others do.
const WRONG: &str = "Of the participants, 42 of 46 (83%) agreed, and 23 of 46 (50%) came back. Of the others, 12 of 48 (25%) wrote \
    and 6 of 48 (12.5%) rang.\n";

/// A folder with a paper that is right, one that is wrong, one that is no paper.
fn inbox() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("inbox")).expect("a folder");
    for (name, content) in [
        ("inbox/right.txt", "Of the participants, 42 of 46 (91%) agreed.\n"),
        ("inbox/wrong.txt", WRONG),
        ("inbox/empty.pdf", ""),
    ] {
        fs::write(folder.path().join(name), content).expect("a file");
    }
    folder
}

/// The README with the block behind `start` replaced by what it should hold.
fn with_block(readme: &str, start: &str, end: &str, content: &str) -> String {
    let (before, rest) = readme.split_once(start).unwrap_or_else(|| panic!("README.md has no block {start}"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("the block {start} does not end"));
    format!("{before}{start}{content}{end}{after}")
}

#[test]
fn the_readme_shows_the_help_and_a_finding_of_the_demo() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("a README");
    let mut fresh = readme.clone();
    for command in [["check", "--help"].as_slice(), &["--help"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rederive"));
        program.args(command).env("COLUMNS", "100").env("NO_COLOR", "1");
        let help = stdout(&program.output().expect("the program starts"));
        assert!(help.lines().all(|line| line.chars().count() <= 100));
        fresh = with_block(&fresh, &format!("```console\n$ rederive {}\n", command.join(" ")), "```\n", &help);
    }
    // The finding on a dose whose power of ten slipped, from the published report.
    let report = fs::read_to_string(root.join("reports/demo/report.txt")).expect("the report of the demo");
    let dose = report.split("\n\n").find(|part| part.contains("UN101") && part.contains("42,000")).expect("a finding");
    let block = format!("\n```text\n{}\n```\n", dose.trim_end());
    fresh = with_block(&fresh, "<!-- demo -->", "<!-- /demo -->", &block);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root.join("README.md"), &fresh).expect("the README can be written");
    }
    assert!(readme == fresh, "README.md is stale: UPDATE=1 cargo test --test cli, twice");
}

#[test]
fn exit_codes_say_what_happened() {
    let folder = inbox();
    let code = |arguments: &[&str]| rederive(folder.path(), arguments).status.code();
    assert_eq!(code(&["check", "inbox/right.txt"]), Some(0));
    assert_eq!(code(&["check", "inbox/wrong.txt"]), Some(1));
    assert_eq!(code(&["check", "inbox/wrong.txt", "--exit-zero"]), Some(0));
    assert_eq!(code(&["check", "inbox/wrong.txt", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["check", "inbox/wrong.txt", "--ignore", "SU"]), Some(0));
    assert_eq!(code(&["check", "inbox/wrong.txt", "--no-such-option"]), Some(2));
    assert_eq!(code(&["check", "inbox/wrong.txt", "--select", "XX101"]), Some(2));
    assert_eq!(code(&["check", "inbox/wrong.txt", "--write", "report.docx"]), Some(2));
    assert_eq!(code(&["check"]), Some(2));
    fs::create_dir(folder.path().join("nothing")).expect("a folder");
    assert_eq!(code(&["check", "nothing"]), Some(3));
    assert_eq!(code(&["check", "inbox/empty.pdf"]), Some(4));
    assert_eq!(code(&["check", "missing.pdf"]), Some(4));
    // A finding outweighs a paper that could not be read; one found in a folder counts with --strict only.
    assert_eq!(code(&["check", "inbox/wrong.txt", "missing.pdf"]), Some(1));
    assert_eq!(code(&["check", "inbox", "--ignore", "SU"]), Some(0));
    assert_eq!(code(&["check", "inbox", "--ignore", "SU", "--strict"]), Some(4));
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["--version"]), Some(0));
}

#[test]
fn the_coverage_line_is_always_there_and_never_in_the_way() {
    let folder = inbox();
    let line =
        "No inconsistency in 1 re-derived of 1 stated value: 1 consistent, 0 inconsistent, 0 undecided, 0 not checked.";
    for format in ["full", "concise"] {
        let output = rederive(folder.path(), &["check", "inbox/right.txt", "--format", format]);
        assert!(stdout(&output).contains(line), "{}", stdout(&output));
    }
    for format in ["json", "jsonl", "csv"] {
        let output = rederive(folder.path(), &["check", "inbox/right.txt", "--format", format]);
        assert!(stderr(&output).contains(line), "{}", stderr(&output));
        assert!(!stdout(&output).contains("re-derived of"));
    }
}

#[test]
fn one_run_writes_every_format() {
    let folder = inbox();
    let names = ["out/a/report.json", "out/report.jsonl", "out/claims.csv", "out/report.txt"];
    let mut arguments = vec!["check", "inbox", "--format", "concise", "--all"];
    for name in names {
        arguments.extend(["--write", name]);
    }
    assert_eq!(rederive(folder.path(), &arguments).status.code(), Some(1));
    for (name, format) in names.iter().zip(["json", "jsonl", "csv", "full"]) {
        let written = fs::read(folder.path().join(name)).expect("a report");
        let shown = rederive(folder.path(), &["check", "inbox", "--all", "--format", format]).stdout;
        assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&shown), "{name}");
    }
    let claims = fs::read_to_string(folder.path().join("out/claims.csv")).expect("a report");
    let mut reader = csv::Reader::from_reader(claims.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 6, "five claims of two papers and a row for the one that cannot be read");
    let lines = fs::read_to_string(folder.path().join("out/report.jsonl")).expect("a report");
    let kinds: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["type"].to_string())
        .collect();
    assert_eq!(kinds, ["\"run\"", "\"paper\"", "\"paper\"", "\"paper\"", "\"totals\""]);
}

#[test]
fn an_input_is_never_overwritten() {
    let folder = inbox();
    let output = rederive(folder.path(), &["check", "inbox", "--write", "inbox/right.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("one of the inputs"));
    let kept = fs::read_to_string(folder.path().join("inbox/right.txt")).expect("the paper");
    assert!(kept.starts_with("Of the participants"));
}

#[test]
fn standard_input_is_a_paper() {
    let folder = inbox();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder.path()).args(["check", "-", "--format", "json"]);
    command.stdin(fs::File::open(folder.path().join("inbox/wrong.txt")).expect("a paper"));
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("the program starts");
    let report: Report = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!((report.papers.len(), report.papers[0].source.as_str()), (1, "-"));
    assert_eq!(report.papers[0].findings.len(), 1);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn sources_are_relative_and_equal_names_stay_apart() {
    let folder = inbox();
    for name in ["one", "two"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        fs::write(folder.path().join(name).join("paper.txt"), "Some text.").expect("a file");
    }
    let absolute = folder.path().canonicalize().expect("a path");
    let root = absolute.to_string_lossy().into_owned();
    let (one, two) = (format!("{root}/one"), format!("{root}/two/paper.txt"));
    let output = rederive(folder.path(), &["check", &one, &two, "inbox", &two, "--format", "json", "--all"]);
    let text = stdout(&output);
    assert!(!text.contains(&root), "no absolute path may be in a report");
    let report: Report = serde_json::from_str(&text).expect("a report");
    let sources: Vec<&str> = report.papers.iter().map(|paper| paper.source.as_str()).collect();
    assert_eq!(sources, ["one/paper.txt", "two/paper.txt", "inbox/empty.pdf", "inbox/right.txt", "inbox/wrong.txt"]);
    assert_eq!(report.papers[2].status, PaperStatus::Unreadable);
    assert_eq!(report.papers[2].reason.as_deref(), Some("the file is empty"));
}

#[test]
fn messages_name_what_is_known() {
    let folder = inbox();
    let output = rederive(folder.path(), &["check", "inbox", "--select", "ST999"]);
    assert!(stderr(&output).contains("no rule or family is called ST999"), "{}", stderr(&output));
    let output = rederive(folder.path(), &["check", "@nowhere.txt"]);
    assert!(stderr(&output).contains("the list nowhere.txt cannot be read (no such file)"), "{}", stderr(&output));
}

#[test]
fn progress_is_lines_on_standard_error_where_no_terminal_is() {
    let folder = inbox();
    let output = rederive(folder.path(), &["check", "inbox", "--format", "json"]);
    assert!(stderr(&output).contains("3 of 3 papers (100 %)"), "{}", stderr(&output));
    let output = rederive(folder.path(), &["check", "inbox", "--format", "json", "--progress", "none"]);
    assert!(!stderr(&output).contains("(100 %)"));
}

#[test]
fn completions_know_the_commands() {
    let folder = inbox();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = rederive(folder.path(), &["completions", shell]);
        let script = stdout(&output);
        assert!(script.contains("check") && script.contains("explain"), "{shell}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn a_truth_file_gives_precision_and_recall() {
    let folder = inbox();
    let truth = "paper,quote,code,is_error,right_value,cause\n\
                 wrong.txt,42 of 46 (83%),SU101,true,91%,\nright.txt,42 of 46 (91%),SU101,false,,\n";
    fs::write(folder.path().join("truth.csv"), truth).expect("a file");
    let output = rederive(folder.path(), &["score", "truth.csv", "inbox", "--format", "json"]);
    let score: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(score["codes"][0]["code"], "all");
    for (figure, hits, of) in [("precision", 1, 1), ("recall", 1, 1), ("coverage", 2, 2)] {
        assert_eq!(score["codes"][0][figure]["hits"], hits, "{score}");
        assert_eq!(score["codes"][0][figure]["of"], of);
    }
    assert_eq!(score["unlabelled"], serde_json::json!(["inbox/empty.pdf"]));
    let text = stdout(&rederive(folder.path(), &["score", "truth.csv", "inbox"]));
    assert!(text.contains("1 of 1 = 100.0 % [20.7, 100.0]"), "{text}");
}
