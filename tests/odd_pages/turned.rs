//! Pages cut by a crop box and turned: places, pictures, marks and tables are where the page shows them.

use std::fs;
use std::process::Command;

use rederive::document::{Document, Place};
use rederive::read::pdf::{Area, pictures};
use rederive::read::{ReadLimits, read};

use crate::sheet::Sheet;

const CLAIM: &[u8] = b"Of the participants, 42 of 46 (83%) agreed.";
/// Where the claim begins in user space, and its size.
const AT: (f32, f32) = (150.0, 520.0);
const SIZE: f32 = 10.0;
/// The crop box: left, bottom, right, top.
const CROP: [i64; 4] = [50, 100, 450, 700];

/// The claim on a page whose crop box is smaller than its media box and elsewhere, turned by `rotate`.
fn cut_and_turned(rotate: i64) -> Vec<u8> {
    let mut sheet = Sheet::new();
    sheet.media = [-20, -30, 595, 842];
    sheet.crop = Some(CROP);
    sheet.rotate = rotate;
    sheet.set("T", SIZE, AT, CLAIM);
    // Outside the crop box: not shown, so not read.
    sheet.set("T", SIZE, (100.0, 750.0), b"Printer's mark 99 of 11 (50%).");
    sheet.bytes()
}

/// A point of user space on the page as shown, by the definition of the two keys: cut first, then turned clockwise.
fn shown((x, y): (f32, f32), rotate: i64) -> (f32, f32) {
    let [left, bottom, right, top] = CROP.map(|side| f32::from(i16::try_from(side).expect("a small page")));
    let (from_left, from_top) = (x - left, top - y);
    match rotate {
        90 => (top - bottom - from_top, from_left),
        180 => (right - left - from_left, top - bottom - from_top),
        270 => (from_top, right - left - from_left),
        _ => (from_left, from_top),
    }
}

fn document(bytes: &[u8]) -> Document {
    read(bytes, &ReadLimits::default()).expect("a document")
}

/// The upright box of the only line.
fn bounds_of_line(document: &Document) -> [f32; 4] {
    let [line] = &document.lines[..] else { panic!("one line: {:?}", document.text) };
    let Place::Box { page: 1, quad } = line.place else { panic!("a place on the page") };
    quad.bounds()
}

#[test]
fn what_a_page_shows_is_read_where_it_is_shown() {
    for rotate in [0, 90, 180, 270] {
        let document = document(&cut_and_turned(rotate));
        assert_eq!(document.text.as_bytes(), CLAIM, "{rotate}");
        let size = &document.pages[0];
        let upright = rotate % 180 == 0;
        assert_eq!((size.width, size.height), if upright { (400.0, 600.0) } else { (600.0, 400.0) }, "{rotate}");
        let [left, top, right, bottom] = bounds_of_line(&document);
        let (x, y) = shown(AT, rotate);
        // The beginning of the baseline lies on one side of the line's box, or a little within.
        assert!((left - 1.0..=right + 1.0).contains(&x) && (top - 1.0..=bottom + 1.0).contains(&y), "{rotate}");
        let (length, height) = if upright { (right - left, bottom - top) } else { (bottom - top, right - left) };
        assert!((150.0..250.0).contains(&length) && (8.0..14.0).contains(&height), "{rotate}: {length} {height}");
    }
}

#[test]
#[cfg(feature = "crops")]
fn the_ink_of_the_page_is_where_the_line_is_said_to_be() {
    for rotate in [0, 90, 180, 270] {
        let bytes = cut_and_turned(rotate);
        let document = document(&bytes);
        let [left, top, right, bottom] = bounds_of_line(&document);
        let size = &document.pages[0];
        let whole = Area { left: 0.0, top: 0.0, right: size.width, bottom: size.height };
        let picture = pictures(&bytes, &[(0, whole)]).remove(0).expect("a picture");
        let (pixels, scale) = dark(&picture, size.width);
        assert!(pixels.len() > 200, "{rotate}: {} dark pixels", pixels.len());
        for (x, y) in pixels {
            let (x, y) = (x / scale, y / scale);
            let inside = (left - 1.5..=right + 1.5).contains(&x) && (top - 1.5..=bottom + 1.5).contains(&y);
            assert!(inside, "{rotate}: ink at {x}, {y}, the line at {left}, {top}, {right}, {bottom}");
        }
        // The picture of the line alone shows all of its ink.
        let own = pictures(&bytes, &[(0, Area { left, top, right, bottom })]).remove(0).expect("a picture");
        assert!(dark(&own, right - left).0.len() > 200, "{rotate}");
    }
}

