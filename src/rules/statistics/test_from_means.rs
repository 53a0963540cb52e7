//! `ST130`: a test between groups against their printed means, deviations and sizes.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::{Printed, Rational, rational};
use crate::derive::{
    Comparison, Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation, Variant,
};
use crate::document::TextRange;
use crate::extract::patterns::{compile, is_match as is};
use crate::extract::{
    CellKind, Comparator, ConditionKind, Mentions, QuantityIx, Reported, SpreadKind, Summary, TestKind, TestStatistic,
};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::designs;
use super::groups::{self, Groups, equal, two};

rule! {
    /// # ST130 test-from-means
    ///
    /// ## What it checks
    ///
    /// A test between groups whose means, standard deviations and sizes are printed beside it: in a sentence
    /// ("M = 3.48, SD = 1.12, n = 25 … t(48) = 2.20"), or in the row of a table whose columns are the groups with their sizes.
    ///
    /// ## Why it matters
    ///
    /// A test statistic that its own means and deviations cannot give is visible to every reader with a pocket calculator,
    /// and hardly anybody looks: of 39 tests in four papers on eating at buffets, 19 lay outside what their tables allow.
    ///
    /// ## How it is derived
    ///
    /// Two groups: Student's t by the pooled variance, and Welch's; pairs whose correlation the sentence prints: the paired t.
    /// More groups: the F of one factor. Every rounding of every
    /// printed mean and deviation is allowed at once, so the derived values are a range; the printed statistic, or the p-value
    /// of a row that prints no statistic, has to meet it.
    ///
    /// ## When it stays silent
    ///
    /// - A size is not printed with each mean, or a mean has no deviation.
    /// - The sentence or the row holds more than one test, or other means than those of the groups.
    ///
    /// It is undecided where the degrees of freedom are not those of the groups, where means are adjusted or a model with
    /// more terms is named, where the columns may be the same people twice, where a test by ranks is named in the paper, and
    /// where a table does not say which test gave its p-values; and where fewer values than the group has, standard errors in
    /// place of deviations, or a one-tailed test would explain the value.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Recall was better with cues (M = 7.10, SD = 1.20, n = 25) than without (M = 6.00, SD = 1.30, n = 25), t(48) = 1.32, p = .19.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Recall was better with cues (M = 7.10, SD = 1.20, n = 25) than without (M = 6.00, SD = 1.30, n = 25), t(48) = 3.11, p = .003.
    /// ```
    ///
    /// ## Limits
    ///
    /// Pairs are only bounded from below where the sentence does not print how their values correlate.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - van der Zee, Anaya and Brown 2017, *BMC Nutrition* 3:54: <https://doi.org/10.1186/s40795-017-0167-x>
    pub struct TestFromMeans {
        code: "ST130",
        name: "test-from-means",
        summary: "a test does not follow from the printed means and deviations",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1186/s40795-017-0167-x"],
    }
}

struct Patterns {
    t_test: Option<Regex>,
    anova: Option<Regex>,
    correlated: Option<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    t_test: compile(r"(?i)\bt[\s‐‑–-]*tests?\b|\bStudent(?:['’]s)?\b"),
    anova: compile(r"(?i)\bANOVAs?\b|\banalys[ei]s\s+of\s+variance\b"),
    correlated: compile(r"\b[Cc]orrelat(?:ed|ion|ions|e)\b[^.;]{0,60}?\br\s*(?:\(\d+\)\s*)?=\s*(?P<r>[−–-]?\d?\.\d+)"),
});

/// What a test is bound to.
struct Bound<'m> {
    groups: Groups,
    /// The statistic, or the p-value alone.
    test: Test<'m>,
    /// How the values of pairs correlate, where it is printed.
    correlation: Option<Reported>,
    doubt: Option<&'static str>,
    quote: TextRange,
    conditions: Vec<ConditionKind>,
}

/// The printed result of the test.
enum Test<'m> {
    Statistic(&'m TestStatistic),
    P(Reported),
}

