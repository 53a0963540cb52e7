//! What the elements of a vocabulary are for the walk: every dialect gives each element a role.
//!
//! A role says how an element is read, not what its numbers mean. Which names have which role stands in one file for each
//! dialect ([`super::jats`], [`super::tei`], [`super::elsevier`]).

use crate::document::SourceFormat;

use super::tree::Element;

/// How an element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Left out with all that stands in it.
    Skip,
    /// Read as if what stands in it stood in its place.
    Through,
    /// Blocks, with a title or without.
    Section,
    /// Blocks that are read at the very end, wherever they stand.
    Floats,
    /// The title of the section that it stands in.
    Title,
    /// The number or mark of what it stands in.
    Label,
    /// A block of running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A footnote or a note of a table.
    Note,
    /// Text that makes no claims: programs, running heads.
    Furniture,
    /// An entry of the list of references.
    Reference,
    /// A figure, of which the caption is read.
    Figure,
    /// A table with its caption and its notes.
    Table,
    /// The grid of a table.
    Grid,
    /// A displayed formula.
    Formula,
    /// Presentation `MathML`.
    Math,
    /// TeX.
    Tex,
    /// Several forms of one thing, of which one is read.
    Alternatives,
    /// Raised characters.
    Superscript,
    /// Lowered characters.
    Subscript,
    /// The mark by which an entry of the list of references is cited.
    Citation,
    /// The mark of a footnote.
    Mark,
    /// A break or a gap between characters.
    Break,
    /// A character that is only drawn.
    Unknown,
}

impl Role {
    /// Whether an element of this role ends the text that stands before it.
    pub const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Section
                | Self::Floats
                | Self::Title
                | Self::Paragraph
                | Self::Item
                | Self::Furniture
                | Self::Reference
                | Self::Formula
        ) || self.floats()
    }

    /// Whether an element of this role stands beside the text, so that the sentence around it goes on.
    pub const fn floats(self) -> bool {
        matches!(self, Self::Note | Self::Figure | Self::Table | Self::Grid)
    }
}

/// A vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// The format that documents get.
    pub format: SourceFormat,
    /// The role of an element in a parent of the given name.
    pub role: fn(&Element, &str) -> Role,
    /// The elements that make a caption, in the order in which they are read.
    pub caption: &'static [&'static str],
    /// The title of the paper, its DOI and the program that wrote the file.
    pub facts: fn(&Element) -> Facts,
}

/// What a file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title.
    pub title: Option<String>,
    /// The DOI.
    pub doi: Option<String>,
    /// The program that wrote the file.
    pub producer: Option<String>,
}

/// The vocabulary that a root element belongs to.
pub fn dialect(root: &Element) -> Option<Dialect> {
    let holds = |names: &[&str]| root.elements().any(|element| names.contains(&element.name.as_str()));
    match root.name.as_str() {
        "article" if holds(&["front", "body"]) => Some(super::jats::DIALECT),
        "TEI" | "tei" | "teiCorpus" | "TEI.2" => Some(super::tei::DIALECT),
        "doc" if holds(&["serial-item"]) => Some(super::elsevier::DIALECT),
        _ => None,
    }
}

/// Whether a name is that of the root element of a dialect.
pub fn is_root(name: &str) -> bool {
    matches!(name, "article" | "TEI" | "tei" | "teiCorpus" | "TEI.2" | "doc")
}
