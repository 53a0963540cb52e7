//! Cuts a page at its gutters and gives its regions in the order in which they are read.
//!
//! A gutter is an upright band without text, at least 0.8 em wide, with dense text on both sides over at least four
//! lines; or 0.7 em where it runs well farther than a wider one. Density tells columns of prose from columns of a table,
//! whose rows must stay together. What crosses the gutter (a title, a wide figure, a rule drawn over both columns) ends its
//! run: it is read before what lies below it, and after what lies above.
//!
//! A column may hold nothing but a figure for a while. So where the paper is known to have a gutter, dense text on one
//! side of it is enough, unless the two sides share their baselines as the cells of a table do.

use std::borrow::Borrow;
use std::ops::Range;

use super::chunks::{Chunk, dominant_size};
use super::tables::framed::{Frame, beside_captions, frames};
use super::tables::rules::LevelRule;

/// How wide a gutter is at least, in ems.
const GUTTER: f32 = 0.8;
/// How wide a narrow gutter is at least, in ems: between two columns of large print whose lines reach into the margin.
const NARROW: f32 = 0.7;
/// How many times as far a narrow gutter runs as any wide one.
const FARTHER: f32 = 1.3;
/// How far, in ems, a rule goes on at least on either side of a gutter that it crosses.
const CROSSING: f32 = 2.0;
/// How many lines stand on each side of a gutter at least.
const LINES: usize = 4;
/// How wide a column of prose is at least, in ems.
const NARROWEST: f32 = 9.0;
/// How far, in ems, the number of an item stands from its text at most.
const LABEL: f32 = 1.3;
/// How many numbers beside their items show that a band parts a list from its numbers.
const LABELS: usize = 3;
/// How much of the width of a column its lines fill at least, on the whole.
const DENSITY: f32 = 0.5;
/// How often a region is cut within its parts.
const DEPTH: usize = 10;

/// The chunks of one column or float.
pub type Region = Vec<Chunk>;

/// Where the paper has gutters, as far as its pages were seen.
#[derive(Clone, Debug, Default)]
pub struct Gutters(Vec<f32>);

impl Gutters {
    fn know(&self, x: f32, em: f32) -> bool {
        self.0.iter().any(|known| (known - x).abs() < em)
    }

    /// Learns the gutters of a page that stand between two columns of text.
    pub fn learn(&mut self, chunks: &[Chunk], rules: &[LevelRule]) {
        const MOST: usize = 32;
        let bars = Bars { rules, frames: frames(chunks, rules), beside: Vec::new() };
        let mut parts: Vec<Vec<&Chunk>> = vec![chunks.iter().collect()];
        let mut left = 8;
        while let Some(part) = parts.pop()
            && left > 0
        {
            left -= 1;
            let em = dominant_size(part.iter().copied());
            let Some(gutter) = best_gutter(&part, &bars, &Self::default()) else { continue };
            if !self.know(gutter.x, em * 0.5) && self.0.len() < MOST {
                self.0.push(gutter.x);
            }
            parts.extend(parted(part, gutter));
        }
    }
}

/// Parts `chunks` into regions in reading order. `rules` are the level rules of the page, from top to bottom.
pub fn regions(chunks: Vec<Chunk>, rules: &[LevelRule], gutters: &Gutters) -> Vec<Region> {
    let mut out = Vec::new();
    let bars = Bars { rules, frames: frames(&chunks, rules), beside: beside_captions(&chunks, rules) };
    cut(chunks, &bars, gutters, DEPTH, &mut out);
    out
}

/// What no gutter runs through.
struct Bars<'r> {
    /// The level rules of the page.
    rules: &'r [LevelRule],
    /// The tables that rules frame.
    frames: Vec<Frame>,
    /// The tables whose captions stand at their left.
    beside: Vec<Frame>,
}

impl Bars<'_> {
    /// The edge of a table that parts it from a caption at its left, where `chunks` hold both.
    fn edge(&self, chunks: &[Chunk], gutters: &Gutters) -> Option<Gutter> {
        self.beside.iter().find_map(|table| {
            let own = || chunks.iter().filter(|chunk| chunk.base > table.top && chunk.base < table.bottom);
            let both = own().any(|chunk| chunk.right < table.left) && own().any(|chunk| chunk.left > table.left);
            let edge = Gutter { x: table.left, top: table.top, bottom: table.bottom };
            let caption =
                own().filter(|chunk| chunk.right < table.left).map(|chunk| chunk.left).fold(table.left, f32::min);
            let columns = gutters.0.iter().any(|gutter| (caption..table.left + dominant_size(chunks)).contains(gutter));
            (both && !columns).then_some(edge)
        })
    }
}

