//! Fonts that lie, as those of papers do: what they say is read where it can be known, and is unknown where it cannot.

use crate::sheet::{Drawn, Ink, LETTER, Lying, Sheet};
use lopdf::{Object, dictionary};
use rederive::document::{Document, VariationCause};
use rederive::read::{ReadLimits, read};

const EQUALS: &[Ink] = &[[56, 327, 721, 367], [56, 133, 721, 173]];
const MINUS: &[Ink] = &[[84, 229, 691, 271]];
const DOT: &[Ink] = &[[87, 0, 191, 105]];
const COLON: &[Ink] = &[[87, 0, 191, 105], [87, 330, 191, 435]];

const fn letter(code: u8, name: &str) -> Drawn<'_> {
    Drawn { code, name, ink: LETTER }
}

fn document(sheet: Sheet) -> Document {
    read(&sheet.bytes(), &ReadLimits::default()).expect("a document")
}

/// The document of a line in Times with codes of a font in it.
fn line(font: &Lying<'_>, before: &str, codes: &[u8], after: &str) -> Document {
    let mut sheet = Sheet::new();
    sheet.font("L", font);
    let width = |text: &str| 5.0 * f32::from(u8::try_from(text.len()).expect("short"));
    let end = 60.0 + 1.2 * width(before);
    sheet.set("T", 10.0, (60.0, 700.0), before.as_bytes());
    sheet.set("L", 10.0, (end, 700.0), codes);
    sheet.set("T", 10.0, (end + 5.0 * f32::from(u8::try_from(codes.len()).expect("few")), 700.0), after.as_bytes());
    document(sheet)
}

#[test]
fn a_minus_sign_at_the_code_of_a_quote_is_a_minus_sign() {
    // The program's own encoding has a quote there; the file's encoding, which counts, has a minus sign.
    let glyphs = [Drawn { code: 2, name: "minus", ink: MINUS }, letter(0x22, "quotedbl")];
    let font = Lying { name: "ABCDEF+Own", glyphs: &glyphs, names: &[(0x22, "minus")], unicode: &[] };
    let read = line(&font, "the slope was ", &[0x22], "0.15, p < .001");
    assert!(read.text.contains("−0.15, p < .001"), "{}", read.text);
}

#[test]
fn digits_are_read_by_the_map_where_it_has_them_and_else_by_the_encoding() {
    // The program's encoding says 0 to 4, the file's names say 9, 4, 7, 2 and 0, and the map knows one code only.
    let names = ["nine", "four", "seven", "two", "zero"];
    let glyphs: Vec<Drawn<'_>> = (0..5_u8).map(|at| letter(b'a' + at, names[usize::from(at)])).collect();
    let differences: Vec<(u8, &str)> = (0..5_u8).map(|at| (0x30 + at, names[usize::from(at)])).collect();
    let font = Lying { name: "Own", glyphs: &glyphs, names: &differences, unicode: &[(0x31, "4"), (0x61, "X")] };
    let read = line(&font, "Berkeley, CA ", b"01234", ", USA");
    assert!(read.text.contains("94720, USA"), "{}", read.text);
}

#[test]
fn ligatures_named_by_their_letters_are_their_letters() {
    let names = ["f_i", "T_h", "f_f_i", "nbspace"];
    let glyphs: Vec<Drawn<'_>> = (0..4_u8).map(|at| letter(at + 1, names[usize::from(at)])).collect();
    let differences: Vec<(u8, &str)> = (0..4_u8).map(|at| (at + 1, names[usize::from(at)])).collect();
    let font = Lying { name: "Own", glyphs: &glyphs, names: &differences, unicode: &[] };
    assert!(line(&font, "signi", &[1], "cant at p < .05").text.contains("fi"));
    let read = line(&font, "see ", &[2, 1, 3], "");
    assert!(read.text.contains("Thfiffi"), "{}", read.text);
    let read = line(&font, "Fig.", &[4], "1a");
    assert!(!read.text.contains('\u{FFFD}') && read.text.contains("1a"), "{}", read.text);
}

