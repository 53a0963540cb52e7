//! `ST112`: a test statistic against the estimate and its standard error.

use crate::arithmetic::rational;
use crate::derive::{Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Variant};
use crate::extract::{Comparator, ConditionKind, Estimate, Measure, Mentions, Reported, TestKind};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::differences;
use super::interval_terms::{conditions, equal, first, number, over};

rule! {
    /// # ST112 coefficient-test-mismatch
    ///
    /// ## What it checks
    ///
    /// An estimate with its standard error and its t, z or Wald statistic: "b = 0.45, SE = 0.10, t(98) = 4.50"; and, where no
    /// statistic is printed, the p-value: "b = 0.45, SE = 0.10, p < .001".
    ///
    /// ## Why it matters
    ///
    /// The three numbers are printed side by side so that a reader can see how sure an estimate is. Where they do not agree, one
    /// of them is of another model.
    ///
    /// ## How it is derived
    ///
    /// The statistic of a test of zero is the estimate over its standard error, for t and z alike and whatever method gave the
    /// standard error. All three are everything that prints as their digits, so a standard error of one digit leaves a wide
    /// set. Of a ratio the logarithm is taken.
    ///
    /// A mean difference is held likewise against the two means, and with its interval against the t or F, of the nearest
    /// sentence before it that has such; as it may be of others, only what follows is told.
    ///
    /// ## When it stays silent
    ///
    /// - The three do not stand in one list or row, or something unknown stands between them.
    /// - The estimate is a mean or a correlation: what is tested is not told beside it.
    ///
    /// It is undecided where another reading explains the numbers: a sign left out, a squared statistic (Wald χ², F with one degree
    /// of freedom), a standard error on the other scale of a ratio; a standardised coefficient, which is seldom printed
    /// with a standard error of its own; and, for p-values, few degrees of freedom or one side.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Recall rose with age, b = 0.45, SE = 0.10, t(98) = 2.50, p = .014.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Recall rose with age, b = 0.45, SE = 0.10, t(98) = 4.50, p < .001.
    /// ```
    ///
    /// ## Limits
    ///
    /// Tests of another value than zero are not told apart from tests of zero.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Altman and Bland 2011, *BMJ* 343:d2090: <https://doi.org/10.1136/bmj.d2090>
    pub struct CoefficientTestMismatch {
        code: "ST112",
        name: "coefficient-test-mismatch",
        summary: "a test statistic does not follow from its estimate and standard error",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1136/bmj.d2090"],
    }
}

const ESTIMATE: usize = 0;
const ERROR: usize = 1;
const STATED: usize = 2;

/// What one estimate is held against.
struct Case<'m> {
    estimate: &'m Estimate,
    value: &'m Reported,
    error: &'m Reported,
    conditions: Vec<ConditionKind>,
}

impl<'m> Case<'m> {
    fn new(estimate: &'m Estimate, mentions: &Mentions) -> Option<Self> {
        let tested = matches!(estimate.measure, Measure::Coefficient | Measure::Difference | Measure::Ratio);
        let value = estimate.value.as_ref().filter(|value| value.comparator == Comparator::Equal && tested)?;
        let error = estimate.standard_error.as_ref().filter(|error| error.comparator == Comparator::Equal)?;
        let positive = first(error).is_some_and(|error| error > rational::whole(0));
        positive.then(|| Self { estimate, value, error, conditions: conditions(mentions, estimate.range) })
    }

    fn operands(&self, role: &str, stated: &Reported) -> Vec<Operand> {
        let printed = OperandOptions::printed();
        vec![
            Operand::reported("estimate", self.value, &printed),
            Operand::reported("standard error", self.error, &printed),
            Operand::reported(role, stated, &printed),
        ]
    }

    /// The estimate over its standard error, in the ways that it is printed, the plain one first.
    fn quotients(&self) -> Vec<(&'static str, Expression)> {
        let (estimate, error) = (|| Expression::operand(ESTIMATE), || Expression::operand(ERROR));
        if self.estimate.measure != Measure::Ratio {
            return vec![("", over(estimate(), error()))];
        }
        let logarithm = || Expression::call("ln", [estimate()]);
        let relative = over(error(), estimate());
        let distance = Expression::call("-", [estimate(), number("1", "a ratio of one is no effect")]);
        vec![
            ("", over(logarithm(), error())),
            ("a standard error on the scale of the ratio", over(logarithm(), relative)),
            ("a test on the scale of the ratio", over(distance, error())),
            ("a coefficient printed for a ratio", over(estimate(), error())),
        ]
    }

