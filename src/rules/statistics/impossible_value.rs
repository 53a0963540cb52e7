//! `ST103`: values that no data can give.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::units::Unit;
use crate::arithmetic::{Printed, rational};
use crate::derive::{
    Comparison, Expression, Form, Literal, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation,
    Variant, Verdict,
};
use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{Comparator, ConditionKind, Estimate, Measure, Mentions, Reported, TestKind, TestStatistic};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::interval_terms::{Bounded, equal, first, number, over};

rule! {
    /// # ST103 impossible-value
    ///
    /// ## What it checks
    ///
    /// Numbers that no data can give: a p-value above one, a correlation beyond one, an F, χ² or Q below zero, a standard
    /// deviation or standard error below zero, no degrees of freedom, an interval whose bounds stand in the wrong order,
    /// an estimate outside its own interval.
    ///
    /// ## Why it matters
    ///
    /// Such a number needs no assumption to be wrong: a digit, a sign or a column was mistaken, and the others beside it may
    /// have been too.
    ///
    /// ## How it is derived
    ///
    /// The set of everything that prints as the digits is held against the range that the kind of number has, or against the set
    /// between the two bounds.
    ///
    /// ## When it stays silent
    ///
    /// - What a letter names is not certain: an "r" without degrees of freedom, a "p" that is not printed behind a test
    ///   or an estimate.
    /// - An interval whose words name what it is of, or behind an effect size (d, r): it may be one of the difference itself.
    /// - Three commas leave open which of them parts two bounds: "(3.132,8,813)".
    /// - χ²(0) = 0, which a model without degrees of freedom has; and a test without a p-value, as "ρ(0) = 1" may be a function at
    ///   nought.
    ///
    /// It is undecided where another reading explains the number: a lost decimal point, minus sign or letter; a dash that is no sign;
    /// an interval on the logarithmic scale, of the reciprocal, of the opposite sign, or in percent; a bias-corrected or credible
    /// interval, which may leave the estimate out; bounds below zero in the order of their size.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Smoking went with the disease (OR 2.48, 95% CI 1.10–1.92).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Smoking went with the disease (OR 1.48, 95% CI 1.10–1.92).
    /// ```
    ///
    /// ## Limits
    ///
    /// Scales and their ends are not known here; means outside a scale are not found.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Brown and Heathers 2017, *Social Psychological and Personality Science* 8:363: <https://doi.org/10.1177/1948550616673876>
    pub struct ImpossibleValue {
        code: "ST103",
        name: "impossible-value",
        summary: "a number lies where no data can put it",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1177/1948550616673876"],
    }
}

/// A p-value of a form that extraction takes for none, behind a test: "p = 1.36".
static LARGE_P: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^\s?[,;]\s?[pP]\s?=\s?(?P<p>[1-9]\d{0,2}(?:\.\d{1,4})?)\s?(?:[),;\]]|\.(?:\s|$))"));

fn proposal(quote: TextRange, operands: Vec<Operand>, relation: Relation) -> Proposal {
    Proposal { quote, ..Proposal::new(ImpossibleValue::METADATA.code, operands, 0, relation) }
}

fn operand(role: &str, reported: &Reported) -> Operand {
    Operand::reported(role, reported, &OperandOptions::printed())
}

/// `bound` stands in the relation to the operand at 0.
fn against(op: Comparison, bound: Expression) -> Relation {
    Relation { left: Expression::operand(0), op, right: bound }
}

/// A number that is not below zero: proposed where its first reading is, since a bound that nearly every number keeps
/// would count as a derivation of each.
fn not_negative(role: &str, reported: &Reported, quote: TextRange, context: RuleContext<'_>) -> Option<Proposal> {
    let negative = reported.readings.first().is_some_and(|(_, _, printed)| printed.negative);
    if !negative || !matches!(reported.comparator, Comparator::Equal) {
        return None;
    }
    let zero = number("0", "a sum of squares is not below zero");
    let mut proposal = proposal(quote, vec![operand(role, reported)], against(Comparison::AtLeast, zero));
    let text = context.index.slice(&context.document.text, reported.range);
    let dash = text.starts_with(['–', '—', '\u{2012}']) || text.chars().nth(1).is_some_and(char::is_whitespace);
    if dash {
        proposal.doubt = Some("the dash before the number may be no minus sign".to_owned());
    }
    Some(proposal)
}

