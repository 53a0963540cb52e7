//! How a document writes its numbers: its decimal mark and whether commas group digits.

use crate::document::TextRange;

use super::masks::Masks;
use super::mentions::DecimalMark;
use super::number::Habits;
use super::source::{Source, digit};

/// Decides from all numbers outside masks. A comma speaks for a decimal comma where it can't group: before one, two or
/// more than three digits, or behind a lone zero. A point speaks for itself.
pub(super) fn habits(source: &Source<'_>, masks: &Masks) -> Habits {
    let seen = Seen::of(source, masks, TextRange::new(0, source.chars.len()));
    let decimal = if seen.commas == 0 || seen.commas * 4 <= seen.points {
        DecimalMark::Point
    } else if seen.points * 4 <= seen.commas {
        DecimalMark::Comma
    } else {
        DecimalMark::Undecided
    };
    Habits { decimal, commas_group: seen.groups > 0 && decimal == DecimalMark::Point }
}

/// The habits of a table of the document: where its own numbers all have one mark, that is its mark.
pub(super) fn of_table(source: &Source<'_>, masks: &Masks, table: TextRange, document: Habits) -> Habits {
    let seen = Seen::of(source, masks, table);
    match (seen.commas, seen.points) {
        (2.., 0) => Habits { decimal: DecimalMark::Comma, commas_group: false },
        (0, 2..) => Habits { decimal: DecimalMark::Point, ..document },
        _ => document,
    }
}

/// What the marks inside numbers say.
struct Seen {
    /// Commas that can't group.
    commas: usize,
    /// Points that can't group.
    points: usize,
    /// Commas that group.
    groups: usize,
}

impl Seen {
    fn of(source: &Source<'_>, masks: &Masks, range: TextRange) -> Self {
        let (mut commas, mut points, mut groups) = (0_usize, 0_usize, 0_usize);
        let mut at = range.start;
        let end = range.end.min(source.chars.len());
        while at < end {
            if source.at(at).and_then(digit).is_none() {
                at += 1;
                continue;
            }
            let start = at;
            let mut runs = vec![run(source, at)];
            at += runs[0];
            let mut seps = Vec::new();
            while let Some(mark @ ('.' | ',')) = source.at(at) {
                let next = run(source, at + 1);
                if next == 0 {
                    break;
                }
                seps.push(mark);
                runs.push(next);
                at += 1 + next;
            }
            let glued = source.before(start).is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/'));
            if masks.covers(start) || glued || seps.is_empty() {
                continue;
            }
            let zero = runs[0] == 1 && source.at(start) == Some('0');
            match seps.as_slice() {
                // "1.234" may group in one document and not in another.
                ['.'] => points += usize::from(runs[1] != 3 || zero || runs[0] > 3),
                [','] if runs[1] != 3 || zero => commas += usize::from(zero || runs[1] <= 2),
                [','] => groups += 1,
                [first, .., last] if first != last => match last {
                    '.' => {
                        points += 1;
                        groups += 1;
                    }
                    _ => commas += 1,
                },
                _ => groups += usize::from(seps[0] == ','),
            }
        }
        Self { commas, points, groups }
    }
}

/// How many digits stand at a position.
fn run(source: &Source<'_>, from: usize) -> usize {
    (from..source.chars.len()).take_while(|at| source.at(*at).and_then(digit).is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str) -> DecimalMark {
        let source = Source::new(text);
        habits(&source, &Masks::new(&source, &[])).decimal
    }

    #[test]
    fn the_document_decides() {
        assert_eq!(mark("It was 0.35 mg and 1,234 mg."), DecimalMark::Point);
        assert_eq!(mark("42,000 ng/day and 7,000"), DecimalMark::Point);
        assert_eq!(mark("Es waren 0,35 mg und 12,5 % von 1.234 mg, also 1,2."), DecimalMark::Comma);
        assert_eq!(mark("It was 0,35 and 1,2 but also 0.4 and 3.5."), DecimalMark::Undecided);
        assert_eq!(mark(""), DecimalMark::Point);
    }
}
