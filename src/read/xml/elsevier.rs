//! The XML that Elsevier hands out for reading by programs (`xocs:doc` around its journal article).

use crate::document::SourceFormat;

use super::tree::Element;
use super::vocabulary::{Dialect, Facts, Role};

/// Elsevier's XML.
pub const DIALECT: Dialect = Dialect { format: SourceFormat::Elsevier, role, caption: &["label", "caption"], facts };

fn role(element: &Element, parent: &str) -> Role {
    let name = element.name.as_str();
    match parent {
        "doc" if name != "serial-item" => return Role::Skip,
        // Of the head only the title and the abstracts are text of the paper.
        "head" if !matches!(name, "title" | "abstract") => return Role::Skip,
        _ => {}
    }
    match name {
        // Highlights and pictures of the contents list repeat the paper in a line.
        "abstract" if matches!(element.attribute("class"), Some("author-highlights" | "graphical" | "teaser")) => {
            Role::Skip
        }
        "serial-item"
        | "article"
        | "converted-article"
        | "simple-article"
        | "head"
        | "abstract"
        | "abstract-sec"
        | "body"
        | "tail"
        | "sections"
        | "section"
        | "appendices"
        | "acknowledgment"
        | "bibliography"
        | "bibliography-sec"
        | "further-reading"
        | "further-reading-sec"
        | "list"
        | "display"
        | "displayed-quote"
        | "enunciation"
        | "textbox"
        | "textbox-body"
        | "def-list"
        | "nomenclature"
        | "conflict-of-interest" => Role::Section,
        "floats" => Role::Floats,
        "title" | "section-title" => Role::Title,
        "label" => Role::Label,
        "para" | "simple-para" | "note-para" => Role::Paragraph,
        "list-item" | "def-term" => Role::Item,
        "footnote" | "table-footnote" | "legend" => Role::Note,
        "bib-reference" | "other-ref" => Role::Reference,
        "figure" | "e-component" => Role::Figure,
        "table" => Role::Table,
        "tgroup" => Role::Grid,
        "formula" => Role::Formula,
        "math" => Role::Math,
        "sup" => Role::Superscript,
        "inf" => Role::Subscript,
        "cross-ref" | "cross-refs" => reference(element),
        "hsp" | "vsp" | "br" => Role::Break,
        "glyph" | "inline-figure" => Role::Unknown,
        "item-info" | "keywords" | "author-group" | "float-anchor" | "link" | "alt-text" | "miscellaneous"
        | "biography" | "e-address" | "colspec" | "copyright" | "exam-answers" => Role::Skip,
        _ => Role::Through,
    }
}

/// What a reference within the article leads to shows in its target: "bib12" and "b0060" are entries of the list of
/// references, "fn1" and "tblfn1" notes.
fn reference(element: &Element) -> Role {
    let target = element.attribute("refid").unwrap_or_default();
    if target.starts_with('b') {
        Role::Citation
    } else if target.contains("fn") || target.starts_with("tf") || target.starts_with("fo") {
        Role::Mark
    } else {
        Role::Through
    }
}

fn facts(root: &Element) -> Facts {
    let article = root.child("serial-item").and_then(|item| item.elements().next());
    let title = article.and_then(|article| article.at(&["head", "title"])).map(Element::text);
    let doi = root.at(&["meta", "doi"]).or_else(|| article.and_then(|article| article.at(&["item-info", "doi"])));
    Facts { title, doi: doi.map(Element::text), producer: None }
}
