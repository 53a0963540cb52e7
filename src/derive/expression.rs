//! Expressions and relations: the language in which rules, the search and models say how a value follows from others.

use serde::{Deserialize, Serialize};

use crate::arithmetic::{End, Printed, rational};

/// The index of an operand in its proposal's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OperandIx(pub usize);

/// A program over operands and constants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expression {
    /// A quoted span of the paper.
    Operand(OperandIx),
    /// A constant with a source, such as `100` ("per cent") or `7 d` ("a week").
    Constant {
        /// The literal as `eval` reads it: an exact number with an optional unit, or `range(a, b)`.
        literal: String,
        /// Where the constant comes from.
        source: String,
    },
    /// A function of the registry, the operators included (`+`, `-`, `*`, `/`, `^`).
    Call {
        /// Its name in the registry.
        function: String,
        /// Its arguments.
        arguments: Vec<Expression>,
    },
}

impl Expression {
    /// A call of a function of the registry.
    pub fn call(function: &str, arguments: impl IntoIterator<Item = Self>) -> Self {
        Self::Call { function: function.to_owned(), arguments: arguments.into_iter().collect() }
    }

    /// A constant with its source.
    pub fn constant(literal: &str, source: &str) -> Self {
        Self::Constant { literal: literal.to_owned(), source: source.to_owned() }
    }

    /// Every value that prints as the number, under plain rounding, as a constant with its source; nothing where an end is open.
    pub fn values_of(printed: &Printed, source: &str) -> Option<Self> {
        let tight = printed.tight().hull()?;
        let end = |end: &End| match end {
            End::Closed(value) | End::Open(value) => Some(rational::to_text(value)),
            End::Unbounded => None,
        };
        Some(Self::constant(&format!("range({}, {})", end(tight.lo())?, end(tight.hi())?), source))
    }

    /// The operand, where the expression is one.
    pub const fn as_operand(&self) -> Option<OperandIx> {
        if let Self::Operand(ix) = self { Some(*ix) } else { None }
    }

    /// The unit string of the conversion that the expression ends with.
    pub fn conversion(&self) -> Option<&str> {
        match self {
            Self::Call { function, arguments } if function == "in" => match arguments.last() {
                Some(Self::Constant { literal, .. }) => literal.strip_prefix("1 "),
                _ => None,
            },
            _ => None,
        }
    }

    /// The operand with the given index.
    pub const fn operand(index: usize) -> Self {
        Self::Operand(OperandIx(index))
    }
}

/// The operator of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    /// The sides can be equal.
    #[serde(rename = "=")]
    Equal,
    /// The left side can be smaller.
    #[serde(rename = "<")]
    Less,
    /// The left side can be larger.
    #[serde(rename = ">")]
    Greater,
    /// The left side can be smaller or equal.
    #[serde(rename = "≤")]
    AtMost,
    /// The left side can be larger or equal.
    #[serde(rename = "≥")]
    AtLeast,
    /// The left side can be an element of the right.
    #[serde(rename = "∈")]
    In,
}

/// Two programs and how they must relate. The right side is the stated value, the left side what it follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The derived side.
    pub left: Expression,
    /// The operator.
    pub op: Comparison,
    /// The stated side.
    pub right: Expression,
}

impl Relation {
    /// `left = right`.
    pub const fn equal(left: Expression, right: Expression) -> Self {
        Self { left, op: Comparison::Equal, right }
    }
}