/// What a test result cannot have.
fn of_test(test: &TestStatistic, context: RuleContext<'_>) -> Vec<Proposal> {
    let mut found = Vec::new();
    let squares = matches!(test.kind, TestKind::F | TestKind::ChiSquared | TestKind::Q);
    if squares && !test.degrees.is_empty() && !test.in_row {
        let name = match test.kind {
            TestKind::F => "F",
            TestKind::Q => "Q",
            _ => "χ²",
        };
        let mut proposal = not_negative(name, &test.value, test.range, context);
        if let Some(proposal) = proposal.as_mut().filter(|_| is_difference(test, context)) {
            let scaled = "a scaled difference of two χ² may be below zero";
            proposal.doubt = Some(scaled.to_owned());
        }
        found.extend(proposal);
    }
    let beyond = first(&test.value).is_some_and(|r| r > rational::whole(1) || r < rational::whole(-1));
    // Without a p-value, "ρ(0) = 1" may be a function at nought.
    let tested = test.p.is_some();
    if tested
        && test.kind == TestKind::R
        && beyond
        && !test.degrees.is_empty()
        && test.value.comparator == Comparator::Equal
    {
        found.push(of_correlation(test));
    }
    let value_is_zero = first(&test.value) == Some(rational::whole(0));
    let none = |degrees: &&Reported| first(degrees).is_some_and(|df| df <= rational::whole(0));
    let saturated = test.kind == TestKind::ChiSquared && value_is_zero;
    for degrees in test.degrees.iter().filter(none).filter(|_| tested && !saturated) {
        let one = number("0", "a test has degrees of freedom");
        let role = "degrees of freedom";
        let operand = Operand::reported(role, degrees, &OperandOptions::count());
        found.push(proposal(test.range, vec![operand], against(Comparison::Greater, one)));
    }
    found.extend(large_p(test.range, test.p.is_some(), context));
    found
}

/// Whether the statistic is that of a difference of models: "Δχ²(2) = −1.3".
fn is_difference(test: &TestStatistic, context: RuleContext<'_>) -> bool {
    let before = TextRange::new(test.range.start.saturating_sub(24), test.range.start);
    let before = context.index.slice(&context.document.text, before).to_lowercase();
    test.kind == TestKind::ChiSquared && (before.contains('δ') || before.contains('∆') || before.contains("differ"))
}

/// A correlation lies between −1 and 1; the letter of a t may have been read as an r.
fn of_correlation(test: &TestStatistic) -> Proposal {
    let mut operands = vec![operand("correlation", &test.value)];
    let range = number("range(-1, 1)", "the product of two deviations is at most that of their sizes");
    let mut proposal = proposal(test.range, operands.clone(), Relation::equal(range, Expression::operand(0)));
    let (Some(degrees), Some(p)) = (test.degrees.first(), test.p.as_ref()) else {
        proposal.doubt = Some("the letter may be a t that was read as an r".to_owned());
        return proposal;
    };
    operands.push(Operand::reported("degrees of freedom", degrees, &OperandOptions::count()));
    operands.push(operand("p-value", p));
    let of_t = Expression::call("p_t", [Expression::operand(0), Expression::operand(1)]);
    proposal.operands = operands;
    proposal.variants.push(equal("a t that was read as an r", of_t, 2));
    proposal
}

/// A p-value above one behind a test or an estimate.
fn large_p(behind: TextRange, has_p: bool, context: RuleContext<'_>) -> Option<Proposal> {
    let after = TextRange::new(behind.end, (behind.end + 24).min(context.index.len()));
    let text = context.index.slice(&context.document.text, after);
    let found = LARGE_P.as_ref().filter(|_| !has_p)?.captures(text)?.name("p")?;
    let printed = Printed::parse(found.as_str())?;
    if printed.point() <= rational::whole(1) {
        return None;
    }
    let start = behind.end + text[..found.start()].chars().count();
    let range = TextRange::new(start, start + found.as_str().len());
    let whole = printed.decimals == 0;
    let literal = Literal::new(Form::Plain, printed, Unit::one());
    let unit = number("range(0, 1)", "a probability is at most one");
    let operands = vec![Operand::literal("p-value", range, &literal)];
    let mut proposal = proposal(behind.hull(range), operands, Relation::equal(unit, Expression::operand(0)));
    proposal.doubt = whole.then(|| "a decimal point may have been lost".to_owned());
    Some(proposal)
}

