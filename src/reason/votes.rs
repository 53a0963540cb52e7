//! Votes on one question: counted as they come, and ended where the rest can change nothing.

use std::collections::BTreeMap;

use crate::search::Votes;

/// The votes on a question so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    most: u32,
    cast: u32,
    /// How many chose each option of the question; `None` for none of them and for what was no answer.
    chosen: BTreeMap<Option<usize>, u32>,
}

impl Ballot {
    /// A ballot of at most so many votes; at least one.
    pub fn new(most: u32) -> Self {
        Self { most: most.max(1), cast: 0, chosen: BTreeMap::new() }
    }

    /// Counts a vote: an option of the question, or none.
    pub fn count(&mut self, option: Option<usize>) {
        self.cast += 1;
        *self.chosen.entry(option).or_default() += 1;
    }

    /// How many votes were cast.
    pub const fn cast(&self) -> u32 {
        self.cast
    }

    /// The option with the most votes, where there is one that no other option and not "none" equals.
    pub fn leader(&self) -> Option<(usize, Votes)> {
        let most = self.chosen.values().copied().max()?;
        let mut first = self.chosen.iter().filter(|(_, count)| **count == most);
        match (first.next(), first.next()) {
            (Some((Some(option), agreeing)), None) => {
                Some((*option, Votes { agreeing: *agreeing, cast: self.cast, most: self.most }))
            }
            _ => None,
        }
    }

    /// Whether the votes that are left can change neither who leads nor whether the votes agree.
    pub fn is_settled(&self) -> bool {
        let left = self.most.saturating_sub(self.cast);
        if left == 0 {
            return true;
        }
        let mut counts: Vec<u32> = self.chosen.values().copied().collect();
        counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
        let (first, second) = (counts.first().copied().unwrap_or_default(), counts.get(1).copied().unwrap_or_default());
        let needed = Votes::needed(self.most);
        let leads = first > second + left;
        leads && (first >= needed || first + left < needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_vote_decides_alone_and_five_stop_after_four() {
        let mut one = Ballot::new(1);
        assert!(!one.is_settled() && one.leader().is_none());
        one.count(Some(2));
        assert!(one.is_settled());
        assert_eq!(one.leader(), Some((2, Votes { agreeing: 1, cast: 1, most: 1 })));
        let mut five = Ballot::new(5);
        for _ in 0..3 {
            five.count(Some(1));
            assert!(!five.is_settled());
        }
        five.count(Some(1));
        assert!(five.is_settled() && five.leader().is_some_and(|(_, votes)| votes.agree()));
    }

    #[test]
    fn a_tie_and_a_majority_for_none_choose_nothing() {
        let mut ballot = Ballot::new(4);
        for option in [Some(0), Some(1), Some(0), Some(1)] {
            ballot.count(option);
        }
        assert_eq!(ballot.leader(), None);
        let mut ballot = Ballot::new(3);
        for option in [None, Some(1), None] {
            ballot.count(option);
        }
        assert_eq!(ballot.leader(), None);
    }

    proptest! {
        #[test]
        fn stopping_early_changes_neither_the_leader_nor_the_agreement(
            most in 1_u32..9,
            votes in prop::collection::vec(prop::option::of(0_usize..3), 9),
        ) {
            let mut early = Ballot::new(most);
            let mut late = Ballot::new(most);
            for option in votes.into_iter().take(most as usize) {
                if !early.is_settled() {
                    early.count(option);
                }
                late.count(option);
            }
            prop_assert_eq!(early.leader().map(|(option, _)| option), late.leader().map(|(option, _)| option));
            prop_assert_eq!(early.leader().map(|(_, v)| v.agree()), late.leader().map(|(_, v)| v.agree()));
        }
    }
}
