//! Pictures of the places of a finding, with boxes over its numbers.

use crate::document::{Place, Quad};
use crate::report::exhibits::{Crop, Exhibits};
use crate::report::finding::Finding;

use super::number_line::number;
use super::wording;
use super::writer::Html;

/// The pictures of the claim at position `claim`, as far as there are any.
pub(super) fn write(html: &mut Html, claim: usize, finding: &Finding, exhibits: &Exhibits) {
    for crop in exhibits.crops.iter().filter(|crop| crop.claim == claim && !crop.picture.is_empty()) {
        html.element("figure", &[("class", "crop")], |html| {
            html.element("div", &[("class", "picture")], |html| picture(html, finding, crop));
            html.element("figcaption", &[], |html| {
                html.markup("Page ").count(usize::try_from(crop.page).unwrap_or(0));
                html.markup(". The numbers are those of the derivation; the stated value has a double line.");
            });
        });
    }
}

fn picture(html: &mut Html, finding: &Finding, crop: &Crop) {
    let [left, top, right, bottom] = crop.area.map(f64::from);
    let source = format!("data:image/png;base64,{}", crop.picture);
    // A little larger than in print, so that signs and decimal points can be told.
    let [width, height] = [right - left, bottom - top].map(|side| number((side * 1.75).round()));
    let alternative = wording::one_line(&finding.quote);
    let attributes = [
        ("src", source.as_str()),
        ("alt", &alternative),
        ("width", &width),
        ("height", &height),
        ("decoding", "async"),
    ];
    html.void("img", &attributes);
    let [left, top, width, height] = [left, top, right - left, bottom - top].map(number);
    let view = format!("{left} {top} {width} {height}");
    html.element("svg", &[("viewBox", view.as_str()), ("aria-hidden", "true"), ("focusable", "false")], |html| {
        for (at, operand) in finding.operands.iter().enumerate() {
            let stated = at + 1 == finding.operands.len();
            let boxes = operand.span.places.iter().filter_map(|place| match place {
                Place::Box { page, quad } if *page == crop.page => Some(quad),
                _ => None,
            });
            for (part, quad) in boxes.enumerate() {
                outline(html, quad, stated);
                if part == 0 {
                    label(html, quad, at + 1);
                }
            }
        }
    });
}

/// The box of a number, a little larger than its characters.
fn outline(html: &mut Html, quad: &Quad, stated: bool) {
    let [left, top, right, bottom] = quad.bounds().map(f64::from);
    let rect = |html: &mut Html, class: &'static str, room: f64| {
        let [x, y, width, height] =
            [left - room, top - room, right - left + 2.0 * room, bottom - top + 2.0 * room].map(number);
        let attributes = [("class", class), ("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
        html.void("rect", &attributes).markup("</rect>");
    };
    rect(html, "operand", 1.0);
    if stated {
        rect(html, "operand", 2.6);
    }
}

fn label(html: &mut Html, quad: &Quad, count: usize) {
    let [left, top, ..] = quad.bounds().map(f64::from);
    let [x, y, baseline] = [left + 2.0, top - 3.4, top - 1.7].map(number);
    html.void("circle", &[("cx", x.as_str()), ("cy", &y), ("r", "3")]).markup("</circle>");
    html.element("text", &[("x", x.as_str()), ("y", &baseline), ("text-anchor", "middle")], |html| {
        html.count(count);
    });
}
