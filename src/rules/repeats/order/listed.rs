//! A list of numbers and its range in one sentence: "12, 15 and 19 %, ranging from 12 to 19".

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::derive::{Comparison, Expression, Proposal};
use crate::extract::{Amount, Mentions, Quantity};
use crate::rules::binding;
use crate::rules::pattern::Pattern;
use crate::rules::skeleton::Skeleton;

use super::ordered::{Claim, Stated, point};

static RANGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\b(?:rang(?:ed|es|ing|e)|var(?:ied|ies|ying)|spanning)\b…_(?:from|between|of|[:=])?_‹ab›")
});

const OTHERS: &str = "the range may be of more numbers than the list has";

/// The claims of a sentence.
pub(super) fn proposals(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Proposal> {
    let mut lists: BTreeMap<usize, Vec<&Quantity>> = BTreeMap::new();
    for quantity in skeleton.quantities().iter().filter_map(|at| binding::quantity(mentions, *at)) {
        if let Some(list) = quantity.list.filter(|_| quantity.single().is_some()) {
            lists.entry(list).or_default().push(quantity);
        }
    }
    lists.retain(|_, numbers| numbers.len() >= 3);
    let mut matches = RANGE.matches(skeleton);
    let (Some(numbers), Some(found)) = (lists.into_values().next(), matches.pop()) else { return Vec::new() };
    let Some(range) = found.quantity("ab").and_then(|at| binding::quantity(mentions, at)) else { return Vec::new() };
    let Amount::Range(from, to) = &range.first().amount else { return Vec::new() };
    let fits = |end: &crate::arithmetic::Printed| numbers.iter().any(|quantity| point(quantity) == end.point());
    // With one end in the list the other one is of it too; with none the range is of something else.
    if !fits(from) && !fits(to) {
        return Vec::new();
    }
    let all = numbers.iter().map(|quantity| ("value", *quantity)).collect::<Vec<_>>();
    let over = |function: &str| Expression::call(function, (0..all.len()).map(Expression::operand));
    let claim = |function: &str, role: &'static str, stated: Stated<'_>| {
        Claim {
            numbers: all.clone(),
            stated: Some((role, stated)),
            formulas: vec![("", over(function))],
            op: Comparison::Equal,
            right: None,
            doubt: (!matches.is_empty()).then_some(OTHERS),
            quote: found.range(),
        }
        .proposal()
    };
    let (low, high) = if from.point() <= to.point() {
        (Stated::From(range), Stated::To(range))
    } else {
        (Stated::To(range), Stated::From(range))
    };
    [claim("least", "stated lower end", low), claim("greatest", "stated upper end", high)]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_compiles() {
        assert!(RANGE.is_valid());
    }
}
