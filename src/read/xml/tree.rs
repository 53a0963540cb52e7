//! XML text to a tree of elements, under limits and without the declarations of the file.
//!
//! A document type is passed over: nothing outside the file is asked for, and what it declares is never put in place of a
//! reference. The references that are known are those of XML itself and the names that HTML has taken over from the sets
//! of ISO, which publishers use. Names lose their prefix: `mml:math` is `math`.

use quick_xml::errors::Error;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::BTreeSet;

use quick_xml::{Reader, XmlVersion};

use crate::document::Note;
use crate::read::error::ReadError;
use crate::read::limits::ReadLimits;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// Its attributes by their names without a prefix.
    attributes: Vec<(String, String)>,
    /// What stands in it, in order.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Characters.
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The elements right in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name right in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The element that a path of names leads to, each the first of its name.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All its characters, runs of white space as one space.
    pub fn text(&self) -> String {
        fn gather(element: &Element, out: &mut String) {
            for node in &element.children {
                match node {
                    Node::Text(text) => out.push_str(text),
                    Node::Element(element) => gather(element, out),
                }
            }
        }
        let mut all = String::new();
        gather(self, &mut all);
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn amiss(reason: impl Into<String>) -> ReadError {
    ReadError::Xml { reason: reason.into() }
}

/// Reads the root element of `text`.
pub fn parse(text: &str, limits: &ReadLimits, notes: &mut Vec<Note>) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder::new(limits);
    loop {
        let event = reader.read_event().map_err(|error| broken(text, reader.error_position(), &error))?;
        match event {
            Event::Start(start) => builder.open(&start)?,
            Event::End(_) => builder.close(),
            Event::Text(found) => builder.text(&found.xml10_content())?,
            Event::CData(found) => builder.text(&found.xml10_content())?,
            Event::GeneralRef(reference) => builder.reference(&reference)?,
            Event::DocType(declared) => builder.declared = declared_entities(&declared),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    builder.finish(text, notes)
}

/// What is wrong with XML that cannot be followed, and in which line.
fn broken(text: &str, position: u64, error: &Error) -> ReadError {
    let at = usize::try_from(position).unwrap_or(text.len()).min(text.len());
    let line = text.as_bytes()[..at].split(|byte| *byte == b'\n').count();
    // The words of the library name elements of the file; they go through the filters of the writers like any text.
    amiss(format!("line {line}: {error}"))
}

/// The names of the entities that a document type declares.
fn declared_entities(doctype: &str) -> BTreeSet<String> {
    let name = |part: &str| part.split_whitespace().find(|word| *word != "%").map(str::to_owned);
    doctype.split("<!ENTITY").skip(1).filter_map(name).collect()
}

struct Builder<'l> {
    limits: &'l ReadLimits,
    /// How many elements, attributes and stretches of text there may still be.
    room: usize,
    /// The elements that are open, from the root; the one at the bottom stands for the file.
    open: Vec<Element>,
    declared: BTreeSet<String>,
    unknown: usize,
}

impl<'l> Builder<'l> {
    fn new(limits: &'l ReadLimits) -> Self {
        Self { limits, room: limits.xml_nodes, open: vec![Element::default()], declared: BTreeSet::new(), unknown: 0 }
    }

    fn take(&mut self) -> Result<(), ReadError> {
        let many = || amiss(format!("it holds more than {} elements and attributes", self.limits.xml_nodes));
        self.room = self.room.checked_sub(1).ok_or_else(many)?;
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        self.take()?;
        if self.open.len() > self.limits.xml_depth {
            return Err(amiss(format!("its elements are nested deeper than {} levels", self.limits.xml_depth)));
        }
        let mut element = Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
        // Looking for attributes of the same name would take the square of their number.
        for attribute in start.attributes().with_checks(false) {
            self.take()?;
            let attribute = attribute.map_err(|_| amiss(format!("an attribute of <{}> is broken", element.name)))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| attribute.value.clone());
            element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        self.open.push(element);
        Ok(())
    }

    fn close(&mut self) {
        if let (Some(element), Some(parent)) = (self.open.pop(), self.open.last_mut()) {
            parent.children.push(Node::Element(element));
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        self.take()?;
        if let Some(element) = self.open.last_mut() {
            match element.children.last_mut() {
                Some(Node::Text(own)) => own.push_str(text),
                _ => element.children.push(Node::Text(text.to_owned())),
            }
        }
        Ok(())
    }

    /// Puts the character of a reference in its place. One that nobody knows leaves the sign for an unknown character, so
    /// that no number closes up over it.
    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), ReadError> {
        if let Some(name) = self.declared.get(&**reference) {
            return Err(amiss(format!(
                "it refers to the entity {name}, which it declares itself; these are not expanded"
            )));
        }
        let character = reference.resolve_char_ref().ok().flatten();
        if let Some(character) = character {
            return self.text(character.encode_utf8(&mut [0; 4]));
        }
        if let Some(known) = resolve_html5_entity(reference) {
            return self.text(known);
        }
        self.unknown += 1;
        self.text("\u{FFFD}")
    }

    fn finish(mut self, text: &str, notes: &mut Vec<Note>) -> Result<Element, ReadError> {
        if self.open.len() > 1 {
            let name = self.open.pop().map(|element| element.name).unwrap_or_default();
            let lines = text.split('\n').count();
            return Err(amiss(format!("line {lines}: it ends within <{name}>")));
        }
        if self.unknown > 0 {
            let message = format!("{} references stand for unknown characters", self.unknown);
            notes.push(Note { page: None, message });
        }
        let file = self.open.pop().unwrap_or_default();
        let root = file.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        });
        root.ok_or_else(|| amiss("it holds no element"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Element, ReadError> {
        parse(text, &ReadLimits::default(), &mut Vec::new())
    }

    fn reason(text: &str) -> String {
        match parsed(text) {
            Err(ReadError::Xml { reason }) => reason,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn prefixes_are_dropped_and_references_put_in_place() {
        let root = parsed(
            "<a:p xml:id=\"x&amp;y\">5&#160;&micro;g &lt; 6&#x2212;<b/><![CDATA[<&]]>&lsqb;1&rsqb;<!-- no --><?no?></a:p>",
        );
        let root = root.expect("a root");
        assert_eq!((root.name.as_str(), root.attribute("id")), ("p", Some("x&y")));
        assert_eq!(root.children[0], Node::Text("5\u{A0}µg < 6−".to_owned()));
        assert_eq!(root.children[2], Node::Text("<&[1]".to_owned()));
    }

    #[test]
    fn references_that_nobody_knows_leave_a_sign_and_a_note() {
        let mut notes = Vec::new();
        let root = parse("<p>5&nobody;3 &#0; 7</p>", &ReadLimits::default(), &mut notes).expect("a root");
        assert_eq!(root.text(), "5\u{FFFD}3 \u{FFFD} 7");
        assert_eq!(notes[0].message, "2 references stand for unknown characters");
    }

    #[test]
    fn entities_of_the_file_are_never_expanded() {
        let bomb = "<!DOCTYPE p [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]><p>&c;</p>";
        assert!(reason(bomb).contains("the entity c"));
        let outside = "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x;</p>";
        assert!(reason(outside).contains("the entity x"));
        let unused = "<!DOCTYPE p SYSTEM \"p.dtd\" [<!ENTITY % y SYSTEM \"y.ent\"> %y; <!ENTITY f SYSTEM \"f.gif\" NDATA gif>]><p>5</p>";
        assert_eq!(parsed(unused).expect("a root").text(), "5");
    }

    #[test]
    fn what_is_broken_or_too_large_has_a_reason() {
        assert!(reason("<a>\n<b>text").contains("line 2: it ends within <b>"));
        assert!(reason("<a>\n<b></a>").starts_with("line 2: "));
        assert!(reason("<a b=>x</a>").contains("attribute"));
        assert!(reason("<!-- nothing -->").contains("no element"));
        let deep = "<a>".repeat(5_000);
        assert!(reason(&deep).contains("nested deeper"));
        let limits = ReadLimits { xml_nodes: 10, ..ReadLimits::default() };
        let many = format!("<a {}/>", "b='' ".repeat(20));
        assert!(matches!(parse(&many, &limits, &mut Vec::new()), Err(ReadError::Xml { .. })));
    }
}
