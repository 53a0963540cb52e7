//! A written derivation as a tree over values and a few constants.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::derive::Expression;
use crate::search::Enclosure;

/// What stands between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Plus, Self::Minus, Self::Times, Self::Over];

    /// The mark by which it is written, and by which the registry of functions knows it.
    pub const fn mark(self) -> char {
        match self {
            Self::Plus => '+',
            Self::Minus => '-',
            Self::Times => '*',
            Self::Over => '/',
        }
    }

    /// Whether it puts terms together, and not factors.
    pub const fn is_additive(self) -> bool {
        matches!(self, Self::Plus | Self::Minus)
    }

    /// Whether it turns what follows round: takes it away, or divides by it.
    const fn turns(self) -> bool {
        matches!(self, Self::Minus | Self::Over)
    }
}

/// A number that a derivation may take though the passage does not print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Constant {
    /// Half of something, twice something, the mean of two.
    Two,
    /// The whole, of which percentages are parts.
    Whole,
    /// Days of a week.
    Week,
    /// Months of a year, pieces of a dozen.
    Dozen,
    /// Hours of a day.
    Day,
    /// Minutes of an hour.
    Sixty,
    /// Days of a year.
    Year,
    /// A thousand, as of "per 1000".
    Thousand,
}

impl Constant {
    /// All constants, in a fixed order.
    pub const ALL: [Self; 8] =
        [Self::Two, Self::Whole, Self::Week, Self::Dozen, Self::Day, Self::Sixty, Self::Year, Self::Thousand];

    /// How it is written.
    pub const fn written(self) -> &'static str {
        match self {
            Self::Two => "2",
            Self::Whole => "100%",
            Self::Week => "7",
            Self::Dozen => "12",
            Self::Day => "24",
            Self::Sixty => "60",
            Self::Year => "365",
            Self::Thousand => "1000",
        }
    }

    /// Where it comes from.
    pub(in crate::search) const fn source(self) -> &'static str {
        match self {
            Self::Two => "two parts",
            Self::Whole => "the whole",
            Self::Week => "days of a week",
            Self::Dozen => "months of a year",
            Self::Day => "hours of a day",
            Self::Sixty => "minutes of an hour",
            Self::Year => "days of a year",
            Self::Thousand => "a thousand",
        }
    }

    /// Its value in coherent SI.
    pub(in crate::search) const fn value(self) -> f64 {
        match self {
            Self::Two => 2.0,
            Self::Whole => 1.0,
            Self::Week => 7.0,
            Self::Dozen => 12.0,
            Self::Day => 24.0,
            Self::Sixty => 60.0,
            Self::Year => 365.0,
            Self::Thousand => 1000.0,
        }
    }
}

/// A derivation over values by index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formula {
    /// A value.
    Value(usize),
    /// A constant.
    Constant(Constant),
    /// Two parts with an operator between.
    Call(Operator, Box<Formula>, Box<Formula>),
}

impl Formula {
    /// Two parts with an operator between.
    pub fn call(operator: Operator, left: Self, right: Self) -> Self {
        Self::Call(operator, Box::new(left), Box::new(right))
    }

    /// The values that it takes, in the order of its writing; one that stands twice is there once.
    pub fn values(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut Vec<usize>) {
        match self {
            Self::Value(at) if !found.contains(at) => found.push(*at),
            Self::Call(_, left, right) => {
                left.collect(found);
                right.collect(found);
            }
            _ => {}
        }
    }

    /// The same over other values; `None` where one has no other.
    pub fn over(&self, other: &impl Fn(usize) -> Option<usize>) -> Option<Self> {
        Some(match self {
            Self::Value(at) => Self::Value(other(*at)?),
            Self::Constant(constant) => Self::Constant(*constant),
            Self::Call(operator, left, right) => Self::call(*operator, left.over(other)?, right.over(other)?),
        })
    }

    /// How many values and constants stand in it.
    pub fn leaves(&self) -> usize {
        match self {
            Self::Call(_, left, right) => left.leaves() + right.leaves(),
            _ => 1,
        }
    }

