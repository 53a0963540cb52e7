//! What lies painted under a place of a page: whether text of a colour can be told from it.
//!
//! Nothing is drawn. Boxes are kept with their colours in the order in which they are painted, and text counts as painted in the
//! colour of its ground only where that is certain: what is no upright box, what has a pattern, a picture or an opacity,
//! and what is mixed with its ground is of no known colour, and text over it is taken to be seen.

use hayro_interpret::{BlendMode, ClipPath};
use hayro_interpret::{DrawMode, DrawProps, Paint, StrokeProps};
use kurbo::{BezPath, PathEl, Rect, Shape};

/// A colour: red, green and blue in 255ths.
pub(super) type Rgb = [u8; 3];

/// The colour of paper.
const PAPER: Rgb = [255; 3];
/// In each channel at most this much apart, two colours cannot be told: a forty-third of the way from black to white.
const ALIKE: u8 = 6;
/// How many paints are kept of a page. On one with more, no text is taken to have the colour of its ground.
const MOST_PAINTS: usize = 60_000;
/// A word has no room in a lower or narrower box, in points.
const ROOM: f64 = 3.0;
/// A glyph that is the ground of another is so much larger.
const LARGER: f64 = 1.15;
/// A path of more elements is one box around it.
const MOST_ELEMENTS: usize = 64;

/// Something that was painted.
#[derive(Clone, Copy)]
struct Painted {
    /// The box around it.
    bounds: Rect,
    /// Whether it fills the box.
    whole: bool,
    /// Its colour, where it has one that hides what lies under it.
    colour: Option<Rgb>,
}

/// A group that is painted as one.
#[derive(Clone, Copy)]
struct Group {
    /// Its opacity.
    opacity: f32,
    /// Whether it is put on the page as it is.
    plain: bool,
}

/// How text would be painted.
pub(super) struct Ink {
    /// Its colour; none where it has no single one.
    pub colour: Option<Rgb>,
    /// Whether it has no opacity at all.
    pub is_clear: bool,
}

/// What was painted on a page so far.
#[derive(Default)]
pub(super) struct Ground {
    painted: Vec<Painted>,
    /// Which of it could hide a word: boxes of one colour that a word has room in.
    boxes: Vec<usize>,
    /// The boxes around glyphs that are seen, with their sizes: a large sign may be the ground of a small one.
    glyphs: Vec<(Rect, f64)>,
    /// The boxes around the clips in force, each with whether the clip fills it.
    clips: Vec<(Rect, bool)>,
    groups: Vec<Group>,
}

impl Ground {
    /// A clip comes into force.
    pub fn clip(&mut self, path: &ClipPath) {
        self.clips.push((path.path.bounding_box(), is_box(&path.path)));
    }

    /// The last clip ends.
    pub fn unclip(&mut self) {
        self.clips.pop();
    }

    /// A group begins; `masked` where a mask cuts it.
    pub fn begin_group(&mut self, opacity: f32, masked: bool, blend: BlendMode) {
        self.groups.push(Group { opacity, plain: !masked && opacity > 0.99 && blend == BlendMode::Normal });
    }

    /// The last group ends.
    pub fn end_group(&mut self) {
        self.groups.pop();
    }

    /// The ink that drawing with these properties puts on the page.
    pub fn ink(&self, props: &DrawProps<'_>) -> Ink {
        let opacity: f32 = self.groups.iter().map(|group| group.opacity).product();
        let plain = props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        let plain = plain && self.groups.iter().all(|group| group.plain);
        let Paint::Color(colour) = &props.paint else { return Ink { colour: None, is_clear: opacity < CLEAR } };
        let colour = colour.to_rgba();
        let [red, green, blue, _] = colour.to_rgba8();
        Ink { colour: plain.then_some([red, green, blue]), is_clear: opacity * colour.components()[3] < CLEAR }
    }

    /// A path is painted.
    pub fn path(&mut self, placed: &BezPath, props: &DrawProps<'_>, mode: &DrawMode, scale: f64) {
        let ink = self.ink(props);
        if ink.is_clear {
            return;
        }
        let opaque = matches!(&props.paint, Paint::Color(colour) if colour.to_rgba().components()[3] > 0.99);
        let colour = ink.colour.filter(|_| opaque);
        match mode {
            DrawMode::Fill(_) => self.fill(placed, colour),
            DrawMode::Stroke(stroke) => self.stroke(placed, stroke, scale, colour),
            DrawMode::FillAndStroke(_, stroke) => {
                self.fill(placed, colour);
                self.stroke(placed, stroke, scale, colour);
            }
            DrawMode::Invisible => {}
        }
    }

