//! From the tree to blocks, by the roles of the elements.
//!
//! Text that stands between blocks is a block of its own; what floats (tables, figures, notes) follows the paragraph in
//! which it was anchored, so that the sentence around it stays whole.

use crate::document::{BlockKind, Place, SourceFormat};
use crate::read::compose::{DraftBlock, DraftLine, Surroundings};
use crate::read::error::ReadError;

use super::inline::{Ink, chosen};
use super::path;
use super::table;
use super::tree::{Element, Node};
use super::vocabulary::{Dialect, Role};

/// How deep sections are kept as a tree; those below are parts of their section.
const DEEPEST_SECTION: usize = 16;

/// What the walk gives.
#[derive(Debug, Default)]
pub struct Walked {
    /// The blocks in the order of reading.
    pub blocks: Vec<DraftBlock>,
    /// What stands around each table with a grid.
    pub around: Vec<Surroundings>,
    /// The sections with titles and the abstracts, as ranges of the blocks: those inside stand before those around them.
    pub sections: Vec<WalkedSection>,
    /// How many captions are the middle of a sentence.
    pub fragments: usize,
}

/// Walks through the whole paper.
pub fn walk(dialect: &Dialect, root: &Element) -> Result<Walked, ReadError> {
    let mut walker = Walker {
        dialect,
        out: Walked::default(),
        kind: BlockKind::Paragraph,
        label: Vec::new(),
        last: Vec::new(),
        depth: 0,
    };
    let mut text = Run::default();
    walker.mixed(root, "", &mut text, false)?;
    walker.flush(&mut text);
    // What stands in floats may hold no floats of this kind, so this ends.
    for (element, path) in std::mem::take(&mut walker.last) {
        walker.section(element, &path)?;
    }
    Ok(walker.out)
}

/// Text on its way to a block, with the elements that float in it.
#[derive(Default)]
struct Run<'t> {
    ink: Ink,
    place: Option<Place>,
    floats: Vec<(&'t Element, String, String)>,
}

/// A section of the file.
#[derive(Debug)]
pub(super) struct WalkedSection {
    /// Its blocks.
    pub blocks: std::ops::Range<usize>,
    /// Whether its element is that of an abstract.
    pub is_abstract: bool,
}

/// The name of an element without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Run<'_> {
    /// The text, which stands in the element that `path` leads to where it begins here.
    fn at(&mut self, path: &str, element: &Element) -> &mut Ink {
        if self.place.is_none() || self.ink.is_blank() {
            self.place = Some(path::place(path, element));
        }
        &mut self.ink
    }
}

struct Walker<'t> {
    dialect: &'t Dialect,
    out: Walked,
    /// What running text is here.
    kind: BlockKind,
    /// The number or mark that the next block begins with.
    label: Vec<char>,
    /// What is read at the end.
    last: Vec<(&'t Element, String)>,
    /// How many sections with titles are open.
    depth: usize,
}

impl<'t> Walker<'t> {
    /// Reads what stands in an element, text and blocks mixed. `anchored` where what floats waits for the end of the text.
    fn mixed(&mut self, element: &'t Element, path: &str, run: &mut Run<'t>, anchored: bool) -> Result<(), ReadError> {
        let mut segments = path::segments(element).into_iter();
        for node in &element.children {
            let Node::Element(child) = node else {
                if let Node::Text(text) = node {
                    run.at(path, element).text(text);
                }
                continue;
            };
            let Some((_, segment)) = segments.next() else { break };
            let own = path::join(path, &segment);
            let role = (self.dialect.role)(child, &element.name);
            match role {
                Role::Through | Role::Alternatives if self.holds_blocks(child) => {
                    let inner = if role == Role::Alternatives { chosen(self.dialect, child) } else { Some(child) };
                    if let Some(inner) = inner {
                        // The path of a form among several leads to the element that holds them.
                        if std::ptr::eq(inner, child) {
                            self.mixed(child, &own, run, anchored)?;
                        } else {
                            self.flush(run);
                            self.block(inner, &child.name, &own)?;
                        }
                    }
                }
                role if role.floats() && anchored => run.floats.push((child, element.name.clone(), own)),
                role if role.is_block() || role == Role::Label => {
                    self.flush(run);
                    self.block(child, &element.name, &own)?;
                }
                _ => run.at(path, element).element(self.dialect, child, &element.name),
            }
        }
        Ok(())
    }

