//! The paper's own words: the text around a claim, its quote, and marks on the operands.

use crate::report::exhibits::Passage;
use crate::report::finding::{Finding, OperandReport};

use super::writer::Html;

/// How many characters of a quote are shown on either side of an operand; what is farther from all of them gives way.
const REACH: usize = 240;

/// The quote, with `passage` around it where the text is known.
pub(super) fn passage(html: &mut Html, finding: &Finding, passage: Option<&Passage>) {
    html.element("blockquote", &[("translate", "no"), ("dir", "auto")], |html| {
        html.element("p", &[], |html| {
            if let Some(passage) = passage.filter(|passage| !passage.before.is_empty()) {
                html.leaf("span", &[("class", "around")], &passage.before);
            }
            for (text, marked) in pieces(finding) {
                if marked {
                    html.leaf("mark", &[], &text);
                } else {
                    html.text(&text);
                }
            }
            if let Some(passage) = passage.filter(|passage| !passage.after.is_empty()) {
                html.leaf("span", &[("class", "around")], &passage.after);
            }
        });
    });
}

/// An operand outside the quote, with the text around it.
pub(super) fn elsewhere(html: &mut Html, operand: &OperandReport) {
    let Some(around) = &operand.around else { return };
    html.element("blockquote", &[("translate", "no"), ("dir", "auto")], |html| {
        html.element("p", &[], |html| {
            html.leaf("span", &[("class", "around")], &format!("… {}", around.before));
            html.leaf("mark", &[], &operand.span.quote);
            html.leaf("span", &[("class", "around")], &format!("{} …", around.after));
        });
    });
}

/// The quote in pieces, each with whether it belongs to an operand; long stretches without operands are cut.
fn pieces(finding: &Finding) -> Vec<(String, bool)> {
    let marked = |at: usize| {
        let place = finding.range.start + at;
        finding.operands.iter().any(|operand| operand.span.range.start <= place && place < operand.span.range.end)
    };
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (at, character) in finding.quote.chars().enumerate() {
        let marked = marked(at);
        match pieces.last_mut() {
            Some((text, same)) if *same == marked => text.push(character),
            _ => pieces.push((character.to_string(), marked)),
        }
    }
    let last = pieces.len().saturating_sub(1);
    for (at, (text, marked)) in pieces.iter_mut().enumerate() {
        if !*marked {
            *text = shortened(text, at == 0, at == last);
        }
    }
    pieces
}

/// Text between operands without its middle; before the first one without its start, after the last without its end.
fn shortened(text: &str, first: bool, last: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (head, tail) = (if first { 0 } else { REACH }, if last { 0 } else { REACH });
    if characters.len() <= head + tail + REACH / 4 {
        return text.to_owned();
    }
    let start: String = characters[..head].iter().collect();
    let end: String = characters[characters.len() - tail..].iter().collect();
    format!("{start} […] {end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::report;

    #[test]
    fn operands_are_marked_where_they_stand() {
        let finding = &report().papers[0].findings[0];
        let pieces = pieces(finding);
        let marked: Vec<&str> = pieces.iter().filter(|(_, marked)| *marked).map(|(text, _)| text.as_str()).collect();
        assert_eq!(marked, ["7,000 ng/kg/day", "60 kg", "42,\n000 ng/day"]);
        assert_eq!(pieces.iter().map(|(text, _)| text.as_str()).collect::<String>(), finding.quote);
    }

    #[test]
    fn long_stretches_are_cut() {
        let text = "x".repeat(2_000);
        assert_eq!(shortened(&text, false, false).chars().count(), 2 * REACH + 5);
        assert_eq!(shortened(&text, true, false).chars().count(), REACH + 5);
        assert_eq!(shortened("short", false, false), "short");
    }
}
