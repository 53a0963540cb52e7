//! Isolation: an abort, a hang, a stack overflow, too much memory or a panic costs one row with its reason.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rederive::derive::{Confidence, Witness};
use rederive::report::{PaperStatus, Report};

fn rederive(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args(arguments).output().expect("the program starts")
}

fn report(output: &Output) -> Report {
    serde_json::from_slice(&output.stdout).expect("standard output is a report")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a file");
    }
    folder
}

const FAULTS: &[(&str, &str)] = &[
    ("a1.txt", "The first paper has text."),
    ("a2.txt", "rederive-fault: abort\n"),
    ("b1.txt", "The second paper has text."),
    ("b2.txt", "rederive-fault: stack\n"),
    ("c1.txt", "The third paper has text."),
    ("c2.txt", "rederive-fault: memory\n"),
    ("d1.txt", "The fourth paper has text."),
    ("d2.txt", "rederive-fault: hang\n"),
    ("e1.txt", "The fifth paper has text."),
    ("e2.txt", "rederive-fault: panic\n"),
    ("f1.txt", "The sixth paper has text."),
    ("f2.txt", "rederive-fault: exit\n"),
    ("g1.txt", "The seventh paper has text."),
];

const WITH_FAULTS: &[&str] = &[
    "check",
    ".",
    "--format",
    "json",
    "--progress",
    "none",
    "--allow-faults",
    "--timeout-per-paper",
    "3",
    "--memory-limit",
    "1024",
];

#[test]
#[cfg(target_os = "linux")]
fn every_way_to_die_costs_one_row_and_the_run_goes_on() {
    let folder = folder(FAULTS);
    let mut outputs = Vec::new();
    for jobs in ["1", "2"] {
        let output = rederive(folder.path(), &[WITH_FAULTS, &["--jobs", jobs]].concat());
        let report = report(&output);
        let rows: Vec<(&str, PaperStatus, Option<&str>)> =
            report.papers.iter().map(|paper| (paper.source.as_str(), paper.status, paper.reason.as_deref())).collect();
        let failed = |name, reason| (name, PaperStatus::Failed, Some(reason));
        let checked = |name| (name, PaperStatus::Checked, None);
        assert_eq!(
            rows,
            [
                checked("a1.txt"),
                failed("a2.txt", "the worker ended early (signal 6)"),
                checked("b1.txt"),
                failed("b2.txt", "the worker ran out of stack"),
                checked("c1.txt"),
                failed("c2.txt", "the worker ran out of memory (limit 1024 MiB)"),
                checked("d1.txt"),
                failed("d2.txt", "not finished within 3 s"),
                checked("e1.txt"),
                failed("e2.txt", "an internal fault in a stage: the fault that was asked for"),
                checked("f1.txt"),
                failed("f2.txt", "the worker ended early (exit code 17)"),
                checked("g1.txt"),
            ]
        );
        // Nobody named the files, so that they failed is in their rows only; with --strict it is in the exit code.
        assert_eq!(output.status.code(), Some(0));
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(words.contains("13 papers: 7 checked, 6 ended by a safety net"), "{words}");
        outputs.push(output.stdout);
    }
    assert_eq!(outputs[0], outputs[1], "the report is the same for any number of jobs");
}

#[test]
fn fault_files_are_plain_text_without_the_hidden_option() {
    let folder = folder(&[("abort.txt", "rederive-fault: abort\n")]);
    let output = rederive(folder.path(), &["check", "abort.txt", "--format", "json"]);
    assert_eq!(report(&output).papers[0].status, PaperStatus::Checked);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn a_named_paper_that_fails_is_exit_code_4_and_strict_extends_that_to_folders() {
    let folder = folder(&[("abort.txt", "rederive-fault: abort\n")]);
    for arguments in
        [["check", "abort.txt", "--allow-faults"].as_slice(), &["check", ".", "--strict", "--allow-faults"]]
    {
        assert_eq!(rederive(folder.path(), arguments).status.code(), Some(4), "{arguments:?}");
    }
}

/// The processes whose parent is `parent`, from the process table.
#[cfg(target_os = "linux")]
fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").expect("a process table").flatten();
    let processes = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let has_parent = |process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        // The name in brackets may hold anything; behind it stand the state and the parent.
        let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
        behind.split_whitespace().nth(1) == Some(parent.to_string().as_str())
    };
    processes.filter(has_parent).collect()
}

