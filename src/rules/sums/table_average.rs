//! `SU124`: an average of a table against the numbers of its rows or columns.

use crate::derive::{Operation, Outcome, Proposal, Proposals};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::lines;
use super::lines::matrix::{Axis, Matrix, Sort};
use super::lines::members::{Form, best};
use super::lines::summed::{self, Roles, Target};
use super::wholes::is_total;

rule! {
    /// # SU124 average-mismatch
    ///
    /// ## What it checks
    ///
    /// Rows and columns of a table whose label or heading says average, mean or the like, against the arithmetic mean of
    /// the numbers above or below them, left or right of them, or of their group.
    ///
    /// ## Why it matters
    ///
    /// The average over tasks or sites is the number by which methods are ranked. Tables are put together from several
    /// runs, and a number that is brought up to date without its average is seen by nobody.
    ///
    /// ## How it is derived
    ///
    /// Which numbers are averaged is what holds in the other rows (or columns). The mean of the printed numbers, each
    /// with its rounding, is compared with every value that prints as the average.
    ///
    /// ## When it stays silent
    ///
    /// - A number is missing, a bound or an approximate one, or of another sort.
    /// - All numbers are the same, or stand behind a mean in its cell, as its spread does.
    /// - All of them are averages of the same name, as those of other groups are.
    /// - The line is a measure that is a mean itself ("Mean attitude").
    /// - The line follows from no set of the others as their arithmetic mean, as where it is weighted, geometric, or the
    ///   mean of a sample whose values are not listed.
    /// - The table's rows and columns are not known.
    ///
    /// A mismatch is a warning at most: which numbers an average is over, and what it is weighted by, is seldom said.
    ///
    /// It is undecided where fewer than three other places tell what is averaged, or several of them do not follow; where
    /// the last digit of a number may be the mark of a note; where the line across is of a test, a spread or an index.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Accuracy by site
    ///
    /// Method | North | South | West | Average
    /// ---
    /// Baseline | 61.2 | 58.4 | 70.1 | 63.2
    /// Trees | 66.0 | 63.9 | 71.4 | 67.1
    /// Forest | 70.3 | 68.8 | 74.2 | 73.1
    /// Kernel | 68.1 | 64.0 | 73.0 | 68.4
    /// Network | 72.5 | 69.9 | 75.3 | 72.6
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Accuracy by site
    ///
    /// Method | North | South | West | Average
    /// ---
    /// Baseline | 61.2 | 58.4 | 70.1 | 63.2
    /// Trees | 66.0 | 63.9 | 71.4 | 67.1
    /// Forest | 70.3 | 68.8 | 74.2 | 71.1
    /// Kernel | 68.1 | 64.0 | 73.0 | 68.4
    /// Network | 72.5 | 69.9 | 75.3 | 72.6
    /// ```
    ///
    /// ## Limits
    ///
    /// Weighted and geometric averages are not looked at. An average without a name is not found.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// None.
    pub struct TableAverage {
        code: "SU124",
        name: "average-mismatch",
        summary: "an average in a table is not the mean of its numbers",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: Slip,
        needs: Tables,
        references: [],
    }
}

const ROLES: Roles = Roles { code: TableAverage::METADATA.code, stated: "average", member: "number" };

impl Rule for TableAverage {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        lines::propose(mentions, context, proposals, &|matrix, axis| {
            let targets = (0..matrix.lines(axis)).filter(|line| averages(matrix, axis, *line));
            targets.flat_map(|line| means(matrix, axis, line)).collect()
        });
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let numbers = proposal.operands.len().saturating_sub(1);
        let formula = format!("the mean of the {numbers} numbers");
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "look whether the average is weighted, or a number was changed without it".to_owned(),
        }
    }
}

/// The proposals for one line of averages.
fn means(matrix: &Matrix<'_>, axis: Axis, line: usize) -> Vec<Proposal> {
    let sums_up = |line: usize| sums_up(matrix, axis, line);
    let Some(candidate) = best(matrix, axis, line, &[Form::Mean], &sums_up) else { return Vec::new() };
    // Means beside means are those of other groups.
    let name = |line: usize| matrix.names(axis, line).first().map(|name| name.to_lowercase());
    if candidate.members.iter().all(|member| name(*member) == name(line)) {
        return Vec::new();
    }
    let target = Target { matrix, axis, line };
    // The spread of all is not the mean of the spreads.
    let is_spread = |position: usize| {
        let slot = if axis == Axis::Rows { position } else { line };
        let percentage = matrix.number(axis, line, position).is_some_and(|entry| entry.sort == Sort::Percentage);
        matrix.slots.get(slot).is_some_and(|slot| slot.part > 0) && !percentage
    };
    let places = (0..matrix.length(axis)).filter(|position| !is_spread(*position));
    let proposals = places.filter_map(|position| summed::proposal(target, &candidate, position, ROLES));
    // Which numbers an average is over is seldom said, and what it is weighted by hardly ever.
    proposals.map(|proposal| Proposal { operation: Operation::Assumed, ..proposal }).collect()
}

/// Whether the words at a line name an average.
fn is_average(words: &str) -> bool {
    let words = words.to_lowercase();
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let mut rest = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = rest.next().unwrap_or_default();
    // "Mean attitude" is a measure that is a mean itself, one of several.
    let of_itself = |word: &str| {
        matches!(
            word,
            "value" | "values" | "sd" | "se" | "sem" | "std" | "n" | "of" | "for" | "all" | "across" | "over"
        )
    };
    matches!(first, "average" | "averages" | "avg" | "macro")
        || (matches!(first, "mean" | "means") && rest.next().is_none_or(of_itself))
        || words.ends_with(" average")
        || words.ends_with(" mean")
        || words.ends_with(" avg")
        || matches!(words, "overall" | "all")
}

/// Whether the nearest words at a line name a total or an average of other lines.
pub(super) fn sums_up(matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    matrix.names(axis, line).first().is_some_and(|name| is_total(name) || is_average(name))
}

fn averages(matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    matrix.names(axis, line).first().is_some_and(|name| is_average(name))
}
