//! Samples of whole numbers whose least and greatest number are known.
//!
//! Where a paper prints the extremes, one number of the sample stands at each of them, and the others lie anywhere between.
//! What n numbers can be is then what the other n − 2 can.

use super::{Domain, Reach, least_squares, most_squares, reach};

/// What is asked of n whole numbers: that they are of a domain, and perhaps that both of its ends are among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    n: i64,
    domain: Domain,
    ends: Option<(i64, i64)>,
}

impl Numbers {
    /// n numbers of a domain.
    pub const fn of(n: i64, domain: Domain) -> Self {
        Self { n, domain, ends: None }
    }

    /// n numbers the least of which is `low` and the greatest `high`; `None` where there are none, as of a single number.
    pub fn between(n: i64, low: i64, high: i64) -> Option<Self> {
        let domain = Domain { low: Some(low), high: Some(high) };
        (n >= 2 && low <= high).then_some(Self { n, domain, ends: Some((low, high)) })
    }

    /// How many there are.
    pub const fn count(self) -> i64 {
        self.n
    }

    /// Their domain.
    pub const fn domain(self) -> Domain {
        self.domain
    }

    /// The least and the greatest total, where there is one.
    pub fn totals(self) -> (Option<i64>, Option<i64>) {
        let all = |end: i64| end.saturating_mul(self.n);
        match self.ends {
            Some((low, high)) => {
                let more = high.saturating_sub(low);
                (Some(all(low).saturating_add(more)), Some(all(high).saturating_sub(more)))
            }
            None => (self.domain.low.map(all), self.domain.high.map(all)),
        }
    }

    /// What is left of a total and of a sum of squares without the two ends.
    fn rest(low: i64, high: i64, total: i64) -> (i64, i128) {
        let square = |end: i64| i128::from(end) * i128::from(end);
        (total - low - high, square(low) + square(high))
    }

    /// The least sum of squares with a total that they can have.
    pub fn least_squares(self, total: i64) -> i128 {
        match self.ends {
            None => least_squares(self.n, total),
            Some((low, high)) => {
                let (rest, squares) = Self::rest(low, high, total);
                squares + if self.n > 2 { least_squares(self.n - 2, rest) } else { 0 }
            }
        }
    }

    /// The greatest sum of squares with a total; `None` where there is no bound, or the total cannot be.
    pub fn most_squares(self, total: i64) -> Option<i128> {
        match self.ends {
            None => most_squares(self.n, total, self.domain),
            Some((low, high)) => {
                let (rest, squares) = Self::rest(low, high, total);
                let more =
                    if self.n > 2 { most_squares(self.n - 2, rest, self.domain) } else { (rest == 0).then_some(0) };
                more.map(|more| squares + more)
            }
        }
    }

    /// Whether they can have this total and this sum of squares.
    pub fn reach(self, total: i64, squares: i128) -> Reach {
        match self.ends {
            None => reach(self.n, total, squares, self.domain),
            Some((low, high)) => {
                let (rest, own) = Self::rest(low, high, total);
                if self.n > 2 {
                    reach(self.n - 2, rest, squares - own, self.domain)
                } else {
                    Reach::of(rest == 0 && squares == own)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The total and sum of squares of every sample of n numbers whose least is `low` and whose greatest is `high`, counted
    /// by writing each sample out.
    fn all(n: u32, low: i64, high: i64) -> BTreeSet<(i64, i128)> {
        let width = high - low + 1;
        let mut found = BTreeSet::new();
        for code in 0..width.pow(n) {
            let (mut rest, mut sample) = (code, Vec::new());
            for _ in 0..n {
                sample.push(low + rest % width);
                rest /= width;
            }
            if sample.contains(&low) && sample.contains(&high) {
                let squares: i64 = sample.iter().map(|x| x * x).sum();
                found.insert((sample.iter().sum(), squares.into()));
            }
        }
        found
    }

    #[test]
    fn extremes_agree_with_every_sample() {
        let mut reached = 0;
        for (n, low, high) in [(2, 1, 7), (3, -2, 4), (4, 0, 6), (5, 1, 5), (6, 0, 4), (7, -1, 2), (9, 0, 2), (4, 3, 3)]
        {
            let samples = all(n, low, high);
            let numbers = Numbers::between(n.into(), low, high).expect("a sample");
            let totals: BTreeSet<i64> = samples.iter().map(|(total, _)| *total).collect();
            assert_eq!(numbers.totals(), (totals.first().copied(), totals.last().copied()));
            for total in totals {
                let of_total: Vec<i128> = samples.iter().filter(|own| own.0 == total).map(|own| own.1).collect();
                assert_eq!(numbers.least_squares(total), of_total[0], "{n} {low}:{high} {total}");
                assert_eq!(numbers.most_squares(total), of_total.last().copied(), "{n} {low}:{high} {total}");
                for squares in 0..=of_total[of_total.len() - 1] + 3 {
                    let expected = Reach::of(samples.contains(&(total, squares)));
                    assert_eq!(numbers.reach(total, squares), expected, "{n} {low}:{high} {total} {squares}");
                    reached += usize::from(expected == Reach::Reached);
                }
            }
        }
        assert!(reached > 150, "{reached}");
    }
}
