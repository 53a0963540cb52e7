//! Claims of order and count: which numbers a sentence puts in order, and how they become a proposal.
//!
//! The numbers stand in the sentence itself (`compared`, `listed`) or in a row or column of a table (`tabled`).

mod compared;
mod lines;
mod listed;
mod ordered;
mod tabled;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::Proposals;
use crate::extract::{Mentions, Passage};
use crate::rules::RuleContext;

pub(super) use ordered::explain;

/// Proposes the claims of all sentences, in the order of the text.
pub(super) fn propose(mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
    let mut passages: BTreeMap<usize, &Passage> = BTreeMap::new();
    for passage in &mentions.subjects.passages {
        passages.entry(passage.sentence).or_insert(passage);
    }
    let leaf = |sentence: usize| mentions.sentences.get(sentence).map(|sentence| sentence.leaf);
    let mut pointed: BTreeMap<Option<usize>, BTreeSet<usize>> = BTreeMap::new();
    for passage in passages.values() {
        pointed.entry(leaf(passage.sentence)).or_default().extend(&passage.points_to);
    }
    let none = BTreeSet::new();
    let tables = lines::Tables::of(mentions, context);
    let lines: Vec<_> = (0..tables.grids.len()).map(|table| tables.lines(table)).collect();
    for skeleton in context.skeletons(mentions) {
        let passage = passages.get(&skeleton.sentence).copied();
        let mut found = compared::proposals(skeleton, mentions);
        found.extend(listed::proposals(skeleton, mentions));
        if let Some(passage) = passage.filter(|passage| !passage.cites) {
            let near = pointed.get(&leaf(skeleton.sentence)).unwrap_or(&none);
            let view = tabled::View { skeleton, passage, mentions, tables: &tables, lines: &lines, near };
            let taken = |range| found.iter().any(|old| old.operands.iter().any(|operand| operand.range == range));
            let more: Vec<_> = tabled::proposals(&view)
                .into_iter()
                .filter(|own| own.operands.get(own.stated).is_none_or(|operand| !taken(operand.range)))
                .collect();
            found.extend(more);
        }
        found.sort_by_key(|proposal| proposal.quote);
        proposals.list.extend(found);
    }
}
