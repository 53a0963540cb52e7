//! Two sentences that share a long number and differ in the one beside it: "26,837 sites in 14,512 genes" and "26,837 sites
//! over 14,152 genes".
//!
//! The long number shows that both speak of one thing. The number beside it is held against the paper only where both
//! count the same, one is a slip away from the other, and neither stands a second time.

use std::collections::BTreeMap;

use crate::document::TextRange;
use crate::extract::{Mentions, Slip, Standing, shared};

use super::claim::Claim;
use super::numbers::{Digits, Numbers};
use super::retold::is_one_place;
use super::singles::{Single, singles};

/// How many telling digits the shared number has, and the numbers that differ.
const ANCHOR: usize = 4;
const BESIDE: usize = 3;
/// How many characters from the shared number the other one may stand.
const REACH: usize = 80;
/// In how many places the shared number may stand.
const MOST_PLACES: usize = 8;

/// The claims of numbers beside shared ones.
pub(super) fn claims(mentions: &Mentions) -> Vec<Claim> {
    let all = singles(mentions, |standing| !matches!(standing, Standing::Cell(_)));
    let mut by_digits: BTreeMap<Digits, Vec<usize>> = BTreeMap::new();
    for (at, single) in all.iter().enumerate().filter(|(_, single)| single.member.telling_digits() >= ANCHOR) {
        by_digits.entry(Digits::of(&single.member.printed)).or_default().push(at);
    }
    let mut numbers = None;
    let mut claims = Vec::new();
    for places in by_digits.values().filter(|places| places.len() <= MOST_PLACES) {
        for (before, at) in places.iter().enumerate() {
            for earlier in &places[..before] {
                if let Some((own, other)) = beside(&all, *at, *earlier, mentions) {
                    let numbers = numbers.get_or_insert_with(|| Numbers::of(mentions));
                    let alone = |single: &Single<'_>| {
                        let elsewhere = |range: TextRange| !range.overlaps(single.subject.range);
                        !numbers.print_as(&single.member.printed, elsewhere)
                    };
                    if alone(own) && alone(other) {
                        claims.push(Claim::of_members((own.subject, own.member), (other.subject, other.member), None));
                    }
                }
            }
        }
    }
    claims
}

/// The numbers beside two printings of one number, where they are one thing and a slip apart.
fn beside<'s, 'm>(
    all: &'s [Single<'m>],
    later: usize,
    earlier: usize,
    mentions: &Mentions,
) -> Option<(&'s Single<'m>, &'s Single<'m>)> {
    let subjects = &mentions.subjects;
    let (a, b) = (&all[later], &all[earlier]);
    let (own, other) = (subjects.passage(a.subject), subjects.passage(b.subject));
    let one = a.is_like(b, mentions)
        && own.sentence != other.sentence
        && !is_one_place(own, other)
        && !own.contrasts.contradict(&other.contrasts)
        && shared(&a.near, &b.near) >= 1;
    if !one {
        return None;
    }
    let near = |anchor: usize| {
        let of = &all[anchor];
        all.iter().enumerate().filter(move |(at, single)| {
            let gap = single.subject.range.start.saturating_sub(of.subject.range.end);
            *at != anchor
                && single.subject.passage == of.subject.passage
                && single.subject.range.start >= of.subject.range.end
                && gap <= REACH
                && single.counts()
                && single.member.telling_digits() >= BESIDE
        })
    };
    let (mut first, mut second) = (near(later), near(earlier));
    // A single number behind each of them, so that nothing has to be chosen.
    let (Some((_, own)), None, Some((_, other)), None) = (first.next(), first.next(), second.next(), second.next())
    else {
        return None;
    };
    let slip = Slip::between(&own.member.printed, &other.member.printed).is_some_and(Slip::is_sharp);
    let same = own.member.comparator == other.member.comparator && own.is_like(other, mentions);
    let noun = |single: &Single<'m>| subjects.passage(single.subject).near(single.subject.range, 0, 1);
    (slip && same && shared(&noun(own), &noun(other)) == 1).then_some((own, other))
}
