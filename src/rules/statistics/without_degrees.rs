//! Tests that are printed with their p-value and without degrees of freedom: correlations whose number of cases stands
//! nearby, and t of a coefficient.
//!
//! Where the number of cases stands in the same list, it is that of the correlation; where only the table or the paper has
//! one, some values may be missing, and a p-value that does not follow is left undecided. A t without degrees of freedom
//! lies between the normal distribution and a t with few of them, so that it can only be far off.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::{Printed, rational};
use crate::derive::{Expression, Operand, OperandOptions, Operation, Proposal};
use crate::document::{Table, TextRange};
use crate::extract::patterns::compile;
use crate::extract::{Comparator, ConditionKind, Mentions, Quantity, Reported, TestKind, TestStatistic};
use crate::rules::{RuleContext, binding};

use super::groups::{equal, two};

/// The role of a number of cases: the formula is told in other words than with degrees of freedom.
pub(super) const CASES: &str = "number of cases";

const MISSING: &str = "the number of cases is said elsewhere, and values may be missing";
const UNSAID: &str = "the degrees of freedom are not printed";
const OTHER: &str = "a correction or a test with another distribution is named in reach";

/// How few degrees of freedom a t has that is printed without them.
const FEW: &str = "8";
/// How many characters may stand between "n =" and its number.
const BEFORE: usize = 8;
/// How many characters behind a test may hold its number of cases.
const BEHIND: usize = 16;

/// What stands right before a number of cases.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"\b[nN]\s*=\s*$"));
/// What stands right behind a number of people in words.
static PEOPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"^\s*(?:patients|participants|subjects|individuals|children|adults|students|volunteers|respondents)\b")
});

/// Headings of coefficients, and of their standard errors.
static COEFFICIENTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"^(?i:β|b|beta|estimate|(?:regression\s+|β\s+|beta\s+)?coeff?(?:icient|\.)?s?)(?:\s*\(.*\))?$")
});
static ERRORS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^(?i:s\.?\s?e\.?|std\.?\s+error|standard\s+error)(?:\s*\(.*\))?$"));

/// What is known of the number of cases.
struct Cases<'m> {
    quantity: &'m Quantity,
    /// Whether it stands in the list of the test itself.
    near: bool,
}

/// Proposals for the tests without degrees of freedom. `conditions` are those that bear on tests, each with its reach.
pub(super) fn proposals(
    code: &str,
    mentions: &Mentions,
    context: RuleContext<'_>,
    conditions: &[(ConditionKind, TextRange)],
) -> Vec<Proposal> {
    let bare = |test: &&TestStatistic| {
        let probable = test.p.as_ref().is_some_and(is_probable);
        test.degrees.is_empty() && test.value.comparator == Comparator::Equal && !test.shared_p && probable
    };
    let tests: Vec<&TestStatistic> = mentions.statistics.iter().filter(bare).collect();
    if tests.is_empty() {
        return Vec::new();
    }
    let named: Vec<&Quantity> = mentions.quantities.iter().filter(|one| is_named(one, context)).collect();
    let of = |test: &&TestStatistic| {
        let reaching = conditions.iter().filter(|(_, reach)| reach.overlaps(test.range)).map(|(kind, _)| *kind);
        let corrected = [ConditionKind::CorrectedP, ConditionKind::OtherDistribution];
        let other = reaching.into_iter().any(|kind| corrected.contains(&kind)).then_some(OTHER);
        match test.kind {
            TestKind::R | TestKind::Rho => of_correlation(code, test, &cases(test, &named, mentions, context)?, other),
            TestKind::T => of_t(code, test, Expression::operand(0), other),
            TestKind::F if is_of_one_coefficient(test, mentions, context) => {
                of_t(code, test, Expression::call("sqrt", [Expression::operand(0)]), other)
            }
            _ => None,
        }
    };
    tests.iter().filter_map(of).collect()
}

/// Whether a number is one that a probability can be.
fn is_probable(reported: &Reported) -> bool {
    reported.printed().is_some_and(|printed| printed.point() <= rational::whole(1))
}

/// Whether "n =" stands right before a number.
fn is_named(quantity: &Quantity, context: RuleContext<'_>) -> bool {
    let start = quantity.number.start;
    let before = TextRange::new(start.saturating_sub(BEFORE), start);
    binding::is_whole(quantity)
        && NAMED.as_ref().is_some_and(|form| form.is_match(context.index.slice(&context.document.text, before)))
}

/// Whether a number is followed by a word for people.
fn is_of_people(quantity: &Quantity, context: RuleContext<'_>) -> bool {
    let end = quantity.number.end;
    let behind = TextRange::new(end, (end + BEHIND).min(context.index.len()));
    binding::is_whole(quantity)
        && PEOPLE.as_ref().is_some_and(|form| form.is_match(context.index.slice(&context.document.text, behind)))
}

