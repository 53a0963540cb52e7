//! What becomes of a line end: a space, nothing, or an undone hyphen. Shared by all readers.

use std::collections::HashSet;

use foldhash::fast::RandomState;

/// Second halves of compounds: a hyphen before one at a line end is part of the word.
const COMPOUND_ENDS: [&str; 12] = [
    "corrected",
    "adjusted",
    "based",
    "weighted",
    "tailed",
    "sided",
    "like",
    "free",
    "specific",
    "controlled",
    "matched",
    "squared",
];

/// First halves that make one word with such a second half ("unadjusted").
const WORD_PREFIXES: [&str; 7] = ["un", "in", "re", "over", "under", "mis", "dis"];

/// How two lines are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// With a space.
    Space,
    /// With nothing between them.
    Close,
    /// The hyphen at the end of the first line is dropped; `doubtful` if it may belong to the word.
    Undo {
        /// Whether it may belong to the word.
        doubtful: bool,
    },
    /// With nothing between them: a number stood on both sides. It may also be two numbers.
    Number,
    /// With a space, but it may be one number.
    MaybeNumber,
}

/// The words of a paper, to tell a soft hyphen from one that belongs to the word.
#[derive(Clone, Debug, Default)]
pub struct Words(HashSet<String, RandomState>);

impl Words {
    /// Adds the words of a line, but not the first and last ones, which may be halves.
    pub fn add(&mut self, line: &[char]) {
        let text: String = line.iter().collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
        for word in inner {
            let word = word.trim_matches(|edge: char| !edge.is_alphanumeric());
            let is_word = |word: &str| word.chars().all(|letter| letter.is_alphabetic() || letter == '-');
            if (3..=60).contains(&word.len()) && is_word(word) && !self.has(word) {
                self.0.insert(word.to_lowercase());
            }
        }
    }

    fn has(&self, word: &str) -> bool {
        if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return self.0.contains(word);
        }
        self.0.contains(&word.to_lowercase())
    }
}

/// Hyphens that a line can end with. The soft one is never part of a word.
const fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{AD}')
}

/// Decides how the line `after` is joined to `before`, both without white space at their ends.
pub fn joint(before: &[char], after: &[char], words: &Words) -> Joint {
    let (Some(&last), Some(&first)) = (before.last(), after.first()) else { return Joint::Close };
    if is_hyphen(last) {
        return hyphen(before, after, words);
    }
    let prior = before.len().checked_sub(2).map(|at| before[at]);
    match last {
        // "10–" and "20": the range goes on. A dash behind a space is punctuation, or the sign of what follows.
        // "mg/" and "kg", "and/" and "or", the parts of an address.
        '–' | '/' if prior.is_some_and(char::is_alphanumeric) && first.is_alphanumeric() => Joint::Close,
        '—' if prior.is_some_and(char::is_alphanumeric) => Joint::Close,
        ',' => after_comma(before, after),
        '.' => after_point(before, after),
        _ => Joint::Space,
    }
}

