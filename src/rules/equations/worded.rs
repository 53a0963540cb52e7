//! Operations stated in words: "a divided by b is c", "the sum of a and b is c", "x in y (z)", "a per day, b per year".
//!
//! Only shapes; what the quantities are is for the rule.

use std::sync::LazyLock;

use crate::arithmetic::{Dimension, Rational};
use crate::derive::{Expression, Operand, Operation};
use crate::extract::{Mentions, QuantityIx, QuantityKind, is_counted, singular};
use crate::rules::Skeleton;
use crate::rules::binding;
use crate::rules::conversions::is_calendar_rate;
use crate::rules::nouns::{self, Things};
use crate::rules::pattern::{Match, Pattern};

use super::balance::balances;
use super::stated_arithmetic::Calculation;

/// What a shape computes from `‹a›`, `‹b›` and, in sums, `‹b2›`; the result is `‹c›`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// a × b.
    Product,
    /// a ÷ b.
    Quotient,
    /// a + b.
    Sum,
    /// a − b.
    Difference,
    /// The larger of the two less the smaller.
    Distance,
    /// The arithmetic mean.
    Mean,
    /// a of a stuff in b of another is the concentration or rate c: a ÷ b, where the units say so.
    Concentration,
    /// An amount a from a solution of the concentration b is the volume c: a ÷ b, where the units say so.
    Volume,
    /// c is said to consist of a and b.
    Parts,
    /// a per one unit of time is the rate c.
    RateToUnit,
    /// a is c, both rates by units of the calendar.
    RateInUnits,
    /// a per one unit of time is c per another: a × the number of the first in the second.
    Rate,
}

/// A shape with its pattern.
#[derive(Debug)]
pub struct Worded {
    /// What it computes.
    pub shape: Shape,
    /// How it reads.
    pub pattern: Pattern,
}

/// How a sentence says "equals".
const GIVES: &str = r"(?:_=_|_≈_|,? (?:is|are|was|were|equals|equal|gives|gave|yields|yielded|makes|makes up|is equal to|results in|resulted in|resulting in|giving|yielding|i\.e\.,?|that is,?|(?:has|have|had) an? (?:[a-z]+ )?(?:concentration|density|speed|rate|mass|volume|content) of|which is|which equals|which gives) )(?:a total of |an average of |a value of |only |exactly )?";

/// How a sentence names a unit of time behind "per".
const TIME: &str = r"(?:second|minute|min|hour|hr|h|day|d|week|wk|month|year|yr|annum)";

