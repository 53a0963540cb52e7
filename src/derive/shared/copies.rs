//! Claims that are printed more than once: the same relation over the same numbers.

use std::collections::BTreeMap;

use super::Judged;

/// How many digits the numbers of a claim have together, at least, for it to be the same claim where it stands again: by
/// chance two claims of few digits ("1 of 3 (30%)") are alike too.
const TELLING_DIGITS: usize = 6;

/// The failing claims in classes of copies, by their first claim.
pub(super) fn classes(claims: &[Judged<'_>], failing: &[usize]) -> Vec<Vec<usize>> {
    let mut classes: Vec<Vec<usize>> = Vec::new();
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for at in failing {
        let Judged { proposal, outcome, .. } = claims[*at];
        let digits = outcome.relation.chars().filter(char::is_ascii_digit).count();
        if digits < TELLING_DIGITS {
            classes.push(vec![*at]);
            continue;
        }
        let class = *known.entry((&proposal.code, &outcome.relation)).or_insert(classes.len());
        match classes.get_mut(class) {
            Some(class) => class.push(*at),
            None => classes.push(vec![*at]),
        }
    }
    classes
}
