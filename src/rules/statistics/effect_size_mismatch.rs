//! `ST120`: an effect size against the test statistic and degrees of freedom that it is printed with.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{
    Comparison, Expression, Limits, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation,
    Variant, Verdict, evaluate,
};
use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{Comparator, ConditionKind, EffectKind, EffectSize, Mentions, Reported, TestKind, TestStatistic};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

rule! {
    /// # ST120 effect-size-mismatch
    ///
    /// ## What it checks
    ///
    /// An effect size that is printed in the bracket or clause of its test: partial η² and η² with F, r and d with t, φ and
    /// Cramér's V with χ² and N.
    ///
    /// ## Why it matters
    ///
    /// Effect sizes are what later studies are planned by and what meta-analyses collect. Of the statistic, its p-value and
    /// the effect size, two that agree tell which is the odd one out.
    ///
    /// ## How it is derived
    ///
    /// Partial η² = F df₁ / (F df₁ + df₂), r = √(t² / (t² + df)), φ = √(χ² / N), V = √(χ² / (N k)) with k the lesser of rows
    /// and columns less one, over everything that prints as the statistic. η² is at most partial η², and equal to it where
    /// there is one factor. d = 2t/√df or 2t/√(df + 2) for two groups of one size and t/√n for pairs or one sample; groups
    /// of other sizes make it larger, correlated pairs smaller. Where the design is not named, d has to be at most three and
    /// a half times t/√df, which holds for shares from 1 in 11 to 10 in 11; where two independent groups are named, it has
    /// to be at least 1.7 times t/√df too, which leaves room for Hedges' correction.
    ///
    /// ## When it stays silent
    ///
    /// - No degrees of freedom are printed; for φ and V no N is printed within the result.
    /// - The effect size is none of these: generalised η², ω², ε², f, an odds ratio.
    /// - The effect size is that of a coefficient of a regression, or the degrees of freedom have decimals (for d and r).
    ///
    /// It is undecided where an η² of any name is below the partial one, as generalised and plain η², ω² and ε² are, or fits
    /// an η that was not squared; where V may have a correction for bias; where several tests share the result; where the p-value does not follow from the statistic either,
    /// and half of it does not, so that the statistic itself may be wrong (`ST101` speaks of it).
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The groups differed in recall, F(2, 56) = 4.50, p = .015, ηp² = .41.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The groups differed in recall, F(2, 56) = 4.50, p = .015, ηp² = .14.
    /// ```
    ///
    /// ## Limits
    ///
    /// An η² that is too small is not told from a generalised one. Levels are warnings at most, as the text seldom says by which formula an effect size was computed.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Lakens 2013, *Frontiers in Psychology* 4:863: <https://doi.org/10.3389/fpsyg.2013.00863>
    pub struct EffectSizeMismatch {
        code: "ST120",
        name: "effect-size-mismatch",
        summary: "an effect size does not follow from its test statistic",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.3389/fpsyg.2013.00863"],
    }
}

/// The role of the p-value among the operands: it takes no part in the relation, but tells which value is the odd one.
const P_ROLE: &str = "p-value";

/// Words for two independent groups.
static INDEPENDENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:independent(?:[\s-]samples?)?|two[\s-]samples?|unpaired|between[\s-](?:subjects?|groups?|participants?))\b",
    )
});

/// Words for pairs or one sample.
static PAIRED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:paired|dependent|one[\s-]sample|single[\s-]sample|within[\s-]|repeated|pre-|post-|matched|against\s+(?:chance|zero))",
    )
});

/// A coefficient, whose t is that of a term among others.
static COEFFICIENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?:β|\bb|\bB|[Bb]eta|[Ee]stimate|[Cc]oefficient|\bSE)\s*=|\b(?i:regress|mixed[\s-](?:effects?|model)|slope)",
    )
});

/// What the sentence around a test says of its design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Design {
    Independent,
    Open,
    Coefficient,
}

