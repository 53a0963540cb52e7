//! Words beside a test, or over the columns of its groups, under which the plain test between groups says nothing.
//!
//! Only words are looked at; what the numbers say is for the rules.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::{compile, is_match};

struct Patterns {
    model: Option<Regex>,
    repeated: Option<Regex>,
    total: Option<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    model: compile(concat!(
        r"(?i)\bANCOVA|\bcovariate|\bcontroll(?:ed|ing)\s+for|\badjust|\bregress|\bmixed\b|\bmultilevel|\bhierarchical|\bcontrast|",
        r"\bsimple\s+effect|\bpost[\s-]?hoc|\binteraction|\bmain\s+effect|\bplanned\b|\bestimated\s+marginal|\bleast[\s-]squares\s+means|\bweighted|\bimput|\btransformed|\blog\b|\bfactorial"
    )),
    repeated: compile(concat!(
        r"(?i)\bpaired|\bwithin[\s-]|\brepeated|\bbaseline|\bfollow[\s-]?up|\bpre\b|\bpost\b|\bpre[\s-]?test|\bpost[\s-]?test|\bbefore\b|",
        r"\bafter\b|\bweeks?\b|\bmonths?\b|\bvisit|\btime\s?\d|\bT[0-9]\b|\bday\s?\d|\bsession|\bmatched"
    )),
    total: compile(
        r"(?i)\btotal|\ball\b|\boverall|\bcombined|\bentire|\bwhole\s+(?:sample|group)|\bfull\s+sample|\bdifference",
    ),
});

/// Whether words name a model with more terms than the groups, or means that are not those of the people.
pub(super) fn name_model(words: &str) -> bool {
    is_match(PATTERNS.model.as_ref(), words)
}

/// Whether words say that the columns may be of the same people twice.
pub(super) fn name_repeats(words: &str) -> bool {
    is_match(PATTERNS.repeated.as_ref(), words)
}

/// Whether the heading of a column is that of all groups together, or of what lies between them.
pub(super) fn name_total(heading: &str) -> bool {
    is_match(PATTERNS.total.as_ref(), heading)
}
