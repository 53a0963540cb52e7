//! Sentences: the unit in which rules look for operations. A stop ends one unless an abbreviation, an initial or a
//! number owns it.

use crate::document::TextRange;

use super::mentions::Sentence;
use super::passages::Passage;
use super::source::{Source, digit, is_space, superscript};
use super::tables::marks;

/// Words before a stop that seldom end a sentence, in lower case and without their last stop.
const ABBREVIATIONS: &[&str] = &[
    "al", "fig", "figs", "vs", "e.g", "i.e", "eq", "eqs", "eqn", "eqns", "ref", "refs", "no", "nos", "nr", "vol", "pp",
    "p", "ca", "approx", "cf", "dr", "prof", "mr", "mrs", "ms", "st", "sec", "sect", "ch", "chap", "tab", "tabs",
    "suppl", "supp", "viz", "resp", "spp", "sp", "subsp", "var", "inc", "ltd", "co", "corp", "dept", "univ", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "i.v", "i.p", "s.c", "i.m", "p.o",
    "a.m", "p.m", "u.s", "u.k", "b.w", "ed", "eds", "exp", "expt", "max", "min", "avg", "temp", "conc", "temp", "ser",
    "cat", "ext", "lat", "long", "n.s", "c", "v", "lett", "phys", "rev", "est", "et",
];

/// Words that do end a sentence when a stop and a capital follow, although they are listed above.
const UNIT_ENDINGS: &[&str] = &["min", "sec", "no", "max", "var", "c", "v", "p", "co"];

/// Splits the passages into sentences, in order of the text. A cell of a table is a sentence of its own.
pub(super) fn split(source: &Source<'_>, passages: &[Passage]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for passage in passages {
        let end = passage.range.end.min(source.chars.len());
        let mut start = source.skip_spaces(passage.range.start.min(end), end);
        if passage.cell.is_some() {
            push(&mut sentences, source, TextRange::new(start, marks::strip(source, start, end)), passage);
            continue;
        }
        let mut at = start;
        while at < end {
            let stop = at;
            at += 1;
            if !ends_sentence(source, stop, passage.range.start, end) {
                continue;
            }
            let close = after_closers(source, at, end);
            push(&mut sentences, source, TextRange::new(start, close), passage);
            start = source.skip_spaces(close, end);
            at = start.max(at);
        }
        push(&mut sentences, source, TextRange::new(start, end), passage);
    }
    sentences
}

fn push(out: &mut Vec<Sentence>, source: &Source<'_>, range: TextRange, passage: &Passage) {
    let end = source.skip_spaces_back(range.end, range.start);
    if end > range.start {
        let range = TextRange::new(range.start, end);
        out.push(Sentence { range, block: passage.block, leaf: passage.leaf, cell: passage.cell });
    }
}

/// The position after the quotes, brackets and raised citation marks that close a sentence with its stop.
fn after_closers(source: &Source<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end
        && source.at(at).is_some_and(|c| {
            matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»') || superscript(c).is_some() || c == ','
        })
        && !(source.at(at) == Some(',') && superscript(source.before(at).unwrap_or(' ')).is_none())
    {
        at += 1;
    }
    at
}

/// Whether the character at `stop` ends a sentence.
fn ends_sentence(source: &Source<'_>, stop: usize, floor: usize, end: usize) -> bool {
    let Some(mark @ ('.' | '?' | '!')) = source.at(stop) else { return false };
    let next = after_closers(source, stop + 1, end);
    if next >= end {
        return true;
    }
    if !source.at(next).is_some_and(is_space) {
        return false;
    }
    let Some(follower) = source.at(source.skip_spaces(next, end)) else { return true };
    if follower.is_lowercase() || matches!(follower, ',' | ';' | ':' | ')' | '=' | '<' | '>' | '%') {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let word = word_before(source, stop, floor);
    if word.is_empty() {
        // A number before the stop: a list number at the start of the leaf owns its stop, any other one does not.
        return digit(source.before(stop).unwrap_or(' ')).is_none() || stop > floor + 3;
    }
    let lower = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    if initial {
        let degrees = source.before(stop - 1) == Some('°');
        return (degrees || after_number(source, stop - 1, floor)) && follower.is_uppercase();
    }
    if UNIT_ENDINGS.contains(&lower.as_str()) {
        return follower.is_uppercase() && after_number(source, stop - lower.chars().count(), floor);
    }
    !ABBREVIATIONS.contains(&lower.as_str())
}

/// The letters and inner stops directly before a position ("e.g", "al", "Smith"); at most 12 characters are looked at.
fn word_before<'t>(source: &Source<'t>, stop: usize, start: usize) -> &'t str {
    let mut from = stop;
    while from > start.max(stop.saturating_sub(12))
        && source.before(from).is_some_and(|c| c.is_alphabetic() || c == '.')
    {
        from -= 1;
    }
    source.window(from, stop).trim_start_matches('.')
}

/// Whether a digit stands before a position, over spaces.
fn after_number(source: &Source<'_>, position: usize, start: usize) -> bool {
    let at = source.skip_spaces_back(position, start);
    source.before(at).is_some_and(|c| digit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    fn sentences(text: &str) -> Vec<&str> {
        let source = Source::new(text);
        let range = TextRange::new(0, source.chars.len());
        let passage = Passage { range, block: BlockKind::Paragraph, leaf: 0, cell: None, value: false };
        split(&source, &[passage]).into_iter().map(|s| source.slice(s.range)).collect()
    }

    #[test]
    fn stops_end_sentences() {
        assert_eq!(
            sentences("We took 5 mg. It was 3.5 g! Was it? Yes."),
            ["We took 5 mg.", "It was 3.5 g!", "Was it?", "Yes."]
        );
        assert_eq!(
            sentences("It rose (see above). Then it fell.¹² The end"),
            ["It rose (see above).", "Then it fell.¹²", "The end"]
        );
        assert_eq!(
            sentences("It took 5 min. Then it was 20 °C. We left."),
            ["It took 5 min.", "Then it was 20 °C.", "We left."]
        );
    }

    #[test]
    fn abbreviations_and_initials_do_not() {
        for text in [
            "Smith et al. (2012) and Fig. 3 vs. Tab. 2 agree, e.g. 5 mg.",
            "J. R. Smith found 3.5 mg.",
            "As in ref. 12, i.e. Ca. 5 mg was used.",
            "1. The first point.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }
}
