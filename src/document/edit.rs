//! A document with some characters replaced: what planted slips are made with.
//!
//! A document never changes, so this gives another one. Every range moves with the text: what stands before or behind
//! the replaced characters quotes what it did before. Places are not moved: the new characters stand where the old ones
//! stood. Whether the new text is sensible is for the caller to say.

use super::block::Block;
use super::paper::{Document, Line};
use super::text::{TextIndex, TextRange};

/// Where positions go when the characters of `range` become `length` others.
#[derive(Clone, Copy, Debug)]
struct Shift {
    range: TextRange,
    length: usize,
}

impl Shift {
    /// The position after the change. One inside the replaced characters stays as far from their start as it was, as
    /// long as there are characters, so that order is kept.
    fn position(self, position: usize) -> usize {
        let TextRange { start, end } = self.range;
        if position <= start {
            position
        } else if position >= end {
            position - end + start + self.length
        } else {
            start + (position - start).min(self.length)
        }
    }

    fn range(self, range: TextRange) -> TextRange {
        TextRange::new(self.position(range.start), self.position(range.end))
    }

    fn block(self, block: &Block) -> Block {
        Block {
            kind: block.kind,
            range: self.range(block.range),
            section: block.section,
            children: block.children.iter().map(|child| self.block(child)).collect(),
        }
    }

    /// The line with as many edges as it has characters, and one: those of new characters part the room of the old
    /// ones evenly.
    fn line(self, line: &Line) -> Line {
        let range = self.range(line.range);
        let mut edges = line.edges.clone();
        if !edges.is_empty() && self.range.overlaps(line.range) {
            let from = self.range.start.max(line.range.start) - line.range.start;
            let to = self.range.end.min(line.range.end) - line.range.start;
            let kept = line.range.len() - (to - from);
            edges.splice(from..=to, between(line.edges[from], line.edges[to], range.len() - kept));
        }
        Line { range, place: line.place.clone(), edges }
    }
}

/// `parts` + 1 values from `first` to `last` at even distances; `first` alone where there are no parts.
#[expect(clippy::cast_precision_loss, reason = "a line has few characters")]
fn between(first: f32, last: f32, parts: usize) -> Vec<f32> {
    let step = |at: usize| first + (last - first) * (at as f32 / parts as f32);
    (0..=parts).map(|at| if at == 0 { first } else { step(at) }).collect()
}