/// The bounds of an interval stand in their order: proposed where the first readings do not.
fn of_order(estimate: &Estimate) -> Option<Proposal> {
    let interval = estimate.interval.as_ref()?;
    let operands = vec![operand("lower bound", &interval.low), operand("upper bound", &interval.high)];
    let relation = Relation { left: Expression::operand(0), op: Comparison::AtMost, right: Expression::operand(1) };
    let mut proposal = proposal(interval.range, operands, relation);
    let (low, high) = (first(&interval.low)?, first(&interval.high)?);
    if low <= high {
        return None;
    }
    let zero = rational::whole(0);
    if low < zero && high < zero {
        proposal.doubt = Some("bounds below zero may be printed in the order of their size".to_owned());
        return Some(proposal);
    }
    // A minus sign that was lost before the lower bound puts the two in order; the estimate tells whether it can be so.
    let Some(value) = estimate.value.as_ref().filter(|value| value.comparator == Comparator::Equal) else {
        proposal.doubt = Some("a minus sign may have been lost before the lower bound".to_owned());
        return Some(proposal);
    };
    proposal.operands.push(operand("estimate", value));
    let lost = || Expression::call("neg", [Expression::operand(0)]);
    let middle =
        over(Expression::call("+", [lost(), Expression::operand(1)]), number("2", "the middle of an interval"));
    let length = Expression::call("-", [Expression::operand(1), lost()]);
    let share = number("range(-0.25, 0.25)", "the estimate is about the middle of its interval");
    let about = Expression::call("+", [middle, Expression::call("*", [share, length])]);
    proposal.variants.push(equal("a minus sign lost before the lower bound", about, 2));
    if !interval.announced || estimate.measure == Measure::Unnamed {
        proposal.doubt = Some("what the numbers in the bracket are is not certain".to_owned());
    }
    Some(proposal)
}

/// An estimate lies in its own interval.
fn of_place(estimate: &Estimate, mentions: &Mentions) -> Option<Proposal> {
    let bounded = Bounded::new(estimate, mentions)?;
    if bounded.interval.names_its_own {
        return None;
    }
    let (value, low, high) = (|| Expression::operand(0), || Expression::operand(1), || Expression::operand(2));
    let inside = || Expression::call("between", [low(), high()]);
    let mut proposal = proposal(estimate.range, bounded.operands(), Relation::equal(inside(), value()));
    let hundred = || number("100", "per cent");
    let own = |label: &str, left: Expression| equal(label, left, 0);
    let variant = |label: &str, left: Expression, right: Expression| Variant {
        label: label.to_owned(),
        relation: Relation::equal(left, right),
    };
    let measure = estimate.measure;
    if matches!(measure, Measure::Difference | Measure::Unnamed) {
        proposal.variants.push(own("a difference taken the other way round", Expression::call("neg", [inside()])));
    }
    if measure == Measure::Ratio {
        let exponential = Expression::call("exp", [inside()]);
        proposal.variants.push(variant("an interval of the coefficient", exponential, value()));
    }
    if measure == Measure::Coefficient {
        let exponential = Expression::call("exp", [value()]);
        proposal.variants.push(variant("an interval of the ratio", inside(), exponential));
    }
    if estimate.standardised {
        let scale = number("range(0.0001, 10000)", "the ratio of two standard deviations");
        let label = "an interval of the coefficient before it was standardised";
        proposal.variants.push(own(label, Expression::call("*", [inside(), scale])));
    }
    proposal.variants.push(own("an interval of percent", over(inside(), hundred())));
    proposal.variants.push(own("an interval of fractions", Expression::call("*", [inside(), hundred()])));
    let positive = bounded.points().is_some_and(|[_, low, _]| low > rational::whole(0));
    if positive && matches!(measure, Measure::Ratio | Measure::Unnamed) {
        let reciprocal = over(number("1", "a ratio the other way round"), inside());
        proposal.variants.push(own("an interval of the reciprocal", reciprocal));
    }
    if estimate.percent || estimate.measure == Measure::Unnamed {
        let rest = Expression::call("-", [number("1", "all of it"), inside()]);
        let change = Expression::call("*", [rest, hundred()]);
        proposal.variants.push(own("a reduction beside the interval of its ratio", change.clone()));
        proposal.variants.push(own("an increase beside the interval of its ratio", Expression::call("neg", [change])));
    }
    let certain = bounded.interval.announced && bounded.interval.adjacent && estimate.measure != Measure::Unnamed;
    let sign_alone = bounded.points().is_some_and(|[value, low, high]| low <= -&value && -&value <= high);
    let certain = certain && !sign_alone && !estimate.standardised;
    proposal.operation = if certain { Operation::Stated } else { Operation::Assumed };
    proposal.doubt = doubt_of_place(&bounded).map(str::to_owned);
    Some(proposal)
}

