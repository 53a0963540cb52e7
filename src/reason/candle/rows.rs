//! Attention of rows on the processor, each computed in one order of its own: a row comes out the same to the last bit,
//! however many rows go with it and wherever in the cache the tokens lie that it sees.
//!
//! A sum over tokens goes on from token to token across the blocks of the cache; a token that is not seen adds an exact
//! zero. Nothing is kept of the shares but those of a few rows.

#![expect(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions at hand")]

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use super::attention::Sight;
use super::cache::BLOCK;

/// Queries that go through the keys together.
const QUERIES: usize = 4;

/// Rows whose work is one task.
const ROWS: usize = 4;

/// Numbers of keys and values of a block of the cache.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    /// Keys, `[kv heads, head, tokens]`.
    pub(super) keys: &'a [f32],
    /// Values, `[kv heads, tokens, head]`.
    pub(super) values: &'a [f32],
}

/// Rows of one sequence.
pub(super) struct Attention<'a> {
    /// Queries, `[heads, rows, head]`.
    pub(super) queries: &'a [f32],
    /// The blocks of the cache, from the first one on.
    pub(super) blocks: &'a [Numbers<'a>],
    /// What each row sees.
    pub(super) sights: &'a [Sight],
    /// Heads of queries, of keys, and elements of a head.
    pub(super) heads: usize,
    /// Heads of keys and values.
    pub(super) kv_heads: usize,
    /// Elements of a head.
    pub(super) head: usize,
}

impl Attention<'_> {
    /// The weighted values, `[rows, heads * head]`.
    pub(super) fn compute(&self) -> Vec<f32> {
        let rows = self.sights.len();
        let group = self.heads / self.kv_heads;
        let mut out = vec![0.0; rows * self.heads * self.head];
        let arch = Arch::new();
        if rows == 1 {
            out.par_chunks_mut(group * self.head).enumerate().for_each(|(kv_head, out)| {
                arch.dispatch(Task { of: self, kv_head, first: 0, rows: 1, out, width: group * self.head, start: 0 });
            });
            return out;
        }
        let width = self.heads * self.head;
        out.par_chunks_mut(ROWS * width).enumerate().for_each(|(at, out)| {
            for kv_head in 0..self.kv_heads {
                let (rows, start) = (out.len() / width, kv_head * group * self.head);
                arch.dispatch(Task { of: self, kv_head, first: at * ROWS, rows, out: &mut *out, width, start });
            }
        });
        out
    }
}

/// Some rows with the heads that share one head of keys.
struct Task<'a, 'b> {
    of: &'a Attention<'b>,
    kv_head: usize,
    first: usize,
    rows: usize,
    /// Where the rows go, `width` apart; the heads of the task begin at `start`.
    out: &'a mut [f32],
    width: usize,
    start: usize,
}

impl WithSimd for Task<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Attention { queries, sights, heads, kv_heads, head, .. } = *self.of;
        let (group, all) = (heads / kv_heads, sights.len());
        let count = self.rows * group;
        let from = sights[self.first..self.first + self.rows].iter().map(|sight| sight.from).min().unwrap_or_default();
        let to = sights[self.first..self.first + self.rows].iter().map(|sight| sight.to).max().unwrap_or_default();
        let (start, end) = (from / BLOCK, to.div_ceil(BLOCK));
        let mut own = vec![0.0; QUERIES * head];
        let mut shares = vec![0.0; QUERIES * (end - start) * BLOCK];
        let scale = 1.0 / real(head).sqrt();
        for first in (0..count).step_by(QUERIES) {
            // Behind the last query the last one stands again; nobody asks for what comes of it.
            let place = |at: usize| {
                let at = (first + at).min(count - 1);
                (self.first + at / group, self.kv_head * group + at % group)
            };
            for (at, own) in own.chunks_exact_mut(head).enumerate() {
                let (row, of) = place(at);
                let query = &queries[(of * all + row) * head..(of * all + row + 1) * head];
                for (own, number) in own.iter_mut().zip(query) {
                    *own = number * scale;
                }
            }
            let blocks = &self.of.blocks[start..end];
            scores(simd, &own, blocks, self.kv_head, &mut shares);
            let width = (end - start) * BLOCK;
            for (at, shares) in shares.chunks_exact_mut(width).enumerate() {
                exponentials(shares, start * BLOCK, &sights[place(at).0]);
            }
            let totals = totals(&shares, (from - start * BLOCK, to - start * BLOCK));
            // The queries are used up, so their place is free.
            weigh(simd, &shares, blocks, self.kv_head, (from - start * BLOCK, to - start * BLOCK), &mut own);
            for (at, own) in own.chunks_exact(head).enumerate().take(count - first) {
                let (row, of) = place(at);
                let start = (row - self.first) * self.width + self.start + of % group * head;
                for (out, number) in self.out[start..start + head].iter_mut().zip(own) {
                    *out = number / totals[at];
                }
            }
        }
    }
}

