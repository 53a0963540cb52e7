//! `ST111`: a standard error against the interval, and against the standard deviation and the number of observations.

use crate::arithmetic::rational;
use crate::derive::{Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Variant};
use crate::extract::{Comparator, ConditionKind, Estimate, Measure, Mentions, Reported};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::interval_terms::{Bounded, Level, Scale, conditions, equal, few_degrees, first, number, over, times};

rule! {
    /// # ST111 standard-error-mismatch
    ///
    /// ## What it checks
    ///
    /// A standard error beside the interval of the same estimate: "b = 0.35, SE = 0.10, 95% CI [0.15, 0.55]"; and beside the
    /// standard deviation and n of the same mean: "M = 3.2, SD = 1.1, SE = 0.2, n = 30".
    ///
    /// ## Why it matters
    ///
    /// A standard deviation printed as a standard error, or the reverse, changes the weight of a study by the number of its
    /// observations. It is the most frequent slip when studies are taken into a meta-analysis.
    ///
    /// ## How it is derived
    ///
    /// Half the length of an interval is the quantile of its level times the standard error; of a ratio on the scale of logarithms.
    /// The standard error of a mean is SD/√n. All numbers are everything that prints as their digits.
    ///
    /// ## When it stays silent
    ///
    /// - The numbers do not stand in one list or row, or something unknown stands between them.
    ///
    /// It is undecided where another reading explains the numbers: few degrees of freedom, another level where none is printed, the
    /// other scale of a ratio, an n that is one more; where the estimate is not the middle of its interval; and where a method is named in reach that makes another interval or
    /// standard error (bootstrap, credible, profile, exact, robust, clustered, weighted, imputed, within subjects).
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Recall rose with age, b = 0.35, SE = 0.10, 95% CI [-0.05, 0.75].
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Recall rose with age, b = 0.35, SE = 0.10, 95% CI [0.15, 0.55].
    /// ```
    ///
    /// ## Limits
    ///
    /// What stands behind ± is not taken for a standard error.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Altman and Bland 2005, *BMJ* 331:903: <https://doi.org/10.1136/bmj.331.7521.903>
    pub struct StandardErrorMismatch {
        code: "ST111",
        name: "standard-error-mismatch",
        summary: "a standard error does not fit its interval or standard deviation",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1136/bmj.331.7521.903"],
    }
}

fn proposal(code: &str, estimate: &Estimate, operands: Vec<Operand>, variants: Vec<Variant>) -> Proposal {
    let stated = operands.len() - 1;
    Proposal {
        code: code.to_owned(),
        operands,
        stated,
        variants,
        suspects: Vec::new(),
        units_certain: false,
        operation: Operation::Assumed,
        approximate: false,
        innocent: vec!["a method of the standard error that the text names elsewhere".to_owned()],
        doubt: None,
        needs_cause: false,
        evidence: None,
        levels: Vec::new(),
        quote: estimate.range,
    }
}

/// A standard error that can be held against something.
fn error(estimate: &Estimate) -> Option<&Reported> {
    let error = estimate.standard_error.as_ref().filter(|error| error.comparator == Comparator::Equal)?;
    first(error).filter(|error| *error > rational::whole(0)).map(|_| error)
}

