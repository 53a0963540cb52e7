//! Documented errors that one passage can decide, in passages of our own around their numbers: with the value that was printed, and
//! with the right one. `cargo test --test known_errors -- --nocapture` prints how many are flagged, and why others cannot be.

#![expect(clippy::print_stderr, reason = "what is flagged and what cannot be decided is to be told")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/error_passages.csv");
/// The list that the cases come from, beside the checkout.
const LISTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/known_errors.csv");

/// The rows of a table by their columns.
fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).expect("the table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// What is found in each passage, by the name of its file: the code and the level of each finding.
fn findings(passages: &[(String, &str)]) -> BTreeMap<String, Vec<(String, String)>> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in passages {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder.path()).args(["check", ".", "--format", "json", "--progress", "none"]);
    let output = command.output().expect("the program starts");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |paper: &Value| {
        let findings = paper["findings"].as_array().expect("findings");
        let found = findings.iter().map(|finding| (text(&finding["code"]), text(&finding["level"])));
        let source = text(&paper["source"]);
        (Path::new(&source).file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned(), found.collect())
    };
    report["papers"].as_array().expect("papers").iter().map(of).collect()
}

#[test]
fn wrong_values_are_flagged_and_right_ones_are_not() {
    let rows = rows(Path::new(TABLE));
    let decidable: Vec<_> = rows.iter().filter(|row| row["decidable"] == "yes").collect();
    let passages: Vec<(String, &str)> = decidable
        .iter()
        .flat_map(|row| ["wrong", "corrected"].map(|which| (format!("{}-{which}.txt", row["id"]), row[which].as_str())))
        .collect();
    let found = findings(&passages);
    let (mut flagged, mut silent, mut failures) = (0, 0, Vec::new());
    for row in &decidable {
        let own = |which: &str| &found[&format!("{}-{which}.txt", row["id"])];
        let counts = |(code, level): &(String, String)| *code == row["code"] && level != "note";
        if own("wrong").iter().any(counts) {
            flagged += 1;
        } else {
            failures.push(format!("{} is not flagged: {:?}: {}", row["id"], own("wrong"), row["wrong"]));
        }
        if own("corrected").is_empty() {
            silent += 1;
        } else {
            failures.push(format!("{} is flagged: {:?}: {}", row["id"], own("corrected"), row["corrected"]));
        }
    }
    let all = decidable.len();
    eprintln!("{flagged} of {all} wrong values flagged, {silent} of {all} right values silent");
    for row in rows.iter().filter(|row| row["decidable"] != "yes") {
        eprintln!("{} cannot be decided from one passage: {}", row["id"], row["reason"]);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_listed_error_without_a_file_is_decided_or_has_a_reason() {
    let own = rows(Path::new(TABLE));
    for row in &own {
        let filled = |column: &str| !row[column].is_empty();
        let is_decidable = row["decidable"] == "yes";
        assert!(filled("source") && is_decidable != filled("reason"), "{}", row["id"]);
        assert!(["code", "wrong", "corrected"].iter().all(|column| filled(column) == is_decidable), "{}", row["id"]);
    }
    let listed = Path::new(LISTED);
    if !listed.exists() {
        eprintln!("skipped: the list of known errors is not beside the checkout");
        return;
    }
    let ids: BTreeSet<String> = own.iter().map(|row| row["id"].clone()).collect();
    let listed = rows(listed).into_iter().filter(|row| row["kind"] == "text only").map(|row| row["id"].clone());
    assert_eq!(ids, listed.collect());
}
