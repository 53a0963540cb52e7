//! Line numbers in the margin of a manuscript, set apart before columns are looked for.

use super::chunks::Chunk;

/// How many numbers make a column of line numbers at least.
const FEWEST: usize = 6;

/// Parts the chunks into text and line numbers.
pub fn line_numbers(chunks: Vec<Chunk>) -> (Vec<Chunk>, Vec<Chunk>) {
    let left = chunks.iter().map(|chunk| chunk.left).fold(f32::INFINITY, f32::min);
    let right = chunks.iter().map(|chunk| chunk.right).fold(f32::NEG_INFINITY, f32::max);
    // Numbers stand within three ems of the text's outer edge on one side.
    let number = |chunk: &Chunk| {
        let text = chunk.letters();
        ((1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<i64>().ok())
            .flatten()
    };
    for outer_left in [true, false] {
        let beside = |chunk: &Chunk| {
            if outer_left { chunk.right - left < 3.0 * chunk.size } else { right - chunk.left < 3.0 * chunk.size }
        };
        let mut found: Vec<(f32, i64, f32)> = chunks
            .iter()
            .filter(|chunk| beside(chunk))
            .filter_map(|chunk| Some((chunk.base, number(chunk)?, chunk.size)))
            .collect();
        if found.len() < FEWEST {
            continue;
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let step = found[1].1 - found[0].1;
        let even = found.windows(2).filter(|pair| pair[1].1 - pair[0].1 == step).count();
        if (1..=10).contains(&step) && even * 10 >= (found.len() - 1) * 9 {
            let size = found[0].2;
            return chunks
                .into_iter()
                .partition(|chunk| !(beside(chunk) && number(chunk).is_some() && (chunk.size - size).abs() < 0.5));
        }
    }
    (chunks, Vec::new())
}
