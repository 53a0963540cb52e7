//! A line of a table that is the product of two others and of one constant that the table does not print: the mass of what
//! a volume of a density holds with a given porosity.
//!
//! The constant is taken from the other places, so that each place is held against all others. Chance is reckoned with as
//! elsewhere, and two places are left aside for what the constant and the choice of lines take. The screening is in floating
//! point; whether a number follows is the evaluator's answer.

use super::evidence::SLACK;
use super::matrix::{Axis, Entry, Matrix};
use crate::derive::Expression;

/// The most lines of a table whose triples are tried.
const MOST_LINES: usize = 16;
/// In how many places at least the relation holds.
const LEAST: usize = 7;
/// How many such relations chance may turn up.
const MOST_EXPECTED: f64 = 1e-4;
/// How far apart the least and the greatest number of a line that tells something are, as a quotient.
const APART: f64 = 1.2;
/// Sizes of the constant that are written without a power of ten.
const SIZES: (f64, f64) = (1e-4, 1e6);

/// A number that is the product of two others and a constant.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules::sums) struct Scaled {
    /// The two numbers.
    pub from: [Entry; 2],
    /// What follows from them.
    pub value: Entry,
    /// The constant, from the other places.
    constant: (f64, f64),
}

/// The two numbers of a place and what may follow from them.
type Place = ([Entry; 2], Entry);

impl Scaled {
    /// Every constant that the number itself allows.
    fn own(from: [Entry; 2], value: Entry) -> Option<(f64, f64)> {
        let ends = |entry: Entry| (entry.point - entry.half, entry.point + entry.half);
        let ((a_low, a_high), (b_low, b_high), (low, high)) = (ends(from[0]), ends(from[1]), ends(value));
        (a_low > 0.0 && b_low > 0.0 && low > 0.0).then(|| (low / (a_high * b_high), high / (a_low * b_low)))
    }

    /// The constant times the two numbers.
    pub fn formula(&self) -> Expression {
        let (low, high) = (self.constant.0 * (1.0 - SLACK), self.constant.1 * (1.0 + SLACK));
        let constant = Expression::constant(&format!("range({low:.12}, {high:.12})"), "what the other places give");
        let product = Expression::call("*", [Expression::operand(0), Expression::operand(1)]);
        Expression::call("*", [constant, product])
    }
}

/// The numbers of lines that are such products in every place.
pub(in crate::rules::sums) fn find(matrix: &Matrix<'_>, axis: Axis) -> Vec<Scaled> {
    let lines = matrix.lines(axis);
    if !(3..=MOST_LINES).contains(&lines) || matrix.length(axis) < LEAST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for target in 0..lines {
        let mut best = Vec::new();
        for a in (0..lines).filter(|a| *a != target) {
            best.extend((a + 1..lines).filter(|b| *b != target).filter_map(|b| of_lines(matrix, axis, [target, a, b])));
        }
        // Two pairs that give the same are no way to tell which is meant.
        if let [only] = best.as_slice() {
            found.extend(only.iter().copied());
        }
    }
    found
}

fn of_lines(matrix: &Matrix<'_>, axis: Axis, [target, a, b]: [usize; 3]) -> Option<Vec<Scaled>> {
    let numbers = (0..matrix.length(axis)).filter_map(|position| {
        let number = |line: usize| matrix.number(axis, line, position);
        Some(([number(a)?, number(b)?], number(target)?))
    });
    let all: Vec<Place> = numbers.collect();
    let varies = |of: &dyn Fn(&Place) -> f64| {
        let sizes = all.iter().map(|one| of(one).abs());
        let (low, high) = sizes.fold((f64::INFINITY, 0.0_f64), |(low, high), size| (low.min(size), high.max(size)));
        high > low * APART
    };
    if all.len() < LEAST
        || !varies(&|one| one.0[0].point)
        || !varies(&|one| one.0[1].point)
        || !varies(&|one| one.1.point)
    {
        return None;
    }
    let constants: Vec<(f64, f64)> =
        all.iter().map(|(from, value)| Scaled::own(*from, *value)).collect::<Option<_>>()?;
    let meet = |own: &dyn Fn(usize) -> bool| {
        let kept = constants.iter().enumerate().filter(|(at, _)| own(*at)).map(|(_, constant)| *constant);
        kept.fold((0.0_f64, f64::INFINITY), |(low, high), (l, h)| (low.max(l), high.min(h)))
    };
    let (low, high) = meet(&|_| true);
    let plain = [1.0, 10.0, 100.0, 1000.0, 0.1, 0.01, 0.001].iter().any(|power| low <= *power && *power <= high);
    if low > high || plain || low < SIZES.0 || high > SIZES.1 {
        return None;
    }
    let lines = matrix.lines(axis);
    let tries = f64::from(u32::try_from(lines * lines * lines / 2).unwrap_or(u32::MAX));
    // How likely it is that the constants of so many places meet: each is as wide as the rounding leaves it, where without one
    // of the two lines they would be spread as that line is.
    let without = |which: usize| {
        let quotients = all.iter().map(|(from, value)| value.point / from[1 - which].point);
        let (least, most) = quotients.fold((f64::INFINITY, 0.0_f64), |(l, m), own| (l.min(own), m.max(own)));
        (most - least) / most
    };
    let spread = without(0).min(without(1));
    let mut chances: Vec<f64> = constants.iter().map(|(low, high)| ((high - low) / (high * spread)).min(1.0)).collect();
    chances.sort_by(f64::total_cmp);
    let expected = chances.iter().skip(2).product::<f64>() * tries;
    let each = all.iter().enumerate().map(|(at, (from, value))| Scaled {
        from: *from,
        value: *value,
        constant: meet(&|other| other != at),
    });
    (expected <= MOST_EXPECTED).then(|| each.collect())
}
