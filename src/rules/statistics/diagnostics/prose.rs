//! Where running text prints measures: "a sensitivity of 85.7%", "12 true positives", "TP = 12", "sensitivity and
//! specificity of 85% and 92%".
//!
//! A passage in which a measure has two values speaks of two tests, and is left aside; so is a value that stands in a list
//! of values of its own.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TextRange;
use crate::extract::patterns::compile;
use crate::extract::{Mentions, QuantityIx};
use crate::rules::{RuleContext, Skeleton, is_placeholder};

use super::measure::{Found, Measure};

/// Values of one test that stand together.
#[derive(Debug)]
pub(in crate::rules::statistics) struct Passage {
    /// The values, each measure once, in the order of the text.
    pub found: Vec<Found>,
    /// The characters of the sentence or the paragraph.
    pub range: TextRange,
    /// Whether they stand in one sentence.
    pub together: bool,
}

/// What may stand between a name and its value.
static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"^(?:\s?[(\[][^()\[\]\x{F0000}-\x{FFFFC}]{1,40}[)\]])?(?P<sign>\s?[=:]\s?|\s?\(\s?(?:n\s?=\s?)?|,?\s(?:values?\s|scores?\s|rates?\s)?(?:of|was|is|were|at|reached|being|to\sbe|equal\sto|equals)(?:\s(?:only|also|estimated\sat|found\sto\sbe))?\s|\s)?",
        r"(?P<value>[\x{F0000}-\x{FFFFC}])"
    ))
});

/// What may stand between a value and the name behind it.
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(concat!(
        r"(?P<value>[\x{F0000}-\x{FFFFC}])(?:\s\([\x{F0000}-\x{FFFFC}]\))?",
        r"(?:\s(?:for\s|of\s|in\s)?(?:the\s)?|\s(?:[a-z]+\s){0,2}(?:were|was)\s(?:a\s)?)$"
    ))
});

/// A second value behind the first: a list of values, or a second one in brackets.
static ANOTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^\s?(?:,\s?(?:and\s)?|and\s|or\s|vs\.?\s|versus\s|to\s|/|;|→|[–—-]|\()\s?[\x{F0000}-\x{FFFFC}](?P<rest>.?)",
    )
});

/// The links of a list.
const LINK: &str = r"(?:\s?,\s?(?:and\s)?|\sand\s|\s?/\s?)";

/// Values that are parted like the names of a list: "… were ‹a›, ‹b› and ‹c›".
static VALUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(
        r"^\s(?:values\s)?(?:of|was|were|are|is|at|being|reached)\s(?:[a-z]+\s){{0,2}}?(?P<values>[\x{{F0000}}-\x{{FFFFC}}](?:{LINK}[\x{{F0000}}-\x{{FFFFC}}])+)"
    ))
});

static LINKED: LazyLock<Option<Regex>> = LazyLock::new(|| compile(&format!("^{LINK}(?:the\\s|an?\\s)?$")));

/// Calls `look` for each passage with at least two values of one test.
pub(in crate::rules::statistics) fn each_passage(
    mentions: &Mentions,
    context: RuleContext<'_>,
    look: &mut dyn FnMut(Passage),
) {
    let skeletons = context.skeletons(mentions);
    let leaf =
        |skeleton: &Skeleton| mentions.sentences.get(skeleton.sentence).map(|sentence| (sentence.leaf, sentence.cell));
    for paragraph in skeletons.chunk_by(|a, b| leaf(a) == leaf(b)) {
        if leaf(&paragraph[0]).is_none_or(|(_, cell)| cell.is_some()) {
            continue;
        }
        let sentences: Vec<(TextRange, Option<Vec<Found>>)> = paragraph
            .iter()
            .filter_map(|skeleton| {
                let range = mentions.sentences.get(skeleton.sentence)?.range;
                Some((range, in_sentence(skeleton, mentions)))
            })
            .collect();
        let all: Option<Vec<Found>> =
            sentences.iter().map(|(_, found)| found.clone()).collect::<Option<Vec<_>>>().map(|found| found.concat());
        let with_values =
            sentences.iter().filter(|(_, found)| found.as_ref().is_none_or(|found| !found.is_empty())).count();
        match all.filter(|all| is_single(all)) {
            Some(found) if with_values > 1 => {
                let range = sentences.iter().map(|(range, _)| *range).reduce(TextRange::hull).unwrap_or_default();
                look(Passage { found, range, together: false });
            }
            _ => {
                for (range, found) in sentences {
                    if let Some(found) = found.filter(|found| found.len() > 1 && is_single(found)) {
                        look(Passage { found, range, together: true });
                    }
                }
            }
        }
    }
}

