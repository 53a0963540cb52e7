//! Words that the rules share: values in the unit of the paper, the replayed formula, and why an outcome is what it is.

use num_traits::{Signed, Zero};

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::{Interval, RealSet};
use crate::derive::{Expression, OperandIx, Outcome, Proposal, Verdict};

/// How many digits a value has in a message.
const DIGITS: usize = 4;

/// The stated value as printed, without the marks of `eval`.
pub fn stated(proposal: &Proposal) -> String {
    operand(proposal, proposal.stated)
}

/// Operand `at` as printed, without the marks of `eval`.
pub fn operand(proposal: &Proposal, at: usize) -> String {
    let literal = proposal.operands.get(at).and_then(|operand| operand.readings.first()).map(|r| r.literal.as_str());
    plain(literal.unwrap_or_default())
}

/// A literal without the name of its form and the notes in braces: `exact(42)` is `42`, `below(0.05)` is `< 0.05`.
fn plain(literal: &str) -> String {
    let (sign, inside) = FORMS
        .iter()
        .find_map(|(form, sign)| {
            let inside = literal.strip_prefix(form)?.strip_prefix('(')?.strip_suffix(')')?;
            Some((*sign, inside))
        })
        .unwrap_or(("", literal));
    let without_notes = inside.split(" {").next().unwrap_or(inside);
    format!("{sign}{without_notes}")
}

/// The names of the forms of a literal and the sign that each is printed with.
const FORMS: [(&str, &str); 6] =
    [("exact", ""), ("below", "< "), ("at_most", "≤ "), ("above", "> "), ("at_least", "≥ "), ("within", "< ")];

/// The derived side in the unit of the stated value: a middle value where the set is narrow, else its two ends.
pub fn derived(proposal: &Proposal, outcome: &Outcome) -> String {
    let Some(reading) = proposal.operands.get(proposal.stated).and_then(|operand| operand.readings.first()) else {
        return String::new();
    };
    let numbers = reading.unit.from_si(&outcome.derived.tight);
    let value = numbers_in_words(&numbers);
    // "A value without bound" takes no unit.
    let is_number = numbers.hull().as_ref().and_then(Interval::midpoint).is_some();
    if is_number && !reading.unit.text.is_empty() { format!("{value} {}", reading.unit.text) } else { value }
}

/// A set of numbers in words: its middle value, which is what a reader gets by hand from the printed digits; of a set that
/// is wider than its middle value is large, which a bound gives, its ends.
pub fn numbers_in_words(numbers: &RealSet) -> String {
    let hull = numbers.hull();
    let Some(middle) = hull.as_ref().and_then(Interval::midpoint) else { return "a value without bound".to_owned() };
    let ends = hull.as_ref().and_then(|hull| Some((hull.lo().value()?, hull.hi().value()?)));
    match ends {
        Some((low, high)) if low.is_zero() && high.is_positive() => format!("≤ {}", short(high)),
        Some((low, high)) if high - low > middle.abs() => format!("{} to {}", short(low), short(high)),
        _ => short(&middle),
    }
}

