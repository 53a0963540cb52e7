//! The reader on real papers beside the repository. Without them the tests say so and pass: nothing of them is kept here.

use std::path::{Path, PathBuf};

use rederive::document::{BlockKind, Document, Place, TextIndex};
use rederive::read::{ReadLimits, read};

/// The papers, or nothing with a word on it.
fn papers() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/pdf");
    let Ok(entries) = folder.read_dir() else {
        eprintln_skip();
        return None;
    };
    let mut all: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    all.sort();
    Some(all)
}

#[expect(clippy::print_stderr, reason = "a test that skips must say so")]
fn eprintln_skip() {
    eprintln!("skipped: ../shared/corpus/pdf is not there");
}

fn document(path: &Path) -> Document {
    let bytes = std::fs::read(path).expect("a readable file");
    read(&bytes, &ReadLimits::default()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn paper(papers: &[PathBuf], id: &str) -> Document {
    let name = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(id));
    document(papers.iter().find(name).unwrap_or_else(|| panic!("{id} is missing")))
}

#[test]
fn every_paper_gives_a_document_whose_ranges_and_places_hold() {
    let Some(papers) = papers() else { return };
    let mut with_references = 0;
    for path in &papers {
        let document = document(path);
        with_references += usize::from(document.leaves().iter().any(|block| block.kind == BlockKind::Reference));
        let index = TextIndex::new(&document.text);
        let mut end = 0;
        for line in &document.lines {
            assert!(line.range.start >= end && line.range.end <= index.len(), "{}: {line:?}", path.display());
            end = line.range.end;
            let Place::Box { page, .. } = line.place else { panic!("no box") };
            assert!(page >= 1 && page as usize <= document.pages.len());
            assert!(line.edges.is_empty() || line.edges.len() == line.range.len() + 1, "{}: {line:?}", path.display());
        }
        let mut end = 0;
        for block in document.leaves() {
            assert!(block.range.start >= end && block.range.end <= index.len());
            end = block.range.end;
        }
        for variation in &document.variations {
            assert!(variation.range.start <= variation.range.end && variation.range.end <= index.len());
        }
        let json = serde_json::to_vec(&document).expect("JSON");
        assert_eq!(read(&json, &ReadLimits::default()).as_ref(), Ok(&document), "{}", path.display());
    }
    assert!(with_references * 10 >= papers.len() * 8, "{with_references} of {} have a reference list", papers.len());
}

#[test]
fn sentences_are_whole_over_columns_and_signs_survive() {
    let Some(papers) = papers() else { return };
    let expected = [
        // From the left column, under a title set in another size, to the right one and over the page end.
        ("P002", &["femoral central venous catheter, and prolonged immobilization [2,3,7-9]."][..]),
        // A figure stands beside the column; the sentence goes on below and beside it.
        (
            "P009",
            &[
                "It has been shown that an ultra-performance [74,75] progressively slows down when the ambient temperature",
            ],
        ),
        ("P012", &["Eight newly weaned grey seal pups were captured on the Isle of May in 2010 for a pilot study"]),
        ("P071", &["higher-order multipoles below 1 × 10⁻⁴ units"]),
        ("P093", &["as punishment of norm violators (Blount, 1995; Falk, & Fischbacher, 2006)."]),
        ("P095", &["Comparing the Effects of Hypothetical Moral Preferences on Real-Life and Hypothetical Behavior"]),
        ("P096", &["p < .001"]),
        (
            "P110",
            &["particles ≥ 10 μm and ≥ 25 μm, respectively", "The level of significance was established at 0.05."],
        ),
    ];
    for (id, quotes) in expected {
        let document = paper(&papers, id);
        let text = document.text.replace(['\n', '\t'], " ");
        for quote in quotes {
            assert!(text.contains(quote), "{id}: {quote}");
        }
    }
}
