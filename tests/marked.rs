//! Marked copies, looked at: pages are drawn before and after, what changed lies over the ink of the marked words, and the
//! file stays the beginning of its copy. On our own papers in all kinds of files, and on the papers beside the repository.
#![cfg(feature = "crops")]

#[path = "support/ink.rs"]
mod ink;
#[path = "support/known_words.rs"]
mod known_words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hayro_syntax::Pdf;
use ink::Picture;
use lopdf::{Document as File, Object};
use rayon::prelude::*;
use rederive::document::{Place, Span};
use rederive::read::{ReadLimits, read};
use rederive::run::{marked_tail, marks_over};

/// How far a mark may reach beyond its words, in points: its line and a pixel.
const ROOM: f64 = 2.5;
/// How much of the ink that hangs together with the words lies under their mark, at least; slanted letters hang over.
const WITHIN: f64 = 0.85;

/// What was seen of the marks of one file.
#[derive(Debug, Default)]
struct Seen {
    marks: usize,
    with_ink: usize,
    /// Boxes beyond which ink of their words stands.
    hanging: Vec<String>,
    wrong: Vec<String>,
}

/// Marks known words of a file and looks at the pages; nothing where the file is encrypted.
fn look(name: &str, bytes: &[u8]) -> Option<Seen> {
    let document = read(bytes, &ReadLimits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let file = File::load_mem(bytes).expect("a file");
    let pages = known_words::pages(&file);
    let spans: Vec<Span> = pages.iter().flat_map(|page| known_words::on_page(&document, *page)).collect();
    let marks: Vec<_> = spans.iter().flat_map(marks_over).collect();
    let tail = match marked_tail(bytes, &marks) {
        Ok(tail) => tail,
        Err(error) => {
            assert!(file.was_encrypted(), "{name}: {error}");
            return None;
        }
    };
    let copy = [bytes, &tail].concat();
    let marked = File::load_mem(&copy).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(marked.revision_count(), file.revision_count() + 1, "{name}: one revision more");
    assert_eq!(marked.xref_recovery, file.xref_recovery, "{name}: the table of the copy needs no repair");
    let mut boxes: BTreeMap<u32, Vec<(&str, [f32; 4])>> = BTreeMap::new();
    for span in &spans {
        for place in &span.places {
            let Place::Box { page, quad } = place else { continue };
            boxes.entry(*page).or_default().push((&span.quote, quad.bounds()));
        }
    }
    let [before, after] = [bytes.to_vec(), copy].map(|bytes| Pdf::new(bytes).expect("a file that opens"));
    let mut seen = Seen { marks: marks.len(), ..Seen::default() };
    for (page, boxes) in boxes {
        let index = page as usize - 1;
        look_at_page(
            &format!("{name} p. {page}"),
            &Picture::of(&before, index),
            &Picture::of(&after, index),
            &boxes,
            &mut seen,
        );
    }
    Some(seen)
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn look_at_page(place: &str, before: &Picture, after: &Picture, boxes: &[(&str, [f32; 4])], seen: &mut Seen) {
    let changed = before.changed(after);
    let around: Vec<_> = boxes.iter().map(|(_, bounds)| before.part(*bounds, ROOM)).collect();
    let elsewhere = changed.iter().filter(|(x, y)| !around.iter().any(|part| part.holds(*x, *y))).count();
    if elsewhere > 0 {
        seen.wrong.push(format!("{place}: {elsewhere} pixels changed away from the words"));
    }
    for (words, bounds) in boxes {
        let own = before.part(*bounds, -0.5);
        let area = (own.right.saturating_sub(own.left) * own.bottom.saturating_sub(own.top)).max(1);
        let share = changed.iter().filter(|(x, y)| own.holds(*x, *y)).count() as f64 / area as f64;
        if share < 0.5 {
            seen.wrong.push(format!("{place}: the mark over {words:?} is not seen ({share:.2})"));
        }
        let [core, own, window] = [-0.75, 1.0, f64::from(bounds[3] - bounds[1])].map(|room| before.part(*bounds, room));
        if let Some(within) = before.ink_within(core, own, window) {
            seen.with_ink += 1;
            if within < WITHIN {
                seen.hanging.push(format!("{place}: {words:?}, {within:.2} of the ink within"));
            }
        }
    }
}

fn demo() -> Vec<(String, Vec<u8>)> {
    pdfs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/demo")).expect("our own papers")
}

/// The PDFs of a folder with their names, sorted; nothing where there is no folder.
fn pdfs(folder: &Path) -> Option<Vec<(String, Vec<u8>)>> {
    let entries = folder.read_dir().ok()?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        (name, fs::read(path).expect("a readable file"))
    };
    Some(paths.into_iter().map(read).collect())
}

/// Looks at all files, and asks that every mark is seen over ink; `most` marks may have ink that hangs over.
fn all_over_ink(files: &[(String, Vec<u8>)], most: usize) -> Seen {
    let mut total = Seen::default();
    let looked: Vec<Option<Seen>> = files.par_iter().map(|(name, bytes)| look(name, bytes)).collect();
    for seen in looked.into_iter().flatten() {
        total.marks += seen.marks;
        total.with_ink += seen.with_ink;
        total.hanging.extend(seen.hanging);
        total.wrong.extend(seen.wrong);
    }
    assert!(total.wrong.is_empty(), "{:#?}", total.wrong);
    assert!(total.marks > 0 && total.with_ink >= total.marks, "{total:?}");
    assert!(total.hanging.len() <= most, "{:#?}", total.hanging);
    total
}

#[test]
fn marks_on_our_own_papers_lie_over_the_ink_of_their_words() {
    // Brackets of lines that stand close touch each other, once.
    all_over_ink(&demo(), 1);
}

/// A paper of ours, changed as `change` says, and saved.
fn changed(change: impl Fn(&mut File)) -> File {
    let (_, bytes) = demo().into_iter().find(|(name, _)| name == "utensils.pdf").expect("the paper");
    let mut file = File::load_mem(&bytes).expect("a file");
    change(&mut file);
    file
}

fn saved(mut file: File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("a vector takes everything");
    bytes
}

/// Sets a value on every page.
fn on_pages(file: &mut File, key: &str, value: &Object) {
    for page in file.get_pages().into_values() {
        file.get_dictionary_mut(page).expect("a page").set(key, value.clone());
    }
}

/// Moves a value from the pages to the root of their tree, where they inherit it from.
fn on_tree(file: &mut File, key: &str, value: &Object) {
    for page in file.get_pages().into_values() {
        file.get_dictionary_mut(page).expect("a page").remove(key.as_bytes());
    }
    let root = file.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference).expect("a tree");
    file.get_dictionary_mut(root).expect("a tree").set(key, value.clone());
}

