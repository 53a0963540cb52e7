//! `GR101`: a mean of whole numbers against the number of them (GRIM).

use crate::derive::{Expression, Outcome, Proposal, Proposals, Relation, Variant};
use crate::extract::{Data, Mentions};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::samples::Sample;

rule! {
    /// # GR101 mean-granularity
    ///
    /// ## What it checks
    ///
    /// A mean of whole numbers whose count is printed with it: the sum of n whole numbers is a whole number, so only some
    /// means are possible.
    ///
    /// ## Why it matters
    ///
    /// Of 71 articles in psychology that could be tested, 36 printed at least one mean that no whole numbers have.
    ///
    /// ## How it is derived
    ///
    /// The means S / n of whole sums S next to the printed mean; one of them has to print as it does, by any way of rounding.
    ///
    /// ## When it stays silent
    ///
    /// - The size is not printed in the same bracket, or in the heading of the mean's column.
    /// - n is so large that every mean with these decimals is possible.
    /// - Nothing hints at whole numbers.
    ///
    /// It is undecided where answers on a scale may each be a mean of several, and where ages may have been worked out from dates.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// They rated it on a single item on a scale from 1 (bad) to 7 (good), M = 5.19, SD = 1.10, n = 28.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// They rated it on a single item on a scale from 1 (bad) to 7 (good), M = 5.18, SD = 1.12, n = 28.
    /// ```
    ///
    /// ## Limits
    ///
    /// That the printed size is that of this mean, with no answer missing, is taken from where it stands.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Brown and Heathers 2017: <https://doi.org/10.1177/1948550616673876>
    pub struct MeanGranularity {
        code: "GR101",
        name: "mean-granularity",
        summary: "no whole numbers have the printed mean",
        family: Granularity,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1177/1948550616673876"],
    }
}

impl Rule for MeanGranularity {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        let known = |sample: &Sample<'_>| sample.summary.data != Data::Unknown && sample.has_power();
        let samples = mentions.summaries.iter().filter_map(Sample::of).filter(known);
        proposals.list.extend(samples.map(|sample| {
            let grim = Expression::call("grim", [Expression::operand(0), Expression::operand(1)]);
            let relation = Relation::equal(grim, Expression::operand(0));
            let variant = Variant { label: String::new(), relation };
            sample.proposal(Self::METADATA.code, sample.operands(None), 0, vec![variant])
        }));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = format!("a mean of {} whole numbers", wording::operand(proposal, 1));
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "look at the number of values behind the mean, and whether each is a single whole number".to_owned(),
        }
    }
}
