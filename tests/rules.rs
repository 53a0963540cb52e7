//! The rules on their pages' examples and on the literate cases of `tests/cases`.

#[path = "support/cases.rs"]
mod cases;
#[path = "support/concealed.rs"]
mod concealed;
#[path = "support/marked_up.rs"]
mod marked_up;
#[path = "support/outcomes.rs"]
mod outcomes;
#[path = "support/typeset.rs"]
mod typeset;

use std::fmt::Write as _;
use std::path::Path;

use outcomes::Judged;
use rederive::derive::{Operation, decision};
use rederive::document::{Document, TextIndex};
use rederive::read::{ReadLimits, read};
use rederive::rules::{self, Needs, PAGE_HEADINGS, Rule, RuleContext, Skeletons};
use typeset::Style;

/// The names of the outcomes of a rule on a text.
fn names(rule: &dyn Rule, text: &str) -> Vec<&'static str> {
    outcomes::judge(rule, &outcomes::document(text)).iter().map(Judged::name).collect()
}

/// The rules over what a page shows and hides, which see nothing in plain text: their passages say in brackets how a line is
/// painted, and are painted so.
fn is_of_pages(rule: &dyn Rule) -> bool {
    rule.metadata().needs == Needs::Pages
}

/// A name for each thing that such a rule sees on a page with the lines of a text.
fn seen(rule: &dyn Rule, text: &str) -> Vec<&'static str> {
    let document = read(&concealed::page(text), &ReadLimits::default()).expect("the page can be read");
    let index = TextIndex::new(&document.text);
    let skeletons = Skeletons::default();
    rule.observe(RuleContext { document: &document, index: &index, skeletons: &skeletons, selections: &[] })
        .iter()
        .map(|_| "warning")
        .collect()
}

/// What a failing case shows.
fn account(rule: &dyn Rule, text: &str) -> String {
    let mut out = String::new();
    for judged in outcomes::judge(rule, &outcomes::document(text)) {
        let _ = writeln!(out, "    {}: {} [{}]", judged.name(), judged.message, judged.outcome.relation);
    }
    out
}

#[test]
fn every_page_has_the_fixed_headings() {
    for rule in rules::all() {
        let code = rule.metadata().code;
        assert_eq!(rule.page().headings(), PAGE_HEADINGS, "{code}");
        for heading in PAGE_HEADINGS {
            assert!(rule.page().section(heading).is_some_and(|section| !section.is_empty()), "{code}: {heading}");
        }
        assert!(rule.page().markdown().starts_with(&format!("# {code} {}\n", rule.metadata().name)), "{code}");
    }
}

#[test]
fn flagged_examples_give_one_finding_and_clean_ones_none() {
    for rule in rules::all() {
        let code = rule.metadata().code;
        let flagged = rule.page().examples("Example (flagged)");
        let clean = rule.page().examples("Example (clean)");
        assert!(!flagged.is_empty() && !clean.is_empty(), "{code}: an example is missing");
        if is_of_pages(*rule) {
            assert!(flagged.iter().all(|example| seen(*rule, example) == ["warning"]), "{code}");
            assert!(clean.iter().all(|example| seen(*rule, example).is_empty()), "{code}");
            continue;
        }
        for example in flagged {
            // A note will do where the values are but likely of one thing, and nowhere else.
            let is_told = |own: &Judged| {
                let likely = own.proposal.operation == Operation::Likely && own.name() == "note";
                likely || ["error", "warning"].contains(&own.name())
            };
            let judged = outcomes::judge(*rule, &outcomes::document(&example));
            let findings = judged.iter().filter(|own| is_told(own)).count();
            assert_eq!(findings, 1, "{code} on {example:?}:\n{}", account(*rule, &example));
        }
        for example in clean {
            let names = names(*rule, &example);
            let settled = |name: &&str| !["error", "warning", "note"].contains(name);
            assert!(names.iter().all(settled), "{code} on {example:?}:\n{}", account(*rule, &example));
            assert!(names.contains(&"consistent"), "{code} looks at nothing in {example:?}");
        }
    }
}

