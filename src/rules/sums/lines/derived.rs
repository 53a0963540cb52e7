//! A line of a table that follows from two others place by place: a difference, a ratio, a percentage, a change, a product.
//!
//! The search tries every pair of lines. How likely a relation is to hold by chance alone is reckoned with: a relation
//! that so many tries would turn up anyway is none. The screening is in floating point; whether a number follows is the
//! evaluator's answer.

use std::cell::OnceCell;

use super::evidence::{SLACK, State, Support};
use super::matrix::{Axis, Entry, Matrix, Sort};

/// The most lines whose pairs are tried.
const MOST_LINES: usize = 48;

/// How two numbers, a and b, give a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules::sums) enum Form {
    /// a − b.
    Difference,
    /// a ÷ b.
    Ratio,
    /// 100 a ÷ b.
    Percent,
    /// 100 (a − b) ÷ b: the change from b to a.
    Change,
    /// 100 (b − a) ÷ b: the reduction from b to a.
    Reduction,
    /// a × b.
    Product,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Difference, Self::Ratio, Self::Percent, Self::Change, Self::Reduction, Self::Product];

    /// Whether a and b can be exchanged.
    const fn is_symmetric(self) -> bool {
        matches!(self, Self::Product)
    }
}

/// A relation of a line to two others.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules::sums) struct Derived {
    /// The line that follows.
    pub target: usize,
    /// The lines a and b.
    pub operands: [usize; 2],
    /// How they give it.
    pub form: Form,
    /// Whether the words at the target name the operation.
    pub named: bool,
    /// What each place says.
    pub states: Vec<State>,
}

impl Derived {
    /// Whether the other places are evidence enough to hold one against the table: those whose numbers are of the same
    /// sorts. In a column with counts and with means, only the counts speak for a count.
    pub fn bears_out(&self, matrix: &Matrix<'_>, axis: Axis, position: usize) -> bool {
        let lines = [self.target, self.operands[0], self.operands[1]];
        let sorts = |at: usize| lines.map(|line| matrix.number(axis, line, at).map(|entry| entry.sort));
        let own = sorts(position);
        let others = self.states.iter().enumerate().filter(|(at, _)| *at != position && sorts(*at) == own);
        let support = Support::of(others.map(|(_, state)| *state));
        support.bears_out() && support.holds >= self.least()
    }

    const fn least(&self) -> usize {
        if self.named { 3 } else { 6 }
    }

    /// How many such relations chance may turn up among those that are tried.
    const fn most_expected(&self) -> f64 {
        if self.named { 1e-2 } else { 1e-6 }
    }

    /// What all places say.
    fn totals(&self) -> Support {
        Support::of(self.states.iter().copied())
    }

    /// The lines of the relation in order: of a difference any of the three can be called the derived one.
    pub fn triple(&self) -> [usize; 3] {
        let mut lines = [self.target, self.operands[0], self.operands[1]];
        lines.sort_unstable();
        lines
    }

    /// Which of two relations says more: the named one, the one that holds more often, the one to the right.
    fn rank(&self) -> (bool, usize, usize, std::cmp::Reverse<Form>) {
        (self.named, self.totals().holds, self.target, std::cmp::Reverse(self.form))
    }
}

