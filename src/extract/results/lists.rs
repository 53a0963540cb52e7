//! p-values that stand once for several tests: one bound for all of them, or as many values as tests.
//!
//! Tests are in one list where the search of each for a p-value came to the letter of the next, with nothing but effect
//! sizes and the like between. A list of p-values is dealt out only where it has as many members as the list of tests.

use super::search::Raw;

/// Deals the p-values out that the last test of a list has for all.
pub(super) fn share(raws: &mut [Raw]) {
    for last in (0..raws.len()).rev() {
        let plural = raws[last].shared_p && raws[last].p.is_some();
        if !plural && raws[last].list.is_empty() {
            continue;
        }
        let mut first = last;
        while first > 0 && !raws[last].plural && waits_for(&raws[first - 1], &raws[first]) {
            first -= 1;
        }
        let values = match (&raws[last].p, plural) {
            (Some(p), true) => vec![p.clone(); last + 1 - first],
            _ => raws[last].list.clone(),
        };
        if values.len() != last + 1 - first {
            continue;
        }
        for (raw, value) in raws[first..=last].iter_mut().zip(values) {
            raw.shared_p = plural;
            raw.p = Some(value);
        }
    }
}

/// Whether a test has no p-value and the next one stands where it was looked for.
fn waits_for(raw: &Raw, next: &Raw) -> bool {
    !raw.has_p() && raw.list.is_empty() && raw.next == Some(next.range.start)
}
