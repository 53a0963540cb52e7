//! Chunks: glyphs of one size on one baseline without a wide gap, the pieces that columns and lines are made of.

use super::frame::Mark;

/// The gap, in ems, that parts two chunks. Narrower than any gutter, wider than most spaces between words.
const GAP: f32 = 0.55;

/// Glyphs of one size on one baseline.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The glyphs from left to right, spaces among them and maybe one before them.
    pub marks: Vec<Mark>,
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// The baseline.
    pub base: f32,
    /// The font size.
    pub size: f32,
}

impl Chunk {
    /// About the top of the letters.
    pub fn top(&self) -> f32 {
        self.base - 0.75 * self.size
    }

    /// About the bottom of the letters.
    pub fn bottom(&self) -> f32 {
        self.base + 0.22 * self.size
    }

    /// How long it is.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// The characters without spaces, for patterns.
    pub fn letters(&self) -> String {
        use crate::read::pdf::source::GlyphText;
        let mut text = String::new();
        for mark in &self.marks {
            match &mark.text {
                GlyphText::One(one) if !one.is_whitespace() => text.push(*one),
                GlyphText::Many(many) => text.push_str(many.trim()),
                GlyphText::Unknown => text.push('\u{FFFD}'),
                GlyphText::One(_) => {}
            }
        }
        text
    }
}

/// Joins marks to chunks. The order of the result is by size class, baseline and left end.
pub fn chunks(mut marks: Vec<Mark>) -> Vec<Chunk> {
    #[expect(clippy::cast_possible_truncation, reason = "font sizes are far below the limits of the type")]
    let class = |mark: &Mark| (mark.size * 2.0).round() as i32;
    marks.sort_by(|a, b| class(a).cmp(&class(b)).then(a.base.total_cmp(&b.base)).then(a.left.total_cmp(&b.left)));
    let mut all = Vec::new();
    let mut row: Vec<Mark> = Vec::new();
    for mark in marks {
        let same = row
            .first()
            .is_some_and(|first| class(first) == class(&mark) && (mark.base - first.base).abs() <= 0.12 * mark.size);
        if !same {
            cut_row(std::mem::take(&mut row), &mut all);
        }
        row.push(mark);
    }
    cut_row(row, &mut all);
    all
}

/// Cuts one row at its wide gaps.
fn cut_row(mut row: Vec<Mark>, all: &mut Vec<Chunk>) {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut open: Option<Chunk> = None;
    let mut spaces: Vec<Mark> = Vec::new();
    for mark in row {
        if mark.is_space() {
            spaces.push(mark);
            continue;
        }
        match &mut open {
            Some(chunk) if mark.left - chunk.right <= GAP * mark.size => {
                chunk.marks.append(&mut spaces);
                chunk.right = chunk.right.max(mark.right);
                chunk.marks.push(mark);
            }
            _ => {
                all.extend(open.take());
                let (left, right, base, size) = (mark.left, mark.right, mark.base, mark.size);
                // A space right before the first glyph parts it from a script that stands before it.
                let mut marks: Vec<Mark> =
                    spaces.pop().filter(|space| left - space.right < 0.1 * size).into_iter().collect();
                spaces.clear();
                marks.push(mark);
                open = Some(Chunk { marks, left, right, base, size });
            }
        }
    }
    all.extend(open);
}

/// The font size that most glyphs have, rounded to half points; zero without glyphs.
pub fn dominant_size<'c>(chunks: impl IntoIterator<Item = &'c Chunk>) -> f32 {
    let mut counts: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for chunk in chunks {
        #[expect(clippy::cast_possible_truncation, reason = "font sizes are far below the limits of the type")]
        let class = (chunk.size * 4.0).round() as i32;
        *counts.entry(class).or_default() += chunk.marks.len();
    }
    let most = counts.into_iter().max_by_key(|&(class, count)| (count, std::cmp::Reverse(class)));
    #[expect(clippy::cast_precision_loss, reason = "font sizes are small")]
    most.map_or(0.0, |(class, _)| class as f32 / 4.0)
}
