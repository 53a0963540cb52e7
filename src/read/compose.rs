//! Blocks of lines to a document: one text, the range of every line and block in it, and the doubts that joining left.

use crate::document::{Block, BlockKind, Line, Place, TextRange, Variation, VariationCause};

use super::join::{Joint, Words, joint};

/// Characters of a line that may be read otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The characters, as indices into the line.
    pub range: TextRange,
    /// What they may say instead.
    pub alternatives: Vec<String>,
    /// Why.
    pub cause: VariationCause,
}

/// A line as a reader found it.
#[derive(Clone, Debug)]
pub struct DraftLine {
    /// Its characters.
    pub characters: Vec<char>,
    /// For a line on a page: where each character starts and the last one ends, as fractions of its length.
    pub edges: Vec<f32>,
    /// Where it stands.
    pub place: Place,
    /// Other readings of its characters.
    pub doubts: Vec<Doubt>,
}

/// A block as a reader found it.
#[derive(Clone, Debug)]
pub struct DraftBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its lines; one at least.
    pub lines: Vec<DraftLine>,
}

impl DraftBlock {
    /// Its text with lines parted by spaces, for patterns.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(&line.characters);
        }
        out
    }
}

/// The parts of a document that are made of its text.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// The canonical text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its doubts, in the order of the text.
    pub variations: Vec<Variation>,
}

/// Joins blocks to a document's text.
pub fn compose(drafts: &[DraftBlock]) -> Composed {
    let mut words = Words::default();
    for line in drafts.iter().flat_map(|block| &block.lines) {
        words.add(&line.characters);
    }
    let mut writer = Writer { words, ..Writer::default() };
    for draft in drafts {
        if !writer.text.is_empty() {
            writer.text.extend(['\n', '\n']);
        }
        let start = writer.text.len();
        for (at, line) in draft.lines.iter().enumerate() {
            writer.line(line, at > 0, draft.kind);
        }
        writer.settle(start);
        writer.blocks.push(Block::leaf(draft.kind, TextRange::new(start, writer.text.len())));
    }
    let mut variations = writer.variations;
    variations.sort_by_key(|variation| (variation.range, variation.cause));
    Composed { text: writer.text.into_iter().collect(), blocks: writer.blocks, lines: writer.lines, variations }
}

/// How far back a joint is judged: a hyphen by its line, not by the whole block.
const BACK: usize = 200;

/// A joint to be written down once the block's text stands.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    joint: Joint,
}

#[derive(Default)]
struct Writer {
    words: Words,
    text: Vec<char>,
    blocks: Vec<Block>,
    lines: Vec<Line>,
    variations: Vec<Variation>,
    open: Vec<Open>,
}

impl Writer {
    fn line(&mut self, line: &DraftLine, goes_on: bool, kind: BlockKind) {
        let row = kind == BlockKind::Table;
        let mut skip = 0;
        if goes_on {
            // White space at a line end is part of the line end.
            skip = if row { 0 } else { line.characters.iter().take_while(|first| first.is_whitespace()).count() };
            self.link(&line.characters[skip..], kind);
        }
        let start = self.text.len();
        self.text.extend(&line.characters[skip..]);
        for doubt in &line.doubts {
            let range = TextRange::new(
                (start + doubt.range.start).saturating_sub(skip),
                (start + doubt.range.end).saturating_sub(skip),
            );
            let (alternatives, cause) = (doubt.alternatives.clone(), doubt.cause);
            self.variations.push(Variation { range, alternatives, cause });
        }
        let edges = line.edges.get(skip..).unwrap_or_default().to_vec();
        let place = match line.place {
            Place::Line { line, column } => {
                Place::Line { line, column: column.saturating_add(u32::try_from(skip).unwrap_or(u32::MAX)) }
            }
            ref other => other.clone(),
        };
        self.lines.push(Line { range: TextRange::new(start, self.text.len()), place, edges });
    }

    /// Joins what follows to the text so far.
    fn link(&mut self, after: &[char], kind: BlockKind) {
        if kind == BlockKind::Table {
            self.text.push('\n');
            return;
        }
        while self.text.last().is_some_and(|last| last.is_whitespace()) {
            self.drop_last();
        }
        let joint = match joint(&self.text[self.text.len().saturating_sub(BACK)..], after, &self.words) {
            // "Nature 412," and "305": volumes, pages and years meet at line ends, and no claim is made.
            Joint::Number | Joint::MaybeNumber if kind == BlockKind::Reference => Joint::Space,
            other => other,
        };
        match joint {
            Joint::Space | Joint::MaybeNumber => self.text.push(' '),
            Joint::Close | Joint::Number => {}
            Joint::Undo { .. } => self.drop_last(),
        }
        if matches!(joint, Joint::Undo { doubtful: true } | Joint::Number | Joint::MaybeNumber) {
            self.open.push(Open { at: self.text.len(), joint });
        }
    }

    /// Takes the last character off the text and off its line.
    fn drop_last(&mut self) {
        self.text.pop();
        let end = self.text.len();
        if let Some(line) = self.lines.last_mut()
            && line.range.end > end
        {
            line.range.end = end.max(line.range.start);
            if !line.edges.is_empty() {
                line.edges.truncate(line.range.len() + 1);
            }
        }
    }

    /// Writes down the doubts of a block whose text is complete.
    fn settle(&mut self, start: usize) {
        for Open { at, joint } in std::mem::take(&mut self.open) {
            let belongs: fn(&char) -> bool = match joint {
                Joint::Undo { .. } => |letter| letter.is_alphabetic() || *letter == '-',
                _ => |letter| letter.is_ascii_digit() || *letter == ',' || *letter == '.',
            };
            // The space of a number that may go on stands before `at`.
            let gap = usize::from(joint == Joint::MaybeNumber);
            let back = self.text[start..at - gap].iter().rev().take_while(|letter| belongs(letter)).count();
            let digits = |letter: &&char| {
                if gap == 1 || joint == Joint::Number { letter.is_ascii_digit() } else { belongs(letter) }
            };
            let on = self.text[at..].iter().take_while(digits).count();
            let (from, to) = (at - gap - back, at + on);
            let mut other: String = self.text[from..at - gap].iter().collect();
            other.push_str(match joint {
                Joint::Undo { .. } => "-",
                Joint::Number => " ",
                _ => "",
            });
            other.extend(&self.text[at..to]);
            let cause = if matches!(joint, Joint::Undo { .. }) {
                VariationCause::SoftHyphen
            } else {
                VariationCause::JoinedNumber
            };
            self.variations.push(Variation { range: TextRange::new(from, to), alternatives: vec![other], cause });
        }
    }
}
