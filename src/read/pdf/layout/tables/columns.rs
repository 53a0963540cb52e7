//! The columns of a table: the white bands that part them.
//!
//! A band is an upright strip that nearly no row of data crosses and that some rows leave wide open. Spaces within a cell
//! line up by chance over a few rows, so a band needs wide gaps, not only white.

use std::ops::Range;

use super::rules::UprightRule;
use crate::read::pdf::layout::page::TextLine;

/// How far the baselines of lines at one level are apart at most, in ems: less than half a step from row to row.
const LEVEL: f32 = 0.6;
/// How wide a band is at least, in ems: more than a space between words.
const BAND: f32 = 0.45;
/// Into how many steps the width of a table is cut at most.
const STEPS: f32 = 4_000.0;

/// How far apart, in ems, the left ends of words are at most that line up.
const ALIGNED: f32 = 0.12;

/// A run of characters without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its line of the table.
    pub line: usize,
    /// Its characters in the line.
    pub characters: Range<usize>,
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// Whether a wide gap stands before it.
    pub tab: bool,
    /// Whether it holds a digit.
    pub digit: bool,
}

/// The words of a level: one line, or lines that stand at nearly the same height beside each other, as a raised mark that
/// is alone in its cell does. `levels` gives their places among `lines`.
pub fn words(lines: &[TextLine], level: &[usize]) -> Vec<Word> {
    let mut all: Vec<Word> = level.iter().flat_map(|&at| line_words(at, &lines[at])).collect();
    if level.len() > 1 {
        all.sort_by(|a, b| a.left.total_cmp(&b.left));
        for at in 1..all.len() {
            // Between words of two lines no gap was measured.
            if all[at].line != all[at - 1].line {
                all[at].tab = true;
            }
        }
    }
    all
}

/// Which lines stand at one level, from top to bottom, for the font size `size`.
pub fn levels(lines: &[TextLine], size: f32) -> Vec<Vec<usize>> {
    let beside = |level: &[usize], line: &TextLine| level.iter().all(|&at| is_beside(&lines[at], line, size));
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match out.last_mut() {
            Some(level) if beside(level, line) => level.push(at),
            _ => out.push(vec![at]),
        }
    }
    out
}

/// Whether two lines stand at one level and no word of the one stands over a word of the other.
fn is_beside(a: &TextLine, b: &TextLine, size: f32) -> bool {
    (a.base - b.base).abs() < LEVEL * size && {
        let (ours, theirs) = (line_words(0, a), line_words(0, b));
        ours.iter().all(|word| theirs.iter().all(|other| word.right <= other.left || other.right <= word.left))
    }
}

/// The words of a line, `number` being its place in the table.
pub fn line_words(number: usize, line: &TextLine) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut tab = false;
    let mut open = false;
    for (at, placed) in line.characters.iter().enumerate() {
        if placed.character.is_whitespace() {
            tab |= placed.character == '\t';
            open = false;
            continue;
        }
        let digit = placed.character.is_ascii_digit();
        match out.last_mut() {
            Some(word) if open => {
                word.characters.end = at + 1;
                word.right = word.right.max(placed.right);
                word.digit |= digit;
            }
            _ => out.push(Word {
                line: number,
                characters: at..at + 1,
                left: placed.left,
                right: placed.right,
                tab,
                digit,
            }),
        }
        open = true;
        tab = false;
    }
    out
}

/// Whether the words of a line look like a row of data: a wide gap with a number behind it.
fn is_data(words: &[Word]) -> bool {
    words.iter().skip(1).any(|word| word.tab && word.digit)
}

/// The separators without those before columns in which no piece of data stands alone: between the longest labels and the
/// first values there can be several bands.
pub fn without_empty(separators: Vec<f32>, holds: impl Fn(usize) -> bool) -> Vec<f32> {
    let each = separators.into_iter().enumerate();
    each.filter(|(at, _)| holds(at + 1)).map(|(_, separator)| separator).collect()
}

/// Where the columns are parted, from left to right, for lines of the font size `size`.
pub fn separators(lines: &[Vec<Word>], size: f32) -> Vec<f32> {
    let mut data: Vec<&Vec<Word>> = lines.iter().filter(|words| is_data(words)).collect();
    if data.len() < 2 {
        data = lines.iter().filter(|words| words.iter().any(|word| word.tab)).collect();
    }
    let ends = data.iter().flat_map(|words| words.iter());
    let left = ends.clone().map(|word| word.left).fold(f32::INFINITY, f32::min);
    let right = ends.map(|word| word.right).fold(f32::NEG_INFINITY, f32::max);
    if data.is_empty() || right - left <= size {
        return Vec::new();
    }
    let scale = Scale { left, step: (0.1 * size).max((right - left) / STEPS) };
    let length = scale.cell(right) + 2;
    let aligned = Aligned::of(&data, size);
    let (mut crossed, mut open, mut all) = (vec![0_i32; length], vec![0_i32; length], vec![0_i32; length]);
    for words in &data {
        words.iter().for_each(|word| scale.mark(&mut crossed, word.left, word.right));
        for pair in words.windows(2) {
            // A wide gap, or one that is wider than a space, between numbers or before words that line up.
            let wider = pair[1].left - pair[0].right >= BAND * size;
            let wide =
                pair[1].tab || (wider && ((pair[0].digit && pair[1].digit) || aligned.holds(pair[1].left, size)));
            if wide && pair[1].left > pair[0].right {
                scale.mark(&mut open, pair[0].right, pair[1].left);
            }
        }
    }
    for word in lines.iter().flatten().filter(|word| word.right > left && word.left < right) {
        scale.mark(&mut all, word.left, word.right);
    }
    for counts in [&mut crossed, &mut open, &mut all] {
        sum(counts);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "a page has few rows")]
    let (few, enough) = ((data.len() / 8) as i32, if data.len() <= 3 { 1 } else { 2 });
    bands(&crossed, few)
        .into_iter()
        .filter(|band| scale.width(band) >= BAND * size && open[band.clone()].iter().any(|open| *open >= enough))
        // Within a band the column is parted where the fewest names of the header are cut, too.
        .map(|band| scale.middle(&clearest(&all, &clearest(&crossed, &band))))
        .collect()
}

