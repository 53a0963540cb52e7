//! The order in which a page shows findings: by consequence, not by place.

use num_traits::{Signed, Zero};

use crate::arithmetic::{Rational, RealSet, rational, set_text};
use crate::report::finding::Finding;

/// The findings with their positions in the row: level, confidence, size of the gap, then place.
pub(super) fn by_consequence(claims: &[Finding]) -> Vec<(usize, &Finding)> {
    let mut findings: Vec<(usize, &Finding, Rational)> = claims
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.stands_alone())
        .map(|(at, finding)| (at, finding, gap(finding)))
        .collect();
    findings.sort_by(|(at, a, gap), (other_at, b, other_gap)| {
        (b.level, b.confidence, other_gap).cmp(&(a.level, a.confidence, gap)).then(at.cmp(other_at))
    });
    findings.into_iter().map(|(at, finding, _)| (at, finding)).collect()
}

/// How far apart the tight sets are, as a part of the larger of the ends that face each other: 0 where they meet, at
/// most 2.
fn gap(finding: &Finding) -> Rational {
    let set = |text: &str| set_text::parse(text).as_ref().and_then(RealSet::hull);
    let (Some(stated), Some(derived)) = (set(&finding.stated.tight.exact), set(&finding.derived.tight.exact)) else {
        return rational::whole(0);
    };
    let between = [(stated.hi(), derived.lo()), (derived.hi(), stated.lo())];
    let gaps = between.into_iter().filter_map(|(below, above)| {
        let (below, above) = (below.value()?, above.value()?);
        let largest = below.abs().max(above.abs());
        (above > below && !largest.is_zero()).then(|| (above - below) / largest)
    });
    gaps.max().unwrap_or_else(|| rational::whole(0))
}
