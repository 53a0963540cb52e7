//! A column of a table that runs in a straight line over the numbers that name the rows: a payoff over a probability, a
//! signal over a dose.
//!
//! The ends of the line are the rows with the least and the greatest number; each number between them has to follow from
//! the two. Rows of one group are looked at by themselves. The screening is in floating point; whether a number follows is
//! the evaluator's answer.

use super::evidence::SLACK;
use super::matrix::{Axis, Entry, Matrix};
use crate::derive::Expression;

/// How many rows between the ends are evidence enough.
const LEAST: usize = 5;
/// How many such columns chance may turn up.
const MOST_EXPECTED: f64 = 1e-6;

/// A number that follows from those of two other rows.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::sums) struct OnLine {
    /// The number that names its row.
    pub at: Entry,
    /// The number itself.
    pub value: Entry,
    /// The ends of the line, each with the number that names its row.
    pub ends: [(Entry, Entry); 2],
}

/// Every number of the table that stands on such a line, or alone beside one that all others stand on. `aside` are columns
/// that follow in another way.
pub(in crate::rules::sums) fn find(matrix: &Matrix<'_>, aside: &dyn Fn(usize) -> bool) -> Vec<(OnLine, bool)> {
    let labels: Vec<Option<Entry>> = (0..matrix.rows.len()).map(|row| matrix.name(row)).collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start < labels.len() {
        let block = matrix.block(Axis::Rows, start);
        let same = (start..labels.len()).take_while(|row| matrix.block(Axis::Rows, *row) == block).count();
        let named: Vec<(usize, Entry)> =
            (start..start + same).filter_map(|row| labels[row].map(|name| (row, name))).collect();
        if named.len() == same && same >= LEAST + 2 {
            for slot in (0..matrix.slots.len()).filter(|slot| !aside(*slot)) {
                found.extend(of_column(matrix, slot, &named));
            }
        }
        start += same.max(1);
    }
    found
}

/// The numbers of one column over some rows, each with whether it follows.
fn of_column(matrix: &Matrix<'_>, slot: usize, named: &[(usize, Entry)]) -> Vec<(OnLine, bool)> {
    let pairs: Option<Vec<(Entry, Entry)>> =
        named.iter().map(|(row, name)| Some((*name, matrix.number(Axis::Slots, slot, *row)?))).collect();
    let Some(mut pairs) = pairs.filter(|pairs| pairs.len() >= LEAST + 2) else { return Vec::new() };
    pairs.sort_by(|a, b| a.0.point.total_cmp(&b.0.point));
    let (Some(first), Some(last)) = (pairs.first().copied(), pairs.last().copied()) else { return Vec::new() };
    let distinct = pairs.windows(2).all(|two| two[1].0.point > two[0].0.point);
    let same = |(name, value): &(Entry, Entry)| (name.point - value.point).abs() <= value.half;
    let width = (last.1.point - first.1.point).abs();
    if !distinct || pairs.iter().all(same) || width <= 0.0 || are_even(&pairs) {
        return Vec::new();
    }
    let mut expected = f64::from(u32::try_from(matrix.slots.len()).unwrap_or(u32::MAX));
    let between = &pairs[1..pairs.len() - 1];
    let mut numbers = Vec::new();
    for (at, value) in between.iter().copied() {
        let share = (at.point - first.0.point) / (last.0.point - first.0.point);
        let middle = first.1.point + share * (last.1.point - first.1.point);
        let open = (1.0 - share) * first.1.half + share * last.1.half + value.half;
        let follows = (middle - value.point).abs() <= open + SLACK * middle.abs();
        if follows {
            expected *= (2.0 * open / width).min(1.0);
        }
        numbers.push((OnLine { at, value, ends: [first, last] }, follows));
    }
    let fails = numbers.iter().filter(|(_, follows)| !follows).count();
    let enough = numbers.len() - fails >= LEAST && fails * 10 <= numbers.len() && expected <= MOST_EXPECTED;
    if enough { numbers } else { Vec::new() }
}

/// Whether both columns run in even steps, those of the second with one digit, as the levels of a design do.
fn are_even(pairs: &[(Entry, Entry)]) -> bool {
    let even = |of: &dyn Fn(&(Entry, Entry)) -> f64| {
        let steps: Vec<f64> = pairs.windows(2).map(|two| of(&two[1]) - of(&two[0])).collect();
        let first = steps.first().copied().unwrap_or(0.0);
        steps.iter().all(|step| (step - first).abs() <= 1e-6 * first.abs()).then_some(first)
    };
    let (Some(_), Some(step)) = (even(&|pair| pair.0.point), even(&|pair| pair.1.point)) else { return false };
    let size = step.abs();
    let round = |power: i32| {
        let tens = size / ten(power);
        (1.0..=9.0).contains(&tens.round()) && ((tens - tens.round()).abs() < 1e-6 || (tens - 2.5).abs() < 1e-6)
    };
    (-6..=6).any(round)
}

/// The value on the line: operands are the row's number, then both ends, each with its row's number before it.
pub(in crate::rules::sums) fn formula() -> Expression {
    let [at, from, low, to, high] = [0, 1, 2, 3, 4].map(Expression::operand);
    let less = |a: &Expression, b: &Expression| Expression::call("-", [a.clone(), b.clone()]);
    // The mean of the ends by their weights holds each of them once.
    let share = |a: &Expression, b: &Expression| Expression::call("/", [less(a, b), less(&to, &from)]);
    let of_low = Expression::call("*", [low, share(&to, &at)]);
    let of_high = Expression::call("*", [high, share(&at, &from)]);
    Expression::call("+", [of_low, of_high])
}

/// Ten to a small power.
fn ten(power: i32) -> f64 {
    let ten = (0..power.unsigned_abs()).fold(1.0, |value, _| value * 10.0);
    if power < 0 { 1.0 / ten } else { ten }
}
