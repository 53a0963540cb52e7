//! The ranker of the search as a script sees it: windows to label, labels against the ranker, weights for the same papers the same.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn rederive(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const PAPER: &str = "Of the 387 patients, 121 were excluded, leaving 266 patients. The store is 1,377 m long.\n";

fn inbox() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("paper.txt"), PAPER).expect("a file");
    folder
}

#[test]
fn windows_are_listed_labelled_and_ranked() {
    let folder = inbox();
    let listed = rederive(folder.path(), &["search", "windows", "--progress", "none", "paper.txt"]);
    let listed = stdout(&listed);
    let mut rows = listed.lines();
    assert_eq!(rows.next(), Some("paper_sha256,drawn,target,occurrence,program,operands,passage"));
    let row = rows.find(|row| row.contains(",266,")).expect("a window of the value that follows");
    assert!(row.contains("leaving [[266]] patients"), "{row}");
    let key = row.split(',').next().expect("a key");
    let labels = format!(
        "paper_sha256,drawn,target,occurrence,program,operands\n{key},hit,266,0,a - b,387 121\n{key},any,121,0,none,\n"
    );
    fs::write(folder.path().join("labels.csv"), labels).expect("a file");
    let ranked =
        rederive(folder.path(), &["search", "rank", "--progress", "none", "--list", "labels.csv", "paper.txt"]);
    let ranked = stdout(&ranked);
    assert!(ranked.contains("2 windows, of which 1 follow from a program."), "{ranked}");
    assert!(ranked.contains("It is put first of the programs:   1 of 1 (100.0 %"), "{ranked}");
    assert!(ranked.contains("266 (0): a - b [387 121]; right"), "{ranked}");
}

#[test]
fn weights_are_the_same_for_the_same_papers() {
    let folder = inbox();
    let train = ["search", "train", "--progress", "none", "--rounds", "1", "--steps", "5", "paper.txt"];
    let (first, second) = (stdout(&rederive(folder.path(), &train)), stdout(&rederive(folder.path(), &train)));
    assert!(first.starts_with("# Written by `rederive search train`: "), "{first}");
    assert!(first.lines().any(|line| line.starts_with("bias.")), "{first}");
    assert_eq!(first, second);
    fs::write(folder.path().join("weights.txt"), &first).expect("a file");
    fs::write(folder.path().join("labels.csv"), "paper_sha256,drawn,target,occurrence,program,operands\n")
        .expect("a file");
    let rank = ["search", "rank", "--progress", "none", "--weights", "weights.txt", "labels.csv", "paper.txt"];
    assert!(rederive(folder.path(), &rank).status.success());
    fs::write(folder.path().join("weights.txt"), "mood 1.0\n").expect("a file");
    let refused = rederive(folder.path(), &rank);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("line 1: no sign has the name mood"));
}
