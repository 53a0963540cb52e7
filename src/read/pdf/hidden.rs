//! Text of a page that is not seen, in the order in which it is drawn, which is the order in which programs that take text from
//! a file come upon it. What it says is not looked at here.
//!
//! The text layer of a scan is hidden too, and lies where the picture shows the same words. So hidden glyphs over an image are
//! no hidden text here, whatever they say.

use std::collections::BTreeMap;

use crate::document::{Concealment, HiddenText, Place, Point, Quad};

use super::source::{Area, Glyph, GlyphText, PageGeom};

/// How many characters of hidden text are kept of a file. Text that addresses someone is short.
pub const MOST_CHARACTERS: usize = 200_000;
/// A gap of more than this part of the size parts words.
const GAP: f32 = 0.2;
/// A step of more than this part of the size across the line is a new line.
const STEP: f32 = 0.4;
/// How far beyond its edges a glyph still counts as on the page, in points.
const MARGIN: f32 = 2.0;

/// Whether a glyph begins on the page as shown.
pub fn is_on_page(glyph: &Glyph, geom: &PageGeom) -> bool {
    let reaches = |at: f32, length: f32| (-MARGIN..=length + MARGIN).contains(&at);
    reaches(glyph.x, geom.width) && reaches(glyph.y, geom.height)
}

/// The hidden text of page number `page` (from 1), of at most `room` characters.
pub fn hidden_text(glyphs: &[Glyph], images: &[Area], geom: &PageGeom, page: u32, room: usize) -> Vec<HiddenText> {
    let mut passages: Vec<Passage<'_>> = Vec::new();
    let seen = Seen::of(glyphs, geom);
    let mut open = false;
    let mut kept = 0;
    for glyph in glyphs {
        let how = concealment(glyph, geom);
        let Some(how) = how.filter(|_| !is_over(glyph, images)) else {
            // White space says nothing of what stands between two passages.
            if !is_blank(glyph) {
                open = false;
            }
            continue;
        };
        // A word that is seen may be painted twice, once as its shadow or within its rim.
        if kept >= room || seen.has_twin(glyph) {
            continue;
        }
        kept += 1;
        match passages.last_mut() {
            Some(passage) if open && passage.how == how => passage.glyphs.push(glyph),
            _ => passages.push(Passage { how, glyphs: vec![glyph] }),
        }
        open = true;
    }
    passages.into_iter().map(|passage| passage.read(page)).filter(|hidden| !hidden.text.is_empty()).collect()
}

/// How a glyph is hidden, if it is.
fn concealment(glyph: &Glyph, geom: &PageGeom) -> Option<Concealment> {
    glyph.concealed.or_else(|| (!is_on_page(glyph, geom)).then_some(Concealment::OffPage))
}

/// Whether a glyph begins over a picture.
pub fn is_over(glyph: &Glyph, images: &[Area]) -> bool {
    let within = |area: &&Area| {
        (area.left..=area.right).contains(&glyph.x) && (area.top..=area.bottom).contains(&(glyph.y - 0.2 * glyph.size))
    };
    images.iter().any(|area| within(&area))
}

fn is_blank(glyph: &Glyph) -> bool {
    matches!(glyph.text, GlyphText::One(one) if one.is_whitespace())
}

/// The glyphs of a page that are seen, by the squares of a grid in which they begin.
struct Seen<'g>(BTreeMap<(i32, i32), Vec<&'g Glyph>>);

impl<'g> Seen<'g> {
    /// How wide a square is, in points: glyphs farther apart are no twins.
    const SQUARE: f32 = 2.0;

    /// Nothing is looked up, and so nothing kept, where all glyphs are seen.
    fn of(glyphs: &'g [Glyph], geom: &PageGeom) -> Self {
        let mut squares: BTreeMap<(i32, i32), Vec<&Glyph>> = BTreeMap::new();
        if glyphs.iter().any(|glyph| concealment(glyph, geom).is_some()) {
            for glyph in glyphs.iter().filter(|glyph| concealment(glyph, geom).is_none()) {
                squares.entry(Self::square(glyph)).or_default().push(glyph);
            }
        }
        Self(squares)
    }

    #[expect(clippy::cast_possible_truncation, reason = "places of glyphs are below a million points")]
    fn square(glyph: &Glyph) -> (i32, i32) {
        ((glyph.x / Self::SQUARE).floor() as i32, (glyph.y / Self::SQUARE).floor() as i32)
    }

    /// Whether a glyph that is seen says the same at the same place.
    fn has_twin(&self, glyph: &Glyph) -> bool {
        let (column, row) = Self::square(glyph);
        let reach = (0.3 * glyph.size).min(Self::SQUARE);
        let near = |own: &&Glyph| own.text == glyph.text && (own.x - glyph.x).hypot(own.y - glyph.y) < reach;
        let squares = (column - 1..=column + 1).flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row)));
        squares.filter_map(|square| self.0.get(&square)).flatten().any(near)
    }
}

/// Glyphs that follow each other and are hidden in one way.
struct Passage<'g> {
    how: Concealment,
    glyphs: Vec<&'g Glyph>,
}

