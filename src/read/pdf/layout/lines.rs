//! Lines of a region: chunks on one baseline, with the smaller chunks that touch them as sub- and superscripts.

use std::collections::BTreeMap;

use super::chunks::Chunk;
use super::frame::Mark;
use crate::read::scripts::Script;

/// How many lines near a chunk are looked at: a page that piles thousands of lines on one place is no prose.
const MOST_LINES: usize = 200;
/// How many glyphs may be a script that touches its line only by another script.
const FEW: usize = 3;
/// How wide a space between the words of a justified line is at most, in ems.
const WORD_SPACE: f32 = 0.8;
/// How many pieces of a line are looked at for a neighbour.
const MOST_PIECES: usize = 400;

/// A piece of a line.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its glyphs.
    pub chunk: Chunk,
    /// Whether it is raised or lowered.
    pub script: Script,
}

impl Piece {
    /// Whether it is text on the baseline, between whose glyphs the other pieces stand.
    fn is_main(&self) -> bool {
        self.script == Script::Base && !hangs(&self.chunk)
    }
}

/// Chunks that make one line.
#[derive(Clone, Debug)]
pub struct RawLine {
    /// From left to right.
    pub pieces: Vec<Piece>,
    /// The baseline.
    pub base: f32,
    /// The size of the letters on the baseline.
    pub size: f32,
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
}

impl RawLine {
    fn new(chunk: Chunk) -> Self {
        let Chunk { base, size, left, right, .. } = chunk;
        Self { pieces: vec![Piece { chunk, script: Script::Base }], base, size, left, right }
    }

    fn take(&mut self, piece: Piece) {
        self.left = self.left.min(piece.chunk.left);
        self.right = self.right.max(piece.chunk.right);
        self.pieces.push(piece);
    }

    /// Parts the pieces on the baseline where another piece (a script, a letter of another size) stands between their
    /// glyphs, so that the order by left ends is the order of reading.
    fn part_at_others(&mut self) {
        if self.pieces.len() < 2 {
            return;
        }
        // A space before the first glyph of a piece stays with it.
        let start = |piece: &Piece| piece.chunk.marks.first().map_or(piece.chunk.left, |mark| mark.left);
        let mut at: Vec<f32> = self.pieces.iter().map(start).collect();
        at.sort_by(f32::total_cmp);
        let slack = 0.02 * self.size;
        let mut parted = Vec::with_capacity(self.pieces.len() + at.len());
        for piece in self.pieces.drain(..) {
            if !piece.is_main() {
                parted.push(piece);
                continue;
            }
            let before = |mark: &Mark| at.partition_point(|script| *script <= mark.left + slack);
            for marks in piece.chunk.marks.chunk_by(|a, b| before(a) == before(b)) {
                if marks.iter().all(Mark::is_space) {
                    continue;
                }
                let left = marks.iter().find(|mark| !mark.is_space()).map_or(piece.chunk.left, |mark| mark.left);
                let right = marks.iter().filter(|mark| !mark.is_space()).map(|mark| mark.right);
                let right = right.fold(f32::NEG_INFINITY, f32::max);
                let chunk =
                    Chunk { marks: marks.to_vec(), left, right, base: piece.chunk.base, size: piece.chunk.size };
                parted.push(Piece { chunk, script: Script::Base });
            }
        }
        self.pieces = parted;
    }

    /// All glyphs with their script, in the order of reading.
    pub fn marks(&self) -> impl Iterator<Item = (&Mark, Script)> {
        self.pieces.iter().flat_map(|piece| piece.chunk.marks.iter().map(move |mark| (mark, piece.script)))
    }
}

/// Lines as they are being built.
#[derive(Default)]
struct Lines {
    all: Vec<RawLine>,
    /// The indices of the lines by their baseline, to look at close ones only.
    by_base: BTreeMap<i32, Vec<usize>>,
}

impl Lines {
    /// Gives a chunk to the line that it belongs to; gives it back where there is none yet.
    fn seat(&mut self, chunk: Chunk) -> Option<Chunk> {
        match home(&chunk, &self.all, &self.by_base) {
            Some((line, script)) => {
                self.all[line].take(Piece { chunk, script });
                None
            }
            None => Some(chunk),
        }
    }

    /// Begins a line with a chunk.
    fn begin(&mut self, chunk: Chunk) {
        self.by_base.entry(cell(chunk.base)).or_default().push(self.all.len());
        self.all.push(RawLine::new(chunk));
    }
}

/// Builds the lines of a region, from top to bottom.
pub fn lines(mut chunks: Vec<Chunk>) -> Vec<RawLine> {
    // Larger chunks first, so that a script finds its line; then the order of the page.
    chunks.sort_by(|a, b| b.size.total_cmp(&a.size).then(a.base.total_cmp(&b.base)).then(a.left.total_cmp(&b.left)));
    // Signs that hang in a line come last, when all lines are there.
    let (hanging, standing): (Vec<Chunk>, Vec<Chunk>) = chunks.into_iter().partition(hangs);
    let mut lines = Lines::default();
    // A few small glyphs may touch their line only by another script that comes later, as the 2 of "η" with both a
    // lowered p and a raised 2 does: they are tried a second time before they make a line of their own.
    let mut homeless = Vec::new();
    for chunk in standing {
        if let Some(alone) = lines.seat(chunk) {
            if alone.marks.len() <= FEW { homeless.push(alone) } else { lines.begin(alone) }
        }
    }
    for chunk in homeless.into_iter().chain(hanging) {
        if let Some(alone) = lines.seat(chunk) {
            lines.begin(alone);
        }
    }
    let mut all = lines.all;
    for line in &mut all {
        line.part_at_others();
        line.pieces.sort_by(|a, b| a.chunk.left.total_cmp(&b.chunk.left));
    }
    all.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    all
}