#[test]
fn a_font_without_map_and_encoding_is_read_by_its_program_and_a_name_without_meaning_is_unknown() {
    let glyphs = [letter(1, "four"), letter(2, "two"), letter(3, "g18")];
    let font = Lying { name: "Own", glyphs: &glyphs, names: &[], unicode: &[] };
    let read = line(&font, "there were ", &[1, 2], " of them");
    assert!(read.text.contains("42 of them"), "{}", read.text);
    let read = line(&font, "there were ", &[1, 3], " of them");
    assert!(read.text.contains("4\u{FFFD} of them"), "{}", read.text);
    assert!(read.notes.iter().any(|note| note.message == "1 glyphs stand for unknown characters"));
}

#[test]
fn a_cjk_encoding_costs_its_own_glyphs_at_most() {
    for encoding in ["UniJIS-UCS2-H", "90ms-RKSJ-H", "No-Such-Encoding-H"] {
        let mut sheet = Sheet::new();
        let descriptor = dictionary! {
            "Type" => "FontDescriptor", "FontName" => "Own-Mincho", "Flags" => 4, "ItalicAngle" => 0, "Ascent" => 800,
            "FontBBox" => vec![0.into(), Object::Integer(-250), 1000.into(), 1000.into()],
            "Descent" => -200, "CapHeight" => 700, "StemV" => 80,
        };
        let descendant = dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "Own-Mincho", "FontDescriptor" => descriptor,
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Japan1"),
                "Supplement" => 2,
            },
        };
        sheet.object(
            "J",
            dictionary! {
                "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Own-Mincho", "Encoding" => encoding,
                "DescendantFonts" => vec![descendant.into()],
            },
        );
        sheet.set("J", 10.0, (60.0, 720.0), &[0, 0x34, 0, 0x32, 0x65, 0xE5]);
        sheet.set("T", 10.0, (60.0, 700.0), b"Of the participants, 42 of 46 agreed.");
        let read = document(sheet);
        assert!(read.text.contains("Of the participants, 42 of 46 agreed."), "{encoding}: {}", read.text);
        let other = read.text.replace("Of the participants, 42 of 46 agreed.", "");
        let digits: String = other.chars().filter(char::is_ascii_digit).collect();
        assert!(["", "42"].contains(&digits.as_str()), "{encoding}: {other}");
    }
}

#[test]
fn listed_glyphs_are_repaired_where_their_outlines_agree_and_the_document_says_so() {
    let glyphs = [
        Drawn { code: 188, name: "onequarter", ink: EQUALS },
        Drawn { code: 2, name: "C0", ink: MINUS },
        Drawn { code: 3, name: "C9", ink: LETTER },
    ];
    let names = [(188, "onequarter"), (2, "C0"), (3, "C9")];
    let listed = Lying { name: "ABCDEF+AdvP4C4E74", glyphs: &glyphs, names: &names, unicode: &[(188, "¼")] };
    let read = line(&listed, "the slope b ", &[188, 2], "0.40");
    assert!(read.text.contains("=−0.40"), "{}", read.text);
    let at = |sign: char| read.text.chars().position(|one| one == sign);
    for sign in ['=', '−'] {
        let mark = read.variations.iter().find(|one| Some(one.range.start) == at(sign)).expect("a variation");
        assert_eq!((mark.cause, mark.alternatives.len()), (VariationCause::RepairedGlyph, 0));
    }
    let notes: Vec<&str> = read.notes.iter().map(|note| note.message.as_str()).collect();
    assert!(notes.contains(&"1 glyphs of AdvP4C4E74 were repaired: onequarter as ="), "{notes:?}");
    assert!(notes.contains(&"1 glyphs of AdvP4C4E74 were repaired: C0 as −"), "{notes:?}");
    // A glyph of the same font without a row has no meaning, and is not guessed.
    assert!(line(&listed, "the slope b ", &[3], "0.40").text.contains("\u{FFFD}0.40"));
    // The same names over other outlines, or in other fonts, are what the file says.
    let other = [Drawn { code: 188, name: "onequarter", ink: LETTER }];
    let drawn = Lying { glyphs: &other, names: &[(188, "onequarter")], ..listed };
    assert!(line(&drawn, "one of ", &[188], "").text.contains('¼'));
    let elsewhere = Lying { name: "Own", ..listed };
    assert!(line(&elsewhere, "one of ", &[188], "").text.contains('¼'));
}

