//! What a rule is: metadata, a page of documentation, proposals, and words for an outcome.

use serde::Serialize;

use crate::derive::{Confidence, Grounds, Outcome, Proposal, Proposals};
use crate::document::{Document, Place, TextIndex};
use crate::extract::Mentions;
use crate::search::Selection;

use super::skeleton::Skeletons;

/// The headings of every rule's page, in their order.
pub const PAGE_HEADINGS: [&str; 9] = [
    "What it checks",
    "Why it matters",
    "How it is derived",
    "When it stays silent",
    "Example (flagged)",
    "Example (clean)",
    "Limits",
    "Options",
    "References",
];

/// The family of a rule: the letters of its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Family {
    /// `CN`: constants and conversions.
    Conversions,
    /// `MD`: what a search finds without a rule.
    Derivations,
    /// `EQ`: stated arithmetic and equations.
    Equations,
    /// `GR`: what means and deviations of whole numbers can be.
    Granularity,
    /// `HT`: text that a page does not show.
    Hidden,
    /// `XC`: the same quantity in two places.
    Repeats,
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
    /// Tables whose rows and columns are known.
    Tables,
    /// Pages, and how their text is painted.
    Pages,
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
    /// What a mismatch needs to be an error.
    pub grounds: Grounds,
    /// What it needs from the reader.
    pub needs: Needs,
    /// DOIs or addresses of what it stands on.
    pub references: &'static [&'static str],
}

/// The page that `explain` prints: Markdown with the fixed headings of `CONTRIBUTING.md`.
#[derive(Clone, Copy, Debug)]
pub struct Page(pub &'static str);

impl Page {
    /// The page as Markdown: the doc comment's lines without the space that parts them from the comment sign.
    pub fn markdown(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        for line in self.0.lines() {
            text.push_str(line.strip_prefix(' ').unwrap_or(line));
            text.push('\n');
        }
        text
    }

    /// The headings of the page, in order.
    pub fn headings(&self) -> Vec<String> {
        self.markdown().lines().filter_map(|line| line.strip_prefix("## ").map(str::to_owned)).collect()
    }

    /// The text below the heading `heading`, up to the next one.
    pub fn section(&self, heading: &str) -> Option<String> {
        let markdown = self.markdown();
        let start = markdown.find(&format!("## {heading}\n"))?;
        let body = markdown[start..].split_once('\n')?.1;
        Some(body.split("\n## ").next().unwrap_or(body).trim().to_owned())
    }

    /// The contents of the `text` blocks below the heading `heading`.
    pub fn examples(&self, heading: &str) -> Vec<String> {
        let section = self.section(heading).unwrap_or_default();
        section
            .split("```text\n")
            .skip(1)
            .filter_map(|rest| rest.split_once("```").map(|(example, _)| example.trim_end().to_owned()))
            .collect()
    }
}

/// What a rule sees of a paper.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'p> {
    /// The paper.
    pub document: &'p Document,
    /// The offsets of its text.
    pub index: &'p TextIndex,
    /// The skeletons of its sentences, once a rule has asked for them.
    pub skeletons: &'p Skeletons,
    /// What a reasoning model chose for values of the paper; nothing where none was asked.
    pub selections: &'p [Selection],
}

/// The words of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prose {
    /// One line that stands alone: what does not follow from what.
    pub message: String,
    /// What the reader can look at or do.
    pub help: String,
}

/// What a rule saw in the file itself. No value follows from another here, so there is no relation, the evaluator is not asked,
/// and what is reported is a warning: that it is there, not that anything cannot be true.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The rule's code.
    pub code: &'static str,
    /// How sure it is that it is as the words say.
    pub confidence: Confidence,
    /// The page where it stands, counted from 1.
    pub page: u32,
    /// Its characters.
    pub quote: String,
    /// Where they stand.
    pub places: Vec<Place>,
    /// What would make it innocent and is not excluded, as lower-case fragments.
    pub innocent: Vec<String>,
    /// The words of the finding.
    pub prose: Prose,
}

/// A rule.
pub trait Rule: Sync {
    /// Its facts.
    fn metadata(&self) -> &'static RuleMetadata;

    /// Its page.
    fn page(&self) -> Page;

    /// Proposes relations for the values it understands. Order is by place in the text.
    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals);

    /// What it sees in the file itself, by place, where it does not propose relations.
    fn observe(&self, _: RuleContext<'_>) -> Vec<Observation> {
        Vec::new()
    }

    /// Whether it gives way: its proposals for a value that another rule has proposed something for are dropped.
    fn yields(&self) -> bool {
        false
    }

    /// Words for an outcome of one of its own proposals.
    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose;
}
