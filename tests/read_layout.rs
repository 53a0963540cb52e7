//! The layout on pages given as plain glyphs: order, gaps, scripts, joins and places, without any PDF.
#![expect(clippy::cast_precision_loss, reason = "rows and columns of a test page are few")]

#[path = "support/layout.rs"]
mod layout;

use layout::{FILL, document, page, read, set_lines, texts};
use rederive::document::{BlockKind, Concealment, Place, TextIndex, VariationCause};
use rederive::read::ReadError;
use rederive::read::pdf::{Fixture, FixturePage, Glyph, GlyphText};

#[test]
fn columns_are_read_one_after_the_other_below_a_title() {
    let mut page = page();
    page.set(60.0, 60.0, 18.0, "A title over the whole width of the page here");
    set_lines(&mut page, 40.0, 120.0, &FILL);
    page.set(40.0, 180.0, 10.0, "and whose intake was, as far as is known, below the dose");
    set_lines(
        &mut page,
        320.0,
        120.0,
        &[
            "of 7000 ng/kg/day that is used for a grown up person (42,",
            "000 ng/day for a 60 kg adult fox) in most of the studies",
            FILL[2],
            FILL[3],
        ],
    );
    page.set(320.0, 168.0, 10.0, "the whole story ends with these words.");
    let document = document(vec![page]);
    assert_eq!(texts(&document, BlockKind::Heading), ["A title over the whole width of the page here"]);
    let paragraphs = texts(&document, BlockKind::Paragraph);
    assert_eq!(paragraphs.len(), 1, "{paragraphs:?}");
    assert!(paragraphs[0].contains("below the dose of 7000 ng/kg/day"), "{paragraphs:?}");
    assert!(paragraphs[0].contains("person (42,000 ng/day for"), "{paragraphs:?}");
}