/// Products of the queries with the keys of all blocks, `[queries, tokens]`.
#[inline(always)]
fn scores<S: Simd>(simd: S, queries: &[f32], blocks: &[Numbers], kv_head: usize, scores: &mut [f32]) {
    let head = queries.len() / QUERIES;
    let width = blocks.len() * BLOCK;
    let queries: [&[f32]; QUERIES] = std::array::from_fn(|at| &queries[at * head..(at + 1) * head]);
    for (block, numbers) in blocks.iter().enumerate() {
        let keys = &numbers.keys[kv_head * head * BLOCK..(kv_head + 1) * head * BLOCK];
        for part in (0..BLOCK).step_by(2 * S::F32_LANES) {
            let mut sums = [[simd.splat_f32s(0.0); 2]; QUERIES];
            for (at, keys) in keys.chunks_exact(BLOCK).enumerate() {
                let (keys, _) = S::as_simd_f32s(&keys[part..part + 2 * S::F32_LANES]);
                for (sums, query) in sums.iter_mut().zip(queries) {
                    let query = simd.splat_f32s(query[at]);
                    sums[0] = simd.mul_add_f32s(query, keys[0], sums[0]);
                    sums[1] = simd.mul_add_f32s(query, keys[1], sums[1]);
                }
            }
            for (at, sums) in sums.iter().enumerate() {
                let start = at * width + block * BLOCK + part;
                let (into, _) = S::as_mut_simd_f32s(&mut scores[start..start + 2 * S::F32_LANES]);
                into.copy_from_slice(sums);
            }
        }
    }
}

/// Makes shares of scores, not yet divided by their sum. A token that is not seen gets exactly zero.
#[inline(always)]
fn exponentials(scores: &mut [f32], start: usize, sight: &Sight) {
    let (from, to) = (sight.from - start, sight.to - start);
    scores[..from].fill(0.0);
    scores[to..].fill(0.0);
    // The tokens from `among` on are told apart one by one; there are few.
    let among = sight.among.as_ref().map_or(to, |(among, _)| (*among).clamp(sight.from, sight.to) - start);
    let mut top = largest(&scores[from..among]);
    for (at, score) in scores[among..to].iter().enumerate() {
        if sight.sees(start + among + at) {
            top = top.max(*score);
        }
    }
    for score in &mut scores[from..to] {
        *score = exponential(*score - top);
    }
    for (at, score) in scores[among..to].iter_mut().enumerate() {
        if !sight.sees(start + among + at) {
            *score = 0.0;
        }
    }
}

/// The largest of some numbers, none of which is no number.
#[inline(always)]
fn largest(numbers: &[f32]) -> f32 {
    let mut most = [f32::NEG_INFINITY; 16];
    let (sixteens, rest) = numbers.as_chunks::<16>();
    for numbers in sixteens {
        for (most, number) in most.iter_mut().zip(numbers) {
            *most = if *number > *most { *number } else { *most };
        }
    }
    rest.iter().chain(&most).fold(f32::NEG_INFINITY, |most, number| if *number > most { *number } else { most })
}

/// The exponential of a number up to zero, to a unit or two of the last place: two to the nearest whole power, and the
/// series of the rest. The compiler makes vectors of it, which it does not of the library's.
#[inline(always)]
fn exponential(number: f32) -> f32 {
    /// Behind it a number has no places left, so the whole part stands in the lowest bits.
    const NO_PLACES: f32 = 12_582_912.0;
    let number = if number < -87.0 { -87.0 } else { number };
    let shifted = number.mul_add(std::f32::consts::LOG2_E, NO_PLACES);
    let whole = shifted - NO_PLACES;
    // The logarithm of two in two parts, the first of few bits.
    let rest = whole.mul_add(-0.693_359_4, number);
    let rest = whole.mul_add(2.121_944_4e-4, rest);
    let mut sum = 1.0 / 5040.0;
    for factor in [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = rest.mul_add(sum, factor);
    }
    sum * f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0_f32.to_bits()))
}

