//! The layout on pages given as plain glyphs: order, gaps, scripts, joins and places, without any PDF.
#![expect(clippy::cast_precision_loss, reason = "rows and columns of a test page are few")]

use rederive::document::{
    Block, BlockKind, Cell, Document, Place, SourceFacts, SourceFormat, Table, TextIndex, VariationCause,
};
use rederive::read::pdf::{Area, Fixture, FixturePage, Glyph, GlyphText, read_pages};
use rederive::read::{ReadError, ReadLimits};

fn read(pages: Vec<FixturePage>) -> Result<Document, ReadError> {
    let facts =
        SourceFacts { format: SourceFormat::Pdf, sha256: String::new(), title: None, producer: None, doi: None };
    let mut source = Fixture { pages, fonts: Vec::new() };
    read_pages(&mut source, facts, Vec::new(), &ReadLimits::default())
}

fn document(pages: Vec<FixturePage>) -> Document {
    read(pages).expect("a document")
}

fn texts(document: &Document, kind: BlockKind) -> Vec<String> {
    let index = TextIndex::new(&document.text);
    let of_kind = |block: &&&Block| block.kind == kind;
    let leaves = document.leaves();
    leaves.iter().filter(of_kind).map(|block| index.slice(&document.text, block.range).to_owned()).collect()
}

fn page() -> FixturePage {
    FixturePage::new(600.0, 800.0)
}

/// Sets lines from `y` down, 12 points apart.
fn set_lines(page: &mut FixturePage, x: f32, y: f32, lines: &[&str]) {
    let mut at = y;
    for line in lines {
        page.set(x, at, 10.0, line);
        at += 12.0;
    }
}

/// Lines of running text that fill a column of about 250 points.
const FILL: [&str; 5] = [
    "the quick brown fox jumps over the lazy dog and then it",
    "sleeps under the tall old oak beside a slow river until",
    "the morning comes and all the birds of the wood begin a",
    "song that nobody else has ever heard in this valley but",
    "which is known to every fox that has lived here so long",
];

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
        glyph.visible = false;
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

/// A level rule of half a point.
fn rule(page: &mut FixturePage, left: f32, right: f32, y: f32) {
    page.rules.push(Area { left, top: y, right, bottom: y + 0.5 });
}

/// The cells of a table as "row,column+more: text".
fn cells(document: &Document, table: &Table) -> Vec<String> {
    let index = TextIndex::new(&document.text);
    let cell = |cell: &Cell| {
        let text = index.slice(&document.text, cell.range);
        format!("{},{}+{}: {text}", cell.row, cell.column, cell.column_span - 1)
    };
    table.cells.iter().map(cell).collect()
}

/// A table with a caption, a spanning name, two lines of names, a group, a wrapped label, and a note.
fn ruled_table() -> FixturePage {
    let mut page = page();
    set_lines(&mut page, 40.0, 60.0, &FILL);
    page.set(40.0, 150.0, 8.0, "Table 1. Patients by arm of the trial and outcome");
    rule(&mut page, 40.0, 400.0, 156.0);
    page.set(205.0, 166.0, 8.0, "Drug (N = 40)");
    page.set(325.0, 166.0, 8.0, "Placebo");
    rule(&mut page, 195.0, 285.0, 169.0);
    page.set(205.0, 178.0, 8.0, "n");
    page.set(255.0, 178.0, 8.0, "%");
    page.set(325.0, 175.0, 8.0, "(N = 41),");
    page.set(325.0, 184.0, 8.0, "n (%)");
    rule(&mut page, 40.0, 400.0, 188.0);
    page.set(40.0, 198.0, 8.0, "Outcome at the end of the year");
    for (row, [label, n, percent, both]) in
        [["Recovered", "20", "50.0", "11 (26.8)"], ["Improved", "15", "37.5", "20 (48.8)"]].into_iter().enumerate()
    {
        let y = 210.0 + 12.0 * row as f32;
        page.set(48.0, y, 8.0, label);
        page.set(205.0, y, 8.0, n);
        page.set(255.0, y, 8.0, percent);
        page.set(325.0, y, 8.0, both);
    }
    page.set(48.0, 234.0, 8.0, "Neither recovered nor");
    page.set(48.0, 243.0, 8.0, "improved");
    page.set(205.0, 234.0, 8.0, "5");
    page.set(255.0, 234.0, 8.0, "12.5");
    page.set(325.0, 234.0, 8.0, "10 (24.4)");
    rule(&mut page, 40.0, 400.0, 249.0);
    page.set(40.0, 258.0, 8.0, "Note. All patients were seen.");
    set_lines(&mut page, 40.0, 300.0, &FILL);
    page
}

