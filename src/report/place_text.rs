//! Where a finding stands, in words: the page or the line, and the heading.

use crate::document::Place;

use super::finding::Finding;
use super::printable;

/// The page of the first place (or its line, row or element), without words: empty where there is no place.
pub fn position(places: &[Place]) -> String {
    match places.first() {
        Some(Place::Box { page, .. }) => page.to_string(),
        Some(Place::Line { line, .. }) => line.to_string(),
        Some(Place::Cell { table, row, column }) => format!("t{}r{}c{}", table + 1, row + 1, column + 1),
        Some(Place::Element { path, .. }) => printable::one_line(path),
        None => String::new(),
    }
}

/// The same in words, with the heading: `p. 3, "Exposure"`.
pub fn words(finding: &Finding) -> String {
    let elsewhere = finding.operands.iter().filter(|operand| operand.around.is_some());
    let elsewhere = elsewhere.flat_map(|operand| &operand.span.places).find_map(page_of);
    let place = match finding.places.first() {
        Some(Place::Box { page, .. }) if elsewhere.is_some_and(|other| other != *page) => {
            elsewhere.map_or_else(String::new, |other| format!("p. {page} and p. {other}"))
        }
        Some(Place::Box { page, .. }) => {
            let last = finding.places.iter().rev().find_map(page_of);
            match last {
                Some(last) if last != *page => format!("pp. {page}–{last}"),
                _ => format!("p. {page}"),
            }
        }
        Some(Place::Line { line, .. }) => format!("line {line}"),
        Some(Place::Cell { table, row, column }) => {
            format!("table {}, row {}, column {}", table + 1, row + 1, column + 1)
        }
        Some(Place::Element { path, boxes }) => {
            let page = boxes.first().map_or_else(String::new, |own| format!("p. {}, ", own.page));
            format!("{page}element {}", printable::one_line(path))
        }
        None => String::new(),
    };
    match &finding.section {
        Some(section) if place.is_empty() => format!("\"{}\"", shorten(section)),
        Some(section) => format!("{place}, \"{}\"", shorten(section)),
        None => place,
    }
}

/// The page of a place on one.
const fn page_of(place: &Place) -> Option<u32> {
    if let Place::Box { page, .. } = place { Some(*page) } else { None }
}

/// A heading at a length that leaves room on the line.
fn shorten(heading: &str) -> String {
    let heading = printable::one_line(heading);
    if heading.chars().count() <= 60 {
        return heading;
    }
    let cut: String = heading.chars().take(59).collect();
    format!("{}…", cut.trim_end())
}
