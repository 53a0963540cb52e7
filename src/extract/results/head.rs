//! The letter or name of a statistic: t, F, r, z, Q, U, W, H, ρ, τ, Wald, and χ² in its many spellings.

use crate::document::{TextRange, VariationCause};
use crate::extract::number::Edit;
use crate::extract::source::{Source, digit, is_dash, is_space, subscript, superscript};
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
    /// Whether it means a test only with a p-value behind it.
    pub needs_p: bool,
    /// How it is written.
    pub form: HeadForm,
    /// The repair that the reading of the letters needs.
    pub repair: Option<Edit>,
}

/// How the name of a statistic is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum HeadForm {
    /// A letter or a name.
    Plain,
    /// Several tests: "Fs(1, 54) > 4.1".
    Plural,
    /// With a noun, so that words may stand for the sign behind it: "t value of 2.20".
    Noun,
}

impl Head {
    /// A name that means a test of the kind as it stands.
    const fn new(kind: TestKind, end: usize) -> Self {
        Self { kind, end, needs_degrees: false, needs_p: false, form: HeadForm::Plain, repair: None }
    }
}

/// The statistic whose letters start at `at`.
pub(in crate::extract) fn at(source: &Source<'_>, at: usize, end: usize) -> Option<Head> {
    let first = source.at(at).filter(|first| at < end && may_open(*first))?;
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
    let plain = |kind| Some(Head::new(kind, at + 1));
    let head = several(source, at).or_else(|| match first {
        't' | '𝑡' | '𝒕' => Some(labelled(source, at, TestKind::T)),
        'F' | '𝐹' | '𝑭' => by_participants(source, at).or_else(|| Some(labelled(source, at, TestKind::F))),
        'r' | '𝑟' | '𝒓' => Some(correlation(source, at)),
        'z' | 'Z' | '𝑧' | '𝑍' => plain(TestKind::Z),
        'T' | 'f' => Some(Head { needs_p: true, needs_degrees: true, ..Head::new(case(first), at + 1) }),
        'ρ' | '𝜌' => plain(TestKind::Rho),
        'τ' | '𝜏' => Some(tau(source, at + 1)),
        'U' | '𝑈' => Some(Head { needs_p: true, ..Head::new(TestKind::U, at + 1) }),
        'W' | 'H' | 'L' | 'w' | 'l' => by_word(source, at),
        'Q' => cochran(source, at),
        '2' | 'χ' | 'Χ' | '𝜒' | 'ꭓ' | '𝝌' | '𝛘' if counts_cases(source, at + 1, end) => Some(lost_chi(at)),
        _ => chi_squared(source, at, end),
    })?;
    let head = with_noun(source, head);
    let next = source.at(head.end).filter(|_| head.end < end)?;
    let open = matches!(next, '(' | '₍' | '[' | '{' | '=' | '<' | '>' | '≤' | '≥' | '¼' | '\u{2afd}' | ',' | '_' | ':');
    (open || is_space(next) || digit(next).is_some() || subscript(next).is_some()).then_some(head)
}

/// Whether the name of a statistic can begin with a character at all: every character of a paper is asked, and few can.
const fn may_open(first: char) -> bool {
    let letter = matches!(
        first,
        't' | 'T'
            | 'F'
            | 'f'
            | 'r'
            | 'z'
            | 'Z'
            | 'U'
            | 'W'
            | 'w'
            | 'H'
            | 'L'
            | 'l'
            | 'Q'
            | 'c'
            | 'C'
            | 'x'
            | 'X'
            | 'G'
            | 'v'
            | '2'
    );
    letter || !first.is_ascii()
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
    (bracket && !is_space(label)).then_some(Head { needs_degrees: true, ..Head::new(TestKind::F, at + 2) })
}

/// The kind of a letter in the other case than the usual one: only degrees of freedom and a p-value prove it.
const fn case(letter: char) -> TestKind {
    if letter == 'T' { TestKind::T } else { TestKind::F }
}

