//! `ST101`: a p-value against its test statistic and degrees of freedom.

use crate::arithmetic::units::Unit;
use crate::arithmetic::{Printed, rational};
use crate::derive::{
    Comparison, Expression, Form, Literal, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation,
    Variant,
};
use crate::document::TextRange;
use crate::extract::{Comparator, Condition, ConditionKind, Mentions, Reported, TestKind, TestStatistic};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::beside::{follows_a_coefficient, named_otherwise};
use super::{doubtful_degrees, significance, without_degrees};

rule! {
    /// # ST101 p-value-mismatch
    ///
    /// ## What it checks
    ///
    /// A p-value that is printed with its test: t, F, χ² (with G², Wald's and Kruskal and Wallis's H), r, ρ, z or Q with
    /// degrees of freedom in brackets, subscripts or words, in APA style or near it: "t(28) = 2.20, p = .036", "F(2, 56) = 3.4, p < .05", "χ²(1, N = 90) = 4.1, p = .043"; and in the rows of a table
    /// whose headings name the statistic, the degrees of freedom and p.
    ///
    /// ## Why it matters
    ///
    /// About half of the articles in psychology that report such tests hold a p-value that does not follow from its test,
    /// and in one of eight the difference decides whether the result is called significant.
    ///
    /// ## How it is derived
    ///
    /// The p-value is monotone in the size of the statistic, so the two ends of everything that prints as the statistic
    /// give the two ends of the p-values that are possible. The printed p-value, or the half-line that "p < .05" states,
    /// has to meet them. Tests are two-tailed (F, χ² and Q: the upper tail) unless the text says otherwise; the
    /// one-tailed value is always tried as another reading. Where the printed p lies wholly on one side of the level of
    /// significance and the recomputed one wholly on the other, the finding says that the decision changes: that is a fact
    /// of the finding and no finding of its own, so that one cause is told once. The level is the one that the paper states
    /// for its tests or for those of the study ("alpha was set at .01", "p < .005 was considered significant"), else .05;
    /// where the paper states several, or one for some of the tests, the decision has to change at each of them.
    ///
    /// One p for several tests ("ps < .05") is held against each of them, as a warning at most; as many p-values as tests
    /// with "respectively" belong to them in order.
    ///
    /// A correlation without degrees of freedom is held against the number of cases of its list ("n = 35, r = .46, p = .006"), as
    /// a note at most, else against the only one that the captions of tables name; a t without them against all p-values
    /// from the normal distribution to a t with few. Of the last two none that does not follow is told.
    ///
    /// ## When it stays silent
    ///
    /// - The test is a U, W or τ, whose distribution is another.
    /// - Neither degrees of freedom nor, for a correlation, the number of cases are printed (but for z and t), or a correlation lies outside −1 to 1, or p above 1.
    /// - The p-value is not printed beside its test or in its row, or is an adjusted one under a heading that says so.
    ///
    /// It is undecided where another reading explains the value: a one-tailed test, n printed in the place of the degrees
    /// of freedom of a correlation, "p = .001" for "p < .001" and "p < .003" for "p = .003", an exact or corrected p-value
    /// of a fourfold table, a Wald χ² under the heading of z in a table, a correction for several comparisons named in reach (it can
    /// only raise a p-value), corrected degrees of freedom that are not printed, or a method with another distribution (permutation,
    /// bootstrap, exact tests, tests of normality, Mantel's test); where a z or χ² may be that of a test by ranks, whose p-value may be
    /// exact or corrected for ties (up to threefold, and smaller still far in the tail); where the bracket behind H may hold the number of cases, or z is called a
    /// score; and where an F of several terms stands behind a regression coefficient that the p-value may belong to.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The groups did not differ in age, F(2, 56) = 1.20, p = .02.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The groups differed in recall, t(28) = 2.20, p = .036, and not in age, F(2, 56) = 1.20, p = .31.
    /// ```
    ///
    /// ## Limits
    ///
    /// In a table, a statistic whose heading is no plain "t", "F", "z" or "χ²" is not found. "ns" is read as p > .05, with .01 and .001 as other readings.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Nuijten et al. 2016, *Behavior Research Methods* 48:1205: <https://doi.org/10.3758/s13428-015-0664-2>
    pub struct PValueMismatch {
        code: "ST101",
        name: "p-value-mismatch",
        summary: "a p-value does not follow from its test statistic",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: Company(1),
        needs: Text,
        references: ["https://doi.org/10.3758/s13428-015-0664-2"],
    }
}

