//! Rules: each proposes how stated values follow from others, in one file with its page, its wording and its cases.
//!
//! A rule never judges: `derive` evaluates what it proposes. `registry` is generated from the files of the families.

mod binding;
mod broken;
pub mod conversions;
mod declare;
pub mod derivations;
pub mod equations;
pub mod granularity;
pub mod hidden;
mod nouns;
mod pattern;
mod registry;
pub mod repeats;
mod rule;
mod skeleton;
pub mod statistics;
pub mod sums;
pub mod units;
mod wording;

pub use pattern::{Match, Pattern};
pub use registry::{all, by_code};
pub use rule::{Family, Needs, Observation, PAGE_HEADINGS, Page, Prose, Rule, RuleContext, RuleMetadata, Status};
pub use skeleton::{Skeleton, Skeletons, is_placeholder};
