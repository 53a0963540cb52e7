//! Copies of a PDF with the findings marked on its pages, as an incremental update: what was there stays byte for byte, and
//! the marks are appended. The words of the marks come from the caller; no finding is judged here.
//!
//! Standards: ISO 32000-1, 12.5.6.10 (text markup annotations), 12.5.5 (appearance streams), 12.3.3 (outlines), 7.5.6
//! (incremental updates). Viewers expect the corners of a quad in the order upper left, upper right, lower left, lower
//! right, whatever the wording of the standard.

mod marks;
mod outline;

use lopdf::xref::XrefRecovery;
use lopdf::{Document, IncrementalDocument};

use crate::derive::Level;
use crate::report::printable::safe;

/// A quad in the user space of its page: upper left, upper right, lower left, lower right, each x and y.
pub type UserQuad = [f64; 8];

/// A mark over the words of one finding on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The page, from 1.
    pub page: u32,
    /// The words, a quad for each line.
    pub quads: Vec<UserQuad>,
    /// How much the finding weighs.
    pub level: Level,
    /// The code of the rule.
    pub code: String,
    /// One line for the outline: what does not follow from what.
    pub title: String,
    /// The text of the popup: message, derivation, what the reader can do.
    pub text: String,
    /// A name that stays the same from run to run.
    pub name: String,
}

/// Why a copy could not be made. As text a lower-case fragment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnotateError {
    /// The file is encrypted: a copy with marks would not open as the file does.
    #[error("the file is encrypted, so no marked copy was made")]
    Encrypted,
    /// The file cannot be opened for writing, for the reason that the library gives.
    #[error("no marked copy could be made: {0}")]
    Unreadable(String),
    /// The file's table of objects is damaged: what is appended would hide the objects that only a repair finds.
    #[error("the file's table of objects is damaged, so no marked copy was made")]
    Damaged,
    /// A page that a mark names does not exist for the writer.
    #[error("no marked copy could be made: the writer sees no page {0}")]
    NoSuchPage(u32),
}