/// Whether no measure has two values.
fn is_single(found: &[Found]) -> bool {
    found.iter().enumerate().all(|(at, one)| found[..at].iter().all(|other| other.measure != one.measure))
}

/// The values of a sentence; `None` where it prints more than one value of a measure.
fn in_sentence(skeleton: &Skeleton, mentions: &Mentions) -> Option<Vec<Found>> {
    let text = skeleton.text.as_str();
    let names = Measure::named(text);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < names.len() {
        let run =
            1 + (at + 1..names.len()).take_while(|next| is_linked(&text[names[next - 1].2..names[*next].1])).count();
        let (values, used) = if run > 1 { zipped(skeleton, &names[at..at + run]) } else { (Vec::new(), false) };
        if used {
            for (measure, value) in values {
                add(&mut found, Found::new(measure, value, mentions)?);
            }
            at += run;
            continue;
        }
        let (measure, start, end) = names[at];
        at += 1;
        let Some((value, byte)) = beside(skeleton, start, end) else { continue };
        if has_another(skeleton, byte, mentions) {
            return None;
        }
        // A number of another form (a range, "±", a bound) says that there is a value which is not known.
        match Found::new(measure, value, mentions) {
            Some(value) => add(&mut found, value),
            None if measure.is_count() => {}
            None => return None,
        }
    }
    Some(found)
}

/// Adds a value; a name with its abbreviation gives the same one twice.
fn add(found: &mut Vec<Found>, value: Found) {
    if !found.iter().any(|other| other.measure == value.measure && other.at == value.at) {
        found.push(value);
    }
}

fn is_linked(between: &str) -> bool {
    LINKED.as_ref().is_some_and(|linked| linked.is_match(between))
}

/// The values of a list of names, where as many values follow in one list.
fn zipped(skeleton: &Skeleton, names: &[(Measure, usize, usize)]) -> (Vec<(Measure, QuantityIx)>, bool) {
    let rest = names.last().map_or("", |(.., end)| &skeleton.text[*end..]);
    let Some(list) = VALUES.as_ref().and_then(|values| values.captures(rest)).and_then(|hit| hit.name("values")) else {
        return (Vec::new(), false);
    };
    let values: Vec<QuantityIx> =
        list.as_str().chars().filter(|c| is_placeholder(*c)).filter_map(|c| skeleton.quantity(c)).collect();
    let pairs = names.iter().map(|(measure, ..)| *measure).zip(values.iter().copied());
    (if values.len() == names.len() { pairs.collect() } else { Vec::new() }, true)
}

/// The value that stands beside a name, with the byte behind it; none where one stands on either side.
fn beside(skeleton: &Skeleton, start: usize, end: usize) -> Option<(QuantityIx, usize)> {
    let (before, behind) = (&skeleton.text[..start], &skeleton.text[end..]);
    let behind = BEHIND.as_ref()?.captures(behind).and_then(|hit| {
        let value = hit.name("value")?;
        let signed = hit.name("sign").is_some_and(|sign| !sign.as_str().trim().is_empty());
        Some((skeleton.quantity(value.as_str().chars().next()?)?, end + value.end(), signed))
    });
    let before = BEFORE.as_ref()?.captures(before).and_then(|hit| {
        let value = hit.name("value")?;
        Some((skeleton.quantity(value.as_str().chars().next()?)?, value.end()))
    });
    match (before, behind) {
        (_, Some((value, byte, true))) | (None, Some((value, byte, false))) => Some((value, byte)),
        (Some(before), None) => Some(before),
        _ => None,
    }
}

/// Whether another value stands right behind the byte, as in a list or a bracket; the ends of an interval are none.
fn has_another(skeleton: &Skeleton, byte: usize, mentions: &Mentions) -> bool {
    let rest = &skeleton.text[byte..];
    let Some(hit) = ANOTHER.as_ref().and_then(|another| another.captures(rest)) else { return false };
    let all = hit.get(0).map_or("", |all| all.as_str());
    let last = all.chars().rfind(|c| is_placeholder(*c)).and_then(|c| skeleton.quantity(c));
    let end = byte + all.len() - hit.name("rest").map_or(0, |rest| rest.as_str().len());
    // "85% and 12 true positives": the next number has a name of its own.
    let named = Measure::named(&skeleton.text[end..]).first().is_some_and(|(_, start, _)| *start <= 24);
    let bracket = all.trim_start().starts_with('(');
    let single = last.and_then(|at| mentions.quantities.get(at.0)).is_some_and(|quantity| quantity.single().is_some());
    // "(24/28)", "(95% CI 70–95)" and "(n = 24)" say more of the same value; "(92%)" is another one.
    let closes = hit.name("rest").is_some_and(|rest| rest.as_str() == ")");
    if bracket { single && closes } else { !named }
}
