//! Words by which a change may be of something else than the two values beside it, or found in another way.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::patterns::compile;
use crate::rules::is_placeholder;
use crate::rules::pattern::Match;
use crate::rules::skeleton::{head, tail};

/// How many bytes around a change are looked at.
const AROUND: usize = 90;

/// Words by which a change is one of each unit of time and not of the whole.
static BY_TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:annual\w*|annum|yearly|monthly|weekly|daily|hourly|compound(?:ed)?|(?:per|a|each|every|/) ?(?:year|yr|month|week|day|decade|hour|generation|season))\b",
    )
});

/// Words of models and transformations: what they give need not follow from the values beside it.
static MODELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:adjust\w*|estimat\w*|model\w*|regress\w*|predict\w*|project(?:ed|ion\w*)|hazards?|odds|relative risk|(?:risk|rate) (?:ratio|reduction)s?|confidence|credible|CI|posterior|log|log\d+|ln|logarithm\w*|geometric|standardi[sz]ed|normali[sz]ed|extrapolat\w*|least.squares|weighted|simulat\w*|efficacy|respectively)\b",
    )
});

/// Words of averages: the change of a mean is not the mean of changes.
static AVERAGED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:means?|averag\w*|medians?|typical\w*|scores?|each|individual\w*|per (?:patient|person|subject|participant)|SDs?|SEM?|IQR)\b|±",
    )
});

/// Words before "from" by which two values are the ends of a spread.
static SPREAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(r"(?i)\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|differ\w*|anywhere|between)\b[^,;()]*$")
});

/// Words that say which way a value went; those that praise or blame it are left out.
static RISES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:increas\w*|rises?|rose|risen|rising|grow\w*|grew|raised?|raising|climb\w*|jump\w*|went up|doubled|tripled|trebled|quadrupled)\b",
    )
});
static FALLS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:decreas\w*|falls?|fell|fallen|falling|drop(?:s|ped|ping)?|declin\w*|reduc\w*|lower(?:s|ed|ing)|shr[aiu]nk|went down|halved)\b",
    )
});

/// Words behind a value that do not say what it is of.
const GOES_ON: [&str; 28] = [
    "in",
    "by",
    "at",
    "after",
    "during",
    "over",
    "between",
    "with",
    "for",
    "when",
    "and",
    "while",
    "as",
    "on",
    "within",
    "under",
    "due",
    "because",
    "since",
    "upon",
    "following",
    "compared",
    "which",
    "but",
    "or",
    "per",
    "was",
    "were",
];

/// Words before a value that make it the circumstance of another ("at 20 °C was 2 times higher than …").
const CIRCUMSTANCE: [&str; 14] =
    ["at", "in", "for", "with", "of", "aged", "after", "before", "within", "under", "over", "between", "by", "than"];

/// What stands before, in and behind a change, as far as it is looked at.
fn around(found: &Match<'_>) -> String {
    format!("{}{}{}", tail(found.before(), AROUND), found.text(), head(found.after(), AROUND))
}

fn is(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
}

/// Whether the change is one of each year, month or the like.
pub(super) fn is_by_time(found: &Match<'_>) -> bool {
    is(&BY_TIME, &around(found))
}

/// Whether the change may come from a model.
pub(super) fn is_modelled(found: &Match<'_>) -> bool {
    is(&MODELLED, &around(found))
}

/// Whether the values or their change may be averages.
pub(super) fn is_averaged(found: &Match<'_>) -> bool {
    is(&AVERAGED, &around(found))
}

/// Whether the two values are the ends of a spread.
pub(super) fn is_spread(found: &Match<'_>) -> bool {
    is(&SPREAD, tail(found.before(), AROUND))
}

/// Whether another value stands in a row with the last of the match: several ends, or parts of a whole.
pub(super) fn goes_on(found: &Match<'_>) -> bool {
    let behind = found.after().trim_start_matches([' ', ',', ';']);
    let words = ["and then to ", "and to ", "then to ", "and ", "or ", "to ", "of ", "out of ", "/", "/ "];
    let next = words.iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
    found.after().starts_with([' ', ',', ';', '/']) && next.starts_with(is_placeholder)
}

/// Whether another value stands in a row before `place`, in bytes of the sentence.
pub(super) fn is_behind_another(sentence: &str, place: usize) -> bool {
    let before = sentence.get(..place).unwrap_or_default().trim_end();
    let row = ["and", "or", ",", "to"].iter().find_map(|word| before.strip_suffix(word));
    row.is_some_and(|before| before.trim_end_matches([' ', ',']).ends_with(is_placeholder))
}

/// Whether the match is followed by what its change is of, which may be something else.
pub(super) fn is_of_another(found: &Match<'_>) -> bool {
    [" in ", " of ", " for "].iter().any(|word| found.after().starts_with(word))
}

/// Whether the words behind the last value say what it is of: "to 2.50 mM glucose", "to 1500 m of depth".
pub(super) fn is_of_what_follows(found: &Match<'_>) -> bool {
    let Some(behind) = found.after().strip_prefix(' ') else { return false };
    let word = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !word.is_empty() && !GOES_ON.contains(&word.to_lowercase().as_str())
}

/// Whether the words say that something fell, or that it rose; `None` where they say neither or both.
pub(super) fn falls(found: &Match<'_>) -> Option<bool> {
    let (rises, falls) = (is(&RISES, found.text()), is(&FALLS, found.text()));
    (rises != falls).then_some(falls)
}

/// Whether the word before a value makes it the circumstance of another.
pub(super) fn is_circumstance(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    CIRCUMSTANCE.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!([&BY_TIME, &MODELLED, &AVERAGED, &SPREAD, &RISES, &FALLS].iter().all(|pattern| pattern.is_some()));
    }

    #[test]
    fn words_before_a_value_say_that_it_is_a_circumstance() {
        assert!(is_circumstance("the flow at ") && is_circumstance("than ") && !is_circumstance("this needs "));
        assert!(is(&SPREAD, "the yields ranged widely ") && !is(&SPREAD, "the range was wide, and yields fell "));
    }
}
