//! How good the findings are: a truth file against the claims of a run, counted by code with intervals.
//!
//! A truth file lists what is stated in some papers, right and wrong, and is taken as complete for them: a finding in
//! such a paper that is none of its errors is a false flag. Nothing here decides what is true.

mod matching;
mod tally;
mod truth;
mod wilson;

pub use matching::normalised;
pub use tally::{CodeScore, FalseFlag, Missed, Score, score};
pub use truth::{Truth, TruthError, TruthRow};
pub use wilson::{Share, wilson};
