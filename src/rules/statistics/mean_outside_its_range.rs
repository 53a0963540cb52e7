//! `ST105`: a mean and its standard deviation against the least and the greatest value.

use crate::arithmetic::Printed;
use crate::derive::{Expression, Operand, OperandOptions, Outcome, Proposal, Proposals, Relation, Variant};
use crate::extract::{Mentions, Reported, Spanned, SpreadKind};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::ends;

rule! {
    /// # ST105 mean-outside-its-range
    ///
    /// ## What it checks
    ///
    /// A mean with the least and the greatest value beside it: "M = 24.1, SD = 3.2, range 18–35", "mean age 54 years (range: 23–74)",
    /// and columns "Min" and "Max" or "Range" beside a column of means. The ends stand in their order, the mean lies between them, and
    /// the standard deviation is one that values between them can have.
    ///
    /// ## Why it matters
    ///
    /// The four numbers come from one line of a program's output. Where they cannot belong together, one is of another line, of
    /// other cases, or mistyped.
    ///
    /// ## How it is derived
    ///
    /// Values from a to b with the mean m have at most the standard deviation sqrt((m − a) (b − m) n / (n − 1)). Where n is not
    /// printed, n / (n − 1) is at most 2. Where the words say that values stand at both ends (minimum, maximum, observed range), the
    /// mean of n values is at least a + (b − a) / n and at most b − (b − a) / n, and the standard deviation at least that of one value
    /// at each end and all others at one place.
    ///
    /// ## When it stays silent
    ///
    /// - The range is one of quartiles or percentiles, that of a scale, or of something with other words.
    /// - The mean is geometric, trimmed, transformed, weighted, adjusted, estimated or one of differences.
    /// - The range is printed as its width, in another unit, or as one of several.
    /// - A dash between a negative number and another may be a minus ("−3–5").
    ///
    /// It is undecided where several means of the paper lie outside of their ranges: these may be on another scale, or of the cases
    /// with a value above the limit of detection alone.
    ///
    /// A "range" may be that of those who were let in: then only the upper bound of the standard deviation is used.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The riders were adults (M = 42.1 years, SD = 3.2, range 18–35).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The riders were adults (M = 24.1 years, SD = 3.2, range 18–35).
    /// ```
    ///
    /// ## Limits
    ///
    /// That all numbers are of the same cases is taken from where they stand.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Bhatia and Davis 2000, *The American Mathematical Monthly* 107:353: <https://doi.org/10.1080/00029890.2000.12005203>
    pub struct MeanOutsideItsRange {
        code: "ST105",
        name: "mean-outside-its-range",
        summary: "a mean or its standard deviation cannot be that of values in the range beside it",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1080/00029890.2000.12005203"],
    }
}

/// The size of a sample as a whole number of two or more.
fn size(spanned: &Spanned) -> Option<&Reported> {
    let size = spanned.summary.size.as_ref()?;
    let enough = size.printed().is_some_and(|size| size.exact && size.point() >= crate::arithmetic::rational::whole(2));
    enough.then_some(size)
}

/// What makes a mismatch innocent.
fn innocent() -> Vec<String> {
    vec!["a range of other cases than those of the mean, or one that leaves out extreme values".to_owned()]
}

/// The mean of values at both ends, where their number is printed.
fn mean_of_attained(spanned: &Spanned, size: &Reported) -> Proposal {
    let operands = vec![
        ends::operand("mean", &spanned.summary.mean),
        ends::operand("least value", &spanned.ends.low),
        ends::operand("greatest value", &spanned.ends.high),
        Operand::reported("number of values", size, &OperandOptions::count()),
    ];
    let means = Expression::call("mean_attained", [3, 1, 2].map(Expression::operand));
    let relation = Relation::equal(means, Expression::operand(0));
    Proposal { quote: spanned.range, ..Proposal::new(MeanOutsideItsRange::METADATA.code, operands, 0, relation) }
}