/// The standard error against the length of the interval.
fn of_interval(code: &str, estimate: &Estimate, mentions: &Mentions) -> Option<Proposal> {
    let error = error(estimate)?;
    let bounded = Bounded::new(estimate, mentions)?;
    let levels = Level::of(bounded.interval);
    let level = *levels.first()?;
    let skewed = estimate.measure == Measure::Unnamed || estimate.measure.is_effect_size();
    if skewed || bounded.is_outside() {
        return None;
    }
    let (value, low, high, stated) = (0, 1, 2, 3);
    let scale = Scale::of(estimate.measure);
    let error_of = |scale: Scale, level: Level| scale.error(low, high, level, None);
    let few = |scale: Scale| {
        let by_t = scale.error(low, high, level, Some(few_degrees()));
        Expression::call("between", [error_of(scale, level), by_t])
    };
    let mut variants = vec![equal("", error_of(scale, level), stated)];
    variants.push(equal("an interval with few degrees of freedom", few(scale), stated));
    if level.percent == "95" {
        let two = number("2", "two standard errors to each side, as 1.96 is often rounded");
        let by_two = over(over(scale.length(low, high), number("2", "an interval goes to both sides")), two);
        variants.push(equal("an interval of two standard errors", by_two, stated));
    }
    if scale == Scale::Logarithmic {
        let on_ratio = times(few(scale), Expression::operand(value));
        variants.push(equal("a standard error on the scale of the ratio", on_ratio, stated));
        variants.push(equal(scale.other().words(), few(scale.other()), stated));
    }
    for level in levels.iter().skip(1) {
        let label = format!("an interval at {} %", level.percent);
        variants.push(equal(&label, error_of(scale, *level), stated));
    }
    let mut operands = bounded.operands();
    operands.push(Operand::reported("standard error", error, &OperandOptions::printed()));
    let mut proposal = proposal(code, estimate, operands, variants);
    let standardised = estimate.standardised || bounded.has(ConditionKind::Standardised);
    let doubt = bounded
        .doubt()
        .or(standardised.then_some("the interval and the standard error may be of two scales of the coefficient"))
        .or((bounded.is_skewed(scale) != Some(false))
            .then_some("the estimate is not the middle of its interval, which another method made"))
        .or(bounded
            .has(ConditionKind::RobustErrors)
            .then_some("robust or clustered standard errors are named in reach"));
    proposal.doubt = doubt.map(str::to_owned);
    Some(proposal)
}

/// The standard error against SD/√n.
fn of_deviation(code: &str, estimate: &Estimate, mentions: &Mentions) -> Option<Proposal> {
    let error = error(estimate)?;
    let plain = |reported: &&Reported| reported.comparator == Comparator::Equal;
    let deviation = estimate.deviation.as_ref().filter(plain)?;
    let size = estimate.size.as_ref().filter(plain)?;
    if estimate.measure != Measure::Mean || first(size).is_none_or(|size| size < rational::whole(2)) {
        return None;
    }
    let operands = vec![
        Operand::reported("standard deviation", deviation, &OperandOptions::printed()),
        Operand::reported("n", size, &OperandOptions::count()),
        Operand::reported("standard error", error, &OperandOptions::printed()),
    ];
    let root = |size: Expression| over(Expression::operand(0), Expression::call("sqrt", [size]));
    let less =
        Expression::call("-", [Expression::operand(1), number("1", "a standard deviation with n in its formula")]);
    let variants = vec![equal("", root(Expression::operand(1)), 2), equal("n − 1 in the place of n", root(less), 2)];
    let mut proposal = proposal(code, estimate, operands, variants);
    let kinds = conditions(mentions, estimate.range);
    let reason = if kinds.contains(&ConditionKind::RobustErrors) || kinds.contains(&ConditionKind::Weighted) {
        "weights or another standard error are named in reach"
    } else if kinds.contains(&ConditionKind::Imputed) {
        "imputed data are named in reach"
    } else if kinds.contains(&ConditionKind::Adjusted) {
        "an adjusted mean has a standard error of its model"
    } else {
        return Some(proposal);
    };
    proposal.doubt = Some(reason.to_owned());
    Some(proposal)
}

impl Rule for StandardErrorMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        let code = Self::METADATA.code;
        for estimate in &mentions.estimates {
            proposals.list.extend(of_interval(code, estimate, mentions));
            proposals.list.extend(of_deviation(code, estimate, mentions));
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let value = |at: usize| wording::operand(proposal, at);
        let formula = if proposal.stated == 3 {
            format!("the interval from {} to {}", value(1), value(2))
        } else {
            format!("the standard deviation {} over the root of n = {}", value(0), value(1))
        };
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "SE"),
            help: "look whether the number is a standard error or a standard deviation, and of which n".to_owned(),
        }
    }
}
