//! Claims that stand alone: where too little in a paper follows by a rule, nothing shows that the rule reads this paper as it was
//! meant.
//!
//! A paper writes its fractions, intervals and tests in one way throughout. Where others of them follow, that way is understood,
//! and one that does not follow is evidence about itself; where none does, it may as well be that its numbers are of something else
//! than the rule takes them for. So where fewer than three claims of a rule by the same kind of formula (a product, the p-value of
//! an F) hold in a paper, those that fail are no more than warnings. A rule may ask for fewer or for more ([`Grounds`]), and more is
//! asked of a statistic without degrees of freedom, which may as well have another distribution than the normal one. A slip that the
//! digits themselves show, a lost power of ten or two digits in each other's place, needs no such company. No verdict is changed.
//!
//! Of the errors of the first twelve goes of unseen papers (`corpora/labels/findings-unseen.csv`), crossed by hand with what holds
//! in their papers: of F, t, χ² and r, where one or more of the own kind hold 116 of 124 were right and none wrong, where none does
//! 10 of 12; of statistics without degrees of freedom, 4 of 16 where three to nine hold, and 4 of 4 above; of intervals and bounds,
//! 42 of 42 where three or more hold, and 2 of 4 where fewer do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::arithmetic::rational;

use super::cause;
use super::expression::Expression;
use super::outcome::{Outcome, Strength, Verdict};
use super::proposal::{Operation, Proposal};

/// What a mismatch by a rule needs to be an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grounds {
    /// So many claims of the same kind hold in the paper, or the digits show the slip.
    Company(usize),
    /// Of an operation that the text names: so many such claims, or the digits. Of one that the numbers alone suggest: the digits.
    Named(usize),
    /// The digits show the slip, and nothing less: what the rule takes to belong together is said nowhere, and on papers that
    /// nobody had looked at its mismatches were too often of something else.
    Slip,
}

impl Grounds {
    /// What is asked where a rule has no reason to ask for more.
    pub const PLAIN: Self = Self::Company(3);

    /// What is needed, in words.
    pub fn words(self) -> String {
        let company = |least: usize| match least {
            1 => "at least one claim of the same kind holds in the paper".to_owned(),
            least => format!("at least {least} claims of the same kind hold in the paper"),
        };
        match self {
            Self::Company(least) => format!("{}, or the digits show the slip", company(least)),
            Self::Named(least) => {
                format!("the calculation is named and {}, or the digits show the slip", company(least))
            }
            Self::Slip => "the digits show the slip".to_owned(),
        }
    }

    /// How many claims of the same kind have to hold beside one with such an operation; nothing where no number is enough.
    pub fn least(self, operation: Operation) -> Option<usize> {
        match self {
            Self::Company(least) => Some(least),
            Self::Named(least) => (operation == Operation::Stated).then_some(least),
            Self::Slip => None,
        }
    }
}

/// How many claims with a statistic without degrees of freedom have to hold.
const WITHOUT_DEGREES: usize = 10;

/// The causes that a misread or wrongly bound value does not have by chance.
const MARKS: [&str; 2] = ["power-of-ten", "digits-swapped"];

/// How far a power of ten gets lost: the prefixes of a unit lie a thousand apart. What is farther off is of another thing.
const FARTHEST: i64 = 1000;

/// Takes what fails among the claims of one rule for a paper as assumed, where there are no grounds for an error: see the module.
pub fn weaken_where_alone(claims: &mut [(Proposal, Outcome)], grounds: Grounds) {
    let mut company: BTreeMap<String, usize> = BTreeMap::new();
    for (proposal, outcome) in claims.iter() {
        // What a habit of rounding reconciles is bound as it should be.
        if matches!(outcome.verdict, Verdict::Consistent | Verdict::Inconsistent(Strength::RoundingHabit)) {
            *company.entry(kind(proposal).to_owned()).or_default() += 1;
        }
    }
    for (proposal, outcome) in claims {
        let holding = company.get(kind(proposal)).copied().unwrap_or(0);
        let reason = match grounds.least(proposal.operation) {
            None => "nothing says that the values belong together in this way",
            Some(least) if holding < least_of(kind(proposal), least) => {
                "too little else in the paper follows in this way to show that the values are read as they are meant"
            }
            Some(_) => continue,
        };
        let fails = outcome.verdict == Verdict::Inconsistent(Strength::Disjoint);
        // What an approximate word stands by is a warning already.
        let weighs = matches!(proposal.operation, Operation::Stated | Operation::Implied) && !proposal.approximate;
        if fails && weighs && !has_mark(outcome) {
            proposal.operation = Operation::Assumed;
            proposal.innocent.insert(0, reason.to_owned());
        }
    }
}

fn least_of(kind: &str, least: usize) -> usize {
    if kind == "p_z" { least.max(WITHOUT_DEGREES) } else { least }
}

/// The kind of formula of a proposal: the first function in it that is more than arithmetic, else what it does last. Nothing
/// where a number is held against another as it is, as bounds and numbers told twice are.
fn kind(proposal: &Proposal) -> &str {
    let formula = proposal.variants.first().map(|variant| &variant.relation.left);
    formula.and_then(|formula| special(formula).or_else(|| last(formula))).unwrap_or_default()
}

/// The functions of arithmetic and of rounding, in which others may stand.
const PLAIN: [&str; 8] = ["+", "-", "*", "/", "sum", "rounded", "abs", "mean"];

fn special(formula: &Expression) -> Option<&str> {
    let Expression::Call { function, arguments } = formula else { return None };
    let function = function.as_str();
    let own = (!PLAIN.contains(&function)).then_some(function);
    own.or_else(|| arguments.iter().find_map(special))
}