/// A reported test with the conditions in whose reach it stands.
#[derive(Debug)]
struct Test<'m> {
    statistic: &'m TestStatistic,
    conditions: Vec<ConditionKind>,
    /// Whether a regression coefficient stands before it in the same list: "β = 0.1, F(3, 200) = 1.5, p = .04".
    behind_a_coefficient: bool,
    /// What its name may mean besides the test, as a reason to leave it undecided.
    named_otherwise: Option<&'static str>,
    /// The levels of significance that it may be judged at.
    levels: Vec<String>,
}

impl<'m> Test<'m> {
    fn new(
        statistic: &'m TestStatistic,
        conditions: &[(ConditionKind, TextRange)],
        levels: Vec<String>,
        context: RuleContext<'_>,
    ) -> Self {
        let reaching = conditions.iter().filter(|(_, reach)| reach.overlaps(statistic.range));
        // An H is that of Kruskal and Wallis by its letter.
        let text = context.index.slice(&context.document.text, statistic.range);
        let by_ranks = text.starts_with('H').then_some(ConditionKind::RankTest);
        Self {
            statistic,
            conditions: reaching.map(|(kind, _)| *kind).chain(by_ranks).collect(),
            behind_a_coefficient: follows_a_coefficient(statistic.range, context),
            named_otherwise: named_otherwise(statistic, text, context),
            levels,
        }
    }

    /// How many degrees of freedom its distribution needs.
    const fn degrees_needed(&self) -> usize {
        match self.statistic.kind {
            TestKind::F => 2,
            TestKind::Z => 0,
            _ => 1,
        }
    }

    /// Whether its numbers are numbers of such a test at all.
    fn is_possible(&self) -> bool {
        let within = |reported: &Reported, lo: i64, hi: i64| {
            reported.readings.first().is_some_and(|(_, _, printed)| {
                let value = printed.point();
                value >= rational::whole(lo) && value <= rational::whole(hi)
            })
        };
        let degrees = self.statistic.degrees.iter().take(self.degrees_needed());
        let enough = self.statistic.degrees.len() >= self.degrees_needed();
        // Tests by ranks with a distribution of their own are not recomputed.
        let one_set = self.statistic.kind != TestKind::T || self.statistic.degrees.len() == 1;
        let known = one_set && !matches!(self.statistic.kind, TestKind::Tau | TestKind::U | TestKind::W);
        known
            && enough
            && degrees.into_iter().all(|df| within(df, 1, 10_000_000))
            && (!matches!(self.statistic.kind, TestKind::R | TestKind::Rho) || within(&self.statistic.value, -1, 1))
            && self.statistic.p.as_ref().is_none_or(|p| within(p, 0, 1))
            && (self.statistic.p.is_some() || self.statistic.not_significant)
    }

    /// The p-value as a program over the operands: statistic first, then the degrees of freedom.
    fn tail(&self) -> Expression {
        let function = match self.statistic.kind {
            TestKind::T => "p_t",
            TestKind::F => "p_f",
            TestKind::R | TestKind::Rho => "p_r",
            TestKind::Z => "p_z",
            _ => "p_chi2",
        };
        Expression::call(function, (0..=self.degrees_needed()).map(Expression::operand))
    }

    fn operands(&self) -> Option<Vec<Operand>> {
        let two_sided = OperandOptions { magnitude: true, ..OperandOptions::printed() };
        let mut operands = vec![Operand::reported("test statistic", &self.statistic.value, &two_sided)];
        let degrees = self.statistic.degrees.iter().take(self.degrees_needed());
        operands.extend(degrees.map(|df| Operand::reported("degrees of freedom", df, &OperandOptions::count())));
        operands.push(match &self.statistic.p {
            Some(p) => Operand::reported("stated p-value", p, &OperandOptions::printed()),
            None => not_significant(self.statistic.range)?,
        });
        Some(operands)
    }

    fn p_comparator(&self) -> Option<Comparator> {
        self.statistic.p.as_ref().map(|p| p.comparator)
    }

    fn has(&self, kind: ConditionKind) -> bool {
        self.conditions.contains(&kind)
    }

    /// Whether half the two-tailed value is a p-value of the same test: for t, r and z, and for F, χ² and Q with one
    /// degree of freedom, which are squares of them.
    fn has_one_tailed_form(&self) -> bool {
        let one = |at: usize| {
            self.statistic
                .degrees
                .get(at)
                .and_then(|df| df.readings.first())
                .is_some_and(|(_, _, printed)| printed.point() == rational::whole(1))
        };
        match self.statistic.kind {
            TestKind::T | TestKind::R | TestKind::Rho | TestKind::Z => true,
            _ => one(0),
        }
    }