/// "ts", "Fs", "zs": several tests that share a bound. "rs" is not among them, as it is Spearman's too, nor "Qs", which may be
/// a Q with a label of its own.
fn several(source: &Source<'_>, at: usize) -> Option<Head> {
    let kind = match source.at(at)? {
        't' => TestKind::T,
        'F' => TestKind::F,
        'z' | 'Z' => TestKind::Z,
        _ => return None,
    };
    let mark = source.at(at + 1).is_some_and(|c| matches!(c, '\'' | '’'));
    let stop = at + 1 + usize::from(mark);
    let plural = source.at(stop) == Some('s') && !source.at(stop + 1).is_some_and(char::is_alphanumeric);
    plural.then(|| Head { form: HeadForm::Plural, needs_p: true, ..Head::new(kind, stop + 1) })
}

/// "t value", "z-score", "F ratio", "t statistic", "t-test": a letter with the noun of what it is. Only a p-value tells such a
/// result from a value that is looked up or a score of one person.
fn with_noun(source: &Source<'_>, head: Head) -> Head {
    let letter = matches!(head.kind, TestKind::T | TestKind::F | TestKind::Z);
    let joined = source.at(head.end).is_some_and(|c| is_space(c) || is_dash(c) || c == '.');
    let noun = ["value", "ratio", "statistic", "score", "test"]
        .into_iter()
        .filter(|_| letter && joined && head.form == HeadForm::Plain)
        .find(|noun| source.has_word(head.end + 1, noun))
        .map(|noun| (noun, head.end + 1 + noun.len()))
        .filter(|(_, stop)| !source.at(*stop).is_some_and(char::is_alphanumeric));
    match noun {
        // "a t test of 2 groups" has no value.
        Some(("test", end)) => Head { end, needs_p: true, ..head },
        Some((_, end)) => Head { end, needs_p: true, form: HeadForm::Noun, ..head },
        None => head,
    }
}

/// A letter with a label of letters below it: `t_stat`, `F_change`, `t_obs`.
fn labelled(source: &Source<'_>, at: usize, kind: TestKind) -> Head {
    let lowered = source.at(at + 1) == Some('_');
    let from = at + 1 + usize::from(lowered);
    let stop = source.letters_end(from, from + 8);
    let label = source.window(from, stop).to_lowercase();
    let known = matches!(label.as_str(), "change" | "obs" | "stat" | "welch" | "paired");
    Head::new(kind, if known { stop } else { at + 1 })
}

/// "r", and "rs", `r_s`, "rₛ", "rho" for Spearman's.
fn correlation(source: &Source<'_>, at: usize) -> Head {
    if source.has_word(at, "rho") {
        return Head::new(TestKind::Rho, at + 3);
    }
    let from = at + 1 + usize::from(source.at(at + 1) == Some('_'));
    let ranks =
        matches!(source.at(from), Some('s' | 'S' | 'ₛ')) && !source.at(from + 1).is_some_and(char::is_alphabetic);
    if ranks {
        return Head::new(TestKind::Rho, from + 1);
    }
    let stop = source.letters_end(from, from + 8);
    let label = source.window(from, stop);
    let partial = matches!(label, "p" | "partial" | "pb" | "part" | "pbis" | "h");
    Head { needs_p: partial, ..Head::new(TestKind::R, if partial { stop } else { at + 1 }) }
}

/// "τ", "τb", `τ_b`.
fn tau(source: &Source<'_>, after: usize) -> Head {
    let from = after + usize::from(source.at(after) == Some('_'));
    let labelled = source.at(from) == Some('b') && !source.at(from + 1).is_some_and(char::is_alphabetic);
    Head { needs_p: true, ..Head::new(TestKind::Tau, if labelled { from + 1 } else { after }) }
}

