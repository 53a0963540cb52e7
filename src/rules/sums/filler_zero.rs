//! The zero behind a rounded percentage: "65.80 %" where a column was widened to two decimals after it had been rounded to one.
//!
//! Spreadsheets print as many decimals as a format asks for, so a percentage that was typed as 65.8 stands as 65.80. Whoever
//! reads it takes the zero for a digit; that is no slip in the sum. So the shorter number is another reading.

use crate::arithmetic::Printed;
use crate::derive::{Expression, Proposal, Relation, Variant};

/// The proposal with the shorter number as another reading of its stated value, where that ends in a zero behind another decimal.
pub(super) fn with_shorter(mut proposal: Proposal) -> Proposal {
    let literal = proposal.operands.get(proposal.stated).and_then(|operand| operand.readings.first());
    let shorter = literal.and_then(|reading| without_zero(&reading.literal));
    if let (Some(shorter), Some(plain)) = (shorter, proposal.variants.first()) {
        let relation = Relation { left: plain.relation.left.clone(), op: plain.relation.op, right: shorter };
        proposal.variants.push(Variant { label: "a zero added behind the rounded percentage".to_owned(), relation });
    }
    proposal
}

/// The values that print as "65.8 %" where "65.80 %" stands; nothing where the number has fewer than two decimals or ends in
/// another digit, or is no percentage.
fn without_zero(literal: &str) -> Option<Expression> {
    let number = literal.strip_suffix('%')?.trim_end();
    let (_, decimals) = number.split_once('.')?;
    let shorter = number.strip_suffix('0').filter(|_| decimals.len() >= 2)?;
    let values = Expression::values_of(&Printed::parse(shorter)?, "the printed digits without the last zero")?;
    Some(Expression::call("/", [values, Expression::constant("100", "per cent")]))
}

#[cfg(test)]
mod tests {
    use super::without_zero;
    use crate::derive::expression_text;

    #[test]
    fn a_zero_goes_only_behind_another_decimal() {
        let text = without_zero("65.80 %").map(|shorter| expression_text(&shorter, &|_| String::new()));
        assert_eq!(text.as_deref(), Some("range(65.75, 65.85) / exact(100)"));
        for kept in ["65.8 %", "65.0 %", "60 %", "65.83 %", "7.20", "exact(12)"] {
            assert_eq!(without_zero(kept), None, "{kept}");
        }
    }
}