/// A gutter over a stretch of the page.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x: f32,
    top: f32,
    bottom: f32,
}

fn cut(chunks: Vec<Chunk>, bars: &Bars<'_>, gutters: &Gutters, depth: usize, out: &mut Vec<Region>) {
    if chunks.is_empty() {
        return;
    }
    let found = || bars.edge(&chunks, gutters).or_else(|| best_gutter(&chunks, bars, gutters));
    let found = if depth == 0 { None } else { found() };
    let Some(gutter) = found else {
        out.push(chunks);
        return;
    };
    for part in parted(chunks, gutter) {
        cut(part, bars, gutters, depth - 1, out);
    }
}

/// What lies above the gutter's run, to its left, to its right and below.
fn parted<C: Borrow<Chunk>>(chunks: Vec<C>, gutter: Gutter) -> [Vec<C>; 4] {
    let mut parts: [Vec<C>; 4] = Default::default();
    for owned in chunks {
        let chunk: &Chunk = owned.borrow();
        let middle = f32::midpoint(chunk.top(), chunk.bottom());
        let part = if middle < gutter.top {
            0
        } else if middle > gutter.bottom {
            3
        } else if chunk.left + chunk.right < 2.0 * gutter.x {
            1
        } else {
            2
        };
        parts[part].push(owned);
    }
    parts
}

/// The gutter with the tallest run, if there is any: a narrow one only where it runs well farther than every wide one.
fn best_gutter<C: Borrow<Chunk>>(chunks: &[C], bars: &Bars<'_>, gutters: &Gutters) -> Option<Gutter> {
    let all = || chunks.iter().map(<C as Borrow<Chunk>>::borrow);
    let em = dominant_size(all());
    let left = all().map(|chunk| chunk.left).fold(f32::INFINITY, f32::min);
    let right = all().map(|chunk| chunk.right).fold(f32::NEG_INFINITY, f32::max);
    if em <= 0.0 || chunks.len() < 2 * LINES || right - left < 2.0 * NARROWEST * em {
        return None;
    }
    let extents = Extent::all(all());
    let inner = left + NARROWEST * em..right - NARROWEST * em;
    // A page is at most a few hundred ems wide; a wider one is sampled more coarsely.
    let step = (em * 0.4).max((right - left) / 400.0);
    let steps = std::iter::successors(Some(inner.start), |x| Some(x + step)).take_while(|x| *x < inner.end);
    let mut places: Vec<f32> = steps.chain(before_edges(&extents, &inner, GUTTER * em, em)).collect();
    places.sort_by(f32::total_cmp);
    let narrow = before_edges(&extents, &inner, NARROW * em, em);
    let search = Search { extents: &extents, bars, gutters, em, step };
    match (search.best(&places, GUTTER * em), search.best(&narrow, NARROW * em)) {
        (Some((wide, _)), Some((far, gutter))) if far > wide * FARTHER => Some(gutter),
        (None, Some((_, gutter))) | (Some((_, gutter)), _) => Some(gutter),
        (None, None) => None,
    }
}

/// What a gutter is looked for in.
struct Search<'p> {
    extents: &'p [Extent],
    bars: &'p Bars<'p>,
    gutters: &'p Gutters,
    em: f32,
    step: f32,
}

impl Search<'_> {
    /// The gutter of at least a width that has the best score among those at `places`, with the score.
    fn best(&self, places: &[f32], width: f32) -> Option<(f32, Gutter)> {
        if places.is_empty() {
            return None;
        }
        let obstacles = Obstacle::all(self.extents, self.bars, self.em, width / 2.0);
        let (mut free, mut sides) = (Vec::new(), [Side::default(), Side::default()]);
        let mut best: Option<(f32, Gutter)> = None;
        let mut widest = f32::NEG_INFINITY;
        for &x in places {
            let known = self.gutters.know(x, self.em);
            runs(&obstacles, x, &mut free);
            for &gutter in &free {
                let Some(score) = score(self.extents, gutter, self.em, known, &mut sides) else { continue };
                let most = best.as_ref().map_or(f32::NEG_INFINITY, |(most, _)| *most);
                if score > most + 0.01 {
                    best = Some((score, gutter));
                    widest = x;
                } else if score > most - 0.01 && x - widest < 1.5 * self.step {
                    widest = x;
                }
            }
        }
        // The middle of the band over which the cut is equally good.
        best.map(|(score, gutter)| (score, Gutter { x: f32::midpoint(gutter.x, widest), ..gutter }))
    }
}

