//! A whole that is parted into groups of one size: "12 pups were penned into two groups of six", "15 fields (3 slips, 5
//! fields each)".

use std::sync::LazyLock;

use crate::derive::{Expression, Operation, Proposal};
use crate::extract::Mentions;
use crate::rules::Skeleton;
use crate::rules::binding::{self, Binding};
use crate::rules::pattern::Pattern;

/// The words for parts of one size.
const GROUPS: &str = r"(?:equal |separate |different |identical )?(?:groups|teams|blocks|sets|batches|clusters|batteries|pens|cages|sessions|rows|plots|lists|classes|subgroups|triplets|runs)";

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        format!(r"‹whole›… (?:into|in|across|as)_‹k› {GROUPS} of ‹n›"),
        format!(r"‹whole›…[,:]?_\(_‹k› {GROUPS} of ‹n›"),
        r"‹whole›…_\(_‹k›…, ‹n›… (?:each|per [\p{L}]+)_\)".to_owned(),
        r"‹whole›…_\(_‹n›… (?:each|per [\p{L}]+)(?:,| in| for| from| ×)? ‹k›…_\)".to_owned(),
        r"‹whole›…_\(_‹k›… [×x] ‹n›…_\)".to_owned(),
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

const SOME: &str = "the groups may not be all of the whole";

/// The proposals of a sentence.
pub(in crate::rules::sums) fn proposals(code: &str, skeleton: &Skeleton, mentions: &Mentions) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    // Most sentences have none of these words, and a pattern takes its time.
    if skeleton.quantities().len() < 3
        || !["groups of", "each", "per ", "×", " x ", " of "].iter().any(|word| skeleton.text.contains(word))
    {
        return found;
    }
    for hit in PATTERNS.iter().flat_map(|pattern| pattern.matches(skeleton)) {
        let count = |role: &str, name: &str| {
            let quantity = binding::quantity(mentions, hit.quantity(name)?)?;
            let plain = binding::is_whole(quantity) && quantity.first().unit.is_none();
            plain.then(|| binding::count(role, quantity)).flatten()
        };
        let operands = [count("number of groups", "k"), count("size of a group", "n"), count("stated whole", "whole")];
        let Some(operands) = operands.into_iter().collect::<Option<Vec<_>>>() else { continue };
        let formula = Expression::call("*", [Expression::operand(0), Expression::operand(1)]);
        let mut binding = Binding::stated(operands, formula, hit.range());
        binding.operation = Operation::Likely;
        let proposal = binding.doubted(Some(SOME)).proposal(code);
        found.extend(proposal.filter(|new| found.iter().all(|old| !old.quote.overlaps(new.quote))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(Pattern::is_valid));
    }
}
