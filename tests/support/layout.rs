//! Pages given as plain glyphs, and the documents that the layout makes of them.

use rederive::document::{Block, BlockKind, Document, SourceFacts, SourceFormat, TextIndex};
use rederive::read::pdf::{Fixture, FixturePage, read_pages};
use rederive::read::{ReadError, ReadLimits};

/// The document of the pages, or why there is none.
pub fn read(pages: Vec<FixturePage>) -> Result<Document, ReadError> {
    let facts =
        SourceFacts { format: SourceFormat::Pdf, sha256: String::new(), title: None, producer: None, doi: None };
    let mut source = Fixture { pages, fonts: Vec::new() };
    read_pages(&mut source, facts, Vec::new(), &ReadLimits::default())
}

/// The document of the pages.
pub fn document(pages: Vec<FixturePage>) -> Document {
    read(pages).expect("a document")
}

/// The texts of the blocks of a kind.
pub fn texts(document: &Document, kind: BlockKind) -> Vec<String> {
    let index = TextIndex::new(&document.text);
    let of_kind = |block: &&&Block| block.kind == kind;
    let leaves = document.leaves();
    leaves.iter().filter(of_kind).map(|block| index.slice(&document.text, block.range).to_owned()).collect()
}

/// An empty page.
pub fn page() -> FixturePage {
    FixturePage::new(600.0, 800.0)
}

/// Sets lines from `y` down, 12 points apart.
pub fn set_lines(page: &mut FixturePage, x: f32, y: f32, lines: &[&str]) {
    let mut at = y;
    for line in lines {
        page.set(x, at, 10.0, line);
        at += 12.0;
    }
}

/// Lines of running text that fill a column of about 250 points.
pub const FILL: [&str; 5] = [
    "the quick brown fox jumps over the lazy dog and then it",
    "sleeps under the tall old oak beside a slow river until",
    "the morning comes and all the birds of the wood begin a",
    "song that nobody else has ever heard in this valley but",
    "which is known to every fox that has lived here so long",
];
