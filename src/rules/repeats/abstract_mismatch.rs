//! `XC101`: numbers of the abstract against the text and the tables.

use crate::derive::{Outcome, Proposal, Proposals};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata};

use super::places::{self, Meeting};

rule! {
    /// # XC101 abstract-mismatch
    ///
    /// ## What it checks
    ///
    /// Numbers of the abstract against the same numbers in the text and the tables: a test with its degrees of freedom and
    /// p-value, an estimate with its interval, a mean with its spread, a count with its percentage, and a single number with
    /// the words around it.
    ///
    /// ## Why it matters
    ///
    /// The abstract is what most readers see and what reviews copy. In 18 to 68 of 100 abstracts of six large medical journals
    /// some number was not that of the article, or did not stand there.
    ///
    /// ## How it is derived
    ///
    /// Each side is every value that prints as its digits; the two must meet. So one may be the other rounded, and `p < .001`
    /// repeats `p = .0004`. Two groups of numbers are one where at least two of them are printed identically, with five digits
    /// or more together, and their sentences share words; a single number and that of the text are one where digits, kind and
    /// words are the same. A difference is an error only where all other numbers of the group are the same and the one that is
    /// not shows a slip: two digits swapped, one digit changed, dropped or doubled, the decimal mark moved.
    ///
    /// ## When it stays silent
    ///
    /// - The two places name different groups, times, models or samples (men and women, adjusted and crude, week 12 and week 24,
    ///   Study 1 and Study 2), or intervals of different levels.
    /// - One of the sentences speaks of another paper.
    /// - An approximate word stands by a single number.
    /// - Both groups of numbers stand a second time as they are: then they are two things that share most of their values.
    /// - A single number stands anywhere else in the paper, or the one of the text anywhere in the abstract.
    ///
    /// It is undecided where all other numbers of a group agree and the difference shows no slip, or is one of sign: the
    /// direction of a comparison may be written either way.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Abstract
    ///
    /// Recall was better after sleep than after wakefulness, t(58) = 2.31, p = .024, d = 0.61.
    ///
    /// Introduction
    ///
    /// We asked whether sleep helps memory.
    ///
    /// Results
    ///
    /// Recall after sleep was better than recall after wakefulness, t(58) = 2.31, p = .024, d = 0.16.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Abstract
    ///
    /// Recall was better after sleep than after wakefulness, t(58) = 2.31, p = .024, d = 0.61.
    ///
    /// Introduction
    ///
    /// We asked whether sleep helps memory.
    ///
    /// Results
    ///
    /// Recall after sleep was better than recall after wakefulness, t(58) = 2.31, p = .024, d = 0.61.
    /// ```
    ///
    /// ## Limits
    ///
    /// What is told in other words is not found, nor a number that is stated once.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Pitkin, Branagan and Burmeister 1999, *JAMA* 281:1110: <https://doi.org/10.1001/jama.281.12.1110>
    pub struct AbstractMismatch {
        code: "XC101",
        name: "abstract-mismatch",
        summary: "a number of the abstract is another one in the text or in a table",
        family: Repeats,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1001/jama.281.12.1110"],
    }
}

impl Rule for AbstractMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        places::propose(Self::METADATA.code, Meeting::Abstract, mentions, context, proposals);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        places::explain(proposal, outcome)
    }
}
