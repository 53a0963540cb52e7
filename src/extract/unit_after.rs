//! The unit behind a number, where there is one: which of the following characters are it, and which are ordinary words.

use crate::arithmetic::units::{self, Parsed, Unit};
use crate::document::TextRange;

use super::source::{Source, digit, is_minus, is_space, superscript};

/// How many characters a unit may take.
const LONGEST: usize = 64;

/// A unit found behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnitMatch {
    /// Its characters.
    pub range: TextRange,
    /// Its meanings, the usual one first.
    pub units: Vec<Unit>,
}

/// Unit symbols that are common words or letters of running text: behind a space they need proof that they are units.
const WORDS: &[&str] = &[
    "in", "a", "at", "as", "am", "are", "us", "or", "no", "do", "so", "to", "per", "point", "points", "hand", "hands",
    "rod", "link", "links", "chain", "chains", "cup", "cups", "line", "lines", "pole", "poles", "perch", "stone",
    "stones", "mark", "second", "be", "is", "it", "he", "pi", "ha", "th", "nm.", "fold", "one", "times", "x", "part",
    "parts", "bit", "hit", "min.", "pa", "mil", "mole", "slug", "slugs", "au", "u", "b", "e", "i", "j", "o", "q", "y",
];

/// Digits with a letter that name an isotope or a ribosome, glued.
const NAMES: &[&str] = &[
    "1H", "2H", "3H", "10B", "11B", "11C", "12C", "13C", "14C", "14N", "15N", "16O", "17O", "18O", "18F", "19F", "31P",
    "32P", "33P", "32S", "33S", "34S", "35S", "39K", "40K", "41K", "51V", "235U", "238U", "234U",
];

/// Whether something that makes a number a measured quantity follows a position: a unit or a percent sign.
pub(super) fn follows(source: &Source<'_>, after: usize, end: usize) -> bool {
    match find(source, after, end, after) {
        Some(found) => found.range.len() > 1 || source.at(found.range.start).is_some_and(|c| !c.is_alphabetic()),
        None => false,
    }
}

/// The unit behind the number that stands at `number_start..after`, looked for up to `end`.
pub(super) fn find(source: &Source<'_>, after: usize, end: usize, number_start: usize) -> Option<UnitMatch> {
    let first = source.at(after).filter(|_| after < end)?;
    let glued = !is_space(first);
    let hyphen = is_minus(first) && source.at(after + 1).is_some_and(char::is_alphabetic);
    let begin = if hyphen { after + 1 } else { source.skip_spaces(after, end.min(after + 2)) };
    if begin >= end || source.at(begin).is_some_and(|c| digit(c).is_some() || is_space(c) || matches!(c, '(' | '[')) {
        return None;
    }
    let window = source.window(begin, end.min(begin + LONGEST));
    let (bytes, parsed) = units::longest_prefix(window)?;
    let length = window.get(..bytes)?.trim_end().chars().count();
    let found = UnitMatch { range: TextRange::new(begin, begin + length), units: meanings(parsed)? };
    let text = source.slice(found.range);
    let plausible = bounded(source, found.range.end, end)
        && !(glued && named(source, number_start, after, text))
        && (if glued && !hyphen {
            glued_letter(source, text, found.range.end)
        } else {
            apart(source, text, &found, end) || (operand_of(source, number_start) && equals(source, &found, end))
        })
        && !(hyphen && hyphenated_word(text))
        && !(matches!(text, "′" | "″" | "'" | "\"")
            && source.at(found.range.end).is_some_and(|c| is_minus(c) || c.is_alphanumeric()));
    plausible.then_some(found)
}

fn meanings(parsed: Parsed) -> Option<Vec<Unit>> {
    let units = parsed.units();
    if units.is_empty() { None } else { Some(units) }
}

/// Whether a unit can end here: no letter, digit or underscore goes on.
fn bounded(source: &Source<'_>, at: usize, end: usize) -> bool {
    let Some(next) = source.at(at).filter(|_| at < end) else { return true };
    let last = source.before(at).unwrap_or(' ');
    if !last.is_alphanumeric() {
        return true;
    }
    // The unit's own reader has told whether a raised number behind it is its exponent or the mark of a note.
    superscript(next).is_some() || !(next.is_alphanumeric() || next == '_')
}

