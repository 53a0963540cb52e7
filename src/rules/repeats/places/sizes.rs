//! Sizes of the samples of tests, "χ²(1, N = 154)", that repeat a number of people of the text: "a sample of 154
//! participants".
//!
//! Only numbers of three digits that tell something are looked at: of less many groups and studies of a paper have the
//! same. A size that stands nowhere as a number of people may be that of a part of them, so none is held against the paper.

use std::collections::BTreeMap;

use crate::extract::{Mentions, Role, Standing, Statistic};

use super::claim::Claim;
use super::numbers::Digits;
use super::singles::{Single, singles};

/// How many digits of a size are no chance.
const DIGITS: usize = 3;

/// The claims of the sizes of tests.
pub(super) fn claims(mentions: &Mentions) -> Vec<Claim> {
    let subjects = &mentions.subjects;
    let mut people: BTreeMap<Digits, Vec<Single<'_>>> = BTreeMap::new();
    for single in singles(mentions, |standing| standing == Standing::Text) {
        if single.counts() && single.counts_persons(mentions) {
            people.entry(Digits::of(&single.member.printed)).or_default().push(single);
        }
    }
    let tests = subjects.list.iter().filter(|subject| {
        let text = matches!(subject.standing, Standing::Text | Standing::Caption);
        text && matches!(subject.statistic, Statistic::Test(_)) && !subjects.passage(subject).cites
    });
    tests
        .filter_map(|test| {
            let size = test.member(Role::Size).filter(|size| size.telling_digits() >= DIGITS)?;
            let own = subjects.passage(test);
            let counted = people.get(&Digits::of(&size.printed))?.iter().find(|single| {
                let other = subjects.passage(single.subject);
                other.sentence != own.sentence && !other.contrasts.contradict(&own.contrasts)
            })?;
            Some(Claim::of_members((test, size), (counted.subject, counted.member), None))
        })
        .collect()
}
