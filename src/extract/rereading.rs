//! What a number says under the document's own variations: numbers joined over a line end, repaired glyphs.

use crate::document::{TextRange, Variation, VariationCause};

use super::number::{self, Edit, Habits, Number};
use super::source::Source;

/// How long a variation may be to touch a number.
const LONGEST: usize = 64;

/// Adds the readings of a number under every variation that touches it.
///
/// A variation that reaches over the number's end ("42, 000" that may be "42,000") takes its characters into the number,
/// as far as they are within `bounds`: over the end of a sentence the reading stays open, but its characters are those of
/// another number.
pub(super) fn with_variations(
    source: &Source<'_>,
    variations: &[Variation],
    number: Number,
    habits: Habits,
    bounds: TextRange,
) -> Number {
    let mut number = number;
    let own = number.readings[0].clone();
    let stop = number.range.end;
    let begin = variations.partition_point(|v| v.range.start + LONGEST < number.range.start);
    for variation in variations[begin..].iter().take_while(|v| v.range.start < stop) {
        if !variation.range.overlaps(number.range) || variation.range.len() > LONGEST {
            continue;
        }
        let hull = variation.range.hull(number.range);
        let within = TextRange::new(hull.start.max(bounds.start), hull.end.min(bounds.end));
        for alternative in &variation.alternatives {
            let head = source.slice(TextRange::new(hull.start, variation.range.start));
            let tail = source.slice(TextRange::new(variation.range.end, hull.end));
            let text = format!("{head}{alternative}{tail}");
            for mut reading in read_alone(&text, variation.cause, habits) {
                let edit = Edit { range: variation.range, instead: alternative.clone(), cause: variation.cause };
                if reading.printed.point() == own.printed.point() && reading.printed.decimals == own.printed.decimals {
                    continue;
                }
                reading.edits.push(edit);
                number.readings.push(reading);
                number.range = number.range.hull(within);
            }
        }
    }
    number
}

/// The numbers that a text may be. Where the parts of a joined number stand apart, each of them is open, the one next to
/// the unit first, unless that can't be a number of its own ("42, 000").
fn read_alone(text: &str, cause: VariationCause, habits: Habits) -> Vec<number::NumberReading> {
    let whole = |text: &str| {
        let source = Source::new(text);
        let length = source.chars.len();
        let number = number::read(&source, 0, length, habits)?;
        (number.range.end == length).then(|| number.readings.into_iter().next()).flatten()
    };
    let parts: Vec<&str> = text.split_whitespace().map(|part| part.trim_end_matches([',', '-', '.'])).collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Vec::new() };
    if cause != VariationCause::JoinedNumber || parts.len() < 2 {
        return whole(text.trim()).into_iter().collect();
    }
    let cut = last.starts_with('0') && !last.starts_with("0.");
    let chosen = if cut { vec![*first] } else { vec![*last, *first] };
    chosen.into_iter().filter_map(whole).collect()
}
