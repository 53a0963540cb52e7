//! Products and sums that prose spreads over clauses and sentences: "four blocks of 60 trials each (240 trials overall)",
//! "the first stage takes 24 runs. The second stage takes 6. In total, 30 runs are needed", "126 out of 162 riders gave
//! up, meaning only 36 riders finished".
//!
//! What belongs to what is told by the order of the words and by what the numbers count, so each of these operations is
//! implied, and a mismatch is left undecided.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{Expression, Operation};
use crate::document::TextRange;
use crate::extract::QuantityIx;
use crate::extract::patterns::compile;
use crate::rules::Skeleton;
use crate::rules::nouns::{Counted, Things};
use crate::rules::pattern::{Match, Pattern};
use crate::rules::skeleton::is_placeholder;

use super::passage::{Passage, names};
use super::stated_arithmetic::Calculation;

/// "60 trials each (240 trials overall)", "40 phases (i.e., 120 total actions)", "20 images (a total of 60)".
static TOTAL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"‹b›(?P<each>…)_\((?:i\.e\.,? |=_|or )?(?P<total>a total of |in total,? )?‹c›(?P<words>(?: [\p{L}-]+){0,4})\)",
    )
});

/// "With 10-fold cross-validation per model, the search requires 300 runs".
static PER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?:with|at|using|given|assuming) (?:an? )?‹a›(?:-fold)?… per (?P<of>[\p{L}-]+),… (?:requires?|required|needs?|needed|takes?|took|uses?|used|yields?|yielded|gives?|gave|results? in|resulted in|makes?|made|amounts? to|amounted to|means?|there (?:are|were)) (?:a total of )?‹c›",
    )
});

/// A sum over stages: "In total, 30 runs", "a total of 30 runs".
static SUM: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?:^(?:in total|altogether|overall|in all|together),?⋯|\ba total of|\bthe total (?:is|was)) ‹c›")
});

/// The name of a stage.
static STAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?P<which>first|second|third|fourth|fifth|last|final|latter|other) (?P<stage>stage|phase|step|round|session|part|wave|cohort|block|experiment|study|survey|period|arm|batch|day|week|year|visit|run)\b",
    )
});

/// "126 out of 162 riders (78%), meaning only 36 riders finished".
static REST: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"‹a›…(?: of | out of )(?:the |all |these |our |a total of ){0,2}‹b›(?P<whole>…)(?:_\(‹p›\))?…_[,;(–—-]?_(?:and )?(?:meaning(?: that)?|leaving|so that|i\.e\.,?|the remaining|the other|while the remaining|while the other)(?: only| just)? ‹c›",
    )
});

/// "156 out of 180 riders finished."
static SHARE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"‹a›…(?: of | out of )(?:the |all |these |our |a total of ){0,2}‹b›(?P<whole>…)"));

/// "Only 24 riders …", "The remaining 24 riders …".
static ONLY: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"^(?:only|just|the remaining|the other|the rest,?(?: of)?) ‹c›"));

const OTHER_FACTORS: &str = "the factors are told by the order of the words, so there may be others";
const OTHER_STAGES: &str = "the stages are told by their names, so there may be others";
const OTHER_PARTS: &str = "there may be other parts";

/// The calculations that end in the passage's sentence.
pub(super) fn calculations(passage: &Passage<'_>) -> Vec<Calculation> {
    let mut calculations = Vec::new();
    calculations.extend(TOTAL.matches(passage.sentence).iter().filter_map(|found| total(passage, found)));
    calculations.extend(PER.matches(passage.sentence).iter().filter_map(|found| per(passage, found)));
    calculations.extend(SUM.matches(passage.sentence).iter().filter_map(|found| stages(passage, found)));
    calculations.extend(REST.matches(passage.sentence).iter().filter_map(|found| rest(passage, found)));
    calculations.extend(ONLY.matches(passage.sentence).iter().filter_map(|found| only(passage, found)));
    calculations
}

