//! Intervals as printed: "95% CI = [−0.3, 0.8]", "95% CI, 1.67 to 4.07", "(1.10–1.92)".
//!
//! A dash before a number may be a sign or part the bounds, and a minus may have been read as the digit 2: each such
//! reading is kept beside the likely one.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::Printed;
use crate::document::{TextRange, VariationCause};
use crate::extract::number::{self, Edit, Habits, Number, NumberReading};
use crate::extract::patterns::compile;
use crate::extract::quantity::Comparator;
use crate::extract::results::{self, Sign};
use crate::extract::source::{Source, digit, is_dash, is_minus, is_space};

/// An interval in raw form.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about what is printed")]
#[derive(Clone, Debug)]
pub(in crate::extract) struct RawBounds {
    /// From its words or its bracket to its end.
    pub range: TextRange,
    /// The level in percent.
    pub level: Option<(Sign, Number)>,
    /// The bounds.
    pub low: (Sign, Number),
    /// The upper one.
    pub high: (Sign, Number),
    /// Whether its words name what it is an interval of.
    pub names_its_own: bool,
    /// Whether words announce it.
    pub announced: bool,
    /// Whether the bounds have percent signs.
    pub percent: bool,
    /// Whether another number or interval follows in the same list, so that it is not the only one.
    pub several: bool,
}

/// The words of a method, before the level or behind it.
const METHOD: &str = concat!(
    r"(?:(?i:two-sided|one-sided|bootstrap(?:ped|ping)?|bias[\s-]corrected|and\s+accelerated|accelerated|BCa?|percentile|profile|likelihood|",
    r"exact|Wilson|Bayesian|highest|posterior|density|simultaneous|asymptotic|Wald|robust|adjusted|credible|",
    r"confidence|Monte\s+Carlo|parametric|equal-tailed)[\s,-]+){0,4}"
);

/// What stands before the words and the level.
const BEFORE: &str = r"(?:(?i:with|and|the|an?|associated|its|their|corresponding)\s+){0,3}";

/// The level.
const LEVEL: &str = r"(?:(?P<level>\d{2}(?:[.,]\d{1,2})?)\s*[%％]?[\s-]*)?";

/// The words themselves, with what may stand between them and the first bound.
const CUE: &str = concat!(
    r"(?:C\.?I\.?s?|CrIs?|CREDI|HDIs?|HPDI?s?|HPD|[Ii]ntervals?|[Ll]imits?|CL)",
    r"(?:\s*[\(\[]\s*(?:CIs?|CrI|HDI)\s*[\)\]]|,?\s+or\s+(?:CIs?|CrI|HDI)\b,?)?",
    r"(?:\s*[\(\[]?\s*(?P<behind>\d{2})\s*%\s*[\)\]]?|\s?_?(?P<sub>(?:0?\.)?\d{2})\s*[=:]|(?P<short>(?:0?\.)?9[059])\s?[\[\(])?",
    r"(?:\s+(?P<of>(?i:for|of|around|about|on)\s+[^\d=<>\[\(;:.]{1,60}?))?",
    r"\s*(?:[=:,]|(?i:was|is|were|from|ranging\s+from|of))?\s*(?P<rest>[\[\(\{]?\s?[$£€¥]?\s?[-‐‑–−+]?\s?[.·]?\d)"
);

static ANNOUNCED: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(&format!("^{BEFORE}{METHOD}{LEVEL}{METHOD}{CUE}")));

/// The words of an interval anywhere in a text.
static ANYWHERE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?:\d{2}(?:[.,]\d{1,2})?\s*[%％][\s-]*)?(?:(?i:confidence|credible|density|posterior)\s+(?:[Ii]ntervals?|[Ll]imits?)|\b(?:CIs?|CrIs?|HDIs?|HPDI?s?)\b|(?-u:\b)CI(?:95|90|99|\.95))",
    )
});

/// Where the words of intervals start in a text, in bytes.
pub(super) fn cues(text: &str) -> Vec<usize> {
    ANYWHERE.as_ref().map_or_else(Vec::new, |pattern| pattern.find_iter(text).map(|found| found.start()).collect())
}

/// The interval whose words start at `at`.
pub(super) fn announced(source: &Source<'_>, at: usize, end: usize, habits: Habits) -> Option<RawBounds> {
    let window = source.window(at, end.min(at + 160));
    let captures = ANNOUNCED.as_ref()?.captures(window)?;
    let whole = captures.get(0)?.as_str();
    if !whole.contains(|c: char| c.is_uppercase()) && !whole.contains("nterval") && !whole.contains("imits") {
        return None;
    }
    let chars = |bytes: usize| at + window[..bytes].chars().count();
    let level = ["level", "behind", "sub", "short"].into_iter().find_map(|group| captures.name(group));
    let level = level.and_then(|found| level_of(source, chars(found.start()), chars(found.end())));
    let after = chars(captures.name("rest")?.start());
    let mut bounds = pair(source, after, end, habits)?;
    bounds.range.start = at;
    bounds.level = level;
    bounds.names_its_own = captures.name("of").is_some();
    bounds.announced = true;
    Some(bounds)
}

