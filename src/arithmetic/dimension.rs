//! Dimensions: exponents over the seven base quantities of the SI.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The symbols of the base quantities: length, mass, time, electric current, temperature, amount, luminous intensity.
pub const BASE_SYMBOLS: [&str; 7] = ["L", "M", "T", "I", "Th", "N", "J"];

/// Exponents over `L M T I Th N J`. The default is the dimension one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Dimension(pub [i8; 7]);

impl Dimension {
    /// Dimension one: a pure number.
    pub const ONE: Self = Self([0; 7]);
    /// Length.
    pub const LENGTH: Self = Self([1, 0, 0, 0, 0, 0, 0]);
    /// Mass.
    pub const MASS: Self = Self([0, 1, 0, 0, 0, 0, 0]);
    /// Time.
    pub const TIME: Self = Self([0, 0, 1, 0, 0, 0, 0]);
    /// Thermodynamic temperature.
    pub const TEMPERATURE: Self = Self([0, 0, 0, 0, 1, 0, 0]);
    /// Amount of substance.
    pub const AMOUNT: Self = Self([0, 0, 0, 0, 0, 1, 0]);

    /// Whether this is the dimension one.
    pub fn is_one(self) -> bool {
        self == Self::ONE
    }

    /// Whether a time is in it.
    pub const fn has_time(self) -> bool {
        self.0[2] != 0
    }

    /// The dimension of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self(std::array::from_fn(|axis| self.0[axis].saturating_add(other.0[axis])))
    }

    /// The dimension of a whole power.
    #[must_use]
    pub fn power(self, exponent: i8) -> Self {
        Self(self.0.map(|own| own.saturating_mul(exponent)))
    }

    /// The dimension of a quotient.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        self.times(other.power(-1))
    }
}

impl fmt::Display for Dimension {
    /// Writes `L-3 M`, or `1` for the dimension one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_one() {
            return f.write_str("1");
        }
        let mut first = true;
        for (symbol, exponent) in BASE_SYMBOLS.iter().zip(self.0).filter(|(_, exponent)| *exponent != 0) {
            if !first {
                f.write_str(" ")?;
            }
            first = false;
            f.write_str(symbol)?;
            if exponent != 1 {
                write!(f, "{exponent}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_print_as_exponents() {
        assert_eq!(Dimension::MASS.over(Dimension::LENGTH.power(3)).to_string(), "L-3 M");
        assert_eq!(Dimension::ONE.to_string(), "1");
    }
}
