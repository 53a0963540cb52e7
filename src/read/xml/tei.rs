//! TEI as GROBID writes it, for papers and for its training data.
//!
//! What GROBID loses on the way from a page (signs, raised characters) is not put back here; the readings of damaged
//! numbers are a matter of extraction.

use crate::document::SourceFormat;

use super::tree::Element;
use super::vocabulary::{Dialect, Facts, Role};

/// TEI.
pub const DIALECT: Dialect = Dialect { format: SourceFormat::Tei, role, caption: &["head", "figDesc"], facts };

fn role(element: &Element, parent: &str) -> Role {
    let name = element.name.as_str();
    match parent {
        // Of the header only the title and the abstract are text of the paper.
        "teiHeader" => return if matches!(name, "fileDesc" | "profileDesc") { Role::Section } else { Role::Skip },
        "fileDesc" => return if name == "titleStmt" { Role::Section } else { Role::Skip },
        "titleStmt" => return if name == "title" && is_main(element) { Role::Title } else { Role::Skip },
        "profileDesc" => return if name == "abstract" { Role::Section } else { Role::Skip },
        // The other form of a choice is an editor's.
        "choice" if matches!(name, "corr" | "reg" | "expan") => return Role::Skip,
        _ => {}
    }
    match name {
        "TEI" | "tei" | "teiCorpus" | "teiHeader" | "text" | "front" | "body" | "back" | "group" | "div" | "div1"
        | "div2" | "div3" | "list" | "listBibl" => Role::Section,
        "head" => Role::Title,
        "label" => Role::Label,
        "p" | "ab" | "docTitle" => Role::Paragraph,
        "item" => Role::Item,
        "note" if matches!(element.attribute("place"), Some("headnote" | "footer")) => Role::Furniture,
        "note" => Role::Note,
        "fw" => Role::Furniture,
        "biblStruct" | "biblFull" => Role::Reference,
        "bibl" if parent == "listBibl" => Role::Reference,
        "figure" if element.attribute("type") == Some("table") => Role::Table,
        "figure" => Role::Figure,
        "table" => Role::Grid,
        "formula" if element.attribute("rend") == Some("inline") => Role::Through,
        "formula" => Role::Formula,
        "math" => Role::Math,
        "hi" => raised(element.attribute("rend").unwrap_or_default()),
        "ref" => match element.attribute("type") {
            Some("bibr") => Role::Citation,
            Some("foot" | "noteAnchor") => Role::Mark,
            _ => Role::Through,
        },
        "lb" | "pb" | "cb" => Role::Break,
        "graphic" | "listOrg" | "listPerson" | "facsimile" | "standOff" | "notesStmt" => Role::Skip,
        _ => Role::Through,
    }
}

fn raised(rend: &str) -> Role {
    match rend {
        "sup" | "super" | "superscript" => Role::Superscript,
        "sub" | "subscript" => Role::Subscript,
        _ => Role::Through,
    }
}

/// Whether a title is the one of the paper, not a short or translated one.
fn is_main(title: &Element) -> bool {
    title.attribute("type").is_none_or(|kind| kind == "main")
}

fn facts(root: &Element) -> Facts {
    let tei =
        if root.name == "teiCorpus" { root.child("TEI").or_else(|| root.child("tei")).unwrap_or(root) } else { root };
    let Some(description) = tei.at(&["teiHeader", "fileDesc"]) else { return Facts::default() };
    let statement = description.child("titleStmt");
    let title = statement.and_then(|statement| {
        statement.elements().find(|element| element.name == "title" && is_main(element)).map(Element::text)
    });
    let doi = description.at(&["sourceDesc", "biblStruct"]).and_then(identifier);
    let application = tei.at(&["teiHeader", "encodingDesc", "appInfo", "application"]);
    let producer = application.map(|application| {
        let of = |name| application.attribute(name).unwrap_or_default();
        format!("{} {}", of("ident"), of("version")).trim().to_owned()
    });
    Facts { title, doi, producer }
}

/// The DOI of the paper itself; entries of its list of references have others.
fn identifier(source: &Element) -> Option<String> {
    let is_doi = |element: &&Element| element.name == "idno" && element.attribute("type") == Some("DOI");
    let holders = std::iter::once(source).chain(source.child("analytic"));
    holders.flat_map(Element::elements).find(is_doi).map(Element::text)
}