/// An effect size with its test.
struct Bound<'m> {
    test: &'m TestStatistic,
    effect: &'m EffectSize,
    design: Design,
    /// Whether a share of variance is printed as a percentage: "η² = 7.7 %".
    in_percent: bool,
    doubt: Option<&'static str>,
}

impl Bound<'_> {
    /// The operands: the statistic, its degrees of freedom or N, the p-value where one is printed, the effect size.
    fn operands(&self) -> Vec<Operand> {
        let magnitude = OperandOptions { magnitude: true, ..OperandOptions::printed() };
        let mut operands = vec![Operand::reported("test statistic", &self.test.value, &magnitude)];
        let cases = matches!(self.effect.kind, EffectKind::Phi | EffectKind::V);
        if let Some(n) = self.test.n.as_ref().filter(|_| cases) {
            operands.push(Operand::reported("number of cases", n, &OperandOptions::count()));
        }
        let degrees = self.test.degrees.iter();
        operands.extend(degrees.map(|df| Operand::reported("degrees of freedom", df, &OperandOptions::count())));
        operands.extend(self.test.p.iter().map(|p| Operand::reported(P_ROLE, p, &OperandOptions::printed())));
        operands.push(Operand::reported("stated effect size", &self.effect.value, &magnitude));
        operands
    }

    /// The formulas that are open, the plain one first; none where the two do not belong together.
    fn variants(&self, stated: usize) -> Vec<Variant> {
        let degrees = self.test.degrees.len();
        match (self.effect.kind, self.test.kind) {
            (EffectKind::PartialEtaSquared | EffectKind::EtaSquared, TestKind::F) if degrees == 2 => self.eta(stated),
            (EffectKind::R, TestKind::T) if self.is_plain(1) => vec![equal("", r_of_t(), stated)],
            (EffectKind::D | EffectKind::G, TestKind::T) if self.is_plain(1) => self.d(stated),
            (EffectKind::Phi | EffectKind::V, TestKind::ChiSquared) if self.test.n.is_some() && degrees == 1 => {
                self.phi(stated)
            }
            _ => Vec::new(),
        }
    }

    /// Whether there are as many degrees of freedom, all of them whole, and no coefficient is tested.
    fn is_plain(&self, count: usize) -> bool {
        let whole = |df: &Reported| df.readings.first().is_some_and(|(_, _, printed)| printed.decimals == 0);
        self.design != Design::Coefficient && self.test.degrees.len() == count && self.test.degrees.iter().all(whole)
    }

    fn eta(&self, stated: usize) -> Vec<Variant> {
        let (f, df1, df2) = (Expression::operand(0), Expression::operand(1), Expression::operand(2));
        // 1 / (1 + df₂ / (F df₁)) holds each operand once, so that its set is no wider than it has to be.
        let ratio = call("/", df2, call("*", f, df1));
        let mut partial = call("/", one(), call("+", one(), ratio));
        if self.in_percent {
            partial = call("*", partial, Expression::constant("100", "a percentage"));
        }
        let mut variants = vec![equal("", partial.clone(), stated)];
        if !self.in_percent {
            let root = Expression::call("sqrt", [partial.clone()]);
            variants.push(equal("η, not squared", root, stated));
        }
        // Programs print generalised and plain η², ω² and ε² as well, all of which are smaller.
        let label = match self.effect.kind {
            EffectKind::EtaSquared => "η² of a design with several factors",
            _ => "a generalised or plain η², ω² or ε² in its place",
        };
        let relation = Relation { left: partial, op: Comparison::AtLeast, right: Expression::operand(stated) };
        variants.push(Variant { label: label.to_owned(), relation });
        variants
    }

    fn d(&self, stated: usize) -> Vec<Variant> {
        let base = call("/", magnitude(0), Expression::call("sqrt", [Expression::operand(1)]));
        let times = |range: &str, why: &str| call("*", base.clone(), Expression::constant(range, why));
        let larger = call("+", Expression::operand(1), Expression::constant("2", "two groups"));
        let equal_groups = call(
            "/",
            call("*", Expression::constant("2", "two groups of one size"), magnitude(0)),
            Expression::call("sqrt", [larger]),
        );
        let sizes = "groups of other sizes make d larger";
        let mut variants = vec![equal("", equal_groups, stated)];
        if self.design == Design::Independent {
            variants.push(equal("groups of different sizes, or a correction", times("range(1.7, 3.5)", sizes), stated));
        } else {
            variants.push(equal("another design", times("range(0, 3.5)", sizes), stated));
        }
        variants
    }

    fn phi(&self, stated: usize) -> Vec<Variant> {
        let share = call("/", Expression::operand(0), Expression::operand(1));
        let mut variants = vec![equal("", Expression::call("sqrt", [share.clone()]), stated)];
        let degrees = whole(&self.test.degrees[0]);
        for k in 2..=9_i64 {
            let fits = degrees.is_some_and(|df| df % k == 0 && df / k >= k);
            if fits && self.effect.kind == EffectKind::V {
                let of_k = call(
                    "/",
                    share.clone(),
                    Expression::constant(&k.to_string(), "the lesser of rows and columns less one"),
                );
                variants.push(equal(
                    &format!("a table of {} rows or columns", k + 1),
                    Expression::call("sqrt", [of_k]),
                    stated,
                ));
            }
        }
        let relation = Relation {
            left: Expression::call("sqrt", [share.clone()]),
            op: Comparison::AtLeast,
            right: Expression::operand(stated),
        };
        let corrected = call(
            "*",
            Expression::call("sqrt", [share]),
            Expression::constant("range(0.7, 1)", "a correction for bias"),
        );
        if self.effect.kind == EffectKind::V && degrees.is_some_and(|df| df > 1) {
            variants.push(Variant { label: "a larger table, or a correction for bias".to_owned(), relation });
        } else {
            variants.push(equal("a correction for bias or continuity", corrected, stated));
        }
        variants
    }

    fn proposal(&self, code: &str) -> Option<Proposal> {
        let operands = self.operands();
        let stated = operands.len() - 1;
        let variants = self.variants(stated);
        if variants.is_empty() || self.test.value.comparator != Comparator::Equal {
            return None;
        }
        let mut proposal = Proposal {
            code: code.to_owned(),
            variants,
            operands,
            stated,
            suspects: Vec::new(),
            units_certain: false,
            operation: Operation::Assumed,
            approximate: false,
            innocent: vec!["an effect size of another kind or by another formula".to_owned()],
            doubt: self.doubt.map(str::to_owned),
            needs_cause: false,
            evidence: None,
            levels: Vec::new(),
            quote: self.test.range.hull(self.effect.range),
        };
        if proposal.doubt.is_none() && follows(&proposal) == Some(false) {
            let reason = "the p-value does not follow from the statistic either, which may be the one that is wrong";
            proposal.doubt = Some(reason.to_owned());
        }
        Some(proposal)
    }
}

