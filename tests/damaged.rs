//! Damaged, hostile and endless files through the program: every one is a row, none ends or holds up the run.

#[path = "support/damaged.rs"]
mod damaged;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use rederive::report::{PaperStatus, Report};

#[test]
fn every_damaged_file_is_a_row() {
    let whole = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/demo/utensils.pdf")).expect("a demo paper");
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = damaged::damaged(&whole);
    assert!(files.len() >= 300, "{} files", files.len());
    files.extend(damaged::endless());
    for file in &files {
        fs::write(folder.path().join(format!("{}.pdf", file.name)), &file.bytes).expect("a file");
    }
    fs::write(folder.path().join("zz-whole.pdf"), &whole).expect("a file");
    let run = &|jobs: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
        command.current_dir(folder.path()).args(["check", ".", "--format", "json", "--progress", "none"]);
        // Short, because the endless files use it up; long enough for an unoptimised program on a busy machine.
        let output =
            command.args(["--timeout-per-paper", "20", "--jobs", jobs, "--strict"]).output().expect("it starts");
        assert!(matches!(output.status.code(), Some(1 | 4)), "{:?}", output.status);
        output.stdout
    };
    // Beside each other, because most of the time goes into waiting for the endless files.
    let reports: [Vec<u8>; 2] = std::thread::scope(|scope| {
        let runs = ["1", "2"].map(|jobs| scope.spawn(move || run(jobs)));
        runs.map(|run| run.join().expect("a run"))
    });
    assert!(reports[0] == reports[1], "one job and two jobs give other bytes");
    let report: Report = serde_json::from_slice(&reports[0]).expect("a report");
    assert_eq!(report.papers.len(), files.len() + 1, "no file is lost");
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for paper in &report.papers {
        let reason = paper.reason.clone().unwrap_or_default();
        assert_eq!(paper.status == PaperStatus::Checked, reason.is_empty(), "{}: {reason}", paper.source);
        assert!(!reason.contains("internal fault"), "{}: {reason}", paper.source);
        *reasons.entry(reason).or_default() += 1;
    }
    assert_eq!(
        report.papers.last().map(|paper| paper.status),
        Some(PaperStatus::Checked),
        "the run goes on to the end"
    );
    assert!(reasons.len() > 3, "{reasons:?}");
}
