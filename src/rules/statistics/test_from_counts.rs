//! `ST131`: the test of a row of a table, or of a sentence, against the counts of its groups.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::Rational;
use crate::derive::{Limits, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Verdict, evaluate};
use crate::document::TextRange;
use crate::extract::patterns::{compile, is_match as is};
use crate::extract::{Comparator, ConditionKind, Mentions, QuantityIx, TestKind, TestStatistic};
use crate::rules::declare::rule;
use crate::rules::sums::gate;
use crate::rules::sums::shares::{self, Grid, Share};
use crate::rules::sums::wholes::{Place, Whole, heading_sizes, holds, is_total};
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, Skeleton, binding, wording};

use super::counted::{Counted, Named};
use super::counts_in_prose;
use super::designs;
use super::test_from_means::{p_of_row, reaching};

rule! {
    /// # ST131 test-from-counts
    ///
    /// ## What it checks
    ///
    /// The p-value or χ² of a row of a table whose columns are groups with their sizes, and whose cells are counts, mostly
    /// with percentages: "Smokers | 12 (30.0) | 25 (59.5) | .008" below "Control (n = 40)" and "Treated (n = 42)". And the one χ²,
    /// or the p-value of Fisher's test, of a sentence with two groups: "12 of 40 (30%) in the reef group and 20 of 41 (49%) in the lake
    /// group, χ²(1) = 2.99".
    ///
    /// ## Why it matters
    ///
    /// The table of characteristics stands in every trial and every cohort, its p-values are copied by hand from another
    /// program's output, and a reader can work each of them out from the counts beside it.
    ///
    /// ## How it is derived
    ///
    /// From the counts and the sizes of the groups, which are whole numbers: Pearson's χ² of those who have it and those who
    /// have not, with or without Yates' correction, and Fisher's exact test where the table names it. One-tailed tests, the exact
    /// test where it is not named, and, where the next rows have no p-value of their own, the χ² of all these rows are open
    /// readings. The test of a row above its classes is that of all of them.
    ///
    /// ## When it stays silent
    ///
    /// - A percentage is not that of its count and the size over its column: people are missing. Counts without percentages are
    ///   looked at only where the classes of a variable add up to the size of each group.
    /// - A group has no size, or the row has more than one p-value.
    /// - A sentence holds more or fewer counts than those of two groups, one of them within the other, or more tests than one; or its
    ///   test has other degrees of freedom than one.
    ///
    /// It is undecided where the table does not say that a test of counts was made, where it names another (of pairs, of
    /// strata, of a trend, a model), where rows without a p-value follow and do not add up to the groups, where the columns may be the same people twice, where there are more than two groups, and
    /// where fewer than three other rows of the table follow. A sentence is undecided where it names another test, a model or a
    /// correction, where the same people may be counted twice (before and after, matched pairs, two things of one group), and
    /// where the test is of another number of people.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Characteristics of the divers; p-values are of chi-square tests
    ///
    /// Characteristic | Reef (n = 40) | Lake (n = 42) | p
    /// ---
    /// Women, n (%) | 12 (30.0) | 25 (59.5) | .007
    /// Smokers, n (%) | 6 (15.0) | 8 (19.0) | .63
    /// Certified, n (%) | 31 (77.5) | 20 (47.6) | .005
    /// Left-handed, n (%) | 4 (10.0) | 5 (11.9) | .78
    /// Own boat, n (%) | 9 (22.5) | 21 (50.0) | .11
    /// ```
    ///
    /// ```text
    /// In the reef group, 12 of 40 divers (30%) were ill, and in the lake group, 20 of 41 (49%), χ²(1) = 5.31, p = .021.
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// In the reef group, 12 of 40 divers (30%) were ill, and in the lake group, 20 of 41 (49%), χ²(1) = 2.99, p = .084.
    /// ```
    ///
    /// ```text
    /// Table 1. Characteristics of the divers; p-values are of chi-square tests
    ///
    /// Characteristic | Reef (n = 40) | Lake (n = 42) | p
    /// ---
    /// Women, n (%) | 12 (30.0) | 25 (59.5) | .007
    /// Smokers, n (%) | 6 (15.0) | 8 (19.0) | .63
    /// Certified, n (%) | 31 (77.5) | 20 (47.6) | .005
    /// ```
    ///
    /// ## Limits
    ///
    /// A lone p-value of a sentence is looked at only where the sentence names Fisher's test. The exact test is worked out for up to 10,000 people.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Agresti 2013, *Categorical Data Analysis*, third edition, sections 3.2 and 3.5
    /// - Fisher 1935, *Journal of the Royal Statistical Society* 98:39: <https://doi.org/10.2307/2342435>
    pub struct TestFromCounts {
        code: "ST131",
        name: "test-from-counts",
        summary: "a test does not follow from the printed counts of its groups",
        family: Statistics,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.2307/2342435"],
    }
}

