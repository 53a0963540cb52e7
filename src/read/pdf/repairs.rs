//! Fonts whose names for their glyphs are known to be false, and what the glyphs are.
//!
//! Some publishers' fonts call an equals sign `onequarter` or a decimal point `colon`, or give names that mean nothing
//! (`C0`); every reader prints what such a font says. A row of the table below holds for one glyph of one font. It is
//! applied only where the outline that the file draws has the shape of the row: what looks otherwise stays as it was.
//! Nothing is guessed: a glyph without a row is not touched, and one without a meaning stays unknown.

use kurbo::BezPath;

use super::outline::Shape;

/// A glyph of a font and what it is.
#[derive(Debug, PartialEq)]
pub struct Row {
    /// The font's name without the subset tag.
    pub font: &'static str,
    /// What the font calls the glyph.
    pub glyph: &'static str,
    /// What it is.
    pub says: char,
    shape: Shape,
}

const BAR: Shape = Shape { cells: &["#####"], aspect: (6.0, 30.0), top: (150.0, 400.0) };
const TWO_BARS: Shape = Shape { cells: &["#####", ".....", "#####"], aspect: (1.5, 4.0), top: (250.0, 550.0) };
const CROSS: Shape =
    Shape { cells: &["..#..", "..#..", "#####", "..#..", "..#.."], aspect: (0.8, 1.25), top: (400.0, 750.0) };
const OPENING: Shape = Shape { cells: &[".?#", "??.", "#..", "??.", ".?#"], aspect: (0.15, 0.5), top: (600.0, 1000.0) };
const CLOSING: Shape = Shape { cells: &["#?.", ".??", "..#", ".??", "#?."], aspect: (0.15, 0.5), top: (600.0, 1000.0) };
const WAVE: Shape = Shape { cells: &["?#.?", "????", "?.#?"], aspect: (2.0, 4.5), top: (250.0, 550.0) };
const DOT_ON_LINE: Shape = Shape { cells: &["?#?", "###", "?#?"], aspect: (0.8, 1.25), top: (60.0, 190.0) };
const DOT_RAISED: Shape = Shape { cells: &["?#?", "###", "?#?"], aspect: (0.8, 1.25), top: (200.0, 420.0) };
const TAIL: Shape = Shape { cells: &["?##", "?##", "??#", "?#?"], aspect: (0.25, 0.6), top: (60.0, 190.0) };
const RING: Shape = Shape { cells: &["?#?", "#.#", "?#?"], aspect: (0.8, 1.25), top: (500.0, 900.0) };

const fn row(font: &'static str, glyph: &'static str, says: char, shape: Shape) -> Row {
    Row { font, glyph, says, shape }
}

/// The rows.
///
/// `AdvP4C4E74`, `AdvP4C4E51`: the symbols and the italic of Computer Modern as the typesetters of several publishers
/// have them. Seen in articles of Springer (2003: "−0:88 · (Th2" is −0.88; whole fonts, so that each outline could be
/// looked at), of the British Pharmacological Society ("V ¼ D₁×D₂×D₃ / 2"), of a nutrition journal of Cambridge
/// ("p ¼ 0·51", minus signs without a meaning before limits of intervals) and of a physiological one (the dot in
/// "ml · min⁻¹"). `AdvPSSym`, `AdvPSMP1`, `AdvPSSPS-AS`: more of the same article of 2003 ("27 °C"; "mÆs⁾¹" is m·s⁻¹). The
/// rows of `AdvPSMP1` and `AdvPSSPS-AS` were settled by outline and sentence, the others were compared with their pages.
/// What they have beside these, as brackets in pieces (`AdvP4C4E46`) and accents (`AdvP4C4E59`), is left as it is.
/// `MathematicalPi-One` names its glyphs by numbers of its maker; without an outline that settles a letter they stay
/// unknown.
pub const ROWS: &[Row] = &[
    row("AdvP4C4E74", "onequarter", '=', TWO_BARS),
    row("AdvP4C4E74", "thorn", '+', CROSS),
    row("AdvP4C4E74", "eth", '(', OPENING),
    row("AdvP4C4E74", "Thorn", ')', CLOSING),
    row("AdvP4C4E74", "C0", '−', BAR),
    row("AdvP4C4E74", "C1", '·', DOT_RAISED),
    row("AdvP4C4E74", "C24", '∼', WAVE),
    row("AdvP4C4E51", "colon", '.', DOT_ON_LINE),
    row("AdvP4C4E51", "semicolon", ',', TAIL),
    row("AdvPSSym", "C176", '°', RING),
    row("AdvPSMP1", "AE", '·', DOT_RAISED),
    row("AdvPSSPS-AS", "parenright", '−', BAR),
];

