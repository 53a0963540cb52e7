//! Groups with their means, deviations and sizes: what a test between them would be, as programs.
//!
//! Shared by what is bound in a sentence and in the row of a table. That the groups are those of a test is for the rule.

use crate::derive::{Comparison, Expression, Operand, OperandOptions, Relation, Variant};
use crate::document::TextRange;
use crate::extract::{Mentions, SpreadKind, Summary, TableContent};
use crate::rules::RuleContext;

use super::designs;

/// What a summary stands in: the row of a table or a sentence.
pub(super) fn passage(summary: &Summary) -> (Option<(usize, usize)>, Option<usize>) {
    match summary.place {
        Some(place) => (Some((place.table, place.row)), None),
        None => (None, Some(summary.sentence)),
    }
}

/// The words over a column in one line.
pub(super) fn heading(table: &TableContent, column: usize) -> String {
    table.heading(column).collect::<Vec<_>>().join(" ")
}

/// The summaries of a row without those of columns of all groups together.
pub(super) fn without_totals<'m>(summaries: &[&'m Summary], mentions: &Mentions) -> Vec<&'m Summary> {
    let is_group = |summary: &&Summary| {
        let held = summary.place.and_then(|place| Some((mentions.tables.get(place.table)?, place.column)));
        held.is_some_and(|(table, column)| !designs::name_total(&heading(table, column)))
    };
    summaries.iter().copied().filter(is_group).collect()
}

/// The words over the groups of a row and those of the table's caption, and the row itself.
pub(super) fn words_of_row(
    groups: &[&Summary],
    mentions: &Mentions,
    context: RuleContext<'_>,
) -> Option<(String, TextRange)> {
    let place = groups.first()?.place?;
    let (table, held) = (context.document.tables.get(place.table)?, mentions.tables.get(place.table)?);
    let cells = table.row(u32::try_from(place.row).ok()?);
    let row = cells.iter().map(|cell| cell.range).reduce(TextRange::hull)?;
    let headings = groups.iter().filter_map(|summary| summary.place).map(|place| heading(held, place.column));
    Some((format!("{} {}", headings.collect::<Vec<_>>().join(" "), held.caption), row))
}

/// The groups of one test: operands `0..3 k` are mean, spread and size of each.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    /// Mean, spread and size of each group, in the order of the text.
    pub operands: Vec<Operand>,
    /// How many groups.
    pub count: usize,
    /// What the spreads are.
    pub kind: SpreadKind,
}

impl Groups {
    /// The groups of summaries that all have a spread of one kind and a size; `None` where one lacks something.
    pub fn of(summaries: &[&Summary]) -> Option<Self> {
        let mut operands = Vec::new();
        let first = summaries.first()?.spread.as_ref()?.kind;
        for (at, summary) in summaries.iter().enumerate() {
            let spread = summary.spread.as_ref().filter(|spread| spread.kind == first)?;
            let of = |what: &str| format!("{what} of group {}", at + 1);
            let name = if first == SpreadKind::Error { "standard error" } else { "standard deviation" };
            let printed = OperandOptions::printed();
            operands.push(Operand::reported(&of("mean"), &summary.mean, &printed));
            operands.push(Operand::reported(&of(name), &spread.value, &printed));
            operands.push(Operand::reported(&of("size"), summary.size.as_ref()?, &OperandOptions::count()));
        }
        Some(Self { operands, count: summaries.len(), kind: first })
    }

    const fn mean(group: usize) -> Expression {
        Expression::operand(3 * group)
    }

    const fn spread(group: usize) -> Expression {
        Expression::operand(3 * group + 1)
    }

    const fn size(group: usize) -> Expression {
        Expression::operand(3 * group + 2)
    }

    fn all(&self) -> impl Iterator<Item = Expression> {
        (0..3 * self.count).map(Expression::operand)
    }

    /// n₁ + n₂ + … − k.
    pub fn degrees(&self) -> Expression {
        let sizes = Expression::call("sum", (0..self.count).map(Self::size));
        let count = i64::try_from(self.count).unwrap_or(i64::MAX);
        Expression::call("-", [sizes, Expression::constant(&count.to_string(), "the number of groups")])
    }

    /// Student's t with the variance of both groups together (of deviations).
    pub fn pooled(&self) -> Expression {
        Expression::call("t_pooled", self.all())
    }

    /// Welch's t (of deviations).
    pub fn welch(&self) -> Expression {
        Expression::call("t_welch", self.all())
    }

    /// The difference over the root of the summed squares of the spreads: t where they are standard errors.
    pub fn by_errors() -> Expression {
        let squared = |group| Expression::call("^", [Self::spread(group), two("a square")]);
        let root = Expression::call("sqrt", [Expression::call("+", [squared(0), squared(1)])]);
        Expression::call("/", [Expression::call("-", [Self::mean(0), Self::mean(1)]), root])
    }

    /// The F of one factor between the groups (of deviations).
    pub fn one_way(&self) -> Expression {
        Expression::call("f_oneway", self.all())
    }

    /// The least t that pairs can have, whatever the correlation: |m₁ − m₂| √n / (s₁ + s₂).
    pub fn least_paired() -> Expression {
        let difference = Expression::call("abs", [Expression::call("-", [Self::mean(0), Self::mean(1)])]);
        let scaled = Expression::call("*", [difference, Expression::call("sqrt", [Self::size(0)])]);
        Expression::call("/", [scaled, Expression::call("+", [Self::spread(0), Self::spread(1)])])
    }

    /// The t of pairs whose values correlate by an operand (of deviations).
    pub fn paired(correlation: Expression) -> Expression {
        let [mean, spread, size] = [Self::mean, Self::spread, Self::size];
        Expression::call("t_paired", [mean(0), spread(0), mean(1), spread(1), correlation, size(0)])
    }

    /// The degrees of freedom of Welch's test.
    pub fn welch_degrees() -> Expression {
        Expression::call("df_welch", [Self::spread(0), Self::size(0), Self::spread(1), Self::size(1)])
    }

    /// Each t that two groups can have, with what makes it another than Student's of deviations.
    pub fn tests_of_two(&self) -> Vec<(&'static str, Expression)> {
        match self.kind {
            SpreadKind::Deviation => vec![("", self.pooled()), ("Welch's test", self.welch())],
            SpreadKind::Error => vec![("", Self::by_errors())],
            SpreadKind::Unsaid => vec![
                ("", self.pooled()),
                ("Welch's test", self.welch()),
                ("standard errors behind the means", Self::by_errors()),
            ],
        }
    }
}

/// The number two with its reason.
pub(super) fn two(source: &str) -> Expression {
    Expression::constant("2", source)
}

/// A variant whose sides can be equal.
pub(super) fn equal(label: &str, left: Expression, right: Expression) -> Variant {
    Variant { label: label.to_owned(), relation: Relation { left, op: Comparison::Equal, right } }
}
