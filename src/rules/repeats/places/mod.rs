//! What the rules of the family share: which two places of a paper speak of one thing, and how they become a proposal.
//!
//! Evidence that two places are one thing is what is printed beside the numbers: partners that are the same to the last
//! digit, words, a pointer to the table. Whether the numbers agree is for the evaluator.

mod anchored;
mod cells;
mod claim;
mod grid;
mod groups;
mod listed;
mod numbers;
mod pointed;
mod ranges;
mod retold;
mod rowed;
mod singles;
mod sizes;
mod studies;
mod twins;

pub(super) use claim::{Meeting, explain, propose};
pub(super) use grid::{Entry, Grid};
pub(super) use numbers::Digits;
