//! A line of totals or averages with the lines that it may sum up, and which of the candidates the other places bear out.
//!
//! The screening is done in floating point with the rounding of every number allowed for. It only chooses what to
//! propose; whether a number follows is the evaluator's answer.

use super::additive::is_statistic;
use super::evidence::{SLACK, State, Support};
use super::matrix::{Axis, Entry, Matrix, Place, Sort};

/// The most lines that are summed up.
const MOST_MEMBERS: usize = 120;
/// How members give the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules::sums) enum Form {
    /// Their sum, of numbers as printed.
    Sum,
    /// Their sum, of whole numbers that are points.
    ExactSum,
    /// Their arithmetic mean.
    Mean,
}

/// Lines that the target may sum up, with what each place says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules::sums) struct Candidate {
    /// The lines, in order.
    pub members: Vec<usize>,
    /// How they give the target.
    pub form: Form,
    /// For each place what it says.
    pub states: Vec<State>,
}

impl Candidate {
    /// Looks at a candidate place by place.
    pub fn new(matrix: &Matrix<'_>, axis: Axis, target: usize, members: Vec<usize>, form: Form) -> Self {
        let states = (0..matrix.length(axis))
            .map(|position| match numbers(matrix, axis, target, &members, position) {
                Some((stated, parts)) => state(form, &stated, &parts),
                None => State::Silent,
            })
            .collect();
        Self { members, form, states }
    }

    /// What the places of the same sort of number say, `position` itself left aside.
    pub fn support(&self, matrix: &Matrix<'_>, axis: Axis, target: usize, position: usize) -> Support {
        let sort = |at: usize| matrix.number(axis, target, at).map(|entry| entry.sort);
        let own = sort(position);
        let others = self.states.iter().enumerate().filter(|(at, _)| *at != position && sort(*at) == own);
        Support::of(others.map(|(_, state)| *state))
    }

    /// What all places say.
    fn totals(&self) -> Support {
        Support::of(self.states.iter().copied())
    }
}

/// The number of the target and those of the members at a place: `None` where one is missing, or of another sort.
pub(in crate::rules::sums) fn numbers(
    matrix: &Matrix<'_>,
    axis: Axis,
    target: usize,
    members: &[usize],
    position: usize,
) -> Option<(Entry, Vec<Entry>)> {
    let stated = matrix.number(axis, target, position)?;
    let parts: Option<Vec<Entry>> = members.iter().map(|line| matrix.number(axis, *line, position)).collect();
    let parts = parts?;
    let percent = |entry: &Entry| entry.sort == Sort::Percentage;
    let alike = parts.iter().all(|part| percent(part) == percent(&stated));
    alike.then_some((stated, parts))
}

/// What one number says of the numbers that it may sum up.
pub(super) fn state(form: Form, stated: &Entry, parts: &[Entry]) -> State {
    let count = f64::from(u32::try_from(parts.len()).unwrap_or(u32::MAX));
    let sum: f64 = parts.iter().map(|part| part.point).sum();
    let halves: f64 = parts.iter().map(|part| part.half).sum();
    let size = parts.iter().map(|part| part.point.abs()).fold(stated.point.abs(), f64::max) * SLACK * count;
    let differ = parts.iter().any(|part| (part.point - parts[0].point).abs() > part.half);
    let (derived, slack, tells) = match form {
        Form::Sum => (sum, halves + stated.half, several(parts)),
        Form::ExactSum if is_whole(stated, parts) => (sum, 0.0, several(parts)),
        Form::ExactSum => return State::Silent,
        Form::Mean => (sum / count, halves / count + stated.half, differ),
    };
    // Where the rounding of the parts allows for almost any total, a total that fits says nothing.
    let blunt = slack > 0.0 && slack * 4.0 > derived.abs();
    if !tells || blunt {
        State::Silent
    } else if (derived - stated.point).abs() <= slack + size {
        State::Holds
    } else {
        State::Fails
    }
}

/// Whether at least two of the parts are not nought: else the total is only the other number again.
fn several(parts: &[Entry]) -> bool {
    parts.iter().filter(|part| part.point != 0.0).count() >= 2
}