fn sides(sides: [i64; 4]) -> Object {
    sides.map(Object::Integer).to_vec().into()
}

#[test]
fn turned_and_cropped_pages_and_all_kinds_of_tables_are_marked_alike() {
    let mut files = Vec::new();
    for turn in [90, 180, 270, -90] {
        files.push((format!("turned by {turn}"), saved(changed(|file| on_pages(file, "Rotate", &turn.into())))));
        let both = |file: &mut File| {
            on_tree(file, "Rotate", &turn.into());
            on_pages(file, "CropBox", &sides([30, 50, 560, 800]));
        };
        files.push((format!("cropped and turned by {turn}"), saved(changed(both))));
    }
    let set_off = |file: &mut File| on_tree(file, "MediaBox", &sides([-40, -25, 555, 817]));
    files.push(("set off, inherited".to_owned(), saved(changed(set_off))));
    let cropped = |file: &mut File| on_tree(file, "CropBox", &sides([30, 50, 560, 800]));
    files.push(("cropped, inherited".to_owned(), saved(changed(cropped))));
    files.push(("a table as text".to_owned(), saved(changed(|_| ()))));
    let mut modern = Vec::new();
    changed(|_| ()).save_modern(&mut modern).expect("a vector takes everything");
    files.push(("a table as a stream, objects in streams".to_owned(), modern));
    let before_header = [b"From a mail\r\n".as_slice(), &saved(changed(|_| ()))].concat();
    files.push(("bytes before the header".to_owned(), before_header));
    let no_line_end = saved(changed(|_| ())).trim_ascii_end().to_vec();
    files.push(("no line end at the end".to_owned(), no_line_end));
    all_over_ink(&files, 0);
}