/// Whether the table has a row for a font.
pub fn is_listed(font: &str) -> bool {
    ROWS.iter().any(|row| row.font == font)
}

/// The row for a glyph, if its outline, in thousandths of the size, has the shape of the row.
pub fn row_of(font: &str, glyph: &str, outline: &BezPath) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.font == font && row.glyph == glyph && row.shape.fits(outline))
}

/// What a code of the Symbol font stands for where a file gives it as U+F000 and the code, as systems for symbol fonts
/// do. The encoding is that of ISO 32000-1, table D.5; pieces of brackets and code points without a sign have none.
pub fn symbol(character: char) -> Option<char> {
    const LOWER: &str =
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const UPPER: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…";
    const LATE: &str = "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈";
    let code = u32::from(character).checked_sub(0xF000)?;
    let nth = |signs: &str, first: u32| signs.chars().nth((code - first) as usize);
    match code {
        0x20..=0x7E => nth(LOWER, 0x20),
        0xA0..=0xBC => nth(UPPER, 0xA0),
        0xC0..=0xE1 => nth(LATE, 0xC0),
        _ => None,
    }
}

/// Whether a font is Symbol, by the names under which it is shipped.
pub fn is_symbol(font: &str) -> bool {
    matches!(font, "Symbol" | "SymbolMT")
}

#[cfg(test)]
mod tests {
    use kurbo::{Rect, Shape as _};

    use super::*;

    fn boxes(boxes: &[(f64, f64, f64, f64)]) -> BezPath {
        boxes.iter().flat_map(|&(x0, y0, x1, y1)| Rect::new(x0, y0, x1, y1).to_path(0.1)).collect()
    }

    #[test]
    fn a_row_holds_only_where_the_outline_agrees() {
        let equals = boxes(&[(56.0, 327.0, 721.0, 367.0), (56.0, 133.0, 721.0, 173.0)]);
        let minus = boxes(&[(84.0, 229.0, 691.0, 271.0)]);
        let plus = boxes(&[(368.0, -83.0, 408.0, 583.0), (56.0, 230.0, 721.0, 270.0)]);
        let dot = boxes(&[(87.0, 0.0, 191.0, 105.0)]);
        let colon = boxes(&[(87.0, 0.0, 191.0, 105.0), (87.0, 330.0, 191.0, 435.0)]);
        let says = |glyph, outline| row_of("AdvP4C4E74", glyph, outline).map(|row| row.says);
        assert_eq!(says("onequarter", &equals), Some('='));
        assert_eq!(says("C0", &minus), Some('−'));
        assert_eq!(says("thorn", &plus), Some('+'));
        for (glyph, wrong) in [("onequarter", &minus), ("onequarter", &plus), ("C0", &equals), ("thorn", &colon)] {
            assert_eq!(says(glyph, wrong), None, "{glyph}");
        }
        assert_eq!(row_of("AdvP4C4E51", "colon", &dot).map(|row| row.says), Some('.'));
        assert_eq!(row_of("AdvP4C4E51", "colon", &colon), None, "a colon that is one");
        assert_eq!(row_of("Times-Roman", "onequarter", &equals), None, "a font that is not listed");
        assert_eq!(row_of("AdvP4C4E74", "onequarter", &BezPath::new()), None);
    }

    #[test]
    fn every_code_of_symbol_stands_where_the_standard_has_it() {
        let of = |code: u32| symbol(char::from_u32(0xF000 + code).expect("a character"));
        for (code, sign) in [
            (0x6D, 'μ'),
            (0x2D, '−'),
            (0x3D, '='),
            (0x7E, '∼'),
            (0x7A, 'ζ'),
            (0xA3, '≤'),
            (0xB0, '°'),
            (0xB1, '±'),
            (0xB3, '≥'),
            (0xB4, '×'),
            (0xB7, '•'),
            (0xBC, '…'),
            (0xD7, '⋅'),
            (0xE1, '〈'),
        ] {
            assert_eq!(of(code), Some(sign), "{code:x}");
        }
        assert_eq!([of(0xE6), of(0x1F), symbol('m')], [None; 3]);
    }
}
