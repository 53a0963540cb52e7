//! The one reasoning model of a run, in the program itself and never in a worker: papers come to it in the order of the inputs.
//!
//! A paper waits for its turn, so that the budget is spent in the same way for any number of jobs. A turn ends with the paper,
//! however it ends; papers are handed out in order, so that the one whose turn it is is always being worked on.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::reason::{Answers, Identity, Questions, Session};
use crate::report::{Coverage, ModelUse, count_reasons};

use super::batch::Interrupt;

/// A model with what the run may ask of it.
#[derive(Debug)]
pub struct Reasoning {
    session: Mutex<Session>,
    identity: Identity,
    papers: usize,
    turns: Mutex<Turns>,
    next: Condvar,
    interrupt: Interrupt,
}

/// Whose turn it is, and who needs none any more.
#[derive(Debug, Default)]
struct Turns {
    at: usize,
    over: BTreeSet<usize>,
}

/// The turn of a paper, from before its work begins until it is dropped.
#[derive(Debug)]
pub struct Turn<'r> {
    reasoning: &'r Reasoning,
    at: usize,
}

impl Reasoning {
    /// A model for a run over so many papers.
    pub fn new(session: Session, papers: usize, interrupt: Interrupt) -> Self {
        let identity = session.identity().clone();
        Self {
            session: Mutex::new(session),
            identity,
            papers,
            turns: Mutex::default(),
            next: Condvar::new(),
            interrupt,
        }
    }

    /// Why the model gave no answer the last time that it gave none, where it says.
    pub fn trouble(&self) -> Option<String> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).trouble()
    }

    /// The turn of the paper at a place of the inputs. Every paper has to take one.
    pub const fn turn(&self, at: usize) -> Turn<'_> {
        Turn { reasoning: self, at }
    }
}

impl Turn<'_> {
    /// Waits for the turn and asks the questions of the paper.
    pub(super) fn ask(&self, questions: &Questions) -> Answers {
        let own = self.reasoning;
        let mut turns = own.turns.lock().unwrap_or_else(PoisonError::into_inner);
        while turns.at < self.at {
            turns = own.next.wait(turns).unwrap_or_else(PoisonError::into_inner);
        }
        drop(turns);
        let left = own.papers.saturating_sub(self.at) as u64;
        let mut session = own.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.ask(questions, left, &|| own.interrupt.raised())
    }

    /// What a report says of the answers.
    pub(super) fn used(&self, answers: &Answers) -> ModelUse {
        let asked = answers.asked;
        ModelUse {
            endpoint: self.reasoning.identity.endpoint.clone(),
            questions: asked.questions,
            votes: asked.votes,
            tokens: asked.tokens,
            characters: asked.characters,
            chosen: asked.chosen,
            none: asked.none,
            unanswered: asked.unanswered,
            left_out: asked.left_out,
            beyond: asked.beyond,
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut turns = self.reasoning.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.over.insert(self.at);
        let mut at = turns.at;
        while turns.over.remove(&at) {
            at += 1;
        }
        turns.at = at;
        self.reasoning.next.notify_all();
    }
}

/// Counts the values that the model was to be asked about and that stay without an answer, with their reasons.
pub fn count_unasked(coverage: &mut Coverage, used: &ModelUse) {
    let unasked = used.not_checked();
    let all: usize = unasked.iter().map(|(_, count)| count).sum();
    coverage.proposed += all;
    coverage.not_checked += all;
    let before = coverage.reasons.iter().map(|reason| (reason.reason.as_str(), reason.count));
    coverage.reasons = count_reasons(before.chain(unasked.into_iter().filter(|(_, count)| *count > 0)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::{Answered, Budget, Prompt, Reasoner};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Debug)]
    struct Silent(Identity);

    impl Reasoner for Silent {
        fn identity(&self) -> &Identity {
            &self.0
        }

        fn tokens(&self, _: &Prompt) -> u64 {
            0
        }

        fn answer(&mut self, _: &[Prompt]) -> Vec<Answered> {
            Vec::new()
        }
    }

    #[test]
    fn papers_are_asked_about_in_the_order_of_the_inputs() {
        let identity = Identity { name: "silent".to_owned(), sha256: None, endpoint: None };
        let session = Session::new(Box::new(Silent(identity)), 1, Budget::default());
        let reasoning = Reasoning::new(session, 20, Interrupt::default());
        let reached = Arc::new(AtomicUsize::new(0));
        std::thread::scope(|scope| {
            // Every third paper needs no question, and the threads start in the wrong order.
            for at in (0..20).rev() {
                let (reasoning, reached) = (&reasoning, Arc::clone(&reached));
                scope.spawn(move || {
                    let turn = reasoning.turn(at);
                    if !at.is_multiple_of(3) {
                        turn.ask(&Questions::default());
                        // Those before it are over, those behind it wait.
                        assert_eq!(reached.load(Ordering::SeqCst), at - at.div_ceil(3));
                        reached.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(reached.load(Ordering::SeqCst), 13);
    }

    #[test]
    fn what_is_not_asked_is_counted_as_not_checked() {
        let used = ModelUse { left_out: 3, unanswered: 2, chosen: 4, ..ModelUse::default() };
        let mut coverage = Coverage { proposed: 5, consistent: 5, ..Coverage::default() };
        count_unasked(&mut coverage, &used);
        assert_eq!((coverage.proposed, coverage.not_checked, coverage.consistent), (10, 5, 5));
        assert_eq!(coverage.reasons.iter().map(|reason| reason.count).collect::<Vec<_>>(), [3, 2]);
    }
}
