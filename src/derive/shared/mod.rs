//! Shared causes: which claims fail for one reason, so that they are one finding.
//!
//! Claims fail for one reason where
//!
//! 1. they are the same claim with the same numbers, printed more than once; or
//! 2. one printed value stands in all of them, and with one other number in its place each of them follows, while nothing
//!    fails that followed before: a wrong cell fails the total of its row and that of its column; or
//! 3. the same relation fails in every row (or every column) of a table that has it: the head of the column says something
//!    else than the column holds.
//!
//! Each is tried on what the one before has left, and a claim has one cause at most. What is shared says nothing about which
//! number was meant, changes no verdict, and where nothing of this kind is found each claim stays a finding of its own.

mod cause;
mod change;
mod copies;
mod lines;
mod values;

pub use cause::{Judged, Shared, SharedCause, shared_causes};

#[cfg(test)]
mod tests;
