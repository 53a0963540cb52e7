//! Groups with how many of each have something, and the tests between them as programs.
//!
//! The operands of a test are the count and the size of each group, and behind them the counts of further classes. That the
//! groups are those of a test, and which test, is for the rule.

use crate::derive::{Expression, Operand, Variant};

use super::groups::{equal, two};

/// Which tests of counts a table names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// χ², or none.
    ChiSquared,
    /// Fisher's exact test alone.
    Exact,
    /// Both, each where it suits.
    Both,
}

/// The counts of a variable by group: operands `0..2 k` are count and size of each, then come further classes of the same
/// variable, `k` counts each.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// The operands, without the stated one.
    pub operands: Vec<Operand>,
    /// How many groups.
    pub groups: usize,
    /// How many further classes.
    pub classes: usize,
    /// Whether the test is one of all classes and can be of no single one.
    pub headed: bool,
}

impl Counted {
    /// Counts of those who have it, then of those who have not.
    fn fourfold(&self) -> Vec<Expression> {
        let has = |group: usize| Expression::operand(2 * group);
        let lacks = |group: usize| Expression::call("-", [Expression::operand(2 * group + 1), has(group)]);
        (0..self.groups).map(has).chain((0..self.groups).map(lacks)).collect()
    }

    /// The counts of all classes, class by class.
    fn all_classes(&self) -> Vec<Expression> {
        let first = (0..self.groups).map(|group| Expression::operand(2 * group));
        let others = (0..self.classes * self.groups).map(|at| Expression::operand(2 * self.groups + at));
        first.chain(others).collect()
    }

    /// Pearson's χ² of those who have it and those who have not, with its degrees of freedom.
    fn pearson(&self) -> (Expression, Expression) {
        (table("chi2_table", 2, self.fourfold()), whole(self.groups.saturating_sub(1), "groups less one"))
    }

    /// Pearson's χ² of all classes, with its degrees of freedom.
    fn of_classes(&self) -> Option<(Expression, Expression)> {
        let rows = self.classes + 1;
        let degrees = self.classes * self.groups.saturating_sub(1);
        let product = "classes less one times groups less one";
        (self.classes > 0).then(|| (table("chi2_table", rows, self.all_classes()), whole(degrees, product)))
    }

    /// Pearson's χ² of a table of two by two with Yates' correction.
    fn corrected(&self) -> Option<Expression> {
        (self.groups == 2).then(|| table("chi2_table_yates", 2, self.fourfold()))
    }

    /// What can be printed as χ²: with and without Yates' correction, as programs differ in what they print first.
    pub fn statistics(&self, stated: usize) -> Vec<Variant> {
        let stated = || Expression::operand(stated);
        let plain = any_of([self.pearson().0].into_iter().chain(self.corrected()).collect());
        let of_classes = self.of_classes().map(|(statistic, _)| equal(CLASSES, statistic, stated()));
        self.with_classes(vec![equal("", plain, stated())], of_classes)
    }

    /// What can be printed as p: that of a test that the table names; another test of counts is an open reading.
    pub fn p_values(&self, stated: usize, named: Named) -> Vec<Variant> {
        let stated = || Expression::operand(stated);
        let chi2 = |(statistic, degrees): (Expression, Expression)| Expression::call("p_chi2", [statistic, degrees]);
        let half = |p: Expression| Expression::call("/", [p, two("a one-tailed p-value is half the two-tailed")]);
        let corrected = self.corrected().map(|statistic| chi2((statistic, whole(1, "a table of two by two"))));
        let chi_squared = any_of([chi2(self.pearson())].into_iter().chain(corrected).collect());
        let exact = (self.groups == 2).then(|| Expression::call("p_fisher", self.by_group()));
        let (first, other, label) = match (exact, named) {
            (Some(exact), Named::Both) => (any_of(vec![chi_squared, exact]), None, ""),
            (Some(exact), Named::Exact) => (exact, Some(chi_squared), "Pearson's test"),
            (exact, _) => (chi_squared, exact, "Fisher's exact test"),
        };
        let mut variants = vec![equal("", first.clone(), stated())];
        variants.extend(other.map(|p| equal(label, p, stated())));
        if self.groups == 2 {
            variants.push(equal("a one-tailed test", half(first), stated()));
        }
        let of_classes = self.of_classes().map(|classes| equal(CLASSES, chi2(classes), stated()));
        self.with_classes(variants, of_classes)
    }

    /// The variants of one class with that of all classes, which is the only one where the test heads them.
    fn with_classes(&self, mut variants: Vec<Variant>, of_classes: Option<Variant>) -> Vec<Variant> {
        match of_classes {
            Some(all) if self.headed => return vec![Variant { label: String::new(), ..all }],
            Some(all) => variants.push(all),
            None => {}
        }
        variants
    }

    /// Those who have it and those who have not of one group, then of the other.
    fn by_group(&self) -> Vec<Expression> {
        let all = self.fourfold();
        vec![all[0].clone(), all[2].clone(), all[1].clone(), all[3].clone()]
    }
}

const CLASSES: &str = "a test of all classes of the variable";

fn table(function: &str, rows: usize, counts: Vec<Expression>) -> Expression {
    let rows = whole(rows, "the rows of the table of counts");
    Expression::call(function, [rows].into_iter().chain(counts))
}

fn whole(number: usize, source: &str) -> Expression {
    Expression::constant(&number.to_string(), source)
}

fn any_of(mut values: Vec<Expression>) -> Expression {
    match values.pop() {
        Some(only) if values.is_empty() => only,
        last => Expression::call("any_of", values.into_iter().chain(last)),
    }
}
