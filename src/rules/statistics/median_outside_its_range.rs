//! `ST104`: a median against its quartiles and extremes.

use crate::derive::{Outcome, Proposal, Proposals};
use crate::extract::{Ends, EndsKind, Median, Mentions, Reported};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata};

use super::ends;

rule! {
    /// # ST104 median-outside-its-range
    ///
    /// ## What it checks
    ///
    /// A median with its quartiles or its least and greatest value: "median 12 (IQR 8–15)", "Mdn = 4.5 (range 1–9)", and cells
    /// below "median (IQR)", or in a table whose notes say so and name no other interval. The ends stand in their order, the median lies between them, and the quartiles lie within the range.
    ///
    /// ## Why it matters
    ///
    /// Meta-analyses work out means and deviations from such triples. One in which the numbers cannot belong together was taken
    /// from another line, or holds a mistyped digit.
    ///
    /// ## How it is derived
    ///
    /// By the definition of the numbers alone: half of the values lie below a median, a quarter below the first quartile. Each
    /// printed number stands for all that rounds to it.
    ///
    /// ## When it stays silent
    ///
    /// - The words do not say what the interval behind the median is: it may be a confidence interval.
    /// - The interquartile range is printed as its width.
    /// - A dash between a negative number and another may be a minus ("−8–5").
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The median stay was 18 days (interquartile range 8–15).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The median stay was 12 days (interquartile range 8–15).
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
    /// - Hyndman and Fan 1996, *The American Statistician* 50:361, on the quantiles that programs print:
    ///   <https://doi.org/10.1080/00031305.1996.10473566>
    pub struct MedianOutsideItsRange {
        code: "ST104",
        name: "median-outside-its-range",
        summary: "a median lies outside its quartiles or its range",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1080/00031305.1996.10473566"],
    }
}

fn of_median(median: &Median) -> Vec<Proposal> {
    let code = MedianOutsideItsRange::METADATA.code;
    let within = |role: &str, stated: &Reported, ends: &Ends| {
        ends::within(code, ends::operand(role, stated), ends, median.range)
    };
    let mut found: Vec<Proposal> =
        median.ends.iter().filter_map(|ends| ends::order(code, &median.value, ends, median.range)).collect();
    found.extend(median.ends.iter().map(|ends| within("median", &median.value, ends)));
    let of_kind = |kind: EndsKind| median.ends.iter().find(|ends| ends.kind == kind);
    if let (Some(quartiles), Some(extremes)) = (of_kind(EndsKind::Quartiles), of_kind(EndsKind::Extremes)) {
        for (role, end) in ends::roles(EndsKind::Quartiles).into_iter().zip([&quartiles.low, &quartiles.high]) {
            found.push(within(role, end, extremes));
        }
    }
    found
}

impl Rule for MedianOutsideItsRange {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        proposals.list.extend(mentions.medians.iter().flat_map(of_median));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        Prose {
            message: ends::message(proposal, outcome),
            help: "look at the digits and the order of the numbers, and at what the interval is".to_owned(),
        }
    }
}