impl Document {
    /// The document with the characters of `range` replaced by `text`.
    ///
    /// Other readings of the replaced characters are left out, since they would speak of characters that are gone.
    /// `None` where the range is empty or not in the text, or where a line has not the edges of its characters.
    pub fn with_replaced(&self, range: TextRange, text: &str) -> Option<Self> {
        let index = TextIndex::new(&self.text);
        let has_edges = |line: &Line| line.edges.is_empty() || line.edges.len() == line.range.len() + 1;
        if range.is_empty() || range.end > index.len() || !self.lines.iter().all(has_edges) {
            return None;
        }
        let shift = Shift { range, length: text.chars().count() };
        let (before, after) = (&self.text[..index.byte(range.start)], &self.text[index.byte(range.end)..]);
        let mut changed = Self { text: format!("{before}{text}{after}"), ..self.clone() };
        changed.blocks = self.blocks.iter().map(|block| shift.block(block)).collect();
        changed.lines = self.lines.iter().map(|line| shift.line(line)).collect();
        for table in &mut changed.tables {
            table.range = shift.range(table.range);
            for cell in &mut table.cells {
                cell.range = shift.range(cell.range);
            }
            for other in table.caption.iter_mut().chain(&mut table.notes) {
                *other = shift.range(*other);
            }
        }
        changed.variations.retain(|variation| !variation.range.overlaps(range));
        for variation in &mut changed.variations {
            variation.range = shift.range(variation.range);
        }
        Some(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        BlockKind, Cell, DOCUMENT_SCHEMA, Place, Quad, SectionName, SourceFacts, SourceFormat, Table, Variation,
        VariationCause,
    };
    use super::*;
    use proptest::prelude::*;

    /// A page of words: a paragraph a sentence, a line a word, and a table of all words of the last one.
    fn document(paragraphs: &[Vec<String>]) -> Document {
        let mut text = String::new();
        let (mut blocks, mut lines, mut cells) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        for (number, words) in paragraphs.iter().enumerate() {
            if number > 0 {
                text.push_str("\n\n");
                at += 2;
            }
            let start = at;
            cells.clear();
            for (column, word) in words.iter().enumerate() {
                if column > 0 {
                    text.push(' ');
                    at += 1;
                }
                let range = TextRange::new(at, at + word.chars().count());
                let edges = between(0.0, 1.0, range.len());
                lines.push(Line { range, place: Place::Box { page: 1, quad: Quad::default() }, edges });
                let column = u32::try_from(column).expect("few words");
                cells.push(Cell { row: 0, column, row_span: 1, column_span: 1, range });
                text.push_str(word);
                at = range.end;
            }
            let range = TextRange::new(start, at);
            blocks.push(Block::section(SectionName::Other, vec![Block::leaf(BlockKind::Paragraph, range)]));
        }
        let last = blocks.last().expect("a paragraph").range;
        let columns = u32::try_from(cells.len()).expect("few words");
        let variations = lines
            .iter()
            .map(|line| Variation {
                range: line.range,
                alternatives: vec!["?".to_owned()],
                cause: VariationCause::RepairedGlyph,
            })
            .collect();
        let source =
            SourceFacts { format: SourceFormat::Pdf, sha256: String::new(), title: None, producer: None, doi: None };
        Document {
            schema: DOCUMENT_SCHEMA,
            source,
            text,
            tables: vec![Table {
                range: last,
                rows: 1,
                columns,
                header_rows: 0,
                cells,
                caption: Some(blocks[0].range),
                notes: vec![last],
            }],
            blocks,
            lines,
            pages: Vec::new(),
            variations,
            hidden: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Every range of a document with the characters that it quotes.
    fn quotes(document: &Document) -> Vec<(TextRange, String)> {
        fn walk(block: &Block, out: &mut Vec<TextRange>) {
            out.push(block.range);
            block.children.iter().for_each(|child| walk(child, out));
        }
        let mut ranges = Vec::new();
        document.blocks.iter().for_each(|block| walk(block, &mut ranges));
        ranges.extend(document.lines.iter().map(|line| line.range));
        for table in &document.tables {
            ranges.push(table.range);
            ranges.extend(table.cells.iter().map(|cell| cell.range));
            ranges.extend(table.caption);
            ranges.extend(&table.notes);
        }
        let index = TextIndex::new(&document.text);
        ranges.into_iter().map(|range| (range, index.slice(&document.text, range).to_owned())).collect()
    }

    proptest! {
        #[test]
        fn everything_else_quotes_what_it_did(
            paragraphs in prop::collection::vec(prop::collection::vec("[a-zµ0-9−]{1,9}", 1..6), 1..5),
            from in 0.0_f64..1.0,
            length in 1_usize..25,
            new in "[0-9.,−µ]{0,12}",
        ) {
            let before = document(&paragraphs);
            let characters: Vec<char> = before.text.chars().collect();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss,
                reason = "a share of a short text")]
            let start = (from * characters.len() as f64) as usize;
            let range = TextRange::new(start, (start + length).min(characters.len()));
            let after = before.with_replaced(range, &new).expect("the range is in the text");
            let expected: String = characters[..start].iter().chain(&new.chars().collect::<Vec<_>>())
                .chain(&characters[range.end..]).collect();
            prop_assert_eq!(&after.text, &expected);
            for ((old, was), (now, is)) in quotes(&before).into_iter().zip(quotes(&after)) {
                if !old.overlaps(range) {
                    prop_assert_eq!(was, is);
                } else if old.contains(range) {
                    prop_assert_eq!(now.len() + range.len(), old.len() + new.chars().count());
                }
                prop_assert!(now.start <= now.end && now.end <= expected.chars().count());
            }
            for line in &after.lines {
                prop_assert_eq!(line.edges.len(), line.range.len() + 1);
                prop_assert!(line.edges.windows(2).all(|pair| pair[0] <= pair[1]));
            }
            prop_assert!(after.lines.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
            prop_assert!(after.variations.iter().all(|one| one.alternatives == ["?"]));
            let untouched = before.variations.iter().filter(|one| !one.range.overlaps(range)).count();
            prop_assert_eq!(after.variations.len(), untouched);
        }

        #[test]
        fn the_way_back_gives_the_document_again(
            paragraphs in prop::collection::vec(prop::collection::vec("[a-z0-9]{2,9}", 1..5), 1..4),
            word in any::<prop::sample::Index>(),
            new in "[0-9]{1,12}",
        ) {
            let mut before = document(&paragraphs);
            before.variations.clear();
            // One whole word, so that no boundary lies inside.
            let line = &before.lines[word.index(before.lines.len())];
            let old = TextIndex::new(&before.text).slice(&before.text, line.range).to_owned();
            let there = before.with_replaced(line.range, &new).expect("a word");
            let range = TextRange::new(line.range.start, line.range.start + new.chars().count());
            let back = there.with_replaced(range, &old).expect("a word");
            prop_assert_eq!(quotes(&back), quotes(&before));
            prop_assert_eq!(back.text, before.text);
        }
    }

    #[test]
    fn ranges_outside_and_empty_ones_are_refused() {
        let document = document(&[vec!["one".to_owned(), "two".to_owned()]]);
        assert!(document.with_replaced(TextRange::new(3, 3), "x").is_none());
        assert!(document.with_replaced(TextRange::new(5, 99), "x").is_none());
        assert!(document.with_replaced(TextRange::new(4, 7), "").is_some());
    }
}