fn hyphen(before: &[char], after: &[char], words: &Words) -> Joint {
    let body = &before[..before.len() - 1];
    let soft = before.last() == Some(&'\u{AD}');
    let (Some(&prior), Some(&first)) = (body.last(), after.first()) else { return Joint::Space };
    if !prior.is_alphanumeric() && !")]’'".contains(prior) {
        // A dash that stands alone, or the sign of the number that follows.
        return Joint::Space;
    }
    if !first.is_alphanumeric() {
        return Joint::Close;
    }
    let whole = |side: &mut dyn Iterator<Item = &char>| -> String {
        side.take_while(|letter| letter.is_alphabetic() || is_hyphen(**letter)).take(60).collect()
    };
    let head: String = whole(&mut body.iter().rev()).chars().rev().collect();
    let tail: String = whole(&mut after.iter());
    if head.is_empty() || tail.is_empty() || prior.is_numeric() || first.is_numeric() {
        return Joint::Close;
    }
    if soft {
        return Joint::Undo { doubtful: false };
    }
    let shouting = prior.is_uppercase() && head.chars().count() > 1 && head.chars().all(char::is_uppercase);
    if first.is_uppercase() && !shouting {
        return Joint::Close;
    }
    // "meta-" before "and": a hyphen that stands for the rest of a word ("pre- and post-test").
    if matches!(tail.as_str(), "and" | "or" | "to" | "und" | "et" | "vs") {
        return Joint::Space;
    }
    // "Bonferroni-" and "corrected": the second half is a word that compounds end with.
    if COMPOUND_ENDS.contains(&tail.as_str()) && !WORD_PREFIXES.contains(&head.to_lowercase().as_str()) {
        return Joint::Close;
    }
    let joined = words.has(&format!("{head}{tail}"));
    let kept = words.has(&format!("{head}-{tail}"));
    match (joined, kept) {
        (true, false) => Joint::Undo { doubtful: false },
        (false, true) => Joint::Close,
        _ if head.contains(is_hyphen)
            || matches!(head.as_str(), "non" | "self" | "well" | "half" | "cross" | "quasi") =>
        {
            Joint::Close
        }
        // One letter before the hyphen is no syllable that printers part: "t-test", "p-value", "x-ray".
        _ if head.chars().count() == 1 => Joint::Close,
        _ => Joint::Undo { doubtful: true },
    }
}

/// The digits and commas at the end of `before`.
fn number_at_end(before: &[char]) -> &[char] {
    let length = before.iter().rev().take_while(|character| character.is_ascii_digit() || **character == ',').count();
    &before[before.len() - length..]
}

/// How many digits `after` begins with, and what follows them.
fn digits_at_start(after: &[char]) -> (usize, Option<char>) {
    let digits = after.iter().take_while(|character| character.is_ascii_digit()).count();
    (digits, after.get(digits).copied())
}

/// "42," and "000 ng": a group of three digits behind a comma goes on with the number.
fn after_comma(before: &[char], after: &[char]) -> Joint {
    let number = number_at_end(before);
    let groups: Vec<&[char]> = number[..number.len() - 1].split(|character| *character == ',').collect();
    let grouped = groups
        .iter()
        .enumerate()
        .all(|(at, group)| if at == 0 { (1..=3).contains(&group.len()) && group[0] != '0' } else { group.len() == 3 });
    let (digits, next) = digits_at_start(after);
    let ends = !next.is_some_and(char::is_alphanumeric);
    let head = before.len() - number.len();
    let stands_free = head == 0 || !(before[head - 1].is_alphanumeric() || ".-/".contains(before[head - 1]));
    if !(grouped && digits == 3 && ends && stands_free) {
        return Joint::Space;
    }
    // A number never begins with a nought that groups; a list of whole numbers may go on with one of three digits.
    let mut prior = before[..head].iter().rev().filter(|character| !character.is_whitespace());
    let listed = prior.next() == Some(&',') && prior.next().is_some_and(char::is_ascii_digit);
    if after[0] != '0' && (listed || list_follows(&after[digits..])) { Joint::MaybeNumber } else { Joint::Number }
}