/// "W", "H", "Wald", "LR", "likelihood ratio": a name before its value that only a p-value makes a test.
fn by_word(source: &Source<'_>, at: usize) -> Option<Head> {
    let word = |word: &str| {
        let stop = at + word.chars().count();
        (source.has_word(at, word) && !source.at(stop).is_some_and(char::is_alphabetic)).then_some(stop)
    };
    let upper = source.at(at).is_some_and(char::is_uppercase);
    let with_p = |kind, end, needs_degrees| Some(Head { needs_p: true, needs_degrees, ..Head::new(kind, end) });
    for name in [
        "wald statistic",
        "wald test",
        "wald",
        "likelihood ratio statistic",
        "likelihood ratio test",
        "likelihood ratio",
        "likelihood-ratio statistic",
        "likelihood-ratio test",
        "likelihood-ratio",
    ] {
        if let Some(stop) = word(name) {
            return with_p(TestKind::ChiSquared, stop, false);
        }
    }
    let stop = word("w").or_else(|| word("h")).or_else(|| word("lr")).or_else(|| word("lrt")).filter(|_| upper)?;
    match source.at(at)? {
        'W' => with_p(TestKind::W, stop, false),
        // The H of Kruskal and Wallis is named or has its degrees of freedom.
        'H' => with_p(TestKind::ChiSquared, stop, !source.window(at.saturating_sub(60), at).contains("Kruskal")),
        'L' => with_p(TestKind::ChiSquared, stop, true),
        _ => None,
    }
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
    Some(Head::new(TestKind::Q, end))
}

/// "χ²", "χ2", "χ^2", `chi_2`, "X2", "x²", "c2", "c 2 (", "chi-square", "chi2", "G²".
fn chi_squared(source: &Source<'_>, at: usize, end: usize) -> Option<Head> {
    let first = source.at(at)?;
    let (base, sure) = match first {
        'χ' | 'Χ' | '𝜒' | 'ꭓ' | '𝝌' | '𝛘' => (at + 1, true),
        _ if source.has_word(at, "chi") => (at + 3, true),
        'x' | 'X' | 'c' | 'G' | 'v' => (at + 1, false),
        _ => return None,
    };
    // "c 2 (2) = 11.97, p = .002": the letter of another font, its raise lost with a blank.
    let apart = !sure && first != 'v' && source.at(base).is_some_and(is_space) && source.has_word(base + 1, "2 (");
    let parted = apart || (sure && source.at(base).is_some_and(|c| is_space(c) || matches!(c, '-' | '\u{2010}' | '–')));
    let gap = base + usize::from(parted);
    let stop = [" square", "squared", "square", "-squared", "-square"]
        .into_iter()
        .filter(|_| sure && base > at + 1)
        .find_map(|word| {
            [base, gap].into_iter().find(|from| source.has_word(*from, word)).map(|from| from + word.len())
        })
        .or_else(|| squared(source, gap))
        .or_else(|| (sure && source.at(gap) == Some('_')).then(|| squared(source, gap + 1)).flatten())?;
    let stop = if source.at(stop) == Some('d') { stop + 1 } else { stop };
    let raised = source.before(stop) == Some('²') && matches!(first, 'X' | 'G');
    let repair = (!sure && !matches!(first, 'X' | 'G')).then(|| Edit {
        range: TextRange::new(at, stop.min(end)),
        instead: "χ²".to_owned(),
        cause: VariationCause::RepairedGlyph,
    });
    Some(Head { needs_degrees: !(sure || raised), needs_p: apart, repair, ..Head::new(TestKind::ChiSquared, stop) })
}

/// The position behind the exponent two at `at`.
fn squared(source: &Source<'_>, at: usize) -> Option<usize> {
    match (source.at(at)?, source.at(at + 1)) {
        ('²' | '2', next) if !next.is_some_and(|c| digit(c).is_some() || matches!(c, '.' | ',')) => Some(at + 1),
        ('^', Some('2' | '²')) => Some(at + 2),
        _ => None,
    }
}

/// "2(1, N = 20) = 5.3", "χ(1, N = 20) = 5.3": a χ² whose letter or raise its font lost. Only the number of cases proves it.
fn lost_chi(at: usize) -> Head {
    let range = TextRange::new(at, at + 1);
    let repair = Edit { range, instead: "χ²".to_owned(), cause: VariationCause::RepairedGlyph };
    Head { needs_degrees: true, repair: Some(repair), ..Head::new(TestKind::ChiSquared, at + 1) }
}

/// Whether a bracket opens at `open` in which a number of cases stands.
fn counts_cases(source: &Source<'_>, open: usize, end: usize) -> bool {
    let close = (open + 1..end.min(open + 23)).find(|i| source.at(*i) == Some(')'));
    let Some(close) = close.filter(|_| source.at(open) == Some('(')) else { return false };
    let inside = source.window(open + 1, close);
    inside.contains("N =") || inside.contains("N=") || inside.contains("n =")
}
