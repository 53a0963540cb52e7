//! From what a claim of order has bound to its proposal, and the words of its outcome.

use num_traits::Signed;

use crate::arithmetic::rational::{self, Rational};
use crate::arithmetic::units::Unit;
use crate::arithmetic::{Printed, RealSet};
use crate::derive::{
    Comparison, Expression, Form, Literal, Operand, OperandOptions, Operation, Outcome, Proposal, Relation, Variant,
    Verdict,
};
use crate::document::TextRange;
use crate::extract::{Amount, Comparator, Quantity, QuantityKind};
use crate::rules::{Prose, binding, wording};

use super::words::Direction;

/// The code of the rule.
pub(super) const CODE: &str = "XC110";

/// What a claim of order has bound.
pub(super) struct Claim<'m> {
    /// The numbers that are put in order, each with its role.
    pub numbers: Vec<(&'static str, &'m Quantity)>,
    /// The number that the claim states, the last operand; or one of the numbers where it states none.
    pub stated: Option<(&'static str, Stated<'m>)>,
    /// The formulas of the derived side, over the numbers in their order, with their labels.
    pub formulas: Vec<(&'static str, Expression)>,
    /// How the sides relate.
    pub op: Comparison,
    /// The right side, where it is not the last operand.
    pub right: Option<Expression>,
    /// Why the claim may be of other numbers.
    pub doubt: Option<&'static str>,
    /// The characters that state it.
    pub quote: TextRange,
}

/// A number that a claim states.
#[derive(Clone, Copy)]
pub(super) enum Stated<'m> {
    /// A quantity with one number.
    Number(&'m Quantity),
    /// The first number of a range.
    From(&'m Quantity),
    /// The second number of a range.
    To(&'m Quantity),
}

impl<'m> Stated<'m> {
    pub const fn quantity(self) -> &'m Quantity {
        match self {
            Self::Number(quantity) | Self::From(quantity) | Self::To(quantity) => quantity,
        }
    }

    /// The number itself.
    pub fn printed(self) -> &'m Printed {
        match (self, &self.quantity().first().amount) {
            (Self::To(_), Amount::Range(_, to)) => to,
            (_, amount) => amount.value(),
        }
    }
}

/// The role of a bound in a count: the number itself, and not what rounds to it.
pub(super) const BOUND: &str = "bound";

/// A quantity as one number without its sign of comparison, and without its unit where the others have none.
fn operand(role: &str, stated: Stated<'_>, bare: bool) -> Option<Operand> {
    let own = if bare { binding::bare(stated.quantity()) } else { stated.quantity().clone() };
    let own = Quantity { comparator: Comparator::Equal, ..own };
    let options = if own.kind == QuantityKind::Count { OperandOptions::count() } else { OperandOptions::printed() };
    if role == BOUND {
        let unit = own.first().unit.as_ref().map_or_else(Unit::one, |unit| unit.unit.clone());
        return Some(Operand::literal(role, own.range, &Literal::new(Form::Exact, own.single()?.clone(), unit)));
    }
    let second = matches!(stated, Stated::To(_));
    let mut operand = Operand::part(role, &own, &options, |amount| match amount {
        Amount::Range(from, to) => Some(if second { to } else { from }),
        Amount::Single(value) | Amount::PlusMinus(value, _) => Some(value),
    })?;
    // Each end of a range has its own characters.
    if let Amount::Range(from, to) = &own.first().amount {
        let length = |number: &Printed| number.text.chars().count();
        let (start, end) = (own.number.start, own.number.end);
        operand.range = if second {
            TextRange::new(end.saturating_sub(length(to)).max(start), end)
        } else {
            TextRange::new(start, (start + length(from)).min(end))
        };
    }
    Some(operand)
}

/// Whether all have units of one measure.
pub(super) fn have_one_unit<'q>(mut quantities: impl Iterator<Item = &'q Quantity>) -> bool {
    let unit = |quantity: &'q Quantity| quantity.first().unit.as_ref().map(|unit| &unit.unit);
    let Some(first) = quantities.next().and_then(unit) else { return false };
    quantities.all(|quantity| unit(quantity).is_some_and(|unit| unit.same_measure(first)))
}

impl Claim<'_> {
    /// The proposal; `None` where a number is none.
    pub fn proposal(self) -> Option<Proposal> {
        let counts = self.formulas.first().is_some_and(|(_, formula)| gives_count(formula));
        let with_unit = self.numbers.iter().map(|(_, quantity)| *quantity);
        let stated = self.stated.filter(|_| !counts).map(|(_, stated)| stated.quantity());
        let bare = !have_one_unit(with_unit.chain(stated));
        let mut operands: Vec<Operand> = Vec::new();
        for (role, quantity) in &self.numbers {
            operands.push(operand(role, Stated::Number(quantity), bare)?);
        }
        if let Some((role, stated)) = self.stated {
            operands.push(operand(role, stated, bare)?);
        }
        let last = operands.len().checked_sub(1)?;
        let right = self.right.unwrap_or_else(|| Expression::operand(last));
        let relation = |left: Expression| Relation { left, op: self.op, right: right.clone() };
        let variants: Vec<Variant> = self
            .formulas
            .into_iter()
            .map(|(label, left)| Variant { label: label.to_owned(), relation: relation(left) })
            .collect();
        let first = variants.first()?.relation.clone();
        let quoted = self.stated.map(|(_, stated)| stated.quantity());
        let approximate = quoted.is_some_and(|quantity| quantity.approximate);
        Some(Proposal {
            variants,
            // What a claim of order is about is read from few words. Of the first mismatches in papers that nobody had looked at,
            // none was one of the paper.
            operation: Operation::Likely,
            approximate,
            innocent: vec!["the claim may be of other numbers, or of some of these".to_owned()],
            doubt: self.doubt.map(str::to_owned),
            quote: self.quote,
            ..Proposal::new(CODE, operands, last, first)
        })
    }
}