    fn variants(&self, stated: usize) -> Vec<Variant> {
        let relation = |left: Expression, op: Comparison| Relation { left, op, right: Expression::operand(stated) };
        let variant = |label: &str, relation: Relation| Variant { label: label.to_owned(), relation };
        let op = Comparison::Equal;
        let mut variants = vec![variant("", relation(self.tail(), op))];
        if self.has_one_tailed_form() {
            let half =
                Expression::call("/", [self.tail(), constant("2", "a one-tailed p-value is half the two-tailed")]);
            let one_tailed = variant("a one-tailed test", relation(half, op));
            if self.has(ConditionKind::OneTailed) {
                variants.insert(0, one_tailed);
                "a two-tailed test".clone_into(&mut variants[1].label);
            } else {
                variants.push(one_tailed);
            }
            let directed = matches!(self.statistic.kind, TestKind::T | TestKind::R | TestKind::Rho | TestKind::Z);
            if directed && self.has(ConditionKind::OneTailed) {
                let half =
                    Expression::call("/", [self.tail(), constant("2", "a one-tailed p-value is half the two-tailed")]);
                let rest = Expression::call("-", [constant("1", "the other tail"), half]);
                variants.push(variant("a one-tailed test against the direction of the effect", relation(rest, op)));
            }
        }
        if matches!(self.statistic.kind, TestKind::R | TestKind::Rho) {
            let degrees = Expression::call("-", [Expression::operand(1), constant("2", "n − 2 degrees of freedom")]);
            let of_n = Expression::call("p_r", [Expression::operand(0), degrees]);
            variants.push(variant("n printed in the place of the degrees of freedom", relation(of_n, op)));
        }
        let stated_as = self.p_comparator();
        if stated_as == Some(Comparator::Equal) && self.states_a_round_bound() {
            variants.push(variant("“=” printed for “<”", relation(self.tail(), Comparison::AtMost)));
        }
        if self.has(ConditionKind::CorrectedP) {
            // A correction multiplies p-values by a number above one, so the printed one can only be the larger;
            // "p < .05" is met by any smaller value.
            variants.push(variant("a correction for several comparisons", relation(self.tail(), Comparison::AtMost)));
        }
        if self.may_have_lost_a_correction_of_degrees() && !self.has_large_p() {
            variants.push(variant(
                "corrected degrees of freedom that are not printed",
                relation(self.tail(), Comparison::AtMost),
            ));
        }
        if self.statistic.kind == TestKind::Z && self.statistic.in_row {
            // Programs print the Wald statistic of a coefficient as z or as its square, and headings name one for the other.
            let squared = Expression::call("p_chi2", [Expression::operand(0), constant("1", "one coefficient")]);
            variants
                .push(variant("a Wald χ² with one degree of freedom under the heading of z", relation(squared, op)));
        }
        if self.is_chi_squared_of_one_degree() {
            let larger = constant("range(1, 2.2)", "an exact p-value of a fourfold table is larger by up to so much");
            let exact = Expression::call("*", [self.tail(), larger]);
            variants.push(variant("an exact or continuity-corrected p-value of a fourfold table", relation(exact, op)));
        }
        if let Some(rounded) = self.bound_as_value() {
            let value = Relation { left: self.tail(), op: Comparison::Equal, right: rounded };
            variants.push(variant("“<” printed for “=”", value));
        }
        if self.may_be_by_ranks() {
            let (range, source) = if self.states_a_far_bound() {
                (
                    "range(0.03, 3.0)",
                    "far in its tail an exact p-value of a test by ranks is smaller than the approximate one",
                )
            } else {
                ("range(0.33, 3.0)", "an exact p-value of a test by ranks is of the size of the approximate one")
            };
            let about = constant(range, source);
            let exact = Expression::call("*", [self.tail(), about]);
            variants.push(variant("an exact or corrected p-value of a test by ranks", relation(exact, op)));
        }
        if self.statistic.p.is_none() {
            for level in ["0.01", "0.001"] {
                let right = constant(level, "a stricter level of significance");
                let relation = Relation { left: self.tail(), op: Comparison::Greater, right };
                variants.push(variant(&format!("“ns” at the level {level}"), relation));
            }
        }
        variants
    }

