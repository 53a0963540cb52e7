//! `SU126`: a number of a cell against its two parts in a bracket behind it.

use crate::derive::{Expression, Operation, Outcome, Proposal, Proposals};
use crate::extract::{CellKind, Mentions, QuantityIx};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::gate;
use super::shares::{Grid, each_grid};

rule! {
    /// # SU126 parts-of-cell-mismatch
    ///
    /// ## What it checks
    ///
    /// Cells of a table that hold a number with two parts of it in a bracket: "20 (15/5)" under "Patients (men/women)".
    ///
    /// ## Why it matters
    ///
    /// Sizes of samples stand in such cells. Where the parts do not give the whole, somebody is counted twice or not at all.
    ///
    /// ## How it is derived
    ///
    /// The sum of the two parts is the number before the bracket. All three are counts and have no rounding.
    ///
    /// ## When it stays silent
    ///
    /// - A number of the cell is no whole number, or bounded.
    /// - No other cell of the column adds up: its brackets hold something else.
    ///
    /// It is undecided where fewer than three other cells of the column add up, or more than one in ten does not; and where the
    /// parts are less than the whole, as a third part may not be listed.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Samples of each study.
    ///
    /// Study | Patients (men/women) | Age
    /// ---
    /// Adams | 20 (15/5) | 41
    /// Brown | 31 (20/11) | 39
    /// Clark | 47 (29/18) | 44
    /// Davis | 27 (24/13) | 40
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Samples of each study.
    ///
    /// Study | Patients (men/women) | Age
    /// ---
    /// Adams | 20 (15/5) | 41
    /// Brown | 31 (20/11) | 39
    /// Clark | 47 (29/18) | 44
    /// Davis | 37 (24/13) | 40
    /// ```
    ///
    /// ## Limits
    ///
    /// Brackets with three parts and more are not looked at.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// None.
    pub struct CellParts {
        code: "SU126",
        name: "parts-of-cell-mismatch",
        summary: "a number of a cell is not the sum of its parts",
        family: Sums,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Tables,
        references: [],
    }
}

const UNCONFIRMED: &str = "too few other cells of the column add up";
const OTHERS: &str = "the parts are less than the whole, and a third one may not be listed";

/// The quantities of a cell, the whole first.
type Cell = [QuantityIx; 3];

/// What a cell says: how far the sum of the parts lies above the whole.
fn excess(grid: Grid<'_>, [whole, first, second]: Cell) -> Option<std::cmp::Ordering> {
    let sum = grid.point(first)? + grid.point(second)?;
    Some(sum.cmp(&grid.point(whole)?))
}

/// The proposals for the cells of one column.
fn of_column(grid: Grid<'_>, column: usize) -> Vec<Proposal> {
    let cell = |row: usize| -> Option<Cell> {
        let content = grid.content.content(row, column).filter(|content| content.kind == CellKind::WholeAndParts)?;
        <Cell>::try_from(content.quantities.as_slice()).ok()
    };
    let cells: Vec<Cell> = grid.body().filter_map(cell).collect();
    let holds = cells.iter().filter(|cell| excess(grid, **cell) == Some(std::cmp::Ordering::Equal)).count();
    let proposal = |cell: &Cell| {
        let excess = excess(grid, *cell)?;
        let own = usize::from(excess.is_eq());
        let (others, fails) = (holds - own, cells.len() - holds - usize::from(!excess.is_eq()));
        let [whole, first, second] = cell.map(|ix| binding::quantity(grid.mentions, ix));
        let (whole, first, second) = (whole?, first?, second?);
        let operands = vec![
            binding::count("part", first)?,
            binding::count("other part", second)?,
            binding::count("whole", whole)?,
        ];
        let sum = Expression::call("+", [Expression::operand(0), Expression::operand(1)]);
        let doubt =
            if gate::is_borne_out(others, fails) { excess.is_lt().then_some(OTHERS) } else { Some(UNCONFIRMED) };
        let binding = Binding {
            operation: Operation::Implied,
            innocent: vec!["the bracket may hold something else in this cell".to_owned()],
            ..Binding::stated(operands, sum, whole.range.hull(second.range))
        };
        (others > 0).then(|| binding.doubted(doubt).proposal(CellParts::METADATA.code)).flatten()
    };
    cells.iter().filter_map(proposal).collect()
}

impl Rule for CellParts {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        each_grid(mentions, context, &mut |grid| {
            let columns = grid.content.label_columns..grid.content.columns;
            let mut found: Vec<Proposal> = columns.flat_map(|column| of_column(grid, column)).collect();
            found.sort_by_key(|proposal| proposal.quote);
            proposals.list.extend(found);
        });
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = wording::own_formula(proposal);
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "the other cells of the column add up; look which of the three numbers is mistyped".to_owned(),
        }
    }
}
