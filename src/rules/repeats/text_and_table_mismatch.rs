//! `XC102`: numbers of the running text against the tables.

use crate::derive::{Outcome, Proposal, Proposals};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata};

use super::places::{self, Meeting};

rule! {
    /// # XC102 text-and-table-mismatch
    ///
    /// ## What it checks
    ///
    /// Numbers of the running text against the tables: tests, estimates, means and shares that stand in both with their
    /// partners, the numbers of a sentence that points to a table ("as Table 2 shows"), other numbers of the text that
    /// are printed like that of one cell whose labels they stand with, and sizes of samples in the chapter of a study.
    ///
    /// ## Why it matters
    ///
    /// Text and table are written at different times. A number that was corrected in one of them alone leaves the reader with
    /// two results.
    ///
    /// ## How it is derived
    ///
    /// Each side is every value that prints as its digits; the two must meet. Groups of numbers are one where at least two of
    /// them are printed identically, with five digits or more together, and the labels share words with the sentence. A single
    /// number of a sentence with a pointer is that of the cell with the same digits whose labels share most words with it. One
    /// that stands nowhere else in the paper is held against a cell only with a pointer, where other numbers of the sentence
    /// stand in the same table, that cell is the only one left whose row and column the sentence names in full, and it is one
    /// slip away. Estimates whose numbers have a column each are found where all of them stand close together in one row
    /// that the text names, and sizes where they agree; nothing else of these is held against the text.
    ///
    /// ## When it stays silent
    ///
    /// - Sentence and labels name different groups, times, models or samples, or intervals of different levels.
    /// - The sentence or the row speaks of another paper.
    /// - The number of the text stands elsewhere in the paper, or that of the cell elsewhere in the sentence.
    /// - The table's rows and columns are not known.
    ///
    /// It is undecided where all other numbers of a group agree and the difference shows no slip, or is one of sign.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Length of the fish at both times
    ///
    /// Species | Spring | Autumn
    /// ---
    /// Perch | 14.62 | 19.38
    /// Roach | 12.17 | 16.05
    /// Bleak | 9.41 | 11.74
    ///
    /// Roach grew from 12.17 cm in spring to 16.50 cm in autumn (Table 1).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Length of the fish at both times
    ///
    /// Species | Spring | Autumn
    /// ---
    /// Perch | 14.62 | 19.38
    /// Roach | 12.17 | 16.05
    /// Bleak | 9.41 | 11.74
    ///
    /// Roach grew from 12.17 cm in spring to 16.05 cm in autumn (Table 1).
    /// ```
    ///
    /// ## Limits
    ///
    /// A table that no caption numbers is not found by a pointer.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Pitkin, Branagan and Burmeister 1999, *JAMA* 281:1110: <https://doi.org/10.1001/jama.281.12.1110>
    pub struct TextAndTableMismatch {
        code: "XC102",
        name: "text-and-table-mismatch",
        summary: "a number of the text is another one in the table",
        family: Repeats,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Tables,
        references: ["https://doi.org/10.1001/jama.281.12.1110"],
    }
}

impl Rule for TextAndTableMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        places::propose(Self::METADATA.code, Meeting::Table, mentions, context, proposals);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        places::explain(proposal, outcome)
    }
}
