//! Two numbers of one sentence whose order it states: "higher in men (12.3%) than in women (9.1%)", "rose from 12% to
//! 15%", "highest in May (12.3), followed by June (11.1)", "more than half of them (58%)".
//!
//! What is compared has to be what the brackets hold. Where that is open, a claim that holds is counted and one that does
//! not is undecided.

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::Dimension;
use crate::arithmetic::units::Tags;
use crate::derive::{Comparison, Expression, Proposal};
use crate::extract::patterns::compile;
use crate::extract::{Amount, Mentions, Quantity, QuantityKind};
use crate::rules::binding;
use crate::rules::pattern::{Match, Pattern};
use crate::rules::skeleton::Skeleton;

use super::ordered::{Claim, Stated, is_negative, pair, second_value};
use super::words::{self, Direction, clause_before, is_nested, is_unstated};

/// How the words of a pattern put its numbers in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Each number stands behind what it is of, on both sides of "than".
    Than,
    /// The same of times, by words of speed.
    Time,
    /// The same, but the first number may be of something else than what is compared.
    Loose,
    /// Both numbers stand behind the words, in their order.
    Behind,
    /// From the first to the second.
    Change,
    /// The largest or smallest, and the next one.
    Followed,
}

/// What may stand between a bracket and its number: "M =", "mean variance =", "score =".
const NAME_A: &str = r"(?:(?P<name>[\p{L}][\p{L} -]{0,25}?)_=_|(?:mean|median|average)(?: of)?_:?_)?";
const NAME_B: &str = r"(?:(?P<other>[\p{L}][\p{L} -]{0,25}?)_=_|(?:mean|median|average)(?: of)?_:?_)?";
/// The rest of a bracket.
const REST: &str = r"[^()]{0,160}\)";
/// Adverbs between a verb and a comparative.
const ADVERBS: &str = r"(?: (?:\p{L}+ly|also|much|far|even|still|clearly))*";

static PATTERNS: LazyLock<Vec<(Form, Direction, Pattern)>> = LazyLock::new(|| {
    let mut patterns: Vec<(Form, Direction, String)> = Vec::new();
    for direction in Direction::ALL {
        let (comparative, superlative, verb) = (direction.comparative(), direction.superlative(), direction.verb());
        let a = format!(r"\({NAME_A}‹a›{REST}");
        let b = format!(r"\({NAME_B}‹b›");
        let (article, of_time) = ("(?:an? )?", direction.comparative_of_time());
        let forms = [
            (Form::Than, format!(r"\b{comparative}(?P<what>⋯) {a},? (?:compared (?:with|to)|(?:rather )?than)…… {b}")),
            (
                Form::Than,
                format!(
                    r"{a},? (?:was|were|is|are){ADVERBS} {comparative}(?P<what>) (?:compared (?:with|to)|(?:rather )?than)…… {b}"
                ),
            ),
            (Form::Time, format!(r"\b{of_time}(?P<what>⋯) {a},? (?:compared (?:with|to)|(?:rather )?than)…… {b}")),
            (Form::Loose, format!(r"{a}…… \b{comparative}(?P<what>⋯) (?:compared (?:with|to)|(?:rather )?than)…… {b}")),
            (
                Form::Behind,
                format!(
                    r"\b{comparative}(?P<what>⋯),? (?:compared (?:with|to)|than|vs\.?|versus)⋯,? \({NAME_A}‹a›[^()]{{0,60}}?,?;?_\b(?:vs\.?|versus|compared (?:with|to)|and|against)_{NAME_B}‹b›"
                ),
            ),
            (Form::Change, format!(r"\b{verb}(?P<what>…) from ‹a›(?P<while>…) to ‹b›")),
            (Form::Change, format!(r"\b{verb}(?P<what>…) from ‹ab›")),
            (Form::Followed, format!(r"\b{superlative}(?P<what>⋯),? {a},? and? ?{article}followed by⋯,? {b}")),
            (Form::Followed, format!(r"\b{superlative}(?P<what>⋯),? {a},? followed by⋯,? {b}")),
        ];
        patterns.extend(forms.into_iter().map(|(form, notation)| (form, direction, notation)));
    }
    patterns.into_iter().map(|(form, direction, notation)| (form, direction, Pattern::new(&notation))).collect()
});

/// "more than half of the fish (58%)".
static PART: LazyLock<Pattern> = LazyLock::new(|| {
    let counted = r"(?:n_=_)?(?:[\x{F0000}-\x{FFFFC}](?:_(?:of|/)_[\x{F0000}-\x{FFFFC}])?_?[,;:(]_?)?";
    Pattern::new(&format!(
        r"\b(?P<side>more than|over|less than|fewer than|under) (?P<part>half|a third|one third|two thirds|a quarter|one quarter|three quarters)(?P<what>⋯),? \({counted}‹p›{REST}"
    ))
});

const UNNAMED: &str = "the number in the bracket may be of something else than what is compared";
const NESTED: &str = "two words of direction leave open what is compared";
const SIGNS: &str = "of numbers below nought the size may be meant";
const CIRCUMSTANCE: &str = "the numbers may be the circumstances of a change and not its ends";
const AMOUNTS: &str = "the percentages may be how large the change was, and not its ends";