/// The dark pixels of a picture, and how many pixels it has to a point.
#[cfg(feature = "crops")]
fn dark(picture: &[u8], width: f32) -> (Vec<(f32, f32)>, f32) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(picture));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    let samples = info.color_type.samples();
    let row = usize::try_from(info.width).expect("a small picture");
    let mut found = Vec::new();
    for (at, pixel) in pixels.chunks_exact(samples).enumerate() {
        if pixel[0] < 128 {
            let place = |place: usize| f32::from(u16::try_from(place).expect("a small picture"));
            found.push((place(at % row) + 0.5, place(at / row) + 0.5));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a small picture")]
    let scale = (info.width as f32 / width * 2.0).round() / 2.0;
    (found, scale)
}

#[test]
fn marks_of_a_copy_lie_on_the_claim_in_the_space_of_the_file() {
    for rotate in [0, 90, 180, 270] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.pdf"), cut_and_turned(rotate)).expect("a file");
        let output = Command::new(env!("CARGO_BIN_EXE_rederive"))
            .args(["check", "a.pdf", "--progress", "none", "--fail-on", "warning", "--annotate", "--write", "out/"])
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        let copy = fs::read_dir(folder.path().join("out/papers"))
            .expect("a folder")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| path.extension().is_some_and(|extension| extension == "pdf"))
            .expect("a marked copy");
        let file = lopdf::Document::load(copy).expect("a file");
        let page = file.page_iter().next().expect("a page");
        let mut marks = 0;
        for annotation in file.get_page_annotations(page).expect("annotations") {
            let Ok(corners) = annotation.get(b"QuadPoints").and_then(lopdf::Object::as_array) else { continue };
            marks += 1;
            let corners: Vec<f32> = corners.iter().map(|corner| corner.as_float().expect("a number")).collect();
            for corner in corners.chunks_exact(2) {
                // The claim is 200 points long at most; its letters reach from the descent to the ascent of its size.
                assert!((AT.0 - 2.0..AT.0 + 202.0).contains(&corner[0]), "{rotate}: {corners:?}");
                assert!((AT.1 - 5.0..AT.1 + SIZE + 2.0).contains(&corner[1]), "{rotate}: {corners:?}");
            }
        }
        assert!(marks > 0, "{rotate}");
    }
}

/// The rows of a table, the first of them the names of its columns.
const ROWS: [[&str; 4]; 5] = [
    ["Group", "Agreed", "Asked", "Share"],
    ["Teachers", "12", "24", "50%"],
    ["Parents", "36", "48", "75%"],
    ["Pupils", "9", "90", "10%"],
    ["Total", "57", "162", "35%"],
];

/// The table set upright or sideways (from the bottom upwards), its page turned or not.
fn table(sideways: bool, rotate: i64) -> Document {
    let mut sheet = Sheet::new();
    sheet.rotate = rotate;
    // A place of the table, from its left and from its top, and the direction of its rows.
    let place =
        |along: f32, down: f32| if sideways { (100.0 + down, 120.0 + along) } else { (100.0 + along, 700.0 - down) };
    let direction = if sideways { (0, 1) } else { (1, 0) };
    let set = |sheet: &mut Sheet, at: (f32, f32), text: &str| sheet.turned("T", 10.0, at, direction, text.as_bytes());
    set(&mut sheet, place(0.0, 0.0), "Table 1. Answers by group.");
    for (row, down) in ROWS.iter().zip([20.0, 36.0, 50.0, 64.0, 78.0]) {
        for (cell, along) in row.iter().zip([0.0, 120.0, 200.0, 280.0]) {
            set(&mut sheet, place(along, down), cell);
        }
    }
    for down in [9.0, 25.0, 83.0] {
        sheet.line(place(0.0, down), place(320.0, down));
    }
    document(&sheet.bytes())
}

#[test]
fn a_table_set_sideways_has_the_cells_of_the_upright_one() {
    for (sideways, rotate) in [(false, 0), (true, 0), (true, 90), (true, 180), (false, 270)] {
        let read = table(sideways, rotate);
        let [table] = &read.tables[..] else { panic!("one table ({sideways}, {rotate}): {}", read.text) };
        assert_eq!((table.rows, table.columns, table.header_rows), (5, 4, 1), "({sideways}, {rotate}): {}", read.text);
        let characters: Vec<char> = read.text.chars().collect();
        for cell in &table.cells {
            let text: String = characters[cell.range.start..cell.range.end].iter().collect();
            assert_eq!(text, ROWS[cell.row as usize][cell.column as usize], "({sideways}, {rotate})");
        }
        assert_eq!(table.cells.len(), 20, "({sideways}, {rotate})");
        assert!(table.caption.is_some(), "({sideways}, {rotate}): {}", read.text);
    }
}