struct Patterns {
    chi_squared: Option<Regex>,
    exact: Option<Regex>,
    other: Option<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    chi_squared: compile(r"(?i)\bchi[\s‐‑–-]*squared?\b|χ\s?[²2]|\bPearson(?:['’]s)?\s+(?:test|χ|chi)"),
    exact: compile(r"(?i)\bFisher(?:['’]s)?\b"),
    other: compile(concat!(
        r"(?i)\bMcNemar|\bMantel|\bCochran|\btrend|\blog[\s-]?rank|\blikelihood|\bmid[\s-]?p|\bBarnard|\bz[\s-]tests?\b|\blogistic|",
        r"\bGEE\b|\bgenerali[sz]ed|\bcluster|\bpropensity|\bFDR\b|\bBonferroni|\bHolm\b|\bequivalence|\bnon-?inferiority"
    )),
});

/// Why a row may be left undecided.
const UNNAMED: &str = "the table does not say that its p-values are of tests of counts";
const SOME_GROUPS: &str = "the p-value may be of some of the groups";
const FEW: &str = "fewer than three other rows of the table follow from their counts";
const EXACT_CLASSES: &str = "the exact test of more than two classes is named beside the table";
const CLASSES: &str =
    "the rows below do not add up to the groups, so that which are classes of the variable is not certain";
const REPEATS: &str = "the columns may be of the same people twice";
const OTHER_TEST: &str = "another test or a model is named beside the table";

/// The count of a group in one row, with the size of the group.
#[derive(Clone, Copy)]
struct Part {
    count: QuantityIx,
    size: QuantityIx,
}

/// What a table says of its tests as a whole.
struct Said {
    named: Named,
    doubt: Option<&'static str>,
}

/// What is printed of the test of a row.
enum Stated<'m> {
    ChiSquared(&'m TestStatistic),
    P(crate::extract::Reported),
}

/// Whether a column is one of a group, and not of all of them.
fn is_of_group(grid: Grid<'_>, column: usize) -> bool {
    !grid.content.heading(column).any(|words| designs::name_total(words) || is_total(words))
}

/// The parts of a row by group, left to right; `None` where a group lacks its size or where people are missing in it.
fn parts(grid: Grid<'_>, shares: &[&Share]) -> Option<Vec<Part>> {
    let parts = shares.iter().filter(|share| is_of_group(grid, share.column)).map(|share| {
        let over = || heading_sizes(grid, [share.count_column, share.column]).first().copied();
        let size = share.whole.or_else(over)?;
        // A percentage of another number says that people are missing in the row.
        let whole = Whole { place: Place::Heading(0), numbers: vec![size] };
        holds(grid, share, &whole).then_some(Part { count: share.count, size })
    });
    parts.collect::<Option<Vec<Part>>>().filter(|parts| parts.len() >= 2)
}

/// The parts of a row of counts without percentages. That nobody is missing is for the classes to show, which add up.
fn lone_parts(grid: Grid<'_>, row: usize) -> Option<Vec<Part>> {
    let sized = |column: &usize| is_of_group(grid, *column) && !heading_sizes(grid, [*column; 2]).is_empty();
    let columns = (grid.content.label_columns..grid.content.columns).filter(sized);
    let parts = columns.map(|column| {
        let size = heading_sizes(grid, [column; 2]).first().copied()?;
        Some(Part { count: grid.lone_count(row, column)?, size })
    });
    parts.collect::<Option<Vec<Part>>>().filter(|parts| parts.len() >= 2)
}

/// The row of a table whose test is looked at.
struct Tested<'m> {
    grid: Grid<'m>,
    parts: Vec<Part>,
    classes: Vec<Vec<Part>>,
    /// Whether the test stands in a row of its own above the classes.
    headed: bool,
    /// Whether the counts have percentages.
    with_shares: bool,
    stated: Stated<'m>,
    range: TextRange,
}

/// What the rows above the next one leave open.
enum Above<'m> {
    /// Nothing.
    Closed,
    /// A row with its test, whose variable may have further classes.
    Open,
    /// A test in a row without counts.
    Headed(Stated<'m>, TextRange),
}

