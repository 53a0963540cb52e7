//! A sentence with those before it in its paragraph, for calculations that prose spreads over several sentences.

use crate::extract::{Mentions, Quantity, QuantityIx, singular};
use crate::rules::Skeleton;
use crate::rules::binding;
use crate::rules::nouns::{Counted, counted};

/// How many sentences back a calculation may begin.
const BACK: usize = 6;

/// A sentence and the ones before it.
#[derive(Debug)]
pub(super) struct Passage<'s> {
    /// The sentence.
    pub sentence: &'s Skeleton,
    /// Those before it in the paragraph, the nearest first.
    pub before: Vec<&'s Skeleton>,
    /// The quantities.
    pub mentions: &'s Mentions,
}

impl<'s> Passage<'s> {
    /// The passage that ends with the sentence at `at`.
    pub(super) fn new(skeletons: &'s [Skeleton], at: usize, mentions: &'s Mentions) -> Option<Self> {
        let sentence = skeletons.get(at)?;
        let mut before = Vec::new();
        let mut next = sentence;
        for earlier in skeletons[..at].iter().rev().take(BACK) {
            if !earlier.leads_to(next, mentions) {
                break;
            }
            before.push(earlier);
            next = earlier;
        }
        Some(Self { sentence, before, mentions })
    }

    /// The whole numbers of a sentence that are one plain number each, with what they count.
    pub(super) fn counts(&self, skeleton: &Skeleton) -> Vec<Counted> {
        counted(skeleton).into_iter().filter(|counted| self.is_count(counted.at)).collect()
    }

    /// Whether a quantity is one whole number of things.
    pub(super) fn is_count(&self, at: QuantityIx) -> bool {
        self.quantity(at).is_some_and(|quantity| binding::is_whole(quantity) && quantity.first().unit.is_none())
    }

    /// The quantity behind an index.
    pub(super) fn quantity(&self, at: QuantityIx) -> Option<&'s Quantity> {
        binding::quantity(self.mentions, at)
    }
}

/// Whether a word, in whatever number, stands in a sentence.
pub(super) fn names(skeleton: &Skeleton, word: &str) -> bool {
    let stem = singular(&word.to_lowercase());
    let words = skeleton.text.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|own| singular(&own.to_lowercase()) == stem)
}
