//! Blocks and sections on pages given as plain glyphs: headings, lists, displayed formulas, notes in the margin, each
//! beside what looks like it.
#![expect(clippy::cast_precision_loss, reason = "lines of a test page are few")]

use std::fs;
use std::process::Command;

use rederive::document::{BlockKind, Document, SectionName, SourceFacts, SourceFormat, TextIndex};
use rederive::read::ReadLimits;
use rederive::read::pdf::{Fixture, FixturePage, FontId, read_pages};

/// Lines of running text that fill a column of about 250 points.
const FILL: [&str; 5] = [
    "the quick brown fox jumps over the lazy dog and then it",
    "sleeps under the tall old oak beside a slow river until",
    "the morning comes and all the birds of the wood begin a",
    "song that nobody else has ever heard in this valley but",
    "which is known to every fox that has lived here so long.",
];

fn document(pages: Vec<FixturePage>) -> Document {
    let facts =
        SourceFacts { format: SourceFormat::Pdf, sha256: String::new(), title: None, producer: None, doi: None };
    read_pages(&mut Fixture { pages, fonts: Vec::new() }, facts, Vec::new(), &ReadLimits::default())
        .expect("a document")
}

fn page() -> FixturePage {
    FixturePage::new(600.0, 800.0)
}

/// Sets lines from `y` down, 12 points apart, and gives where the next one would stand.
fn set_lines(page: &mut FixturePage, x: f32, y: f32, lines: &[&str]) -> f32 {
    for (row, line) in lines.iter().enumerate() {
        page.set(x, y + 12.0 * row as f32, 10.0, line);
    }
    y + 12.0 * lines.len() as f32
}

/// Sets a line in a font of its own.
fn set_in_font(page: &mut FixturePage, x: f32, y: f32, size: f32, text: &str, font: u32) {
    let from = page.glyphs.len();
    page.set(x, y, size, text);
    for glyph in &mut page.glyphs[from..] {
        glyph.font = FontId(font);
    }
}

/// The kind and the text of each leaf.
fn leaves(document: &Document) -> Vec<(BlockKind, String)> {
    let index = TextIndex::new(&document.text);
    let leaf = |block: &&rederive::document::Block| (block.kind, index.slice(&document.text, block.range).to_owned());
    document.leaves().iter().map(leaf).collect()
}

fn of_kind(document: &Document, kind: BlockKind) -> Vec<String> {
    leaves(document).into_iter().filter(|(own, _)| *own == kind).map(|(_, text)| text).collect()
}

#[test]
fn a_heading_in_a_font_of_its_own_needs_no_gap_and_no_size() {
    let mut page = page();
    let y = set_lines(&mut page, 40.0, 100.0, &FILL);
    set_in_font(&mut page, 40.0, y, 9.6, "Drugs and chemicals", 1);
    set_lines(&mut page, 40.0, y + 12.0, &FILL);
    let document = document(vec![page]);
    assert_eq!(of_kind(&document, BlockKind::Heading), ["Drugs and chemicals"]);
    assert_eq!(of_kind(&document, BlockKind::Paragraph), [FILL.join(" "), FILL.join(" ")]);
}

#[test]
fn words_in_another_font_within_a_sentence_are_no_heading() {
    let mut page = page();
    let y = set_lines(&mut page, 40.0, 100.0, &FILL[..4]);
    set_in_font(&mut page, 40.0, y, 10.0, "Vulpes vulpes and other foxes of the whole wide valley", 1);
    let y = set_lines(&mut page, 40.0, y + 12.0, &FILL);
    // A short line of a paragraph in the same font, and a line that ends a sentence.
    set_lines(&mut page, 40.0, y, &["So the fox was brown."]);
    let document = document(vec![page]);
    assert_eq!(of_kind(&document, BlockKind::Heading), [""; 0]);
    assert!(document.text.contains("in this valley but Vulpes vulpes and"), "{}", document.text);
}

#[test]
fn a_sentence_goes_on_past_a_column_end_and_not_into_a_heading() {
    let mut page = page();
    set_lines(&mut page, 40.0, 100.0, &FILL[..4]);
    set_lines(&mut page, 320.0, 100.0, &["(As Known), which is a name that is given to every fox", FILL[4]]);
    set_in_font(&mut page, 320.0, 124.0, 9.6, "Drugs and chemicals used", 1);
    set_lines(&mut page, 320.0, 136.0, &[FILL[0], FILL[1], FILL[4]]);
    let document = document(vec![page]);
    assert!(document.text.contains("in this valley but (As Known), which is"), "{}", document.text);
    assert_eq!(of_kind(&document, BlockKind::Heading), ["Drugs and chemicals used"]);
}