impl Bound<'_> {
    /// The proposal, where the numbers are those of such a test at all.
    fn proposal(self, code: &str) -> Option<Proposal> {
        let mut operands = self.groups.operands.clone();
        let at = operands.len();
        let (variants, doubt) = match &self.test {
            Test::Statistic(statistic) => {
                let two_sided = OperandOptions { magnitude: true, ..OperandOptions::printed() };
                operands.push(Operand::reported("test statistic", &statistic.value, &two_sided));
                let correlation = self.correlation.iter().filter(|_| self.are_pairs(statistic));
                let printed = OperandOptions::printed();
                operands.extend(correlation.map(|r| Operand::reported("correlation of the pairs", r, &printed)));
                self.of_statistic(statistic, at)?
            }
            Test::P(p) => {
                operands.push(Operand::reported("stated p-value", p, &OperandOptions::printed()));
                (self.of_p(at), None)
            }
        };
        // The kind of the test behind a lone p-value is only what the table says of all of its rows.
        let operation = match self.test {
            Test::Statistic(_) => Operation::Implied,
            Test::P(_) => Operation::Assumed,
        };
        let doubt = self.doubt.or(doubt).or_else(|| self.named_method()).map(str::to_owned);
        let relation = variants.first()?.relation.clone();
        Some(Proposal {
            variants,
            operation,
            innocent: vec!["a test of another kind, or of other people than the means are of".to_owned()],
            doubt,
            quote: self.quote,
            ..Proposal::new(code, operands, at, relation)
        })
    }

    /// A method in reach under which the plain test says nothing.
    fn named_method(&self) -> Option<&'static str> {
        let has = |kind: ConditionKind| self.conditions.contains(&kind);
        if has(ConditionKind::RankTest) || has(ConditionKind::OtherDistribution) {
            Some("a test by ranks or of another distribution is named in reach")
        } else {
            None
        }
    }

    /// Whether a t has the degrees of freedom of pairs: one less than each of two equal sizes.
    fn are_pairs(&self, statistic: &TestStatistic) -> bool {
        let Some(sizes) = sizes(&self.groups.operands) else { return false };
        let df = statistic.degrees.first().and_then(Reported::printed).map(Printed::point);
        let [first, second] = sizes.as_slice() else { return false };
        statistic.kind == TestKind::T && first == second && df == Some(first - rational::whole(1))
    }

    /// The formulas for a printed t or F, and what speaks against all of them.
    fn of_statistic(&self, statistic: &TestStatistic, at: usize) -> Option<(Vec<Variant>, Option<&'static str>)> {
        let stated = Expression::call("abs", [Expression::operand(at)]);
        let groups = &self.groups;
        let sizes = sizes(&groups.operands)?;
        let total: Rational = sizes.iter().cloned().sum();
        let count = rational::whole(i64::try_from(groups.count).ok()?);
        let between = &total - &count;
        let degree = |at: usize| statistic.degrees.get(at).and_then(Reported::printed).map(Printed::point);
        let decimals = statistic.degrees.iter().filter_map(Reported::printed).any(|df| df.decimals > 0);
        let magnitude = |test: Expression| Expression::call("abs", [test]);
        match statistic.kind {
            TestKind::T if groups.count == 2 => {
                let df = degree(0)?;
                if self.are_pairs(statistic) && self.correlation.is_some() {
                    let paired = Groups::paired(Expression::operand(at + 1));
                    return Some((vec![equal("", magnitude(paired), stated)], None));
                }
                if self.are_pairs(statistic) {
                    let relation = Relation { left: Groups::least_paired(), op: Comparison::AtMost, right: stated };
                    return Some((vec![Variant { label: String::new(), relation }], None));
                }
                let mut variants: Vec<Variant> = Vec::new();
                for (label, test) in groups.tests_of_two() {
                    variants.push(equal(label, magnitude(test), stated.clone()));
                }
                if decimals && groups.kind == SpreadKind::Deviation {
                    variants.reverse();
                }
                let fits = df == between || (decimals && df < between);
                Some((variants, (!fits).then_some("the degrees of freedom are not those of the two groups")))
            }
            TestKind::F if groups.kind != SpreadKind::Error => {
                let one = rational::whole(1);
                let fits = degree(0)? == &count - &one && degree(1)? == between;
                let variants = vec![equal("", groups.one_way(), stated)];
                Some((variants, (!fits).then_some("the degrees of freedom are not those of the groups")))
            }
            _ => None,
        }
    }

    /// The formulas for a p-value that stands alone in its row.
    fn of_p(&self, at: usize) -> Vec<Variant> {
        let groups = &self.groups;
        let stated = || Expression::operand(at);
        let mut variants = Vec::new();
        let fewer = || {
            Expression::constant("range(0.89, 1)", "the root of the share of values that are there, four fifths to all")
        };
        if groups.count == 2 {
            for (label, test) in groups.tests_of_two() {
                let df = if label == "Welch's test" { Groups::welch_degrees() } else { groups.degrees() };
                let p = |test: Expression| Expression::call("p_t", [test, df.clone()]);
                variants.push(equal(label, p(test.clone()), stated()));
                let half = Expression::call("/", [p(test.clone()), two("a one-tailed p-value is half the two-tailed")]);
                let smaller = p(Expression::call("*", [test, fewer()]));
                let with = |what: &str| if label.is_empty() { what.to_owned() } else { format!("{label}, {what}") };
                variants.push(equal(&with("a one-tailed test"), half, stated()));
                variants.push(equal(&with("fewer values than the groups have"), smaller, stated()));
            }
        } else {
            let between = i64::try_from(groups.count).unwrap_or(i64::MAX) - 1;
            let first = || Expression::constant(&between.to_string(), "groups less one");
            let p = |f: Expression| Expression::call("p_f", [f, first(), groups.degrees()]);
            variants.push(equal("", p(groups.one_way()), stated()));
            let fewer = Expression::constant("range(0.8, 1)", "the share of values that are there, four fifths to all");
            let smaller = p(Expression::call("*", [groups.one_way(), fewer]));
            variants.push(equal("fewer values than the groups have", smaller, stated()));
        }
        variants
    }
}

