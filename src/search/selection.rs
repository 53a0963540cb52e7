//! What a reasoning model chose for a target: one program of its window, by vote. It is a proposal, and no verdict.

use serde::{Deserialize, Serialize};

use crate::extract::QuantityIx;

use super::form::Form;

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

/// A program that a model chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Selection {
    /// The value that the program is to give.
    pub target: QuantityIx,
    /// The form.
    pub form: Form,
    /// The values that it takes, in the order of the form's letters.
    pub operands: Vec<QuantityIx>,
    /// How many programs there were to choose from.
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
