//! What the places of a line say of a relation, and how many of them are evidence enough.
//!
//! Every relation between lines is screened with these; which relations there are is not the concern here.

use crate::rules::sums::gate;

/// How much the floating-point comparison may be off, relative to the size of the numbers.
pub(in crate::rules::sums) const SLACK: f64 = 1e-9;

/// How many other places without a gap tell that nothing is left out of a sum.
pub(in crate::rules::sums) const LEAST_FOR_GAP: usize = 6;

/// A reason for doubt: see `Entry::without_mark`.
pub(in crate::rules::sums) const MARKED: &str = "the last digit of one of the numbers may be the mark of a note";

/// What a place of a line says about a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules::sums) enum State {
    /// A number is missing, or nothing can be told from those that are there.
    Silent,
    /// The number follows.
    Holds,
    /// The number does not follow.
    Fails,
}

/// How many places bear a relation out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::rules::sums) struct Support {
    /// In how many it holds.
    pub holds: usize,
    /// In how many it does not.
    pub fails: usize,
}

impl Support {
    /// What some places say together.
    pub fn of(states: impl IntoIterator<Item = State>) -> Self {
        states.into_iter().fold(Self::default(), |support, state| match state {
            State::Silent => support,
            State::Holds => Self { holds: support.holds + 1, ..support },
            State::Fails => Self { fails: support.fails + 1, ..support },
        })
    }

    /// Whether the places are evidence enough to hold another one against a table.
    pub const fn bears_out(self) -> bool {
        gate::is_borne_out(self.holds, self.fails)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silent_places_count_for_nothing() {
        let support = Support::of([State::Holds, State::Silent, State::Holds, State::Fails, State::Holds]);
        assert_eq!(support, Support { holds: 3, fails: 1 });
        assert!(!support.bears_out());
        assert!(Support::of([State::Holds; 3]).bears_out());
        assert_eq!(Support::of([State::Silent]), Support::default());
    }
}