/// Whether the printed p-value follows from the statistic, where both are among the operands. Where half the value would, it
/// is not known: if the test is one-tailed the statistic is right, and if not something else of the result is wrong as well.
fn follows(proposal: &Proposal) -> Option<bool> {
    let p = proposal.operands.iter().position(|operand| operand.role == P_ROLE)?;
    let is_degree = |at: &usize| proposal.operands[*at].role == "degrees of freedom";
    let degrees: Vec<usize> = (0..proposal.operands.len()).filter(is_degree).collect();
    let cases = proposal.operands.iter().any(|operand| operand.role == "number of cases");
    let function = match (degrees.len(), cases) {
        (2, _) => "p_f",
        (1, true) => "p_chi2",
        _ => "p_t",
    };
    let arguments = core::iter::once(0).chain(degrees.iter().copied()).map(Expression::operand);
    let one_degree = degrees.first().is_some_and(|at| {
        proposal.operands[*at].readings.first().is_some_and(|reading| reading.exact && reading.literal == "exact(1)")
    });
    let tail = Expression::call(function, arguments);
    let half = call("/", tail.clone(), Expression::constant("2", "a one-tailed p-value is half the two-tailed"));
    let mut asked =
        Proposal::new(&proposal.code, proposal.operands.clone(), p, Relation::equal(tail, Expression::operand(p)));
    if function == "p_t" || one_degree {
        asked = asked.variant("a one-tailed test", Relation::equal(half, Expression::operand(p)));
    }
    match evaluate(&asked, &Limits::default()).verdict {
        Verdict::Consistent => Some(true),
        Verdict::Inconsistent(_) => Some(false),
        _ => None,
    }
}

