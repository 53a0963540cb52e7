//! Single numbers of the abstract that the text gives again: the same digits, kind and unit with the same words around.
//!
//! A number of the abstract is held against the text only where it stands nowhere in the text, the text has a number of
//! the same words that is one slip away, and that number stands nowhere in the abstract.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::derive::Operation;
use crate::document::TextRange;
use crate::extract::{
    Likeness, Member, MemberValue, Mentions, QuantityKind, Role, Slip, Standing, Statistic, Subject, Word, shared,
};

use super::claim::{Claim, Meeting};
use super::numbers::{Digits, Numbers};

/// How many words before and behind a number are near it.
const BEFORE: usize = 8;
const BEHIND: usize = 5;
/// How many words behind a number name what it counts, and may name people.
const NOUN: usize = 3;
const PEOPLE: usize = 5;
/// The most numbers of an abstract and of a text that are looked at.
const MOST_STATED: usize = 80;
const MOST_OTHERS: usize = 4_000;

/// Words for people, in the singular: of one number of them all count the same.
static PERSONS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let words = "participant patient subject individual respondent volunteer recipient people person adult child children \
                 student woman women man men girl boy infant adolescent mother enrollee";
    words.split_whitespace().filter_map(Word::of).collect()
});

/// A number of running text with the words near it.
pub(super) struct Single<'m> {
    pub subject: &'m Subject,
    pub member: &'m Member,
    pub near: Vec<Word>,
    /// The words behind it, which name what it counts.
    pub noun: Vec<Word>,
}

/// The claims of the numbers of the abstract.
pub(super) fn claims(mentions: &Mentions) -> Vec<Claim> {
    let of = |standing: Standing, most: usize| {
        let mut found = singles(mentions, |own| own == standing);
        found.retain(|single| single.member.digits() >= 2 && !single.is_in_list(mentions));
        found.truncate(most);
        found
    };
    let stated = of(Standing::Abstract, MOST_STATED);
    if stated.is_empty() {
        return Vec::new();
    }
    let others = of(Standing::Text, MOST_OTHERS);
    let means = means(mentions);
    let mut by_digits: BTreeMap<Digits, Vec<usize>> = BTreeMap::new();
    for (at, other) in others.iter().enumerate() {
        by_digits.entry(Digits::of(&other.member.printed)).or_default().push(at);
    }
    let mut numbers = None;
    let mut claims = Vec::new();
    for own in &stated {
        let same = by_digits.get(&Digits::of(&own.member.printed)).map_or(&[][..], Vec::as_slice);
        let found = best(own, same.iter().map(|at| &others[*at]), own.words_needed(), mentions)
            .or_else(|| mean_of(own, &means, mentions))
            .or_else(|| best(own, others.iter().filter(|other| own.rounds_with(other)), 2, mentions));
        if let Some(other) = found {
            claims.push(Claim::of_members((own.subject, own.member), (other.subject, other.member), None));
        } else if own.member.digits() >= 3 && same.is_empty() && !own.is_approximate(mentions) {
            let numbers = numbers.get_or_insert_with(|| Numbers::of(mentions));
            claims.extend(mistyped(own, &others, numbers, mentions));
        }
    }
    claims
}

/// The numbers of such places that belong to no group, in the order of the text, without those of other papers.
pub(super) fn singles(mentions: &Mentions, stands: impl Fn(Standing) -> bool) -> Vec<Single<'_>> {
    let mut found = all_singles(mentions, stands);
    found.retain(|single| !mentions.subjects.passage(single.subject).cites);
    found
}

/// These and those of sentences that name other papers.
pub(super) fn all_singles(mentions: &Mentions, stands: impl Fn(Standing) -> bool) -> Vec<Single<'_>> {
    let subjects = &mentions.subjects;
    let of = subjects
        .list
        .iter()
        .filter(|subject| matches!(subject.statistic, Statistic::Single(_)) && stands(subject.standing));
    of.filter_map(|subject| {
        let passage = subjects.passage(subject);
        let near = passage.near(subject.range, BEFORE, BEHIND);
        Some(Single { subject, member: subject.members.first()?, near, noun: passage.near(subject.range, 0, NOUN) })
    })
    .collect()
}

