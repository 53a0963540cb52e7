//! The weights of the ranker: their file, and what they say of a window.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use thiserror::Error;

use crate::search::{Enclosure, Program, Scene, Window};

use super::features::{Features, features, none_features};
use super::signals::{SLOTS, slot_name};

/// The weights that are shipped, a name and a number a line. `rederive search train` writes them.
const SHIPPED: &str = include_str!("weights.txt");

/// Why a file of weights cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RankerError {
    /// A line is not a name and a number.
    #[error("line {0} is not a name and a number")]
    Line(usize),
    /// A name is not known.
    #[error("line {0}: no sign has the name {1}")]
    Name(usize, String),
}

/// The program that the ranker takes for the meant one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Its index among the programs of the window.
    pub program: usize,
    /// The share of its exponential among all and that of "none": how sure the ranker is.
    pub confidence: f64,
}

/// A linear ranker.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranker {
    weights: Vec<f64>,
}

impl Ranker {
    /// The ranker with some weights, by place; those that are missing are 0.
    pub fn new(mut weights: Vec<f64>) -> Self {
        weights.resize(SLOTS, 0.0);
        Self { weights }
    }

    /// The ranker that is shipped.
    pub fn shipped() -> Self {
        // Every paper asks for it. A test reads the file strictly; here a line that cannot be read has no weight.
        static RANKER: LazyLock<Ranker> =
            LazyLock::new(|| Ranker::parse(SHIPPED).unwrap_or_else(|_| Ranker::new(Vec::new())));
        RANKER.clone()
    }

    /// Reads a file of weights. Lines that begin with "#" are comments; a sign without a line has the weight 0.
    pub fn parse(text: &str) -> Result<Self, RankerError> {
        let places: BTreeMap<String, usize> = (0..SLOTS).map(|slot| (slot_name(slot), slot)).collect();
        let mut weights = vec![0.0; SLOTS];
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let parsed =
                line.split_once(' ').and_then(|(name, number)| Some((name, number.trim().parse::<f64>().ok()?)));
            let Some((name, weight)) = parsed.filter(|(_, weight)| weight.is_finite()) else {
                return Err(RankerError::Line(at + 1));
            };
            let slot = places.get(name).ok_or_else(|| RankerError::Name(at + 1, name.to_owned()))?;
            weights[*slot] = weight;
        }
        Ok(Self { weights })
    }

    /// The file of the weights: those that are not 0 to three decimals.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (slot, weight) in self.weights.iter().enumerate() {
            let number = format!("{weight:.3}");
            if number.trim_start_matches('-') != "0.000" {
                let _ = writeln!(text, "{} {number}", slot_name(slot));
            }
        }
        text
    }

    /// The weights, by place.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The score of a program or of "none".
    pub fn score(&self, features: &Features) -> f64 {
        features
            .iter()
            .map(|(slot, value)| self.weights.get(usize::from(*slot)).copied().unwrap_or_default() * value)
            .sum()
    }

    /// How sure the ranker is of each program, in their order: the shares of all programs and "none", which is the last one.
    pub fn shares(&self, scene: &Scene, window: &Window, programs: &[(&Program, Enclosure)]) -> Vec<f64> {
        let scores = programs.iter().map(|(program, derived)| self.score(&features(scene, window, program, *derived)));
        shares(scores.chain([self.score(&none_features(scene, window, programs.len()))]).collect())
    }

    /// The program that it takes for the meant one, however unsure; `None` of no program.
    pub fn best(&self, scene: &Scene, window: &Window, programs: &[(&Program, Enclosure)]) -> Option<Ranked> {
        let shares = self.shares(scene, window, programs);
        let (program, confidence) = shares
            .into_iter()
            .take(programs.len())
            .enumerate()
            .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        Some(Ranked { program, confidence })
    }
}

/// The shares of the exponentials of some scores.
pub(crate) fn shares(scores: Vec<f64>) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.into_iter().map(|score| libm::exp(score - most)).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_read_whole_and_written_the_same() {
        let ranker = Ranker::parse(SHIPPED).expect("the weights are read");
        let comments: String = SHIPPED.split_inclusive('\n').filter(|line| line.starts_with('#')).collect();
        assert_eq!(format!("{comments}{}", ranker.text()), SHIPPED);
        assert!(ranker.weights().iter().any(|weight| *weight != 0.0));
    }

    #[test]
    fn files_that_cannot_be_read_say_where() {
        assert_eq!(Ranker::parse("# a\nbias"), Err(RankerError::Line(2)));
        assert_eq!(Ranker::parse("bias nan"), Err(RankerError::Line(1)));
        assert_eq!(Ranker::parse("mood 1.0"), Err(RankerError::Name(1, "mood".to_owned())));
    }

    #[test]
    fn shares_add_up_to_one() {
        let shares = shares(vec![700.0, 700.0, -700.0]);
        assert!((shares[0] - 0.5).abs() < 1e-12 && shares[2] < 1e-12);
    }
}