fn is_whole(stated: &Entry, parts: &[Entry]) -> bool {
    std::iter::once(stated).chain(parts).all(|entry| entry.sort == Sort::Whole)
}

/// The likeliest candidate for a target line: the one that holds most often and fails least, the nearest first.
pub(in crate::rules::sums) fn best(
    matrix: &Matrix<'_>,
    axis: Axis,
    target: usize,
    forms: &[Form],
    is_target: &dyn Fn(usize) -> bool,
) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    for members in sets(matrix, axis, target, is_target) {
        for form in forms {
            let candidate = Candidate::new(matrix, axis, target, members.clone(), *form);
            let better = best.as_ref().is_none_or(|best| rank(&candidate) > rank(best));
            if better && candidate.totals().holds > 0 {
                best = Some(candidate);
            }
        }
    }
    best
}

fn rank(candidate: &Candidate) -> (i64, i64) {
    let Support { holds, fails } = candidate.totals();
    let count = |places| i64::try_from(places).unwrap_or(i64::MAX);
    (count(holds) - count(fails), count(holds))
}

/// The sets of lines that a total may sum up: those before it or behind it up to the next total, those of its own block,
/// all of one side, all others, and the totals among them.
pub(super) fn sets(
    matrix: &Matrix<'_>,
    axis: Axis,
    target: usize,
    is_target: &dyn Fn(usize) -> bool,
) -> Vec<Vec<usize>> {
    let lines = matrix.lines(axis);
    let part = matrix.part(axis, target);
    // Every set below asks the same of the lines, and their words take long to read.
    let usable: Vec<bool> = (0..lines)
        .map(|line| {
            line != target
                && matrix.part(axis, line) == part
                && has_numbers(matrix, axis, line)
                && !is_statistic(matrix, axis, line)
        })
        .collect();
    let is_target: Vec<bool> = (0..lines).map(is_target).collect();
    let block = matrix.block(axis, target);
    let in_block: Vec<bool> = (0..lines).map(|line| matrix.block(axis, line) == block).collect();
    let plain = |line: &usize| usable[*line] && !is_target[*line];
    // Where the totals of groups are called subtotals, no other line is one of them, whatever begins with "total".
    let named_sub = |line: usize| matrix.names(axis, line).first().is_some_and(|name| names_a_subtotal(name));
    let has_subtotals = (0..lines).any(|line| usable[line] && named_sub(line));
    let is_group_total = |line: &usize| usable[*line] && is_target[*line] && (!has_subtotals || named_sub(*line));
    let until = |line: &usize| !is_target[*line] || matrix.part(axis, *line) != part;
    let mut sets: Vec<Vec<usize>> = vec![
        (0..target).rev().take_while(until).filter(plain).collect(),
        (target + 1..lines).take_while(until).filter(plain).collect(),
        (0..target).filter(plain).filter(|line| in_block[*line]).collect(),
        (0..lines).filter(plain).filter(|line| in_block[*line]).collect(),
        (0..target).filter(plain).collect(),
        (target + 1..lines).filter(plain).collect(),
        (0..lines).filter(plain).collect(),
        (0..target).filter(is_group_total).collect(),
        (target + 1..lines).filter(is_group_total).collect(),
    ];
    for set in &mut sets {
        set.sort_unstable();
    }
    sets.retain(|set| (2..=MOST_MEMBERS).contains(&set.len()));
    let mut seen: Vec<Vec<usize>> = Vec::new();
    sets.retain(|set| {
        let new = !seen.contains(set);
        seen.push(set.clone());
        new
    });
    sets
}

/// Whether a line is named as the total of a group: "Subtotal", "Sub-total of yield".
fn names_a_subtotal(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    ["subtotal", "sub-total", "sub total"].iter().any(|word| name.starts_with(word))
}

/// Whether numbers stand in the line at all: a line of words is no part of a sum.
fn has_numbers(matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    (0..matrix.length(axis)).any(|position| matches!(matrix.place(axis, line, position), Place::Number(_)))
}
