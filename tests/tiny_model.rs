//! The tiny model of `corpora/tiny_model` through the whole line: what is asked, what it chooses, what the evaluator says.
//!
//! None of the passages here is one that it was trained on.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rederive::document::TextIndex;
use rederive::extract;
use rederive::read::{self, ReadLimits};
use rederive::reason::{Prompt, Question, Source, TEMPLATE};
use rederive::search::{Ranker, Values};

const MODEL: &str = "corpora/tiny_model/tiny.gguf";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rederive(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(root()).env("NO_COLOR", "1").args(arguments).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What `check` says of a text, with all outcomes.
fn checked(text: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let paper = folder.path().join("paper.txt");
    fs::write(&paper, text).expect("a file");
    let paper = paper.to_string_lossy().into_owned();
    let arguments = ["check", &paper, "--all", "--exit-zero", "--format", "concise", "--progress", "none"];
    let output = rederive(&[arguments.as_slice(), more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    stdout(&output)
}

const ASKED: [&str; 5] = ["--model", MODEL, "--no-model-cache", "--votes", "3"];

/// Two passages of whose value neither a rule nor the search says anything.
const HOLDS: &str = "Of the 36 kg of feed, 17 kg was eaten in spring, or 47%.\n";
const SLIP: &str = "Of the 36.2 kg of feed, 17.4 kg was eaten in spring, or 84.1%.\n";

#[test]
fn a_value_that_no_rule_reaches_is_derived_and_checked() {
    let without = checked(HOLDS, &[]);
    assert!(!without.contains("47 %"), "{without}");
    let with = checked(HOLDS, &ASKED);
    assert!(with.contains("MD102") && with.contains("47 % follows from 17 kg ÷ 36 kg"), "{with}");
}

#[test]
fn a_planted_slip_is_flagged() {
    let without = checked(SLIP, &[]);
    assert!(!without.contains("84.1"), "{without}");
    let with = checked(SLIP, &ASKED);
    assert!(with.contains("MD102") && with.contains("17.4 kg ÷ 36.2 kg gives 48.07 %, not 84.1 %"), "{with}");
    // What one vote says is no warning.
    let one = checked(SLIP, &["--model", MODEL, "--no-model-cache"]);
    assert!(!one.contains("warning"), "{one}");
}

/// The hits of a line such as "Right in all:   57 of 172 (33.1 %, 26.5 to 40.5)".
fn hits(text: &str, line: &str) -> usize {
    let row = text.lines().find_map(|own| own.strip_prefix(line)).unwrap_or_else(|| panic!("{line} in {text}"));
    row.split_whitespace().next().and_then(|hits| hits.parse().ok()).unwrap_or_else(|| panic!("{row}"))
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one looks at with --nocapture")]
fn it_is_measured_beside_the_ranker_in_one_way() {
    let passages = "corpora/windows";
    let (ranker, model) =
        (rederive(&["search", "try", passages]), rederive(&["model", "try", MODEL, passages, "--votes", "3"]));
    assert!(model.status.success(), "{}", String::from_utf8_lossy(&model.stderr));
    let (ranker, model) = (stdout(&ranker), stdout(&model));
    println!("the ranker:\n{ranker}\nthe tiny model:\n{model}");
    assert_eq!(ranker.lines().next(), model.lines().next(), "the same passages");
    for line in ["It is put before \"none\", too:", "Right in all:"] {
        assert!(hits(&model, line) > hits(&ranker, line), "{line}\n{ranker}\n{model}");
    }
    assert!(model.contains("Right where all votes agree:") && model.contains(" tokens, "), "{model}");
}

#[test]
fn it_is_asked_in_the_words_that_it_was_trained_on() {
    let text = "The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,611 kg at the quay.";
    let document = read::read(text.as_bytes(), &ReadLimits::default()).expect("a text is read");
    let mentions = extract::extract(&document);
    let values = Values::of(&mentions);
    let index = TextIndex::new(&document.text);
    let source = Source { document: &document, index: &index, mentions: &mentions };
    let (target, _) = values.iter().nth(2).expect("the third value");
    let question = Question::about(source, &values, target, &Ranker::shipped()).expect("a question");
    let prompt = Prompt::new(&question, 0);
    let options: Vec<String> = prompt.options.iter().zip(1..).map(|(option, at)| format!("{at}. {option}")).collect();
    let passage = "The hold took [q1: 1,243 kg] of rope and [q2: 368 kg] of tar. The whole load weighed [TARGET: kg, 4 digits] at \
                   the quay.";
    let told = format!("{}\n<<<\n{passage}\n>>>\n{}\n0. none\nTARGET =", prompt.system, options.join("\n"));
    assert_eq!(prompt.to_continue(), told);
    assert_eq!(TEMPLATE, 1, "another wording asks for another training");
    // The script spreads the task over lines of a literal.
    let script = fs::read_to_string(root().join("corpora/tiny_model/prompts.py")).expect("a script");
    assert!(script.replace("\"\n    \"", "").contains(&prompt.system), "the task is another one in prompts.py");
}
