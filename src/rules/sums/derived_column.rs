//! `SU123`: a column or row of a table that is worked out from two others.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::derive::{Expression, Operation, Outcome, Proposal, Proposals};
use crate::document::TextRange;
use crate::extract::Mentions;
use crate::extract::patterns::compile;
use crate::rules::binding::Binding;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::bound::STUDIES;
use super::lines;
use super::lines::additive::{self, OF_ITS_KIND};
use super::lines::derived::{self, Derived, Form};
use super::lines::evidence::{MARKED, State};
use super::lines::linear;
use super::lines::matrix::{Axis, Entry, Matrix, Sort};
use super::lines::netted;
use super::table_average::sums_up;
use super::words;

rule! {
    /// # SU123 derived-value-mismatch
    ///
    /// ## What it checks
    ///
    /// Columns and rows of a table that follow from two others place by place: differences, ratios, percentages of
    /// another column, changes in per cent, products.
    ///
    /// ## Why it matters
    ///
    /// Speed-ups, changes and net values are worked out once and copied along. When one of the columns is brought up to
    /// date, a cell of the derived one is easily left behind.
    ///
    /// ## How it is derived
    ///
    /// Every two lines are tried for every other, with the rounding of each number. A relation counts where it holds in
    /// all other places but at most one in ten, and where chance would not turn it up among so many tries: at least three
    /// places and less than one in a hundred expected by chance where the words at the line name the operation
    /// ("difference", "speed-up", "change, %"), at least six places and less than one in a million where they do not.
    ///
    /// A line whose words name a change may follow from three others, a + b − c; that is told where every place follows.
    ///
    /// Where numbers name the rows (a probability, a dose), a column that runs in a straight line over them is held against its
    /// two ends; a value off the line is left undecided.
    ///
    /// ## When it stays silent
    ///
    /// - A number is missing, a bound or an approximate one.
    /// - The number is one of the operands again.
    /// - One of the lines is a test statistic or a standard error: `ST112` takes those.
    /// - Another relation fails for the same number: one of them is told.
    /// - The place is a total or an average of the others: the mean of ratios is not the ratio of means.
    /// - The table's rows and columns are not known.
    ///
    /// It is undecided where the last digit of a number may be the mark of a note; where the line across is of a test or a
    /// spread, whose difference is another test's; and where the rows are studies, whose shares may be weighted,
    /// and where the number follows in the same way with another one beside it, as a share of a smaller whole does, as the share of
    /// the first number in both together, or, where it is called an error or a deviation, without its sign.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Run times
    ///
    /// Case | Before, s | After, s | Speed-up
    /// ---
    /// A | 41.2 | 20.1 | 2.05
    /// B | 73.9 | 21.4 | 3.45
    /// C | 12.6 | 10.5 | 1.20
    /// D | 95.0 | 30.2 | 3.51
    /// E | 64.8 | 26.9 | 2.41
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Run times
    ///
    /// Case | Before, s | After, s | Speed-up
    /// ---
    /// A | 41.2 | 20.1 | 2.05
    /// B | 73.9 | 21.4 | 3.45
    /// C | 12.6 | 10.5 | 1.20
    /// D | 95.0 | 30.2 | 3.15
    /// E | 64.8 | 26.9 | 2.41
    /// ```
    ///
    /// ## Limits
    ///
    /// No constants but 100. Tables of more than 48 columns or rows are not searched. A column that is
    /// relative to one row is not found.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// None.
    pub struct DerivedColumn {
        code: "SU123",
        name: "derived-value-mismatch",
        summary: "a derived value in a table does not follow from the values beside it",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: Named(10),
        needs: Tables,
        references: [],
    }
}

const ANOTHER: &str = "the number follows from another one of its line";
const UNCONFIRMED: &str = "too few other places tell how the number is worked out";

/// Words that name a difference.
static DIFFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\bdiff(?:erences?|\.)?\b|\bchanges?\b|Δ|∆|\bdelta\b|\bgaps?\b|\bgains?\b|\bnet\b|\bincrease|\bdecrease|\bimprovement|\bloss\b|\bbias\b|\bresiduals?\b",
    )
});
/// Words that name a quotient.
static RATIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\bratios?\b|\bfold\b|\bspeed-?\s?ups?\b|\brelative\b|\brel\.|\bnormali[sz]ed\b|\bfactor\b|\bper\b|\bfraction\b|\bproportion\b|\brates?\b",
    )
});
/// Words that name a percentage or a change in per cent.
static PERCENT: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)%|\bper\s?cent|\bpercent"));
/// Words that name a change.
static CHANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\bchanges?\b|Δ|∆|\bincrease|\bdecrease|\breduction|\bimprovement|\bgains?\b|\bloss\b|\bsavings?\b|\bgrowth\b|\berror\b|\bdeviation\b|\bdiff",
    )
});
/// Words that name a product.
static PRODUCT: LazyLock<Option<Regex>> = LazyLock::new(|| compile(r"(?i)\bproducts?\b|\bcosts?\b|\btotal\b"));

