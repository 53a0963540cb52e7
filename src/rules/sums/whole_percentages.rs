//! `SU122`: percentages of one whole against 100.

use crate::derive::{Comparison, Expression, Operation, Outcome, Proposal, Proposals, Relation};
use crate::document::TextRange;
use crate::extract::Mentions;
use crate::rules::binding::Binding;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::lines;
use super::lines::evidence::{LEAST_FOR_GAP, SLACK, State, Support};
use super::lines::matrix::{Axis, Entry, Matrix, Sort};
use super::lines::summed;
use super::table_average::sums_up;

rule! {
    /// # SU122 percentages-of-whole-mismatch
    ///
    /// ## What it checks
    ///
    /// Percentages of a table that are the parts of one whole, down a group of rows or along a row, against 100.
    ///
    /// ## Why it matters
    ///
    /// Shares that add up to 93 or to 108 hide a category that is not shown, a mistyped share, or a share of something
    /// else. A reader who takes the table over takes the slip with it.
    ///
    /// ## How it is derived
    ///
    /// The percentages are added, each with its rounding. That they are parts of one whole is what the other columns (or
    /// rows) say: the same categories add up to 100 in at least three of them, and fail to in no more than one of ten.
    ///
    /// ## When it stays silent
    ///
    /// - Fewer than two percentages, or one that is missing, a bound, negative or above 100.
    /// - The percentages stand beside counts in their cells: `SU121` holds each against its count.
    /// - The group has a total: `SU120` takes it.
    /// - The categories do not add up to 100 in other columns either, as where several answers can be given.
    /// - Fewer than three other columns show that the categories are parts of one whole.
    ///
    /// It is undecided where several of the other columns do not add up to 100, where the sum falls short of 100 and
    /// fewer than six others show that no category is left out, and where it is above 130, so that the categories may overlap.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Means of travel by town, %
    ///
    /// Means | Alby, % | Brokind, % | Ceby, % | Dalby, % | Ekeby, %
    /// ---
    /// On foot | 21.4 | 18.0 | 30.2 | 25.5 | 19.9
    /// By bicycle | 33.1 | 41.5 | 25.8 | 31.0 | 36.6
    /// By car | 45.5 | 40.5 | 54.0 | 43.5 | 43.5
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Means of travel by town, %
    ///
    /// Means | Alby, % | Brokind, % | Ceby, % | Dalby, % | Ekeby, %
    /// ---
    /// On foot | 21.4 | 18.0 | 30.2 | 25.5 | 19.9
    /// By bicycle | 33.1 | 41.5 | 25.8 | 31.0 | 36.6
    /// By car | 45.5 | 40.5 | 44.0 | 43.5 | 43.5
    /// ```
    ///
    /// ## Limits
    ///
    /// Percentages in running text are not looked at. Which of the percentages is wrong cannot be told.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// None.
    pub struct WholePercentages {
        code: "SU122",
        name: "percentages-of-whole-mismatch",
        summary: "percentages of one whole do not add up to 100",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: Slip,
        needs: Tables,
        references: [],
    }
}

const CONTRADICTED: &str = "the percentages of several other lines do not add up to 100 either";
const OVERLAPPING: &str = "so far above 100, the categories may overlap";
/// From which sum on percentages are hardly those of parts with a slip in one.
const MUCH: f64 = 130.0;
const UNLISTED: &str = "a category may not be listed, as others are not in every line";

impl Rule for WholePercentages {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        lines::propose(mentions, context, proposals, &|matrix, axis| {
            blocks(matrix, axis).iter().flat_map(|parts| wholes(matrix, axis, parts)).collect()
        });
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = summed::in_words(proposal, proposal.operands.len(), "percentages");
        Prose {
            message: wording::message_for(proposal, outcome, &formula, "100 %"),
            help: "look which of the percentages is mistyped, or whether a category is left out".to_owned(),
        }
    }
}

