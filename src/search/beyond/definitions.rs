//! Values that a paper gives to a noun: "a body weight of 60 kg", "the sample volume was 50 mL", "a total of 1,204 participants".
//!
//! A noun is of use only where the paper gives it one value. One that it gives several, a range or an approximation is
//! taken with the word before it, where that tells them apart ("the final volume"), or not at all.

use std::collections::BTreeMap;

use crate::extract::{Mentions, Quantity, QuantityIx, is_counted};
use crate::search::scene::{STOPS, stem};
use crate::search::{Enclosure, ValueKind, Values};

use super::pieces::{Piece, Placed};

/// Words that end a noun phrase to the left: articles and what stands for one.
const DETERMINERS: &[&str] =
    &["a", "an", "the", "our", "its", "their", "each", "this", "that", "and", "where", "while"];

/// Words behind which a noun phrase is part of a larger one, whose head is another word.
const PREPOSITIONS: &[&str] =
    &["of", "in", "for", "with", "at", "by", "on", "from", "between", "per", "to", "under", "over", "within", "than"];

/// Words between a noun and its value that do not change which noun it is.
const LOOSE: &[&str] = &[
    "about",
    "approximately",
    "around",
    "nearly",
    "roughly",
    "circa",
    "ca",
    "almost",
    "only",
    "exactly",
    "over",
    "under",
    "least",
    "most",
    "up",
    "between",
    "than",
    "more",
    "less",
];

/// What may stand between "was" and the value.
const SETTLED: &[&str] =
    &["set", "fixed", "kept", "held", "maintained", "adjusted", "assumed", "taken", "chosen", "to", "at", "as", "be"];

/// The verbs that give a noun its value.
const COPULAS: &[&str] = &["was", "were", "is", "are"];

/// Nouns of a whole whose members are counted: what they are is the noun behind the number.
const WHOLES: &[&str] = &["total", "sample", "cohort", "population", "dataset", "corpus", "collection"];

/// Verbs of what is done with all things of a kind, before or behind their number.
const GATHERED: &[&str] = &[
    "included",
    "enrolled",
    "recruited",
    "randomized",
    "randomised",
    "surveyed",
    "interviewed",
    "invited",
    "screened",
    "analysed",
    "analyzed",
    "identified",
    "retrieved",
    "collected",
    "examined",
    "studied",
    "comprised",
    "sequenced",
    "sampled",
];

/// Nouns that say nothing of what is measured, and words that are none.
const EMPTY: &[&str] = &[
    "total",
    "sum",
    "mean",
    "average",
    "median",
    "maximum",
    "minimum",
    "range",
    "value",
    "level",
    "number",
    "amount",
    "increase",
    "decrease",
    "reduction",
    "rise",
    "drop",
    "change",
    "difference",
    "gain",
    "loss",
    "improvement",
    "majority",
    "part",
    "half",
    "rest",
    "interval",
    "limit",
    "deviation",
    "error",
    "ratio",
    "factor",
    "proportion",
    "percentage",
    "percent",
    "fraction",
    "share",
    "degree",
    "order",
    "power",
    "significance",
    "probability",
    "confidence",
    "end",
    "beginning",
    "start",
    "course",
    "period",
    "excess",
    "basis",
    "one",
    "combination",
    "presence",
    "because",
    "instead",
    "all",
    "both",
    "some",
    "out",
    "off",
    "it",
    "they",
    "there",
    "this",
    "these",
    "those",
    "which",
    "result",
    "effect",
    "step",
    "case",
    "group",
    "accuracy",
    "sample",
];

/// A noun with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Definition {
    /// The noun in the singular.
    pub(super) head: String,
    /// The word that has to stand before it, where the noun alone has several values.
    pub(super) modifier: Option<String>,
    /// The value, where the paper gives it first.
    pub(super) quantity: QuantityIx,
    /// Whether it is the number of all things of that name: only a passage that counts some of them means it.
    pub(super) counted: bool,
    /// The sentences that give the noun any value of this kind.
    pub(super) sentences: Vec<usize>,
}

/// A value that a sentence gives to a noun.
#[derive(Clone, Debug, PartialEq)]
struct Given {
    modifier: Option<String>,
    quantity: QuantityIx,
    /// What it is; nothing for a range, a bound or an approximation.
    value: Option<Enclosure>,
    sentence: usize,
}

/// All values that the sentences give to nouns, by noun and kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Givens(BTreeMap<(String, ValueKind), Vec<Given>>);

impl Givens {
    /// Adds those of a sentence.
    pub(super) fn add(&mut self, mentions: &Mentions, values: &Values, sentence: usize, pieces: &[Placed]) {
        for (at, placed) in pieces.iter().enumerate() {
            let Piece::Quantity(quantity) = placed.piece else { continue };
            let Some(printed) = mentions.quantities.get(quantity.0) else { continue };
            let Some(kind) = kind(printed) else { continue };
            let Some((head, modifier)) = noun(&pieces[..at], &pieces[at + 1..], kind) else { continue };
            let value = values.get(quantity).filter(|value| value.kind == kind && !value.bounded);
            let given = Given { modifier, quantity, value: value.map(|value| value.enclosure), sentence };
            self.0.entry((head, kind)).or_default().push(given);
        }
    }

