//! Exact rationals: the type, its arithmetic, reading it from decimals and writing it down.
//!
//! Nearly every number of a paper is a quotient of two machine words, so those are computed without memory of their own;
//! whatever leaves them goes on as a quotient of whole numbers of any length, to the same result.

mod number;
mod operations;
#[cfg(test)]
mod properties;
mod rounding;
mod text;
mod traits;

pub use number::{Rational, power_of_ten, ratio, whole};
pub use text::{
    MAX_DIGITS, MAX_EXPONENT, decimal, decimal_magnitude, parse, parse_exact, to_f64_outward, to_short_text, to_text,
};
