//! The forms of programs: sums, differences, products, quotients, shares and changes of up to three values.

use serde::{Deserialize, Serialize};

use crate::derive::Expression;

use super::enclosure::Enclosure;

/// The form of a program over values a, b, c.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// a + b
    Sum,
    /// a − b
    Difference,
    /// a · b
    Product,
    /// a / b
    Quotient,
    /// a / b as a percentage
    Share,
    /// |a − b| / b as a percentage
    Change,
    /// a % of b
    PartOf,
    /// 100 % − a
    Complement,
    /// a + b + c
    SumOfThree,
    /// a − b − c
    Rest,
    /// a · b · c
    ProductOfThree,
    /// a · b / c
    ProductOver,
    /// (a + b) / c
    SumOver,
    /// (a − b) / c
    DifferenceOver,
    /// c / (a + b)
    OverSum,
}

impl Form {
    /// All forms, in a fixed order.
    pub const ALL: [Self; 15] = [
        Self::Sum,
        Self::Difference,
        Self::Product,
        Self::Quotient,
        Self::Share,
        Self::Change,
        Self::PartOf,
        Self::Complement,
        Self::SumOfThree,
        Self::Rest,
        Self::ProductOfThree,
        Self::ProductOver,
        Self::SumOver,
        Self::DifferenceOver,
        Self::OverSum,
    ];

    /// How many values it takes.
    pub const fn arity(self) -> usize {
        match self {
            Self::Complement => 1,
            Self::Sum
            | Self::Difference
            | Self::Product
            | Self::Quotient
            | Self::Share
            | Self::Change
            | Self::PartOf => 2,
            _ => 3,
        }
    }

    /// How many of the first values can change places without changing the program: they are taken in the order of the text.
    pub const fn alike(self) -> (usize, usize) {
        match self {
            Self::Sum | Self::Product | Self::ProductOver | Self::SumOver | Self::OverSum => (0, 2),
            Self::SumOfThree | Self::ProductOfThree => (0, 3),
            Self::Rest => (1, 3),
            _ => (0, 0),
        }
    }