/// A number with at most a few digits, thousands grouped.
fn short(value: &Rational) -> String {
    let text = rational::to_short_text(value, DIGITS);
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (integer, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(i, f)| (i, Some(f)));
    if value.is_negative() == sign.is_empty() || integer.len() < 5 || !integer.bytes().all(|b| b.is_ascii_digit()) {
        return text;
    }
    let mut grouped = String::new();
    for (at, digit) in integer.chars().enumerate() {
        if at > 0 && (integer.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or_else(|| format!("{sign}{grouped}"), |fraction| format!("{sign}{grouped}.{fraction}"))
}

/// The formula of a proposal's first variant with its numbers; empty where it has none.
pub fn own_formula(proposal: &Proposal) -> String {
    proposal.variants.first().map_or_else(String::new, |variant| formula(proposal, &variant.relation.left))
}

/// A formula with its operands as printed: "12.5 L/h × 8.0 h". Formulas are short, so the recursion is shallow.
pub fn formula(proposal: &Proposal, expression: &Expression) -> String {
    match expression {
        Expression::Operand(OperandIx(at)) => operand(proposal, *at),
        Expression::Constant { literal, .. } => literal.clone(),
        // A unit that stands at the result alone is no factor for a reader.
        Expression::Call { function, arguments } if function == "*" && is_unit(arguments.last()) => {
            arguments.first().map_or_else(String::new, |numbers| formula(proposal, numbers))
        }
        Expression::Call { function, arguments } if function == "abs" && arguments.len() == 1 => {
            arguments.first().map_or_else(String::new, |change| formula(proposal, change))
        }
        Expression::Call { function, arguments } if function == "percent_change" => {
            let ends: Vec<String> = arguments.iter().map(|end| formula(proposal, end)).collect();
            format!("the change from {}", ends.join(" to "))
        }
        Expression::Call { function, arguments } => {
            let sign = match function.as_str() {
                "*" => " × ",
                "/" => " ÷ ",
                "+" | "sum" => " + ",
                "-" => " − ",
                _ => ", ",
            };
            let parts: Vec<String> = arguments.iter().map(|argument| part(proposal, argument, function)).collect();
            let joined = parts.join(sign);
            if sign == ", " { format!("{function}({joined})") } else { joined }
        }
    }
}

/// Whether an argument is the constant of one unit.
fn is_unit(argument: Option<&Expression>) -> bool {
    matches!(argument, Some(Expression::Constant { literal, .. }) if literal.starts_with("1 "))
}

/// An argument of `function`, in brackets where it is a formula of its own that binds less.
fn part(proposal: &Proposal, argument: &Expression, function: &str) -> String {
    let text = formula(proposal, argument);
    match argument {
        Expression::Call { function: inner, .. } if inner != function && matches!(function, "*" | "/" | "-") => {
            format!("({text})")
        }
        _ => text,
    }
}

/// ", 10 times the stated value" or the like, where a cause is named; empty elsewhere.
pub fn cause(outcome: &Outcome) -> String {
    outcome.cause.as_ref().map_or_else(String::new, |cause| format!(" ({})", cause.words))
}

/// The message of an outcome: `formula` says what the stated value would follow from ("60 kg × 7000 ng/kg/day").
pub fn message(proposal: &Proposal, outcome: &Outcome, formula: &str) -> String {
    message_with(proposal, outcome, formula, "")
}

/// The same with a symbol before both values: "p = 0.03", "p < 0.05".
pub fn message_with(proposal: &Proposal, outcome: &Outcome, formula: &str, symbol: &str) -> String {
    let with_symbol = |value: String| match value.chars().next() {
        _ if symbol.is_empty() => value,
        Some('<' | '>' | '≤' | '≥') => format!("{symbol} {value}"),
        _ => format!("{symbol} = {value}"),
    };
    let derived = with_symbol(derived(proposal, outcome));
    sentence(outcome, formula, &derived, &with_symbol(stated(proposal)))
}

/// The message of an outcome whose stated side is no operand: `stated` says it in words ("100 %").
pub fn message_for(proposal: &Proposal, outcome: &Outcome, formula: &str, stated: &str) -> String {
    sentence(outcome, formula, &derived(proposal, outcome), stated)
}

fn sentence(outcome: &Outcome, formula: &str, derived: &str, stated: &str) -> String {
    match &outcome.verdict {
        Verdict::Consistent => format!("{stated} follows from {formula}"),
        Verdict::Inconsistent(_) => format!("{formula} gives {derived}, not {stated}{}", cause(outcome)),
        Verdict::Undecided { reason } => format!("whether {stated} follows from {formula} is undecided: {reason}"),
        Verdict::NotChecked { reason } => format!("{stated} was not checked against {formula}: {reason}"),
    }
}
