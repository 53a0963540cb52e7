//! The passage of a question: the sentences around a target as data, with the value hidden.
//!
//! Three things hold for every passage. The value is not in it: neither at the target, nor at another number with the same
//! digits. It is one line of visible characters, so that it can leave no quotation that begins and ends with lines of its own.
//! And square brackets in it are ours, so that a paper can write no id of a value.

use std::fmt::Write as _;

use crate::document::{Document, TextIndex, TextRange};
use crate::extract::{Amount, Mentions, Quantity, QuantityIx, QuantityKind};
use crate::search::{MOST_IN_SENTENCE, Window};

/// The most characters of a passage.
pub const MOST_CHARACTERS: usize = 2400;

/// What a passage is written from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'p> {
    /// The paper.
    pub document: &'p Document,
    /// The offsets of its text.
    pub index: &'p TextIndex,
    /// What was found in it.
    pub mentions: &'p Mentions,
}

/// The passage of a window: its text, in which the operands have the ids `q1`, `q2`, … in the order of the text; and how many of
/// them it has. `None` where it would be too long.
pub(super) fn passage(source: Source<'_>, window: &Window, reach: usize) -> Option<(String, usize)> {
    let own = window.target.sentence;
    let sentences = &source.mentions.sentences;
    let leaf = sentences.get(own)?.leaf;
    let hidden = digits_of(source.mentions.quantities.get(window.target.quantity.0)?);
    let mut writer = Writer { source, window, hidden, text: String::new(), shown: 0 };
    for at in own.saturating_sub(reach)..=own + reach {
        if sentences.get(at).is_none_or(|sentence| sentence.leaf != leaf) {
            continue;
        }
        if source.mentions.quantities_of(at).len() > MOST_IN_SENTENCE {
            writer.text.push_str("[…] ");
        } else {
            writer.sentence(at);
        }
    }
    let text = one_line(&writer.text);
    (text.chars().count() <= MOST_CHARACTERS).then_some((text, writer.shown))
}

/// The digits of the numbers of a quantity under any reading, without zeros before and behind them.
fn digits_of(quantity: &Quantity) -> Vec<String> {
    let numbers = quantity.readings.iter().flat_map(|reading| match &reading.amount {
        Amount::Single(value) => vec![value],
        Amount::Range(a, b) | Amount::PlusMinus(a, b) => vec![a, b],
    });
    numbers.map(|number| number.telling_digits().to_owned()).collect()
}

struct Writer<'p> {
    source: Source<'p>,
    window: &'p Window,
    hidden: Vec<String>,
    text: String,
    shown: usize,
}

