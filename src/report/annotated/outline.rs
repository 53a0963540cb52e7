//! One entry in the outline for all findings, with an entry below it for each: the list that a reader opens beside the
//! pages. An outline that is there keeps its entries.

use lopdf::{Dictionary, IncrementalDocument, Object, ObjectId, dictionary};

use super::{AnnotateError, Mark, text_string};
use crate::derive::Level;

/// A finding in the outline.
#[derive(Clone, Debug)]
pub struct Entry {
    title: String,
    page: ObjectId,
    /// Where its words begin, in user space.
    left: f64,
    top: f64,
}

impl Entry {
    /// The entry of a mark on a page.
    pub fn of(mark: &Mark, page: ObjectId) -> Self {
        let word = match mark.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        let [left, top] = mark.quads.first().map_or([0.0, 0.0], |quad| [quad[0], quad[1]]);
        Self { title: format!("p. {}, {word} {}: {}", mark.page, mark.code, mark.title), page, left, top }
    }

    #[expect(clippy::cast_possible_truncation, reason = "places on a page need no more than single precision")]
    fn item(&self, parent: ObjectId) -> Dictionary {
        let place = |value: f64| Object::Real(value as f32);
        let destination = vec![
            Object::Reference(self.page),
            Object::Name(b"XYZ".to_vec()),
            place(self.left - 20.0),
            place(self.top + 40.0),
            Object::Null,
        ];
        dictionary! { "Title" => text_string(&self.title), "Parent" => parent, "Dest" => destination }
    }
}

/// Appends the entries under one of their own.
pub fn append(file: &mut IncrementalDocument, entries: &[Entry]) -> Result<(), AnnotateError> {
    if entries.is_empty() {
        return Ok(());
    }
    let root = root(file)?;
    let heading = file.new_document.new_object_id();
    let items: Vec<ObjectId> = entries.iter().map(|_| file.new_document.new_object_id()).collect();
    for (at, entry) in entries.iter().enumerate() {
        let mut item = entry.item(heading);
        if let Some(before) = at.checked_sub(1) {
            item.set("Prev", items[before]);
        }
        if let Some(next) = items.get(at + 1) {
            item.set("Next", *next);
        }
        file.new_document.set_object(items[at], item);
    }
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let plural = if entries.len() == 1 { "" } else { "s" };
    let mut own = dictionary! {
        "Title" => text_string(&format!("rederive: {count} finding{plural}")),
        "Parent" => root,
        "First" => items[0],
        "Last" => items[items.len() - 1],
        // Closed, so that it takes one line of the reader's own outline.
        "Count" => -count,
    };
    let last = file.new_document.get_dictionary(root)?.get(b"Last").and_then(Object::as_reference);
    if let Ok(last) = last {
        own.set("Prev", last);
        file.opt_clone_object_to_new_document(last)?;
        file.new_document.get_dictionary_mut(last)?.set("Next", heading);
    }
    file.new_document.set_object(heading, own);
    let root = file.new_document.get_dictionary_mut(root)?;
    if !root.has(b"First") {
        root.set("First", heading);
    }
    root.set("Last", heading);
    let shown = root.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
    root.set("Count", if shown < 0 { shown - 1 } else { shown + 1 });
    Ok(())
}

/// The root of the outline, in the part that is appended; a new one where the file has none.
fn root(file: &mut IncrementalDocument) -> Result<ObjectId, AnnotateError> {
    let catalog = file.get_prev_documents().trailer.get(b"Root")?.as_reference()?;
    file.opt_clone_object_to_new_document(catalog)?;
    let known = file.new_document.get_dictionary(catalog)?.get(b"Outlines").and_then(Object::as_reference);
    if let Ok(root) = known
        && file.opt_clone_object_to_new_document(root).is_ok()
        && file.new_document.get_dictionary(root).is_ok()
    {
        return Ok(root);
    }
    let root = file.new_document.add_object(dictionary! { "Type" => "Outlines" });
    file.new_document.get_dictionary_mut(catalog)?.set("Outlines", root);
    Ok(root)
}
