//! What the rules of the family bind: a mean with its size and what is known of its values.

use crate::arithmetic::{Printed, rational};
use crate::derive::{Expression, Operand, OperandOptions, Operation, Proposal, Variant};
use crate::extract::{Data, Reported, Scale, SpreadKind, Summary};

/// The roles of the operands, in their order: mean, deviation, size.
pub(super) const ROLES: [&str; 3] = ["mean", "standard deviation", "number of values"];

/// A summary with a size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample<'m> {
    /// The summary.
    pub summary: &'m Summary,
    /// The size.
    pub size: &'m Reported,
}

impl<'m> Sample<'m> {
    /// The sample of a summary whose size is printed as a whole number of two or more.
    pub fn of(summary: &'m Summary) -> Option<Self> {
        let size = summary.size.as_ref()?;
        let enough = size.printed().is_some_and(|size| size.exact && size.point() >= rational::whole(2));
        enough.then_some(Self { summary, size })
    }

    /// Whether a mean of so many whole numbers can miss: not where n reaches the power of ten of its decimals.
    pub fn has_power(&self) -> bool {
        let mean = self.summary.mean.printed();
        let decimals = mean.map_or(0, |mean| mean.decimals);
        let size = self.size.printed().map(Printed::point);
        decimals > 0
            && size.is_some_and(|size| size < rational::power_of_ten(i32::try_from(decimals).unwrap_or(i32::MAX)))
    }

    /// The deviation, where the paper says that it is one.
    pub fn deviation(&self) -> Option<&'m Reported> {
        self.summary.spread.as_ref().filter(|spread| spread.kind == SpreadKind::Deviation).map(|spread| &spread.value)
    }

    /// The scale of the values, where one is said.
    pub const fn scale(&self) -> Option<Scale> {
        match self.summary.data {
            Data::Whole(scale) | Data::Perhaps(scale) => scale,
            Data::Unknown | Data::Binary => None,
        }
    }

    /// What is missing before the values are known to be single whole numbers; `None` where they are.
    pub fn missing(&self) -> Option<&'static str> {
        match self.summary.data {
            Data::Whole(_) | Data::Binary => None,
            Data::Perhaps(Some(_)) => Some("it is not said that each value is a single answer and no mean of several"),
            Data::Perhaps(None) => Some("it is not said that the ages are whole years"),
            Data::Unknown => Some("it is not said that the values are whole numbers"),
        }
    }

    /// The operands in the order of [`ROLES`]; without a deviation that one is left out.
    pub fn operands(&self, deviation: Option<&Reported>) -> Vec<Operand> {
        let printed = OperandOptions::printed();
        let mut operands = vec![Operand::reported(ROLES[0], &self.summary.mean, &printed)];
        operands.extend(deviation.map(|deviation| Operand::reported(ROLES[1], deviation, &printed)));
        operands.push(Operand::reported(ROLES[2], self.size, &OperandOptions::count()));
        operands
    }

    /// A proposal of the family over the operands.
    pub fn proposal(&self, code: &str, operands: Vec<Operand>, stated: usize, variants: Vec<Variant>) -> Proposal {
        Proposal {
            code: code.to_owned(),
            operands,
            stated,
            variants,
            suspects: Vec::new(),
            units_certain: false,
            // That no answer is missing is taken from where the size stands.
            operation: Operation::Assumed,
            approximate: false,
            innocent: vec![
                "fewer values than the group has, as where answers are missing".to_owned(),
                "weights, or values that are no whole numbers".to_owned(),
            ],
            doubt: self.missing().map(str::to_owned),
            needs_cause: false,
            evidence: None,
            levels: Vec::new(),
            quote: self.summary.range,
        }
    }
}

/// A number of a scale as a constant.
pub(super) fn end(value: i32, what: &str) -> Expression {
    Expression::constant(&value.to_string(), what)
}