    /// Of the programs that say the same of the same values ("a + b = c", "c − b = a") the one with the lowest rank is told: what
    /// puts together before what takes apart.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Sum | Self::SumOfThree => 0,
            Self::Share | Self::Product | Self::ProductOfThree => 1,
            Self::PartOf | Self::Change | Self::SumOver | Self::ProductOver => 2,
            Self::Quotient | Self::DifferenceOver | Self::OverSum => 3,
            Self::Difference | Self::Rest | Self::Complement => 4,
        }
    }

    /// A short name for tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "a + b",
            Self::Difference => "a - b",
            Self::Product => "a * b",
            Self::Quotient => "a / b",
            Self::Share => "a / b in %",
            Self::Change => "|a - b| / b in %",
            Self::PartOf => "a % of b",
            Self::Complement => "100 % - a",
            Self::SumOfThree => "a + b + c",
            Self::Rest => "a - b - c",
            Self::ProductOfThree => "a * b * c",
            Self::ProductOver => "a * b / c",
            Self::SumOver => "(a + b) / c",
            Self::DifferenceOver => "(a - b) / c",
            Self::OverSum => "c / (a + b)",
        }
    }

    /// The program over values with these names, in the order of the form's letters: `q1 + q2`, `q2 / q1 in %`.
    pub fn written(self, names: &[String]) -> String {
        // A percentage says "%" itself.
        let pattern = if self == Self::PartOf { "a of b" } else { self.name() };
        let name = |letter: char| {
            let place = usize::try_from(u32::from(letter).checked_sub(u32::from('a'))?).ok()?;
            (place < 3).then(|| names.get(place)).flatten()
        };
        let mut text = String::new();
        for part in pattern.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
            let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let mut letters = word.chars();
            match (letters.next().and_then(name), letters.next()) {
                (Some(name), None) => text.push_str(name),
                _ => text.push_str(word),
            }
            text.push_str(&part[word.len()..]);
        }
        text
    }

    /// The program over operands by index.
    pub fn expression(self, operands: &[usize]) -> Expression {
        let terms: Vec<Expression> = operands.iter().map(|at| Expression::operand(*at)).collect();
        self.over(&terms)
    }

    /// The program over terms, in the order of the form's letters.
    pub fn over(self, terms: &[Expression]) -> Expression {
        let at = |place: usize| terms.get(place).cloned().unwrap_or(Expression::operand(0));
        let call = |function: &str, a: Expression, b: Expression| Expression::call(function, [a, b]);
        let whole = || Expression::constant("100 %", "the whole");
        match self {
            Self::Sum => call("+", at(0), at(1)),
            Self::Difference => call("-", at(0), at(1)),
            Self::Product | Self::PartOf => call("*", at(0), at(1)),
            Self::Quotient | Self::Share => call("/", at(0), at(1)),
            Self::Change => call("/", Expression::call("abs", [call("-", at(0), at(1))]), at(1)),
            Self::Complement => call("-", whole(), at(0)),
            Self::SumOfThree => call("+", call("+", at(0), at(1)), at(2)),
            Self::Rest => call("-", call("-", at(0), at(1)), at(2)),
            Self::ProductOfThree => call("*", call("*", at(0), at(1)), at(2)),
            Self::ProductOver => call("/", call("*", at(0), at(1)), at(2)),
            Self::SumOver => call("/", call("+", at(0), at(1)), at(2)),
            Self::DifferenceOver => call("/", call("-", at(0), at(1)), at(2)),
            Self::OverSum => call("/", at(2), call("+", at(0), at(1))),
        }
    }

    /// What it gives over enclosures in coherent SI; `None` where a divisor can be zero.
    pub fn of(self, values: &[Enclosure]) -> Option<Enclosure> {
        let at = |place: usize| values.get(place).copied();
        let (a, b, c) = (at(0)?, at(1), at(2));
        match self {
            Self::Sum => Some(a.plus(b?)),
            Self::Difference => Some(a.minus(b?)),
            Self::Product | Self::PartOf => Some(a.times(b?)),
            Self::Quotient | Self::Share => a.over(b?),
            Self::Change => a.minus(b?).abs().over(b?),
            Self::Complement => Some(Enclosure::point(1.0).minus(a)),
            Self::SumOfThree => Some(a.plus(b?).plus(c?)),
            Self::Rest => Some(a.minus(b?).minus(c?)),
            Self::ProductOfThree => Some(a.times(b?).times(c?)),
            Self::ProductOver => a.times(b?).over(c?),
            Self::SumOver => a.plus(b?).over(c?),
            Self::DifferenceOver => a.minus(b?).over(c?),
            Self::OverSum => c?.over(a.plus(b?)),
        }
    }
}

/// A form over operands of a window, by index, in the order of the form's letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Program {
    /// The form.
    pub form: Form,
    /// The operands.
    pub operands: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_written_over_names() {
        let names: Vec<String> = ["q4", "q1", "q12"].map(str::to_owned).to_vec();
        assert_eq!(Form::Sum.written(&names), "q4 + q1");
        assert_eq!(Form::Share.written(&names), "q4 / q1 in %");
        assert_eq!(Form::Change.written(&names), "|q4 - q1| / q1 in %");
        assert_eq!(Form::PartOf.written(&names), "q4 of q1");
        assert_eq!(Form::Complement.written(&names), "100 % - q4");
        assert_eq!(Form::DifferenceOver.written(&names), "(q4 - q1) / q12");
        assert_eq!(Form::OverSum.written(&names), "q12 / (q4 + q1)");
        let all: std::collections::BTreeSet<String> = Form::ALL.iter().map(|form| form.written(&names)).collect();
        assert_eq!(all.len(), Form::ALL.len(), "no two forms are written alike");
    }
}
