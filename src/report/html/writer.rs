//! Writing HTML in which nothing of a paper can become markup.
//!
//! A small writer of our own instead of a template library: markup and names can only be given as literals of this
//! program (`&'static str`), and every other string goes through one of two functions that escape it and show what
//! could steer or hide text by its name. A template library escapes `<` and `&`, but passes a right-to-left override
//! on; here there is no second way in that forgets it. What a page says is not decided here.

use super::characters::{self, Shown};

/// A growing piece of HTML.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
}

/// Attributes: names of our own with values of any origin.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// Elements after whose end a line ends, so that the source of a page can be read and compared.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "svg",
    "table",
    "tbody",
    "thead",
    "title",
    "tr",
    "ul",
];

impl Html {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Markup of our own.
    pub(super) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Text of any origin.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for shown in characters::shown(text) {
            match shown {
                Shown::Plain(character) => escape(character, &mut self.out),
                Shown::Named(name) => {
                    self.out.push_str("<span class=\"named\">");
                    self.out.push_str(&name);
                    self.out.push_str("</span>");
                }
            }
        }
        self
    }

    /// A count.
    pub(super) fn count(&mut self, count: usize) -> &mut Self {
        self.out.push_str(&count.to_string());
        self
    }

    /// An element with what `content` writes into it.
    pub(super) fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.void(name, attributes);
        content(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        if BLOCKS.contains(&name) {
            self.out.push('\n');
        }
        self
    }

    /// An element that holds text alone.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) -> &mut Self {
        self.element(name, attributes, |html| {
            html.text(text);
        })
    }

    /// A start tag: an element without content, or one that is ended by [`Self::markup`].
    pub(super) fn void(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            for shown in characters::shown(value) {
                match shown {
                    Shown::Plain(character) => escape(character, &mut self.out),
                    Shown::Named(name) => {
                        self.out.push('[');
                        self.out.push_str(&name);
                        self.out.push(']');
                    }
                }
            }
            self.out.push('"');
        }
        self.out.push('>');
        self
    }
}

/// The one place where a character becomes HTML.
fn escape(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        other => out.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_cannot_become_markup() {
        let mut html = Html::new();
        let hostile = "</p><script>\"'&]]>\u{202e}\u{0}\u{7f}";
        html.leaf("p", &[("title", hostile)], hostile);
        assert_eq!(
            html.finish(),
            "<p title=\"&lt;/p&gt;&lt;script&gt;&quot;&#39;&amp;]]&gt;[U+202E][U+0000][U+007F]\">\
             &lt;/p&gt;&lt;script&gt;&quot;&#39;&amp;]]&gt;<span class=\"named\">U+202E</span>\
             <span class=\"named\">U+0000</span><span class=\"named\">U+007F</span></p>\n"
        );
    }

    #[test]
    fn elements_are_closed() {
        let mut html = Html::new();
        html.element("ul", &[], |html| {
            html.element("li", &[], |html| {
                html.count(3).markup(" &times; ").text("a").void("br", &[]);
            });
        });
        assert_eq!(html.finish(), "<ul><li>3 &times; a<br></li>\n</ul>\n");
    }
}
