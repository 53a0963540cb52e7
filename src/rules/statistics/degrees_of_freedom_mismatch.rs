//! `ST121`: the degrees of freedom of a test against the number of cases that is printed within it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{
    Comparison, Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation, Variant,
};
use crate::document::TextRange;
use crate::extract::patterns::{compile, is_match};
use crate::extract::{ConditionKind, Mentions, Reported, TestKind, TestStatistic};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

rule! {
    /// # ST121 degrees-of-freedom-mismatch
    ///
    /// ## What it checks
    ///
    /// The degrees of freedom of a t or of a correlation against the N that is printed in the same bracket or clause:
    /// "t(28, N = 30)", "r(48) = .30, p = .034, N = 50"; those of the F of a one-way analysis against its N; those of a t against the
    /// sizes of two groups that its sentence gives; those of χ² against the rows and columns that it names ("a 2 × 3 table").
    ///
    /// ## Why it matters
    ///
    /// Degrees of freedom that the cases cannot give come from another analysis, from cases counted twice, or from a slip;
    /// each changes the p-value.
    ///
    /// ## How it is derived
    ///
    /// A t has N − 1 degrees of freedom for one sample or pairs and N − 2 for two groups, a correlation N − 2, and every
    /// covariate takes one away. So there are at most N − 1, whatever the design. An F between cases has at most N − 1 − df₁ in its
    /// second place, a t between two groups n₁ + n₂ − 2, and χ² of a table (r − 1)(c − 1).
    ///
    /// ## When it stays silent
    ///
    /// - No N is printed within the result, or a small n, which may count one group.
    /// - The degrees of freedom have decimals.
    /// - The test is an F whose sentence does not say "one-way": a repeated measure may raise its degrees of freedom above N.
    /// - The sentence has more than two sizes, or more than one test, for a t; more than one pair of rows and columns for χ².
    ///
    /// It is undecided where the sentence speaks of trials, items, observations, of mixed or multilevel models, of repeated
    /// measures or corrected degrees of freedom, whose cases are not those of N; and where N itself may stand in the place
    /// of the degrees of freedom of a correlation.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Age went with speed, r(84) = .30, p = .005, N = 50.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Age went with speed, r(48) = .30, p = .034, N = 50.
    /// ```
    ///
    /// ## Limits
    ///
    /// That a test has one degree of freedom less than the N printed before it is told where it is so, and nothing where not.
    ///
    /// Fewer degrees of freedom than N − 2 are never flagged: cases may be missing, covariates held constant.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Student 1908, *Biometrika* 6:1: <https://doi.org/10.1093/biomet/6.1.1>
    pub struct DegreesOfFreedomMismatch {
        code: "ST121",
        name: "degrees-of-freedom-mismatch",
        summary: "a test has more degrees of freedom than its cases give",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1093/biomet/6.1.1"],
    }
}

/// Words for analyses whose cases are more than those of N.
static MORE_CASES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:trials?|items?|stimul(?:i|us)|observations?|mixed|multi-?level|hierarchical|repeated|per\s+(?:group|condition|cell)|",
        r"each|blocks?|sessions?|pairs?|dyads?|couples?|pooled|within|waves?|random\s+(?:effects?|intercepts?))\b"
    ))
});

/// An analysis of one factor between cases.
static ONE_WAY: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)\b(?:one|1|single)[\s-](?:way|factor)\b"));

/// The size of a group.
static SIZE: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"\b[nN][₁₂1-9]?\s?=\s?(?P<n>\d{1,3}(?:,\d{3})+|\d+)\b"));

/// The rows and columns of a table of counts.
static CROSSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"\b(?P<rows>[2-9])\s?(?:×|x|X|by)\s?(?P<columns>[2-9])\s(?:\(?[\p{L}-]+\)?\s){0,3}?",
        r"(?:contingency|cross-?tab\w*|tables?|chi|χ|[Cc]hi-squared?)"
    ))
});

/// Log-linear models, tests of fit and of a part of the table have other degrees of freedom.
static OTHER_CHI_SQUARED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:log-?linear|goodness|fit|trend|linear-by-linear|McNemar|Cochran|Mantel|model|Wald|interaction|partial|collapsed|",
        r"merged|post[\s-]?hoc|pairwise|heterogeneity|survival|log-?rank|three-way|symmetry)\b"
    ))
});

/// What stands for the degrees of freedom of a test.
struct Bound<'m> {
    /// Counts with their roles, and the degrees of freedom at the end.
    operands: Vec<(&'static str, Cow<'m, Reported>)>,
    /// The formulas, each with its label and how its value bounds the degrees of freedom.
    formulas: Vec<(&'static str, Expression, Comparison)>,
    /// A reason to leave a mismatch undecided, beside those of all tests.
    doubt: Option<&'static str>,
}

fn whole(reported: &Reported) -> bool {
    reported.readings.iter().all(|(_, _, printed)| printed.decimals == 0)
}

fn less(left: Expression, by: &str, why: &str) -> Expression {
    Expression::call("-", [left, Expression::constant(by, why)])
}

