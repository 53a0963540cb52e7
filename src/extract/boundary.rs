//! Whether a number may start or end at a place, from the characters next to it: names and formulas own their digits.

use super::source::{Source, digit, is_minus, is_raised_letter, is_space, subscript, superscript};

/// What the characters before a number say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// A number may start here.
    Free,
    /// Only a number with a unit may ("10 mg/5 mL", "mice(20 mg)").
    WithUnit,
    /// The digits belong to a name or formula.
    Inside,
}

/// Whether a number may start at `at` in a sentence that starts at `floor`.
pub(super) fn start(source: &Source<'_>, at: usize, floor: usize) -> Start {
    let Some(previous) = source.before(at).filter(|_| at > floor) else { return Start::Free };
    let earlier = at.checked_sub(2).filter(|before| *before >= floor).and_then(|before| source.at(before));
    let lettered = earlier.is_some_and(|c| c.is_alphanumeric() || c == '_' || superscript(c).is_some());
    match previous {
        c if c.is_alphanumeric() || superscript(c).is_some() || subscript(c).is_some() => Start::Inside,
        '_' | '^' | '\\' | ')' | ']' | '}' | '@' | '\'' | '’' | '′' => Start::Inside,
        c if is_minus(c) && (lettered || matches!(earlier, Some(')' | ']'))) => Start::Inside,
        '+' if adds(source, at - 1, floor) => Start::Free,
        '.' | '·' | '+' if lettered => Start::Inside,
        '(' if is_function(source, at - 1, floor) => Start::Free,
        '/' if in_name(source, at - 1, floor) => Start::Inside,
        '/' if earlier.is_some_and(|c| digit(c).is_some()) => Start::Free,
        '/' | '(' | '[' | '{' if earlier.is_some_and(|c| c.is_alphanumeric() || matches!(c, '²' | 'η')) => {
            Start::WithUnit
        }
        ',' if earlier.is_some_and(char::is_alphabetic) => Start::WithUnit,
        _ => Start::Free,
    }
}

/// Whether the plus at `sign` stands between two numbers of which one has a decimal point: "(1+.49)". Without one it may
/// join classes ("scores 2+3") or belong to a name ("Ca2+").
fn adds(source: &Source<'_>, sign: usize, floor: usize) -> bool {
    let low = floor.max(sign.saturating_sub(12));
    let numeric = |at: &usize| source.at(*at).is_some_and(|c| digit(c).is_some() || c == '.');
    let start = (low..sign).rev().take_while(numeric).last().unwrap_or(sign);
    let end = (sign + 1..sign + 12).take_while(numeric).last().unwrap_or(sign);
    let free =
        start == floor || source.before(start).is_some_and(|c| is_space(c) || matches!(c, '(' | '[' | '=' | '+'));
    let pointed = source.window(start, end).contains('.');
    start < sign && source.before(sign).is_some_and(|c| digit(c).is_some()) && free && pointed
}

/// Whether the letters before the bracket at `open` are a function of mathematics, whose argument is a number.
fn is_function(source: &Source<'_>, open: usize, floor: usize) -> bool {
    let word = source.letters_start(open, floor.max(open.saturating_sub(6)));
    matches!(source.window(word, open), "exp" | "ln" | "log" | "sqrt" | "sin" | "cos" | "tan")
}

/// Whether the digits before `at` belong to a name ("Oct3/4", "I013873/1").
fn in_name(source: &Source<'_>, at: usize, floor: usize) -> bool {
    let low = floor.max(at.saturating_sub(12));
    let start = (low..at).rev().take_while(|i| source.at(*i).is_some_and(|c| digit(c).is_some())).last().unwrap_or(at);
    start < at && start > low && source.before(start).is_some_and(char::is_alphabetic)
}

/// Whether a sign at `at` belongs to the number behind it, and is no hyphen or dash between words or numbers.
pub(super) fn signs(source: &Source<'_>, at: usize, floor: usize) -> bool {
    let open = match source.before(at).filter(|_| at > floor) {
        None => true,
        Some(c) => is_space(c) || "\t([{=<>≤≥±~≈∼,;:/×·|¼".contains(c),
    };
    let next = source.at(at + 1);
    let number = next.is_some_and(|c| digit(c).is_some())
        || (matches!(next, Some('.' | '·')) && source.at(at + 2).is_some_and(|c| digit(c).is_some()));
    open && number
}

/// Whether a number without a unit may end before `after`: a letter, a prime or a hyphened word makes it a name.
pub(super) fn ends(source: &Source<'_>, after: usize, end: usize) -> bool {
    let Some(next) = source.at(after).filter(|_| after < end) else { return true };
    let beyond = source.at(after + 1).filter(|_| after + 1 < end);
    match next {
        // The raised letter of a note behind a number is no part of it: "55ᵃ (56.1)".
        c if is_raised_letter(c) && !beyond.is_some_and(char::is_alphanumeric) => true,
        'x' | '×' if compares(source, after + 1) => true,
        c if c.is_alphabetic() || subscript(c).is_some() => false,
        '_' | '′' | '\'' | '’' | '"' | '″' | '@' | '\\' => {
            // A closing quotation mark ends a number; a prime in front of a word or a hyphen makes a name.
            matches!(next, '’' | '"' | '\'') && beyond.is_none_or(|c| is_space(c) || ",.;)".contains(c))
        }
        c if is_minus(c) => {
            let fold = source.has_word(after + 1, "fold") || source.has_word(after + 1, "times");
            fold || !beyond.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '['))
        }
        '.' => beyond.is_none_or(|c| digit(c).is_none()),
        _ => true,
    }
}

/// Whether a word of comparison stands at `at`, so that an "x" before it says "times" ("4.8x smaller").
fn compares(source: &Source<'_>, at: usize) -> bool {
    [
        " smaller", " larger", " bigger", " greater", " fewer", " less", " more ", " lower", " higher", " faster",
        " slower",
    ]
    .into_iter()
    .chain([" shorter", " longer", " as many ", " as much ", " as large ", " as high ", " as fast "])
    .any(|word| source.has_word(at, word))
}
