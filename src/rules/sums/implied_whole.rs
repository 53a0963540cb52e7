//! A percentage beside its count whose whole stands elsewhere: in the sentence or one of the two before it.
//!
//! The nearest number that can be the whole is tried first, the others are open readings, and a percentage that fits
//! none of them is left undecided: the text does not name its whole, so nothing is held against it.

use std::sync::LazyLock;

use crate::derive::{Expression, Operation};
use crate::extract::{Mentions, Quantity, QuantityIx, QuantityKind};
use crate::rules::Skeleton;
use crate::rules::binding::{self, Binding};
use crate::rules::pattern::Pattern;

/// How many sentences before its own a whole may stand.
const SENTENCES_BACK: usize = 2;
/// How many numbers are tried.
const MOST_WHOLES: usize = 6;

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // 12 patients (60%)
        r"‹part›…_\(‹percentage›_(?:\)|;|,)",
        // 60% (n = 12); 60% of the patients (n = 12)
        r"‹percentage›…_\(n_=_‹part›_\)",
        // (56 patients, 73%; …)
        r"‹part›…[,;] ‹percentage›_(?:\)|;|,|\.)",
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// The numbers of the sentences before.
#[derive(Debug)]
pub(super) struct ImpliedWhole<'m> {
    mentions: &'m Mentions,
    /// The quantities of the last sentences, each with its paragraph.
    before: Vec<(usize, Vec<QuantityIx>)>,
}

impl<'m> ImpliedWhole<'m> {
    pub fn new(mentions: &'m Mentions) -> Self {
        Self { mentions, before: Vec::new() }
    }

    /// The bindings of a sentence for percentages that are not `taken`; the sentence is kept for those that follow.
    pub fn bindings(&mut self, skeleton: &Skeleton, taken: &mut Vec<QuantityIx>, weighted: bool) -> Vec<Binding> {
        let mut bindings = Vec::new();
        for found in PATTERNS.iter().flat_map(|pattern| pattern.matches(skeleton)) {
            let (Some(part), Some(percentage)) = (found.quantity("part"), found.quantity("percentage")) else {
                continue;
            };
            if taken.contains(&percentage) || taken.contains(&part) {
                continue;
            }
            if let Some(binding) = self.binding(skeleton, part, percentage) {
                taken.push(percentage);
                let doubt = if weighted { "the percentages may be weighted" } else { UNNAMED };
                bindings.push(Binding { quote: found.range(), ..binding }.doubted(Some(doubt)));
            }
        }
        let leaf = self.mentions.sentences.get(skeleton.sentence).map_or(0, |sentence| sentence.leaf);
        self.before.push((leaf, skeleton.quantities().to_vec()));
        if self.before.len() > SENTENCES_BACK {
            self.before.remove(0);
        }
        bindings
    }

    fn binding(&self, skeleton: &Skeleton, part: QuantityIx, percentage: QuantityIx) -> Option<Binding> {
        let (count, stated) = (self.quantity(part)?, self.quantity(percentage)?);
        let fits = binding::is_whole(count) && stated.kind == QuantityKind::Percentage && binding::is_plain(stated);
        let wholes = self.wholes(skeleton, part, count);
        if !fits || wholes.is_empty() {
            return None;
        }
        let mut operands = vec![binding::count("count", count)?];
        for whole in &wholes {
            operands.push(binding::count("number that may be the whole", whole)?);
        }
        operands.push(binding::measured("stated percentage", stated)?);
        let quotient = |at: usize| Expression::call("/", [Expression::operand(0), Expression::operand(at)]);
        let mut binding = Binding::stated(operands, quotient(1), count.range.hull(stated.range));
        let others = wholes.iter().enumerate().skip(1);
        binding.formulas.extend(others.map(|(at, _)| ("another number as the whole".to_owned(), quotient(at + 1))));
        binding.operation = Operation::Implied;
        binding.approximate = count.approximate || stated.approximate;
        Some(binding)
    }

    /// The numbers that can be the whole, the nearest first: those before the count in its sentence, then those of the
    /// sentences before in the same paragraph.
    fn wholes(&self, skeleton: &Skeleton, part: QuantityIx, count: &Quantity) -> Vec<&'m Quantity> {
        let leaf = self.mentions.sentences.get(skeleton.sentence).map_or(0, |sentence| sentence.leaf);
        let own = skeleton.quantities().iter().rev().skip_while(|at| **at >= part);
        let earlier = self.before.iter().rev().filter(|(of, _)| *of == leaf).flat_map(|(_, list)| list.iter().rev());
        let mut wholes: Vec<&Quantity> = Vec::new();
        for whole in own.chain(earlier).take(4 * MOST_WHOLES).filter_map(|at| self.quantity(*at)) {
            let point = |quantity: &Quantity| quantity.single().map(crate::arithmetic::Printed::point);
            let known = wholes.iter().any(|known| point(known) == point(whole));
            if binding::is_whole(whole) && point(whole) > point(count) && !known && wholes.len() < MOST_WHOLES {
                wholes.push(whole);
            }
        }
        wholes
    }

    fn quantity(&self, at: QuantityIx) -> Option<&'m Quantity> {
        binding::quantity(self.mentions, at)
    }
}

/// Why a percentage that does not fit is left undecided.
const UNNAMED: &str = "the whole is not named beside the percentage";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(Pattern::is_valid));
    }
}
