//! Wholes and their parts as sentences tell them: which numbers are the parts of one whole, and how they become a
//! proposal of `SU130`.
//!
//! Words that say that the parts are all of it stand in few papers; mostly they follow from the numbers. So what is found
//! here holds, or is not proposed: a sum that is not met may be of other parts.

mod parts;
mod products;
mod scattered;

pub(super) use parts::proposals as in_lists;
pub(super) use products::proposals as products;
pub(super) use scattered::proposals as scattered;

use crate::derive::{Expression, Operation, Proposal};
use crate::document::TextRange;
use crate::extract::{Mentions, QuantityIx, QuantityKind};
use crate::rules::Skeleton;
use crate::rules::binding::{self, Binding};

/// A count of a sentence, with the bytes at which its placeholder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    at: QuantityIx,
    value: u64,
    start: usize,
    end: usize,
}

/// The counts of a sentence in their order; percentages beside them are left out, and any other number is `None`.
fn counts(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Option<Told>> {
    let places = skeleton.text.char_indices().filter_map(|(byte, c)| Some((byte, c.len_utf8(), skeleton.quantity(c)?)));
    places
        .filter_map(|(start, length, at)| {
            let quantity = binding::quantity(mentions, at)?;
            if quantity.kind == QuantityKind::Percentage {
                return None;
            }
            let whole = binding::is_whole(quantity) && quantity.first().unit.is_none() && !quantity.approximate;
            let value = quantity.single().filter(|_| whole).and_then(|number| number.digits.parse().ok());
            Some(value.map(|value| Told { at, value, start, end: start + length }))
        })
        .collect()
}

/// Whether two sentences outside of tables stand in one paragraph, or in paragraphs no further apart than so many.
fn are_near(a: &Skeleton, b: &Skeleton, paragraphs: usize, mentions: &Mentions) -> bool {
    let place = |of: &Skeleton| mentions.sentences.get(of.sentence).filter(|sentence| sentence.cell.is_none());
    place(a).zip(place(b)).is_some_and(|(a, b)| a.leaf.abs_diff(b.leaf) <= paragraphs)
}

/// The proposal that the parts add up to the whole.
fn proposal(code: &str, whole: Told, parts: &[Told], mentions: &Mentions, quote: TextRange) -> Option<Proposal> {
    let count = |role: &str, told: &Told| binding::count(role, binding::quantity(mentions, told.at)?);
    let mut operands = parts.iter().map(|part| count("part", part)).collect::<Option<Vec<_>>>()?;
    let formula = Expression::call("sum", (0..operands.len()).map(Expression::operand));
    operands.push(count("stated whole", &whole)?);
    let mut binding = Binding::stated(operands, formula, quote);
    binding.operation = Operation::Likely;
    binding.innocent.push("the numbers may be of different things".to_owned());
    binding.proposal(code)
}