    /// The derivation as it is written over the names `q1`, `q2`, …; what is in brackets is a sum or a difference, or divides.
    pub fn written(&self) -> String {
        match self {
            Self::Value(at) => format!("q{}", at + 1),
            Self::Constant(constant) => constant.written().to_owned(),
            Self::Call(operator, left, right) => {
                let mut text = left.bracketed(!operator.is_additive() && left.is_additive());
                // What follows "-" or "/" loses its sense without brackets where it is of the same rank.
                let alike = matches!(**right, Self::Call(..)) && right.is_additive() == operator.is_additive();
                let lower = !operator.is_additive() && right.is_additive();
                let _ = write!(text, " {} {}", operator.mark(), right.bracketed(alike || lower));
                text
            }
        }
    }

    fn bracketed(&self, brackets: bool) -> String {
        if brackets { format!("({})", self.written()) } else { self.written() }
    }

    const fn is_additive(&self) -> bool {
        matches!(self, Self::Call(operator, ..) if operator.is_additive())
    }

    /// The one writing of all that differ by the order of terms and factors, by brackets that change nothing, or by parts that
    /// cancel each other. `None` where nothing is left of it, or it is one of the values alone: it says nothing then.
    pub fn canonical(&self) -> Option<Self> {
        let own = self.simplified()?;
        (own.leaves() > 1 && !own.values().is_empty()).then_some(own)
    }

    fn simplified(&self) -> Option<Self> {
        let Self::Call(operator, ..) = self else { return Some(self.clone()) };
        let additive = operator.is_additive();
        let mut parts = Vec::new();
        self.parts(additive, false, &mut parts)?;
        let (mut plain, mut turned) = (Vec::new(), Vec::new());
        for (turn, part) in parts {
            let (own, other) = if turn { (&mut turned, &mut plain) } else { (&mut plain, &mut turned) };
            match other.iter().position(|one| *one == part) {
                Some(at) => drop(other.remove(at)),
                None => own.push(part),
            }
        }
        plain.sort();
        turned.sort();
        let (join, turn) = if additive { (Operator::Plus, Operator::Minus) } else { (Operator::Times, Operator::Over) };
        let mut parts = plain.into_iter();
        // All terms taken away, or a number over something: neither is of the language.
        let first = parts.next()?;
        let joined = parts.fold(first, |own, part| Self::call(join, own, part));
        Some(turned.into_iter().fold(joined, |own, part| Self::call(turn, own, part)))
    }

    /// The terms, or the factors, with whether each is turned round.
    fn parts(&self, additive: bool, turn: bool, parts: &mut Vec<(bool, Self)>) -> Option<()> {
        match self {
            Self::Call(operator, left, right) if operator.is_additive() == additive => {
                left.parts(additive, turn, parts)?;
                right.parts(additive, turn != operator.turns(), parts)
            }
            Self::Call(..) => {
                // A sum of which one factor is left can be of the rank above again.
                let own = self.simplified()?;
                let again = matches!(&own, Self::Call(operator, ..) if operator.is_additive() == additive);
                if again {
                    return own.parts(additive, turn, parts);
                }
                parts.push((turn, own));
                Some(())
            }
            leaf => {
                parts.push((turn, leaf.clone()));
                Some(())
            }
        }
    }

    /// The program over operands by index.
    pub fn expression(&self, operands: &[usize]) -> Expression {
        match self {
            Self::Value(at) => Expression::operand(operands.get(*at).copied().unwrap_or_default()),
            Self::Constant(Constant::Whole) => Expression::constant("100 %", Constant::Whole.source()),
            Self::Constant(constant) => Expression::constant(constant.written(), constant.source()),
            Self::Call(operator, left, right) => {
                let mark = operator.mark().to_string();
                Expression::call(&mark, [left.expression(operands), right.expression(operands)])
            }
        }
    }

    /// What it gives over enclosures in coherent SI; `None` where a divisor can be zero.
    pub fn of(&self, values: &[Enclosure]) -> Option<Enclosure> {
        match self {
            Self::Value(at) => values.get(*at).copied(),
            Self::Constant(constant) => Some(Enclosure::point(constant.value())),
            Self::Call(operator, left, right) => {
                let (left, right) = (left.of(values)?, right.of(values)?);
                match operator {
                    Operator::Plus => Some(left.plus(right)),
                    Operator::Minus => Some(left.minus(right)),
                    Operator::Times => Some(left.times(right)),
                    Operator::Over => left.over(right),
                }
            }
        }
    }
}