/// The sets of lines that may be the parts of a whole: those of one block without totals and averages.
fn blocks(matrix: &Matrix<'_>, axis: Axis) -> Vec<Vec<usize>> {
    let mut blocks: Vec<(String, Vec<usize>)> = Vec::new();
    for line in 0..matrix.lines(axis) {
        if matrix.part(axis, line) > 0 {
            continue;
        }
        let name = matrix.block(axis, line);
        match blocks.last_mut() {
            Some((last, lines)) if *last == name => lines.push(line),
            _ => blocks.push((name, vec![line])),
        }
    }
    let summed = |line: &usize| sums_up(matrix, axis, *line);
    blocks.into_iter().map(|(_, lines)| lines).filter(|lines| lines.len() > 1 && !lines.iter().any(summed)).collect()
}

/// The percentages of a block at a place: `None` where one of its numbers is none.
fn percentages(matrix: &Matrix<'_>, axis: Axis, parts: &[usize], position: usize) -> Option<Vec<Entry>> {
    let of_part = |line: &usize| {
        let entry = matrix.number(axis, *line, position)?;
        (entry.sort == Sort::Percentage && (0.0..=100.0).contains(&entry.point)).then_some(entry)
    };
    parts.iter().map(of_part).collect()
}

fn state(entries: &[Entry]) -> State {
    let sum: f64 = entries.iter().map(|entry| entry.point).sum();
    let slack: f64 = entries.iter().map(|entry| entry.half).sum();
    let several = entries.iter().filter(|entry| entry.point > 0.0).count() > 1;
    if !several || slack > 5.0 {
        State::Silent
    } else if (sum - 100.0).abs() <= slack + SLACK {
        State::Holds
    } else {
        State::Fails
    }
}

/// The proposals for the places of one block.
fn wholes(matrix: &Matrix<'_>, axis: Axis, parts: &[usize]) -> Vec<Proposal> {
    // Along a row the numbers in brackets are a slot of their own, which `SU121` looks at.
    let places: Vec<(Vec<Entry>, State)> = (0..matrix.length(axis))
        .filter(|position| matrix.part(axis.across(), *position) == 0)
        .filter_map(|position| percentages(matrix, axis, parts, position))
        .map(|entries| {
            let state = state(&entries);
            (entries, state)
        })
        .collect();
    let Support { holds, fails } = Support::of(places.iter().map(|(_, state)| *state));
    let place = |(entries, state): &(Vec<Entry>, State)| match state {
        State::Holds if holds > fails => proposal(matrix, entries, None),
        State::Fails if holds > 2 * fails => {
            let sum = entries.iter().map(|entry| entry.point).sum::<f64>();
            let short = sum < 100.0;
            let doubts = [
                (sum > MUCH, OVERLAPPING),
                (!Support { holds, fails: fails - 1 }.bears_out(), CONTRADICTED),
                (short && holds < LEAST_FOR_GAP, UNLISTED),
            ];
            proposal(matrix, entries, doubts.into_iter().find(|(is_so, _)| *is_so).map(|(_, doubt)| doubt))
        }
        State::Silent | State::Holds | State::Fails => None,
    };
    places.iter().filter_map(place).collect()
}

fn proposal(matrix: &Matrix<'_>, entries: &[Entry], doubt: Option<&str>) -> Option<Proposal> {
    let operands: Option<Vec<_>> =
        entries.iter().map(|entry| matrix.operand("percentage of the whole", *entry, false)).collect();
    let operands = operands?;
    let sum = Expression::call("sum", (0..operands.len()).map(Expression::operand));
    let quote = entries.iter().map(|entry| matrix.range(*entry)).reduce(TextRange::hull)?;
    let binding = Binding {
        operation: Operation::Implied,
        innocent: vec!["a category may be left out, or several answers be given".to_owned()],
        ..Binding::stated(operands, sum.clone(), quote)
    };
    let mut proposal = binding.doubted(doubt).proposal(WholePercentages::METADATA.code)?;
    // What is stated is that the parts are of one whole, and no printed number: the relation is against 100 %.
    let whole = Expression::constant("100 %", "a whole");
    if let Some(variant) = proposal.variants.first_mut() {
        variant.relation = Relation { left: sum, op: Comparison::Equal, right: whole };
    }
    Some(proposal)
}