/// The number of cases of a correlation, where one alone can be meant.
fn cases<'m>(
    test: &TestStatistic,
    named: &[&'m Quantity],
    mentions: &'m Mentions,
    context: RuleContext<'_>,
) -> Option<Cases<'m>> {
    let table = context.document.tables.iter().find(|table| table.range.contains(test.range));
    if let Some(table) = table {
        let own = alone(named.iter().copied().filter(|one| heads(table, one.number)));
        return own.or_else(|| of_paper(named, context)).map(|quantity| Cases { quantity, near: false });
    }
    let sentence = mentions.sentences.get(test.sentence)?.range;
    let before = mentions.statistics.iter().filter(|other| other.sentence == test.sentence);
    let start = before.map(|other| other.range.end).filter(|end| *end <= test.range.start).max();
    let list = TextRange::new(start.unwrap_or(sentence.start), test.range.start);
    let behind = TextRange::new(test.range.end, (test.range.end + BEHIND).min(sentence.end.max(test.range.end)));
    let near = |range: TextRange| alone(named.iter().copied().filter(move |one| range.contains(one.number)));
    let at = mentions.quantities.partition_point(|one| one.number.start < list.start);
    let here = mentions.quantities[at..].iter().take_while(|one| one.number.start < list.end);
    let people = || alone(here.filter(|one| is_of_people(one, context)));
    let found = near(list).or_else(|| near(behind)).or_else(people);
    match found {
        Some(quantity) => Some(Cases { quantity, near: true }),
        None => of_paper(named, context).map(|quantity| Cases { quantity, near: false }),
    }
}

/// Whether a number stands in the caption of a table or over its columns.
fn heads(table: &Table, number: TextRange) -> bool {
    let in_caption = table.caption.is_some_and(|caption| caption.contains(number));
    in_caption || table.cells.iter().any(|cell| cell.row < table.header_rows && cell.range.contains(number))
}

/// The number of cases that captions of tables name, where no other one stands in the paper.
fn of_paper<'m>(named: &[&'m Quantity], context: RuleContext<'_>) -> Option<&'m Quantity> {
    let found = alone(named.iter().copied())?;
    context.document.tables.iter().any(|table| heads(table, found.number)).then_some(found)
}

/// The first of several quantities with one value.
fn alone<'m>(quantities: impl Iterator<Item = &'m Quantity>) -> Option<&'m Quantity> {
    let mut quantities = quantities.filter(|one| one.single().is_some());
    let first = quantities.next()?;
    let value = |one: &Quantity| one.single().map(Printed::point);
    quantities.all(|other| value(other) == value(first)).then_some(first)
}

/// The p-value of a correlation by t with n − 2 degrees of freedom.
fn of_correlation(
    code: &str,
    test: &TestStatistic,
    cases: &Cases<'_>,
    other: Option<&'static str>,
) -> Option<Proposal> {
    let one = rational::whole(1);
    let value = test.value.printed()?.point();
    let size = cases.quantity.single()?.point();
    if value < -&one || value > one || size < rational::whole(4) {
        return None;
    }
    let magnitude = OperandOptions { magnitude: true, ..OperandOptions::printed() };
    let operands = vec![
        Operand::reported("test statistic", &test.value, &magnitude),
        binding::count(CASES, cases.quantity)?,
        Operand::reported("stated p-value", test.p.as_ref()?, &OperandOptions::printed()),
    ];
    let degrees = Expression::call("-", [Expression::operand(1), two("n − 2 degrees of freedom")]);
    let tail = Expression::call("p_r", [Expression::operand(0), degrees]);
    let elsewhere = (!cases.near).then_some(MISSING);
    Some(proposal(code, test, operands, &tail, other.or(elsewhere)))
}

/// Whether an F stands in a table with a coefficient and its standard error in each row: it has one degree of freedom above, and
/// is the square of a t.
fn is_of_one_coefficient(test: &TestStatistic, mentions: &Mentions, context: RuleContext<'_>) -> bool {
    let at = context.document.tables.iter().position(|table| table.range.contains(test.range));
    let Some(held) = at.and_then(|at| mentions.tables.get(at)) else { return false };
    let named = |form: &LazyLock<Option<Regex>>| {
        held.headings.iter().any(|heading| form.as_ref().is_some_and(|form| form.is_match(heading.trim())))
    };
    named(&COEFFICIENTS) && named(&ERRORS)
}

/// The p-value of a t, between that of a normal deviate and that of few degrees of freedom.
fn of_t(code: &str, test: &TestStatistic, statistic: Expression, other: Option<&'static str>) -> Option<Proposal> {
    let magnitude = OperandOptions { magnitude: true, ..OperandOptions::printed() };
    let operands = vec![
        Operand::reported("test statistic", &test.value, &magnitude),
        Operand::reported("stated p-value", test.p.as_ref()?, &OperandOptions::printed()),
    ];
    let few = Expression::constant(FEW, "few degrees of freedom");
    let tail = Expression::call(
        "between",
        [Expression::call("p_z", [statistic.clone()]), Expression::call("p_t", [statistic, few])],
    );
    Some(proposal(code, test, operands, &tail, other.or(Some(UNSAID))))
}

fn proposal(
    code: &str,
    test: &TestStatistic,
    operands: Vec<Operand>,
    tail: &Expression,
    doubt: Option<&'static str>,
) -> Proposal {
    let stated = operands.len() - 1;
    let p = || Expression::operand(stated);
    let half = Expression::call("/", [tail.clone(), two("a one-tailed p-value is half the two-tailed")]);
    let plain = equal("", tail.clone(), p());
    Proposal {
        variants: vec![plain.clone(), equal("a one-tailed test", half, p())],
        operation: Operation::Likely,
        innocent: vec!["a test of other cases, or a partial or rank correlation".to_owned()],
        doubt: doubt.map(str::to_owned),
        quote: test.range,
        ..Proposal::new(code, operands, stated, plain.relation)
    }
}