/// Baselines in steps of four points.
#[expect(clippy::cast_possible_truncation, reason = "places are below a million points")]
fn cell(base: f32) -> i32 {
    (base / 4.0).floor() as i32
}

/// The line that a chunk belongs to, if one is there already.
fn home(chunk: &Chunk, lines: &[RawLine], by_base: &BTreeMap<i32, Vec<usize>>) -> Option<(usize, Script)> {
    let reach = (chunk.size * 1.6).min(80.0);
    let near = by_base.range(cell(chunk.base - reach)..=cell(chunk.base + reach)).flat_map(|(_, found)| found);
    let mut best: Option<(f32, usize, Script)> = None;
    for &index in near.take(MOST_LINES) {
        let line = &lines[index];
        let shift = line.base - chunk.base;
        // Smaller letters a little off the line are scripts, letters of the line's size are only set unevenly.
        let slack = if chunk.size < 0.86 * line.size { 0.04 * line.size } else { 0.15 * line.size.min(chunk.size) };
        let candidate = if shift.abs() <= slack.max(0.15) {
            Some((shift.abs() * 0.1, Script::Base))
        } else {
            script_of(chunk, line, shift)
        };
        if let Some((cost, script)) = candidate
            && best.as_ref().is_none_or(|(least, _, _)| cost < *least)
        {
            best = Some((cost, index, script));
        }
    }
    best.map(|(_, index, script)| (index, script))
}

/// Whether the chunk is a script of the line: smaller, shifted, and touching one of its pieces. The cost is the distance.
fn script_of(chunk: &Chunk, line: &RawLine, shift: f32) -> Option<(f32, Script)> {
    let ratio = chunk.size / line.size;
    if hangs(chunk)
        && let Some(cost) = pieces_of_mathematics(chunk, line, shift)
    {
        return Some((cost, Script::Base));
    }
    if !(0.4..0.86).contains(&ratio) || chunk.width() > 12.0 * line.size {
        return None;
    }
    let raised = (0.04..0.85).contains(&(shift / line.size));
    let lowered = (-0.5..-0.04).contains(&(shift / line.size));
    if !raised && !lowered {
        return None;
    }
    let gaps = |piece: &Piece| (chunk.left - piece.chunk.right).max(piece.chunk.left - chunk.right).max(0.0);
    let pieces = || line.pieces.iter().take(MOST_PIECES);
    let distance = pieces().map(gaps).fold(f32::INFINITY, f32::min);
    // A list of marks goes on over a space between words: "trials" with a raised "25 28–31".
    let listed = raised && lists_marks(chunk) && pieces().any(|piece| goes_on(piece, chunk, line.size));
    let reach = if listed { WORD_SPACE } else { 0.3 };
    (distance <= reach * line.size).then_some((distance, if raised { Script::Super } else { Script::Sub }))
}

/// Whether a raised chunk right behind a raised piece, a space apart, is the next of its list.
fn goes_on(piece: &Piece, chunk: &Chunk, size: f32) -> bool {
    let gap = chunk.left - piece.chunk.right;
    piece.script == Script::Super
        && lists_marks(&piece.chunk)
        && (piece.chunk.base - chunk.base).abs() <= 0.1 * chunk.size
        && (piece.chunk.size - chunk.size).abs() <= 0.1 * chunk.size
        && (0.0..=WORD_SPACE * size).contains(&gap)
}

/// Whether a chunk is numbers alone, with what stands between the numbers of a list of marks.
fn lists_marks(chunk: &Chunk) -> bool {
    let letters = chunk.letters();
    letters.starts_with(|letter: char| letter.is_ascii_digit())
        && letters.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '-' | '\u{2013}'))
}

/// Accents set apart from their letters, and radicals and large signs whose glyphs hang from their origin, belong to the
/// line that they stand in. The cost is the distance from it.
fn pieces_of_mathematics(chunk: &Chunk, line: &RawLine, shift: f32) -> Option<f32> {
    let reach = (-0.6..1.7).contains(&(shift / line.size));
    let inside = chunk.left > line.left - line.size && chunk.right < line.right + line.size;
    (reach && inside && chunk.width() < 3.0 * line.size && hangs(chunk))
        .then_some(1.0 + (shift - 0.4 * line.size).abs())
}

/// Whether the chunk is nothing but an accent, a radical or pieces of large signs.
fn hangs(chunk: &Chunk) -> bool {
    const SIGNS: &str = "√∑∏∫˜ˆ¯˙¨´`˘ˇ~^∼→\u{20D7}";
    let piece = |letter: char| {
        SIGNS.contains(letter)
            || ('\u{239B}'..='\u{23AE}').contains(&letter)
            || ('\u{F8E5}'..='\u{F8FE}').contains(&letter)
    };
    chunk.marks.len() <= 3 && chunk.letters().chars().all(piece)
}
