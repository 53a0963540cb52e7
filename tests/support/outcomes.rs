//! Runs rules over a text and names the outcomes, for the tests of the rules.

#[path = "grid.rs"]
pub mod grid;

use std::slice;

use rederive::derive::{
    Grounds, Limits, Operation, Outcome, Proposal, Proposals, Strength, Verdict, evaluate_all, weaken_where_alone,
};
use rederive::document::{Document, TextIndex};
use rederive::extract::{Mentions, QuantityIx, extract};
use rederive::read::{ReadLimits, read};
use rederive::rules::{Rule, RuleContext, Skeletons};
use rederive::search::{Proposed, Ranker, Scene, Selection, Value, Values, Votes, Window, programs};

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
    let chosen = if rule.metadata().code == "MD102" { stand_in(document, &index, &mentions) } else { Vec::new() };
    let skeletons = Skeletons::default();
    let context = RuleContext { document, index: &index, skeletons: &skeletons, selections: &chosen };
    rule.propose(&mentions, context, &mut proposals);
    let judged = |mut claim: (Proposal, Outcome)| {
        // A passage stands for a paper in which enough others of its kind hold, so what no number of others makes an error is told.
        if rule.metadata().grounds.least(claim.0.operation).is_none() {
            weaken_where_alone(slice::from_mut(&mut claim), Grounds::Slip);
        }
        let (proposal, outcome) = claim;
        let message = rule.explain(&proposal, &outcome).message;
        Judged { proposal, outcome, message }
    };
    evaluate_all(proposals.list, &Limits::default(), document).into_iter().map(judged).collect()
}

/// What the built-in ranker chooses, in the place of a reasoning model with one vote: its first choice, where it holds that the text
/// means it rather than not.
fn stand_in(document: &Document, index: &TextIndex, mentions: &Mentions) -> Vec<Selection> {
    let (values, ranker) = (Values::of(mentions), Ranker::shipped());
    let choice = |(target, _): (QuantityIx, &Value)| {
        let window = Window::around(mentions, &values, target, 1)?;
        let found = programs(&window, &rederive::search::Limits::default());
        let derived = found.derived(&window);
        let scene = Scene::of(document, index, mentions, &window);
        let best = ranker.best(&scene, &window, &derived).filter(|best| best.confidence > 0.5)?;
        let program = derived[best.program].0;
        Some(Selection {
            target,
            program: Proposed::Listed(program.form),
            operands: program.operands.iter().filter_map(|at| window.operands[*at].source.quantity()).collect(),
            options: derived.len(),
            votes: Votes { agreeing: 1, cast: 1, most: 1 },
        })
    };
    values.iter().filter_map(choice).collect()
}

impl Judged {
    /// The outcome as the case files name it: `consistent`, `note`, `warning`, `error`, `undecided` or `not-checked`, in a paper where
    /// others of its kind hold.
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