/// The means of the text that have a spread, each without it.
fn means(mentions: &Mentions) -> Vec<Single<'_>> {
    let subjects = &mentions.subjects;
    let of = subjects.list.iter().filter(|subject| {
        let mean = matches!(subject.statistic, Statistic::Mean(_)) && subject.standing == Standing::Text;
        mean && !subjects.passage(subject).cites
    });
    of.filter_map(|subject| {
        let near = subjects.passage(subject).near(subject.range, BEFORE, BEHIND);
        Some(Single { subject, member: subject.member(Role::Value)?, near, noun: Vec::new() })
    })
    .take(MOST_OTHERS)
    .collect()
}

/// The mean with the same digits and unit that shares the most words with a number.
fn mean_of<'o, 'm>(own: &Single<'_>, means: &'o [Single<'m>], mentions: &Mentions) -> Option<&'o Single<'m>> {
    let subjects = &mentions.subjects;
    let unit = match own.member.value {
        MemberValue::Quantity(at) => mentions.quantities.get(at.0).and_then(|own| own.first().unit.as_ref()),
        MemberValue::Reported(_) => None,
    };
    let fits = |mean: &&Single<'m>| {
        let same = match (unit, &mean.subject.unit) {
            (Some(a), Some(b)) => a.unit.same_measure(b),
            (None, None) => true,
            _ => false,
        };
        let contrasts = |single: &Single<'_>| &subjects.passage(single.subject).contrasts;
        same && mean.member.compare(own.member) == Likeness::Identical
            && shared(&own.near, &mean.near) >= own.words_needed()
            && !contrasts(own).contradict(contrasts(mean))
    };
    // Of means that fit alike the first one in the text is taken.
    means.iter().filter(fits).max_by_key(|mean| (shared(&own.near, &mean.near), std::cmp::Reverse(mean.subject.range)))
}

impl Single<'_> {
    /// Whether the words behind it, or before it where it is a size of a sample, are of people.
    pub fn counts_persons(&self, mentions: &Mentions) -> bool {
        let behind = mentions.subjects.passage(self.subject).near(self.subject.range, 0, PEOPLE);
        PERSONS.iter().any(|word| behind.contains(word) || self.noun.contains(word))
    }

    /// Whether it is one of a list, whose words belong to all of them.
    pub fn is_in_list(&self, mentions: &Mentions) -> bool {
        match &self.member.value {
            MemberValue::Quantity(at) => mentions.quantities.get(at.0).is_none_or(|quantity| quantity.list.is_some()),
            MemberValue::Reported(_) => false,
        }
    }

    /// Whether "about" or the like stands by.
    fn is_approximate(&self, mentions: &Mentions) -> bool {
        match &self.member.value {
            MemberValue::Quantity(at) => mentions.quantities.get(at.0).is_none_or(|quantity| quantity.approximate),
            MemberValue::Reported(_) => false,
        }
    }

    /// Whether it counts things or is a number without a unit.
    pub fn counts(&self) -> bool {
        matches!(self.subject.statistic, Statistic::Single(QuantityKind::Count | QuantityKind::Number))
    }

    /// How many near words must be shared with a number of the same digits: few digits may meet by chance.
    fn words_needed(&self) -> usize {
        if self.member.digits() >= 3 { 1 } else { 2 }
    }

    /// Whether one of the two can be the other rounded.
    fn rounds_with(&self, other: &Self) -> bool {
        let digits = |single: &Self| single.member.printed.significant_digits().as_bytes().first().copied();
        self.member.digits() >= 2
            && digits(self) == digits(other)
            && shared(&self.near, &other.near) >= 2
            && self.member.compare(other.member) == Likeness::Meets
    }

    /// Whether the words behind both do not name different things.
    fn counts_like(&self, other: &Self, mentions: &Mentions) -> bool {
        let said = !self.noun.is_empty() && !other.noun.is_empty() && self.counts();
        let persons =
            || self.member.telling_digits() >= 3 && self.counts_persons(mentions) && other.counts_persons(mentions);
        !said || shared(&self.noun, &other.noun) >= 1 || persons()
    }

    /// Whether both are of one kind and have one unit.
    pub fn is_like(&self, other: &Self, mentions: &Mentions) -> bool {
        let kind = |single: &Self| match single.subject.statistic {
            // A number of things may be told without them.
            Statistic::Single(QuantityKind::Count) => Some(QuantityKind::Number),
            Statistic::Single(kind) => Some(kind),
            _ => None,
        };
        kind(self) == kind(other) && same_unit(self.member, other.member, mentions)
    }
}

