//! Damaged files give a document or a reason, and never a panic.

#[path = "support/damaged.rs"]
mod damaged;
#[path = "support/typeset.rs"]
mod typeset;

use std::collections::BTreeMap;

use rederive::read::{ReadError, ReadLimits, read};

#[test]
fn three_hundred_damaged_files_give_a_document_or_a_reason() {
    let paragraphs = ["Mean intake was 42,000 ng/day in 60 adults (p < .001).", "A second paragraph, 3.5 ± 0.2 mg."];
    let whole = typeset::typeset(&paragraphs, typeset::Style::JOURNAL);
    let mut outcomes: BTreeMap<&'static str, usize> = BTreeMap::new();
    for file in damaged::damaged(&whole) {
        let kind = match read(&file.bytes, &ReadLimits::default()) {
            Ok(document) => {
                assert!(!document.text.is_empty(), "{}: an empty document", file.name);
                "document"
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                error.kind()
            }
        };
        *outcomes.entry(kind).or_default() += 1;
        let expected = match file.name.as_str() {
            "empty" | "blank" | "zeros" => Some("empty"),
            "archive" | "picture" | "web-page" => Some("unknown-format"),
            "holds-100000-pages" => Some("too-many-pages"),
            "object-of-another-schema" => Some("schema"),
            "object-without-schema" => Some("not-a-document"),
            "declares-100000-pages" | "form-that-draws-itself" => Some("no-text"),
            _ => None,
        };
        assert!(expected.is_none_or(|expected| expected == kind), "{}: {kind}", file.name);
    }
    assert_eq!(outcomes.values().sum::<usize>(), 300);
    assert!(outcomes["document"] > 50 && outcomes.len() > 6, "{outcomes:?}");
}

#[test]
fn glyphs_and_pages_are_counted() {
    let whole = typeset::typeset(&["Some words on a page, more than ten glyphs."], typeset::Style::MANUSCRIPT);
    let few = ReadLimits { glyphs: 10, ..ReadLimits::default() };
    assert_eq!(read(&whole, &few), Err(ReadError::TooManyGlyphs { limit: 10 }));
    let none = ReadLimits { pages: 0, ..ReadLimits::default() };
    assert_eq!(read(&whole, &none), Err(ReadError::TooManyPages { pages: 1, limit: 0 }));
}
