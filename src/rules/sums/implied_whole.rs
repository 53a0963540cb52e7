//! A percentage beside its count whose whole stands elsewhere: in the sentence or in one before it.
//!
//! Of the numbers that can be the whole, one of the things that the sentence names ("of these results") is tried first,
//! then one of the same things ("24 riders" of "180 riders") that is itself no part of another whole, then the nearest.
//! Counts of one sentence are taken as parts of one whole, which is no smaller than any of them. The other numbers are
//! open readings, and a percentage that fits none of them is left undecided: the text does not name its whole, so nothing
//! is held against it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::{Printed, Rational};
use crate::derive::{Expression, Operation};
use crate::extract::patterns::compile;
use crate::extract::{Mentions, Quantity, QuantityIx, QuantityKind};
use crate::rules::Skeleton;
use crate::rules::binding::{self, Binding};
use crate::rules::nouns::{Counted, Things, counted};
use crate::rules::pattern::{Match, Pattern};

use super::sized::{SIZE_OF, Sign};

/// How many sentences before its own a whole may stand, whatever it counts.
const NEAR: usize = 3;
/// How many sentences before its own a whole of the same things may stand.
const FAR: usize = 40;
/// How many numbers are tried.
const MOST_WHOLES: usize = 6;

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        // 12 patients (60%)
        r"‹part›…_\(‹percentage›_(?:\)|;|,)".to_owned(),
        // 60% (n = 12); 60% of the patients (n = 12)
        format!(r"‹percentage›(?P<of>…)_\({SIZE_OF}‹part›_\)"),
        // (56 patients, 73%; …)
        r"‹part›…[,;] ‹percentage›_(?:\)|;|,|\.)".to_owned(),
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// A group that the sentence takes from what was told before: "of these results", "the majority of the inconsistencies".
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:of|among|from)(?: (?:these|those|the|all|our|remaining|such)){1,3}(?P<things>(?: [\p{L}-]+){1,3})",
    )
});

/// What stands before a count that is a part of the count before it: "266 patients (88%), with 133 (50%) …". Behind one
/// stands "of those", "of these" or "of them".
static NESTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)(?:,? with|\bof (?:whom|which|these|those|them),?) $"));

/// The numbers of the sentences before.
#[derive(Debug)]
pub(super) struct ImpliedWhole<'m> {
    mentions: &'m Mentions,
    /// The quantities of the sentences before with what they count, each sentence with its paragraph.
    before: Vec<(usize, Vec<Counted>)>,
    /// Counts with a percentage of their own.
    parts: BTreeSet<QuantityIx>,
}

/// A count with its percentage, whose whole is sought.
struct Part<'f, 's> {
    found: &'f Match<'s>,
    count: QuantityIx,
    percentage: QuantityIx,
}

impl Part<'_, '_> {
    /// Where the count stands in the skeleton's text.
    fn start(&self, skeleton: &Skeleton) -> usize {
        let place = skeleton.text.char_indices().find(|(_, c)| skeleton.quantity(*c) == Some(self.count));
        place.map_or(0, |(byte, _)| byte)
    }

    /// What the count counts: the words behind it, or "60% of the riders (n = 12)".
    fn things(&self, here: &[Counted]) -> Things {
        let own = here.iter().find(|counted| counted.at == self.count).map(|counted| counted.things.clone());
        let own = own.filter(|things| things.head().is_some());
        let of = || self.found.words("of").map(|of| Things::of(past_articles(of))).filter(|of| of.head().is_some());
        // "50% (n = 60) of the participants".
        let behind = || Some(Things::of(past_articles(self.found.after())));
        own.or_else(of).or_else(behind).unwrap_or_default()
    }
}

