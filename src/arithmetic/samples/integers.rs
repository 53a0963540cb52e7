//! Samples over all integers, where closed answers exist.
//!
//! n = 2: 2Q − S² is a square. n = 4, by the squares of u = (x₁+x₂−x₃−x₄)/2 and its two likes: with odd S always (a number
//! 8k + 3 is a sum of three odd squares), with even S where Q − S²/4 is a sum of three squares (Legendre). n ≥ 5: one
//! number beside the mean, of the parity that leaves an odd total, leaves four that exist as soon as Q − S²/n ≥ 5/4; below
//! that, moving equal neighbours apart reaches every even step. So parity and the least sum of squares decide there.

use super::{Reach, Sample};

/// The most numbers that are tried for a third one.
const MAX_TRIED: i128 = 1_000_000;

/// Whether the sample exists; its sum of squares is known not to be below the least.
pub(super) fn reach(sample: Sample) -> Reach {
    if (sample.squares - sample.total).rem_euclid(2) != 0 {
        return Reach::NotReached;
    }
    match sample.n {
        1 => Reach::of(sample.spread() == 0),
        2 => Reach::of(pair(sample).is_some()),
        3 => triple(sample),
        4 => Reach::of(four(sample)),
        _ => Reach::Reached,
    }
}

/// The two whole numbers with the total and the sum of squares, the lesser first.
pub(super) fn pair(sample: Sample) -> Option<(i128, i128)> {
    let square = 2 * sample.squares - sample.total * sample.total;
    let root = root(square)?;
    let twice = sample.total - root;
    (twice % 2 == 0).then(|| (twice / 2, twice / 2 + root))
}

fn triple(sample: Sample) -> Reach {
    // Moved to a total of 0, 1 or 2, the numbers are small where their spread is.
    let shift = i64::try_from(sample.total.div_euclid(3)).unwrap_or(0);
    let sample = sample.moved(shift);
    let reach = sample.squares.max(0).isqrt();
    if reach > MAX_TRIED {
        return Reach::Unknown;
    }
    let reach = i64::try_from(reach).unwrap_or(i64::MAX);
    Reach::of((-reach..=reach).any(|x| pair(sample.without(x)).is_some()))
}

/// Whether four whole numbers have the total and the sum of squares, whose parities agree.
pub(super) fn four(sample: Sample) -> bool {
    if sample.spread() < 0 {
        return false;
    }
    sample.total.rem_euclid(2) == 1 || three_squares(sample.squares - (sample.total / 2) * (sample.total / 2))
}

/// Legendre: a whole number is a sum of three squares unless it is 4^a (8b + 7).
fn three_squares(mut number: i128) -> bool {
    if number < 0 {
        return false;
    }
    while number > 0 && number % 4 == 0 {
        number /= 4;
    }
    number % 8 != 7
}

/// The root of a square.
fn root(square: i128) -> Option<i128> {
    if square < 0 {
        return None;
    }
    let root = square.isqrt();
    (root * root == square).then_some(root)
}
