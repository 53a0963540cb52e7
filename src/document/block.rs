//! The tree of blocks over the canonical text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::TextRange;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BlockKind {
    /// A section with its heading and its blocks.
    Section,
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// The caption of a figure or table.
    Caption,
    /// A list, its items one after the other.
    List,
    /// An item of a list, its mark included.
    ListItem,
    /// A table, its cells one after the other.
    Table,
    /// Display mathematics.
    DisplayMath,
    /// A footnote.
    Footnote,
    /// A note or box in the margin, beside the column that it stands by.
    SideNote,
    /// An entry of the reference list.
    Reference,
    /// Running heads, page numbers, line numbers, watermarks.
    Furniture,
}

impl BlockKind {
    /// Whether numbers in the block can be claims of the paper: running text, captions, lists and notes can, the
    /// reference list and page furniture can't.
    pub const fn holds_claims(self) -> bool {
        !matches!(self, Self::Reference | Self::Furniture)
    }
}

/// What a section is for, by its heading or its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SectionName {
    /// The abstract or summary at the head of the paper.
    Abstract,
    /// What is asked and why: introduction, background, objectives.
    Introduction,
    /// What was done: methods, materials, participants, analysis.
    Methods,
    /// What came out.
    Results,
    /// What it means, limitations included. A section of results and discussion is one of results.
    Discussion,
    /// What is concluded.
    Conclusion,
    /// The reference list.
    References,
    /// Thanks, funding, interests, contributions and other statements of the authors about their work.
    Acknowledgements,
    /// Appendices and supplements.
    Appendix,
    /// Any other.
    Other,
}

/// A block: a kind, a range of the text, and the blocks inside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its range; the ranges of its children lie inside, in order, without overlap.
    pub range: TextRange,
    /// Of a section, what it is for; nothing elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionName>,
    /// The blocks inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Block>,
}

impl Block {
    /// A block without children.
    pub const fn leaf(kind: BlockKind, range: TextRange) -> Self {
        Self { kind, range, section: None, children: Vec::new() }
    }

    /// A section with its blocks, the heading first where it has one. Its range is that of its blocks.
    pub fn section(name: SectionName, children: Vec<Self>) -> Self {
        Self { section: Some(name), ..Self::around(BlockKind::Section, children) }
    }

    /// A block around others.
    pub fn around(kind: BlockKind, children: Vec<Self>) -> Self {
        let start = children.first().map_or(0, |child| child.range.start);
        let end = children.last().map_or(start, |child| child.range.end);
        Self { kind, range: TextRange::new(start, end), section: None, children }
    }
}
