//! `ST110`: an estimate, its interval and its p-value.

use std::sync::LazyLock;

use num_traits::Signed;
use regex::Regex;

use crate::arithmetic::{Rational, rational};
use crate::derive::{
    Comparison, Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Variant,
};
use crate::extract::patterns::compile;
use crate::extract::{Comparator, ConditionKind, Estimate, Measure, Mentions, Reported, TestKind};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::interval_terms::{
    Bounded, Level, Scale, equal, few_degrees, first, no_effect, number, over, times, variant,
};

rule! {
    /// # ST110 interval-mismatch
    ///
    /// ## What it checks
    ///
    /// An estimate with its confidence interval and p-value: odds, risk and hazard ratios, coefficients, differences,
    /// means: "OR 1.48 (95% CI 1.10–1.92; p = .009)", "b = 0.35, 95% CI [0.12, 0.58], p = .003". Three relations are held:
    /// the estimate in the middle of its interval, the p-value that the interval implies, and whether both say the same of
    /// "no effect".
    ///
    /// ## Why it matters
    ///
    /// In abstracts, 6 to 8 of 100 ratios do not agree with their interval or p-value. A wrong bound is carried into reviews
    /// and meta-analyses, which weigh a study by the length of its interval.
    ///
    /// ## How it is derived
    ///
    /// An interval with the same distance on both sides has the estimate in its middle, on the scale of logarithms for a
    /// ratio, and its length is twice the quantile times the standard error. From that follow z and p. All three numbers
    /// are everything that prints as their digits. An interval of level 1 − α leaves out "no effect" exactly where the test
    /// at α rejects it, whatever its shape: so where p and the interval contradict each other, beyond what two methods can
    /// differ by, the finding is an error. Everything else assumes a method that the text does not name, and is a warning
    /// at most.
    ///
    /// ## When it stays silent
    ///
    /// - The estimate has no name, or what stands between it and its interval is not known.
    /// - The p-value is said to be of another question: "for non-inferiority", "for trend", "for interaction".
    /// - The bounds are out of order or the estimate lies outside: ST103 speaks of those.
    ///
    /// It is undecided where another reading explains the numbers: a test of how much studies differ (the paper reports I²); few
    /// degrees of freedom, a one-sided p-value, another test of the same effect (likelihood ratio, score, log-rank), another scale, another level where none is printed, moderate
    /// skew; a correction for several comparisons or a method (bootstrap, credible, profile, exact, permutation, ranks)
    /// named in reach; an interval so long that such methods are in use; an interval that names what it is of.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Treatment did not change survival (HR = 0.72; 95% CI: 0.55, 0.94; p = 0.45).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Treatment was followed by longer survival (HR = 0.72; 95% CI: 0.55, 0.94; p = 0.016).
    /// ```
    ///
    /// ## Limits
    ///
    /// Correlations and standardised differences are only held against their p-value for "no effect": their intervals
    /// are skewed. Intervals of a mean or proportion have no such p-value; that of a number without a name is told only where
    /// it follows.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Altman and Bland 2011, *BMJ* 343:d2304: <https://doi.org/10.1136/bmj.d2304>
    /// - Georgescu and Wren 2018, *Bioinformatics* 34:1758: <https://doi.org/10.1093/bioinformatics/btx811>
    pub struct IntervalMismatch {
        code: "ST110",
        name: "interval-mismatch",
        summary: "an estimate, its interval and its p-value do not agree",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: Slip,
        needs: Text,
        references: ["https://doi.org/10.1136/bmj.d2304", "https://doi.org/10.1093/bioinformatics/btx811"],
    }
}

/// The I² of Higgins and Thompson with its value: "I² = 33%", "I2 statistic", "I-squared".
static HETEROGENEITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"\bI(?:\s?\^?[2²]|[-‐–−\s]squared)\s?(?:[=<>≤≥,)(]|values?\b|statistics?\b|tests?\b|index\b|was\b|were\b)")
});

/// Whether a paper reports how much studies differ, with its I².
fn measures_heterogeneity(text: &str) -> bool {
    text.to_lowercase().contains("heterogeneity") && HETEROGENEITY.as_ref().is_some_and(|form| form.is_match(text))
}

/// The operands' places: the estimate and the bounds stand first.
const ESTIMATE: usize = 0;
const LOW: usize = 1;
const HIGH: usize = 2;
const P: usize = 3;
/// The place of the degrees of freedom, where there are any.
const DEGREES: usize = 4;

/// What one estimate is held against.
struct Case<'m> {
    bounded: Bounded<'m>,
    levels: Vec<Level>,
    scale: Scale,
    /// Whether the paper tests how much studies differ, so that a p-value beside a pooled estimate may be of that.
    of_studies: bool,
}