/// A calculation over counts, with one function.
fn over_counts(
    passage: &Passage<'_>,
    function: &str,
    quantities: Vec<QuantityIx>,
    result: QuantityIx,
    (quote, doubt): (TextRange, &'static str),
) -> Option<Calculation> {
    let counts = quantities.iter().chain([&result]).all(|at| passage.is_count(*at));
    let apart = !quantities.contains(&result);
    (counts && apart).then(|| Calculation {
        expression: Expression::call(function, (0..quantities.len()).map(Expression::operand)),
        quantities,
        result,
        operation: Operation::Implied,
        approximate: false,
        doubt: Some(doubt),
        needs_cause: true,
        quote,
    })
}

/// A product with its total in brackets behind the second factor; the first stands before it in the sentence, counts the
/// same things in a sentence before, or is the last count of that sentence ("four blocks. There were 60 trials each").
fn total(passage: &Passage<'_>, found: &Match<'_>) -> Option<Calculation> {
    let (b, c) = (found.quantity("b")?, found.quantity("c")?);
    let words = found.words("words").unwrap_or_default().to_lowercase();
    let says_total = found.words("total").is_some()
        || ["total", "overall", "altogether", "in all"].iter().any(|word| words.contains(word));
    says_total.then_some(())?;
    let own = passage.counts(passage.sentence);
    let in_sentence = own.iter().rev().find(|counted| counted.at < b);
    let things = Things::of(&words.replace("total", " ").replace("overall", " "));
    let earlier = || passage.before.iter().take(2).flat_map(|sentence| passage.counts(sentence).into_iter().rev());
    let each = passage.sentence.text[..found.bytes().1].contains("each");
    let a = in_sentence
        .map(|counted| counted.at)
        .or_else(|| earlier().find(|counted| things.are_among(&counted.things)).map(|counted| counted.at))
        .or_else(|| {
            passage.before.first().filter(|_| each).and_then(|last| passage.counts(last).last().map(|c| c.at))
        })?;
    over_counts(passage, "*", vec![a, b], c, (found.range(), OTHER_FACTORS))
}

/// So many for each of some things, whose number stands in a sentence before that names them.
fn per(passage: &Passage<'_>, found: &Match<'_>) -> Option<Calculation> {
    let (a, c, of) = (found.quantity("a")?, found.quantity("c")?, found.words("of")?);
    let naming = passage.before.iter().filter(|sentence| names(sentence, of));
    let number = naming.flat_map(|sentence| passage.counts(sentence).into_iter().rev()).next()?;
    over_counts(passage, "*", vec![a, number.at], c, (found.range(), OTHER_FACTORS))
}

/// A sum over the sentences before that name a first, a second and further stages.
fn stages(passage: &Passage<'_>, found: &Match<'_>) -> Option<Calculation> {
    let c = found.quantity("c")?;
    let mut parts = Vec::new();
    let mut kind: Option<String> = None;
    for sentence in &passage.before {
        let named = STAGE.as_ref()?.captures(&sentence.text)?;
        let (which, stage) =
            (named.name("which")?.as_str().to_lowercase(), named.name("stage")?.as_str().to_lowercase());
        if kind.get_or_insert_with(|| stage.clone()) != &stage {
            return None;
        }
        parts.push(number_of_stage(passage, sentence)?);
        if which == "first" {
            parts.reverse();
            let several = parts.len() > 1;
            return several.then(|| over_counts(passage, "sum", parts, c, (found.range(), OTHER_STAGES)))?;
        }
    }
    None
}

/// The number of a stage: the result of the last equation in its sentence, or its only count.
fn number_of_stage(passage: &Passage<'_>, sentence: &Skeleton) -> Option<QuantityIx> {
    let counts = passage.counts(sentence);
    let stated = sentence.text.char_indices().rev().find_map(|(byte, character)| {
        let behind_sign = is_placeholder(character) && sentence.text[..byte].trim_end().ends_with('=');
        behind_sign.then(|| sentence.quantity(character))?
    });
    stated.or(if let [only] = counts.as_slice() { Some(only.at) } else { None })
}

/// What is left of a whole, in the same sentence.
fn rest(passage: &Passage<'_>, found: &Match<'_>) -> Option<Calculation> {
    let (a, b, c) = (found.quantity("a")?, found.quantity("b")?, found.quantity("c")?);
    let whole = Things::of(found.words("whole").unwrap_or_default());
    let left = Things::of(found.after());
    let same = left.head().is_none() || left.are_among(&whole) || whole.are_among(&left) || whole.head().is_none();
    same.then(|| over_counts(passage, "-", vec![b, a], c, (found.range(), OTHER_PARTS)))?
}

/// What is left of a whole that the sentence before tells with one part.
fn only(passage: &Passage<'_>, found: &Match<'_>) -> Option<Calculation> {
    let c = found.quantity("c")?;
    let before = passage.before.first()?;
    let matches = SHARE.matches(before);
    let [share] = matches.as_slice() else { return None };
    let (a, b) = (share.quantity("a")?, share.quantity("b")?);
    let whole = Things::of(share.words("whole").unwrap_or_default());
    let left: Option<Counted> = passage.counts(passage.sentence).into_iter().find(|counted| counted.at == c);
    let same = left.is_some_and(|left| left.things.are_among(&whole));
    same.then(|| over_counts(passage, "-", vec![b, a], c, (share.range().hull(found.range()), OTHER_PARTS)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!([&TOTAL, &PER, &SUM, &REST, &SHARE, &ONLY].iter().all(|pattern| pattern.is_valid()) && STAGE.is_some());
    }
}
