//! `GR103`: the standard deviation of noughts and ones against their mean and number (DEBIT).

use crate::derive::{Expression, Outcome, Proposal, Proposals, Relation, Variant};
use crate::extract::{Data, Mentions};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::samples::Sample;

rule! {
    /// # GR103 binary-deviation
    ///
    /// ## What it checks
    ///
    /// Mean and standard deviation of values that are nought or one, as the text or the label says ("0 = no, 1 = yes").
    ///
    /// ## Why it matters
    ///
    /// The mean of such values fixes their deviation, so one of the two is a slip where they do not fit.
    ///
    /// ## How it is derived
    ///
    /// For each whole number k of ones that the mean allows, sqrt(k (n − k) / (n (n − 1))), or the same divided by n.
    ///
    /// ## When it stays silent
    ///
    /// - The coding is not said beside the mean, or the size is not printed with it.
    /// - The paper does not say that the number is a standard deviation.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Smoking was common (0 = no, 1 = yes; M = 0.30, SD = 0.21, n = 40).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Smoking was common (0 = no, 1 = yes; M = 0.30, SD = 0.46, n = 40).
    /// ```
    ///
    /// ## Limits
    ///
    /// None known.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Heathers and Brown 2019, DEBIT
    pub struct BinaryDeviation {
        code: "GR103",
        name: "binary-deviation",
        summary: "noughts and ones with the printed mean have another standard deviation",
        family: Granularity,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: [],
    }
}

impl Rule for BinaryDeviation {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        let binary = |sample: &Sample<'_>| sample.summary.data == Data::Binary;
        for sample in mentions.summaries.iter().filter_map(Sample::of).filter(binary) {
            let Some(deviation) = sample.deviation() else { continue };
            let variant = |label: &str, function: &str| Variant {
                label: label.to_owned(),
                relation: Relation::equal(
                    Expression::call(function, [Expression::operand(0), Expression::operand(2)]),
                    Expression::operand(1),
                ),
            };
            let variants = vec![variant("", "debit"), variant("a deviation divided by n", "debit_population")];
            let operands = sample.operands(Some(deviation));
            proposals.list.push(sample.proposal(Self::METADATA.code, operands, 1, variants));
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let [mean, size] = [0, 2].map(|at| wording::operand(proposal, at));
        let formula = format!("{size} noughts and ones with the mean {mean}");
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "SD"),
            help: "look at the mean, the deviation and the coding of the values".to_owned(),
        }
    }
}