impl<'m> Case<'m> {
    fn new(estimate: &'m Estimate, mentions: &Mentions, of_studies: bool) -> Option<Self> {
        let bounded = Bounded::new(estimate, mentions)?;
        let levels = Level::of(&bounded.interval.clone());
        let scale = Scale::of(estimate.measure);
        (!levels.is_empty() && !bounded.is_outside()).then_some(Self { bounded, levels, scale, of_studies })
    }

    const fn measure(&self) -> Measure {
        self.bounded.estimate.measure
    }

    /// The p-value, where it is one of "no effect".
    fn p(&self) -> Option<&'m Reported> {
        let p = self.bounded.estimate.p.as_ref()?;
        no_effect(self.measure()).map(|_| p)
    }

    fn proposals(&self, code: &str) -> Vec<Proposal> {
        let decision = self.p().filter(|p| self.contradicts(p));
        let by_p =
            decision.and_then(|p| self.of_decision(code, p)).or_else(|| self.p().and_then(|p| self.of_p(code, p)));
        self.of_centre(code).into_iter().chain(by_p).chain(self.of_unnamed_p(code)).collect()
    }

    /// Whether the value, as printed, lies further from the middle than 15 % of the length of the interval, on a scale.
    fn is_off_centre(&self, scale: Scale) -> bool {
        let Some([value, low, high]) = self.bounded.points() else { return true };
        match scale {
            Scale::Linear => {
                let twice = (rational::whole(2) * &value - &low - &high).abs();
                twice > rational::ratio(3, 10) * (&high - &low)
            }
            // With m = value² / (low · high), the logarithm of m is twice the distance, and it is above 0.3 times that of
            // high / low exactly where m to the tenth is above high / low to the third.
            Scale::Logarithmic => {
                if low <= rational::whole(0) {
                    return true;
                }
                let squares = &value * &value / (&low * &high);
                let from_middle = if squares < rational::whole(1) { squares.recip() } else { squares };
                from_middle.pow(10) > (&high / &low).pow(3)
            }
        }
    }

    /// Whether a ratio is above one while the middle of its interval is below and its z or t has a minus: the sign of the test is
    /// that of the logarithm of the ratio, whatever the skew of the interval. The other way round a minus may have been lost.
    fn is_on_the_other_side(&self) -> bool {
        let test = self.bounded.estimate.test.as_ref();
        let minus =
            test.filter(|test| matches!(test.kind, TestKind::T | TestKind::Z)).and_then(|test| first(&test.value));
        let (Some([value, low, high]), Some(minus)) = (self.bounded.points(), minus) else { return false };
        let one = rational::whole(1);
        self.measure() == Measure::Ratio && minus < rational::whole(0) && value > one && low * high < one
    }

    /// Whether the interval is so long that methods for few events or small samples are in use.
    fn is_long(&self) -> bool {
        let ratio = |low: &Rational, high: &Rational| *low > rational::whole(0) && high / low <= rational::whole(20);
        self.scale == Scale::Logarithmic && self.bounded.points().is_none_or(|[_, low, high]| !ratio(&low, &high))
    }

    /// Whether the digits of the interval and of p, as they stand, say opposite things of "no effect".
    fn contradicts(&self, p: &Reported) -> bool {
        let (Some([_, low, high]), Some(stated)) = (self.bounded.points(), first(p)) else { return false };
        let null = no_effect(self.measure()).and_then(rational::parse);
        let inside = null.is_some_and(|null| low <= null && null <= high);
        let alpha = self.levels.first().map_or_else(|| rational::ratio(1, 20), |level| level.rest());
        match p.comparator {
            Comparator::Equal => inside == (stated < alpha),
            Comparator::Less | Comparator::AtMost => inside && stated <= alpha,
            Comparator::Greater | Comparator::AtLeast => !inside && stated >= alpha,
        }
    }

    fn proposal(&self, code: &str, operands: Vec<Operand>, stated: usize, variants: Vec<Variant>) -> Proposal {
        Proposal {
            code: code.to_owned(),
            operands,
            stated,
            variants,
            suspects: Vec::new(),
            units_certain: false,
            operation: Operation::Assumed,
            approximate: false,
            innocent: vec!["a method of the interval that the text names elsewhere".to_owned()],
            doubt: self.bounded.doubt().map(str::to_owned),
            needs_cause: false,
            evidence: None,
            levels: Vec::new(),
            quote: self.bounded.estimate.range,
        }
    }

    /// The estimate against the middle of its interval.
    fn of_centre(&self, code: &str) -> Option<Proposal> {
        let unnamed = self.measure() == Measure::Unnamed || self.measure().is_effect_size();
        if unnamed || self.bounded.interval.percent || !self.bounded.interval.adjacent {
            return None;
        }
        let within = |scale: Scale| {
            let share = number("range(0.25, 0.75)", "skew that profile, bootstrap and transformed intervals have");
            let moved = Expression::call("+", [scale.value(LOW), times(share, scale.length(LOW, HIGH))]);
            if scale == Scale::Logarithmic { Expression::call("exp", [moved]) } else { moved }
        };
        let mut variants = vec![equal("", self.scale.centre(LOW, HIGH), ESTIMATE)];
        let skewed = !self.is_on_the_other_side();
        if skewed {
            variants.push(equal("an interval with moderate skew", within(self.scale), ESTIMATE));
        }
        let positive = self.bounded.points().is_some_and(|[_, low, _]| low > rational::whole(0));
        if skewed && positive {
            variants.push(equal(self.scale.other().words(), within(self.scale.other()), ESTIMATE));
        }
        let mut proposal = self.proposal(code, self.bounded.operands(), ESTIMATE, variants);
        let long = "the interval is so long that methods for few events are in use";
        proposal.doubt = proposal.doubt.or_else(|| self.is_long().then(|| long.to_owned()));
        Some(proposal)
    }

    fn operands_with_p(&self, p: &Reported) -> Vec<Operand> {
        let mut operands = self.bounded.operands();
        operands.push(Operand::reported("p-value", p, &OperandOptions::printed()));
        operands
    }

    /// A reason why the p-value may be that of another test.
    fn doubt_of_p(&self) -> Option<String> {
        let reason = if self.bounded.has(ConditionKind::OtherDistribution) || self.bounded.has(ConditionKind::RankTest)
        {
            "a test with another distribution is named in reach"
        } else if self.bounded.estimate.standardised && !self.bounded.interval.adjacent {
            "the p-value and the interval may be those of the coefficient before it was standardised"
        } else if self.of_studies {
            "the p-value may be that of how much the studies differ"
        } else {
            return None;
        };
        Some(reason.to_owned())
    }

    /// The p-value against the one that the estimate and the length of its interval imply.
    fn of_p(&self, code: &str, p: &Reported) -> Option<Proposal> {
        if self.measure().is_effect_size() {
            // Their intervals are skewed and may be those of the difference itself: only "no effect" is asked of them.
            return self.of_decision(code, p);
        }
        let level = *self.levels.first()?;
        let mut operands = self.operands_with_p(p);
        let degrees = self.degrees();
        operands.extend(degrees.map(|df| Operand::reported("degrees of freedom", df, &OperandOptions::count())));
        let printed = degrees.map(|_| Expression::operand(DEGREES));
        let p_at = |scale: Scale, estimate: Expression, level: Level, degrees: Option<Expression>| {
            scale.p(estimate, (LOW, HIGH), level, degrees)
        };
        let estimate = || Expression::operand(ESTIMATE);
        let own = p_at(self.scale, estimate(), level, printed.clone());
        let mut variants = vec![equal("", own.clone(), P)];
        if printed.is_none() {
            let by_t = p_at(self.scale, estimate(), level, Some(few_degrees()));
            let between = Expression::call("between", [own.clone(), by_t]);
            variants.push(equal("an interval and a test with few degrees of freedom", between, P));
        } else {
            let by_z = p_at(self.scale, estimate(), level, None);
            variants.push(equal("an interval by the normal distribution", by_z, P));
        }
        let slack = number("range(0.8, 1.2)", "statistics of tests of the same effect differ by less than this");
        let moved = match self.scale {
            Scale::Linear => times(estimate(), slack),
            Scale::Logarithmic => Expression::call("^", [estimate(), slack]),
        };
        variants.push(equal(
            "another test of the same effect (likelihood ratio, score, log-rank)",
            p_at(self.scale, moved, level, printed),
            P,
        ));
        let half = over(own.clone(), number("2", "a one-sided p-value is half the two-sided"));
        variants.push(equal("a one-sided p-value", half, P));
        if self.bounded.has(ConditionKind::CorrectedP) {
            variants.push(variant("a correction for several comparisons", own, Comparison::AtMost, P));
        }
        let zero = rational::whole(0);
        if self.bounded.points().is_some_and(|[value, low, _]| low > zero && value > low) {
            variants.push(equal(self.scale.other().words(), self.other_scale(level), P));
        }
        for level in self.levels.iter().skip(1) {
            let label = format!("an interval at {} %", level.percent);
            variants.push(equal(&label, p_at(self.scale, estimate(), *level, None), P));
        }
        let mut proposal = self.proposal(code, operands, P, variants);
        let skewed =
            self.is_off_centre(self.scale).then(|| "the estimate is not in the middle of its interval".to_owned());
        let long = self.is_long().then(|| "the interval is so long that methods for few events are in use".to_owned());
        proposal.doubt = proposal.doubt.or_else(|| self.doubt_of_p()).or(skewed).or(long);
        Some(proposal)
    }

    /// The p-value of a number whose name is not told, on the scale on which it is the middle of its interval: as it may be a
    /// mean or a share, none that does not follow is told.
    fn of_unnamed_p(&self, code: &str) -> Option<Proposal> {
        let p = self.bounded.estimate.p.as_ref().filter(|_| self.measure() == Measure::Unnamed)?;
        let mut scales = [Scale::Linear, Scale::Logarithmic].into_iter();
        let scale = scales.find(|scale| !self.is_off_centre(*scale))?;
        let level = *self.levels.first()?;
        let variants = vec![equal("", scale.p(Expression::operand(ESTIMATE), (LOW, HIGH), level, None), P)];
        let mut proposal = self.proposal(code, self.operands_with_p(p), P, variants);
        proposal.operation = Operation::Likely;
        proposal.doubt = Some("it is not said of what the number before the interval is an estimate".to_owned());
        Some(proposal)
    }

    /// The degrees of freedom of a t that is printed for the estimate; of two ("t(1, 66)", printed as for an F) the second.
    fn degrees(&self) -> Option<&'m Reported> {
        let test = self.bounded.estimate.test.as_ref().filter(|test| test.kind == TestKind::T)?;
        test.degrees.last().filter(|df| first(df) > Some(rational::whole(0)))
    }

    /// The p-value where the interval is one of the other scale: of a ratio as printed, of a coefficient that is a ratio.
    fn other_scale(&self, level: Level) -> Expression {
        let estimate = Expression::operand(ESTIMATE);
        let estimate = match self.scale {
            Scale::Linear => estimate,
            Scale::Logarithmic => Expression::call("-", [estimate, number("1", "a ratio of one is no effect")]),
        };
        self.scale.other().p(estimate, (LOW, HIGH), level, None)
    }

    /// What p and the interval say of "no effect".
    fn of_decision(&self, code: &str, p: &Reported) -> Option<Proposal> {
        let null = || Some(number(no_effect(self.measure())?, "no effect"));
        let level = *self.levels.first()?;
        let plain = |level: Level, low: Expression, high: Expression| {
            Some(Expression::call("p_by_interval", [null()?, low, high, level.alpha()]))
        };
        let (low, high) = (Expression::operand(LOW), Expression::operand(HIGH));
        let own = plain(level, low.clone(), high.clone())?;
        let mut variants = vec![equal("", own.clone(), P)];
        let about = |end: Expression| {
            let share =
                number("range(-0.1, 0.1)", "bounds of two methods for the same effect differ by less than this");
            Expression::call("+", [end, times(share, Scale::Linear.length(LOW, HIGH))])
        };
        variants.push(equal(
            "a p-value and an interval by two methods",
            plain(level, about(low.clone()), about(high.clone()))?,
            P,
        ));
        let half = over(own.clone(), number("2", "a one-sided p-value is half the two-sided"));
        variants.push(equal("a one-sided p-value", half, P));
        if self.bounded.has(ConditionKind::CorrectedP) {
            variants.push(variant("a correction for several comparisons", own, Comparison::AtMost, P));
        }
        for level in self.levels.iter().skip(1) {
            let label = format!("an interval at {} %", level.percent);
            variants.push(equal(&label, plain(*level, low.clone(), high.clone())?, P));
        }
        let mut proposal = self.proposal(code, self.operands_with_p(p), P, variants);
        let sized = self.measure().is_effect_size();
        let certain = self.bounded.interval.announced && self.bounded.interval.level.is_some() && !sized;
        proposal.operation = if certain { Operation::Implied } else { Operation::Assumed };
        proposal.doubt = proposal.doubt.or_else(|| self.doubt_of_p());
        Some(proposal)
    }
}

impl Rule for IntervalMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let of_studies = measures_heterogeneity(&context.document.text);
        let cases = mentions.estimates.iter().filter_map(|estimate| Case::new(estimate, mentions, of_studies));
        proposals.list.extend(cases.flat_map(|case| case.proposals(Self::METADATA.code)));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let value = |at: usize| wording::operand(proposal, at);
        let interval = format!("the interval from {} to {}", value(LOW), value(HIGH));
        let message = if proposal.stated == P {
            let formula = format!("the estimate {} with {interval}", value(ESTIMATE));
            let by_interval = matches!(
                &proposal.variants[0].relation.left,
                Expression::Call { function, .. } if function == "p_by_interval"
            );
            match &outcome.verdict {
                crate::derive::Verdict::Inconsistent(_) if by_interval => {
                    format!("{interval} and p of {} say opposite things of “no effect”", value(P))
                }
                _ => wording::message_with(proposal, outcome, &formula, "p"),
            }
        } else {
            wording::message(proposal, outcome, &format!("the middle of {interval}"))
        };
        let help =
            "look at the estimate, both bounds and p; a method of the interval that is not named here would have to be";
        Prose { message, help: help.to_owned() }
    }
}
