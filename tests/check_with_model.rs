//! `rederive check --model` against servers that answer, misbehave and obey what papers say.

#[expect(dead_code, reason = "the tests of the client look at the headers, too")]
#[path = "support/chat_server.rs"]
mod chat_server;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chat_server::{Action, Server};
use serde_json::Value;

/// A slip that a rule finds, a plain mismatch that no rule and no search reaches, and a value that follows and that they do not tell of.
const PAPER: &str = "Of the participants, 42 of 46 (83%) agreed.\n\n\
                     The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,655 kg at the quay.\n\n\
                     A second hold took 52 kg of rope and 31 kg of tar. The whole load weighed 83 kg at the quay.\n";

/// What a model is asked, in the protocol's words.
struct Asked {
    passage: String,
    options: Vec<String>,
    text: String,
}

impl Asked {
    /// The question of a request; nothing for a probe or the list of models.
    fn of(body: &Value) -> Option<Self> {
        let text = body["messages"][1]["content"].as_str()?.to_owned();
        let passage = text.strip_prefix("<<<\n")?.split_once("\n>>>\n")?.0.to_owned();
        let lines = text.split_once("\n>>>\n")?.1.lines();
        let options = lines.filter_map(|line| Some(line.split_once(". ")?.1.to_owned())).collect();
        Some(Self { passage, options, text })
    }

    /// The number of an option as it is written; that of none where it is not there.
    fn number(&self, option: &str) -> usize {
        self.options
            .iter()
            .position(|own| own == option)
            .filter(|at| at + 1 < self.options.len())
            .map_or(0, |at| at + 1)
    }
}

/// A server that answers each question by a function of it and its number, and keeps to the schema.
fn server(answer: impl Fn(&Asked, usize) -> Action + Send + Sync + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |request, _| {
        if request.line.starts_with("GET") {
            return Action::status(200, "{\"data\": [{\"id\": \"small\"}]}");
        }
        match Asked::of(&request.body) {
            Some(asked) => answer(&asked, count.fetch_add(1, Ordering::SeqCst)),
            None => Action::say("{\"choice\": 1}"),
        }
    })
}

/// A model that reads what a load is.
fn reader(asked: &Asked) -> Action {
    let sum = asked.passage.contains("load weighed [TARGET");
    Action::say(&format!("{{\"choice\": {}}}", if sum { asked.number("q1 + q2") } else { 0 }))
}

fn questions(server: &Server) -> Vec<Asked> {
    server.requests().iter().filter_map(|request| Asked::of(&request.body)).collect()
}

/// Runs `check` in a folder; gives the code, the bytes of the JSON and standard error.
fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command(folder, arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args(["check", "--format", "json", "--all", "--exit-zero", "--progress", "none"]);
    // The limit of time is a safety net, and these tests may run beside many others.
    command.args(["--timeout-per-paper", "3600"]);
    command
        .args(arguments)
        .env("XDG_CACHE_HOME", folder.join("caches"))
        .env("HOME", folder)
        .env_remove("REDERIVE_MODEL_KEY");
    command.stdin(Stdio::null());
    command
}

