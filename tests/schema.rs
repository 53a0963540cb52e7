//! The published schema of the JSON report: it is fresh, and real reports hold to it.

use std::fs;
use std::path::Path;
use std::process::Command;

const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/reports/schema/report-1.0.json");

#[test]
fn the_published_schema_is_the_one_of_the_types() {
    let fresh = serde_json::to_string_pretty(&rederive::report::schema()).expect("a schema is JSON") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(Path::new(PUBLISHED).parent().expect("a folder")).expect("a folder");
        fs::write(PUBLISHED, &fresh).expect("the schema can be written");
    }
    let published = fs::read_to_string(PUBLISHED).unwrap_or_default();
    assert!(published == fresh, "reports/schema is stale: UPDATE=1 cargo test --test schema");
}

#[test]
fn real_reports_hold_to_the_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(PUBLISHED).expect("a schema")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema that can be used");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        ("a.txt", "Of the participants, 42 of 46 (83%) agreed, t(28) = 2.20, p = .036. We added 5 mg (0.005 g).\n"),
        ("b.pdf", "this is no PDF"),
    ] {
        fs::write(folder.path().join(name), content).expect("a file");
    }
    for all in [["--progress", "none"].as_slice(), &["--all"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
        command.current_dir(folder.path()).args(["check", "a.txt", "b.pdf", "missing.pdf", "--format", "json"]);
        let output = command.args(all).output().expect("the program starts");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report is JSON");
        let faults: Vec<String> = validator.iter_errors(&report).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(report["papers"].as_array().map(Vec::len), Some(3));
        let finding = &report["papers"][0]["findings"][0];
        for key in [
            "code",
            "level",
            "confidence",
            "outcome",
            "fingerprint",
            "places",
            "quote",
            "relation",
            "eval",
            "stated",
            "derived",
            "readings_tried",
            "cause",
            "witness",
            "innocent",
            "proposer",
        ] {
            assert!(finding.get(key).is_some(), "{key} is missing in {finding}");
        }
        for key in ["key", "source", "status", "reason", "coverage", "findings"] {
            assert!(report["papers"][1].get(key).is_some(), "{key} is missing");
        }
    }
    let foreign = serde_json::json!({ "schema_version": "1.0", "papers": [{ "key": 5 }] });
    assert!(!validator.is_valid(&foreign), "the schema refuses what is no report");
}
