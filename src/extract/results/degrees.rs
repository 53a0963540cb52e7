//! Degrees of freedom: in brackets, as subscripts, or flattened onto the letter.

use crate::arithmetic::Printed;
use crate::document::{TextRange, VariationCause};
use crate::extract::number::Edit;
use crate::extract::source::{Source, digit, is_space, subscript};
use crate::extract::statistic::TestKind;

/// One number of degrees of freedom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Degree {
    /// Its characters.
    pub range: TextRange,
    /// The number; exact where it is whole.
    pub printed: Printed,
    /// The repair, where a letter stands for a digit.
    pub repair: Option<Edit>,
}

/// Degrees of freedom as they stand behind a statistic's letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Degrees {
    /// The numbers in printed order; none where none is printed.
    pub numbers: Vec<Degree>,
    /// The number of cases, where it stands with them.
    pub sample: Option<Degree>,
    /// Whether a space parts them from the letter, so that only a p-value proves them.
    pub apart: bool,
    /// One past the last character.
    pub end: usize,
}

/// How many characters a bracket with degrees of freedom may hold.
const LONGEST: usize = 48;

/// Reads what stands at `at`, directly behind the letter: a bracket, subscripts or digits. `None` where a bracket stands
/// there that holds something else.
pub(in crate::extract) fn read(source: &Source<'_>, at: usize, end: usize, kind: TestKind) -> Option<Degrees> {
    let open = source.skip_spaces(at, end.min(at + 2));
    if let Some(bracket @ ('(' | '[' | '{')) = source.at(open) {
        let close_sign = match bracket {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        let close = (open + 1..end.min(open + LONGEST)).find(|i| source.at(*i) == Some(close_sign))?;
        let (numbers, sample) = with_sample(source, TextRange::new(open + 1, close), kind)?;
        return Some(Degrees { numbers, sample, apart: false, end: close + 1 });
    }
    if source.at(open) == Some('₍')
        && let Some(found) = glued(source, open + 1, end, kind, false)
    {
        return Some(found);
    }
    let lowered = at + usize::from(source.at(at) == Some('_'));
    let found = glued(source, lowered, end, kind, false).or_else(|| {
        let spaced = source.at(at).is_some_and(is_space);
        glued(source, at + 1, end, kind, true).filter(|_| spaced)
    });
    Some(found.unwrap_or(Degrees { end: at, ..Degrees::default() }))
}

/// How many numbers of degrees of freedom a statistic has.
pub(in crate::extract) const fn expected(kind: TestKind) -> usize {
    match kind {
        TestKind::F => 2,
        TestKind::Z | TestKind::U | TestKind::W | TestKind::Tau => 0,
        _ => 1,
    }
}

/// The content of a bracket: "28", "2, 28", "df = 2, 28", "1, N = 20".
pub(in crate::extract) fn inside(source: &Source<'_>, range: TextRange, kind: TestKind) -> Option<Vec<Degree>> {
    with_sample(source, range, kind)
        .map(|(numbers, _)| numbers)
        .filter(|numbers| !numbers.is_empty() || expected(kind) == 0)
}

/// The content of a bracket with the number of cases that stands in it: "1, N = 20".
fn with_sample(source: &Source<'_>, range: TextRange, kind: TestKind) -> Option<(Vec<Degree>, Option<Degree>)> {
    let mut numbers: Vec<Degree> = Vec::new();
    let mut cases = None;
    let mut sample = false;
    let mut at = range.start;
    while at < range.end {
        let Some(c) = source.at(at) else { break };
        if is_space(c) || matches!(c, ',' | ';' | '/' | '=' | ':') {
            at += 1;
        } else if digit(c).is_some() || c == '.' {
            let degree = number(source, at, range.end, kind, numbers.is_empty())?;
            at = degree.range.end;
            if sample {
                cases = Some(degree);
                sample = false;
            } else {
                numbers.push(degree);
            }
        } else if c.is_alphabetic() || c == '.' {
            let mut stop = source.letters_end(at, range.end);
            match source.window(at, stop) {
                "df" | "dfs" | "DF" => {
                    // "df1 = 2, df2 = 28".
                    let label = source.at(stop).is_some_and(|c| matches!(c, '1' | '2' | '₁' | '₂'));
                    let signed = source.at(source.skip_spaces(stop + 1, range.end)) == Some('=');
                    stop += usize::from(label && signed);
                }
                "d" | "f" => {}
                "N" | "n" => sample = true,
                "l" | "I" if numbers.is_empty() && kind == TestKind::F => numbers.push(letter_one(at)),
                _ => return None,
            }
            at = stop + usize::from(source.at(stop) == Some('.'));
        } else {
            return None;
        }
    }
    let wanted = expected(kind);
    if wanted == 0 {
        return (!sample && numbers.len() <= 1 + usize::from(kind == TestKind::U)).then_some((Vec::new(), cases));
    }
    // A correlation may give the number of cases alone, and so may an F its first degrees of freedom with it.
    if cases.is_some() && numbers.len() + 1 == wanted {
        return Some((numbers, cases));
    }
    // Older styles print χ²(1, 20) with the sample size as a bare second number.
    // "t(1, 67)" is in use for the t of one term; both numbers are kept, and which is meant is left open.
    let of_term = kind == TestKind::T && numbers.len() == 2 && numbers[0].printed.digits == "1";
    if of_term {
        return Some((numbers, cases));
    }
    let fits = numbers.len() == wanted || (kind == TestKind::ChiSquared && numbers.len() == 2);
    if kind == TestKind::ChiSquared && numbers.len() == 2 {
        cases = cases.or_else(|| numbers.pop());
    }
    numbers.truncate(wanted);
    fits.then_some((numbers, cases))
}

/// The one number at `at`.
pub(super) fn one(source: &Source<'_>, at: usize, end: usize) -> Option<Degree> {
    number(source, at, end, TestKind::F, true)
}

/// A number of degrees of freedom. A comma groups digits where a second number is not expected at that place.
fn number(source: &Source<'_>, at: usize, end: usize, kind: TestKind, first: bool) -> Option<Degree> {
    let mut digits = String::new();
    let (mut decimals, mut point) = (0, false);
    let mut stop = at;
    while stop < end && digits.len() < 12 {
        let Some(c) = source.at(stop) else { break };
        if let Some(plain) = digit(c) {
            digits.push(plain);
            decimals += u32::from(point);
        } else if matches!(c, '.' | '·') && !point && source.at(stop + 1).and_then(digit).is_some() {
            point = true;
        } else if !(c == ',' && !point && !(first && kind == TestKind::F) && groups(source, stop, end)) {
            break;
        }
        stop += 1;
    }
    let range = TextRange::new(at, stop);
    let text = source.slice(range).to_owned();
    let printed = Printed { text, negative: false, digits, decimals, exponent: 0, exact: decimals == 0 };
    (!printed.digits.is_empty() && printed.digits.len() < 12).then_some(Degree { range, printed, repair: None })
}

/// Whether a comma at `at` stands before exactly three digits.
fn groups(source: &Source<'_>, at: usize, end: usize) -> bool {
    let run = (at + 1..end).take_while(|i| source.at(*i).and_then(digit).is_some()).take(4).count();
    run == 3
}

/// An "l" or "I" for a one, as scans print "F(l, 20)".
fn letter_one(at: usize) -> Degree {
    let range = TextRange::new(at, at + 1);
    let repair = Edit { range, instead: "1".to_owned(), cause: VariationCause::RepairedGlyph };
    Degree { range, printed: Printed::count(1), repair: Some(repair) }
}

/// "t₂₈", "t28", "F₂,₂₈", "F₍₂,₂₈₎", "F2,28": digits glued to the letter, with a relation sign behind them.
fn glued(source: &Source<'_>, at: usize, end: usize, kind: TestKind, apart: bool) -> Option<Degrees> {
    let bare = source.at(at).and_then(subscript).is_none() && !apart;
    if expected(kind) == 0 || (kind == TestKind::ChiSquared && bare) {
        return None;
    }
    let mut at = at;
    let mut numbers = Vec::new();
    loop {
        let begin = at;
        let mut digits = String::new();
        while at < end && digits.len() < 7 {
            let Some(plain) = source.at(at).and_then(|c| digit(c).or_else(|| subscript(c))) else { break };
            digits.push(plain);
            at += 1;
        }
        if digits.is_empty() {
            return None;
        }
        let range = TextRange::new(begin, at);
        let text = source.slice(range).to_owned();
        let printed = Printed { text, negative: false, digits, decimals: 0, exponent: 0, exact: true };
        numbers.push(Degree { range, printed, repair: None });
        let comma = matches!(source.at(at), Some(',' | ';' | '‚')) && numbers.len() < expected(kind);
        if !comma {
            break;
        }
        at = source.skip_spaces(at + 1, end.min(at + 3));
    }
    let short =
        matches!(kind, TestKind::R | TestKind::Rho) && numbers.first().is_some_and(|n| n.printed.digits.len() < 2);
    at += usize::from(source.at(at) == Some('₎'));
    let closed = source.skip_spaces(at, end.min(at + 2));
    let signed = matches!(source.at(closed), Some('=' | '<' | '>' | '≤' | '≥' | '¼' | '\u{2afd}'));
    // "t₀ = 2002" is a time; no test has no degrees of freedom.
    let counted = numbers.iter().all(|n| n.printed.digits.contains(|c| c != '0'));
    (numbers.len() == expected(kind) && signed && !short && counted).then_some(Degrees {
        numbers,
        sample: None,
        apart,
        end: at,
    })
}
