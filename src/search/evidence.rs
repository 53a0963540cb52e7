//! How many programs of a window a chance value would hit: the E-value.
//!
//! E = the sum, over the admissible programs, of the width in decades in which a value meets what the program derives: that of
//! the stated set and of the derived set together, each as a share of its own value, as the verdict asks whether the two meet. A
//! value with no relation to its neighbours, of the same kind, precision and magnitude, is hit no more often than that
//! (`rederive search decoys` measures it). It is evidence beside what a ranker says, never in place of it.

use super::enclosure::Enclosure;

/// How many programs a chance value is expected to hit.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Expectation(pub f64);

impl Expectation {
    /// The expectation for a target under programs with what they derive, each tried with a number of slips (1 for none).
    ///
    /// The target is at least as wide as `grain`, the unit of its last digit that is not zero: zeros behind it stand for many
    /// reasons, so that a match with them says little.
    pub fn new(derived: impl IntoIterator<Item = Enclosure>, slips: u32, target: Enclosure, grain: f64) -> Self {
        let share = target.width().max(grain) / target.middle().abs();
        let width: f64 = derived.into_iter().map(|enclosure| share + relative(enclosure)).sum();
        Self(f64::from(slips) * width / std::f64::consts::LN_10)
    }

    /// In millionths, rounded up, so that no evidence looks better than it is.
    pub fn millionths(self) -> u64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of f64 to u64 saturates")]
        let millionths = (self.0 * 1e6).ceil() as u64;
        millionths
    }
}

/// The width as a share of the value, at most the whole of it; the whole, too, for what may be zero.
fn relative(enclosure: Enclosure) -> f64 {
    let value = enclosure.lo.abs().min(enclosure.hi.abs());
    let around_zero = enclosure.lo <= 0.0 && enclosure.hi >= 0.0;
    if around_zero { 1.0 } else { (enclosure.width() / value).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_three_digits_among_ten_programs() {
        let derived = [Enclosure::point(7.0); 10];
        let Expectation(e) = Expectation::new(derived, 1, Enclosure::point(101.0), 1.0);
        assert!((e - 10.0 / (101.0 * std::f64::consts::LN_10)).abs() < 1e-12);
        // The width of what is derived counts by its own value, so that it is the same for every slip.
        let wide = [Enclosure { lo: 20.0, hi: 20.3 }];
        let Expectation(measured) = Expectation::new(wide, 3, Enclosure { lo: 2.195, hi: 2.205 }, 0.01);
        assert!((measured - 3.0 * (0.01 / 2.2 + 0.3 / 20.0) / std::f64::consts::LN_10).abs() < 1e-9);
        assert!(Expectation::new(derived, 1, Enclosure::point(0.0), 1.0).0.is_infinite());
    }
}
