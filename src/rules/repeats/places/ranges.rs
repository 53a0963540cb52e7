//! Ranges that stand twice: "men aged 40–79 years" in the abstract and "men aged 40–79 years were recruited" in the text.
//!
//! Both ends have to be printed alike. Two numbers in one order meet by chance less often than one, so a range needs fewer
//! words than they would; but steps of a procedure last as long, or are as warm, in many places. A range that differs is
//! not looked for here: nothing but the words would say that it is the same one.

use std::collections::BTreeMap;

use crate::arithmetic::Dimension;
use crate::document::{SectionName, TextRange};
use crate::extract::{Comparator, Contrasts, Member, Mentions, Role, Standing, Statistic, Subject, Word, shared};
use crate::rules::RuleContext;

use super::claim::{Claim, Meeting};
use super::grid::{BEFORE, BEHIND};
use super::numbers::Digits;
use super::retold::{is_one_place, sections};

/// In how many places a range may stand: what stands more often tells nothing.
const MOST_PLACES: usize = 12;
/// How many telling digits both ends have together where other papers, groups and times are no reason to doubt.
const MANY_DIGITS: usize = 7;
/// The fewest digits of a range without a unit.
const FEWEST_DIGITS: usize = 3;

/// A range outside tables.
struct Range<'m> {
    subject: &'m Subject,
    near: Vec<Word>,
    digits: usize,
}

/// The claims of the ranges whose places meet so.
pub(super) fn claims(mentions: &Mentions, meeting: Meeting, context: RuleContext<'_>) -> Vec<Claim> {
    let sections = sections(&context.document.blocks);
    let mut by_ends: BTreeMap<(Digits, Digits), Vec<Range<'_>>> = BTreeMap::new();
    for subject in &mentions.subjects.list {
        if subject.statistic == Statistic::Range
            && !matches!(subject.standing, Standing::Cell(_))
            && let Some((low, high)) = subject.member(Role::Low).zip(subject.member(Role::High))
            && low.comparator == Comparator::Equal
            && is_plain(low)
            && is_plain(high)
        {
            let near = mentions.subjects.passage(subject).near(subject.range, BEFORE, BEHIND);
            let range = Range { subject, near, digits: low.telling_digits() + high.telling_digits() };
            by_ends.entry((Digits::of(&low.printed), Digits::of(&high.printed))).or_default().push(range);
        }
    }
    let mut claims = Vec::new();
    for places in by_ends.values().filter(|places| places.len() <= MOST_PLACES) {
        for (at, later) in places.iter().enumerate() {
            let earlier = places[..at].iter().filter(|earlier| are_one(later, earlier, &sections, mentions));
            // Of places that fit alike the first one in the text is taken.
            let rank =
                |earlier: &&Range<'_>| (shared(&later.near, &earlier.near), std::cmp::Reverse(earlier.subject.range));
            let Some(earlier) = earlier.max_by_key(rank) else { continue };
            let Some((own, in_order)) = Meeting::of(later.subject.standing, earlier.subject.standing) else { continue };
            let (stated, other) = if in_order { (later, earlier) } else { (earlier, later) };
            // Two places of one kind are told in their order: the later one repeats the earlier.
            let (stated, other) = if own == Meeting::Elsewhere { (later, earlier) } else { (stated, other) };
            if own == meeting {
                let of = |role: Role| {
                    let members = stated.subject.member(role).zip(other.subject.member(role));
                    members.map(|(own, its)| Claim::of_members((stated.subject, own), (other.subject, its), None))
                };
                claims.extend([of(Role::Low), of(Role::High)].into_iter().flatten());
            }
        }
    }
    claims
}

/// Whether two ranges with the same ends are one.
fn are_one(
    later: &Range<'_>,
    earlier: &Range<'_>,
    sections: &[(TextRange, Option<SectionName>)],
    mentions: &Mentions,
) -> bool {
    let subjects = &mentions.subjects;
    let (own, other) = (subjects.passage(later.subject), subjects.passage(earlier.subject));
    let alike = [Role::Low, Role::High].into_iter().all(|role| {
        let members = later.subject.member(role).zip(earlier.subject.member(role));
        members.is_some_and(|(a, b)| a.printed.negative == b.printed.negative && a.comparator == b.comparator)
    });
    let contradict = |a: &Contrasts, b: &Contrasts| a.contradict(b);
    let many = later.digits >= MANY_DIGITS;
    alike
        && same_unit(later.subject, earlier.subject)
        && own.sentence != other.sentence
        && (many || !is_common(later) || are_apart(later, earlier, sections))
        && (later.subject.standing != earlier.subject.standing || !is_one_place(own, other))
        && (many || !contradict(&own.contrasts, &other.contrasts))
        && shared(&later.near, &earlier.near) >= needed(later, many || !(own.cites || other.cites))
}

/// Whether the numbers are printed with digits alone: "0k-1" of a formula is no range.
fn is_plain(member: &Member) -> bool {
    member.printed.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | '·'))
}

/// Whether the text tells both in places that tell one thing each in its own way: two samples of one paper may well have
/// scores from 1 to 16.
fn are_apart(later: &Range<'_>, earlier: &Range<'_>, sections: &[(TextRange, Option<SectionName>)]) -> bool {
    let of = |own: &Range<'_>| {
        let mut inside = sections.iter().rev().filter(|(range, _)| range.contains(own.subject.range));
        inside.find_map(|(_, name)| *name)
    };
    later.subject.standing != earlier.subject.standing || of(later) != of(earlier)
}

/// Whether a range has no unit, or one that many ranges of a paper have.
fn is_common(range: &Range<'_>) -> bool {
    let common = [Dimension::ONE, Dimension::TIME, Dimension::TEMPERATURE];
    range.subject.unit.as_ref().is_none_or(|unit| common.contains(&unit.dimension))
}

/// How many words around a range have to stand around the other one too.
fn needed(range: &Range<'_>, is_own: bool) -> usize {
    let common = is_common(range);
    let few = match range.digits {
        digits if digits < FEWEST_DIGITS && common => return usize::MAX,
        // As many digits with a unit are no chance: the text may well say it in other words than the abstract.
        digits if digits >= MANY_DIGITS && range.subject.unit.is_some() => return 0,
        0..=2 => 3,
        3 | 4 => 2,
        _ => 1,
    };
    few + usize::from(common) + usize::from(!is_own)
}

/// Whether both have one unit, or none.
fn same_unit(a: &Subject, b: &Subject) -> bool {
    match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a.same_measure(b),
        (None, None) => true,
        _ => false,
    }
}
