//! Numbers in words ("eight", "twenty-five", "two dozen", "half"), and the scale words behind digits ("8 billion").
//!
//! Ordinals ("third") are no numbers, and neither are loose words ("several", "hundreds of").

use crate::arithmetic::Printed;
use crate::document::TextRange;

use super::number::{Number, NumberReading};
use super::source::{Source, is_space};

/// How many words a number in words may have.
const MAX_WORDS: usize = 12;

/// The value of a word below a hundred.
fn small(word: &str) -> Option<u64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    // "Fourty" is a common slip of the pen.
    let word = if word == "fourty" { "forty" } else { word };
    let at = |list: &[&str]| list.iter().position(|entry| *entry == word).and_then(|at| u64::try_from(at).ok());
    at(&ONES).or_else(|| at(&TENS).map(|tens| (tens + 2) * 10))
}

/// The power of ten of a scale word, from "thousand" on.
pub(super) fn scale(word: &str) -> Option<i32> {
    Some(match word {
        "thousand" => 3,
        "million" | "millions" | "mio" => 6,
        "billion" | "billions" | "bn" => 9,
        "trillion" | "trillions" => 12,
        _ => return None,
    })
}

/// The word at a position in lower case, with its end; empty where no letter stands there or the word is very long.
fn word_at(source: &Source<'_>, at: usize, end: usize) -> (String, usize) {
    let stop = source.letters_end(at, end.min(at + 12));
    (source.window(at, stop).to_lowercase(), stop)
}

/// Reads the number in words at `start`, which must be the first letter of a word.
pub(super) fn read(source: &Source<'_>, start: usize, end: usize) -> Option<Number> {
    let mut state = Words::default();
    let (mut at, mut stop) = (start, start);
    for _ in 0..MAX_WORDS {
        let (word, next) = word_at(source, at, end);
        if !state.take(&word) {
            break;
        }
        stop = next;
        let gap = source.at(next).filter(|_| next < end);
        at = match gap {
            Some('-' | '\u{2010}' | '\u{2011}') => next + 1,
            Some(c) if is_space(c) => next + 1,
            _ => break,
        };
        if word_at(source, at, end).0 == "and" && state.open_to_and() {
            let after = source.skip_spaces(at + 3, end);
            if small(&word_at(source, after, end).0).is_some() {
                at = after;
            }
        }
    }
    let range = TextRange::new(start, stop);
    let mut printed = state.finish(source.slice(range))?;
    let mut range = range;
    if source.has_word(stop, " and a half") && printed.decimals == 0 {
        range.end = stop + " and a half".len();
        printed.digits.push('5');
        printed.decimals = 1;
        source.slice(range).clone_into(&mut printed.text);
    }
    Some(Number { range, readings: vec![NumberReading { printed, edits: Vec::new() }], words: true })
}

/// A number in words as far as it has been read.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each tells one thing about the words read so far")]
struct Words {
    total: u64,
    current: u64,
    /// The power of ten of the scale that stands last, as long as nothing follows it.
    exponent: i32,
    taken: usize,
    article: bool,
    half: bool,
    dozen: bool,
    last_tens: bool,
    last_small: bool,
}

impl Words {
    /// Takes the next word, if the number can go on with it.
    fn take(&mut self, word: &str) -> bool {
        if self.half || self.dozen {
            return false;
        }
        let fits = self.article_or_half(word) || self.below_hundred(word) || self.multiple(word);
        self.taken += usize::from(fits);
        fits
    }

    fn article_or_half(&mut self, word: &str) -> bool {
        let first = self.taken == 0;
        match word {
            "a" if first => self.article = true,
            "half" if first => self.half = true,
            _ => return false,
        }
        true
    }

    fn below_hundred(&mut self, word: &str) -> bool {
        let Some(value) = small(word) else { return false };
        let tens = value >= 20;
        let after_tens = self.last_tens && value < 10 && value > 0;
        if self.article || (self.last_small && !after_tens) || (self.exponent > 0 && self.total == 0) {
            return false;
        }
        self.current += value;
        self.last_tens = tens;
        self.last_small = true;
        true
    }

    fn multiple(&mut self, word: &str) -> bool {
        let base = if self.article { 1 } else { self.current };
        let ready = self.article || self.last_small || (self.taken > 0 && self.current >= 100);
        if !ready || base == 0 {
            return false;
        }
        if word == "hundred" && base < 100 {
            self.current = base * 100;
        } else if word == "dozen" && base < 100 {
            self.current = base * 12;
            self.dozen = true;
        } else if let Some(exponent) = scale(word) {
            let Some(value) = 10_u64.checked_pow(exponent.unsigned_abs()).and_then(|scale| base.checked_mul(scale))
            else {
                return false;
            };
            let Some(total) = self.total.checked_add(value) else { return false };
            self.total = total;
            self.current = 0;
        } else {
            return false;
        }
        (self.article, self.last_tens, self.last_small) = (false, false, false);
        true
    }

    /// Whether "and" may follow ("two hundred and five").
    const fn open_to_and(&self) -> bool {
        self.current >= 100 && !self.last_small && !self.dozen
    }

    fn finish(&self, text: &str) -> Option<Printed> {
        if self.half {
            return Some(Printed {
                decimals: 1,
                text: text.to_owned(),
                digits: "5".to_owned(),
                exact: true,
                ..Printed::count(0)
            });
        }
        if self.taken == 0 || self.article {
            return None;
        }
        let value = self.total.checked_add(self.current)?;
        Some(Printed { text: text.to_owned(), ..Printed::count(value) })
    }
}

/// Extends a number over the scale word behind it ("8 billion", "2.5-million", "10k").
pub(super) fn attach_scale(source: &Source<'_>, number: &mut Number, end: usize) {
    let after = number.range.end;
    let gap = source.at(after);
    let glued_k =
        gap == Some('k') && !source.at(after + 1).is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '/');
    if glued_k {
        *number = number.scaled(3);
        number.range.end = after + 1;
        for reading in &mut number.readings {
            source.slice(number.range).clone_into(&mut reading.printed.text);
        }
        return;
    }
    if !gap.is_some_and(|c| is_space(c) || c == '-') {
        return;
    }
    let (word, stop) = word_at(source, after + 1, end);
    if let Some(exponent) = scale(&word) {
        *number = number.scaled(exponent);
        number.range.end = stop;
        for reading in &mut number.readings {
            source.slice(number.range).clone_into(&mut reading.printed.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational;

    fn value(text: &str) -> Option<(String, usize)> {
        let source = Source::new(text);
        let number = read(&source, 0, source.chars.len())?;
        Some((rational::to_text(&number.first().point()), number.range.end))
    }

    #[test]
    fn numbers_in_words_are_read() {
        for (text, expected, length) in [
            ("eight mice", "8", 5),
            ("Twenty-five mice", "25", 11),
            ("two hundred and five rats", "205", 20),
            ("one hundred and twenty-three", "123", 28),
            ("two dozen eggs", "24", 9),
            ("a dozen eggs", "12", 7),
            ("a hundred and the", "100", 9),
            ("three million people", "3000000", 13),
            ("two thousand five hundred", "2500", 25),
            ("half a litre", "0.5", 4),
            ("two and a half miles", "2.5", 14),
            ("five six", "5", 4),
            ("twenty thirty", "20", 6),
        ] {
            assert_eq!(value(text), Some((expected.to_owned(), length)), "{text}");
        }
    }

    #[test]
    fn loose_words_and_ordinals_are_not() {
        for text in ["third", "a few", "hundreds of", "thousand", "twofold", "", "a"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