#[test]
fn items_are_blocks_of_their_own_in_one_list() {
    let mut page = page();
    let y = set_lines(&mut page, 40.0, 100.0, &FILL);
    let y = set_lines(&mut page, 50.0, y, &["1. foxes that sleep under the oak in the afternoon;"]);
    let y = set_lines(&mut page, 62.0, y, &["or beside the river;"]);
    let y = set_lines(&mut page, 50.0, y, &["2. hares, of which there were 12; and", "3. owls."]);
    let y = set_lines(&mut page, 40.0, y + 12.0, &FILL);
    set_lines(&mut page, 50.0, y, &["• brown foxes", "• grey hares"]);
    let document = document(vec![page]);
    assert_eq!(
        of_kind(&document, BlockKind::ListItem),
        [
            "1. foxes that sleep under the oak in the afternoon; or beside the river;",
            "2. hares, of which there were 12; and",
            "3. owls.",
            "• brown foxes",
            "• grey hares"
        ]
    );
    let lists: Vec<usize> =
        document.blocks.iter().filter(|block| block.kind == BlockKind::List).map(|list| list.children.len()).collect();
    assert_eq!(lists, [3, 2]);
}

#[test]
fn marks_in_running_text_make_no_list() {
    let mut page = page();
    let lines = [
        "the foxes were (1) weighed by two of us who did not know",
        "(2) put back where they had been found in the first place,",
        "(3) seen once more, and what was seen was written down by",
        "5. p.m. of the day, which for 12 of them was a Monday, as",
    ];
    let y = set_lines(&mut page, 40.0, 100.0, &lines);
    set_lines(&mut page, 40.0, y, &FILL);
    let document = document(vec![page]);
    assert_eq!(of_kind(&document, BlockKind::ListItem), [""; 0]);
    assert_eq!(of_kind(&document, BlockKind::Paragraph).len(), 1);
}

/// A page with a displayed formula of three heights and a number in the margin.
fn displayed() -> FixturePage {
    let mut page = page();
    let y = set_lines(&mut page, 40.0, 100.0, &FILL);
    page.set(100.0, y + 4.0, 10.0, "C₀ V₁");
    let at = page.set(60.0, y + 11.0, 10.0, "k =");
    page.set(at + 60.0, y + 11.0, 10.0, "− 7.5");
    page.set(100.0, y + 18.0, 10.0, "2 V₂");
    page.set(300.0, y + 11.0, 10.0, "(3)");
    set_lines(&mut page, 40.0, y + 36.0, &FILL);
    page
}

#[test]
fn a_displayed_formula_is_a_block_with_its_pieces() {
    let document = document(vec![displayed()]);
    let displays = of_kind(&document, BlockKind::DisplayMath);
    assert_eq!(displays.len(), 1, "{:?}", leaves(&document));
    for piece in ["C₀ V₁", "k =", "2 V₂", "(3)"] {
        assert!(displays[0].contains(piece), "{displays:?}");
    }
    assert!(displays[0].contains('\n'), "the pieces stand on lines of their own: {displays:?}");
    assert_eq!(of_kind(&document, BlockKind::Paragraph), [FILL.join(" "), FILL.join(" ")]);
    let index = TextIndex::new(&document.text);
    let start = document.text.find("− 7.5").map(|byte| document.text[..byte].chars().count()).expect("it stands there");
    let span = document.span(&index, rederive::document::TextRange::new(start, start + 5));
    assert_eq!(span.places.len(), 1, "glyphs of a formula keep their places");
}

#[test]
fn the_number_of_a_displayed_formula_is_no_quantity() {
    let document = document(vec![displayed()]);
    let mentions = rederive::extract::extract(&document);
    let index = TextIndex::new(&document.text);
    let printed: Vec<&str> =
        mentions.quantities.iter().map(|quantity| index.slice(&document.text, quantity.range)).collect();
    assert!(!printed.iter().any(|text| text.trim_matches(['(', ')']) == "3"), "{printed:?}");
    assert!(printed.iter().any(|text| text.contains("7.5")), "{printed:?}");
}

#[test]
fn a_displayed_line_with_the_words_of_a_sentence_is_prose() {
    let mut page = page();
    let y = set_lines(&mut page, 40.0, 100.0, &FILL);
    page.set(80.0, y + 6.0, 10.0, "so that the mean = 5 for all foxes");
    set_lines(&mut page, 40.0, y + 24.0, &FILL);
    assert_eq!(of_kind(&document(vec![page]), BlockKind::DisplayMath), [""; 0]);
}

