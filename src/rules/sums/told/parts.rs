//! Parts that a sentence lists, and their whole before them: "24 genes, 14 of one kind and 10 of another", "35 with the
//! drug (n = 35) or without (n = 11)" behind "46 patients".
//!
//! A list that happens to add up to a number before it is no flow: the whole stands right before the list, or the parts and
//! the whole are sizes of samples or people.

use std::sync::LazyLock;

use regex::Regex;

use crate::derive::Proposal;
use crate::extract::patterns::compile;
use crate::extract::{Mentions, QuantityIx};
use crate::rules::Skeleton;
use crate::rules::nouns::Things;

use super::{Told, are_near, counts, proposal};

/// The most parts of a whole.
const MOST_PARTS: usize = 9;
/// How many bytes stand between two parts of a list at most, and between a whole and its list.
const GAP: usize = 70;
const BEFORE: usize = 60;
/// How many sentences before a list its whole may stand, and how many paragraphs, as an abstract has short ones.
const BACK: usize = 4;
const LEAVES: usize = 2;
/// The least whole that is told in another sentence, or before a comma alone: small numbers meet by chance.
const LEAST: u64 = 10;

/// What stands between two parts of a list.
static JOINT: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"^[^.?!:]*(?:[,;/]|\b(?:and|or|plus|vs\.?|versus)\b|&)[^.?!:]*$"));
/// What stands between a whole and the list of its parts: the words that it counts, then a sign or a word that opens the list.
static OPENS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)^[^.?!;()]{0,60}(?:[:,(\[–—]|\b(?:into|including|comprising|covering|namely|comprised|were|was|consist\w*|of which|of whom|with)\b)\s*",
        r"(?:[(\[]?\s*(?:of|and|an?|by|consisting|specifically|including|comprising|covering|namely|i\.e\.,?|the|with|into|in|from|only|[\p{L}\d-]{1,20}:)\s*){0,3}$"
    ))
});
/// Words right before the parts of what is split.
static SPLIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:split|divided|separated|randomi[sz]ed|randomly assigned|allocated|classified|grouped)\b[^.?!]{0,24}\b(?:in|into|to)\s*$",
    )
});
/// Words by which what follows is taken from another whole, or is a comparison.
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:out of|aged?|years?|days?|weeks?|months?|hours?|minutes?|times?|more|less|fewer|per|each|every|chapter|study|experiment|item|figure|table|version|grade|stage|level|week|day|between|from|to|than)\b",
    )
});
/// Words for people and other cases of a sample.
const CASES: &[&str] = &[
    "participant",
    "patient",
    "subject",
    "individual",
    "respondent",
    "volunteer",
    "recipient",
    "person",
    "adult",
    "child",
    "student",
    "woman",
    "man",
    "girl",
    "boy",
    "infant",
    "adolescent",
    "mother",
    "sample",
    "control",
    "case",
    "animal",
    "mouse",
    "rat",
    "survivor",
    "couple",
    "employee",
    "athlete",
    "dog",
    "cat",
    "pig",
];

/// The parts of a list with the skeleton that they stand in.
struct List<'s> {
    skeleton: &'s Skeleton,
    parts: Vec<Told>,
}

/// The proposals of the sentences of a paper; `known` are the wholes that words have bound already.
pub(in crate::rules::sums) fn proposals(
    code: &str,
    skeletons: &[Skeleton],
    mentions: &Mentions,
    known: &dyn Fn(QuantityIx) -> bool,
) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    for (at, skeleton) in skeletons.iter().enumerate() {
        // What stands in a cell is known by the grid.
        if skeleton.quantities().len() < 2
            || mentions.sentences.get(skeleton.sentence).is_none_or(|sentence| sentence.cell.is_some())
        {
            continue;
        }
        let own = counts(skeleton, mentions);
        for list in lists(skeleton, &own) {
            let whole = before(&list, &own).or_else(|| {
                let start = at.saturating_sub(BACK);
                let earlier =
                    skeletons[start..at].iter().rev().filter(|before| are_near(before, skeleton, LEAVES, mentions));
                in_sentences(&list, &own, earlier, mentions)
            });
            let Some((whole, parts)) = whole.filter(|(whole, _)| !known(whole.at)) else { continue };
            let (first, last) = (parts[0].start, parts[parts.len() - 1].end);
            let quote = skeleton.range(first, last);
            found.extend(proposal(code, whole, parts, mentions, quote));
            break;
        }
    }
    found
}

/// The lists of a sentence, the longer ones first.
fn lists<'s>(skeleton: &'s Skeleton, own: &[Option<Told>]) -> Vec<List<'s>> {
    let text = skeleton.text.as_str();
    let joined = |a: &Told, b: &Told| {
        let between = &text[a.end..b.start];
        between.len() <= GAP && JOINT.as_ref().is_some_and(|joint| joint.is_match(between))
    };
    let mut found = Vec::new();
    for first in 0..own.len() {
        let mut parts: Vec<Told> = Vec::new();
        for told in &own[first..] {
            let Some(told) = told else { break };
            if parts.last().is_some_and(|last| !joined(last, told)) || parts.len() == MOST_PARTS || told.value == 0 {
                break;
            }
            parts.push(*told);
            if parts.len() >= 2 {
                found.push(List { skeleton, parts: parts.clone() });
            }
        }
    }
    // Sizes of samples in brackets, "(n = 11, p < .05) and 6.4 % in the others (n = 35)", may have other numbers between them.
    let sizes: Vec<Told> = own.iter().flatten().filter(|told| is_bracketed(skeleton, told)).copied().collect();
    if (2..=MOST_PARTS).contains(&sizes.len()) {
        found.push(List { skeleton, parts: sizes });
    }
    found.sort_by_key(|list| std::cmp::Reverse(list.parts.len()));
    found
}

