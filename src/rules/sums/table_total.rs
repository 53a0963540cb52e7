//! `SU120`: a total of a table against the numbers of its rows or columns.

use crate::derive::{Outcome, Proposal, Proposals, Verdict};
use crate::extract::Mentions;
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::lines;
use super::lines::additive::{self, OVERLAPPING};
use super::lines::evidence::State;
use super::lines::matrix::{Axis, Matrix};
use super::lines::members::{Candidate, Form, best};
use super::lines::summed::{self, Roles, Target};
use super::wholes::is_total;

rule! {
    /// # SU120 total-mismatch
    ///
    /// ## What it checks
    ///
    /// Rows and columns of a table whose label or heading says total, sum, all or overall, against the numbers that they
    /// sum up: those above or below them, left or right of them, of their group, or the subtotals.
    ///
    /// ## Why it matters
    ///
    /// Totals are what a reader carries away from a table. One that its parts do not give means that a part or the total
    /// is mistyped, or that something is left out which nobody can see.
    ///
    /// ## How it is derived
    ///
    /// Which numbers a total sums up is what holds in its other columns (or rows): the parts are added there, each with
    /// its rounding, and the set of parts that gives the total most often is taken. Counts are points. A total that
    /// follows in at least three other places, and fails in no more than one of ten, is held against the one that does
    /// not.
    ///
    /// ## When it stays silent
    ///
    /// - A part or the total is missing, a bound, an approximate number, or of another sort (percentages among counts).
    /// - Fewer than two parts are not nought.
    /// - The rounding of the parts allows for almost any total.
    /// - The table's rows and columns are not known.
    ///
    /// It is undecided where fewer than three other places tell what the total sums up, or several of them do not follow;
    /// where whole numbers that no word calls counts may be rounded ones; where the last digit of a number may be the
    /// mark of a note; where the total is no larger than one of its parts, as an average is; where the total is larger than
    /// its parts and fewer than six other places show that no part is left out; where the line across names a test, a
    /// spread, an index or a number of kinds, which have no total; where the totals across it are themselves smaller than
    /// their sums, so that things may be counted in several lines.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Birds ringed by month
    ///
    /// Species | May | June | July | August | September | October
    /// ---
    /// Blackcap | 31 | 40 | 38 | 19 | 22 | 30
    /// Whitethroat | 12 | 17 | 31 | 31 | 14 | 16
    /// Garden warbler | 8 | 11 | 17 | 9 | 7 | 12
    /// Total | 51 | 68 | 68 | 59 | 43 | 58
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Birds ringed by month
    ///
    /// Species | May | June | July | August | September | October
    /// ---
    /// Blackcap | 31 | 40 | 38 | 19 | 22 | 30
    /// Whitethroat | 12 | 17 | 31 | 31 | 14 | 16
    /// Garden warbler | 8 | 11 | 17 | 9 | 7 | 12
    /// Total | 51 | 68 | 86 | 59 | 43 | 58
    /// ```
    ///
    /// ## Limits
    ///
    /// A total without a name is not found. Tables of more than two hundred rows or columns are not looked at.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// None.
    pub struct TableTotal {
        code: "SU120",
        name: "total-mismatch",
        summary: "a total in a table is not the sum of its parts",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Tables,
        references: [],
    }
}

const ROLES: Roles = Roles { code: TableTotal::METADATA.code, stated: "total", member: "part" };

impl Rule for TableTotal {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        lines::propose(mentions, context, proposals, &|matrix, axis| {
            let targets = (0..matrix.lines(axis)).filter(|line| adds_up(matrix, axis, *line));
            targets.flat_map(|line| totals(matrix, axis, line)).collect()
        });
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = summed::in_words(proposal, proposal.operands.len().saturating_sub(1), "parts");
        let help = match outcome.verdict {
            Verdict::Inconsistent(_) => {
                "look which of the parts is mistyped, left out or counted twice, or mend the total"
            }
            _ => "the total follows from its parts where all of them are listed",
        };
        Prose { message: wording::message(proposal, outcome, &formula), help: help.to_owned() }
    }
}

fn adds_up(matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    matrix.names(axis, line).first().is_some_and(|name| is_total(name))
}

/// The proposals for one line of totals: exact where the numbers are whole and add up as such, else with their rounding.
fn totals(matrix: &Matrix<'_>, axis: Axis, target: usize) -> Vec<Proposal> {
    let is_target = |line: usize| adds_up(matrix, axis, line);
    let exact = best(matrix, axis, target, &[Form::ExactSum], &is_target);
    let printed = best(matrix, axis, target, &[Form::Sum], &is_target);
    let place = |position: usize| {
        let says = |candidate: &&Candidate| candidate.states[position] != State::Silent;
        let exact = exact.as_ref().filter(says);
        let printed = printed.as_ref().filter(says);
        let borne_out = |candidate: &Candidate| candidate.support(matrix, axis, target, position).bears_out();
        let chosen = match (exact, printed) {
            (Some(exact), Some(printed)) if !borne_out(exact) && borne_out(printed) => printed,
            (Some(exact), _) => exact,
            (None, printed) => printed?,
        };
        let proposal = summed::proposal(Target { matrix, axis, line: target }, chosen, position, ROLES)?;
        // A total of totals adds up only where the totals across do.
        let across = axis.across();
        let open = adds_up(matrix, across, position)
            && additive::overlaps(matrix, across, position, target, &|line| adds_up(matrix, across, line));
        let doubt = proposal.doubt.or_else(|| open.then(|| OVERLAPPING.to_owned()));
        Some(Proposal { doubt, ..proposal })
    };
    (0..matrix.length(axis)).filter_map(place).collect()
}
