//! What the ink of a glyph says where the name that its font gives it cannot be true.
//!
//! Fonts of some journals name their signs after the letters and digits whose codes they took: the minus sign says "2",
//! the en dash "e". Such a name is wrong for every reader that goes by names, and "28e31" or "month²¹" are numbers of
//! their own. A flat bar is no letter and no digit, so there the ink decides. All other shapes are left to the names:
//! this is no recognition of characters.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use hayro_interpret::font::{GlyphId, GlyphIdentifier, OutlineGlyph};

use super::outline::Shape;
use super::source::{FontId, GlyphText};

/// How many outlines are looked at in one file; a file with more distinct glyphs keeps the names of the rest.
const MOST_OUTLINES: usize = 4_096;
/// How many pieces a drawn bar has at most. A bar has four; some are rounded or have a hidden point.
const MOST_PIECES: usize = 24;
/// A dash: at least five times as long as thick, and neither so low as an underscore nor so high as an overbar.
const DASH: Shape = Shape { cells: &["#####"], aspect: (5.0, 60.0), top: (90.0, 520.0) };

/// The outlines looked at so far: whether they are bars.
#[derive(Debug, Default)]
pub(super) struct Bars {
    /// By font and number of the glyph in it: a font that can be told has one program.
    known: HashMap<(FontId, GlyphId), bool, RandomState>,
    /// By what identifies the outline, for the fonts that cannot be told.
    others: HashMap<GlyphIdentifier, bool, RandomState>,
}

impl Bars {
    /// What a glyph says, mended where it is a bar by the name of a letter or digit.
    ///
    /// Whether a bar is a minus sign or stands for "to" is for the readers of numbers: it becomes an en dash, which they
    /// take for either.
    pub(super) fn mended(&mut self, font: FontId, outline: &OutlineGlyph, text: GlyphText) -> GlyphText {
        match text {
            GlyphText::One(character) if character.is_ascii_alphanumeric() && self.has(font, outline) => {
                GlyphText::One('\u{2013}')
            }
            other => other,
        }
    }

    fn has(&mut self, font: FontId, outline: &OutlineGlyph) -> bool {
        let glyph = outline.glyph_id();
        let full = self.known.len() + self.others.len() >= MOST_OUTLINES;
        // The glyph that stands for a missing one is shown in some uses of a program and hidden in others.
        if font == FontId::default() || glyph == GlyphId::NOTDEF {
            let key = outline.identifier();
            return match self.others.get(&key) {
                Some(known) => *known,
                None => !full && *self.others.entry(key).or_insert(is_bar(outline)),
            };
        }
        match self.known.get(&(font, glyph)) {
            Some(known) => *known,
            None => !full && *self.known.entry((font, glyph)).or_insert(is_bar(outline)),
        }
    }
}

fn is_bar(outline: &OutlineGlyph) -> bool {
    let path = outline.outline();
    path.elements().len() <= MOST_PIECES && DASH.fits(&path)
}

#[cfg(test)]
mod tests {
    use kurbo::{BezPath, Rect, Shape as _};

    use super::*;

    #[test]
    fn only_a_thin_bar_between_baseline_and_capitals_is_a_dash() {
        let minus = Rect::new(60.0, 230.0, 700.0, 290.0);
        let fits = |boxes: &[Rect]| DASH.fits(&boxes.iter().flat_map(|own| own.to_path(0.1)).collect::<BezPath>());
        for (ink, dash) in [
            (minus, true),
            (Rect::new(0.0, 220.0, 500.0, 262.0), true),   // an en dash
            (Rect::new(50.0, 0.0, 450.0, 680.0), false),   // a digit
            (Rect::new(60.0, 120.0, 700.0, 390.0), false), // an equals sign, filled
            (Rect::new(0.0, -125.0, 500.0, -75.0), false), // an underscore
            (Rect::new(0.0, 600.0, 500.0, 640.0), false),  // an overbar
            (Rect::new(100.0, 0.0, 170.0, 680.0), false),  // an l or a 1 without serifs
            (Rect::new(0.0, 250.0, 100.0, 251.0), false),  // a speck
            (Rect::new(0.0, 250.0, 500.0, 250.0), false),  // no ink at all
        ] {
            assert_eq!(fits(&[ink]), dash, "{ink:?}");
        }
        // Two short bars in a row are no dash.
        assert!(!fits(&[Rect::new(60.0, 230.0, 200.0, 290.0), Rect::new(560.0, 230.0, 700.0, 290.0)]));
    }
}
