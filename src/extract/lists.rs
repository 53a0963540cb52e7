//! Printed lists: "10, 20 and 30 mg" is three quantities of one unit.

use crate::document::VariationCause;

use super::candidate::{Candidate, Shape};
use super::number::NumberReading;
use super::pairs::same_unit;
use super::source::Source;

/// What stands between two members of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A comma or semicolon.
    Comma,
    /// "and", "or", with or without a comma.
    Last,
}

/// Gives the members of each printed list of a sentence one list number, counted on from `next`, and members without a
/// unit that of the last member. Gives the next free number.
pub(super) fn join(source: &Source<'_>, candidates: &mut [Candidate], next: usize) -> usize {
    let mut free = next;
    let mut at = 0;
    while at < candidates.len() {
        let (last, closed) = extent(source, candidates, at);
        if last > at {
            let members = &mut candidates[at..=last];
            part_joined(members);
            let between = source.window(members[0].range.end, members[1].range.start).trim();
            // "4 of 26, or 15 per cent" says the same in other words: two things are not parted by a comma and "or".
            let restated = members.len() == 2 && between.starts_with([',', ';']);
            if (closed && !restated) || members.len() > 2 {
                share(members, free);
                free += 1;
            }
        }
        at = last + 1;
    }
    free
}

/// The last member of the list that starts at `first`, and whether "and" or "or" closes it.
fn extent(source: &Source<'_>, candidates: &[Candidate], first: usize) -> (usize, bool) {
    let mut last = first;
    while let Some(next) = candidates.get(last + 1) {
        let between = source.window(candidates[last].range.end, next.range.start);
        let Some(joint) = joint(between) else { break };
        let alike = match (&candidates[last].unit, &next.unit) {
            (Some(a), Some(b)) => same_unit(a, b),
            (Some(_), None) => false,
            _ => true,
        };
        if !alike || candidates[last].sentence != next.sentence {
            break;
        }
        last += 1;
        if joint == Joint::Last {
            return (last, true);
        }
        if candidates[last - 1].unit.is_none() && next.unit.is_some() {
            break;
        }
    }
    (last, false)
}

fn joint(between: &str) -> Option<Joint> {
    Some(match between.trim() {
        "," | ";" => Joint::Comma,
        "and" | "or" | "&" | ", and" | ", or" | "and/or" | ",and" | "; and" | "and the" | "or the" => Joint::Last,
        _ => return None,
    })
}

/// "412,388 and 275 kcal", joined over a line end: in a list of short numbers the joined number is most likely two, so
/// that reading comes first.
fn part_joined(members: &mut [Candidate]) {
    let short = |candidate: &Candidate| {
        let printed = candidate.value().first();
        printed.digits.len() <= usize::try_from(printed.decimals).unwrap_or(0) + 3
    };
    let long = members.iter().filter(|member| !short(member)).count();
    for member in members.iter_mut() {
        let others = long == usize::from(!short(member));
        let Shape::Single(number) = &mut member.shape else { continue };
        let apart = |reading: &NumberReading| {
            reading.edits.iter().any(|edit| edit.cause == VariationCause::JoinedNumber && edit.instead.contains(' '))
        };
        if let Some(place) = number.readings.iter().position(apart).filter(|place| others && *place > 0) {
            let reading = number.readings.remove(place);
            number.readings.insert(0, reading);
        }
    }
}

/// Marks the members and lets those without a unit inherit the last one's.
fn share(members: &mut [Candidate], list: usize) {
    let unit = members.last().and_then(|last| last.unit.clone());
    let two = members.len() == 2;
    for member in members.iter_mut() {
        member.list = Some(list);
        if member.unit.is_some() {
            continue;
        }
        if let Some(unit) = &unit {
            let mut inherited = unit.clone();
            inherited.range.start = member.range.end;
            inherited.range.end = member.range.end;
            member.unit = Some(inherited);
            // "of 5 and 10 mg": two numbers may also be of two things.
            member.doubtful_unit = two || matches!(member.shape, Shape::Single(ref n) if n.words);
        }
    }
}