/// All relations of an axis that the numbers bear out, one for each three lines and each target.
///
/// `named` says whether the words at a line name an operation; `aside` whether a place is of another kind, such as the
/// average of the others, so that it need not follow.
pub(in crate::rules::sums) fn find(
    matrix: &Matrix<'_>,
    axis: Axis,
    named: &dyn Fn(usize, Form) -> bool,
    aside: &dyn Fn(usize) -> bool,
) -> Vec<Derived> {
    let lines = matrix.lines(axis);
    if !(3..=MOST_LINES).contains(&lines) {
        return Vec::new();
    }
    let tries = lines * lines * Form::ALL.len();
    let mut search = Search::new(matrix, axis, aside);
    let mut found: Vec<Derived> = Vec::new();
    for target in 0..lines {
        let Some(line) = Spread::of(matrix, axis, target) else { continue };
        // What the words at a line name is asked once, not for each pair of other lines.
        let forms = Form::ALL.map(|form| (form, named(target, form)));
        for (a, b) in (0..lines).flat_map(|a| (0..lines).map(move |b| (a, b))) {
            if a == b || a == target || b == target {
                continue;
            }
            for (form, named) in forms.into_iter().filter(|(form, _)| !form.is_symmetric() || a < b) {
                let derived = Derived { target, operands: [a, b], form, named, states: Vec::new() };
                found.extend(search.assess(&derived, (&line, tries)));
            }
        }
    }
    keep_best(found)
}

/// One relation for each three lines and for each target.
fn keep_best(mut found: Vec<Derived>) -> Vec<Derived> {
    found.sort_by_key(|derived| std::cmp::Reverse(derived.rank()));
    let mut kept: Vec<Derived> = Vec::new();
    for derived in found {
        if !kept.iter().any(|other| other.triple() == derived.triple() || other.target == derived.target) {
            kept.push(derived);
        }
    }
    kept.sort_by_key(|derived| derived.target);
    kept
}

/// What every relation of an axis is tried on. There are very many of them, so nothing is looked up or allocated twice.
struct Search<'s> {
    /// For each line its numbers, place by place.
    numbers: Vec<Vec<Option<Entry>>>,
    /// For each place whether it is one aside, once that was asked.
    aside: Vec<OnceCell<bool>>,
    is_aside: &'s dyn Fn(usize) -> bool,
    /// What the places say of the relation that is being tried.
    states: Vec<State>,
}

impl<'s> Search<'s> {
    fn new(matrix: &Matrix<'_>, axis: Axis, is_aside: &'s dyn Fn(usize) -> bool) -> Self {
        let length = matrix.length(axis);
        let line = |line: usize| (0..length).map(|position| matrix.number(axis, line, position)).collect();
        Self {
            numbers: (0..matrix.lines(axis)).map(line).collect(),
            aside: vec![OnceCell::new(); length],
            is_aside,
            states: Vec::with_capacity(length),
        }
    }

    /// The relation with what each place says filled in, where the numbers bear it out. `line` is that of the target, and `tries` how
    /// many relations are tried.
    fn assess(&mut self, derived: &Derived, (line, tries): (&Spread, usize)) -> Option<Derived> {
        let [target, a, b] = [derived.target, derived.operands[0], derived.operands[1]].map(|at| &self.numbers[at]);
        let length = target.len();
        let (mut holds, mut fails) = (0_usize, 0_usize);
        let mut expected = f64::from(u32::try_from(tries).unwrap_or(u32::MAX));
        self.states.clear();
        for (position, ((target, a), b)) in target.iter().zip(a).zip(b).enumerate() {
            let numbers = || Some((target.as_ref()?, a.as_ref()?, b.as_ref()?));
            let told = numbers().and_then(|(target, a, b)| tell(derived.form, target, a, b));
            let state = match told {
                Some((State::Fails, _)) if *self.aside[position].get_or_init(|| (self.is_aside)(position)) => {
                    State::Silent
                }
                Some((state, window)) => {
                    if state == State::Holds {
                        expected *= line.chance(window);
                    }
                    state
                }
                None => State::Silent,
            };
            holds += usize::from(state == State::Holds);
            fails += usize::from(state == State::Fails);
            // One in ten may fail: more than that of what can still come is too many. And so many have to hold.
            let left = length - position - 1;
            if (fails > 1 && fails * 10 > holds + fails + left) || holds + left < derived.least() {
                return None;
            }
            self.states.push(state);
        }
        let few = fails <= 1 || fails * 10 <= holds + fails;
        let borne_out = holds >= derived.least() && few && expected <= derived.most_expected();
        borne_out.then(|| Derived { states: self.states.clone(), ..derived.clone() })
    }
}

