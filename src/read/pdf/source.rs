//! The seam between the readers of PDF files and the layout: our own types, no library's.
//!
//! A [`PageSource`] hands the marks of a page to a [`PageSink`], placed as shown (after `CropBox` and `Rotate`), in
//! points from the top left corner with y growing downwards. What the marks mean is for the layout.

use serde::{Deserialize, Serialize};

use crate::document::Concealment;

/// The characters of one glyph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GlyphText {
    /// One character.
    One(char),
    /// Several, a ligature most often.
    Many(Box<str>),
    /// The file does not say which character the glyph stands for.
    Unknown,
}

/// Which font of the source, an index that stays the same over the pages of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FontId(pub u32);

/// What is known about a font.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FontFacts {
    /// Its name without the subset tag.
    pub name: Option<String>,
    /// Whether it is bold.
    pub bold: bool,
}

/// A glyph where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glyph {
    /// What it says.
    pub text: GlyphText,
    /// The code that selected it in its font.
    pub code: u32,
    /// Its font.
    pub font: FontId,
    /// The origin on the baseline.
    pub x: f32,
    /// The origin on the baseline.
    pub y: f32,
    /// From the origin to where the next glyph starts; its direction is that of the text.
    pub dx: f32,
    /// From the origin to where the next glyph starts.
    pub dy: f32,
    /// The font size as shown, in points.
    pub size: f32,
    /// Why it cannot be seen, where that is known of how it is painted: then it belongs to the text layer of a scan, or is hidden.
    pub concealed: Option<Concealment>,
}

/// An upright box.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

/// The size of a page as shown and the way back to the file's own coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageGeom {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The turn that `Rotate` asks for, clockwise, in degrees.
    pub rotate: u16,
    /// The matrix (a, b, c, d, e, f) from shown coordinates to the file's user space, for marking the page.
    pub to_user: [f64; 6],
}

/// Takes the marks of one page in the order in which they are drawn.
pub trait PageSink {
    /// A glyph.
    fn glyph(&mut self, glyph: Glyph);
    /// A thin upright box that was drawn: a line of a table, a fraction bar, an underline.
    fn rule(&mut self, area: Area);
    /// The box of an image.
    fn image(&mut self, area: Area);
}

/// A page that could not be read, with its reason as a lower-case fragment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PageError(pub &'static str);

/// A file with pages.
pub trait PageSource {
    /// How many pages it has.
    fn page_count(&self) -> usize;
    /// Hands the marks of page `index` (from 0) to `sink`.
    fn page(&mut self, index: usize, sink: &mut dyn PageSink) -> Result<PageGeom, PageError>;
    /// What is known about a font that a glyph of this source named.
    fn font(&self, font: FontId) -> FontFacts;
    /// Where a glyph was handed on as another character than the file gives: what was done, as a fragment.
    fn repaired(&self, _: FontId, _: u32) -> Option<String> {
        None
    }
}