/// The standard deviation, where the paper says that it is one.
fn deviation(spanned: &Spanned) -> Option<Proposal> {
    let spread = spanned.summary.spread.as_ref().filter(|spread| spread.kind == SpreadKind::Deviation)?;
    let mut operands = vec![
        ends::operand("standard deviation", &spread.value),
        ends::operand("mean", &spanned.summary.mean),
        ends::operand("least value", &spanned.ends.low),
        ends::operand("greatest value", &spanned.ends.high),
    ];
    let size = size(spanned);
    operands.extend(size.map(|size| Operand::reported("number of values", size, &OperandOptions::count())));
    let n = match size {
        Some(_) => Expression::operand(4),
        None => Expression::constant("2", "the fewest values that have a deviation"),
    };
    let relation = |function: &str| {
        let arguments = [Expression::operand(1), n.clone(), Expression::operand(2), Expression::operand(3)];
        Relation::equal(Expression::call(function, arguments), Expression::operand(0))
    };
    let attained = spanned.attained && size.is_some();
    let functions: &[(&str, &str)] = if attained {
        &[("", "sd_attained"), ("a deviation divided by n", "sd_attained_population")]
    } else {
        &[("", "sd_limit")]
    };
    let variants =
        functions.iter().map(|(label, function)| Variant { label: (*label).to_owned(), relation: relation(function) });
    let code = MeanOutsideItsRange::METADATA.code;
    let proposal = Proposal::new(code, operands, 0, relation(functions[0].1));
    Some(Proposal { variants: variants.collect(), quote: spanned.range, ..proposal })
}

/// How many means outside of their ranges are no slips.
const SEVERAL: usize = 2;
const OTHER_CASES: &str = "several means of the paper lie outside of their ranges, which may be on another scale or of those with a value alone";

/// Whether the printed mean does not lie between the printed ends.
fn is_outside(spanned: &Spanned) -> bool {
    let point = |reported: &Reported| reported.printed().map(Printed::point);
    let ends = point(&spanned.ends.low).zip(point(&spanned.ends.high));
    let mean = point(&spanned.summary.mean);
    ends.zip(mean).is_some_and(|((low, high), mean)| low <= high && !(low <= mean && mean <= high))
}

fn of_mean(spanned: &Spanned) -> Vec<Proposal> {
    let code = MeanOutsideItsRange::METADATA.code;
    let mut found: Vec<Proposal> =
        ends::order(code, &spanned.summary.mean, &spanned.ends, spanned.range).into_iter().collect();
    found.push(match size(spanned).filter(|_| spanned.attained) {
        Some(size) => mean_of_attained(spanned, size),
        None => ends::within(code, ends::operand("mean", &spanned.summary.mean), &spanned.ends, spanned.range),
    });
    found.extend(deviation(spanned));
    found.into_iter().map(|proposal| Proposal { innocent: innocent(), ..proposal }).collect()
}

impl Rule for MeanOutsideItsRange {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        let outside = mentions.spanned.iter().filter(|spanned| is_outside(spanned)).count();
        let doubt = (outside >= SEVERAL).then(|| OTHER_CASES.to_owned());
        let all = mentions.spanned.iter().flat_map(of_mean);
        proposals
            .list
            .extend(all.map(|proposal| Proposal { doubt: doubt.clone().or(proposal.doubt.clone()), ..proposal }));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let printed = |at: usize| wording::operand(proposal, at);
        let of_deviation = proposal.operands.first().is_some_and(|first| first.role == "standard deviation");
        let message = if of_deviation {
            let formula = format!("values from {} to {} with the mean {}", printed(2), printed(3), printed(1));
            wording::message_with(proposal, outcome, &formula, "SD")
        } else if proposal.operands.len() > 3 {
            let formula = format!("{} values from {} to {}, both among them", printed(3), printed(1), printed(2));
            wording::message_with(proposal, outcome, &formula, "mean")
        } else {
            ends::message(proposal, outcome)
        };
        Prose { message, help: "look at the digits, and whether all numbers are of the same values".to_owned() }
    }
}
