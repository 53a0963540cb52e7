//! Single numbers that stand a second time outside the abstract: the same digits, kind and unit in two sentences or
//! captions that say the same around them.
//!
//! Few digits meet by chance, so they need more words: what is counted has to be named in both places. A number that
//! differs is not looked for here, as nothing but the words would say that it is the same one.

use std::collections::BTreeMap;

use crate::arithmetic::Dimension;
use crate::document::{Block, BlockKind, SectionName, TextRange};
use crate::extract::{MemberValue, Mentions, Passage, QuantityKind, Standing, Statistic, Word, shared};
use crate::rules::RuleContext;

use super::claim::Claim;
use super::numbers::Digits;
use super::singles::{Single, all_singles};

/// In how many places a number may stand: what stands more often tells nothing.
const MOST_PLACES: usize = 24;
/// In how few places a number with its unit may stand to be a mark of one thing.
const FEW_PLACES: usize = 4;
/// How many words two numbers of one section share that are one.
const SAME_SECTION: usize = 5;
/// How many characters before a number can hold "(n = ", and behind it " confidence".
const LEAD: usize = 6;
const TAIL: usize = 12;

/// The claims of numbers that repeat an earlier one.
pub(super) fn claims(mentions: &Mentions, context: RuleContext<'_>) -> Vec<Claim> {
    let mut all = all_singles(mentions, |standing| matches!(standing, Standing::Text | Standing::Caption));
    all.retain(|single| !is_level(single.subject.range, context) && !is_reference(single.subject.range, context));
    let sections = sections(&context.document.blocks);
    for single in &mut all {
        if is_size(single.subject.range, context) {
            // What "(n = 48)" counts stands before it.
            single.noun = mentions.subjects.passage(single.subject).near(single.subject.range, 3, 0);
        }
    }
    let mut by_digits: BTreeMap<Digits, Vec<usize>> = BTreeMap::new();
    for (at, single) in all.iter().enumerate() {
        by_digits.entry(Digits::of(&single.member.printed)).or_default().push(at);
    }
    let mut claims = Vec::new();
    for places in by_digits.values().filter(|places| places.len() <= MOST_PLACES) {
        for (before, at) in places.iter().enumerate() {
            let later = &all[*at];
            let earlier = places[..before]
                .iter()
                .map(|at| &all[*at])
                .filter(|earlier| retells(later, earlier, &sections, places.len(), mentions));
            // Of places that fit alike the first one in the text is taken.
            let rank =
                |earlier: &&Single<'_>| (shared(&later.near, &earlier.near), std::cmp::Reverse(earlier.subject.range));
            if let Some(other) = earlier.max_by_key(rank) {
                claims.push(Claim::of_members((later.subject, later.member), (other.subject, other.member), None));
            }
        }
    }
    claims
}

/// Whether a number is printed as a size of a sample: "n = 48".
fn is_size(range: TextRange, context: RuleContext<'_>) -> bool {
    let before = TextRange { start: range.start.saturating_sub(LEAD), end: range.start };
    let lead = context.index.slice(&context.document.text, before).trim_end();
    let letters = lead.strip_suffix('=').map_or("", str::trim_end);
    letters.ends_with(['n', 'N']) && !letters[..letters.len() - 1].ends_with(char::is_alphanumeric)
}

/// Whether a percentage is the level of an interval: "95% CI".
fn is_level(range: TextRange, context: RuleContext<'_>) -> bool {
    let end = (range.end + TAIL).min(context.index.len());
    let behind = context.index.slice(&context.document.text, TextRange { start: range.end, end });
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
    ["CI", "CrI", "HDI", "HPD", "highest", "confiden", "Confiden", "credib", "interval"]
        .iter()
        .any(|word| behind.starts_with(word))
}

/// Whether a number stands behind an opening square bracket, as the number of a reference does, or is part of a name:
/// "22/10a", "SNAP-25".
fn is_reference(range: TextRange, context: RuleContext<'_>) -> bool {
    let text = |start: usize, end: usize| {
        context.index.slice(&context.document.text, TextRange { start, end: end.min(context.index.len()) })
    };
    let before = text(range.start.saturating_sub(2), range.start);
    before.trim_end().ends_with('[') || before.ends_with(['/', '-']) || text(range.end, range.end + 1) == "/"
}

/// The sections with their names, where they have one in common use; the outer ones first.
pub(super) fn sections(blocks: &[Block]) -> Vec<(TextRange, Option<SectionName>)> {
    let own = |block: &Block| {
        let section =
            (block.kind == BlockKind::Section || block.section.is_some()).then_some((block.range, block.section));
        section.into_iter().chain(sections(&block.children)).collect::<Vec<_>>()
    };
    blocks.iter().flat_map(own).collect()
}

/// Whether the two numbers stand in places that tell one thing each in its own way: sections of different names, or a
/// caption and the text. Within a section two sentences that are built alike mostly speak of two things: two steps of a
/// procedure, two experiments, two effects.
fn are_apart(later: &Single<'_>, earlier: &Single<'_>, sections: &[(TextRange, Option<SectionName>)]) -> bool {
    let of = |single: &Single<'_>| {
        let inside = sections.iter().rev().find(|(range, name)| name.is_some() && range.contains(single.subject.range));
        inside.and_then(|(_, name)| *name)
    };
    // A paper may name its chapters in its own way: "3 The tool", "4 The texts".
    let chapter = |single: &Single<'_>| sections.iter().find(|(range, _)| range.contains(single.subject.range));
    let (own, other) = (of(later), of(earlier));
    let printed = &later.member.printed;
    let whole = printed.decimals == 0 && !printed.negative && later.member.telling_digits() >= 2;
    let unnamed = whole
        && own.is_none()
        && other.is_none()
        && chapter(later).map(|(range, _)| range) != chapter(earlier).map(|(range, _)| range);
    later.subject.standing != earlier.subject.standing || own != other || unnamed
}

