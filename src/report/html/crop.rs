//! Pictures of the places of a finding, with boxes over its numbers.

use crate::derive::Source;
use crate::document::{Place, Quad};
use crate::report::exhibits::{Crop, Exhibits};
use crate::report::finding::Finding;

use super::number_line::number;
use super::operands::{self, Shown};
use super::wording;
use super::writer::Html;

/// The pictures of a place of the claim at position `claim`, as far as there are any.
pub(super) fn write(
    html: &mut Html,
    at: (usize, usize),
    finding: &Finding,
    source: Option<&Source>,
    exhibits: &Exhibits,
) {
    let operands = operands::shown(finding, source);
    let own = |crop: &&Crop| (crop.claim, crop.place) == at && !crop.picture.is_empty();
    for crop in exhibits.crops.iter().filter(own) {
        html.element("figure", &[("class", "crop")], |html| {
            html.element("div", &[("class", "picture")], |html| picture(html, finding, &operands, crop));
            html.element("figcaption", &[], |html| {
                html.markup("Page ").count(usize::try_from(crop.page).unwrap_or(0));
                html.markup(if operands.is_empty() {
                    ". The box shows where the text stands, whether it can be seen or not."
                } else {
                    ". The numbers are those of the derivation; the stated value has a double line."
                });
            });
        });
    }
}

fn picture(html: &mut Html, finding: &Finding, operands: &[Shown<'_>], crop: &Crop) {
    let [left, top, right, bottom] = crop.area.map(f64::from);
    let source = format!("data:image/png;base64,{}", crop.picture);
    // Twice as large as in print, so that signs and decimal points can be told; a picture has two pixels a point.
    let [width, height] = [right - left, bottom - top].map(|side| number((side * 2.0).round()));
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
        let boxes = |shown: &Shown<'_>| -> Vec<Quad> {
            let on_page = |place: &Place| match place {
                Place::Box { page, quad } if *page == crop.page => Some(*quad),
                _ => None,
            };
            shown.operand.span.places.iter().filter_map(on_page).collect()
        };
        if operands.is_empty() {
            for place in finding.marked_places() {
                if let Place::Box { page, quad } = place
                    && *page == crop.page
                {
                    outline(html, quad, false);
                }
            }
        }
        // Numbers of one place, as in "412, 388 and 275 kcal", have one box and one label.
        let mut labels: Vec<(Quad, String)> = Vec::new();
        for shown in operands {
            let own = boxes(shown);
            for quad in &own {
                outline(html, quad, shown.stated);
            }
            match (own.first(), labels.iter_mut().find(|(quad, _)| Some(quad) == own.first())) {
                (_, Some((_, label))) => *label = format!("{label}, {}", shown.number),
                (Some(quad), None) => labels.push((*quad, shown.number.to_string())),
                (None, None) => {}
            }
        }
        for (quad, text) in &labels {
            label(html, quad, text);
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

/// The number of an operand on the upper edge of its box, low enough to leave the line above it readable.
fn label(html: &mut Html, quad: &Quad, text: &str) {
    let [left, top, ..] = quad.bounds().map(f64::from);
    let characters = f64::from(u32::try_from(text.chars().count()).unwrap_or(1));
    let [x, y, width, middle, baseline] =
        [left - 1.0, top - 5.2, 2.7 * characters + 2.3, left + 0.15 + 1.35 * characters, top - 1.45].map(number);
    let ground = [("class", "label"), ("x", x.as_str()), ("y", &y), ("width", &width), ("height", "4.9"), ("rx", "1")];
    html.void("rect", &ground).markup("</rect>");
    html.leaf("text", &[("x", middle.as_str()), ("y", &baseline), ("text-anchor", "middle")], text);
}
