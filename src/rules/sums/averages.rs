//! Percentages that the paper prints beside "average" or "mean" elsewhere.
//!
//! "490 of 506 (96.47 %)" looks like a share, but where a table has "Average … 96.47", the percentage is the mean of
//! other percentages and follows from no two counts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{Mentions, Quantity};
use crate::rules::RuleContext;

/// How many characters before a number the word may stand: about a row of a table.
const BEFORE: usize = 120;
/// How many characters behind it.
const BEHIND: usize = 30;

static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)\b(?:averag|mean\b)"));

/// Why a percentage that does not follow is left undecided.
pub(super) const AVERAGE: &str = "the paper prints the percentage beside \"average\" or \"mean\" elsewhere";

/// The numbers with decimals, as printed, that stand by such a word, with their places.
#[derive(Debug, Default)]
pub(super) struct Averages(BTreeMap<String, Vec<TextRange>>);

impl Averages {
    /// Finds them in a paper.
    pub fn new(mentions: &Mentions, context: RuleContext<'_>) -> Self {
        let mut found: BTreeMap<String, Vec<TextRange>> = BTreeMap::new();
        let length = context.index.len();
        for quantity in &mentions.quantities {
            // A whole number stands by every word somewhere.
            let Some(number) = quantity.single().filter(|number| number.decimals > 0) else { continue };
            let around = TextRange::new(
                quantity.range.start.saturating_sub(BEFORE),
                quantity.range.end.saturating_add(BEHIND).min(length),
            );
            let words = context.index.slice(&context.document.text, around);
            if WORDS.as_ref().is_some_and(|pattern| pattern.is_match(words)) {
                found.entry(number.text.clone()).or_default().push(quantity.range);
            }
        }
        Self(found)
    }

    /// The doubt about a percentage that stands by such a word in another place.
    pub fn doubt(&self, percentage: &Quantity) -> Option<&'static str> {
        let places = self.0.get(&percentage.single()?.text)?;
        places.iter().any(|place| *place != percentage.range).then_some(AVERAGE)
    }
}