/// The worded operations, in the order in which they are tried.
pub static WORDED: LazyLock<Vec<Worded>> = LazyLock::new(|| {
    let per = |name: &str| format!(r"(?: ?/ ?| per | a | an | each | every )(?P<{name}>{TIME})\b");
    [
        (Shape::Product, format!(r"‹a›…(?: multiplied by | (?P<loose>times) )‹b›…{GIVES}‹c›")),
        (Shape::Product, format!(r"the product of ‹a›…(?: and | with )‹b›…{GIVES}‹c›")),
        (Shape::Product, format!(r"‹a›(?P<of> of )(?:the |a |an |all |these |those |our )?‹b›…{GIVES}‹c›")),
        (Shape::Quotient, format!(r"‹a›…(?: divided by | (?P<loose>over) )‹b›…{GIVES}‹c›")),
        (Shape::Quotient, format!(r"(?:the )?(?:ratio|quotient) of ‹a›…(?: to | (?P<loose>and) | over )‹b›…{GIVES}‹c›")),
        (Shape::Sum, format!(r"(?:the )?sum of ‹a›…(?:, ‹b2›…)?,? and ‹b›…{GIVES}‹c›")),
        (Shape::Sum, format!(r"‹a›…(?: (?P<loose>plus|added to) )‹b›…{GIVES}‹c›")),
        (Shape::Difference, format!(r"‹a›…(?: minus | (?P<loose>less) )‹b›…{GIVES}‹c›")),
        (Shape::Distance, format!(r"(?:the )?difference between ‹a›… and ‹b›…{GIVES}‹c›")),
        (Shape::Mean, format!(r"(?:the )?(?:mean|average|arithmetic mean) of ‹a›… and ‹b›…{GIVES}‹c›")),
        (Shape::Mean, r"‹c›⋯ \((?P<each>[\p{L}-]+): M_=_‹a›(?:, SD_=_‹s›)?; [\p{L}-]+: M_=_‹b›".to_owned()),
        (Shape::Concentration, r"‹a›…(?: dissolved| diluted| suspended| made up)? (?:in|into|per) ‹b›…_(?:\(|\[|,? i\.e\.,? |,? or |_=_|, which is |, giving |, equivalent to |, corresponding to )(?:i\.e\.,? |=_|or )?‹c›".to_owned()),
        (Shape::Concentration, r"‹c›…_(?:\(|\[|,? i\.e\.,? )(?:i\.e\.,? |=_)?‹a›…(?: dissolved| diluted| suspended)? (?:in|into|per) ‹b›".to_owned()),
        (Shape::Concentration, r"‹a›…(?:, [a-z-]+ed)? (?:in|into|over|per) (?:a volume of |a total of )?‹b›…(?:,? (?:which )?(?:is|was|at|i\.e\.|(?P<says>gives|gave|giving|yields|yielding|makes|making))|,) an? (?P<mixture>(?:nominal |mean |resulting |calculated )?(?:concentration|density|speed)) of ‹c›".to_owned()),
        (Shape::Volume, r"‹a›(?P<mixture>…) (?:from|at|of)(?: an?| the)?…(?: of)? ‹b›…,? (?:is|are|was|were|equals?|corresponds? to|amounts? to|requires?|required|needs?|takes?) (?:an? (?:[a-z]+ )?volume of )?‹c›".to_owned()),
        (Shape::Parts, r"total of ‹c›⋯(?: \([^()]{0,60}\))?,?_(?:with|consisting of|comprising|made up of|of which|:)_‹a›(?P<part>⋯),? and ‹b›".to_owned()),
        (Shape::Parts, r"‹c›⋯,? (?:consisting of|comprising|made up of) ‹a›(?P<part>⋯),? and ‹b›".to_owned()),
        (Shape::RateInUnits, r"‹a›…(?:,? or |,? i\.e\.,? |_\(|_=_|, which is |,? that is,? |,? equivalent to |,? amounting to |,? equal to |,? corresponding to |, totalling |,? adding up to )(?:=_|or |i\.e\.,? )?‹c›".to_owned()),
        (Shape::RateToUnit, format!(r"‹a›…{}(?:,? or |,? i\.e\.,? |_\(|_=_|, which is |,? that is,? |,? equivalent to )‹c›", per("from"))),
        (Shape::Rate, format!(r"‹a›…{}(?:,? or |,? i\.e\.,? |_\(|_=_|, which is |,? that is,? |,? equivalent to |,? amounting to |,? equal to |,? corresponding to |, totalling |,? adding up to )(?:=_|or |i\.e\.,? |about )?‹c›…{}", per("from"), per("to"))),
    ]
    .into_iter()
    .map(|(shape, notation)| Worded { shape, pattern: Pattern::new(&notation) })
    .collect()
});

/// The calculations that a sentence states in words.
pub(super) fn calculations(skeleton: &Skeleton, mentions: &Mentions) -> Vec<Calculation> {
    let mut calculations = Vec::new();
    for worded in WORDED.iter() {
        for found in worded.pattern.matches(skeleton) {
            calculations.extend(calculation(worded.shape, &found, skeleton, mentions));
        }
    }
    calculations
}

