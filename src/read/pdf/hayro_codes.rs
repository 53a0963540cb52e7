//! Which outlines a font of a file gives to its codes, by having the interpreter of hayro show them all.
//!
//! The interpreter has its fonts loaded, or keeps what it loads here for the page; building them a second time would cost
//! as much again. Nothing is known of names or texts here.

use hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret,
};
use hayro_syntax::content::TypedIter;
use hayro_syntax::page::Resources;
use hayro_syntax::xref::XRef;
use kurbo::{Affine, BezPath, Rect};

/// What the pages of a file are interpreted with.
pub struct Interpreter<'s, 'f> {
    /// The fonts and objects that were loaded.
    pub cache: &'s InterpreterCache<'f>,
    /// The objects of the file.
    pub xref: &'f XRef,
    /// The settings.
    pub settings: &'s InterpreterSettings,
}

impl<'f> Interpreter<'_, 'f> {
    /// The codes of a simple font in `resources` with their outlines. Fonts that hayro describes by itself are left out;
    /// a font that cannot be loaded has none.
    pub fn outlines(&self, font: &[u8], resources: &Resources<'f>) -> Vec<(u8, GlyphIdentifier)> {
        let mut context = Context::new(Affine::IDENTITY, Rect::ZERO, self.cache, self.xref, self.settings.clone());
        let mut outlines = Outlines(Vec::with_capacity(256));
        let shown = all_codes(font);
        interpret(TypedIter::new(&shown), resources, &mut context, &mut outlines);
        outlines.0
    }
}

/// A content stream that shows the codes of a simple font from 0 to 255. What stands in for a font that cannot be loaded
/// shows nothing of it, as not all of its bytes are ASCII.
fn all_codes(font: &[u8]) -> Vec<u8> {
    let hexadecimal = |byte: u8| [byte >> 4, byte & 15].map(|digit| b"0123456789ABCDEF"[usize::from(digit)]);
    let mut content = b"BT /".to_vec();
    content.extend(font.iter().flat_map(|byte| [b'#'].into_iter().chain(hexadecimal(*byte))));
    content.extend_from_slice(b" 1 Tf <");
    content.extend((0..=u8::MAX).flat_map(hexadecimal));
    content.extend_from_slice(b"> Tj ET");
    content
}

/// The device that writes outlines down.
struct Outlines(Vec<(u8, GlyphIdentifier)>);

impl<'a> Device<'a> for Outlines {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        // The glyphs of a run are of one font, so the first one tells whether hayro describes it.
        let described = |glyph: &Glyph<'a>| matches!(glyph, Glyph::Outline(outline) if outline.font_data().is_some());
        if run.glyphs().first().is_some_and(|first| described(first)) {
            return;
        }
        let own = |glyph: &Glyph<'a>| match glyph {
            Glyph::Outline(outline) => Some((u8::try_from(outline.char_code()).ok()?, outline.identifier())),
            Glyph::Type3(_) => None,
        };
        self.0.extend(run.glyphs().iter().filter_map(|positioned| own(positioned)));
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn pop_clip(&mut self) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_name_is_written_so_that_it_can_be_read_back() {
        let content = all_codes(b"F /1");
        assert!(content.starts_with(b"BT /#46#20#2F#31 1 Tf <000102"), "{}", String::from_utf8_lossy(&content));
        assert!(content.ends_with(b"FDFEFF> Tj ET"));
    }
}
