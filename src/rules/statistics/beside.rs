//! What stands at a test besides its numbers: a name that may mean something else, a coefficient that the p-value may be of.
//!
//! Not here: the conditions in whose reach a test stands, which `extract` finds.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::rational;
use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{TestKind, TestStatistic};
use crate::rules::RuleContext;

/// From how many degrees of freedom on the bracket behind H holds the number of cases: so many groups are hardly compared.
const CASES: i64 = 20;

/// The second coordinate of a place, right before the third: "x = 26, y = −6 and z = −4".
static ORDINATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"\by\s*=\s*[-−–+]?\s*\d+(?:\.\d+)?\s*(?:mm\s*)?(?:[,;]|and|\s)\s*(?:and\s+)?$"));

/// What a name may mean besides the test: an H with the number of cases behind it, a coordinate, a score that a p-value stands beside.
pub(super) fn named_otherwise(statistic: &TestStatistic, text: &str, context: RuleContext<'_>) -> Option<&'static str> {
    let first = statistic.degrees.first().and_then(|df| df.readings.first());
    let cases = first.is_some_and(|(_, _, printed)| printed.point() >= rational::whole(CASES));
    if text.starts_with('H') && cases {
        return Some("the bracket behind H may hold the number of cases");
    }
    let before = TextRange::new(statistic.range.start.saturating_sub(24), statistic.range.start);
    let before = context.index.slice(&context.document.text, before);
    if statistic.kind == TestKind::Z && ORDINATE.as_ref().is_some_and(|pattern| pattern.is_match(before)) {
        return Some("z may be a coordinate beside x and y");
    }
    let score = statistic.kind == TestKind::Z && text.to_lowercase().contains("score");
    score.then_some("a z-score may be of something else than the p-value beside it")
}

/// A coefficient with what follows it up to a test.
static COEFFICIENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?:β|\bb|\bB|[Bb]eta|[Ee]stimate|[Cc]oefficient)\s*=\s*(?:[^;.]|\.\d){0,160}$"));

/// Whether a coefficient stands before the characters of a test, without an end of a sentence between them.
pub(super) fn follows_a_coefficient(range: TextRange, context: RuleContext<'_>) -> bool {
    let before = TextRange::new(range.start.saturating_sub(200), range.start);
    let text = context.index.slice(&context.document.text, before);
    COEFFICIENT.as_ref().is_some_and(|pattern| pattern.is_match(text))
}
