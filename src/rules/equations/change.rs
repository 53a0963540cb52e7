//! Changes between two values that the text names: "from 25.7 to 41.7 km/h is an improvement of 62%", "multiplied by 65
//! (from 250,000 to 16 million)", "300 runs, which is 4.8x smaller than the 1440 runs".
//!
//! A relative change is taken of the first value. That some take it of the other one, or in percentage points, is another
//! reading. Rates by the year are not looked at. Values behind "from" and "to" may be the circumstances of a change and
//! not its ends ("rose 2-fold from 10 to 20 °C"), so only "from a to b is a rise of p" is held against a paper, and only
//! where a slip explains it.

use std::sync::LazyLock;

use crate::arithmetic::{Printed, Rational};
use crate::derive::{Expression, Operand, OperandOptions, Operation};
use crate::extract::{Amount, Mentions, Quantity, QuantityIx, QuantityKind};
use crate::rules::Skeleton;
use crate::rules::binding::{self, Binding};
use crate::rules::pattern::{Match, Pattern};
use crate::rules::skeleton::{head, tail};

/// What a pattern tells of `‹p›` or `‹k›` and the ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The percentage by which the second end differs from the first: the step itself is said to be that change.
    Percentage,
    /// The same, where only the order of the words tells so.
    Beside,
    /// How many times the larger end is the smaller one.
    Factor,
    /// a is so many times smaller than b.
    TimesSmaller,
    /// a is so many times larger than b.
    TimesLarger,
}

/// The noun of a change.
const NOUN: &str =
    "(?:increase|rise|growth|gain|improvement|jump|decrease|reduction|drop|fall|decline|loss|change|speed-?up)";
/// The verb of a change.
const VERB: &str = "(?:increased?|rises?|rose|grew|grown|improved?|jumped|raised|decreased?|fell|fallen|drop(?:s|ped)?|declined?|reduced?|lowered|shrank|shrunk|went up|went down)";
/// A year behind a value.
const WHEN: &str = r"(?: \(?(?:in|by|at) (?:1[5-9]|20)\d\d\)?)?";
/// The sign of a currency that stands apart from its number.
const CURRENCY: &str = "(?:[€$£¥] ?)?";
/// A remark in brackets that holds no quantity.
const REMARK: &str = r"(?: \([^()\x{F0000}-\x{FFFFC}]{0,80}\))?";
/// Comparatives of less and of more.
const SMALLER: &str = "(?:smaller|fewer|less|lower|shorter|slower|cheaper|narrower|lighter)";
const LARGER: &str = "(?:larger|more|higher|greater|bigger|longer|faster|wider|heavier)";

static PATTERNS: LazyLock<Vec<(Kind, Pattern)>> = LazyLock::new(|| {
    let two = format!("from {CURRENCY}‹a›…{WHEN} to {CURRENCY}‹b›…{WHEN}");
    let range = format!("from {CURRENCY}‹ab›…");
    let mut patterns = Vec::new();
    for ends in [two, range] {
        let copula = r" (?:is|was|represents|represented|corresponds to|corresponded to|equals)";
        let link = r"(?: ?[:–—=(]|, (?:which is|that is|i\.e\.,?|or)|,)";
        patterns.extend([
            (Kind::Percentage, format!(r"{ends}{REMARK}{copula} ?(?:an? |the )?(?:[\p{{L}}-]+ ){{0,2}}{NOUN} of ‹p›")),
            (Kind::Beside, format!(r"{ends}{REMARK}{link} ?(?:an? |the )?(?:[\p{{L}}-]+ ){{0,2}}{NOUN} of ‹p›")),
            (Kind::Beside, format!(r"{VERB} by ‹p›…,?_\(?{ends}")),
            (Kind::Beside, format!(r"‹p› (?:[\p{{L}}-]+ )?{NOUN}…,?_\(?{ends}")),
            (
                Kind::Beside,
                format!(r"{VERB}⋯ {ends}_(?:\(|, |, or |, i\.e\.,? )(?:an? |by )?(?:[\p{{L}}-]+ )?‹p›(?: {NOUN}|\))"),
            ),
            (Kind::Factor, format!(r"(?:multiplied by|divided by|by a factor of) ‹k›⋯,?_\(?{ends}")),
            (Kind::Factor, format!(r"‹k›(?:_-?_fold| times|x) (?:[\p{{L}}-]+ )?{NOUN}…,?_\(?{ends}")),
            (Kind::Factor, format!(r"{VERB} ‹k›(?:_-?_fold| times)…,?_\(?{ends}")),
        ]);
    }
    let than = r"(?: compared (?:to|with)| than)(?: the| that of| those of| all){0,2}";
    let verb = r",?(?: which| that)?(?: is| was| are| were)?,?(?: about| only)?";
    let times = r"(?:_[x×]|_-?_fold| times)";
    patterns.extend([
        (Kind::TimesSmaller, format!(r"‹a›…{verb} ‹k›{times} {SMALLER}{than} ‹b›")),
        (Kind::TimesLarger, format!(r"‹a›…{verb} ‹k›{times} {LARGER}{than} ‹b›")),
    ]);
    patterns.into_iter().map(|(kind, notation)| (kind, Pattern::new(&notation))).collect()
});

