//! The numbers of a short text as a label and a finding are compared by: values without signs and units.
//!
//! This is not how papers are read (see `extract`): a label is compared with what was extracted, so its numbers are read
//! here by a few plain rules. Grouping is undone; a comma or point before three digits can be either mark, so such a
//! number has both values; raised and lowered digits count as plain ones; the words up to fifteen are numbers.

use std::collections::BTreeSet;

use crate::arithmetic::Rational;
use crate::arithmetic::rational;

/// The words that are numbers, from nought on.
const WORDS: [&str; 16] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen",
];

/// The values that one printed number can have.
pub type Values = BTreeSet<Rational>;

const fn is_group_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The numbers of a text, in its order.
pub fn numbers(text: &str) -> Vec<Values> {
    let text: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (length, values) = token(&text, at);
        found.extend(values.filter(|values| !values.is_empty()));
        at += length.max(1);
    }
    found
}

/// How many characters the token at `at` has, and its values where it is a number.
fn token(text: &[char], at: usize) -> (usize, Option<Values>) {
    let run = |from: usize, is: &dyn Fn(char) -> bool| text[from..].iter().take_while(|c| is(**c)).count();
    let is_digit = |c: char| c.is_ascii_digit();
    let first = text[at];
    if first.is_ascii_alphabetic() {
        let length = run(at, &|c| c.is_ascii_alphabetic());
        let word: String = text[at..at + length].iter().map(char::to_ascii_lowercase).collect();
        let value = WORDS.iter().position(|known| *known == word).and_then(|value| i64::try_from(value).ok());
        return (length, value.map(|value| Values::from([rational::whole(value)])));
    }
    if let Some(length) = grouped(text, at) {
        return (length, Some(values(&text[at..at + length])));
    }
    let whole = run(at, &is_digit);
    let marked = |at: usize, marks: &[char]| text.get(at).is_some_and(|c| marks.contains(c));
    let decimals = |at: usize| if at < text.len() { run(at, &is_digit) } else { 0 };
    if whole > 0 {
        let fraction = if marked(at + whole, &['.', ',', '·']) { decimals(at + whole + 1) } else { 0 };
        let length = if fraction > 0 { whole + 1 + fraction } else { whole };
        return (length, Some(values(&text[at..at + length])));
    }
    let opens = at.checked_sub(1).is_none_or(|before| !is_word(text[before]) && text[before] != '.');
    if marked(at, &['.', ',']) && opens && decimals(at + 1) > 0 {
        let length = 1 + decimals(at + 1);
        return (length, Some(values(&text[at..at + length])));
    }
    for shifted in ["⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"] {
        let digit = |c: char| shifted.chars().position(|one| one == c);
        let length = run(at, &|c| digit(c).is_some());
        if length > 0 {
            let plain =
                text[at..at + length].iter().filter_map(|c| char::from_digit(u32::try_from(digit(*c)?).ok()?, 10));
            return (length, Some(values(&plain.collect::<Vec<_>>())));
        }
    }
    (1, None)
}

const fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The length of a number with groups of three digits, where one begins.
fn grouped(text: &[char], at: usize) -> Option<usize> {
    let digits =
        |from: usize| text.get(from..).map_or(0, |rest| rest.iter().take_while(|c| c.is_ascii_digit()).count());
    let head = digits(at);
    if head == 0 || head > 3 {
        return None;
    }
    let mut end = at + head;
    let mut last = None;
    loop {
        let mark = match text.get(end) {
            Some(',') if text.get(end + 1).is_some_and(|c| c.is_whitespace()) => 2,
            Some(',') => 1,
            Some(space) if is_group_space(*space) => 1,
            _ => break,
        };
        if digits(end + mark) != 3 {
            break;
        }
        end += mark + 3;
        last = Some(end);
    }
    let end = last?;
    let fraction = if text.get(end) == Some(&'.') { digits(end + 1) } else { 0 };
    Some(if fraction > 0 { end + 1 + fraction } else { end } - at)
}

/// The values of a token of digits and marks.
fn values(token: &[char]) -> Values {
    let compact: String =
        token.iter().filter(|c| !c.is_whitespace()).map(|c| if *c == '·' { '.' } else { *c }).collect();
    let mut values = Values::new();
    let is_grouped = {
        let (whole, _) = compact.split_once('.').unwrap_or((&compact, ""));
        let mut groups = whole.split(',');
        let head = groups.next().map_or(0, str::len);
        let rest: Vec<&str> = groups.collect();
        (1..=3).contains(&head) && !rest.is_empty() && rest.iter().all(|group| group.len() == 3)
    };
    if is_grouped {
        values.extend(rational::parse(&compact.replace(',', "")));
    }
    if compact.chars().filter(|c| matches!(c, ',' | '.')).count() <= 1 {
        let decimal = compact.replace(',', ".");
        let decimal = if decimal.starts_with('.') { format!("0{decimal}") } else { decimal };
        values.extend(rational::parse(&decimal));
    }
    values
}

/// How many of some numbers stand in another list, each number of that list used once.
pub fn shared(wanted: &[Values], other: &[Values]) -> usize {
    let mut left: Vec<&Values> = other.iter().collect();
    let mut count = 0;
    for values in wanted {
        if let Some(at) = left.iter().position(|candidate| !candidate.is_disjoint(values)) {
            left.remove(at);
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Vec<String>> {
        numbers(text).iter().map(|values| values.iter().map(rational::to_text).collect()).collect()
    }

    #[test]
    fn numbers_are_read_plainly() {
        assert_eq!(of("42 of 46 (91.3%)"), [vec!["42"], vec!["46"], vec!["91.3"]]);
        assert_eq!(of("1,234 men"), [vec!["1.234", "1234"]]);
        assert_eq!(of("42,\n000 ng"), [vec!["42", "42000"]]);
        assert_eq!(of("p = .036, χ2 = 4,1"), [vec!["0.036"], vec!["2"], vec!["4.1"]]);
        assert_eq!(of("twelve trials, F(2; 56)"), [vec!["12"], vec!["2"], vec!["56"]]);
        assert_eq!(of("10⁻³ and 12 500"), [vec!["10"], vec!["3"], vec!["12"], vec!["500"]]);
        assert_eq!(of("12\u{2009}500"), [vec!["12500"]]);
    }

    #[test]
    fn each_number_serves_once() {
        assert_eq!(shared(&numbers("4 and 4 is 8"), &numbers("4 + 8")), 2);
        assert_eq!(shared(&numbers("4 and 4"), &numbers("4 + 4")), 2);
    }
}
