//! One page: from its glyphs to its lines in reading order, each with the region that it stands in.

use std::collections::BTreeMap;

use super::chunks::chunks;
use super::columns::{Gutters, regions};
use super::frame::{Frame, frames};
use super::lines::{RawLine, lines};
use super::margin;
use super::side;
use super::spacing::{Placed, Threshold, characters};
use super::tables::rules::level_rules;
use crate::document::{Concealment, Place};
use crate::read::pdf::hidden::{is_on_page, is_over};
use crate::read::pdf::source::{Area, FontFacts, FontId, Glyph, PageGeom, PageSink};
use crate::read::scripts::Script;

/// What a source drew on one page.
#[derive(Clone, Debug, Default)]
pub struct PageMarks {
    /// The glyphs in drawing order.
    pub glyphs: Vec<Glyph>,
    /// The thin boxes.
    pub rules: Vec<Area>,
    /// The images.
    pub images: Vec<Area>,
    /// How many more glyphs may come before the limit.
    pub room: usize,
    /// Whether a glyph came after the limit.
    pub overfull: bool,
    /// How many rules are kept.
    pub most_rules: usize,
}

impl PageSink for PageMarks {
    fn glyph(&mut self, glyph: Glyph) {
        if self.glyphs.len() < self.room {
            self.glyphs.push(glyph);
        } else {
            self.overfull = true;
        }
    }

    fn rule(&mut self, area: Area) {
        if self.rules.len() < self.most_rules {
            self.rules.push(area);
        }
    }

    fn image(&mut self, area: Area) {
        if self.images.len() < self.most_rules {
            self.images.push(area);
        }
    }
}

/// A line of text where it stands.
#[derive(Clone, Debug)]
pub struct TextLine {
    /// Its characters.
    pub characters: Vec<Placed>,
    /// The frame that the places count in.
    pub frame: Frame,
    /// The page, from 1.
    pub page: u32,
    /// The region of the page, counted over its frames.
    pub region: usize,
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// The baseline.
    pub base: f32,
    /// The font size of its base letters.
    pub size: f32,
    /// Whether most of it is bold.
    pub bold: bool,
    /// Whether it repeats from page to page, numbers the page or the lines.
    pub furniture: bool,
}

impl TextLine {
    /// Its characters as text.
    pub fn text(&self) -> String {
        self.characters.iter().map(|placed| placed.character).collect()
    }

    /// The font of most of its letters.
    pub fn main_font(&self) -> Option<FontId> {
        let mut counts: BTreeMap<FontId, usize> = BTreeMap::new();
        for placed in self.characters.iter().filter(|placed| placed.character.is_alphabetic()) {
            *counts.entry(placed.font).or_default() += 1;
        }
        counts.into_iter().max_by_key(|&(font, count)| (count, std::cmp::Reverse(font))).map(|(font, _)| font)
    }

    /// How many wide gaps it has.
    pub fn tabs(&self) -> usize {
        self.characters.iter().filter(|placed| placed.character == '\t').count()
    }

    /// The top of its letters.
    pub fn top(&self) -> f32 {
        self.base - 0.8 * self.size
    }

    /// The bottom of its letters.
    pub fn bottom(&self) -> f32 {
        self.base + 0.25 * self.size
    }

    /// Where it stands on the page.
    pub fn place(&self) -> Place {
        Place::Box { page: self.page, quad: self.frame.quad(self.left, self.top(), self.right, self.bottom()) }
    }

    /// The characters of a part of the line, a wide gap among them as a space.
    #[must_use]
    pub fn part(&self, characters: std::ops::Range<usize>) -> Self {
        let mut part = self.cut(characters);
        for placed in part.characters.iter_mut().filter(|placed| placed.character == '\t') {
            placed.character = ' ';
        }
        part
    }

    /// The characters of a part of the line as they are.
    #[must_use]
    pub fn cut(&self, characters: std::ops::Range<usize>) -> Self {
        let own: Vec<Placed> = self.characters[characters].to_vec();
        let left = own.first().map_or(self.left, |placed| placed.left);
        let right = own.iter().map(|placed| placed.right).fold(left, f32::max);
        Self { characters: own, left, right, ..*self }
    }