#[test]
fn a_table_has_its_rows_columns_names_caption_and_notes() {
    let document = document(vec![ruled_table()]);
    let [table] = &document.tables[..] else { panic!("{:?}", document.tables) };
    let found = cells(&document, table);
    let wanted = [
        "0,1+1: Drug (N = 40)",
        "0,3+0: Placebo (N = 41), n (%)",
        "1,1+0: n",
        "1,2+0: %",
        "2,0+0: Outcome at the end of the year",
        "3,0+0: Recovered",
        "3,1+0: 20",
        "3,2+0: 50.0",
        "3,3+0: 11 (26.8)",
        "4,0+0: Improved",
        "4,1+0: 15",
        "4,2+0: 37.5",
        "4,3+0: 20 (48.8)",
        "5,0+0: Neither recovered nor improved",
        "5,1+0: 5",
        "5,2+0: 12.5",
        "5,3+0: 10 (24.4)",
    ];
    assert_eq!(found, wanted);
    assert_eq!((table.rows, table.columns, table.header_rows), (6, 4, 2));
    let index = TextIndex::new(&document.text);
    let text = |range| index.slice(&document.text, range);
    assert_eq!(table.caption.map(text), Some("Table 1. Patients by arm of the trial and outcome"));
    assert_eq!(table.notes.iter().map(|note| text(*note)).collect::<Vec<_>>(), ["Note. All patients were seen."]);
    let span = document.span(&index, table.cells[13].range);
    assert_eq!(span.places.len(), 2, "a label of two lines stands in two places");
}

/// A small table with its rules and caption, its left end at `left`.
fn small_table(page: &mut FixturePage, left: f32, caption: &str, rows: &[[&str; 3]]) {
    page.set(left, 150.0, 8.0, caption);
    rule(page, left, left + 220.0, 156.0);
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            page.set(left + 80.0 * column as f32, 168.0 + 12.0 * row as f32, 8.0, cell);
        }
    }
    rule(page, left, left + 220.0, 171.0);
    rule(page, left, left + 220.0, 160.0 + 12.0 * rows.len() as f32);
}

#[test]
fn tables_side_by_side_are_tables_of_their_own() {
    let mut page = page();
    set_lines(&mut page, 40.0, 60.0, &FILL);
    let first = [["Arm", "n", "%"], ["Drug", "20", "50.0"], ["Placebo", "20", "50.0"], ["All", "40", "100"]];
    let second = [["Sex", "n", "%"], ["Women", "30", "75.0"], ["Men", "10", "25.0"], ["All", "40", "100"]];
    small_table(&mut page, 40.0, "Table 1. Arms of the trial", &first);
    small_table(&mut page, 320.0, "Table 2. Sex", &second);
    set_lines(&mut page, 40.0, 300.0, &FILL);
    let document = document(vec![page]);
    let [left, right] = &document.tables[..] else { panic!("{:?}", document.tables) };
    assert_eq!((left.rows, left.columns, right.rows, right.columns), (4, 3, 4, 3));
    assert!(cells(&document, left).contains(&"1,1+0: 20".to_owned()), "{:?}", cells(&document, left));
    assert!(cells(&document, right).contains(&"1,1+0: 30".to_owned()), "{:?}", cells(&document, right));
}

#[test]
fn one_row_of_values_is_a_table_only_under_a_caption() {
    let two_rows = |caption: &str| {
        let mut page = page();
        set_lines(&mut page, 40.0, 60.0, &FILL);
        small_table(&mut page, 40.0, caption, &[["12", "20", "50.0"], ["14", "20", "51.5"]]);
        set_lines(&mut page, 40.0, 300.0, &FILL);
        document(vec![page]).tables.len()
    };
    assert_eq!(two_rows("Table 1. Values at the two visits"), 1);
    assert_eq!(two_rows("and these are the values of both"), 0);
}

#[test]
fn a_rule_over_both_columns_ends_them() {
    let mut page = page();
    let [first, second, ..] = FILL;
    for y in [100.0, 400.0] {
        set_lines(&mut page, 40.0, y, &[first; 6]);
        set_lines(&mut page, 320.0, y, &[second; 6]);
    }
    rule(&mut page, 40.0, 560.0, 300.0);
    let text = document(vec![page]).text;
    let at = |part: &str, from: usize| text[from..].find(part).map(|found| found + from);
    let right = at("sleeps under", 0).expect("the right column above the rule");
    assert!(at("the quick", right).is_some(), "the columns below the rule come after both above it: {text}");
}

