//! A page on which the two readers read another number: the finding is a note, and says that they disagree.

use std::fs;
use std::process::Command;

use rederive::derive::{Confidence, Level, Witness};
use rederive::report::Report;

use crate::sheet::{Drawn, LETTER, Lying, Sheet};

/// The report on "Of the participants, 42 of 46 (83%) agreed." whose 8 comes from a font with its own encoding.
fn report(own_code_of: &str) -> Report {
    // The encoding of the file says that the code is an eight, and the outline is the one of that name. The program has a
    // code of its own for each glyph, which no reader should ask where the file gives an encoding; the second one does.
    let glyphs = [
        Drawn { code: if own_code_of == "three" { 0x38 } else { 0x33 }, name: "three", ink: LETTER },
        Drawn { code: if own_code_of == "three" { 0x33 } else { 0x38 }, name: "eight", ink: LETTER },
    ];
    let font = Lying { name: "ABCDEF+Own", glyphs: &glyphs, names: &[(0x38, "eight")], unicode: &[] };
    let mut sheet = Sheet::new();
    sheet.font("L", &font);
    // Widths of Times-Roman: what stands before the digit is 118.6 points long.
    let before = b"Of the participants, 42 of 46 (";
    sheet.set("T", 10.0, (60.0, 700.0), before);
    sheet.set("L", 10.0, (178.6, 700.0), b"8");
    sheet.set("T", 10.0, (183.6, 700.0), b"3%) agreed that it was so.");
    // Three that follow, so that the rule is seen to read this paper as it is meant.
    sheet.set("T", 10.0, (60.0, 640.0), b"Of the 46 participants, 23 of 46 (50%) came back to the hall.");
    sheet.set("T", 10.0, (60.0, 620.0), b"Of the others, 12 of 48 (25%) wrote, and 6 of 48 (12.5%) rang.");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.pdf"), sheet.bytes()).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_rederive"))
        .args(["check", "a.pdf", "--format", "json", "--progress", "none", "--exit-zero"])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    serde_json::from_slice(&output.stdout).expect("a report")
}

#[test]
fn a_number_that_the_second_reader_reads_otherwise_is_a_note() {
    for (own, witness, level) in [("eight", Witness::Agrees, Level::Error), ("three", Witness::Disagrees, Level::Note)]
    {
        let report = report(own);
        let [finding] = &report.papers[0].findings[..] else { panic!("one finding ({own}): {report:?}") };
        assert_eq!((finding.witness, finding.level), (witness, Some(level)), "{own}");
        assert_eq!(finding.confidence == Confidence::Low, witness == Witness::Disagrees, "{own}");
    }
}
