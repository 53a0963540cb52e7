//! The values of a paper in which a slip can be planted: those that a claim found consistent, written as plain numbers.

use crate::arithmetic::{Printed, RealSet, set_text};
use crate::derive;
use crate::document::{Document, TextRange};
use crate::report::{Finding, OperandReport, OutcomeName};

use super::numeral::Numeral;
use super::possible::{Form, Possible, Statement};

/// A stated value that holds.
#[derive(Clone, Debug)]
pub struct Value<'p> {
    /// The claim's position among the claims of the paper.
    pub claim: usize,
    /// The claim.
    pub finding: &'p Finding,
    /// The stated value.
    pub stated: &'p OperandReport,
    /// Its number.
    pub numeral: Numeral,
    /// How it is stated.
    pub form: Form,
    /// What its derivation gives under plain rounding, in its own unit.
    pub tight: RealSet,
    /// What it gives under any habit.
    pub wide: RealSet,
}

impl Value<'_> {
    /// Where the number stands in the text.
    pub const fn range(&self) -> TextRange {
        let start = self.stated.span.range.start + self.numeral.start;
        TextRange::new(start, start + self.numeral.length)
    }

    /// Whether another statement in its place can be true.
    pub fn possible(&self, statement: &Statement) -> Possible {
        statement.possible(&self.tight, &self.wide)
    }

    /// Whether it is a percentage.
    pub fn is_percentage(&self) -> bool {
        self.finding.stated.unit == "%"
    }

    /// Whether it is a p-value.
    pub fn is_p(&self) -> bool {
        self.stated.role.contains("p-value")
    }
}

/// The form and the number of a literal such as `7000 ng/day`, `exact(42)` or `below(0.05)`.
pub fn literal(text: &str) -> Option<(Form, Printed)> {
    let (form, body) = match text.split_once('(') {
        Some(("exact", body)) => (Form::Exact, body),
        Some(("below", body)) => (Form::Below, body),
        Some(("above", body)) => (Form::Above, body),
        Some(("at_most" | "at_least" | "within" | "range", _)) => return None,
        _ => (Form::Rounded, text),
    };
    derive::leading_number(body).map(|(_, printed)| (form, printed))
}

/// The values of a paper, in the order of its claims, each once: where two claims state one value, the first is taken.
///
/// Left out are values that stand in a claim that does not hold, or under another reading of the document: nobody can
/// say there what a slip would change.
pub fn values<'p>(document: &Document, claims: &'p [Finding]) -> Vec<Value<'p>> {
    let broken: Vec<TextRange> = claims
        .iter()
        .filter(|claim| claim.outcome == OutcomeName::Inconsistent)
        .flat_map(|claim| claim.operands.iter().map(|operand| operand.span.range))
        .collect();
    let doubtful = |range: TextRange| document.variations.iter().any(|variation| variation.range.overlaps(range));
    let mut found: Vec<Value<'p>> = Vec::new();
    for (at, claim) in claims.iter().enumerate().filter(|(_, claim)| claim.outcome == OutcomeName::Consistent) {
        let Some(value) = value(at, claim) else { continue };
        let range = value.range();
        let taken = found.iter().any(|other| other.range().overlaps(range));
        let sound = value.possible(&value.numeral.statement(value.form)) == Possible::Plainly;
        if sound && !taken && !doubtful(range) && !broken.iter().any(|other| other.overlaps(range)) {
            found.push(value);
        }
    }
    found
}

fn value(at: usize, claim: &Finding) -> Option<Value<'_>> {
    let stated = claim.operands.last()?;
    let (form, printed) = literal(&stated.literal)?;
    let numeral = Numeral::find(&stated.span.quote, &printed)?;
    let (tight, wide) = (set_text::parse(&claim.derived.tight.exact)?, set_text::parse(&claim.derived.wide.exact)?);
    Some(Value { claim: at, finding: claim, stated, numeral, form, tight, wide })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_say_how_a_value_is_stated() {
        let form = |text: &str| literal(text).map(|(form, printed)| (form, printed.text));
        assert_eq!(form("7000 ng/kg bw/day"), Some((Form::Rounded, "7000".to_owned())));
        assert_eq!(form("exact(42)"), Some((Form::Exact, "42".to_owned())));
        assert_eq!(form("below(0.05)"), Some((Form::Below, "0.05".to_owned())));
        assert_eq!(form("range(1, 2)"), None);
        assert_eq!(form("7 kg {body-mass}"), Some((Form::Rounded, "7".to_owned())));
    }
}
