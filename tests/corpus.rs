//! All of the open corpus beside the checkout, where there is one: no paper is lost, each without text has a reason,
//! and the report is the same for one job and for two.

use std::path::{Path, PathBuf};
use std::process::Command;

use rederive::report::{PaperStatus, Report};

/// The folder `shared/corpus/pdf` beside the checkout.
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/pdf");
    beside.is_dir().then_some(beside)
}

#[test]
fn no_paper_of_the_corpus_is_lost_and_jobs_make_no_difference() {
    let Some(corpus) = corpus() else {
        let mut notice = std::io::stderr();
        let message = b"skipped: ../shared/corpus/pdf is not beside the checkout\n";
        std::io::Write::write_all(&mut notice, message).expect("standard error is open");
        return;
    };
    let files = std::fs::read_dir(&corpus).expect("a folder").count();
    let run = &|jobs: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
        // The time limit is a safety net for hangs; a slow machine must not make it part of the result.
        command.arg("check").arg(&corpus).args(["--format", "json", "--all", "--jobs", jobs]);
        let output = command.args(["--progress", "none", "--timeout-per-paper", "600"]).output().expect("it starts");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}", output.status);
        output.stdout
    };
    // Beside each other, so that one job leaves no core idle.
    let outputs: [Vec<u8>; 2] = std::thread::scope(|scope| {
        let runs = ["1", "2"].map(|jobs| scope.spawn(move || run(jobs)));
        runs.map(|run| run.join().expect("a run"))
    });
    assert!(outputs[0] == outputs[1], "one job and two jobs give other bytes");
    let report: Report = serde_json::from_slice(&outputs[0]).expect("a report");
    assert_eq!(report.papers.len(), files);
    for paper in &report.papers {
        let whole = paper.status == PaperStatus::Checked;
        assert!(whole || paper.reason.as_ref().is_some_and(|reason| !reason.is_empty()), "{}", paper.source);
        assert_ne!(paper.status, PaperStatus::Failed, "{}: {:?}", paper.source, paper.reason);
        let coverage = &paper.coverage;
        let outcomes = coverage.consistent + coverage.inconsistent + coverage.undecided + coverage.not_checked;
        assert_eq!(coverage.proposed, outcomes, "{}", paper.source);
        assert_eq!(coverage.proposed, paper.findings.len(), "{}", paper.source);
    }
}
