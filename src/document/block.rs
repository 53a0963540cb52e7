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
    /// A list.
    List,
    /// A table, its cells one after the other.
    Table,
    /// Display mathematics.
    DisplayMath,
    /// A footnote.
    Footnote,
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

/// A block: a kind, a range of the text, and the blocks inside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its range; the ranges of its children lie inside, in order, without overlap.
    pub range: TextRange,
    /// The blocks inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Block>,
}

impl Block {
    /// A block without children.
    pub const fn leaf(kind: BlockKind, range: TextRange) -> Self {
        Self { kind, range, children: Vec::new() }
    }
}