/// Words by which a change is one of each year and not of the whole time.
const BY_TIME: &[&str] =
    &["annual", "per year", "a year", "each year", "per annum", "yearly", "per month", "monthly", "compound"];

/// Words before a value that make it the circumstance of another ("at 20 °C was 2 times higher than …").
const CIRCUMSTANCE: &[&str] =
    &["at", "in", "for", "with", "of", "aged", "after", "before", "within", "under", "over", "between", "by", "than"];

/// Why a mismatch is left undecided where only the order of the words tells what changes.
const BESIDE: &str = "the change may be of something else than the two values";

/// The changes that a sentence states, each with the quantity that is its result.
pub(super) fn bindings(skeleton: &Skeleton, mentions: &Mentions) -> Vec<(QuantityIx, Binding)> {
    let mut bindings: Vec<(QuantityIx, Binding)> = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        for found in pattern.matches(skeleton) {
            let result = found.quantity("p").or_else(|| found.quantity("k"));
            let Some(result) = result.filter(|result| bindings.iter().all(|(known, _)| known != result)) else {
                continue;
            };
            bindings.extend(binding(*kind, &found, result, mentions).map(|binding| (result, binding)));
        }
    }
    bindings
}

fn binding(kind: Kind, found: &Match<'_>, result: QuantityIx, mentions: &Mentions) -> Option<Binding> {
    let [first, second] = ends(found, mentions)?;
    let stated = binding::quantity(mentions, result)?;
    let like = |a: &Operand, b: &Operand| {
        let (a, b) = (a.readings.first(), b.readings.first());
        a.zip(b).is_some_and(|(a, b)| a.dimension == b.dimension && a.tags == b.tags && a.unit.scale == b.unit.scale)
    };
    like(&first, &second).then_some(())?;
    let percentage = matches!(kind, Kind::Percentage | Kind::Beside);
    fits(stated, percentage, found).then_some(())?;
    let (x, y) = (Expression::operand(0), Expression::operand(1));
    let formulas = if percentage {
        changes(x, y, &first, stated)
    } else {
        let falls = point(&second)? < point(&first)?;
        let (larger, smaller) = match kind {
            Kind::TimesSmaller => (y, x),
            Kind::TimesLarger => (x, y),
            _ if falls => (x, y),
            _ => (y, x),
        };
        if matches!(kind, Kind::TimesSmaller | Kind::TimesLarger) && is_circumstance(found.before()) {
            return None;
        }
        factors(larger, smaller)
    };
    let approximate = [found.quantity("a"), found.quantity("b"), found.quantity("ab"), Some(result)];
    let approximate = approximate.into_iter().flatten().filter_map(|at| binding::quantity(mentions, at));
    let approximate = approximate.into_iter().any(|quantity| quantity.approximate);
    let operands = vec![first, second, binding::measured("stated change", stated)?];
    let mut binding = Binding::stated(operands, Expression::operand(0), found.range());
    binding.formulas = formulas;
    binding.approximate = approximate;
    binding.innocent = vec!["the change may be the mean of single changes, or of values before rounding".to_owned()];
    let stated = kind == Kind::Percentage;
    binding.operation = if stated { Operation::Stated } else { Operation::Implied };
    // A change that is said of two values may be the mean of single changes, so even that one needs the mark of a slip.
    binding.needs_cause = true;
    Some(binding.doubted((!stated).then_some(BESIDE)))
}