/// Just before each edge at which several lines begin, where a gutter of the width would end: even steps may step over a narrow one.
fn before_edges(extents: &[Extent], inner: &Range<f32>, width: f32, em: f32) -> Vec<f32> {
    let mut lefts: Vec<f32> = extents.iter().map(|extent| extent.left).collect();
    lefts.sort_by(f32::total_cmp);
    let mut places = Vec::new();
    let mut rest = lefts.as_slice();
    while let Some(first) = rest.first() {
        let (edge, others) = rest.split_at(rest.partition_point(|left| *left < first + 0.1 * em));
        let place = first - width / 2.0 - 0.01;
        if edge.len() >= LINES && inner.contains(&place) {
            places.push(place);
        }
        rest = others;
    }
    places
}

/// What of a chunk a gutter depends on, measured once: a page tries hundreds of places for its gutter.
struct Extent {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    middle: f32,
    base: f32,
    size: f32,
    /// How many digits and how many other characters.
    digits: usize,
    others: usize,
}

impl Extent {
    /// The extents of the chunks by their middles, from the top of the page.
    fn all<'c>(chunks: impl Iterator<Item = &'c Chunk>) -> Vec<Self> {
        let mut all: Vec<Self> = chunks.map(Self::of).collect();
        all.sort_by(|a, b| a.middle.total_cmp(&b.middle));
        all
    }

    fn of(chunk: &Chunk) -> Self {
        let digits = chunk.marks.iter().filter(|mark| mark.is_digit()).count();
        Self {
            left: chunk.left,
            right: chunk.right,
            top: chunk.top(),
            bottom: chunk.bottom(),
            middle: f32::midpoint(chunk.top(), chunk.bottom()),
            base: chunk.base,
            size: chunk.size,
            digits,
            others: chunk.marks.len() - digits,
        }
    }
}

/// What no gutter goes through: text that stands within half a gutter of it, rules and frames that cross it.
struct Obstacle {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    /// How far the gutter's middle has to be from either end: inside the ends of a rule, outside those of text.
    reach: f32,
}

impl Obstacle {
    /// The obstacles of a page from top to bottom, sorted once for all places that are tried.
    fn all(extents: &[Extent], bars: &Bars<'_>, em: f32, reach: f32) -> Vec<Self> {
        let text = extents.iter().map(|extent| Self {
            left: extent.left,
            right: extent.right,
            top: extent.top,
            bottom: extent.bottom,
            reach,
        });
        let drawn = bars.rules.iter().map(|rule| Self {
            left: rule.left,
            right: rule.right,
            top: rule.at,
            bottom: rule.at,
            reach: -CROSSING * em,
        });
        let framed = bars.frames.iter().map(|frame| Self {
            left: frame.left,
            right: frame.right,
            top: frame.top,
            bottom: frame.bottom,
            reach: -CROSSING * em,
        });
        let mut all: Vec<Self> = text.chain(drawn).chain(framed).collect();
        all.sort_by(|a, b| a.top.total_cmp(&b.top));
        all
    }
}

/// Writes the upright stretches without an obstacle at `x` to `free`.
fn runs(obstacles: &[Obstacle], x: f32, free: &mut Vec<Gutter>) {
    free.clear();
    let mut from = f32::NEG_INFINITY;
    let blocks = |one: &&Obstacle| one.left < x + one.reach && one.right > x - one.reach;
    for Obstacle { top, bottom, .. } in obstacles.iter().filter(blocks) {
        if *top > from {
            free.push(Gutter { x, top: from, bottom: *top });
        }
        from = from.max(*bottom);
    }
    free.push(Gutter { x, top: from, bottom: f32::INFINITY });
}

/// How tall the stretch of text beside the gutter is, or nothing where the sides are not both dense text. What was in
/// `sides` is lost.
fn score(extents: &[Extent], gutter: Gutter, em: f32, known: bool, sides: &mut [Side; 2]) -> Option<f32> {
    let first = extents.partition_point(|extent| extent.middle <= gutter.top);
    let beside = extents.get(first..)?;
    // Most gutters are too short, which one extent tells.
    if beside.get(LINES - 1).is_none_or(|extent| extent.middle >= gutter.bottom) {
        return None;
    }
    let beside = beside.get(..beside.partition_point(|extent| extent.middle < gutter.bottom))?;
    let around = beside;
    sides.iter_mut().for_each(Side::clear);
    for extent in beside {
        sides[usize::from(extent.left + extent.right > 2.0 * gutter.x)].add(extent, em);
    }
    let prose = sides.each_mut().map(|side| side.is_prose(em));
    let top = sides[0].top.max(sides[1].top);
    let bottom = sides[0].bottom.min(sides[1].bottom);
    // A wide block of justified lines beside a narrow one: an abstract beside keywords, text beside a small figure.
    let beside = sides.iter().any(|side| side.is_wide_column(em)) && sides.iter().all(|side| !side.bases.is_empty());
    let apart =
        prose == [true, true] || beside || (known && prose != [false, false] && !rows_in_common(sides, prose[0], em));
    // Of two cuts beside the same columns the one that parts more of the page is better.
    let run = sides[0].bottom.max(sides[1].bottom) - sides[0].top.min(sides[1].top);
    (apart && bottom > top && !parts_labels(around, gutter.x, em)).then_some(bottom - top + 0.05 * run)
}