/// Sets rows of cells from `y` down, `step` points apart, the columns at the places `xs`.
fn set_rows(page: &mut FixturePage, xs: &[f32], y: f32, step: f32, rows: &[&[&str]]) {
    for (row, cells) in rows.iter().enumerate() {
        for (x, cell) in xs.iter().zip(*cells) {
            page.set(*x, y + step * row as f32, 8.0, cell);
        }
    }
}

#[test]
fn the_lines_of_a_label_stay_together_beside_the_rows_below_it() {
    let mut page = page();
    page.set(40.0, 150.0, 8.0, "Table 1. Papers by journal and period");
    let rows: [&[&str]; 5] = [
        &["", "Period", "Papers", "Slips"],
        &["Foxes and", "First", "20", "50"],
        &["", "Second", "15", "37"],
        &["Hares", "First", "21", "51"],
        &["", "Second", "16", "38"],
    ];
    set_rows(&mut page, &[40.0, 120.0, 205.0, 255.0], 170.0, 20.0, &rows);
    // Three lines of one label, 9 points apart; the third stands 2 points over the baseline of the second row.
    page.set(40.0, 199.0, 8.0, "some other");
    page.set(40.0, 208.0, 8.0, "animals");
    let document = document(vec![page]);
    let [table] = &document.tables[..] else { panic!("{:?}", document.tables) };
    let found = cells(&document, table);
    assert!(found.contains(&"1,0+0: Foxes and some other animals".to_owned()), "{found:?}");
    assert!(found.contains(&"2,1+0: Second".to_owned()) && found.contains(&"3,0+0: Hares".to_owned()), "{found:?}");
}

#[test]
fn headings_as_far_apart_as_rows_are_no_further_lines_of_labels() {
    let mut page = page();
    page.set(40.0, 150.0, 8.0, "Table 1. Animals by kind");
    let rows: [&[&str]; 6] = [
        &["Kind", "n", "%"],
        &["Foxes", "20", "50"],
        &["others", "5", "9"],
        &["Birds"],
        &["owls", "5", "9"],
        &["tits", "6", "8"],
    ];
    set_rows(&mut page, &[40.0, 205.0, 255.0], 170.0, 12.0, &rows);
    let document = document(vec![page]);
    let [table] = &document.tables[..] else { panic!("{:?}", document.tables) };
    assert_eq!(table.rows, 6, "{:?}", cells(&document, table));
}

/// A table whose cells are sentences, with or without its caption and rules.
fn words_only(framed: bool) -> Document {
    let mut page = page();
    set_lines(&mut page, 40.0, 60.0, &FILL);
    if framed {
        page.set(40.0, 150.0, 8.0, "Table 1. What the words mean");
        for y in [156.0, 171.0, 236.0] {
            rule(&mut page, 40.0, 300.0, y);
        }
    }
    page.set(40.0, 166.0, 8.0, "Word");
    page.set(120.0, 166.0, 8.0, "Meaning");
    for (row, word) in ["Fox", "Owl"].into_iter().enumerate() {
        let y = 181.0 + 27.0 * row as f32;
        page.set(40.0, y, 8.0, word);
        for (line, text) in
            ["An animal of the wood that is", "seen at night and that likes to", "sleep by day"].iter().enumerate()
        {
            page.set(120.0, y + 9.0 * line as f32, 8.0, text);
        }
    }
    set_lines(&mut page, 40.0, 300.0, &FILL);
    document(vec![page])
}

#[test]
fn rules_and_a_caption_frame_a_table_of_sentences() {
    let document = words_only(true);
    let [table] = &document.tables[..] else { panic!("{:?}", document.tables) };
    let found = cells(&document, table);
    assert_eq!((table.rows, table.columns, table.header_rows), (3, 2, 1), "{found:?}");
    let wanted = "1,1+0: An animal of the wood that is seen at night and that likes to sleep by day".to_owned();
    assert!(found.contains(&wanted), "{found:?}");
    assert!(words_only(false).tables.is_empty(), "without rules and caption these are words beside words");
}

