//! Patterns over sentence skeletons: a regular expression in which `‹name›` is a quantity.
//!
//! The notation is that of the `regex` crate (linear in the length of the text, so safe on hostile input) with four
//! additions: `‹name›` captures one quantity, `_` is an optional space, `…` is a few plain words, none of them a number,
//! a bracket or a sign, and `⋯` is some more of them with commas. A pattern binds quantities to names and decides nothing.

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::document::TextRange;
use crate::extract::QuantityIx;
use crate::extract::needles::Needles;
use crate::extract::patterns::ascii_boundaries;

use super::skeleton::{Skeleton, is_placeholder};

/// The class of placeholders, in the notation of `regex`.
const PLACEHOLDER: &str = r"[\x{F0000}-\x{FFFFC}]";
/// A plain word, in the letters of Latin, Greek and Cyrillic with the raised ones that mark notes. The cues around it are
/// words of these scripts. With all letters that there are, each pattern would be many times as large, and every worker
/// would compile them for longer than it reads a paper.
const WORD: &str = concat!(
    r"(?-i:[A-Za-zªµº’'\-\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2C1}\x{386}\x{388}-\x{3F5}\x{3F7}-\x{481}",
    r"\x{48A}-\x{52F}\x{1D00}-\x{1DBF}\x{1E00}-\x{1FBC}\x{2071}\x{207F}\x{2090}-\x{209C}\x{210A}-\x{2113}",
    r"\x{212A}-\x{212D}\x{FB00}-\x{FB06}\x{1D400}-\x{1D6C0}]+)"
);
/// How many plain words with the spaces before them are few, and how many are more, with commas between them.
const FEW_WORDS: &str = "{0,5}";
const MORE_WORDS: &str = "{0,12}";

/// A pattern, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    /// The compiled expression, once a sentence has all that the pattern needs.
    regex: OnceLock<Option<Regex>>,
    /// How many quantities every match has at least. Most sentences are cells of tables with one quantity, so that this alone
    /// spares most of the searches.
    least: usize,
    /// Words of which every match has one.
    needles: Needles,
}

impl Pattern {
    /// Reads the notation. A pattern that does not compile never matches; [`Pattern::is_valid`] tells, and the tests
    /// of every rule ask it.
    pub fn new(notation: &str) -> Self {
        let mut source = String::with_capacity(notation.len() * 2);
        for character in notation.chars() {
            match character {
                '‹' => source.push_str("(?P<"),
                '›' => {
                    source.push('>');
                    source.push_str(PLACEHOLDER);
                    source.push(')');
                }
                '_' => source.push_str(" ?"),
                '…' => source.extend(["(?: ", WORD, ")", FEW_WORDS]),
                '⋯' => source.extend(["(?:,? ", WORD, ")", MORE_WORDS]),
                other => source.push(other),
            }
        }
        let source = ascii_boundaries(&source);
        let parsed = ParserBuilder::new().case_insensitive(true).build().parse(&source);
        let least = parsed.as_ref().map_or(0, least_quantities);
        let needles = parsed.as_ref().map_or_else(|_| Needles::default(), Needles::of);
        Self { source, regex: OnceLock::new(), least, needles }
    }

    /// Whether the notation compiled.
    pub fn is_valid(&self) -> bool {
        self.regex().is_some()
    }

    fn regex(&self) -> Option<&Regex> {
        let compile = || RegexBuilder::new(&self.source).case_insensitive(true).build().ok();
        self.regex.get_or_init(compile).as_ref()
    }

    /// All matches in `skeleton`, from left to right, none overlapping another.
    pub fn matches<'s>(&self, skeleton: &'s Skeleton) -> Vec<Match<'s>> {
        if skeleton.quantities().len() < self.least || !self.needles.may_match(skeleton.haystack()) {
            return Vec::new();
        }
        let Some(regex) = self.regex() else { return Vec::new() };
        regex.captures_iter(&skeleton.text).map(|captures| Match { skeleton, captures }).collect()
    }
}

/// How many placeholders stand in whatever the expression matches, at least.
fn least_quantities(expression: &Hir) -> usize {
    match expression.kind() {
        HirKind::Empty | HirKind::Literal(_) | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => 0,
        HirKind::Class(Class::Unicode(class)) => {
            let all = class.iter().all(|range| is_placeholder(range.start()) && is_placeholder(range.end()));
            usize::from(all && !class.ranges().is_empty())
        }
        HirKind::Repetition(repetition) => {
            least_quantities(&repetition.sub).saturating_mul(usize::try_from(repetition.min).unwrap_or(usize::MAX))
        }
        HirKind::Capture(capture) => least_quantities(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(least_quantities).sum(),
        HirKind::Alternation(parts) => parts.iter().map(least_quantities).min().unwrap_or(0),
    }
}

/// A place where a pattern holds.
#[derive(Debug)]
pub struct Match<'s> {
    skeleton: &'s Skeleton,
    captures: Captures<'s>,
}

impl<'s> Match<'s> {
    /// The quantity captured by `‹name›`.
    pub fn quantity(&self, name: &str) -> Option<QuantityIx> {
        let character = self.captures.name(name)?.as_str().chars().next()?;
        self.skeleton.quantity(character)
    }

    /// The words captured by a named group.
    pub fn words(&self, name: &str) -> Option<&'s str> {
        self.captures.name(name).map(|group| group.as_str())
    }

    /// Where a named group starts and ends in the skeleton's text, in bytes.
    pub fn bytes_of(&self, name: &str) -> Option<(usize, usize)> {
        self.captures.name(name).map(|group| (group.start(), group.end()))
    }

    /// The document's characters of a named group.
    pub fn span(&self, name: &str) -> Option<TextRange> {
        self.bytes_of(name).map(|(start, end)| self.skeleton.range(start, end))
    }

    /// The skeleton's text of the whole sentence.
    pub fn sentence(&self) -> &'s str {
        &self.skeleton.text
    }

    /// The skeleton's text of the match.
    pub fn text(&self) -> &'s str {
        self.captures.get(0).map_or("", |all| all.as_str())
    }

    /// Where the match starts and ends in the skeleton's text, in bytes.
    pub fn bytes(&self) -> (usize, usize) {
        self.captures.get(0).map_or((0, 0), |all| (all.start(), all.end()))
    }

    /// The document's characters of the match.
    pub fn range(&self) -> TextRange {
        let (start, end) = self.bytes();
        self.skeleton.range(start, end)
    }

    /// The skeleton's text before the match.
    pub fn before(&self) -> &'s str {
        &self.skeleton.text[..self.bytes().0]
    }

    /// The skeleton's text after the match.
    pub fn after(&self) -> &'s str {
        &self.skeleton.text[self.bytes().1..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantities_that_a_match_needs_are_counted() {
        let least = |notation: &str| Pattern::new(notation).least;
        assert_eq!(least("‹a›_of_‹b›"), 2);
        assert_eq!(least("‹a›(?:_,_‹b›)?"), 1);
        assert_eq!(least("(?:‹a›_and_‹b›|‹c›)…_=_‹d›"), 2);
        assert_eq!(least(r"‹a›(?:_\+_[\x{F0000}-\x{FFFFC}]){2,}"), 3);
        assert_eq!(least("no…_number"), 0);
        assert_eq!(least(r"[^a]_‹a›"), 1);
    }
}
