//! A quote for the terminal: wrapped to a width, with marks under the operands.

use crate::document::TextRange;

use super::printable;

/// A line of a wrapped quote and, where an operand stands in it, the marks that go under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteLine {
    /// The text, without characters that could steer a terminal.
    pub text: String,
    /// Spaces and marks, without trailing spaces; empty where no operand stands in the line.
    pub marks: String,
}

/// The most lines that are shown of a quote; lines without marks give way first.
const MOST_LINES: usize = 12;

/// Wraps `quote`, which stands at `range` of the text, to lines of `width` characters and marks the `operands`.
pub fn wrap(quote: &str, range: TextRange, operands: &[TextRange], width: usize) -> Vec<QuoteLine> {
    let width = width.max(20);
    let mut lines: Vec<QuoteLine> = Vec::new();
    let mut line: Vec<(char, bool)> = Vec::new();
    for word in words(quote, range, operands) {
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            lines.push(finish(&line));
            line.clear();
        }
        if let (Some((_, before)), Some((_, after))) = (line.last(), word.first()) {
            // The space between two marked words of one operand is marked too.
            let both = *before && *after;
            line.push((' ', both));
        }
        for part in word.chunks(width) {
            if line.len() + part.len() > width {
                lines.push(finish(&line));
                line.clear();
            }
            line.extend_from_slice(part);
        }
    }
    if !line.is_empty() {
        lines.push(finish(&line));
    }
    shorten(lines)
}

/// The words of the quote, each character with whether it belongs to an operand.
fn words(quote: &str, range: TextRange, operands: &[TextRange]) -> Vec<Vec<(char, bool)>> {
    let mut words = Vec::new();
    let mut word = Vec::new();
    for (at, character) in quote.chars().enumerate() {
        if character.is_whitespace() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        } else {
            let place = range.start + at;
            let marked = operands.iter().any(|operand| operand.start <= place && place < operand.end);
            word.push((printable::safe(character), marked));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn finish(line: &[(char, bool)]) -> QuoteLine {
    let text = line.iter().map(|(character, _)| character).collect();
    let marks: String = line.iter().map(|(_, marked)| if *marked { '━' } else { ' ' }).collect();
    QuoteLine { text, marks: marks.trim_end().to_owned() }
}

/// Leaves out lines far from every operand, and shows that it did.
fn shorten(lines: Vec<QuoteLine>) -> Vec<QuoteLine> {
    if lines.len() <= MOST_LINES {
        return lines;
    }
    let marked: Vec<bool> = lines.iter().map(|line| !line.marks.is_empty()).collect();
    let mut kept: Vec<QuoteLine> = Vec::new();
    let mut gap = false;
    for (at, line) in lines.into_iter().enumerate() {
        let near = marked[at.saturating_sub(1)..marked.len().min(at + 2)].iter().any(|marked| *marked);
        if near && kept.len() < 2 * MOST_LINES {
            gap = false;
            kept.push(line);
        } else if !gap {
            gap = true;
            kept.push(QuoteLine { text: "…".to_owned(), marks: String::new() });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_are_marked_under_the_wrapped_quote() {
        let quote = "a 60 kg adult takes in\n42,\n000 ng/day";
        let range = TextRange::new(100, 100 + quote.chars().count());
        let operands = [TextRange::new(102, 107), TextRange::new(123, 138)];
        let lines = wrap(quote, range, &operands, 24);
        assert_eq!(
            lines,
            [
                QuoteLine { text: "a 60 kg adult takes in".into(), marks: "  ━━━━━".into() },
                QuoteLine { text: "42, 000 ng/day".into(), marks: "━━━━━━━━━━━━━━".into() },
            ]
        );
    }

    #[test]
    fn endless_words_and_quotes_stay_in_bounds() {
        let quote = format!("{} 5 mg {}", "x".repeat(300), "word ".repeat(2000));
        let operand = TextRange::new(301, 305);
        let lines = wrap(&quote, TextRange::new(0, quote.chars().count()), &[operand], 40);
        assert!(lines.len() <= 3 * MOST_LINES, "{}", lines.len());
        assert!(lines.iter().all(|line| line.text.chars().count() <= 40));
        assert!(lines.iter().any(|line| line.marks.contains('━')));
    }
}