    /// How far along the line each character starts, and where the last one ends.
    pub fn edges(&self) -> Vec<f32> {
        let length = (self.right - self.left).max(f32::EPSILON);
        let along = |at: f32| ((at - self.left) / length).clamp(0.0, 1.0);
        let mut edges: Vec<f32> = self.characters.iter().map(|placed| along(placed.left)).collect();
        edges.push(self.characters.last().map_or(1.0, |placed| along(placed.right)));
        edges
    }
}

/// A page with its lines in reading order.
#[derive(Clone, Debug)]
pub struct PageLines {
    /// The size.
    pub geom: PageGeom,
    /// The lines.
    pub lines: Vec<TextLine>,
    /// Whether the text is the invisible one that was recognised on a scan.
    pub recognised: bool,
    /// How many glyphs were left out as they cannot be seen, by the reason.
    pub hidden: BTreeMap<Concealment, usize>,
    /// How many images it has.
    pub images: usize,
    /// The drawn rules.
    pub rules: Vec<Area>,
}

/// Whether a page is the picture of a scan under its recognised text, but for the line or two that a library stamped on it.
fn is_stamped_scan(visible: &[&Glyph], invisible: &[&Glyph], images: &[Area]) -> bool {
    const LEAST: usize = 200;
    const TIMES: usize = 5;
    let over = invisible
        .iter()
        .filter(|glyph| glyph.concealed == Some(Concealment::RenderMode) && is_over(glyph, images))
        .count();
    over >= LEAST && over >= TIMES * visible.len()
}

/// Lays out page number `page` (from 1). `gutters` carries what the pages before it taught about the columns.
pub fn lay_out(
    marks: &PageMarks,
    geom: PageGeom,
    page: u32,
    fonts: &dyn Fn(FontId) -> FontFacts,
    gutters: &mut Gutters,
) -> PageLines {
    let on_page = |glyph: &&Glyph| is_on_page(glyph, &geom);
    let (visible, invisible): (Vec<&Glyph>, Vec<&Glyph>) =
        marks.glyphs.iter().filter(on_page).partition(|glyph| glyph.concealed.is_none());
    let recognised =
        visible.is_empty() && !invisible.is_empty() || is_stamped_scan(&visible, &invisible, &marks.images);
    let mut hidden: BTreeMap<Concealment, usize> = BTreeMap::new();
    for how in invisible.iter().filter(|_| !recognised).filter_map(|glyph| glyph.concealed) {
        *hidden.entry(how).or_default() += 1;
    }
    // What a library stamped on the page stands beside its text.
    let shown = if recognised { [invisible, visible].concat() } else { visible };
    let mut out = PageLines {
        geom,
        lines: Vec::new(),
        recognised,
        hidden,
        images: marks.images.len(),
        rules: marks.rules.clone(),
    };
    let mut bold: BTreeMap<FontId, bool> = BTreeMap::new();
    let mut region = 0;
    for framed in frames(&shown) {
        let rules = level_rules(&marks.rules, framed.frame);
        let (body, numbers) = margin::line_numbers(chunks(framed.marks));
        let (body, notes) = if framed.frame.is_upright() { side::apart(body) } else { (body, Default::default()) };
        let known = if framed.frame.is_upright() {
            gutters.learn(&body, &rules);
            gutters.clone()
        } else {
            Gutters::default()
        };
        let mut all: Vec<Vec<RawLine>> = regions(body, &rules, &known).into_iter().map(lines).collect();
        all.extend(notes.into_iter().filter(|notes| !notes.is_empty()).map(lines));
        let numbered = all.len();
        all.push(lines(numbers));
        let threshold = Threshold::of(all.iter().flatten());
        for (at, raw_lines) in all.iter().enumerate() {
            for raw in raw_lines {
                let characters = characters(raw, threshold);
                if characters.is_empty() {
                    continue;
                }
                let base: Vec<&Placed> = characters.iter().filter(|placed| placed.script == Script::Base).collect();
                let mut strong = |placed: &Placed| *bold.entry(placed.font).or_insert_with(|| fonts(placed.font).bold);
                // A line that begins bold and ends plain is a heading that runs on into its paragraph.
                let ends_bold = base.last().is_some_and(|placed| strong(placed));
                out.lines.push(TextLine {
                    bold: ends_bold && base.iter().filter(|placed| strong(placed)).count() * 10 > base.len() * 8,
                    characters,
                    frame: framed.frame,
                    page,
                    region: region + at,
                    left: raw.left,
                    right: raw.right,
                    base: raw.base,
                    size: raw.size,
                    furniture: at == numbered,
                });
            }
        }
        region += all.len();
    }
    out
}
