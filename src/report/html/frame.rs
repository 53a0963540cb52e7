//! What every page has around its content: head, policy, style, script, skip link, footer.

use std::sync::LazyLock;

use super::writer::Html;
use super::{characters, palette, policy};

/// The style of all pages.
pub(super) static STYLE: LazyLock<String> =
    LazyLock::new(|| format!("{}{}", palette::properties(), include_str!("page.css")));

/// The script of all pages. Everything can be read without it.
pub(super) const SCRIPT: &str = include_str!("page.js");

/// A whole page. `key` names what a reader's marks belong to; a page without marks has none.
pub(super) fn page(title: &str, key: Option<&str>, content: impl FnOnce(&mut Html)) -> String {
    let mut html = Html::new();
    html.markup("<!DOCTYPE html>\n");
    html.element("html", &[("lang", "en")], |html| {
        html.element("head", &[], |html| {
            html.markup("<meta charset=\"utf-8\">\n");
            let policy = policy::policy(&STYLE, SCRIPT);
            html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]).markup("\n");
            html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
            html.markup("<meta name=\"referrer\" content=\"no-referrer\">\n");
            html.markup("<meta name=\"robots\" content=\"noindex\">\n");
            // A title takes no elements, so that characters with names stand in brackets.
            html.leaf("title", &[], &characters::plain(title));
            html.markup("<style>").markup(STYLE.as_str()).markup("</style>\n");
        });
        let attributes: &[(&'static str, &str)] = match &key {
            Some(key) => &[("data-key", key)],
            None => &[],
        };
        html.element("body", attributes, |html| {
            html.markup("<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n");
            content(html);
            html.markup("<script>").markup(SCRIPT).markup("</script>\n");
        });
    });
    html.finish()
}
