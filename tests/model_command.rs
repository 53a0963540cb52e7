//! `rederive model` as a script sees it.

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

fn model(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).arg("model").args(arguments).env("NO_COLOR", "1");
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// A folder with a model that has a tokenizer, and one whose pre-tokenizer is not known.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let strings = ["one of two is 50%".to_owned()];
    for (name, pre) in [("model.gguf", "qwen2"), ("other.gguf", "chatglm-bpe")] {
        let mut model = RandomModel::new("qwen3", GgmlDType::Q4K);
        model.vocabulary = 512;
        let own = small_vocabulary::byte_level(&strings, pre);
        model.keys = own.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        model.keys.push(("general.name".to_owned(), Value::String("Random 0.001B".to_owned())));
        model.write(&folder.path().join(name));
    }
    fs::write(folder.path().join("paper.txt"), "42 of 46 (91%)").expect("written");
    folder
}

#[test]
fn info_tells_what_a_model_is() {
    let folder = folder();
    let (code, out, _) = model(folder.path(), &["info", "model.gguf"]);
    assert_eq!(code, Some(0));
    let bytes = fs::metadata(folder.path().join("model.gguf")).expect("a file").len();
    assert_eq!(
        out,
        format!(
            "name            Random 0.001B\n\
             architecture    qwen3, 2 blocks\n\
             state           256 elements, 512 within the feed-forward network\n\
             heads           4 of 128 elements, 2 of keys and values\n\
             vocabulary      512 tokens\n\
             parameters      1705728\n\
             file            {bytes} bytes; tensors: F32 9, Q4_K 15\n\
             context         8192 tokens, first trained with 8192\n\
             rotary          base 10000, 128 of 128 elements\n\
             tokenizer       qwen2, ends with <|im_end|>\n\
             chat template   none\n"
        )
    );
    let (code, out, _) = model(folder.path(), &["info", "other.gguf", "--format", "json"]);
    assert_eq!(code, Some(0));
    let facts: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(facts["architecture"], "qwen3");
    assert!(facts["tokenizer"]["name"].is_null());
    assert!(facts["tokenizer"]["reason"].as_str().expect("a reason").contains("`chatglm-bpe` is not supported"));
}

#[test]
fn check_compares_and_says_what_differs() {
    let folder = folder();
    let (code, out, err) = model(folder.path(), &["check", "model.gguf"]);
    assert_eq!(code, Some(0), "{out}{err}");
    assert_eq!(out.lines().filter(|line| line.starts_with("same ")).count(), 6, "{out}");
    assert!(out.starts_with("same     the decoder and plain loops over unpacked weights: cosine 0.999"), "{out}");
    let (code, out, _) = model(folder.path(), &["check", "other.gguf", "--context", "64"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.ends_with("tekken, deepseek-llm, smollm, gpt-2\n"), "{out}");
    let (code, _, err) = model(folder.path(), &["check", "model.gguf", "--context", "9"]);
    assert_eq!((code, err.trim_end()), (Some(2), "error: model.gguf: a context of 9 tokens is too short for the test"));
}

#[test]
fn bench_measures_what_it_says() {
    let folder = folder();
    let arguments = ["bench", "model.gguf", "--prompt", "30", "--decode", "3", "--candidates", "2"];
    let (code, out, err) = model(folder.path(), &arguments);
    assert_eq!(code, Some(0), "{err}");
    let names: Vec<&str> = out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, ["load", "prefill", "score", "decode", "memory"]);
    for told in ["(30 tokens in ", "(20 tokens in ", "(3 tokens in "] {
        assert!(out.contains(told), "{out}");
    }
    let (code, _, err) = model(folder.path(), &["bench", "model.gguf", "--prompt", "0"]);
    assert_eq!((code, err.trim_end()), (Some(2), "error: a prompt needs a token"));
    let (code, _, err) = model(folder.path(), &["bench", "model.gguf", "--prompt", "9000"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("9000 tokens do not fit into a context of 8192"), "{err}");
}

#[test]
fn what_is_no_model_is_an_error_with_its_name() {
    let folder = folder();
    for command in ["info", "check", "bench"] {
        let (code, out, err) = model(folder.path(), &[command, "none.gguf"]);
        assert_eq!((code, out.as_str()), (Some(4), ""));
        assert!(err.starts_with("error: none.gguf: "), "{err}");
        let (code, _, err) = model(folder.path(), &[command, "paper.txt"]);
        assert_eq!(code, Some(4));
        assert!(err.starts_with("error: paper.txt: not a GGUF file that can be read: "), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    if !cfg!(feature = "cuda") {
        let (code, _, err) = model(folder.path(), &["check", "model.gguf", "--device", "cuda"]);
        assert_eq!(code, Some(2));
        assert!(err.starts_with("error: the device cannot be used: "), "{err}");
    }
}

#[test]
fn the_page_shows_what_the_command_says() {
    let folder = folder();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model.md");
    let page = fs::read_to_string(&path).expect("docs/model.md");
    let (_, out, _) = model(folder.path(), &["info", "model.gguf"]);
    let fresh = with_part(&page, "info", &format!("```console\n$ rederive model info model.gguf\n{out}```"));
    let (_, out, _) = model(folder.path(), &["info", "other.gguf"]);
    let names = out.split_once("supported are ").and_then(|(_, rest)| rest.lines().next()).expect("the names");
    let names: Vec<String> = names.split(", ").map(|name| format!("`{name}`")).collect();
    let fresh = with_part(&fresh, "pre", &names.join(", "));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &fresh).expect("the page can be written");
    }
    assert!(page == fresh, "docs/model.md is stale: UPDATE=1 cargo test --features model --test model_command, twice");
}

/// The page with what stands between two marks replaced.
fn with_part(page: &str, name: &str, content: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("\n<!-- /{name} -->"));
    let (before, rest) = page.split_once(&start).expect("the mark");
    let (_, after) = rest.split_once(&end).expect("the end of the mark");
    [before, &start, content, &end, after].concat()
}
