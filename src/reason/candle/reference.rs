//! The same models computed a second time, by plain loops over dequantised weights: what the decoder is held against.
//!
//! It shares the header with the decoder and nothing else: no tensor operation, no cache, no batch, its own rotary
//! embedding. It is slow, reads each weight from the file as it comes to it, and is used by tests and `model check`.

use candle_core::Device;
use rayon::prelude::*;

use super::config::{Config, Pairs, Scaling};
use super::error::ModelError;
use super::gguf::GgufFile;

/// A matrix of numbers, row by row.
struct Matrix {
    columns: usize,
    cells: Vec<f32>,
}

impl Matrix {
    fn row(&self, at: usize) -> &[f32] {
        &self.cells[at * self.columns..(at + 1) * self.columns]
    }

    fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.cells.chunks(self.columns.max(1))
    }
}

/// The scores of all tokens after each token from place `from` on. `context` chooses the factors of the rotary embedding
/// where the file has two lists.
pub fn scores(
    file: &mut GgufFile,
    config: &Config,
    context: usize,
    tokens: &[u32],
    from: usize,
) -> Result<Vec<Vec<f32>>, ModelError> {
    let mut source = Source { file, config };
    let divisors = source.divisors(context)?;
    let mut states = source.embedding(tokens)?;
    for layer in 0..config.layers {
        // The last block needs no states that nobody asks for.
        let first = if layer + 1 == config.layers { from } else { 0 };
        source.block(layer, &divisors, &mut states, first)?;
    }
    let norm = source.vector("output_norm.weight", config.hidden)?;
    let head = if source.file.has_tensor("output.weight") { "output" } else { "token_embd" };
    let normed: Vec<Vec<f32>> =
        states.rows().skip(from).map(|row| normalised(row, &norm, config.norm_epsilon)).collect();
    let flat = Matrix { columns: config.hidden, cells: normed.concat() };
    let mapped = source.project(head, config.vocabulary, &flat)?;
    Ok(mapped.rows().map(<[f32]>::to_vec).collect())
}

struct Source<'a> {
    file: &'a mut GgufFile,
    config: &'a Config,
}

