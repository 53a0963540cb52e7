//! `EQ110`: a column of a table against the columns that define it.

use num_traits::ToPrimitive;

use crate::arithmetic::Rational;
use crate::derive::{Operand, OperandOptions, Operation, Outcome, Proposal, Proposals};
use crate::document::TextRange;
use crate::extract::{Amount, CellKind, Comparator, Mentions, QuantityIx, TableContent};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, wording};

use super::cell_volume;
use super::known::{self, DEFINITIONS, Formula, Shape};

rule! {
    /// # EQ110 formula-column-mismatch
    ///
    /// ## What it checks
    ///
    /// Columns of a table that follow from others by a definition: an odds, hazard or rate ratio beside its coefficient
    /// (exp(b)), the variance inflation factor beside the tolerance, R² beside R, RMSE beside MSE, a coefficient of variation
    /// beside mean and standard deviation, Wald's statistic or a partial F beside the coefficient and its standard error; and
    /// formulas of two columns that the caption or a note of the table states ("Gain = after − before"); and, in
    /// rows as in columns, volumes of unit cells beside their lengths.
    ///
    /// ## Why it matters
    ///
    /// The two columns come from one run of a program. Where a cell of one does not follow from the other, it is of another
    /// run, or was copied by hand.
    ///
    /// ## How it is derived
    ///
    /// Row by row, each number with its rounding. A row counts against the table only where the formula holds in at least
    /// four other rows and fails in none.
    ///
    /// ## When it stays silent
    ///
    /// - A number is missing, a bound or an approximate one.
    /// - The formula holds in fewer than three of four rows: then the columns are not what their headings say (a
    ///   standardised coefficient beside the ratio of the other, a mean of ratios).
    /// - Two columns under one heading could be meant.
    /// - Rounding leaves the result open by a quarter of its size.
    /// - The table's rows and columns are not known.
    ///
    /// It is undecided where fewer than four other rows tell that the formula is the one, or another one does not follow either.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// Table 1. Logistic regression of the catch
    ///
    /// Factor | B | SE | OR
    /// ---
    /// Depth | 0.412 | 0.120 | 1.51
    /// Warmth | −0.285 | 0.097 | 0.75
    /// Noise | 0.731 | 0.210 | 2.80
    /// Light | 0.118 | 0.066 | 1.13
    /// Wind | −0.903 | 0.254 | 0.41
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// Table 1. Logistic regression of the catch
    ///
    /// Factor | B | SE | OR
    /// ---
    /// Depth | 0.412 | 0.120 | 1.51
    /// Warmth | −0.285 | 0.097 | 0.75
    /// Noise | 0.731 | 0.210 | 2.08
    /// Light | 0.118 | 0.066 | 1.13
    /// Wind | −0.903 | 0.254 | 0.41
    /// ```
    ///
    /// ## Limits
    ///
    /// Formulas with constants of the paper, and those that the running text states, are not read. Cells with three open
    /// angles are left out.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Hosmer and Lemeshow 2000, *Applied Logistic Regression*: <https://doi.org/10.1002/0471722146>
    pub struct FormulaColumn {
        code: "EQ110",
        name: "formula-column-mismatch",
        summary: "a value in a table does not follow from the columns that define it",
        family: Equations,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Tables,
        references: ["https://doi.org/10.1002/0471722146"],
    }
}

/// How many other rows have to follow before one that does not is held against the table.
const OTHERS: usize = 4;
const UNCONFIRMED: &str = "too few other rows tell that the formula is the one";

impl Rule for FormulaColumn {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        for (table, content) in context.document.tables.iter().zip(&mentions.tables) {
            let rows = table.header_rows as usize..table.rows as usize;
            let columns = columns(content, rows, mentions);
            let mut found: Vec<Proposal> = relations(&columns, content)
                .iter()
                .flat_map(|relation| relation.proposals(&columns, mentions))
                .collect();
            found.sort_by_key(|proposal| proposal.quote);
            proposals.list.extend(found);
        }
        proposals.list.extend(cell_volume::proposals(Self::METADATA.code, mentions, context));
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        let formula = wording::own_formula(proposal);
        Prose {
            message: wording::message(proposal, outcome, &formula),
            help: "the other rows follow in this way; look which of the numbers is of another run".to_owned(),
        }
    }
}

