//! What the adapter of hayro knows about fonts: their names, and which of their glyphs are repaired.
//!
//! hayro describes fonts of the kinds `TrueType` and CFF by their programs and says nothing of those that a file calls
//! Type 1. Their names are found in the file: each font in the resources of a page is made to show all its codes, and
//! what identifies the outlines of their glyphs is written down, as the glyphs of the page bear the same. This is done
//! only for a page with a glyph that is not known yet, and once for each font.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use hayro_interpret::font::{Glyph as HayroGlyph, GlyphIdentifier, OutlineGlyph};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};
use hayro_syntax::page::Resources;

use super::hayro_codes::Interpreter;
use super::numbered;
use super::repairs::{self, Row};
use super::source::{FontFacts, FontId, GlyphText};

/// How deep forms are followed, and how many forms and fonts are looked at for one file.
const DEEPEST: usize = 8;
const MOST_FORMS: usize = 2_000;
const MOST_FONTS: usize = 2_000;

/// The fonts seen so far: index 0 stands for every font that cannot be told.
pub struct Fonts<'f> {
    facts: Vec<FontFacts>,
    /// Which of the fonts may have glyphs that have to be repaired.
    doubtful: Vec<bool>,
    /// By the hash of the font's program.
    by_program: BTreeMap<u128, FontId>,
    /// By the outline of a glyph, for the fonts that hayro describes. A program that a file uses both in such a font and
    /// in another is one font by whichever comes first.
    described: Outlines<FontId>,
    /// By the outline of a glyph, for the others.
    by_glyph: Outlines<FontId>,
    /// The fonts of text that name their glyphs by numbers.
    numbered: BTreeSet<FontId>,
    /// The names of glyphs, of listed and numbered fonts only; nothing where two encodings disagree.
    names: Outlines<Option<String>>,
    /// What the table says of a glyph, asked once.
    rows: Outlines<Option<&'static Row>>,
    /// What was repaired, by font and code.
    repaired: BTreeMap<(FontId, u32), Repair>,
    done: BTreeSet<ObjectIdentifier>,
    built: usize,
    forms: usize,
    /// The resources of the page, until they are needed.
    page: Option<Resources<'f>>,
}

/// Something by outline. It is never gone through, so its order is in no result.
type Outlines<T> = HashMap<GlyphIdentifier, T, RandomState>;

/// A repair: what the file says, and what stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The name of the glyph in its font, or its code in Symbol.
    was: &'static str,
    /// What it is.
    says: char,
}

impl Repair {
    /// What was done, for a note.
    pub fn words(self) -> String {
        format!("{} as {}", self.was, self.says)
    }
}

impl<'f> Fonts<'f> {
    /// None yet.
    pub fn new() -> Self {
        Self {
            facts: vec![FontFacts::default()],
            doubtful: vec![false],
            by_program: BTreeMap::new(),
            described: Outlines::default(),
            by_glyph: Outlines::default(),
            numbered: BTreeSet::new(),
            names: Outlines::default(),
            rows: Outlines::default(),
            repaired: BTreeMap::new(),
            done: BTreeSet::new(),
            built: 0,
            forms: 0,
            page: None,
        }
    }

    /// Begins a page with the given resources.
    pub fn begin(&mut self, resources: Resources<'f>) {
        self.page = Some(resources);
    }

    /// What is known about a font.
    pub fn facts(&self, font: FontId) -> FontFacts {
        self.facts.get(font.0 as usize).cloned().unwrap_or_default()
    }

    /// What was done to a glyph.
    pub fn repaired(&self, font: FontId, code: u32) -> Option<Repair> {
        self.repaired.get(&(font, code)).copied()
    }

    /// The font of a glyph, as far as it can be told.
    pub fn of(&mut self, glyph: &HayroGlyph<'_>, interpreter: &Interpreter<'_, 'f>) -> FontId {
        let HayroGlyph::Outline(outline) = glyph else { return FontId(0) };
        let key = outline.identifier();
        // Described fonts first: telling whether a font is one of them reads its tables.
        if let Some(known) = self.described.get(&key).or_else(|| self.by_glyph.get(&key)) {
            return *known;
        }
        if let Some(data) = outline.font_data() {
            let font = if let Some(known) = self.by_program.get(&data.cache_key) {
                *known
            } else {
                let name = data.postscript_name.map(|name| without_subset_tag(&name).to_owned());
                let heavy = data.weight.is_some_and(|weight| (600..=950).contains(&weight));
                let bold = heavy || name.as_deref().is_some_and(is_bold_name);
                let font = self.add(FontFacts { name, bold });
                self.by_program.insert(data.cache_key, font);
                font
            };
            self.described.insert(key, font);
            return font;
        }
        if let Some(resources) = self.page.take() {
            self.name_all(&resources, interpreter, DEEPEST);
        }
        *self.by_glyph.entry(key).or_default()
    }

    fn add(&mut self, facts: FontFacts) -> FontId {
        self.doubtful.push(may_lie(&facts));
        self.facts.push(facts);
        FontId(u32::try_from(self.facts.len() - 1).unwrap_or(u32::MAX))
    }