#[test]
fn a_joined_number_keeps_its_other_reading_and_has_two_places() {
    let mut page = page();
    set_lines(
        &mut page,
        40.0,
        100.0,
        &[FILL[0], "of 7000 ng/kg/day that is used for a grown up person (42,", "000 ng/day for a 60 kg adult)."],
    );
    let document = document(vec![page]);
    let variation = document.variations.iter().find(|variation| variation.cause == VariationCause::JoinedNumber);
    let variation = variation.expect("a variation");
    assert_eq!(variation.alternatives, ["42, 000"]);
    let span = document.span(&TextIndex::new(&document.text), variation.range);
    assert_eq!(span.quote, "42,000");
    let boxes: Vec<[f32; 4]> = span
        .places
        .iter()
        .map(|place| match place {
            Place::Box { page: 1, quad } => quad.bounds(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(boxes.len(), 2);
    // "42," is the last 15 points of its line, "000" the first 15 of the next.
    assert!((boxes[0][2] - boxes[0][0] - 15.0).abs() < 0.1, "{boxes:?}");
    assert!((boxes[1][0] - 40.0).abs() < 0.1 && (boxes[1][2] - 55.0).abs() < 0.1, "{boxes:?}");
    assert!((boxes[1][1] - boxes[0][1] - 12.0).abs() < 0.1, "{boxes:?}");
}

#[test]
fn a_paragraph_goes_on_over_the_page_end_past_foot_and_head() {
    let mut pages = Vec::new();
    for number in 1..=3 {
        let mut page = page();
        page.set(40.0, 30.0, 8.0, &format!("Journal of Tests {number}"));
        set_lines(&mut page, 40.0, 100.0, &FILL);
        page.set(40.0, 700.0, 8.0, "¹ A note at the foot of this page.");
        page.set(300.0, 770.0, 8.0, &number.to_string());
        pages.push(page);
    }
    let document = document(pages);
    let paragraphs = texts(&document, BlockKind::Paragraph);
    assert_eq!(paragraphs.len(), 1, "{paragraphs:?}");
    assert_eq!(paragraphs[0].matches("here so long the quick").count(), 2);
    assert_eq!(texts(&document, BlockKind::Furniture).len(), 6);
    assert_eq!(texts(&document, BlockKind::Footnote).len(), 3);
}

#[test]
fn raised_and_lowered_characters_are_written_so() {
    let mut page = page();
    let at = page.set(40.0, 100.0, 10.0, "a value of 2.5 × 10");
    let at = page.set(at, 96.0, 7.0, "−3");
    let at = page.set(at + 2.5, 100.0, 10.0, "mg, F");
    let at = page.set(at, 101.5, 7.0, "2");
    page.set(at + 2.5, 100.0, 10.0, "and so on");
    let at = page.set(40.0, 112.0, 10.0, "as was reported by Smith");
    let at = page.set(at, 108.0, 7.0, "17");
    page.set(at + 2.5, 112.0, 10.0, "in the 1");
    let document = document(vec![page]);
    assert!(document.text.contains("2.5 × 10⁻³ mg, F₂ and so on"), "{}", document.text);
    assert!(document.text.contains("Smith¹⁷ in"), "{}", document.text);
    let marks: Vec<_> =
        document.variations.iter().filter(|variation| variation.cause == VariationCause::CitationMark).collect();
    assert_eq!(marks.len(), 1);
    assert_eq!(TextIndex::new(&document.text).slice(&document.text, marks[0].range), "¹⁷");
}

#[test]
fn a_list_of_marks_goes_on_over_a_space() {
    let mut page = page();
    set_lines(&mut page, 40.0, 100.0, &FILL);
    let at = page.set(40.0, 160.0, 10.0, "the foxes of five trials");
    let at = page.set(at, 156.0, 6.5, "25");
    let at = page.set(at + 5.5, 156.0, 6.5, "28–31");
    page.set(at + 5.5, 160.0, 10.0, "were all seen to be brown.");
    page.set(40.0, 172.0, 10.0, "and so the fox was found to like the river far the best.");
    let document = document(vec![page]);
    assert!(document.text.contains("five trials²⁵ ²⁸⁻³¹ were all"), "{:?}", document.text);
}

#[test]
fn a_space_drawn_behind_a_script_parts_words_whatever_its_width() {
    let mut page = page();
    set_lines(&mut page, 40.0, 100.0, &FILL);
    let at = page.set(40.0, 160.0, 10.0, "of the groups T");
    let at = page.set(at, 162.0, 6.5, "2");
    let space = page.glyphs.len();
    let from = at - 0.3;
    page.glyphs.push(Glyph { x: from, y: 160.0, ..page.glyphs[space - 1].clone() });
    let drawn = page.glyphs.last_mut().expect("a glyph");
    (drawn.text, drawn.code, drawn.dx, drawn.size) = (GlyphText::One(' '), 32, 1.5, 10.0);
    page.set(from + 1.5, 160.0, 10.0, "and of those that are not named here");
    let document = document(vec![page]);
    assert!(document.text.contains("groups T₂ and of those"), "{}", document.text);
}

#[test]
fn lowered_digits_close_to_the_baseline_stay_with_their_letters() {
    let mut page = page();
    let at = page.set(40.0, 100.0, 10.0, "Fe(NO");
    let behind = page.set(at, 100.7, 6.0, "3");
    let at = page.set(behind, 100.0, 10.0, ")");
    let behind = page.set(at, 100.7, 6.0, "3");
    page.set(behind, 100.0, 10.0, " held 2.50 g in 250");
    page.set(40.0, 112.0, 10.0, "mL of the acid that was used in all of it.");
    let document = document(vec![page]);
    assert!(document.text.starts_with("Fe(NO₃)₃ held 2.50 g in 250 mL of the acid"), "{}", document.text);
}

#[test]
fn a_raised_digit_behind_a_lowered_letter_stays_in_its_line() {
    // "η" with a lowered p and then a raised 2 that is 0.34 em from the nearest letter on the baseline.
    let mut page = page();
    set_lines(&mut page, 40.0, 100.0, &FILL);
    let eta = page.set(40.0, 160.0, 10.0, "was tested with F(1, 19) = 27.34, p < .001, η");
    let lowered = page.set(eta + 0.2, 162.5, 6.5, "p");
    let raised = page.set(lowered + 0.1, 156.5, 6.5, "2");
    page.set(raised + 3.6, 160.0, 10.0, "= .59");
    page.set(40.0, 172.0, 10.0, "and so the fox was found to like the river far the best.");
    let document = document(vec![page]);
    assert!(document.text.contains("p < .001, ηp² = .59 and so the fox"), "{:?}", document.text);
    assert_eq!(texts(&document, BlockKind::Paragraph).len(), 1);
}

#[test]
fn text_drawn_twice_is_read_once_and_hidden_text_not_at_all() {
    let mut page = page();
    page.set(40.0, 100.0, 10.0, "All 42 of 46 mice");
    let twice = page.glyphs.clone();
    page.glyphs.extend(twice.into_iter().map(|glyph| Glyph { x: glyph.x + 0.3, ..glyph }));
    let drawn = page.glyphs.len();
    page.set(40.0, 130.0, 10.0, "hidden 99");
    for glyph in &mut page.glyphs[drawn..] {
        glyph.concealed = Some(Concealment::RenderMode);
    }
    let hidden_only = FixturePage { glyphs: page.glyphs[drawn..].to_vec(), ..page.clone() };
    let shown = document(vec![page]);
    assert_eq!(shown.text, "All 42 of 46 mice");
    assert!(shown.notes.iter().any(|note| note.message.contains("8 invisible glyphs")), "{:?}", shown.notes);
    let scan = document(vec![hidden_only]);
    assert_eq!(scan.text, "hidden 99");
    assert!(scan.notes.iter().any(|note| note.message.contains("scan")), "{:?}", scan.notes);
}

#[test]
fn gaps_between_words_are_found_in_tight_and_in_letter_spaced_text() {
    let mut page = page();
    // Words parted by 0.12 em only, with kerning of up to 0.02 em within them.
    for (row, line) in FILL.iter().enumerate() {
        let mut at = 40.0;
        for (index, character) in line.chars().enumerate() {
            if character == ' ' {
                at += 1.2;
            } else {
                at = page.set(at, 100.0 + 12.0 * row as f32, 10.0, &character.to_string());
                at += if index % 3 == 0 { 0.2 } else { 0.0 };
            }
        }
    }
    let mut at = 40.0;
    for character in "RESEARCH ARTICLE".chars() {
        at = if character == ' ' { at + 4.0 } else { page.set(at, 300.0, 10.0, &character.to_string()) + 2.0 };
    }
    let document = document(vec![page]);
    assert!(document.text.contains(&FILL.join(" ")), "{}", document.text);
    assert!(document.text.contains("RESEARCH ARTICLE"), "{}", document.text);
}

#[test]
fn turned_text_is_read_in_its_own_frame() {
    let mut page = page();
    set_lines(&mut page, 80.0, 100.0, &FILL);
    let upright = page.glyphs.len();
    page.set(0.0, 0.0, 10.0, "turned 3.5 mg");
    for glyph in &mut page.glyphs[upright..] {
        // Up the left margin.
        (glyph.x, glyph.y, glyph.dx, glyph.dy) = (40.0, 500.0 - glyph.x, 0.0, -glyph.dx);
    }
    let document = document(vec![page]);
    assert_eq!(texts(&document, BlockKind::Paragraph), [FILL.join(" "), "turned 3.5 mg".to_owned()]);
    let Place::Box { quad, .. } = &document.lines.last().expect("a line").place else { panic!("no box") };
    let [left, top, right, bottom] = quad.bounds();
    assert!((31.0..=33.0).contains(&left) && (42.0..=43.0).contains(&right), "{quad:?}");
    assert!((bottom - 500.0).abs() < 0.1 && (top - 440.0).abs() < 0.1, "{quad:?}");
}

#[test]
fn a_page_number_above_the_line_numbers_does_not_hide_them() {
    let mut page = page();
    page.set(20.0, 60.0, 10.0, "2");
    for (at, line) in FILL.iter().chain(&FILL).enumerate() {
        let y = 100.0 + 12.0 * at as f32;
        page.set(20.0, y, 6.0, &(at + 24).to_string());
        page.set(40.0, y, 10.0, line);
    }
    let document = document(vec![page]);
    let paragraphs = texts(&document, BlockKind::Paragraph);
    assert_eq!(paragraphs, [[FILL, FILL].concat().join(" ")]);
}

/// Where the lines of two columns have their numbers.
#[derive(Clone, Copy, PartialEq)]
enum Numbers {
    None,
    /// At the outer sides.
    Outside,
    /// Left of either column.
    Left,
}

/// The paragraphs of a page of two columns with so many points between them.
fn two_columns(gap: f32, numbers: Numbers) -> Vec<String> {
    let mut page = page();
    let widest = FILL.iter().map(|line| page.clone().set(0.0, 0.0, 10.0, line)).fold(0.0, f32::max);
    let right = 60.0 + widest + gap;
    for (at, line) in FILL.iter().chain(&FILL).enumerate() {
        let y = 100.0 + 12.0 * at as f32;
        if numbers != Numbers::None {
            page.set(40.0, y, 6.0, &(at + 24).to_string());
        }
        match numbers {
            Numbers::None => {}
            Numbers::Outside => _ = page.set(right + widest + 6.0, y, 6.0, &(at + 124).to_string()),
            Numbers::Left => _ = page.set(right - 10.0, y, 6.0, &(at + 124).to_string()),
        }
        page.set(60.0, y, 10.0, line);
        page.set(right, y, 10.0, line);
    }
    let document = document(vec![page]);
    // Nothing but running text can be claims of the paper.
    for block in document.leaves() {
        assert!(!block.kind.holds_claims() || block.kind == BlockKind::Paragraph, "{block:?}");
    }
    texts(&document, BlockKind::Paragraph)
}

#[test]
fn two_columns_have_line_numbers_on_both_sides() {
    let both = [FILL, FILL, FILL, FILL].concat().join(" ");
    assert_eq!(two_columns(20.0, Numbers::Outside), [both.as_str()]);
}

#[test]
fn line_numbers_between_two_columns_part_them() {
    let both = [FILL, FILL, FILL, FILL].concat().join(" ");
    assert_eq!(two_columns(11.0, Numbers::Left), [both.as_str()]);
}

#[test]
fn a_narrow_gutter_is_found_wherever_it_stands() {
    let both = [FILL, FILL, FILL, FILL].concat().join(" ");
    // Steps of 0.4 em would pass over most of these.
    for tenths in 73..=110_u16 {
        let gap = f32::from(tenths) / 10.0;
        assert_eq!(two_columns(gap, Numbers::None), [both.as_str()], "{gap} points");
    }
}

#[test]
fn line_numbers_stay_out_of_the_sentences() {
    let mut page = page();
    for (at, line) in FILL.iter().chain(&FILL).enumerate() {
        let y = 100.0 + 24.0 * at as f32;
        page.set(80.0, y, 10.0, line);
        page.set(50.0, y, 8.0, &(at + 11).to_string());
    }
    let document = document(vec![page]);
    let whole = FILL.iter().chain(&FILL).copied().collect::<Vec<_>>().join(" ");
    assert_eq!(texts(&document, BlockKind::Paragraph), [whole]);
}

#[test]
fn rows_of_a_table_keep_their_cells_apart() {
    let mut page = page();
    set_lines(&mut page, 40.0, 100.0, &FILL);
    page.set(40.0, 190.0, 9.0, "Table 1. Means of the groups");
    for (row, cells) in
        [["Group", "Mean", "N"], ["A", "12", "345"], ["B", "13", "678"], ["C", "14", "901"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            page.set(40.0 + 80.0 * column as f32, 210.0 + 12.0 * row as f32, 9.0, cell);
        }
    }
    let document = document(vec![page]);
    assert_eq!(texts(&document, BlockKind::Caption), ["Table 1. Means of the groups"]);
    assert_eq!(texts(&document, BlockKind::Table), ["Group\tMean\tN\nA\t12\t345\nB\t13\t678\nC\t14\t901"]);
    assert_eq!(texts(&document, BlockKind::Paragraph), [FILL.join(" ")]);
}

#[test]
fn ligatures_are_taken_apart_and_unknown_glyphs_stay_visible() {
    let mut page = page();
    page.set(40.0, 100.0, 10.0, "signi\u{FB01}cant at 5 \u{B5}g and 10\u{B2} by ?");
    page.glyphs.last_mut().expect("a glyph").text = GlyphText::Unknown;
    let document = document(vec![page]);
    assert_eq!(document.text, "significant at 5 \u{B5}g and 10\u{B2} by \u{FFFD}");
    let line = &document.lines[0];
    assert_eq!(line.edges.len(), line.range.len() + 1);
    assert!(line.edges.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", line.edges);
}

#[test]
fn pages_without_text_say_whether_they_hold_images() {
    assert_eq!(read(vec![page()]), Err(ReadError::NoText { images: false }));
    assert_eq!(read(Vec::new()), Err(ReadError::NoPages));
    let json = r#"{"pages": [{"geom": {"width": 600, "height": 800, "rotate": 0, "to_user": [1, 0, 0, -1, 0, 800]},
        "glyphs": [], "images": [{"left": 0, "top": 0, "right": 600, "bottom": 800}]}]}"#;
    let scanned: Fixture = serde_json::from_str(json).expect("a fixture");
    assert_eq!(read(scanned.pages), Err(ReadError::NoText { images: true }));
}
