//! Rotary position embedding (Su et al. 2021, arXiv:2104.09864, section 3.2.2) with the stretches that files name.
//!
//! Angles are computed in f64 for each position that is asked for and rounded once, to f32: at half precision positions
//! above 2048 are no longer told apart.

use candle_core::{Device, Tensor};

use super::config::{Pairs, RopeConfig, Scaling};
use super::error::ModelError;

/// The angles of a model: a step per position for each pair of elements, and a factor on the turned vectors.
#[derive(Clone, Debug)]
pub struct Rope {
    steps: Vec<f64>,
    magnitude: f64,
    dimensions: usize,
    pairs: Pairs,
}

/// Cosines and sines of the rows of one pass, each `[rows, pairs]`.
#[derive(Debug)]
pub struct Turns {
    cos: Tensor,
    sin: Tensor,
}

impl Rope {
    /// The angles that the header describes. `divisors` are the factors of `rope_freqs` or `rope_factors_*`, one a pair.
    pub fn new(config: &RopeConfig, divisors: Option<&[f32]>) -> Self {
        let pairs = config.dimensions / 2;
        let plain = |pair: usize| {
            let step = libm::pow(config.base, -2.0 * real(pair) / real(config.dimensions));
            step / divisors.and_then(|list| list.get(pair)).map_or(1.0, |divisor| f64::from(*divisor))
        };
        let (steps, magnitude) = match config.scaling {
            Scaling::Linear { factor } => ((0..pairs).map(|pair| plain(pair) / factor).collect(), 1.0),
            Scaling::Yarn { factor, extrapolation, fast, slow, log_multiplier } => {
                let ramp = Ramp::new(config, fast, slow);
                let mixed = |pair| {
                    let kept = ramp.kept(pair) * extrapolation;
                    plain(pair) / factor * (1.0 - kept) + plain(pair) * kept
                };
                ((0..pairs).map(mixed).collect(), yarn_magnitude(factor, log_multiplier))
            }
        };
        Self {
            steps,
            magnitude: magnitude * config.attention_factor,
            dimensions: config.dimensions,
            pairs: config.pairs,
        }
    }

    /// Cosines and sines at the positions.
    pub fn turns(&self, positions: &[usize], device: &Device) -> Result<Turns, ModelError> {
        let mut cosines = Vec::with_capacity(positions.len() * self.steps.len());
        let mut sines = Vec::with_capacity(positions.len() * self.steps.len());
        for position in positions {
            for step in &self.steps {
                let (sine, cosine) = libm::sincos(real(*position) * step);
                cosines.push(narrow(cosine * self.magnitude));
                sines.push(narrow(sine * self.magnitude));
            }
        }
        let shape = (positions.len(), self.steps.len());
        Ok(Turns { cos: Tensor::from_vec(cosines, shape, device)?, sin: Tensor::from_vec(sines, shape, device)? })
    }

    /// Turns vectors `[heads, rows, head]`; elements behind the turned dimensions stay as they are.
    pub fn apply(&self, vectors: &Tensor, turns: &Turns) -> Result<Tensor, ModelError> {
        let head = vectors.dim(2)?;
        let turned = if self.dimensions == head {
            self.turn(vectors, turns)?
        } else {
            let front = self.turn(&vectors.narrow(2, 0, self.dimensions)?, turns)?;
            let rest = vectors.narrow(2, self.dimensions, head - self.dimensions)?;
            Tensor::cat(&[&front, &rest], 2)?
        };
        Ok(turned)
    }

    fn turn(&self, vectors: &Tensor, turns: &Turns) -> Result<Tensor, ModelError> {
        let vectors = vectors.contiguous()?.unsqueeze(0)?;
        let turned = match self.pairs {
            Pairs::Halves => candle_nn::rotary_emb::rope(&vectors, &turns.cos, &turns.sin)?,
            Pairs::Neighbours => candle_nn::rotary_emb::rope_i(&vectors, &turns.cos, &turns.sin)?,
        };
        Ok(turned.squeeze(0)?)
    }
}

