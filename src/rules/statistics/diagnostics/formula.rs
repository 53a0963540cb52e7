//! How a measure follows from counts, or from other measures.
//!
//! Each operand that is no point stands once in its formula, so that the sets are no wider than they have to be. Formulas:
//! Altman and Bland 1994 (*BMJ* 308:1552 and 309:102), Deeks and Altman 2004 (*BMJ* 329:168), Glas et al. 2003
//! (*Journal of Clinical Epidemiology* 56:1129), Youden 1950 (*Cancer* 3:32), Van Rijsbergen 1979, chapter 7.

use crate::derive::Expression;

use super::super::interval_terms::{over, times};
use super::measure::Measure::{
    self, Accuracy, BalancedAccuracy, F1, FalseNegatives, FalsePositives, LrMinus, LrPlus, Npv, OddsRatio, Ppv,
    Sensitivity, Specificity, TrueNegatives, TruePositives, Youden,
};

/// A formula for one measure.
pub(in crate::rules::statistics) struct Formula {
    /// What it takes, in order.
    pub needs: &'static [Measure],
    /// The expression of the values that it takes.
    pub of: fn(&[Expression]) -> Expression,
    /// Whether it holds as well for averages over tests, folds or classes, of one weight each: it is linear.
    pub is_linear: bool,
}

const COUNTS: &[Measure] = &[TruePositives, FalsePositives, FalseNegatives, TrueNegatives];
const RATES: &[Measure] = &[Sensitivity, Specificity];

const fn counts(needs: &'static [Measure], of: fn(&[Expression]) -> Expression) -> Formula {
    Formula { needs, of, is_linear: false }
}

/// The formulas of a measure, those of counts first: the first whose operands are printed is the one to use.
pub(in crate::rules::statistics) fn formulas(measure: Measure) -> Vec<Formula> {
    match measure {
        Sensitivity => vec![counts(&[TruePositives, FalseNegatives], share)],
        Specificity => vec![counts(&[TrueNegatives, FalsePositives], share)],
        Ppv => vec![counts(&[TruePositives, FalsePositives], share)],
        Npv => vec![counts(&[TrueNegatives, FalseNegatives], share)],
        Accuracy => vec![
            counts(COUNTS, |x| over(plus(x[0].clone(), x[3].clone()), Expression::call("sum", x.iter().cloned()))),
            // (P · sensitivity + N · specificity) / (P + N) for any P and N.
            Formula { needs: RATES, of: |x| Expression::call("between", x.iter().cloned()), is_linear: false },
        ],
        BalancedAccuracy => vec![
            counts(COUNTS, |x| half(plus(share(&[x[0].clone(), x[2].clone()]), share(&[x[3].clone(), x[1].clone()])))),
            Formula { needs: RATES, of: |x| half(plus(x[0].clone(), x[1].clone())), is_linear: true },
        ],
        Youden => vec![
            counts(COUNTS, |x| {
                minus(plus(share(&[x[0].clone(), x[2].clone()]), share(&[x[3].clone(), x[1].clone()])), one())
            }),
            Formula { needs: RATES, of: |x| minus(plus(x[0].clone(), x[1].clone()), one()), is_linear: true },
        ],
        F1 => vec![
            counts(&[TruePositives, FalsePositives, FalseNegatives], |x| {
                let twice = || times(two(), x[0].clone());
                over(twice(), Expression::call("sum", [twice(), x[1].clone(), x[2].clone()]))
            }),
            counts(&[Ppv, Sensitivity], |x| over(two(), plus(over(one(), x[0].clone()), over(one(), x[1].clone())))),
        ],
        LrPlus => vec![
            counts(COUNTS, |x| over(share(&[x[0].clone(), x[2].clone()]), share(&[x[1].clone(), x[3].clone()]))),
            counts(RATES, |x| over(x[0].clone(), minus(one(), x[1].clone()))),
        ],
        LrMinus => vec![
            counts(COUNTS, |x| over(share(&[x[2].clone(), x[0].clone()]), share(&[x[3].clone(), x[1].clone()]))),
            counts(RATES, |x| over(minus(one(), x[0].clone()), x[1].clone())),
        ],
        OddsRatio => vec![
            counts(COUNTS, |x| over(times(x[0].clone(), x[3].clone()), times(x[1].clone(), x[2].clone()))),
            // The product of the two odds, each with its share once.
            counts(RATES, |x| over(one(), times(against(x[0].clone()), against(x[1].clone())))),
            counts(&[LrPlus, LrMinus], |x| over(x[0].clone(), x[1].clone())),
        ],
        TruePositives | FalsePositives | FalseNegatives | TrueNegatives => Vec::new(),
    }
}

/// The first of two counts as a share of both.
fn share(x: &[Expression]) -> Expression {
    over(x[0].clone(), plus(x[0].clone(), x[1].clone()))
}

/// The odds against a share: 1 / x − 1.
fn against(x: Expression) -> Expression {
    minus(over(one(), x), one())
}

fn half(x: Expression) -> Expression {
    over(x, Expression::constant("2", "the mean of two"))
}

fn one() -> Expression {
    Expression::constant("1", "the whole")
}

fn two() -> Expression {
    Expression::constant("2", "of the harmonic mean")
}

fn plus(a: Expression, b: Expression) -> Expression {
    Expression::call("+", [a, b])
}

fn minus(a: Expression, b: Expression) -> Expression {
    Expression::call("-", [a, b])
}
