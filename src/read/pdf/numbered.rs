//! Fonts that name their glyphs by numbers: `C84` for T.
//!
//! The text fonts of one typesetting system (`AdvTimes` and its kin, in articles of several publishers of 1997 to 2004) call each
//! glyph by the letter C and its code in the standard encoding of Type 1 fonts, so that whole papers have no character that a
//! program knows by its name. Fonts of signs are named in the same way and mean something else by it, so a font counts only where
//! its name or its letters show that it is one of text. Which signs a font of signs holds is for `repairs`.

use std::collections::BTreeMap;

/// How many different letters show that a font is one of text: fonts of signs use a few of the codes of letters at most.
const LETTERS: usize = 8;

/// Whether a font of this name may name its glyphs by numbers.
pub fn may_be(font: &str) -> bool {
    font.starts_with("Adv")
}

/// Whether a font is one of text that names its glyphs by numbers, by its own name and the names that the file gives to its codes.
pub fn is_text(font: &str, names: &BTreeMap<u8, String>) -> bool {
    let letters = names.values().filter_map(|name| code(name)).filter(u8::is_ascii_alphabetic).count();
    may_be(font) && (is_known(font) || letters >= LETTERS)
}

/// Whether the name alone tells a font of text, whose own program names a glyph for each code.
pub fn is_known(font: &str) -> bool {
    font.starts_with("AdvTimes")
}

/// What a glyph of such a font says; nothing where the standard encoding has no letter, digit or mark there.
pub fn says(glyph: &str) -> Option<&'static str> {
    const ASCII: &str =
        " !\"#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_‘abcdefghijklmnopqrstuvwxyz{|}~";
    match code(glyph)? {
        at @ 32..=126 => {
            let (begin, sign) = ASCII.char_indices().nth(usize::from(at) - 32)?;
            ASCII.get(begin..begin + sign.len_utf8())
        }
        161 => Some("¡"),
        163 => Some("£"),
        167 => Some("§"),
        170 => Some("“"),
        174 => Some("fi"),
        175 => Some("fl"),
        177 => Some("–"),
        178 => Some("†"),
        179 => Some("‡"),
        180 => Some("·"),
        186 => Some("”"),
        189 => Some("‰"),
        208 => Some("—"),
        _ => None,
    }
}

/// The code in a name: "C84"; "C40._" names another form of the same.
fn code(glyph: &str) -> Option<u8> {
    let number = glyph.strip_prefix('C')?;
    number.split_once('.').map_or(number, |(number, _)| number).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard_encoding() {
        for (glyph, expected) in [
            ("C84", Some("T")),
            ("C48", Some("0")),
            ("C39", Some("’")),
            ("C126", Some("~")),
            ("C174", Some("fi")),
            ("C177", Some("–")),
            ("C40._", Some("(")),
            ("C176", None),
            ("C3", None),
            ("C1000", None),
            ("T", None),
        ] {
            assert_eq!(says(glyph), expected, "{glyph}");
        }
    }

    #[test]
    fn a_font_of_signs_is_none_of_text() {
        let names = |codes: &[u8]| codes.iter().map(|code| (*code, format!("C{code}"))).collect::<BTreeMap<_, _>>();
        assert!(is_text("AdvTimes-b", &BTreeMap::new()));
        assert!(is_text("AdvPSFGC", &names(b"abcdefgh")));
        assert!(!is_text("AdvPSSym", &names(&[176, 211])));
        assert!(!is_text("AdvPSMP1", &names(b"abc")));
        assert!(!is_text("Own", &names(b"abcdefgh")));
    }
}