#[cfg(target_os = "linux")]
fn interrupt(process: u32) {
    let sent = Command::new("kill").args(["-INT", &process.to_string()]).status().expect("kill starts");
    assert!(sent.success());
}

#[test]
#[cfg(target_os = "linux")]
fn an_interrupt_finishes_the_running_papers_and_writes_what_there_is() {
    let files: Vec<(String, &str)> = (0..8).map(|at| (format!("{at}.txt"), "rederive-fault: slow\n")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let folder = folder(&files);
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder.path()).args(["check", ".", "--format", "json", "--allow-faults", "--jobs", "1"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    std::thread::sleep(Duration::from_millis(1500));
    // A terminal interrupts the whole group, the workers too: they must go on.
    let workers = children(child.id());
    assert!(!workers.is_empty());
    for worker in &workers {
        interrupt(*worker);
    }
    interrupt(child.id());
    let output = child.wait_with_output().expect("the program ends");
    let report = report(&output);
    let count = |status| report.papers.iter().filter(|paper| paper.status == status).count();
    assert_eq!(report.papers.len(), 8, "no paper is missing");
    assert!(count(PaperStatus::Checked) >= 1 && count(PaperStatus::NotReached) >= 3, "{:?}", report.papers);
    assert_eq!(count(PaperStatus::Checked) + count(PaperStatus::NotReached), 8);
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&output.stderr).contains("interrupt once more"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_second_interrupt_ends_the_run_at_once_and_no_worker_stays_behind() {
    let folder = folder(&[("hang.txt", "rederive-fault: hang\n")]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder.path()).args(["check", "hang.txt", "--allow-faults", "--timeout-per-paper", "60"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    std::thread::sleep(Duration::from_millis(1500));
    let workers = children(child.id());
    assert!(!workers.is_empty());
    for _ in 0..2 {
        interrupt(child.id());
        std::thread::sleep(Duration::from_millis(300));
    }
    let begun = Instant::now();
    assert_eq!(child.wait().expect("the program ends").code(), Some(5));
    assert!(begun.elapsed() < Duration::from_secs(5));
    for worker in workers {
        let gone = (0..50).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            !Path::new(&format!("/proc/{worker}/exe")).exists()
        });
        assert!(gone, "worker {worker} is still there");
    }
}

#[test]
fn a_reader_that_goes_away_is_success() {
    let folder = folder(&[("a.txt", "Some text."), ("b.txt", "Some more text.")]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder.path()).args(["check", ".", "--format", "jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
}

#[test]
fn a_foreign_worker_input_is_an_error_and_not_a_crash() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.args(["worker", "--memory", "0"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, b"GET / HTTP/1.1\r\nHost: example\r\n\r\n").expect("the pipe takes it");
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(4));
}

/// A demo paper with findings whose last line asks a fault of the second reader.
fn paper_with_witness_fault(fault: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/demo/utensils.pdf");
    let mut bytes = fs::read(path).expect("a demo paper");
    bytes.extend(format!("\n%rederive-witness-fault: {fault}\n").bytes());
    bytes
}

#[test]
fn a_second_reader_that_fails_leaves_the_findings_without_its_word() {
    for fault in ["panic", "abort", "hang"] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.pdf"), paper_with_witness_fault(fault)).expect("a file");
        let report = report(&rederive(folder.path(), WITH_FAULTS));
        let [paper] = &report.papers[..] else { panic!("one paper") };
        assert_eq!(paper.status, PaperStatus::Checked, "{fault}");
        assert!(!paper.findings.is_empty(), "{fault}");
        assert!(paper.findings.iter().all(|finding| finding.witness == Witness::Unavailable), "{fault}");
        assert!(paper.notes.iter().any(|note| note.starts_with("the second reader gave no answer")), "{fault}");
    }
}

#[test]
fn a_second_reader_that_agrees_raises_the_confidence() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.pdf"), paper_with_witness_fault("none")).expect("a file");
    let report = report(&rederive(folder.path(), WITH_FAULTS));
    let [paper] = &report.papers[..] else { panic!("one paper") };
    let agreed: Vec<_> = paper.findings.iter().filter(|finding| finding.witness == Witness::Agrees).collect();
    assert!(agreed.len() * 2 > paper.findings.len(), "{} of {}", agreed.len(), paper.findings.len());
    assert!(agreed.iter().any(|finding| finding.code == "UN101" && finding.confidence == Confidence::High));
}
