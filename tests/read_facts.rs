//! `rederive read`: the tests and conditions of a paper, and all its facts as one object.

use std::fs;
use std::process::Command;

use serde_json::Value;

const TEXT: &str =
    "In a one-tailed test it grew, F(2, 56) = 4.50, p = .015, ηp² = .14, N = 59. It was 5 mg; t(28) = 1.2, ns.\n";

/// What the program writes about the text with the given arguments.
fn read(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), TEXT).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    let output = command.current_dir(folder.path()).args(["read", "a.txt"]).args(arguments).output();
    let output = output.expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_line_of_json_for_each_test() {
    let written = read(&["--show", "statistics", "--format", "jsonl"]);
    let tests: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(tests.len(), 2);
    let first = &tests[0];
    assert_eq!(first["kind"], "f");
    assert_eq!(first["text"], "F(2, 56) = 4.50, p = .015");
    assert_eq!(first["degrees"][1]["value"], "56");
    assert_eq!(first["value"]["text"], "4.50");
    assert_eq!(first["value"]["value"], "4.5");
    assert_eq!(first["p"]["comparator"], "equal");
    assert_eq!(first["p"]["readings"][0]["value"]["decimals"], 3);
    assert_eq!(first["effects"][0]["kind"], "partial-eta-squared");
    assert_eq!(first["effects"][0]["value"]["value"], "0.14");
    assert_eq!(first["n"]["value"], "59");
    assert_eq!(first["conditions"], serde_json::json!(["one-tailed"]));
    assert_eq!(first["places"][0]["line"]["line"], 1);
    assert_eq!(tests[1]["not_significant"], true);
    assert_eq!(tests[1]["p"], Value::Null);
    let offset = first["start"].as_u64().expect("a number");
    assert_eq!(TEXT.chars().nth(usize::try_from(offset).expect("small")), Some('F'));
}

#[test]
fn conditions_with_their_reach_and_lines_for_people() {
    let conditions = read(&["--show", "conditions", "--format", "jsonl"]);
    let found: Value = serde_json::from_str(conditions.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&found["kind"], &found["text"]), (&"one-tailed".into(), &"one-tailed".into()));
    assert_eq!(found["reach"][0], 0);
    assert!(read(&["--show", "conditions"]).contains("one-tailed"));
    let lines = read(&["--show", "statistics"]);
    assert!(lines.contains("\tf\tF(2, 56) = 4.50, p = .015\tdf 2, 56\t= 4.5\tp = 0.015\n"), "{lines}");
    assert!(lines.ends_with("\tns\n"), "{lines}");
}

#[test]
fn the_facts_are_one_object_and_the_same_every_time() {
    let written = read(&["--format", "json"]);
    let facts: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(facts["schema_version"], "1.2");
    assert_eq!(facts["estimates"].as_array().map(Vec::len), Some(0));
    assert_eq!(facts["statistics"].as_array().map(Vec::len), Some(2));
    assert!(facts["quantities"].as_array().is_some_and(|quantities| !quantities.is_empty()));
    assert_eq!(facts["conditions"][0]["kind"], "one-tailed");
    assert_eq!(written, read(&["--format", "json"]));
}