/// `YaRN`, section 3.2: pairs that turn often within the trained length are kept, pairs that turn seldom are stretched.
struct Ramp {
    low: f64,
    high: f64,
}

impl Ramp {
    fn new(config: &RopeConfig, fast: f64, slow: f64) -> Self {
        let dimensions = real(config.dimensions);
        // The pair that turns so many times over the trained length, of equation 17 solved for the pair.
        let pair = |turns: f64| {
            let ratio = real(config.original_context) / (turns * std::f64::consts::TAU);
            dimensions * libm::log(ratio) / (2.0 * libm::log(config.base))
        };
        Self { low: pair(fast).floor().max(0.0), high: pair(slow).ceil().min(dimensions - 1.0) }
    }

    /// The share of the unstretched angle: 1 below the ramp, 0 above.
    fn kept(&self, pair: usize) -> f64 {
        let along = (real(pair) - self.low) / (self.high - self.low).max(0.001);
        1.0 - along.clamp(0.0, 1.0)
    }
}

/// `YaRN`, section 3.4: the softmax becomes flatter as the context grows; both sides of the product carry the root.
fn yarn_magnitude(factor: f64, log_multiplier: Option<f64>) -> f64 {
    let scale = |multiplier: f64| if factor <= 1.0 { 1.0 } else { 0.1 * multiplier * libm::log(factor) + 1.0 };
    match log_multiplier {
        Some(multiplier) if multiplier != 0.0 => scale(1.0) / scale(multiplier),
        _ => scale(1.0),
    }
}

#[expect(clippy::cast_precision_loss, reason = "positions and dimensions are far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, reason = "the one rounding of an angle, to the precision of the kernels")]
const fn narrow(number: f64) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(scaling: Scaling) -> RopeConfig {
        RopeConfig {
            base: 10_000.0,
            dimensions: 8,
            pairs: Pairs::Halves,
            scaling,
            attention_factor: 1.0,
            original_context: 4096,
        }
    }

    #[test]
    fn plain_steps_are_the_powers_of_the_base() {
        let rope = Rope::new(&config(Scaling::Linear { factor: 1.0 }), None);
        for (step, expected) in rope.steps.iter().zip([1.0, 0.1, 0.01, 0.001]) {
            assert!((step - expected).abs() < 1e-15, "{step}");
        }
        let rope = Rope::new(&config(Scaling::Linear { factor: 4.0 }), Some(&[1.0, 2.0, 4.0, 8.0]));
        for (step, expected) in rope.steps.iter().zip([0.25, 0.0125, 0.000_625, 0.000_031_25]) {
            assert!((step - expected).abs() < 1e-15, "{step}");
        }
    }

    #[test]
    fn yarn_keeps_the_fast_and_stretches_the_slow() {
        let scaling = Scaling::Yarn { factor: 4.0, extrapolation: 1.0, fast: 32.0, slow: 1.0, log_multiplier: None };
        let rope = Rope::new(&config(scaling), None);
        assert!((rope.steps[0] - 1.0).abs() < 1e-15 && (rope.steps[3] - 0.000_25).abs() < 1e-15, "{:?}", rope.steps);
        assert!((rope.magnitude - (1.0 + 0.1 * libm::log(4.0))).abs() < 1e-15);
    }

    #[test]
    fn positions_beyond_2048_are_told_apart() {
        let rope = Rope::new(&config(Scaling::Linear { factor: 1.0 }), None);
        let turns = rope.turns(&[4095, 4096], &Device::Cpu).expect("angles");
        let cos: Vec<Vec<f32>> = turns.cos.to_vec2().expect("numbers");
        for (row, position) in cos.iter().zip([4095.0, 4096.0]) {
            for (value, step) in row.iter().zip([1.0, 0.1, 0.01, 0.001]) {
                assert!((f64::from(*value) - libm::cos(position * step)).abs() < 1e-6);
            }
        }
        assert!((cos[0][0] - cos[1][0]).abs() > 0.01);
    }
}
