//! Which totals and sums of squares n whole numbers can have, over all integers or on a scale.
//!
//! This is the exact question under GRIMMER, SD bounds and "no sample can have these": n numbers with total S and sum of
//! squares Q exist or do not. Over all integers there are closed answers; on a scale a search with bounds decides. Where
//! its limit of work is reached the answer is [`Reach::Unknown`], which a caller has to take as possible.

mod attained;
mod bounded;
mod integers;

pub use attained::Numbers;

/// The whole numbers that one observation can be: all, from one on, up to one, or between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The least, where there is one.
    pub low: Option<i64>,
    /// The greatest, where there is one.
    pub high: Option<i64>,
}

impl Domain {
    /// All whole numbers.
    pub const INTEGERS: Self = Self { low: None, high: None };

    /// Zero and up: counts.
    pub const NONNEGATIVE: Self = Self { low: Some(0), high: None };

    /// The domain of the sums of `items` numbers of this one; `None` where an end grows beyond [`MAX_VALUE`].
    pub fn of_sums(self, items: i64) -> Option<Self> {
        let scaled = |end: Option<i64>| match end {
            None => Some(None),
            Some(end) => end.checked_mul(items).filter(|end| end.abs() <= MAX_VALUE).map(Some),
        };
        Some(Self { low: scaled(self.low)?, high: scaled(self.high)? })
    }

    /// Whether n numbers of the domain can have this total at all.
    pub fn allows(self, n: i64, total: i64) -> bool {
        let (n, total) = (i128::from(n), i128::from(total));
        self.low.is_none_or(|low| total >= n * i128::from(low))
            && self.high.is_none_or(|high| total <= n * i128::from(high))
    }

    /// The sample with its numbers counted from an end of the domain, so that each is from 0 to the width that comes with
    /// it; no width where the domain has no end.
    fn counted_from_end(self, sample: Sample) -> (Sample, Option<i64>) {
        match (self.low, self.high) {
            (Some(low), high) => {
                let moved = sample.moved(low);
                // A single number cannot be more than the total of numbers that are not below zero.
                let most = i64::try_from(moved.total).unwrap_or(i64::MAX).max(0);
                (moved, Some(high.map_or(most, |high| (high - low).min(most))))
            }
            (None, Some(high)) => {
                let mirrored = Sample { total: -sample.total, ..sample }.moved(-high);
                (mirrored, Some(i64::try_from(mirrored.total).unwrap_or(i64::MAX).max(0)))
            }
            (None, None) => (sample, None),
        }
    }
}

/// The largest magnitude of an end of a domain, of n, and of a total.
pub const MAX_VALUE: i64 = 1_000_000_000_000;

/// How many numbers there are, their total and the sum of their squares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Sample {
    n: i64,
    total: i128,
    squares: i128,
}

impl Sample {
    /// The sample with `by` taken from each number.
    fn moved(self, by: i64) -> Self {
        let (n, by) = (i128::from(self.n), i128::from(by));
        Self { total: self.total - n * by, squares: self.squares - 2 * by * self.total + n * by * by, ..self }
    }

    /// n times the sum of squared deviations from the mean: n Q − S².
    fn spread(self) -> i128 {
        i128::from(self.n) * self.squares - self.total * self.total
    }

    /// The sample without one of its numbers.
    fn without(self, x: i64) -> Self {
        let x = i128::from(x);
        Self { n: self.n - 1, total: self.total - x, squares: self.squares - x * x }
    }
}

/// Whether a sample exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// There is one.
    Reached,
    /// There is none.
    NotReached,
    /// The limit of work was reached before an answer.
    Unknown,
}

impl Reach {
    const fn of(reached: bool) -> Self {
        if reached { Self::Reached } else { Self::NotReached }
    }

    /// Whether the sample may exist: all that an enclosure may leave out is [`Reach::NotReached`].
    pub fn is_possible(self) -> bool {
        self != Self::NotReached
    }
}

/// The least sum of squares of n whole numbers with the given total: they are as equal as possible. It is reached on
/// every domain that allows the total.
pub fn least_squares(n: i64, total: i64) -> i128 {
    let (n, total) = (i128::from(n), i128::from(total));
    let (quotient, rest) = (total.div_euclid(n), total.rem_euclid(n));
    (n - rest) * quotient * quotient + rest * (quotient + 1) * (quotient + 1)
}

