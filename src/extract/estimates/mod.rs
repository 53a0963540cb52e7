//! Estimates as papers report them: ratios, coefficients, differences, means, with the interval, the standard error, the
//! test and the p-value that belong to each.
//!
//! What belongs together is bound for a reason: it stands in one list, inside one bracket, or in one row of a table under
//! headings that name it. Where two estimates share what follows, or something unknown stands between, nothing is bound.
//! Whether the numbers agree is not asked here.

mod bounds;
mod estimate;
mod list;
mod names;
mod search;
mod zipped;

pub use estimate::{Bounds, Estimate, EstimateTest, Measure};

pub(super) use bounds::{RawBounds, bare, lost_minus, pair, plain};
pub(super) use search::{find, interval};