    fn fill(&mut self, placed: &BezPath, colour: Option<Rgb>) {
        self.put(placed.bounding_box(), is_box(placed), colour);
    }

    /// The pieces of a stroke one by one, so that a frame does not count as what it surrounds.
    fn stroke(&mut self, placed: &BezPath, stroke: &StrokeProps, scale: f64, colour: Option<Rgb>) {
        let half = f64::from(stroke.line_width) * scale / 2.0;
        if placed.elements().len() > MOST_ELEMENTS {
            self.put(placed.bounding_box().inflate(half, half), false, colour);
            return;
        }
        for segment in placed.segments() {
            self.put(segment.bounding_box().inflate(half, half), false, colour);
        }
    }

    /// An image, or anything else whose colours are not looked at, is painted in a box.
    pub fn picture(&mut self, bounds: Rect) {
        self.put(bounds, false, None);
    }

    fn put(&mut self, bounds: Rect, whole: bool, colour: Option<Rgb>) {
        let clipped = self.clips.iter().fold(bounds, |bounds, (clip, _)| bounds.intersect(*clip));
        let whole = whole && self.clips.iter().all(|(_, whole)| *whole);
        if self.painted.len() <= MOST_PAINTS && !is_empty(clipped) {
            if whole && colour.is_some() && clipped.width().min(clipped.height()) >= ROOM {
                self.boxes.push(self.painted.len());
            }
            self.painted.push(Painted { bounds: clipped, whole, colour });
        }
    }

    /// A glyph of a size is painted so that it is seen.
    pub fn glyph(&mut self, bounds: Rect, size: f64) {
        self.glyphs.push((bounds, size));
    }

    /// Whether the ink of a glyph of a size, in a box, has the colour of all that lies under it.
    pub fn hides(&self, ink: Rgb, bounds: Rect, size: f64) -> bool {
        if self.painted.len() > MOST_PAINTS || is_empty(bounds) {
            return false;
        }
        let of_ink = |under: &Painted| under.colour.is_some_and(|colour| alike(colour, ink));
        let could = |under: &Painted| of_ink(under) && contains(under.bounds, bounds);
        // Most ink is black on paper, and need not be held against all that was painted.
        if !alike(PAPER, ink) && !self.boxes.iter().filter_map(|at| self.painted.get(*at)).any(could) {
            return false;
        }
        let larger = |&(glyph, own): &(Rect, f64)| own > LARGER * size && !is_empty(glyph.intersect(bounds));
        if self.glyphs.iter().any(larger) {
            return false;
        }
        for under in self.painted.iter().rev().filter(|under| !is_empty(under.bounds.intersect(bounds))) {
            if !of_ink(under) {
                return false;
            }
            if under.whole && contains(under.bounds, bounds) {
                return true;
            }
        }
        alike(PAPER, ink)
    }
}

/// Below this opacity nothing is seen.
const CLEAR: f32 = 0.02;

fn alike(one: Rgb, other: Rgb) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= ALIKE)
}

/// Whether a box has no inside. Unlike that of `Rect`, also where its sides are exchanged, as those of an intersection of boxes
/// apart may be.
fn is_empty(bounds: Rect) -> bool {
    bounds.x1 <= bounds.x0 || bounds.y1 <= bounds.y0
}

fn contains(outer: Rect, inner: Rect) -> bool {
    outer.x0 <= inner.x0 && outer.y0 <= inner.y0 && outer.x1 >= inner.x1 && outer.y1 >= inner.y1
}

