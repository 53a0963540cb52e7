//! A document of plain paragraphs, for tests of what comes after the readers.

use rederive::document::{Block, BlockKind, DOCUMENT_SCHEMA, Document, SourceFacts, SourceFormat, TextRange};

/// The text as paragraphs parted by empty lines, without lines, pages and variations.
pub fn document(text: &str) -> Document {
    let mut start = 0;
    let mut blocks = Vec::new();
    for paragraph in text.split("\n\n") {
        let end = start + paragraph.chars().count();
        blocks.push(Block::leaf(BlockKind::Paragraph, TextRange::new(start, end)));
        start = end + 2;
    }
    Document {
        schema: DOCUMENT_SCHEMA,
        source: SourceFacts {
            format: SourceFormat::Text,
            sha256: String::new(),
            title: None,
            producer: None,
            doi: None,
        },
        text: text.to_owned(),
        blocks,
        lines: Vec::new(),
        pages: Vec::new(),
        tables: Vec::new(),
        variations: Vec::new(),
        hidden: Vec::new(),
        notes: Vec::new(),
    }
}