/// Whether the numbers are those of an enumeration, "1) the lake, 2) the reef", or one of them tells the others once more:
/// "26 pairs; 13 of men, 13 of women".
fn is_enumerated(list: &List<'_>) -> bool {
    let text = list.skeleton.text.as_str();
    let numbered =
        |part: &Told| text[part.end..].starts_with([')', '.']) && !text[..part.start].trim_end().ends_with(['=', '(']);
    let nested = |(at, part): (usize, &Told)| {
        let others = &list.parts[at + 1..];
        others.len() >= 2 && sum(others) == part.value
    };
    list.parts.iter().any(numbered) || list.parts.iter().enumerate().any(nested)
}

fn sum(parts: &[Told]) -> u64 {
    parts.iter().map(|part| part.value).fold(0, u64::saturating_add)
}

/// Whether the words of a list say that it is of something else than parts.
fn is_other(list: &List<'_>) -> bool {
    let (from, to) = (list.parts[0].start, list.parts[list.parts.len() - 1].end);
    let behind = crate::rules::skeleton::head(&list.skeleton.text[to..], 16);
    let words = format!("{} {behind}", &list.skeleton.text[from..to]);
    OTHER.as_ref().is_none_or(|pattern| pattern.is_match(&words)) || is_enumerated(list)
}

/// The whole right before the list, to which its parts add up.
fn before<'l>(list: &'l List<'_>, own: &[Option<Told>]) -> Option<(Told, &'l [Told])> {
    let first = list.parts[0];
    let mut earlier = own.iter().flatten().rev().filter(|told| told.end <= first.start);
    // "292 people (142 women) were split into 146 and 146": what is split may stand further off.
    let lead = crate::rules::skeleton::tail(&list.skeleton.text[..first.start], 60);
    if SPLIT.as_ref().is_some_and(|pattern| pattern.is_match(lead)) && !is_other(list) {
        return earlier.find(|told| told.value == sum(&list.parts)).map(|whole| (*whole, list.parts.as_slice()));
    }
    let whole = earlier.next()?;
    let between = &list.skeleton.text[whole.end..first.start];
    let fits = whole.value == sum(&list.parts) && between.len() <= BEFORE && !is_other(list);
    let opens = OPENS.as_ref().is_some_and(|pattern| pattern.is_match(between));
    // "46 and 35 and 11" is one list, and so is "46, 35 and 11".
    let counted = Things::of(between).head().is_some();
    // "3 perch, 2 roach and 1 pike" are three things, which a comma alone does not tell from a whole with two parts.
    let open = between.trim_end().ends_with(',') && whole.value < LEAST;
    (fits && opens && counted && !open).then_some((*whole, list.parts.as_slice()))
}

/// Whether a number is told as the size of a sample: "(n = 35)".
fn is_bracketed(skeleton: &Skeleton, told: &Told) -> bool {
    let lead = skeleton.text[..told.start].trim_end();
    let letters = lead.strip_suffix('=').map_or("", str::trim_end);
    letters.ends_with(['n', 'N']) && !letters[..letters.len() - 1].ends_with(char::is_alphanumeric)
}

/// Whether a number is the size of a sample or counts people.
fn is_size(skeleton: &Skeleton, told: &Told) -> bool {
    let things = Things::of(&skeleton.text[told.end..]);
    is_bracketed(skeleton, told) || CASES.iter().any(|case| things.name(case))
}

/// The size of a sample in the sentences before, to which sizes of groups add up.
fn in_sentences<'l, 's>(
    list: &'l List<'_>,
    own: &[Option<Told>],
    earlier: impl Iterator<Item = &'s Skeleton>,
    mentions: &Mentions,
) -> Option<(Told, &'l [Told])> {
    let sized = list.parts.iter().all(|part| is_size(list.skeleton, part));
    let total = sum(&list.parts);
    if !sized || is_other(list) || total < LEAST {
        return None;
    }
    let here = own.iter().flatten().filter(|told| told.end <= list.parts[0].start);
    if let Some(whole) = here.rev().find(|told| told.value == total && is_size(list.skeleton, told)) {
        return Some((*whole, list.parts.as_slice()));
    }
    let mut earlier = earlier;
    earlier.find_map(|before| {
        let counts = counts(before, mentions);
        let whole = counts.iter().flatten().find(|told| told.value == total && is_size(before, told))?;
        Some((*whole, list.parts.as_slice()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(JOINT.is_some() && OPENS.is_some() && OTHER.is_some() && SPLIT.is_some());
    }
}
