//! Typed quantities: exact sets of numbers stored in `uom`'s quantities, and newtypes for what the dimension leaves out.
//!
//! `uom` knows dimensions and not meanings: a reference dose in ng/kg/day has the dimension of a frequency. The newtypes
//! of [`dose`] add the meaning, and define only the products that make sense. A value that was read from a text gets into
//! them by `TryFrom<&Value>` alone, which compares the seven exponents, the scale and the tags. What is not here: a
//! verdict, and the reading of units, which stays dynamic in the rest of `units`.

pub mod dose;
mod factors;
pub mod storage;

pub use dose::{AbsoluteDose, Amount, BodyMass, BodyMassDose, DailyIntake, Dose, NotOfThisType, ReferenceDose};
pub use storage::Exact;
