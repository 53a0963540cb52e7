//! Line numbers in the margin of a manuscript, set apart before columns are looked for.

use std::collections::BTreeMap;

use super::chunks::{Chunk, dominant_size};

/// How many numbers make a column of line numbers at least.
const FEWEST: usize = 6;

/// How far, in points, the ends of numbers one below the other lie apart at most.
const ALIGNED: f32 = 0.5;
/// How small, against the text, the numbers of lines are that stand between two columns.
const SMALL: f32 = 0.75;

/// Parts the chunks into text and line numbers. Two columns may have theirs on both outer sides of the page, or those of the second
/// column between the two, in small print.
pub fn line_numbers(chunks: Vec<Chunk>) -> (Vec<Chunk>, Vec<Chunk>) {
    let left = chunks.iter().map(|chunk| chunk.left).fold(f32::INFINITY, f32::min);
    let right = chunks.iter().map(|chunk| chunk.right).fold(f32::NEG_INFINITY, f32::max);
    // Numbers stand within three ems of the text's outer edge.
    let beside_left = |chunk: &Chunk| chunk.right - left < 3.0 * chunk.size;
    let beside_right = |chunk: &Chunk| right - chunk.left < 3.0 * chunk.size;
    let (body, mut numbers) = beside(chunks, &beside_left);
    let (mut body, others) = beside(body, &beside_right);
    numbers.extend(others);
    let text = dominant_size(&body);
    for edge in small_columns(&body, text) {
        let (rest, between) = beside(body, &|chunk| chunk.size <= SMALL * text && (chunk.right - edge).abs() < ALIGNED);
        body = rest;
        numbers.extend(between);
    }
    (body, numbers)
}

/// The right edges at which small numbers end one below the other, from left to right. Marks of notes, as small, end anywhere.
fn small_columns(chunks: &[Chunk], text: f32) -> Vec<f32> {
    let small = chunks.iter().filter(|chunk| chunk.size <= SMALL * text && number(chunk).is_some());
    let mut ends: Vec<f32> = small.map(|chunk| chunk.right).collect();
    ends.sort_by(f32::total_cmp);
    let columns = ends.chunk_by(|a, b| b - a < ALIGNED);
    columns.filter(|column| column.len() >= FEWEST).map(|column| column[column.len() / 2]).collect()
}

/// The number that a chunk is.
fn number(chunk: &Chunk) -> Option<i64> {
    let text = chunk.letters();
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Parts the chunks into text and the line numbers that stand where `beside` says.
fn beside(chunks: Vec<Chunk>, beside: &dyn Fn(&Chunk) -> bool) -> (Vec<Chunk>, Vec<Chunk>) {
    let mut found: Vec<(f32, i64, f32)> = chunks
        .iter()
        .filter(|chunk| beside(chunk))
        .filter_map(|chunk| Some((chunk.base, number(chunk)?, chunk.size)))
        .collect();
    if found.len() < FEWEST {
        return (chunks, Vec::new());
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (step, even, size) = usual_step(&found);
    if !(1..=10).contains(&step) || even * 10 < (found.len() - 1) * 9 {
        return (chunks, Vec::new());
    }
    chunks.into_iter().partition(|chunk| !(beside(chunk) && number(chunk).is_some() && (chunk.size - size).abs() < 0.5))
}

/// The step that most neighbours among the numbers make, how many make it, and the size of the first that does. The first
/// step of all will not do: the number of the page may stand above the numbers of the lines.
fn usual_step(found: &[(f32, i64, f32)]) -> (i64, usize, f32) {
    let mut steps: BTreeMap<i64, (usize, f32)> = BTreeMap::new();
    for pair in found.windows(2) {
        steps.entry(pair[1].1 - pair[0].1).or_insert((0, pair[0].2)).0 += 1;
    }
    let most = steps.into_iter().max_by_key(|&(step, (count, _))| (count, std::cmp::Reverse(step)));
    most.map_or((0, 0, 0.0), |(step, (count, size))| (step, count, size))
}
