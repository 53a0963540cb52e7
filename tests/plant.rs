//! Planted slips as a script sees them: the same files for the same seed, a truth file that `score` reads, documents that
//! `check` reads, and the three factors in one command.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rederive::read::{ReadLimits, read};
use rederive::score::Truth;
use serde_json::Value;

fn rederive(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A text with a value for each kind of slip.
const PAPER: &str = "Methods\n\n\
    Of the 46 bowls, 42 (91%) came out without a crack. Of the 52 plates, 13 (25%) did not. Each dose held 0.25 mg \
    (250 µg) of the vitamin.\n\n\
    Results\n\n\
    The groups differed, t(3) = 4.612, p = .0192. They did not differ at rest, F(2, 90) = 1.24, p = .29. The second \
    pair differed too, t(58) = 3.11, p < .05. The store was cooled to −8 °C (17.6 °F). The barrel filled at \
    12.5 L/h × 8.0 h = 100 L. Of 120 potters, 7 were lost to follow-up and 5 withdrew, leaving 108. The four kilns held 12, \
    15, 19 and 17 bowls, ranging from 12 to 19 bowls.\n\n\
    Sleep improved recall of the word list, t(58) = 2.31, p = .024, d = 0.61.\n\n\
    Discussion\n\n\
    The recall of the word list improved by sleep was discussed above, t(58) = 2.31, p = .024, d = 0.61.\n";

/// A paper with a table whose last row sums up the others.
const TABLE: &str = "<article><body><sec><title>Results</title><p>The bowls are counted in Table 1.</p>\
    <table-wrap><label>Table 1</label><caption><p>Bowls from the kilns</p></caption><table><thead><tr><th>Kiln</th>\
    <th>May</th><th>June</th><th>July</th><th>August</th></tr></thead><tbody>\
    <tr><td>North</td><td>31</td><td>47</td><td>28</td><td>64</td></tr>\
    <tr><td>South</td><td>53</td><td>22</td><td>75</td><td>39</td></tr>\
    <tr><td>East</td><td>17</td><td>84</td><td>46</td><td>58</td></tr>\
    <tr><td>Total</td><td>101</td><td>153</td><td>149</td><td>161</td></tr>\
    </tbody></table></table-wrap></sec></body></article>";

/// A folder with that text.
fn inbox() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("paper.txt"), PAPER).expect("a file");
    folder
}

/// The files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file")))
        .collect()
}

fn planted(folder: &Path, out: &str, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let arguments = [["plant", "paper.txt", "--out", out, "--progress", "none"].as_slice(), arguments].concat();
    let output = rederive(folder, &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files(&folder.join(out))
}

#[test]
fn the_same_seed_plants_the_same_slips() {
    let inbox = inbox();
    let first = planted(inbox.path(), "a", &["--seed", "7", "--jobs", "1"]);
    let second = planted(inbox.path(), "b", &["--seed", "7", "--jobs", "3"]);
    assert!(first == second, "one job and three jobs");
    let other = planted(inbox.path(), "c", &["--seed", "8"]);
    assert!(first["truth.csv"] != other["truth.csv"], "another seed");
    let again = rederive(inbox.path(), &["plant", "paper.txt", "--out", "a"]);
    assert_eq!(again.status.code(), Some(2), "a folder with files is refused");
}

#[test]
fn every_kind_of_slip_is_planted_and_stands_where_the_truth_file_says() {
    let inbox = inbox();
    let files = planted(inbox.path(), "out", &["--seed", "7", "--per-paper", "1"]);
    let truth = Truth::read(files["truth.csv"].as_slice()).expect("a truth file");
    let rows: Vec<[&str; 4]> = truth
        .rows
        .iter()
        .map(|row| [row.slip.as_str(), row.code.as_str(), row.right_value.as_str(), row.wrong_value.as_str()])
        .collect();
    // What a seed plants is part of what it means: this changes only where the rules read the text otherwise.
    let expected = [
        ["digit", "XC110", "12", "16"],
        ["swapped-digits", "XC110", "19", "91"],
        ["power-of-ten", "CN101", "250", "25"],
        ["prefix", "CN101", "250 µg", "250 ng"],
        ["sign", "CN101", "17.6", "−17.6"],
        ["denominator", "SU101", "91", "81"],
        ["comparator", "ST101", "= .29", "< .29"],
        ["degrees-of-freedom", "ST101", "2", "3"],
        ["neighbour", "SU101", "25", "91"],
        ["repeat", "XC103", "2.31", "2.71"],
        ["total", "SU130", "108", "168"],
        ["size", "SU101", "46", "47"],
        ["rank", "XC110", "19", "12"],
    ];
    assert_eq!(rows, expected);
    for row in &truth.rows {
        let document = read(&files[&row.paper], &ReadLimits::default()).expect("a document");
        let (start, end) = (row.start.expect("a place"), row.end.expect("a place"));
        let characters: Vec<char> = document.text.chars().collect();
        let wrong: String = characters[start..end].iter().collect();
        assert_eq!(wrong.split_whitespace().collect::<Vec<_>>().join(" "), row.wrong_value);
        // With the right value in its place again the text is that of the paper.
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let back: String = characters[..start].iter().collect::<String>() + &row.right_value;
        let back = back + &characters[end..].iter().collect::<String>();
        assert_eq!(plain(&back), plain(PAPER), "{}", row.slip);
    }
}

#[test]
fn cells_and_totals_of_a_table_are_planted_and_found() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("paper.xml"), TABLE).expect("a file");
    let arguments = ["plant", "paper.xml", "--out", "out", "--seed", "7", "--per-paper", "1", "--progress", "none"];
    assert!(rederive(folder.path(), &arguments).status.success());
    let file = fs::read(folder.path().join("out/truth.csv")).expect("a truth file");
    let truth = Truth::read(file.as_slice()).expect("rows");
    for kind in ["cell", "total"] {
        let row = truth.rows.iter().find(|row| row.slip == kind).unwrap_or_else(|| panic!("a {kind}"));
        assert!(row.code == "SU120" && row.right_value != row.wrong_value, "{row:?}");
    }
    let score = rederive(folder.path(), &["score", "out/truth.csv", "out", "--format", "json", "--progress", "none"]);
    let score: Value = serde_json::from_slice(&score.stdout).expect("JSON");
    let hits = |name: &str| {
        let kinds = score["planted"]["slips"].as_array().expect("kinds");
        kinds.iter().find(|kind| kind["name"] == name).map(|kind| kind["recall"]["hits"].as_u64().unwrap_or(0))
    };
    assert_eq!(hits("cell"), Some(1), "{score}");
}

