//! Causes: one step that would explain a mismatch.
//!
//! A cause is named only where the *tight* stated set, moved by it, meets the *tight* derived set and no smaller cause
//! does (design: "when to say inconsistent", A6). A cause is an explanation and changes no verdict, save where a proposal
//! says that a mismatch counts only with one.

use num_traits::Signed;

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::{Printed, RealSet, elementary};

use super::evaluate::{Sides, sides};
use super::expression::Expression;
use super::literal;
use super::outcome::{Cause, Outcome};
use super::program::Leaves;
use super::proposal::{OperandReading, Proposal};

/// Factors with their names and words, the smallest first. Powers of ten beyond these follow.
const FACTORS: [(i64, &str, &str); 8] = [
    (2, "factor-two", "a factor of 2"),
    (7, "days-and-weeks", "a factor of 7, days and weeks"),
    (10, "power-of-ten", "a factor of 10"),
    (12, "months-and-years", "a factor of 12, months and years"),
    (24, "hours-and-days", "a factor of 24, hours and days"),
    (60, "sixty", "a factor of 60, of minutes, seconds or hours"),
    (100, "power-of-ten", "a factor of 100"),
    (365, "days-and-years", "a factor of 365, days and years"),
];

/// The largest power of ten that is looked for.
const MAX_POWER: i32 = 15;

/// The smallest cause that explains the mismatch of the two sides under the first reading.
pub(super) fn name(proposal: &Proposal, sides: &Sides, leaves: &Leaves<'_>) -> Option<Cause> {
    let stated = &sides.stated.tight;
    let derived = &sides.derived.tight;
    if !is_bounded(stated) || !is_bounded(derived) || is_wide(derived) {
        return None;
    }
    let meets = |set: &RealSet| set.meets(derived);
    let plain = |name: &str, words: &str| Some(Cause { name: name.to_owned(), factor: None, words: words.to_owned() });
    let stated_reading = match &proposal.variants[0].relation.right {
        Expression::Operand(ix) => leaves.get(ix.0).copied(),
        _ => None,
    };
    let sign = rational::whole(-1);
    // A set over zero meets almost anything when it is scaled, which explains nothing.
    let scalable = !stated.contains(&rational::whole(0));
    if scalable && meets(&stated.scale(&sign)) {
        return Some(Cause { name: "sign".to_owned(), factor: Some(sign), words: "the sign".to_owned() });
    }
    if let Some(words) = stated_reading.and_then(|reading| swapped(reading, &meets)) {
        return plain("digits-swapped", &words);
    }
    for suspect in &proposal.suspects {
        if sides_meet(&suspect.relation, leaves) {
            return plain("wrong-operand", &suspect.label);
        }
    }
    if scalable && let Some(cause) = factor(proposal, stated_reading, stated, derived) {
        return Some(cause);
    }
    offset(sides, &meets)
}

/// Whether the cause of an outcome tells a slip from a chance: where only a cause makes two values one, it has to be such.
///
/// A factor of two has innocent sides (two halves, two doses, twice a day) and is no mark of a slip. Between values of
/// one digit some factor always fits, so the two together may be no wider than two numbers of two digits.
pub(super) fn tells(outcome: &Outcome) -> bool {
    let spread = |set: &RealSet| {
        let hull = set.hull()?;
        let (lo, hi) = (hull.lo().value()?, hull.hi().value()?);
        (*lo > rational::whole(0)).then(|| hi / lo)
    };
    let spreads = spread(&outcome.derived.tight).zip(spread(&outcome.stated.tight));
    let is_sharp = spreads.is_some_and(|(derived, stated)| derived * stated <= rational::ratio(5, 4));
    is_sharp && outcome.cause.as_ref().is_some_and(|cause| cause.name != "factor-two")
}

fn sides_meet(relation: &super::Relation, leaves: &Leaves<'_>) -> bool {
    sides(relation, leaves).is_ok_and(|sides| sides.derived.tight.meets(&sides.stated.tight))
}

/// Whether a set spans nought or more than a factor of ten, as one of what a bound allows does: some slip always meets it.
fn is_wide(set: &RealSet) -> bool {
    let Some(hull) = set.hull() else { return false };
    let (Some(low), Some(high)) = (hull.lo().value(), hull.hi().value()) else { return true };
    let zero = rational::whole(0);
    let (near, far) = if *low < zero { (high.abs(), low.abs()) } else { (low.abs(), high.abs()) };
    low != high && (*low <= zero && *high >= zero || far > near * rational::whole(10))
}

fn is_bounded(set: &RealSet) -> bool {
    set.hull().is_some_and(|hull| hull.lo().value().is_some() && hull.hi().value().is_some())
}

