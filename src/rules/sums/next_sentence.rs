//! A count and its whole in one sentence, their percentage in the next: "Of the 50 plates, 12 were clear. The percentage
//! of clear plates was thus 24%."
//!
//! That the percentage is of those two numbers is read from their order, so a mismatch is left undecided.

use std::sync::LazyLock;

use crate::derive::Operation;
use crate::extract::Mentions;
use crate::rules::Skeleton;
use crate::rules::binding::Binding;
use crate::rules::pattern::{Match, Pattern};

use super::count_and_percentage::Fraction;

/// A sentence that tells a whole and one part of it.
static WHOLES: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // … 10 results in an article, of which 2 are inconsistent.
        r"‹whole›⋯,? of (?:which|whom|these|those) (?:only |just )?‹part›[^.;]*\.?$",
        // Of the 50 plates, 12 were clear.
        r"\bof (?:the |all |these |our )?‹whole›…,? (?:only |just )?‹part›[^.;]*\.?$",
        // 12 of the 50 plates were clear.
        r"‹part›…(?: of | out of )(?:the |all |these |our |a total of )*‹whole›[^.;]*\.?$",
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// A sentence that tells their percentage.
static PERCENTAGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^(?:this|that|the|thus,? the|hence,? the|so the)(?: [\p{L}-]+){0,2} (?:percentage|proportion|fraction|share|rate)… (?:is|was)(?: then| thus| therefore| hence)? ‹percentage›(?: \.|\.|,|$)",
    )
});

/// Why a percentage that does not fit is left undecided.
const APART: &str = "the counts stand in the sentence before, so the percentage may be of others";

/// The binding of a sentence with the one before it in its paragraph, where they tell such a percentage.
pub(super) fn binding(skeleton: &Skeleton, before: &Skeleton, mentions: &Mentions) -> Option<(Fraction, Binding)> {
    let percentage = only(PERCENTAGE.matches(skeleton))?.quantity("percentage")?;
    let found = WHOLES.iter().find_map(|pattern| only(pattern.matches(before)))?;
    let fraction = Fraction { part: found.quantity("part")?, whole: found.quantity("whole")?, percentage };
    fraction.is_one(mentions).then_some(())?;
    let mut binding = fraction.binding(mentions, found.range())?;
    binding.operation = Operation::Implied;
    Some((fraction, binding.doubted(Some(APART))))
}

/// The one match of a list.
fn only(matches: Vec<Match<'_>>) -> Option<Match<'_>> {
    let mut matches = matches.into_iter();
    matches.next().filter(|_| matches.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PERCENTAGE.is_valid() && WHOLES.iter().all(Pattern::is_valid));
    }
}
