//! The readers of XML on real papers beside the repository. Without them the tests say so and pass: nothing of them is
//! kept here.

use std::path::{Path, PathBuf};

use rederive::document::{BlockKind, Document, Place, SourceFormat, TextIndex};
use rederive::read::{ReadLimits, read};

/// The XML files of a folder of the corpus, or nothing with a word on it.
fn papers(folder: &str) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(folder);
    let Ok(entries) = path.read_dir() else {
        eprintln_skip(folder);
        return Vec::new();
    };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut all: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|kind| kind == "xml")).collect();
    all.sort();
    all
}

#[expect(clippy::print_stderr, reason = "a test that skips must say so")]
fn eprintln_skip(folder: &str) {
    eprintln!("skipped: ../shared/corpus/{folder} is not there");
}

/// Reads all papers of a folder; each must be a document of the format whose ranges and places hold.
fn all(folder: &str, format: SourceFormat) -> Vec<Document> {
    let open = |(at, path): (usize, &PathBuf)| {
        let bytes = std::fs::read(path).expect("a readable file");
        let document =
            read(&bytes, &ReadLimits::default()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(document.source.format, format, "{}", path.display());
        holds(&document, path);
        if at % 10 == 0 {
            let json = serde_json::to_vec(&document).expect("JSON");
            assert_eq!(read(&json, &ReadLimits::default()).as_ref(), Ok(&document), "{}", path.display());
        }
        document
    };
    papers(folder).iter().enumerate().map(open).collect()
}

fn holds(document: &Document, path: &Path) {
    let index = TextIndex::new(&document.text);
    let mut end = 0;
    for line in &document.lines {
        assert!(line.range.start >= end && line.range.end <= index.len(), "{}: {line:?}", path.display());
        end = line.range.end;
        let Place::Element { path: element, .. } = &line.place else { panic!("no element: {line:?}") };
        assert!(!element.is_empty(), "{}", path.display());
    }
    let mut end = 0;
    for block in document.leaves() {
        assert!(block.range.start >= end && block.range.end > block.range.start && block.range.end <= index.len());
        end = block.range.end;
    }
    for table in &document.tables {
        assert!(table.cells.iter().all(|cell| table.range.contains(cell.range)), "{}", path.display());
    }
}

fn share(documents: &[Document], holds: impl Fn(&Document) -> bool) -> bool {
    documents.iter().filter(|document| holds(document)).count() * 10 >= documents.len() * 9
}

fn has(document: &Document, kind: BlockKind) -> bool {
    document.leaves().iter().any(|block| block.kind == kind)
}

#[test]
fn every_jats_file_gives_a_document() {
    let documents = all("jats/plos", SourceFormat::Jats);
    assert!(share(&documents, |document| document.source.doi.is_some() && document.source.title.is_some()));
    assert!(share(&documents, |document| has(document, BlockKind::Reference)));
    let tables: usize = documents.iter().map(|document| document.tables.len()).sum();
    assert!(documents.is_empty() || tables >= 90, "{tables} tables");
    let _ = all("pairs", SourceFormat::Jats);
}

#[test]
fn every_tei_file_gives_a_document() {
    let documents = all("tei/psychsci", SourceFormat::Tei);
    assert!(share(&documents, |document| document.source.doi.is_some() && document.source.title.is_some()));
    assert!(share(&documents, |document| has(document, BlockKind::Reference) && has(document, BlockKind::Heading)));
    let _ = all("groundtruth/grobid-quantities/quantities/corpus", SourceFormat::Tei);
}

#[test]
fn every_file_of_elsevier_gives_a_document() {
    let documents = all("oa-stm/xml", SourceFormat::Elsevier);
    assert!(share(&documents, |document| document.source.doi.is_some() && has(document, BlockKind::Heading)));
}
