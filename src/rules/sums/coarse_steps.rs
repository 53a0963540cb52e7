//! Percentages that a passage prints in steps of half a percent.
//!
//! "90.5 % (67), 91.5 % (406/444), 86.5 % (64/74), 56.5 % (42/74)": where every decimal of a paragraph is a nought or a five, the
//! author has rounded to halves, and 56.8 % stands as 56.5 %. That is a habit of rounding, and no more than a note.

use crate::derive::{Operation, Proposal};
use crate::extract::{Mentions, Quantity, QuantityKind};
use crate::rules::Skeleton;

use super::named_sizes::mismatch;

/// From how many percentages with one decimal on, all of them whole or half, a paragraph has the habit: of as many by chance one
/// paragraph in six hundred.
const MANY: usize = 4;

/// Whether a paragraph rounds to halves.
fn in_halves(skeleton: &Skeleton, mentions: &Mentions) -> bool {
    let Some(sentence) = mentions.sentences.get(skeleton.sentence) else { return false };
    let mut paragraph = mentions.sentences.iter().filter(|other| other.leaf == sentence.leaf);
    let (first, last) = (paragraph.next(), paragraph.next_back());
    let Some(first) = first else { return false };
    let (start, end) = (first.range.start, last.unwrap_or(first).range.end);
    let from = mentions.quantities.partition_point(|quantity| quantity.range.start < start);
    let inside = mentions.quantities[from..].iter().take_while(|quantity| quantity.range.end <= end);
    let percentages = inside.filter(|quantity| quantity.kind == QuantityKind::Percentage);
    let decimals: Vec<char> = percentages
        .filter_map(Quantity::single)
        .filter(|number| number.decimals == 1)
        .filter_map(|number| number.digits.chars().next_back())
        .collect();
    decimals.len() >= MANY && decimals.iter().all(|digit| matches!(digit, '0' | '5'))
}

/// The proposal as one whose mismatch is no more than a note, with the habit as its innocent reason, where it does not follow and its
/// paragraph has the habit.
pub(super) fn weigh(mut proposal: Proposal, skeleton: &Skeleton, mentions: &Mentions) -> Proposal {
    let sure = proposal.operation != Operation::Likely;
    if sure && mismatch(&proposal).is_some() && in_halves(skeleton, mentions) {
        proposal.operation = Operation::Likely;
        proposal
            .innocent
            .insert(0, "the percentages of the paragraph are printed in steps of half a percent".to_owned());
    }
    proposal
}