/// A number of a column, with its rounding interval in floating point for the search alone.
#[derive(Clone, Copy, Debug)]
struct Number {
    ix: QuantityIx,
    point: f64,
    half: f64,
}

/// A column with the first number of each of its cells.
#[derive(Debug)]
struct Column {
    /// The nearest heading, as `known::plain` writes it.
    name: String,
    /// The headings above that: columns of one block belong together.
    block: String,
    numbers: Vec<Option<Number>>,
}

/// A column that follows from others.
#[derive(Debug)]
struct Relation {
    target: usize,
    operands: Vec<usize>,
    formula: Formula,
}

fn columns(content: &TableContent, rows: std::ops::Range<usize>, mentions: &Mentions) -> Vec<Column> {
    let of = |column: usize| {
        let mut heading = content.heading(column);
        let name = heading.next().map(known::plain).unwrap_or_default();
        let number = |row| number(content, row, column, mentions);
        Column { name, block: heading.collect::<Vec<_>>().join("\n"), numbers: rows.clone().map(number).collect() }
    };
    (content.label_columns..content.columns).map(of).collect()
}

/// The first number of a cell, where it is one number: of an estimate with its interval the estimate.
fn number(content: &TableContent, row: usize, column: usize, mentions: &Mentions) -> Option<Number> {
    let cell = content.content(row, column)?;
    let single = matches!(cell.kind, CellKind::Number | CellKind::Percentage | CellKind::Count | CellKind::PValue)
        && cell.quantities.len() == 1;
    let first = matches!(cell.kind, CellKind::EstimateAndInterval | CellKind::MeanAndDeviation);
    let ix = *cell.quantities.first().filter(|_| single || first)?;
    let quantity = binding::quantity(mentions, ix)?;
    let Amount::Single(value) = &quantity.first().amount else { return None };
    let float = |value: &Rational| value.to_f64().filter(|value| value.is_finite());
    let usable = quantity.comparator == Comparator::Equal && !quantity.approximate;
    let (point, half) = (float(&value.point())?, float(&value.unit_in_last_place())? / 2.0);
    usable.then_some(Number { ix, point, half })
}

/// The relations between the columns of a table: those that it states, and the definitions.
fn relations(columns: &[Column], content: &TableContent) -> Vec<Relation> {
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let mut found: Vec<Relation> = known::stated_in(&content.caption, &names)
        .into_iter()
        .filter(|(target, [a, b], _)| [target, a, b].iter().all(|at| alone(columns, **at)))
        .map(|(target, operands, shape)| {
            let formula = shape.over(&operands.map(|at| names[at].as_str()), true);
            Relation { target, operands: operands.to_vec(), formula }
        })
        .collect();
    for definition in DEFINITIONS {
        for (target, _) in columns.iter().enumerate().filter(|(_, own)| definition.target.contains(&own.name.as_str()))
        {
            let of = |names: &&[&str]| operand(columns, target, names);
            let Some(operands) = definition.operands.iter().map(of).collect::<Option<Vec<usize>>>() else { continue };
            let words: Vec<&str> = operands.iter().map(|at| names[*at].as_str()).collect();
            let formula = definition.shape.over(&words, false);
            found.push(Relation { target, operands, formula });
        }
    }
    found.retain(|relation| relation.is_borne_out(columns));
    found
}

/// Whether no other column of its block has the name.
fn alone(columns: &[Column], at: usize) -> bool {
    let own = &columns[at];
    columns.iter().filter(|other| other.name == own.name && other.block == own.block).count() == 1
}

