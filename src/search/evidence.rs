//! How many programs of a window a chance value would hit: the E-value.
//!
//! E = the sum, over the admissible programs, of the width in decades in which a value meets what the program derives: that of the
//! stated set and of the derived set together, as the verdict asks whether the two meet. A value with no relation to its
//! neighbours, of the same kind, precision and magnitude, is hit about as often (`rederive search decoys` measures it). It is evidence
//! beside what a ranker says, never in place of it.

use super::enclosure::Enclosure;

/// How many programs a chance value is expected to hit.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Expectation(pub f64);

impl Expectation {
    /// The expectation for a target under programs with what they derive, each tried with a number of slips (1 for none).
    ///
    /// A count accepts one whole number: it is as wide as 1.
    pub fn new(derived: impl IntoIterator<Item = Enclosure>, slips: u32, target: Enclosure) -> Self {
        let value = target.middle().abs();
        let own = if target.width() > 0.0 { target.width() } else { 1.0 };
        let width: f64 = derived.into_iter().map(|enclosure| own + enclosure.width()).sum();
        let decades = if value > 0.0 { width / (value * std::f64::consts::LN_10) } else { f64::INFINITY };
        Self(f64::from(slips) * decades)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_three_digits_among_ten_programs() {
        let derived = [Enclosure::point(7.0); 10];
        let Expectation(e) = Expectation::new(derived, 1, Enclosure::point(100.0));
        assert!((e - 10.0 / (100.0 * std::f64::consts::LN_10)).abs() < 1e-12);
        let wide = [Enclosure { lo: 2.0, hi: 2.03 }];
        let Expectation(measured) = Expectation::new(wide, 3, Enclosure { lo: 2.195, hi: 2.205 });
        assert!((measured - 3.0 * 0.04 / (2.2 * std::f64::consts::LN_10)).abs() < 1e-9);
        assert!(Expectation::new(derived, 1, Enclosure::point(0.0)).0.is_infinite());
    }
}
