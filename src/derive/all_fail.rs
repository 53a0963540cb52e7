//! Claims that all fail: where a rule finds nothing but mismatches in a column or a paragraph, it is the binding that is in doubt.
//!
//! A relation that holds in all rows but one is evidence about the one; a relation that holds in none is evidence about the
//! relation. So where three claims of one rule, or more, fail in one column of a table (or in one block of prose) and none
//! follows, they are but likely of one thing, and so no more than notes: the numbers may be of something else than the rule takes
//! them for. Of 310 errors on papers that nobody had looked at, 22 stood so, and 19 of these were wrong
//! (`corpora/labels/findings-unseen.csv`). Claims that say the same with the same numbers count as one. No verdict is changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, TextRange};

use super::evaluate::{Limits, evaluate};
use super::outcome::{Outcome, Strength, Verdict};
use super::proposal::{Operation, Proposal};

/// From how many claims on that fail, and none that follows, the binding is in doubt.
const MANY: usize = 3;

/// Where claims keep each other company.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Company {
    /// The table and the column.
    Column(usize, u32),
    /// The beginning of the block.
    Block(usize),
}

/// Gives the verdicts on the proposals of one rule for a paper, each by itself and then in the company of the others: see the module.
pub fn evaluate_all(proposals: Vec<Proposal>, limits: &Limits, document: &Document) -> Vec<(Proposal, Outcome)> {
    let evaluated = proposals.into_iter().map(|proposal| {
        let outcome = evaluate(&proposal, limits);
        (proposal, outcome)
    });
    let mut claims: Vec<(Proposal, Outcome)> = evaluated.collect();
    weaken_where_all_fail(&mut claims, document);
    claims
}

/// Takes the claims of one rule as but likely where a column or a block of `document` has many that fail and none that follows.
fn weaken_where_all_fail(claims: &mut [(Proposal, Outcome)], document: &Document) {
    let blocks: Vec<TextRange> = document.leaves().iter().map(|block| block.range).collect();
    let mut companies: BTreeMap<Company, Vec<usize>> = BTreeMap::new();
    for (at, (proposal, _)) in claims.iter().enumerate() {
        let stated = proposal.operands.get(proposal.stated).map(|operand| operand.range);
        if let Some(company) = stated.and_then(|stated| company(stated, document, &blocks)) {
            companies.entry(company).or_default().push(at);
        }
    }
    for (company, members) in companies {
        let is = |at: &usize, follows: bool| match claims[*at].1.verdict {
            // What a habit of rounding reconciles is bound as it should be.
            Verdict::Consistent | Verdict::Inconsistent(Strength::RoundingHabit) => follows,
            Verdict::Inconsistent(Strength::Disjoint) => !follows,
            Verdict::Undecided { .. } | Verdict::NotChecked { .. } => false,
        };
        let failing: Vec<usize> = members.iter().copied().filter(|at| is(at, false)).collect();
        let distinct: BTreeSet<&str> = failing.iter().map(|at| claims[*at].1.relation.as_str()).collect();
        if distinct.len() < MANY || members.iter().any(|at| is(at, true)) {
            continue;
        }
        let reason = match company {
            Company::Column(..) => "no value of the column follows so: it may hold something else",
            Company::Block(_) => "no value of the passage follows so: they may be of something else",
        };
        for at in failing {
            claims[at].0.operation = Operation::Likely;
            claims[at].0.innocent.insert(0, reason.to_owned());
        }
    }
}

/// Where a stated value stands: the column of its table, or else its block.
fn company(stated: TextRange, document: &Document, blocks: &[TextRange]) -> Option<Company> {
    if let Some(at) = document.tables.iter().position(|table| table.range.contains(stated)) {
        return Some(Company::Column(at, document.tables[at].holding(stated)?.column));
    }
    let block = blocks.iter().find(|block| block.contains(stated))?;
    Some(Company::Block(block.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Comparison, Expression, Literal, Operand, OperandReading, Relation, parse};
    use crate::document::{Block, BlockKind};
    use crate::read::{ReadLimits, read};

    /// A paper of two paragraphs, the second behind the 100th character.
    fn paper() -> Document {
        let text = format!("{}\n\n{}\n", "a ".repeat(50).trim_end(), "b ".repeat(50).trim_end());
        let document = read(text.as_bytes(), &ReadLimits::default()).expect("a text");
        let leaves: Vec<&Block> = document.leaves();
        assert_eq!(leaves.iter().filter(|block| block.kind == BlockKind::Paragraph).count(), 2);
        document
    }

    /// The claim that the double of a number is another, which stands at `start`.
    fn double(number: &str, stated: &str, start: usize) -> Proposal {
        let operand = |text: &str, start: usize| {
            let source = parse(text).expect(text);
            let literal: &Literal = &source.literals[0];
            let range = TextRange::new(start, start + 1);
            Operand { role: "value".into(), range, readings: vec![OperandReading::of_literal(literal)] }
        };
        let left = Expression::call("+", [Expression::operand(0), Expression::operand(0)]);
        let relation = Relation { left, op: Comparison::Equal, right: Expression::operand(1) };
        Proposal::new("EQ101", vec![operand(number, start), operand(stated, start + 2)], 1, relation)
    }

    /// For each claim whether it is consistent, inconsistent, or inconsistent and but likely.
    fn verdicts(claims: &[Proposal]) -> String {
        let name = |(proposal, outcome): &(Proposal, Outcome)| match (&outcome.verdict, proposal.operation) {
            (Verdict::Consistent, Operation::Stated) => 'c',
            (Verdict::Inconsistent(_), Operation::Stated) => 'i',
            (Verdict::Inconsistent(_), Operation::Likely) => 'l',
            _ => '?',
        };
        evaluate_all(claims.to_vec(), &Limits::default(), &paper()).iter().map(name).collect()
    }

    #[test]
    fn three_that_fail_where_none_follows_are_but_likely() {
        let wrong = |at: usize| double(&format!("exact({})", 10 + at), "exact(50)", 8 * at);
        let [one, two, three] = [wrong(0), wrong(1), wrong(2)];
        assert_eq!(verdicts(&[one.clone(), two.clone(), three.clone()]), "lll");
        assert_eq!(verdicts(&[one.clone(), two.clone()]), "ii", "two may be slips");
        let right = double("exact(20)", "exact(40)", 40);
        assert_eq!(verdicts(&[one.clone(), two.clone(), three.clone(), right.clone()]), "iiic", "the relation holds");
        let elsewhere = Proposal { operands: double("exact(20)", "exact(40)", 140).operands, ..right };
        assert_eq!(verdicts(&[one.clone(), two.clone(), three, elsewhere]), "lllc", "in another paragraph");
        assert_eq!(verdicts(&[one.clone(), two.clone(), one.clone(), two.clone()]), "iiii", "copies count once");
        let cut = double("exact(10.49)", "20.9", 40);
        let three = double("exact(30)", "exact(50)", 56);
        assert_eq!(verdicts(&[one, two, three, cut]), "iiii", "a number that was cut off follows");
    }
}
