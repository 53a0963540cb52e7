//! `GR105`: whole numbers whose mean, deviation, count and extremes are printed, counted out.

use crate::derive::{Expression, Operand, OperandOptions, Outcome, Proposal, Proposals, Relation, Variant};
use crate::extract::{Data, Mentions, Reported, Spanned};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::samples::Sample;

rule! {
    /// # GR105 sample-granularity
    ///
    /// ## What it checks
    ///
    /// The standard deviation of whole numbers whose mean, count, minimum and maximum are printed with it.
    ///
    /// ## Why it matters
    ///
    /// Mean and deviation alone leave many samples open. With one value at each end, only the others are free, and most pairs of
    /// numbers that a slip gives are those of no sample.
    ///
    /// ## How it is derived
    ///
    /// For each whole sum that the mean allows, the sums of squares that n whole numbers can reach of which one is the minimum, one the
    /// maximum and no other lies beyond them: by closed answers and a search with a counted limit of work. One of the deviations that
    /// follow has to print as the stated one does, taken by n − 1 or by n.
    ///
    /// ## When it stays silent
    ///
    /// - The words do not say that values stand at both ends: a "range" may be that of the scale. Then `GR102` looks at the deviation.
    /// - An end is no whole number, or nothing hints at whole numbers.
    /// - The size is not printed in the same bracket, in the heading of the mean's column or in a column of its own.
    /// - No whole sum gives the mean: that is `GR101`. The mean lies beyond what the ends allow: that is `ST105`.
    ///
    /// It is undecided where answers on a scale may each be a mean of several, and where ages may have been worked out from dates.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The mean number of falls was low (M = 2.00, SD = 1.22, n = 5, min = 0, max = 5).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The mean number of falls was low (M = 2.00, SD = 1.87, n = 5, min = 0, max = 5).
    /// ```
    ///
    /// ## Limits
    ///
    /// For large n and few decimals every deviation between the bounds is possible. Medians and shares of zeros are not used.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Heathers, Anaya, van der Zee and Brown 2018: <https://doi.org/10.7287/peerj.preprints.26968v1>
    pub struct SampleGranularity {
        code: "GR105",
        name: "sample-granularity",
        summary: "no whole numbers have the printed mean, standard deviation, minimum and maximum",
        family: Granularity,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.7287/peerj.preprints.26968v1"],
    }
}

/// Whether a number is printed as a whole one.
fn is_whole(reported: &Reported) -> bool {
    reported.readings.iter().all(|(_, _, printed)| printed.decimals == 0 && printed.exponent == 0)
}

/// The sample of a mean whose least and greatest value this rule can take as they are.
pub(super) fn sample(spanned: &Spanned) -> Option<Sample<'_>> {
    let known = matches!(spanned.summary.data, Data::Whole(_) | Data::Perhaps(_));
    let whole = is_whole(&spanned.ends.low) && is_whole(&spanned.ends.high);
    let sample = Sample::of(&spanned.summary).filter(|_| known && whole && spanned.attained)?;
    sample.deviation().map(|_| sample)
}

impl Rule for SampleGranularity {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        for spanned in &mentions.spanned {
            let Some(sample) = sample(spanned) else { continue };
            let mut operands = sample.operands(sample.deviation());
            for (role, end) in [("minimum", &spanned.ends.low), ("maximum", &spanned.ends.high)] {
                operands.push(Operand::reported(role, end, &OperandOptions::count()));
            }
            let variant = |label: &str, function: &str| Variant {
                label: label.to_owned(),
                relation: Relation::equal(
                    Expression::call(function, (0..5).map(Expression::operand)),
                    Expression::operand(1),
                ),
            };
            let variants = vec![
                variant("", "grimmer_attained"),
                variant("a deviation divided by n", "grimmer_attained_population"),
            ];
            let proposal = sample.proposal(Self::METADATA.code, operands, 1, variants);
            proposals.list.push(Proposal { quote: spanned.range, ..proposal });
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let [mean, size, low, high] = [0, 2, 3, 4].map(|at| wording::operand(proposal, at));
        let formula = format!("{size} whole numbers from {low} to {high}, both among them, with the mean {mean}");
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "SD"),
            help: "look at the deviation, the extremes and the number of values behind them".to_owned(),
        }
    }
}
