//! Parts of a total in the sentences of one paragraph: "We surveyed a total of 21 sites. … we surveyed 15 sites … We
//! surveyed 6 control sites."
//!
//! The whole is told as a total, and the two parts are the only other numbers of the same things that are smaller, so that
//! nothing has to be chosen.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::Proposal;
use crate::extract::patterns::compile;
use crate::extract::{Mentions, QuantityIx};
use crate::rules::Skeleton;
use crate::rules::nouns::Things;

use super::{Told, are_near, counts, proposal};

/// The least total, as small numbers meet by chance.
const LEAST: u64 = 10;
/// How many sentences around a total its parts may stand in.
const REACH: usize = 20;

/// How many paragraphs away.
const LEAVES: usize = 4;

/// Words right before a total.
static TOTAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)\b(?:total of|in total,?(?: \p{L}+){0,3}|altogether,?(?: \p{L}+){0,3}|in all,?)\s*$")
});

/// A number of things.
struct Counted {
    told: Told,
    things: Things,
    total: bool,
    sentence: usize,
}

/// The proposals of the sentences of a paper; `known` are the wholes that words have bound already.
pub(in crate::rules::sums) fn proposals(
    code: &str,
    skeletons: &[Skeleton],
    mentions: &Mentions,
    known: &dyn Fn(QuantityIx) -> bool,
) -> Vec<Proposal> {
    let mut found = Vec::new();
    let is_total = |skeleton: &Skeleton, told: &Told| {
        TOTAL
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(crate::rules::skeleton::tail(&skeleton.text[..told.start], 60)))
    };
    for (at, skeleton) in skeletons.iter().enumerate() {
        let words = ["otal", "ltogether", "n all"];
        let sentence = mentions.sentences.get(skeleton.sentence);
        if !words.iter().any(|word| skeleton.text.contains(word)) || sentence.is_none_or(|own| own.cell.is_some()) {
            continue;
        }
        for whole in counts(skeleton, mentions).into_iter().flatten() {
            if whole.value < LEAST || !is_total(skeleton, &whole) || known(whole.at) {
                continue;
            }
            let things = Things::of(&skeleton.text[whole.end..]);
            let around = at.saturating_sub(REACH)..(at + REACH + 1).min(skeletons.len());
            let near = skeletons[around].iter().filter(|other| are_near(other, skeleton, LEAVES, mentions));
            let mut parts: Vec<Counted> = Vec::new();
            for other in near {
                parts.extend(counts(other, mentions).into_iter().flatten().map(|told| Counted {
                    things: Things::of(&other.text[told.end..]),
                    total: is_total(other, &told),
                    sentence: other.sentence,
                    told,
                }));
            }
            parts.retain(|part| {
                part.told.value < whole.value
                    && part.told.value > 0
                    && !part.total
                    && part.things.head().is_some()
                    && part.things.head() == things.head()
            });
            parts.sort_by_key(|part| (part.told.value, part.sentence));
            parts.dedup_by_key(|part| part.told.value);
            if let [a, b] = parts.as_slice()
                && a.told.value + b.told.value == whole.value
            {
                let mut both = [a.told, b.told];
                both.sort_by_key(|told| told.at);
                found.extend(proposal(code, whole, &both, mentions, skeleton.range(whole.start, whole.end)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_named_right_before() {
        let named = |text: &str| TOTAL.as_ref().is_some_and(|pattern| pattern.is_match(text));
        assert!(named("We surveyed a total of ") && named("In total, we saw ") && !named("The total was "));
    }
}
