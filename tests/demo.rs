//! The demonstration corpus: every planted error is found, no look-alike is flagged, and the published reports are
//! what a run writes, whatever the number of jobs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rederive::arithmetic::set_text;
use rederive::arithmetic::units::{self, Unit};
use rederive::derive::{Level, Replay, Verdict, replay};
use rederive::document::Place;
use rederive::report::{Finding, OutcomeName, PaperStatus, Report};
use rederive::score::{Truth, score};

/// The published reports, and how they are rebuilt: `UPDATE=1 cargo test --test demo`.
const REPORTS: [&str; 3] = ["report.json", "findings.csv", "report.txt"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the main job, from the root of the package as the README says.
fn check(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(root()).args(["check", "corpora/demo", "--progress", "none"]).args(arguments);
    command.env("NO_COLOR", "1").output().expect("the program starts")
}

fn report(output: &Output) -> Report {
    serde_json::from_slice(&output.stdout).expect("standard output is a report")
}

#[test]
fn every_planted_error_is_flagged_and_no_look_alike() {
    let output = check(&["--format", "json", "--all"]);
    assert_eq!(output.status.code(), Some(1));
    let report = report(&output);
    let truth = fs::File::open(root().join("corpora/demo/truth.csv")).expect("a truth file");
    let truth = Truth::read(truth).expect("a truth file");
    let mut papers: Vec<&str> = truth.rows.iter().map(|row| row.paper.as_str()).collect();
    papers.sort_unstable();
    papers.dedup();
    assert!(papers.len() >= 6, "six papers at least: {papers:?}");
    assert!(report.papers.iter().all(|paper| paper.status == PaperStatus::Checked), "every paper is read");
    let errors = truth.rows.iter().filter(|row| row.is_error).count();
    assert!(errors >= 6);
    // A note says that only a habit of rounding reconciles the values: it is no flag, and a truncated percentage has one.
    for level in [Level::Error, Level::Warning] {
        let score = score(&truth, &report.papers, level);
        assert_eq!(score.false_flags, [], "from level {level:?}");
    }
    let score = score(&truth, &report.papers, Level::Warning);
    assert_eq!(score.missed, []);
    assert_eq!(score.codes[0].recall.hits, errors);
    assert!(score.unlabelled.is_empty() && score.absent.is_empty(), "{:?} {:?}", score.unlabelled, score.absent);
}

#[test]
fn the_dose_finding_has_page_box_operands_and_a_factor_of_ten() {
    let report = report(&check(&["--format", "json"]));
    let dose = |finding: &&Finding| {
        let stated = finding.operands.last().map_or("", |operand| operand.span.quote.as_str());
        let compact: String = stated.chars().filter(|character| !character.is_whitespace()).collect();
        finding.code == "UN101" && compact.contains("42,000")
    };
    let findings: Vec<&Finding> = report.papers.iter().flat_map(|paper| &paper.findings).filter(dose).collect();
    assert!(!findings.is_empty(), "the passage on BDE-209 is flagged");
    for finding in findings {
        assert_eq!(finding.level, Some(Level::Error));
        let cause = finding.cause.as_ref().expect("a cause is named");
        assert_eq!(cause.factor.as_deref(), Some("10"));
        assert!(finding.derived.tight.exact.contains("416"), "{:?}", finding.derived);
        let words = format!("{} {}", finding.message, finding.help).replace(',', "");
        assert!(words.contains("420000"), "{words}");
        assert_eq!(finding.operands.len(), 3, "the dose, the body mass, the stated amount");
        for operand in &finding.operands {
            let boxed = |place: &Place| match place {
                Place::Box { page, quad } => {
                    let [left, top, right, bottom] = quad.bounds();
                    *page >= 1 && right > left && bottom > top
                }
                _ => false,
            };
            assert!(!operand.span.places.is_empty() && operand.span.places.iter().all(boxed), "{operand:?}");
        }
    }
}

#[test]
fn the_published_reports_are_what_a_run_writes_for_any_number_of_jobs() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut written = Vec::new();
    for jobs in ["1", "2", "5"] {
        let paths: Vec<PathBuf> = REPORTS.iter().map(|name| folder.path().join(jobs).join(name)).collect();
        let paths: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let mut arguments = vec!["--jobs", jobs];
        for path in &paths {
            arguments.extend(["--write", path.as_str()]);
        }
        assert_eq!(check(&arguments).status.code(), Some(1));
        written.push(paths.iter().map(|path| fs::read_to_string(path).expect("a report")).collect::<Vec<_>>());
    }
    assert_eq!(written[0], written[1], "one job and two jobs");
    assert_eq!(written[0], written[2], "one job and five jobs");
    let published = root().join("reports/demo");
    for (name, fresh) in REPORTS.iter().zip(&written[0]) {
        let path = published.join(name);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&published).expect("a folder");
            fs::write(&path, fresh).expect("the report can be written");
        }
        let stale = fs::read_to_string(&path).unwrap_or_default() != *fresh;
        assert!(!stale, "{} is stale: UPDATE=1 cargo test --test demo", Path::new("reports/demo").join(name).display());
    }
}

#[test]
fn every_decided_claim_is_replayed_from_its_line_alone() {
    let report = report(&check(&["--format", "json", "--all"]));
    let claims = report.papers.iter().flat_map(|paper| &paper.findings);
    let mut replayed = 0;
    for claim in claims.filter(|claim| matches!(claim.outcome, OutcomeName::Consistent | OutcomeName::Inconsistent)) {
        let Ok(Replay::Outcome(outcome)) = replay(&claim.relation, true) else {
            panic!("{} is no relation: {}", claim.code, claim.relation);
        };
        match outcome.verdict {
            Verdict::Consistent => assert_eq!(claim.outcome, OutcomeName::Consistent, "{}", claim.relation),
            Verdict::Inconsistent(_) => assert_eq!(claim.outcome, OutcomeName::Inconsistent, "{}", claim.relation),
            other => panic!("{}: {other:?}", claim.relation),
        }
        let unit = units::parse(&claim.stated.unit).units().into_iter().next().unwrap_or_else(Unit::one);
        for (sets, reported) in [(&outcome.stated, &claim.stated), (&outcome.derived, &claim.derived)] {
            assert_eq!(set_text::exact_text(&unit.from_si(&sets.tight)), reported.tight.exact, "{}", claim.relation);
            assert_eq!(set_text::exact_text(&unit.from_si(&sets.wide)), reported.wide.exact, "{}", claim.relation);
        }
        assert!(claim.eval.contains("rederive eval --printed '") && claim.eval.contains(&claim.relation));
        replayed += 1;
    }
    assert!(replayed > 100, "{replayed} claims");
}