impl From<lopdf::Error> for AnnotateError {
    fn from(error: lopdf::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// The file in `bytes` with the marks and an outline entry for each. The result begins with `bytes`.
pub fn annotate(bytes: &[u8], marks: &[Mark]) -> Result<Vec<u8>, AnnotateError> {
    // Places in a file count from its header; what stands before it, as mail programs put it there, is no part of it.
    let header = bytes.windows(5).position(|window| window == b"%PDF-").unwrap_or(0);
    let (before, own) = bytes.split_at(header);
    let mut previous = Document::load_mem(own)?;
    if previous.is_encrypted() || previous.was_encrypted() {
        return Err(AnnotateError::Encrypted);
    }
    if previous.xref_recovery == Some(XrefRecovery::Reconstructed) {
        return Err(AnnotateError::Damaged);
    }
    // The table that is appended is not compressed, so nothing says how to expand it.
    previous.trailer.remove(b"DecodeParms");
    let pages = previous.get_pages();
    let mut file = IncrementalDocument::create_from(own.to_vec(), previous);
    let mut entries = Vec::with_capacity(marks.len());
    for mark in marks {
        let page = *pages.get(&mark.page).ok_or(AnnotateError::NoSuchPage(mark.page))?;
        marks::add(&mut file, page, mark)?;
        entries.push(outline::Entry::of(mark, page));
    }
    outline::append(&mut file, &entries)?;
    let mut out = Vec::with_capacity(bytes.len() + 4096);
    out.extend_from_slice(before);
    file.save_to(&mut out).map_err(|error| AnnotateError::Unreadable(error.to_string()))?;
    Ok(out)
}

/// Text as a PDF text string: UTF-16 with its mark. What could turn the direction of writing or hide in it is replaced.
fn text_string(text: &str) -> lopdf::Object {
    let kept: String = text.chars().map(|one| if one == '\n' { one } else { safe(one) }).collect();
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(kept.encode_utf16().flat_map(u16::to_be_bytes));
    lopdf::Object::String(bytes, lopdf::StringFormat::Hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Object, dictionary};

    /// A file of two pages; the first has annotations of its own in an array, the second behind a reference.
    fn file() -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let link = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()] });
        let list = document.add_object(vec![Object::Reference(link)]);
        let media: Vec<Object> = vec![0.into(), 0.into(), 300.into(), 400.into()];
        let page = |annots: Object| dictionary! { "Type" => "Page", "Parent" => pages, "MediaBox" => media.clone(), "Annots" => annots };
        let (direct, behind) = (page(vec![Object::Reference(link)].into()), page(Object::Reference(list)));
        let kids: Vec<Object> = vec![document.add_object(direct).into(), document.add_object(behind).into()];
        document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 2 }.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("a vector takes everything");
        bytes
    }

    fn mark(page: u32) -> Mark {
        Mark {
            page,
            quads: vec![
                [10.0, 30.0, 60.0, 30.0, 10.0, 20.0, 60.0, 20.0],
                [10.0, 18.0, 40.0, 18.0, 10.0, 8.0, 40.0, 8.0],
            ],
            level: Level::Error,
            code: "SU101".to_owned(),
            title: "42 of 46 gives 91.3 %, not 93 %".to_owned(),
            text: "does not follow \u{202E}from the printed values".to_owned(),
            name: "v1:SU101:abc".to_owned(),
        }
    }

    fn annotations(document: &Document, page: u32) -> Vec<lopdf::Dictionary> {
        let id = document.get_pages()[&page];
        document.get_page_annotations(id).expect("annotations").into_iter().cloned().collect()
    }

    #[test]
    fn the_original_is_a_prefix_and_what_was_there_stays() {
        let bytes = file();
        let copy = annotate(&bytes, &[mark(1), mark(2), mark(2)]).expect("a copy");
        assert!(copy.starts_with(&bytes));
        let document = Document::load_mem(&copy).expect("a file");
        assert_eq!([annotations(&document, 1).len(), annotations(&document, 2).len()], [3, 5]);
        for page in [1, 2] {
            let all = annotations(&document, page);
            let kind = |name: &[u8]| {
                all.iter()
                    .filter(|one| one.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == name)))
                    .count()
            };
            assert_eq!(kind(b"Link"), 1);
            assert_eq!(kind(b"Highlight"), kind(b"Popup"));
        }
        let highlight = &annotations(&document, 1)[1];
        let quads = highlight.get(b"QuadPoints").and_then(Object::as_array).expect("quads");
        assert_eq!(quads.len(), 16);
        let words = highlight.get(b"Contents").and_then(Object::as_str).expect("words");
        assert!(words.starts_with(&[0xFE, 0xFF]) && !words.windows(2).any(|pair| pair == [0x20, 0x2E]));
        let appearance =
            highlight.get(b"AP").and_then(Object::as_dict).and_then(|ap| ap.get(b"N")).and_then(Object::as_reference);
        assert!(document.get_object(appearance.expect("an appearance")).is_ok_and(|object| object.as_stream().is_ok()));
    }

    #[test]
    fn a_second_copy_goes_on_with_the_outline_of_the_first() {
        let once = annotate(&file(), &[mark(1)]).expect("a copy");
        let twice = annotate(&once, &[mark(2)]).expect("a copy of the copy");
        assert!(twice.starts_with(&once));
        let document = Document::load_mem(&twice).expect("a file");
        let outlines = document
            .catalog()
            .and_then(|catalog| catalog.get(b"Outlines"))
            .and_then(Object::as_reference)
            .expect("an outline");
        let root = document.get_dictionary(outlines).expect("a dictionary");
        let (first, last) =
            (root.get(b"First").and_then(Object::as_reference), root.get(b"Last").and_then(Object::as_reference));
        let (first, last) = (first.expect("first"), last.expect("last"));
        assert_ne!(first, last);
        let next = document.get_dictionary(first).and_then(|item| item.get(b"Next")).and_then(Object::as_reference);
        assert_eq!(next.expect("a next item"), last);
    }

    #[test]
    fn the_same_marks_give_the_same_bytes() {
        assert_eq!(annotate(&file(), &[mark(1), mark(2)]), annotate(&file(), &[mark(1), mark(2)]));
    }

    #[test]
    fn what_cannot_be_marked_is_an_error_with_a_reason() {
        assert_eq!(annotate(&file(), &[mark(7)]), Err(AnnotateError::NoSuchPage(7)));
        assert!(matches!(annotate(b"no PDF", &[mark(1)]), Err(AnnotateError::Unreadable(_))));
    }
}
