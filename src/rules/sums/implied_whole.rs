//! A percentage beside its count whose whole stands elsewhere: in the sentence or one of the three before it.
//!
//! Of the numbers that can be the whole, one of the same things ("24 riders" of "180 riders") that is itself no part of
//! another whole is tried first, then the nearest. The others are open readings, and a percentage that fits
//! none of them is left undecided: the text does not name its whole, so nothing is held against it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::derive::{Expression, Operation};
use crate::extract::{Mentions, Quantity, QuantityIx, QuantityKind};
use crate::rules::Skeleton;
use crate::rules::binding::{self, Binding};
use crate::rules::pattern::Pattern;

/// How many sentences before its own a whole may stand.
const SENTENCES_BACK: usize = 3;
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
    /// The quantities of the last sentences with what they count, each sentence with its paragraph.
    before: Vec<(usize, Vec<Counted>)>,
    /// Counts with a percentage of their own.
    parts: BTreeSet<QuantityIx>,
}

/// A quantity with the word behind it, in the singular as far as a final "s" goes.
type Counted = (QuantityIx, String);

/// The quantities of a sentence with the words behind them.
fn counted(skeleton: &Skeleton) -> Vec<Counted> {
    let word = |rest: &str| {
        let word: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        word.to_lowercase().trim_end_matches('s').to_owned()
    };
    let places = skeleton.text.char_indices();
    places.filter_map(|(at, c)| Some((skeleton.quantity(c)?, word(&skeleton.text[at + c.len_utf8()..])))).collect()
}

impl<'m> ImpliedWhole<'m> {
    pub fn new(mentions: &'m Mentions) -> Self {
        Self { mentions, before: Vec::new(), parts: BTreeSet::new() }
    }

    /// Says that a count has a whole and a percentage of its own, so that it is hardly the whole of another.
    pub fn has_its_own(&mut self, part: QuantityIx) {
        self.parts.insert(part);
    }

    /// The bindings of a sentence for percentages that are not `taken`; the sentence is kept for those that follow.
    pub fn bindings(&mut self, skeleton: &Skeleton, taken: &mut Vec<QuantityIx>, weighted: bool) -> Vec<Binding> {
        let mut bindings = Vec::new();
        let sentence = self.mentions.sentences.get(skeleton.sentence);
        // The numbers of other cells are no wholes: what a cell of a table is of is known by the grid.
        if sentence.is_some_and(|sentence| sentence.cell.is_some()) {
            return bindings;
        }
        for found in PATTERNS.iter().flat_map(|pattern| pattern.matches(skeleton)) {
            let (Some(part), Some(percentage)) = (found.quantity("part"), found.quantity("percentage")) else {
                continue;
            };
            if taken.contains(&percentage) || taken.contains(&part) {
                continue;
            }
            self.has_its_own(part);
            if let Some(binding) = self.binding(skeleton, part, percentage) {
                taken.push(percentage);
                let doubt = if weighted { "the percentages may be weighted" } else { UNNAMED };
                bindings.push(Binding { quote: found.range(), ..binding }.doubted(Some(doubt)));
            }
        }
        let leaf = self.mentions.sentences.get(skeleton.sentence).map_or(0, |sentence| sentence.leaf);
        self.before.push((leaf, counted(skeleton)));
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

    /// The numbers that can be the whole, the likeliest first: of those before the count in its sentence and in the
    /// sentences before in the same paragraph, the ones of the same things that are no parts, then the nearest.
    fn wholes(&self, skeleton: &Skeleton, part: QuantityIx, count: &Quantity) -> Vec<&'m Quantity> {
        let leaf = self.mentions.sentences.get(skeleton.sentence).map_or(0, |sentence| sentence.leaf);
        let here = counted(skeleton);
        let thing = here.iter().find(|(at, _)| *at == part).map_or("", |(_, thing)| thing.as_str());
        let own = here.iter().rev().filter(|(at, _)| *at < part);
        let earlier = self.before.iter().rev().filter(|(of, _)| *of == leaf).flat_map(|(_, list)| list.iter().rev());
        let point = |quantity: &Quantity| quantity.single().map(crate::arithmetic::Printed::point);
        let mut wholes: Vec<(bool, bool, &Quantity)> = Vec::new();
        for (at, of) in own.chain(earlier).take(4 * MOST_WHOLES) {
            let Some(whole) = self.quantity(*at) else { continue };
            let known = wholes.iter().any(|(_, _, known)| point(known) == point(whole));
            if binding::is_whole(whole) && point(whole) > point(count) && !known {
                wholes.push((self.parts.contains(at), thing.is_empty() || of != thing, whole));
            }
        }
        wholes.sort_by_key(|(part, other, _)| (*part, *other));
        wholes.truncate(MOST_WHOLES);
        wholes.into_iter().map(|(_, _, whole)| whole).collect()
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
