//! What a rule says of a text, by the names of its outcomes, for the tests over random papers.

#[path = "outcomes.rs"]
mod outcomes;

use outcomes::{document, judge};
use rederive::rules;

pub use outcomes::Judged;

/// The outcomes of the rule with a code on a text, in the order of the text; each has words of its own.
pub fn judged(code: &str, text: &str) -> Vec<Judged> {
    let rule = rules::by_code(code).expect("the rule is there");
    let judged = judge(rule, &document(text));
    assert!(judged.iter().all(|judged| !judged.message.is_empty()), "{text}");
    judged
}

/// Their names.
pub fn names(code: &str, text: &str) -> Vec<&'static str> {
    judged(code, text).iter().map(Judged::name).collect()
}

/// Whether an outcome of this name is held against the paper.
pub fn is_flagged(name: &str) -> bool {
    ["error", "warning"].contains(&name)
}
