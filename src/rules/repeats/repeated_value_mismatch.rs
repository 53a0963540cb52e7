//! `XC103`: a test, an estimate, a mean or a share that stands twice outside the abstract.

use crate::derive::{Outcome, Proposal, Proposals};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata};

use super::places::{self, Meeting};

rule! {
    /// # XC103 repeated-value-mismatch
    ///
    /// ## What it checks
    ///
    /// Tests, estimates, means, shares and ranges that stand twice outside the abstract: in two places of the text, in a
    /// caption and a table, in two tables; single numbers that two sections, or a caption and the text, tell in the same
    /// words; and columns that two tables have in common.
    ///
    /// ## Why it matters
    ///
    /// A result that is told twice is told to be relied on. Where the two differ, one of them is not the result.
    ///
    /// ## How it is derived
    ///
    /// Each side is every value that prints as its digits; the two must meet. Two groups of numbers are one where at least two
    /// of them are printed identically, with five digits or more together, and the words around them agree. A difference is an
    /// error only where all other numbers of the group are the same and the one that is not shows a slip: two digits swapped,
    /// one digit changed, dropped or doubled, the decimal mark moved.
    ///
    /// Ranges are one where both ends are the same and the words around them agree; none is held against another one.
    ///
    /// A single number is held against another one only where a number of four digits or more stands before both, the same
    /// thing is counted behind both, and neither stands a second time; and in a column that two tables have in common, where
    /// six or more others of it are the same. There, too, it has to be a slip away,
    /// and in the column it is a warning, as each table may have a row of its own under the same name.
    ///
    /// ## When it stays silent
    ///
    /// - The two places name different groups, times, models or samples, or intervals of different levels.
    /// - One of them speaks of another paper.
    /// - Both stand in one table, or in one sentence, or the reader gives one passage twice.
    /// - Both groups of numbers stand a second time as they are: then they are two things that share most of their values.
    ///
    /// It is undecided where all other numbers of a group agree and the difference shows no slip, or is one of sign.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Sleep improved recall of the word list, t(58) = 2.31, p = .024, d = 0.61.
    ///
    /// The recall of the word list improved by sleep was discussed above, t(58) = 2.31, p = .024, d = 0.16.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Sleep improved recall of the word list, t(58) = 2.31, p = .024, d = 0.61.
    ///
    /// The recall of the word list improved by sleep was discussed above, t(58) = 2.31, p = .024, d = 0.61.
    /// ```
    ///
    /// ## Limits
    ///
    /// Single numbers that differ are mostly of two things, so hardly any of them is held against another one.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Pitkin, Branagan and Burmeister 1999, *JAMA* 281:1110, of abstracts: <https://doi.org/10.1001/jama.281.12.1110>
    pub struct RepeatedValueMismatch {
        code: "XC103",
        name: "repeated-value-mismatch",
        summary: "a number that the paper gives twice is another one the second time",
        family: Repeats,
        since: "0.1.0",
        status: Preview,
        grounds: Slip,
        needs: Text,
        references: ["https://doi.org/10.1001/jama.281.12.1110"],
    }
}

impl Rule for RepeatedValueMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        places::propose(Self::METADATA.code, Meeting::Elsewhere, mentions, context, proposals);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        places::explain(proposal, outcome)
    }
}
