//! Why a file gave no document.

use thiserror::Error;

/// An outcome of reading that is not a document. Each has a reason that a user can act on and a stable
/// [kind](ReadError::kind) that a program can count.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The input holds no byte, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// The content is none of the formats that can be read.
    #[error("the content is {seen}, which is not a format that can be read")]
    UnknownFormat {
        /// What the first bytes look like.
        seen: &'static str,
    },
    /// The content is XML of a vocabulary that is not read.
    #[error("the content is XML with the root element <{root}>, which is not a kind that can be read")]
    OtherXml {
        /// The name of the root element.
        root: String,
    },
    /// The XML cannot be followed, or asks for what is not done here.
    #[error("the XML cannot be read: {reason}")]
    Xml {
        /// What is amiss, with its place where there is one.
        reason: String,
    },
    /// The PDF opens with a password only.
    #[error("the file is encrypted and needs a password")]
    Encrypted,
    /// The PDF is encrypted in a way that cannot be undone here.
    #[error("the file is encrypted in a way that is not supported")]
    UnsupportedEncryption,
    /// The file says that it is a PDF but its structure cannot be followed.
    #[error("the file's structure is broken and could not be repaired")]
    Broken,
    /// The PDF has no page.
    #[error("the file has no pages")]
    NoPages,
    /// No page has text.
    #[error("no text could be read{}", if *.images { ": its pages are images, so it was probably scanned" } else { "" })]
    NoText {
        /// Whether images were seen.
        images: bool,
    },
    /// More pages than the limit.
    #[error("the file has {pages} pages, more than the limit of {limit}")]
    TooManyPages {
        /// How many it has.
        pages: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// More glyphs than the limit.
    #[error("the file draws more than {limit} glyphs, which is the limit")]
    TooManyGlyphs {
        /// How many are allowed.
        limit: usize,
    },
    /// More bytes than the limit for this format.
    #[error("the file has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// How many it has.
        bytes: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// The JSON is no document.
    #[error("the JSON is not a document: {reason}")]
    NotADocument {
        /// What is amiss, with its place.
        reason: String,
    },
    /// The document is of another form than this program knows.
    #[error("the document has schema {found}, this program reads schema {known}")]
    Schema {
        /// The schema it states.
        found: u64,
        /// The schema that is read.
        known: u32,
    },
}

impl ReadError {
    /// The kind, stable over versions, for reports and counts.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownFormat { .. } | Self::OtherXml { .. } => "unknown-format",
            Self::Xml { .. } => "xml",
            Self::Encrypted => "encrypted",
            Self::UnsupportedEncryption => "unsupported-encryption",
            Self::Broken => "broken",
            Self::NoPages => "no-pages",
            Self::NoText { .. } => "no-text",
            Self::TooManyPages { .. } => "too-many-pages",
            Self::TooManyGlyphs { .. } => "too-many-glyphs",
            Self::TooLarge { .. } => "too-large",
            Self::NotADocument { .. } => "not-a-document",
            Self::Schema { .. } => "schema",
        }
    }
}
