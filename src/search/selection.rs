//! What a reasoning model proposed for a target, by vote: one program of its window, or a derivation that it wrote over the values
//! there. It is a proposal, and no verdict.

use serde::{Deserialize, Serialize};

use crate::derive::Expression;
use crate::extract::QuantityIx;

use super::enclosure::Enclosure;
use super::form::Form;
use super::formula::Formula;

/// How votes fell. The stated value was hidden from all of them, and each saw the options in another order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Votes {
    /// How many chose the program.
    pub agreeing: u32,
    /// How many were cast: voting stops where the rest can change nothing.
    pub cast: u32,
    /// How many there would have been at most.
    pub most: u32,
}

impl Votes {
    /// Of fewer votes than this none can agree in a way that says more than one does.
    pub const FEWEST: u32 = 3;

    /// How many of so many votes have to choose one program for them to agree: four of five.
    pub const fn needed(most: u32) -> u32 {
        (most * 4).div_ceil(5)
    }

    /// Whether the votes agree.
    pub const fn agree(&self) -> bool {
        self.most >= Self::FEWEST && self.agreeing >= Self::needed(self.most)
    }
}

/// What was proposed, over the operands of its selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proposed {
    /// A form of the search, of a list.
    Listed(Form),
    /// A derivation of the model's own writing, where the search had none to list.
    Written(Formula),
}

impl Proposed {
    /// How many values it takes.
    pub fn arity(&self) -> usize {
        match self {
            Self::Listed(form) => form.arity(),
            Self::Written(formula) => formula.values().len(),
        }
    }

    /// Of those that say the same of the same values the one with the lowest rank is told; see [`Form::rank`].
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Listed(form) => form.rank(),
            Self::Written(_) => u8::MAX,
        }
    }

    /// It over operands by index.
    pub fn expression(&self, operands: &[usize]) -> Expression {
        match self {
            Self::Listed(form) => form.expression(operands),
            Self::Written(formula) => formula.expression(operands),
        }
    }

    /// What it gives over enclosures in coherent SI; `None` where a divisor can be zero.
    pub fn of(&self, values: &[Enclosure]) -> Option<Enclosure> {
        match self {
            Self::Listed(form) => form.of(values),
            Self::Written(formula) => formula.of(values),
        }
    }
}

/// A program that a model chose or wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Selection {
    /// The value that the program is to give.
    pub target: QuantityIx,
    /// What was proposed.
    pub program: Proposed,
    /// The values that it takes, in the order of the form's letters, or of the writing.
    pub operands: Vec<QuantityIx>,
    /// How many programs there were to choose from; 0 where it was written.
    pub options: usize,
    /// How the votes fell.
    pub votes: Votes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_of_five_agree_and_two_never_do() {
        let votes = |agreeing, most| Votes { agreeing, cast: most, most };
        assert!(votes(4, 5).agree() && !votes(3, 5).agree());
        assert!(votes(3, 3).agree() && !votes(2, 3).agree());
        assert!(!votes(1, 1).agree() && !votes(2, 2).agree());
        assert!(votes(6, 7).agree() && !votes(5, 7).agree());
    }
}