/// The two ends of a change: two quantities, or those of a range.
fn ends(found: &Match<'_>, mentions: &Mentions) -> Option<[Operand; 2]> {
    let Some(range) = found.quantity("ab") else {
        let end = |name: &str, role: &str| {
            let quantity = binding::quantity(mentions, found.quantity(name)?)?;
            binding::measured(role, quantity)
        };
        return Some([end("a", "first value")?, end("b", "second value")?]);
    };
    let range = binding::quantity(mentions, range)?;
    let end = |role: &str, pick: fn(&Amount) -> Option<&Printed>| {
        Operand::part(role, range, &OperandOptions::printed(), pick)
    };
    Some([end("first value", low)?, end("second value", high)?])
}

/// The first number of a range.
const fn low(amount: &Amount) -> Option<&Printed> {
    if let Amount::Range(low, _) = amount { Some(low) } else { None }
}

/// The second number of a range.
const fn high(amount: &Amount) -> Option<&Printed> {
    if let Amount::Range(_, high) = amount { Some(high) } else { None }
}

/// Whether the stated number is a percentage, or a pure number, of the change as a whole.
fn fits(stated: &Quantity, percentage: bool, found: &Match<'_>) -> bool {
    let unit = stated.first().unit.as_ref().map(|unit| unit.unit.text.to_lowercase()).unwrap_or_default();
    let around = format!("{}{}{}", tail(found.before(), 40), found.text(), head(found.after(), 40)).to_lowercase();
    let kind = if percentage {
        stated.kind == QuantityKind::Percentage && !unit.contains("point")
    } else {
        unit.is_empty() && stated.kind != QuantityKind::Percentage
    };
    kind && binding::is_plain(stated) && !BY_TIME.iter().any(|word| around.contains(word))
}

/// The percentage of a change from x to y, with what else authors mean by it.
fn changes(x: Expression, y: Expression, first: &Operand, stated: &Quantity) -> Vec<(String, Expression)> {
    let negative = stated.single().is_some_and(|number| number.negative);
    let magnitude = |change: Expression| if negative { change } else { Expression::call("abs", [change]) };
    let change =
        |from: &Expression, to: &Expression| magnitude(Expression::call("percent_change", [from.clone(), to.clone()]));
    let mut formulas = vec![
        (String::new(), change(&x, &y)),
        ("the change as a part of the second value".to_owned(), change(&y, &x)),
        ("the second value as a part of the first".to_owned(), Expression::call("/", [y.clone(), x.clone()])),
    ];
    if first.readings.first().is_some_and(|reading| reading.unit.text.contains('%')) {
        formulas.push(("in percentage points".to_owned(), magnitude(Expression::call("-", [y, x]))));
    }
    formulas
}

/// How many times the one is the other, or how many times more; which is the larger may hang on how they are read.
fn factors(larger: Expression, smaller: Expression) -> Vec<(String, Expression)> {
    let inverse = Expression::call("/", [smaller.clone(), larger.clone()]);
    let ratio = Expression::call("/", [larger, smaller]);
    let one = Expression::Constant { literal: "1".to_owned(), source: "so many times more".to_owned() };
    let more = Expression::call("-", [ratio.clone(), one]);
    let other = "the values the other way round".to_owned();
    vec![(String::new(), ratio), ("so many times more".to_owned(), more), (other, inverse)]
}

fn point(operand: &Operand) -> Option<Rational> {
    operand.readings.first()?.tight.hull()?.midpoint()
}

/// Whether the word before a value makes it the circumstance of another.
fn is_circumstance(before: &str) -> bool {
    let word: String = before.trim_end().chars().rev().take_while(|c| c.is_alphabetic()).collect();
    let word: String = word.chars().rev().collect();
    CIRCUMSTANCE.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(PATTERNS.iter().all(|(_, pattern)| pattern.is_valid()));
    }
}
