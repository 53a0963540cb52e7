//! What one slip could have made of a value: the ratios of the value that was meant to the one that is printed.
//!
//! Slips are more chances to hit a value by accident, so their number goes into the E-value.

use crate::arithmetic::Printed;

/// Powers of ten that a slip of units or of the decimal mark gives.
const POWERS: [i32; 6] = [-3, -2, -1, 1, 2, 3];

/// Factors between units of time.
const TIMES: [f64; 5] = [7.0, 12.0, 24.0, 60.0, 365.0];

/// A family of slips that are tried together.
#[derive(Clone, Debug, PartialEq)]
pub struct Slips {
    /// The ratios of what may have been meant to what is printed.
    pub ratios: Vec<f64>,
    /// How many chances they are. All powers of ten together are one: a value has one place within its decade, and at most one power
    /// brings it to that of another.
    pub chances: u32,
}

/// The families of slips of a printed value, the plainest first: powers of ten; factors between units of time, where `timed` says
/// that a time is among the values; two digits that changed places.
pub fn slips(printed: &Printed, timed: bool) -> Vec<Slips> {
    let powers = Slips { ratios: POWERS.map(|power| libm::pow(10.0, f64::from(power))).to_vec(), chances: 1 };
    let mut others = swapped(printed);
    others.extend(TIMES.into_iter().filter(|_| timed).flat_map(|factor| [factor, 1.0 / factor]));
    let chances = u32::try_from(others.len()).unwrap_or(u32::MAX);
    vec![powers, Slips { ratios: others, chances: chances.saturating_add(1) }]
}

/// The ratios for two neighbouring digits that changed places.
fn swapped(printed: &Printed) -> Vec<f64> {
    let digits = printed.significant_digits().as_bytes();
    let number = |digits: &[u8]| digits.iter().fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0'));
    let own = number(digits);
    let pairs = (1..digits.len()).filter(|at| digits[*at] != digits[at - 1]);
    let moved = pairs.map(|at| {
        let mut moved = digits.to_vec();
        moved.swap(at - 1, at);
        number(&moved) / own
    });
    moved.filter(|ratio| *ratio > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_powers_of_ten_factors_of_time_and_swapped_digits() {
        let printed = Printed::parse("1.203").expect("a number");
        let plain = slips(&printed, false);
        assert_eq!((plain[0].ratios.len(), plain[0].chances), (6, 1));
        assert!(plain[0].ratios.iter().any(|ratio| (ratio * 1.203 - 12.03).abs() < 1e-9));
        assert_eq!((plain[1].ratios.len(), plain[1].chances), (3, 4));
        assert!(plain[1].ratios.iter().any(|ratio| (ratio * 1.203 - 1.023).abs() < 1e-9));
        assert_eq!(slips(&printed, true)[1].ratios.len(), 3 + 10);
        assert!(swapped(&Printed::parse("77").expect("a number")).is_empty());
    }
}
