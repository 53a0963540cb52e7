//! Facts about a PDF file: its title, the program that wrote it, its DOI. None of them is needed to read it.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Note, SourceFacts, SourceFormat};
use crate::read::text::sha256;

#[expect(clippy::expect_used, reason = "the pattern is a constant")]
static DOI: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b10\.\d{4,9}/[^\s\x22<>{}|\\^`]+").expect("the pattern is a constant"));

/// What the file says about itself. What cannot be read becomes a note.
pub fn facts(bytes: &[u8], pages: usize, notes: &mut Vec<Note>) -> SourceFacts {
    let mut facts =
        SourceFacts { format: SourceFormat::Pdf, sha256: sha256(bytes), title: None, producer: None, doi: None };
    let mut note = |message: String| notes.push(Note { page: None, message });
    match lopdf::Document::load_metadata_mem(bytes) {
        Ok(metadata) => {
            facts.title = metadata.title.as_deref().and_then(tidy);
            facts.producer = metadata.producer.as_deref().and_then(tidy);
            facts.doi = metadata.subject.as_deref().and_then(doi);
            if metadata.encrypted {
                note("the file is encrypted with an empty password".to_owned());
            }
            if usize::try_from(metadata.page_count).is_ok_and(|stated| stated != pages) {
                note(format!("the file states {} pages, {pages} were found", metadata.page_count));
            }
        }
        Err(_) => note("the file's metadata could not be read".to_owned()),
    }
    facts
}

/// A field without control characters, at most 500 characters long.
fn tidy(field: &str) -> Option<String> {
    let tidied: String = field.chars().filter(|character| !character.is_control()).take(500).collect();
    let tidied = tidied.trim();
    (!tidied.is_empty()).then(|| tidied.to_owned())
}

/// The first DOI in a text.
pub fn doi(text: &str) -> Option<String> {
    DOI.find(text).map(|found| found.as_str().trim_end_matches(['.', ',', ';', ')', ']']).to_owned())
}