#[test]
fn a_decimal_point_that_calls_itself_a_colon_is_one_only_where_it_is_one_dot() {
    for (ink, text) in [(DOT, "0.88"), (COLON, "0:88")] {
        let glyphs = [Drawn { code: 58, name: "colon", ink }];
        let font = Lying { name: "AdvP4C4E51", glyphs: &glyphs, names: &[(58, "colon")], unicode: &[(58, ":")] };
        let read = line(&font, "0", b":", "88 in all");
        let squeezed = read.text.replace(' ', "");
        assert!(squeezed.contains(text), "{}", read.text);
    }
}

#[test]
fn a_font_that_is_called_type_1_has_its_name() {
    // That a line is bold is known by the name of its font alone: as a short line, it is then a heading.
    let glyphs: Vec<Drawn<'_>> =
        (b'a'..=b'z').map(|code| Drawn { code, name: LETTERS[usize::from(code - b'a')], ink: LETTER }).collect();
    for (name, heading) in [("ABCDEF+Own-Bold", true), ("ABCDEF+Own-Roman", false)] {
        let font = Lying { name, glyphs: &glyphs, names: &[], unicode: &[] };
        let mut sheet = Sheet::new();
        sheet.font("L", &font);
        sheet.set("L", 10.0, (60.0, 700.0), b"materialsused");
        for down in 0..6_u8 {
            let words = b"The text of a paragraph goes on for some lines and has no other meaning here at all.";
            sheet.set("T", 10.0, (60.0, 688.0 - 12.0 * f32::from(down)), words);
        }
        let read = document(sheet);
        let first = read.blocks.first().expect("a block");
        let is_heading = first.kind == rederive::document::BlockKind::Heading;
        assert_eq!(is_heading, heading, "{name}: {:?}", read.text);
    }
}

const LETTERS: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z",
];

#[test]
fn a_font_of_text_that_names_its_glyphs_by_numbers_is_read_by_them() {
    // The codes of the file are its own, so the names alone tell the characters.
    let names = ["C52", "C50", "C109", "C105", "C99", "C101", "C174", "C114", "C115", "C116", "C97", "C108"];
    let glyphs: Vec<Drawn<'_>> = (0..12_u8).map(|at| letter(at + 1, names[usize::from(at)])).collect();
    let differences: Vec<(u8, &str)> = (0..12_u8).map(|at| (at + 1, names[usize::from(at)])).collect();
    for name in ["ABCDEF+AdvTimes-b", "ABCDEF+AdvPSXY"] {
        let font = Lying { name, glyphs: &glyphs, names: &differences, unicode: &[] };
        let read = line(&font, "there were ", &[1, 2, 3, 4, 5, 6], " of them");
        assert!(read.text.contains("42mice of them"), "{name}: {}", read.text);
        let read = line(&font, "the ", &[7, 8, 9, 10], " of them");
        assert!(read.text.contains("first of them"), "{name}: {}", read.text);
    }
    let font = Lying { name: "ABCDEF+Own", glyphs: &glyphs, names: &differences, unicode: &[] };
    assert!(line(&font, "there were ", &[1, 2], " of them").text.contains("\u{FFFD}\u{FFFD} of them"));
    let signs = Lying { name: "ABCDEF+AdvPSSym", glyphs: &glyphs[..3], names: &differences[..3], unicode: &[] };
    assert!(line(&signs, "there were ", &[1, 2], " of them").text.contains("\u{FFFD}\u{FFFD} of them"));
}