/// Whether a formula gives a count of its numbers.
fn gives_count(formula: &Expression) -> bool {
    matches!(formula, Expression::Call { function, .. } if function.starts_with("count_"))
}

/// The second value of a pair with all that rounds to it: alone on its side it would be a bound, which is its point.
pub(super) fn second_value() -> Expression {
    Expression::call("greatest", [Expression::operand(1)])
}

/// The claim that one number is larger than another, or the reverse.
pub(super) fn pair<'m>(
    (first, second): (&'m Quantity, &'m Quantity),
    direction: Direction,
    doubt: Option<&'static str>,
    quote: TextRange,
) -> Claim<'m> {
    Claim {
        numbers: vec![("first value", first)],
        stated: Some(("second value", Stated::Number(second))),
        formulas: vec![("", Expression::operand(0))],
        op: if direction == Direction::Up { Comparison::Greater } else { Comparison::Less },
        right: Some(second_value()),
        doubt,
        quote,
    }
}

/// A number as its digits say it, or both ends of what it can be.
fn ends(set: &RealSet) -> String {
    let Some(hull) = set.hull() else { return String::new() };
    match (hull.lo().value(), hull.hi().value()) {
        (Some(low), Some(high)) if low != high => {
            let text = |value: &Rational| rational::to_short_text(value, 4);
            format!("{} to {}", text(low), text(high))
        }
        _ => wording::numbers_in_words(set),
    }
}

/// What a formula gives, in words.
fn derived(proposal: &Proposal, outcome: &Outcome) -> String {
    match proposal.variants.first().map(|variant| &variant.relation.left) {
        Some(formula) if gives_count(formula) => ends(&outcome.derived.tight),
        Some(Expression::Call { function, arguments }) => {
            let value = wording::derived(proposal, outcome);
            let name = match function.as_str() {
                "greatest" => "the greatest",
                "least" => "the least",
                "kth_greatest" => "the one in its place from above",
                "kth_least" => "the one in its place from below",
                _ => "the least step",
            };
            format!("{name} of {} values, {value},", arguments.len())
        }
        _ => wording::operand(proposal, 0),
    }
}

/// Whether a number is below nought, so that its size may be what is compared.
pub(super) fn is_negative(quantity: &Quantity) -> bool {
    quantity.first().amount.value().point().is_negative()
}

/// The words of an outcome.
pub fn explain(proposal: &Proposal, outcome: &Outcome) -> Prose {
    let stated = match proposal.variants.first().map(|variant| &variant.relation.right) {
        Some(Expression::Constant { literal, .. }) => literal.clone(),
        _ => wording::stated(proposal),
    };
    let derived = derived(proposal, outcome);
    let counts = proposal.variants.first().is_some_and(|variant| gives_count(&variant.relation.left));
    let relation = match proposal.variants.first().map(|variant| variant.relation.op) {
        Some(Comparison::Greater) => "above ",
        Some(Comparison::Less) => "below ",
        Some(Comparison::AtLeast) => "at least ",
        Some(Comparison::AtMost) => "at most ",
        _ => "",
    };
    // The bound and the count itself are none of the values.
    let others = proposal.operands.iter().filter(|operand| operand.role == BOUND).count() + 1;
    let values = proposal.operands.len().saturating_sub(others);
    let message = match &outcome.verdict {
        Verdict::Consistent if counts => format!("the count of {stated} follows from the values"),
        Verdict::Consistent => format!("{derived} is {relation}{stated}, as the text says"),
        Verdict::Inconsistent(_) if counts => {
            format!("by the {values} values the count is {derived}, not {stated}")
        }
        Verdict::Inconsistent(_) => format!("{derived} is not {relation}{stated}, as the text says"),
        Verdict::Undecided { reason } => format!("whether {derived} is {relation}{stated} is undecided: {reason}"),
        Verdict::NotChecked { reason } => format!("{stated} was not checked against the values: {reason}"),
    };
    Prose { message, help: "look which numbers the words are of, and whether one of them is mistyped".to_owned() }
}

/// The number of a quantity as a point, for the choice of what to propose alone.
pub(super) fn point(quantity: &Quantity) -> Rational {
    quantity.first().amount.value().point()
}
