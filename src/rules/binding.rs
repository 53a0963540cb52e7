//! From quantities to proposals: the operands, the relation and the fields that most rules fill in the same way.
//!
//! No rule's knowledge is here, and no verdict.

use crate::derive::{Comparison, Expression, Operand, OperandOptions, Operation, Proposal, Relation, Variant};
use crate::document::TextRange;
use crate::extract::{Comparator, Mentions, Quantity, QuantityIx, QuantityKind};

use super::broken;

/// The quantity behind an index.
pub fn quantity(mentions: &Mentions, at: QuantityIx) -> Option<&Quantity> {
    mentions.quantities.get(at.0)
}

/// Whether the quantity is one number without a sign of comparison, under its likely reading.
pub fn is_plain(quantity: &Quantity) -> bool {
    quantity.comparator == Comparator::Equal && quantity.single().is_some()
}

/// Whether the quantity is a whole number of things: no unit, no decimals, not negative.
pub fn is_whole(quantity: &Quantity) -> bool {
    let reading = quantity.first();
    let unitless = reading.unit.as_ref().is_none_or(|unit| unit.unit.dimension.is_one());
    let value = reading.amount.value();
    is_plain(quantity)
        && unitless
        && quantity.kind != QuantityKind::Percentage
        && value.decimals == 0
        && value.exponent == 0
        && !value.negative
}

/// The quantity as an operand: a printed number, or a point where extraction says that it is a count. `None` for ranges,
/// `±` and bounds.
pub fn measured(role: &str, quantity: &Quantity) -> Option<Operand> {
    tagged(role, quantity, &OperandOptions::printed())
}

/// The quantity as a point: a count in its role.
pub fn count(role: &str, quantity: &Quantity) -> Option<Operand> {
    tagged(role, quantity, &OperandOptions::count())
}

/// The quantity as an operand with what its role adds, where it is one number.
pub fn tagged(role: &str, quantity: &Quantity, options: &OperandOptions) -> Option<Operand> {
    is_plain(quantity).then(|| Operand::quantity(role, quantity, options))
}

/// The quantity without its unit, where the unit is that of the whole line or of what it is compared with.
pub fn bare(quantity: &Quantity) -> Quantity {
    let mut own = quantity.clone();
    own.readings.iter_mut().for_each(|reading| reading.unit = None);
    own
}

/// How many characters may stand between a passage and an operand that is quoted with it.
const LONGEST_GAP: usize = 300;

/// How many characters stand between two ranges.
const fn distance(a: TextRange, b: TextRange) -> usize {
    let (gap, other) = (b.start.saturating_sub(a.end), a.start.saturating_sub(b.end));
    if gap > other { gap } else { other }
}

/// What a rule has bound; [`Binding::proposal`] fills in the rest.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The operands; the stated value is the last one.
    pub operands: Vec<Operand>,
    /// The formulas for the stated value, the plain one first, each with its label.
    pub formulas: Vec<(String, Expression)>,
    /// How the operation is known.
    pub operation: Operation,
    /// Whether an approximate word or sign stands by.
    pub approximate: bool,
    /// Innocent reasons that the text does not exclude.
    pub innocent: Vec<String>,
    /// A reason to leave the value undecided.
    pub doubt: Option<String>,
    /// Whether a mismatch counts only with a slip that explains it.
    pub needs_cause: bool,
    /// The characters that state the operation.
    pub quote: TextRange,
}

impl Binding {
    /// A stated operation with one formula.
    pub fn stated(operands: Vec<Operand>, formula: Expression, quote: TextRange) -> Self {
        Self {
            operands,
            formulas: vec![(String::new(), formula)],
            operation: Operation::Stated,
            approximate: false,
            innocent: Vec::new(),
            doubt: None,
            needs_cause: false,
            quote,
        }
    }

    /// The same with the first doubt that is given; a doubt that is there already stays.
    #[must_use]
    pub fn doubted(mut self, doubt: Option<&str>) -> Self {
        self.doubt = self.doubt.or_else(|| doubt.map(str::to_owned));
        self
    }

    /// The proposal under the rule's code: each formula equals the last operand.
    pub fn proposal(self, code: &str) -> Option<Proposal> {
        let stated = self.operands.len().checked_sub(1)?;
        let broken = self.operands.iter().any(broken::may_be_two).then_some(broken::MAY_BE_TWO);
        let doubt = self.doubt.or_else(|| broken.map(str::to_owned));
        // An operand that stands far off has its own place; the quote is the passage of the others.
        let near = |operand: &&Operand| distance(operand.range, self.quote) <= LONGEST_GAP;
        let quote = self.operands.iter().filter(near).fold(self.quote, |quote, operand| quote.hull(operand.range));
        let variants = self
            .formulas
            .into_iter()
            .map(|(label, left)| Variant {
                label,
                relation: Relation { left, op: Comparison::Equal, right: Expression::operand(stated) },
            })
            .collect();
        Some(Proposal {
            code: code.to_owned(),
            operands: self.operands,
            stated,
            variants,
            suspects: Vec::new(),
            units_certain: false,
            operation: self.operation,
            approximate: self.approximate,
            innocent: self.innocent,
            doubt,
            needs_cause: self.needs_cause,
            evidence: None,
            levels: Vec::new(),
            quote,
        })
    }
}
