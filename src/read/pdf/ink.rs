//! What the ink of a glyph says where the name that its font gives it cannot be true.
//!
//! Fonts of some journals name their signs after the letters and digits whose codes they took: the minus sign says "2" or
//! "K", the en dash "e", the equals sign "Z", the signs of order "!" and "O". Such a name is wrong for every reader that goes
//! by names, and "28e31", "month²¹" or "pZ0.019" are numbers and words of their own. A flat bar, two of them, and a wedge
//! without a stem are no letter and no digit, so there the ink decides. All other shapes are left to the names: this is no
//! recognition of characters.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use hayro_interpret::font::{GlyphId, GlyphIdentifier, OutlineGlyph};
use kurbo::BezPath;

use super::outline::Shape;
use super::source::{FontId, GlyphText};

/// How many outlines are looked at in one file; a file with more distinct glyphs keeps the names of the rest.
const MOST_OUTLINES: usize = 4_096;
/// How many pieces a drawn sign has at most. A bar has four; some are rounded or have a hidden point.
const MOST_PIECES: usize = 24;

/// A dash: at least five times as long as thick, and neither so low as an underscore nor so high as an overbar. Whether a
/// bar is a minus sign or stands for "to" is for the readers of numbers: it becomes an en dash, which they take for either.
const DASH: Shape = Shape { cells: &["#####"], aspect: (5.0, 60.0), top: (90.0, 520.0) };
/// Two bars, one over the other. Ξ has three, and a hyphen over an underscore would reach below the line.
const TWO_BARS: Shape = Shape { cells: &["#####", ".....", ".....", "#####"], aspect: (1.8, 4.0), top: (300.0, 560.0) };
/// "<": two arms that meet at the left. K and k have a stem there, C and c an arc over and below.
const LESS: Shape =
    Shape { cells: &["...?#", ".???.", "#?...", ".???.", "...?#"], aspect: (0.8, 1.6), top: (420.0, 750.0) };
/// ">".
const GREATER: Shape =
    Shape { cells: &["#?...", ".???.", "...?#", ".???.", "#?..."], aspect: (0.8, 1.6), top: (420.0, 750.0) };

/// The signs that are told by their ink.
const SIGNS: [(char, &Shape); 4] = [('\u{2013}', &DASH), ('=', &TWO_BARS), ('<', &LESS), ('>', &GREATER)];

/// The outlines looked at so far, and which sign each is, if any.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// By font and number of the glyph in it: a font that can be told has one program.
    known: HashMap<(FontId, GlyphId), Option<char>, RandomState>,
    /// By what identifies the outline, for the fonts that cannot be told.
    others: HashMap<GlyphIdentifier, Option<char>, RandomState>,
}

impl Signs {
    /// What a glyph says, mended where it is a sign by the name of a letter, a digit or an exclamation mark.
    pub(super) fn mended(&mut self, font: FontId, outline: &OutlineGlyph, text: GlyphText) -> GlyphText {
        match text {
            GlyphText::One(character) if character.is_ascii_alphanumeric() || character == '!' => {
                self.of(font, outline).map_or(text, GlyphText::One)
            }
            other => other,
        }
    }

    fn of(&mut self, font: FontId, outline: &OutlineGlyph) -> Option<char> {
        let glyph = outline.glyph_id();
        let full = self.known.len() + self.others.len() >= MOST_OUTLINES;
        // The glyph that stands for a missing one is shown in some uses of a program and hidden in others.
        if font == FontId::default() || glyph == GlyphId::NOTDEF {
            let key = outline.identifier();
            return match self.others.get(&key) {
                Some(known) => *known,
                None if full => None,
                None => *self.others.entry(key).or_insert_with(|| sign(&outline.outline())),
            };
        }
        match self.known.get(&(font, glyph)) {
            Some(known) => *known,
            None if full => None,
            None => *self.known.entry((font, glyph)).or_insert_with(|| sign(&outline.outline())),
        }
    }
}

/// The sign that an outline is.
fn sign(outline: &BezPath) -> Option<char> {
    let few = outline.elements().len() <= MOST_PIECES;
    SIGNS.iter().find(|(_, shape)| few && shape.fits(outline)).map(|(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use kurbo::{Rect, Shape as _};

    use super::*;

    fn boxes(boxes: &[Rect]) -> BezPath {
        boxes.iter().flat_map(|own| own.to_path(0.1)).collect()
    }

    fn polygon(points: &[(f64, f64)]) -> BezPath {
        let mut path = BezPath::new();
        for (at, point) in points.iter().enumerate() {
            if at == 0 { path.move_to(*point) } else { path.line_to(*point) }
        }
        path.close_path();
        path
    }

    #[test]
    fn two_bars_and_wedges_are_signs_and_letters_are_none() {
        let equals = boxes(&[Rect::new(170.0, 365.0, 830.0, 417.0), Rect::new(170.0, 183.0, 830.0, 235.0)]);
        assert_eq!(sign(&equals), Some('='));
        let xi = [
            Rect::new(60.0, 600.0, 640.0, 660.0),
            Rect::new(100.0, 300.0, 600.0, 360.0),
            Rect::new(60.0, 0.0, 640.0, 60.0),
        ];
        assert_eq!(sign(&boxes(&xi)), None, "three bars");
        let high = [Rect::new(60.0, 600.0, 640.0, 660.0), Rect::new(60.0, 400.0, 640.0, 460.0)];
        assert_eq!(sign(&boxes(&high)), None, "too high");
        let less = [(830.0, 0.0), (830.0, 57.0), (295.0, 300.0), (830.0, 543.0), (830.0, 600.0), (170.0, 300.0)];
        assert_eq!(sign(&polygon(&less)), Some('<'));
        let greater: Vec<(f64, f64)> = less.iter().map(|(x, y)| (1000.0 - x, *y)).collect();
        assert_eq!(sign(&polygon(&greater)), Some('>'));
        let stem = Rect::new(80.0, 0.0, 170.0, 600.0).to_path(0.1);
        let k: BezPath = stem.into_iter().chain(polygon(&less)).collect();
        assert_eq!(sign(&k), None, "a K");
        let v =
            [(0.0, 660.0), (90.0, 660.0), (350.0, 90.0), (610.0, 660.0), (700.0, 660.0), (390.0, 0.0), (310.0, 0.0)];
        assert_eq!(sign(&polygon(&v)), None, "a V");
        let z = [
            (60.0, 660.0),
            (600.0, 660.0),
            (600.0, 610.0),
            (160.0, 50.0),
            (600.0, 50.0),
            (600.0, 0.0),
            (60.0, 0.0),
            (60.0, 50.0),
            (500.0, 610.0),
            (60.0, 610.0),
        ];
        assert_eq!(sign(&polygon(&z)), None, "a Z");
    }

    #[test]
    fn only_a_thin_bar_between_baseline_and_capitals_is_a_dash() {
        let minus = Rect::new(60.0, 230.0, 700.0, 290.0);
        let fits = |ink: &[Rect]| sign(&boxes(ink)) == Some('\u{2013}');
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
