//! Pages as a run writes them: the demo's papers with their pictures and their size, for any number of jobs, and a
//! paper that tries to become markup.

#[path = "support/pages.rs"]
mod structure;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rederive::report::{PaperStatus, Report, base64};

/// The size of a typical page.
const TYPICAL: usize = 5_000_000;
/// A picture of 40,000 bytes in Base64.
const PICTURE: usize = 53_336;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.current_dir(folder).args(["check", "--progress", "none"]).args(arguments);
    command.env("NO_COLOR", "1").output().expect("the program starts")
}

/// The files under a folder with their contents, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    found
}

#[test]
fn a_folder_of_pages_is_the_same_for_any_number_of_jobs_and_stays_small() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut written = Vec::new();
    let mut report = None;
    for jobs in ["1", "2"] {
        let target = format!("{}/{jobs}/", folder.path().display());
        let output = check(&root(), &["corpora/demo", "--jobs", jobs, "--write", &target, "--format", "json"]);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        report = Some(output.stdout);
        written.push(files(Path::new(&target)));
    }
    assert!(written[0] == written[1], "one job and two jobs");
    let without = check(&root(), &["corpora/demo", "--format", "json"]);
    let report = report.expect("a report");
    assert!(report == without.stdout, "pages add nothing to the JSON");
    let report: Report = serde_json::from_slice(&report).expect("a report");
    let pages = &written[0];
    assert_eq!(pages.len(), report.papers.len() + 1);
    for page in pages.values() {
        structure::assert_sound(page, base64::encode);
    }
    for paper in &report.papers {
        assert_eq!(paper.status, PaperStatus::Checked);
        let address = format!("papers/{}.html", paper.key);
        assert!(pages["index.html"].contains(&address));
        let page = &pages[&address];
        assert!(page.len() < TYPICAL, "{address} has {} bytes", page.len());
        let standing = paper.findings.iter().filter(|finding| finding.stands_alone());
        assert_eq!(page.matches("<article class=\"card").count(), standing.count());
        let pictures: Vec<&str> = page.split("data:image/png;base64,").skip(1).collect();
        for picture in &pictures {
            assert!(picture.find('"').is_some_and(|length| 100 < length && length <= PICTURE));
        }
        if cfg!(feature = "crops") {
            assert!(pictures.len() >= paper.findings.len(), "a picture for each finding: {address}");
        } else {
            assert!(pictures.is_empty() && page.contains("makes no pictures"));
        }
    }
}

#[test]
fn one_page_holds_one_paper_and_a_folder_any_number() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        ("right.txt", "Of the participants, 42 of 46 (91%) agreed.\n"),
        ("wrong.txt", "Of the participants, 42 of 46 (83%) agreed.\n"),
        ("same.txt", "Of the participants, 42 of 46 (83%) agreed.\n"),
        ("empty.pdf", ""),
    ] {
        fs::write(folder.path().join(name), content).expect("a file");
    }
    let two = check(folder.path(), &["right.txt", "wrong.txt", "--write", "page.html"]);
    assert_eq!(two.status.code(), Some(2));
    let message = String::from_utf8_lossy(&two.stderr).into_owned();
    assert!(message.contains("a page holds one paper and there are 2; name a folder"), "{message}");
    assert!(!folder.path().join("page.html").exists());
    let wrong = check(folder.path(), &["wrong.txt", "--fail-on", "warning", "--write", "page.html"]);
    assert_eq!(wrong.status.code(), Some(1));
    let page = fs::read_to_string(folder.path().join("page.html")).expect("a page");
    assert!(page.contains("<mark>83%</mark>") && page.contains("line 1"), "{page}");
    // A folder that exists needs no stroke at its end; equal bytes have a page each, and no bytes have none.
    fs::create_dir(folder.path().join("out")).expect("a folder");
    let all =
        ["right.txt", "wrong.txt", "same.txt", "empty.pdf", "missing.pdf", "--fail-on", "warning", "--write", "out"];
    assert_eq!(check(folder.path(), &all).status.code(), Some(1));
    let pages = files(&folder.path().join("out"));
    assert_eq!(pages.len(), 1 + 4, "{:?}", pages.keys());
    assert_eq!(pages.keys().filter(|name| name.ends_with("-2.html")).count(), 1);
    for name in ["right.txt", "wrong.txt", "same.txt", "empty.pdf", "missing.pdf", "no such file"] {
        assert!(pages["index.html"].contains(name), "{name}");
    }
    // Pages of another run stay, but nobody is left to think that they are of this one.
    let message = String::from_utf8_lossy(&check(folder.path(), &all).stderr).into_owned();
    assert!(!message.contains("earlier runs"), "{message}");
    let message = String::from_utf8_lossy(&check(folder.path(), &["right.txt", "--write", "out"]).stderr).into_owned();
    assert!(message.contains("note: 3 files of earlier runs in "), "{message}");
    assert_eq!(files(&folder.path().join("out")).len(), 1 + 4);
}

#[test]
fn a_hostile_text_changes_nothing_of_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "<script>alert(1)</script> ]]> <!-- \u{202e} and \u{1}\u{7f} <img src=x onerror=alert(1)>";
    let text = format!("Say {hostile}. Of the participants, 42 of 46 (83%) agreed. Say {hostile}.\n");
    fs::write(folder.path().join("<b>paper.txt"), text).expect("a file");
    let output = check(folder.path(), &["<b>paper.txt", "--write", "page.html", "--exit-zero"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(folder.path().join("page.html")).expect("a page");
    assert!(page.contains("<article class=\"card"), "the finding is there");
    structure::assert_sound(&page, base64::encode);
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<img src=x") && !page.contains("<b>paper") && !page.contains('\u{202e}'));
    assert!(page.contains("U+202E"));
    assert!(page.chars().all(|character| character == '\n' || !character.is_control()));
}

#[test]
fn marked_copies_stand_beside_their_pages_and_begin_with_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/demo");
    let output = Command::new(env!("CARGO_BIN_EXE_rederive"))
        .args(["check", "--progress", "none", "--annotate", "--write"])
        .arg(format!("{}/", folder.path().display()))
        .arg(demo.join("utensils.pdf"))
        .output()
        .expect("the program starts");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let papers = folder.path().join("papers");
    let copies: Vec<_> = fs::read_dir(papers)
        .expect("a folder of papers")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    let [path] = &copies[..] else { panic!("one copy: {copies:?}") };
    let (original, copy) = (fs::read(demo.join("utensils.pdf")).expect("the paper"), fs::read(path).expect("the copy"));
    assert!(copy.starts_with(&original) && copy.len() > original.len());
    let document = lopdf::Document::load_mem(&copy).expect("a file that opens");
    let annotations: usize =
        document.page_iter().map(|page| document.get_page_annotations(page).map_or(0, |list| list.len())).sum();
    assert!(annotations >= 8, "{annotations} annotations");
    let page = fs::read_to_string(path.with_extension("html")).expect("its page");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(page.contains(&format!("<a href=\"{name}\">PDF</a>")), "the page leads to the copy");
}

#[test]
fn marked_copies_need_a_folder() {
    let output = Command::new(env!("CARGO_BIN_EXE_rederive"))
        .args(["check", "--annotate", "corpora/demo/utensils.pdf"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
}
