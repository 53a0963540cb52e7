//! `rederive check --model FILE`: open weights with random numbers, through the whole way.

#[expect(dead_code, reason = "the tests of the decoder use the rest")]
#[path = "support/random_model.rs"]
mod random_model;
#[expect(dead_code, reason = "the tests of tokenizers use the rest")]
#[path = "support/small_vocabulary.rs"]
mod small_vocabulary;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use candle_core::quantized::GgmlDType;
use candle_core::quantized::gguf_file::Value;
use random_model::RandomModel;
use rederive::document::TextIndex;
use rederive::extract::extract;
use rederive::read::{ReadLimits, read};
use rederive::reason::candle::{CandleReasoner, Decoder, GgufFile, Options, Tokenizer};
use rederive::reason::{Answer, NONE, Prompt, Question, Reasoner, Source};

const PAPER: &str = "Of the participants, 42 of 46 (83%) agreed.\n\n\
                     The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,655 kg at the quay.\n\n\
                     A second hold took 52 kg of rope and 31 kg of tar. The whole load weighed 83 kg at the quay.\n";

/// A folder with a paper and a model.
fn folder(seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut model = RandomModel::new("llama", GgmlDType::F16);
    model.seed = seed;
    model.vocabulary = 512;
    let own = small_vocabulary::byte_level(&[PAPER.to_owned()], "qwen2");
    model.keys = own.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    model.keys.push(("general.name".to_owned(), Value::String("Random 0.001B".to_owned())));
    model.write(&folder.path().join("model.gguf"));
    fs::write(folder.path().join("paper.txt"), PAPER).expect("written");
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args([
        "check",
        "paper.txt",
        "--format",
        "json",
        "--all",
        "--exit-zero",
        "--timeout-per-paper",
        "3600",
    ]);
    let Output { status, stdout, stderr } =
        command.args(arguments).env("XDG_CACHE_HOME", folder.join("caches")).output().expect("the program starts");
    assert_eq!(status.code(), Some(0), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("UTF-8")
}

fn others(json: &str) -> Vec<serde_json::Value> {
    let report: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let findings = report["papers"][0]["findings"].as_array().expect("findings").clone();
    findings.into_iter().filter(|finding| finding["code"] != "MD102").collect()
}

#[test]
fn a_run_with_weights_is_the_same_again_and_without_them() {
    let folder = folder(7);
    let without = check(folder.path(), &[]);
    let first = check(folder.path(), &["--model", "model.gguf", "--votes", "3", "--record", "record.jsonl"]);
    assert_eq!(others(&first), others(&without));
    let report: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    let (settings, used) = (&report["settings"]["model"], &report["papers"][0]["model"]);
    assert_eq!((&settings["name"], &settings["endpoint"]), (&"Random 0.001B".into(), &serde_json::Value::Null));
    assert_eq!(settings["sha256"].as_str().map(str::len), Some(64));
    assert!(used["endpoint"].is_null() && used["tokens"].as_u64().is_some_and(|tokens| tokens > 500), "{used}");
    assert_eq!(used["unanswered"], 0);
    // Once from what was kept, once computed anew, once from the record.
    assert_eq!(check(folder.path(), &["--model", "model.gguf", "--votes", "3"]), first);
    assert_eq!(check(folder.path(), &["--model", "model.gguf", "--votes", "3", "--no-model-cache"]), first);
    fs::remove_file(folder.path().join("model.gguf")).expect("removed");
    assert_eq!(check(folder.path(), &["--replay", "record.jsonl"]), first);
}

/// The questions of the paper.
fn questions() -> Vec<Question> {
    let document = read(PAPER.as_bytes(), &ReadLimits::default()).expect("a text can be read");
    let (mentions, index) = (extract(&document), TextIndex::new(&document.text));
    Question::all(Source { document: &document, index: &index, mentions: &mentions }, &[]).list
}

#[test]
fn the_option_is_the_one_that_the_model_most_likely_goes_on_with() {
    let mut chosen = std::collections::BTreeSet::new();
    for seed in [7, 8, 9] {
        let folder = folder(seed);
        let path = folder.path().join("model.gguf");
        let mut reasoner = CandleReasoner::open(&path, &Options::default()).expect("a model");
        let mut file = GgufFile::open(&path).expect("a file");
        let tokenizer = Tokenizer::from_gguf(&file).expect("a tokenizer");
        let decoder = Decoder::load(&mut file, &Options::default()).expect("a model");
        let own: Vec<Prompt> = questions().iter().take(2).map(|question| Prompt::new(question, 0)).collect();
        // Random weights take the shortest answer, which is none; so there are options, too, that are shorter.
        let short = Prompt { options: ["q", "1", "2", "+"].map(str::to_owned).to_vec(), ..own[0].clone() };
        for prompt in own.into_iter().chain([short]) {
            // Token by token, without anything shared.
            let start = tokenizer.encode(&prompt.to_continue()).expect("tokens");
            let texts = prompt.options.iter().map(String::as_str).chain([NONE]);
            let likelihoods: Vec<f64> = texts.map(|text| likelihood(&decoder, &tokenizer, &start, text)).collect();
            let best = (0..likelihoods.len()).max_by(|a, b| likelihoods[*a].total_cmp(&likelihoods[*b]));
            let expected = match best {
                Some(at) if at < prompt.options.len() => Answer::Chosen(at),
                _ => Answer::None,
            };
            let answered = reasoner.answer(std::slice::from_ref(&prompt));
            assert_eq!(answered.first().map(|answered| &answered.answer), Some(&expected), "seed {seed}");
            chosen.insert(format!("{expected:?}"));
        }
    }
    assert!(chosen.len() > 1, "the models choose otherwise: {chosen:?}");
}

fn likelihood(decoder: &Decoder, tokenizer: &Tokenizer, start: &[u32], text: &str) -> f64 {
    let mut own = tokenizer.encode(&format!(" {text}")).expect("tokens");
    own.extend(tokenizer.encode("\n").expect("tokens"));
    let mut sequence = decoder.sequence();
    let mut scores = decoder.prefill(&mut sequence, start).expect("scores");
    let mut sum = 0.0;
    for token in own {
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f64 = scores.iter().map(|score| libm::exp(f64::from(score - most))).sum();
        sum += f64::from(scores[usize::try_from(token).expect("small")] - most) - libm::log(total);
        scores = decoder.prefill(&mut sequence, &[token]).expect("scores");
    }
    sum
}