/// Whether two numbers have units of the same size, or none.
fn same_unit(a: &Member, b: &Member, mentions: &Mentions) -> bool {
    let unit = |member: &Member| match &member.value {
        MemberValue::Quantity(at) => mentions.quantities.get(at.0).and_then(|own| own.first().unit.as_ref()),
        MemberValue::Reported(_) => None,
    };
    match (unit(a), unit(b)) {
        (Some(a), Some(b)) => a.unit.same_measure(&b.unit),
        (None, None) => true,
        _ => false,
    }
}

/// The number with the most words in common, the first of those that have as many.
fn best<'o, 'm>(
    own: &Single<'_>,
    others: impl Iterator<Item = &'o Single<'m>>,
    needed: usize,
    mentions: &Mentions,
) -> Option<&'o Single<'m>>
where
    'm: 'o,
{
    let mut found: Option<(usize, &Single<'_>)> = None;
    for other in others.filter(|other| own.is_like(other, mentions)) {
        let words = shared(&own.near, &other.near);
        if words >= needed && own.counts_like(other, mentions) && found.as_ref().is_none_or(|(most, _)| words > *most) {
            found = Some((words, other));
        }
    }
    found.map(|(_, other)| other)
}

/// The claim of a number that stands nowhere in the text while one number of the same words is a slip away.
fn mistyped(own: &Single<'_>, others: &[Single<'_>], numbers: &Numbers, mentions: &Mentions) -> Option<Claim> {
    let subjects = &mentions.subjects;
    let contrasts = |single: &Single<'_>| &subjects.passage(single.subject).contrasts;
    let fits = |other: &&Single<'_>| {
        let slip = Slip::between(&own.member.printed, &other.member.printed);
        // "19 novel of them" is no slip of 519: with few digits one of the two may well be something else.
        slip.is_some_and(Slip::is_sharp)
            && other.member.digits() >= 3
            && own.member.comparator == other.member.comparator
            && shared(&own.near, &other.near) >= 3
            && shared(&own.noun, &other.noun) >= 1
            && own.is_like(other, mentions)
            && !other.is_approximate(mentions)
            && !contrasts(own).contradict(contrasts(other))
    };
    let mut fitting = others.iter().filter(fits);
    let other = fitting.next()?;
    if fitting.any(|third| third.member.compare(other.member) != Likeness::Identical) {
        return None;
    }
    let in_abstract = |range: TextRange| {
        subjects.list.iter().any(|subject| subject.standing == Standing::Abstract && subject.range.overlaps(range))
    };
    let elsewhere = numbers.print_as(&own.member.printed, |range| !in_abstract(range));
    let in_both = numbers.print_as(&other.member.printed, in_abstract);
    let claim = Claim::of_members((own.subject, own.member), (other.subject, other.member), None);
    // Words alone tell that the two are one.
    let claim = Claim { operation: Operation::Likely, ..claim };
    (!elsewhere && !in_both && Meeting::of(own.subject.standing, other.subject.standing).is_some()).then_some(claim)
}
