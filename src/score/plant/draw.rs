//! Draws that are the same for ever: numbers from SHA-256 over a seed and what the draw is for.
//!
//! No clock and no state is shared between draws, so that a paper added to a run changes no draw for another. The nth
//! number is the first eight bytes, big-endian, of SHA-256 over the parts (each with its length before it) and n.

use sha2::{Digest, Sha256};

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Draw {
    parts: Vec<u8>,
    count: u64,
}

impl Draw {
    /// The stream for a seed and the words that say what is drawn.
    pub fn new(seed: u64, words: &[&str]) -> Self {
        let mut parts = seed.to_be_bytes().to_vec();
        for word in words {
            parts.extend((word.len() as u64).to_be_bytes());
            parts.extend(word.as_bytes());
        }
        Self { parts, count: 0 }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        let digest = Sha256::new().chain_update(&self.parts).chain_update(self.count.to_be_bytes()).finalize();
        self.count += 1;
        digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }

    /// A number below `bound`, 0 for a bound of 0. The remainder of 64 bits: for the few choices here its lean is nothing.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound.max(1) as u64;
        usize::try_from(self.number() % bound).unwrap_or(0)
    }

    /// A list in a drawn order (Fisher and Yates).
    pub fn shuffled<T>(&mut self, mut list: Vec<T>) -> Vec<T> {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_fixed_and_depend_on_every_word() {
        let first = |seed, words: &[&str]| Draw::new(seed, words).number();
        // The stream is part of what a seed means: a change of it changes every planted file.
        assert_eq!(first(1, &["paper", "digit"]), 10_701_375_940_659_837_018);
        assert_ne!(first(1, &["paper", "digit"]), first(2, &["paper", "digit"]));
        assert_ne!(first(1, &["ab", "c"]), first(1, &["a", "bc"]));
        let mut draw = Draw::new(7, &[]);
        let mut order = draw.shuffled((0..20).collect::<Vec<_>>());
        assert_ne!(order, (0..20).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..20).collect::<Vec<_>>());
    }
}
