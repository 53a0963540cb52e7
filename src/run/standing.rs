//! The places that the values of a finding stand at, and what they are called: "abstract", "Table 2, row “Age”, p. 4". Names
//! are for people and decide nothing.

use crate::document::{BlockKind, Place, SectionName, Table, TextRange};
use crate::report::{Finding, Standing};

use super::paper::Paper;
use super::table_view::{line, table_at};

/// How many characters of a heading, or of the name of a row or column, a place is named by.
const LONGEST: usize = 60;

/// The places of a finding: that of its quote first, with all values of a table that the quote is in; then, for values
/// outside, each table and each range.
pub(super) fn of(paper: &Paper, claim: usize, finding: &Finding) -> Vec<Standing> {
    let (outside, inside): (Vec<usize>, Vec<usize>) =
        (0..finding.operands.len()).partition(|at| finding.operands[*at].around.is_some());
    let mut places = vec![inside];
    for at in outside {
        let own = finding.operands[at].span.range;
        let together = |other: &usize| {
            let other = finding.operands[*other].span.range;
            own == other || table_range(paper, own).is_some_and(|table| table.contains(other))
        };
        match places.iter_mut().find(|place| place.iter().any(together)) {
            Some(place) => place.push(at),
            None => places.push(vec![at]),
        }
    }
    let standing = |(place, mut operands): (usize, Vec<usize>)| {
        operands.sort_unstable();
        let range = operands.last().map_or(finding.range, |at| finding.operands[*at].span.range);
        let page = paper.document.span(&paper.index, range).places.iter().find_map(|place| match place {
            Place::Box { page, .. } => Some(format!("p. {page}")),
            Place::Line { line, .. } => Some(format!("line {line}")),
            Place::Element { .. } | Place::Cell { .. } => None,
        });
        let words: Vec<String> = [name(paper, range), page].into_iter().flatten().collect();
        Standing { claim, place, name: words.join(", "), operands }
    };
    places.into_iter().enumerate().map(standing).collect()
}

fn table_range(paper: &Paper, range: TextRange) -> Option<TextRange> {
    table_at(&paper.document, range).map(|table| table.range)
}

/// The name of a place: its table with row and column, the caption, the abstract, or the heading that it stands under.
fn name(paper: &Paper, range: TextRange) -> Option<String> {
    let document = &paper.document;
    if let Some(table) = table_at(document, range) {
        return in_table(paper, table, range);
    }
    let text = |range| line(document, &paper.index, range, LONGEST);
    let leaves = document.leaves();
    if let Some(caption) = leaves.iter().find(|block| block.kind == BlockKind::Caption && block.range.contains(range)) {
        return Some(format!("caption of {}", label(&text(caption.range))));
    }
    if document.sections_at(range.start).contains(&SectionName::Abstract) {
        return Some("abstract".to_owned());
    }
    let heading = leaves.iter().filter(|block| block.kind == BlockKind::Heading && block.range.end <= range.start);
    heading.max_by_key(|block| block.range.start).map(|block| quoted(&text(block.range)))
}

fn in_table(paper: &Paper, table: &Table, range: TextRange) -> Option<String> {
    let own = table.holding(range)?;
    let text = |range| line(&paper.document, &paper.index, range, LONGEST);
    let named = |kind: &str, range| {
        let text = text(range);
        (!text.is_empty()).then(|| format!("{kind} {}", quoted(&text)))
    };
    let row = table.at(own.row, 0).filter(|head| head.column < own.column);
    let column = table.heading(own.column).filter(|head| head.range != own.range).last();
    let parts = [
        Some(table.caption.map_or_else(|| "a table".to_owned(), |caption| label(&text(caption)))),
        row.and_then(|head| named("row", head.range)),
        column.and_then(|head| named("column", head.range)),
    ];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// What a caption calls its table or figure: `Table 2`.
fn label(caption: &str) -> String {
    let mut words = caption.split_whitespace();
    let (kind, number) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let number = number.trim_end_matches(['.', ':', '|', ')', '\u{2013}', '\u{2014}', '-']);
    let roman = |word: &str| word.chars().all(|letter| "IVXL".contains(letter));
    let is_number = !number.is_empty() && (number.contains(|letter: char| letter.is_ascii_digit()) || roman(number));
    if is_number { format!("{kind} {number}") } else { "a table or figure".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn a_caption_is_called_by_its_number() {
        for (caption, name) in [
            ("Table 2. Baseline of both groups", "Table 2"),
            ("Fig. S3: The rivers", "Fig. S3"),
            ("TABLE IV Results", "TABLE IV"),
            ("Baseline of both groups", "a table or figure"),
            ("", "a table or figure"),
        ] {
            assert_eq!(label(caption), name);
        }
    }

    #[test]
    fn the_two_places_of_a_repeated_value_have_names() {
        let text = "Abstract\n\nWe followed 1344 fishermen of the northern coast.\n\nIntroduction\n\nWe asked.\n\n\
                    Methods\n\nIn all, 1374 fishermen of the northern coast were followed.\n";
        let codes: Vec<String> = rules::all().iter().map(|rule| rule.metadata().code.to_owned()).collect();
        let answer = Paper::read(text.as_bytes()).1.expect("text is read").evaluate(&codes, true);
        let words: Vec<&str> = answer.exhibits.places.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(words, ["abstract, line 3", "\u{201c}Methods\u{201d}, line 11"]);
    }
}
