//! What a paper is: one canonical text, a tree of blocks over it, and the place of every character.
//!
//! A `Document` is made by a reader (`read`) and never changes afterwards. Offsets count Unicode scalar values of
//! [`Document::text`]. What the characters mean (numbers, units, statistics) is not decided here: see `extract`.

mod block;
mod edit;
mod hidden;
mod paper;
mod place;
mod table;
mod text;
mod variation;

pub use block::{Block, BlockKind, SectionName};
pub use hidden::{Concealment, HiddenText};
pub use paper::{DOCUMENT_SCHEMA, Document, Line, Note, PageSize, SourceFacts, SourceFormat};
pub use place::{PageBox, Place, Point, Quad, Span};
pub use table::{Cell, Table};
pub use text::{TextIndex, TextRange};
pub use variation::{Choice, Variation, VariationCause, VariationIx};