/// Whether two numbers of two paragraphs count the same by the words behind both and by more words around them.
fn says_alike(later: &Single<'_>, earlier: &Single<'_>, mentions: &Mentions) -> bool {
    let leaf = |single: &Single<'_>| {
        let sentence = mentions.subjects.passage(single.subject).sentence;
        mentions.sentences.get(sentence).map(|sentence| sentence.leaf)
    };
    let told = later.counts() && later.member.telling_digits() >= 2 && !later.is_in_list(mentions);
    told && leaf(later) != leaf(earlier)
        && shared(&later.noun, &earlier.noun) >= 2
        && shared(&later.near, &earlier.near) >= SAME_SECTION
}

/// Whether two numbers stand in the captions of two figures or tables.
fn in_two_captions(later: &Single<'_>, earlier: &Single<'_>, mentions: &Mentions) -> bool {
    let leaf = |single: &Single<'_>| {
        let sentence = mentions.subjects.passage(single.subject).sentence;
        mentions.sentences.get(sentence).map(|sentence| sentence.leaf)
    };
    let caption = |single: &Single<'_>| single.subject.standing == Standing::Caption;
    // "n = 3" stands under many figures, and so does the length of a bar.
    let scale = |single: &Single<'_>| Word::of("bar").is_some_and(|bar| single.near.contains(&bar));
    let telling = later.member.telling_digits() >= 2 && !scale(later) && !scale(earlier);
    telling && caption(later) && caption(earlier) && leaf(later) != leaf(earlier)
}

/// Whether a number has a unit that is no time or temperature: many steps of a procedure last as long, or are as warm.
fn has_telling_unit(single: &Single<'_>, mentions: &Mentions) -> bool {
    let MemberValue::Quantity(at) = single.member.value else { return false };
    let unit = mentions.quantities.get(at.0).and_then(|own| own.first().unit.as_ref());
    let common = [Dimension::ONE, Dimension::TIME, Dimension::TEMPERATURE];
    unit.is_some_and(|unit| !common.contains(&unit.unit.dimension))
}

/// Whether two numbers of the same digits are one.
fn retells(
    later: &Single<'_>,
    earlier: &Single<'_>,
    sections: &[(TextRange, Option<SectionName>)],
    places: usize,
    mentions: &Mentions,
) -> bool {
    let subjects = &mentions.subjects;
    let (own, other) = (subjects.passage(later.subject), subjects.passage(earlier.subject));
    let printed_alike = later.member.comparator == earlier.member.comparator
        && later.member.printed.negative == earlier.member.printed.negative
        && later.is_like(earlier, mentions);
    let digits = later.member.telling_digits();
    let captions = in_two_captions(later, earlier, mentions);
    // What another paper found may stand twice for another reason, and captions are built alike.
    let more = usize::from(own.cites || other.cites) + usize::from(captions && digits < 4);
    let less = usize::from(places <= FEW_PLACES && has_telling_unit(later, mentions));
    let listed = digits < 3 && (later.is_in_list(mentions) || earlier.is_in_list(mentions));
    printed_alike
        && !listed
        && (digits >= 4 || captions || are_apart(later, earlier, sections) || says_alike(later, earlier, mentions))
        && own.sentence != other.sentence
        && !is_one_place(own, other)
        && !own.contrasts.contradict(&other.contrasts)
        && say_the_same((later, earlier), digits, (more, less), mentions)
}

/// Whether the words around both are enough for so many digits, with so many `more` words or `less`.
fn say_the_same(
    (later, earlier): (&Single<'_>, &Single<'_>),
    digits: usize,
    (more, less): (usize, usize),
    mentions: &Mentions,
) -> bool {
    let near = shared(&later.near, &earlier.near);
    // "OP = .99" and "90%" stand beside many things of a paper.
    let few = match later.subject.statistic {
        Statistic::Single(QuantityKind::Percentage) => digits < 2,
        Statistic::Single(QuantityKind::Number) => later.member.printed.decimals > 0 && digits < 3,
        _ => false,
    };
    if few {
        return false;
    }
    if later.counts() {
        let named = shared(&later.noun, &earlier.noun);
        // Of a single digit the words behind both have to say more than what is counted.
        let both = || later.counts_persons(mentions) && earlier.counts_persons(mentions);
        // "230 respondents" and "230 people": three digits are no chance, though the last one may be a nought.
        let persons = digits >= 2 && later.member.digits() >= 3 && both();
        let told = named >= 1 || persons || counted(&later.noun, &earlier.near);
        let enough = if digits < 2 { named >= 2 } else { told };
        let needed = if persons { 0 } else { [4, 3, 2, 2, 1][digits.min(4)] };
        return enough && near >= needed + more;
    }
    near >= ([4, 4, 3, 2, 1][digits.min(4)] + more).saturating_sub(less).max(1)
}

/// Whether what one number counts is all named near the other.
fn counted(noun: &[Word], near: &[Word]) -> bool {
    !noun.is_empty() && shared(noun, near) == noun.len()
}

/// Whether the reader gives one sentence twice, as it may with captions and the text of tables.
pub(super) fn is_one_place(a: &Passage, b: &Passage) -> bool {
    a.words == b.words && a.run.len() == b.run.len()
}