impl Tested<'_> {
    /// Whether nobody is missing: by the percentages, or as the classes of each group add up to its size.
    fn is_complete(&self) -> bool {
        self.with_shares || (!self.classes.is_empty() && self.adds_up())
    }

    /// Whether the classes of each group add up to its size.
    fn adds_up(&self) -> bool {
        let point = |ix: QuantityIx| self.grid.point(ix);
        let adds_up = |group: usize| {
            let counts = [&self.parts].into_iter().chain(&self.classes).map(|parts| point(parts[group].count));
            counts.sum::<Option<Rational>>().is_some_and(|sum| Some(sum) == point(self.parts[group].size))
        };
        (0..self.parts.len()).all(adds_up)
    }

    fn proposal(&self, said: &Said) -> Option<Proposal> {
        let quantity = |ix: QuantityIx| binding::quantity(self.grid.mentions, ix);
        let mut operands: Vec<Operand> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            operands.push(binding::count(&format!("count of group {}", at + 1), quantity(part.count)?)?);
            operands.push(binding::count(&format!("size of group {}", at + 1), quantity(part.size)?)?);
        }
        for part in self.classes.iter().flatten() {
            operands.push(binding::count("count of another class", quantity(part.count)?)?);
        }
        let (groups, classes) = (self.parts.len(), self.classes.len());
        let counted = Counted { operands, groups, classes, headed: self.headed };
        let at = counted.operands.len();
        let (operand, variants) = match &self.stated {
            Stated::ChiSquared(test) => {
                let options = OperandOptions::printed();
                (Operand::reported("test statistic", &test.value, &options), counted.statistics(at))
            }
            Stated::P(p) => {
                let options = OperandOptions::printed();
                (Operand::reported("stated p-value", p, &options), counted.p_values(at, said.named))
            }
        };
        let relation = variants.first()?.relation.clone();
        let operands = counted.operands.into_iter().chain([operand]).collect();
        let several = (counted.groups > 2).then_some(SOME_GROUPS);
        let of_classes = (said.named != Named::ChiSquared && counted.classes > 0).then_some(EXACT_CLASSES);
        let unknown = (!self.classes.is_empty() && !self.adds_up()).then_some(CLASSES);
        let doubt = said.doubt.or(several).or(of_classes).or(unknown).map(str::to_owned);
        let mut proposal = Proposal::new(TestFromCounts::METADATA.code, operands, at, relation);
        proposal.variants = variants;
        proposal.operation = Operation::Assumed;
        proposal.innocent = vec!["a test of another kind, or of other people than the counts are of".to_owned()];
        proposal.doubt = doubt;
        proposal.quote = self.range;
        Some(proposal)
    }
}

/// What the words of a table say of its tests.
fn said(grid: Grid<'_>, range: TextRange) -> Said {
    let content = grid.content;
    let headings: Vec<&str> = (0..content.columns).flat_map(|column| content.heading(column)).collect();
    let words = format!("{} {}", content.caption, headings.join(" "));
    let conditions = reaching(grid.mentions, range);
    let corrected = [ConditionKind::CorrectedP, ConditionKind::Weighted, ConditionKind::Imputed];
    let (chi, exact) = (is(PATTERNS.chi_squared.as_ref(), &words), is(PATTERNS.exact.as_ref(), &words));
    let doubt = if is(PATTERNS.other.as_ref(), &words)
        || designs::name_model(&words)
        || conditions.iter().any(|kind| corrected.contains(kind))
    {
        Some(OTHER_TEST)
    } else if designs::name_repeats(&headings.join(" ")) || words.to_lowercase().contains("matched") {
        Some(REPEATS)
    } else {
        (!chi && !exact).then_some(UNNAMED)
    };
    let named = match (chi, exact) {
        (true, true) => Named::Both,
        (false, true) => Named::Exact,
        (_, false) => Named::ChiSquared,
    };
    Said { named, doubt }
}

