//! Symbols and names to their meanings: exact symbols first, then prefixed ones, then names in any case.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::arithmetic::rational;

use super::catalogue::{self, Entry, Place};
use super::prefix;
use super::table;
use super::unit::{Factor, Unit};

/// One meaning of a symbol or name.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    /// The unit.
    pub unit: Unit,
    /// Where it is possible.
    pub place: Place,
    /// Whether the bare symbol is believed in running text.
    pub in_text: bool,
    /// Whether it was written as a full name ("milligrams"), which may be followed by words.
    pub name: bool,
}

/// A symbol or name that is more than one run of letters.
#[derive(Clone, Debug)]
struct Phrase {
    chars: Vec<char>,
    entry: usize,
    /// A name in lower case, matched in any case.
    name: bool,
}

/// The catalogue, indexed.
struct Index {
    entries: Vec<&'static Entry>,
    symbols: HashMap<&'static str, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    /// Phrases by their first character in lower case, the longest first.
    phrases: BTreeMap<char, Vec<Phrase>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index {
        entries: catalogue::entries().collect(),
        symbols: HashMap::new(),
        names: HashMap::new(),
        phrases: BTreeMap::new(),
    };
    for (at, entry) in catalogue::entries().enumerate() {
        for symbol in entry.symbols.split('|').filter(|symbol| !symbol.is_empty()) {
            if is_word(symbol) {
                push(index.symbols.entry(symbol).or_default(), at);
            } else {
                add_phrase(&mut index.phrases, symbol, at, false);
            }
        }
        for name in entry.names.split('|').filter(|name| !name.is_empty()) {
            for form in [name.to_owned(), format!("{name}s")] {
                if is_word(&form) {
                    push(index.names.entry(form).or_default(), at);
                } else {
                    add_phrase(&mut index.phrases, &form, at, true);
                }
            }
        }
    }
    for phrases in index.phrases.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.chars.len()));
    }
    index
});

fn push(rows: &mut Vec<usize>, at: usize) {
    if !rows.contains(&at) {
        rows.push(at);
    }
}

fn add_phrase(phrases: &mut BTreeMap<char, Vec<Phrase>>, text: &str, entry: usize, name: bool) {
    if let Some(first) = text.chars().next() {
        let key = first.to_lowercase().next().unwrap_or(first);
        phrases.entry(key).or_default().push(Phrase { chars: text.chars().collect(), entry, name });
    }
}

/// Whether a character can be in a symbol that is one run.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '°' | '%' | '‰' | '′' | '″' | '$' | '€' | '£' | '¥' | '¢' | '₹' | '#')
}

fn is_word(text: &str) -> bool {
    text.chars().count() == 1 && text.chars().all(in_word) || text.chars().all(char::is_alphabetic)
}

/// The meanings of one run of letters; empty where it has none. `wide` also asks `uom`'s own names.
pub(super) fn word(text: &str, wide: bool) -> Vec<Sense> {
    let index = &*INDEX;
    if let Some(entries) = index.symbols.get(text) {
        let mut senses = senses(entries, 0, false);
        // `mM` and `MM` are no names; but "Second" or "units" may be both.
        senses.extend(named(text, false).into_iter().filter(|sense| {
            !entries.iter().any(|at| {
                index.entries.get(*at).and_then(|entry| entry.unit()).is_some_and(|unit| unit.same_meaning(&sense.unit))
            })
        }));
        return senses;
    }
    let mut found: Vec<Sense> = Vec::new();
    for (exponent, rest) in prefix::split_symbol(text) {
        if let Some(entries) = index.symbols.get(rest) {
            let taking: Vec<usize> = entries.iter().copied().filter(|at| takes(*at, exponent)).collect();
            found.extend(senses(&taking, exponent, false));
        }
    }
    if found.is_empty() {
        found = named(text, wide);
    }
    found
}

fn named(text: &str, wide: bool) -> Vec<Sense> {
    let index = &*INDEX;
    let lower = text.to_lowercase();
    if lower.chars().count() < 3 {
        return Vec::new();
    }
    if let Some(entries) = index.names.get(&lower) {
        return senses(entries, 0, true);
    }
    if let Some((exponent, rest)) = prefix::split_name(&lower)
        && let Some(entries) = index.names.get(rest)
    {
        let taking: Vec<usize> = entries.iter().copied().filter(|at| takes(*at, exponent)).collect();
        return senses(&taking, exponent, true);
    }
    if !wide {
        return Vec::new();
    }
    let sense = |unit| Sense { unit, place: Place::Anywhere, in_text: false, name: true };
    table::named(&lower).into_iter().map(sense).collect()
}

fn takes(at: usize, exponent: i32) -> bool {
    INDEX.entries.get(at).is_some_and(|entry| entry.prefixes.take(exponent))
}

fn senses(entries: &[usize], exponent: i32, name: bool) -> Vec<Sense> {
    let scale = Factor::exact(rational::power_of_ten(exponent));
    let mut found = Vec::new();
    for entry in entries.iter().filter_map(|at| INDEX.entries.get(*at)) {
        let Some(unit) = entry.unit() else { continue };
        let unit =
            if exponent == 0 { unit } else { Unit { factor: unit.factor.times(&scale), ..unit.as_difference() } };
        // A prefix makes a symbol of two letters, which is proof enough; a bare one must be believed by itself.
        let in_text = entry.in_text || (exponent != 0 && !name && entry.place != Place::Joined);
        found.push(Sense { unit, place: entry.place, in_text, name });
    }
    found
}

/// The longest phrase that starts at `at`: the position behind it and its meanings.
///
/// A space in a phrase matches one or two spaces or a hyphen. `None` where no phrase ends at the end of a word.
pub(super) fn phrase(chars: &[char], at: usize) -> Option<(usize, Vec<Sense>)> {
    let first = *chars.get(at)?;
    let key = first.to_lowercase().next().unwrap_or(first);
    let phrases = INDEX.phrases.get(&key)?;
    let mut best: Option<(usize, Vec<usize>, bool)> = None;
    for candidate in phrases {
        let Some(end) = matches(chars, at, &candidate.chars, candidate.name) else { continue };
        match &mut best {
            Some((known, entries, _)) if *known == end => push(entries, candidate.entry),
            Some((known, ..)) if *known > end => {}
            _ => best = Some((end, vec![candidate.entry], candidate.name)),
        }
    }
    let (end, mut entries, name) = best?;
    entries.sort_unstable();
    let found = senses(&entries, 0, name);
    if found.is_empty() { None } else { Some((end, found)) }
}

/// The position behind a phrase that stands at `at` and ends at the end of a word.
pub(super) fn matches(chars: &[char], at: usize, phrase: &[char], any_case: bool) -> Option<usize> {
    let mut here = at;
    for wanted in phrase {
        let c = *chars.get(here)?;
        if *wanted == ' ' {
            if c != ' ' && c != '-' {
                return None;
            }
            here += 1;
            if c == ' ' && chars.get(here) == Some(&' ') {
                here += 1;
            }
            continue;
        }
        let same = c == *wanted || (any_case && c.to_lowercase().eq(wanted.to_lowercase()));
        if !same {
            return None;
        }
        here += 1;
    }
    let last = chars.get(here.checked_sub(1)?)?;
    let goes_on = chars.get(here).is_some_and(|next| next.is_alphanumeric());
    // In "ft.s-2" the stop is a multiplication and no part of "ft.".
    let in_word = last.is_alphanumeric() || *last == '.';
    if in_word && goes_on { None } else { Some(here) }
}