impl Passage<'_> {
    fn read(&self, page: u32) -> HiddenText {
        let mut text = String::new();
        let mut lines: Vec<Vec<&Glyph>> = Vec::new();
        for glyph in &self.glyphs {
            let before = lines.last().and_then(|line| line.last()).copied();
            let joint = before.map_or(Joint::Line, |before| Joint::of(before, glyph));
            if joint != Joint::Close && !text.ends_with(' ') && !text.is_empty() {
                text.push(' ');
            }
            match &glyph.text {
                GlyphText::One(one) if one.is_whitespace() => {
                    if !text.ends_with(' ') && !text.is_empty() {
                        text.push(' ');
                    }
                }
                GlyphText::One(one) => text.push(*one),
                GlyphText::Many(many) => text.push_str(many),
                GlyphText::Unknown => text.push('\u{FFFD}'),
            }
            match lines.last_mut().filter(|_| joint != Joint::Line) {
                Some(line) => line.push(glyph),
                None => lines.push(vec![glyph]),
            }
        }
        text.truncate(text.trim_end().len());
        let places = lines.iter().filter_map(|line| place(line, page)).collect();
        HiddenText { page, how: self.how, text, places }
    }
}

/// How a glyph goes on from the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Close,
    Word,
    Line,
}

impl Joint {
    fn of(before: &Glyph, glyph: &Glyph) -> Self {
        let length = before.dx.hypot(before.dy);
        let size = before.size.max(glyph.size);
        let (along, across) = if length > 0.0 { (before.dx / length, before.dy / length) } else { (1.0, 0.0) };
        let (x, y) = (glyph.x - before.x - before.dx, glyph.y - before.y - before.dy);
        let (gap, step) = (x * along + y * across, y * along - x * across);
        // Further ahead than a few words is another column.
        if step.abs() > STEP * size || gap < -size || gap > 8.0 * size {
            Self::Line
        } else if gap > GAP * size {
            Self::Word
        } else {
            Self::Close
        }
    }
}

/// The place of a line: from the first origin to where the last glyph ends, as high as its letters.
fn place(line: &[&Glyph], page: u32) -> Option<Place> {
    let (first, last) = (line.first()?, line.last()?);
    let length = first.dx.hypot(first.dy);
    let (along, down) = if length > 0.0 { (first.dx / length, first.dy / length) } else { (1.0, 0.0) };
    let size = line.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    // Across the line, upwards: the direction turned a quarter to the left, where y grows downwards.
    let (up_x, up_y) = (down, -along);
    let raised = |x: f32, y: f32, by: f32| Point { x: x + by * size * up_x, y: y + by * size * up_y };
    let (end_x, end_y) = (last.x + last.dx, last.y + last.dy);
    let quad = Quad([
        raised(first.x, first.y, 0.8),
        raised(end_x, end_y, 0.8),
        raised(end_x, end_y, -0.25),
        raised(first.x, first.y, -0.25),
    ]);
    Some(Place::Box { page, quad })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::FixturePage;
    use super::*;

    fn hide(page: &mut FixturePage, from: usize, how: Concealment) {
        page.glyphs[from..].iter_mut().for_each(|glyph| glyph.concealed = Some(how));
    }

    fn read(page: &FixturePage) -> Vec<(Concealment, String, usize)> {
        let hidden = hidden_text(&page.glyphs, &page.images, &page.geom, 1, MOST_CHARACTERS);
        hidden.into_iter().map(|hidden| (hidden.how, hidden.text, hidden.places.len())).collect()
    }

    #[test]
    fn hidden_text_is_read_in_the_order_of_drawing_with_a_place_for_each_line() {
        let mut page = FixturePage::new(600.0, 800.0);
        page.set(40.0, 100.0, 10.0, "Seen");
        let from = page.glyphs.len();
        page.set(40.0, 120.0, 10.0, "not seen");
        page.set(40.0, 132.0, 10.0, "either");
        hide(&mut page, from, Concealment::Colour);
        page.set(40.0, 150.0, 10.0, "seen");
        page.set(700.0, 150.0, 10.0, "beyond");
        let colour = (Concealment::Colour, "not seen either".to_owned(), 2);
        assert_eq!(read(&page), [colour, (Concealment::OffPage, "beyond".to_owned(), 1)]);
        let hidden = hidden_text(&page.glyphs, &[], &page.geom, 3, MOST_CHARACTERS);
        let Place::Box { page: 3, quad } = hidden[0].places[0] else { panic!("a place on page 3") };
        let [left, top, right, bottom] = quad.bounds();
        assert!((left - 40.0).abs() < 0.1 && top < 115.0 && bottom > 120.0 && (right - 77.5).abs() < 0.1, "{quad:?}");
    }

    #[test]
    fn the_text_layer_of_a_picture_and_the_ground_of_a_word_are_no_hidden_text() {
        let mut page = FixturePage::new(600.0, 800.0);
        page.set(40.0, 120.0, 10.0, "scanned");
        hide(&mut page, 0, Concealment::RenderMode);
        page.images.push(Area { left: 0.0, top: 0.0, right: 600.0, bottom: 800.0 });
        assert!(read(&page).is_empty());
        let mut page = FixturePage::new(600.0, 800.0);
        for glyph in ["a", "b"] {
            page.set(40.0, 120.0, 10.0, glyph);
            page.set(40.0, 120.0, 10.0, glyph);
            let from = page.glyphs.len() - 1;
            hide(&mut page, from, Concealment::Colour);
        }
        assert!(read(&page).is_empty());
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let mut page = FixturePage::new(600.0, 800.0);
        page.set(40.0, 120.0, 10.0, "hidden");
        hide(&mut page, 0, Concealment::Size);
        let hidden = hidden_text(&page.glyphs, &[], &page.geom, 1, 3);
        assert_eq!(hidden.iter().map(|hidden| hidden.text.as_str()).collect::<Vec<_>>(), ["hid"]);
    }
}