impl Writer<'_> {
    fn sentence(&mut self, at: usize) {
        let Some(sentence) = self.source.mentions.sentences.get(at) else { return };
        let mut from = sentence.range.start;
        for quantity in self.source.mentions.quantities_of(at) {
            let Some(printed) = self.source.mentions.quantities.get(quantity) else { continue };
            self.plain(TextRange::new(from, printed.range.start.max(from)));
            self.quantity(QuantityIx(quantity), printed);
            from = printed.range.end;
        }
        self.plain(TextRange::new(from, sentence.range.end.max(from)));
        self.text.push(' ');
    }

    fn slice(&self, range: TextRange) -> &str {
        self.source.index.slice(&self.source.document.text, range)
    }

    /// Words between the quantities. A number in them that no quantity was made of may still be the hidden one.
    fn plain(&mut self, range: TextRange) {
        let text = without_digits(&cleaned(self.slice(range)), &self.hidden);
        self.text.push_str(&text);
    }

    fn quantity(&mut self, quantity: QuantityIx, printed: &Quantity) {
        if quantity == self.window.target.quantity {
            let described = self.described(printed);
            let _ = write!(self.text, "[TARGET: {described}]");
            return;
        }
        // Its characters may hold the value under no reading of ours, too: "1 655" is a list of two numbers to one reader.
        let shown = one_line(&cleaned(self.slice(printed.range)));
        let same = digits_of(printed).iter().any(|digits| self.hidden.contains(digits))
            || without_digits(&shown, &self.hidden) != shown;
        let shown = if same { "hidden".to_owned() } else { shown };
        if self.window.operands.iter().any(|operand| operand.source.quantity() == Some(quantity)) {
            self.shown += 1;
            let _ = write!(self.text, "[q{}: {shown}]", self.shown);
        } else if same {
            self.text.push_str("[hidden]");
        } else {
            self.text.push_str(&shown);
        }
    }

    /// What the model is told of the target: its unit or kind, and how many digits it has.
    fn described(&self, printed: &Quantity) -> String {
        let digits = self.window.target.digits;
        let digits = if digits == 1 { "1 digit".to_owned() } else { format!("{digits} digits") };
        let unit = printed.first().unit.as_ref().map(|unit| one_line(&cleaned(self.slice(unit.range))));
        // A unit has no digits of a value; one that holds some is not repeated.
        let unit = unit.filter(|unit| !unit.is_empty() && without_digits(unit, &self.hidden) == *unit);
        let kind = match (printed.kind, unit) {
            (QuantityKind::Percentage, _) => "%".to_owned(),
            (_, Some(unit)) => unit,
            (QuantityKind::Count, None) => "count".to_owned(),
            (QuantityKind::Measured, None) => "measured".to_owned(),
            (_, None) => "number".to_owned(),
        };
        format!("{kind}, {digits}")
    }
}

/// The text without what is not seen, and with brackets and marks that are not ours: control and format characters, the other
/// spaces, private use. What is left of a run of "<" or ">" is one.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = match letter {
            _ if letter.is_whitespace() => ' ',
            _ if is_unseen(letter) => continue,
            '[' | '【' | '［' => '(',
            ']' | '】' | '］' => ')',
            other => other,
        };
        let doubled = matches!(letter, '<' | '>') && out.ends_with(letter);
        if !doubled {
            out.push(letter);
        }
    }
    out
}

/// Characters that a reader of the page does not see: controls, marks of direction and joining, tags, selectors of variants,
/// private use.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Spaces joined to one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with "#" for each number that has some digits: the runs of digits with the marks and spaces that group them.
fn without_digits(text: &str, hidden: &[String]) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            out.push(letters[at]);
            at += 1;
            continue;
        }
        let mut end = at;
        // Within a number a single mark or space may stand between digits.
        while end < letters.len()
            && (letters[end].is_ascii_digit()
                || (matches!(letters[end], '.' | ',' | ' ' | '\'' | '·' | '\u{2009}')
                    && letters.get(end + 1).is_some_and(char::is_ascii_digit)))
        {
            end += 1;
        }
        let run: String = letters[at..end].iter().collect();
        let parts = run.split(|letter: char| !letter.is_ascii_digit());
        let joined: String = run.chars().filter(char::is_ascii_digit).collect();
        let told =
            parts.chain([joined.as_str()]).any(|digits| hidden.iter().any(|own| own == digits.trim_matches('0')));
        out.push_str(if told { "#" } else { &run });
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_dropped_and_marks_are_not_the_papers() {
        assert_eq!(cleaned("a\u{200b}b\u{202e}c\u{e0041}[q1: 5]<<<\n>>>"), "abc(q1: 5)< >");
        assert_eq!(one_line("a \u{2028} b\r\n c"), "a b c");
        assert_eq!(cleaned("p < 0.05, n >> 3"), "p < 0.05, n > 3");
    }

    #[test]
    fn a_number_with_the_hidden_digits_is_taken_out_in_every_dress() {
        let hidden = vec!["1611".to_owned()];
        for text in ["1,611", "1 611", "16.11", "0.1611", "161100", "1611"] {
            assert_eq!(without_digits(&format!("see {text} there"), &hidden), "see # there", "{text}");
        }
        assert_eq!(without_digits("see 1,612 and 16 there", &hidden), "see 1,612 and 16 there");
        assert_eq!(without_digits("12, 1611 and", &hidden), "12, # and");
    }
}