/// The level at a range, in percent: "95", ".95".
fn level_of(source: &Source<'_>, start: usize, end: usize) -> Option<(Sign, Number)> {
    let text = source.window(start, end).replace(',', ".");
    let printed = Printed::parse(&text)?;
    let shift = if text.contains('.') && (text.starts_with('.') || text.starts_with("0.")) { 2 } else { 0 };
    let printed = Printed { exponent: shift, exact: true, ..printed };
    let range = TextRange::new(start, end);
    let readings = vec![NumberReading { printed, edits: Vec::new() }];
    Some((plain(start), Number { range, readings, words: false }))
}

/// The interval in the bracket at `at`: "(1.10–1.92)", "[0.55, 0.94]".
pub(in crate::extract) fn bare(source: &Source<'_>, at: usize, end: usize, habits: Habits) -> Option<RawBounds> {
    let open = source.skip_spaces(at, end.min(at + 2));
    let close = match source.at(open)? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let bounds = pair(source, open + 1, end, habits)?;
    let stop = source.skip_spaces(bounds.high.1.range.end, end);
    let stop = stop + usize::from(source.at(stop) == Some('%'));
    (source.at(stop) == Some(close)).then_some(RawBounds {
        range: TextRange::new(open, stop + 1),
        announced: false,
        ..bounds
    })
}

/// Two numbers with what parts them, perhaps in a bracket, from `at` on.
pub(in crate::extract) fn pair(source: &Source<'_>, at: usize, end: usize, habits: Habits) -> Option<RawBounds> {
    let mut begin = source.skip_spaces(at, end.min(at + 3));
    let opens = |c: &char| matches!(c, '(' | '[' | '{');
    let open = source.at(begin).filter(opens);
    let opened = open.or_else(|| source.before(begin).filter(opens)).is_some();
    begin = source.skip_spaces(begin + usize::from(open.is_some()), end.min(begin + 3));
    let mut low = results::value(source, behind_currency(source, begin), end, habits)?;
    let (mut percent, mut after) = percent_sign(source, low.range.end, end);
    let parted = separator(source, after, end)?;
    let mut high = results::value(source, behind_currency(source, parted.end), end, habits)?;
    // "(3.132,8,813)": which of the commas parts the bounds is not told.
    let commas = source.at(after) == Some(',') && !source.at(after + 1).is_some_and(is_space);
    if commas && source.window(low.range.start, low.range.end).contains(',') {
        return None;
    }
    let (low_range, high_range) = (low.range, high.range);
    lost_minus(source, &mut low, high_range);
    lost_minus(source, &mut high, low_range);
    if parted.dash && !high.first().negative && low.first().negative {
        // "−0.3–0.8": the dash parts the bounds, or it is the sign of the second.
        other_sign(&mut high, TextRange::new(parted.end - 1, parted.end), ", −");
    } else if parted.word && high.first().negative && !low.first().negative {
        // "1.16 to −1.65": the dash is the sign, or parts the bounds once more.
        let sign = TextRange::new(high.range.start, high.range.start + 1);
        other_sign(&mut high, sign, "");
    }
    // "95% CI: 1.13, 0.72–1.78" is the estimate with its bounds under the name of both.
    let next = source.at(high.range.end + 1).and_then(digit);
    if source.at(high.range.end).is_some_and(is_dash) && next.is_some() {
        return None;
    }
    let glued = source.at(high.range.end).is_some_and(|c| c.is_alphabetic() && c != '%' && !c.is_whitespace());
    let signed;
    (signed, after) = percent_sign(source, high.range.end, end);
    percent |= signed;
    let mut stop = source.skip_spaces(after, end.min(after + 2));
    let closed = source.at(stop).is_some_and(|c| matches!(c, ')' | ']' | '}'));
    stop = if opened && closed { stop + 1 } else { after };
    if glued {
        return None;
    }
    Some(RawBounds {
        range: TextRange::new(begin, stop),
        level: None,
        low: (plain(begin), low),
        high: (plain(parted.end), high),
        names_its_own: false,
        announced: false,
        percent,
        several: several(source, stop, end),
    })
}

impl RawBounds {
    /// Leaves out the readings below zero, which a ratio cannot have.
    pub(in crate::extract) fn of_a_ratio(&mut self) {
        for bound in [&mut self.low.1, &mut self.high.1] {
            without_negatives(bound);
        }
    }
}

