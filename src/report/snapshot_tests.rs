//! Every format of one report, held against a snapshot: a change of a format is seen in review.

use super::fixture::report;
use super::sink::{Format, write};

fn rendered(format: Format, all: bool) -> String {
    let mut report = report();
    report.settings.all = all;
    let mut out = Vec::new();
    write(&report, format, 100, &mut out).expect("a vector takes everything");
    // Escapes are shown as a visible sign, so that a snapshot is plain text.
    String::from_utf8(out).expect("formats are UTF-8").replace('\u{1b}', "␛")
}

#[test]
fn full() {
    insta::assert_snapshot!(rendered(Format::Full, false));
}

#[test]
fn full_with_all_outcomes() {
    insta::assert_snapshot!(rendered(Format::Full, true));
}

#[test]
fn concise() {
    insta::assert_snapshot!(rendered(Format::Concise, true));
}

#[test]
fn json() {
    insta::assert_snapshot!(rendered(Format::Json, false));
}

#[test]
fn jsonl() {
    insta::assert_snapshot!(rendered(Format::Jsonl, false));
}

#[test]
fn csv() {
    insta::assert_snapshot!(rendered(Format::Csv, false));
}
