//! The passages of `corpora/windows`: what they say is right holds, what they say is wrong does not, and the ranker is measured on
//! them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rederive::derive::{Strength, Verdict};
use rederive::score::reasoning::{Derivation, Placed, WrittenWindow, written_windows};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/windows")
}

/// All passages with the file and line that they stand at.
fn passages() -> Vec<(String, WrittenWindow)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the folder of passages")
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let mut found = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("a readable file");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let windows = written_windows(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.extend(windows.into_iter().map(|window| (format!("{name}:{}", window.line), window)));
    }
    found
}

fn verdict(window: &WrittenWindow, derivation: &Derivation) -> (String, Verdict) {
    let placed = Placed::new(window).unwrap_or_else(|error| panic!("{error} in: {}", window.text));
    let relation = placed.relation(derivation);
    let outcome = placed.outcome(derivation).unwrap_or_else(|error| panic!("{relation}: {error}"));
    (relation, outcome.expect("a relation has an outcome").verdict)
}

#[test]
fn there_are_enough_and_a_quarter_follows_from_nothing() {
    let all = passages();
    let none = all.iter().filter(|(_, window)| window.derivation.is_none()).count();
    assert!(all.len() >= 120, "{}", all.len());
    assert!(none * 5 >= all.len() && none * 3 <= all.len(), "{none} of {}", all.len());
    for (at, window) in &all {
        assert!(!window.wrong.is_empty(), "{at} has no distractor");
        assert_eq!(
            window.derivation.is_some(),
            window.slip.is_some(),
            "{at}: a slip is planted where something follows"
        );
        assert_eq!(window.derivation.is_none(), window.note.is_some(), "{at}: why nothing follows is said");
    }
}

#[test]
fn derivations_hold_and_planted_slips_do_not() {
    let mut wrong = String::new();
    for (at, window) in passages() {
        let Some(derivation) = &window.derivation else { continue };
        let (relation, own) = verdict(&window, derivation);
        if own != Verdict::Consistent {
            let _ = writeln!(wrong, "{at}: {relation} is {own:?}");
        }
        let slipped = window.slipped().expect("a slip");
        let (relation, own) = verdict(&slipped, derivation);
        if own != Verdict::Inconsistent(Strength::Disjoint) {
            let _ = writeln!(wrong, "{at}: {relation} is {own:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_distractor_gives_the_value() {
    let mut wrong = String::new();
    for (at, window) in passages() {
        for derivation in &window.wrong {
            let placed = Placed::new(&window).unwrap_or_else(|error| panic!("{at}: {error}"));
            // What the evaluator refuses, such as a sum of unlike values, gives no value either.
            if let Ok(Some(outcome)) = placed.outcome(derivation)
                && outcome.verdict == Verdict::Consistent
            {
                let _ = writeln!(wrong, "{at}: {} holds", placed.relation(derivation));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn relations_are_what_the_calculator_reads() {
    let calculated = |relation: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
        let output = command.args(["eval", "--printed", relation]).output().expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for (at, window) in passages().iter().filter(|(_, window)| window.derivation.is_some()).step_by(20) {
        let derivation = window.derivation.as_ref().expect("a derivation");
        let (code, text) = calculated(&verdict(window, derivation).0);
        assert!(code == Some(0) && text.contains("\nconsistent"), "{at}: {text}");
        let (code, text) = calculated(&verdict(&window.slipped().expect("a slip"), derivation).0);
        assert!(code == Some(1) && text.contains("\ninconsistent"), "{at}: {text}");
    }
}

#[test]
fn the_ranker_is_measured_on_them() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    let output = command.args(["search", "try", "--list"]).arg(folder()).output().expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let all = passages();
    let derivable = all.iter().filter(|(_, window)| window.derivation.is_some()).count();
    assert!(
        text.starts_with(&format!("{} windows, of which {derivable} follow from a program.\n", all.len())),
        "{text}"
    );
    assert!(text.contains("\ndose:3 420,000 ng/day: 7000 ng/kg/day * 60 kg = 420000 ng/day; "), "{text}");
}
