//! Highlights with their popups and their own appearance: viewers without one of their own draw nothing else.
//!
//! The level shows by shape and word, not by colour alone: errors are filled and underlined, warnings filled, notes
//! underlined.

use std::fmt::Write as _;

use lopdf::{Dictionary, IncrementalDocument, Object, ObjectId, Stream, dictionary};

use super::{AnnotateError, Mark, UserQuad, text_string};
use crate::derive::Level;

/// How wide the line under the words is, in points.
const UNDERLINE: f64 = 1.2;

/// Adds a mark to its page.
pub fn add(file: &mut IncrementalDocument, page: ObjectId, mark: &Mark) -> Result<(), AnnotateError> {
    let bounds = bounds(&mark.quads);
    let appearance = file.new_document.add_object(appearance(mark, bounds));
    let popup = file.new_document.new_object_id();
    let color = colour(mark.level);
    let highlight = file.new_document.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Highlight",
        "Rect" => numbers(&bounds),
        "QuadPoints" => numbers(&mark.quads.concat()),
        "C" => numbers(&color),
        "CA" => Object::Real(0.5),
        "F" => 4,
        "T" => text_string(&format!("rederive {}", mark.code)),
        "Contents" => text_string(&mark.text),
        "NM" => text_string(&mark.name),
        "P" => page,
        "Popup" => popup,
        "AP" => dictionary! { "N" => appearance },
    });
    let [_, bottom, right, top] = bounds;
    let beside = [right + 6.0, bottom.min(top - 90.0), right + 226.0, top];
    file.new_document.set_object(
        popup,
        dictionary! {
            "Type" => "Annot",
            "Subtype" => "Popup",
            "Rect" => numbers(&beside),
            "Parent" => highlight,
            "P" => page,
            "Open" => false,
        },
    );
    attach(file, page, [highlight, popup])
}

/// Puts references into the page's list of annotations, which may stand in the page or behind a reference.
fn attach(file: &mut IncrementalDocument, page: ObjectId, new: [ObjectId; 2]) -> Result<(), AnnotateError> {
    file.opt_clone_object_to_new_document(page)?;
    let added = new.map(Object::Reference);
    let dictionary = file.new_document.get_object_mut(page)?.as_dict_mut()?;
    match dictionary.get_mut(b"Annots") {
        Ok(Object::Array(list)) => list.extend(added),
        Ok(Object::Reference(list)) => {
            let list = *list;
            file.opt_clone_object_to_new_document(list)?;
            match file.new_document.get_object_mut(list)? {
                Object::Array(list) => list.extend(added),
                other => *other = Object::Array(added.to_vec()),
            }
        }
        _ => dictionary.set("Annots", Object::Array(added.to_vec())),
    }
    Ok(())
}

/// Red, green and blue, 0 to 1.
const fn colour(level: Level) -> [f64; 3] {
    match level {
        Level::Error => [1.0, 0.55, 0.45],
        Level::Warning => [1.0, 0.85, 0.35],
        Level::Note => [0.45, 0.65, 1.0],
    }
}

/// The box around all quads: left, bottom, right, top.
fn bounds(quads: &[UserQuad]) -> [f64; 4] {
    let every = |at: usize| quads.iter().flatten().skip(at).step_by(2).copied();
    let (least, most) = (f64::INFINITY, f64::NEG_INFINITY);
    [
        every(0).fold(least, f64::min) - UNDERLINE,
        every(1).fold(least, f64::min) - UNDERLINE,
        every(0).fold(most, f64::max) + UNDERLINE,
        every(1).fold(most, f64::max) + UNDERLINE,
    ]
}

/// What the mark looks like, in the user space of the page: colour under which the words stay readable.
fn appearance(mark: &Mark, bounds: [f64; 4]) -> Stream {
    let [red, green, blue] = colour(mark.level);
    let mut drawing =
        format!("/Under gs {red:.3} {green:.3} {blue:.3} rg {red:.3} {green:.3} {blue:.3} RG {UNDERLINE} w\n");
    for quad in &mark.quads {
        let [ulx, uly, urx, ury, llx, lly, lrx, lry] = *quad;
        if mark.level != Level::Note {
            let _ = writeln!(
                drawing,
                "{llx:.2} {lly:.2} m {lrx:.2} {lry:.2} l {urx:.2} {ury:.2} l {ulx:.2} {uly:.2} l h f"
            );
        }
        if mark.level != Level::Warning {
            let _ = writeln!(drawing, "{llx:.2} {lly:.2} m {lrx:.2} {lry:.2} l S");
        }
    }
    let under =
        dictionary! { "Type" => "ExtGState", "BM" => "Multiply", "ca" => Object::Real(0.8), "CA" => Object::Real(1.0) };
    let dictionary: Dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => numbers(&bounds),
        "Resources" => dictionary! { "ExtGState" => dictionary! { "Under" => under } },
        "Group" => dictionary! { "S" => "Transparency" },
    };
    Stream::new(dictionary, drawing.into_bytes())
}

/// Numbers as a PDF array.
#[expect(clippy::cast_possible_truncation, reason = "places on a page need no more than single precision")]
fn numbers(values: &[f64]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value as f32)).collect())
}