/// The N of all cases that is printed within a result: "N = 50", and not "n = 25", which may count one group.
fn cases<'m>(test: &'m TestStatistic, context: RuleContext<'_>) -> Option<&'m Reported> {
    let n = test.n.as_ref().filter(|n| whole(n))?;
    let before = TextRange::new(n.range.start.saturating_sub(5), n.range.start);
    context.index.slice(&context.document.text, before).contains('N').then_some(n)
}

/// A t or a correlation against N.
fn of_cases<'m>(test: &'m TestStatistic, context: RuleContext<'_>) -> Option<Bound<'m>> {
    let n = cases(test, context)?;
    let [df] = test.degrees.as_slice() else { return None };
    if !matches!(test.kind, TestKind::T | TestKind::R) || !whole(df) {
        return None;
    }
    let most = less(Expression::operand(0), "1", "the mean");
    let mut formulas = vec![("", most, Comparison::AtLeast)];
    if test.kind == TestKind::R {
        formulas.push((
            "N printed in the place of the degrees of freedom",
            Expression::operand(0),
            Comparison::AtLeast,
        ));
    }
    let operands = vec![("number of cases", Cow::Borrowed(n)), ("degrees of freedom", Cow::Borrowed(df))];
    Some(Bound { operands, formulas, doubt: None })
}

/// How many tests before one, and how many characters, its number of cases may stand.
const TESTS_BEFORE: usize = 12;
const FAR: usize = 6_000;

/// A t of one sample, or an F of two conditions within cases, that has one degree of freedom less than the N that was printed
/// last before it. Another number tells nothing: the analysis may be between cases, or of others.
fn of_cases_before<'m>(test: &'m TestStatistic, mentions: &'m Mentions, context: RuleContext<'_>) -> Option<Bound<'m>> {
    let df = match (test.kind, test.degrees.as_slice()) {
        (TestKind::T, [df]) => df,
        (TestKind::F, [first, df]) if value(first)? == 1 => df,
        _ => return None,
    };
    let at = mentions.statistics.partition_point(|other| other.range.start < test.range.start);
    let mut before = mentions.statistics.get(at.saturating_sub(TESTS_BEFORE)..at)?.iter().rev();
    let n = before.find_map(|other| cases(other, context))?;
    let near = test.range.start.saturating_sub(n.range.end) <= FAR;
    (near && test.n.is_none() && value(n)? == value(df)? + 1).then(|| {
        let operands = vec![("number of cases", Cow::Borrowed(n)), ("degrees of freedom", Cow::Borrowed(df))];
        let formula = less(Expression::operand(0), "1", "the mean of the differences");
        Bound { operands, formulas: vec![("", formula, Comparison::Equal)], doubt: None }
    })
}

/// A whole number as printed.
fn value(reported: &Reported) -> Option<u64> {
    whole(reported).then(|| reported.printed()?.digits.parse().ok()).flatten()
}

/// The F of a one-way analysis against N.
fn of_one_way<'m>(test: &'m TestStatistic, words: &str, context: RuleContext<'_>) -> Option<Bound<'m>> {
    let n = cases(test, context)?;
    let [first, second] = test.degrees.as_slice() else { return None };
    if test.kind != TestKind::F || !whole(first) || !whole(second) || !is_match(ONE_WAY.as_ref(), words) {
        return None;
    }
    let between = Expression::call("-", [Expression::operand(0), Expression::operand(1)]);
    let operands = vec![
        ("number of cases", Cow::Borrowed(n)),
        ("degrees of freedom between", Cow::Borrowed(first)),
        ("degrees of freedom", Cow::Borrowed(second)),
    ];
    Some(Bound { operands, formulas: vec![("", less(between, "1", "the mean"), Comparison::AtLeast)], doubt: None })
}

/// The counts that a pattern finds in a sentence, by the names of its groups.
fn counts(pattern: Option<&Regex>, names: &[&str], sentence: TextRange, words: &str) -> Vec<Reported> {
    let hits = pattern.into_iter().flat_map(|pattern| pattern.captures_iter(words));
    let groups = hits.flat_map(|hit| names.iter().filter_map(|name| hit.name(name)).collect::<Vec<_>>());
    let place = |group: regex::Match<'_>| {
        let start = sentence.start + words[..group.start()].chars().count();
        Reported::count(TextRange::new(start, start + group.as_str().chars().count()), group.as_str())
    };
    groups.filter_map(place).collect()
}

/// A t against the sizes of the two groups of its sentence.
fn of_groups<'m>(test: &'m TestStatistic, sentence: TextRange, words: &str, alone: bool) -> Option<Bound<'m>> {
    let [df] = test.degrees.as_slice() else { return None };
    let sizes = counts(SIZE.as_ref(), &["n"], sentence, words);
    let [first, second] = <[Reported; 2]>::try_from(sizes).ok()?;
    if test.kind != TestKind::T || test.n.is_some() || !alone || !whole(df) {
        return None;
    }
    let sum = || Expression::call("+", [Expression::operand(0), Expression::operand(1)]);
    let formulas = vec![
        ("", less(sum(), "2", "the means of two groups"), Comparison::AtLeast),
        ("one sample of both groups", less(sum(), "1", "the mean"), Comparison::AtLeast),
    ];
    let operands = vec![
        ("size of group 1", Cow::Owned(first)),
        ("size of group 2", Cow::Owned(second)),
        ("degrees of freedom", Cow::Borrowed(df)),
    ];
    Some(Bound { operands, formulas, doubt: None })
}

