//! The place of an element: its path of names and positions below the root, and its boxes on pages where the file has them.

use std::collections::BTreeMap;

use crate::document::{PageBox, Place, Quad};

use super::tree::Element;

/// How many boxes of an element are kept.
const MOST_BOXES: usize = 200;

/// The elements in an element, each with its part of a path: its name, and its position where others have the same.
pub fn segments(element: &Element) -> Vec<(&Element, String)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for child in element.elements() {
        *counts.entry(&child.name).or_default() += 1;
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for child in element.elements() {
        let own = seen.entry(&child.name).or_default();
        *own += 1;
        let several = counts.get(child.name.as_str()).is_some_and(|count| *count > 1);
        out.push((child, if several { format!("{}[{own}]", child.name) } else { child.name.clone() }));
    }
    out
}

/// A path with one more part.
pub fn join(path: &str, segment: &str) -> String {
    if path.is_empty() { segment.to_owned() } else { format!("{path}/{segment}") }
}

/// The place of an element that `path` leads to.
pub fn place(path: &str, element: &Element) -> Place {
    let mut boxes = Vec::new();
    if let Some(coords) = element.attribute("coords") {
        read_boxes(coords, &mut boxes);
    } else {
        // GROBID can give the boxes of sentences, or of the parts of a caption, in place of those of the whole.
        for child in element.elements().filter(|child| matches!(child.name.as_str(), "s" | "head" | "figDesc")) {
            read_boxes(child.attribute("coords").unwrap_or_default(), &mut boxes);
        }
    }
    Place::Element { path: path.to_owned(), boxes }
}

/// Reads "page,left,top,width,height;…", in points from the top left corner; what is no box is passed over.
fn read_boxes(coords: &str, boxes: &mut Vec<PageBox>) {
    for one in coords.split(';') {
        let parts: Vec<f32> = one.split(',').filter_map(|part| part.trim().parse().ok()).collect();
        let page = one.split(',').next().and_then(|page| page.trim().parse::<u32>().ok());
        if let (Some(page), [_, left, top, width, height]) = (page, &parts[..])
            && page >= 1
            && [left, top, width, height].iter().all(|side| side.abs() < 1.0e6)
            && boxes.len() < MOST_BOXES
        {
            boxes.push(PageBox { page, quad: Quad::upright(*left, *top, left + width, top + height) });
        }
    }
}