/// "13C", "18F", "13C/12C": a name, not a quantity.
fn named(source: &Source<'_>, start: usize, after: usize, unit: &str) -> bool {
    let letters = source.window(after, source.letters_end(after, after + 3));
    unit.starts_with(letters) && NAMES.contains(&format!("{}{letters}", source.window(start, after)).as_str())
}

/// Whether a unit glued to its number is one: "5V", "300K", "12h", but not "16S", "3D", "5G", "2a".
fn glued_letter(source: &Source<'_>, unit: &str, after: usize) -> bool {
    // "10a-4" is a name as much as "10a" is: an exponent does not make a doubtful letter a unit.
    let mut letters = unit.chars().take_while(|c| c.is_alphabetic());
    match (letters.next(), letters.next()) {
        (Some(only), None) if unit.chars().all(|c| c.is_alphanumeric() || is_minus(c)) => {
            let plain = "VAKWJNTMChdsmgLlFμΩ".contains(only);
            let joined =
                matches!(source.at(after), Some('-')) && source.at(after + 1).is_some_and(char::is_alphanumeric);
            plain && !joined
        }
        _ => !matches!(unit, "st" | "nd" | "rd" | "th" | "in" | "as" | "at" | "x"),
    }
}

/// Whether a unit behind a space is one, and not a word of the sentence or the letter of a statistic.
fn apart(source: &Source<'_>, unit: &str, found: &UnitMatch, end: usize) -> bool {
    let after = found.range.end;
    let next = source.skip_spaces(after, end);
    let follower = source.at(next).filter(|_| next < end);
    let alone = unit.chars().count() == 1 && unit.chars().all(char::is_alphabetic);
    if alone
        && matches!(follower, Some('=' | '<' | '>' | '≤' | '≥' | '(' | '[' | '¼' | '±' | '\'' | '’'))
        && next <= after + 1
    {
        // "12 N = 5", "20 F(1, 20)": the letter names what follows. A bracket behind a space may hold a remark.
        return matches!(follower, Some('(' | '[')) && next > after;
    }
    if unit == "in" {
        return matches!(follower, None | Some('.' | ',' | ')' | ';' | '×')) && next == after;
    }
    if WORDS.contains(&unit) || (alone && !"mshdgtLlVAKWJNTMCFGSHμΩ".contains(unit)) {
        return false;
    }
    !(alone && unit.chars().all(char::is_uppercase) && follower == Some('.') && initials(source, next, end))
}

/// Whether a number is an operand: a sign of arithmetic stands right before it.
fn operand_of(source: &Source<'_>, number_start: usize) -> bool {
    let mut at = number_start;
    while at > 0 && source.before(at).is_some_and(is_space) {
        at -= 1;
    }
    source.before(at).is_some_and(|sign| "×·⋅*/÷+−".contains(sign))
}

/// Whether an equals sign follows a unit, so that "× 8.0 h = 100 L" ends its formula and "12 N = 5" does not name an N.
fn equals(source: &Source<'_>, found: &UnitMatch, end: usize) -> bool {
    let next = source.skip_spaces(found.range.end, end);
    next < end && matches!(source.at(next), Some('=' | '≈'))
}

/// "12 M. Smith": an initial, not a unit.
fn initials(source: &Source<'_>, stop: usize, end: usize) -> bool {
    let next = source.skip_spaces(stop + 1, end);
    next == stop + 2 && source.at(next).is_some_and(char::is_uppercase) && source.at(next + 1) == Some('.')
}

/// Behind a hyphen only whole unit words and symbols of some length are units ("60-kg", not "5-s" in a name "2-a").
fn hyphenated_word(unit: &str) -> bool {
    WORDS.contains(&unit) || (unit.chars().count() == 1 && !"msgLhdVTK".contains(unit))
}
