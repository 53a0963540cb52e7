//! A line of a table whose words name a change and that follows from three others: what comes in twice less what goes out.
//!
//! Only lines that are named so are looked at, and only in tables with few lines: there are too many triples for more, and
//! chance would turn some of them up. The screening is in floating point; whether a number follows is the evaluator's answer.

use super::evidence::SLACK;
use super::matrix::{Axis, Entry, Matrix};
use crate::derive::Expression;

/// The most lines of a table whose triples are tried.
const MOST_LINES: usize = 12;
/// In how many places at least the relation holds.
const LEAST: usize = 6;
/// How many such relations chance may turn up.
const MOST_EXPECTED: f64 = 1e-6;

/// A number that is a + b − c, in this order.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::sums) struct Netted {
    /// The three numbers.
    pub from: [Entry; 3],
    /// What follows from them.
    pub value: Entry,
}

/// The numbers of the lines that `named` says are changes, where every place with all four numbers follows.
pub(in crate::rules::sums) fn find(matrix: &Matrix<'_>, axis: Axis, named: &dyn Fn(usize) -> bool) -> Vec<Netted> {
    let lines = matrix.lines(axis);
    if !(4..=MOST_LINES).contains(&lines) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for target in (0..lines).filter(|line| named(*line)) {
        let others: Vec<usize> = (0..lines).filter(|line| *line != target && !named(*line)).collect();
        let mut best: Vec<Vec<Netted>> = Vec::new();
        for (at, a) in others.iter().enumerate() {
            for b in &others[at + 1..] {
                for c in others.iter().filter(|c| *c != a && *c != b) {
                    best.extend(of_lines(matrix, axis, target, [*a, *b, *c]));
                }
            }
        }
        // Two triples that give the same are no way to tell which is meant.
        if let [only] = best.as_slice() {
            found.extend(only.iter().copied());
        }
    }
    found
}

fn of_lines(matrix: &Matrix<'_>, axis: Axis, target: usize, from: [usize; 3]) -> Option<Vec<Netted>> {
    let (mut list, mut expected) = (Vec::new(), 1000.0);
    let numbers = (0..matrix.length(axis)).filter_map(|position| {
        let number = |line: usize| matrix.number(axis, line, position);
        Some(Netted { value: number(target)?, from: [number(from[0])?, number(from[1])?, number(from[2])?] })
    });
    let all: Vec<Netted> = numbers.collect();
    let points = all.iter().map(|one| one.value.point);
    let (low, high) = points.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| (low.min(p), high.max(p)));
    for one in all {
        let [a, b, c] = one.from;
        let middle = a.point + b.point - c.point;
        let open = a.half + b.half + c.half + one.value.half;
        if (middle - one.value.point).abs() > open + SLACK * middle.abs() || high <= low {
            return None;
        }
        expected *= (2.0 * open / (high - low)).min(1.0);
        list.push(one);
    }
    // What adds nothing anywhere is no part of it.
    let idle = |which: usize| list.iter().all(|one| one.from[which].point == 0.0);
    let enough = list.len() >= LEAST && expected <= MOST_EXPECTED && !(0..3).any(idle);
    enough.then_some(list)
}

/// a + b − c.
pub(in crate::rules::sums) fn formula() -> Expression {
    let sum = Expression::call("+", [Expression::operand(0), Expression::operand(1)]);
    Expression::call("-", [sum, Expression::operand(2)])
}