/// The sums of the shares, added from token to token.
#[inline(always)]
fn totals(shares: &[f32], (from, to): (usize, usize)) -> [f32; QUERIES] {
    let width = shares.len() / QUERIES;
    let shares: [&[f32]; QUERIES] = std::array::from_fn(|at| &shares[at * width + from..at * width + to]);
    let mut totals = [0.0; QUERIES];
    for token in 0..to - from {
        for (total, shares) in totals.iter_mut().zip(shares) {
            *total += shares[token];
        }
    }
    totals
}

/// Sums of the values of all tokens times their shares, `[queries, head]`.
#[inline(always)]
fn weigh<S: Simd>(
    simd: S,
    shares: &[f32],
    blocks: &[Numbers],
    kv_head: usize,
    (from, to): (usize, usize),
    sums: &mut [f32],
) {
    let (head, width) = (sums.len() / QUERIES, blocks.len() * BLOCK);
    let shares: [&[f32]; QUERIES] = std::array::from_fn(|at| &shares[at * width..(at + 1) * width]);
    let mut part = 0;
    while part + 2 * S::F32_LANES <= head {
        let mut own = [[simd.splat_f32s(0.0); 2]; QUERIES];
        for (block, numbers) in blocks.iter().enumerate() {
            let (first, last) = (from.max(block * BLOCK), to.min((block + 1) * BLOCK));
            let values = &numbers.values[kv_head * BLOCK * head..(kv_head + 1) * BLOCK * head];
            for token in first..last {
                let start = token % BLOCK * head + part;
                let (values, _) = S::as_simd_f32s(&values[start..start + 2 * S::F32_LANES]);
                for (own, shares) in own.iter_mut().zip(shares) {
                    let share = simd.splat_f32s(shares[token]);
                    own[0] = simd.mul_add_f32s(share, values[0], own[0]);
                    own[1] = simd.mul_add_f32s(share, values[1], own[1]);
                }
            }
        }
        for (at, own) in own.iter().enumerate() {
            let start = at * head + part;
            S::as_mut_simd_f32s(&mut sums[start..start + 2 * S::F32_LANES]).0.copy_from_slice(own);
        }
        part += 2 * S::F32_LANES;
    }
    // Heads whose length is no multiple of two vectors: the rest one by one.
    for at in part..head {
        for (query, shares) in shares.iter().enumerate() {
            let mut own = 0.0_f32;
            for token in from..to {
                let value = blocks[token / BLOCK].values[(kv_head * BLOCK + token % BLOCK) * head + at];
                own = shares[token].mul_add(value, own);
            }
            sums[query * head + at] = own;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "the elements of a head are few")]
const fn real(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADS: usize = 6;
    const KV_HEADS: usize = 2;

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        let number = |at: usize| u16::try_from((at * 7919 + seed * 104_729) % 1009).expect("small");
        (0..count).map(|at| f32::from(number(at)) / 504.5 - 1.0).collect()
    }

    /// Keys and values of some tokens in blocks, one list for each token.
    fn blocks(tokens: &[(Vec<f32>, Vec<f32>)], head: usize) -> Vec<(Vec<f32>, Vec<f32>)> {
        let filled = |part: &[(Vec<f32>, Vec<f32>)]| {
            // What stands behind the last token must not matter.
            let (mut keys, mut values) = (vec![f32::NAN; KV_HEADS * head * BLOCK], vec![3.0; KV_HEADS * head * BLOCK]);
            for (at, (key, value)) in part.iter().enumerate() {
                for kv_head in 0..KV_HEADS {
                    for of in 0..head {
                        keys[(kv_head * head + of) * BLOCK + at] = key[kv_head * head + of];
                        values[(kv_head * BLOCK + at) * head + of] = value[kv_head * head + of];
                    }
                }
            }
            (keys, values)
        };
        tokens.chunks(BLOCK).map(filled).collect()
    }

    fn attended(queries: &[f32], tokens: &[(Vec<f32>, Vec<f32>)], sights: &[Sight], head: usize) -> Vec<f32> {
        let blocks = blocks(tokens, head);
        let blocks: Vec<Numbers> = blocks.iter().map(|(keys, values)| Numbers { keys, values }).collect();
        Attention { queries, blocks: &blocks, sights, heads: HEADS, kv_heads: KV_HEADS, head }.compute()
    }

    fn tokens(count: usize, head: usize) -> Vec<(Vec<f32>, Vec<f32>)> {
        (0..count).map(|at| (numbers(KV_HEADS * head, at), numbers(KV_HEADS * head, at + 1000))).collect()
    }

    /// One row of queries out of `[heads, rows, head]`.
    fn row(queries: &[f32], rows: usize, row: usize, head: usize) -> Vec<f32> {
        (0..HEADS).flat_map(|of| queries[(of * rows + row) * head..(of * rows + row + 1) * head].to_vec()).collect()
    }

    #[test]
    fn exponentials_are_those_of_the_library() {
        for at in 0..=8000_u16 {
            let number = -f32::from(at) / 100.0;
            let expected = libm::exp(f64::from(number));
            let found = f64::from(exponential(number));
            assert!((found / expected - 1.0).abs() < 3e-7, "{number}: {found} for {expected}");
        }
        assert!(exponential(f32::NEG_INFINITY) < 1e-37);
        assert_eq!(exponential(0.0).to_bits(), 1.0_f32.to_bits());
    }

    #[test]
    fn rows_are_weighted_means_of_the_values_that_they_see() {
        for head in [64, 40] {
            let (tokens, rows) = (tokens(150, head), 7);
            let queries = numbers(HEADS * rows * head, 3);
            let sights: Vec<Sight> =
                (0..rows).map(|row| Sight { from: 9 * row, to: 100 + 8 * row, among: None }).collect();
            let found = attended(&queries, &tokens, &sights, head);
            for (at, sight) in sights.iter().enumerate() {
                for of in 0..HEADS {
                    let query = &queries[(of * rows + at) * head..(of * rows + at + 1) * head];
                    let start = of / (HEADS / KV_HEADS) * head;
                    let part =
                        |list: &[f32]| list[start..start + head].iter().copied().map(f64::from).collect::<Vec<_>>();
                    let seen = &tokens[sight.from..sight.to];
                    let shares: Vec<f64> = seen
                        .iter()
                        .map(|(key, _)| {
                            query.iter().zip(part(key)).map(|(one, two)| f64::from(*one) * two).sum::<f64>()
                        })
                        .map(|score| libm::exp(score / f64::from(u32::try_from(head).expect("few")).sqrt()))
                        .collect();
                    let total: f64 = shares.iter().sum();
                    for place in 0..head {
                        let sum: f64 =
                            seen.iter().zip(&shares).map(|((_, value), share)| share * part(value)[place]).sum();
                        let found = f64::from(found[(at * HEADS + of) * head + place]);
                        assert!((found - sum / total).abs() < 1e-5, "{found} for {}", sum / total);
                    }
                }
            }
        }
    }

    #[test]
    fn a_row_is_the_same_in_any_company_and_wherever_its_tokens_lie() {
        for head in [32, 40] {
            let (tokens, rows) = (tokens(140, head), 9);
            let queries = numbers(HEADS * rows * head, 5);
            // Rows of a tree behind 60 tokens: each sees some of what lies between, across the border of two blocks.
            let seen =
                |row: usize| (0..=8 * row + 7).map(|at| at % (row + 1) == 0 || at % 7 == 3).collect::<Vec<bool>>();
            let sights: Vec<Sight> =
                (0..rows).map(|row| Sight { from: row, to: 60 + 8 * row + 8, among: Some((60, seen(row))) }).collect();
            let together = attended(&queries, &tokens, &sights, head);
            for (at, sight) in sights.iter().enumerate() {
                let own: Vec<_> =
                    (0..sight.to).filter(|token| sight.sees(*token)).map(|token| tokens[token].clone()).collect();
                let alone = Sight { from: sight.from, to: own.len(), among: None };
                let alone = attended(&row(&queries, rows, at, head), &own, &[alone], head);
                let expected = &together[at * HEADS * head..(at + 1) * HEADS * head];
                assert!(alone.iter().zip(expected).all(|(one, two)| one.to_bits() == two.to_bits()), "row {at}");
            }
        }
    }
}
