//! What a rule is: metadata, a page of documentation, proposals, and words for an outcome.

use serde::Serialize;

use crate::derive::{Outcome, Proposal, Proposals};
use crate::document::{Document, TextIndex};
use crate::extract::Mentions;

/// The family of a rule: the letters of its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Family {
    /// `CN`: constants and conversions.
    Conversions,
    /// `EQ`: stated arithmetic and equations.
    Equations,
    /// `ST`: test statistics.
    Statistics,
    /// `SU`: sums, percentages, totals.
    Sums,
    /// `UN`: units, dimensions and doses.
    Units,
}

/// Where a rule stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// New; its findings may change.
    Preview,
    /// Its behaviour is part of the promise of the version.
    Stable,
}

/// What a rule needs from the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Needs {
    /// Running text.
    Text,
}

/// The facts about a rule that every list shows.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RuleMetadata {
    /// Two letters and three digits, stable for ever.
    pub code: &'static str,
    /// The fault, in kebab case, so that "allow NAME" reads well.
    pub name: &'static str,
    /// The fault in a few words, the first line of a finding: a lower-case fragment.
    pub summary: &'static str,
    /// The family.
    pub family: Family,
    /// The version that brought it.
    pub since: &'static str,
    /// Where it stands.
    pub status: Status,
    /// What it needs from the reader.
    pub needs: Needs,
    /// DOIs or addresses of what it stands on.
    pub references: &'static [&'static str],
}

/// The page that `explain` prints: Markdown with the fixed headings of `CONTRIBUTING.md`.
#[derive(Clone, Copy, Debug)]
pub struct Page(pub &'static str);

/// What a rule sees of a paper.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'p> {
    /// The paper.
    pub document: &'p Document,
    /// The offsets of its text.
    pub index: &'p TextIndex,
}

/// The words of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prose {
    /// One line that stands alone: what does not follow from what.
    pub message: String,
    /// What the reader can look at or do.
    pub help: String,
}

/// A rule.
pub trait Rule: Sync {
    /// Its facts.
    fn metadata(&self) -> &'static RuleMetadata;

    /// Its page.
    fn page(&self) -> Page;

    /// Proposes relations for the values it understands. Order is by place in the text.
    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals);

    /// Words for an outcome of one of its own proposals.
    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose;
}
