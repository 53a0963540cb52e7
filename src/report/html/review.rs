//! The reviewer's own mark on a card: shown by the script, and kept in the reader's browser alone.

use super::writer::Html;

/// The marks by their values, in the order of the keys 1 to 4.
const MARKS: [(&str, &str); 4] =
    [("confirmed", "Confirmed"), ("explained", "Explained"), ("tool-error", "Tool error"), ("unsure", "Unsure")];

/// The mark of one card.
pub(super) fn write(html: &mut Html, id: &str) {
    html.element("fieldset", &[("class", "review"), ("hidden", "")], |html| {
        html.markup("<legend>Your mark</legend>");
        let name = format!("{id}-mark");
        for (at, (value, words)) in MARKS.iter().enumerate() {
            html.element("label", &[], |html| {
                html.void("input", &[("type", "radio"), ("name", &name), ("value", value)]);
                html.markup(" ").text(words).markup(" <kbd>").count(at + 1).markup("</kbd>");
            });
        }
        html.element("label", &[("class", "remark")], |html| {
            html.markup("Note ").void("input", &[("type", "text"), ("maxlength", "500"), ("autocomplete", "off")]);
        });
    });
}