fn last(formula: &Expression) -> Option<&str> {
    let Expression::Call { function, arguments } = formula else { return None };
    if function == "rounded" { arguments.first().and_then(last) } else { Some(function) }
}

/// Whether the digits themselves show a slip.
fn has_mark(outcome: &Outcome) -> bool {
    let Some(cause) = &outcome.cause else { return false };
    let (farthest, least) = (rational::whole(FARTHEST), rational::ratio(1, FARTHEST));
    let is_near = cause.factor.as_ref().is_none_or(|factor| (least..=farthest).contains(factor));
    MARKS.contains(&cause.name.as_str()) && is_near && cause::tells(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Comparison, Expression, Limits, Operand, OperandReading, Relation, evaluate, parse};
    use crate::document::TextRange;

    /// The claim that the double of a number is another, with what the evaluator says.
    fn double(number: &str, stated: &str) -> (Proposal, Outcome) {
        let operand = |text: &str| {
            let source = parse(text).expect(text);
            let readings = vec![OperandReading::of_literal(&source.literals[0])];
            Operand { role: "value".into(), range: TextRange::new(0, 1), readings }
        };
        let left = Expression::call("+", [Expression::operand(0), Expression::operand(0)]);
        let relation = Relation { left, op: Comparison::Equal, right: Expression::operand(1) };
        let proposal = Proposal::new("EQ101", vec![operand(number), operand(stated)], 1, relation);
        let outcome = evaluate(&proposal, &Limits::default());
        (proposal, outcome)
    }

    /// How sure each claim is in the company of the others.
    fn weighed(claims: &[(&str, &str)], grounds: Grounds) -> Vec<Operation> {
        let mut claims: Vec<_> = claims.iter().map(|(number, stated)| double(number, stated)).collect();
        weaken_where_alone(&mut claims, grounds);
        claims.into_iter().map(|(proposal, _)| proposal.operation).collect()
    }

    const FAILS: (&str, &str) = ("21.13", "57.21");
    const HOLD: [(&str, &str); 3] = [("31.17", "62.34"), ("12.13", "24.26"), ("40.02", "80.04")];

    #[test]
    fn a_claim_counts_where_three_others_hold() {
        use Operation::{Assumed, Stated};
        assert_eq!(weighed(&[FAILS], Grounds::PLAIN), [Assumed]);
        assert_eq!(weighed(&[FAILS, ("31.17", "55.91")], Grounds::PLAIN), [Assumed, Assumed]);
        assert_eq!(weighed(&[FAILS, HOLD[0], HOLD[1]], Grounds::PLAIN), [Assumed, Stated, Stated]);
        assert_eq!(weighed(&[FAILS, HOLD[0], HOLD[1], HOLD[2]], Grounds::PLAIN), [Stated; 4]);
        assert_eq!(
            weighed(&[FAILS, HOLD[0], HOLD[1], HOLD[2]], Grounds::Company(4)),
            [Assumed, Stated, Stated, Stated]
        );
    }

    #[test]
    fn some_rules_give_errors_for_slips_alone() {
        use Operation::{Assumed, Stated};
        assert_eq!(weighed(&[FAILS, HOLD[0], HOLD[1], HOLD[2]], Grounds::Slip), [Assumed, Stated, Stated, Stated]);
        assert_eq!(weighed(&[("21.74", "434.8")], Grounds::Slip), [Stated]);
        assert_eq!(weighed(&[FAILS, HOLD[0], HOLD[1]], Grounds::Named(2)), [Stated; 3]);
        assert_eq!(Grounds::Named(2).least(Operation::Implied), None);
    }

    /// Whether the first claim stays an error where the formulas of the first and of the others are these.
    fn holds_with(function: Option<&str>, others: Option<&str>, count: usize) -> bool {
        let wrapped = |function: Option<&str>, claim: &mut (Proposal, Outcome)| {
            if let Some(function) = function {
                let formula = claim.0.variants[0].relation.left.clone();
                claim.0.variants[0].relation.left = Expression::call(function, [formula]);
            }
        };
        let mut claims = vec![double(FAILS.0, FAILS.1)];
        claims.extend((0..count).map(|_| double(HOLD[0].0, HOLD[0].1)));
        for (at, claim) in claims.iter_mut().enumerate() {
            wrapped(if at == 0 { function } else { others }, claim);
        }
        weaken_where_alone(&mut claims, Grounds::PLAIN);
        claims[0].0.operation == Operation::Stated
    }

    #[test]
    fn only_the_same_kind_of_formula_is_company() {
        assert!(holds_with(None, None, 3));
        assert!(!holds_with(Some("sqrt"), None, 3));
        assert!(holds_with(Some("p_f"), Some("p_f"), 3));
        assert!(!holds_with(Some("p_f"), Some("p_t"), 30));
    }

    #[test]
    fn a_statistic_without_degrees_of_freedom_needs_more() {
        assert!(!holds_with(Some("p_z"), Some("p_z"), 9));
        assert!(holds_with(Some("p_z"), Some("p_z"), 10));
    }

    #[test]
    fn a_slip_that_the_digits_show_needs_no_company() {
        use Operation::{Assumed, Stated};
        // 43.48 is printed as 434.8, and as 43.84.
        let claims = [("21.74", "434.8"), ("21.74", "43.84"), ("21.74", "49.48")];
        assert_eq!(weighed(&claims, Grounds::PLAIN), [Stated, Stated, Assumed]);
        // Between values of one digit some factor always fits, and a million is no prefix.
        assert_eq!(weighed(&[("2", "40")], Grounds::PLAIN), [Assumed]);
        assert_eq!(weighed(&[("21.74", "43480")], Grounds::PLAIN), [Stated]);
        assert_eq!(weighed(&[("21.74", "43480000")], Grounds::PLAIN), [Assumed]);
    }
}
