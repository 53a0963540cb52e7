//! A printed number is a set: every value that prints as its digits (design: "when to say inconsistent", A1).

use num_traits::{Signed, Zero};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::interval::Interval;
use super::rational::{self, Rational};
use super::set::RealSet;

/// A number as it was printed: its digits carry its precision.
///
/// The value is ± `digits` · 10^(`exponent` − `decimals`); the unit in the last place is 10^(`exponent` − `decimals`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Printed {
    /// The characters of the paper.
    pub text: String,
    /// Whether a minus sign stood before it.
    pub negative: bool,
    /// The digits without sign, group marks and decimal mark: `2.20` has `220`.
    pub digits: String,
    /// How many of the digits stood behind the decimal mark.
    pub decimals: u32,
    /// The power of ten printed with it, by "× 10^n", "e-3" or a scale word: 0 where there is none.
    pub exponent: i32,
    /// Whether the number is a point: a count, n, degrees of freedom, an index, a defined constant.
    pub exact: bool,
}

impl Printed {
    /// A plain decimal such as `2.20`, `-5` or `1.5e-3`, without group marks; `None` where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        rational::parse(text)?;
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (text, 0),
        };
        if mantissa.contains('/') {
            return None;
        }
        let unsigned = mantissa.trim_start_matches(['-', '+']);
        let (integer, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        Some(Self {
            text: text.to_owned(),
            negative: mantissa.starts_with('-'),
            digits: format!("{integer}{fraction}"),
            decimals: u32::try_from(fraction.len()).ok()?,
            exponent,
            exact: false,
        })
    }

    /// A count: a whole number that is exactly itself.
    pub fn count(value: u64) -> Self {
        let text = value.to_string();
        Self { digits: text.clone(), text, negative: false, decimals: 0, exponent: 0, exact: true }
    }

    /// The same digits as a point (a count) instead of a measured value.
    #[must_use]
    pub fn as_exact(&self) -> Self {
        Self { exact: true, ..self.clone() }
    }

    /// The power of ten of the unit in the last place.
    pub fn last_place(&self) -> i32 {
        self.exponent.saturating_sub(i32::try_from(self.decimals).unwrap_or(i32::MAX))
    }

    /// The digits without the zeros in front; empty for zero.
    pub fn significant_digits(&self) -> &str {
        self.digits.trim_start_matches('0')
    }

    /// The significant digits without the zeros at their end, which may be chosen or rounded: 42,000 has `42`. Empty for zero.
    pub fn telling_digits(&self) -> &str {
        self.significant_digits().trim_end_matches('0')
    }

    /// The unit in the last place.
    pub fn unit_in_last_place(&self) -> Rational {
        rational::power_of_ten(self.last_place())
    }

    /// The value of the digits.
    pub fn point(&self) -> Rational {
        let value = rational::decimal(&self.digits, "", self.last_place());
        if self.negative { -value } else { value }
    }

    /// How many zeros end a measured integer; 0 for a number with decimals, for zero, and for a point.
    pub fn trailing_zeros(&self) -> u32 {
        let zeros = self.digits.len() - self.digits.trim_end_matches('0').len();
        if self.exact || self.decimals > 0 || zeros == self.digits.len() {
            0
        } else {
            u32::try_from(zeros).unwrap_or(0)
        }
    }

    /// All values that round to these digits: [v − u/2, v + u/2], or the point.
    pub fn tight(&self) -> RealSet {
        let point = self.point();
        if self.exact {
            return RealSet::point(point);
        }
        let half = self.unit_in_last_place() / rational::whole(2);
        RealSet::from(Interval::closed(&point - &half, &point + &half))
    }

    /// All values that can have been printed so under any habit of rounding in use: by truncation too, by rounding twice
    /// (4.46 to 4.5 to 5, which reaches a twentieth of a unit further down), and for a measured integer with k trailing
    /// zeros to 10^k. Mirrored below zero.
    pub fn wide(&self) -> RealSet {
        let point = self.point();
        if self.exact {
            return RealSet::point(point);
        }
        let unit = self.unit_in_last_place();
        let half = &unit * rational::ratio(11, 20);
        let truncated = if point.is_negative() || (point.is_zero() && self.negative) {
            Interval::closed(&point - &unit, &point + &half)
        } else {
            Interval::closed(&point - &half, &point + &unit)
        };
        let zeros = self.trailing_zeros();
        if zeros == 0 {
            return RealSet::from(truncated);
        }
        let coarse = &unit * rational::power_of_ten(i32::try_from(zeros).unwrap_or(0)) / rational::whole(2);
        RealSet::new([truncated, Interval::closed(&point - &coarse, &point + &coarse)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{ratio, whole};

    fn wide(text: &str) -> RealSet {
        Printed::parse(text).expect(text).wide()
    }

    #[test]
    fn the_sets_of_the_design_page() {
        assert_eq!(wide("7000"), Interval::closed(whole(6500), whole(7500)).into());
        assert_eq!(wide("60"), Interval::closed(whole(55), whole(65)).into());
        assert_eq!(wide("42000"), Interval::closed(whole(41_500), whole(42_500)).into());
        assert_eq!(wide("2.20"), Interval::closed(ratio(21_945, 10_000), ratio(221, 100)).into());
        assert_eq!(
            Printed::parse("2.20").expect("a number").tight(),
            Interval::closed(ratio(2195, 1000), ratio(2205, 1000)).into()
        );
    }

    #[test]
    fn zero_has_no_trailing_zeros_and_negatives_mirror() {
        assert_eq!(wide("0"), Interval::closed(ratio(-11, 20), whole(1)).into());
        assert_eq!(wide("-5"), Interval::closed(whole(-6), ratio(-89, 20)).into());
    }

    #[test]
    fn counts_are_points() {
        assert_eq!(Printed::count(100).wide(), RealSet::point(whole(100)));
    }
}