    /// Writes down the fonts of the resources and of the forms in them.
    fn name_all(&mut self, resources: &Resources<'f>, interpreter: &Interpreter<'_, 'f>, depth: usize) {
        for name in resources.fonts.keys() {
            let Some(font) = resources.get_font(&name) else { continue };
            if is_new(&mut self.done, &font) && self.built < MOST_FONTS {
                self.built += 1;
                self.name(&font, || interpreter.outlines(&name, resources));
            }
        }
        for name in resources.x_objects.keys() {
            let Some(form) = resources.get_x_object(&name) else { continue };
            if depth == 0 || self.forms >= MOST_FORMS || !is_new(&mut self.done, form.dict()) {
                continue;
            }
            self.forms += 1;
            if let Some(own) = form.dict().get::<Dict<'_>>("Resources") {
                self.name_all(&Resources::new(own), interpreter, depth - 1);
            }
        }
    }

    /// Writes down one font under the outlines of its codes.
    fn name(&mut self, dict: &Dict<'f>, outlines: impl FnOnce() -> Vec<(u8, GlyphIdentifier)>) {
        let simple = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|kind| matches!(kind.as_str(), "Type1" | "MMType1" | "TrueType"));
        let Some(base) = dict.get::<Name<'_>>("BaseFont").filter(|_| simple) else { return };
        let keys = outlines();
        if keys.is_empty() {
            return;
        }
        let name = without_subset_tag(base.as_str()).to_owned();
        let asked = repairs::is_listed(&name) || numbered::may_be(&name);
        let mut names = if asked { glyph_names(dict) } else { BTreeMap::new() };
        let by_number = numbered::is_text(&name, &names);
        if numbered::is_known(&name) {
            for (code, _) in &keys {
                names.entry(*code).or_insert_with(|| format!("C{code}"));
            }
        }
        let bold = is_bold_name(&name);
        // Two fonts with one program cannot be told apart; where their names differ, they have none.
        let font = match keys.iter().find_map(|(_, key)| self.by_glyph.get(key).copied().filter(|font| font.0 > 0)) {
            Some(known) => {
                if let Some(facts) = self.facts.get_mut(known.0 as usize)
                    && facts.name.as_deref() != Some(&name)
                {
                    *facts = FontFacts { name: None, bold: facts.bold && bold };
                    self.doubtful[known.0 as usize] = false;
                }
                known
            }
            None => self.add(FontFacts { name: Some(name), bold }),
        };
        if by_number {
            self.numbered.insert(font);
            self.doubtful[font.0 as usize] = true;
        }
        for (code, key) in keys {
            if let Some(name) = names.remove(&code) {
                let known = self.names.entry(key.clone()).or_insert_with(|| Some(name.clone()));
                if known.as_ref() != Some(&name) {
                    *known = None;
                }
            }
            self.by_glyph.insert(key, font);
        }
    }

    /// Whether glyphs of a font may have to be repaired.
    pub fn is_doubtful(&self, font: FontId) -> bool {
        self.doubtful.get(font.0 as usize).is_some_and(|doubtful| *doubtful)
    }

    /// What a glyph of a font says where the font is known not to say it, from the table of repairs.
    pub fn repair(&mut self, font: FontId, glyph: &HayroGlyph<'_>, text: GlyphText) -> GlyphText {
        let Some(name) = self.facts.get(font.0 as usize).and_then(|facts| facts.name.as_deref()) else { return text };
        let HayroGlyph::Outline(outline) = glyph else { return text };
        if text == GlyphText::Unknown && self.numbered.contains(&font) {
            return self.by_number(&outline.identifier());
        }
        let repair = if repairs::is_symbol(name) {
            match text {
                GlyphText::One(one) => repairs::symbol(one).map(|says| Repair { was: "a private code point", says }),
                _ => None,
            }
        } else if repairs::is_listed(name) {
            let key = outline.identifier();
            let row = if let Some(row) = self.rows.get(&key) {
                *row
            } else {
                let row = row_of(self.names.get(&key), name, outline);
                *self.rows.entry(key).or_insert(row)
            };
            row.map(|row| Repair { was: row.glyph, says: row.says })
        } else {
            None
        };
        let Some(repair) = repair else { return text };
        self.repaired.insert((font, outline.char_code()), repair);
        GlyphText::One(repair.says)
    }
}

impl Fonts<'_> {
    /// What a glyph says whose name is a number.
    fn by_number(&self, key: &GlyphIdentifier) -> GlyphText {
        let said = self.names.get(key).and_then(|name| numbered::says(name.as_deref()?));
        match said.map(|said| (said, said.chars().next())) {
            Some((said, Some(one))) if said.len() == one.len_utf8() => GlyphText::One(one),
            Some((said, _)) => GlyphText::Many(said.into()),
            None => GlyphText::Unknown,
        }
    }
}

fn row_of(glyph: Option<&Option<String>>, font: &str, outline: &OutlineGlyph) -> Option<&'static Row> {
    repairs::row_of(font, glyph?.as_deref()?, &outline.outline())
}

/// Whether a font of this name may have glyphs that have to be repaired.
fn may_lie(facts: &FontFacts) -> bool {
    facts.name.as_deref().is_some_and(|name| repairs::is_symbol(name) || repairs::is_listed(name))
}

fn is_new(done: &mut BTreeSet<ObjectIdentifier>, dict: &Dict<'_>) -> bool {
    dict.obj_id().is_none_or(|id| done.insert(id))
}

/// The names that the file gives to the codes of a font by itself.
fn glyph_names(font: &Dict<'_>) -> BTreeMap<u8, String> {
    let mut names = BTreeMap::new();
    let differences = font.get::<Dict<'_>>("Encoding").and_then(|encoding| encoding.get::<Array<'_>>("Differences"));
    let mut code: i64 = 0;
    for item in differences.iter().flat_map(Array::iter::<Object<'_>>) {
        match item {
            Object::Number(number) => code = number.as_i64(),
            Object::Name(name) => {
                if let Ok(code) = u8::try_from(code) {
                    names.insert(code, name.as_str().to_owned());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}

/// "ABCDEF+Name" without the tag that marks a subset.
fn without_subset_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

/// Whether a font's name says that it is bold.
fn is_bold_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["bold", "black", "heavy", "semibd", "demi"].iter().any(|word| lower.contains(word)) || name.starts_with("CMBX")
}
