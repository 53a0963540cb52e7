//! One cause, one finding: of claims that fail for the same reason the weightiest stands for all, and the others stand in it
//! with their own derivations. No claim is left out, and none changes its level or its fingerprint.

use std::cmp::Reverse;

use crate::derive::{Shared, SharedCause};
use crate::document::{Document, TextIndex};

use super::finding::{Finding, SharedKind, SharedReport};
use super::summary::plural;

/// Writes the causes that claims share into the claims of one paper; the positions in `causes` are those of the claims.
pub fn gather(document: &Document, index: &TextIndex, claims: &mut [Finding], causes: &[SharedCause]) {
    for cause in causes {
        let weightiest = cause.claims.iter().copied().min_by_key(|at| {
            let claim = &claims[*at];
            (Reverse(claim.level), Reverse(claim.confidence), claim.cause.is_none(), *at)
        });
        let Some(lead) = weightiest else { continue };
        let parts: Vec<usize> = cause.claims.iter().copied().filter(|at| *at != lead).collect();
        if parts.is_empty() {
            continue;
        }
        let fingerprint = claims[lead].fingerprint.clone();
        for part in &parts {
            claims[*part].part_of = Some(fingerprint.clone());
        }
        let parts: Vec<String> = parts.iter().map(|part| claims[*part].fingerprint.clone()).collect();
        claims[lead].shared = Some(report(document, index, &cause.shared, parts));
    }
}

fn report(document: &Document, index: &TextIndex, shared: &Shared, parts: Vec<String>) -> SharedReport {
    let all = plural(parts.len() + 1, "claim");
    let (kind, words, value, number) = match shared {
        Shared::Claim => {
            (SharedKind::Claim, format!("the same claim is printed {} times", parts.len() + 1), None, None)
        }
        Shared::Value { range, number } => {
            let span = document.span(index, *range);
            let printed = span.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = format!(
                "one printed value, {printed}, stands in {all}; with {} in its place each of them would follow",
                number.replace('-', "\u{2212}")
            );
            (SharedKind::Value, words, Some(span), Some(number.clone()))
        }
        Shared::Line { rows } => {
            let line = if *rows { "row" } else { "column" };
            let words = format!("the same relation fails in every {line} of the table that has it: {all}");
            (SharedKind::Line, words, None, None)
        }
    };
    SharedReport { kind, words, value, number, parts }
}

impl Finding {
    /// Whether the claim is a finding of its own: it weighs as one and is no part of another.
    pub const fn stands_alone(&self) -> bool {
        self.level.is_some() && self.part_of.is_none()
    }
}

/// The claims that stand in a finding as parts of it, in the order of the text.
pub(super) fn parts<'f>(claims: &'f [Finding], finding: &Finding) -> Vec<(usize, &'f Finding)> {
    if finding.shared.is_none() {
        return Vec::new();
    }
    let of = |claim: &Finding| claim.part_of.as_deref() == Some(finding.fingerprint.as_str());
    claims.iter().enumerate().filter(|(_, claim)| of(claim)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::Level;
    use crate::report::fixture;
    use crate::report::summary::Totals;

    fn gathered() -> Vec<Finding> {
        let mut claims = fixture::report().papers.swap_remove(0).findings;
        let document = fixture::document(&claims);
        let index = TextIndex::new(&document.text);
        let shared = Shared::Value { range: claims[0].operands[2].span.range, number: "-420000".to_owned() };
        gather(&document, &index, &mut claims, &[SharedCause { claims: vec![0, 1], shared }]);
        claims
    }

    #[test]
    fn the_weightiest_claim_stands_for_the_others() {
        let claims = gathered();
        assert_eq!(claims[1].part_of.as_ref(), Some(&claims[0].fingerprint));
        assert!(claims[0].stands_alone() && !claims[1].stands_alone());
        assert_eq!(claims[1].level, Some(Level::Note), "a part keeps its level");
        let shared = claims[0].shared.as_ref().expect("it stands for another");
        assert_eq!(shared.parts, [claims[1].fingerprint.clone()]);
        assert_eq!(
            shared.words,
            "one printed value, 42, 000 ng/day, stands in 2 claims; with \u{2212}420000 in its place each of them would follow"
        );
        assert_eq!(parts(&claims, &claims[0]).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1]);
        assert!(parts(&claims, &claims[1]).is_empty());
    }

    #[test]
    fn what_stands_together_is_counted_once_and_no_claim_is_lost() {
        let mut paper = fixture::report().papers.swap_remove(0);
        let apart = Totals::of(std::slice::from_ref(&paper));
        paper.findings = gathered();
        let together = Totals::of(std::slice::from_ref(&paper));
        assert_eq!((apart.findings.error, apart.findings.note, apart.parts), (1, 1, 0));
        assert_eq!((together.findings.error, together.findings.note, together.parts), (1, 0, 1));
        assert_eq!(apart.coverage, together.coverage);
        assert_eq!(paper.listed(false).findings.len(), 2);
    }
}
