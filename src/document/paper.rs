//! `Document`: the canonical text with its blocks, lines, other readings and facts about the file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::{Block, SectionName};
use super::hidden::HiddenText;
use super::place::{Place, Span};
use super::table::Table;
use super::text::{TextIndex, TextRange};
use super::variation::Variation;

/// The version of the serialised form; a reader refuses another major form by name instead of misreading it.
pub const DOCUMENT_SCHEMA: u32 = 1;

/// What kind of file a document came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SourceFormat {
    /// A PDF file.
    Pdf,
    /// Plain text.
    Text,
    /// JATS, the XML of journal articles.
    Jats,
    /// TEI, as GROBID writes it.
    Tei,
    /// The XML of Elsevier's articles.
    Elsevier,
}

/// Facts about the file, as far as its format has them. None of them is a claim of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceFacts {
    /// The format.
    pub format: SourceFormat,
    /// The SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The title in the file's metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The program that wrote the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// The DOI, where the file's metadata or first page names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
}

/// The size of a page as shown, after `CropBox` and `Rotate`, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageSize {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Whether its text is what a program recognised on the picture of a scan.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
}

/// A line of the text where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// Its range in the canonical text.
    pub range: TextRange,
    /// Where the whole line stands.
    pub place: Place,
    /// For a line on a page: how far along the line (0 to 1 of its length) each character starts, and one last value
    /// where the last one ends. Empty elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edges: Vec<f32>,
}

/// Something that the reader saw and that a user should know: a page it could not read, a limit it hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// The page, counted from 1, where the note is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// What was seen: a lower-case fragment without a final stop.
    pub message: String,
}

/// A paper as its reader saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// [`DOCUMENT_SCHEMA`].
    pub schema: u32,
    /// Facts about the file.
    pub source: SourceFacts,
    /// The canonical text. Blocks are parted by an empty line, the lines of a block joined.
    pub text: String,
    /// The blocks at the top of the tree, in reading order.
    pub blocks: Vec<Block>,
    /// The lines, in the order of the text.
    pub lines: Vec<Line>,
    /// The sizes of the pages; empty where the format has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PageSize>,
    /// The tables whose rows and columns the reader knows, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Other readings of characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variations: Vec<Variation>,
    /// Text that its pages hold and do not show, which is no part of the canonical text; by page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<HiddenText>,
    /// What a user should know about the reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl Document {
    /// The blocks that hold text themselves (the leaves of the tree), in reading order.
    pub fn leaves(&self) -> Vec<&Block> {
        fn walk<'d>(blocks: &'d [Block], out: &mut Vec<&'d Block>) {
            for block in blocks {
                if block.children.is_empty() {
                    out.push(block);
                } else {
                    walk(&block.children, out);
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.blocks, &mut out);
        out
    }

    /// The sections around the character at `offset`, the outermost first: the results of an abstract are
    /// `[Abstract, Results]`.
    pub fn sections_at(&self, offset: usize) -> Vec<SectionName> {
        let mut out = Vec::new();
        let mut blocks = &self.blocks[..];
        while let Some(block) = blocks.iter().find(|block| (block.range.start..block.range.end).contains(&offset)) {
            out.extend(block.section);
            blocks = &block.children;
        }
        out
    }

    /// The parts of `range`, one for each line that it touches, with their places.
    pub fn parts(&self, range: TextRange) -> Vec<(TextRange, Place)> {
        // Lines come in the order of the text, so those that the range touches stand together.
        let first = self.lines.partition_point(|line| line.range.end <= range.start);
        let touched = self.lines[first..].iter().take_while(|line| line.range.start < range.end);
        touched.filter(|line| line.range.overlaps(range)).map(|line| line.part(range)).collect()
    }

    /// The characters of `range` and where they stand, one place for each line they touch.
    pub fn span(&self, index: &TextIndex, range: TextRange) -> Span {
        let places = self.parts(range).into_iter().map(|(_, place)| place).collect();
        Span { range, quote: index.slice(&self.text, range).to_owned(), places }
    }
}

impl Line {
    /// The part of the line that lies in `range`, and its place.
    fn part(&self, range: TextRange) -> (TextRange, Place) {
        let own = TextRange::new(range.start.max(self.range.start), range.end.min(self.range.end));
        let (from, to) = (own.start - self.range.start, own.end - self.range.start);
        let place = match &self.place {
            Place::Box { page, quad } => {
                let edge = |at: usize, or: f32| self.edges.get(at).copied().unwrap_or(or);
                Place::Box { page: *page, quad: quad.part(edge(from, 0.0), edge(to, 1.0)) }
            }
            Place::Line { line, column } => {
                Place::Line { line: *line, column: column.saturating_add(u32::try_from(from).unwrap_or(u32::MAX)) }
            }
            other => other.clone(),
        };
        (own, place)
    }
}
