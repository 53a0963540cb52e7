//! `GR102`: a standard deviation of whole numbers against their mean and number (GRIMMER).

use crate::derive::{Expression, Outcome, Proposal, Proposals, Relation, Variant};
use crate::document::TextRange;
use crate::extract::{Data, Mentions};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::sample_granularity;
use super::samples::{Sample, end};

rule! {
    /// # GR102 deviation-granularity
    ///
    /// ## What it checks
    ///
    /// The standard deviation of whole numbers whose mean and count are printed with it.
    ///
    /// ## Why it matters
    ///
    /// A deviation that no whole numbers with this mean have shows a slip where the mean alone does not.
    ///
    /// ## How it is derived
    ///
    /// For each whole sum that the mean allows, the sums of squares that n whole numbers (on the scale, where one is said) can
    /// reach, and the deviations that follow. One of them has to print as the stated one does, taken by n − 1 or by n.
    ///
    /// ## When it stays silent
    ///
    /// - The size is not printed in the same bracket, or in the heading of the mean's column.
    /// - The paper does not say that the number is a standard deviation, or nothing hints at whole numbers.
    /// - No whole sum gives the mean: that is `GR101`.
    /// - The minimum and the maximum of the values are printed too: then `GR105` looks at all of them.
    ///
    /// It is undecided where answers on a scale may each be a mean of several, and where ages may have been worked out from dates.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// They rated it on a single item on a scale from 1 (bad) to 7 (good), M = 2.00, SD = 0.33, n = 10.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// They rated it on a single item on a scale from 1 (bad) to 7 (good), M = 2.00, SD = 0.47, n = 10.
    /// ```
    ///
    /// ## Limits
    ///
    /// For large n and few decimals every deviation is possible.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Anaya 2016: <https://doi.org/10.7287/peerj.preprints.2400v1>
    pub struct DeviationGranularity {
        code: "GR102",
        name: "deviation-granularity",
        summary: "no whole numbers have the printed mean and standard deviation",
        family: Granularity,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.7287/peerj.preprints.2400v1"],
    }
}

impl Rule for DeviationGranularity {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        // What the extremes say besides is told once, by the rule that takes them.
        let with_extremes: Vec<TextRange> =
            mentions.spanned.iter().filter_map(sample_granularity::sample).map(|sample| sample.summary.range).collect();
        let known = |sample: &Sample<'_>| {
            matches!(sample.summary.data, Data::Whole(_) | Data::Perhaps(_))
                && !with_extremes.contains(&sample.summary.range)
        };
        for sample in mentions.summaries.iter().filter_map(Sample::of).filter(known) {
            let Some(deviation) = sample.deviation() else { continue };
            let mut arguments: Vec<Expression> = (0..3).map(Expression::operand).collect();
            if let Some(scale) = sample.scale() {
                arguments.push(end(1, "one answer each"));
                arguments.extend([end(scale.low, "the least answer"), end(scale.high, "the greatest answer")]);
            }
            let variant = |label: &str, function: &str| Variant {
                label: label.to_owned(),
                relation: Relation::equal(
                    Expression::call(function, arguments.iter().cloned()),
                    Expression::operand(1),
                ),
            };
            let variants = vec![variant("", "grimmer"), variant("a deviation divided by n", "grimmer_population")];
            let operands = sample.operands(Some(deviation));
            proposals.list.push(sample.proposal(Self::METADATA.code, operands, 1, variants));
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let [mean, size] = [0, 2].map(|at| wording::operand(proposal, at));
        let formula = format!("{size} whole numbers with the mean {mean}");
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "SD"),
            help: "look at the deviation and at the number of values behind it".to_owned(),
        }
    }
}