#[test]
fn the_labels_of_a_figure_are_no_table_and_full_columns_of_values_are() {
    let tables = |rows: &[&[&str]]| {
        let mut page = page();
        set_lines(&mut page, 40.0, 60.0, &FILL);
        set_rows(&mut page, &[60.0, 120.0, 180.0, 240.0], 180.0, 14.0, rows);
        set_lines(&mut page, 40.0, 300.0, &FILL);
        document(vec![page]).tables.len()
    };
    let axes: [&[&str]; 5] =
        [&["0.4", "", "Foxes"], &["0.3", "", "", "Owls"], &["0.2"], &["0.1", "", "8"], &["", "10", "20", "30"]];
    assert_eq!(tables(&axes), 0);
    let values: [&[&str]; 4] = [
        &["Group", "n", "Mean", "SD"],
        &["Foxes", "12", "0.4", "0.1"],
        &["Owls", "14", "0.6", "0.2"],
        &["Tits", "9", "0.5", "0.1"],
    ];
    assert_eq!(tables(&values), 1);
}

#[test]
fn upright_rules_part_columns_and_single_signs_are_cells() {
    let mut page = page();
    page.set(40.0, 150.0, 8.0, "Table 1. A function of two numbers");
    let rows: [&[&str]; 5] = [
        &["", "", "1", "2", "3", "4"],
        &["", "1", "*", "*", "0", "*"],
        &["y", "2", "1", "*", "*", "*"],
        &["", "3", "*", "0", "*", "*"],
        &["", "4", "*", "*", "*", "1"],
    ];
    set_rows(&mut page, &[40.0, 56.0, 76.0, 92.0, 108.0, 124.0], 170.0, 12.0, &rows);
    page.rules.push(Area { left: 50.0, top: 160.0, right: 50.4, bottom: 222.0 });
    let document = document(vec![page]);
    let [table] = &document.tables[..] else { panic!("{:?}", document.tables) };
    let found = cells(&document, table);
    assert_eq!(table.columns, 6, "{found:?}");
    assert!(found.iter().any(|cell| cell.ends_with(",0+0: y")), "{found:?}");
    assert_eq!(found.iter().filter(|cell| cell.ends_with(": *")).count(), 12, "{found:?}");
}

#[test]
fn a_row_of_numbers_at_the_top_of_a_page_is_no_page_number() {
    let mut page = page();
    page.set(300.0, 20.0, 8.0, "7");
    let rows: [&[&str]; 3] = [&["1", "2", "3"], &["14", "25", "36"], &["17", "28", "39"]];
    set_rows(&mut page, &[100.0, 160.0, 220.0], 50.0, 12.0, &rows);
    set_lines(&mut page, 40.0, 300.0, &FILL);
    let document = document(vec![page]);
    assert_eq!(texts(&document, BlockKind::Furniture), ["7"]);
    assert!(document.text.contains("1\t2\t3"), "{}", document.text);
}

#[test]
fn accents_are_put_on_their_letters_and_marks_of_means_are_not() {
    let mut page = page();
    let at = page.set(40.0, 100.0, 10.0, "the law of Scho");
    page.set(at - 5.0, 100.0, 10.0, "\u{A8}");
    let at = page.set(at, 100.0, 10.0, "n with x");
    page.set(at - 5.0, 100.0, 10.0, "\u{AF}");
    page.set(at + 2.5, 100.0, 10.0, "= 3");
    let text = document(vec![page]).text;
    assert!(text.contains("Schön with x\u{AF} = 3"), "{text}");
}

#[test]
fn a_caption_at_the_left_of_its_table_is_parted_from_it() {
    let mut page = page();
    for (line, text) in ["Table 1. Animals of", "the wood and of the", "river by kind"].iter().enumerate() {
        page.set(40.0, 100.0 + 9.0 * line as f32, 8.0, text);
    }
    for y in [92.0, 108.0, 170.0] {
        rule(&mut page, 180.0, 500.0, y);
    }
    let rows: [&[&str]; 5] =
        [&["Kind", "n", "%"], &["Foxes", "20", "50"], &["Owls", "5", "9"], &["Tits", "6", "8"], &["Frogs", "7", "7"]];
    set_rows(&mut page, &[180.0, 300.0, 400.0], 104.0, 14.0, &rows);
    set_lines(&mut page, 40.0, 300.0, &FILL);
    let document = document(vec![page]);
    let [table] = &document.tables[..] else { panic!("{:?}", document.tables) };
    assert_eq!((table.rows, table.columns), (5, 3), "{:?}", cells(&document, table));
    assert_eq!(texts(&document, BlockKind::Caption), ["Table 1. Animals of the wood and of the river by kind"]);
}
