//! `rederive check --format statcheck-csv`: the columns of statcheck over tests of each kind.

use std::fs;
use std::process::Command;

const TEXT: &str = "It was t(28) = 2.20, p = .036; F(2, 56) < 1, ns; χ²(1, N = 90) = 4.10, p = .34; r(48) = -.30, p < .05; \
    z = 2.50, p = .012; Q(9) = 21.7, p = .010; F(2, 56) = 1.20, p = .02; t(28) = 2.90, p = .03.\n\n\
    In a one-tailed test it was t(28) = 2.20, p = .018.\n\nIt was t(28) = 2.20, p = .018, too.\n";

/// The rows by column name.
fn rows() -> Vec<Vec<(String, String)>> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), TEXT).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder.path()).args(["check", "a.txt", "--progress", "none", "--format", "statcheck-csv"]);
    let output = command.output().expect("the program starts");
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let names: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let records = reader.records().map(|record| record.expect("a row"));
    records.map(|record| names.iter().cloned().zip(record.iter().map(str::to_owned)).collect()).collect()
}

#[test]
fn a_row_for_each_test_in_the_columns_of_statcheck() {
    let mut table = String::new();
    for row in rows() {
        let cells: Vec<&str> = row.iter().filter(|(name, _)| name != "raw").map(|(_, cell)| cell.as_str()).collect();
        table.push_str(&cells.join(" | "));
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_decision_changes_only_where_both_sides_are_clear() {
    let decisions: Vec<(String, String)> = rows()
        .into_iter()
        .map(|row| {
            let cell = |name: &str| row.iter().find(|(column, _)| column == name).map(|(_, cell)| cell.clone());
            (cell("error").unwrap_or_default(), cell("decision_error").unwrap_or_default())
        })
        .collect();
    let expected = [
        ("FALSE", "FALSE"),
        ("FALSE", "FALSE"),
        ("TRUE", "TRUE"),
        ("FALSE", "FALSE"),
        ("FALSE", "FALSE"),
        ("FALSE", "FALSE"),
        ("TRUE", "TRUE"),
        ("TRUE", "FALSE"),
        ("FALSE", "FALSE"),
        ("NA", "NA"),
    ];
    let found: Vec<(&str, &str)> =
        decisions.iter().map(|(error, decision)| (error.as_str(), decision.as_str())).collect();
    assert_eq!(found, expected);
}