    /// Whether the printed p-value is one of the bounds that tables of stars use, where a sign is often lost: .01, .001, .0005, .0001.
    fn states_a_round_bound(&self) -> bool {
        let printed = self.statistic.p.as_ref().and_then(|p| p.readings.first());
        printed.is_some_and(|(_, _, printed)| {
            let value = printed.point();
            [(1, 100), (1, 1000), (1, 10_000), (5, 10_000)].iter().any(|(n, d)| value == rational::ratio(*n, *d))
        })
    }

    /// Whether the test may be that of a fourfold table, for which exact and corrected p-values are in use beside χ².
    fn is_chi_squared_of_one_degree(&self) -> bool {
        let one = self.statistic.degrees.first().and_then(|df| df.readings.first());
        self.statistic.kind == TestKind::ChiSquared
            && one.is_some_and(|(_, _, printed)| printed.point() == rational::whole(1))
    }

    /// The set of a p-value that is printed as a bound which is no usual level, as if it were printed with “=”: "p < .003".
    fn bound_as_value(&self) -> Option<Expression> {
        let p = self.statistic.p.as_ref().filter(|p| p.comparator == Comparator::Less)?;
        let (_, _, printed) = p.readings.first()?;
        if matches!(printed.telling_digits(), "1" | "5" | "25" | "2" | "") {
            return None;
        }
        Expression::values_of(printed, "the printed digits as a value")
    }

    /// A reason to leave the value undecided.
    fn doubt(&self) -> Option<String> {
        let zero = |reported: &Reported| {
            reported.readings.first().is_some_and(|(_, _, printed)| printed.point() == rational::whole(0))
        };
        let p = self.statistic.p.as_ref();
        let reason = if self.has(ConditionKind::OtherDistribution) {
            "a method with another distribution is named in reach"
        } else if self.may_have_lost_a_correction_of_degrees() && self.has_large_p() {
            "corrected degrees of freedom are named in reach"
        } else if let Some(reason) = self.named_otherwise {
            reason
        } else if self.may_be_of_a_coefficient() {
            "the p-value may be that of the coefficient before the test"
        } else if self.statistic.value.comparator != Comparator::Equal {
            "the test statistic is printed as a bound"
        } else if p.is_some_and(|p| p.comparator == Comparator::Less && zero(p)) {
            "“p < 0” stands for a p-value below the smallest that is printed"
        } else {
            return None;
        };
        Some(reason.to_owned())
    }

    /// Whether the p-value may belong to a coefficient instead: an F of several terms tests something else than one of them.
    fn may_be_of_a_coefficient(&self) -> bool {
        let terms = self.statistic.degrees.first().and_then(|df| df.readings.first());
        self.behind_a_coefficient
            && self.statistic.kind == TestKind::F
            && terms.is_some_and(|(_, _, printed)| printed.point() > rational::whole(1))
    }

    /// Whether the p-value is printed as below .001 or less.
    fn states_a_far_bound(&self) -> bool {
        let p = self.statistic.p.as_ref().filter(|p| p.comparator == Comparator::Less);
        let printed = p.and_then(|p| p.readings.first());
        printed.is_some_and(|(_, _, printed)| printed.point() <= rational::ratio(1, 1000))
    }

    /// Whether the statistic may be that of a test by ranks, whose z and χ² are approximations of an exact distribution.
    fn may_be_by_ranks(&self) -> bool {
        self.statistic.kind == TestKind::Rho
            || (matches!(self.statistic.kind, TestKind::Z | TestKind::ChiSquared) && self.has(ConditionKind::RankTest))
    }

    /// Whether a correction of the degrees of freedom is named and the printed ones are without it.
    fn may_have_lost_a_correction_of_degrees(&self) -> bool {
        self.has(ConditionKind::CorrectedDegrees) && !self.prints_corrected_degrees()
    }

    /// Whether the printed p-value is above .2. Fewer degrees of freedom make the tail heavier and so raise a small p-value;
    /// of a large one nothing can be said.
    fn has_large_p(&self) -> bool {
        let printed = self.statistic.p.as_ref().and_then(|p| p.readings.first());
        printed.is_none_or(|(_, _, printed)| printed.point() > rational::ratio(1, 5))
    }

    /// Whether the degrees of freedom are printed with decimals, as a correction leaves them.
    fn prints_corrected_degrees(&self) -> bool {
        let degrees = self.statistic.degrees.iter().take(self.degrees_needed());
        degrees.filter_map(|df| df.readings.first()).any(|(_, _, printed)| printed.decimals > 0)
    }

