//! The built-in ranker: which program of a window the sentence means, or that it means none.
//!
//! A conditional logit: every program and "none" has a score that is linear in a few signs of the text, and the confidence in a program
//! is its share of the exponentials. The weights are trained by `rederive search train` and shipped as text. The ranker is handed the
//! [`super::Window`] and its [`super::Scene`], in which the stated value is not.

mod cues;
mod features;
mod signals;
mod weights;

pub use features::{Features, features, is_said_to_follow, none_features};
pub use signals::{OperationClass, SLOTS, slot_name};
pub(crate) use weights::shares;
pub use weights::{Ranked, Ranker, RankerError};
