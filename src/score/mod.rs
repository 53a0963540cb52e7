//! How good the findings are: files of what is known about papers against the claims of a run, counted with intervals.
//!
//! A truth file lists what is stated in some papers, right and wrong, and is taken as complete for them: a finding in
//! such a paper that is none of its errors is a false flag. Labels say of single findings whether they are right; listed
//! values say what there was to be checked; planted slips say what is found of what is certainly wrong. Nothing here
//! decides what is true of a paper.

mod decoys;
mod factors;
mod fixture;
mod labels;
mod matching;
mod plain_numbers;
pub mod plant;
mod planted;
pub mod ranking;
mod reach;
pub mod reasoning;
mod sniff;
mod tally;
mod truth;
mod wilson;

pub use decoys::{DecoyTally, FormFamily, Hits, Pair};
pub use factors::{Factors, factors};
pub use labels::{
    FalseAlarms, FindingLabel, LabelError, LabelGroup, LabelReason, LabelScore, LabelVerdict, Labels, Unlabelled,
    label_score,
};
pub use matching::normalised;
pub use planted::{Cell, MissedSlip, PlantedScore, PlantedTally, Recall};
pub use reach::{ReachLabel, ReachScore, reach_score, read_reach};
pub use sniff::{Yardstick, YardstickError};
pub use tally::{CodeScore, FalseFlag, Missed, Score, score};
pub use truth::{Truth, TruthError, TruthRow};
pub use wilson::{Share, wilson};