/// Whether a path is one upright box.
fn is_box(path: &BezPath) -> bool {
    const SLACK: f64 = 0.01;
    let mut corners = Vec::with_capacity(6);
    for element in path.elements() {
        match element {
            PathEl::MoveTo(point) if corners.is_empty() => corners.push(*point),
            PathEl::LineTo(point) if !corners.is_empty() && corners.len() < 6 => corners.push(*point),
            PathEl::ClosePath => {}
            _ => return false,
        }
    }
    if let (Some(first), Some(last)) = (corners.first(), corners.last())
        && corners.len() == 5
        && (*first - *last).hypot() < SLACK
    {
        corners.pop();
    }
    let [a, b, c, d] = corners[..] else { return false };
    let level = |one: f64, other: f64| (one - other).abs() < SLACK;
    let first_across = level(a.y, b.y) && level(b.x, c.x) && level(c.y, d.y) && level(d.x, a.x);
    let first_down = level(a.x, b.x) && level(b.y, c.y) && level(c.x, d.x) && level(d.y, a.y);
    first_across || first_down
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Rgb = [0; 3];
    const WORD: Rect = Rect::new(100.0, 100.0, 130.0, 110.0);

    fn page(painted: &[(Rect, bool, Option<Rgb>)]) -> Ground {
        let mut ground = Ground::default();
        for (bounds, whole, colour) in painted {
            ground.put(*bounds, *whole, *colour);
        }
        ground
    }

    #[test]
    fn ink_is_hidden_by_its_own_colour_alone() {
        let wide = Rect::new(0.0, 0.0, 600.0, 800.0);
        let beside = Rect::new(200.0, 100.0, 300.0, 110.0);
        let half = Rect::new(100.0, 100.0, 115.0, 110.0);
        for (painted, ink, hidden, why) in [
            (vec![], PAPER, true, "white on paper"),
            (vec![], [250; 3], true, "nearly white on paper"),
            (vec![], [240; 3], false, "light grey can be seen"),
            (vec![], BLACK, false, "black on paper"),
            (vec![(wide, true, Some(BLACK))], BLACK, true, "black on black"),
            (vec![(wide, true, Some(BLACK))], PAPER, false, "white on black"),
            (vec![(wide, true, Some(BLACK)), (wide, true, Some(PAPER))], PAPER, true, "the upper paint counts"),
            (vec![(beside, true, Some(BLACK))], PAPER, true, "what lies beside does not count"),
            (vec![(half, true, Some(BLACK))], PAPER, false, "half of it can be seen"),
            (vec![(half, true, Some(BLACK))], BLACK, false, "the other half can be seen"),
            (vec![(wide, false, None)], PAPER, false, "a picture has no known colour"),
            (vec![(wide, false, Some(BLACK))], BLACK, false, "a shape may leave the place free"),
            (vec![(wide, false, Some(PAPER))], PAPER, true, "a white shape on paper changes nothing"),
        ] {
            assert_eq!(page(&painted).hides(ink, WORD, 10.0), hidden, "{why}");
        }
    }

    #[test]
    fn a_clip_cuts_what_is_painted() {
        let mut ground = Ground::default();
        ground.clip(&ClipPath {
            path: Rect::new(300.0, 300.0, 400.0, 400.0).to_path(0.1),
            fill: hayro_interpret::FillRule::NonZero,
        });
        ground.put(Rect::new(0.0, 0.0, 600.0, 800.0), true, Some(BLACK));
        ground.unclip();
        assert!(!ground.hides(BLACK, WORD, 10.0), "the black is elsewhere");
        assert!(ground.hides(BLACK, Rect::new(310.0, 310.0, 320.0, 320.0), 10.0));
    }

    #[test]
    fn a_large_sign_may_be_the_ground_of_a_digit() {
        let mut ground = Ground::default();
        ground.glyph(Rect::new(95.0, 95.0, 135.0, 115.0), 20.0);
        assert!(!ground.hides(PAPER, WORD, 10.0));
        assert!(ground.hides(PAPER, WORD, 20.0), "letters of a line do not hide each other");
    }

    #[test]
    fn boxes_are_told_from_other_shapes() {
        assert!(is_box(&WORD.to_path(0.1)));
        let corners = |points: &[(f64, f64)]| {
            let mut path = BezPath::new();
            path.move_to(points[0]);
            points[1..].iter().for_each(|point| path.line_to(*point));
            path
        };
        assert!(is_box(&corners(&[(0.0, 0.0), (0.0, 5.0), (9.0, 5.0), (9.0, 0.0), (0.0, 0.0)])));
        assert!(!is_box(&corners(&[(0.0, 0.0), (0.0, 5.0), (9.0, 6.0), (9.0, 0.0)])));
        assert!(!is_box(&corners(&[(0.0, 0.0), (0.0, 5.0), (9.0, 5.0)])));
    }
}
