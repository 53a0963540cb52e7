//! Rules: each proposes how stated values follow from others, in one file with its page, its wording and its cases.
//!
//! A rule never judges: `derive` evaluates what it proposes. `registry` is generated from the files of the families.

mod rule;

pub use rule::{Family, Needs, Page, Prose, Rule, RuleContext, RuleMetadata, Status};