fn says(pattern: &LazyLock<Option<Regex>>, words: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(words))
}

impl Rule for DerivedColumn {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        lines::propose(mentions, context, proposals, &|matrix, axis| {
            let named = |line: usize, form: Form| names(&matrix.names(axis, line), form);
            let aside = |position: usize| sums_up(matrix, axis.across(), position);
            let mut all = derived::find(matrix, axis, &named, &aside);
            all.retain(|derived| !derived.triple().iter().any(|line| is_test(&matrix.names(axis, *line))));
            let told = derived::without_repeats(&all, matrix.length(axis));
            let mut found: Vec<Proposal> =
                told.into_iter().filter_map(|(derived, position)| proposal(matrix, axis, derived, position)).collect();
            found.extend(netted_values(matrix, axis, &found));
            if axis == Axis::Slots {
                on_lines(matrix, &mut found);
            }
            found
        });
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = wording::own_formula(proposal);
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help:
                "the other values of the line follow in this way; look which of the numbers was not brought up to date"
                    .to_owned(),
        }
    }
}

/// Whether the words at a line name the operation.
fn names(words: &[&str], form: Form) -> bool {
    words.iter().take(2).any(|words| match form {
        Form::Difference => says(&DIFFERENCE, words),
        Form::Ratio => says(&RATIO, words),
        Form::Percent => says(&PERCENT, words) && !says(&CHANGE, words),
        Form::Change | Form::Reduction => says(&PERCENT, words) && says(&CHANGE, words),
        Form::Product => says(&PRODUCT, words),
    })
}

/// Whether the words at a line name a test statistic or a standard error, which is the concern of the rules of statistics.
fn is_test(words: &[&str]) -> bool {
    let nearest = words.first().map(|words| words.trim_matches(|c: char| !c.is_alphanumeric())).unwrap_or_default();
    matches!(nearest, "t" | "z" | "Z" | "F" | "p" | "P" | "Wald" | "t value" | "z value" | "t-value" | "z-value" | "SE")
        || nearest.starts_with("t statistic")
        || nearest.starts_with("z statistic")
}

fn proposal(matrix: &Matrix<'_>, axis: Axis, derived: &Derived, position: usize) -> Option<Proposal> {
    let silent = *derived.states.get(position)? == State::Silent;
    if silent && !derived::follows_bluntly(matrix, axis, derived, position) {
        return None;
    }
    let number = |line| matrix.number(axis, line, position);
    let (a, b) = (number(derived.operands[0])?, number(derived.operands[1])?);
    let target = number(derived.target)?;
    let operands = vec![
        matrix.operand("first value", a, false)?,
        matrix.operand("second value", b, false)?,
        matrix.operand("derived value", target, false)?,
    ];
    let unconfirmed = (!derived.bears_out(matrix, axis, position)).then_some(UNCONFIRMED);
    let marked = derived::may_be_marked(matrix, axis, derived, [target, a, b]).then_some(MARKED);
    let mut binding = Binding {
        operation: if derived.named { Operation::Stated } else { Operation::Implied },
        innocent: vec!["the value may be worked out from numbers that are not printed".to_owned()],
        ..Binding::stated(operands, formula(derived.form, [target, a]), matrix.range(target))
    };
    binding.formulas.extend(share_of_both(derived.form, target));
    binding.formulas.extend(without_sign(derived.form, [target, a], &matrix.names(axis, derived.target)));
    let of_its_kind = additive::is_of_its_kind(matrix, axis.across(), position).then_some(OF_ITS_KIND);
    let shares = matches!(derived.form, Form::Ratio | Form::Percent);
    let studies = words::cites_a_study_a_row(matrix.grid) || (shares && words::is_of_studies(matrix.grid));
    let standardised = studies.then_some(STUDIES);
    let beside = derived::follows_from_another(matrix, axis, derived, position).then_some(ANOTHER);
    let doubts = [unconfirmed, marked, of_its_kind, standardised, beside].into_iter().flatten().next();
    let proposal = binding.doubted(doubts).proposal(DerivedColumn::METADATA.code)?;
    Some(Proposal { quote: matrix.range(target), ..proposal })
}