/// Whether a list of numbers goes on: ", 5", " and 275", " or 10".
fn list_follows(after: &[char]) -> bool {
    let text: String = after.iter().take(12).collect();
    let rest = text.trim_start();
    let rest = ["and ", "or ", "& ", ", and ", ", or ", ", "].iter().find_map(|link| rest.strip_prefix(link));
    rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// "0." and "05", "p < ." and "001": the decimals go on. "in 2015." and "12 patients" do not.
fn after_point(before: &[char], after: &[char]) -> Joint {
    let (digits, _) = digits_at_start(after);
    if digits == 0 {
        return Joint::Space;
    }
    let body = &before[..before.len() - 1];
    let number = body.iter().rev().take_while(|character| character.is_ascii_digit()).count();
    let behind = body.len().checked_sub(number + 1).map(|at| body[at]);
    match number {
        // A point behind a relation or a sign opens decimals.
        0 => match body.iter().rev().find(|character| !character.is_whitespace()) {
            Some('<' | '>' | '=' | '≤' | '≥' | '≈' | '−' | '±') => Joint::Number,
            _ => Joint::Space,
        },
        1 if body.last() == Some(&'0') && !behind.is_some_and(|left| left.is_alphanumeric() || left == '.') => {
            Joint::Number
        }
        _ if behind.is_some_and(|left| left.is_alphanumeric() || left == '.') => Joint::Space,
        _ => Joint::MaybeNumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(before: &str, after: &str) -> Joint {
        let mut words = Words::default();
        words.add(&"of costeffective, cost-based transfer of pollutants now".chars().collect::<Vec<_>>());
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        joint(&before, &after, &words)
    }

    #[test]
    fn a_number_goes_on_behind_a_group_mark() {
        assert_eq!(join("dose of 7000 ng/kg bw/day (42,", "000 ng/day for a 60 kg adult)"), Joint::Number);
        assert_eq!(join("1,234,", "567 people"), Joint::Number);
        assert_eq!(join("of 42,", "0005"), Joint::Space);
        assert_eq!(join("in 1990,", "345 were"), Joint::Space);
        assert_eq!(join("of 42,", "12 and"), Joint::Space);
        assert_eq!(join("of 1.5,", "200 and"), Joint::Space);
        assert_eq!(join("groups of 10, 50,", "100 and 200"), Joint::MaybeNumber);
        assert_eq!(join("groups of 5, 42,", "000 in"), Joint::Number);
        assert_eq!(join("The sum of 412,", "388 and 275 kcal"), Joint::MaybeNumber);
    }

    #[test]
    fn decimals_go_on_behind_a_point_where_no_sentence_can_end() {
        assert_eq!(join("p = 0.", "05 was"), Joint::Number);
        assert_eq!(join("p < .", "001)"), Joint::Number);
        assert_eq!(join("in 2015.", "12 patients"), Joint::MaybeNumber);
        assert_eq!(join("see Section 3.0.", "5"), Joint::Space);
        assert_eq!(join("the end.", "5 patients"), Joint::Space);
    }

    #[test]
    fn signs_and_relations_stand_apart() {
        assert_eq!(join("of −", "5 °C"), Joint::Space);
        assert_eq!(join("p <", ".001"), Joint::Space);
        assert_eq!(join("a change of -", "5"), Joint::Space);
        assert_eq!(join("from 10–", "20 mg"), Joint::Close);
        assert_eq!(join("ng/", "kg"), Joint::Close);
        assert_eq!(join("10 –", "20"), Joint::Space);
    }

    #[test]
    fn soft_hyphens_are_undone_and_hard_ones_kept() {
        assert_eq!(join("the pollu-", "tant"), Joint::Undo { doubtful: true });
        assert_eq!(join("the trans-", "fer"), Joint::Undo { doubtful: false });
        assert_eq!(join("is cost-", "based"), Joint::Close);
        assert_eq!(join("the 12-", "week trial"), Joint::Close);
        assert_eq!(join("mid-", "1990s"), Joint::Close);
        assert_eq!(join("Kruskal-", "Wallis"), Joint::Close);
        assert_eq!(join("a t-", "test"), Joint::Close);
        assert_eq!(join("the Bonferroni-", "corrected level"), Joint::Close);
        assert_eq!(join("an un-", "corrected level"), Joint::Undo { doubtful: true });
        assert_eq!(join("pre-", "and post-test"), Joint::Space);
        assert_eq!(join("pollu\u{AD}", "tant"), Joint::Undo { doubtful: false });
    }
}