/// What `check` says of the stated arithmetic in a line that is set in from the text.
fn outcome_of(line: &str) -> Vec<String> {
    let mut page = page();
    let y = set_lines(&mut page, 40.0, 100.0, &FILL);
    page.set(90.0, y + 6.0, 10.0, line);
    set_lines(&mut page, 40.0, y + 24.0, &FILL);
    let document = document(vec![page]);
    assert_eq!(of_kind(&document, BlockKind::DisplayMath), [line]);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("paper.json"), serde_json::to_vec(&document).expect("JSON")).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_rederive"))
        .current_dir(folder.path())
        .args(["check", "paper.json", "--format", "json", "--all", "--exit-zero"])
        .output()
        .expect("the program starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    let claims = ["findings", "claims"].iter().filter_map(|key| report["papers"][0][key].as_array());
    claims.flatten().map(|claim| claim["outcome"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn stated_arithmetic_in_a_displayed_line_is_checked() {
    assert!(outcome_of("60 × 7,000 = 42,000").iter().any(|outcome| outcome == "inconsistent"));
    assert!(!outcome_of("60 × 7,000 = 420,000").iter().any(|outcome| outcome == "inconsistent"));
}

#[test]
fn a_note_in_the_margin_stands_apart_and_a_narrow_column_does_not() {
    let mut with_note = page();
    set_lines(&mut with_note, 200.0, 100.0, &FILL);
    set_lines(&mut with_note, 200.0, 160.0, &FILL);
    for (row, line) in
        ["We saw all of 12 foxes", "on the first of all days,", "and 7 hares on the last"].iter().enumerate()
    {
        with_note.set(40.0, 110.0 + 10.0 * row as f32, 7.5, line);
    }
    let read = document(vec![with_note]);
    assert_eq!(
        of_kind(&read, BlockKind::SideNote),
        ["We saw all of 12 foxes on the first of all days, and 7 hares on the last"]
    );
    assert_eq!(of_kind(&read, BlockKind::Paragraph).len(), 1, "the note cuts no paragraph");
    // The last column of a table in small print that is wider than the text.
    let mut wide = page();
    set_lines(&mut wide, 200.0, 100.0, &FILL);
    for (row, cells) in [["Animal", "seen"], ["Foxes", "12"], ["Hares", "7"]].iter().enumerate() {
        wide.set(250.0, 175.0 + 10.0 * row as f32, 7.5, cells[0]);
        wide.set(500.0, 175.0 + 10.0 * row as f32, 7.5, cells[1]);
    }
    set_lines(&mut wide, 200.0, 220.0, &FILL);
    let read = document(vec![wide]);
    assert_eq!(of_kind(&read, BlockKind::SideNote), [""; 0]);
    assert!(read.text.contains("Foxes\t12"), "{}", read.text);
    // Two columns, and small print below the text.
    let mut columns = page();
    set_lines(&mut columns, 40.0, 100.0, &FILL);
    set_lines(&mut columns, 320.0, 100.0, &FILL);
    columns.set(40.0, 300.0, 7.5, "¹ A note at the foot.");
    assert_eq!(of_kind(&document(vec![columns]), BlockKind::SideNote), [""; 0]);
}

#[test]
fn sections_are_named_and_hold_their_blocks() {
    use SectionName::{Abstract, Introduction, Methods, References};
    let mut page = page();
    page.set(40.0, 50.0, 16.0, "On the sleep of foxes");
    let mut y = set_lines(&mut page, 40.0, 80.0, &FILL) + 12.0;
    y = set_lines(&mut page, 40.0, y, &FILL) + 16.0;
    page.set(40.0, y, 12.0, "1. Introduction");
    y = set_lines(&mut page, 40.0, y + 18.0, &FILL) + 16.0;
    page.set(40.0, y, 12.0, "2. M ETHODS");
    y = set_lines(&mut page, 40.0, y + 18.0, &["Design. We looked at 12 foxes.", FILL[0], FILL[4]]) + 16.0;
    page.set(40.0, y, 12.0, "References");
    set_lines(&mut page, 40.0, y + 18.0, &["Fox A. (2001). On sleep. Hare 4, 5."]);
    let document = document(vec![page]);
    let names: Vec<Option<SectionName>> = document.blocks.iter().map(|block| block.section).collect();
    assert_eq!(
        names,
        [None, Some(Abstract), Some(Introduction), Some(Methods), Some(References)],
        "{:?}",
        document.blocks
    );
    let at =
        |word: &str| document.text.find(word).map(|byte| document.text[..byte].chars().count()).expect("it is there");
    assert_eq!(document.sections_at(at("We looked")), [Methods, Methods]);
    assert_eq!(document.sections_at(at("Fox A.")), [References]);
    assert_eq!(document.sections_at(at("On the sleep")), []);
}
