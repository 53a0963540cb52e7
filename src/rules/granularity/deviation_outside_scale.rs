//! `GR104`: a standard deviation against what a scale and the mean on it allow.

use crate::derive::{Expression, Outcome, Proposal, Proposals, Relation, Variant};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::samples::{Sample, end};

rule! {
    /// # GR104 deviation-outside-scale
    ///
    /// ## What it checks
    ///
    /// The standard deviation of answers on a scale whose ends are said beside it ("from 1 to 7", "a 5-point scale").
    ///
    /// ## Why it matters
    ///
    /// Answers between 1 and 7 with the mean 6.5 cannot lie far apart; a larger deviation is a slip, or belongs to something else.
    ///
    /// ## How it is derived
    ///
    /// n numbers from a to b with the mean m have at most the deviation sqrt((m − a) (b − m) n / (n − 1)), whether they are
    /// whole numbers or means of several answers.
    ///
    /// ## When it stays silent
    ///
    /// - The size is not printed with the mean, or no scale is said in the sentence or by the label.
    /// - The paper does not say that the number is a standard deviation.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// They rated it on a scale from 1 (bad) to 7 (good), M = 6.50, SD = 2.40, n = 28.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// They rated it on a scale from 1 (bad) to 7 (good), M = 6.50, SD = 0.92, n = 28.
    /// ```
    ///
    /// ## Limits
    ///
    /// A passage with two scales is read by the first.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Heathers, Anaya, van der Zee and Brown 2018: <https://doi.org/10.7287/peerj.preprints.26968v1>
    pub struct DeviationOutsideScale {
        code: "GR104",
        name: "deviation-outside-scale",
        summary: "answers on the stated scale cannot have the printed mean and standard deviation",
        family: Granularity,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.7287/peerj.preprints.26968v1"],
    }
}

impl Rule for DeviationOutsideScale {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        for sample in mentions.summaries.iter().filter_map(Sample::of) {
            let (Some(scale), Some(deviation)) = (sample.scale(), sample.deviation()) else { continue };
            let limit = Expression::call(
                "sd_limit",
                [
                    Expression::operand(0),
                    Expression::operand(2),
                    end(scale.low, "the least answer"),
                    end(scale.high, "the greatest answer"),
                ],
            );
            let relation = Relation::equal(limit, Expression::operand(1));
            let variant = Variant { label: String::new(), relation };
            let operands = sample.operands(Some(deviation));
            let mut proposal = sample.proposal(Self::METADATA.code, operands, 1, vec![variant]);
            // Means of several answers obey the same bound, so nothing is missing where the scale is said.
            proposal.doubt = None;
            proposals.list.push(proposal);
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let [mean, size] = [0, 2].map(|at| wording::operand(proposal, at));
        let formula = format!("{size} answers on the scale with the mean {mean}");
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "SD"),
            help: "look at the deviation, the mean and the ends of the scale".to_owned(),
        }
    }
}