/// The text behind "of the" and the like.
fn past_articles(text: &str) -> &str {
    let mut rest = text.trim_start();
    for word in ["of ", "all ", "the ", "these ", "those ", "our "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest
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
        // The numbers of other cells are no wholes: what a cell of a table is of is known by the grid.
        if self.mentions.sentences.get(skeleton.sentence).is_some_and(|sentence| sentence.cell.is_some()) {
            return Vec::new();
        }
        let matches: Vec<Match<'_>> = PATTERNS.iter().flat_map(|pattern| pattern.matches(skeleton)).collect();
        let mut parts: Vec<Part<'_, '_>> = Vec::new();
        for found in &matches {
            let (Some(count), Some(percentage)) = (found.quantity("part"), found.quantity("percentage")) else {
                continue;
            };
            let known = parts.iter().any(|part| part.percentage == percentage || part.percentage == count);
            let own = taken.contains(&percentage) || taken.contains(&count);
            if !known && !own && Sign::of(found, self.mentions) != Sign::Other && self.fits(count, percentage) {
                self.has_its_own(count);
                parts.push(Part { found, count, percentage });
            }
        }
        let least = parts.iter().filter_map(|part| self.point(part.count)).max();
        let here = counted(skeleton);
        let mut bindings = Vec::new();
        for part in &parts {
            let wholes = self.wholes(skeleton, &here, part, least.as_ref());
            if let Some(binding) = self.binding(part, &wholes) {
                taken.push(part.percentage);
                let sign = Sign::of(part.found, self.mentions);
                let doubt = if weighted { "the percentages may be weighted" } else { UNNAMED };
                let binding = Binding { quote: part.found.range(), ..binding };
                bindings.push(binding.doubted(sign.doubt()).doubted(Some(doubt)));
            }
        }
        self.before.push((self.leaf(skeleton), here));
        if self.before.len() > FAR {
            self.before.remove(0);
        }
        bindings
    }

    /// The paragraph of a sentence.
    fn leaf(&self, skeleton: &Skeleton) -> usize {
        self.mentions.sentences.get(skeleton.sentence).map_or(0, |sentence| sentence.leaf)
    }

    /// Whether these are a whole number and a percentage.
    fn fits(&self, count: QuantityIx, percentage: QuantityIx) -> bool {
        let (Some(count), Some(stated)) = (self.quantity(count), self.quantity(percentage)) else { return false };
        binding::is_whole(count) && stated.kind == QuantityKind::Percentage && binding::is_plain(stated)
    }

    fn binding(&self, part: &Part<'_, '_>, wholes: &[&'m Quantity]) -> Option<Binding> {
        let (count, stated) = (self.quantity(part.count)?, self.quantity(part.percentage)?);
        if wholes.is_empty() {
            return None;
        }
        let mut operands = vec![binding::count("count", count)?];
        for whole in wholes {
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

    /// The numbers that can be the whole, the likeliest first. None is smaller than `least`.
    fn wholes(
        &self,
        skeleton: &Skeleton,
        here: &[Counted],
        part: &Part<'_, '_>,
        least: Option<&Rational>,
    ) -> Vec<&'m Quantity> {
        let things = part.things(here);
        let named = named(skeleton, part);
        let after = part.found.after().trim_start();
        let nested = NESTED.iter().any(|nested| nested.is_match(&skeleton.text[..part.start(skeleton)]))
            || ["of those", "of these", "of them"].iter().any(|group| after.starts_with(group));
        let mut wholes: Vec<(Rank, &Quantity)> = Vec::new();
        for (candidate, near) in self.candidates(skeleton, here, part.count) {
            let Some(whole) = self.quantity(candidate.at).filter(|whole| binding::is_whole(whole)) else { continue };
            let point = whole.single().map(Printed::point);
            let larger = point > self.point(part.count) && (nested || point.as_ref() >= least);
            let known = wholes.iter().any(|(_, known)| known.single().map(Printed::point) == point);
            let same = things.are_among(&candidate.things);
            let is_named = named.iter().any(|group| group.are_among(&candidate.things));
            if larger && !known && (near || same || is_named) {
                let rank = Rank {
                    outer: !(nested && wholes.is_empty()),
                    unnamed: !is_named,
                    part: self.parts.contains(&candidate.at),
                    other: !same,
                };
                wholes.push((rank, whole));
            }
        }
        wholes.sort_by_key(|(rank, _)| *rank);
        wholes.truncate(MOST_WHOLES);
        wholes.into_iter().map(|(_, whole)| whole).collect()
    }

    /// The quantities before a count, the nearest first, with whether each is near enough to be its whole whatever it
    /// counts: in its sentence or in the last ones of its paragraph; at its paragraph's start, of the one before.
    fn candidates<'c>(
        &'c self,
        skeleton: &Skeleton,
        here: &'c [Counted],
        count: QuantityIx,
    ) -> impl Iterator<Item = (&'c Counted, bool)> {
        let leaf = self.leaf(skeleton);
        let first = self.before.last().is_none_or(|(last, _)| *last != leaf);
        let own = here.iter().rev().filter(move |counted| counted.at < count).map(|counted| (counted, true));
        let earlier = self.before.iter().rev().enumerate().flat_map(move |(back, (of, list))| {
            let near = back < NEAR && (*of == leaf || first);
            list.iter().rev().map(move |counted| (counted, near))
        });
        own.chain(earlier)
    }

    fn point(&self, at: QuantityIx) -> Option<Rational> {
        self.quantity(at)?.single().map(Printed::point)
    }

    fn quantity(&self, at: QuantityIx) -> Option<&'m Quantity> {
        binding::quantity(self.mentions, at)
    }
}

/// How likely a number is the whole; the least is the likeliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "each is one question, in the order of their weight")]
struct Rank {
    /// Not the count that the part is said to be taken of.
    outer: bool,
    unnamed: bool,
    part: bool,
    other: bool,
}

/// The groups that the sentence names before a count.
fn named(skeleton: &Skeleton, part: &Part<'_, '_>) -> Vec<Things> {
    let before = &skeleton.text[..part.start(skeleton)];
    let groups = NAMED.iter().flat_map(|named| named.captures_iter(before));
    groups.filter_map(|group| Some(Things::of(group.name("things")?.as_str()))).collect()
}

/// Why a percentage that does not fit is left undecided.
const UNNAMED: &str = "the whole is not named beside the percentage";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(Pattern::is_valid) && NAMED.is_some() && NESTED.is_some());
    }
}
