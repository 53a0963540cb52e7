//! `ST104`: a median against its quartiles and extremes.

use crate::derive::{Comparison, Expression, Operand, OperandOptions, Outcome, Proposal, Proposals, Relation, Verdict};
use crate::extract::{Ends, EndsKind, Median, Mentions, Reported};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

rule! {
    /// # ST104 median-outside-its-range
    ///
    /// ## What it checks
    ///
    /// A median with its quartiles or its least and greatest value: "median 12 (IQR 8–15)", "Mdn = 4.5 (range 1–9)", and cells
    /// below "median (IQR)". The ends stand in their order, the median lies between them, and the quartiles lie within the range.
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
    /// - A number has a sign, or a dash that may be one.
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
    /// Values below zero are not looked at.
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
        needs: Text,
        references: ["https://doi.org/10.1080/00031305.1996.10473566"],
    }
}

fn operand(role: &str, reported: &Reported) -> Operand {
    Operand::reported(role, reported, &OperandOptions::printed())
}

/// The names of the ends of an interval.
const fn roles(kind: EndsKind) -> [&'static str; 2] {
    match kind {
        EndsKind::Quartiles => ["first quartile", "third quartile"],
        EndsKind::Extremes => ["least value", "greatest value"],
    }
}

/// The number at 0 lies between those at 1 and 2, in whatever order these stand.
fn within(stated: Operand, ends: &Ends, median: &Median) -> Proposal {
    let [low, high] = roles(ends.kind);
    let operands = vec![stated, operand(low, &ends.low), operand(high, &ends.high)];
    let between = Expression::call("between", [Expression::operand(1), Expression::operand(2)]);
    let relation = Relation::equal(between, Expression::operand(0));
    Proposal { quote: median.range, ..Proposal::new(MedianOutsideItsRange::METADATA.code, operands, 0, relation) }
}

/// The ends in their order, proposed where the first readings are not.
fn order(ends: &Ends, median: &Median) -> Option<Proposal> {
    let point = |reported: &Reported| reported.readings.first().map(|(_, _, printed)| printed.point());
    let reversed = point(&ends.low)? > point(&ends.high)?;
    let [low, high] = roles(ends.kind);
    let operands = vec![operand(low, &ends.low), operand(high, &ends.high)];
    let relation = Relation { left: Expression::operand(0), op: Comparison::AtMost, right: Expression::operand(1) };
    let proposal = Proposal::new(MedianOutsideItsRange::METADATA.code, operands, 0, relation);
    reversed.then_some(Proposal { quote: median.range, ..proposal })
}

fn of_median(median: &Median) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = median.ends.iter().filter_map(|ends| order(ends, median)).collect();
    found.extend(median.ends.iter().map(|ends| within(operand("median", &median.value), ends, median)));
    let of_kind = |kind: EndsKind| median.ends.iter().find(|ends| ends.kind == kind);
    if let (Some(quartiles), Some(extremes)) = (of_kind(EndsKind::Quartiles), of_kind(EndsKind::Extremes)) {
        for (role, end) in roles(EndsKind::Quartiles).into_iter().zip([&quartiles.low, &quartiles.high]) {
            found.push(within(operand(role, end), extremes, median));
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
        let part = |at: usize| {
            let role = proposal.operands.get(at).map_or("value", |operand| operand.role.as_str());
            format!("the {role} {}", wording::operand(proposal, at))
        };
        let limit = if proposal.operands.len() > 2 { format!("{} and {}", part(1), part(2)) } else { part(1) };
        let place = if proposal.operands.len() > 2 {
            ("lies between", "does not lie between")
        } else {
            ("lies below", "lies above")
        };
        let value = part(0);
        let message = match &outcome.verdict {
            Verdict::Consistent => format!("{value} {} {limit}", place.0),
            Verdict::Inconsistent(_) => format!("{value} {} {limit}", place.1),
            Verdict::Undecided { reason } => format!("whether {value} {} {limit} is undecided: {reason}", place.0),
            Verdict::NotChecked { reason } => format!("{value} was not held against {limit}: {reason}"),
        };
        Prose {
            message,
            help: "look at the digits and the order of the numbers, and at what the interval is".to_owned(),
        }
    }
}
