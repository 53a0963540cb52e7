//! The seeds of the fuzz targets, replayed, and mutated for a second each (or `FUZZ_SECONDS`), on stable.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// A small source of numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("below a usize")
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder of seeds").map(|entry| entry.expect("a seed").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("a seed")).collect()
}

/// Cuts, copies, swaps and overwrites parts of a seed, some of them with parts of another one.
fn mutated(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        let end = at + dice.roll((bytes.len() - at).min(40) + 1);
        match dice.roll(5) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            2 => {
                let from = dice.roll(other.len() + 1);
                let to = from + dice.roll((other.len() - from).min(40) + 1);
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            3 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            _ if at < bytes.len() => bytes[at] = u8::try_from(dice.roll(256)).expect("a byte"),
            _ => {}
        }
    }
    bytes
}

fn replay(target: &str, run: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(seeds.len() >= 10, "{target} has {} seeds", seeds.len());
    for seed in &seeds {
        run(seed);
    }
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut count = 0_usize;
    while Instant::now() < until {
        let (seed, other) = (dice.roll(seeds.len()), dice.roll(seeds.len()));
        let bytes = mutated(&seeds[seed], &seeds[other], &mut dice);
        let result = std::panic::catch_unwind(|| run(&bytes));
        assert!(result.is_ok(), "{target} fails after {count} mutations for these bytes: {bytes:?}");
        count += 1;
    }
    assert!(count > 0, "{target}: no mutation was tried");
}

#[test]
fn numbers() {
    replay("number", targets::number);
}

#[test]
fn units() {
    replay("unit", targets::unit);
}

#[test]
fn expressions() {
    replay("expression", targets::expression);
}

#[test]
fn layouts() {
    replay("layout", targets::layout);
}

#[test]
fn jats() {
    replay("jats", targets::jats);
}

#[test]
fn tei() {
    replay("tei", targets::tei);
}