/// The sizes among the operands of groups, where each is a whole number of two or more.
fn sizes(operands: &[Operand]) -> Option<Vec<Rational>> {
    operands
        .chunks(3)
        .map(|group| group.get(2)?.readings.first()?.tight.as_point().cloned().filter(|n| *n >= rational::whole(2)))
        .collect()
}

/// The kinds of the conditions that reach a range.
pub(super) fn reaching(mentions: &Mentions, range: TextRange) -> Vec<ConditionKind> {
    let here = mentions.conditions.iter().filter(|condition| condition.reach.overlaps(range));
    let mut kinds: Vec<ConditionKind> = here.map(|condition| condition.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The test of a sentence with its groups: one test, and all means of the sentence before it.
fn in_sentence<'m>(
    summaries: &[&Summary],
    tests: &[&'m TestStatistic],
    mentions: &Mentions,
    context: RuleContext<'_>,
) -> Option<Bound<'m>> {
    let [test] = tests else { return None };
    let counted = match test.kind {
        TestKind::T => summaries.len() == 2,
        TestKind::F => summaries.len() >= 2,
        _ => false,
    };
    let plain = test.value.comparator == Comparator::Equal && !test.in_row;
    if !counted || !plain {
        return None;
    }
    let sentence = mentions.sentences.get(test.sentence)?;
    let words = context.index.slice(&context.document.text, sentence.range);
    let doubt = if designs::name_model(words) {
        Some("a model with more terms or adjusted means is named beside the test")
    } else {
        None
    };
    let groups = Groups::of(summaries)?;
    let correlation = correlation(sentence.range, words, mentions).filter(|_| groups.kind == SpreadKind::Deviation);
    let quote = summaries.iter().fold(test.range, |range, summary| range.hull(summary.range));
    let quote = correlation.iter().fold(quote, |range, found| range.hull(found.range));
    let conditions = reaching(mentions, quote);
    let test = Test::Statistic(test);
    Some(Bound { groups, test, correlation, doubt, quote, conditions })
}

/// How the values of a sentence correlate: "the two correlated, r = .50". An r without the verb may be an effect size.
fn correlation(range: TextRange, words: &str, mentions: &Mentions) -> Option<Reported> {
    let mut told = PATTERNS.correlated.as_ref()?.captures_iter(words);
    let number = told.next()?.name("r").filter(|_| told.next().is_none())?;
    let start = range.start + words[..number.start()].chars().count();
    let quantity = mentions.quantities.iter().find(|quantity| quantity.number.start == start)?;
    let r = Reported::of_quantity(quantity).filter(|r| r.comparator == Comparator::Equal)?;
    let one = rational::whole(1);
    let possible = |value: &Printed| value.point() <= one && value.point() >= -&one;
    r.readings.iter().all(|(_, _, value)| possible(value)).then_some(r)
}

/// The test of the row of a table with its groups.
fn in_row<'m>(summaries: &[&Summary], mentions: &'m Mentions, context: RuleContext<'_>) -> Option<Bound<'m>> {
    let place = summaries.first()?.place?;
    let held = mentions.tables.get(place.table)?;
    let sized: Vec<&Summary> = summaries.iter().filter(|summary| summary.size.is_some()).copied().collect();
    let groups = groups::without_totals(&sized, mentions);
    // A mean in the row that has no size of its own may be one of the test's.
    if groups.len() < 2 || sized.len() < summaries.len() {
        return None;
    }
    let (words, row) = groups::words_of_row(&groups, mentions, context)?;
    let quote = row;
    let mut doubt = None;
    if designs::name_repeats(&words) {
        doubt = Some("the columns may be of the same people twice");
    } else if designs::name_model(&words) {
        doubt = Some("a model with more terms or adjusted means is named beside the table");
    }
    let mut tests = mentions.statistics.iter().filter(|test| test.in_row && row.contains(test.range));
    let conditions = reaching(mentions, row);
    let first = tests.next();
    if let Some(test) = first {
        let alone = tests.next().is_none() && test.value.comparator == Comparator::Equal;
        let bound = Groups::of(&groups)?;
        let test = Test::Statistic(test);
        return alone.then_some(Bound { groups: bound, test, correlation: None, doubt, quote, conditions });
    }
    let p = p_of_row(place.row, place.table, mentions)?;
    let headings = (0..held.columns).map(|column| groups::heading(held, column));
    let said = format!("{} {}", held.caption, headings.collect::<Vec<_>>().join(" "));
    let named = if groups.len() == 2 {
        is(PATTERNS.t_test.as_ref(), &said) || is(PATTERNS.anova.as_ref(), &said)
    } else {
        is(PATTERNS.anova.as_ref(), &said)
    };
    if !named {
        doubt = doubt.or(Some("the table does not say which test gave its p-values"));
    } else if mentions.conditions.iter().any(|condition| condition.kind == ConditionKind::RankTest) {
        doubt = doubt.or(Some("the paper names a test by ranks too"));
    }
    Some(Bound { groups: Groups::of(&groups)?, test: Test::P(p), correlation: None, doubt, quote, conditions })
}

/// The only p-value of a row.
pub(super) fn p_of_row(row: usize, table: usize, mentions: &Mentions) -> Option<Reported> {
    let content = mentions.tables.get(table)?;
    let mut found: Vec<QuantityIx> = (content.label_columns..content.columns)
        .filter_map(|column| content.content(row, column))
        .filter(|cell| cell.kind == CellKind::PValue)
        .filter_map(|cell| if let [only] = cell.quantities.as_slice() { Some(*only) } else { None })
        .collect();
    let only = found.pop().filter(|_| found.is_empty())?;
    let quantity = mentions.quantities.get(only.0)?;
    let bare = quantity.readings.iter().all(|reading| reading.unit.is_none());
    let p = Reported::of_quantity(quantity).filter(|_| bare)?;
    let probable = |value: &Printed| !value.negative && value.point() <= rational::whole(1);
    p.readings.iter().all(|(_, _, value)| probable(value)).then_some(p)
}

impl Rule for TestFromMeans {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        for chunk in mentions.summaries.chunk_by(|a, b| groups::passage(a) == groups::passage(b)) {
            let together: Vec<&Summary> = chunk.iter().collect();
            let first = &chunk[0];
            let bound = if first.place.is_some() {
                in_row(&together, mentions, context)
            } else {
                let tests: Vec<&TestStatistic> =
                    mentions.statistics.iter().filter(|test| test.sentence == first.sentence).collect();
                in_sentence(&together, &tests, mentions, context)
            };
            proposals.list.extend(bound.and_then(|bound| bound.proposal(Self::METADATA.code)));
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let group = |at: usize| {
            let part = |of: usize| wording::operand(proposal, 3 * at + of);
            format!("{} ({}, n = {})", part(0), part(1), part(2))
        };
        let groups: Vec<String> = (0..proposal.stated / 3).map(group).collect();
        let stated = proposal.operands.get(proposal.stated).map_or("", |operand| operand.role.as_str());
        let symbol = if stated == "stated p-value" { "p" } else { "" };
        Prose {
            message: wording::message_with(
                proposal,
                outcome,
                &format!("a test between {}", groups.join(" and ")),
                symbol,
            ),
            help: "look at the means, the deviations and the sizes of the groups, and at which test was made"
                .to_owned(),
        }
    }
}
