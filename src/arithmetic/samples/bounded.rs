//! Samples on a scale from 0 to a width, by search.
//!
//! A first search takes numbers off one after the other so that the rest keeps room, which ends at a sample soon where there
//! are many. Where that fails the sum of squares is near its greatest: then most numbers stand at the ends, and the
//! few between are counted exactly. With D = wS − Q = Σ x (w − x) only numbers between the ends count, each with at least
//! w − 1; for each total X and each D the fewest such numbers are tabled, and a sample exists where for some number b of
//! numbers at the upper end X = S − wb is reached by at most n − b of them.

use std::collections::BTreeSet;

use super::{Reach, Sample, integers};

/// The most numbers tried in a search.
const MAX_TRIED: u32 = 4_000;

/// The most cells filled in a table of numbers between the ends.
const MAX_CELLS: i128 = 6_000_000;

/// The most numbers tried where no table can decide.
const MAX_TRIED_LAST: u32 = 40_000;

/// The most numbers that a search takes off one after the other.
const MAX_DEPTH: i64 = 1000;

/// Whether numbers from 0 to `width` have the total and sum of squares, which are within the bounds.
pub(super) fn reach(sample: Sample, width: i64) -> Reach {
    let mut first = Search::new(width, MAX_TRIED);
    let quick = first.find(sample);
    if quick != Reach::Unknown {
        return quick;
    }
    if let Some(decided) = between_the_ends(sample, width) {
        return Reach::of(decided);
    }
    Search::new(width, MAX_TRIED_LAST).find(sample)
}

/// The greatest sum of squares of numbers from 0 to `width` with the total: as many as can be at the upper end.
pub(super) fn most(total: i128, width: i128) -> i128 {
    if width == 0 {
        return 0;
    }
    let (full, rest) = (total / width, total % width);
    full * width * width + rest * rest
}

/// A search of bounded work for numbers from 0 to a width.
struct Search {
    width: i64,
    left: u32,
    failed: BTreeSet<(i64, i128, i128)>,
}

impl Search {
    fn new(width: i64, tried: u32) -> Self {
        Self { width, left: tried, failed: BTreeSet::new() }
    }

    fn find(&mut self, sample: Sample) -> Reach {
        let width = i128::from(self.width);
        let n = i128::from(sample.n);
        let fits = sample.total >= 0
            && sample.total <= n * width
            && (sample.squares - sample.total) % 2 == 0
            && sample.squares >= least(sample)
            && sample.squares <= most(sample.total, width);
        if !fits {
            return Reach::NotReached;
        }
        match sample.n {
            1 => return Reach::Reached,
            2 => return Reach::of(integers::pair(sample).is_some_and(|(low, high)| low >= 0 && high <= width)),
            4 if !integers::four(sample) => return Reach::NotReached,
            _ => {}
        }
        if sample.n >= 4 && self.is_free(sample) {
            return integers::reach(sample);
        }
        if sample.n > MAX_DEPTH {
            return Reach::Unknown;
        }
        let key = (sample.n, sample.total, sample.squares);
        if self.failed.contains(&key) {
            return Reach::NotReached;
        }
        let found = self.take_one(sample);
        if found == Reach::NotReached {
            self.failed.insert(key);
        }
        found
    }

    /// Tries each number that one of the sample can be, those a standard deviation off the mean first.
    fn take_one(&mut self, sample: Sample) -> Reach {
        let (least, greatest) = self.range(sample);
        let start = start(sample, self.width).clamp(least, greatest);
        let (mut below, mut above) = (start, start + 1);
        while below >= least || above <= greatest {
            for x in [below, above] {
                if x < least || x > greatest {
                    continue;
                }
                if self.left == 0 {
                    return Reach::Unknown;
                }
                self.left -= 1;
                match self.find(sample.without(x)) {
                    Reach::NotReached => {}
                    other => return other,
                }
            }
            below -= 1;
            above += 1;
        }
        Reach::NotReached
    }

    /// The least and the greatest that a number of the sample can be: no number is further from the mean than
    /// √(spread (n − 1)) / n.
    fn range(&self, sample: Sample) -> (i64, i64) {
        let n = i128::from(sample.n);
        let off = (sample.spread().max(0).saturating_mul(n - 1)).isqrt() + 1;
        let least = ((sample.total - off).div_euclid(n)).max(0);
        let greatest = ((sample.total + off).div_euclid(n) + 1).min(i128::from(self.width));
        let end = |value: i128| i64::try_from(value).unwrap_or(self.width);
        (end(least), end(greatest))
    }

    /// Whether no sample over all integers could leave the scale, so that the closed answers hold.
    fn is_free(&self, sample: Sample) -> bool {
        let n = i128::from(sample.n);
        let off = (sample.spread().max(0).saturating_mul(n - 1)).isqrt() + 1;
        sample.total >= off && sample.total + off <= n * i128::from(self.width)
    }
}

fn least(sample: Sample) -> i128 {
    let n = i128::from(sample.n);
    let (quotient, rest) = (sample.total.div_euclid(n), sample.total.rem_euclid(n));
    (n - rest) * quotient * quotient + rest * (quotient + 1) * (quotient + 1)
}

/// The number to try first. Where the scale has room on both sides, it is one standard deviation above the mean for even n
/// and below it for odd n, which leaves mean and deviation as they were. Where it has not, it is the end that is near: without
/// the many numbers that stand there the rest has room.
fn start(sample: Sample, width: i64) -> i64 {
    let n = i128::from(sample.n);
    let deviation = sample.spread().max(0).isqrt();
    let above = n * i128::from(width) - sample.total;
    let (low_tight, high_tight) = (5 * deviation > 4 * sample.total, 5 * deviation > 4 * above);
    if low_tight && (!high_tight || sample.total < above) {
        return 0;
    }
    if high_tight {
        return width;
    }
    let twice = 2 * (if sample.n % 2 == 0 { sample.total + deviation } else { sample.total - deviation }) + n;
    i64::try_from(twice.div_euclid(2 * n)).unwrap_or(0)
}

/// Decides by the fewest numbers between the ends; `None` where the table would be too large.
fn between_the_ends(sample: Sample, width: i64) -> Option<bool> {
    let (n, w) = (i128::from(sample.n), i128::from(width));
    let left = w * sample.total - sample.squares;
    // A number between the ends adds at least w − 1 to D for at most w − 1 to the total.
    let reach = left.min(sample.total);
    if left < 0 || (left + 1) * (reach + 1) * w > MAX_CELLS {
        return None;
    }
    let (rows, columns) = (usize::try_from(reach + 1).ok()?, usize::try_from(left + 1).ok()?);
    let mut fewest = vec![u32::MAX; rows * columns];
    *fewest.first_mut()? = 0;
    for x in 1..width {
        let (x, own) = (usize::try_from(x).ok()?, usize::try_from(x * (width - x)).ok()?);
        for row in x..rows {
            for column in own..columns {
                let before = fewest[(row - x) * columns + column - own];
                let cell = &mut fewest[row * columns + column];
                *cell = (*cell).min(before.saturating_add(1));
            }
        }
    }
    let last = columns - 1;
    let exists = (0..rows).filter(|row| fewest[row * columns + last] != u32::MAX).any(|row| {
        let rest = sample.total - i128::try_from(row).unwrap_or(0);
        let full = if w == 0 { 0 } else { rest / w };
        full * w == rest && i128::from(fewest[row * columns + last]) + full <= n
    });
    Some(exists)
}
