//! `GR106`: percentages of a column whose count is not printed, against the number of things that they are of.

use crate::derive::{Outcome, Proposal, Proposals};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::shares_of_things;

rule! {
    /// # GR106 percentage-granularity
    ///
    /// ## What it checks
    ///
    /// The percentages of a column that says what they are of ("% of sites", "% plots without seedlings") and prints no
    /// counts, against the number of these things: a column of numbers of the same things for the same rows ("No. plots"),
    /// or a number of them that the text tells ("we visited 15 sites").
    ///
    /// ## Why it matters
    ///
    /// Of 15 sites, 13 % and 20 % are possible and 15 % is not. A percentage that no whole number of things gives is of
    /// another number of them, or mistyped, and nothing else in the paper would show it.
    ///
    /// ## How it is derived
    ///
    /// The shares k / n that whole numbers k have next to the printed one; one of them has to print as it. The number of
    /// things is taken only where the other rows of the column bear it out: at least four percentages, other than 0 and 100, of
    /// which chance would hardly meet them all.
    ///
    /// ## When it stays silent
    ///
    /// - The heading does not say what is counted, or no number of the same things is told.
    /// - The things are so many that each percentage is possible.
    /// - The other rows of the column do not all but one follow from the number.
    ///
    /// A percentage that does not follow is a note and no more: a row may be of fewer things, as where some are missing.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// In total 12 sites were visited, see Table 1.
    ///
    /// Table 1. Trees of the sites
    ///
    /// Tree | % of sites
    /// ---
    /// Oak | 8
    /// Lime | 17
    /// Rowan | 42
    /// Elm | 58
    /// Ash | 67
    /// Birch | 71
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// In total 12 sites were visited, see Table 1.
    ///
    /// Table 1. Trees of the sites
    ///
    /// Tree | % of sites
    /// ---
    /// Oak | 8
    /// Lime | 17
    /// Rowan | 42
    /// Elm | 58
    /// Ash | 67
    /// Birch | 75
    /// ```
    ///
    /// ## Limits
    ///
    /// Percentages beside their counts are those of `SU121`. Weighted percentages are not told apart; they do not bear a number
    /// out.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Brown and Heathers 2017, of means of whole numbers: <https://doi.org/10.1177/1948550616673876>
    pub struct PercentageGranularity {
        code: "GR106",
        name: "percentage-granularity",
        summary: "no whole number of the things that a percentage is of gives it",
        family: Granularity,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Tables,
        references: ["https://doi.org/10.1177/1948550616673876"],
    }
}

impl Rule for PercentageGranularity {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        proposals.list.extend(shares_of_things::proposals(Self::METADATA.code, mentions, context));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = format!("a whole number of {}", wording::operand(proposal, 0));
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "look how many things the percentage is of, and whether it is mistyped".to_owned(),
        }
    }
}
