//! Which operands of a finding stand in its relation, and under which number they are shown.
//!
//! A proposal may hold operands for other readings too ("412, 388" as one number): these are counted among the readings
//! tried, and would only confuse the derivation that is shown.

use crate::derive::Source;
use crate::report::finding::{Finding, OperandReport};

/// An operand with the number that it has in the picture and in the steps, counted from 1.
#[derive(Clone, Copy)]
pub(super) struct Shown<'f> {
    /// The number.
    pub(super) number: usize,
    /// The operand.
    pub(super) operand: &'f OperandReport,
    /// Whether it is the stated value.
    pub(super) stated: bool,
    /// Which literal of the relation it is, where its relation could be read.
    pub(super) literal: Option<usize>,
}

/// The operands in the order of the finding, the stated value last; all of them where the relation is no text that can
/// be read, or has a number that no operand is.
pub(super) fn shown<'f>(finding: &'f Finding, source: Option<&Source>) -> Vec<Shown<'f>> {
    let literals: Vec<String> =
        source.map(|source| source.literals.iter().map(ToString::to_string).collect()).unwrap_or_default();
    let mut free = vec![true; literals.len()];
    let last = finding.operands.len().saturating_sub(1);
    let mut shown: Vec<Shown<'_>> = Vec::new();
    for (at, operand) in finding.operands.iter().enumerate() {
        let found = |(literal, text): (usize, &String)| free[literal] && *text == operand.literal;
        // The stated value is the last literal, so that an equal number before it does not take its place.
        let literal = if at == last {
            literals.iter().enumerate().rev().find(|pair| found(*pair))
        } else {
            literals.iter().enumerate().find(|pair| found(*pair))
        };
        let literal = literal.map(|(literal, _)| literal);
        if let Some(literal) = literal {
            free[literal] = false;
        }
        shown.push(Shown { number: at + 1, operand, stated: at == last, literal });
    }
    // An operand is left out only where the relation is known in full without it.
    if !literals.is_empty() && !free.contains(&true) {
        shown.retain(|shown| shown.literal.is_some() || shown.stated);
        for (at, shown) in shown.iter_mut().enumerate() {
            shown.number = at + 1;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::parse;
    use crate::report::fixture::report;

    #[test]
    fn operands_of_other_readings_are_left_out_and_the_stated_value_never_is() {
        let mut finding = report().papers.swap_remove(0).findings.swap_remove(1);
        let extra = OperandReport { literal: "4246".into(), ..finding.operands[0].clone() };
        finding.operands.insert(2, extra);
        for (operand, literal) in finding.operands.iter_mut().zip(["exact(42)", "exact(46)", "4246", "93 %"]) {
            operand.literal = literal.into();
        }
        let source = parse("exact(42) / exact(46) = 93 %").expect("a relation");
        let listed = |source: Option<&Source>| -> Vec<(usize, Option<usize>, bool)> {
            shown(&finding, source).iter().map(|shown| (shown.number, shown.literal, shown.stated)).collect()
        };
        assert_eq!(listed(Some(&source)), [(1, Some(0), false), (2, Some(1), false), (3, Some(2), true)]);
        assert_eq!(listed(None).len(), 4);
        let other = parse("exact(42) / exact(47) = 93 %").expect("a relation");
        assert_eq!(listed(Some(&other)).len(), 4);
    }
}