/// Leaves out the readings below zero, where others are left.
fn without_negatives(number: &mut Number) {
    if number.readings.iter().any(|reading| !reading.printed.negative) {
        number.readings.retain(|reading| !reading.printed.negative);
    }
}

/// The sign that goes without saying.
pub(in crate::extract) const fn plain(at: usize) -> Sign {
    Sign { comparator: Comparator::Equal, end: at, repair: None }
}

fn percent_sign(source: &Source<'_>, at: usize, end: usize) -> (bool, usize) {
    let near = source.skip_spaces(at, end.min(at + 1));
    if source.at(near) == Some('%') && near < end { (true, near + 1) } else { (false, at) }
}

/// "2.30" or "20.30" for "−.30": certain fonts give the minus sign the code of the digit 2. It can be so only where the number
/// beside it is printed in the same way, with a nought before its point or without.
pub(in crate::extract) fn lost_minus(source: &Source<'_>, number: &mut Number, beside: TextRange) {
    let Some(rest) = source.slice(number.range).strip_prefix('2') else { return };
    let other = source.slice(beside).trim_start_matches(is_minus);
    let other = other.strip_prefix('2').filter(|rest| rest.starts_with(['.', '0'])).unwrap_or(other);
    let alike = ["0.", "."].iter().any(|opening| rest.starts_with(opening) && other.starts_with(opening));
    let Some(printed) = Printed::parse(&format!("-{rest}")).filter(|_| alike) else { return };
    let text = source.slice(number.range).to_owned();
    let range = TextRange::new(number.range.start, number.range.start + 1);
    let edit = Edit { range, instead: "−".to_owned(), cause: VariationCause::RepairedGlyph };
    number.readings.push(NumberReading { printed: Printed { text, ..printed }, edits: vec![edit] });
}

/// Adds to each reading the one with the other sign.
fn other_sign(number: &mut Number, range: TextRange, instead: &str) {
    let edit = Edit { range, instead: instead.to_owned(), cause: VariationCause::Sign };
    let negative: Vec<NumberReading> = number
        .readings
        .iter()
        .map(|reading| NumberReading {
            printed: Printed { negative: !reading.printed.negative, ..reading.printed.clone() },
            edits: reading.edits.iter().cloned().chain([edit.clone()]).collect(),
        })
        .collect();
    number.readings.extend(negative);
}

/// The position behind the sign of a currency and the blank before it.
fn behind_currency(source: &Source<'_>, at: usize) -> usize {
    let near = source.skip_spaces(at, at + 1);
    if source.at(near).is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥')) { near + 1 } else { at }
}

/// What parts the bounds.
struct Parted {
    /// One past it.
    end: usize,
    /// Whether it is a dash that touches the second number and so may be its sign.
    dash: bool,
    /// Whether it is a word.
    word: bool,
}

fn separator(source: &Source<'_>, at: usize, end: usize) -> Option<Parted> {
    let begin = source.skip_spaces(at, end.min(at + 3));
    let first = source.at(begin).filter(|_| begin < end)?;
    if matches!(first, ',' | ';') {
        return Some(Parted { end: begin + 1, dash: false, word: false });
    }
    if is_dash(first) {
        let next = source.at(begin + 1)?;
        let touches = is_minus(first) && (digit(next).is_some() || next == '.');
        return Some(Parted { end: begin + 1, dash: touches, word: false });
    }
    let word = ["to ", "and ", "through ", "up to "].into_iter().find(|word| source.has_word(begin, word))?;
    (begin > at).then_some(Parted { end: begin + word.len(), dash: false, word: true })
}

/// Whether a number follows in the same list: "1.10–1.92 and 1.5–2.9".
fn several(source: &Source<'_>, at: usize, end: usize) -> bool {
    let mut at = source.skip_spaces(at, end);
    let mark = source.at(at).is_some_and(|c| matches!(c, ',' | ';' | '/'));
    at = source.skip_spaces(at + usize::from(mark), end);
    let word = ["and ", "or ", "vs. ", "versus "].into_iter().find(|word| source.has_word(at, word));
    at = source.skip_spaces(at + word.map_or(0, str::len), end);
    let bracket = source.at(at).is_some_and(|c| matches!(c, '[' | '('));
    let begin = at + usize::from(bracket);
    let sign = usize::from(source.at(begin).is_some_and(is_minus));
    let number = source.at(begin + sign).is_some_and(|c| digit(c).is_some() || c == '.');
    let level = number && follows_percent(source, begin + sign, end);
    let respectively = source.has_word(at, "respectively");
    at < end && (respectively || ((mark || word.is_some()) && number && !level))
}

/// Whether the number at `at` is a level: "95% CI".
fn follows_percent(source: &Source<'_>, at: usize, end: usize) -> bool {
    number::read(source, at, end, Habits::default()).is_some_and(|number| percent_sign(source, number.range.end, end).0)
}