/// Words by which the numbers behind "from" are the ends of a range, not of a change: "the decline ranged from 20 to 86 %".
static RANGES: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?i)\b(?:rang\w+|var(?:y|ie[sd]|ying)|within|between|span\w*|depend\w*)\b"));

/// The claims of a sentence.
pub(super) fn proposals(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    let of = |(form, direction, pattern): &(Form, Direction, Pattern)| {
        let matches = pattern.matches(skeleton);
        matches.iter().filter_map(|hit| claim(*form, *direction, hit, mentions)).collect::<Vec<_>>()
    };
    // Most sentences have none of these words, and a pattern takes its time.
    let has = |words: &[&str]| words.iter().any(|word| skeleton.text.contains(word));
    let orders = has(&["than", "from", "ollowed by", "compared", "vs", "versus"]);
    let parts = if has(&["half", "third", "quarter"]) { PART.matches(skeleton) } else { Vec::new() };
    let parts = parts.iter().filter_map(|hit| part(hit, mentions));
    for proposal in PATTERNS.iter().filter(|_| orders).flat_map(of).chain(parts) {
        let known = |old: &Proposal| old.operands.iter().zip(&proposal.operands).any(|(a, b)| a.range == b.range);
        if !found.iter().any(known) {
            found.push(proposal);
        }
    }
    found
}

fn claim(form: Form, direction: Direction, found: &Match<'_>, mentions: &Mentions) -> Option<Proposal> {
    let before = clause_before(found.before());
    // "When near rather than far" is a comparison, while "rather more" is not stated of two numbers.
    let clause = format!("{before} {}", claim_words(found.text())).replace("rather than", "than");
    if is_unstated(&clause) {
        return None;
    }
    let what = found.words("what").unwrap_or_default();
    if form == Form::Change && RANGES.as_ref().is_none_or(|pattern| pattern.is_match(what)) {
        return None;
    }
    if let Some(range) = found.quantity("ab") {
        return change_of_range(direction, binding::quantity(mentions, range)?, found);
    }
    let first = binding::quantity(mentions, found.quantity("a")?)?;
    let second = binding::quantity(mentions, found.quantity("b")?)?;
    are_comparable(first, second, found).then_some(())?;
    if form == Form::Time && !is_time(first) {
        return None;
    }
    let measured =
        |own: &Quantity| own.kind == QuantityKind::Percentage || matches!(own.first().amount, Amount::PlusMinus(..));
    let doubt = match form {
        _ if is_negative(first) || is_negative(second) => Some(SIGNS),
        Form::Change if !(measured(first) && measured(second)) => Some(CIRCUMSTANCE),
        Form::Change if found.words("while").is_some_and(|words| !words.is_empty()) => Some(CIRCUMSTANCE),
        Form::Change if first.kind == QuantityKind::Percentage && may_be_amounts(found) => Some(AMOUNTS),
        Form::Loose | Form::Behind => Some(UNNAMED),
        _ if is_nested(&clause) => Some(NESTED),
        Form::Than | Form::Followed if !is_measured(first, found, &clause) => Some(UNNAMED),
        _ => None,
    };
    // The verb tells where the change leads: the first number is the smaller one of a rise.
    let direction = match (form, direction) {
        (Form::Change, Direction::Up) => Direction::Down,
        (Form::Change, Direction::Down) => Direction::Up,
        _ => direction,
    };
    pair((first, second), direction, doubt, found.range()).proposal()
}

