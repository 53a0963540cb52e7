//! Contrasts: words that say which of several groups, times, models or samples a number is of.
//!
//! "Men" and "women", "adjusted" and "crude", "week 12" and "week 24" part numbers that are otherwise described alike.
//! Two descriptions that name different members of one set contradict each other, and one that names two of them is
//! ambiguous. Which group a sentence means is not decided here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::words::{Word, runs};

/// The sets of words: of one set, each stands for another group, time or method. Lower case, singular and plural.
const SETS: &[&[&[&str]]] = &[
    &[&["men", "man", "male", "males", "boys", "boy"], &["women", "woman", "female", "females", "girls", "girl"]],
    &[
        &["adjusted", "multivariable", "multivariate"],
        &["unadjusted", "crude", "univariable", "univariate", "bivariate"],
    ],
    &[&["baseline", "pre", "pretest", "pretreatment"], &["follow", "followup", "post", "posttest", "posttreatment"]],
    &[&["treat", "itt", "mitt"], &["protocol", "completers"]],
    &[
        &["control", "controls", "placebo", "sham"],
        &["treatment", "treated", "intervention", "experimental", "patients", "cases"],
    ],
    &[&["median"], &["mean", "average"]],
    &[&["left"], &["right"]],
    &[&["training", "derivation", "discovery"], &["validation", "test", "testing", "replication"]],
    &[&["congruent", "consistent", "compatible"], &["incongruent", "inconsistent", "incompatible"]],
    &[&["high", "higher", "highest", "upper"], &["low", "lower", "lowest"], &["medium", "moderate", "middle"]],
    &[&["young", "younger"], &["old", "older", "elderly"]],
    &[&["children", "child"], &["adolescents", "adolescent"], &["adults", "adult"]],
    &[&["maternal", "mothers", "mother"], &["paternal", "fathers", "father"]],
    &[&["primary", "main"], &["secondary", "sensitivity", "subgroup", "exploratory"]],
    &[&["positive"], &["negative"], &["neutral"]],
    &[&["fixed"], &["random"]],
    &[&["within"], &["between"]],
    &[&["linear"], &["quadratic"], &["cubic"]],
    &[&["first"], &["second"], &["third"]],
    &[&["preceding", "prior", "previous"], &["following", "subsequent"]],
];

/// Words whose number says which one is meant: "Study 2", "week 12", "model 3".
const NUMBERED: &[&str] = &[
    "study",
    "studies",
    "experiment",
    "experiments",
    "model",
    "week",
    "weeks",
    "month",
    "months",
    "day",
    "days",
    "time",
    "wave",
    "phase",
    "session",
    "block",
    "step",
    "cohort",
    "sample",
    "group",
    "stage",
    "grade",
    "trial",
    "year",
    "years",
    "visit",
    "dose",
    "arm",
    "type",
    "class",
    "level",
    "tier",
    "quartile",
    "quintile",
    "tertile",
];

/// What a word says of the sets.
#[derive(Default)]
struct Known {
    /// The sets that it is in, each with the member that it stands for.
    members: Vec<(usize, usize)>,
    /// Whether a number behind it says which one is meant.
    numbered: bool,
}

/// All such words: every word of a paper is looked for among them.
static KNOWN: LazyLock<BTreeMap<&str, Known>> = LazyLock::new(|| {
    let mut known: BTreeMap<&str, Known> = BTreeMap::new();
    for (at, set) in SETS.iter().enumerate() {
        for (member, word) in set.iter().enumerate().flat_map(|(member, words)| words.iter().map(move |w| (member, w)))
        {
            let members = &mut known.entry(word).or_default().members;
            if members.last().is_none_or(|(own, _)| *own != at) {
                members.push((at, member));
            }
        }
    }
    for word in NUMBERED {
        known.entry(word).or_default().numbered = true;
    }
    known
});

/// What a description says of the sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contrasts {
    /// For each set named, its position with the members named, as bits.
    sets: Vec<(usize, u8)>,
    /// The numbered words with their numbers, sorted.
    numbered: Vec<(Word, Word)>,
}

impl Contrasts {
    /// What a text says.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        let mut before: Option<String> = None;
        for (_, run) in runs(text) {
            let lower = run.to_lowercase();
            if let Some(named) = before.take().filter(|_| run.starts_with(|c: char| c.is_ascii_digit())) {
                found.numbered.push((Word::hashed(named.trim_end_matches('s')), Word::hashed(&lower)));
            }
            let Some(known) = KNOWN.get(lower.as_str()) else { continue };
            for (at, member) in &known.members {
                match found.sets.iter_mut().find(|(own, _)| own == at) {
                    Some((_, members)) => *members |= 1 << member,
                    None => found.sets.push((*at, 1 << member)),
                }
            }
            before = known.numbered.then_some(lower);
        }
        found.sets.sort_unstable();
        found.numbered.sort_unstable();
        found.numbered.dedup();
        found
    }

    /// This with what another text of the same description says.
    #[must_use]
    pub(super) fn and(mut self, other: &Self) -> Self {
        for (at, members) in &other.sets {
            match self.sets.iter_mut().find(|(own, _)| own == at) {
                Some((_, own)) => *own |= members,
                None => self.sets.push((*at, *members)),
            }
        }
        self.sets.sort_unstable();
        self.numbered.extend(&other.numbered);
        self.numbered.sort_unstable();
        self.numbered.dedup();
        self
    }

    /// Whether the two descriptions name different members of one set.
    pub fn contradict(&self, other: &Self) -> bool {
        let sets = self
            .sets
            .iter()
            .any(|(at, members)| other.sets.iter().any(|(same, others)| same == at && members & others == 0));
        let of = |list: &[(Word, Word)], word: Word| -> Vec<Word> {
            list.iter().filter(|(own, _)| *own == word).map(|(_, number)| *number).collect()
        };
        sets || self.numbered.iter().any(|(word, _)| {
            let (own, others) = (of(&self.numbered, *word), of(&other.numbered, *word));
            !others.is_empty() && own.iter().all(|number| !others.contains(number))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_members_of_a_set_contradict() {
        for (a, b, expected) in [
            ("Among men", "in women", true),
            ("men and women", "in women", false),
            ("adjusted odds ratio", "crude odds ratio", true),
            ("at week 12", "Week 24", true),
            ("at week 12", "Weeks 12 and later", false),
            ("in Study 1", "Study 2", true),
            ("in Study 1", "the main study", false),
            ("patients", "patients", false),
        ] {
            assert_eq!(Contrasts::of(a).contradict(&Contrasts::of(b)), expected, "{a} / {b}");
            assert_eq!(Contrasts::of(b).contradict(&Contrasts::of(a)), expected, "{b} / {a}");
        }
    }
}
