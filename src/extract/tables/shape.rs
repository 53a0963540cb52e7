//! The form of a cell: its characters with one placeholder for each quantity.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::source::Source;

/// The form of a cell's characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// "55", "< 0.01", "p = .03".
    Single,
    /// "(81.9)".
    Bracketed,
    /// "55 (56.1)", "12 [3.4]".
    Pair,
    /// "57.7% (n = 95)".
    NumberedPair,
    /// "62/60 (103.3)", "62 of 60 (103.3)".
    FractionPair,
    /// "103.3% (62/60)".
    PairFraction,
    /// "20 (15:5)", "20 (15 + 5)".
    WholeAndParts,
    /// "62/60".
    Fraction,
    /// "1.2 (0.8, 1.9)", "1.2 [0.8; 1.9]".
    Interval,
    /// "–", "NA".
    Missing,
    /// Anything else.
    Other,
}

/// What stands for a quantity.
const PLACEHOLDER: char = '\u{F0000}';

static SHAPES: LazyLock<Vec<(Shape, Regex)>> = LazyLock::new(|| {
    [
        (Shape::Single, r"^(?:[pP]|[nN])?[=<>≤≥~≈]{0,2}q$"),
        (Shape::Bracketed, r"^\([=<>≤≥]?q\)$"),
        (Shape::Pair, r"^[=<>≤≥~≈]?q(?:\([=<>≤≥~≈]?q\)|\[[=<>≤≥~≈]?q\])$"),
        (Shape::NumberedPair, r"^q\([nN]=q\)$|^q,[nN]=q$"),
        (Shape::FractionPair, r"^q(?:/|of|outof)q(?:\(q\)|\[q\]|,q|=q)$"),
        (Shape::PairFraction, r"^q(?:\(|\[)q(?:/|of)q(?:\)|\])$"),
        (Shape::WholeAndParts, r"^q(?:\(q(?::|\+)q\)|\[q(?::|\+)q\])$"),
        (Shape::Fraction, r"^q(?:/|of|outof)q$"),
        (Shape::Interval, r"^q(?:\(|\[)q(?:,|;|to|[–—-])q(?:\)|\])$"),
    ]
    .into_iter()
    .filter_map(|(shape, form)| compile(&form.replace('q', "\u{F0000}")).map(|form| (shape, form)))
    .collect()
});

/// Words that stand for a value that is not there.
const MISSING: &[&str] = &[
    "-", "–", "—", "−", "--", "---", ".", "..", "...", "…", "na", "n/a", "n.a.", "nr", "n.r.", "nd", "n.d.", "none",
    "<lod", "<loq", "bdl", "x", "/", "*", "‐", "-–",
];

/// The form of the cell `range` with its quantities at `quantities`.
pub(super) fn of(source: &Source<'_>, range: TextRange, quantities: &[TextRange]) -> Shape {
    let mut form = String::new();
    let mut at = range.start;
    for quantity in quantities {
        push(&mut form, source, at, quantity.start);
        form.push(PLACEHOLDER);
        at = quantity.end.max(at);
    }
    push(&mut form, source, at, range.end);
    if quantities.is_empty() {
        return if MISSING.contains(&form.to_lowercase().as_str()) { Shape::Missing } else { Shape::Other };
    }
    SHAPES.iter().find(|(_, pattern)| pattern.is_match(&form)).map_or(Shape::Other, |(shape, _)| *shape)
}

/// Adds the characters without spaces and marks of notes.
fn push(form: &mut String, source: &Source<'_>, start: usize, end: usize) {
    for at in start..end {
        let Some(c) = source.at(at) else { break };
        let mark = "*†‡§¶∗".contains(c) || crate::extract::source::is_raised_letter(c);
        // A lone star is a sign for a value that is not there.
        if !c.is_whitespace() && (!mark || end - start == 1) {
            form.push(if c == PLACEHOLDER { ' ' } else { c });
        }
    }
}
