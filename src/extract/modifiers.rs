//! What stands beside a number and says how it is meant: comparison signs and words, words of approximation.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;

use super::patterns::compile;
use super::quantity::Comparator;
use super::source::Source;

/// How far before a number its words are looked for, in characters.
const REACH: usize = 48;

/// What stands by a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Modifiers {
    /// The comparison.
    pub comparator: Comparator,
    /// Whether a word of approximation stands there.
    pub approximate: bool,
    /// All its characters.
    pub range: Option<TextRange>,
}

/// Signs and words directly before a number, with what they say; the last entry of the text wins.
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)(?:",
        r"(?P<atmost><=|=<|≤|≦|⩽|⪯|≲|\bat\s+(?:the\s+)?most|\bup\s+to|\bno\s+(?:more|greater|higher|later|longer)\s+than|\bnot\s+(?:more|greater)\s+than|\ba\s+maximum\s+of|\bas\s+(?:much|many|high|long|large)\s+as)",
        r"|(?P<atleast>>=|=>|≥|≧|⩾|⪰|≳|\bat\s+(?:the\s+very\s+)?least|\bno\s+(?:less|fewer|lower)\s+than|\bnot\s+less\s+than|\ba\s+minimum\s+of|\bas\s+(?:little|few|low)\s+as)",
        r"|(?P<less><|≪|\b(?:less|fewer|lower|smaller|shorter|younger|earlier)\s+than|\bbelow|\bunder)",
        r"|(?P<greater>>|≫|\b(?:more|greater|higher|larger|longer|older|better|later)\s+than|\babove|\bexceed(?:ing|s|ed)?|\bover)",
        r"|(?P<about>~|∼|≈|≃|≅|∽|\b(?:about|around|approximately|approx\.?|ca\.?|circa|c\.|roughly|nearly|almost|close\s+to|(?:on|of|in)\s+the\s+order\s+of|an\s+estimated|virtually|just\s+(?:under|over))|\bsome)",
        r"|(?P<equal>=)",
        r")[\s\u{a0}]*$"
    ))
});

/// Words behind a number that compare.
static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)^\s*(?:(?P<atleast>or\s+(?:more|greater|above|older|higher|longer|over)\b|and\s+(?:above|over|older|more)\b)",
        r"|(?P<atmost>or\s+(?:less|fewer|below|younger|lower|shorter|under)\b|and\s+(?:below|under|younger|less)\b)",
        r"|(?P<about>or\s+so\b))"
    ))
});

/// Reads the modifiers before a quantity that starts at `start`, back to `floor`, and behind its end, up to `end`.
pub(super) fn find(source: &Source<'_>, quantity: TextRange, floor: usize, end: usize, timed: bool) -> Modifiers {
    let mut found = Modifiers::default();
    let mut start = quantity.start;
    // Two may stand together: "at least about 5", "< ~5".
    for _ in 0..2 {
        let from = floor.max(start.saturating_sub(REACH));
        let window = source.window(from, start);
        let Some(captures) = BEFORE.as_ref().and_then(|pattern| pattern.captures(window)) else { break };
        let Some(whole) = captures.get(0) else { break };
        let word = whole.as_str().trim().to_lowercase();
        if timed && matches!(word.as_str(), "over" | "under") {
            break;
        }
        let named =
            ["atmost", "atleast", "less", "greater", "about", "equal"].into_iter().find(|n| captures.name(n).is_some());
        start = source.index.scalar(source.index.byte(from) + whole.start());
        if named == Some("equal") {
            break;
        }
        apply(&mut found, named);
        found.range = Some(TextRange::new(start, quantity.start));
    }
    let window = source.window(quantity.end, end.min(quantity.end + REACH));
    if let Some(captures) = AFTER.as_ref().and_then(|pattern| pattern.captures(window)) {
        let named = ["atmost", "atleast", "about"].into_iter().find(|n| captures.name(n).is_some());
        apply(&mut found, named);
        let stop = quantity.end + captures.get(0).map_or(0, |whole| whole.as_str().chars().count());
        let range = TextRange::new(quantity.end, stop);
        found.range = Some(found.range.map_or(range, |before| before.hull(range)));
    }
    found
}

fn apply(found: &mut Modifiers, named: Option<&str>) {
    let comparator = match named {
        Some("atmost") => Comparator::AtMost,
        Some("atleast") => Comparator::AtLeast,
        Some("less") => Comparator::Less,
        Some("greater") => Comparator::Greater,
        Some("about") => {
            found.approximate = true;
            return;
        }
        _ => return,
    };
    if found.comparator == Comparator::Equal {
        found.comparator = comparator;
    }
}
