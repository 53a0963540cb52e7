//! Characters of a block as they come: white space, raised and lowered characters, marks, formulas in the line.
//!
//! What a mark says is known from its element, so it is set off in brackets, as marks of the literature often are in
//! print, and never stands raised behind a number or a unit, where it would be their exponent.

use super::math;
use super::raised::{lowered, mark, raised};
use super::tex;
use super::tree::{Element, Node};
use super::vocabulary::{Dialect, Role};

/// How many characters of a list of citations are looked back at.
const LONGEST_LIST: usize = 200;

/// Characters under way to a block.
#[derive(Clone, Debug, Default)]
pub struct Ink {
    characters: Vec<char>,
    /// Whether they are those of a cell, where a mark in digits would be taken for a value.
    cell: bool,
}

impl Ink {
    /// The characters of an element that is one block: blocks in it are parted by spaces, what floats is left out.
    pub fn of(dialect: &Dialect, element: &Element) -> Vec<char> {
        let mut ink = Self::default();
        ink.children(dialect, element);
        ink.finish()
    }

    /// The same for a cell of a table.
    pub fn of_cell(dialect: &Dialect, element: &Element) -> Vec<char> {
        let mut ink = Self { cell: true, ..Self::default() };
        ink.children(dialect, element);
        ink.finish()
    }

    /// The characters so far, without white space at their end; nothing is left.
    pub fn finish(&mut self) -> Vec<char> {
        while self.characters.last().is_some_and(|last| last.is_whitespace()) {
            self.characters.pop();
        }
        std::mem::take(&mut self.characters)
    }

    /// Whether nothing but white space was written.
    pub fn is_blank(&self) -> bool {
        self.characters.iter().all(|character| character.is_whitespace())
    }

    /// Adds text of the file, whose runs of white space are one space.
    pub fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' => self.space(),
                // Controls have no meaning in XML text; a soft hyphen only says where a word may be broken.
                '\u{AD}' | '\u{FEFF}' => {}
                '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => self.characters.push('\u{FFFD}'),
                other => self.characters.push(other),
            }
        }
    }

    fn space(&mut self) {
        if self.characters.last().is_some_and(|last| *last != ' ') {
            self.characters.push(' ');
        }
    }

    /// Adds all that stands in an element.
    pub fn children(&mut self, dialect: &Dialect, element: &Element) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(child) => self.element(dialect, child, &element.name),
            }
        }
    }

    /// Adds an element by its role.
    pub fn element(&mut self, dialect: &Dialect, element: &Element, parent: &str) {
        match (dialect.role)(element, parent) {
            Role::Skip => {}
            Role::Superscript => self.superscript(dialect, element),
            Role::Subscript => {
                let inner = self.inner(dialect, element);
                self.text(&lowered(&inner));
            }
            Role::Citation => self.citation(dialect, element),
            Role::Mark => self.mark(dialect, element),
            Role::Math => self.text(&math::flatten(element)),
            Role::Tex => self.text(&tex::flatten(&element.text())),
            Role::Alternatives => {
                if let Some(chosen) = chosen(dialect, element) {
                    self.element(dialect, chosen, &element.name);
                }
            }
            Role::Break => self.space(),
            Role::Unknown => self.characters.push(drawn(element)),
            Role::Label => {
                self.children(dialect, element);
                self.space();
            }
            role if role.floats() => {}
            role if role.is_block() => {
                self.space();
                self.children(dialect, element);
                self.space();
            }
            _ => self.children(dialect, element),
        }
    }

    /// The characters in an element by themselves.
    fn inner(&self, dialect: &Dialect, element: &Element) -> String {
        let mut inner = Self { cell: self.cell, ..Self::default() };
        inner.children(dialect, element);
        inner.characters.into_iter().collect()
    }

    fn superscript(&mut self, dialect: &Dialect, element: &Element) {
        if holds_mark(dialect, element) {
            self.children(dialect, element);
            return;
        }
        let inner = self.inner(dialect, element);
        let text = raised(&inner, self.characters.last().copied());
        self.text(&text);
    }

    /// The mark of a citation: a bare number gets brackets, raised or not.
    fn citation(&mut self, dialect: &Dialect, element: &Element) {
        let text = element.text();
        let numbers = text.chars().any(|character| character.is_ascii_digit())
            && text.chars().all(|character| character.is_ascii_digit() || ",;–-. ".contains(character));
        if numbers && !self.in_brackets() {
            let closed = text.trim_end_matches([',', ';', '.', ' ']);
            self.text(&format!("[{closed}]{}", &text[closed.len()..]));
        } else if numbers {
            self.text(&text);
        } else {
            self.children(dialect, element);
        }
    }

    /// Whether the text so far ends within square brackets that hold nothing but numbers.
    fn in_brackets(&self) -> bool {
        let numeric = |character: &&char| character.is_ascii_digit() || ",;–- ".contains(**character);
        let inside = self.characters.iter().rev().take(LONGEST_LIST).take_while(numeric).count();
        self.characters.len().checked_sub(inside + 1).is_some_and(|at| self.characters[at] == '[')
    }

    /// The mark of a note: a sign stays, a letter is raised, a number gets brackets, and none in a cell.
    fn mark(&mut self, dialect: &Dialect, element: &Element) {
        let inner = self.inner(dialect, element);
        let text = element.text();
        let digits = !text.is_empty() && text.chars().all(|character| character.is_ascii_digit());
        if digits {
            if !self.cell {
                self.text(&format!("[{text}]"));
            }
        } else if text.chars().count() <= 3 && text.chars().all(|letter| letter.is_ascii_lowercase() || letter == ',') {
            let raised: String = text.chars().map(|letter| mark(letter).unwrap_or(letter)).collect();
            self.text(&raised);
        } else {
            self.text(&inner);
        }
    }
}

/// The character of an element that only draws one: bonds of chemistry are named, others are unknown.
fn drawn(element: &Element) -> char {
    match element.attribute("name") {
        Some("sbnd") => '–',
        Some("dbnd") => '=',
        Some("tbnd") => '≡',
        _ => '\u{FFFD}',
    }
}

/// Whether a raised element holds nothing but marks that lead to notes or to the list of references.
fn holds_mark(dialect: &Dialect, element: &Element) -> bool {
    let is_mark = |child: &Element| matches!((dialect.role)(child, &element.name), Role::Citation | Role::Mark);
    let bare = element.children.iter().all(|node| match node {
        Node::Text(text) => !text.contains(char::is_alphanumeric),
        Node::Element(child) => is_mark(child),
    });
    bare && element.elements().any(is_mark)
}

/// The one of several forms that is read: `MathML` before TeX before text.
pub fn chosen<'e>(dialect: &Dialect, element: &'e Element) -> Option<&'e Element> {
    let rank = |child: &&Element| match (dialect.role)(child, &element.name) {
        Role::Math => 0,
        Role::Grid => 1,
        Role::Tex => 2,
        Role::Skip => 4,
        _ => 3,
    };
    element.elements().filter(|child| rank(child) < 4).min_by_key(rank)
}
