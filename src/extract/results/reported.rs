//! Relation signs and numbers of a test result, damaged ones included.

use crate::document::{TextRange, VariationCause};
use crate::extract::mentions::DecimalMark;
use crate::extract::number::{self, Edit, Habits, Number};
use crate::extract::quantity::Comparator;
use crate::extract::source::{Source, digit, is_minus, is_space};

/// A relation sign with what it needs to be read so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Sign {
    /// What it says.
    pub comparator: Comparator,
    /// One past its last character.
    pub end: usize,
    /// The repair, where the glyph is damaged.
    pub repair: Option<Edit>,
}

/// What stands for an equals sign behind a name in words.
const SIGN_WORDS: &[&str] = &[":", "of ", "is ", "was ", "equal to ", "equals "];

/// The relation sign at `at`, over spaces. Glyphs that are known to stand for a lost sign are read as repaired ones.
pub(in crate::extract) fn sign(source: &Source<'_>, at: usize, end: usize) -> Option<Sign> {
    let at = source.skip_spaces(at, end.min(at + 3));
    let first = source.at(at).filter(|_| at < end)?;
    let second = source.at(at + 1);
    let plain = |comparator, width| Some(Sign { comparator, end: at + width, repair: None });
    match (first, second) {
        ('<' | '≤', Some('=')) | ('=', Some('<')) => plain(Comparator::AtMost, 2),
        ('>' | '≥', Some('=')) | ('=', Some('>')) => plain(Comparator::AtLeast, 2),
        ('=', _) => plain(Comparator::Equal, 1),
        ('<' | '≪', _) => plain(Comparator::Less, 1),
        ('>' | '≫', _) => plain(Comparator::Greater, 1),
        ('≤' | '⩽' | '≦', _) => plain(Comparator::AtMost, 1),
        ('≥' | '⩾' | '≧', _) => plain(Comparator::AtLeast, 1),
        _ => damaged(source, at, first),
    }
}

/// The relation sign behind a name in words, where words and a colon may stand for one: "t value of 2.20", "p-value: .03".
pub(in crate::extract) fn worded_sign(source: &Source<'_>, at: usize, end: usize) -> Option<Sign> {
    let begin = source.skip_spaces(at, end.min(at + 3));
    let Some(word) = SIGN_WORDS.iter().find(|word| source.has_word(begin, word)) else {
        return sign(source, at, end);
    };
    let stop = begin + word.chars().count();
    sign(source, stop, end).or(Some(Sign { comparator: Comparator::Equal, end: stop, repair: None }))
}

/// Signs that certain fonts give other characters: "¼" and U+2AFD for "=", U+2B0D for "<"; and a lone "5" for "=", "b",
/// "o" or "!" for "<", "N" for ">" where a number from nought to one follows.
fn damaged(source: &Source<'_>, at: usize, first: char) -> Option<Sign> {
    let apart = source.before(at).is_some_and(is_space) && source.at(at + 1).is_some_and(is_space);
    let next = source.skip_spaces(at + 1, at + 3);
    let number = source.at(next).is_some_and(|c| digit(c).is_some() || is_minus(c))
        || (source.at(next) == Some('.') && source.at(next + 1).and_then(digit).is_some());
    let fraction = source.at(next) == Some('.') || (source.at(next) == Some('0') && source.at(next + 1) == Some('.'));
    let comparator = match first {
        '¼' | '\u{2afd}' => Comparator::Equal,
        '\u{2b0d}' => Comparator::Less,
        '5' if apart && number => Comparator::Equal,
        'b' | 'o' | '!' if apart && fraction => Comparator::Less,
        'N' if apart && fraction => Comparator::Greater,
        _ => return None,
    };
    let instead = match comparator {
        Comparator::Less => "<",
        Comparator::Greater => ">",
        _ => "=",
    };
    let range = TextRange::new(at, at + 1);
    let repair = Edit { range, instead: instead.to_owned(), cause: VariationCause::RepairedGlyph };
    number.then_some(Sign { comparator, end: at + 1, repair: Some(repair) })
}

/// The number at `at`, over spaces, with an optional minus that a space may part from its digits.
///
/// A comma before one or two digits is a decimal mark here, whatever the document's other numbers say, as a list can't
/// stand in this place.
pub(in crate::extract) fn value(source: &Source<'_>, at: usize, end: usize, habits: Habits) -> Option<Number> {
    let at = source.skip_spaces(at, end.min(at + 3));
    let negative = source.at(at).filter(|_| at < end).is_some_and(is_minus);
    let plus = source.at(at) == Some('+');
    let begin = source.skip_spaces(at + usize::from(negative || plus), end.min(at + 2));
    let opens = source.at(begin).is_some_and(|c| digit(c).is_some() || matches!(c, '.' | '·'));
    if !opens || begin >= end {
        return None;
    }
    let mut number = number::read(source, begin, end, habits)?;
    let after = number.range.end;
    if source.at(after) == Some(',') && source.at(after + 1).and_then(digit).is_some() {
        number = number::read(source, begin, end, Habits { decimal: DecimalMark::Comma, ..habits })?;
    } else if habits.decimal == DecimalMark::Point {
        // "2,354" for a statistic may be a decimal whatever the rest of the paper does: both readings stay.
        number = number::read(source, begin, end, Habits { decimal: DecimalMark::Undecided, ..habits })
            .filter(|open| source.slice(open.range).contains(','))
            .unwrap_or(number);
    }
    number.range.start = at;
    for reading in &mut number.readings {
        reading.printed.negative = negative;
        source.slice(number.range).clone_into(&mut reading.printed.text);
    }
    let glued = source.at(number.range.end).filter(|_| number.range.end < end).is_some_and(char::is_alphanumeric);
    (!glued).then_some(number)
}