/// A reason why an interval may leave out the number before it.
fn doubt_of_place(bounded: &Bounded<'_>) -> Option<&'static str> {
    let sized = bounded.estimate.measure.is_effect_size();
    if sized {
        Some("the interval behind an effect size may be that of the difference itself")
    } else if bounded.has(ConditionKind::OtherInterval) || bounded.has(ConditionKind::OneSidedInterval) {
        Some("a method is named in reach whose interval may leave the estimate out")
    } else if bounded.estimate.measure == Measure::Unnamed && !(bounded.estimate.percent && bounded.interval.announced)
    {
        Some("the number before the interval may be something else")
    } else if bounded.estimate.measure == Measure::Mean && !bounded.interval.adjacent {
        Some("the interval may be that of a difference")
    } else {
        None
    }
}

/// What an estimate cannot have.
fn of_estimate(estimate: &Estimate, mentions: &Mentions, context: RuleContext<'_>) -> Vec<Proposal> {
    let mut found = Vec::new();
    found.extend(of_order(estimate));
    found.extend(of_place(estimate, mentions));
    for (role, spread) in [("standard deviation", &estimate.deviation), ("standard error", &estimate.standard_error)] {
        found.extend(spread.as_ref().and_then(|spread| not_negative(role, spread, estimate.range, context)));
    }
    let tested = estimate.interval.is_some() || estimate.test.is_some();
    found.extend(large_p(estimate.range, estimate.p.is_some() || !tested, context));
    found
}

impl Rule for ImpossibleValue {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let tests = mentions.statistics.iter().flat_map(|test| of_test(test, context));
        proposals.list.extend(tests);
        let estimates = mentions.estimates.iter().flat_map(|estimate| of_estimate(estimate, mentions, context));
        proposals.list.extend(estimates);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let value = wording::stated(proposal);
        let role = proposal.operands.first().map_or("value", |operand| operand.role.as_str());
        let other = |at: usize| wording::operand(proposal, at);
        let limit = match role {
            "estimate" => format!("the interval from {} to {}", other(1), other(2)),
            "lower bound" => format!("the upper bound {}", other(1)),
            "correlation" => "the range from −1 to 1".to_owned(),
            "p-value" => "the range from 0 to 1".to_owned(),
            "degrees of freedom" => "the numbers above zero".to_owned(),
            _ => "the numbers from zero on".to_owned(),
        };
        let message = match &outcome.verdict {
            Verdict::Inconsistent(_) if role == "lower bound" => format!("the lower bound {value} lies above {limit}"),
            Verdict::Inconsistent(_) => format!("{role} {value} lies outside {limit}"),
            Verdict::Consistent if role == "lower bound" => format!("the lower bound {value} lies below {limit}"),
            Verdict::Consistent => format!("{role} {value} lies within {limit}"),
            Verdict::Undecided { reason } => format!("whether {role} {value} fits {limit} is undecided: {reason}"),
            Verdict::NotChecked { reason } => format!("{role} {value} was not held against {limit}: {reason}"),
        };
        Prose { message, help: "look at the sign, the digits and the order of the numbers".to_owned() }
    }
}