/// The rows with a test, each with the rows below it that have counts and none.
fn tested(grid: Grid<'_>) -> Vec<Tested<'_>> {
    let all = grid.series();
    let shares: Vec<&Share> = all.iter().filter(|series| !series.in_rows).flat_map(|series| &series.shares).collect();
    let of_row = |row: usize| {
        let mut found: Vec<&Share> = shares.iter().filter(|share| share.row == row).copied().collect();
        found.sort_by_key(|share| share.column);
        let lone = || lone_parts(grid, row).map(|parts| (parts, false));
        if found.is_empty() { lone() } else { parts(grid, &found).map(|parts| (parts, true)) }
    };
    let mut found: Vec<Tested<'_>> = Vec::new();
    let mut above = Above::Closed;
    for row in grid.body() {
        let cells = u32::try_from(row).ok().map(|row| grid.table.row(row)).unwrap_or_default();
        let range = cells.iter().map(|cell| cell.range).reduce(TextRange::hull);
        let (Some(range), parts) = (range, of_row(row)) else { continue };
        above = match (stated(grid, row, range), parts, above) {
            (Some(stated), None, _) => Above::Headed(stated, range),
            (Some(stated), Some((parts, with_shares)), _) => {
                found.push(Tested { grid, parts, classes: Vec::new(), headed: false, with_shares, stated, range });
                Above::Open
            }
            (None, Some((parts, with_shares)), Above::Headed(stated, head)) => {
                let range = head.hull(range);
                found.push(Tested { grid, parts, classes: Vec::new(), headed: true, with_shares, stated, range });
                Above::Open
            }
            // A row without a test of its own may be a further class of the one above.
            (None, Some((parts, with_shares)), Above::Open) => {
                let alike = |last: &&mut Tested<'_>| last.parts.len() == parts.len() && last.with_shares == with_shares;
                let last = found.last_mut().filter(alike);
                last.map_or(Above::Closed, |last| {
                    last.classes.push(parts);
                    Above::Open
                })
            }
            (None, ..) => Above::Closed,
        };
    }
    found.retain(Tested::is_complete);
    found
}

/// The only χ² or the only p-value of a row.
fn stated(grid: Grid<'_>, row: usize, range: TextRange) -> Option<Stated<'_>> {
    let mut tests = grid.mentions.statistics.iter().filter(|test| range.contains(test.range));
    if let Some(test) = tests.next() {
        let plain = test.kind == TestKind::ChiSquared && test.value.comparator == Comparator::Equal;
        return (plain && tests.next().is_none()).then_some(Stated::ChiSquared(test));
    }
    p_of_row(row, grid.index, grid.mentions).map(Stated::P)
}

/// The proposals of a table, each held against the others: a test that explains only some of the rows may be the wrong one.
fn of_table(grid: Grid<'_>) -> Vec<Proposal> {
    let rows = tested(grid);
    let Some(range) = rows.iter().map(|row| row.range).reduce(TextRange::hull) else { return Vec::new() };
    let said = said(grid, range);
    let mut proposals: Vec<Proposal> = rows.iter().filter_map(|row| row.proposal(&said)).collect();
    let verdicts: Vec<Verdict> =
        proposals.iter().map(|proposal| evaluate(proposal, &Limits::default()).verdict).collect();
    let count = |wanted: fn(&Verdict) -> bool| verdicts.iter().filter(|verdict| wanted(verdict)).count();
    let holds = count(|verdict| *verdict == Verdict::Consistent);
    let fails = count(|verdict| matches!(verdict, Verdict::Inconsistent(_)));
    for proposal in &mut proposals {
        if !gate::is_borne_out(holds, fails.saturating_sub(1)) {
            proposal.doubt.get_or_insert_with(|| FEW.to_owned());
        }
    }
    proposals
}

impl Rule for TestFromCounts {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        shares::each_grid(mentions, context, &mut |grid| {
            proposals.list.extend(of_table(grid));
        });
        let prose = |skeleton: &&Skeleton| {
            mentions.sentences.get(skeleton.sentence).is_some_and(|sentence| sentence.cell.is_none())
        };
        let skeletons = context.skeletons(mentions);
        let tested = skeletons.iter().filter(prose);
        let tested = tested.filter_map(|skeleton| counts_in_prose::proposal(Self::METADATA.code, skeleton, mentions));
        proposals.list.extend(tested);
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let groups = proposal.operands.iter().filter(|operand| operand.role.starts_with("size of")).count();
        let part = |at: usize| wording::operand(proposal, at);
        let shares: Vec<String> =
            (0..groups).map(|group| format!("{} of {}", part(2 * group), part(2 * group + 1))).collect();
        let stated = proposal.operands.get(proposal.stated).map_or("", |operand| operand.role.as_str());
        let symbol = if stated == "stated p-value" { "p" } else { "" };
        let tested = format!("a test between {}", shares.join(" and "));
        Prose {
            message: wording::message_with(proposal, outcome, &tested, symbol),
            help: "look at the counts, the sizes of the groups and the p-value, and at which test was made".to_owned(),
        }
    }
}
