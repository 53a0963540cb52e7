//! `XC110`: what a sentence says of the order or the count of some numbers.

use crate::derive::{Outcome, Proposal, Proposals};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata};

use super::order;

rule! {
    /// # XC110 order-mismatch
    ///
    /// ## What it checks
    ///
    /// What a sentence says of the order and the count of numbers: that one is higher than another, that one of two
    /// times is that of the faster, that a value rose from one
    /// number to another, that more than half are a share, that a list or a row or column of a table ranges from a to b, that
    /// a number is the highest, the lowest or the second of them, that all lie above or below a bound, that so many of them do,
    /// or that a method is best on so many data sets.
    ///
    /// ## Why it matters
    ///
    /// The words of a result are what readers keep. Numbers are corrected late, and the words around them stay.
    ///
    /// ## How it is derived
    ///
    /// The numbers are put in order as sets: each is every value that prints as its digits, so two numbers that print alike may
    /// stand in either order, and a count is everything from those that lie there for certain to those that can. In a sentence
    /// the two numbers stand in brackets behind what they are of. In a table the claim is of the row or column that it fits; of
    /// several the one is taken that ends where the claim says, and none where two fit alike. One
    /// that fits none is held against the paper only where the sentence points to the table and names the row or column in full;
    /// of a range one end has to fit, and the other one has to be a slip away from the number that it would be.
    ///
    /// ## When it stays silent
    ///
    /// - The order is denied, expected or that of other work, or its words have no direction of their own ("better").
    /// - The brackets hold something else than a mean, a share or a measure that both name: sizes of samples, p-values, tests.
    /// - "From a to b" gives the ends of a range ("the decline ranged from 20 to 86 %"), or is itself an end ("from 43–45 to 30").
    /// - Totals, averages and rows that sum up others are left out of rows and columns, and so are cells without a number.
    ///
    /// A claim that does not hold is a note and no more: what its words are about is read from few of them.
    ///
    /// It is undecided where a second word of direction stands in the clause ("a greater decrease", "more in fewer"), where
    /// numbers are below nought, where "from a to b" may be the circumstances of a change
    /// or, of percentages, how large it was; where a bracket may hold the angle, the time or the temperature of a measurement; and where the sentence may speak of
    /// some of the numbers alone ("among", "except", "most", "within").
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Errors were more common in the evening (12.4%) than in the morning (14.2%).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Errors were more common in the evening (14.2%) than in the morning (12.4%).
    /// ```
    ///
    /// ## Limits
    ///
    /// A claim of order without numbers or a pointer is not found, nor one over the numbers of a figure.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - David and Nagaraja 2003, *Order Statistics*, of ranks: <https://doi.org/10.1002/0471722162>
    pub struct OrderMismatch {
        code: "XC110",
        name: "order-mismatch",
        summary: "numbers do not stand in the order, or in the number, that the text says",
        family: Repeats,
        since: "0.1.0",
        status: Preview,
        grounds: Slip,
        needs: Text,
        references: ["https://doi.org/10.1002/0471722162"],
    }
}

impl Rule for OrderMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        order::propose(mentions, context, proposals);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        order::explain(proposal, outcome)
    }
}