fn call(function: &str, left: Expression, right: Expression) -> Expression {
    Expression::call(function, [left, right])
}

fn one() -> Expression {
    Expression::constant("1", "the whole")
}

fn equal(label: &str, left: Expression, stated: usize) -> Variant {
    Variant { label: label.to_owned(), relation: Relation::equal(left, magnitude(stated)) }
}

/// The magnitude of an operand: which group is taken from which is for the author to choose, for t and d apart.
fn magnitude(at: usize) -> Expression {
    Expression::call("abs", [Expression::operand(at)])
}

/// r = 1 / √(1 + df / t²).
fn r_of_t() -> Expression {
    let square = call("^", Expression::operand(0), Expression::constant("2", "the square"));
    let sum = call("+", one(), call("/", Expression::operand(1), square));
    Expression::call("sqrt", [call("/", one(), sum)])
}

fn whole(reported: &Reported) -> Option<i64> {
    let (_, _, printed) = reported.readings.first()?;
    printed.digits.parse().ok().filter(|_| printed.decimals == 0)
}

/// What the sentence of a test says of its design.
fn design(test: &TestStatistic, mentions: &Mentions, context: RuleContext<'_>) -> Design {
    let sentence = mentions.sentences.get(test.sentence).map_or(test.range, |sentence| sentence.range);
    let words = context.index.slice(&context.document.text, sentence);
    let says = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(words));
    if says(&COEFFICIENT) {
        Design::Coefficient
    } else if says(&INDEPENDENT) && !says(&PAIRED) {
        Design::Independent
    } else {
        Design::Open
    }
}

impl Rule for EffectSizeMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        for test in &mentions.statistics {
            let corrected = mentions.conditions.iter().any(|condition| {
                condition.kind == ConditionKind::CorrectedDegrees && condition.reach.overlaps(test.range)
            });
            for effect in &test.effects {
                let twice = test.effects.iter().filter(|other| other.kind == effect.kind).count() > 1;
                let ratio = matches!(effect.kind, EffectKind::PartialEtaSquared | EffectKind::EtaSquared);
                let doubt = if twice {
                    Some("the result holds several effect sizes of one kind")
                } else if test.shared_p {
                    Some("several tests share the result")
                } else if corrected && !ratio && test.kind != TestKind::ChiSquared {
                    Some("corrected degrees of freedom are named in reach")
                } else {
                    None
                };
                let behind = TextRange::new(effect.value.range.end, effect.value.range.end + 2);
                let in_percent = context.index.slice(&context.document.text, behind).trim_start().starts_with('%');
                let bound = Bound { test, effect, design: design(test, mentions, context), in_percent, doubt };
                proposals.list.extend(bound.proposal(Self::METADATA.code));
            }
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let statistic = wording::operand(proposal, 0);
        let formula = format!("the statistic {statistic} with its degrees of freedom");
        let help = match follows(proposal) {
            Some(true) => {
                "the p-value follows from the statistic and its degrees of freedom, so the effect size is the odd one out"
            }
            _ => {
                "look at the effect size, the statistic and its degrees of freedom, and by which formula it was computed"
            }
        };
        Prose { message: wording::message_with(proposal, outcome, &formula, "the effect size"), help: help.to_owned() }
    }
}
