//! PDF to a document: the adapter of hayro, the seam, and the layout above it. Beside it, pictures of places.

mod captions;
mod facts;
mod fixture;
mod ground;
mod hayro;
mod hayro_codes;
mod hayro_fonts;
#[cfg(feature = "crops")]
mod hayro_raster;
mod hidden;
mod ink;
mod layout;
mod numbered;
mod outline;
mod picture;
#[cfg(feature = "crops")]
mod png;
#[cfg(feature = "crops")]
mod raster;
mod reader;
mod repairs;
mod source;
mod witness;

pub use fixture::{Fixture, FixturePage};
pub use hayro::to_user;
pub use picture::{MOST_BYTES, Picture, pictures};
#[cfg(feature = "crops")]
pub use raster::{MOST_PIXELS, Raster, Rasterizer};
pub use reader::{read_pages, read_pdf};
pub use source::{Area, FontFacts, FontId, Glyph, GlyphText, PageError, PageGeom, PageSink, PageSource};
pub use witness::{Question, Testimony, testify};