impl Source<'_> {
    fn vector(&mut self, name: &str, length: usize) -> Result<Vec<f32>, ModelError> {
        Ok(self.file.tensor(name, &[length], &Device::Cpu)?.dequantize(&Device::Cpu)?.to_vec1()?)
    }

    fn optional_vector(&mut self, name: &str, length: usize) -> Result<Option<Vec<f32>>, ModelError> {
        if self.file.has_tensor(name) { self.vector(name, length).map(Some) } else { Ok(None) }
    }

    fn embedding(&mut self, tokens: &[u32]) -> Result<Matrix, ModelError> {
        let shape = [self.config.vocabulary, self.config.hidden];
        let table = self.file.tensor("token_embd.weight", &shape, &Device::Cpu)?;
        let rows = table.embedding(&candle_core::Tensor::new(tokens, &Device::Cpu)?)?;
        Ok(Matrix { columns: self.config.hidden, cells: rows.flatten_all()?.to_vec1()? })
    }

    fn divisors(&mut self, context: usize) -> Result<Vec<f32>, ModelError> {
        let long = context > self.config.rope.original_context;
        let pairs = self.config.rope.dimensions / 2;
        let names = ["rope_freqs.weight", if long { "rope_factors_long.weight" } else { "rope_factors_short.weight" }];
        for name in names {
            if let Some(list) = self.optional_vector(name, pairs)? {
                return Ok(list);
            }
        }
        Ok(vec![1.0; pairs])
    }

    /// Rows times the transposed weight, plus the bias where there is one.
    fn project(&mut self, name: &str, outputs: usize, rows: &Matrix) -> Result<Matrix, ModelError> {
        let weight = format!("{name}.weight");
        let weight = self.file.tensor(&weight, &[outputs, rows.columns], &Device::Cpu)?;
        let weight: Vec<f32> = weight.dequantize(&Device::Cpu)?.flatten_all()?.to_vec1()?;
        let bias = self.optional_vector(&format!("{name}.bias"), outputs)?.unwrap_or_else(|| vec![0.0; outputs]);
        let columns: Vec<Vec<f32>> = weight
            .par_chunks(rows.columns.max(1))
            .zip(&bias)
            .map(|(weights, bias)| rows.rows().map(|row| dot(row, weights) + bias).collect())
            .collect();
        let count = rows.rows().count();
        let cells = (0..count).flat_map(|row| columns.iter().map(move |column| column[row])).collect();
        Ok(Matrix { columns: outputs, cells })
    }

    /// Queries, keys and values of rows.
    fn heads(&mut self, layer: usize, rows: &Matrix) -> Result<[Matrix; 3], ModelError> {
        let (queries, keys) = (self.config.heads * self.config.head_dim, self.config.kv_heads * self.config.head_dim);
        let name = |part: &str| format!("blk.{layer}.{part}");
        if !self.file.has_tensor(&name("attn_qkv.weight")) {
            return Ok([
                self.project(&name("attn_q"), queries, rows)?,
                self.project(&name("attn_k"), keys, rows)?,
                self.project(&name("attn_v"), keys, rows)?,
            ]);
        }
        let all = self.project(&name("attn_qkv"), queries + 2 * keys, rows)?;
        let part = |start: usize, width: usize| Matrix {
            columns: width,
            cells: all.rows().flat_map(|row| row[start..start + width].iter().copied()).collect(),
        };
        Ok([part(0, queries), part(queries, keys), part(queries + keys, keys)])
    }

    fn block(&mut self, layer: usize, divisors: &[f32], states: &mut Matrix, first: usize) -> Result<(), ModelError> {
        let config = self.config;
        let name = |part: &str| format!("blk.{layer}.{part}");
        let norm = self.vector(&name("attn_norm.weight"), config.hidden)?;
        let normed = normed_rows(states, &norm, config.norm_epsilon, 0);
        let [mut queries, mut keys, values] = self.heads(layer, &normed)?;
        for (part, norm) in [(&mut queries, "attn_q_norm.weight"), (&mut keys, "attn_k_norm.weight")] {
            let norm = self.optional_vector(&name(norm), config.head_dim)?;
            let width = part.columns;
            for (at, head) in part.cells.chunks_mut(config.head_dim).enumerate() {
                if let Some(norm) = &norm {
                    let normed = normalised(head, norm, config.norm_epsilon);
                    head.copy_from_slice(&normed);
                }
                turn(head, at * config.head_dim / width, config, divisors);
            }
        }
        let attended = attended(config, &queries, &keys, &values, first);
        let mapped = self.project(&name("attn_output"), config.hidden, &attended)?;
        let skipped = first * config.hidden;
        add(&mut states.cells[skipped..], &mapped.cells);
        let norm = self.vector(&name("ffn_norm.weight"), config.hidden)?;
        let normed = normed_rows(states, &norm, config.norm_epsilon, first);
        let inner = self.feed_forward(layer, &normed)?;
        let mapped = self.project(&name("ffn_down"), config.hidden, &inner)?;
        add(&mut states.cells[skipped..], &mapped.cells);
        Ok(())
    }

    fn feed_forward(&mut self, layer: usize, rows: &Matrix) -> Result<Matrix, ModelError> {
        let inner = self.config.feed_forward;
        let (gate, up) = (format!("blk.{layer}.ffn_gate"), format!("blk.{layer}.ffn_up"));
        let pairs: Vec<(f32, f32)> = if self.file.has_tensor(&format!("{gate}.weight")) {
            let (gate, up) = (self.project(&gate, inner, rows)?, self.project(&up, inner, rows)?);
            gate.cells.into_iter().zip(up.cells).collect()
        } else {
            let both = self.project(&up, 2 * inner, rows)?;
            both.rows().flat_map(|row| row[..inner].iter().copied().zip(row[inner..].iter().copied())).collect()
        };
        Ok(Matrix {
            columns: inner,
            cells: pairs.into_iter().map(|(gate, up)| gate / (1.0 + (-gate).exp()) * up).collect(),
        })
    }
}

fn dot(left: &[f32], right: &[f32]) -> f32 {
    // Eight sums side by side, for the sake of the vector units.
    let mut sums = [0.0_f32; 8];
    let (left_chunks, right_chunks) = (left.chunks_exact(8), right.chunks_exact(8));
    let rest: f32 =
        left_chunks.remainder().iter().zip(right_chunks.remainder()).map(|(left, right)| left * right).sum();
    for (left, right) in left_chunks.zip(right_chunks) {
        for at in 0..8 {
            sums[at] += left[at] * right[at];
        }
    }
    sums.iter().sum::<f32>() + rest
}