/// The greatest sum of squares of n numbers of the domain with the given total: as many as can be stand at its ends, and
/// one between. `None` where the domain has no such bound or does not allow the total.
pub fn most_squares(n: i64, total: i64, domain: Domain) -> Option<i128> {
    if !domain.allows(n, total) {
        return None;
    }
    let (Some(low), Some(high)) = (domain.low, domain.high) else {
        let end = domain.low.or(domain.high)?;
        // All but one stand at the only end.
        let rest = i128::from(total) - i128::from(n - 1) * i128::from(end);
        return Some(i128::from(n - 1) * i128::from(end) * i128::from(end) + rest * rest);
    };
    let width = i128::from(high) - i128::from(low);
    let above = i128::from(total) - i128::from(n) * i128::from(low);
    let most = if width == 0 { 0 } else { bounded::most(above, width) };
    let low = i128::from(low);
    Some(most + 2 * low * above + i128::from(n) * low * low)
}

/// Whether n whole numbers of the domain have this total and this sum of squares.
pub fn reach(n: i64, total: i64, squares: i128, domain: Domain) -> Reach {
    let limits = i128::from(MAX_VALUE) * i128::from(MAX_VALUE);
    if !(1..=MAX_VALUE).contains(&n) || total.abs() > MAX_VALUE || squares.abs() > limits {
        return Reach::Unknown;
    }
    if !domain.allows(n, total) || squares < least_squares(n, total) {
        return Reach::NotReached;
    }
    if most_squares(n, total, domain).is_some_and(|most| squares > most) {
        return Reach::NotReached;
    }
    let sample = Sample { n, total: i128::from(total), squares };
    match domain.counted_from_end(sample) {
        (sample, None) => integers::reach(sample),
        (sample, Some(width)) => bounded::reach(sample, width),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every total and sum of squares of n numbers from `low` to `high`, by adding one number after the other.
    fn all(n: i64, low: i64, high: i64) -> BTreeSet<(i64, i64)> {
        let mut reached = BTreeSet::from([(0, 0)]);
        for _ in 0..n {
            let next =
                reached.iter().flat_map(|&(total, squares)| (low..=high).map(move |x| (total + x, squares + x * x)));
            reached = next.collect();
        }
        reached
    }

    #[test]
    fn scales_agree_with_every_sample() {
        let mut pairs = 0;
        for (n, low, high) in [
            (1, 0, 9),
            (2, -3, 9),
            (3, 0, 12),
            (4, 1, 7),
            (5, 1, 5),
            (6, -2, 4),
            (7, 0, 10),
            (9, 1, 7),
            (14, 0, 3),
            (25, 1, 5),
            (40, 0, 2),
        ] {
            let domain = Domain { low: Some(low), high: Some(high) };
            let reached = all(n, low, high);
            for total in n * low - 1..=n * high + 1 {
                let most = high.pow(2).max(low.pow(2)) * n;
                for squares in 0..=most + 1 {
                    let expected = Reach::of(reached.contains(&(total, squares)));
                    let found = reach(n, total, squares.into(), domain);
                    assert_eq!(found, expected, "n {n} on {low}:{high}, total {total}, squares {squares}");
                    pairs += usize::from(expected == Reach::Reached);
                }
                let ends: Vec<i64> =
                    reached.iter().filter(|(sum, _)| *sum == total).map(|(_, squares)| *squares).collect();
                if let (Some(least), Some(greatest)) = (ends.first(), ends.last()) {
                    assert_eq!(least_squares(n, total), i128::from(*least));
                    assert_eq!(most_squares(n, total, domain), Some(i128::from(*greatest)));
                }
            }
        }
        assert!(pairs > 5000, "{pairs}");
    }

    #[test]
    fn integers_and_counts_agree_with_every_sample() {
        for n in 1..=6 {
            // No sample with these sums of squares has a number beyond the range.
            let (integers, counts) = (all(n, -5, 5), all(n, 0, 8));
            for total in -8..=8 {
                for squares in 0..=24 {
                    let found = reach(n, total, squares.into(), Domain::INTEGERS);
                    assert_eq!(found, Reach::of(integers.contains(&(total, squares))), "n {n}, {total}, {squares}");
                    let found = reach(n, total, squares.into(), Domain::NONNEGATIVE);
                    assert_eq!(found, Reach::of(counts.contains(&(total, squares))), "n {n}, {total}, {squares}");
                    let up_to_zero = Domain { low: None, high: Some(0) };
                    assert_eq!(reach(n, -total, squares.into(), up_to_zero), found);
                }
            }
        }
    }

    #[test]
    fn large_samples_are_decided() {
        let likert = Domain { low: Some(1), high: Some(7) };
        // 200 answers, all at the ends but one between: the greatest sum of squares, and nothing just below it.
        let most = most_squares(200, 803, likert).expect("a scale");
        assert_eq!(reach(200, 803, most, likert), Reach::Reached);
        assert_eq!(reach(200, 803, most - 1, likert), Reach::NotReached);
        assert_eq!(reach(200, 803, most - 2, likert), Reach::NotReached);
        for squares in 3300..3400 {
            let expected = Reach::of(squares % 2 == 1);
            assert_eq!(reach(200, 803, squares, likert), expected, "{squares}");
        }
    }
}