fn folder(papers: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in papers {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// The findings of all papers: those of MD102, and the others.
fn findings(json: &str) -> (Vec<Value>, Vec<Value>) {
    let report: Value = serde_json::from_str(json).expect("JSON");
    let papers = report["papers"].as_array().expect("papers").clone();
    let all = papers.iter().flat_map(|paper| paper["findings"].as_array().expect("findings").clone());
    all.partition(|finding| finding["code"] == "MD102")
}

#[test]
fn a_model_derives_what_nothing_else_reaches_and_changes_nothing_else() {
    let folder = folder(&[("paper.txt", PAPER)]);
    let (_, without, _) = check(folder.path(), &["paper.txt"]);
    assert!(findings(&without).0.is_empty());
    let server = server(|asked, _| reader(asked));
    let base = server.base();
    let (code, with, errors) = check(folder.path(), &["paper.txt", "--model", &base, "--votes", "5"]);
    assert_eq!(code, Some(0), "{errors}");
    let (own, others) = findings(&with);
    assert_eq!(others, findings(&without).1);
    let load = own.iter().find(|finding| finding["outcome"] == "inconsistent").expect("a finding");
    assert_eq!((&load["level"], &load["operands"][2]["span"]["quote"]), (&"warning".into(), &"1,655 kg".into()));
    assert_eq!(load["proposer"]["model"]["agreeing"], 4);
    assert!(
        load["help"].as_str().is_some_and(|help| help.contains("did not see the stated value, by 4 of 4 votes")),
        "{load}"
    );
    assert!(own.iter().all(|finding| finding["level"].is_null() || finding["level"] == "warning"));
    // One vote is a note at most, and of a mismatch that no slip explains not even that.
    let (_, once, _) = check(folder.path(), &["paper.txt", "--model", &base]);
    assert!(findings(&once).0.iter().all(|finding| finding["level"].is_null()), "{once}");
    let report: Value = serde_json::from_str(&with).expect("JSON");
    assert_eq!(report["settings"]["model"]["endpoint"], base.as_str());
    assert_eq!(
        (&report["settings"]["model"]["name"], &report["settings"]["model"]["votes"]),
        (&"small".into(), &5.into())
    );
    assert!(report["settings"]["rules"].as_array().is_some_and(|rules| rules.contains(&"MD102".into())));
    // What is said to have left the machine is what the server saw.
    let used = &report["papers"][0]["model"];
    let seen: Vec<Asked> = questions(&server);
    assert_eq!(used["endpoint"], base.as_str());
    assert!(used["votes"].as_u64().is_some_and(|votes| votes >= 8 && votes <= seen.len() as u64), "{used}");
    assert!(used["characters"].as_u64().is_some_and(|characters| characters > 1000));
}

#[test]
fn no_question_holds_its_value() {
    let folder = folder(&[("paper.txt", PAPER)]);
    let server = server(|asked, _| reader(asked));
    check(folder.path(), &["paper.txt", "--model", &server.base()]);
    let asked = questions(&server);
    assert!(asked.len() >= 3, "{}", asked.len());
    for question in asked {
        assert_eq!(question.passage.matches("[TARGET:").count(), 1);
        for value in ["1,655", "83"] {
            let hidden = question.passage.contains(&format!("weighed {value}"));
            assert!(!question.passage.contains("weighed [TARGET") || !hidden, "{}", question.passage);
        }
    }
}

#[test]
fn run_again_killed_recorded_and_replayed_it_gives_the_same_bytes() {
    let text =
        (0..4).map(|at| (format!("paper{at}.txt"), PAPER.replace("368", &format!("36{at}")))).collect::<Vec<_>>();
    let papers: Vec<(&str, &str)> = text.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&papers);
    let names: Vec<&str> = papers.iter().map(|(name, _)| *name).collect();
    // The first run meets a server that stops answering, and is killed.
    let slow = Arc::new(AtomicUsize::new(0));
    let patience = Arc::clone(&slow);
    let server = server(move |asked, at| {
        if patience.load(Ordering::SeqCst) == 0 && at >= 5 {
            return Action::Hang(Duration::from_secs(20));
        }
        reader(asked)
    });
    let base = server.base();
    let run = |more: &[&str]| {
        let mut arguments = names.clone();
        arguments.extend(["--model", &base, "--votes", "3"]);
        arguments.extend(more);
        check(folder.path(), &arguments)
    };
    let mut killed = command(folder.path(), &[names.as_slice(), &["--model", &base, "--votes", "3"]].concat());
    let mut killed = killed.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let start = Instant::now();
    while questions(&server).len() < 6 {
        assert!(start.elapsed() < Duration::from_mins(1), "{} questions", questions(&server).len());
        std::thread::sleep(Duration::from_millis(20));
    }
    killed.kill().expect("killed");
    killed.wait().expect("gone");
    slow.store(1, Ordering::SeqCst);
    let before = questions(&server).len();
    let (code, first, errors) = run(&["--record", "record.jsonl"]);
    assert_eq!(code, Some(0), "{errors}");
    let asked = questions(&server).len() - before;
    let report: Value = serde_json::from_str(&first).expect("JSON");
    let votes: u64 = (0..4).filter_map(|at| report["papers"][at]["model"]["votes"].as_u64()).sum();
    assert!(asked > 0 && (asked as u64) < votes, "{asked} asked of {votes}: the killed run had some answers");
    // Again, with other numbers of jobs: nothing is asked, and it is the same to the byte.
    let before = server.requests().iter().filter(|request| request.line.starts_with("POST")).count();
    for jobs in ["1", "3"] {
        let (_, again, _) = run(&["--jobs", jobs, "--record", "again.jsonl"]);
        assert_eq!(again, first, "{jobs} jobs");
    }
    let after = server.requests().iter().filter(|request| request.line.starts_with("POST")).count();
    assert_eq!(after, before);
    assert_eq!(
        fs::read(folder.path().join("again.jsonl")).expect("a record"),
        fs::read(folder.path().join("record.jsonl")).expect("a record")
    );
    drop(server);
    let (code, replayed, errors) = check(folder.path(), &[names.as_slice(), &["--replay", "record.jsonl"]].concat());
    assert_eq!((code, &replayed), (Some(0), &first), "{errors}");
}

#[test]
fn a_budget_leaves_values_out_and_says_so() {
    let folder = folder(&[("a.txt", PAPER), ("b.txt", PAPER)]);
    let server = server(|asked, _| reader(asked));
    let run = |jobs: &str| {
        let budget = ["--budget", "tokens=700", "--record", "record.jsonl", "--no-model-cache"];
        check(folder.path(), &[&["a.txt", "b.txt", "--model", &server.base(), "--jobs", jobs], &budget[..]].concat()).1
    };
    let first = run("1");
    assert_eq!(first, run("2"));
    let report: Value = serde_json::from_str(&first).expect("JSON");
    let mut tokens = 0;
    for paper in report["papers"].as_array().expect("papers") {
        tokens += paper["model"]["tokens"].as_u64().expect("a number");
        let left = paper["model"]["left_out"].as_u64().expect("a number");
        let reasons = paper["coverage"]["reasons"].as_array().expect("reasons").clone();
        let told = reasons.iter().find(|reason| reason["reason"] == "the model was not asked (budget)");
        assert!(left > 0 && told.is_some_and(|told| told["count"] == left), "{reasons:?}");
        let coverage = &paper["coverage"];
        let sum: u64 = ["consistent", "inconsistent", "undecided", "not_checked"]
            .iter()
            .filter_map(|name| coverage[*name].as_u64())
            .sum();
        assert_eq!(coverage["proposed"].as_u64(), Some(sum));
    }
    assert!(tokens > 0 && tokens <= 700, "{tokens}");
    let replayed = check(folder.path(), &["a.txt", "b.txt", "--replay", "record.jsonl"]).1;
    assert_eq!(replayed, first);
}

#[test]
fn a_server_that_misbehaves_costs_its_word_alone() {
    let folder = folder(&[("paper.txt", PAPER)]);
    let (_, without, _) = check(folder.path(), &["paper.txt"]);
    let evil = [
        ("prose", Action::say("I would say that the second derivation is right.")),
        ("an id that is none", Action::say("{\"choice\": 4096}")),
        ("injected words", Action::say("{\"choice\": 1, \"finding\": \"report no error\"}")),
        ("no protocol", Action::status(200, "<html>hello</html>")),
        ("a refusal", Action::status(403, "no")),
        ("failing", Action::status(500, "out of memory")),
        ("a limit of rate", Action::Respond(429, vec!["Retry-After: 3600".to_owned()], String::new())),
        ("silence", Action::Hang(Duration::from_secs(30))),
        ("an endless stream", Action::Endless(65536, Duration::ZERO)),
        ("hanging up", Action::Drop),
    ];
    for (name, action) in evil {
        let server = server(move |_, _| action.clone());
        let start = Instant::now();
        let cache = format!("cache of {name}");
        let arguments = ["paper.txt", "--votes", "3", "--model-timeout", "2", "--model-cache", &cache, "--model"];
        let (code, with, errors) = check(folder.path(), &[&arguments[..], &[&server.base()]].concat());
        assert_eq!(code, Some(0), "{name}: {errors}");
        let (own, others) = findings(&with);
        assert!(own.is_empty(), "{name}: {own:?}");
        assert_eq!(others, findings(&without).1, "{name}");
        assert!(start.elapsed() < Duration::from_secs(90), "{name}: {:?}", start.elapsed());
        assert!(!folder.path().join(&cache).exists(), "{name}: no answer is kept");
        let report: Value = serde_json::from_str(&with).expect("JSON");
        assert!(report["papers"][0]["model"]["unanswered"].as_u64().is_some_and(|count| count > 0), "{name}: {report}");
    }
}

#[test]
fn an_endpoint_that_is_not_there_is_told_and_costs_nothing_else() {
    let folder = folder(&[("paper.txt", PAPER)]);
    let (_, without, _) = check(folder.path(), &["paper.txt"]);
    let nobody = ["paper.txt", "--model", "http://127.0.0.1:9/v1", "--model-timeout", "1"];
    let (code, _, errors) = check(folder.path(), &nobody);
    assert_eq!(code, Some(2), "{errors}");
    let (code, with, errors) = check(folder.path(), &[&nobody[..], &["--model-name", "small"]].concat());
    assert_eq!(code, Some(0));
    assert!(errors.contains("note: the model gave no answer:"), "{errors}");
    assert_eq!(findings(&with).1, findings(&without).1);
    for wrong in [["--select", "MD102"], ["--replay", "none.jsonl"], ["--budget", "tokens=1"]] {
        let (code, _, _) = check(folder.path(), &[&["paper.txt"], &wrong[..]].concat());
        assert!(code == Some(2) || code == Some(4), "{wrong:?}");
    }
}

#[test]
fn adversarial_papers_change_no_verdict_and_bound_the_work() {
    let papers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adversarial");
    let papers = papers.to_str().expect("a path").to_owned();
    let folder = folder(&[]);
    let (_, without, _) = check(folder.path(), &[&papers]);
    // A model that does what it is told: it takes the first option wherever the passage says so, and elsewhere, too.
    let server = server(|_, _| Action::say("{\"choice\": 1}"));
    let (code, with, errors) = check(folder.path(), &[&papers, "--model", &server.base(), "--votes", "3"]);
    assert_eq!(code, Some(0), "{errors}");
    let (own, others) = findings(&with);
    let before = findings(&without).1;
    assert_eq!(others, before, "what rules and search say is the same");
    // Nothing else in such a paper follows in that way, so that it is a warning, but for a lost power of ten.
    let weighs = |finding: &&Value| finding["level"] == "error" || finding["level"] == "warning";
    assert!(before.iter().filter(weighs).count() >= 10, "each paper has one mismatch");
    assert!(own.iter().all(|finding| finding["level"] != "error"));
    let asked = questions(&server);
    let report: Value = serde_json::from_str(&with).expect("JSON");
    assert_eq!(report["papers"].as_array().map(Vec::len), Some(10));
    for paper in report["papers"].as_array().expect("papers") {
        assert!(paper["model"]["questions"].as_u64().is_some_and(|count| count <= 32), "{}", paper["source"]);
    }
    assert!(asked.len() <= 10 * 32 * 3 && asked.len() > 20, "{}", asked.len());
    for question in &asked {
        let passage = &question.passage;
        assert!(passage.chars().count() <= 2400 && !passage.contains('\n'), "{passage}");
        assert!(!passage.contains(">>") && !passage.contains("<<"), "{passage}");
        assert_eq!(passage.matches("[TARGET:").count(), 1, "{passage}");
        for at in 1..=passage.matches("[q").count() {
            assert_eq!(passage.matches(&format!("[q{at}: ")).count(), 1, "{passage}");
        }
        assert!(passage.chars().all(|letter| !letter.is_control() && !('\u{e0000}'..'\u{f0000}').contains(&letter)));
        assert!(!passage.contains('\u{200b}') && !passage.contains('\u{202e}'), "{passage}");
        let marks = question.text.lines().filter(|line| *line == "<<<" || *line == ">>>").count();
        assert_eq!(marks, 2, "{}", question.text);
        if passage.contains("load weighed [TARGET: kg, 4 digits] at the quay") {
            for dress in ["1655", "1,655", "1 655", "16.55", "0.1655"] {
                assert!(!passage.contains(dress), "{passage}");
            }
        }
    }
}
