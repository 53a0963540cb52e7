//! Exact rationals, intervals and sets of them, printed numbers, dimensions and units, functions with enclosures.
//!
//! Everything here is pure arithmetic: no text of a paper, no rule, no verdict. A floating-point number appears only
//! inside an enclosure, rounded outward on the way in and on the way out.

pub mod dimension;
pub mod distributions;
pub mod elementary;
pub mod functions;
pub mod interval;
pub mod printed;
pub mod quantiles;
pub mod rational;
pub mod samples;
pub mod set;
pub mod set_text;
pub mod units;
pub mod value;

pub use dimension::Dimension;
pub use interval::{End, Interval};
pub use printed::Printed;
pub use rational::Rational;
pub use set::RealSet;
pub use value::{Kind, Value};