/// χ² against the rows and columns that its sentence names.
fn of_table<'m>(test: &'m TestStatistic, sentence: TextRange, words: &str, alone: bool) -> Option<Bound<'m>> {
    let [df] = test.degrees.as_slice() else { return None };
    let sides = counts(CROSSED.as_ref(), &["rows", "columns"], sentence, words);
    let [rows, columns] = <[Reported; 2]>::try_from(sides).ok()?;
    if test.kind != TestKind::ChiSquared || !alone || !whole(df) {
        return None;
    }
    let side = |at: usize| less(Expression::operand(at), "1", "the total of the line");
    let product = Expression::call("*", [side(0), side(1)]);
    let other = is_match(OTHER_CHI_SQUARED.as_ref(), words);
    let operands = vec![
        ("number of rows", Cow::Owned(rows)),
        ("number of columns", Cow::Owned(columns)),
        ("degrees of freedom", Cow::Borrowed(df)),
    ];
    let doubt = other.then_some("the test may be of a model or of a part of the table");
    Some(Bound { operands, formulas: vec![("", product, Comparison::Equal)], doubt })
}

/// Why the cases of the analysis may be others than those of N.
fn doubt(test: &TestStatistic, mentions: &Mentions, context: RuleContext<'_>) -> Option<String> {
    let sentence = mentions.sentences.get(test.sentence)?.range;
    let words = context.index.slice(&context.document.text, sentence);
    let corrected = mentions
        .conditions
        .iter()
        .any(|condition| condition.kind == ConditionKind::CorrectedDegrees && condition.reach.overlaps(test.range));
    if MORE_CASES.as_ref().is_some_and(|pattern| pattern.is_match(words)) {
        Some("the cases of the analysis may be more than those of N".to_owned())
    } else if corrected {
        Some("corrected degrees of freedom are named in reach".to_owned())
    } else if test.shared_p {
        Some("several tests share the result".to_owned())
    } else {
        None
    }
}

impl Rule for DegreesOfFreedomMismatch {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        for test in &mentions.statistics {
            let Some(sentence) = mentions.sentences.get(test.sentence).map(|sentence| sentence.range) else { continue };
            let words = context.index.slice(&context.document.text, sentence);
            let alone = mentions.statistics.iter().filter(|other| other.sentence == test.sentence).count() == 1;
            let bound = of_cases(test, context)
                .or_else(|| of_one_way(test, words, context))
                .or_else(|| of_groups(test, sentence, words, alone))
                .or_else(|| of_table(test, sentence, words, alone))
                .or_else(|| of_cases_before(test, mentions, context));
            let Some(bound) = bound.filter(|_| !test.in_row) else { continue };
            let operand =
                |(role, number): &(&str, Cow<'_, Reported>)| Operand::reported(role, number, &OperandOptions::count());
            let operands: Vec<Operand> = bound.operands.iter().map(operand).collect();
            let stated = operands.len() - 1;
            let formula = |(label, left, op): (&str, Expression, Comparison)| Variant {
                label: label.to_owned(),
                relation: Relation { left, op, right: Expression::operand(stated) },
            };
            let quote = operands.iter().fold(test.range, |quote, operand| quote.hull(operand.range));
            proposals.list.push(Proposal {
                code: Self::METADATA.code.to_owned(),
                stated,
                operands,
                variants: bound.formulas.into_iter().map(formula).collect(),
                suspects: Vec::new(),
                units_certain: false,
                operation: Operation::Assumed,
                approximate: false,
                innocent: vec!["an analysis of other cases than are counted beside it".to_owned()],
                doubt: doubt(test, mentions, context).or_else(|| bound.doubt.map(str::to_owned)),
                needs_cause: false,
                evidence: None,
                levels: Vec::new(),
                quote,
            });
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let of = |at: usize| wording::operand(proposal, at);
        let role = proposal.operands.first().map_or("", |operand| operand.role.as_str());
        let formula = match role {
            "number of rows" => format!("a table of {} rows and {} columns", of(0), of(1)),
            "size of group 1" => format!("two groups of {} and {}, less two,", of(0), of(1)),
            _ if proposal.stated == 2 => format!("a number of cases of {}, less one and {} between,", of(0), of(1)),
            _ => format!("a number of cases of {}, less one,", of(0)),
        };
        Prose {
            message: wording::message_with(proposal, outcome, &formula, "degrees of freedom"),
            help: "look at the number of cases and the degrees of freedom, and at what was counted as a case"
                .to_owned(),
        }
    }
}
