//! JATS, the tag set of journal articles (ANSI/NISO Z39.96), with its NLM ancestors.

use crate::document::SourceFormat;

use super::tree::Element;
use super::vocabulary::{Dialect, Facts, Role};

/// JATS.
pub const DIALECT: Dialect = Dialect { format: SourceFormat::Jats, role, caption: &["label", "caption"], facts };

fn role(element: &Element, parent: &str) -> Role {
    let name = element.name.as_str();
    match parent {
        // Of the front only the title and the abstract are text of the paper.
        "front" if name != "article-meta" => return Role::Skip,
        "article-meta" if !matches!(name, "title-group" | "abstract") => return Role::Skip,
        "title-group" if name != "article-title" => return Role::Skip,
        _ => {}
    }
    match name {
        // Pictures for a contents list and notes for editors repeat the paper's numbers or are no part of it.
        "abstract" if matches!(element.attribute("abstract-type"), Some("graphical" | "toc" | "teaser")) => Role::Skip,
        "front" | "article-meta" | "title-group" | "abstract" | "body" | "back" | "sec" | "ack" | "app"
        | "app-group" | "ref-list" | "glossary" | "notes" | "boxed-text" | "fn-group" | "list" | "def-list"
        | "fig-group" | "table-wrap-group" | "disp-formula-group" | "statement" | "table-wrap-foot" | "verse-group" => {
            Role::Section
        }
        "floats-group" => Role::Floats,
        "title" | "article-title" => Role::Title,
        "label" => Role::Label,
        "p" | "disp-quote" | "attrib" | "verse-line" | "speech" => Role::Paragraph,
        "list-item" | "def-item" => Role::Item,
        "fn" => Role::Note,
        "preformat" | "code" => Role::Furniture,
        "ref" => Role::Reference,
        "fig" | "supplementary-material" | "media" | "chem-struct-wrap" => Role::Figure,
        "table-wrap" => Role::Table,
        "table" | "tgroup" => Role::Grid,
        "disp-formula" => Role::Formula,
        "math" => Role::Math,
        "tex-math" => Role::Tex,
        "alternatives" => Role::Alternatives,
        "sup" => Role::Superscript,
        "sub" => Role::Subscript,
        "xref" => reference(element),
        "break" | "hr" => Role::Break,
        // A formula that is a picture only.
        "private-char" | "inline-graphic" => Role::Unknown,
        "object-id"
        | "graphic"
        | "alt-text"
        | "long-desc"
        | "bio"
        | "contrib-group"
        | "index-term"
        | "sub-article"
        | "response"
        | "related-article"
        | "related-object"
        | "permissions"
        | "custom-meta-group"
        | "sec-meta"
        | "processing-meta"
        | "trans-abstract"
        | "inline-supplementary-material"
        | "colgroup"
        | "col" => Role::Skip,
        _ => Role::Through,
    }
}

fn reference(element: &Element) -> Role {
    match element.attribute("ref-type") {
        Some("bibr") => Role::Citation,
        Some("fn" | "table-fn" | "aff" | "corresp" | "author-notes") => Role::Mark,
        _ => Role::Through,
    }
}

fn facts(root: &Element) -> Facts {
    let meta = root.at(&["front", "article-meta"]);
    let title = meta.and_then(|meta| meta.at(&["title-group", "article-title"])).map(Element::text);
    let is_doi = |element: &&Element| element.name == "article-id" && element.attribute("pub-id-type") == Some("doi");
    let doi = meta.and_then(|meta| meta.elements().find(is_doi)).map(Element::text);
    Facts { title, doi, producer: None }
}
