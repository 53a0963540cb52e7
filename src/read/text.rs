//! Plain text to a document. Characters within a line are never changed, so that offsets stay those of the file as far
//! as lines are not joined.

use sha2::{Digest, Sha256};

use crate::document::{BlockKind, DOCUMENT_SCHEMA, Document, Note, Place, SourceFacts, SourceFormat};

use super::compose::{DraftBlock, DraftLine, compose};
use super::error::ReadError;
use super::items::{ItemMark, item_mark};
use super::labels;
use super::limits::ReadLimits;
use super::sections;
use super::structure;

/// Reads plain text.
pub fn read_text(bytes: &[u8], limits: &ReadLimits) -> Result<Document, ReadError> {
    if bytes.len() > limits.text_bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.text_bytes });
    }
    let mut notes = Vec::new();
    let text = decode(bytes, &mut notes);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut drafts = blocks(&text);
    let texts: Vec<String> = drafts.iter().map(DraftBlock::text).collect();
    structure::mark_references(drafts.iter_mut().map(|draft| &mut draft.kind).zip(texts));
    let drafts: Vec<DraftBlock> = drafts.into_iter().flat_map(labels::parted).collect();
    let composed = compose(&drafts);
    let blocks = sections::tree(composed.blocks, &composed.text);
    Ok(Document {
        schema: DOCUMENT_SCHEMA,
        source: SourceFacts {
            format: SourceFormat::Text,
            sha256: sha256(bytes),
            title: None,
            producer: None,
            doi: None,
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

/// The SHA-256 of `bytes` in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The text of the bytes: UTF-8, UTF-16 with its mark, or Latin-1 where UTF-8 is broken and Latin-1 is plausible.
fn decode(bytes: &[u8], notes: &mut Vec<Note>) -> String {
    let mut note = |message: &str| notes.push(Note { page: None, message: message.to_owned() });
    for (mark, unit) in [([0xFF, 0xFE], u16::from_le_bytes as fn([u8; 2]) -> u16), ([0xFE, 0xFF], u16::from_be_bytes)] {
        if let Some(rest) = bytes.strip_prefix(&mark) {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
            note("the text was decoded from UTF-16");
            return String::from_utf16_lossy(&units);
        }
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if latin_1_is_plausible(bytes) => {
            note("the text is no valid UTF-8 and was decoded as Latin-1");
            bytes.iter().map(|&byte| char::from(byte)).collect()
        }
        Err(_) => {
            note("the text is no valid UTF-8, undecodable bytes were replaced");
            String::from_utf8_lossy(bytes).into_owned()
        }
    }
}

/// Whether no byte is a control of Latin-1 and no sequence looks like UTF-8.
fn latin_1_is_plausible(bytes: &[u8]) -> bool {
    let control = |byte: &u8| (0x80..0xA0).contains(byte) || (*byte < 0x20 && !b"\t\n\r\x0C".contains(byte));
    let multibyte = bytes.windows(2).any(|pair| (0xC2..0xF5).contains(&pair[0]) && (0x80..0xC0).contains(&pair[1]));
    !bytes.iter().any(control) && !multibyte
}

/// A line of the file.
#[derive(Clone, Copy)]
struct Row<'t> {
    number: u32,
    text: &'t str,
}

/// Parts a text into blocks: at empty lines, at every line where lines are paragraphs, and around headings.
fn blocks(text: &str) -> Vec<DraftBlock> {
    let rows: Vec<Row<'_>> = text
        .split('\n')
        .zip(1_u32..)
        .map(|(line, number)| Row { number, text: line.strip_suffix('\r').unwrap_or(line) })
        .collect();
    let whole = rows.len() == 1 || rows[1..].iter().all(|row| row.text.is_empty());
    if whole {
        let text = rows[0].text;
        return vec![DraftBlock::plain(kind_of(text), vec![draft(rows[0])])];
    }
    let width = width_of_wrapped(&rows);
    let items = items(&rows);
    let mut out: Vec<DraftBlock> = Vec::new();
    let mut last: Option<Row<'_>> = None;
    for (row, item) in rows.into_iter().zip(items) {
        if row.text.trim().is_empty() {
            last = None;
            continue;
        }
        let goes_on =
            !item && last.is_some_and(|last| width.is_some_and(|width| continues(last.text, row.text, width)));
        match out.last_mut() {
            Some(block) if goes_on => block.lines.push(draft(row)),
            _ if item => out.push(DraftBlock::plain(BlockKind::ListItem, vec![draft(row)])),
            _ => out.push(DraftBlock::plain(kind_of(row.text), vec![draft(row)])),
        }
        last = Some(row);
    }
    out
}

fn draft(row: Row<'_>) -> DraftLine {
    let text = row.text.trim_start_matches('\u{C}');
    DraftLine {
        characters: text.chars().collect(),
        edges: Vec::new(),
        place: Place::Line { line: row.number, column: 1 },
        doubts: Vec::new(),
    }
}

fn kind_of(text: &str) -> BlockKind {
    if structure::is_caption(text.trim_start()) {
        BlockKind::Caption
    } else if structure::is_heading(text) {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

/// Which rows open items of a list: by a sign that does nothing else, or by a number or letter before or after which
/// another row close by goes in the list. What could be a heading, and what goes on with a sentence, opens none.
fn items(rows: &[Row<'_>]) -> Vec<bool> {
    const NEAR: usize = 8;
    let marks: Vec<Option<ItemMark>> = rows.iter().map(|row| item_mark(row.text)).collect();
    let opens = |at: usize| {
        let Some(mark) = marks[at].filter(|_| !structure::is_heading(rows[at].text)) else { return false };
        if mark.is_sure() {
            return true;
        }
        let before = marks[at.saturating_sub(NEAR)..at].iter().flatten().any(|other| mark.follows(*other));
        let after = marks[at + 1..].iter().take(NEAR).flatten().any(|other| other.follows(mark));
        let last = at.checked_sub(1).map_or("", |last| rows[last].text.trim_end());
        let free = last.is_empty() || structure::ends_sentence(last) || last.ends_with(',') || last.ends_with(" and");
        (before || after) && free
    };
    (0..rows.len()).map(opens).collect()
}

/// The width that the lines are wrapped at; nothing where every line is a paragraph, which is so when most of the text
/// stands in lines longer than any program wraps at.
fn width_of_wrapped(rows: &[Row<'_>]) -> Option<usize> {
    const LONGEST: usize = 160;
    let mut lengths: Vec<usize> =
        rows.iter().map(|row| row.text.trim_end().chars().count()).filter(|length| *length > 0).collect();
    lengths.sort_unstable();
    let total: usize = lengths.iter().sum();
    let long: usize = lengths.iter().filter(|length| **length > LONGEST).sum();
    if long * 2 > total {
        return None;
    }
    lengths.get(lengths.len() * 9 / 10).copied()
}

/// Whether a wrapped paragraph goes on from one line to the next.
fn continues(last: &str, next: &str, width: usize) -> bool {
    let room = width.saturating_sub(last.trim_end().chars().count());
    let caption = structure::is_caption(next) && (structure::ends_sentence(last) || room > width / 5);
    if structure::is_heading(last) || structure::is_heading(next) || caption {
        return false;
    }
    let first_word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let opens = next.chars().next().is_some_and(|first| first.is_whitespace() || first.is_uppercase());
    // A line ends a paragraph where it ends a sentence and the next word would still have had room twice over.
    !(structure::ends_sentence(last) && opens && room > 2 * first_word + 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Heading, ListItem, Paragraph, Reference};

    fn read(text: &str) -> Document {
        read_text(text.as_bytes(), &ReadLimits::default()).expect("a document")
    }

    fn paragraphs(document: &Document) -> Vec<String> {
        let index = crate::document::TextIndex::new(&document.text);
        document.leaves().iter().map(|block| index.slice(&document.text, block.range).to_owned()).collect()
    }

    #[test]
    fn a_text_without_line_breaks_keeps_every_character() {
        for text in ["  Two  spaces,\u{A0}µ and −5 \u{2009}mg. ", "plain", "tab\there\u{AD}x"] {
            assert_eq!(read(text).text, text);
            assert_eq!(read(&format!("{text}\n")).text, text);
        }
    }

    #[test]
    fn wrapped_lines_are_joined_and_empty_lines_part() {
        let document =
            read("reference dose of 7000 ng/kg bw/day (42,\r\n000 ng/day for a 60 kg adult) was\r\nused.\r\n\r\nNext.");
        assert_eq!(
            paragraphs(&document),
            ["reference dose of 7000 ng/kg bw/day (42,000 ng/day for a 60 kg adult) was used.", "Next."]
        );
        let joined = document.variations.iter().find(|variation| variation.alternatives == ["42, 000"]);
        let range = joined.expect("a variation").range;
        let index = crate::document::TextIndex::new(&document.text);
        let span = document.span(&index, range);
        assert_eq!(span.quote, "42,000");
        assert_eq!(span.places, [Place::Line { line: 1, column: 38 }, Place::Line { line: 2, column: 1 }]);
    }

    #[test]
    fn long_lines_are_paragraphs_of_their_own() {
        let long = "word ".repeat(60);
        let document = read(&format!("{long}one.\n{long}two\n{long}three."));
        assert_eq!(document.blocks.len(), 3);
    }

    #[test]
    fn the_reference_list_is_set_apart() {
        let text = "Intro text of the paper.\n\nReferences\n\nSmith J (2001) 5 mg.\n\nAppendix A\n\nMore.";
        let kinds: Vec<BlockKind> = read(text).leaves().iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Paragraph, Heading, Reference, Heading, Paragraph]);
    }

    #[test]
    fn items_of_lists_are_blocks_of_their_own_and_marks_in_sentences_are_not() {
        let kinds = |text: &str| read(text).leaves().iter().map(|block| block.kind).collect::<Vec<_>>();
        let list = "We measured three things:\n1. the sleep of the foxes, in hours;\n2. the weight of the hares, in\n   \
                    grams; and\n3. the colour of the owls.\n";
        assert_eq!(kinds(list), [Paragraph, ListItem, ListItem, ListItem]);
        assert_eq!(read(list).blocks[1].kind, BlockKind::List);
        assert_eq!(kinds("We saw:\n• foxes\n• hares\n"), [Paragraph, ListItem, ListItem]);
        let sentence = "The foxes were (1) weighed by two of us who did not know where they had come from and then\n(2) \
                        put back where they had been found in the first place, which took us the best part of the\n(3) \
                        last days.";
        assert_eq!(kinds(sentence), [Paragraph]);
    }

    #[test]
    fn other_encodings_are_told() {
        let latin = read_text(b"5 \xB5g of it", &ReadLimits::default()).expect("a document");
        assert_eq!(latin.text, "5 µg of it");
        assert!(latin.notes[0].message.contains("Latin-1"));
        let wide: Vec<u8> = "\u{FEFF}5 µg".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read_text(&wide, &ReadLimits::default()).expect("a document").text, "5 µg");
        assert_eq!(read_text(b" \n ", &ReadLimits::default()), Err(ReadError::Empty));
    }
}