/// The outcome with what it says of the decision: `error (decides otherwise)`.
fn name_and_decision(judged: &Judged) -> String {
    let changes = decision(&judged.proposal, &judged.outcome).is_some_and(|decision| decision.changes);
    format!("{} ({})", judged.name(), if changes { "decides otherwise" } else { "decides alike" })
}

/// Runs every case through `open`, which makes the document of a passage, and gives an account of those that fail.
fn failures(open: &dyn Fn(&str) -> Document) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failures = String::new();
    for rule in rules::all().iter().filter(|rule| !is_of_pages(**rule)) {
        let code = rule.metadata().code;
        let file = folder.join(format!("{}.md", rule.metadata().name.replace('-', "_")));
        let markdown = std::fs::read_to_string(&file).expect("every rule has a file of cases");
        let cases = cases::parse(&markdown);
        assert!(cases.len() >= 10, "{code} has {} cases", cases.len());
        for case in cases {
            let judged = outcomes::judge(*rule, &open(&case.text));
            let expected = |at: usize| case.expected.get(at).is_some_and(|name| name.contains('('));
            let found = judged.iter().enumerate();
            let found: Vec<String> =
                found.map(|(at, own)| if expected(at) { name_and_decision(own) } else { own.name().into() }).collect();
            if found == case.expected {
                continue;
            }
            let (line, title, text) = (case.line, case.title, case.text);
            let _ = writeln!(failures, "{code} line {line} ({title}): expected {:?}, found {found:?}", case.expected);
            let _ = writeln!(failures, "    {text}");
            for judged in judged {
                let _ = writeln!(failures, "    {}: {}", judged.name(), judged.message);
            }
        }
    }
    failures
}

#[test]
fn the_cases_of_pages_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for rule in rules::all().iter().filter(|rule| is_of_pages(**rule)) {
        let code = rule.metadata().code;
        let file = folder.join(format!("{}.md", rule.metadata().name.replace('-', "_")));
        let cases = cases::parse(&std::fs::read_to_string(&file).expect("every rule has a file of cases"));
        assert!(cases.len() >= 10, "{code} has {} cases", cases.len());
        for case in cases {
            assert_eq!(seen(*rule, &case.text), case.expected, "{code} line {} ({})", case.line, case.title);
        }
    }
}

#[test]
fn the_cases_hold_as_text() {
    let failures = failures(&outcomes::document);
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_cases_hold_on_a_page_of_one_column() {
    let failures = failures(&|text| page(text, Style::MANUSCRIPT));
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_cases_hold_on_a_page_of_two_columns() {
    let failures = failures(&|text| page(text, Style::JOURNAL));
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_cases_hold_as_jats() {
    let failures = failures(&|text| marked_up(text, marked_up::jats));
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_cases_hold_as_tei() {
    let failures = failures(&|text| marked_up(text, marked_up::tei));
    assert!(failures.is_empty(), "\n{failures}");
}

/// A passage written as XML and read back, with its tables.
fn marked_up(text: &str, write: fn(&Document) -> Vec<u8>) -> Document {
    let bytes = write(&outcomes::document(text));
    read(&bytes, &ReadLimits::default()).expect("the XML can be read")
}

/// A passage typeset in a style and read back from the PDF. A paragraph of plain words stands before and behind it, as a
/// page holds more than a line.
/// A passage with a table is taken as it is: how tables are read from a page is tested elsewhere.
fn page(text: &str, style: Style) -> Document {
    if outcomes::grid::holds_table(text) {
        return outcomes::document(text);
    }
    let before = "The work that is told here was done in a room with a window to the north, and nobody was in a hurry.";
    let behind = "We thank all those who read an earlier form of these lines and told us which words to leave out.";
    let bytes = typeset::typeset(&[before, text, behind], style);
    read(&bytes, &ReadLimits::default()).expect("the page can be read")
}