/// Adds the places where upright rules part columns that no band parts: where at least half of the lines stand beside
/// the rule, words on both sides of it, and none crosses it.
pub fn with_drawn(
    mut separators: Vec<f32>,
    lines: &[Vec<Word>],
    at: &[(f32, f32)],
    uprights: &[UprightRule],
) -> Vec<f32> {
    /// More upright rules than columns of any table: a figure.
    const MOST: usize = 64;
    let own: Vec<&UprightRule> = uprights.iter().take(MOST + 1).collect();
    if own.len() > MOST {
        return separators;
    }
    for rule in own {
        let beside: Vec<&Vec<Word>> = lines
            .iter()
            .zip(at)
            .filter(|(words, (top, base))| {
                !words.is_empty() && f32::midpoint(*top, *base) > rule.top && f32::midpoint(*top, *base) < rule.bottom
            })
            .map(|(words, _)| words)
            .collect();
        let words = || beside.iter().flat_map(|words| words.iter());
        let crossed = words().any(|word| word.left < rule.at && word.right > rule.at);
        let (before, after) = (words().any(|word| word.right <= rule.at), words().any(|word| word.left >= rule.at));
        let parted = separators.iter().any(|other| {
            let (from, to) = (other.min(rule.at), other.max(rule.at));
            !words()
                .any(|word| f32::midpoint(word.left, word.right) > from && f32::midpoint(word.left, word.right) < to)
        });
        if beside.len() >= 3 && beside.len() * 2 >= lines.len() && !crossed && before && after && !parted {
            separators.push(rule.at);
        }
    }
    separators.sort_by(f32::total_cmp);
    separators
}

/// The left ends behind gaps, and of the first words of rows, at which words line up from row to row.
struct Aligned {
    lefts: Vec<f32>,
    enough: usize,
}

impl Aligned {
    fn of(data: &[&Vec<Word>], size: f32) -> Self {
        let pairs = data.iter().flat_map(|words| words.windows(2));
        let gaps = pairs.filter(|pair| pair[1].left - pair[0].right >= BAND * size);
        let mut lefts: Vec<f32> = gaps.map(|pair| pair[1].left).collect();
        // A row without a label begins at its second column.
        lefts.extend(data.iter().filter_map(|words| words.first()).map(|first| first.left));
        lefts.sort_by(f32::total_cmp);
        Self { lefts, enough: (data.len() * 2 / 3).max(3) }
    }

    fn holds(&self, left: f32, size: f32) -> bool {
        let from = self.lefts.partition_point(|other| *other < left - ALIGNED * size);
        let to = self.lefts.partition_point(|other| *other <= left + ALIGNED * size);
        to - from >= self.enough
    }
}

/// The stretches that at most `few` rows cross, the ones at either end left out.
fn bands(crossed: &[i32], few: i32) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = None;
    let mut met = false;
    for (at, count) in crossed.iter().enumerate() {
        match (*count <= few, from) {
            (true, None) if met => from = Some(at),
            (false, Some(start)) => {
                out.push(start..at);
                from = None;
            }
            _ => {}
        }
        met |= *count > few;
    }
    out
}

/// The longest part of a band that the fewest rows cross.
fn clearest(crossed: &[i32], band: &Range<usize>) -> Range<usize> {
    let least = crossed[band.clone()].iter().min().copied().unwrap_or(0);
    let mut best = band.start..band.start;
    let mut at = band.start;
    while at < band.end {
        let end = at + crossed[at..band.end].iter().take_while(|count| **count == least).count();
        if end - at > best.len() {
            best = at..end;
        }
        at = end.max(at + 1);
    }
    best
}

fn sum(counts: &mut [i32]) {
    let mut total = 0;
    for count in counts {
        total += *count;
        *count = total;
    }
}

/// The width of a table in small steps.
struct Scale {
    left: f32,
    step: f32,
}

impl Scale {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand steps at most")]
    fn cell(&self, x: f32) -> usize {
        ((x - self.left) / self.step).clamp(0.0, STEPS + 1.0) as usize
    }

    fn mark(&self, counts: &mut [i32], from: f32, to: f32) {
        let (from, to) = (self.cell(from), self.cell(to));
        counts[from] += 1;
        if let Some(end) = counts.get_mut(to.max(from + 1)) {
            *end -= 1;
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand steps at most")]
    fn width(&self, band: &Range<usize>) -> f32 {
        band.len() as f32 * self.step
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand steps at most")]
    fn middle(&self, band: &Range<usize>) -> f32 {
        self.left + (band.start + band.end) as f32 / 2.0 * self.step
    }
}
