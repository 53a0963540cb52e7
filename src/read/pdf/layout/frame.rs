//! Text parted by its direction: each direction has a frame in which its lines run to the right.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;

use crate::document::{Point, Quad};
use crate::read::pdf::source::{Area, FontId, Glyph, GlyphText};

/// A direction of text on the page, as a unit vector snapped to the axes where it nearly is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    x: f32,
    y: f32,
}

/// A glyph in its frame: `left` and `right` along the line, `base` across it, growing downwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it says; spaces stay in, they are evidence for the gaps.
    pub text: GlyphText,
    /// Where it starts.
    pub left: f32,
    /// Where the next glyph starts.
    pub right: f32,
    /// Its baseline.
    pub base: f32,
    /// Its font size.
    pub size: f32,
    /// Its font.
    pub font: FontId,
    /// Its code.
    pub code: u32,
}

impl Mark {
    /// Whether the glyph is a digit.
    pub const fn is_digit(&self) -> bool {
        matches!(self.text, GlyphText::One('0'..='9'))
    }

    /// Whether the glyph only parts words.
    pub fn is_space(&self) -> bool {
        match &self.text {
            GlyphText::One(one) => one.is_whitespace(),
            GlyphText::Many(many) => many.chars().all(char::is_whitespace),
            GlyphText::Unknown => false,
        }
    }
}

/// The marks of one direction.
#[derive(Clone, Debug)]
pub struct Framed {
    /// The direction.
    pub frame: Frame,
    /// Its marks in drawing order.
    pub marks: Vec<Mark>,
}

impl Frame {
    /// Text that runs to the right.
    pub const UPRIGHT: Self = Self { x: 1.0, y: 0.0 };

    fn of(glyph: &Glyph) -> Self {
        let length = glyph.dx.hypot(glyph.dy);
        if length <= f32::EPSILON {
            return Self::UPRIGHT;
        }
        // One part in 32 is about two degrees: what is turned less is a slip of a scanner or of a curve.
        let snap = |value: f32| (value / length * 32.0).round() / 32.0;
        Self { x: snap(glyph.dx), y: snap(glyph.dy) }
    }

    /// Whether the text runs to the right.
    pub fn is_upright(self) -> bool {
        self == Self::UPRIGHT
    }

    fn key(self) -> (i16, i16) {
        #[expect(clippy::cast_possible_truncation, reason = "both are at most 32 in size")]
        let whole = |value: f32| (value * 32.0) as i16;
        (whole(self.x), whole(self.y))
    }

    fn into_frame(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.x + y * self.y, y * self.x - x * self.y)
    }

    /// The point of the page at `along` and `across` of the frame.
    fn onto_page(self, along: f32, across: f32) -> Point {
        let norm = self.x * self.x + self.y * self.y;
        Point { x: (along * self.x - across * self.y) / norm, y: (along * self.y + across * self.x) / norm }
    }

    /// An upright box of the page as the frame sees it: turned by quarters it stays a box, else it is the box around it.
    pub fn area(self, area: Area) -> Area {
        let (a, b) = (self.into_frame(area.left, area.top), self.into_frame(area.right, area.bottom));
        let (c, d) = (self.into_frame(area.left, area.bottom), self.into_frame(area.right, area.top));
        let xs = [a.0, b.0, c.0, d.0];
        let ys = [a.1, b.1, c.1, d.1];
        let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
        let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
        Area { left: least(xs), top: least(ys), right: most(xs), bottom: most(ys) }
    }

    /// The box of the frame as a quad of the page, in reading direction.
    pub fn quad(self, left: f32, top: f32, right: f32, bottom: f32) -> Quad {
        Quad([
            self.onto_page(left, top),
            self.onto_page(right, top),
            self.onto_page(right, bottom),
            self.onto_page(left, bottom),
        ])
    }
}

/// Parts the glyphs by direction, the direction with the most glyphs first, and drops what was drawn twice.
pub fn frames(glyphs: &[&Glyph]) -> Vec<Framed> {
    let mut by_direction: BTreeMap<(i16, i16), Framed> = BTreeMap::new();
    let mut seen = Seen::default();
    for glyph in glyphs {
        let frame = Frame::of(glyph);
        let framed = by_direction.entry(frame.key()).or_insert_with(|| Framed { frame, marks: Vec::new() });
        let (left, base) = frame.into_frame(glyph.x, glyph.y);
        let right = left + glyph.dx.hypot(glyph.dy);
        let mark =
            Mark { text: glyph.text.clone(), left, right, base, size: glyph.size, font: glyph.font, code: glyph.code };
        if mark.is_space() || seen.is_new(glyph) {
            framed.marks.push(mark);
        }
    }
    let mut all: Vec<Framed> = by_direction.into_values().collect();
    // Upright text comes first, then the directions with more text; the order of the keys settles ties.
    all.sort_by_key(|framed| (!framed.frame.is_upright(), std::cmp::Reverse(framed.marks.len())));
    all
}

/// Glyphs already met, by code, font, size and place: text that is filled and then stroked, or drawn twice with a small shift
/// to look bold, arrives twice.
///
/// The glyphs of one square of `SQUARE` cells a side are a chain: `last` has the end of the chain, each glyph the one before.
#[derive(Default)]
struct Seen {
    last: HashMap<(u32, FontId, i32, i32, i32), usize, RandomState>,
    met: Vec<(i32, i32, Option<usize>)>,
}

impl Seen {
    fn is_new(&mut self, glyph: &Glyph) -> bool {
        /// How many cells a square has on a side: most glyphs then have their neighbours in their own square.
        const SQUARE: i32 = 16;
        // Cells of a twelfth of the size: no letter is that narrow, no shift for boldness is that wide.
        let cell = (glyph.size / 12.0).max(0.05);
        #[expect(clippy::cast_possible_truncation, reason = "places are below a million points")]
        let at = |value: f32| (value / cell).round() as i32;
        #[expect(clippy::cast_possible_truncation, reason = "sizes are below a million points")]
        let size = (glyph.size * 8.0).round() as i32;
        let (column, row) = (at(glyph.x), at(glyph.y));
        let square =
            |column: i32, row: i32| (glyph.code, glyph.font, size, column.div_euclid(SQUARE), row.div_euclid(SQUARE));
        let squares =
            |middle: i32| middle.saturating_sub(1).div_euclid(SQUARE)..=middle.saturating_add(1).div_euclid(SQUARE);
        let near = squares(column).any(|across| {
            squares(row).any(|down| {
                let last = self.last.get(&square(across * SQUARE, down * SQUARE)).copied();
                std::iter::successors(last, |&at| self.met[at].2)
                    .any(|at| self.met[at].0.abs_diff(column) <= 1 && self.met[at].1.abs_diff(row) <= 1)
            })
        });
        let before = self.last.insert(square(column, row), self.met.len());
        self.met.push((column, row, before));
        !near
    }
}
