//! Runs rules over a text and names the outcomes, for the tests of the rules.

#[path = "grid.rs"]
pub mod grid;

use rederive::derive::{Limits, Operation, Outcome, Proposal, Proposals, Strength, Verdict, evaluate};
use rederive::document::{Document, TextIndex};
use rederive::extract::extract;
use rederive::read::{ReadLimits, read};
use rederive::rules::{Rule, RuleContext};

/// A proposal with its outcome and the words of the rule.
pub struct Judged {
    /// What the rule proposed.
    pub proposal: Proposal,
    /// What the evaluator says.
    pub outcome: Outcome,
    /// The message of the rule.
    pub message: String,
}

/// Reads a text as a `.txt` file; one with tables in the notation of `grid.rs` by way of its JSON.
pub fn document(text: &str) -> Document {
    if grid::holds_table(text) {
        let json = serde_json::to_vec(&grid::document(text)).expect("a document is JSON");
        return read(&json, &ReadLimits::default()).expect("a document can be read");
    }
    read(text.as_bytes(), &ReadLimits::default()).expect("a text can be read")
}

/// All proposals of a rule for a document, evaluated.
pub fn judge(rule: &dyn Rule, document: &Document) -> Vec<Judged> {
    let mentions = extract(document);
    let index = TextIndex::new(&document.text);
    let mut proposals = Proposals::default();
    rule.propose(&mentions, RuleContext { document, index: &index }, &mut proposals);
    let judged = |proposal: Proposal| {
        let outcome = evaluate(&proposal, &Limits::default());
        let message = rule.explain(&proposal, &outcome).message;
        Judged { proposal, outcome, message }
    };
    proposals.list.into_iter().map(judged).collect()
}

impl Judged {
    /// The outcome as the case files name it: `consistent`, `note`, `warning`, `error`, `undecided` or `not-checked`.
    pub fn name(&self) -> &'static str {
        match (&self.outcome.verdict, self.proposal.approximate) {
            (Verdict::Consistent, _) => "consistent",
            (Verdict::Inconsistent(Strength::RoundingHabit), _) => "note",
            (Verdict::Inconsistent(Strength::Disjoint), true) => "warning",
            (Verdict::Inconsistent(Strength::Disjoint), false) if self.proposal.operation == Operation::Assumed => {
                "warning"
            }
            (Verdict::Inconsistent(Strength::Disjoint), false) if self.proposal.operation == Operation::Likely => {
                "note"
            }
            (Verdict::Inconsistent(Strength::Disjoint), false) => "error",
            (Verdict::Undecided { .. }, _) => "undecided",
            (Verdict::NotChecked { .. }, _) => "not-checked",
        }
    }
}