fn add(states: &mut [f32], change: &[f32]) {
    for (state, change) in states.iter_mut().zip(change) {
        *state += change;
    }
}

/// Root mean square norm (Zhang and Sennrich 2019, arXiv:1910.07467, equation 4).
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "rounded once to f32")]
fn normalised(row: &[f32], weights: &[f32], epsilon: f64) -> Vec<f32> {
    let squares: f64 = row.iter().map(|cell| f64::from(*cell) * f64::from(*cell)).sum();
    let scale = 1.0 / (squares / row.len() as f64 + epsilon).sqrt();
    row.iter().zip(weights).map(|(cell, weight)| (f64::from(*cell) * scale) as f32 * weight).collect()
}

fn normed_rows(rows: &Matrix, weights: &[f32], epsilon: f64, first: usize) -> Matrix {
    let cells = rows.rows().skip(first).flat_map(|row| normalised(row, weights, epsilon)).collect();
    Matrix { columns: rows.columns, cells }
}

/// Turns one head at a position. The stretch is written as the models' own code writes it: wave lengths are compared with
/// the trained length.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "rounded once to f32")]
fn turn(head: &mut [f32], position: usize, config: &Config, divisors: &[f32]) {
    let rope = &config.rope;
    let count = rope.dimensions as f64;
    for (pair, divisor) in divisors.iter().enumerate().take(rope.dimensions / 2) {
        let mut angle = position as f64 / libm::pow(rope.base, (2 * pair) as f64 / count) / f64::from(*divisor);
        let mut size = rope.attention_factor;
        match rope.scaling {
            Scaling::Linear { factor } => angle /= factor,
            Scaling::Yarn { factor, extrapolation, fast, slow, log_multiplier } => {
                let bound = |turns: f64| {
                    let wave = rope.original_context as f64 / (turns * 2.0 * std::f64::consts::PI);
                    count * libm::log(wave) / (2.0 * libm::log(rope.base))
                };
                let (low, high) = (bound(fast).floor().max(0.0), bound(slow).ceil().min(count - 1.0));
                let stretched = ((pair as f64 - low) / (high - low).max(0.001)).clamp(0.0, 1.0);
                let mix = (1.0 - stretched) * extrapolation;
                angle = angle * mix + angle / factor * (1.0 - mix);
                let logarithm = 0.1 * libm::log(factor.max(1.0));
                size *= (logarithm + 1.0)
                    / log_multiplier.filter(|more| *more != 0.0).map_or(1.0, |more| logarithm * more + 1.0);
            }
        }
        let (one, other) = match rope.pairs {
            Pairs::Neighbours => (2 * pair, 2 * pair + 1),
            Pairs::Halves => (pair, pair + rope.dimensions / 2),
        };
        let (across, up) = (libm::cos(angle) * size, libm::sin(angle) * size);
        let (left, right) = (f64::from(head[one]), f64::from(head[other]));
        head[one] = (left * across - right * up) as f32;
        head[other] = (left * up + right * across) as f32;
    }
}

/// What each row from `first` on gathers from the rows that it sees.
#[expect(clippy::cast_precision_loss, reason = "a head has few elements")]
fn attended(config: &Config, queries: &Matrix, keys: &Matrix, values: &Matrix, first: usize) -> Matrix {
    let (size, group) = (config.head_dim, config.heads / config.kv_heads);
    let of_row = |row: usize| -> Vec<f32> {
        let start = config.window.map_or(0, |window| (row + 1).saturating_sub(window));
        let mut gathered = vec![0.0; queries.columns];
        for (head, gathered) in gathered.chunks_mut(size).enumerate() {
            let own = head / group * size..(head / group + 1) * size;
            let query = &queries.row(row)[head * size..(head + 1) * size];
            let scores: Vec<f32> =
                (start..=row).map(|past| dot(query, &keys.row(past)[own.clone()]) / (size as f32).sqrt()).collect();
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let shares: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let sum: f32 = shares.iter().sum();
            for (past, share) in (start..=row).zip(shares) {
                for (cell, value) in gathered.iter_mut().zip(&values.row(past)[own.clone()]) {
                    *cell += share / sum * value;
                }
            }
        }
        gathered
    };
    let count = queries.cells.len() / queries.columns;
    let rows: Vec<Vec<f32>> = (first..count).into_par_iter().map(of_row).collect();
    Matrix { columns: queries.columns, cells: rows.concat() }
}