fn calculation(shape: Shape, found: &Match<'_>, skeleton: &Skeleton, mentions: &Mentions) -> Option<Calculation> {
    let (a, b, mut result) = (found.quantity("a")?, found.quantity("b"), found.quantity("c")?);
    let mut quantities = vec![a];
    let call = |function: &str| Expression::call(function, [Expression::operand(0), Expression::operand(1)]);
    let expression = match shape {
        Shape::Rate => {
            let (from, to) = (found.words("from")?, found.words("to")?);
            let time = |unit: &str| Expression::Constant { literal: format!("1 {unit}"), source: "time".to_owned() };
            let ratio = Expression::call("/", [time(to), time(from)]);
            is_counted_per_time(mentions, a, result).then_some(())?;
            (from != to).then(|| Expression::call("*", [Expression::operand(0), ratio]))?
        }
        Shape::RateToUnit => {
            let per =
                Expression::Constant { literal: format!("1 {}", found.words("from")?), source: "time".to_owned() };
            let kind = |at| Some(binding::measured("", binding::quantity(mentions, at)?)?.readings.first()?.dimension);
            // A rate has a time in its unit: "30 minutes per day (48.8%)" is none.
            let has_time = kind(result)?.has_time();
            (has_time && kind(result)? == kind(a)?.over(Dimension::TIME))
                .then(|| Expression::call("/", [Expression::operand(0), per]))?
        }
        Shape::RateInUnits => {
            let unit = |at| Some(&binding::quantity(mentions, at)?.first().unit.as_ref()?.unit);
            let (from, to) = (unit(a)?, unit(result)?);
            let rates = from.dimension == to.dimension && from.tags == to.tags && is_calendar_rate(from, to);
            (rates && from.factor != to.factor).then(|| Expression::operand(0))?
        }
        Shape::Sum | Shape::Mean | Shape::Parts => {
            quantities.extend(found.quantity("b2"));
            quantities.push(b?);
            if found.words("each").is_some() && !is_between(mentions, a, b?, result) {
                return None;
            }
            if shape == Shape::Parts {
                result = whole_of_parts(found, skeleton, a, result)?;
            }
            let function = if shape == Shape::Mean { "mean" } else { "sum" };
            Expression::call(function, (0..quantities.len()).map(Expression::operand))
        }
        _ => {
            let b = b?;
            quantities.push(b);
            let (x, y) = (point(mentions, a)?, point(mentions, b)?);
            match shape {
                // "20 % of 50 is 10" is a product, "4 of 26" is a fraction and another rule's.
                Shape::Product if found.words("of").is_some() && !is_share(mentions, a, result) => return None,
                Shape::Concentration if !is_concentration(found, mentions, a, b) => return None,
                Shape::Product => call("*"),
                _ if found.words("mixture").is_some() && is_mixed(found) => return None,
                Shape::Volume if !is_concentration(found, mentions, a, result) => return None,
                Shape::Quotient | Shape::Concentration | Shape::Volume => call("/"),
                Shape::Distance if x < y => Expression::call("-", [Expression::operand(1), Expression::operand(0)]),
                _ => call("-"),
            }
        }
    };
    let stated = says_operation(shape, found) && !counts_things(mentions, &quantities);
    // An amount of a solution can be nothing but the volume that holds it, and what gives a concentration is divided.
    let certain = stated || shape == Shape::Volume || found.words("says").is_some();
    // A value before a bracket with those of two conditions is their mean where both have as many cases.
    let by_condition = found.words("each").is_some();
    let calculation = Calculation {
        quantities,
        expression,
        result,
        operation: match (stated, by_condition) {
            (true, _) => Operation::Stated,
            (false, true) => Operation::Likely,
            (false, false) => Operation::Implied,
        },
        needs_cause: !certain,
        approximate: false,
        doubt: match shape {
            Shape::Parts => Some("there may be other parts"),
            Shape::Mean if by_condition => Some("the conditions may have different numbers of cases"),
            _ => None,
        },
        quote: found.range(),
    };
    // "x in y (z)" is a concentration only where the units say so; "a of b is c" likewise a share.
    let by_units = matches!(shape, Shape::Concentration | Shape::Volume) || found.words("of").is_some();
    (!by_units || units_balance(&calculation, mentions)).then_some(calculation)
}

/// Whether a value lies between two others of its kind, as their mean does: an effect size before two means does not.
fn is_between(mentions: &Mentions, a: QuantityIx, b: QuantityIx, value: QuantityIx) -> bool {
    let kind = |at| binding::quantity(mentions, at).map(|quantity| quantity.kind);
    let points = (point(mentions, a), point(mentions, b), point(mentions, value));
    let (Some(a_point), Some(b_point), Some(own)) = points else { return false };
    let (low, high) = if a_point <= b_point { (a_point, b_point) } else { (b_point, a_point) };
    low <= own && own <= high && kind(a) == kind(value) && kind(b) == kind(value)
}

/// Whether the words between or before the operands name the operation and can hardly mean anything else.
///
/// "Times", "over", "plus", "less" and "added to" tell doses, durations and treatments too; "of" behind a percentage may
/// begin another thought; a mean and a distance of two values may be of what was measured at them.
fn says_operation(shape: Shape, found: &Match<'_>) -> bool {
    let named = matches!(shape, Shape::Product | Shape::Quotient | Shape::Sum | Shape::Difference);
    named && found.words("loose").is_none() && found.words("of").is_none()
}

/// Whether an operand counts things with a name of their own, so that the words may be about those things.
fn counts_things(mentions: &Mentions, quantities: &[QuantityIx]) -> bool {
    let mut kinds = quantities.iter().filter_map(|at| binding::quantity(mentions, *at));
    kinds.any(|quantity| quantity.kind == QuantityKind::Count)
}