/// The numbers of a line.
struct Spread {
    points: Vec<f64>,
    width: f64,
}

impl Spread {
    /// Those of a line; `None` where all are the same.
    fn of(matrix: &Matrix<'_>, axis: Axis, line: usize) -> Option<Self> {
        let numbers = (0..matrix.length(axis)).filter_map(|position| matrix.number(axis, line, position));
        let points: Vec<f64> = numbers.map(|entry| entry.point).collect();
        let (low, high) = points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(*p), h.max(*p)));
        (high > low).then_some(Self { points, width: high - low })
    }

    /// How likely a number of this line falls between two others by chance: by how wide they are apart, and by how many
    /// of the other numbers do. A column of noughts and ones meets nearly everything that rounds to them.
    fn chance(&self, (low, high): (f64, f64)) -> f64 {
        let inside = self.points.iter().filter(|point| low <= **point && **point <= high).count();
        let count = |places: usize| f64::from(u32::try_from(places).unwrap_or(u32::MAX));
        let others = count(inside.saturating_sub(1)) / count(self.points.len().saturating_sub(1).max(1));
        ((high - low) / self.width).max(others).min(1.0)
    }
}

/// What three numbers say of a form, with the smallest and the largest number that would have been accepted; `None` where
/// they say nothing.
fn tell(form: Form, target: &Entry, a: &Entry, b: &Entry) -> Option<(State, (f64, f64))> {
    // A number that is an operand again follows from it alone: of nought subtracted, of one divided by.
    let again = |entry: &Entry| (entry.point - target.point).abs() <= entry.half + target.half;
    // What is taken off and is smaller than the rounding of the number leaves it as it is.
    let nothing = form == Form::Difference && (b.point.abs() <= a.half || a.point.abs() <= b.half);
    if again(a) || again(b) || nothing {
        return None;
    }
    let (low, high) = bounds(form, a, b)?;
    // What rounding leaves open by a quarter of its size tells nothing.
    if (high - low) * 8.0 > (high + low).abs() {
        return None;
    }
    let scale = scale(form, target, a, b)?;
    let meets = meets(target, low * scale, high * scale);
    let (low, high) = (low * scale, high * scale);
    Some((if meets { State::Holds } else { State::Fails }, (low - target.half, high + target.half)))
}

/// Whether a number lies between two others, its own rounding left open.
fn meets(target: &Entry, low: f64, high: f64) -> bool {
    let slack = target.half + SLACK * high.abs().max(low.abs()).max(target.point.abs());
    low - slack <= target.point && target.point <= high + slack
}

/// Whether a number follows in a place where rounding leaves much open, so that it is no evidence: of a relation that all other
/// places bear out, a small difference follows all the same.
pub(in crate::rules::sums) fn follows_bluntly(
    matrix: &Matrix<'_>,
    axis: Axis,
    derived: &Derived,
    position: usize,
) -> bool {
    let number = |line: usize| matrix.number(axis, line, position);
    let numbers = || Some((number(derived.target)?, number(derived.operands[0])?, number(derived.operands[1])?));
    let Some((target, a, b)) = numbers() else { return false };
    let again = |entry: &Entry| (entry.point - target.point).abs() <= SLACK;
    let Support { holds, fails } = derived.totals();
    let ends = bounds(derived.form, &a, &b).zip(scale(derived.form, &target, &a, &b));
    let open = ends.is_some_and(|((low, high), scale)| meets(&target, low * scale, high * scale));
    open && !again(&a) && !again(&b) && fails == 0 && holds > derived.least()
}