    /// A p-value beside its test is stated for it; in a row the headings imply it, and of a shared one the list alone says
    /// which tests it is of.
    fn operation(&self) -> Operation {
        if self.statistic.shared_p || doubtful_degrees::is_doubtful(self.statistic) {
            Operation::Assumed
        } else if self.statistic.in_row {
            Operation::Implied
        } else {
            Operation::Stated
        }
    }

    fn proposal(&self, code: &str) -> Option<Proposal> {
        if !self.is_possible() {
            return None;
        }
        let operands = self.operands()?;
        let stated = operands.len() - 1;
        let mut proposal = Proposal {
            code: code.to_owned(),
            variants: self.variants(stated),
            operands,
            stated,
            suspects: doubtful_degrees::exchanged(self.statistic).into_iter().collect(),
            units_certain: false,
            operation: self.operation(),
            approximate: false,
            innocent: vec!["a correction or another test that the text names elsewhere".to_owned()],
            doubt: self.doubt(),
            needs_cause: false,
            evidence: None,
            levels: self.levels.clone(),
            quote: self.statistic.range,
        };
        if let Some(reason) = doubtful_degrees::may_be_meant(&proposal, self.statistic) {
            proposal.operation = Operation::Assumed;
            proposal.innocent.insert(0, reason.to_owned());
        }
        Some(proposal)
    }
}

/// Whether a condition says something of the tests in its reach.
///
/// "One-tailed" far from the tests speaks of all of them only where it says so, and never where it speaks of power. Words
/// of Bayesian methods say nothing: those give no p-values.
fn bears_on_tests(condition: &Condition, mentions: &Mentions, context: RuleContext<'_>) -> bool {
    let text = |range: TextRange| context.index.slice(&context.document.text, range);
    let at = mentions.sentences.partition_point(|sentence| sentence.range.end <= condition.range.start);
    let sentence = mentions.sentences.get(at).map(|sentence| text(sentence.range).to_lowercase()).unwrap_or_default();
    match condition.kind {
        ConditionKind::OneTailed => {
            let of_all = ["all tests", "all statistical", "all analyses", "all p", "tests were", "tests are"];
            !sentence.contains("power") && (!condition.general || of_all.iter().any(|words| sentence.contains(words)))
        }
        ConditionKind::OtherDistribution => {
            let words = text(condition.range).to_lowercase();
            !["bayes", "markov", "mcmc"].iter().any(|method| words.starts_with(method))
        }
        _ => true,
    }
}

fn constant(literal: &str, source: &str) -> Expression {
    Expression::Constant { literal: literal.to_owned(), source: source.to_owned() }
}

/// What "ns" says, as an operand at the characters of the test: a p-value above .05.
fn not_significant(range: TextRange) -> Option<Operand> {
    let literal = Literal::new(Form::Above, Printed::parse("0.05")?, Unit::one());
    Some(Operand::literal("p-value of “ns”", range, &literal))
}

impl Rule for PValueMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let bearing = mentions.conditions.iter().filter(|condition| bears_on_tests(condition, mentions, context));
        let mut conditions: Vec<_> = bearing.map(|condition| (condition.kind, condition.reach)).collect();
        conditions.sort_unstable();
        conditions.dedup();
        let tests = mentions.statistics.iter().map(|statistic| {
            Test::new(statistic, &conditions, significance::levels(mentions, statistic.range), context)
        });
        proposals.list.extend(tests.filter_map(|test| test.proposal(Self::METADATA.code)));
        proposals.list.extend(without_degrees::proposals(Self::METADATA.code, mentions, context, &conditions));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let numbers: Vec<String> = (0..proposal.stated).map(|at| wording::operand(proposal, at)).collect();
        let formula = match numbers.split_first() {
            Some((value, [cases])) if proposal.operands[1].role == without_degrees::CASES => {
                format!("the correlation {value} of {cases} cases")
            }
            Some((value, [])) => format!("the statistic {value}"),
            Some((value, degrees)) => {
                format!("the statistic {value} with {} degrees of freedom", degrees.join(" and "))
            }
            None => "the statistic".to_owned(),
        };
        let decision = significance::changed_decision(proposal, outcome);
        Prose {
            message: format!("{}{decision}", wording::message_with(proposal, outcome, &formula, "p")),
            help:
                "look at the degrees of freedom, the statistic and p; a one-tailed test or a correction would have to \
                   be named"
                    .to_owned(),
        }
    }
}