/// Whether the band at `x` stands between the numbers of a list and its items: "12." right beside a line of text, and
/// further from whatever stands to its left.
fn parts_labels(beside: &[Extent], x: f32, em: f32) -> bool {
    let near = |extent: &&Extent| {
        extent.right <= x && x - extent.right < LABEL * em && extent.digits > 0 && extent.digits + extent.others <= 5
    };
    let is_label = |label: &&Extent| {
        let level = |other: &&Extent| (other.base - label.base).abs() < 0.2 * em;
        let behind = |other: &Extent| other.left - label.right;
        let before = |other: &Extent| label.left - other.right;
        let close = |gaps: &mut dyn Iterator<Item = f32>| gaps.filter(|gap| *gap >= 0.0).fold(f32::INFINITY, f32::min);
        let on = close(&mut beside.iter().filter(level).filter(|other| other.left >= x).map(behind));
        let back = close(&mut beside.iter().filter(level).map(before));
        on <= LABEL * em && on < back
    };
    beside.iter().filter(near).filter(is_label).count() >= LABELS
}

/// Whether half of the lines of the side of prose have their baseline in common with the other side.
fn rows_in_common(sides: &[Side; 2], left: bool, em: f32) -> bool {
    let [prose, other] = if left { [&sides[0], &sides[1]] } else { [&sides[1], &sides[0]] };
    let shared = |base: &&f32| {
        let at = other.bases.partition_point(|other| *other < **base - 0.1 * em);
        other.bases.get(at).is_some_and(|other| *other <= **base + 0.1 * em)
    };
    prose.bases.iter().filter(shared).count() * 2 >= prose.bases.len()
}

/// What stands on one side of a gutter.
struct Side {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    filled: f32,
    /// How many digits and how many other characters.
    digits: usize,
    others: usize,
    bases: Vec<f32>,
}

impl Default for Side {
    fn default() -> Self {
        Self {
            left: f32::INFINITY,
            right: f32::NEG_INFINITY,
            top: f32::INFINITY,
            bottom: f32::NEG_INFINITY,
            filled: 0.0,
            digits: 0,
            others: 0,
            bases: Vec::new(),
        }
    }
}

impl Side {
    /// Takes everything away, and keeps the room for it.
    fn clear(&mut self) {
        let mut bases = std::mem::take(&mut self.bases);
        bases.clear();
        *self = Self { bases, ..Self::default() };
    }

    fn add(&mut self, extent: &Extent, em: f32) {
        self.left = self.left.min(extent.left);
        self.right = self.right.max(extent.right);
        self.top = self.top.min(extent.top);
        self.bottom = self.bottom.max(extent.bottom);
        if extent.size >= 0.7 * em {
            self.filled += extent.right - extent.left;
            self.digits += extent.digits;
            self.others += extent.others;
            self.bases.push(extent.base);
        }
    }

    fn is_prose(&mut self, em: f32) -> bool {
        self.bases.sort_by(f32::total_cmp);
        // Columns of numbers belong to the labels beside them.
        self.digits * 3 <= self.others && self.fills(em, NARROWEST, DENSITY)
    }

    /// Whether the side, sorted before, is filled as no column of a table is.
    fn is_wide_column(&self, em: f32) -> bool {
        self.fills(em, 25.0, 0.85)
    }

    fn fills(&self, em: f32, narrowest: f32, density: f32) -> bool {
        let mut lines = 0_u16;
        let mut last = f32::NEG_INFINITY;
        for &base in &self.bases {
            if base - last > 0.4 * em {
                lines = lines.saturating_add(1);
                last = base;
            }
        }
        let width = self.right - self.left;
        usize::from(lines) >= LINES && width >= narrowest * em && self.filled >= density * width * f32::from(lines)
    }
}