/// The smallest factor, either way.
fn factor(
    proposal: &Proposal,
    stated_reading: Option<&OperandReading>,
    stated: &RealSet,
    derived: &RealSet,
) -> Option<Cause> {
    let percent = stated_reading.is_some_and(is_percent)
        || proposal.operands.iter().any(|operand| operand.readings.first().is_some_and(is_percent));
    // A factor of time explains nothing where no unit has a time, nor a logarithm's base where there is no logarithm.
    let times = proposal.operands.iter().filter_map(|operand| operand.readings.first());
    let has_time = times.into_iter().any(|reading| reading.dimension.has_time());
    let ten = elementary::ln(&RealSet::point(rational::whole(10))).filter(|_| has_logarithm(proposal));
    for (factor, name, words) in FACTORS {
        if !has_time && ![2, 10, 100].contains(&factor) {
            continue;
        }
        let (name, words) = if factor == 100 && percent {
            ("percent-as-fraction", "a percentage taken as a fraction, or the reverse")
        } else {
            (name, words)
        };
        if let Some(cause) = either_way(&rational::whole(factor), name, words, stated, derived) {
            return Some(cause);
        }
        // ln 10 = 2.30… is the next after 2.
        let logarithm = ten.as_ref().filter(|_| factor == 2);
        if logarithm.is_some_and(|ten| stated.mul(ten).meets(derived) || stated.div(ten).meets(derived)) {
            return Some(Cause {
                name: "logarithm-base".to_owned(),
                factor: None,
                words: "a factor of ln 10, natural and decimal logarithms".to_owned(),
            });
        }
    }
    // A tail probability falls so fast that any two of them are some power of ten apart.
    let most = if calls(proposal, &|function| function.starts_with("p_")) { 3 } else { MAX_POWER };
    (3..=most).find_map(|power| {
        let words = format!("a factor of {}", grouped(power));
        either_way(&rational::power_of_ten(power), "power-of-ten", &words, stated, derived)
    })
}

/// Whether the plain formula takes a logarithm or an exponential.
fn has_logarithm(proposal: &Proposal) -> bool {
    calls(proposal, &|function| matches!(function, "ln" | "log10" | "exp"))
}

/// Whether the plain formula calls such a function.
fn calls(proposal: &Proposal, such: &dyn Fn(&str) -> bool) -> bool {
    fn within(expression: &Expression, such: &dyn Fn(&str) -> bool) -> bool {
        match expression {
            Expression::Call { function, arguments } => {
                such(function) || arguments.iter().any(|argument| within(argument, such))
            }
            _ => false,
        }
    }
    proposal.variants.first().is_some_and(|variant| within(&variant.relation.left, such))
}

fn is_percent(reading: &OperandReading) -> bool {
    reading.unit.dimension.is_one() && reading.unit.factor.conventional == rational::ratio(1, 100)
}

fn either_way(factor: &Rational, name: &str, words: &str, stated: &RealSet, derived: &RealSet) -> Option<Cause> {
    [factor.clone(), factor.recip()]
        .into_iter()
        .find(|factor| stated.scale(factor).meets(derived))
        .map(|factor| Cause { name: name.to_owned(), factor: Some(factor), words: words.to_owned() })
}

/// A power of ten with commas: `1,000`.
fn grouped(power: i32) -> String {
    let zeros = usize::try_from(power).unwrap_or(0);
    let head = "0".repeat(zeros % 3);
    format!("1{head}{}", ",000".repeat(zeros / 3))
}

/// Kelvin and degrees Celsius taken for each other.
fn offset(sides: &Sides, meets: &dyn Fn(&RealSet) -> bool) -> Option<Cause> {
    let temperature = sides.kinds.0.dimension == crate::arithmetic::Dimension::TEMPERATURE;
    let zero = RealSet::point(rational::ratio(27_315, 100));
    let stated = &sides.stated.tight;
    (temperature && (meets(&stated.add(&zero)) || meets(&stated.sub(&zero)))).then(|| Cause {
        name: "celsius-and-kelvin".to_owned(),
        factor: None,
        words: "273.15, degrees Celsius and kelvin".to_owned(),
    })
}

/// The stated number with two neighbouring digits the other way round.
fn swapped(reading: &OperandReading, meets: &dyn Fn(&RealSet) -> bool) -> Option<String> {
    let (text, number) = literal::leading_number(&reading.literal)?;
    let digits: Vec<char> = number.digits.chars().collect();
    (1..digits.len()).filter(|at| digits[at - 1] != digits[*at]).find_map(|at| {
        let mut other = digits.clone();
        other.swap(at - 1, at);
        if other[0] == '0' && digits[0] != '0' {
            // Nobody prints a number with a zero in front.
            return None;
        }
        let other = Printed { digits: other.into_iter().collect(), ..number.clone() };
        let set = reading.unit.to_si(&other.tight());
        meets(&set).then(|| format!("two digits swapped: {} for {text}", literal::number_text(&other)))
    })
}
