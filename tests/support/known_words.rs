//! Words of a paper whose place is known, to put marks over where nothing is found: a few on some pages, spread over the
//! page, with numbers where a page has some.

use lopdf::{Dictionary, Object, ObjectId};
use rederive::document::{Document, Line, Place, Span, TextIndex, TextRange};

/// The pages worth a look, from 1: the first, the middle and the last, and the first that is turned, cropped or set off.
pub fn pages(file: &lopdf::Document) -> Vec<u32> {
    let all: Vec<(u32, ObjectId)> = file.get_pages().into_iter().collect();
    let count = all.len();
    let mut chosen: Vec<u32> =
        [0, count / 2, count.saturating_sub(1)].iter().filter_map(|at| Some(all.get(*at)?.0)).collect();
    for odd in [is_turned, is_cropped, is_set_off] {
        chosen.extend(all.iter().find(|(_, page)| odd(file, *page)).map(|(number, _)| *number));
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// The value of a page or of what it hangs on.
fn inherited<'f>(file: &'f lopdf::Document, page: ObjectId, key: &[u8]) -> Option<&'f Object> {
    let mut node: &Dictionary = file.get_dictionary(page).ok()?;
    for _ in 0..32 {
        if let Ok(value) = node.get_deref(key, file) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", file).ok()?.as_dict().ok()?;
    }
    None
}

fn is_turned(file: &lopdf::Document, page: ObjectId) -> bool {
    inherited(file, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).is_some_and(|turn| turn % 360 != 0)
}

fn is_cropped(file: &lopdf::Document, page: ObjectId) -> bool {
    let crop = inherited(file, page, b"CropBox");
    crop.is_some() && crop != inherited(file, page, b"MediaBox")
}

fn is_set_off(file: &lopdf::Document, page: ObjectId) -> bool {
    let corner = inherited(file, page, b"MediaBox").and_then(|media| media.as_array().ok());
    corner.is_some_and(|sides| sides.iter().take(2).any(|side| side.as_float().is_ok_and(|side| side != 0.0)))
}

/// Up to four spans of a page: words in the first, a middle and the last line that has one worth it, and one over the end
/// of a line.
pub fn on_page(document: &Document, page: u32) -> Vec<Span> {
    let index = TextIndex::new(&document.text);
    let lines: Vec<&Line> = document
        .lines
        .iter()
        .filter(|line| matches!(&line.place, Place::Box { page: own, .. } if *own == page))
        .collect();
    // Glyphs that a page stacks on one point have no width that a mark could cover.
    let is_wide = |range: &TextRange| {
        document.span(&index, *range).places.iter().all(|place| match place {
            Place::Box { quad, .. } => quad.bounds()[2] - quad.bounds()[0] > 1.0,
            _ => true,
        })
    };
    let words: Vec<TextRange> =
        lines.iter().filter_map(|line| word(document, &index, line.range)).filter(is_wide).collect();
    let numbers: Vec<TextRange> =
        words.iter().copied().filter(|range| has_digit(index.slice(&document.text, *range))).collect();
    let from = if numbers.len() >= 3 { numbers } else { words };
    let mut ranges: Vec<TextRange> =
        [0, from.len() / 2, from.len().saturating_sub(1)].iter().filter_map(|at| from.get(*at).copied()).collect();
    ranges.extend(broken(document, &index, &lines));
    ranges.sort_by_key(|range| range.start);
    ranges.dedup();
    ranges.iter().map(|range| document.span(&index, *range)).collect()
}

fn has_digit(word: &str) -> bool {
    word.contains(|character: char| character.is_ascii_digit())
}

/// The words of a range, without what white space stands around them.
fn words(document: &Document, index: &TextIndex, range: TextRange) -> Vec<TextRange> {
    let text = index.slice(&document.text, range);
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.chars().chain([' ']).enumerate() {
        match (character.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                found.push(TextRange::new(range.start + from, range.start + at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The word of a line to mark: the first with a digit, else the longest; short ones are none.
fn word(document: &Document, index: &TextIndex, line: TextRange) -> Option<TextRange> {
    let words: Vec<TextRange> =
        words(document, index, line).into_iter().filter(|range| (3..=24).contains(&range.len())).collect();
    let number = words.iter().find(|range| has_digit(index.slice(&document.text, **range)));
    number.or_else(|| words.iter().max_by_key(|range| range.len())).copied()
}

/// The last word of a line with the first of the next, where a paragraph of the page goes on below.
fn broken(document: &Document, index: &TextIndex, lines: &[&Line]) -> Option<TextRange> {
    let leaves = document.leaves();
    lines.windows(2).skip(lines.len() / 3).find_map(|pair| {
        let [upper, lower] = [pair[0].range, pair[1].range];
        let same = leaves.iter().any(|block| block.range.start <= upper.start && lower.end <= block.range.end);
        let last = *words(document, index, upper).last()?;
        let first = *words(document, index, lower).first()?;
        (same && last.len() >= 3 && first.len() >= 3).then(|| last.hull(first))
    })
}