    fn proposal(&self, code: &str, operands: Vec<Operand>, variants: Vec<Variant>, operation: Operation) -> Proposal {
        // A coefficient well beyond one is hardly a standardised one.
        let one = rational::whole(1);
        let small = first(self.value).is_none_or(|value| value >= -&one && value <= one);
        let named = self.estimate.standardised
            || (self.conditions.contains(&ConditionKind::Standardised)
                && self.estimate.measure == Measure::Coefficient);
        let standardised = small && named;
        let doubt = standardised
            .then(|| "the coefficient may be a standardised one beside the standard error of the other".to_owned());
        Proposal {
            code: code.to_owned(),
            operands,
            stated: STATED,
            variants,
            suspects: Vec::new(),
            units_certain: false,
            operation,
            approximate: false,
            innocent: vec!["a test of another value than zero".to_owned()],
            doubt,
            needs_cause: false,
            evidence: None,
            levels: Vec::new(),
            quote: self.estimate.range,
        }
    }

    /// The statistic against the estimate over its standard error.
    fn of_statistic(&self, code: &str) -> Option<Proposal> {
        let test = self.estimate.test.as_ref()?;
        let squared = matches!(test.kind, TestKind::ChiSquared | TestKind::F);
        let one = |at: usize| test.degrees.get(at).and_then(first) == Some(rational::whole(1));
        if squared && !one(0) {
            return None;
        }
        let square = |value: Expression| Expression::call("^", [value, number("2", "the square of z or t")]);
        let mut variants = Vec::new();
        for (label, quotient) in self.quotients() {
            if squared {
                variants.push(equal(label, square(quotient), STATED));
                continue;
            }
            let or = |words: &str| if label.is_empty() { words.to_owned() } else { format!("{label}, {words}") };
            variants.push(equal(label, quotient.clone(), STATED));
            variants.push(equal(&or("a sign left out"), Expression::call("neg", [quotient.clone()]), STATED));
            variants.push(equal(&or("a squared statistic"), square(quotient), STATED));
        }
        let operands = self.operands("test statistic", &test.value);
        Some(self.proposal(code, operands, variants, Operation::Implied))
    }

    /// The p-value against the estimate over its standard error, where no statistic is printed.
    fn of_p(&self, code: &str) -> Option<Proposal> {
        let p = self.estimate.p.as_ref().filter(|_| self.estimate.test.is_none())?;
        let p_z = |quotient: Expression| Expression::call("p_z", [quotient]);
        let mut variants = Vec::new();
        for (label, quotient) in self.quotients() {
            let own = p_z(quotient.clone());
            variants.push(equal(label, own.clone(), STATED));
            let by_t = Expression::call("p_t", [quotient.clone(), number("5", "five degrees of freedom")]);
            let few = Expression::call("between", [own.clone(), by_t]);
            variants.push(equal("a test with few degrees of freedom", few, STATED));
            let half = over(own, number("2", "a one-sided p-value is half the two-sided"));
            variants.push(equal("a one-sided p-value", half, STATED));
            let slack = number("range(0.85, 1.15)", "tests of the same effect differ by less than this");
            let other = p_z(Expression::call("*", [quotient, slack]));
            variants.push(equal("another test of the same effect (likelihood ratio, score)", other, STATED));
        }
        let mut proposal = self.proposal(code, self.operands("p-value", p), variants, Operation::Assumed);
        let reason = if self.conditions.contains(&ConditionKind::CorrectedP) {
            "a correction for several comparisons is named in reach"
        } else if self.conditions.contains(&ConditionKind::OtherDistribution) {
            "a test with another distribution is named in reach"
        } else {
            return Some(proposal);
        };
        proposal.doubt = proposal.doubt.or_else(|| Some(reason.to_owned()));
        Some(proposal)
    }
}

impl Rule for CoefficientTestMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, _: RuleContext<'_>, proposals: &mut Proposals) {
        let code = Self::METADATA.code;
        let cases = mentions.estimates.iter().filter_map(|estimate| Case::new(estimate, mentions));
        proposals.list.extend(cases.flat_map(|case| [case.of_statistic(code), case.of_p(code)]).flatten());
        proposals.list.extend(differences::proposals(code, mentions));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let value = |at: usize| wording::operand(proposal, at);
        let formula = match proposal.operands.first().map_or("", |operand| operand.role.as_str()) {
            differences::MEAN => format!("the means {} and {}", value(0), value(1)),
            differences::LOWER => {
                format!("the difference {} with the interval from {} to {}", value(2), value(0), value(1))
            }
            _ => format!("the estimate {} with the standard error {}", value(ESTIMATE), value(ERROR)),
        };
        let by_p = proposal.operands.get(STATED).is_some_and(|operand| operand.role == "p-value");
        let symbol = if by_p { "p" } else { "" };
        Prose {
            message: wording::message_with(proposal, outcome, &formula, symbol),
            help: "look at the estimate, its standard error and the statistic: one of them may be of another model"
                .to_owned(),
        }
    }
}