/// The changes that follow from three lines and from no two.
fn netted_values(matrix: &Matrix<'_>, axis: Axis, found: &[Proposal]) -> Vec<Proposal> {
    let told = |value: Entry| found.iter().any(|other| other.quote == matrix.range(value));
    let named = |line: usize| names(&matrix.names(axis, line), Form::Difference);
    let all = netted::find(matrix, axis, &named).into_iter().filter(|one| !told(one.value));
    all.filter_map(|one| {
        let [a, b, c] = one.from;
        let operands = vec![
            matrix.operand("first value", a, false)?,
            matrix.operand("second value", b, false)?,
            matrix.operand("value taken off", c, false)?,
            matrix.operand("derived value", one.value, false)?,
        ];
        let quote = matrix.range(one.value);
        let binding = Binding { operation: Operation::Likely, ..Binding::stated(operands, netted::formula(), quote) };
        Some(Proposal { quote, ..binding.proposal(DerivedColumn::METADATA.code)? })
    })
    .collect()
}

/// Adds what stands on a straight line over the numbers that name the rows. Where no words name an operation, such a line says
/// more than a difference of two columns, which may be the one that was worked out, turned round.
fn on_lines(matrix: &Matrix<'_>, found: &mut Vec<Proposal>) {
    // Where words name an operation, the value follows from other columns.
    let worked_out = |slot: usize| Form::ALL.iter().any(|form| names(&matrix.names(Axis::Slots, slot), *form));
    let all = linear::find(matrix, &worked_out);
    let follows = |quote| all.iter().any(|(one, follows)| *follows && matrix.range(one.value) == quote);
    found.retain(|other| other.operation == Operation::Stated || !follows(other.quote));
    let told: BTreeSet<TextRange> = found.iter().map(|other| other.quote).collect();
    let untold = all.into_iter().filter(|(one, _)| !told.contains(&matrix.range(one.value)));
    found.extend(untold.filter_map(|(one, follows)| {
        let [(from, low), (to, high)] = one.ends;
        let operands = vec![
            matrix.operand("row", one.at, true)?,
            matrix.operand("first row", from, true)?,
            matrix.operand("value of the first row", low, false)?,
            matrix.operand("last row", to, true)?,
            matrix.operand("value of the last row", high, false)?,
            matrix.operand("value on the line", one.value, false)?,
        ];
        let binding = Binding {
            operation: Operation::Likely,
            innocent: vec!["the values may not run in a straight line".to_owned()],
            ..Binding::stated(operands, linear::formula(), matrix.range(one.value))
        };
        let proposal = binding.doubted((!follows).then_some(UNCONFIRMED)).proposal(DerivedColumn::METADATA.code)?;
        Some(Proposal { quote: matrix.range(one.value), ..proposal })
    }));
}

/// Words of what is printed without its sign.
static UNSIGNED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\berrors?\b|\bdeviations?\b|\bdiscrepanc|\babsolute\b"));

/// The difference or change without its sign, where the words at its line name an error or a deviation.
fn without_sign(form: Form, entries: [Entry; 2], words: &[&str]) -> Option<(String, Expression)> {
    let signed = matches!(form, Form::Difference | Form::Change | Form::Reduction);
    let named = words.iter().any(|words| UNSIGNED.as_ref().is_some_and(|pattern| pattern.is_match(words)));
    let size = Expression::call("abs", [formula(form, entries)]);
    (signed && named).then(|| ("the size of the difference without its sign".to_owned(), size))
}

/// The share of the first value in both together, where it is taken in the second: of few missing values among many the two are one.
fn share_of_both(form: Form, target: Entry) -> Option<(String, Expression)> {
    let (first, second) = (Expression::operand(0), Expression::operand(1));
    let share = Expression::call("/", [first.clone(), Expression::call("+", [first, second])]);
    let share = match form {
        Form::Ratio => share,
        Form::Percent if target.sort == Sort::Percentage => share,
        Form::Percent => Expression::call("*", [Expression::constant("100", "per cent"), share]),
        Form::Difference | Form::Change | Form::Reduction | Form::Product => return None,
    };
    Some(("the share of the first in both together".to_owned(), share))
}

/// The formula over operands a and b. A percentage that carries its sign needs no factor; one without it does, and so does
/// a difference of percentages that is printed without one.
fn formula(form: Form, [target, a]: [Entry; 2]) -> Expression {
    let percent = |entry: Entry| entry.sort == Sort::Percentage;
    let (first, second) = (Expression::operand(0), Expression::operand(1));
    let hundredfold = |expression| Expression::call("*", [Expression::constant("100", "per cent"), expression]);
    let difference = |from: &Expression, to: &Expression| Expression::call("-", [from.clone(), to.clone()]);
    let quotient = match form {
        Form::Difference if percent(a) && !percent(target) => return hundredfold(difference(&first, &second)),
        Form::Difference => return difference(&first, &second),
        Form::Product => return Expression::call("*", [first, second]),
        Form::Ratio => return Expression::call("/", [first, second]),
        Form::Percent => Expression::call("/", [first, second]),
        Form::Change => Expression::call("/", [difference(&first, &second), second]),
        Form::Reduction => Expression::call("/", [difference(&second, &first), second]),
    };
    if percent(target) { quotient } else { hundredfold(quotient) }
}