    /// The nouns that have one value, in the order of the nouns.
    pub(super) fn definitions(self) -> Vec<Definition> {
        let mut found = Vec::new();
        for ((head, kind), givens) in self.0 {
            let sentences: Vec<usize> = givens.iter().map(|given| given.sentence).collect();
            let define = |modifier: Option<String>, quantity: QuantityIx| Definition {
                head: head.clone(),
                modifier,
                quantity,
                counted: kind == ValueKind::Count,
                sentences: sentences.clone(),
            };
            if let Some(quantity) = the_one(givens.iter()) {
                found.push(define(None, quantity));
                continue;
            }
            let modifiers: std::collections::BTreeSet<&String> =
                givens.iter().filter_map(|given| given.modifier.as_ref()).collect();
            for modifier in modifiers {
                let own = givens.iter().filter(|given| given.modifier.as_ref() == Some(modifier));
                found.extend(the_one(own).map(|quantity| define(Some(modifier.clone()), quantity)));
            }
        }
        found
    }
}

/// The first of them, where all are the same value.
fn the_one<'g>(mut givens: impl Iterator<Item = &'g Given>) -> Option<QuantityIx> {
    let first = givens.next()?;
    let value = first.value?;
    givens.all(|given| given.value == Some(value)).then_some(first.quantity)
}

/// The kind of a quantity, ranges included; nothing for numbers that no noun is given as here.
fn kind(quantity: &Quantity) -> Option<ValueKind> {
    ValueKind::of(quantity)
        .or_else(|| {
            let dimension = quantity.first().unit.as_ref()?.unit.dimension;
            (!dimension.is_one()).then_some(ValueKind::Measured(dimension))
        })
        .filter(|kind| matches!(kind, ValueKind::Count | ValueKind::Measured(_)))
}

/// The noun that is given a value which stands between these pieces, with the word before it.
fn noun(before: &[Placed], behind: &[Placed], kind: ValueKind) -> Option<(String, Option<String>)> {
    if kind == ValueKind::Count {
        return is_of_all(before, behind).then(|| Some((counted(behind)?, None))).flatten();
    }
    let words: Vec<&str> =
        before.iter().rev().map_while(Placed::word).skip_while(|word| LOOSE.contains(word)).collect();
    let (first, rest) = words.split_first()?;
    let phrase = if *first == "of" { rest } else { said_to_be(&words)? };
    let (noun, before) = phrase.split_first()?;
    let head = stem(noun);
    let is_noun = !EMPTY.contains(&head.as_str()) && !STOPS.contains(noun) && !noun.ends_with("ed") && noun.len() > 2;
    let word = before.first().filter(|word| !DETERMINERS.contains(word) && !STOPS.contains(word));
    is_noun.then(|| (head, word.map(|word| stem(word))))
}

/// Of "the sample volume was set to", read backwards, "volume sample the"; nothing where the noun before it is part of a larger
/// phrase ("the volume of the chamber was").
fn said_to_be<'p>(words: &'p [&'p str]) -> Option<&'p [&'p str]> {
    let verb = words.iter().take(4).take_while(|word| SETTLED.contains(word)).count();
    let phrase = words.get(verb).filter(|word| COPULAS.contains(word)).and_then(|_| words.get(verb + 1..))?;
    let end = phrase.iter().position(|word| DETERMINERS.contains(word)).unwrap_or(phrase.len());
    let own = phrase.get(..end)?;
    let larger = own.iter().any(|word| PREPOSITIONS.contains(word))
        || phrase.get(end + 1).is_some_and(|word| PREPOSITIONS.contains(word));
    (!own.is_empty() && own.len() <= 3 && !larger).then_some(phrase)
}

/// Whether a number is that of all things of a kind: "a total of", "we recruited", "participants were enrolled".
fn is_of_all(before: &[Placed], behind: &[Placed]) -> bool {
    let mut words = before.iter().rev().map_while(Placed::word);
    let (last, whole) = (words.next(), words.next());
    let of_whole = last == Some("of") && whole.is_some_and(|word| WHOLES.contains(&word));
    let gathered = |word: Option<&str>| word.is_some_and(|word| GATHERED.contains(&word));
    let mut words = behind.iter().map_while(Placed::word).skip_while(|word| !COPULAS.contains(word));
    let done = words.next().is_some() && gathered(words.next());
    of_whole || gathered(last) || done
}

/// What is counted: of the words behind the number, at most three, the first plural, else the last.
fn counted(behind: &[Placed]) -> Option<String> {
    let words = || behind.iter().map_while(Placed::word).take_while(|word| !STOPS.contains(word)).take(3);
    words().find(|word| is_counted(word)).or_else(|| words().last()).map(stem)
}
