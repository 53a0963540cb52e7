//! Structured abstracts in one paragraph, "Background: … Methods: … Results: …": each part becomes a paragraph.

use crate::document::{BlockKind, TextRange};

use super::compose::{DraftBlock, DraftLine};
use super::names;

/// How many labels make a structured abstract.
const FEWEST: usize = 3;
/// How long a structured abstract is at most, and the longest label.
const LONGEST: usize = 6_000;
const LABEL: usize = 90;

/// The parts of a structured abstract; any other block as it is.
pub fn parted(draft: DraftBlock) -> Vec<DraftBlock> {
    if draft.kind != BlockKind::Paragraph
        || draft.lines.iter().map(|line| line.characters.len()).sum::<usize>() > LONGEST
    {
        return vec![draft];
    }
    let starts = labels(&draft.text().chars().collect::<Vec<_>>());
    if starts.len() < FEWEST {
        return vec![draft];
    }
    let mut out: Vec<DraftBlock> = Vec::new();
    let mut starts = starts.into_iter().peekable();
    let mut at = 0;
    for line in draft.lines {
        let length = line.characters.len();
        let mut from = 0;
        while let Some(start) = starts.next_if(|start| *start < at + length) {
            let cut = start - at;
            add(&mut out, &line, TextRange::new(from, cut));
            out.push(DraftBlock::plain(BlockKind::Paragraph, Vec::new()));
            from = cut;
        }
        add(&mut out, &line, TextRange::new(from, length));
        // Lines are parted by a space in the text that was looked at.
        at += length + 1;
    }
    out.retain(|block| !block.lines.is_empty());
    out
}

/// Adds a part of a line to the last block, without the white space at its end.
fn add(out: &mut [DraftBlock], line: &DraftLine, range: TextRange) {
    let own = line.characters.get(range.start..range.end).unwrap_or_default();
    let length = own.iter().rposition(|character| !character.is_whitespace()).map_or(0, |last| last + 1);
    if let Some(block) = out.last_mut().filter(|_| length > 0) {
        block.lines.push(line.part(TextRange::new(range.start, range.start + length)));
    }
}

/// Where labels begin: at the start, and where sentences end, all with the mark of the first.
fn labels(text: &[char]) -> Vec<usize> {
    let label = |at: usize| {
        let rest: String = text[at..].iter().take(LABEL).collect();
        let (_, length) = names::run_in(&rest)?;
        text[at..at + length].iter().rev().find(|character| !character.is_whitespace()).copied()
    };
    let Some(mark) = label(0) else { return Vec::new() };
    let mut starts = vec![0];
    for at in 2..text.len() {
        let opens =
            text[at].is_uppercase() && text[at - 1].is_whitespace() && matches!(text[at - 2], '.' | '!' | '?' | ')');
        if opens && label(at) == Some(mark) {
            starts.push(at);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Place;

    fn parts(lines: &[&str]) -> Vec<String> {
        let line = |text: &&str| DraftLine {
            characters: text.chars().collect(),
            edges: Vec::new(),
            place: Place::Line { line: 1, column: 1 },
            doubts: Vec::new(),
        };
        let draft = DraftBlock::plain(BlockKind::Paragraph, lines.iter().map(line).collect());
        parted(draft).iter().map(DraftBlock::text).collect()
    }

    #[test]
    fn each_label_opens_a_part() {
        assert_eq!(
            parts(&[
                "Background: Foxes sleep. Methods: We",
                "looked at 12 foxes.",
                "Results: All slept (n = 12). Conclusions: So be it."
            ]),
            [
                "Background: Foxes sleep.",
                "Methods: We looked at 12 foxes.",
                "Results: All slept (n = 12).",
                "Conclusions: So be it."
            ]
        );
    }

    #[test]
    fn sentences_with_a_colon_stay_together() {
        for text in [
            "Background: Foxes sleep. We asked two things: when, and Results: none.",
            "Results were of two kinds. Methods. Results: some. Conclusions: none.",
            "The label Background: is one. Methods: two. Results: three.",
        ] {
            assert_eq!(parts(&[text]), [text]);
        }
    }
}