/// The whole that the parts are parts of: the nearest number before them that counts the same things as the last part,
/// "eight trials took place over 5 days, consisting of four stranger and four familiar trials", or the total itself where
/// neither part names anything. A first part with things of its own is no part: "two different tokens".
fn whole_of_parts(found: &Match<'_>, skeleton: &Skeleton, first: QuantityIx, total: QuantityIx) -> Option<QuantityIx> {
    let parts = Things::of(found.after());
    let between = found.words("part").unwrap_or_default();
    let Some(thing) = parts.head() else {
        return (between.trim().is_empty() && found.after().trim_start().starts_with(['.', ';', ')'])).then_some(total);
    };
    let names_another = |word: &str| is_counted(&word.to_lowercase()) && singular(&word.to_lowercase()) != thing;
    let own = between.split(|c: char| !c.is_alphanumeric()).any(names_another);
    let mut before = nouns::counted(skeleton).into_iter().filter(|counted| counted.at < first).rev();
    before.find(|counted| !own && counted.things.head() == Some(thing)).map(|counted| counted.at)
}

/// Whether "a % of b is c" tells a part of something: a part of what is no percentage is none either.
fn is_share(mentions: &Mentions, a: QuantityIx, result: QuantityIx) -> bool {
    is_percentage(mentions, a) && !is_percentage(mentions, result)
}

/// Words by which a solution is mixed with something more, so that the volume beside it is not that of the mixture.
const MIXES: [&str; 10] =
    [" final ", "added", "mixed", "diluted to", "diluting", "further", "stock", " wells", "together with", "plus"];

/// Whether the words tell of a mixture, so that the volume beside the amount may be that of a part of it.
fn is_mixed(found: &Match<'_>) -> bool {
    let text = found.text().to_lowercase();
    MIXES.iter().any(|word| text.contains(word))
}

/// Words by which two values are compared and not divided.
const COMPARES: [&str; 7] = ["compar", "versus", " vs", " than ", "against", "relative to", "control"];

/// Whether a in b can be a concentration: both have a unit, not the same one, and nothing compares them.
fn is_concentration(found: &Match<'_>, mentions: &Mentions, a: QuantityIx, b: QuantityIx) -> bool {
    let unit = |at| Some(&binding::quantity(mentions, at)?.first().unit.as_ref()?.unit);
    let (Some(a), Some(b)) = (unit(a), unit(b)) else { return false };
    let same = a.dimension == b.dimension && a.factor == b.factor && a.tags == b.tags;
    let text = found.text().to_lowercase();
    !same && !a.dimension.is_one() && !b.dimension.is_one() && !COMPARES.iter().any(|word| text.contains(word))
}

fn is_percentage(mentions: &Mentions, at: QuantityIx) -> bool {
    binding::quantity(mentions, at).is_some_and(|quantity| quantity.kind == QuantityKind::Percentage)
}

/// The value of a quantity in coherent SI, as far as its printed digits go.
fn point(mentions: &Mentions, at: QuantityIx) -> Option<Rational> {
    let operand = binding::measured("", binding::quantity(mentions, at)?)?;
    operand.readings.first()?.tight.hull()?.midpoint()
}

/// Whether both are counted or measured in the same thing and neither has a time of its own in its unit.
fn is_counted_per_time(mentions: &Mentions, a: QuantityIx, c: QuantityIx) -> bool {
    let kind = |at: QuantityIx| {
        let operand = binding::measured("", binding::quantity(mentions, at)?)?;
        let reading = operand.readings.first()?;
        Some((reading.dimension, reading.tags.clone()))
    };
    let (Some(a), Some(c)) = (kind(a), kind(c)) else { return false };
    // "1,200 probes per second, or 72,000 per minute": the second need not say of what.
    a.0 == c.0 && (a.1 == c.1 || c.1.is_empty()) && a.0.0[2] == 0
}

/// Whether the units of a calculation balance, and are units at all.
fn units_balance(calculation: &Calculation, mentions: &Mentions) -> bool {
    let operand = |at: &QuantityIx| binding::measured("", binding::quantity(mentions, *at)?);
    let operands: Option<Vec<Operand>> = calculation.quantities.iter().map(operand).collect();
    let (Some(operands), Some(stated)) = (operands, operand(&calculation.result)) else { return false };
    let has_unit = |operand: &Operand| operand.readings.first().is_some_and(|reading| !reading.unit.text.is_empty());
    operands.iter().any(has_unit) && balances(&calculation.expression, &operands, &stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(WORDED.iter().all(|worded| worded.pattern.is_valid()));
    }
}