/// The words of a match without what stands in brackets.
fn claim_words(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// "fell from 20 to 12 %", which is read as one range.
fn change_of_range(direction: Direction, range: &Quantity, found: &Match<'_>) -> Option<Proposal> {
    let Amount::Range(from, to) = &range.first().amount else { return None };
    // "declined from 43–45 % to 27–32 %": the range is one end of the change.
    if found.after().trim_start().starts_with("to ") {
        return None;
    }
    let negative = from.negative || to.negative;
    let doubt = match range.kind {
        _ if negative => Some(SIGNS),
        QuantityKind::Percentage if may_be_amounts(found) => Some(AMOUNTS),
        QuantityKind::Percentage => is_nested(found.text()).then_some(NESTED),
        _ => Some(CIRCUMSTANCE),
    };
    let claim = Claim {
        numbers: vec![("first value", range)],
        stated: Some(("second value", Stated::To(range))),
        formulas: vec![("", Expression::operand(0))],
        op: if direction == Direction::Up { Comparison::Less } else { Comparison::Greater },
        right: Some(second_value()),
        doubt,
        quote: found.range(),
    };
    claim.proposal()
}

/// Whether the percentages of a change may be how large it was in several cases: "decreased from 3.7 % to 22.6 % compared
/// with the control". What "fell" or "rose" from one to the other went through both.
fn may_be_amounts(found: &Match<'_>) -> bool {
    let text = found.text().to_lowercase();
    let words = ["increas", "decreas", "declin", "diminish"];
    let behind = crate::rules::skeleton::head(found.after(), 80).to_lowercase();
    let compared = ["compared", "relative to", "versus", "than", "depending", "respectively"];
    words.iter().any(|word| text.starts_with(word)) || compared.iter().any(|word| behind.contains(word))
}

/// Whether both are single numbers of one kind that bear the same name.
fn are_comparable(first: &Quantity, second: &Quantity, found: &Match<'_>) -> bool {
    let single = |own: &Quantity| matches!(own.first().amount, Amount::Single(_) | Amount::PlusMinus(..));
    let percent = |own: &Quantity| own.kind == QuantityKind::Percentage;
    let names = found.words("name").map(str::trim).zip(found.words("other").map(str::trim));
    let unnamed = found.words("name").is_none() && found.words("other").is_none();
    let same = names.is_some_and(|(a, b)| a.eq_ignore_ascii_case(b) && is_measure(a));
    let units = match (&first.first().unit, &second.first().unit) {
        (Some(a), Some(b)) => a.unit.same_measure(&b.unit),
        (None, None) => true,
        _ => percent(first) == percent(second),
    };
    single(first)
        && single(second)
        && percent(first) == percent(second)
        && units
        && (same || unnamed)
        && !are_years(first)
}

/// Whether a name in a bracket is that of a mean or of a measure, and not that of a sample, a test or a spread.
fn is_measure(name: &str) -> bool {
    let lower = name.to_lowercase();
    let last = lower.split(' ').next_back().unwrap_or_default();
    matches!(lower.as_str(), "m" | "mdn") || (last.len() >= 4 && !matches!(last, "range" | "size" | "odds" | "level"))
}

/// Whether the number in the bracket is sure to have the direction of the words: a share of what is counted, a mean of a
/// measure that has one, a number with a unit. A "performance" may be a time or a distance to the best.
fn is_measured(first: &Quantity, found: &Match<'_>, clause: &str) -> bool {
    let name = found.words("name").map(|name| name.trim().to_lowercase());
    let mean = name.as_deref().is_some_and(|name| matches!(name, "m" | "mdn" | "mean" | "median" | "average"));
    let mean = mean || matches!(first.first().amount, Amount::PlusMinus(..));
    // "in the north-west (135°) smaller than in the east (0°)": what a bracket holds may be where or when it was measured.
    let is_setting = first.first().unit.as_ref().is_some_and(|unit| {
        let dimension = unit.unit.dimension;
        unit.unit.tags.iter().any(|(axis, _)| axis == Tags::ANGLE)
            || dimension == Dimension::TIME
            || dimension == Dimension::TEMPERATURE
    });
    if is_setting && !mean {
        return false;
    }
    match first.kind {
        QuantityKind::Percentage => words::counts_shares(clause),
        QuantityKind::Measured => !words::has_no_direction(clause),
        _ => mean && !words::has_no_direction(clause),
    }
}

/// Whether a number has a unit of time.
fn is_time(quantity: &Quantity) -> bool {
    quantity.first().unit.as_ref().is_some_and(|unit| unit.unit.dimension == Dimension::TIME)
}

/// Whether a number looks like a year.
fn are_years(quantity: &Quantity) -> bool {
    let value = quantity.first().amount.value();
    quantity.first().unit.is_none() && value.decimals == 0 && value.digits.len() == 4 && value.digits.as_str() < "2100"
}

/// "more than half (58%)": the share against the part that the words name.
fn part(found: &Match<'_>, mentions: &Mentions) -> Option<Proposal> {
    let above = found.words("side").is_some_and(|side| side.starts_with(['m', 'M', 'o', 'O']));
    let op = if above { Comparison::Greater } else { Comparison::Less };
    // A third is 33.3 and a bit: the bound is taken on the side that holds more claims.
    let share = match (found.words("part")?.to_lowercase().as_str(), above) {
        ("half", _) => "50",
        ("a third" | "one third", true) => "33.3",
        ("a third" | "one third", false) => "33.4",
        ("two thirds", true) => "66.6",
        ("two thirds", false) => "66.7",
        ("three quarters", _) => "75",
        _ => "25",
    };
    let stated = binding::quantity(mentions, found.quantity("p")?)?;
    let fits = stated.kind == QuantityKind::Percentage && !matches!(stated.first().amount, Amount::Range(..));
    let before = clause_before(found.before());
    let open = is_unstated(&format!("{before} {}", claim_words(found.text())));
    (fits && !open).then_some(())?;
    let claim = Claim {
        numbers: vec![("stated share", stated)],
        stated: None,
        formulas: vec![("", Expression::operand(0))],
        op,
        right: Some(Expression::constant(&format!("{share} %"), "the part that the words name")),
        doubt: is_nested(&format!("{before} {}", claim_words(found.text()))).then_some(UNNAMED),
        quote: found.range(),
    };
    claim.proposal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(|(_, _, pattern)| pattern.is_valid()));
        assert!(PART.is_valid());
    }

    #[test]
    fn names_of_samples_and_tests_are_no_measures() {
        assert!(is_measure("M") && is_measure("mean variance") && is_measure("rating"));
        assert!(!is_measure("n") && !is_measure("p") && !is_measure("SD") && !is_measure("sample size"));
    }
}
