//! The last row or column of a table whose name only the caption explains: "M/S: mean (thickness) or sum (mass)".
//!
//! Which of its numbers sum up the others of their line, and how, is not said of each; so a number is proposed only where it
//! follows, and only where most of them do.

use crate::derive::{Operation, Proposal};

use super::lines::evidence::State;
use super::lines::matrix::{Axis, Matrix};
use super::lines::members::{Candidate, Form};
use super::lines::summed::{self, Roles, Target};

/// How many lines at least are summed up, and how many numbers have to follow.
const LEAST: usize = 4;
const LEAST_HOLDING: usize = 3;
/// How many characters the name of such a line has at most, and the words that explain it.
const LONGEST_NAME: usize = 8;
const LONGEST_WORDS: usize = 120;

/// The proposals for the numbers of the last line of an axis that are the mean of the others, or their sum, where the caption
/// says that it holds both or either.
pub(super) fn proposals(matrix: &Matrix<'_>, axis: Axis, form: Form, roles: Roles) -> Vec<Proposal> {
    let Some(line) = matrix.lines(axis).checked_sub(1).filter(|line| is_explained(matrix, axis, *line)) else {
        return Vec::new();
    };
    let members: Vec<usize> = (0..line).collect();
    if members.len() < LEAST {
        return Vec::new();
    }
    let [mean, sum] = [Form::Mean, Form::Sum].map(|form| Candidate::new(matrix, axis, line, members.clone(), form));
    let says = |at: usize, state: State| [&mean, &sum].iter().any(|candidate| candidate.states[at] == state);
    let places = 0..matrix.length(axis);
    let holding = places.clone().filter(|at| says(*at, State::Holds)).count();
    let failing = places.clone().filter(|at| says(*at, State::Fails) && !says(*at, State::Holds)).count();
    if holding < LEAST_HOLDING || holding < 4 * failing {
        return Vec::new();
    }
    let own = if form == Form::Mean { &mean } else { &sum };
    let holds = places.filter(|at| own.states.get(*at) == Some(&State::Holds));
    let proposals = holds.filter_map(|at| summed::follows(Target { matrix, axis, line }, own, at, roles));
    proposals.map(|proposal| Proposal { operation: Operation::Likely, ..proposal }).collect()
}

/// Whether the caption or a note explains the short name of a line by a mean or a sum: "M/S: mean or sum".
fn is_explained(matrix: &Matrix<'_>, axis: Axis, line: usize) -> bool {
    let Some(name) = matrix.names(axis, line).first().map(|name| name.trim()) else { return false };
    if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().any(char::is_alphabetic) {
        return false;
    }
    let caption = &matrix.grid.content.caption;
    caption.match_indices(name).any(|(at, _)| {
        let free = !caption[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let Some(behind) = caption[at + name.len()..].trim_start().strip_prefix([':', '=', ',']) else { return false };
        let words: String = behind.chars().take(LONGEST_WORDS).take_while(|c| !matches!(c, '.' | ';')).collect();
        let words = words.to_lowercase();
        let named = |all: &[&str]| words.split(|c: char| !c.is_alphabetic()).any(|word| all.contains(&word));
        free && named(&["mean", "average"]) && named(&["sum", "total"])
    })
}