    /// Whether a block stands anywhere in an element.
    fn holds_blocks(&self, element: &Element) -> bool {
        element.elements().any(|child| {
            let role = (self.dialect.role)(child, &element.name);
            role.is_block() || (matches!(role, Role::Through | Role::Alternatives) && self.holds_blocks(child))
        })
    }

    /// Ends the text so far: it is a block if it has a character.
    fn flush(&mut self, run: &mut Run<'t>) {
        let characters = run.ink.finish();
        let kind = self.kind;
        if let (false, Some(place)) = (characters.is_empty(), run.place.take()) {
            self.push(kind, characters, place);
        }
    }

    /// Adds a block behind the label that waits for it; gives its index.
    fn push(&mut self, kind: BlockKind, characters: Vec<char>, place: Place) -> usize {
        let mut all = std::mem::take(&mut self.label);
        if !all.is_empty() && !characters.is_empty() {
            all.push(' ');
        }
        all.extend(characters);
        let line = DraftLine { characters: all, edges: Vec::new(), place, doubts: Vec::new() };
        self.out.blocks.push(DraftBlock::plain(kind, vec![line]));
        self.out.blocks.len() - 1
    }

    /// Reads an element that is a block or holds blocks.
    fn block(&mut self, element: &'t Element, parent: &str, path: &str) -> Result<(), ReadError> {
        match (self.dialect.role)(element, parent) {
            Role::Section => self.section(element, path)?,
            Role::Floats => self.last.push((element, path.to_owned())),
            Role::Label => self.label = Ink::of(self.dialect, element),
            Role::Title => self.title(element, path),
            Role::Paragraph => self.text(element, path, true)?,
            Role::Item => self.within(BlockKind::ListItem, element, path)?,
            Role::Note => self.within(BlockKind::Footnote, element, path)?,
            Role::Furniture => self.whole(BlockKind::Furniture, element, path),
            Role::Reference => self.whole(BlockKind::Reference, element, path),
            Role::Formula => self.formula(element, path),
            Role::Figure => {
                self.caption(element, path);
            }
            Role::Table => self.table(element, path)?,
            Role::Grid => self.grids(element, path, None)?,
            _ => {}
        }
        Ok(())
    }

    /// A container: its text is running text.
    fn section(&mut self, element: &'t Element, path: &str) -> Result<(), ReadError> {
        let outer = self.kind;
        let start = self.out.blocks.len();
        self.depth += 1;
        let mut run = Run::default();
        self.mixed(element, path, &mut run, false)?;
        self.flush(&mut run);
        self.depth -= 1;
        self.label.clear();
        self.kind = outer;
        let titled = element.elements().any(|child| (self.dialect.role)(child, &element.name) == Role::Title)
            && self.out.blocks.get(start).is_some_and(|block| block.kind == BlockKind::Heading);
        let is_abstract = local(&element.name) == "abstract";
        let enough = self.out.blocks.len() > start + usize::from(!is_abstract);
        if (titled || is_abstract) && self.depth < DEEPEST_SECTION && enough {
            self.out.sections.push(WalkedSection { blocks: start..self.out.blocks.len(), is_abstract });
        }
        Ok(())
    }

    /// The title of a section; TEI has its number in an attribute.
    fn title(&mut self, element: &Element, path: &str) {
        if let Some(number) = element.attribute("n").filter(|_| self.label.is_empty()) {
            self.label = number.trim().chars().collect();
        }
        let characters = Ink::of(self.dialect, element);
        if characters.is_empty() {
            self.label.clear();
        } else {
            self.push(BlockKind::Heading, characters, path::place(path, element));
        }
    }

    /// A paragraph: what floats in it follows.
    fn text(&mut self, element: &'t Element, path: &str, anchored: bool) -> Result<(), ReadError> {
        let mut run = Run::default();
        self.mixed(element, path, &mut run, anchored)?;
        self.flush(&mut run);
        for (float, parent, path) in run.floats {
            self.block(float, &parent, &path)?;
        }
        Ok(())
    }

    /// An item or a note, whose text is of one kind.
    fn within(&mut self, kind: BlockKind, element: &'t Element, path: &str) -> Result<(), ReadError> {
        let outer = std::mem::replace(&mut self.kind, kind);
        let result = self.text(element, path, true);
        self.label.clear();
        self.kind = outer;
        result
    }

