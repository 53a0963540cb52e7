//! PDF to a document: the adapter of hayro, the seam, and the layout above it.

mod captions;
mod facts;
mod fixture;
mod hayro;
mod layout;
mod reader;
mod source;
mod witness;

pub use fixture::{Fixture, FixturePage};
pub use reader::{read_pages, read_pdf};
pub use source::{Area, FontFacts, FontId, Glyph, GlyphText, PageError, PageGeom, PageSink, PageSource};
pub use witness::{Question, Testimony, testify};
