//! The bytes of an XML file to a document.

use crate::document::{Block, BlockKind, DOCUMENT_SCHEMA, Document, Note, SectionName, SourceFacts, TextIndex};
use crate::read::citation::{citations, doubt_powers};
use crate::read::compose::compose;
use crate::read::error::ReadError;
use crate::read::limits::ReadLimits;
use crate::read::names::name_of;
use crate::read::sections::lists;
use crate::read::text::sha256;

use super::decode::decode;
use super::tree::parse;
use super::vocabulary::dialect;
use super::walk::{WalkedSection, walk};

/// How many characters a title or a DOI has at most.
const LONGEST_FACT: usize = 500;

/// Reads a paper in a vocabulary that is known.
pub fn read_xml(bytes: &[u8], limits: &ReadLimits) -> Result<Document, ReadError> {
    if bytes.len() > limits.text_bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.text_bytes });
    }
    let mut notes = Vec::new();
    let text = decode(bytes, &mut notes)?;
    let root = parse(&text, limits, &mut notes)?;
    let Some(dialect) = dialect(&root) else {
        return Err(ReadError::OtherXml { root: fact(&root.name).unwrap_or_default() });
    };
    let facts = (dialect.facts)(&root);
    let mut walked = walk(&dialect, &root)?;
    if walked.blocks.is_empty() {
        return Err(ReadError::NoText { images: false });
    }
    note_unknown(&walked.blocks, &mut notes);
    if walked.fragments > 0 {
        let message = format!("{} captions begin within a sentence and make no claims", walked.fragments);
        notes.push(Note { page: None, message });
    }
    for line in walked.blocks.iter_mut().flat_map(|block| &mut block.lines) {
        line.doubts = citations(&line.characters);
    }
    doubt_powers(&mut walked.blocks);
    let mut composed = compose(&walked.blocks);
    composed.attach(&walked.around);
    let blocks = sections(composed.blocks, &walked.sections, &composed.text);
    Ok(Document {
        schema: DOCUMENT_SCHEMA,
        source: SourceFacts {
            format: dialect.format,
            sha256: sha256(bytes),
            title: facts.title.as_deref().and_then(fact),
            producer: facts.producer.as_deref().and_then(fact),
            doi: facts.doi.as_deref().and_then(fact),
        },
        text: composed.text,
        blocks,
        lines: composed.lines,
        pages: Vec::new(),
        tables: composed.tables,
        variations: composed.variations,
        hidden: Vec::new(),
        notes,
    })
}

/// A field of the file as one line of bounded length.
fn fact(text: &str) -> Option<String> {
    let tidied: String = text.chars().filter(|character| !character.is_control()).take(LONGEST_FACT).collect();
    let tidied = tidied.trim();
    (!tidied.is_empty()).then(|| tidied.to_owned())
}

/// Says how many characters are drawn or unknown.
fn note_unknown(blocks: &[crate::read::compose::DraftBlock], notes: &mut Vec<Note>) {
    let lines = blocks.iter().flat_map(|block| &block.lines);
    let unknown = lines.flat_map(|line| &line.characters).filter(|character| **character == '\u{FFFD}').count();
    if unknown > 0 && notes.iter().all(|note| !note.message.contains("unknown")) {
        notes.push(Note { page: None, message: format!("unknown characters: {unknown}") });
    }
}

/// The leaves as a tree of sections; the walked ones are nested or apart, those inside before those around them. A
/// section is named by its element or by its heading.
fn sections(leaves: Vec<Block>, walked: &[WalkedSection], text: &str) -> Vec<Block> {
    let index = TextIndex::new(text);
    let mut out: Vec<(usize, Block)> = Vec::new();
    let mut walked = walked.iter().peekable();
    for (at, leaf) in leaves.into_iter().enumerate() {
        out.push((at, leaf));
        while let Some(section) = walked.next_if(|section| section.blocks.end == at + 1) {
            let first = out.partition_point(|(start, _)| *start < section.blocks.start);
            let children: Vec<Block> = out.split_off(first).into_iter().map(|(_, block)| block).collect();
            let heading = children.first().filter(|child| child.kind == BlockKind::Heading);
            let named = heading.map_or(SectionName::Other, |heading| name_of(index.slice(text, heading.range)));
            let name = if section.is_abstract { SectionName::Abstract } else { named };
            if !children.is_empty() {
                out.push((section.blocks.start, Block::section(name, children)));
            }
        }
    }
    lists(out.into_iter().map(|(_, block)| block).collect())
}