#[test]
fn a_hybrid_file_keeps_what_only_newer_readers_see() {
    let mut file = changed(|_| ());
    let hidden = file.new_object_id();
    let bytes = saved(file);
    let hybrid = hybrid(&bytes, hidden.0);
    let before = File::load_mem(&hybrid).expect("a hybrid file");
    assert!(before.get_object(hidden).is_ok(), "the object is found");
    let seen = look("a hybrid file", &hybrid).expect("a copy");
    assert!(seen.wrong.is_empty() && seen.hanging.is_empty(), "{seen:?}");
    let document = read(&hybrid, &ReadLimits::default()).expect("a paper");
    let marks: Vec<_> = known_words::on_page(&document, 1).iter().flat_map(marks_over).collect();
    let tail = marked_tail(&hybrid, &marks).expect("a copy");
    assert!(!tail.windows(7).any(|window| window == b"XRefStm"));
    let copy = File::load_mem(&[hybrid, tail].concat()).expect("a file");
    assert!(copy.get_object(hidden).is_ok(), "the object is still found");
}

/// The file with one more object, in a stream of objects that only the stream of its table names (ISO 32000-1, 7.5.8.4).
fn hybrid(bytes: &[u8], hidden: u32) -> Vec<u8> {
    let (container, table) = (hidden + 1, hidden + 2);
    let mut out = [bytes, b"\n"].concat();
    let container_at = out.len();
    let inner = format!("{hidden} 0 (seen by newer readers)");
    let first = format!("{hidden} 0 ").len();
    out.extend(
        format!(
            "{container} 0 obj\n<</Type/ObjStm/N 1/First {first}/Length {}>>\nstream\n{inner}\nendstream\nendobj\n",
            inner.len()
        )
        .into_bytes(),
    );
    let table_at = out.len();
    let mut rows = Vec::new();
    for (kind, second, third) in [(2_u8, container as usize, 0_u8), (1, container_at, 0), (1, table_at, 0)] {
        rows.push(kind);
        rows.extend(u32::try_from(second).expect("a short file").to_be_bytes());
        rows.push(third);
    }
    let size = table + 1;
    out.extend(
        format!("{table} 0 obj\n<</Type/XRef/Size {size}/W[1 4 1]/Index[{hidden} 3]/Length {}>>\nstream\n", rows.len())
            .into_bytes(),
    );
    out.extend(rows);
    out.extend(b"\nendstream\nendobj\n");
    let main_at = out.len();
    let text = String::from_utf8_lossy(bytes);
    let previous = text.rsplit("startxref").next().and_then(|rest| rest.split_whitespace().next()).expect("a place");
    let file = File::load_mem(bytes).expect("a file");
    let root = file.trailer.get(b"Root").and_then(Object::as_reference).expect("a catalog");
    out.extend(
        format!(
            "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size {size}/Root {} 0 R/Prev {previous}/XRefStm {table_at}>>\nstartxref\n{main_at}\n%%EOF\n",
            root.0
        )
        .into_bytes(),
    );
    out
}

#[test]
fn what_cannot_be_marked_is_told_about() {
    let document = read(&saved(changed(|_| ())), &ReadLimits::default()).expect("a paper");
    let marks: Vec<_> = known_words::on_page(&document, 1).iter().flat_map(marks_over).collect();
    let mut damaged = saved(changed(|_| ()));
    let table = damaged.windows(6).rposition(|window| window == b"\nxref\n").expect("a table");
    damaged.truncate(table);
    let why = marked_tail(&damaged, &marks).expect_err("a damaged table");
    assert!(why.to_string().contains("damaged"), "{why}");
    let mut encrypted = changed(|_| ());
    let id = Object::string_literal("0123456789abcdef");
    encrypted.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let version = lopdf::EncryptionVersion::V2 {
        document: &encrypted,
        owner_password: "owner",
        user_password: "",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).expect("a key");
    encrypted.encrypt(&state).expect("encrypted");
    let why = marked_tail(&saved(encrypted), &marks).expect_err("an encrypted file");
    assert_eq!(why.to_string(), "the file is encrypted, so no marked copy was made");
}

#[test]
fn marks_on_open_papers_lie_over_the_ink_of_their_words() {
    let Some(files) = pdfs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/pdf")) else {
        say("skipped: ../shared/corpus/pdf is not there");
        return;
    };
    let seen = all_over_ink(&files, usize::MAX);
    let (all, hanging) = (seen.with_ink, seen.hanging.len());
    say(&format!(
        "{} marks over {all} boxes with ink; beyond {hanging} stands ink of their words: {:#?}",
        seen.marks, seen.hanging
    ));
    assert!(hanging * 100 <= all, "{:#?}", seen.hanging);
}

#[expect(clippy::print_stderr, reason = "a test that skips must say so")]
fn say(words: &str) {
    eprintln!("{words}");
}
