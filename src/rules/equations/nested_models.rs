//! Differences of χ² between nested models: "χ²(4) = 7.24 …, Δχ²(3) = 7.18" behind "χ²(1) = 0.06".
//!
//! Which two models are compared is seldom said in words; it is that pair near it whose χ² and degrees of freedom both differ by
//! what is printed. Where there is none, nothing is proposed: a scaled difference follows from no two χ².

use num_traits::ToPrimitive;

use crate::derive::{Expression, Operand, OperandOptions, Operation, Proposal};
use crate::document::TextRange;
use crate::extract::{Mentions, Reported, TestKind, TestStatistic};
use crate::rules::RuleContext;
use crate::rules::binding::Binding;

/// How many characters before a test may hold the sign of a difference.
const BEFORE: usize = 3;
/// How far from it, in characters, and how many tests away the χ² of the models may stand.
const NEAR: usize = 600;
const MOST: usize = 8;

/// The differences of χ², and of their degrees of freedom, that follow from two χ² near them.
pub(super) fn proposals(code: &str, mentions: &Mentions, context: RuleContext<'_>) -> Vec<Proposal> {
    let is_chi = |test: &&TestStatistic| test.kind == TestKind::ChiSquared && test.degrees.len() == 1;
    let tests: Vec<&TestStatistic> = mentions.statistics.iter().filter(is_chi).collect();
    if tests.len() < 3 {
        return Vec::new();
    }
    let is_difference = |test: &TestStatistic| {
        let before = TextRange::new(test.range.start.saturating_sub(BEFORE), test.range.start);
        let sign = context.index.slice(&context.document.text, before).trim_end();
        sign.ends_with(['Δ', '∆'])
    };
    let (differences, plain): (Vec<&TestStatistic>, Vec<&TestStatistic>) =
        tests.into_iter().partition(|test| is_difference(test));
    differences.into_iter().flat_map(|own| of_difference(code, own, &plain)).collect()
}

fn of_difference(code: &str, own: &TestStatistic, plain: &[&TestStatistic]) -> Vec<Proposal> {
    let distance = |test: &TestStatistic| {
        let (before, behind) =
            (own.range.start.saturating_sub(test.range.end), test.range.start.saturating_sub(own.range.end));
        before.max(behind)
    };
    let mut near: Vec<&TestStatistic> = plain.iter().copied().filter(|test| distance(test) <= NEAR).collect();
    near.sort_by_key(|test| distance(test));
    near.truncate(MOST);
    let pairs = near.iter().flat_map(|a| near.iter().map(move |b| (*a, *b)));
    let mut fitting = pairs.filter(|(a, b)| fits(own, a, b));
    let Some((a, b)) = fitting.next() else { return Vec::new() };
    let pick = |of: &dyn Fn(&TestStatistic) -> Option<Reported>| Some([of(a)?, of(b)?, of(own)?]);
    let values = pick(&|test| Some(test.value.clone()));
    let degrees = pick(&|test| test.degrees.first().cloned());
    let both = [(values, OperandOptions::printed(), "χ²"), (degrees, OperandOptions::count(), "degrees of freedom")];
    both.into_iter().filter_map(|(numbers, options, name)| proposal(code, own, &numbers?, &options, name)).collect()
}

/// Whether two models differ by the χ² and by the degrees of freedom that are printed.
fn fits(own: &TestStatistic, a: &TestStatistic, b: &TestStatistic) -> bool {
    let differ = |of: &dyn Fn(&TestStatistic) -> Option<(f64, f64)>| {
        let (Some(own), Some(a), Some(b)) = (of(own), of(a), of(b)) else { return false };
        (a.0 - b.0 - own.0).abs() <= (own.1 + a.1 + b.1) * (1.0 + 1e-9)
    };
    let value = |reported: &Reported, exact: bool| {
        let printed = reported.printed()?;
        let half = if exact { 0.0 } else { printed.unit_in_last_place().to_f64()? / 2.0 };
        Some((printed.point().to_f64()?, half))
    };
    differ(&|test| value(&test.value, false)) && differ(&|test| value(test.degrees.first()?, true))
}

fn proposal(
    code: &str,
    own: &TestStatistic,
    [a, b, stated]: &[Reported; 3],
    options: &OperandOptions,
    name: &str,
) -> Option<Proposal> {
    let operands = vec![
        Operand::reported(&format!("{name} of a model"), a, options),
        Operand::reported(&format!("{name} of the other model"), b, options),
        Operand::reported(&format!("difference of {name}"), stated, options),
    ];
    let difference = Expression::call("-", [Expression::operand(0), Expression::operand(1)]);
    let binding = Binding { operation: Operation::Likely, ..Binding::stated(operands, difference, own.range) };
    binding.proposal(code)
}
