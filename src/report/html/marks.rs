//! The shapes of the levels, small drawings of our own that stand beside the word.

use crate::derive::Level;

use super::wording;
use super::writer::Html;

/// The shape of a level, hidden from readers of the text, who have the word.
pub(super) fn shape(html: &mut Html, level: Option<Level>) {
    html.markup("<svg class=\"shape\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\">");
    html.markup(match level {
        Some(Level::Error) => "<rect x=\"2\" y=\"2\" width=\"12\" height=\"12\" rx=\"1.5\"></rect>",
        Some(Level::Warning) => "<path d=\"M8 1.5 15 14.5H1Z\"></path>",
        Some(Level::Note) => "<circle cx=\"8\" cy=\"8\" r=\"6.5\"></circle>",
        None => "<circle class=\"hollow\" cx=\"8\" cy=\"8\" r=\"5.5\"></circle>",
    });
    html.markup("</svg>");
}

/// Shape and word of a level.
pub(super) fn level(html: &mut Html, level: Level) {
    let class = format!("level {}", wording::level_class(level));
    html.element("span", &[("class", class.as_str()), ("title", wording::level_meaning(level))], |html| {
        shape(html, Some(level));
        html.text(wording::level(level));
    });
}
