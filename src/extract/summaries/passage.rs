//! Passages in which numbers and the ends of intervals are found by patterns.
//!
//! A pattern writes a number as [`NUMBER`] and what parts the two ends of an interval as [`TO`], which takes a minus of the second
//! end with it. What a sign before a digit is, minus or dash, is told here and nowhere else.

use regex::Captures;

use crate::extract::build::Registry;
use crate::extract::number::Habits;
use crate::extract::quantity::Comparator;
use crate::extract::results::{self, Sign};
use crate::extract::source::Source;
use crate::extract::statistic::Reported;

use super::summary::{Ends, EndsKind};

/// A number without a sign.
pub(super) const NUMBER: &str = r"(?:\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d+(?:[.·]\d+)?|[.·]\d+)";
/// What parts two ends, with the sign of the second.
pub(super) const TO: &str = r"\s*(?:–|‐|‑|-|−|—|to|,|;|and)\s*(?:[-−–‐]\s?)?";

/// Whether a character may be a minus.
fn is_dash(character: char) -> bool {
    "-−–‐".contains(character)
}

/// A passage in which the places of a pattern are counted.
pub(super) struct Passage<'p, 's> {
    pub(super) source: &'p Source<'s>,
    pub(super) start: usize,
    pub(super) text: &'p str,
    pub(super) habits: Habits,
}

impl Passage<'_, '_> {
    /// The position of a byte of the text.
    pub(super) fn place(&self, byte: usize) -> usize {
        self.start + self.text[..byte].chars().count()
    }

    /// The number of a group with the minus before it, where it is read as the pattern has it and a dash before it can be no
    /// other sign.
    pub(super) fn number(&self, found: &Captures<'_>, name: &str, registry: &mut Registry) -> Option<Reported> {
        let group = found.name(name)?;
        let mut before = self.text[..group.start()].chars().rev();
        let minus = match before.next() {
            Some(sign) if "<>≤≥~≈±".contains(sign) => return None,
            Some(dash) if is_dash(dash) => match before.next() {
                Some(c) if !(c.is_whitespace() || "([=:,".contains(c)) => return None,
                _ => Some(dash),
            },
            _ => None,
        };
        let begin = group.start() - minus.map_or(0, char::len_utf8);
        self.read(begin, group.end(), registry)
    }

    /// The number that fills the text from one byte to another, its sign included.
    fn read(&self, begin: usize, end: usize, registry: &mut Registry) -> Option<Reported> {
        let (begin, end) = (self.place(begin), self.place(end));
        let number = results::value(self.source, begin, end, self.habits)?;
        let sign = Sign { comparator: Comparator::Equal, end: begin, repair: None };
        (number.range.end == end).then(|| results::reported_number((sign, number), registry))
    }

    /// The two ends of an interval; `None` where a dash between them may be a minus.
    pub(super) fn ends(
        &self,
        found: &Captures<'_>,
        kind: EndsKind,
        of: [&str; 2],
        registry: &mut Registry,
    ) -> Option<Ends> {
        let (first, second) = (found.name(of[0])?, found.name(of[1])?);
        let low = self.number(found, of[0], registry)?;
        let between = &self.text[first.end()..second.start()];
        let worded = between.contains(|c: char| c.is_alphabetic() || ",;".contains(c));
        let dashes: Vec<(usize, char)> = between.char_indices().filter(|(_, c)| is_dash(*c)).collect();
        let negative = low.printed().is_some_and(|low| low.negative);
        let minus = match dashes.as_slice() {
            [(at, _)] if worded => Some(*at),
            // "−8–5" may be from −8 to 5 or anything else.
            [_] if negative => return None,
            // Two of the same sign side by side are how a typescript writes a dash.
            [(at, dash), (next, sign)] if !worded && (dash != sign || next - at > dash.len_utf8()) => Some(*next),
            [] | [_] => None,
            _ => return None,
        };
        let begin = minus.map_or(second.start(), |at| first.end() + at);
        let high = self.read(begin, second.end(), registry)?;
        Some(Ends { kind, low, high })
    }
}