#[test]
fn score_gives_the_factors_and_the_same_bytes_for_any_number_of_jobs() {
    let inbox = inbox();
    planted(inbox.path(), "out", &["--seed", "7", "--per-paper", "2"]);
    let alone = rederive(inbox.path(), &["score", "out/truth.csv", "out", "--format", "json", "--progress", "none"]);
    let alone: Value = serde_json::from_slice(&alone.stdout).expect("JSON");
    for kind in alone["planted"]["slips"].as_array().expect("kinds") {
        // A text has no table.
        if kind["name"] == "cell" {
            continue;
        }
        // A claim of order that does not hold is a note, and so is a percentage of another number of the paper.
        let notes = kind["name"] == "rank" || kind["name"] == "denominator";
        let hits = if notes { &kind["with_notes"] } else { &kind["recall"]["hits"] };
        assert!(hits.as_u64() > Some(0), "{kind}");
    }
    // "<" before a value that is the p-value itself is an open reading by design, so a few are missed; notes count as missed.
    let missed = alone["planted"]["missed"].as_array().expect("missed slips");
    let weightier = missed.iter().filter(|own| own["code"] != "XC110" && own["slip"] != "denominator").count();
    assert!((1..=4).contains(&weightier), "{missed:?}");
    // The listed value is on a paper that is not among the inputs.
    fs::write(
        inbox.path().join("reach.csv"),
        "paper_sha256,page,kind,quote,code\n0000,1,percent,42 of 46 (91%),SU101\n",
    )
    .expect("a file");
    fs::write(inbox.path().join("labels.csv"), "fingerprint,paper_sha256,code,level,verdict,reason,date\n")
        .expect("a file");
    let factors = |jobs: &str| {
        let arguments = [
            "score",
            "reach.csv",
            "paper.txt",
            "--labels",
            "labels.csv",
            "--planted",
            "out",
            "--jobs",
            jobs,
            "--progress",
            "none",
        ];
        let output = rederive(inbox.path(), &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        stdout(&output)
    };
    let text = factors("1");
    assert_eq!(text, factors("3"));
    for part in
        ["recall among planted", "found of planted", "0 findings on 1 paper as published", "1 listed value not counted"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn labels_say_which_findings_are_right_unread_and_gone() {
    let inbox = inbox();
    fs::write(inbox.path().join("wrong.txt"), "Of the 46 bowls, 42 (19%) came out. Of 60 plates, 15 (52%) broke.\n")
        .expect("a file");
    let report = rederive(inbox.path(), &["check", "wrong.txt", "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).expect("JSON");
    let paper = &report["papers"][0];
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let (key, print) = (text(&paper["key"]), text(&paper["findings"][0]["fingerprint"]));
    assert_eq!(paper["findings"].as_array().map(Vec::len), Some(2));
    let labels = format!(
        "fingerprint,paper_sha256,code,level,verdict,reason,date\n\
         {print},{key},SU101,error,true,unexplained,2026-11-26\n\
         v1:SU101:000000000000000000000000,{key},SU101,error,false,reader,2026-11-26\n"
    );
    fs::write(inbox.path().join("labels.csv"), labels).expect("a file");
    let shown = stdout(&rederive(inbox.path(), &["score", "labels.csv", "wrong.txt"]));
    for part in [
        "2 findings on 1 paper as published, 1 labelled true, 1 without a label",
        "a paper, if all others are false: 1.000",
        "1 of 1 = 100.0 %",
        "Without a label:",
        "1 label matches no finding of this run:\n  v1:SU101:000000000000000000000000",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}