/// The only column of a block that has one of the names.
fn operand(columns: &[Column], target: usize, names: &[&str]) -> Option<usize> {
    let block = &columns[target].block;
    let mut fitting = columns
        .iter()
        .enumerate()
        .filter(|(at, own)| *at != target && own.block == *block && names.contains(&own.name.as_str()));
    let (at, _) = fitting.next()?;
    (fitting.next().is_none() && alone(columns, target)).then_some(at)
}

impl Relation {
    /// Whether a row follows; `None` where it says nothing.
    fn holds(&self, columns: &[Column], row: usize) -> Option<bool> {
        let number = |at: usize| columns[at].numbers.get(row).copied().flatten();
        let target = number(self.target)?;
        let numbers: Vec<Number> = self.operands.iter().map(|at| number(*at)).collect::<Option<_>>()?;
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for corner in 0..1_usize << numbers.len() {
            let end = |(at, own): (usize, &Number)| {
                if corner >> at & 1 == 0 { own.point - own.half } else { own.point + own.half }
            };
            let x: Vec<f64> = numbers.iter().enumerate().map(end).collect();
            let value = self.formula.shape.value(&x)?;
            (low, high) = (low.min(value), high.max(value));
        }
        // What rounding leaves open by a quarter of its size tells nothing, nor does a number of which little is left.
        let blunt = (high - low) * 8.0 > (high + low).abs() || target.half * 8.0 > target.point.abs();
        let slack = target.half + 1e-9 * high.abs().max(low.abs());
        (!blunt).then_some(low - slack <= target.point && target.point <= high + slack)
    }

    /// In how many rows it holds and fails, one row left aside.
    fn support(&self, columns: &[Column], without: Option<usize>) -> (usize, usize) {
        let rows = (0..columns[self.target].numbers.len()).filter(|row| Some(*row) != without);
        rows.filter_map(|row| self.holds(columns, row))
            .fold((0, 0), |(holds, fails), own| if own { (holds + 1, fails) } else { (holds, fails + 1) })
    }

    /// Whether it holds in three of four rows; one that the paper does not state, in two at least.
    fn is_borne_out(&self, columns: &[Column]) -> bool {
        let (holds, fails) = self.support(columns, None);
        holds >= if self.formula.stated { 1 } else { 2 } && holds >= 3 * fails
    }

    fn proposals(&self, columns: &[Column], mentions: &Mentions) -> Vec<Proposal> {
        let rows = 0..columns[self.target].numbers.len();
        rows.filter_map(|row| self.proposal(columns, row, mentions)).collect()
    }

    fn proposal(&self, columns: &[Column], row: usize, mentions: &Mentions) -> Option<Proposal> {
        self.holds(columns, row)?;
        let operand = |role: &str, at: usize| -> Option<(Operand, TextRange)> {
            let quantity = binding::quantity(mentions, columns[at].numbers[row]?.ix)?;
            let operand = Operand::part(role, quantity, &OperandOptions::printed(), |amount| Some(amount.value()));
            Some((operand?, quantity.range))
        };
        let mut operands = Vec::new();
        for at in &self.operands {
            operands.push(operand(&columns[*at].name, *at)?.0);
        }
        let (stated, range) = operand(&columns[self.target].name, self.target)?;
        // A number with its sign of per cent is a hundredth already.
        let signed = stated.readings.first().is_some_and(|reading| !reading.unit.text.is_empty());
        let formula = match self.formula.shape {
            Shape::Percent if signed => Shape::Quotient.expression(),
            _ => self.formula.of.clone(),
        };
        operands.push(stated);
        let (holds, fails) = self.support(columns, Some(row));
        let unconfirmed = (holds < OTHERS || fails > 0).then_some(UNCONFIRMED);
        let binding = Binding {
            operation: if self.formula.stated { Operation::Stated } else { Operation::Implied },
            innocent: vec![format!("the column may not be {} of the numbers as printed", self.formula.words)],
            ..Binding::stated(operands, formula, range)
        };
        let proposal = binding.doubted(unconfirmed).proposal(FormulaColumn::METADATA.code)?;
        Some(Proposal { quote: range, ..proposal })
    }
}
