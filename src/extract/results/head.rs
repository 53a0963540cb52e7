//! The letter of a statistic: t, F, r, z, Q, and χ² in its many spellings.

use crate::document::{TextRange, VariationCause};
use crate::extract::number::Edit;
use crate::extract::source::{Source, digit, is_space, subscript, superscript};
use crate::extract::statistic::TestKind;

/// The letter or letters of a statistic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Head {
    /// The distribution.
    pub kind: TestKind,
    /// One past its last character.
    pub end: usize,
    /// Whether it means a test only with degrees of freedom behind it.
    pub needs_degrees: bool,
    /// The repair that the reading of the letters needs.
    pub repair: Option<Edit>,
}

/// The statistic whose letters start at `at`.
pub(in crate::extract) fn at(source: &Source<'_>, at: usize, end: usize) -> Option<Head> {
    let first = source.at(at).filter(|_| at < end)?;
    // A difference of two statistics (Δχ², ΔF) is a statistic with the degrees of freedom printed by it; a raised letter
    // before one is the mark of a note.
    let glued = !noted(source, at)
        && !opens_note(source, at)
        && source.before(at).is_some_and(|c| {
            c.is_alphanumeric() && !matches!(c, 'Δ' | '∆' | 'ᵃ' | 'ᵇ' | 'ᶜ' | 'ᵈ' | 'ᵉ')
                || matches!(c, '_' | '-' | '\u{2010}' | '\u{2011}' | '/' | '^' | '\\')
                || superscript(c).is_some()
        });
    if glued {
        return None;
    }
    let plain = |kind| Some(Head { kind, end: at + 1, needs_degrees: false, repair: None });
    let head = match first {
        't' | '𝑡' => plain(TestKind::T),
        'F' | '𝐹' => by_participants(source, at).or_else(|| plain(TestKind::F)),
        'r' | '𝑟' => plain(TestKind::R),
        'z' | 'Z' | '𝑧' | '𝑍' => plain(TestKind::Z),
        'Q' => cochran(source, at),
        '2' => lost_chi(source, at, end),
        _ => chi_squared(source, at, end),
    }?;
    let next = source.at(head.end).filter(|_| head.end < end)?;
    let open = matches!(next, '(' | '[' | '{' | '=' | '<' | '>' | '≤' | '≥' | '¼' | '\u{2afd}' | ',' | '_' | ':');
    (open || is_space(next) || digit(next).is_some() || subscript(next).is_some()).then_some(head)
}

/// "aChi Square": the mark of a note that lost its raise, before the one name that is no word with it.
fn noted(source: &Source<'_>, at: usize) -> bool {
    let lone = !at.checked_sub(2).and_then(|before| source.at(before)).is_some_and(char::is_alphanumeric);
    lone && source.before(at).is_some_and(|c| c.is_ascii_lowercase())
        && source.at(at) == Some('C')
        && source.has_word(at, "chi")
}

/// "at = 12.4; df = 20" at the start of a line: the mark of a note that lost its raise, before a letter with its sign.
/// Only the degrees of freedom prove it.
fn opens_note(source: &Source<'_>, at: usize) -> bool {
    let line = at.checked_sub(2).and_then(|before| source.at(before)).is_none_or(|c| c == '\n');
    let degrees = || source.window(at, at + 24).contains("df");
    line && matches!(source.before(at), Some('a'..='e')) && source.at(at + 1) == Some('=') && degrees()
}

/// "F1(1, 20)" and "F2(1, 30)": tests by participants and by items.
fn by_participants(source: &Source<'_>, at: usize) -> Option<Head> {
    let label = source.at(at + 1).filter(|c| matches!(c, '1' | '2' | '₁' | '₂'))?;
    let bracket = matches!(source.at(at + 2), Some('(' | '['));
    (bracket && !is_space(label)).then_some(Head { kind: TestKind::F, end: at + 2, needs_degrees: true, repair: None })
}

/// "Q", "Qw", "Qbetween", "Q-within", "Q-b".
fn cochran(source: &Source<'_>, at: usize) -> Option<Head> {
    let mut end = at + 1;
    if matches!(source.at(end), Some('_' | '-')) {
        end += 1;
    }
    let stop = source.letters_end(end, end + 8);
    let label = source.window(end, stop).to_lowercase();
    let end = match label.as_str() {
        "" => at + 1,
        "w" | "b" | "m" | "e" | "t" | "within" | "between" | "model" | "total" => stop,
        _ => return None,
    };
    Some(Head { kind: TestKind::Q, end, needs_degrees: false, repair: None })
}

/// "χ²", "χ2", "χ^2", "X2", "x²", "c2", "chi-square", "chi2", "G²".
fn chi_squared(source: &Source<'_>, at: usize, end: usize) -> Option<Head> {
    let first = source.at(at)?;
    let (base, sure) = match first {
        'χ' | 'Χ' | '𝜒' | 'ꭓ' | '𝝌' | '𝛘' => (at + 1, true),
        _ if source.has_word(at, "chi") => (at + 3, true),
        'x' | 'X' | 'c' | 'G' | 'v' => (at + 1, false),
        _ => return None,
    };
    let gap =
        base + usize::from(sure && source.at(base).is_some_and(|c| is_space(c) || matches!(c, '-' | '\u{2010}' | '–')));
    let stop = [" square", "squared", "square", "-squared", "-square"]
        .into_iter()
        .filter(|_| sure && base > at + 1)
        .find_map(|word| {
            [base, gap].into_iter().find(|from| source.has_word(*from, word)).map(|from| from + word.len())
        })
        .or_else(|| squared(source, gap))?;
    let stop = if source.at(stop) == Some('d') { stop + 1 } else { stop };
    let raised = source.before(stop) == Some('²') && matches!(first, 'X' | 'G');
    let repair = (!sure && !matches!(first, 'X' | 'G')).then(|| Edit {
        range: TextRange::new(at, stop.min(end)),
        instead: "χ²".to_owned(),
        cause: VariationCause::RepairedGlyph,
    });
    Some(Head { kind: TestKind::ChiSquared, end: stop, needs_degrees: !(sure || raised), repair })
}

/// The position behind the exponent two at `at`.
fn squared(source: &Source<'_>, at: usize) -> Option<usize> {
    match (source.at(at)?, source.at(at + 1)) {
        ('²' | '2', next) if !next.is_some_and(|c| digit(c).is_some() || matches!(c, '.' | ',')) => Some(at + 1),
        ('^', Some('2' | '²')) => Some(at + 2),
        _ => None,
    }
}

/// "2(1, N = 20) = 5.3": a χ that its font lost. Only the sample size proves it.
fn lost_chi(source: &Source<'_>, at: usize, end: usize) -> Option<Head> {
    if source.at(at + 1) != Some('(') {
        return None;
    }
    let close = (at + 2..end.min(at + 24)).find(|i| source.at(*i) == Some(')'))?;
    let inside = source.window(at + 2, close);
    let range = TextRange::new(at, at + 1);
    let repair = Edit { range, instead: "χ²".to_owned(), cause: VariationCause::RepairedGlyph };
    (inside.contains("N =") || inside.contains("N=") || inside.contains("n =")).then_some(Head {
        kind: TestKind::ChiSquared,
        end: at + 1,
        needs_degrees: true,
        repair: Some(repair),
    })
}
