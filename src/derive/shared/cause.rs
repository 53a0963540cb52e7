//! The causes that claims share, found one kind after the other.

use crate::derive::outcome::Outcome;
use crate::derive::proposal::Proposal;
use crate::document::{Table, TextRange};

use super::{copies, lines, values};

/// A claim of a paper: what was proposed and what came of it.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'c> {
    /// The proposal.
    pub proposal: &'c Proposal,
    /// Its outcome.
    pub outcome: &'c Outcome,
    /// Whether it weighs as a finding: only such claims have a cause.
    pub fails: bool,
}

/// What the claims share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// They are one claim, printed more than once.
    Claim,
    /// A value, with the number that would make each of them follow.
    Value {
        /// Where the value stands; of a value that stands in several of these claims' copies, its first place.
        range: TextRange,
        /// The number in its place, as a plain decimal.
        number: String,
    },
    /// A relation that fails wherever a table has it.
    Line {
        /// Whether the claims stand in rows, one below the other, or else in columns.
        rows: bool,
    },
}

/// Claims that fail for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedCause {
    /// Their positions in the list, ascending; at least two.
    pub claims: Vec<usize>,
    /// What they share.
    pub shared: Shared,
}

/// The causes that claims of one paper share, by their first claim. `tables` are those of the paper.
pub fn shared_causes(claims: &[Judged<'_>], tables: &[Table]) -> Vec<SharedCause> {
    let failing: Vec<usize> = (0..claims.len()).filter(|at| claims[*at].fails).collect();
    if failing.len() < 2 {
        return Vec::new();
    }
    // Copies of a claim share whatever the claim shares, so that they go through the other steps as one.
    let mut open = copies::classes(claims, &failing);
    let mut causes = values::causes(claims, &mut open);
    causes.extend(lines::causes(claims, &mut open, tables));
    let copied = open.into_iter().filter(|class| class.len() > 1);
    causes.extend(copied.map(|claims| SharedCause { claims, shared: Shared::Claim }));
    for cause in &mut causes {
        cause.claims.sort_unstable();
    }
    causes.sort_by_key(|cause| cause.claims.first().copied());
    causes
}
