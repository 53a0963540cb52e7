//! Values that a passage takes without printing them: what the paper defines elsewhere, reached by its noun, and what has a
//! source, reached by its name.
//!
//! Such a value has no place of its own in the passage; it stands where the passage names it. What is taken
//! for a target is limited by count, and every program over it is counted into E.

mod definitions;
mod known;
mod pieces;

use std::collections::BTreeMap;

use crate::document::{Document, TextIndex, TextRange};
use crate::extract::Mentions;

use super::scene::stem_of;
use super::values::Values;
use super::window::{Candidate, Source, is_prose};

use definitions::{Definition, Givens};
use known::Cues;
pub use known::Known;
#[cfg(test)]
pub use known::molar_masses;
use pieces::{Piece, Placed, pieces};

/// How many words may stand between a number and the word for what it counts.
const MOST_BETWEEN: usize = 3;

/// How many such values a window takes: those that are named nearest to the target.
const MOST: usize = 6;

/// What the sentences of a paper name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beyond {
    definitions: Vec<Definition>,
    /// By sentence, with the word.
    named: BTreeMap<usize, Vec<(usize, TextRange)>>,
    /// By sentence, with the places of its pieces.
    cues: BTreeMap<usize, (Cues, Vec<TextRange>)>,
}

impl Beyond {
    /// Looks for definitions, and for what names them.
    pub fn of(document: &Document, index: &TextIndex, mentions: &Mentions, values: &Values) -> Self {
        let prose = (0..mentions.sentences.len()).filter(|at| is_prose(&mentions.sentences[*at]));
        let sentences: Vec<(usize, Vec<Placed>)> =
            prose.map(|at| (at, pieces(document, index, mentions, at))).collect();
        let mut givens = Givens::default();
        let mut beyond = Self::default();
        for (at, pieces) in &sentences {
            givens.add(mentions, values, *at, pieces);
            let cues = Cues::of(pieces);
            if !cues.is_empty() {
                beyond.cues.insert(*at, (cues, pieces.iter().map(|placed| placed.range).collect()));
            }
        }
        beyond.definitions = givens.definitions();
        let mut by_head: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, definition) in beyond.definitions.iter().enumerate() {
            by_head.entry(&definition.head).or_default().push(at);
        }
        for (at, pieces) in &sentences {
            let found = namings(pieces, &beyond.definitions, &by_head);
            if !found.is_empty() {
                beyond.named.insert(*at, found);
            }
        }
        beyond
    }

    /// What the sentences of a passage name, the nearest to a target first, each value once.
    pub fn namings(&self, values: &Values, passage: &[usize], own: usize, target: TextRange) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let naming = |source, value, range, distance| Candidate { source, value, range, distance, list: None };
        for sentence in passage {
            let distance = sentence.abs_diff(own);
            for (definition, range) in self.named.get(sentence).into_iter().flatten() {
                let Some(definition) = self.definitions.get(*definition) else { continue };
                // A passage that gives the noun a value itself means that one.
                let given_here = definition.sentences.iter().any(|given| passage.contains(given));
                let value = values.get(definition.quantity).filter(|_| !given_here);
                let source = Source::Elsewhere(definition.quantity);
                found.extend(value.map(|value| naming(source, value.clone(), *range, distance)));
            }
            let Some((cues, places)) = self.cues.get(sentence) else { continue };
            let all: Vec<&Cues> = passage.iter().filter_map(|at| Some(&self.cues.get(at)?.0)).collect();
            for (known, piece) in cues.named(&all) {
                let Some(range) = places.get(piece) else { continue };
                found.push(naming(Source::Known(known), known.value(), *range, distance));
            }
        }
        let gap = |range: TextRange| range.start.saturating_sub(target.end) + target.start.saturating_sub(range.end);
        found.sort_by_key(|naming| (naming.distance, gap(naming.range), naming.range));
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in found {
            if kept.len() < MOST && !kept.iter().any(|other| other.source == candidate.source) {
                kept.push(candidate);
            }
        }
        kept
    }
}

/// Whether the word behind these pieces is what a number counts: "741 new proteins", "45 % of the proteins".
fn is_counted(before: &[Placed]) -> bool {
    let mut near = before.iter().rev().take(MOST_BETWEEN + 1).skip_while(|placed| placed.word().is_some());
    near.next().is_some_and(|placed| matches!(placed.piece, Piece::Quantity(_)))
}

/// The definitions whose noun a sentence has, each with the first such word.
fn namings(
    pieces: &[Placed],
    definitions: &[Definition],
    by_head: &BTreeMap<&str, Vec<usize>>,
) -> Vec<(usize, TextRange)> {
    let mut found: Vec<(usize, TextRange)> = Vec::new();
    for (at, placed) in pieces.iter().enumerate() {
        let own = placed.word().and_then(|word| by_head.get(&*stem_of(word)));
        let Some(own) = own else { continue };
        let before = at.checked_sub(1).and_then(|at| pieces[at].word()).map(stem_of);
        for definition in own.iter().copied() {
            let Definition { modifier, counted, .. } = &definitions[definition];
            let fits = modifier.as_ref().is_none_or(|modifier| before.as_deref() == Some(modifier.as_str()));
            if fits && (!counted || is_counted(&pieces[..at])) && !found.iter().any(|(other, _)| *other == definition) {
                found.push((definition, placed.range));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::extract;
    use crate::read::{self, ReadLimits};

    use super::*;

    /// The definitions of a text, written as "head" or "modifier head", with the printed number.
    fn definitions(text: &str) -> Vec<(String, String)> {
        let document = read::read(text.as_bytes(), &ReadLimits::default()).expect("text is read");
        let mentions = extract::extract(&document);
        let index = TextIndex::new(&document.text);
        let beyond = Beyond::of(&document, &index, &mentions, &Values::of(&mentions));
        let written = |definition: &Definition| {
            let modifier = definition.modifier.as_ref().map_or_else(String::new, |word| format!("{word} "));
            let number = mentions.quantities[definition.quantity.0].number;
            (format!("{modifier}{}", definition.head), index.slice(&document.text, number).to_owned())
        };
        beyond.definitions.iter().map(written).collect()
    }

    #[test]
    fn nouns_with_one_value_are_found() {
        for (text, noun, number) in [
            ("We assumed a body weight of 60 kg for adults.", "weight", "60"),
            ("The sample volume was set to 12.4 mL in all runs.", "volume", "12.4"),
            ("A total of 1,204 participants took part.", "participant", "1,204"),
            ("In all 1,204 young riders were enrolled.", "rider", "1,204"),
            ("We recruited 1,204 riders.", "rider", "1,204"),
        ] {
            assert_eq!(definitions(text), [(noun.to_owned(), number.to_owned())], "{text}");
        }
        let two = "The initial volume was 12.4 mL. The final volume was 20.5 mL.";
        let names: Vec<String> = definitions(two).into_iter().map(|(noun, _)| noun).collect();
        assert_eq!(names, ["final volume", "initial volume"]);
    }

    #[test]
    fn nouns_with_several_values_or_in_larger_phrases_are_not() {
        for text in [
            "We assumed a weight of 60 kg. Others assume a weight of 70 kg.",
            "We assumed a weight of 60 kg. Others assume a weight of 50 to 70 kg.",
            "We assumed a weight of about 60 kg.",
            "The volume of the chamber was 12.4 mL.",
            "It was reduced by an average of 12.4 mL.",
            "We screened 1,500 riders. We enrolled 1,204 riders.",
            "There were 1,204 riders on the road.",
        ] {
            assert_eq!(definitions(text), [], "{text}");
        }
    }
}