    /// An element that is one block, whatever stands in it.
    fn whole(&mut self, kind: BlockKind, element: &Element, path: &str) {
        let characters = if kind == BlockKind::Reference { entry(element) } else { Ink::of(self.dialect, element) };
        if !characters.is_empty() {
            self.label.clear();
            self.push(kind, characters, path::place(path, element));
        }
    }

    /// A formula with its number behind it.
    fn formula(&mut self, element: &Element, path: &str) {
        let mut ink = Ink::default();
        let mut number = Vec::new();
        for node in &element.children {
            match node {
                Node::Text(text) => ink.text(text),
                Node::Element(child) if (self.dialect.role)(child, &element.name) == Role::Label => {
                    number = Ink::of(self.dialect, child);
                }
                Node::Element(child) => ink.element(self.dialect, child, &element.name),
            }
        }
        let mut characters = ink.finish();
        if !characters.is_empty() {
            if !number.is_empty() {
                characters.push('\t');
                characters.append(&mut number);
            }
            self.push(BlockKind::DisplayMath, characters, path::place(path, element));
        }
    }

    /// The caption of a figure or table as one block; gives its index.
    fn caption(&mut self, element: &Element, path: &str) -> Option<usize> {
        let mut characters: Vec<char> = Vec::new();
        for name in self.dialect.caption {
            let part = element.child(name).map(|part| Ink::of(self.dialect, part)).unwrap_or_default();
            if !characters.is_empty() && !part.is_empty() {
                characters.push(' ');
            }
            characters.extend(part);
        }
        self.label.clear();
        if characters.is_empty() {
            return None;
        }
        // GROBID takes the middle of a sentence that names a figure for the caption of one. What its beginning says (a
        // correction, a one-sided test) stands elsewhere, so that it can make no claim.
        let fragment = self.dialect.format == SourceFormat::Tei && begins_within_a_sentence(&characters);
        self.out.fragments += usize::from(fragment);
        let kind = if fragment { BlockKind::Furniture } else { BlockKind::Caption };
        Some(self.push(kind, characters, path::place(path, element)))
    }

    /// A table: its caption, its grids, its notes.
    fn table(&mut self, element: &'t Element, path: &str) -> Result<(), ReadError> {
        let caption = self.caption(element, path);
        let first = self.out.around.len();
        self.grids(element, path, caption)?;
        let start = self.out.blocks.len();
        let outer = std::mem::replace(&mut self.kind, BlockKind::Footnote);
        for (child, segment) in path::segments(element) {
            let role = (self.dialect.role)(child, &element.name);
            let foot = matches!(role, Role::Note | Role::Section | Role::Paragraph);
            if foot && !self.dialect.caption.contains(&child.name.as_str()) {
                let path = path::join(path, &segment);
                self.within(BlockKind::Footnote, child, &path)?;
            }
        }
        self.kind = outer;
        let notes: Vec<usize> = (start..self.out.blocks.len()).collect();
        for around in &mut self.out.around[first..] {
            around.notes.clone_from(&notes);
        }
        Ok(())
    }

    /// The grids at and in an element.
    fn grids(&mut self, element: &'t Element, path: &str, caption: Option<usize>) -> Result<(), ReadError> {
        let rows = |name: &str| matches!(name, "tr" | "row" | "tbody" | "thead");
        if element.elements().any(|child| rows(&child.name)) {
            if let Some(block) = table::block(self.dialect, element, path)? {
                self.out.blocks.push(block);
                self.out.around.push(Surroundings { caption, notes: Vec::new() });
            }
            return Ok(());
        }
        for (child, segment) in path::segments(element) {
            if matches!((self.dialect.role)(child, &element.name), Role::Grid | Role::Alternatives | Role::Through) {
                self.grids(child, &path::join(path, &segment), caption)?;
            }
        }
        Ok(())
    }
}

/// Whether characters go on with a sentence: with a small letter of a word, or with what closes or links.
fn begins_within_a_sentence(characters: &[char]) -> bool {
    let Some(first) = characters.first() else { return false };
    let word = characters.get(1).is_some_and(|second| second.is_lowercase());
    (first.is_lowercase() && word) || ")]},;:.=<>≤≥%".contains(*first)
}

/// An entry of the list of references: its parts need not be told apart, but its words must be.
fn entry(element: &Element) -> Vec<char> {
    fn gather(element: &Element, out: &mut String) {
        for node in &element.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(child) => {
                    gather(child, out);
                    out.push(' ');
                }
            }
        }
    }
    let mut text = String::new();
    gather(element, &mut text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(" ,", ",").replace(" .", ".").chars().collect()
}