/// What the derived number is multiplied by so that it can be compared as printed: `None` where the units do not fit.
fn scale(form: Form, target: &Entry, a: &Entry, b: &Entry) -> Option<f64> {
    let percent = |entry: &Entry| entry.sort == Sort::Percentage;
    let alike = percent(a) == percent(b);
    match form {
        Form::Difference => (alike && (percent(a) || !percent(target))).then_some(1.0),
        // A quotient that is printed with a percent sign is looked at as a percentage.
        Form::Ratio => (alike && !percent(target)).then_some(1.0),
        Form::Percent | Form::Change | Form::Reduction => alike.then_some(100.0),
        Form::Product => (!percent(a) && !percent(b) && !percent(target)).then_some(1.0),
    }
}

/// The smallest and the largest value of the form, with a and b anywhere in their rounding intervals.
fn bounds(form: Form, a: &Entry, b: &Entry) -> Option<(f64, f64)> {
    let ends = |entry: &Entry| [entry.point - entry.half, entry.point + entry.half];
    let divides = !matches!(form, Form::Difference | Form::Product);
    if divides && ends(b)[0] <= 0.0 && ends(b)[1] >= 0.0 {
        return None;
    }
    let mut low = f64::INFINITY;
    let mut high = f64::NEG_INFINITY;
    for x in ends(a) {
        for y in ends(b) {
            let value = match form {
                Form::Difference => x - y,
                Form::Ratio | Form::Percent => x / y,
                Form::Change => (x - y) / y,
                Form::Reduction => (y - x) / y,
                Form::Product => x * y,
            };
            (low, high) = (low.min(value), high.max(value));
        }
    }
    Some((low, high))
}

/// The relations place by place, those aside that fail for a number for which another one fails already: the two have one
/// cause, and are told once. The relation that holds most often is kept.
pub(in crate::rules::sums) fn without_repeats(all: &[Derived], length: usize) -> Vec<(&Derived, usize)> {
    let mut ordered: Vec<&Derived> = all.iter().collect();
    ordered.sort_by_key(|derived| std::cmp::Reverse(derived.rank()));
    let mut kept = Vec::new();
    for position in 0..length {
        let mut suspects: Vec<[usize; 3]> = Vec::new();
        for derived in &ordered {
            let fails = derived.states.get(position) == Some(&State::Fails);
            let lines = derived.triple();
            let shares = |other: &[usize; 3]| lines.iter().any(|line| other.contains(line));
            if fails && suspects.iter().any(shares) {
                continue;
            }
            if fails {
                suspects.push(lines);
            }
            kept.push((*derived, position));
        }
    }
    kept
}

/// Whether a number that does not follow does so with another one beside it in place of the second: a share of a smaller whole,
/// a difference to another column.
pub(in crate::rules::sums) fn follows_from_another(
    matrix: &Matrix<'_>,
    axis: Axis,
    derived: &Derived,
    position: usize,
) -> bool {
    let number = |line: usize| matrix.number(axis, line, position);
    let Some((target, a)) = number(derived.target).zip(number(derived.operands[0])) else { return false };
    let others = (0..matrix.lines(axis)).filter(|line| !derived.triple().contains(line)).filter_map(number);
    others.take(MOST_LINES).any(|b| matches!(tell(derived.form, &target, &a, &b), Some((State::Holds, _))))
}

/// Whether the numbers of a place follow where one of them loses its last digit, which may be the mark of a note.
pub(in crate::rules::sums) fn may_be_marked(
    matrix: &Matrix<'_>,
    axis: Axis,
    derived: &Derived,
    numbers: [Entry; 3],
) -> bool {
    let lines = [derived.target, derived.operands[0], derived.operands[1]];
    (0..numbers.len()).any(|at| {
        let Some(shorter) = numbers[at].without_mark(matrix.usual_half(axis, lines[at])) else { return false };
        let mut numbers = numbers;
        numbers[at] = shorter;
        matches!(tell(derived.form, &numbers[0], &numbers[1], &numbers[2]), Some((State::Holds, _)))
    })
}
