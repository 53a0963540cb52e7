//! The PDF reader on pages that the tests typeset themselves.

use rederive::read::{ReadLimits, read};

#[path = "support/by_hand.rs"]
mod by_hand;
#[path = "support/typeset.rs"]
mod typeset;

/// A page of Helvetica whose font gives the code of `!` the glyph `glyph` and says that it is the character `name`.
fn with_a_lying_font(glyph: &str, name: char, content: &str) -> Vec<u8> {
    let unicode = format!(
        "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <21> <{:04x}> endbfchar",
        u32::from(name)
    );
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R/L 6 0 R>>>>>>"
            .to_owned(),
        by_hand::stream(content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!(
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[33/{glyph}]>>/ToUnicode 7 0 R>>"
        ),
        by_hand::stream(&unicode),
    ];
    by_hand::file(&objects)
}

fn text(bytes: &[u8]) -> String {
    read(bytes, &ReadLimits::default()).expect("a document").text
}

#[test]
fn a_bar_by_the_name_of_a_digit_or_letter_is_a_dash() {
    let raised = "BT /F 12 Tf 50 700 Td (rate of 8.3 month) Tj 4 Ts /L 8 Tf (!) Tj /F 8 Tf (1) Tj ET";
    let between = "BT /F 12 Tf 50 700 Td (ages of 28) Tj /L 12 Tf (!) Tj /F 12 Tf (31) Tj ET";
    assert_eq!(text(&with_a_lying_font("endash", '2', raised)), "rate of 8.3 month⁻¹");
    assert_eq!(text(&with_a_lying_font("endash", 'e', between)), "ages of 28–31");
    // What is no bar keeps its name, however odd, and a dash that says so keeps its kind.
    assert_eq!(text(&with_a_lying_font("two", 'e', between)), "ages of 28e31");
    assert_eq!(text(&with_a_lying_font("endash", '-', between)), "ages of 28-31");
}
