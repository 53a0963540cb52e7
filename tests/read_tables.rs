//! Tables on pages given as plain glyphs and rules: rows, columns, names, captions, notes, and what is no table.
#![expect(clippy::cast_precision_loss, reason = "rows and columns of a test page are few")]

#[path = "support/layout.rs"]
mod layout;

use layout::{FILL, document, page, set_lines, texts};
use rederive::document::{BlockKind, Cell, Document, Table, TextIndex};
use rederive::read::pdf::{Area, FixturePage};

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
